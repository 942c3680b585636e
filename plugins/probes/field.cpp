// probe: {field: {in: [MODEL_CARD.md], at: /license, matches: ".+"}}: a field of a JSON, YAML or
// TOML file, or of the front matter of Markdown, exists, equals a text or matches a pattern.
#include "plugins/reading/files.h"
#include "plugins/reading/settings.h"
#include "plugins/reading/tree.h"

#include <re2/re2.h>

namespace pandect::plugins {
namespace {

// A JSON pointer: `/a/0/b`, with ~1 for `/` and ~0 for `~`.
const yaml::Value* at_pointer(const yaml::Value& root, const std::string& pointer) {
  const yaml::Value* value = &root;
  std::size_t start = 0;
  while (start < pointer.size() && value != nullptr) {
    const std::size_t end = std::min(pointer.find('/', start + 1), pointer.size());
    std::string step = pointer.substr(start + 1, end - start - 1);
    for (const auto& [escaped, plain] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
      for (auto found = step.find(escaped); found != std::string::npos; found = step.find(escaped))
        step.replace(found, 2, plain);
    }
    if (value->shape == yaml::Shape::list) {
      const bool number = !step.empty() && step.size() < 7 &&
                          step.find_first_not_of("0123456789") == std::string::npos;
      const std::size_t index = number ? std::stoul(step) : value->items.size();
      value = index < value->items.size() ? &value->items[index] : nullptr;
    } else {
      value = value->find(step);
    }
    start = end;
  }
  return value;
}

bool says_something(const yaml::Value& value) {
  switch (value.shape) {
    case yaml::Shape::null:
      return false;
    case yaml::Shape::scalar:
      return value.text.find_first_not_of(" \t\n") != std::string::npos;
    case yaml::Shape::list:
      return !value.items.empty();
    case yaml::Shape::map:
      return !value.entries.empty();
  }
  return false;
}

Result<ProbeOutcome> run(const nlohmann::json& written, const Root& root) {
  ProbeSettings settings(written, "field");
  const auto places = settings.texts("in");
  const auto pointers = settings.texts("at");
  const auto equals = settings.texts("equals");
  const std::string matches = settings.text("matches");
  if (places.empty() || pointers.empty())
    settings.wrong("the probe `field` needs `in` and `at`",
                   "write `field: {in: [model.json], at: /license}`");
  for (const auto& each : pointers) {
    if (!each.starts_with("/"))
      settings.wrong("`at` of the probe `field` is a pointer that starts with `/`",
                     "write /license");
  }
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 pattern(matches, options);
  if (!pattern.ok())
    settings.wrong("`matches` of the probe `field` is no RE2 expression: " + pattern.error());
  if (has_errors(settings.problems())) return settings.problems();
  ProbeOutcome outcome;
  outcome.looked_for =
      sought({"field", "항목", "字段"}, listed(pointers), {listed(places), "", ""});
  const auto files =
      each_text(root, places, outcome, [&](const std::string& path, std::string text) {
        const auto tree = tree_of(path, std::move(text));
        if (!tree) {
          outcome.skipped.push_back({path, "not-well-formed"});
          return;
        }
        for (const auto& pointer : pointers) {
          const yaml::Value* value = at_pointer(tree->root, pointer);
          if (value == nullptr || !says_something(*value)) continue;
          const Sighting here{{path, value->line, value->column}, excerpt(value->text, 0)};
          const bool right = (equals.empty() || std::find(equals.begin(), equals.end(),
                                                          value->text) != equals.end()) &&
                             (matches.empty() || RE2::PartialMatch(value->text, pattern));
          if (right) {
            outcome.state = PieceState::shown;
            outcome.seen.insert(outcome.seen.begin(), here);
          } else if (outcome.state != PieceState::shown) {
            outcome.state = PieceState::failed;
            outcome.note = {pointer + " is `" + here.text + "`", pointer + ": `" + here.text + "`",
                            pointer + "：`" + here.text + "`"};
            outcome.seen.push_back(here);
          }
        }
      });
  if (outcome.state == PieceState::shown) {
    outcome.note = {};
  } else if (outcome.state == PieceState::unchecked) {
    outcome.state = PieceState::absent;
    outcome.note =
        files == 0 ? no_such_file() : Texts{"no such field", "해당 항목 없음", "没有此字段"};
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_field() {
  return {"field", "A field of a structured file exists, equals a text or matches a pattern.",
          pandect::plugins::run, "in"};
}
