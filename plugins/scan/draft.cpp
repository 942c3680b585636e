#include "plugins/scan/draft.h"

#include "assessment/assess.h"
#include "plugins/scan/proposals.h"
#include "plugins/scan/report.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

namespace pandect::scan {
namespace {

constexpr std::size_t kMostModels = 20;
constexpr std::size_t kMostSources = 4;

// A double-quoted scalar of YAML on one line.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char sign : shown(text)) {
    if (sign == '"' || sign == '\\') out += '\\';
    out += sign;
  }
  return out + "\"";
}

bool is_plain(std::string_view text) {
  if (text.empty() || text == "null" || text == "~") return false;
  return std::all_of(text.begin(), text.end(),
                     [](char sign) {
                       return std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == '_' ||
                              sign == '.' || sign == '-';
                     }) &&
         text.front() != '-';
}

// All that is proposed for one fact at one subject.
struct Entry {
  std::string fact;
  bool is_set = false;
  std::vector<const Proposal*> proposals;  // the surest first

  std::vector<std::string> values() const {
    std::vector<std::string> list;
    for (const auto* each : proposals) {
      for (const auto& value : each->values) {
        if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
      }
    }
    return list;
  }
};

struct Model {
  std::string id, name;
  std::vector<Entry> entries;
  std::vector<std::string> remarks;
};

class Draft {
 public:
  Draft(const Program& program, const DraftInput& input, bool live)
      : program_(program), input_(input), live_(live) {}

  std::string run() {
    gather();
    line(0, "# " + word("init_head"));
    line(0, "# " + word("init_how"));
    line(0, "# " + word("init_check"));
    line(0, "pandect: 1");
    line(0, "");
    line(0, "organisation:");
    line(1, "id: my-organisation");
    line(1, "facts:");
    entries(2, organisation_);
    questions(2, kOrganisation, organisation_);
    models();
    line(0, "");
    line(0, "systems:");
    line(1, "- id: " + id_of(input_.folder, "my-system"));
    line(2, "name: " + quoted(input_.folder.empty() ? "my system" : input_.folder));
    if (!models_.empty()) {
      std::string list;
      for (const auto& each : models_) list += (list.empty() ? "" : ", ") + each.id;
      line(2, "models: [" + list + "]");
      line(2, "models_complete: false");
    }
    line(2, "facts:");
    entries(3, system_);
    questions(3, kSystem | kDeployment, system_);
    line(0, "");
    line(0, "settings: {scan: true}");
    return std::move(out_);
  }

 private:
  std::string word(std::string_view key) const { return input_.scan->pack.word(key, input_.lang); }

  void line(int depth, const std::string& text) {
    if (!text.empty()) out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text;
    out_ += "\n";
  }

  void gather() {
    for (const auto& each : input_.imported) add(each);
    for (const auto& each : input_.scan->proposals) add(each);
    for (auto* list : {&organisation_, &system_}) tidy(*list);
    for (auto& each : models_) tidy(each.entries);
  }

  void tidy(std::vector<Entry>& entries) const {
    for (auto& each : entries) {
      std::stable_sort(each.proposals.begin(), each.proposals.end(),
                       [](const auto* a, const auto* b) { return a->confidence > b->confidence; });
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [&](const Entry& a, const Entry& b) { return order(a.fact) < order(b.fact); });
  }

  std::pair<std::uint32_t, std::string> order(const std::string& id) const {
    const std::uint32_t index = program_.find_fact(id);
    return {index == kNone ? kNone : program_.facts[index].screening, id};
  }

  void add(const Proposal& proposal) {
    const std::uint32_t index = program_.find_fact(proposal.fact);
    Model* model = nullptr;
    if (proposal.subject.starts_with("model")) {
      model = model_of(proposal);
      if (model == nullptr) return;
    }
    if (index == kNone) {  // a word of the format
      if (model != nullptr && model->remarks.size() < 40)
        model->remarks.push_back(remark(proposal));
      return;
    }
    const Fact& fact = program_.facts[index];
    std::vector<Entry>* list = nullptr;
    if (model != nullptr && (fact.scopes & kModel) != 0)
      list = &model->entries;
    else if ((fact.scopes & (kSystem | kDeployment)) != 0)
      list = &system_;
    else if ((fact.scopes & kOrganisation) != 0)
      list = &organisation_;
    if (list == nullptr) return;
    auto entry = std::find_if(list->begin(), list->end(),
                              [&](const Entry& each) { return each.fact == proposal.fact; });
    if (entry == list->end()) {
      list->push_back({proposal.fact, fact.type == FactType::set, {}});
      entry = list->end() - 1;
    }
    entry->proposals.push_back(&proposal);
  }

