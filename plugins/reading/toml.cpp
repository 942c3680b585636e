// toml++ stops here: no exception leaves it, and its nodes become the tree that everything reads.
#include "plugins/reading/toml_library.h"
#include "plugins/reading/tree.h"

#include <sstream>

namespace pandect::plugins {
namespace {

void place(const toml::node& node, yaml::Value& value) {
  value.line = static_cast<int>(node.source().begin.line);
  value.column = static_cast<int>(node.source().begin.column);
}

std::string scalar(const toml::node& node) {
  std::ostringstream text;
  if (const auto* number = node.as_integer()) {
    text << number->get();
  } else if (const auto* real = node.as_floating_point()) {
    text << real->get();
  } else if (const auto* truth = node.as_boolean()) {
    text << (truth->get() ? "true" : "false");
  } else if (const auto* day = node.as_date()) {
    text << day->get();
  } else if (const auto* time = node.as_time()) {
    text << time->get();
  } else if (const auto* moment = node.as_date_time()) {
    text << moment->get();
  }
  return text.str();
}

yaml::Value convert(const toml::node& node, int depth) {
  yaml::Value value;
  place(node, value);
  if (depth > yaml::kMaximumDepth) return value;
  if (const auto* table = node.as_table()) {
    value.shape = yaml::Shape::map;
    for (const auto& [key, item] : *table) {
      yaml::Value name;
      name.shape = yaml::Shape::scalar;
      name.text = std::string(key.str());
      name.line = static_cast<int>(key.source().begin.line);
      name.column = static_cast<int>(key.source().begin.column);
      value.entries.emplace_back(std::move(name), convert(item, depth + 1));
    }
  } else if (const auto* list = node.as_array()) {
    value.shape = yaml::Shape::list;
    for (const auto& item : *list) value.items.push_back(convert(item, depth + 1));
  } else {
    value.shape = yaml::Shape::scalar;
    if (const auto* text = node.as_string()) {
      value.quoted = true;
      value.text = text->get();
    } else {
      value.text = scalar(node);
    }
  }
  return value;
}

}  // namespace

Result<yaml::Document> toml_tree(const std::string& name, std::string text) {
  const auto file = std::make_shared<const yaml::File>(yaml::File{name, std::move(text)});
  if (file->text.size() > yaml::kMaximumBytes) {
    return Diagnostic{Level::error,
                      "too-large",
                      {name, 0, 0},
                      "the file is larger than 8 MiB",
                      "check that it is the file you meant"};
  }
  const toml::parse_result parsed = toml::parse(file->text, name);
  if (!parsed) {
    const auto& error = parsed.error();
    return Diagnostic{Level::error,
                      "bad-toml",
                      {name, static_cast<int>(error.source().begin.line),
                       static_cast<int>(error.source().begin.column)},
                      std::string(error.description()),
                      "write `key = \"value\"`, one a line"};
  }
  yaml::Document document;
  document.file = file;
  document.root = convert(parsed.table(), 0);
  return document;
}

}  // namespace pandect::plugins
