// Lines in, rows out, against every completion: a law of a few facts is read and judged a second
// time, by trying out all that its open facts may be (logic/naive). Exact rows say `unknown` only
// where completions truly differ; plain ones may say it more often, and settle nothing otherwise.
// PANDECT_BULK_EXACT asks for more records, PANDECT_PROPERTY_SEED for others.
#include "bulk/batch.h"
#include "bulk/random_laws.h"

#include <cstdlib>
#include <map>

#include <nlohmann/json.hpp>

using namespace pandect;

namespace {

constexpr int kRecords = 2'000, kPerLaw = 20;
const int kDay = 27;  // of 2026, counted as the laws do

int number_of(const char* name, int otherwise) {
  const char* stated = std::getenv(name);
  return stated != nullptr ? std::max(1, std::atoi(stated)) : otherwise;
}

// The "format" of these lines: each is the number of a case.
class Cases final : public bulk::LineParser {
 public:
  Cases(const naive::Law& law, const std::vector<naive::Case>& list) : law_(law), list_(list) {}
  void parse(std::string_view text, bulk::Line& line) override {
    line.clear();
    id_ = text;
    const naive::Case& found = list_[static_cast<std::size_t>(std::stoi(id_))];
    line.id = id_;
    line.has_id = true;
    add(found.facts, line.subjects[0]);
    line.models_stated = true;
    names_.assign(found.models.size(), {});
    for (std::size_t i = 0; i < found.models.size(); ++i) {
      names_[i] = "m" + std::to_string(i);
      bulk::LineSubject& model = line.add(bulk::LineSubject::Kind::model);
      model.id = names_[i];
      add(found.models[i], model);
    }
  }

 private:
  void add(const std::vector<naive::Answer>& answers, bulk::LineSubject& subject) const {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (!answers[i].text.empty()) subject.fields.push_back({law_.facts[i].id, answers[i].text});
    }
  }
  const naive::Law& law_;
  const std::vector<naive::Case>& list_;
  std::string id_;
  std::vector<std::string> names_;
};

using Values = std::map<std::string, std::string>;  // by conclusion or duty; false ones not

struct Row {
  bool rejected = true;
  Values values;
  std::vector<std::string> standing;
};

std::vector<Row> rows_of(const ProgramPtr& program, const naive::Law& law,
                         const std::vector<naive::Case>& list, bool exact) {
  bulk::BatchOptions options;
  options.day = day_of({2026, 1, 1}) + kDay;
  options.exact = exact;
  for (const naive::Concept& each : law.concepts) {
    const std::uint32_t index = program->find_concept(each.id);
    options.questions.push_back(
        {{program->concepts[index].root, program->concepts[index].scope}, index, kNone});
  }
  for (const naive::Obligation& each : law.obligations) {
    const std::uint32_t index = program->find_obligation(each.id);
    options.questions.push_back(
        {{program->obligations[index].root, program->obligations[index].scope}, kNone, index});
  }
  bulk::Plans plans(program, options);
  bulk::Batch batch(plans, std::make_unique<Cases>(law, list));
  bulk::Chunk chunk;
  for (std::size_t i = 0; i < list.size(); ++i) chunk.text += std::to_string(i) + "\n";
  chunk.size = chunk.text.size();
  chunk.text.append(bulk::kLinePadding, ' ');
  const std::string text = batch.run(chunk).rows;
  std::vector<Row> rows(list.size());
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const auto json = nlohmann::json::parse(text.substr(at, text.find('\n', at) - at));
    Row& row = rows[static_cast<std::size_t>(std::stoi(json["id"].get<std::string>()))];
    row.rejected = false;
    for (const auto& [name, value] :
         {std::pair("holds", "true"), std::pair("due", "true"), std::pair("unknown", "unknown"),
          std::pair("undetermined", "unknown")}) {
      for (const auto& id : json[name]) row.values[id] = value;
    }
    if (json.contains("standing")) row.standing = json["standing"];
  }
  return rows;
}

// What the law says by all completions. A conclusion of models holds where it does for one of them.
Values judged(const naive::Law& law, const naive::Case& input, const naive::World& world) {
  naive::Judge judge(world, kDay, kDay);
  Values values;
  const auto put = [&](const std::string& id, naive::Value value) {
    std::string& known = values[id];
    if (value == naive::Value::yes || (value == naive::Value::unknown && known != "true"))
      known = value == naive::Value::yes ? "true" : "unknown";
  };
  for (std::size_t i = 0; i < law.concepts.size(); ++i) {
    const int models = law.concepts[i].model ? static_cast<int>(input.models.size()) : 1;
    for (int model = 0; model < models; ++model)
      put(law.concepts[i].id,
          judge.concept_of(static_cast<int>(i), law.concepts[i].model ? model : -1).value);
  }
  for (std::size_t i = 0; i < law.obligations.size(); ++i)
    put(law.obligations[i].id, judge.obligation_value(static_cast<int>(i)));
  std::erase_if(values, [](const auto& each) { return each.second.empty(); });
  return values;
}