  std::string remark(const Proposal& proposal) const {
    std::string values;
    for (const auto& each : proposal.values)
      values += (values.empty() ? "" : ", ") + shown(each, 120);
    return shown(proposal.fact, 80) + ": " + values + "  (" + place(proposal.where) + ")";
  }

  // A model by the name that its source gives it, else by its file; a suggestion of a scan that is
  // about no file in particular belongs to a model that is not described yet.
  Model* model_of(const Proposal& proposal) {
    std::string name = proposal.subject.size() > 6 ? proposal.subject.substr(6) : std::string();
    if (name.empty()) {
      const std::string& path = proposal.where.file;
      const std::size_t slash = path.rfind('/');
      name = proposal.kind == ProposalClass::suggested || path.empty() ? "model"
             : slash == std::string::npos                              ? input_.folder
                                                                       : path.substr(0, slash);
    }
    for (auto& each : models_) {
      if (each.name == name) return &each;
    }
    if (models_.size() >= kMostModels) return nullptr;
    Model model;
    model.name = name;
    model.id = id_of(name, "model");
    int number = 1;
    const auto taken = [&](const std::string& id) {
      return std::any_of(models_.begin(), models_.end(),
                         [&](const Model& each) { return each.id == id; }) ||
             id == id_of(input_.folder, "my-system");
    };
    const std::string base = model.id;
    while (taken(model.id)) model.id = base + "-" + std::to_string(++number);
    models_.push_back(std::move(model));
    return &models_.back();
  }

  void models() {
    if (models_.empty()) return;
    line(0, "");
    line(0, "models:");
    for (const auto& each : models_) {
      line(1, "- id: " + each.id);
      line(2, "name: " + quoted(each.name));
      if (!each.remarks.empty()) {
        line(2, "# " + word("other_words") + ":");
        for (const auto& remark : each.remarks) line(2, "#   " + remark);
      }
      line(2, "facts:");
      entries(3, each.entries);
      questions(3, kModel, each.entries);
    }
  }

  bool disagree(const Entry& entry) const {
    return std::any_of(entry.proposals.begin(), entry.proposals.end(),
                       [](const auto* each) { return each->kind == ProposalClass::conflict; }) ||
           (!entry.is_set && entry.values().size() > 1);
  }

  void entries(int depth, const std::vector<Entry>& list) {
    for (const auto& entry : list) {
      const Proposal& best = *entry.proposals.front();
      const bool conflict = disagree(entry);
      const bool typed =
          std::all_of(entry.proposals.begin(), entry.proposals.end(), [](const auto* each) {
            return each->kind == ProposalClass::extracted || each->kind == ProposalClass::derived;
          });
      const bool stands = live_ && typed && !conflict;
      line(depth, "# " +
                      word(conflict ? "conflict"
                           : stands ? "stated"
                                    : "proposed") +
                      ": " + question(entry.fact));
      sources(depth, entry);
      if (conflict && !entry.is_set) {
        for (const auto& value : entry.values()) statement(depth, entry.fact, scalar(value), false);
        continue;
      }
      if (!entry.is_set) {
        statement(depth, entry.fact, scalar(best.values.empty() ? "" : best.values.front()),
                  stands);
        continue;
      }
      std::string members;
      for (const auto& value : entry.values())
        members += (members.empty() ? "" : ", ") + scalar(value);
      statement(depth, entry.fact, "[" + members + "]", stands);
    }
  }

  void sources(int depth, const Entry& entry) {
    std::size_t count = 0;
    for (const auto* each : entry.proposals) {
      if (++count > kMostSources) break;
      std::string text = "#   " + place(each->where);
      if (!each->pointer.empty()) text += " " + shown(each->pointer, 80);
      if (entry.values().size() > 1 && !each->values.empty())
        text += " -> " + shown(each->values.front(), 60);
      text += " (" + std::to_string(static_cast<int>(std::lround(each->confidence * 100))) + " %)";
      if (!each->quote.empty()) text += " " + shown(each->quote, 100);
      line(depth, text);
      if (count == 1 && !each->note.empty()) line(depth, "#   " + shown(each->note, 300));
    }
  }

