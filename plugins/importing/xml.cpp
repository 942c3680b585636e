#include "plugins/importing/tree.h"

#include <algorithm>

#include <pugixml.hpp>

namespace pandect::plugins {
namespace {

using yaml::Shape;
using yaml::Value;

struct Limits {
  std::size_t nodes = 0;
  bool too_deep = false, too_large = false;
};

class Converter {
 public:
  Converter(std::string_view text, const std::set<std::string, std::less<>>& lists)
      : text_(text), lists_(lists) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') breaks_.push_back(i);
    }
  }

  Limits limits;

  Value convert(const pugi::xml_node& node, int depth) {
    Value value;
    value.line = line_of(node);
    if (depth > kTreeDepth) limits.too_deep = true;
    if (++limits.nodes > kTreeNodes) limits.too_large = true;
    if (limits.too_deep || limits.too_large) return value;
    const bool has_children = node.first_child().type() == pugi::node_element ||
                              node.find_child([](const pugi::xml_node& child) {
                                return child.type() == pugi::node_element;
                              });
    if (lists_.find(local(node.name())) != lists_.end()) {
      value.shape = Shape::list;
      for (const auto& child : node.children()) {
        if (child.type() == pugi::node_element) value.items.push_back(member(child, depth + 1));
      }
      return value;
    }
    if (!has_children && node.first_attribute().empty()) {
      value.shape = Shape::scalar;
      value.text = node.text().get();
      return value;
    }
    value.shape = Shape::map;
    for (const auto& attribute : node.attributes())
      add(value, attribute.name(), text_value(attribute.value(), value.line));
    for (const auto& child : node.children()) {
      if (child.type() == pugi::node_element)
        add(value, local(child.name()), convert(child, depth + 1));
    }
    // `<format>text</format>` with attributes, `<property name="x">text</property>`.
    if (!has_children && *node.text().get() != '\0')
      add(value, "value", text_value(node.text().get(), value.line));
    return value;
  }

 private:
  // A member named `license` of `licenses` is, in the JSON form, a map with that key.
  Value member(const pugi::xml_node& node, int depth) {
    Value inner = convert(node, depth);
    if (local(node.name()) != "license") return inner;
    Value outer;
    outer.shape = Shape::map;
    outer.line = inner.line;
    add(outer, "license", std::move(inner));
    return outer;
  }

  static std::string local(std::string_view name) {
    const auto colon = name.find(':');
    return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
  }

  static Value text_value(std::string text, int line) {
    Value value;
    value.shape = Shape::scalar;
    value.text = std::move(text);
    value.line = line;
    return value;
  }

  // Elements that stand several times become a list.
  static void add(Value& map, std::string_view key, Value value) {
    for (auto& entry : map.entries) {
      if (entry.key.text != key) continue;
      if (entry.value.shape != Shape::list) {
        Value list;
        list.shape = Shape::list;
        list.line = entry.value.line;
        list.items.push_back(std::move(entry.value));
        entry.value = std::move(list);
      }
      entry.value.items.push_back(std::move(value));
      return;
    }
    map.entries.emplace_back(text_value(std::string(key), value.line), std::move(value));
  }

  int line_of(const pugi::xml_node& node) const {
    const std::ptrdiff_t offset = node.offset_debug();
    if (offset < 0) return 0;
    return 1 + static_cast<int>(std::lower_bound(breaks_.begin(), breaks_.end(),
                                                 static_cast<std::size_t>(offset)) -
                                breaks_.begin());
  }

  std::string_view text_;
  const std::set<std::string, std::less<>>& lists_;
  std::vector<std::size_t> breaks_;
};

}  // namespace

Result<Tree> read_xml(const std::string& file, std::string_view text,
                      const std::set<std::string, std::less<>>& lists) {
  pugi::xml_document document;
  // No DTD is read: an entity can neither grow nor open anything.
  const auto parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_auto);
  Converter converter(text, lists);
  if (!parsed) {
    const auto upto = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parsed.offset));
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(std::min(upto, text.size())),
                       '\n');
    return Diagnostic{Level::error,
                      "xml",
                      {file, static_cast<int>(line), 0},
                      std::string("this is not valid XML: ") + parsed.description(),
                      "check that the file is whole"};
  }
  Tree tree;
  tree.root = converter.convert(document.document_element(), 0);
  if (converter.limits.too_deep || converter.limits.too_large) {
    return Diagnostic{Level::error,
                      converter.limits.too_deep ? "too-deep" : "too-large",
                      {file, 0, 0},
                      "the file is nested too deeply or holds too many elements",
                      "at most 64 levels and a million elements are read"};
  }
  return tree;
}

}  // namespace pandect::plugins
