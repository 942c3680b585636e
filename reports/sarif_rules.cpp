#include "reports/sarif_rules.h"

#include "reports/citation.h"
#include "reports/layout.h"
#include "reports/markdown.h"
#include "reports/outline.h"

#include <utility>

namespace pandect::reports {
namespace {

using Json = SarifJson;

constexpr std::size_t kMostCites = 20;  // in a help text; the relationships hold all
constexpr std::size_t kNameLimit = 100;

// EmotionInferenceAtTheWorkplace: the form that SARIF readers expect of a name.
std::string pascal_case(const std::string& title) {
  std::string out;
  bool start = true;
  for (const char c : title) {
    const bool small = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    if (!small && !digit && !(c >= 'A' && c <= 'Z')) {
      start = true;
      continue;
    }
    if (out.empty() && digit) continue;
    out += start && small ? static_cast<char>(c - 'a' + 'A') : c;
    start = false;
    if (out.size() == kNameLimit) break;
  }
  return out.empty() ? "Rule" : out;
}

const char* precision_of(Confidence confidence) {
  return confidence == Confidence::high     ? "high"
         : confidence == Confidence::medium ? "medium"
                                            : "low";
}

const char* problem_of(Severity severity) {
  return severity >= Severity::high     ? "error"
         : severity == Severity::medium ? "warning"
                                        : "recommendation";
}

// At most four tags, of the twenty that code scanning takes. There is no security-severity: a
// legal duty is no vulnerability.
Json rule(const std::string& id, const std::string& english, Severity severity,
          Confidence confidence, const char* kind, const std::string& jurisdiction) {
  Json tags{"ai-law", kind};
  if (!jurisdiction.empty()) tags.push_back(jurisdiction);
  return {{"id", id},
          {"name", pascal_case(english)},
          {"defaultConfiguration", {{"level", sarif_level(severity)}}},
          {"properties",
           {{"tags", std::move(tags)},
            {"precision", precision_of(confidence)},
            {"problem.severity", problem_of(severity)}}}};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& each : parts) out += (out.empty() ? "" : "; ") + each;
  return out;
}

}  // namespace

std::string sarif_level(Severity severity) {
  return severity >= Severity::high ? "error" : severity == Severity::medium ? "warning" : "note";
}

Json sarif_text(const std::string& text) { return {{"text", clean(text, kSarifTextLimit)}}; }

Json SarifTaxonomies::reference(const Citation& cite, const Wording& words) {
  const auto [statute, fresh] = statutes_.emplace(cite.instrument, list_.size());
  if (fresh) {
    const std::string& title = words.in(cite.instrument_title);
    list_.push_back({{"name", cite.instrument},
                     {"shortDescription", sarif_text(title.empty() ? cite.instrument : title)},
                     {"taxa", Json::array()}});
  }
  Json& taxa = list_[statute->second]["taxa"];
  const auto [taxon, unseen] = taxa_.emplace(cite.instrument + "\n" + cite.provision, taxa.size());
  if (unseen) {
    Json item{{"id", cite.provision}, {"name", cites({cite}, words, 1)}};
    if (!cite.title.empty()) item["shortDescription"] = sarif_text(cite.title);
    if (const std::string url = safe_url(cite.url); !url.empty()) item["helpUri"] = url;
    taxa.push_back(std::move(item));
  }
  return {{"id", cite.provision},
          {"index", taxon->second},
          {"toolComponent", {{"name", cite.instrument}, {"index", statute->second}}}};
}

Json SarifTaxonomies::supported() const {
  Json out = Json::array();
  for (std::size_t i = 0; i < list_.size(); ++i)
    out.push_back({{"name", list_[i]["name"]}, {"index", i}});
  return out;
}

void SarifRules::Help::paragraph(const std::string& words) {
  if (words.empty()) return;
  text += words + "\n\n";
  markdown += md_text(words) + "\n\n";
}

void SarifRules::Help::item(const Wording& words, Word label, const std::string& plain,
                            const std::string& marked) {
  if (plain.empty()) return;
  const std::string name = words.title(label);
  text += "- " + words.labelled(name, plain) + "\n";
  markdown +=
      "- " + words.labelled("**" + name + "**", marked.empty() ? md_text(plain) : marked) + "\n";
}

