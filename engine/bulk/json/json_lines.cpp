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

  static simdjson::error_code brackets(od::value& value, std::string_view& text) {
    if (text.front() == '[') {
      od::array array;
      const auto error = value.get_array().get(array);
      return error != simdjson::SUCCESS ? error : array.raw_json().get(text);
    }
    od::object object;
    const auto error = value.get_object().get(object);
    return error != simdjson::SUCCESS ? error : object.raw_json().get(text);
  }

  static std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
      text.remove_suffix(1);
    return text;
  }

  // A scalar that nothing reads is not looked at by the library.
  static simdjson::error_code scalar(std::string_view text) {
    if (truth_word(text) >= 0) return simdjson::SUCCESS;
    switch (text.empty() ? '\0' : text.front()) {
      case '\0':
        return simdjson::TAPE_ERROR;
      case '"':
        return simdjson::SUCCESS;
      case 't':
        return simdjson::T_ATOM_ERROR;
      case 'f':
        return simdjson::F_ATOM_ERROR;
      case 'n':
        return text == "null" ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
      default:
        return number(text) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
    }
  }

  // A text, and what is wrong with it.
  struct Raw {
    std::string_view text;
    simdjson::error_code error;
  };
  // A scalar as it stands, a list or map with its brackets.
  static Raw raw(od::value& value, std::string_view token) {
    const std::string_view text = trimmed(token);
    if (!text.empty() && (text.front() == '[' || text.front() == '{')) {
      std::string_view whole = text;
      const auto error = brackets(value, whole);
      return {whole, error};
    }
    return {text, scalar(text)};
  }

  // Mostly `"key":value`, so that the value tells where the key ends. An escape in a key stays as
  // it is, and so names nothing.
  static std::string_view key_of(od::field& field, std::string_view token) {
    const char *text = field.key().raw(), *end = token.data() - 2;
    if (end < text || end[0] != '"' || end[1] != ':')
      end = static_cast<const char*>(std::memchr(text, '"', kMaximumLine));
    return {text, static_cast<std::size_t>(end - text)};
  }

  // Whether a dot stands in it: then it names a fact. Eight bytes are looked at at once.
  static bool dotted(std::string_view key) {
    constexpr std::uint64_t kOnes = 0x0101010101010101ull;
    std::size_t at = 0;
    for (; at + 8 <= key.size(); at += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, key.data() + at, 8);
      eight ^= kOnes * static_cast<unsigned char>('.');
      if (((eight - kOnes) & ~eight & (kOnes << 7)) != 0) return true;
    }
    for (; at < key.size(); ++at) {
      if (key[at] == '.') return true;
    }
    return false;
  }

  static simdjson::error_code facts(od::object object, LineSubject& subject) {
    for (auto each : object) {
      if (each.error() != simdjson::SUCCESS) return each.error();
      od::field&& field = std::move(each).value_unsafe();
      const std::string_view token = field.value().raw_json_token();
      const Raw found = raw(field.value(), token);
      if (found.error != simdjson::SUCCESS) return found.error;
      subject.add(key_of(field, token), found.text);
    }
    return simdjson::SUCCESS;
  }

  static simdjson::error_code identifier(od::value& value, std::string_view& id, Line& line) {
    od::json_type type;
    if (const auto error = value.type().get(type); error != simdjson::SUCCESS) return error;
    if (type == od::json_type::string) return value.get_string().get(id);
    if (type != od::json_type::number) line.fail("`id` is a text or a number");
    const Raw found = raw(value, value.raw_json_token());
    id = found.text;
    return found.error;
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
        const std::string_view key = key_of(field, field.value().raw_json_token());
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
      // Taken where it stands: a copy of a field is read back before its parts are written.
      if (each.error() != simdjson::SUCCESS) return each.error();
      od::field&& field = std::move(each).value_unsafe();
      const std::string_view token = field.value().raw_json_token(), fact = key_of(field, token);
      auto error = simdjson::SUCCESS;
      if (dotted(fact)) {
        const Raw found = raw(field.value(), token);
        error = found.error;
        line.subjects[0].add(fact, found.text);
      } else {
        error = word(fact, field.value(), line, seen);
      }
      if (!line.problem.empty()) return simdjson::SUCCESS;
      if (error == simdjson::INCORRECT_TYPE) {
        line.fail("`" + std::string(fact) + "` has a value of the wrong type");
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
    const auto text = [&](std::string_view& to) {
      const Raw found = raw(value, value.raw_json_token());
      to = found.text;
      return found.error;
    };
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
        return text(line.determinations);
      case 8:
        return text(line.rates);
      default:
        return text(ignored);
    }
  }

  od::parser parser_{kMaximumLine + kLinePadding};
};

}  // namespace
}  // namespace pandect::bulk

extern "C" __attribute__((visibility("default"))) pandect::bulk::LineParser* pandect_json_parser() {
  return new pandect::bulk::JsonParser;
}
