#include "plugins/scan/matcher.h"

#include "plugins/scan/languages.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <mutex>
#include <unordered_map>

#include <re2/re2.h>
#include <re2/set.h>

namespace pandect::scan {
namespace {

constexpr std::int64_t kSetMemory = 64 << 20;

RE2::Options options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kSetMemory);
  return options;
}

struct Names {
  std::unordered_map<std::string, std::vector<std::uint32_t>> exact;
  std::vector<std::pair<std::string, std::uint32_t>> prefixes;

  void add(const std::string& name, std::uint32_t signal) {
    if (name.ends_with('*'))
      prefixes.emplace_back(name.substr(0, name.size() - 1), signal);
    else
      exact[name].push_back(signal);
  }

  void find(std::string_view name, std::vector<std::uint32_t>& out) const {
    if (const auto found = exact.find(std::string(name)); found != exact.end())
      out.insert(out.end(), found->second.begin(), found->second.end());
  }

  // The name, and what stands above it by these signs.
  std::vector<std::uint32_t> upwards(std::string_view name, std::string_view signs) const {
    std::vector<std::uint32_t> out;
    for (const auto& [prefix, signal] : prefixes) {
      if (name.starts_with(prefix)) out.push_back(signal);
    }
    while (!name.empty()) {
      find(name, out);
      const std::size_t cut = name.find_last_of(signs);
      if (cut == std::string_view::npos) break;
      name = name.substr(0, cut);
      while (!name.empty() && signs.find(name.back()) != std::string_view::npos)
        name.remove_suffix(1);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
};

// The patterns of one language.
struct Patterns {
  std::vector<std::pair<std::string, std::uint32_t>> list;
  mutable std::once_flag once;
  mutable std::unique_ptr<RE2::Set> set;
  mutable std::vector<std::unique_ptr<RE2>> singles;
  mutable std::unique_ptr<std::once_flag[]> single_once;

  void build() const {
    set = std::make_unique<RE2::Set>(options(), RE2::UNANCHORED);
    for (const auto& [pattern, signal] : list) set->Add(pattern, nullptr);
    if (!set->Compile()) set.reset();
    singles.resize(list.size());
    single_once = std::make_unique<std::once_flag[]>(list.size());
  }

  const RE2& single(std::size_t index) const {
    std::call_once(single_once[index],
                   [&] { singles[index] = std::make_unique<RE2>(list[index].first, options()); });
    return *singles[index];
  }

  std::vector<int> which(std::string_view text) const {
    std::call_once(once, [&] { build(); });
    std::vector<int> hits;
    RE2::Set::ErrorInfo error{};
    if (set &&
        (set->Match({text.data(), text.size()}, &hits, &error) || error.kind == RE2::Set::kNoError))
      return hits;
    // Out of memory for its states: one by one, slower and as right.
    hits.clear();
    for (std::size_t index = 0; index < list.size(); ++index)
      hits.push_back(static_cast<int>(index));
    return hits;
  }
};

std::string_view separators(std::string_view language) {
  if (language == "javascript" || language == "go" || language == "c" || language == "ruby" ||
      language == "dart")
    return "/";
  if (language == "rust") return ":";
  return language == "php" ? "\\" : ".";
}

}  // namespace

struct Matcher::Parts {
  std::map<std::string, Names, std::less<>> dependencies, imports;
  std::map<std::string, Patterns, std::less<>> patterns;
  Names architectures;
};

Matcher::Matcher(const SignalPack& pack) : parts_(std::make_unique<Parts>()) {
  for (std::uint32_t index = 0; index < pack.signals.size(); ++index) {
    const Signal& signal = pack.signals[index];
    for (const auto& [ecosystem, names] : signal.dependencies) {
      for (const auto& name : names) parts_->dependencies[ecosystem].add(name, index);
    }
    for (const auto& [language, modules] : signal.imports) {
      for (const auto& module : modules) parts_->imports[language].add(module, index);
    }
    for (const auto& kind : signal.model_kinds) parts_->architectures.add(kind, index);
    for (const auto& code : signal.code) {
      for (const auto& language : code.languages) {
        if (language != "any") {
          parts_->patterns[language].list.emplace_back(code.pattern, index);
          continue;
        }
        for (const auto each : languages()) {
          if (each != "config" && each != "prompt")
            parts_->patterns[std::string(each)].list.emplace_back(code.pattern, index);
        }
      }
    }
  }
}

Matcher::~Matcher() = default;

std::vector<std::uint32_t> Matcher::dependency(std::string_view ecosystem,
                                               std::string_view name) const {
  const auto names = parts_->dependencies.find(ecosystem);
  if (names == parts_->dependencies.end()) return {};
  const std::string_view signs = ecosystem == "maven"                            ? ":."
                                 : ecosystem == "nuget"                          ? "."
                                 : ecosystem == "python" || ecosystem == "cargo" ? ""
                                                                                 : "/";
  return names->second.upwards(name, signs);
}

std::vector<std::uint32_t> Matcher::import(std::string_view language,
                                           std::string_view module) const {
  const auto names = parts_->imports.find(language);
  if (names == parts_->imports.end()) return {};
  std::string name(module);
  if (language == "go") {  // addresses of repositories, whose case does not count
    for (auto& sign : name)
      sign = static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
  }
  return names->second.upwards(name, separators(language));
}

std::vector<std::uint32_t> Matcher::architecture(std::string_view name) const {
  return parts_->architectures.upwards(name, "/");
}

std::vector<Match> Matcher::code(std::string_view text, std::string_view language) const {
  std::vector<Match> found;
  const auto patterns = parts_->patterns.find(language);
  if (patterns == parts_->patterns.end()) return found;
  std::string code;
  for (const int index : patterns->second.which(text)) {
    if (code.empty()) code = without_comments(text, language);
    const auto position = static_cast<std::size_t>(index);
    re2::StringPiece where;
    if (patterns->second.single(position).Match(code, 0, code.size(), RE2::UNANCHORED, &where, 1))
      found.push_back({patterns->second.list[position].second,
                       static_cast<std::size_t>(where.data() - code.data()), where.size()});
  }
  std::sort(found.begin(), found.end(), [](const Match& a, const Match& b) {
    return a.signal != b.signal ? a.signal < b.signal : a.offset < b.offset;
  });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Match& a, const Match& b) { return a.signal == b.signal; }),
              found.end());
  return found;
}

}  // namespace pandect::scan
