// NDJSON by simdjson, On-Demand. A line is flat, {"id": ..., "system.uses": [...]}, or has the
// shape of a manifest: {"id", "facts": {}, "models": [{"id", "facts": {}}], "deployments": [...]}.
#include "bulk/lines.h"

#include <cstring>

#include <simdjson.h>

namespace pandect::bulk {
namespace {

namespace od = simdjson::ondemand;

class JsonParser final : public LineParser {
 public:
  void parse(std::string_view text, Line& line) override {
    line.clear();
    od::document document;
    od::object object;
    auto error =
        parser_.iterate(text.data(), text.size(), text.size() + kLinePadding).get(document);
    if (error == simdjson::SUCCESS) error = document.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) {
      line.fail("a line is one JSON object in braces, {\"id\": ..., \"fact\": value}");
      return;
    }
    if (error == simdjson::SUCCESS) error = top(object, line);
    if (error == simdjson::SUCCESS && line.problem.empty() &&
        document.current_location().error() != simdjson::OUT_OF_BOUNDS)
      line.fail("something stands behind the end of the object; write one object a line");
    if (error != simdjson::SUCCESS) fail(line, error);
  }

 private:
  static void fail(Line& line, simdjson::error_code error) {
    line.fail(std::string("this is no valid JSON: ") + simdjson::error_message(error));
  }

