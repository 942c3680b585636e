// Declarations that are read line by line: programs and simple formats. Nothing is executed.
#include "plugins/scan/manifests.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace pandect::scan::forms {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& sign : out) sign = static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_name(char sign) {
  return std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == '-' || sign == '_' ||
         sign == '.';
}

std::string_view name_at(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_name(text[end])) ++end;
  return text.substr(0, end);
}

std::string_view quoted_from(std::string_view text, std::size_t from) {
  const std::size_t start = text.find_first_of("'\"", from);
  if (start == std::string_view::npos) return {};
  const std::size_t end = text.find(text[start], start + 1);
  return end == std::string_view::npos ? std::string_view{}
                                       : text.substr(start + 1, end - start - 1);
}

void each_line(std::string_view text, const std::function<void(std::string_view, int)>& what) {
  std::size_t at = 0;
  int number = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    what(text.substr(at, end - at), ++number);
    at = end + 1;
  }
}

void add(Declared& out, const char* ecosystem, std::string name, int line, bool development) {
  if (!name.empty() && name.size() < 200)
    out.list.push_back({ecosystem, std::move(name), line, development});
}

// Where the list of a name that "requires" begins: `install_requires=[`; npos if none does.
std::size_t list_begins(std::string_view line) {
  std::size_t at = line.find("requir");
  if (at == std::string_view::npos) return at;
  while (at < line.size() && is_name(line[at])) ++at;
  bool set = false;
  for (; at < line.size(); ++at) {
    if (line[at] == '[') return set ? at : std::string_view::npos;
    if (line[at] == '=') set = true;
    if (line[at] != '=' && line[at] != ' ') return std::string_view::npos;
  }
  return std::string_view::npos;
}

// install_requires = [...] in setup.py, whatever the list is called as long as it "requires".
Declared setup_py(std::string_view text) {
  Declared out;
  bool inside = false, development = false;
  each_line(text, [&](std::string_view line, int number) {
    const std::size_t hash = line.find('#');
    line = line.substr(0, hash);
    std::size_t from = 0;
    if (!inside) {
      from = list_begins(line);
      if (from == std::string_view::npos) return;
      inside = true;
      const auto name = trimmed(line.substr(0, from));
      development =
          name.find("test") != std::string_view::npos || name.find("dev") != std::string_view::npos;
    }
    while (true) {
      const auto item = quoted_from(line, from);
      const std::size_t close = line.find(']', from);
      if (item.data() == nullptr ||
          (close != std::string_view::npos && line.data() + close < item.data())) {
        if (close != std::string_view::npos) inside = false;
        return;
      }
      add(out, "python", python_name(name_at(trimmed(item))), number, development);
      from = static_cast<std::size_t>(item.data() - line.data()) + item.size() + 1;
    }
  });
  return out;
}

Declared setup_cfg(std::string_view text) {
  Declared out;
  bool options = false, extras = false, inside = false, development = false;
  each_line(text, [&](std::string_view line, int number) {
    const auto body = trimmed(line);
    if (body.empty() || body[0] == '#' || body[0] == ';') return;
    const bool indented = line[0] == ' ' || line[0] == '\t';
    if (body[0] == '[') {
      options = body == "[options]";
      extras = body == "[options.extras_require]";
      inside = false;
      return;
    }
    if (!indented) {
      const std::size_t equals = body.find('=');
      const auto key = trimmed(body.substr(0, equals));
      inside = (options && (key == "install_requires" || key == "tests_require")) || extras;
      development = key.find("test") != std::string_view::npos ||
                    key.find("dev") != std::string_view::npos ||
                    key.find("doc") != std::string_view::npos;
      if (inside && equals != std::string_view::npos)
        add(out, "python", python_name(name_at(trimmed(body.substr(equals + 1)))), number,
            development);
    } else if (inside) {
      add(out, "python", python_name(name_at(body)), number, development);
    }
  });
  return out;
}

Declared environment(std::string_view text) {
  Declared out;
  bool inside = false;
  each_line(text, [&](std::string_view line, int number) {
    auto body = trimmed(line.substr(0, line.find(" #")));
    if (body.empty() || body[0] == '#') return;
    const bool indented = line[0] == ' ' || line[0] == '\t' || body[0] == '-';
    if (!indented) {
      inside = body.starts_with("dependencies:");
    } else if (inside && body[0] == '-') {
      body = trimmed(body.substr(1));
      if (const std::size_t channel = body.find("::"); channel != std::string_view::npos)
        body.remove_prefix(channel + 2);
      if (body != "pip:") add(out, "python", python_name(name_at(body)), number, false);
    }
  });
  return out;
}

Declared gradle(std::string_view text) {
  Declared out;
  each_line(text, [&](std::string_view line, int number) {
    const auto body = trimmed(line);
    if (body.starts_with("//")) return;
    for (const auto word : {"implementation", "api", "compile", "compileOnly", "runtimeOnly",
                            "testImplementation", "androidTestImplementation", "kapt", "ksp"}) {
      const std::string_view name = word;
      if (!body.starts_with(name) || body.size() <= name.size() ||
          std::isalnum(static_cast<unsigned char>(body[name.size()])) != 0)
        continue;
      const auto item = quoted_from(body, name.size());
      const std::size_t first = item.find(':');
      if (first == std::string_view::npos) return;
      const std::size_t second = std::min(item.find(':', first + 1), item.size());
      add(out, "maven", lower(item.substr(0, second)), number,
          lower(name).find("test") != std::string::npos);
      return;
    }
  });
  return out;
}

