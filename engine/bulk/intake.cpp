#include "bulk/intake.h"

#include <algorithm>

namespace pandect::bulk {

Intake::Intake(const Plan& plan, Block& block)
    : plan_(plan), program_(plan.program()), block_(block) {
  values_.resize(plan.cell_count());
  marks_.resize(plan.cell_count());
  for (CellId cell = 0; cell < plan.cell_count(); ++cell) numbers_.push_back(numbers_of(cell));
  seen_.assign(plan.cell_count(), 0);
  answers_.assign(plan.cell_count(), nullptr);
}

// A plain number, or an amount with its currency, as AnswerReader reads it. False: let it do so.
bool Intake::read_number(const Fact& fact, std::string_view value, Answer& answer) const {
  const std::string_view unit = program_.text(fact.unit);
  if (unit == "money") {
    if (value.size() < 7 || value.front() != '"' || value.back() != '"') return false;
    value = value.substr(1, value.size() - 2);
    const std::string_view currency = value.substr(value.size() - 3);
    const bool letters =
        std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!letters || value[value.size() - 4] != ' ') return false;
    answer.currency = currency;
    value.remove_suffix(4);
  }
  if (value.empty() || value.size() > 40 ||
      value.find_first_not_of("0123456789.eE+") != std::string_view::npos)
    return false;
  const auto number = Number::parse(value);
  if (!number || (fact.type == FactType::integer && !number->is_integer()) ||
      (fact.has_minimum != 0 && *number < fact.minimum))
    return false;
  answer.range.low = answer.range.high = *number;
  return true;
}

// Where a plain number sets nothing but codes, and each threshold is whole.
Intake::Numbers Intake::numbers_of(CellId cell) const {
  const std::uint32_t index = plan_.cells().fact_of(cell);
  const Fact& fact = program_.facts[index];
  Numbers numbers;
  const bool number = fact.type == FactType::integer || fact.type == FactType::number;
  bool tied = std::any_of(plan_.ties().begin(), plan_.ties().end(),
                          [&](const Tie& each) { return each.left == cell || each.right == cell; });
  for (const NumberComparison& each : plan_.comparisons())
    tied = tied || std::find(each.cells.begin(), each.cells.end(), cell) != each.cells.end();
  if (!number || tied || program_.text(fact.unit) == "money" ||
      (fact.has_minimum != 0 && !fact.minimum.is_integer()))
    return numbers;
  if (fact.has_minimum != 0) numbers.least = fact.minimum.numerator();
  if (numbers.least < 0) numbers.least = 0;
  for (const Part& part : plan_.parts(cell)) {
    if (part.kind != Part::Kind::column) continue;
    Scale scale{part.place, {}, {}};
    for (const Cut& cut : plan_.cuts(part.place)) {
      if (!cut.at.is_integer()) return numbers;
      scale.at.push_back(cut.at.numerator());
      scale.above.push_back(cut.above ? 1 : 0);
    }
    numbers.scales.push_back(std::move(scale));
  }
  Answer answer;
  answer.fact = index;
  answer.range.low = answer.range.high = Number(0);
  set_effect(plan_, cell, answer, {}, numbers.effect);
  numbers.plain = true;
  return numbers;
}