struct Count {
  int records = 0, rejected = 0, impossible = 0, unknown = 0, refined = 0, standing = 0;
};

// The first difference between rows and completions, empty if there is none.
std::string difference(const Row& plain, const Row& exact, const naive::Law& law,
                       const naive::Case& input, Count& count) {
  const naive::World world(law, input);
  if (world.completions().empty()) {
    ++count.impossible;
    return exact.rejected ? "" : "a record without completions got an exact row";
  }
  if (exact.rejected || plain.rejected) return "a record with completions was rejected";
  const Values wanted = judged(law, input, world);
  const auto value = [](const Values& values, const std::string& id) {
    const auto found = values.find(id);
    return found == values.end() ? std::string("false") : found->second;
  };
  std::vector<std::string> ids;
  for (const auto& each : law.concepts) ids.push_back(each.id);
  for (const auto& each : law.obligations) ids.push_back(each.id);
  for (const auto& id : ids) {
    const std::string by_all = value(wanted, id), by_row = value(exact.values, id),
                      fast = value(plain.values, id);
    const bool stands =
        std::find(plain.standing.begin(), plain.standing.end(), id) != plain.standing.end();
    if (by_all != by_row) return id + ": " + by_all + " by completions, " + by_row + " by its row";
    if (fast != "unknown" && !stands && fast != by_all)
      return id + ": " + by_all + " by completions, " + fast + " by its plain row";
    count.unknown += by_all == "unknown" ? 1 : 0;
    count.refined += fast == "unknown" && by_all != "unknown" ? 1 : 0;
    count.standing += stands ? 1 : 0;
  }
  return {};
}

// Laws that load, with records of few open facts: `look` sees each with both its rows.
template <typename Look>
void each_record(int wanted, Look look) {
  const auto seed = static_cast<std::uint64_t>(number_of("PANDECT_PROPERTY_SEED", 1));
  int records = 0;
  for (std::uint64_t round = 0; records < wanted; ++round) {
    naive::Random random(seed * 31'000'003 + round);
    const naive::Law law = random_law(random);
    Diagnostics problems;
    const std::string pack = facts_text(law) + rules_text(law);
    const ProgramPtr program = bulk_test::program_of(pack, problems);
    if (!program) continue;
    std::vector<naive::Case> list;
    for (int i = 0; i < kPerLaw; ++i) {
      list.push_back(random_case(random, law, {}));
      list.back().determinations.clear();
      list.back().as_of = kDay;
    }
    const auto plain = rows_of(program, law, list, false),
               exact = rows_of(program, law, list, true);
    for (std::size_t i = 0; i < list.size(); ++i) look(law, list[i], plain[i], exact[i]);
    records += kPerLaw;
  }
}

}  // namespace

TEST_CASE("bulk: exact rows say unknown only where completions differ") {
  Count count;
  each_record(
      number_of("PANDECT_BULK_EXACT", kRecords),
      [&](const naive::Law& law, const naive::Case& input, const Row& plain, const Row& exact) {
        ++count.records;
        count.rejected += exact.rejected ? 1 : 0;
        const std::string text = difference(plain, exact, law, input, count);
        INFO(facts_text(law), rules_text(law), "# record\n", record_text(law, input));
        REQUIRE_MESSAGE(text.empty(), text);
      });
  MESSAGE(count.records, " records, ", count.impossible, " without completions; ", count.unknown,
          " values differ by completion, ", count.refined, " only for the plain rows, ",
          count.standing, " stand by a burden");
  CHECK(count.rejected == count.impossible);
  CHECK(count.unknown > count.records / 10);
  CHECK(count.refined > 0);
  CHECK(count.standing > 0);
}

TEST_CASE("bulk: completions of another law than the rows' are noticed") {
  int noticed = 0, looked = 0;
  each_record(200, [&](const naive::Law& law, const naive::Case& input, const Row& plain,
                       const Row& exact) {
    naive::Law other = law;
    for (naive::Rule& each : other.rules) {
      if (each.overrides.empty()) each.when = naive::Formula{};  // always
    }
    Count count;
    ++looked;
    noticed += difference(plain, exact, other, input, count).empty() ? 0 : 1;
  });
  CHECK(noticed > looked / 10);
}
