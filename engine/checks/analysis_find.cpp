#include "checks/analysis_find.h"

#include "base/names.h"
#include "checks/analysis_example.h"
#include "checks/analysis_grounds.h"
#include "checks/analysis_moves.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace pandect {
namespace {

using Cells = Grounds::Cells;

// One record under consideration: what it says and what would have to change.
class Look {
 public:
  Look(const Program& program, const Record& record, const FindOptions& options)
      : program_(program), knowledge_(program, record, problems_) {
    if (problems_.empty()) check_consistency(knowledge_, problems_);
    evaluation_ =
        std::make_unique<Evaluation>(knowledge_, options.as_of, options.as_of, options.budget);
  }

  const Diagnostics& problems() const { return problems_; }
  const Knowledge& knowledge() const { return knowledge_; }

  // A conclusion on deployments counts for the system where it holds for one of them.
  Truth value(const Goal& goal) {
    bool open = false;
    for (const Binding at : places(goal)) {
      const Truth each = at_place(goal, at);
      if (each == Truth::true_) return each;
      open = open || each == Truth::unknown;
    }
    return open ? Truth::unknown : Truth::false_;
  }

  bool determined(const Goal& goal, Day day) const {
    if (goal.concept_index == kNone) return false;
    const auto list = places(goal);
    return std::all_of(list.begin(), list.end(), [&](Binding at) {
      return knowledge_.determination(goal.concept_index, at, day) != nullptr;
    });
  }

  Cells grounds(const Goal& goal) {
    Grounds grounds(*evaluation_);
    Cells cells;
    for (const Binding at : places(goal)) {
      const Determination* set = goal.concept_index == kNone
                                     ? nullptr
                                     : knowledge_.determination(goal.concept_index, at,
                                                                evaluation_->kleene().moment().day);
      if (set != nullptr) continue;
      // What speaks for a true one is enough; a false one has reasons at every place.
      if (goal.value == false && at_place(goal, at) == Truth::false_) continue;
      const Cells& each = grounds.of(root(goal), at);
      cells.insert(each.begin(), each.end());
    }
    grounds.close(cells);
    return cells;
  }

  Cells tied(const Cells& cells) { return Grounds(*evaluation_).tied(cells); }

  std::vector<Binding> places(const Goal& goal) const {
    const Scope scope = goal.concept_index != kNone ? program_.concepts[goal.concept_index].scope
                                                    : program_.obligations[goal.obligation].scope;
    const bool model = !knowledge_.record().has_system;
    if (model) return scope == kModel ? std::vector<Binding>{{-1, 0}} : std::vector<Binding>{};
    if (scope == kModel) return {};
    if (scope != kDeployment) return {Binding{}};
    std::vector<Binding> list;
    for (int i = 0; i < knowledge_.deployments(); ++i) list.push_back({i, -1});
    return list;
  }

 private:
  std::uint32_t root(const Goal& goal) const {
    return goal.concept_index != kNone ? program_.concepts[goal.concept_index].root
                                       : program_.obligations[goal.obligation].root;
  }

  Truth at_place(const Goal& goal, Binding at) {
    if (goal.concept_index != kNone) {
      const auto* set =
          knowledge_.determination(goal.concept_index, at, evaluation_->kleene().moment().day);
      if (set != nullptr) return set->value;
    }
    return evaluation_->value(root(goal), at);
  }

  const Program& program_;
  Diagnostics problems_;
  Knowledge knowledge_;
  std::unique_ptr<Evaluation> evaluation_;
};

class Search {
 public:
  Search(const Program& program, const Record& record, const Goal& goal, const FindOptions& options)
      : program_(program), record_(record), goal_(goal), options_(options) {}

  Result<FindResult> run() {
    start_ = std::make_unique<Look>(program_, record_, options_);
    if (has_errors(start_->problems())) return start_->problems();
    if (start_->places(goal_).empty())
      return Diagnostics{{Level::error, "no-subject", record_.where,
                          "`" + record_.id + "` is no subject of which this is asked", ""}};
    result_.before = start_->value(goal_);
    result_.determined = start_->determined(goal_, options_.as_of);
    if (result_.before == truth_of(goal_.value) || result_.determined) return std::move(result_);
    std::vector<Chosen> level{{}};
    for (int size = 0; size < options_.most && !level.empty(); ++size) {
      std::vector<Chosen> next;
      for (const Chosen& chosen : level) {
        extend(chosen, next);
        if (result_.out_of_trials) return finish();
      }
      result_.searched = size + 1;
      if (!found_.empty()) return finish();
      level = std::move(next);
    }
    result_.searched = options_.most;
    return finish();
  }

 private:
  using Chosen = std::map<CellId, std::size_t>;  // the move of each changed answer

  const Moves& moves(CellId cell) {
    const auto [at, fresh] = moves_.try_emplace(cell);
    if (fresh) at->second = moves_of(start_->knowledge(), cell, options_.as_of);
    return at->second;
  }

  Record changed(const Chosen& chosen) {
    Record record = record_;
    for (const auto& [cell, move] : chosen) {
      Answer answer = moves(cell).answers[move];
      auto& answers = subject_of(start_->knowledge(), cell, record).answers;
      answers.erase(std::remove_if(answers.begin(), answers.end(),
                                   [&](const Answer& each) { return each.fact == answer.fact; }),
                    answers.end());
      answers.push_back(std::move(answer));
    }
    return record;
  }

