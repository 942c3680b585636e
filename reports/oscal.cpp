#include "reports/oscal.h"

#include "base/digest.h"
#include "reports/citation.h"
#include "reports/markdown.h"
#include "reports/uuid.h"

#include <map>

namespace pandect::reports::oscal {
namespace {

// The strings of OSCAL neither start nor end with a space.
std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

}  // namespace

std::string control_id(const std::string& id) {
  std::string out;
  bool changed = id.empty() || id.size() > 120;
  for (const char c : id.substr(0, 120)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool inner = (c >= '0' && c <= '9') || c == '.' || c == '-';
    const bool fits = letter || (inner && !out.empty());
    changed = changed || !fits;
    out += fits ? c : '_';
  }
  return changed ? out + "_" + digest_of(id).substr(0, 8) : out;
}

std::string instant(Day day) { return to_string(day == kNoDay ? 0 : day) + "T00:00:00Z"; }

void add_property(Json& item, const char* name, const std::string& value) {
  const std::string shown = trimmed(value);
  if (shown.empty()) return;
  item["props"].push_back({{"name", name}, {"ns", kNamespace}, {"value", shown}});
}

std::string href(const std::string& url) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  static constexpr std::string_view kRefused = "<>\"{}|\\^`[] ";
  std::string out;
  for (const char c : safe_url(url)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && kRefused.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out.append(1, '%').append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
    }
  }
  for (std::size_t at = out.find('%'); at != std::string::npos; at = out.find('%', at + 1)) {
    const auto digit = [&](std::size_t place) {
      return place < out.size() && std::isxdigit(static_cast<unsigned char>(out[place])) != 0;
    };
    if (!digit(at + 1) || !digit(at + 2)) out.replace(at, 1, "%25");
  }
  return out;
}

void add_links(Json& item, const std::vector<Citation>& list, const Wording& words) {
  for (const auto& each : list) {
    const std::string address = href(each.url);
    if (address.empty()) continue;
    item["links"].push_back(
        {{"href", address}, {"rel", "reference"}, {"text", trimmed(cite(each, words))}});
  }
}

Json metadata(const Assessment& assessment, const Wording& words, const std::string& title) {
  Json out;
  out["title"] = title;
  out["last-modified"] = instant(assessment.as_of);
  out["version"] = to_string(assessment.as_of);
  out["oscal-version"] = kVersion;
  add_property(out, "language", std::string(words.tag()));
  add_property(out, "engine-version", assessment.engine_version);
  add_property(out, "manifest-digest", assessment.manifest_digest);
  if (!assessment.organisation.empty())
    out["parties"] = {{{"uuid", uuid_of("party:" + assessment.organisation)},
                       {"type", "organization"},
                       {"name", trimmed(assessment.organisation)}}};
  out["remarks"] = words(Word::disclaimer);
  return out;
}

Json resources(const Assessment& assessment, const Wording& words) {
  Json list = Json::array();
  for (const auto& pack : assessment.packs) {
    Json item;
    item["uuid"] = uuid_of("pack:" + pack.id + ":" + pack.version + ":" + pack.digest);
    item["title"] = words.in(pack.title);
    add_property(item, "pack", pack.id);
    add_property(item, "version", pack.version);
    add_property(item, "digest", pack.digest);
    add_property(item, "jurisdiction", pack.jurisdiction);
    if (pack.checked_on != kNoDay) add_property(item, "checked-on", to_string(pack.checked_on));
    if (pack.review_by != kNoDay) add_property(item, "review-by", to_string(pack.review_by));
    list.push_back(std::move(item));
  }
  std::map<std::string, const Citation*> instruments;
  for (const auto& subject : assessment.subjects) {
    for (const auto& item : subject.obligations) {
      for (const auto& each : item.cite) instruments.emplace(each.instrument, &each);
    }
  }
  for (const auto& [id, each] : instruments) {
    Json item;
    item["uuid"] = uuid_of("instrument:" + id);
    const std::string& title = words.in(each->instrument_title);
    item["title"] = title.empty() ? id : title;
    add_property(item, "instrument", id);
    list.push_back(std::move(item));
  }
  return list;
}

std::string catalog_uuid(const Assessment& assessment) {
  std::string name = "catalog:" + to_string(assessment.as_of);
  for (const auto& pack : assessment.packs) name += ":" + pack.id + "=" + pack.digest;
  return uuid_of(name);
}

std::string written(const char* root, Json document) {
  Json out;
  out[root] = std::move(document);
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pandect::reports::oscal
