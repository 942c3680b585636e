#include "plugins/importing/tables.h"

#include "import_tables.inc"
#include "packs/yaml.h"

#include "pandect/number.h"

namespace pandect::plugins {
namespace {

using yaml::Shape;
using yaml::Value;

class Loader {
 public:
  Tables tables;

  void read(std::string_view name, std::string_view text) {
    auto document = yaml::parse("rules/imports/" + std::string(name) + ".yaml", std::string(text));
    if (!document) {
      for (const auto& each : document.errors()) tables.problems.push_back(each);
      return;
    }
    document_ = &*document;
    format_ = name;
    for (const auto& [key, value] : document->root.entries) section(key.text, value);
    document_ = nullptr;
  }

 private:
  void section(const std::string& key, const Value& value) {
    if (key == "paths") {
      for (const auto& [group, rows] : value.entries) {
        for (const auto& row : rows.items) path(format_ + "/" + group.text, row);
      }
    } else if (key == "tasks") {
      for (const auto& [id, row] : value.entries) task(id.text, row);
    } else if (key == "headings") {
      for (const auto& row : value.items)
        tables.headings.push_back({text(row, "role"), pattern(row, "any")});
    } else if (key == "licences") {
      for (const auto& row : value.items)
        tables.licences.push_back(
            {pattern(row, "any"), pattern(row, "text"), text(row, "id"), text(row, "note")});
    } else if (key == "words") {
      for (const auto& row : value.items) word(row);
    } else if (key == "labels") {
      for (const auto& row : value.items) label(row);
    } else if (key == "quantities") {
      for (const auto& row : value.items) quantity(row);
    } else if (key == "hardware") {
      for (const auto& row : value.items)
        tables.hardware.push_back({pattern(row, "any"), text(row, "name"), number(row, "peak", 0)});
    } else {
      plain_section(key, value);
    }
  }

  void plain_section(const std::string& key, const Value& value) {
    if (key == "scales") {
      numbers(value, tables.scales);
    } else if (key == "units") {
      numbers(value, tables.units);
    } else if (key == "conflicts") {
      numbers(value, tables.conflicts);
    } else if (key == "skipped_roles") {
      for (const auto& item : value.items) tables.skipped_roles.insert(item.text);
    } else if (key == "xml_lists") {
      for (const auto& item : value.items) tables.xml_lists.insert(item.text);
    } else if (key == "placeholder") {
      tables.placeholder = compile(value);
    } else if (key == "negation") {
      tables.negation = compile(value);
    } else {
      problem(value, "no table is called `" + key + "`");
    }
  }

  void path(const std::string& group, const Value& row) {
    PathRow made;
    made.path = text(row, "path");
    made.id = group + ":" + made.path;
    made.read = text(row, "read");
    made.proposed = proposed(row, "extracted", 0.9);
    made.first = text(row, "first");
    made.second = text(row, "second");
    made.role = text(row, "role");
    made.unit_path = text(row, "unit");
    made.scale = number(row, "scale", 1);
    if (const Value* values = row.find("values")) {
      for (const auto& [from, to] : values->entries) made.values[from.text] = to.text;
    }
    tables.paths[group].push_back(std::move(made));
  }

  void task(const std::string& id, const Value& row) {
    Task made;
    made.in = list(row, "in");
    made.out = list(row, "out");
    made.kinds = list(row, "kinds");
    made.uses = list(row, "uses");
    made.generative = text(row, "generative") == "true";
    tables.tasks[id] = std::move(made);
  }

  void word(const Value& row) {
    WordRow made;
    made.id = text(row, "id");
    for (auto& each : list(row, "in")) made.in.insert(each);
    for (auto& each : list(row, "roles")) made.roles.insert(each);
    made.any = pattern(row, "any");
    made.unless = pattern(row, "unless");
    if (const Value* needs = row.find("needs")) {
      made.needs_fact = text(*needs, "fact");
      made.needs_value = text(*needs, "value");
    }
    if (const Value* several = row.find("propose")) {
      for (const auto& each : several->items) made.proposes.push_back(proposed(each, "", 0.5));
    }
    tables.words.push_back(std::move(made));
  }