  // All one step further, over the answers without which nothing changes.
  void extend(const Chosen& chosen, std::vector<Chosen>& next) {
    Cells cells;
    {
      const Record record = changed(chosen);
      Look look(program_, record, options_);
      cells = has_errors(look.problems()) ? look.tied(keys(chosen)) : look.grounds(goal_);
    }
    for (const CellId cell : cells) {
      if (chosen.count(cell) > 0) continue;
      const Moves& list = moves(cell);
      if (!list.excluded.empty()) kept_[cell] = list.excluded;
      for (std::size_t i = 0; i < list.answers.size(); ++i) {
        Chosen more = chosen;
        more[cell] = i;
        if (!seen_.insert(more).second) continue;
        if (++result_.trials > options_.trials) {
          result_.out_of_trials = true;
          return;
        }
        if (reaches(more)) {
          found_.push_back(std::move(more));
        } else {
          next.push_back(std::move(more));
        }
      }
    }
  }

  static Cells keys(const Chosen& chosen) {
    Cells cells;
    for (const auto& [cell, move] : chosen) cells.insert(cell);
    return cells;
  }

  bool reaches(const Chosen& chosen) {
    const Record record = changed(chosen);
    Look look(program_, record, options_);
    return !has_errors(look.problems()) && look.value(goal_) == truth_of(goal_.value);
  }

  Result<FindResult> finish() {
    std::sort(found_.begin(), found_.end());
    std::set<std::pair<Cells, std::vector<std::string>>> shown;
    for (const Chosen& chosen : found_) {
      // One number or day stands for all that do it.
      std::vector<std::string> others;
      for (const auto& [cell, move] : chosen) {
        const FactType type = program_.facts[start_->knowledge().fact_of(cell)].type;
        const bool line =
            type == FactType::number || type == FactType::integer || type == FactType::date;
        const Answer& answer = moves(cell).answers[move];
        if (!line || answer.never) others.push_back(text_of(program_, answer));
      }
      if (!shown.insert({keys(chosen), others}).second) continue;
      if (result_.changes.size() == options_.listed) {
        result_.more = true;
        break;
      }
      result_.changes.push_back(describe(chosen));
    }
    for (const auto& [cell, reason] : kept_)
      result_.kept.push_back({start_->knowledge().cell_name(cell), reason});
    return std::move(result_);
  }

  std::vector<FactChange> describe(const Chosen& chosen) {
    const Knowledge& knowledge = start_->knowledge();
    std::vector<FactChange> changes;
    for (const auto& [cell, move] : chosen) {
      FactChange change;
      change.fact = program_.text(program_.facts[knowledge.fact_of(cell)].id);
      const Binding at = knowledge.binding_of(cell);
      if (at.model >= 0) change.subject = record_.models[static_cast<std::size_t>(at.model)].id;
      if (at.deployment >= 0 && !record_.deployments.empty())
        change.subject = record_.deployments[static_cast<std::size_t>(at.deployment)].id;
      const Answer* before = knowledge.cell(cell).answer;
      change.before = before == nullptr ? "" : text_of(program_, *before);
      change.after = text_of(program_, moves(cell).answers[move]);
      changes.push_back(std::move(change));
    }
    return changes;
  }

  const Program& program_;
  const Record& record_;
  const Goal& goal_;
  const FindOptions& options_;
  std::unique_ptr<Look> start_;
  std::map<CellId, Moves> moves_;
  std::map<CellId, std::string> kept_;
  std::set<Chosen> seen_;
  std::vector<Chosen> found_;
  FindResult result_;
};

Diagnostics bad_goal(std::string message, std::string hint) {
  return {
      {Level::error, "bad-goal", Location{"--find", 0, 0}, std::move(message), std::move(hint)}};
}

}  // namespace

Result<Goal> read_goal(const Program& program, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return bad_goal("`" + text + "` is not CONCLUSION=VALUE", "write it like eu.high_risk=false");
  const std::string id = text.substr(0, equals), value = text.substr(equals + 1);
  Goal goal;
  goal.concept_index = program.find_concept(id);
  goal.obligation = goal.concept_index == kNone ? program.find_obligation(id) : kNone;
  const bool duty = goal.obligation != kNone;
  if (goal.concept_index == kNone && !duty) {
    std::vector<std::string_view> names;
    for (const Concept& each : program.concepts.all()) names.push_back(program.text(each.id));
    for (const Obligation& each : program.obligations.all()) names.push_back(program.text(each.id));
    return bad_goal("there is no conclusion or duty `" + id + "`", did_you_mean(id, names));
  }
  if (!duty && program.concepts[goal.concept_index].type != FactType::boolean)
    return bad_goal("`" + id + "` is a value, not a yes or no",
                    "ask for a conclusion that it decides");
  goal.value = value == (duty ? "due" : "true");
  if (!goal.value && value != (duty ? "not_due" : "false")) {
    return bad_goal("`" + value + "` is no value of `" + id + "`",
                    duty ? "write due or not_due" : "write true or false");
  }
  return goal;
}

Result<FindResult> find_changes(const Program& program, const Record& record, const Goal& goal,
                                const FindOptions& options) {
  return Search(program, record, goal, options).run();
}

}  // namespace pandect
