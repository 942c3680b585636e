#include "artefact/changes.h"

#include "base/digest.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace pandect::artefact {
namespace {

constexpr const char* kConfidences[] = {"high", "medium", "low"};
constexpr const char* kSeverities[] = {"low", "medium", "high", "critical"};
constexpr const char* kModalities[] = {"must", "must not", "effort", "should", "may"};
constexpr const char* kTypes[] = {"bool", "integer", "number", "date", "enum", "set", "text"};
constexpr const char* kDispositions[] = {"encoded",   "definition",   "context", "authority",
                                         "procedure", "out of scope", "draft",   "lead"};

template <typename E, std::size_t N>
std::string word(const char* const (&words)[N], E value) {
  const auto at = static_cast<std::size_t>(value);
  return at < N ? words[at] : "?";
}

std::string joined(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  std::string text;
  for (const auto& each : list) text += (text.empty() ? "" : ", ") + each;
  return text;
}

// Spaces and line ends of a condition mean nothing.
std::string one_line(const std::string& text) {
  std::string line;
  for (const char each : text) {
    const bool space = each == ' ' || each == '\n' || each == '\t' || each == '\r';
    if (!space)
      line += each;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

struct Attribute {
  PackChangeKind kind = PackChangeKind::other;
  std::string name, value;
};

struct Thing {
  PackChangeKind kind = PackChangeKind::other;  // of the whole, where it comes or goes
  std::string summary;
  std::vector<Attribute> attributes;

  void add(PackChangeKind attribute_kind, const char* name, std::string value) {
    if (!value.empty()) attributes.push_back({attribute_kind, name, std::move(value)});
  }
  void texts(const char* name, const Phrases& phrases) {
    add(PackChangeKind::text, (std::string(name) + " (en)").c_str(), phrases.en);
    add(PackChangeKind::text, (std::string(name) + " (ko)").c_str(), phrases.ko);
    add(PackChangeKind::text, (std::string(name) + " (zh)").c_str(), phrases.zh);
  }
  void day(const char* name, Day day) {
    if (day != kNoDay) add(PackChangeKind::date, name, to_string(day));
  }
};

using Things = std::map<std::string, Thing>;

// Everything a pack states, by name, with its attributes.
class Inventory {
 public:
  explicit Inventory(const PackDraft& pack) {
    heading(pack);
    for (const auto& each : pack.facts) fact(each);
    for (const auto& each : pack.concepts) subject(each);
    for (const auto& each : pack.obligations) duty(each);
    for (const auto& each : pack.penalties) penalty(each);
    for (const auto& each : pack.provisions) provision(each);
    for (const auto& each : pack.mappings) mapping(each);
    for (const auto& each : pack.axioms) axiom(each);
    for (const auto& each : pack.predicates) predicate(each);
    for (const auto& each : pack.documents)
      make("document " + each.id, Kind::duty).add(Kind::duty, "headings", each.headings);
    for (const auto& each : pack.calendars) calendar(each);
  }

  Things things;

 private:
  using Kind = PackChangeKind;

  Thing& make(const std::string& name, Kind kind, std::string summary = {}) {
    Thing& thing = things[name];
    thing.kind = kind;
    thing.summary = std::move(summary);
    return thing;
  }

  void heading(const PackDraft& pack) {
    Thing& thing = make("pack " + pack.id, Kind::other);
    thing.texts("title", pack.title);
    thing.day("state of law", pack.state_of_law);
    thing.day("checked on", pack.checked_on);
    thing.day("review by", pack.review_by);
    for (const auto& each : pack.instruments) {
      Thing& instrument = make("instrument " + each.id, Kind::provision);
      instrument.texts("title", each.title);
      instrument.add(Kind::other, "number", each.number);
      instrument.add(Kind::other, "address", each.url);
      instrument.day("date", each.date);
    }
  }

  void fact(const FactDraft& each) {
    Thing& thing = make("fact " + each.id, Kind::fact);
    thing.add(Kind::fact, "type", word(kTypes, each.type));
    thing.add(Kind::fact, "unit", each.unit);
    thing.add(Kind::fact, "asked if", one_line(each.asked_if.text));
    std::vector<std::string> members;
    for (const auto& member : each.members) members.push_back(member.id);
    thing.add(Kind::fact, "members", joined(members));
    thing.texts("question", each.question);
    thing.texts("help", each.help);
  }

  void rule(const RuleDraft& each, const std::string& owner, Confidence confidence) {
    Thing& thing = make("rule " + each.id + (each.id == owner ? "" : " of " + owner), Kind::rule,
                        each.when.empty() ? "always" : "when " + one_line(each.when.text));
    thing.add(Kind::rule, "condition", one_line(each.when.text));
    thing.add(Kind::rule, "value", one_line(each.then.text));
    thing.add(Kind::rule, "cites", joined(each.cites));
    thing.add(Kind::rule, "overrides", joined(each.overrides));
    thing.add(Kind::rule, "burden of proof", each.burden ? "operator" : "");
    thing.add(Kind::other, "confidence", word(kConfidences, each.confidence.value_or(confidence)));
    thing.day("applies from", each.from);
    thing.day("applies until", each.until);
    thing.day("enacted", each.enacted);
    thing.day("superseded", each.superseded);
    thing.texts("note", each.note);
  }

  void subject(const ConceptDraft& each) {
    Thing& thing = make("concept " + each.id, Kind::rule, each.title.en);
    thing.texts("title", each.title);
    thing.texts("help", each.help);
    thing.texts("note", each.note);
    thing.add(Kind::other, "severity", word(kSeverities, each.severity));
    thing.add(Kind::rule, "default", one_line(each.otherwise.text));
    for (const auto& item : each.rules) rule(item, each.id, each.confidence);
  }

  void duty(const ObligationDraft& each) {
    Thing& thing = make("duty " + each.id, Kind::duty, each.title.en);
    thing.texts("title", each.title);
    thing.texts("text", each.duty);
    thing.texts("timing", each.timing);
    thing.texts("note", each.note);
    thing.add(Kind::duty, "owed by", one_line(each.owed_by.text));
    thing.add(Kind::duty, "starts", one_line(each.starts.text));
    thing.add(Kind::duty, "ends", one_line(each.ends.text));
    thing.add(Kind::duty, "deadline", one_line(each.deadline.text));
    thing.add(Kind::duty, "cites", joined(each.cites));
    thing.add(Kind::duty, "penalties", joined(each.penalties));
    thing.add(Kind::duty, "severity", word(kSeverities, each.severity));
    thing.add(Kind::duty, "kind",
              each.prohibition ? "prohibition" : word(kModalities, each.modality));
    for (const auto& item : each.rules) rule(item, each.id, each.confidence);
    for (const auto& item : each.exceptions) rule(item, each.id, each.confidence);
    for (const auto& piece : each.evidence) {
      Thing& evidence = make("evidence " + piece.id + " of " + each.id, Kind::duty, piece.title.en);
      evidence.texts("title", piece.title);
      evidence.add(Kind::duty, "kind", piece.kind);
      evidence.add(Kind::duty, "required", piece.required ? "yes" : "no");
      evidence.add(Kind::duty, "probe", piece.probe);
      evidence.add(Kind::duty, "when", one_line(piece.when.text));
    }
  }

  void penalty(const PenaltyDraft& each) {
    Thing& thing = make("penalty " + each.id, Kind::duty, each.title.en);
    thing.texts("title", each.title);
    thing.texts("text", each.text);
    thing.add(Kind::duty, "amount", each.amount);
    thing.add(Kind::duty, "schedule", joined(each.schedule));
    thing.add(Kind::duty, "cites", joined(each.cites));
  }

  void provision(const ProvisionDraft& each) {
    Thing& thing = make("provision " + each.id, Kind::provision, each.title);
    thing.add(Kind::provision, "disposition", word(kDispositions, each.disposition));
    thing.add(Kind::provision, "reason", each.reason);
    thing.add(Kind::text, "title", each.title);
    thing.add(Kind::other, "address", each.url);
  }

  void mapping(const MappingDraft& each) {
    Thing& thing = make("use " + each.use + " under " + each.to +
                            (each.klass.empty() ? "" : " (" + each.klass + ")"),
                        Kind::rule);
    thing.add(Kind::rule, "relation",
              each.relation == Relation::is    ? "is"
              : each.relation == Relation::may ? "may"
                                               : "out");
    thing.add(Kind::rule, "condition", one_line(each.condition.text));
    thing.texts("note", each.note);
  }

  void axiom(const AxiomDraft& each) {
    make("axiom " + each.kind + " " + each.fact + " " + one_line(each.condition.text) + " -> " +
             one_line(each.consequence.text),
         Kind::fact);
  }

  // A function of a script is known by what it answers.
  void predicate(const PredicateDraft& each) {
    Thing& thing = make("predicate " + each.id, Kind::rule);
    thing.add(Kind::rule, "facts", joined(each.facts));
    for (const auto& [name, condition] : each.conditions)
      thing.add(Kind::rule, ("where " + name).c_str(), one_line(condition.text));
    std::string answers;
    for (const auto answer : each.table->answers)
      answers += "nyo"[static_cast<std::size_t>(answer)];
    if (!answers.empty()) thing.add(Kind::rule, "answers", digest_of(answers).substr(0, 16));
  }

  void calendar(const CalendarDraft& each) {
    const auto days = [](const std::vector<Day>& list) {
      std::vector<std::string> texts;
      for (const Day day : list) texts.push_back(to_string(day));
      return joined(texts);
    };
    Thing& thing = make("calendar " + each.id, Kind::date);
    thing.day("from", each.from);
    thing.day("through", each.through);
    thing.add(Kind::date, "holidays", days(each.holidays));
    thing.add(Kind::date, "extra working days", days(each.extra));
  }
};

bool is_number(std::string_view word) {
  while (!word.empty() && (word.front() == '(' || word.front() == '[')) word.remove_prefix(1);
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

// Two conditions that differ only in numbers and days.
bool only_numbers(std::string_view before, std::string_view after) {
  const auto next = [](std::string_view& text) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return word;
  };
  while (!before.empty() && !after.empty()) {
    const auto a = next(before), b = next(after);
    if (a != b && !(is_number(a) && is_number(b))) return false;
  }
  return before.empty() && after.empty();
}

void compare(const std::string& name, const Thing& before, const Thing& after,
             std::vector<PackChange>& changes) {
  const auto value = [](const Thing& thing, const std::string& attribute) {
    for (const auto& each : thing.attributes) {
      if (each.name == attribute) return each.value;
    }
    return std::string();
  };
  for (const auto& each : after.attributes) {
    const std::string old = value(before, each.name);
    if (old == each.value) continue;
    const bool formula = each.name == "condition" || each.name == "value";
    const bool threshold = formula && !old.empty() && only_numbers(old, each.value);
    changes.push_back(
        {threshold ? PackChangeKind::threshold : each.kind, name, each.name, old, each.value});
  }
  for (const auto& each : before.attributes) {
    if (value(after, each.name).empty())
      changes.push_back({each.kind, name, each.name, each.value, {}});
  }
}

struct Heading {
  const char* title;
  const char* one;
  const char* many;
};
constexpr std::array<Heading, 8> kHeadings{{{"Rules", "rule", "rules"},
                                            {"Dates", "date", "dates"},
                                            {"Thresholds", "threshold", "thresholds"},
                                            {"Duties", "part of a duty", "parts of duties"},
                                            {"Provisions", "provision", "provisions"},
                                            {"Facts", "fact", "facts"},
                                            {"Texts", "text", "texts"},
                                            {"Other", "other", "others"}}};

std::string line_of(const PackChange& change) {
  if (change.attribute.empty()) {
    const bool gone = change.after.empty();
    const std::string& summary = gone ? change.before : change.after;
    const bool bare = summary == change.what;
    return (gone ? "  - " : "  + ") + change.what + (bare ? "" : ": " + summary) + "\n";
  }
  std::string line = "  ~ " + change.what + ", " + change.attribute + ": ";
  if (change.before.empty()) return line + "now " + change.after + "\n";
  if (change.after.empty()) return line + "no longer " + change.before + "\n";
  return line + change.before + " -> " + change.after + "\n";
}

}  // namespace

std::vector<PackChange> changes_between(const PackDraft& before, const PackDraft& after) {
  const Things old = Inventory(before).things;
  const Things now = Inventory(after).things;
  std::vector<PackChange> changes;
  for (const auto& [name, thing] : now) {
    const auto at = old.find(name);
    if (at != old.end())
      compare(name, at->second, thing, changes);
    else
      changes.push_back({thing.kind, name, {}, {}, thing.summary.empty() ? name : thing.summary});
  }
  for (const auto& [name, thing] : old) {
    if (now.count(name) == 0)
      changes.push_back({thing.kind, name, {}, thing.summary.empty() ? name : thing.summary, {}});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const PackChange& a, const PackChange& b) {
    return std::tie(a.kind, a.what) < std::tie(b.kind, b.what);
  });
  return changes;
}

std::string to_text(const std::vector<PackChange>& changes) {
  if (changes.empty()) return "nothing differs\n";
  std::string text, counts;
  for (std::size_t kind = 0; kind < kHeadings.size(); ++kind) {
    std::size_t count = 0;
    for (const auto& each : changes) {
      if (static_cast<std::size_t>(each.kind) != kind) continue;
      if (count++ == 0)
        text += std::string(text.empty() ? "" : "\n") + kHeadings[kind].title + "\n";
      text += line_of(each);
    }
    if (count > 0)
      counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " +
                (count == 1 ? kHeadings[kind].one : kHeadings[kind].many);
  }
  return text + "\nchanged: " + counts + "\n";
}

}  // namespace pandect::artefact