  // Values of importers may be small maps of YAML flow ({min: 1, max: 2}); anything else is quoted.
  std::string scalar(const std::string& value) const {
    if (is_plain(value)) return value;
    const bool flow =
        value.size() < 200 && value.size() > 2 && value.front() == '{' && value.back() == '}' &&
        value.find_first_not_of(
            "{}:,. _-+abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
            std::string::npos;
    return flow ? value : quoted(value);
  }

  void statement(int depth, const std::string& fact, const std::string& value, bool stands) {
    line(depth, (stands ? "" : "#- ") + fact + ": " + value);
  }

  std::string question(const std::string& id) const {
    const std::uint32_t index = program_.find_fact(id);
    if (index == kNone) return id;
    const Words& words = program_.facts[index].question;
    const Text text = input_.lang == "ko" ? words.ko : input_.lang == "zh" ? words.zh : words.en;
    return std::string(program_.text(text.size > 0 ? text : words.en));
  }

  // What an interview would ask first, in its order, and what the signs raise.
  void questions(int depth, int scopes, const std::vector<Entry>& proposed) {
    std::vector<std::pair<std::uint32_t, std::string>> asked;
    for (const auto& fact : program_.facts.all()) {
      // Facts of deployments are answered at the system while there is but one.
      const bool here = (fact.scopes & scopes) != 0 &&
                        (scopes != kModel || (fact.scopes & (kSystem | kDeployment)) == 0);
      if (fact.screening != kNone && here)
        asked.emplace_back(fact.screening, std::string(program_.text(fact.id)));
    }
    if ((scopes & kSystem) != 0) {
      for (const auto& id : questions_of(*input_.scan, program_)) {
        const Fact& fact = program_.facts[program_.find_fact(id)];
        if (fact.screening == kNone && (fact.scopes & scopes) != 0) asked.emplace_back(kNone, id);
      }
    }
    std::stable_sort(asked.begin(), asked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    bool first = true;
    for (const auto& [screening, id] : asked) {
      if (std::any_of(proposed.begin(), proposed.end(),
                      [&, name = id](const Entry& each) { return each.fact == name; }))
        continue;
      if (first) line(depth, "# --- " + word("open") + " ---");
      first = false;
      line(depth, "# " + question(id));
      line(depth, "#- " + id + ":  " + answers(program_.facts[program_.find_fact(id)]));
    }
  }

  std::string answers(const Fact& fact) const {
    switch (fact.type) {
      case FactType::boolean:
        return "# true, false";
      case FactType::date:
        return "# 2026-11-21";
      case FactType::integer:
      case FactType::number:
        return "# " + (fact.unit.size > 0 ? "number " + std::string(program_.text(fact.unit))
                                          : std::string("number"));
      case FactType::text:
        return "# text";
      default:
        break;
    }
    std::string list;
    std::size_t count = 0;
    for (const auto& member : program_.members.slice(fact.members)) {
      if (member.abstract != 0) continue;
      if (++count > 16) {
        list += ", ...";
        break;
      }
      list += (list.empty() ? "" : ", ") + std::string(program_.text(member.id));
    }
    return fact.type == FactType::set ? "# [" + list + "]" : "# " + list;
  }

  const Program& program_;
  const DraftInput& input_;
  bool live_;
  std::string out_;
  std::vector<Entry> organisation_, system_;
  std::vector<Model> models_;
};

bool loads(const Program& program, const std::string& text) {
  const auto manifest = read_manifest(program, "pandect.yaml", text);
  if (!manifest) return false;
  AssessOptions options;
  options.as_of = day_of({2026, 11, 21});  // axioms have no dates
  return assess(program, *manifest, options).ok();
}

}  // namespace

std::string id_of(std::string_view name, std::string_view otherwise) {
  std::string id;
  for (const char sign : name) {
    const auto byte = static_cast<unsigned char>(sign);
    if (std::isalnum(byte) != 0 && byte < 0x80)
      id += static_cast<char>(std::tolower(byte));
    else if (!id.empty() && id.back() != '-')
      id += '-';
    if (id.size() >= 60) break;
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  const bool word = !id.empty() && std::isalpha(static_cast<unsigned char>(id.front())) != 0;
  if (id == "null" || id == "true" || id == "false") id += "-system";
  if (id.empty()) return std::string(otherwise);
  return word ? id : std::string(otherwise) + "-" + id;
}

std::string draft_manifest(const Program& program, const DraftInput& input) {
  std::string text = Draft(program, input, true).run();
  // Two sources may agree with the form of each fact and not with each other.
  if (!loads(program, text)) text = Draft(program, input, false).run();
  return text;
}

}  // namespace pandect::scan
