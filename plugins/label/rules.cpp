#include "plugins/label/rules.h"

#include "label_rules.inc"
#include "packs/yaml.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace pandect::label {
namespace {

using yaml::Value;

class Book {
 public:
  explicit Book(const yaml::Document& document) : document_(document) {}

  const Value& at(const Value& map, const char* key, yaml::Shape shape) {
    static const Value kNothing;
    const Value* found = map.find(key);
    if (found != nullptr && found->shape == shape) return *found;
    problems_.push_back(
        {Level::error, "label-rules", yaml::location_of(document_, map),
         "`" + std::string(key) + "` is missing or is no " + std::string(yaml::shape_name(shape)),
         "see the comments of rules/label/label.yaml"});
    return kNothing;
  }

  std::string text(const Value& map, const char* key) {
    return at(map, key, yaml::Shape::scalar).text;
  }
  long number(const Value& map, const char* key) {
    return std::strtol(text(map, key).c_str(), nullptr, 10);
  }
  std::vector<std::string> list(const Value& map, const char* key) {
    std::vector<std::string> out;
    for (const auto& item : at(map, key, yaml::Shape::list).items) out.push_back(item.text);
    return out;
  }
  std::vector<std::string> maybe_list(const Value& map, const char* key) {
    return map.find(key) == nullptr ? std::vector<std::string>() : list(map, key);
  }
  Texts texts(const Value& map) { return {text(map, "en"), text(map, "ko"), text(map, "zh")}; }
  Texts texts(const Value& map, const char* key) { return texts(at(map, key, yaml::Shape::map)); }
  static bool flag(const Value& map, const char* key) {
    const Value* found = map.find(key);
    return found != nullptr && found->text == "true";
  }

  const Diagnostics& problems() const { return problems_; }

 private:
  const yaml::Document& document_;
  Diagnostics problems_;
};

Field field_of(Book& book, const Value& value) {
  Field field;
  field.key = book.text(value, "key");
  field.one_of = book.maybe_list(value, "one_of");
  field.plain = Book::flag(value, "plain");
  field.provider = Book::flag(value, "provider");
  if (const Value* empty = value.find("empty"); empty != nullptr) {
    for (const auto& entry : empty->entries) field.empty[entry.key.text] = entry.value.text;
  }
  return field;
}

void read_tables(Book& book, const Value& root, Rules& rules) {
  for (const auto& each : book.at(root, "traces", yaml::Shape::list).items)
    rules.traces.push_back({book.text(each, "name"), book.list(each, "words")});
  for (const auto& each : book.at(root, "latent", yaml::Shape::list).items)
    rules.latent.push_back(
        {book.text(each, "id"), book.list(each, "from"), book.texts(each, "title")});
  for (const auto& each : book.at(root, "wants", yaml::Shape::map).entries)
    rules.wants[each.key.text] = {book.list(each.value, "accept"), book.list(each.value, "cite"),
                                  book.texts(each.value, "title"), book.texts(each.value, "note")};
  for (const auto& each : book.at(root, "explicit", yaml::Shape::map).entries)
    rules.explicit_rules[each.key.text] = {book.list(each.value, "cite"),
                                           book.texts(each.value, "text")};
  for (const auto& each : book.at(root, "findings", yaml::Shape::map).entries)
    rules.findings[each.key.text] = {book.text(each.value, "severity"),
                                     book.maybe_list(each.value, "cite"),
                                     book.texts(each.value, "text")};
  for (const auto& each : book.at(root, "words", yaml::Shape::map).entries)
    rules.words[each.key.text] = book.texts(each.value);
}

}  // namespace

bool Rules::is_ai(std::string_view source_type) const {
  return std::find(ai_source_types.begin(), ai_source_types.end(), source_type) !=
         ai_source_types.end();
}

Result<Rules> read_rules(const std::string& name, std::string text) {
  const auto document = yaml::parse(name, std::move(text));
  if (!document) return document.errors();
  Book book(*document);
  const Value& root = document->root;
  Rules rules;
  rules.checked_on = book.text(root, "checked_on");
  for (const auto& each : book.at(root, "fields", yaml::Shape::list).items)
    rules.fields.push_back(field_of(book, each));
  rules.other_schema = book.list(root, "other_schema");
  const Value& characters = book.at(root, "characters", yaml::Shape::map);
  rules.lowest = static_cast<int>(book.number(characters, "from"));
  rules.highest = static_cast<int>(book.number(characters, "to"));
  rules.forbidden = book.text(characters, "without");
  rules.longest_field = static_cast<std::size_t>(book.number(root, "longest_field"));
  rules.provider_code = book.text(root, "provider_code");
  for (const auto& each : book.at(root, "explicit_words", yaml::Shape::map).entries)
    rules.explicit_words[each.key.text] = {book.list(each.value, "a"), book.list(each.value, "b")};
  rules.explicit_window = static_cast<std::size_t>(book.number(root, "explicit_window"));
  rules.ai_source_types = book.list(root, "ai_source_types");
  read_tables(book, root, rules);
  if (has_errors(book.problems())) return book.problems();
  return rules;
}

Result<Rules> built_in_rules() { return read_rules("rules/label/label.yaml", kLabelRules); }
std::span<const std::string_view> built_in_wants() { return kLabelWants; }

}  // namespace pandect::label
