#include "manifest/answers.h"

#include "base/names.h"

#include <algorithm>

namespace pandect {
namespace {

struct Days {
  Day first, last;
};

// "2026-11-21", "2026-11", "2026", "2026-Q3"
std::optional<Days> parse_days(std::string_view text) {
  if (const auto day = parse_day(text)) return Days{*day, *day};
  const auto digits = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  const int year = digits(0, 4);
  if (year < 1) return std::nullopt;
  if (text.size() == 4) return Days{day_of({year, 1, 1}), day_of({year, 12, 31})};
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int first = digits(5, 2), last = first;
  if (text[5] == 'Q') {
    const int quarter = digits(6, 1);
    if (quarter < 1 || quarter > 4) return std::nullopt;
    first = quarter * 3 - 2;
    last = quarter * 3;
  }
  if (first < 1 || last > 12) return std::nullopt;
  return Days{day_of({year, first, 1}), day_of({year, last, days_in_month(year, last)})};
}

std::string shown(const yaml::Value& value) {
  switch (value.shape) {
    case yaml::Shape::null:
      return "null";
    case yaml::Shape::scalar:
      return value.text;
    case yaml::Shape::list: {
      std::string text = "[";
      for (const auto& item : value.items) text += (text.size() > 1 ? ", " : "") + shown(item);
      return text + "]";
    }
    case yaml::Shape::map: {
      std::string text = "{";
      for (const auto& [key, item] : value.entries) {
        if (key.text == "source" || key.text == "note") continue;
        text += (text.size() > 1 ? ", " : "") + key.text + ": " + shown(item);
      }
      return text + "}";
    }
  }
  return {};
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view type_word(FactType type) {
  switch (type) {
    case FactType::boolean:
      return "true, false or unknown";
    case FactType::integer:
      return "a whole number";
    case FactType::number:
      return "a number";
    case FactType::date:
      return "a date";
    case FactType::enumeration:
      return "one member";
    case FactType::set:
      return "a list of members";
    case FactType::text:
      return "a text";
  }
  return "";
}

}  // namespace

bool AnswerReader::fail(const yaml::Value& at, std::string code, std::string message,
                        std::string hint) {
  problems_.push_back({Level::error, std::move(code), yaml::location_of(document_, at),
                       std::move(message), std::move(hint)});
  return false;
}

void AnswerReader::read(const yaml::Value& facts, std::uint8_t allowed, std::string_view where,
                        std::vector<Answer>& out) {
  if (facts.shape == yaml::Shape::null) return;
  if (facts.shape != yaml::Shape::map) {
    fail(facts, "wrong-shape",
         "`facts` is a map of `fact: answer`, not " + std::string(yaml::shape_name(facts.shape)));
    return;
  }
  for (const auto& [key, value] : facts.entries) {
    const std::uint32_t index = program_.find_fact(key.text);
    if (index == kNone) {
      std::vector<std::string_view> known;
      for (const auto& fact : program_.facts.all()) known.push_back(program_.text(fact.id));
      std::string hint = did_you_mean(key.text, known);
      if (program_.find_concept(key.text) != kNone) {
        hint = "it is a conclusion; a person's judgement of it stands under `determinations`";
      }
      fail(key, "unknown-fact", "there is no fact `" + key.text + "`", std::move(hint));
      continue;
    }
    const Fact& fact = program_.facts[index];
    if ((fact.scopes & allowed) == 0) {
      const std::string home = (fact.scopes & kModel) != 0        ? "a model"
                               : (fact.scopes & kDeployment) != 0 ? "a system or deployment"
                               : (fact.scopes & kSystem) != 0     ? "a system"
                                                                  : "the organisation";
      fail(key, "wrong-subject",
           "`" + key.text + "` is asked of " + home + ", not of " + std::string(where),
           "move it to the facts of " + home);
      continue;
    }
    Answer answer;
    answer.fact = index;
    answer.origin.where = yaml::location_of(document_, key);
    answer.origin.shown = shown(value);
    const yaml::Value* inner = &value;
    if (value.shape == yaml::Shape::map) {
      if (const auto* source = value.find("source")) answer.origin.source = source->text;
      if (const auto* note = value.find("note")) answer.origin.note = note->text;
      if (const auto* stated = value.find("value")) {
        inner = stated;
        answer.origin.shown = shown(*stated);
        for (const auto& [name, each] : value.entries) {
          if (name.text != "value" && name.text != "source" && name.text != "note") {
            fail(name, "unknown-key", "`" + name.text + "` means nothing beside `value`",
                 "an answer with `value` has `source` and `note` only");
          }
        }
      }
    }
    if (read_value(fact, *inner, answer)) out.push_back(std::move(answer));
  }
}

bool AnswerReader::read_value(const Fact& fact, const yaml::Value& value, Answer& answer) {
  if (value.shape == yaml::Shape::null ||
      (value.shape == yaml::Shape::scalar && value.text == "unknown" && !value.quoted)) {
    answer.unknown = true;
    return true;
  }
  if (value.shape == yaml::Shape::scalar && value.text == "never" && !value.quoted &&
      fact.type != FactType::text && fact.type != FactType::set && fact.type != FactType::boolean) {
    if (fact.optional == 0) {
      return fail(value, "wrong-type",
                  "`never` is no answer to `" + std::string(program_.text(fact.id)) + "`",
                  "it takes " + std::string(type_word(fact.type)));
    }
    answer.never = true;
    return true;
  }
  switch (fact.type) {
    case FactType::boolean:
      return read_bool(value, answer);
    case FactType::integer:
    case FactType::number:
    case FactType::date:
      return read_interval(fact, value, answer);
    case FactType::enumeration:
      return read_enum(fact, value, answer);
    case FactType::set:
      return read_set(fact, value, answer);
    case FactType::text:
      if (value.shape != yaml::Shape::scalar)
        return fail(value, "wrong-type", "a text is expected here");
      answer.text = value.text;
      return true;
  }
  return false;
}

bool AnswerReader::read_bool(const yaml::Value& value, Answer& answer) {
  if (value.shape != yaml::Shape::scalar || value.quoted ||
      (value.text != "true" && value.text != "false")) {
    const bool yes_no =
        value.text == "yes" || value.text == "no" || value.text == "on" || value.text == "off";
    return fail(value, "wrong-type",
                "true, false or unknown is expected here, not `" + shown(value) + "`",
                yes_no ? "write true or false (YAML 1.2)" : "");
  }
  answer.truth = truth_of(value.text == "true");
  return true;
}

bool AnswerReader::amount(const Fact& fact, const yaml::Value& value, Number& number,
                          Answer& answer) {
  std::string text = value.text;
  const std::string_view unit = program_.text(fact.unit);
  const std::size_t space = text.find(' ');
  if (space != std::string::npos) {
    const std::string stated = text.substr(space + 1);
    text.resize(space);
    if (unit == "money" && is_currency(stated)) {
      if (!answer.currency.empty() && answer.currency != stated)
        return fail(value, "wrong-unit", "two currencies in one answer");
      answer.currency = stated;
    } else if (stated != unit) {
      return fail(value, "wrong-unit", "`" + stated + "` is not the unit of this fact",
                  unit.empty() ? "it is a plain number" : "its unit is " + std::string(unit));
    }
  }
  const auto parsed = value.shape == yaml::Shape::scalar ? Number::parse(text) : std::nullopt;
  if (!parsed) {
    return fail(value, "wrong-type", "a number is expected here, not `" + shown(value) + "`",
                unit == "money" ? "write it like 2e9 USD" : "write it like 1500 or 1e25");
  }
  if (fact.type == FactType::integer && !parsed->is_integer()) {
    return fail(value, "wrong-type", "a whole number is expected here, not " + parsed->text());
  }
  number = *parsed;
  return true;
}

bool AnswerReader::read_interval(const Fact& fact, const yaml::Value& value, Answer& answer) {
  const bool date = fact.type == FactType::date;
  const auto days = [&](const yaml::Value& each) -> std::optional<Days> {
    const auto parsed = each.shape == yaml::Shape::scalar ? parse_days(each.text) : std::nullopt;
    if (!parsed)
      fail(each, "bad-date", "`" + shown(each) + "` is no day of the calendar",
           "write it like 2026-11-21, 2026-11, 2026 or 2026-Q3");
    return parsed;
  };
  if (value.shape == yaml::Shape::list) {
    return fail(value, "wrong-type",
                std::string(type_word(fact.type)) + " is expected here, not a list");
  }
  if (value.shape == yaml::Shape::scalar) {
    if (date) {
      const auto parsed = days(value);
      if (!parsed) return false;
      answer.range.low = Number(parsed->first);
      answer.range.high = Number(parsed->last);
      return true;
    }
    Number number;
    if (!amount(fact, value, number, answer)) return false;
    answer.range.low = answer.range.high = number;
    return check_range(fact, value, answer);
  }
  Fields fields(document_, value, "an answer", problems_);
  fields.take("source");
  fields.take("note");
  if (const auto* currency = fields.take("currency")) answer.currency = currency->text;
  const auto* exact = fields.take("amount");
  const auto *low = fields.take("min"), *high = fields.take("max"), *above = fields.take("above"),
             *below = fields.take("below");
  const auto end = [&](const yaml::Value* at, bool last, std::optional<Number>& out) {
    if (at == nullptr) return true;
    if (date) {
      const auto parsed = days(*at);
      if (!parsed) return false;
      out = Number(last ? parsed->last : parsed->first);
      return true;
    }
    Number number;
    if (!amount(fact, *at, number, answer)) return false;
    out = number;
    return true;
  };
  if (exact != nullptr) {
    if (!end(exact, false, answer.range.low)) return false;
    answer.range.high = answer.range.low;
    return check_range(fact, value, answer);
  }
  if (low == nullptr && high == nullptr && above == nullptr && below == nullptr) {
    return fail(value, "wrong-shape",
                "this answer says neither `value` nor `min`, `max`, `above` or `below`");
  }
  if ((low != nullptr && above != nullptr) || (high != nullptr && below != nullptr)) {
    return fail(value, "wrong-shape", "an interval has one lower and one upper end");
  }
  // An open end of a month lies after its last day, an open upper end before its first.
  if (!end(low, false, answer.range.low) || !end(high, true, answer.range.high)) return false;
  if (above != nullptr && (!end(above, true, answer.range.low))) return false;
  if (below != nullptr && (!end(below, false, answer.range.high))) return false;
  answer.range.low_open = above != nullptr;
  answer.range.high_open = below != nullptr;
  if (fact.type != FactType::number) {  // discrete ends close
    if (answer.range.low && answer.range.low_open)
      answer.range.low = add(*answer.range.low, Number(1));
    if (answer.range.high && answer.range.high_open)
      answer.range.high = add(*answer.range.high, Number(-1));
    answer.range.low_open = answer.range.high_open = false;
  }
  return check_range(fact, value, answer);
}

bool AnswerReader::check_range(const Fact& fact, const yaml::Value& value, Answer& answer) {
  if (fact.has_minimum != 0) {
    if ((answer.range.high && *answer.range.high < fact.minimum) ||
        (answer.range.low && *answer.range.low < fact.minimum)) {
      return fail(
          value, "out-of-range",
          "`" + shown(value) + "` is below the smallest possible value " + fact.minimum.text());
    }
    if (!answer.range.low) answer.range.low = fact.minimum;
  }
  if (answer.range.is_empty())
    return fail(value, "empty-interval", "no value lies in this interval", "check its ends");
  if (program_.text(fact.unit) == "money" && answer.currency.empty()) {
    const bool zero = answer.range.is_point() && answer.range.low->is_zero();
    if (!zero)
      return fail(value, "no-currency", "an amount of money has a currency",
                  "write it like 2e9 USD");
  }
  return true;
}

std::optional<std::uint32_t> AnswerReader::member(const Fact& fact, const yaml::Value& value) {
  if (value.shape == yaml::Shape::scalar) {
    const std::uint32_t found = program_.find_member(fact.members, value.text);
    if (found != kNone) return found;
  }
  std::vector<std::string_view> known;
  for (const auto& each : program_.members.slice(fact.members))
    known.push_back(program_.text(each.id));
  std::string hint = did_you_mean(value.text, known);
  if (hint.empty() && known.size() <= 12) {
    for (const auto name : known) hint += (hint.empty() ? "one of " : ", ") + std::string(name);
  }
  fail(value, "unknown-member",
       "`" + shown(value) + "` is no answer to `" + std::string(program_.text(fact.id)) + "`",
       std::move(hint));
  return std::nullopt;
}

bool AnswerReader::read_enum(const Fact& fact, const yaml::Value& value, Answer& answer) {
  const auto add = [&](const yaml::Value& each, bool inside) {
    const auto found = member(fact, each);
    if (!found) return false;
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      if (program_.below(fact.members, i, *found)) answer.possible.set(i, inside);
    }
    return true;
  };
  if (value.shape == yaml::Shape::scalar) return add(value, true);
  if (value.shape == yaml::Shape::list) {
    return fail(value, "wrong-type", "one member is expected here, not a list",
                "if it is one of several, write {one_of: [...]}");
  }
  Fields fields(document_, value, "an answer", problems_);
  fields.take("source");
  fields.take("note");
  const auto *one_of = fields.take("one_of"), *excluded = fields.take("not");
  for (const auto* list : {one_of, excluded}) {
    if (list != nullptr && list->shape != yaml::Shape::list) {
      return fail(*list, "wrong-type",
                  "a list of members is expected here, not `" + shown(*list) + "`",
                  "write [" + shown(*list) + "]");
    }
  }
  if (one_of == nullptr && excluded == nullptr) {
    return fail(value, "wrong-shape", "this answer says neither `value` nor `one_of` nor `not`");
  }
  bool ok = true;
  if (one_of != nullptr) {
    for (const auto& each : one_of->items) ok = add(each, true) && ok;
  } else {
    for (std::uint32_t i = 0; i < fact.members.count; ++i) answer.possible.set(i);
  }
  if (excluded != nullptr) {
    for (const auto& each : excluded->items) ok = add(each, false) && ok;
  }
  if (ok && answer.possible.none()) return fail(value, "empty-interval", "no member is left");
  return ok;
}

bool AnswerReader::read_set(const Fact& fact, const yaml::Value& value, Answer& answer) {
  MemberSet open;
  bool ok = true, rest_open = false;
  const auto list = [&](const yaml::Value* values, const auto& each) {
    if (values == nullptr) return;
    if (values->shape != yaml::Shape::list) {
      ok = fail(*values, "wrong-type",
                "a list of members is expected here, not `" + shown(*values) + "`",
                "write [" + shown(*values) + "]");
      return;
    }
    for (const auto& item : values->items) {
      if (const auto found = member(fact, item)) {
        each(*found);
      } else {
        ok = false;
      }
    }
  };
  const auto open_below = [&](std::uint32_t group) {
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      if (program_.below(fact.members, i, group)) open.set(i);
    }
  };
  const auto put_in = [&](std::uint32_t found) {
    answer.listed.set(found);
    for (std::uint32_t up = found; up != kNone;
         up = program_.members[fact.members.first + up].parent)
      answer.in.set(up);
  };
  const bool plain = value.shape != yaml::Shape::map;
  std::vector<std::pair<std::uint32_t, const yaml::Value*>> excluded;
  if (plain) {
    list(&value, put_in);
  } else {
    Fields fields(document_, value, "an answer", problems_);
    fields.take("source");
    fields.take("note");
    const auto *known = fields.take("known"), *unknown = fields.take("unknown"),
               *out = fields.take("not");
    rest_open = fields.word<bool>("rest", false, {{"no", false}, {"unknown", true}});
    if (known == nullptr && unknown == nullptr && out == nullptr && !rest_open) {
      return fail(value, "wrong-shape",
                  "this answer says none of `value`, `known`, `unknown`, `not` and `rest`");
    }
    list(known, put_in);
    list(unknown, open_below);
    if (out != nullptr && out->shape != yaml::Shape::list) {
      return fail(*out, "wrong-type",
                  "a list of members is expected here, not `" + shown(*out) + "`",
                  "write [" + shown(*out) + "]");
    }
    if (out != nullptr) {
      for (const auto& item : out->items) {
        if (const auto found = member(fact, item)) excluded.emplace_back(*found, &item);
      }
    }
  }
  if (!ok) return false;
  // An inner member that stands alone leaves what lies below it open: in a plain list always, in
  // the map form where it holds only through a leaf.
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    const Member& each = program_.members[fact.members.first + i];
    if (!answer.listed[i] || each.has_children == 0 || (!plain && each.abstract == 0)) continue;
    bool below_listed = false;
    for (std::uint32_t j = 0; j < fact.members.count; ++j) {
      below_listed =
          below_listed || (j != i && answer.listed[j] && program_.below(fact.members, j, i));
    }
    if (!below_listed) open_below(i);
  }
  MemberSet refused;
  for (const auto& [found, at] : excluded) {
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      if (program_.below(fact.members, i, found)) refused.set(i);
    }
    if ((refused & answer.in).any()) {
      return fail(*at, "contradiction", "`" + at->text + "` is both in and out of this set");
    }
  }
  for (const auto& [found, at] : excluded) {  // an abstract group needs a leaf
    (void)found;
    for (std::uint32_t i = 0; i < fact.members.count; ++i) {
      const Member& each = program_.members[fact.members.first + i];
      if (!answer.in[i] || each.abstract == 0 || each.has_children == 0) continue;
      bool possible = false;
      for (std::uint32_t j = 0; j < fact.members.count; ++j) {
        possible = possible || (j != i && !refused[j] && program_.below(fact.members, j, i));
      }
      if (!possible)
        return fail(*at, "contradiction",
                    "`" + std::string(program_.text(each.id)) +
                        "` is in this set, and everything below it is out");
    }
  }
  MemberSet above_open;  // a group with an open member below is open itself
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    if (!open[i] || refused[i]) continue;
    for (std::uint32_t up = program_.members[fact.members.first + i].parent; up != kNone;
         up = program_.members[fact.members.first + up].parent) {
      above_open.set(up);
    }
  }
  for (std::uint32_t i = 0; i < fact.members.count; ++i) {
    if (answer.in[i]) continue;
    const bool stays_open = !refused[i] && (rest_open || open[i] || above_open[i]);
    if (!stays_open) answer.out.set(i);
  }
  return true;
}

}  // namespace pandect
