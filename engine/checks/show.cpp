#include "checks/show.h"

#include "checks/wrap.h"

#include <map>

namespace pandect {
namespace {

constexpr const char* kKinds[] = {"classification", "role", "scope", "amount", "element", "lead"};
constexpr const char* kConfidences[] = {"high", "medium", "low"};
constexpr const char* kSeverities[] = {"low", "medium", "high", "critical"};
constexpr const char* kModalities[] = {"must", "must not", "effort", "should", "may"};
constexpr const char* kStatuses[] = {"in force", "voluntary", "guideline",
                                     "draft",    "adjacent",  "superseded"};
constexpr const char* kCombined[] = {"", "the largest of", "the smallest of", "the sum of"};

template <typename E, std::size_t N>
std::string word(const char* const (&words)[N], E value) {
  return words[static_cast<std::size_t>(value)];
}

std::string joined(const std::vector<std::string>& list, const char* between = ", ") {
  std::string text;
  for (const auto& each : list) text += (text.empty() ? "" : between) + each;
  return text;
}

class Reader {
 public:
  explicit Reader(std::string_view language) : language_(language) {}

  std::string read(const PackDraft& pack) {
    heading(pack);
    std::map<std::string,
             std::pair<std::vector<const ConceptDraft*>, std::vector<const ObligationDraft*>>>
        files;
    for (const auto& each : pack.concepts) files[each.where.file].first.push_back(&each);
    for (const auto& each : pack.obligations) files[each.where.file].second.push_back(&each);
    for (const auto& each : pack.penalties) penalties_[each.id] = &each;
    for (const auto& [file, content] : files) {
      const std::string name = file.substr(file.rfind('/') + 1);
      text_ += "\n" + name + "\n" + std::string(name.size(), '=') + "\n";
      for (const auto* each : content.first) subject(*each);
      for (const auto* each : content.second) duty(*each);
    }
    return std::move(text_);
  }

 private:
  const std::string& in(const Phrases& phrases) const {
    const std::string& wanted = language_ == "ko"   ? phrases.ko
                                : language_ == "zh" ? phrases.zh
                                                    : phrases.en;
    return wanted.empty() ? phrases.en : wanted;
  }

  void line(int indent, const std::string& text) {
    text_ += wrapped(text, static_cast<std::size_t>(indent), 80);
  }
  void labelled(int indent, const std::string& label, const std::string& text) {
    if (!text.empty()) line(indent, label + ": " + text);
  }

  void heading(const PackDraft& pack) {
    line(0, in(pack.title) + " (" + pack.id + " " + pack.version + ")");
    if (pack.state_of_law != kNoDay)
      line(0, "law of " + to_string(pack.state_of_law) +
                  (pack.review_by == kNoDay ? ""
                                            : ", to be reviewed by " + to_string(pack.review_by)));
    for (const auto& each : pack.instruments) {
      std::string text = each.id + ": " + in(each.title);
      if (!each.number.empty()) text += ", " + each.number;
      if (each.date != kNoDay) text += ", " + to_string(each.date);
      line(2, text + " [" + word(kStatuses, each.status) + "]");
    }
    for (const auto& each : pack.notes) labelled(0, "note", in(each));
  }

  static std::string dates(const RuleDraft& rule) {
    std::string text;
    const auto add = [&](const char* label, Day day) {
      if (day != kNoDay)
        text += (text.empty() ? "" : ", ") + std::string(label) + " " + to_string(day);
    };
    add("from", rule.from);
    add("until", rule.until);
    add("enacted", rule.enacted);
    add("superseded", rule.superseded);
    return text;
  }

  void rule(const RuleDraft& rule, const std::string& owner, bool exception) {
    std::string head = rule.id == owner ? std::string("rule") : rule.id;
    if (!rule.overrides.empty())
      head += ", exception to " + joined(rule.overrides);
    else if (exception)
      head += ", exception";
    if (rule.burden) head += " (the operator must show it)";
    if (rule.confidence) head += " [confidence " + word(kConfidences, *rule.confidence) + "]";
    line(4, "- " + head);
    labelled(6, "when", rule.when.empty() ? "always" : rule.when.text);
    labelled(6, "then", rule.then.text);
    labelled(6, "dates", dates(rule));
    if (rule.id != owner) labelled(6, "cite", joined(rule.cites));
    labelled(6, "note", in(rule.note));
  }

  void subject(const ConceptDraft& each) {
    text_ += "\n";
    const std::string& title = in(each.title);
    line(0, each.id + (title.empty() ? "" : ": " + title) + " [" + word(kKinds, each.kind) +
                ", confidence " + word(kConfidences, each.confidence) + "]");
    labelled(2, "help", in(each.help));
    labelled(2, "note", in(each.note));
    if (each.combine != Combine::none) line(2, "value: " + word(kCombined, each.combine));
    labelled(2, "default", each.otherwise.text);
    for (const auto& item : each.rules) rule(item, each.id, false);
  }

  void duty(const ObligationDraft& each) {
    text_ += "\n";
    const std::string kind = each.prohibition ? "prohibition" : word(kModalities, each.modality);
    line(0, each.id + ": " + in(each.title) + " [" + kind + ", " +
                word(kSeverities, each.severity) + ", confidence " +
                word(kConfidences, each.confidence) + "]");
    line(2, in(each.duty));
    labelled(2, "owed by", each.owed_by.text);
    labelled(2, "cite", joined(each.cites));
    labelled(2, "timing", in(each.timing));
    labelled(2, "starts", each.starts.text);
    labelled(2, "ends", each.ends.text);
    labelled(2, "deadline", each.deadline.text);
    for (const auto& item : each.rules) rule(item, each.id, false);
    for (const auto& item : each.exceptions) rule(item, each.id, true);
    if (each.no_exceptions) line(4, "no exceptions");
    for (const auto& id : each.penalties) penalty(id);
    for (const auto& piece : each.evidence)
      labelled(2, piece.required ? "evidence" : "evidence (not required)",
               in(piece.title) + " (" + piece.kind + ")");
    labelled(2, "note", in(each.note));
  }

  void penalty(const std::string& id) {
    const auto found = penalties_.find(id);
    if (found == penalties_.end()) return labelled(2, "penalty", id);
    const PenaltyDraft& each = *found->second;
    labelled(2, "penalty",
             in(each.title) + (in(each.text).empty() ? "" : ": " + in(each.text)) + " (" +
                 joined(each.cites) + ")");
  }

  std::string_view language_;
  std::map<std::string, const PenaltyDraft*> penalties_;
  std::string text_;
};

}  // namespace

std::string show(const PackDraft& pack, std::string_view language) {
  return Reader(language).read(pack);
}

}  // namespace pandect