void SarifRules::describe_cites(Help& help, const std::vector<Citation>& list) const {
  std::string links;
  for (std::size_t i = 0; i < list.size() && i < kMostCites; ++i)
    links += (i == 0 ? "" : ", ") + md_link(cite(list[i], words_), list[i].url);
  help.item(words_, Word::provision, cites(list, words_, kMostCites), links);
}

std::size_t SarifRules::add(Json rule, const std::string& title, const std::string& full, Help help,
                            const std::vector<Citation>& cite) {
  const std::string disclaimer(words_(Word::disclaimer));
  rule["shortDescription"] = sarif_text(title);
  rule["fullDescription"] = sarif_text(full.empty() ? title : full);
  rule["help"] = {{"text", help.text + "\n" + disclaimer},
                  {"markdown", help.markdown + "\n*" + md_text(disclaimer) + "*"}};
  for (const auto& each : cite) {
    const std::string url = safe_url(each.url);
    if (url.empty()) continue;
    rule["helpUri"] = url;
    break;
  }
  for (const auto& each : cite) {
    rule["relationships"].push_back(
        {{"target", taxonomies_.reference(each, words_)}, {"kinds", {"relevant"}}});
  }
  list_.push_back(std::move(rule));
  return list_.size() - 1;
}

std::size_t SarifRules::duty(const ObligationItem& item) {
  const auto [entry, fresh] = index_.emplace(item.id, list_.size());
  if (!fresh) return entry->second;
  const std::string title = words_.title(item.title);
  Help help;
  help.paragraph(words_.in(item.duty).empty() ? title : words_.in(item.duty));
  describe_cites(help, item.cite);
  help.item(words_, Word::addressee, addressees(item, words_));
  help.item(words_, Word::maximum_penalty, penalty_line(item, words_));
  std::vector<std::string> pieces;
  for (const auto& each : item.evidence) pieces.push_back(words_.title(each.title));
  help.item(words_, Word::evidence_needed, joined(pieces));
  help.item(words_, Word::note, words_.in(item.note));
  help.item(words_, Word::confidence, std::string(words_.confidence(item.confidence)));
  if (item.checked_on != kNoDay) help.item(words_, Word::checked_on, words_.date(item.checked_on));
  return add(rule(item.id, item.title.en, item.severity, item.confidence,
                  item.prohibition ? "prohibition" : "duty", item.jurisdiction),
             title, words_.in(item.duty), std::move(help), item.cite);
}

std::size_t SarifRules::classification(const ClassificationItem& item) {
  const auto [entry, fresh] = index_.emplace(item.id, list_.size());
  if (!fresh) return entry->second;
  const std::string title = words_.title(item.title);
  Help help;
  help.paragraph(words_.in(item.help).empty() ? title : words_.in(item.help));
  describe_cites(help, item.cite);
  help.item(words_, Word::note, words_.in(item.note));
  help.item(words_, Word::confidence, std::string(words_.confidence(item.confidence)));
  if (item.checked_on != kNoDay) help.item(words_, Word::checked_on, words_.date(item.checked_on));
  const Severity severity =
      item.severity == Severity::critical ? Severity::critical : Severity::medium;
  return add(
      rule(item.id, item.title.en, severity, item.confidence, "classification", item.jurisdiction),
      title, words_.in(item.help), std::move(help), item.cite);
}

std::size_t SarifRules::own(const std::string& id, const std::string& title, Severity severity) {
  const auto [entry, fresh] = index_.emplace(id, list_.size());
  if (!fresh) return entry->second;
  Help help;
  help.paragraph(title);
  return add(rule(id, id, severity, Confidence::high, "upkeep", ""), title, title, std::move(help),
             {});
}

std::size_t SarifRules::of(const Notice& notice) {
  if (notice.rule.starts_with("pandect."))
    return own(notice.rule, rule_title(notice, words_), notice.finding->level);
  return notice.duty != nullptr ? duty(*notice.duty) : classification(*notice.classification);
}

}  // namespace pandect::reports
