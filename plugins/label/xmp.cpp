// XMP packets (ISO 16684-1) through pugixml, without DTD. Encodings are told by the packet's start.
#include "plugins/label/carriers.h"

#include <pugixml.hpp>

namespace pandect::label {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kMostLookups = 256;
constexpr std::string_view kAigc = "http://www.tc260.org.cn/ns/AIGC/1.0/";  // TC260-PG-20259A
constexpr std::string_view kIptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
constexpr std::string_view kDublinCoreTerms = "http://purl.org/dc/terms/";

std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

// The address that a prefix stands for at a node; depth is bounded by the walk.
std::string_view address_of(pugi::xml_node node, std::string_view prefix) {
  const std::string wanted = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (; node; node = node.parent()) {
    if (const auto declared = node.attribute(wanted.c_str())) return declared.value();
  }
  return {};
}

std::string_view without_slash(std::string_view address) {
  while (!address.empty() && address.back() == '/') address.remove_suffix(1);
  return address;
}

class Walk : public pugi::xml_tree_walker {
 public:
  Walk(Contents& contents, std::uint64_t offset) : contents_(contents), offset_(offset) {}

  bool for_each(pugi::xml_node& node) override {
    if (depth() > kDeepest) {
      contents_.damage("bounds", "XMP is nested too deeply", offset_);
      return false;
    }
    if (node.type() != pugi::node_element) return true;
    for (const auto attribute : node.attributes())
      property(node, attribute.name(), attribute.value());
    const std::string_view local = split(node.name()).second;
    if (local != "AIGC" && local != "DigitalSourceType" && local != "provenance") return true;
    std::string value = node.text().get();
    if (trimmed(value).empty()) value = node.attribute("rdf:resource").value();
    // A list (rdf:Alt, rdf:Bag) holds its value one or two levels further in.
    if (trimmed(value).empty()) value = node.first_child().first_child().text().get();
    property(node, node.name(), value);
    return true;
  }

 private:
  void property(pugi::xml_node node, std::string_view name, std::string value) {
    const auto [prefix, local] = split(name);
    if (value.size() > kMostText) value.resize(kMostText);
    if (local != "AIGC" && local != "DigitalSourceType" && local != "provenance") return;
    if (trimmed(value).empty() || ++lookups_ > kMostLookups) return;
    const std::string_view address = address_of(node, prefix);
    if (local == "AIGC") {
      const bool ours = without_slash(address) == without_slash(kAigc);
      if (ours || prefix == "TC260")
        found(ours ? contents_.labels : contents_.misplaced, "xmp TC260:AIGC", value);
    } else if (local == "DigitalSourceType" && address == kIptcExtension) {
      if (contents_.source_types.size() < kMostFound)
        contents_.source_types.push_back({source_term(value), "xmp"});
    } else if (local == "provenance" && address == kDublinCoreTerms) {
      found(contents_.provenance, "xmp dcterms:provenance", value);
    }
  }

  void found(std::vector<Found>& list, const char* carrier, const std::string& value) {
    if (list.size() < kMostFound)
      list.push_back({carrier, std::string(trimmed(value)), offset_, "AIGC"});
  }

  Contents& contents_;
  std::uint64_t offset_;
  std::size_t lookups_ = 0;  // each may run over all attributes of all ancestors
};

bool has_doctype(const pugi::xml_document& document) {
  for (const auto child : document.children()) {
    if (child.type() == pugi::node_doctype) return true;
  }
  return false;
}

}  // namespace

void take_xmp(Contents& contents, std::string_view packet, std::uint64_t offset) {
  if (packet.size() > kMostPacket) {
    contents.damage("bounds", "the XMP packet is too large", offset);
    return;
  }
  const bool wide = packet.size() > 1 && (packet[0] == '\0' || packet[1] == '\0' ||
                                          packet[0] == '\xFE' || packet[0] == '\xFF');
  while (!wide && !packet.empty() && packet.back() == '\0') packet.remove_suffix(1);
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(packet.data(), packet.size(), pugi::parse_default | pugi::parse_doctype);
  if (has_doctype(document)) {
    contents.damage("dtd", "the XMP packet declares a document type", offset);
    return;
  }
  if (!parsed) {
    contents.damage("xmp", parsed.description(), offset);
    return;
  }
  Walk walk(contents, offset);
  document.traverse(walk);
}

}  // namespace pandect::label
