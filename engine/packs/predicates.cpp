#include "packs/predicates.h"

#include "base/names.h"
#include "script/value.h"

#include <algorithm>

namespace pandect {
namespace {

using Answer = PredicateTable::Answer;

class Tabulation {
 public:
  Tabulation(const PredicateDraft& draft, const Program& program, Diagnostics& problems)
      : draft_(draft), program_(program), problems_(problems) {}

  void run() {
    PredicateTable& table = table_;
    std::size_t combinations = 1;
    for (const auto& id : draft_.facts) {
      if (!input(id, table)) return;
      combinations *= table.inputs.back().branches();
      if (!few(combinations)) return;
    }
    for (const auto& condition : draft_.conditions) {
      table.inputs.push_back({kNone, condition.second, {}});
      if (!few(combinations *= 2)) return;
    }
    if (table.inputs.empty())
      return fail("missing-key", "predicate " + draft_.id + " asks nothing",
                  "name what it asks under `facts` or `where`");
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < combinations; ++i) {
      const auto answer = ask(i, combinations);
      if (!answer) return;
      answers.push_back(*answer);
    }
    table.answers = std::move(answers);
    *draft_.table = std::move(table_);
  }

 private:
  void fail(std::string code, std::string message, std::string hint) {
    problems_.push_back(
        {Level::error, std::move(code), draft_.where, std::move(message), std::move(hint)});
  }

  bool few(std::size_t combinations) {
    if (combinations <= kMaximumCombinations) return true;
    fail("too-large",
         "predicate " + draft_.id + " asks more than " + std::to_string(kMaximumCombinations) +
             " combinations of facts can answer",
         "ask fewer facts, or ask of them only what matters under `where`");
    return false;
  }

  bool input(const std::string& id, PredicateTable& table) {
    const std::uint32_t index = program_.find_fact(id);
    if (index == kNone) {
      std::vector<std::string_view> names;
      for (const auto& fact : program_.facts.all()) names.push_back(program_.text(fact.id));
      fail("unknown-name",
           "predicate " + draft_.id + " asks `" + id + "`, and there is no such fact",
           did_you_mean(id, names));
      return false;
    }
    const Fact& fact = program_.facts[index];
    PredicateTable::Input made;
    made.fact = index;
    if (fact.type == FactType::enumeration) {
      for (std::uint32_t i = 0; i < fact.members.count; ++i) {
        if (program_.members[fact.members.first + i].abstract == 0) made.members.push_back(i);
      }
    } else if (fact.type != FactType::boolean) {
      fail("wrong-type",
           "predicate " + draft_.id + " asks `" + id + "`, which has too many values to try",
           "ask of it what matters, for instance where = {large = \"size.employees >= 250\"}");
      return false;
    }
    table.inputs.push_back(std::move(made));
    return true;
  }

  std::optional<Answer> ask(std::size_t combination, std::size_t combinations) {
    auto facts = script::Value::map();
    std::size_t rest = combination, size = combinations;
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
      const auto& input = table_.inputs[i];
      size /= input.branches();
      const std::size_t branch = rest / size;
      rest %= size;
      const std::string& name = i < draft_.facts.size()
                                    ? draft_.facts[i]
                                    : draft_.conditions[i - draft_.facts.size()].first;
      if (input.members.empty()) {
        facts.set(name, script::Value::of(branch == 0));
      } else if (branch < input.members.size()) {
        const Fact& fact = program_.facts[input.fact];
        facts.set(name, script::Value::of(std::string(program_.text(
                            program_.members[fact.members.first + input.members[branch]].id))));
      }
    }
    const auto result = draft_.test(facts);
    if (!result) {
      for (auto each : result.errors()) {
        each.message = "predicate " + draft_.id + ": " + each.message;
        if (each.where.file.empty()) each.where = draft_.where;
        problems_.push_back(std::move(each));
      }
      return std::nullopt;
    }
    if (result->is_nil()) return Answer::open;
    if (!result->is(script::Value::Kind::boolean)) {
      fail("wrong-type",
           "predicate " + draft_.id + " answers " + std::string(kind_name(result->kind)) +
               ", not true, false or nil",
           "return a comparison");
      return std::nullopt;
    }
    return result->boolean ? Answer::yes : Answer::no;
  }

  const PredicateDraft& draft_;
  const Program& program_;
  Diagnostics& problems_;
  PredicateTable table_;
};

class Tree {
 public:
  Tree(Builder& builder, const PredicateTable& table,
       const std::vector<std::vector<std::uint32_t>>& branches)
      : builder_(builder), table_(table), branches_(branches) {}

  std::uint32_t build(std::size_t input, std::size_t first, std::size_t count) {
    const Answer answer = table_.answers[first];
    bool same = true;
    for (std::size_t i = 1; same && i < count; ++i) same = table_.answers[first + i] == answer;
    if (same) return constant(answer);
    const std::size_t each = count / branches_[input].size();
    std::vector<std::uint32_t> below, ways;
    for (std::size_t i = 0; i < branches_[input].size(); ++i)
      below.push_back(build(input + 1, first + i * each, each));
    if (std::count(below.begin(), below.end(), below[0]) ==
        static_cast<std::ptrdiff_t>(below.size()))
      return below[0];  // whatever this input is
    for (std::size_t i = 0; i < below.size(); ++i)
      ways.push_back(builder_.conjunction({branches_[input][i], below[i]}));
    return builder_.disjunction(ways);
  }

 private:
  std::uint32_t constant(Answer answer) {
    if (answer != Answer::open) return builder_.truth(answer == Answer::yes);
    Node node;
    node.op = Op::open;
    return builder_.make(node, {});
  }

  Builder& builder_;
  const PredicateTable& table_;
  const std::vector<std::vector<std::uint32_t>>& branches_;
};

}  // namespace

void tabulate(const PredicateDraft& draft, const Program& program, Diagnostics& problems) {
  if (!draft.table->answers.empty()) return;
  Tabulation(draft, program, problems).run();
}

std::uint32_t predicate_node(Builder& builder, const PredicateTable& table,
                             const std::vector<std::vector<std::uint32_t>>& branches) {
  return Tree(builder, table, branches).build(0, 0, table.answers.size());
}

}  // namespace pandect
