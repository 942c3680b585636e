// What a source text imports, line by line.
#include "plugins/scan/languages.h"

#include <algorithm>
#include <cctype>

namespace pandect::scan {
namespace {

bool is_blank(char sign) { return sign == ' ' || sign == '\t' || sign == '\r'; }
bool is_name(char sign) {
  return std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == '_' ||
         static_cast<unsigned char>(sign) >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// The leading part of a text that consists of names and of these signs.
std::string_view name_at(std::string_view text, std::string_view signs) {
  std::size_t end = 0;
  while (end < text.size() &&
         (is_name(text[end]) || signs.find(text[end]) != std::string_view::npos))
    ++end;
  return text.substr(0, end);
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// The text between quotes at the beginning.
std::string_view quoted(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || (text[0] != '"' && text[0] != '\'' && text[0] != '`')) return {};
  const std::size_t end = text.find(text[0], 1);
  return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
}

class Lines {
 public:
  Lines(std::string_view text, std::string_view language, std::vector<Import>& out)
      : text_(text), language_(language), out_(out) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      at_ = at;
      const std::string_view line = trimmed(text_.substr(at, end - at));
      if (!line.empty()) each(line);
      at = end + 1;
    }
  }

 private:
  void add(std::string_view module) {
    if (module.empty() || module.size() > 300) return;
    out_.push_back({std::string(module), at_});
  }

  void each(std::string_view line) {
    if (language_ == "python") return python(line);
    if (language_ == "javascript") return javascript(line);
    if (language_ == "go") return go(line);
    if (language_ == "ruby") return ruby(line);
    if (language_ == "c") return include(line);
    if (language_ == "dart") {
      if (take(line, "import ")) add(quoted(line));
    } else if (language_ == "r") {
      if (take(line, "library(") || take(line, "require(")) {
        const auto name = quoted(line);
        add(name.empty() ? name_at(line, ".") : name);
      }
    } else if (language_ == "rust") {
      take(line, "pub ");
      if (take(line, "use ") || take(line, "extern crate ")) add(name_at(line, ":"));
    } else if (language_ == "php") {
      if (take(line, "use ")) add(name_at(line, "\\"));
    } else if (language_ == "csharp") {
      take(line, "global ");
      if (take(line, "using ")) {
        take(line, "static ");
        add(name_at(line, "."));
      }
    } else if (language_ == "java" || language_ == "kotlin" || language_ == "scala" ||
               language_ == "swift") {
      if (take(line, "import ")) {
        take(line, "static ");
        add(name_at(line, "."));
      }
    }
  }

  void python(std::string_view line) {
    if (take(line, "from ")) {
      const std::string_view base = name_at(trimmed(line), ".");
      if (base.empty() || base.front() == '.') return;
      add(base);
      line = trimmed(line).substr(base.size());
      line = trimmed(line);
      if (!take(line, "import")) return;
      names(line, std::string(base) + ".");
    } else if (take(line, "import ")) {
      names(line, "");
    } else {
      call(line, "__import__(", "import_module(");
    }
  }

  // a, b as c, (d
  void names(std::string_view list, const std::string& prefix) {
    std::size_t start = 0;
    while (start <= list.size()) {
      const std::size_t comma = std::min(list.find(',', start), list.size());
      std::string_view one = trimmed(list.substr(start, comma - start));
      if (!one.empty() && one.front() == '(') one = trimmed(one.substr(1));
      const std::string_view name = name_at(one, ".");
      if (!name.empty()) add(prefix + std::string(name));
      start = comma + 1;
    }
  }

  void call(std::string_view line, std::string_view first, std::string_view second) {
    for (const auto word : {first, second}) {
      const std::size_t found = line.find(word);
      if (found != std::string_view::npos) add(quoted(line.substr(found + word.size())));
    }
  }

  void javascript(std::string_view line) {
    call(line, "require(", "import(");
    const bool begins = line.starts_with("import ") || line.starts_with("export ") ||
                        line.starts_with("}") || line.starts_with("import\"");
    if (!begins) return;
    const std::size_t from = line.rfind("from ");
    if (from != std::string_view::npos)
      add(quoted(line.substr(from + 5)));
    else if (take(line, "import "))
      add(quoted(line));
  }

  void go(std::string_view line) {
    if (take(line, "import ")) {
      line = trimmed(line);
      if (line.starts_with("(")) {
        block_ = true;
        return;
      }
      add(after_alias(line));
    } else if (block_) {
      if (line.starts_with(")"))
        block_ = false;
      else
        add(after_alias(line));
    }
  }

  static std::string_view after_alias(std::string_view line) {
    const std::size_t quote = line.find('"');
    return quote == std::string_view::npos ? std::string_view{} : quoted(line.substr(quote));
  }

  void ruby(std::string_view line) {
    if (take(line, "require_relative")) return;
    if (take(line, "require")) {
      take(line, "(");
      add(quoted(line));
    }
  }

  void include(std::string_view line) {
    if (!take(line, "#")) return;
    line = trimmed(line);
    if (!take(line, "include") && !take(line, "import")) return;
    line = trimmed(line);
    if (line.empty() || (line[0] != '<' && line[0] != '"')) return;
    const std::size_t end = line.find(line[0] == '<' ? '>' : '"', 1);
    if (end != std::string_view::npos) add(line.substr(1, end - 1));
  }

  std::string_view text_, language_;
  std::vector<Import>& out_;
  std::size_t at_ = 0;
  bool block_ = false;
};

}  // namespace

std::vector<Import> imports_of(std::string_view text, std::string_view language) {
  std::vector<Import> found;
  if (language != "config" && language != "prompt" && language != "shell")
    Lines(text, language, found).run();
  return found;
}

}  // namespace pandect::scan