  void label(const Value& row) {
    LabelRow made;
    made.id = text(row, "id");
    made.read = text(row, "read");
    made.any = pattern(row, "any");
    made.takes = pattern(row, "takes");
    made.proposed = proposed(row, "", 0.6);
    tables.labels.push_back(std::move(made));
  }

  void quantity(const Value& row) {
    Quantity made;
    made.id = text(row, "id");
    made.after = pattern(row, "after");
    made.label = pattern(row, "label");
    made.header = pattern(row, "header");
    made.unless_before = pattern(row, "unless_before");
    made.unless_after = pattern(row, "unless_after");
    made.least = number(row, "least", 0);
    made.most = number(row, "most", 1e30);
    made.scale = number(row, "scale", 1);
    if (const Value* units = row.find("units")) numbers(*units, made.units);
    made.proposed = proposed(row, "", 0.5);
    tables.quantities.push_back(std::move(made));
  }

  Proposed proposed(const Value& row, std::string_view kind, double confidence) {
    Proposed made;
    made.subject = text(row, "subject");
    if (made.subject.empty()) made.subject = "model";
    made.fact = text(row, "fact");
    made.value = text(row, "value");
    made.set = text(row, "set") == "true";
    std::string word = text(row, "class");
    if (word.empty()) word = kind;
    made.kind = word == "extracted" ? ProposalClass::extracted
                : word == "derived" ? ProposalClass::derived
                                    : ProposalClass::suggested;
    made.confidence = number(row, "confidence", confidence);
    made.note = text(row, "note");
    return made;
  }

  static std::string text(const Value& row, std::string_view key) {
    const Value* value = row.find(key);
    return value == nullptr ? std::string() : value->text;
  }

  static std::vector<std::string> list(const Value& row, std::string_view key) {
    std::vector<std::string> texts;
    if (const Value* value = row.find(key)) {
      for (const auto& item : value->items) texts.push_back(item.text);
    }
    return texts;
  }

  double number(const Value& row, std::string_view key, double otherwise) {
    const Value* value = row.find(key);
    return value == nullptr ? otherwise : parsed(*value);
  }

  double parsed(const Value& value) {
    const auto read = Number::parse(value.text);
    if (!read) problem(value, "`" + value.text + "` is no number");
    return read ? read->to_double() : 0;
  }

  void numbers(const Value& map, std::map<std::string, double, std::less<>>& into) {
    for (const auto& [key, value] : map.entries) into[key.text] = parsed(value);
  }

  Pattern pattern(const Value& row, std::string_view key) {
    const Value* value = row.find(key);
    return value == nullptr ? nullptr : compile(*value);
  }

  Pattern compile(const Value& value) {
    RE2::Options options;
    options.set_log_errors(false);
    auto made = std::make_shared<const RE2>(value.text, options);
    if (made->ok()) return made;
    problem(value, "this pattern is not RE2: " + made->error());
    return nullptr;
  }

  void problem(const Value& at, std::string message) {
    tables.problems.push_back(
        {Level::error, "import-table", yaml::location_of(*document_, at), std::move(message), ""});
  }

  const yaml::Document* document_ = nullptr;
  std::string format_;
};

Tables load() {
  Loader loader;
  for (const auto& [name, text] : kImportTables) loader.read(name, text);
  return std::move(loader.tables);
}

}  // namespace

const Tables& tables() {
  static const Tables loaded = load();
  return loaded;
}

const std::vector<PathRow>& Tables::rows(std::string_view name) const {
  static const std::vector<PathRow> none;
  const auto found = paths.find(name);
  return found == paths.end() ? none : found->second;
}

const Licence* Tables::licence(std::string_view name) const {
  for (const auto& each : licences) {
    if (each.any && RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *each.any))
      return &each;
  }
  return nullptr;
}

std::string Tables::role_of(const std::string& heading) const {
  for (const auto& each : headings) {
    if (each.any && RE2::PartialMatch(heading, *each.any)) return each.role;
  }
  return {};
}

}  // namespace pandect::plugins
