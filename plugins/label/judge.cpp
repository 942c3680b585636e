#include "plugins/label/judge.h"

#include "plugins/label/carriers.h"

#include <algorithm>
#include <set>

namespace pandect::label {
namespace {

std::string filled(const std::string& pattern, const std::vector<std::string>& values) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    if (!slot) {
      out += pattern[i];
      continue;
    }
    const auto place = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (place < values.size()) out += values[place];
    i += 2;
  }
  return out;
}

bool has_letter(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto each = static_cast<unsigned char>(text[at]);
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
}

// A word of the rule book in a text; Latin ones in any case, but not inside another Latin word.
bool has_word(std::string_view text, const std::string& word) {
  const auto same_letter = [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  };
  for (auto from = text.begin();;) {
    const auto found = std::search(from, text.end(), word.begin(), word.end(), same_letter);
    if (found == text.end()) return false;
    const auto at = static_cast<std::size_t>(found - text.begin());
    const bool latin = has_letter(word, 0);
    const bool inside =
        latin && ((at > 0 && has_letter(text, at - 1)) || has_letter(text, at + word.size()));
    if (!inside) return true;
    from = found + 1;
  }
}

bool has_label_words(std::string_view text, const ExplicitWords& label) {
  const auto any = [&](const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return has_word(text, word); });
  };
  return any(label.a) && any(label.b);
}

// The first (or last) `count` characters of a text in UTF-8.
std::string_view edge(std::string_view text, std::size_t count, bool last) {
  const auto begins = [&](std::size_t at) { return (text[at] & 0xC0) != 0x80; };
  if (!last) {
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++at) {
      if (begins(at) && ++seen > count) break;
    }
    return text.substr(0, at);
  }
  std::size_t at = text.size();
  for (std::size_t seen = 0; at > 0 && seen < count;) seen += begins(--at) ? 1 : 0;
  return text.substr(at);
}

bool without_container(Kind kind) { return kind == Kind::text || kind == Kind::html; }

class Judge {
 public:
  Judge(const Contents& contents, const Rules& rules) : contents_(contents), rules_(rules) {}

  Judgement run(const std::vector<std::string>& wants) {
    for (const auto& found : contents_.labels)
      result_.labels.push_back(check_label(found, rules_, result_.findings));
    against_each_other();
    verdict();
    damages();
    for (const auto& found : contents_.misplaced) add("misplaced", {same(found.carrier)}, found);
    provenance();
    traces();
    if (contents_.modality == Modality::text) text();
    for (const auto& id : wants) want(id);
    return std::move(result_);
  }

 private:
  void add(std::string_view code, const std::vector<Texts>& values, const Found& found = {}) {
    result_.findings.push_back(finding_of(rules_, code, values, found.offset));
  }

  // Only one label per file (GB 45438-2025); every further one is held against the first.
  void against_each_other() {
    for (std::size_t i = 1; i < result_.labels.size(); ++i) {
      const AigcLabel &first = result_.labels[0], &other = result_.labels[i];
      std::set<std::string> keys, differing;
      for (const auto* label : {&first, &other}) {
        for (const auto& [key, value] : label->fields) keys.insert(key);
      }
      const auto value_of = [](const AigcLabel& label, const std::string& key) {
        for (const auto& [name, value] : label.fields) {
          if (name == key) return "=" + value;
        }
        return std::string();
      };
      for (const auto& key : keys) {
        if (value_of(first, key) != value_of(other, key)) differing.insert(key);
      }
      std::string list;
      for (const auto& key : differing) list += (list.empty() ? "" : ", ") + key;
      if (differing.empty()) {
        add("duplicate_label", {same(first.carrier), same(other.carrier)});
      } else {
        add("fields_disagree", {same(first.carrier), same(other.carrier), same(list)});
      }
    }
  }

