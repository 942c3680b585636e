#include "plugins/importing/collector.h"

#include "base/names.h"
#include "plugins/importing/compute.h"
#include "plugins/importing/conflicts.h"
#include "plugins/importing/numbers.h"

#include <algorithm>

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostProposals = 2000;
constexpr std::size_t kMostValues = 1000;
constexpr int kMostOfOneFact = 12;  // texts of one fact

using yaml::Shape;
using yaml::Value;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

Proposed made(std::string fact, double confidence, bool set = false) {
  Proposed proposed;
  proposed.subject = "model";
  proposed.fact = std::move(fact);
  proposed.confidence = confidence;
  proposed.set = set;
  return proposed;
}

// What is no UTF-8 becomes `?`; marks that command a terminal or turn the direction of writing go.
std::string printable(std::string_view text) {
  std::string clean(text);
  for (std::size_t bad = invalid_utf8_at(clean); bad != std::string::npos;
       bad = invalid_utf8_at(clean))
    clean[bad] = '?';
  static const RE2 commands(
      R"([\x{7f}-\x{9f}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}])");
  RE2::GlobalReplace(&clean, commands, "");
  return clean;
}

// Texts that say what the section is about.
const std::map<std::string, std::string, std::less<>>& facts_of_roles() {
  static const std::map<std::string, std::string, std::less<>> facts{
      {"purpose", "about.intended_use"},
      {"limits", "about.limitations"},
      {"risks", "about.risks"},
      {"users", "about.users"},
      {"training_data", "about.data_description"}};
  return facts;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string short_text(std::string_view text, std::size_t most) {
  std::string line;
  const std::string clean = printable(trimmed(text).substr(0, most * 4 + 16));
  for (const char c : clean) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (static_cast<unsigned char>(c) < 0x20 && !blank) continue;
    if (blank && !line.empty() && line.back() == ' ') continue;
    line += blank ? ' ' : c;
    if (line.size() > most + 8) break;
  }
  if (line.size() <= most) return line;
  std::size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0u) == 0x80u) --end;
  return line.substr(0, end) + "...";
}

void Collector::warn(std::string code, int line, std::string message, std::string hint) {
  if (imported_.warnings.size() >= 50) return;
  imported_.warnings.push_back(
      {Level::warning, std::move(code), {file_, line, 0}, std::move(message), std::move(hint)});
}

void Collector::add(const Proposed& what, const std::string& value, const Origin& origin) {
  const std::string text = short_text(value, 300);
  if (text.empty() || what.fact.empty()) return;
  if (tables().placeholder && RE2::PartialMatch(text, *tables().placeholder)) {
    if (!placeholders_)
      warn("placeholder", origin.line,
           "template text stands in place of a value: `" + short_text(text, 60) + "`",
           "such values are not proposed; fill them in at the source");
    placeholders_ = true;
    return;
  }
  const std::string subject = what.subject == "model" ? model : what.subject;
  const auto [known, fresh] =
      seen_.emplace(subject + '\n' + what.fact + '\n' + text, imported_.proposals.size());
  if (!fresh) return also(known->second, what.fact, text, origin);
  auto& all = imported_.proposals;
  // The members that one row finds in a tree are one set; a passage of a text stands for itself.
  const bool joins = what.set && origin.pointer.starts_with('/');
  const std::string set_key = subject + '\n' + what.fact + '\n' + origin.sign;
  if (const auto open = sets_.find(set_key); joins && open != sets_.end()) {
    if (all[open->second].values.size() < kMostValues) all[open->second].values.push_back(text);
    return;
  }
  if (all.size() >= kMostProposals) {
    if (all.size() == kMostProposals && counted_["too-many"]++ == 0)
      warn("too-many", origin.line, "more than 2000 proposals; the rest of the file was left out");
    return;
  }
  Proposal proposal;
  proposal.subject = subject;
  proposal.fact = what.fact;
  proposal.values = {text};
  proposal.is_set = what.set;
  proposal.kind = what.kind;
  proposal.confidence = what.confidence;
  proposal.where = {file_, origin.line, 0};
  proposal.pointer = short_text(origin.pointer, 300);
  proposal.quote = short_text(origin.quote);
  proposal.note = what.note;
  proposal.sign = origin.sign;
  if (joins) sets_[set_key] = all.size();
  all.push_back(std::move(proposal));
}

