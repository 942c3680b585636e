// Declarations in TOML, JSON and XML.
#include "plugins/reading/toml_library.h"
#include "plugins/scan/manifests.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace pandect::scan::forms {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& sign : out) sign = static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
  return out;
}

int line_at(std::string_view text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return static_cast<int>(std::count(text.begin(), end, '\n')) + 1;
}

// The name at the beginning of a requirement: `torch[cuda] >= 2 ; marker`.
std::string_view requirement_name(std::string_view text) {
  std::size_t start = 0;
  while (start < text.size() && text[start] == ' ') ++start;
  std::size_t end = start;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                               text[end] == '-' || text[end] == '_' || text[end] == '.'))
    ++end;
  return text.substr(start, end - start);
}

bool is_development(std::string_view name) {
  const std::string word = lower(name);
  for (const auto each : {"dev", "test", "lint", "doc", "typing", "bench", "style", "build"}) {
    if (word.find(each) != std::string::npos) return true;
  }
  return false;
}

class Toml {
 public:
  explicit Toml(std::vector<Dependency>& list) : list_(list) {}

  void array(const toml::node* node, bool development) {
    if (node == nullptr || !node->is_array()) return;
    for (const auto& each : *node->as_array()) {
      if (const auto* text = each.as_string())
        add("python", python_name(requirement_name(text->get())), each, development);
    }
  }

  void keys(const toml::node* node, std::string_view ecosystem, bool development) {
    if (node == nullptr || !node->is_table()) return;
    for (const auto& [key, value] : *node->as_table()) {
      std::string name(key.str());
      if (ecosystem == "cargo") {
        // name = {package = "real-name"}
        if (const auto* table = value.as_table()) {
          if (const auto* real = table->get("package"); real != nullptr && real->is_string())
            name = real->as_string()->get();
        }
        name = lower(name);
      } else {
        name = python_name(name);
      }
      if (name != "python") add(ecosystem, name, value, development);
    }
  }

 private:
  void add(std::string_view ecosystem, std::string name, const toml::node& at, bool development) {
    if (name.empty()) return;
    list_.push_back({std::string(ecosystem), std::move(name),
                     static_cast<int>(at.source().begin.line), development});
  }

  std::vector<Dependency>& list_;
};

void pyproject(const toml::table& table, Toml& out) {
  if (const auto* project = table["project"].as_table()) {
    out.array(project->get("dependencies"), false);
    if (const auto* extras = (*project)["optional-dependencies"].as_table()) {
      for (const auto& [name, list] : *extras) out.array(&list, is_development(name.str()));
    }
  }
  if (const auto* groups = table["dependency-groups"].as_table()) {
    for (const auto& [name, list] : *groups) out.array(&list, true);
  }
  if (const auto* poetry = table["tool"]["poetry"].as_table()) {
    out.keys(poetry->get("dependencies"), "python", false);
    out.keys(poetry->get("dev-dependencies"), "python", true);
    if (const auto* groups = (*poetry)["group"].as_table()) {
      for (const auto& [name, group] : *groups) {
        if (const auto* one = group.as_table())
          out.keys(one->get("dependencies"), "python", is_development(name.str()));
      }
    }
  }
  out.array(table["tool"]["pdm"]["dependencies"].node(), false);
  out.array(table["tool"]["uv"]["dev-dependencies"].node(), true);
}

void cargo(const toml::table& table, Toml& out) {
  out.keys(table.get("dependencies"), "cargo", false);
  out.keys(table.get("dev-dependencies"), "cargo", true);
  out.keys(table.get("build-dependencies"), "cargo", true);
  out.keys(table["workspace"]["dependencies"].node(), "cargo", false);
  if (const auto* targets = table["target"].as_table()) {
    for (const auto& [name, target] : *targets) {
      if (const auto* one = target.as_table()) out.keys(one->get("dependencies"), "cargo", false);
    }
  }
}

}  // namespace

