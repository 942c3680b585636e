// SARIF 2.1.0 for code scanning: a rule per duty or classification, a taxonomy per statute, and
// results at the line of the manifest that decided. Fingerprints hold the deciding facts and no
// line number.
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/markdown.h"
#include "reports/outline.h"
#include "reports/report.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string hash_of(const std::string& text) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  char out[17];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
  return out;
}

std::string uri_of(const std::string& path) {
  std::string out = path.starts_with("/") ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain && byte < 0x80) {
      out += c;
      continue;
    }
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", byte);
    out += escape;
  }
  return out;
}

const char* level_of(Severity severity) {
  return severity >= Severity::high ? "error" : severity == Severity::medium ? "warning" : "note";
}

// Statutes and their provisions, numbered as they are met.
class Taxonomies {
 public:
  Json reference(const Citation& cite, const Wording& words) {
    const auto [entry, fresh] = index_.emplace(cite.instrument, list_.size());
    if (fresh) {
      list_.push_back({{"name", cite.instrument}, {"taxa", Json::array()}});
      const std::string& title = words.in(cite.instrument_title);
      if (!title.empty()) list_.back()["shortDescription"] = {{"text", title}};
    }
    Json& taxa = list_[entry->second]["taxa"];
    const auto [taxon, unseen] = taxa_.emplace(cite.provision, taxa.size());
    if (unseen) {
      Json item{{"id", cite.provision}, {"name", cites({cite}, words, 1)}};
      if (!cite.title.empty()) item["shortDescription"] = {{"text", cite.title}};
      if (const std::string url = safe_url(cite.url); !url.empty()) item["helpUri"] = url;
      taxa.push_back(std::move(item));
    }
    return {{"target",
             {{"id", cite.provision},
              {"index", taxon->second},
              {"toolComponent", {{"name", cite.instrument}, {"index", entry->second}}}}},
            {"kinds", {"relevant"}}};
  }
  Json list() const { return list_; }
  Json supported() const {
    Json out = Json::array();
    for (std::size_t i = 0; i < list_.size(); ++i)
      out.push_back({{"name", list_[i]["name"]}, {"index", i}});
    return out;
  }

 private:
  Json list_ = Json::array();
  std::map<std::string, std::size_t> index_, taxa_;
};

class Writer {
 public:
  Writer(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang), lang_(options.lang) {
    for (const auto& subject : assessment_.subjects) find_manifest(subject);
  }