// A value that is said again: the proposal tells where.
void Collector::also(std::size_t index, const std::string& fact, const std::string& value,
                     const Origin& origin) {
  if (index >= imported_.proposals.size()) return;
  Proposal& proposal = imported_.proposals[index];
  const bool single = proposal.where.line > 0 && proposal.fact == fact &&
                      proposal.values.size() == 1 && proposal.values.front() == value;
  if (!single || origin.line == 0 || origin.line == proposal.where.line ||
      proposal.note.size() > 300)
    return;
  const std::string line = "also line " + std::to_string(origin.line);
  if (proposal.note.ends_with(line)) return;
  proposal.note += (proposal.note.empty() ? "" : "; ") + line;
}

void Collector::apply(const std::vector<PathRow>& rows, const Value& root,
                      const std::string& base) {
  for (const auto& each : rows) {
    for (const auto& found : select(root, each.path, base)) {
      const Origin origin{found.value->line, found.pointer, found.value->text, each.id};
      if (each.read == "number") {
        number(each, *found.value, root, origin);
      } else {
        row(each, *found.value, found.pointer);
      }
    }
  }
}

void Collector::number(const PathRow& row, const Value& value, const Value& root,
                       const Origin& origin) {
  if (value.shape != Shape::scalar) return;
  double scale = row.scale;
  if (!row.unit_path.empty()) {
    const std::string unit = text_at(root, row.unit_path);
    const auto known = tables().units.find(unit);
    if (known == tables().units.end())
      return warn("unit", value.line, "the unit `" + short_text(unit, 40) + "` is not known",
                  "the figure is left out");
    scale *= known->second;
  }
  // A string of digits is taken as written when nothing is converted: no figure is lost.
  const auto figure = whole_figure(value.text);
  if (!figure)
    return warn("number", value.line, "`" + short_text(value.text, 60) + "` is no number");
  add(row.proposed, scale == 1 ? value.text : figure_text(*figure * scale), origin);
}

void Collector::row(const PathRow& row, const Value& value, const std::string& pointer) {
  Origin origin{value.line, pointer, value.text, row.id};
  if (row.read == "present") {
    if (value.shape != Shape::null)
      add(row.proposed, row.proposed.value.empty() ? "true" : row.proposed.value, origin);
    return;
  }
  if (row.read == "count") {
    origin.quote.clear();
    return add(row.proposed, std::to_string(std::max(value.items.size(), value.entries.size())),
               origin);
  }
  if (row.read == "pair") {
    const Value* first = value.find(row.first);
    const Value* second = value.find(row.second);
    if (first == nullptr || second == nullptr || first->text.empty() || second->text.empty())
      return;
    if (tables().placeholder && (RE2::PartialMatch(first->text, *tables().placeholder) ||
                                 RE2::PartialMatch(second->text, *tables().placeholder)))
      return;
    origin.quote = first->text + ": " + second->text;
    return add(row.proposed, origin.quote, origin);
  }
  if (value.shape != Shape::scalar) return;
  if (row.read == "task") {
    add(row.proposed, value.text, origin);
    task(value.text, origin, row.proposed.kind == ProposalClass::extracted);
  } else if (row.read == "known-task") {
    if (task(value.text, origin, true)) add(row.proposed, value.text, origin);
  } else if (row.read == "licence") {
    Proposed licence = row.proposed;
    if (const Licence* known = tables().licence(value.text)) licence.note = known->note;
    add(licence, value.text, origin);
  } else if (row.read == "prose") {
    if (!row.proposed.fact.empty()) add(row.proposed, value.text, origin);
    prose(value.text, row.role, origin);
  } else if (row.read.starts_with("words:")) {
    if (!row.proposed.fact.empty()) add(row.proposed, value.text, origin);
    words(std::string_view(row.read).substr(6), value.text, {}, origin);
  } else if (row.read.starts_with("commas:")) {
    std::size_t start = 0;
    for (int i = 0; i < 200 && start <= value.text.size(); ++i) {
      const std::size_t end = std::min(value.text.find(',', start), value.text.size());
      const std::string part(trimmed(std::string_view(value.text).substr(start, end - start)));
      start = end + 1;
      if (!row.proposed.fact.empty()) add(row.proposed, part, origin);
      task(part, origin, false);
      words(std::string_view(row.read).substr(7), part, {}, origin);
    }
  } else if (!row.values.empty()) {
    if (const auto mapped = row.values.find(value.text); mapped != row.values.end())
      add(row.proposed, mapped->second, origin);
  } else {
    add(row.proposed, value.text, origin);
  }
}

