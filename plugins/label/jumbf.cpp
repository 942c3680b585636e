// JUMBF (ISO 19566-5) and the C2PA store in it. Only the active manifest is read, the last one of
// the store: earlier ones describe inputs. Signatures and hashes are not checked.
#include "plugins/label/carriers.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::label {
namespace {

using nlohmann::json;

constexpr int kDeepest = 16;
constexpr std::size_t kMostBoxes = 20'000;
constexpr std::size_t kMostClaim = 4u << 20;

struct Box {
  std::string type, label, kind;  // kind: the first four bytes of the description's UUID
  std::string_view payload;
  std::vector<Box> children;  // of a superbox
};

class Walker {
 public:
  explicit Walker(Contents& contents, std::uint64_t offset)
      : contents_(contents), offset_(offset) {}

  std::vector<Box> boxes(std::string_view bytes, int depth) {
    std::vector<Box> list;
    if (depth > kDeepest) return broken("boxes are nested too deeply"), list;
    std::size_t at = 0;
    while (bytes.size() - at >= 8) {
      if (++count_ > kMostBoxes) return broken("too many boxes"), list;
      std::uint64_t size = big(bytes, at, 4);
      std::size_t header = 8;
      if (size == 1) {
        header = 16;
        size = big(bytes, at + 8, 8);
      } else if (size == 0) {
        size = bytes.size() - at;
      }
      if (size < header || size > bytes.size() - at) return broken("a box ends outside"), list;
      Box box;
      box.type = std::string(bytes.substr(at + 4, 4));
      box.payload = bytes.substr(at + header, static_cast<std::size_t>(size) - header);
      if (box.type == "jumb") {
        box.children = boxes(box.payload, depth + 1);
        describe(box);
      }
      list.push_back(std::move(box));
      at += static_cast<std::size_t>(size);
    }
    return list;
  }

 private:
  void describe(Box& box) {
    if (box.children.empty() || box.children[0].type != "jumd") return broken("no description");
    const std::string_view description = box.children[0].payload;
    if (description.size() < 17) return broken("a description is too short");
    box.kind = std::string(description.substr(0, 4));
    if ((description[16] & 2) == 0) return;
    const std::string_view rest = description.substr(17);
    box.label = std::string(rest.substr(0, std::min<std::size_t>(rest.find('\0'), 400)));
  }

  void broken(const char* why) { contents_.damage("jumbf", why, offset_); }