  Json log() {
    for (const auto& subject : assessment_.subjects) {
      subject_ = &subject;
      for (const auto& item : subject.classifications) classification(item);
      for (const auto& item : subject.obligations) duty(item);
      for (const auto& item : subject.findings) finding(item);
    }
    Json driver{{"name", "Pandect"},
                {"version", assessment_.engine_version},
                {"language", lang_ == "ko" || lang_ == "zh" ? lang_ : "en"}};
    driver["rules"] = rules_;
    driver["supportedTaxonomies"] = taxonomies_.supported();
    Json run;
    run["tool"] = {{"driver", std::move(driver)}};
    run["taxonomies"] = taxonomies_.list();
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = results_;
    run["properties"] = {{"asOf", to_string(assessment_.as_of)},
                         {"disclaimer", std::string(words_(Word::disclaimer))}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
  }

 private:
  void find_manifest(const SubjectAssessment& subject) {
    const auto look = [&](const std::vector<Reason>& because) {
      for (const auto& each : because) {
        if (manifest_.file.empty() && !each.where.file.empty()) manifest_ = {each.where.file, 1, 1};
      }
    };
    for (const auto& item : subject.obligations) look(item.because);
    for (const auto& item : subject.classifications) look(item.because);
  }

  std::size_t rule(const std::string& id, const std::string& title, const std::string& text,
                   Severity severity, const std::vector<Citation>& cite) {
    const auto [entry, fresh] = rule_index_.emplace(id, rules_.size());
    if (!fresh) return entry->second;
    const std::string help =
        (text.empty() ? title : text) + (cite.empty() ? "" : "\n\n" + cites(cite, words_, 8));
    Json out{{"id", id},
             {"shortDescription", {{"text", title}}},
             {"fullDescription", {{"text", text.empty() ? title : text}}},
             {"help", {{"text", help}}}};
    if (!cite.empty()) {
      if (const std::string url = safe_url(cite.front().url); !url.empty()) out["helpUri"] = url;
    }
    out["defaultConfiguration"] = {{"level", level_of(severity)}};
    if (!cite.empty()) out["relationships"] = Json::array();
    for (const auto& each : cite)
      out["relationships"].push_back(taxonomies_.reference(each, words_));
    rules_.push_back(std::move(out));
    return entry->second;
  }

  Json location(const Location& where) const {
    Json place{
        {"artifactLocation", {{"uri", uri_of(where.file.empty() ? "pandect.yaml" : where.file)}}}};
    Json region{{"startLine", std::max(where.line, 1)}};
    if (where.column > 0) region["startColumn"] = where.column;
    place["region"] = std::move(region);
    return Json::array({{{"physicalLocation", std::move(place)}}});
  }
  Location place_of_facts(const std::vector<Reason>& because) const {
    for (const auto& each : because) {
      if (!each.where.file.empty()) return each.where;
    }
    return manifest_;
  }
  std::string fingerprint(const std::string& id, const std::string& more,
                          const std::vector<Reason>& because) const {
    std::vector<std::string> facts;
    for (const auto& each : because) facts.push_back(each.fact + "=" + each.answer);
    std::sort(facts.begin(), facts.end());
    std::string text = id + "\n" + subject_->id + "\n" + more;
    for (const auto& each : facts) text += "\n" + each;
    return hash_of(text);
  }

  void result(const std::string& id, std::size_t index, const char* kind, Severity severity,
              const std::string& text, const Location& where, const std::string& print) {
    const bool fails = std::string_view(kind) == "fail";
    results_.push_back({{"ruleId", id},
                        {"ruleIndex", index},
                        {"kind", kind},
                        {"level", fails ? level_of(severity) : "none"},
                        {"message", {{"text", text}}},
                        {"locations", location(where)},
                        {"partialFingerprints", {{"pandect/v1", print}}}});
  }

  std::string name() const { return subject_->name.empty() ? subject_->id : subject_->name; }

  void classification(const ClassificationItem& item) {
    if (item.kind != ConceptKind::classification || item.value != Truth::unknown) return;
    const std::size_t index =
        rule(item.id, title_of(item, words_), words_.in(item.help), Severity::medium, item.cite);
    const std::string text =
        name() + ": " + title_of(item, words_) + " · " + std::string(words_(Word::undetermined)) +
        words_.bracketed(
            words_.labelled(words_(Word::facts_missing), missing_line(item.missing, words_, 8)));
    result(item.id, index, "open", Severity::medium, text, place_of_facts(item.because),
           fingerprint(item.id, "", item.because));
  }

  static const char* kind_of(const ObligationItem& item) {
    if (item.status == "undetermined") return "open";
    if (item.status == "upcoming") return "informational";
    if (item.status != "due") return "notApplicable";
    if (item.prohibition || item.overdue) return "fail";
    if (item.fulfilment == Fulfilment::met) return "pass";
    return item.fulfilment == Fulfilment::unverified || !item.fulfilment ? "open" : "fail";
  }

  void duty(const ObligationItem& item) {
    if (!is_binding(item)) return;
    const std::size_t index =
        rule(item.id, words_.title(item.title), words_.in(item.duty), item.severity, item.cite);
    const char* kind = kind_of(item);
    std::string text = name() + ": " + words_.title(item.title) + " · ";
    text += item.prohibition && item.status == "due" ? std::string(words_(Word::prohibited))
            : item.status == "due" && item.fulfilment
                ? std::string(words_.fulfilment(*item.fulfilment))
                : std::string(words_.status(item.status));
    text += " · " + cites(item.cite, words_);
    if (const std::string when = timing(item, words_); !when.empty()) text += " · " + when;
    const Severity severity =
        item.overdue ? std::max(item.severity, Severity::high) : item.severity;
    result(item.id, index, kind, severity, text, place_of_facts(item.because),
           fingerprint(item.id, item.deployment, item.because));
  }

  // Findings that are not the state of a duty or of a classification.
  void finding(const Finding& item) {
    if (item.code != "expired" && item.code != "contrary" && item.code != "old-pack") return;
    const std::string id = "pandect." + item.code;
    const std::size_t index =
        rule(id, std::string(words_(Word::finding)) + ": " + item.code, "", item.level, {});
    result(id, index, item.code == "contrary" ? "review" : "fail", item.level,
           words_.in(item.message), item.where.file.empty() ? manifest_ : item.where,
           fingerprint(item.id, "", {}));
  }

  const Assessment& assessment_;
  Wording words_;
  std::string lang_;
  const SubjectAssessment* subject_ = nullptr;
  Location manifest_;
  Json rules_ = Json::array(), results_ = Json::array();
  std::map<std::string, std::size_t> rule_index_;
  Taxonomies taxonomies_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_sarif() {
  using namespace pandect::reports;
  return {"sarif", "sarif", [](const pandect::Assessment& assessment, const Options& options) {
            return Writer(cleaned(assessment), options).log().dump(2) + "\n";
          }};
}
