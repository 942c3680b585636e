#include "manifests.h"

#include "checks/cases.h"

#include <cstdio>
#include <map>
#include <tuple>

namespace same {
namespace {

using namespace pandect;
constexpr std::size_t kTogether = 40;

std::string scalar(const yaml::Value& value) {
  const bool plain = !value.quoted && !value.text.empty() &&
                     value.text.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                         "._+-/ ") == std::string::npos &&
                     value.text.front() != '-' && value.text.front() != ' ' &&
                     value.text.back() != ' ';
  const bool number = !value.quoted && !value.text.empty() &&
                      value.text.find_first_not_of("0123456789._-+eE") == std::string::npos;
  if (plain || number) return value.text;
  std::string quoted = "\"";
  for (const char c : value.text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c == '\n' ? ' ' : c;
  }
  return quoted + "\"";
}

std::string flow(const yaml::Value& value) {
  std::string text;
  switch (value.shape) {
    case yaml::Shape::null:
      return "null";
    case yaml::Shape::scalar:
      return scalar(value);
    case yaml::Shape::list:
      for (const auto& item : value.items) text += (text.empty() ? "" : ", ") + flow(item);
      return "[" + text + "]";
    case yaml::Shape::map:
      for (const auto& [key, item] : value.entries)
        text += (text.empty() ? "" : ", ") + scalar(key) + ": " + flow(item);
      return "{" + text + "}";
  }
  return text;
}

bool is_model(const yaml::Value* models, const std::string& id) {
  for (std::size_t i = 0; models != nullptr && i < models->items.size(); ++i) {
    const auto* name = models->items[i].find("id");
    if (name != nullptr && name->text == id) return true;
  }
  return false;
}

class CaseWriter {
 public:
  CaseWriter(const Program& program, const CaseDraft& draft) : program_(program), draft_(draft) {}

  std::string organisation, rates, models, system;

  void write() {
    const auto& value = draft_.value;
    std::string facts;
    if (const auto* stated = value.find("facts")) {
      for (const auto& [key, answer] : stated->entries) {
        const std::uint32_t fact = program_.find_fact(key.text);
        const bool of_system =
            fact == kNone || (program_.facts[fact].scopes & (kSystem | kDeployment)) != 0;
        std::string& list = of_system ? facts : organisation;
        list += (list.empty() ? "" : ", ") + scalar(key) + ": " + flow(answer);
      }
    }
    if (const auto* stated = value.find("rates")) rates = flow(*stated);
    system = "  - id: " + draft_.id + "\n    facts: {" + facts + "}\n";
    const auto* list = value.find("models");
    write_models(list);
    for (const char* key : {"models_complete", "closed_world", "deployments"}) {
      if (const auto* stated = value.find(key))
        system += "    " + std::string(key) + ": " + flow(*stated) + "\n";
    }
    if (const auto* stated = value.find("determinations")) determinations(*stated, list);
  }

 private:
  // Models stand at the top of a manifest, so their ids carry that of the case.
  std::string model_id(const std::string& id) const { return draft_.id + "." + id; }

  void write_models(const yaml::Value* list) {
    if (list == nullptr) return;
    std::string ids;
    for (const auto& item : list->items) {
      const auto *id = item.find("id"), *facts = item.find("facts");
      if (id == nullptr) continue;
      ids += (ids.empty() ? "" : ", ") + model_id(id->text);
      models += "  - {id: " + model_id(id->text) +
                (facts != nullptr ? ", facts: " + flow(*facts) : std::string()) + "}\n";
    }
    system += "    models: [" + ids + "]\n";
  }

  void determinations(const yaml::Value& stated, const yaml::Value* list) {
    system += "    determinations:\n";
    for (const auto& [key, value] : stated.entries) {
      const std::size_t at = key.text.find('@');
      std::string name = key.text;
      if (at != std::string::npos && is_model(list, key.text.substr(at + 1)))
        name = key.text.substr(0, at + 1) + model_id(key.text.substr(at + 1));
      system += "      \"" + name + "\": " + flow(value) + "\n";
    }
  }

  const Program& program_;
  const CaseDraft& draft_;
};

struct Group {
  std::string models, systems;
  std::size_t cases = 0;
};

}  // namespace

std::vector<ManifestText> manifests_of(const Program& program, const PackDraft& pack,
                                       std::size_t every) {
  using Key = std::tuple<std::string, std::string, std::string>;  // day, organisation, rates
  std::vector<ManifestText> out;
  std::map<Key, Group> groups;
  const auto close = [&](const Key& key, Group& group) {
    const auto& [day, organisation, rates] = key;
    std::string text = "pandect: 1\norganisation: {id: o, facts: {" + organisation + "}}\n";
    if (!rates.empty()) text += "rates: " + rates + "\n";
    if (!group.models.empty()) text += "models:\n" + group.models;
    out.push_back({text + "systems:\n" + group.systems, day, group.cases});
    group = {};
  };
  std::size_t number = 0;
  for (const auto& draft : pack.cases) {
    if (number++ % every != 0) continue;
    Diagnostics problems;
    const Case test = read_case(program, draft, pack.state_of_law, problems);
    if (has_errors(problems)) {
      std::fprintf(stderr, "%s\n", to_string(problems.front()).c_str());
      continue;
    }
    CaseWriter writer(program, draft);
    writer.write();
    const Key key{to_string(test.as_of), writer.organisation, writer.rates};
    Group& group = groups[key];
    group.models += writer.models;
    group.systems += writer.system;
    if (++group.cases == kTogether) close(key, group);
  }
  for (auto& [key, group] : groups) {
    if (group.cases > 0) close(key, group);
  }
  return out;
}

}  // namespace same