  Contents& contents_;
  std::uint64_t offset_;
  std::size_t count_ = 0;
};

// The JSON or CBOR that a superbox holds.
json content_of(const Box& box) {
  for (const auto& child : box.children) {
    if (child.payload.size() > kMostClaim) continue;
    if (child.type == "cbor") return read_cbor(child.payload);
    if (child.type != "json") continue;
    if (nested_deeper(child.payload, kDeepest * 4)) return {};
    return json::parse(child.payload, nullptr, false);
  }
  return {};
}

std::string text_of(const json& value, const char* key) {
  if (!value.is_object() || !value.contains(key) || !value[key].is_string()) return {};
  return value[key].get<std::string>().substr(0, 400);
}

// A map, or a list of maps of which the first counts (claim_generator_info differs by version).
json first_map(const json& value) {
  if (value.is_array() && !value.empty()) return value[0];
  return value;
}

void read_actions(const json& value, C2pa& c2pa) {
  if (!value.is_object() || !value.contains("actions") || !value["actions"].is_array()) return;
  for (const auto& each : value["actions"]) {
    if (c2pa.actions.size() >= kMostFound || !each.is_object()) return;
    C2paAction action;
    action.action = text_of(each, "action");
    action.when = text_of(each, "when");
    action.source_type = source_term(text_of(each, "digitalSourceType"));
    if (each.contains("softwareAgent")) {
      const json& agent = each["softwareAgent"];
      action.agent = agent.is_string() ? text_of(each, "softwareAgent") : text_of(agent, "name");
      action.agent_version = text_of(agent, "version");
    }
    c2pa.actions.push_back(std::move(action));
  }
}

void read_claim(const json& claim, C2pa& c2pa) {
  c2pa.generator = text_of(claim, "claim_generator");
  c2pa.title = text_of(claim, "dc:title");
  c2pa.instance_id = text_of(claim, "instanceID");
  if (claim.is_object() && claim.contains("claim_generator_info")) {
    const json info = first_map(claim["claim_generator_info"]);
    if (c2pa.generator.empty()) c2pa.generator = text_of(info, "name");
    if (c2pa.generator.find('/') == std::string::npos)
      c2pa.generator_version = text_of(info, "version");
  }
  // Older claims: "Adobe_Illustrator/28.2 adobe_c2pa/0.7.6", as in User-Agent.
  const std::size_t slash = c2pa.generator.find('/');
  if (c2pa.generator_version.empty() && slash != std::string::npos)
    c2pa.generator_version = c2pa.generator.substr(
        slash + 1, std::min(c2pa.generator.find(' ', slash), c2pa.generator.size()) - slash - 1);
}

// One DER element of X.509: its content, and what follows it.
bool element(std::string_view& rest, std::string_view& content, unsigned char* tag = nullptr) {
  if (rest.size() < 2) return false;
  if (tag != nullptr) *tag = static_cast<unsigned char>(rest[0]);
  std::size_t size = static_cast<unsigned char>(rest[1]), header = 2;
  if (size > 0x80) {
    const int width = static_cast<int>(size & 0x7F);
    if (width > 4 || rest.size() < 2 + static_cast<std::size_t>(width)) return false;
    size = static_cast<std::size_t>(big(rest, 2, width));
    header += static_cast<std::size_t>(width);
  }
  if (size > rest.size() - header) return false;
  content = rest.substr(header, size);
  rest.remove_prefix(header + size);
  return true;
}

// The organisation (2.5.4.10) of the subject, as the certificate says itself.
std::string organisation(std::string_view certificate) {
  std::string_view whole, body, part;
  unsigned char tag = 0;
  if (!element(certificate, whole) || !element(whole, body)) return {};
  if (!body.empty() && static_cast<unsigned char>(body[0]) == 0xA0 && !element(body, part))
    return {};
  for (int i = 0; i < 4; ++i) {  // serial number, algorithm, issuer, validity
    if (!element(body, part)) return {};
  }
  std::string_view subject, set, pair, name, value;
  if (!element(body, subject)) return {};
  while (element(subject, set)) {
    if (!element(set, pair) || !element(pair, name) || !element(pair, value, &tag)) return {};
    if (name == std::string_view("\x55\x04\x0A", 3) && tag != 0x1E)
      return std::string(value.substr(0, 200));
  }
  return {};
}

std::string_view bytes_of(const json& value) {
  if (!value.is_binary()) return {};
  const auto& bytes = value.get_binary();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The first GeneralizedTime of an RFC 3161 token that is a time of this century: TSTInfo states it
// before the certificates, whose dates come later.
std::string time_of(std::string_view token) {
  for (std::size_t at = token.find("\x18\x0f"
                                   "20");
       at != std::string_view::npos; at = token.find("\x18\x0f"
                                                     "20",
                                                     at + 1)) {
    const std::string_view text = token.substr(at + 2, 15);
    if (text.size() == 15 && text.back() == 'Z' &&
        text.substr(0, 14).find_first_not_of("0123456789") == std::string_view::npos) {
      const auto part = [&](std::size_t from, std::size_t size) {
        return std::string(text.substr(from, size));
      };
      return part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
             part(10, 2) + ":" + part(12, 2) + "Z";
    }
  }
  return {};
}

void read_signature(const json& cose, C2pa& c2pa) {
  if (!cose.is_array() || cose.size() < 2) return;
  const json headers[2] = {read_cbor(bytes_of(cose[0])), cose[1]};
  for (const auto& header : headers) {
    if (!header.is_object()) continue;
    for (const char* key : {"33", "x5chain"}) {  // RFC 9360
      if (header.contains(key) && c2pa.signer.empty())
        c2pa.signer = organisation(bytes_of(first_map(header[key])));
    }
    for (const char* key : {"sigTst", "sigTst2"}) {
      if (!header.contains(key) || !header[key].is_object()) continue;
      const json token = first_map(header[key].value("tstTokens", json()));
      if (token.is_object() && token.contains("val") && c2pa.signed_at.empty())
        c2pa.signed_at = time_of(bytes_of(token["val"]));
    }
  }
}

void read_manifest(const Box& manifest, Contents& contents, C2pa& c2pa, std::uint64_t offset) {
  c2pa.label = manifest.label;
  for (const auto& part : manifest.children) {
    if (part.kind == "c2as") {
      for (const auto& assertion : part.children) {
        if (assertion.type != "jumb" || c2pa.assertions.size() >= kMostFound) continue;
        c2pa.assertions.push_back(assertion.label);
        if (assertion.label.rfind("c2pa.actions", 0) != 0) continue;
        const json value = content_of(assertion);
        if (value.is_discarded()) contents.damage("cbor", assertion.label, offset);
        read_actions(value, c2pa);
      }
    } else if (part.kind == "c2cl") {
      const json claim = content_of(part);
      if (claim.is_discarded()) contents.damage("cbor", part.label, offset);
      read_claim(claim, c2pa);
    } else if (part.kind == "c2cs") {
      read_signature(content_of(part), c2pa);
    }
  }
}

}  // namespace

void take_jumbf(Contents& contents, std::string_view store, std::uint64_t offset) {
  Walker walker(contents, offset);
  const std::vector<Box> boxes = walker.boxes(store, 0);
  for (const auto& box : boxes) {
    if (box.kind != "c2pa") continue;
    C2pa c2pa;
    const Box* active = nullptr;
    for (const auto& each : box.children) {
      if (each.kind != "c2ma" && each.kind != "c2um") continue;
      ++c2pa.manifests;
      active = &each;
    }
    if (active == nullptr) {
      contents.damage("jumbf", "a C2PA store without a manifest", offset);
      continue;
    }
    read_manifest(*active, contents, c2pa, offset);
    for (const auto& action : c2pa.actions) {
      if (!action.source_type.empty() && contents.source_types.size() < kMostFound)
        contents.source_types.push_back({action.source_type, "c2pa " + action.action});
    }
    contents.c2pa = std::move(c2pa);
  }
}

}  // namespace pandect::label
