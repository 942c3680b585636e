#include "reports/find.h"

#include "reports/words.h"

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

using Json = nlohmann::ordered_json;

// Untrusted texts must not steer a terminal.
std::string clean(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return result;
}

std::string name_of(const FactChange& change) {
  return change.subject.empty() ? change.fact : change.fact + "@" + change.subject;
}

std::string headline(const Wording& words, const FindResult& result, const std::string& goal) {
  if (result.determined) return words(Word::find_determined, {goal});
  if (!result.changes.empty()) return words(Word::find_heading, {goal});
  if (result.out_of_trials)
    return words(Word::find_stopped,
                 {std::to_string(result.trials - 1), std::to_string(result.searched)});
  if (result.searched == 0) return words(Word::find_already, {goal});
  return words(Word::find_none, {std::to_string(result.searched), goal});
}

}  // namespace

std::string find_text(const std::vector<Found>& found, const std::string& goal,
                      const std::string& lang) {
  const Wording words(lang);
  std::string text;
  const auto line = [&](int depth, const std::string& content) {
    text += std::string(static_cast<std::size_t>(depth) * 2, ' ') + clean(content) + "\n";
  };
  for (const auto& [subject, result] : found) {
    line(0, words.labelled(subject, headline(words, result, goal)));
    for (const auto& change : result.changes) {
      std::string list;
      for (const auto& each : change) {
        const std::string before =
            each.before.empty() ? std::string(words(Word::find_unstated)) : each.before;
        list += (list.empty() ? "" : "; ") + name_of(each) + ": " + before + " -> " + each.after;
      }
      line(1, "- " + list);
    }
    if (result.more) line(1, std::string(words(Word::find_more)));
    if (!result.changes.empty() && result.out_of_trials)
      line(1, words(Word::find_stopped,
                    {std::to_string(result.trials - 1), std::to_string(result.searched)}));
    if (result.kept.empty()) continue;
    std::vector<std::string> kept;
    for (const auto& each : result.kept)
      kept.push_back(each.fact + words.bracketed(words(each.reason == "passed" ? Word::find_passed
                                                                               : Word::find_text)));
    line(1, words.labelled(words(Word::find_kept), words.list(kept)));
  }
  return text;
}

std::string find_json(const std::vector<Found>& found, const std::string& goal) {
  Json list = Json::array();
  for (const auto& [subject, result] : found) {
    Json changes = Json::array(), kept = Json::array();
    for (const auto& change : result.changes) {
      Json facts = Json::array();
      for (const auto& each : change) {
        Json fact{{"fact", each.fact}};
        if (!each.subject.empty()) fact["subject"] = each.subject;
        fact["before"] = each.before.empty() ? Json(nullptr) : Json(each.before);
        fact["after"] = each.after;
        facts.push_back(std::move(fact));
      }
      changes.push_back(std::move(facts));
    }
    for (const auto& each : result.kept)
      kept.push_back(Json{{"fact", each.fact}, {"reason", each.reason}});
    list.push_back(Json{{"subject", subject},
                        {"before", result.before == Truth::unknown ? "unknown"
                                   : result.before == Truth::true_ ? "true"
                                                                   : "false"},
                        {"determined", result.determined},
                        {"changes", std::move(changes)},
                        {"more", result.more},
                        {"searched", result.searched},
                        {"complete", !result.out_of_trials},
                        {"trials", result.trials},
                        {"kept", std::move(kept)}});
  }
  return Json{{"goal", goal}, {"subjects", std::move(list)}}.dump(2, ' ', false,
                                                                  Json::error_handler_t::replace) +
         "\n";
}

}  // namespace pandect::reports