bool Collector::task(const std::string& id, const Origin& origin, bool typed) {
  std::string name = lower_case(trimmed(id));
  std::replace(name.begin(), name.end(), ' ', '-');
  const auto found = tables().tasks.find(name);
  if (found == tables().tasks.end()) return false;
  const Task& task = found->second;
  const auto kind = typed ? ProposalClass::extracted : ProposalClass::suggested;
  const auto all = [&](const std::string& subject, const std::string& fact,
                       const std::vector<std::string>& values, double confidence, ProposalClass as,
                       const std::string& note) {
    Proposed what = made(fact, confidence, true);
    what.subject = subject;
    what.kind = as;
    what.note = note;
    for (const auto& value : values) add(what, value, origin);
  };
  all("model", "about.input_modalities", task.in, 0.9, kind, {});
  all("model", "model.modalities", task.out, typed ? 0.9 : 0.6, kind, "what the task gives out");
  if (task.generative) {
    Proposed generative = made("system.generative", typed ? 0.9 : 0.6);
    generative.kind = kind;
    generative.note = "the task generates content";
    add(generative, "true", origin);
  }
  all("system", "output.kinds", task.kinds, 0.5, ProposalClass::suggested,
      "what the model gives out; the system around it may give out something else");
  all("system", "system.uses", task.uses, 0.4, ProposalClass::suggested,
      "what the model can do; for what the system is used decides");
  return true;
}

void Collector::words(std::string_view kind, const std::string& text, const std::string& role,
                      const Origin& origin) {
  const std::string_view looked = std::string_view(text).substr(0, 4000);
  const re2::StringPiece piece(looked.data(), looked.size());
  for (const auto& each : tables().words) {
    if (each.in.find(kind) == each.in.end() || !each.any) continue;
    if (kind == "text" && !each.roles.empty() && each.roles.find(role) == each.roles.end())
      continue;
    if (kind == "text" && each.roles.empty() && role == "limits") continue;
    if (!RE2::PartialMatch(piece, *each.any)) continue;
    if (each.unless && RE2::PartialMatch(piece, *each.unless)) continue;
    const auto holds = [&](const std::string& fact, const std::string& value) {
      for (const auto& proposal : imported_.proposals) {
        if (proposal.fact == fact && std::find(proposal.values.begin(), proposal.values.end(),
                                               value) != proposal.values.end())
          return true;
      }
      return false;
    };
    if (!each.needs_fact.empty() && !holds(each.needs_fact, each.needs_value)) continue;
    Origin from = origin;
    from.sign = "words:" + each.id;
    if (from.quote.empty()) from.quote = text;
    for (const auto& proposed : each.proposes) {
      std::string value = proposed.value;
      if (value == "$1") {
        if (!RE2::PartialMatch(piece, *each.any, &value)) continue;
      } else if (value == "$0") {
        value = text;
      }
      add(proposed, value, from);
    }
  }
}

