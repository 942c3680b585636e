#include "plugins/host/facts.h"

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

using Json = nlohmann::ordered_json;

const char* type_name(FactType type) {
  switch (type) {
    case FactType::boolean:
      return "boolean";
    case FactType::integer:
      return "integer";
    case FactType::number:
      return "number";
    case FactType::date:
      return "date";
    case FactType::enumeration:
      return "enum";
    case FactType::set:
      return "set";
    case FactType::text:
      return "text";
  }
  return "text";
}

class Writer {
 public:
  explicit Writer(const Program& program) : program_(program) {}

  Json subject(const Subject& subject) const {
    Json out;
    out["id"] = subject.id;
    out["name"] = subject.name;
    out["facts"] = Json::object();
    for (const auto& each : subject.answers) {
      if (each.unknown) continue;
      out["facts"][std::string(program_.text(program_.facts[each.fact].id))] = answer(each);
    }
    return out;
  }

 private:
  Json answer(const Answer& answer) const {
    const Fact& fact = program_.facts[answer.fact];
    Json out;
    out["type"] = type_name(fact.type);
    if (answer.never) {
      out["never"] = true;
    } else if (fact.type == FactType::boolean) {
      out["value"] = answer.truth == Truth::true_;
    } else if (fact.type == FactType::text) {
      out["value"] = answer.text;
    } else if (fact.type == FactType::enumeration) {
      Json members = names(fact, answer.possible);
      if (members.size() == 1)
        out["value"] = members[0];
      else
        out["one_of"] = std::move(members);
    } else if (fact.type == FactType::set) {
      out["has"] = names(fact, answer.in);
      if ((answer.in | answer.out).count() >= fact.members.count)
        out["complete"] = true;
      else
        out["has_not"] = names(fact, answer.out);
    } else {
      range(fact, answer, out);
    }
    if (!answer.origin.source.empty()) out["source"] = answer.origin.source;
    if (!answer.origin.note.empty()) out["note"] = answer.origin.note;
    return out;
  }

  static std::string end(const Fact& fact, const Number& number) {
    return fact.type == FactType::date ? to_string(static_cast<Day>(number.to_int()))
                                       : number.text();
  }

  void range(const Fact& fact, const Answer& answer, Json& out) const {
    const Interval& range = answer.range;
    if (range.is_point()) {
      out["value"] = end(fact, *range.low);
    } else {
      if (range.low) out["min"] = end(fact, *range.low);
      if (range.low && range.low_open) out["min_open"] = true;
      if (range.high) out["max"] = end(fact, *range.high);
      if (range.high && range.high_open) out["max_open"] = true;
    }
    if (fact.unit.size > 0) out["unit"] = program_.text(fact.unit);
    if (!answer.currency.empty()) out["currency"] = answer.currency;
  }

  Json names(const Fact& fact, const MemberSet& set) const {
    Json list = Json::array();
    for (std::uint32_t i = 0; i < fact.members.count && i < kMaximumMembers; ++i) {
      if (set[i]) list.push_back(program_.text(program_.members[fact.members.first + i].id));
    }
    return list;
  }

  const Program& program_;
};

}  // namespace

std::string facts_of(const Program& program, const Manifest& manifest) {
  const Writer writer(program);
  Json out;
  out["schema"] = "pandect.facts/1";
  out["organisation"] = writer.subject(manifest.organisation);
  out["models"] = Json::array();
  for (const auto& each : manifest.models) out["models"].push_back(writer.subject(each));
  out["systems"] = Json::array();
  for (const auto& each : manifest.systems) {
    Json system = writer.subject(each.subject);
    system["models"] = each.models;
    system["deployments"] = Json::array();
    for (const auto& deployment : each.deployments)
      system["deployments"].push_back(writer.subject(deployment));
    out["systems"].push_back(std::move(system));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pandect::plugins