Declared go_mod(std::string_view text) {
  Declared out;
  bool block = false;
  each_line(text, [&](std::string_view line, int number) {
    auto body = trimmed(line);
    if (body.starts_with("require (")) {
      block = true;
      return;
    }
    if (block && body.starts_with(")")) block = false;
    const bool single = body.starts_with("require ");
    if ((!block && !single) || body.find("// indirect") != std::string_view::npos) return;
    if (single) body = trimmed(body.substr(8));
    add(out, "go", lower(body.substr(0, body.find_first_of(" \t"))), number, false);
  });
  return out;
}

Declared gemfile(std::string_view text) {
  Declared out;
  bool group = false;
  each_line(text, [&](std::string_view line, int number) {
    const auto body = trimmed(line);
    if (body.starts_with("group "))
      group = body.find(":dev") != std::string_view::npos ||
              body.find(":test") != std::string_view::npos;
    if (body == "end") group = false;
    if (body.starts_with("gem ") || body.starts_with("gem(")) {
      add(out, "gem", lower(quoted_from(body, 3)), number, group);
    } else if (const std::size_t at = body.find(".add_"); at != std::string_view::npos) {
      const bool development = body.find("add_development") != std::string_view::npos;
      add(out, "gem", lower(quoted_from(body, at)), number, development);
    }
  });
  return out;
}

Declared conan(std::string_view text) {
  Declared out;
  bool inside = false;
  each_line(text, [&](std::string_view line, int number) {
    const auto body = trimmed(line);
    if (body.empty() || body[0] == '#') return;
    if (body[0] == '[') {
      inside = body == "[requires]";
    } else if (inside) {
      add(out, "cpp", lower(body.substr(0, body.find('/'))), number, false);
    } else if (const std::size_t at = body.find("requires"); at != std::string_view::npos) {
      const auto item = quoted_from(body, at);
      if (item.find('/') != std::string_view::npos)
        add(out, "cpp", lower(item.substr(0, item.find('/'))), number,
            body.find("test_requires") != std::string_view::npos);
    }
  });
  return out;
}

Declared cmake(std::string_view text) {
  Declared out;
  each_line(text, [&](std::string_view line, int number) {
    const auto body = trimmed(line);
    for (const auto word : {"find_package", "find_library", "fetchcontent_declare"}) {
      const std::string_view name = word;
      if (lower(body.substr(0, name.size())) != name) continue;
      const std::size_t open = body.find('(');
      if (open != std::string_view::npos)
        add(out, "cpp", lower(name_at(trimmed(body.substr(open + 1)))), number, false);
    }
  });
  return out;
}

}  // namespace

Declared requirements(std::string_view path, std::string_view text) {
  Declared out;
  const std::size_t slash = path.rfind('/');
  const std::string base = lower(slash == std::string_view::npos ? path : path.substr(slash + 1));
  bool development = false;
  for (const auto word : {"dev", "test", "lint", "docs", "bench"})
    development = development || base.find(word) != std::string::npos;
  each_line(text, [&](std::string_view line, int number) {
    auto body = trimmed(line);
    if (body.empty() || body[0] == '#' || body[0] == '-') {
      // -e git+https://...#egg=name
      const std::size_t egg = body.find("#egg=");
      if (body.starts_with("-e") && egg != std::string_view::npos)
        add(out, "python", python_name(name_at(body.substr(egg + 5))), number, development);
      return;
    }
    // A bare address names no package, except by #egg= or as the name of a repository.
    if (body.find("://") != std::string_view::npos && body.find(" @ ") == std::string_view::npos) {
      const std::size_t egg = body.find("#egg=");
      const std::size_t last = body.rfind('/');
      const auto name =
          egg != std::string_view::npos ? body.substr(egg + 5) : body.substr(last + 1);
      auto stem = name_at(name);
      if (stem.ends_with(".git")) stem.remove_suffix(4);
      add(out, "python", python_name(stem), number, development);
      return;
    }
    add(out, "python", python_name(name_at(body)), number, development);
  });
  return out;
}

Declared lines(ManifestKind kind, std::string_view text) {
  switch (kind) {
    case ManifestKind::setup_py:
      return setup_py(text);
    case ManifestKind::setup_cfg:
      return setup_cfg(text);
    case ManifestKind::environment:
      return environment(text);
    case ManifestKind::gradle:
      return gradle(text);
    case ManifestKind::go_mod:
      return go_mod(text);
    case ManifestKind::gemfile:
      return gemfile(text);
    case ManifestKind::conan:
      return conan(text);
    case ManifestKind::cmake:
      return cmake(text);
    default:
      return {};
  }
}

}  // namespace pandect::scan::forms