Declared toml(ManifestKind kind, std::string_view text) {
  Declared declared;
  const ::toml::parse_result parsed = ::toml::parse(text);
  if (!parsed) {
    declared.understood = false;
    return declared;
  }
  const ::toml::table& table = parsed.table();
  Toml out(declared.list);
  if (kind == ManifestKind::cargo) {
    cargo(table, out);
  } else if (kind == ManifestKind::pipfile) {
    out.keys(table.get("packages"), "python", false);
    out.keys(table.get("dev-packages"), "python", true);
  } else {
    pyproject(table, out);
  }
  return declared;
}

Declared json(ManifestKind kind, std::string_view text) {
  Declared declared;
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object()) {
    declared.understood = false;
    return declared;
  }
  const auto take = [&](const char* key, std::string_view ecosystem, bool development) {
    const auto section = document.find(key);
    if (section == document.end()) return;
    // The library keeps no places: the name in quotes, after the section begins.
    const std::size_t from = std::max<std::size_t>(text.find("\"" + std::string(key) + "\""), 0);
    const auto add = [&](const std::string& name) {
      const std::size_t found = text.find("\"" + name + "\"", from == std::string::npos ? 0 : from);
      declared.list.push_back({std::string(ecosystem), lower(name),
                               found == std::string_view::npos ? 0 : line_at(text, found),
                               development});
    };
    if (section->is_object()) {
      for (const auto& [name, version] : section->items()) add(name);
    } else if (section->is_array()) {
      for (const auto& each : *section) {
        if (each.is_string()) add(each.get<std::string>());
        if (each.is_object() && each.value("name", nlohmann::json()).is_string())
          add(each["name"].get<std::string>());
      }
    }
  };
  if (kind == ManifestKind::composer) {
    take("require", "composer", false);
    take("require-dev", "composer", true);
  } else if (kind == ManifestKind::vcpkg) {
    take("dependencies", "cpp", false);
  } else {
    take("dependencies", "npm", false);
    take("optionalDependencies", "npm", false);
    take("peerDependencies", "npm", false);
    take("devDependencies", "npm", true);
  }
  return declared;
}

namespace {

struct XmlWalk : pugi::xml_tree_walker {
  XmlWalk(std::string_view source, std::vector<Dependency>& out) : text(source), list(out) {}
  bool for_each(pugi::xml_node& node) override {
    if (depth() > 200) return false;
    const std::string_view name = node.name();
    if (name == "dependency") {
      const std::string_view above = node.parent().parent().name();
      if (above == "dependencyManagement" || above == "plugin") return true;  // not direct
      const std::string group = node.child("groupId").text().get();
      const std::string artifact = node.child("artifactId").text().get();
      const std::string_view scope = node.child("scope").text().get();
      add(node, "maven", group + ":" + artifact, scope == "test");
    } else if (name == "PackageReference" || name == "PackageVersion") {
      add(node, "nuget", node.attribute("Include").value(),
          std::string_view(node.attribute("PrivateAssets").value()) == "all");
    } else if (name == "package" && node.attribute("id")) {
      add(node, "nuget", node.attribute("id").value(),
          std::string_view(node.attribute("developmentDependency").value()) == "true");
    }
    return true;
  }
  void add(const pugi::xml_node& node, const char* ecosystem, const std::string& name,
           bool development) {
    if (name.empty() || name == ":") return;
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
    list.push_back({ecosystem, lower(name), line_at(text, offset), development});
  }
  std::string_view text;
  std::vector<Dependency>& list;
};

// pugixml walks a tree without recursion but frees it by its depth as well as it likes; deep
// nesting is no declaration of dependencies.
bool too_deep(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != '<') continue;
    depth += text[at + 1] == '/' ? -1 : text[at + 1] == '!' || text[at + 1] == '?' ? 0 : 1;
    const std::size_t end = text.find('>', at);
    if (end != std::string_view::npos && end > 0 && text[end - 1] == '/') --depth;
    if (depth > 500) return true;
  }
  return false;
}

}  // namespace

Declared xml(ManifestKind, std::string_view text) {
  Declared declared;
  pugi::xml_document document;
  if (too_deep(text) ||
      !document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) {
    declared.understood = false;
    return declared;
  }
  XmlWalk walk(text, declared.list);
  document.traverse(walk);
  return declared;
}

}  // namespace pandect::scan::forms