  // RFC 8259, section 6.
  static bool number(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
      const std::size_t first = at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
      return at > first;
    };
    if (at < text.size() && text[at] == '-') ++at;
    const bool zero = at < text.size() && text[at] == '0';
    const std::size_t whole = at;
    if (!digits() || (zero && at > whole + 1)) return false;
    if (at < text.size() && text[at] == '.' && (++at, !digits())) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
      ++at;
      if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
      if (!digits()) return false;
    }
    return at == text.size();
  }

  // The text of a value: a scalar as it stands, a list or map with its brackets.
  static simdjson::error_code raw(od::value& value, std::string_view& text) {
    od::json_type type;
    if (const auto error = value.type().get(type); error != simdjson::SUCCESS) return error;
    if (type == od::json_type::array) {
      od::array array;
      const auto error = value.get_array().get(array);
      return error != simdjson::SUCCESS ? error : array.raw_json().get(text);
    }
    if (type == od::json_type::object) {
      od::object object;
      const auto error = value.get_object().get(object);
      return error != simdjson::SUCCESS ? error : object.raw_json().get(text);
    }
    text = value.raw_json_token();
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
      text.remove_suffix(1);
    // A scalar that nothing reads is not looked at by the library.
    if (type == od::json_type::boolean) return value.get_bool().error();
    if (type == od::json_type::number && !number(text)) return simdjson::NUMBER_ERROR;
    if (type == od::json_type::null && text != "null") return simdjson::N_ATOM_ERROR;
    return simdjson::SUCCESS;
  }

  static void key_of(od::field& field, std::string_view& key) {
    // An escape in a key stays as it is, and so names nothing.
    const char* text = field.key().raw();
    const auto* end = static_cast<const char*>(std::memchr(text, '"', kMaximumLine));
    key = {text, static_cast<std::size_t>(end - text)};
  }

  static simdjson::error_code facts(od::object object, LineSubject& subject) {
    for (auto each : object) {
      od::field field;
      if (const auto error = std::move(each).get(field); error != simdjson::SUCCESS) return error;
      Field found;
      key_of(field, found.fact);
      if (const auto error = raw(field.value(), found.value); error != simdjson::SUCCESS)
        return error;
      subject.fields.push_back(found);
    }
    return simdjson::SUCCESS;
  }

  static simdjson::error_code identifier(od::value& value, std::string_view& id, Line& line) {
    od::json_type type;
    if (const auto error = value.type().get(type); error != simdjson::SUCCESS) return error;
    if (type == od::json_type::string) return value.get_string().get(id);
    if (type != od::json_type::number) line.fail("`id` is a text or a number");
    return raw(value, id);
  }

  static simdjson::error_code subjects(od::array array, LineSubject::Kind kind, Line& line) {
    for (auto each : array) {
      od::object object;
      const auto error = each.get_object().get(object);
      if (error == simdjson::INCORRECT_TYPE) {
        line.fail("`models` and `deployments` are lists of {\"id\": ..., \"facts\": {...}}");
        return simdjson::SUCCESS;
      }
      if (error != simdjson::SUCCESS) return error;
      if (line.used > kMaximumSubjects) {
        line.fail("more than " + std::to_string(kMaximumSubjects) + " models and deployments");
        return simdjson::SUCCESS;
      }
      LineSubject& subject = line.add(kind);
      for (auto part : object) {
        od::field field;
        if (const auto bad = std::move(part).get(field); bad != simdjson::SUCCESS) return bad;
        std::string_view key;
        key_of(field, key);
        simdjson::error_code bad = simdjson::SUCCESS;
        if (key == "id") {
          bad = identifier(field.value(), subject.id, line);
        } else if (key == "facts") {
          od::object inner;
          bad = field.value().get_object().get(inner);
          if (bad == simdjson::SUCCESS) bad = facts(inner, subject);
        } else if (key != "name") {
          line.fail("a model or deployment has `id`, `name` and `facts`, not `" + std::string(key) +
                    "`");
        }
        if (bad == simdjson::INCORRECT_TYPE) line.fail("`facts` is a map of fact and answer");
        if (!line.problem.empty()) return simdjson::SUCCESS;
        if (bad != simdjson::SUCCESS) return bad;
      }
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code top(od::object object, Line& line) {
    unsigned seen = 0;
    for (auto each : object) {
      od::field field;
      if (const auto error = std::move(each).get(field); error != simdjson::SUCCESS) return error;
      std::string_view key;
      key_of(field, key);
      auto error = simdjson::SUCCESS;
      if (key.find('.') != std::string_view::npos) {
        Field found{key, {}};
        error = raw(field.value(), found.value);
        line.subjects[0].fields.push_back(found);
      } else {
        error = word(key, field.value(), line, seen);
      }
      if (!line.problem.empty()) return simdjson::SUCCESS;
      if (error == simdjson::INCORRECT_TYPE) {
        line.fail("`" + std::string(key) + "` has a value of the wrong type");
        return simdjson::SUCCESS;
      }
      if (error != simdjson::SUCCESS) return error;
    }
    return simdjson::SUCCESS;
  }

  static simdjson::error_code word(std::string_view key, od::value& value, Line& line,
                                   unsigned& seen) {
    static constexpr std::string_view kWords[] = {
        "id",          "name",         "facts",           "models",
        "deployments", "closed_world", "models_complete", "determinations",
        "rates"};
    unsigned index = 0;
    while (index < std::size(kWords) && kWords[index] != key) ++index;
    if (index == std::size(kWords)) {
      line.fail(
          "`" + std::string(key) +
          "` is neither a fact nor one of id, name, facts, models, deployments, closed_world, "
          "models_complete, determinations, rates");
      return simdjson::SUCCESS;
    }
    if ((seen >> index & 1u) != 0) {
      line.fail("`" + std::string(key) + "` stands twice");
      return simdjson::SUCCESS;
    }
    seen |= 1u << index;
    std::string_view ignored;
    switch (index) {
      case 0:
        line.has_id = true;
        return identifier(value, line.id, line);
      case 2: {
        od::object inner;
        const auto error = value.get_object().get(inner);
        return error != simdjson::SUCCESS ? error : facts(inner, line.subjects[0]);
      }
      case 3:
      case 4: {
        if (index == 3) line.models_stated = true;
        od::array array;
        const auto error = value.get_array().get(array);
        return error != simdjson::SUCCESS
                   ? error
                   : subjects(array,
                              index == 3 ? LineSubject::Kind::model : LineSubject::Kind::deployment,
                              line);
      }
      case 5:
        return value.get_bool().get(line.closed_world);
      case 6:
        return value.get_bool().get(line.models_complete);
      case 7:
        return raw(value, line.determinations);
      case 8:
        return raw(value, line.rates);
      default:
        return raw(value, ignored);
    }
  }

  od::parser parser_{kMaximumLine + kLinePadding};
};

}  // namespace
}  // namespace pandect::bulk

extern "C" __attribute__((visibility("default"))) pandect::bulk::LineParser* pandect_json_parser() {
  return new pandect::bulk::JsonParser;
}
