#include "plugins/scan/languages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pandect::scan {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 53> kExtensions{{
    {".py", "python"},
    {".pyw", "python"},
    {".pyi", "python"},
    {".ipynb", "python"},
    {".js", "javascript"},
    {".mjs", "javascript"},
    {".cjs", "javascript"},
    {".jsx", "javascript"},
    {".ts", "javascript"},
    {".mts", "javascript"},
    {".cts", "javascript"},
    {".tsx", "javascript"},
    {".vue", "javascript"},
    {".svelte", "javascript"},
    {".java", "java"},
    {".kt", "kotlin"},
    {".kts", "kotlin"},
    {".scala", "scala"},
    {".cs", "csharp"},
    {".go", "go"},
    {".rs", "rust"},
    {".rb", "ruby"},
    {".rake", "ruby"},
    {".php", "php"},
    {".c", "c"},
    {".cc", "c"},
    {".cpp", "c"},
    {".cxx", "c"},
    {".h", "c"},
    {".hh", "c"},
    {".hpp", "c"},
    {".hxx", "c"},
    {".cu", "c"},
    {".m", "c"},
    {".mm", "c"},
    {".swift", "swift"},
    {".dart", "dart"},
    {".r", "r"},
    {".R", "r"},
    {".sh", "shell"},
    {".bash", "shell"},
    {".yaml", "config"},
    {".yml", "config"},
    {".toml", "config"},
    {".ini", "config"},
    {".cfg", "config"},
    {".env", "config"},
    {".conf", "config"},
    {".properties", "config"},
    {".json", "config"},
    {".prompt", "prompt"},
    {".prompty", "prompt"},
    {".jinja2", "prompt"},
}};

std::string_view base_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Words of a user interface say what the interface says, not what the code does.
bool is_translation(std::string_view path) {
  for (const auto folder :
       {"locales/", "locale/", "i18n/", "messages/", "translations/", "lang/"}) {
    const std::size_t at = path.find(folder);
    if (at != std::string_view::npos && (at == 0 || path[at - 1] == '/') &&
        (path.ends_with(".json") || path.ends_with(".yaml") || path.ends_with(".yml") ||
         path.ends_with(".properties")))
      return true;
  }
  return false;
}

// A text below a folder of prompts, or named so.
bool is_prompt(std::string_view path, std::string_view extension) {
  if (extension != ".txt" && extension != ".md") return false;
  const std::string_view base = base_of(path);
  return path.find("prompts/") != std::string_view::npos ||
         base.find("prompt") != std::string_view::npos;
}

}  // namespace

const std::vector<std::string_view>& languages() {
  static const std::vector<std::string_view> list{
      "python", "javascript", "java",  "kotlin", "scala", "csharp", "go",     "rust",  "ruby",
      "php",    "c",          "swift", "dart",   "r",     "shell",  "config", "prompt"};
  return list;
}

const std::vector<std::string_view>& ecosystems() {
  static const std::vector<std::string_view> list{"python", "npm", "maven",    "go", "cargo",
                                                  "nuget",  "gem", "composer", "cpp"};
  return list;
}

std::string_view language_of(std::string_view path) {
  const std::string_view base = base_of(path);
  const std::size_t dot = base.rfind('.');
  if (base == ".env" || base.starts_with(".env.")) return "config";
  if (base.starts_with("pandect.") || is_translation(path)) return {};
  if (dot == std::string_view::npos) return {};
  const std::string_view extension = base.substr(dot);
  for (const auto& [name, language] : kExtensions) {
    if (name == extension) return language;
  }
  return is_prompt(path, extension) ? "prompt" : std::string_view{};
}

bool is_notebook(std::string_view path) { return path.ends_with(".ipynb"); }

}  // namespace pandect::scan