  void verdict() {
    // Up to here every error is one of the labels.
    const bool wrong = result_.has("error");
    const bool broken = std::any_of(contents_.damages.begin(), contents_.damages.end(),
                                    [](const Damage& damage) { return damage.code != "long"; });
    result_.verdict = result_.labels.empty() ? (broken ? "inconclusive" : "not_found")
                      : wrong                ? "nonconforming"
                                             : "conforming";
  }

  void damages() {
    for (const auto& damage : contents_.damages) {
      Found place;
      place.offset = damage.offset;
      if (damage.code == "long") {
        add("long_text", {}, place);
      } else {
        add(result_.verdict == "conforming" ? "damaged_beside" : "damaged",
            {same(damage.code), same(damage.detail)}, place);
      }
    }
  }

  void provenance() {
    if (contents_.c2pa) {
      add("c2pa_unverified", {});
      const bool typed =
          std::any_of(contents_.source_types.begin(), contents_.source_types.end(),
                      [](const SourceType& each) { return each.carrier.rfind("c2pa", 0) == 0; });
      if (!typed) add("c2pa_no_source_type", {});
    }
    for (const auto& each : contents_.source_types) {
      if (!rules_.is_ai(each.term)) add("not_ai_source", {same(each.term), same(each.carrier)});
    }
    for (const auto& found : contents_.provenance) {
      const bool inside = found.text.rfind("self#", 0) == 0;
      if (inside && !contents_.c2pa) add("stripped_manifest", {same(found.text)}, found);
      if (!inside) add("remote_manifest", {same(found.text)}, found);
    }
  }

  void traces() {
    for (const auto& found : contents_.texts) {
      for (const auto& trace : rules_.traces) {
        if (trace.name != found.name) continue;
        const bool all = std::all_of(
            trace.words.begin(), trace.words.end(),
            [&](const std::string& word) { return found.text.find(word) != std::string::npos; });
        if (!all) continue;
        add("trace", {same(found.carrier)}, found);
        break;
      }
    }
  }

  void text() {
    const bool plain = contents_.kind == Kind::text || contents_.kind == Kind::html ||
                       contents_.kind == Kind::markdown;
    if (without_container(contents_.kind)) add("no_container", {});
    if (!plain) return;
    place_ = explicit_place(contents_.text, rules_, "cn");
    korean_ = explicit_place(contents_.text, rules_, "kr");
    add(place_ == ExplicitPlace::edge     ? "explicit_found"
        : place_ == ExplicitPlace::middle ? "explicit_middle"
                                          : "explicit_absent",
        {});
  }

  void want(const std::string& id) {
    const auto found = rules_.wants.find(id);
    if (found == rules_.wants.end()) return;
    WantState state{id, "absent", {}};
    for (const auto& each : found->second.accept) accept(each, state);
    if (!state.by.empty()) state.state = "shown";
    if (state.state == "absent") add("want_missing", {found->second.title});
    if (state.state == "failed") add("want_invalid", {found->second.title});
    if (state.state == "unchecked") add("not_covered", {found->second.title});
    result_.wants.push_back(std::move(state));
  }

  void accept(const std::string& mark, WantState& state) {
    if (mark == "aigc" || mark == "aigc-any") aigc(mark == "aigc-any", state);
    const bool chinese =
        mark == "explicit" || (mark == "explicit_alone" && without_container(contents_.kind));
    const bool korean = mark == "explicit" || mark == "explicit_kr";
    if ((chinese && place_ != ExplicitPlace::none) || (korean && korean_ != ExplicitPlace::none))
      state.by.emplace_back("text");
    if (mark == "latent") return latent(state);
    for (const auto& each : contents_.source_types) {
      const bool c2pa = each.carrier.rfind("c2pa", 0) == 0;
      if ((mark == "c2pa" && c2pa) || (mark == "iptc" && !c2pa)) {
        if (rules_.is_ai(each.term)) state.by.push_back(each.carrier + " " + each.term);
      }
    }
  }