// Digits, perhaps with a point and an exponent, that make a whole number. False: let Number read
// it.
bool Intake::put_number(std::uint32_t row, CellId cell, std::string_view value) {
  Numbers& numbers = numbers_[cell];
  constexpr int kDigits = 18, kMostZeros = 20;  // together within 128 bits
  std::size_t at = 0;
  std::int64_t digits = 0;
  int count = 0, behind = 0;
  const auto take = [&] {
    const int before = count;
    for (; at < value.size() && value[at] >= '0' && value[at] <= '9' && count <= kDigits; ++at) {
      digits = digits * 10 + (value[at] - '0');
      ++count;
    }
    return count - before;
  };
  const int whole = take();
  if (whole == 0 || (whole > 1 && value[0] == '0')) return false;
  if (at < value.size() && value[at] == '.' && (++at, behind = take()) == 0) return false;
  if (count > kDigits) return false;
  int exponent = 0;
  if (at < value.size()) {
    if (value[at] != 'e') return false;
    if (++at < value.size() && value[at] == '+') ++at;
    const std::size_t length = value.size() - at;
    if (length == 0 || length > 2) return false;
    for (; at < value.size(); ++at) {
      if (value[at] < '0' || value[at] > '9') return false;
      exponent = exponent * 10 + (value[at] - '0');
    }
  }
  // Beyond kMostZeros there is room for numbers of few digits, such as 1e25.
  int zeros = exponent - behind;
  if (zeros < 0 || zeros > kMostZeros + 12 || (zeros > kMostZeros && digits > 99'999)) return false;
  Int128 number = digits;
  for (; zeros > 0; --zeros) number *= 10;
  if (number < numbers.least) return false;
  for (std::size_t i = 0; i < numbers.scales.size(); ++i) {
    const Scale& scale = numbers.scales[i];
    std::uint8_t code = 0;
    for (std::size_t k = 0; k < scale.at.size(); ++k)
      code = static_cast<std::uint8_t>(
          code + (number > scale.at[k] || (number == scale.at[k] && scale.above[k] == 0) ? 1 : 0));
    numbers.effect.codes[i] = {scale.column, code, code};
  }
  block_.set(row, numbers.effect);
  return true;
}

const Intake::Known& Intake::look_up(CellId cell, std::uint32_t fact, std::string_view value) {
  const auto read = [&](Known& known, bool number) {
    known.problem.clear();
    Answer& answer = known.answer;
    answer.fact = fact;
    answer.unknown = answer.never = false;
    answer.currency.clear();
    answer.range = {};
    if (!number || !read_number(program_.facts[fact], value, answer)) {
      answer = {};
      known.problem = read_answer(program_, fact, value, answer);
    }
    if (known.problem.empty()) set_effect(plan_, cell, answer, {}, known.effect);
  };
  const FactType type = program_.facts[fact].type;
  const bool number = type == FactType::integer || type == FactType::number;
  if (!number) {
    if (const Known* known = values_[cell].find(value); known != nullptr) return *known;
  }
  if (number || value.size() > kLongAnswer || remembered_ >= kRemembered) {
    if (spare_used_ == spare_.size()) spare_.emplace_back();
    Known& known = spare_[spare_used_++];
    read(known, number);
    return known;
  }
  ++remembered_;
  Known& known = values_[cell].add(value);
  read(known, false);
  const int word = truth_word(value);
  if (type == FactType::boolean && word >= 0)
    keep(marks_[cell][static_cast<std::size_t>(word)], known);
  return known;
}

void Intake::keep(Mark& mark, const Known& known) {
  const Effect& effect = known.effect;
  if (!known.problem.empty() || effect.slow || !effect.codes.empty()) return;
  if (effect.planes.size() > mark.planes.size()) return;
  mark.state = effect.planes.empty() ? Mark::State::nothing : Mark::State::planes;
  std::copy(effect.planes.begin(), effect.planes.end(), mark.planes.begin());
}

void Intake::fail(std::uint32_t fact, const std::string& why) {
  problem_ = "`" + std::string(program_.text(program_.facts[fact].id)) + "`: " + why;
}

void Intake::put(std::uint32_t row, std::size_t subject, const LineFacts::Found& found) {
  const auto cell = static_cast<CellId>(subject * program_.facts.size() + found.fact);
  if (seen_[cell] == line_) return;  // a deployment said it itself
  seen_[cell] = line_;
  if (const int word = truth_word(found.value); word >= 0) {
    const Mark& mark = marks_[cell][static_cast<std::size_t>(word)];
    if (mark.state == Mark::State::planes) block_.set(row, mark.planes);
    if (mark.state != Mark::State::unseen) return;
  }
  if (found.value.empty()) {
    problem_ = "there is no value";
    return;
  }
  answers_[cell] = nullptr;
  if (numbers_[cell].plain && put_number(row, cell, found.value)) return;  // nothing is tied to it
  const Known& known = look_up(cell, found.fact, found.value);
  if (!known.problem.empty()) return fail(found.fact, known.problem);
  answers_[cell] = &known.answer;
  block_.set(row, known.effect);
}

std::string Intake::add(const Line& line, const LineFacts& facts) {
  if (remembered_ >= kRemembered) {
    for (auto& each : values_) each.clear();
    remembered_ = 0;
  }
  if (++line_ == 0) {
    std::fill(seen_.begin(), seen_.end(), 0);
    line_ = 1;
  }
  spare_used_ = 0;
  const std::uint32_t row = block_.add();
  if (!line.determinations.empty() || !line.rates.empty() || plan_.all_slow()) block_.set_slow(row);
  const auto deployments = static_cast<std::size_t>(plan_.shape().deployments);
  std::size_t model = 0, deployment = 0;
  problem_.clear();
  for (std::size_t s = 1; s < facts.used() && problem_.empty(); ++s) {
    const std::size_t subject =
        facts.kind(s) == LineSubject::Kind::model ? 2 + deployments + model++ : 2 + deployment++;
    for (const auto& each : facts.subjects()[s]) {
      if (problem_.empty()) put(row, subject, each);
    }
  }
  for (const auto& each : facts.subjects()[0]) {
    if (!problem_.empty()) break;
    if ((each.scopes & kOrganisation) != 0) put(row, 0, each);
    if ((each.scopes & kSystem) != 0) put(row, 1, each);
    for (std::size_t i = 0; (each.scopes & kDeployment) != 0 && i < deployments; ++i)
      put(row, 2 + i, each);
  }
  if (problem_.empty() && !(plan_.ties().empty() && plan_.comparisons().empty())) {
    block_.tie(row, [&](CellId cell) -> const Answer* {
      return seen_[cell] == line_ ? answers_[cell] : nullptr;
    });
  }
  return problem_;
}

}  // namespace pandect::bulk