void Collector::prose(const std::string& text, const std::string& role, const Origin& origin) {
  const Card card = read_card(std::string_view(text).substr(0, 100'000), origin.line,
                              [](const std::string&) { return std::string(); });
  for (Passage each : card.passages) {
    each.role = role;
    Origin from = origin;
    from.quote = each.raw;
    passage(each, from);
  }
}

void Collector::passage(const Passage& passage, const Origin& origin) {
  const Tables& all = tables();
  if (passage.role == "not_for") {
    if (counted_["about.not_for"]++ < kMostOfOneFact && passage.text.size() > 3)
      add(made("about.not_for", 0.7, true), passage.text, origin);
    return;
  }
  re2::StringPiece denied;
  const std::string_view looked = std::string_view(passage.text).substr(0, 4000);
  if (all.negation && all.negation->Match({looked.data(), looked.size()}, 0, looked.size(),
                                          RE2::UNANCHORED, &denied, 1)) {
    if (counted_["about.not_for"]++ < kMostOfOneFact)
      add(made("about.not_for", 0.6, true),
          std::string(denied.data(),
                      static_cast<std::size_t>(looked.data() + looked.size() - denied.data())),
          origin);
    return;
  }
  if (all.skipped_roles.count(passage.role) > 0) return;
  words("text", passage.text, passage.role, origin);
  const auto fact = facts_of_roles().find(passage.role);
  if (fact != facts_of_roles().end() && passage.text.size() > 12 &&
      counted_[fact->second]++ < kMostOfOneFact)
    add(made(fact->second, 0.6, true), passage.text, origin);
}

void Collector::labels(const Passage& passage, const Origin& origin) {
  if (passage.label.empty() || passage.text.size() <= passage.label.size()) return;
  std::string value(trimmed(
      std::string_view(passage.text).substr(passage.text.find(':', passage.label.size()) + 1)));
  if (value.ends_with('.')) value.pop_back();
  for (const auto& each : tables().labels) {
    if (!each.any || !RE2::FullMatch(passage.label, *each.any)) continue;
    if (each.takes && !RE2::PartialMatch(value, *each.takes)) continue;
    Origin from = origin;
    from.sign = "labels:" + each.id;
    if (each.takes && each.takes->NumberOfCapturingGroups() > 0)
      RE2::PartialMatch(value, *each.takes, &value);
    if (each.read == "licence") {
      const Licence* known = tables().licence(value);
      if (known == nullptr) continue;
      Proposed licence = each.proposed;
      licence.note = known->note;
      add(licence, value, from);
    } else {
      add(each.proposed, value, from);
    }
  }
}

void Collector::check(const std::vector<PathRow>& rows, const Value& root,
                      const std::string& base) {
  for (const auto& row : rows) {
    for (const auto& found : select(root, row.path, base)) {
      const Value& value = *found.value;
      const bool fits = row.read == "list"   ? value.shape == Shape::list
                        : row.read == "map"  ? value.shape == Shape::map
                        : row.read == "text" ? value.shape == Shape::scalar
                                             : row.values.find(value.text) != row.values.end();
      if (fits) continue;
      const std::string what =
          row.read == "list"  ? "must be a list"
          : row.read == "map" ? "must be an object"
          : row.read == "text"
              ? "must be a text"
              : "has a value that the schema does not know: `" + short_text(value.text, 40) + "`";
      warn("schema", value.line, "`" + found.pointer + "` " + what,
           "it was read as far as it goes; mend it with the tool that wrote it");
    }
  }
}

void Collector::measured(const Card& card, const std::string& name) {
  std::map<const Quantity*, std::pair<int, int>> best;  // score, how many
  for (const auto& each : measure(card, name)) {
    const auto found = best.find(each.quantity);
    if (found != best.end() && (each.score < found->second.first || found->second.second >= 3)) {
      const std::string text = figure_text(each.value);  // the same figure: where else it stands
      for (std::size_t i = 0; i < imported_.proposals.size(); ++i)
        also(i, each.quantity->proposed.fact, text, {each.passage->line, {}, {}, {}});
      continue;
    }
    const int before = found == best.end() ? 0 : found->second.second;
    best[each.quantity] = {each.score, before + 1};
    Proposed what = each.quantity->proposed;
    what.confidence = std::min(0.85, what.confidence + 0.05 * each.score) / (before > 0 ? 2 : 1);
    if (before > 0)
      what.note += what.note.empty() ? "another figure of the text" : "; another figure";
    add(what, figure_text(each.value),
        {each.passage->line, "section " + each.passage->heading, each.passage->raw,
         "numbers:" + each.quantity->id});
  }
}

void Collector::passages(const Card& card) {
  if (!card.title.empty()) {
    Passage title;
    title.line = card.title_line;
    title.text = title.raw = card.title;
    passage(title, {title.line, "heading", title.raw, "title"});
  }
  for (const auto& each : card.passages) {
    const Origin origin{each.line, each.heading.empty() ? "text" : "section " + each.heading,
                        each.raw, "text:" + each.role};
    if (tables().skipped_roles.count(each.role) == 0) labels(each, origin);
    passage(each, origin);
  }
}

Imported Collector::finish() {
  derive_compute(imported_);
  for (auto& each : conflicts_of(imported_.proposals))
    imported_.proposals.push_back(std::move(each));
  return std::move(imported_);
}

}  // namespace pandect::plugins