  void aigc(bool any_value, WantState& state) {
    for (const auto& label : result_.labels) {
      const bool declared =
          std::any_of(label.fields.begin(), label.fields.end(), [&](const auto& field) {
            return field.first == "Label" && (any_value || field.second == "1");
          });
      if (result_.verdict == "conforming" && declared) {
        state.by.push_back(label.carrier);
      } else {
        state.state = "failed";
      }
    }
  }

  void latent(WantState& state) {
    if (contents_.modality == Modality::text) {
      state.state = "unchecked";
      return;
    }
    if (!contents_.c2pa) return;
    const C2pa& c2pa = *contents_.c2pa;
    const auto action =
        std::find_if(c2pa.actions.begin(), c2pa.actions.end(),
                     [&](const C2paAction& each) { return rules_.is_ai(each.source_type); });
    if (action == c2pa.actions.end()) return;
    const auto value = [&](const std::string& from) -> std::string {
      if (from == "signer") return c2pa.signer;
      if (from == "generator") return c2pa.generator;
      if (from == "generator_version") return c2pa.generator_version;
      if (from == "agent") return action->agent;
      if (from == "agent_version") return action->agent_version;
      if (from == "when") return action->when;
      if (from == "signed_at") return c2pa.signed_at;
      if (from == "label") return c2pa.label;
      if (from == "instance_id") return c2pa.instance_id;
      return from == "action" ? action->action : std::string();
    };
    Texts missing;
    for (const auto& element : rules_.latent) {
      const bool there = std::any_of(element.from.begin(), element.from.end(),
                                     [&](const auto& from) { return !value(from).empty(); });
      if (there) continue;
      const auto append = [](std::string& to, const std::string& text, const char* between) {
        to += (to.empty() ? "" : between) + text;
      };
      append(missing.en, element.title.en, ", ");
      append(missing.ko, element.title.ko, ", ");
      append(missing.zh, element.title.zh, "、");
    }
    if (missing.en.empty()) {
      state.by.push_back("c2pa " + action->action);
    } else {
      state.state = "failed";
      add("latent_missing", {missing});
    }
  }

  const Contents& contents_;
  const Rules& rules_;
  Judgement result_;
  ExplicitPlace place_ = ExplicitPlace::none, korean_ = ExplicitPlace::none;
};

}  // namespace

bool Judgement::has(std::string_view severity) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const LabelFinding& each) { return each.severity == severity; });
}

Texts same(const std::string& text) { return {text, text, text}; }

LabelFinding finding_of(const Rules& rules, std::string_view code, const std::vector<Texts>& values,
                        std::uint64_t offset) {
  LabelFinding finding;
  finding.code = std::string(code);
  finding.severity = "error";  // a code that the rule book does not know must not pass
  finding.offset = offset;
  const auto rule = rules.findings.find(code);
  if (rule == rules.findings.end()) {
    finding.message = same(finding.code);
    return finding;
  }
  finding.severity = rule->second.severity;
  finding.cite = rule->second.cite;
  std::vector<std::string> en, ko, zh;
  for (const auto& value : values) {
    en.push_back(value.en);
    ko.push_back(value.ko);
    zh.push_back(value.zh);
  }
  const Texts& text = rule->second.text;
  finding.message = {filled(text.en, en), filled(text.ko, ko), filled(text.zh, zh)};
  return finding;
}

ExplicitPlace explicit_place(std::string_view text, const Rules& rules,
                             std::string_view jurisdiction) {
  const auto words = rules.explicit_words.find(jurisdiction);
  if (words == rules.explicit_words.end()) return ExplicitPlace::none;
  text = trimmed(text);
  for (const bool last : {false, true}) {
    if (has_label_words(edge(text, rules.explicit_window, last), words->second))
      return ExplicitPlace::edge;
  }
  return has_label_words(text, words->second) ? ExplicitPlace::middle : ExplicitPlace::none;
}

Judgement judge(const Contents& contents, const Rules& rules,
                const std::vector<std::string>& wants) {
  return Judge(contents, rules).run(wants);
}

}  // namespace pandect::label
