#include "plugins/scan/scan.h"

#include "base/names.h"
#include "plugins/scan/ignore.h"
#include "plugins/scan/languages.h"
#include "plugins/scan/manifests.h"
#include "plugins/scan/proposals.h"
#include "plugins/scan/walk.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <tuple>

namespace pandect::scan {
namespace {

constexpr std::size_t kQuote = 200;
constexpr std::size_t kHead = 8192;
constexpr std::size_t kNotebook = 32u << 20;

// Places of offsets in one text; lines are counted once, forwards.
class Places {
 public:
  Places(std::string_view path, std::string_view text) : path_(path), text_(text) {}

  Location at(std::size_t offset) {
    if (offset < seen_) {
      seen_ = 0;
      line_ = 1;
    }
    const auto from = text_.begin() + static_cast<std::ptrdiff_t>(seen_);
    const auto to = text_.begin() + static_cast<std::ptrdiff_t>(offset);
    line_ += static_cast<int>(std::count(from, to, '\n'));
    seen_ = offset;
    return {std::string(path_), line_, static_cast<int>(offset - line_start(offset)) + 1};
  }

  std::string quote(std::size_t offset) const {
    std::size_t start = line_start(offset);
    std::size_t end = std::min(text_.find('\n', offset), text_.size());
    if (end > offset && text_[end - 1] == '\r') --end;
    while (start < end && (text_[start] == ' ' || text_[start] == '\t')) ++start;
    if (offset - std::min(start, offset) > kQuote / 2) start = offset;  // a very long line
    return std::string(text_.substr(start, std::min(end - start, kQuote)));
  }

 private:
  std::size_t line_start(std::size_t offset) const {
    if (offset == 0) return 0;
    const std::size_t before = text_.rfind('\n', offset - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }

  std::string_view path_, text_;
  std::size_t seen_ = 0;
  int line_ = 1;
};

std::string line_of(std::string_view text, int line) {
  std::size_t at = 0;
  for (int each = 1; each < line && at < text.size(); ++each)
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return Places({}, text).quote(std::min(at, text.size()));
}

void from_dependencies(const Matcher& matcher, std::string_view path, std::string_view text,
                       std::vector<Sign>& out, bool& understood) {
  const Declared declared = dependencies_of(path, text);
  understood = declared.understood;
  for (const auto& each : declared.list) {
    for (const auto signal : matcher.dependency(each.ecosystem, each.name)) {
      Sign sign{signal, Channel::dependency, {std::string(path), each.line, 0}, {}, each.name};
      sign.quote = line_of(text, each.line);
      sign.development = each.development;
      out.push_back(std::move(sign));
    }
  }
}

void from_code(const Matcher& matcher, std::string_view path, std::string_view text,
               std::string_view language, std::vector<Sign>& out) {
  Places places(path, text);
  std::string code;
  for (const auto& each : imports_of(text, language)) {
    for (const auto signal : matcher.import(language, each.module)) {
      if (code.empty()) code = without_comments(text, language);
      const std::size_t end = std::min(text.find('\n', each.offset), text.size());
      const auto line = std::string_view(code).substr(each.offset, end - each.offset);
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;  // a comment
      out.push_back({signal, Channel::import, places.at(each.offset), places.quote(each.offset),
                     each.module});
    }
  }
  for (const auto& match : matcher.code(text, language))
    out.push_back(
        {match.signal, Channel::code, places.at(match.offset), places.quote(match.offset), {}});
}

// One sign of a signal and channel in a file is enough: the first.
void tidy(std::vector<Sign>& signs, bool aside) {
  for (auto& each : signs) each.aside = aside;
  std::stable_sort(signs.begin(), signs.end(), [](const Sign& a, const Sign& b) {
    return std::tie(a.signal, a.channel, a.development) <
           std::tie(b.signal, b.channel, b.development);
  });
  signs.erase(std::unique(signs.begin(), signs.end(),
                          [](const Sign& a, const Sign& b) {
                            return a.signal == b.signal && a.channel == b.channel;
                          }),
              signs.end());
}

struct Outcome {
  std::vector<Sign> signs;
  std::optional<ModelFile> model;
  const char* skipped = nullptr;
  std::uint64_t bytes = 0;
  bool read = false;
};

class Worker {
 public:
  Worker(const Root& root, const Matcher& matcher, const ScanLimits& limits)
      : root_(root), matcher_(matcher), limits_(limits) {}

  Outcome look(const FoundFile& file) const {
    Outcome outcome;
    const auto language = language_of(file.path);
    const bool manifest = manifest_kind(file.path) != ManifestKind::none;
    if (may_be_model(file.path)) {
      outcome.model = read_model(root_, file.path, file.size);
      outcome.read = outcome.model.has_value();
      if (outcome.model) {
        architecture(*outcome.model, outcome.signs);
      } else {
        outcome.skipped = "binary";
      }
      tidy(outcome.signs, is_aside(file.path));
      return outcome;
    }
    const std::size_t limit = is_notebook(file.path) ? kNotebook : limits_.text;
    if (language == "config" && !manifest && file.size > limits_.data) {
      outcome.skipped = "data";
      return outcome;
    }
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(file.size + 1, limit));
    auto text = root_.read_part(file.path, 0, want);
    if (!text) {
      const auto& code = text.errors().front().code;
      outcome.skipped = code == "outside"         ? "link"
                        : code == "special"       ? "special"
                        : root_.exists(file.path) ? "unreadable"
                                                  : "gone";
      return outcome;
    }
    outcome.bytes = text->size();
    outcome.read = true;
    if (file.size > limit) outcome.skipped = "part";
    texts(file.path, *text, language, manifest, outcome);
    tidy(outcome.signs, is_aside(file.path));
    return outcome;
  }

 private:
  void texts(const std::string& path, const std::string& text, std::string_view language,
             bool manifest, Outcome& outcome) const {
    const auto head = std::string_view(text).substr(0, kHead);
    if (head.find('\0') != std::string_view::npos) {
      outcome.skipped = "binary";
      outcome.read = false;
      return;
    }
    if (!manifest && is_generated_text(path, head)) {
      outcome.skipped = "generated";
      outcome.read = false;
      return;
    }
    if (manifest) {
      bool understood = true;
      from_dependencies(matcher_, path, text, outcome.signs, understood);
      if (!understood) outcome.skipped = "not-understood";
    }
    if (language.empty()) return;
    if (is_notebook(path))
      from_code(matcher_, path, notebook_code(text), language, outcome.signs);
    else
      from_code(matcher_, path, text, language, outcome.signs);
  }

  void architecture(const ModelFile& model, std::vector<Sign>& out) const {
    for (const auto& kind : {"format:" + model.format, model.architecture}) {
      for (const auto signal : matcher_.architecture(kind))
        out.push_back({signal, Channel::model_file, {model.path, 0, 0}, {}, kind});
    }
  }

  const Root& root_;
  const Matcher& matcher_;
  const ScanLimits& limits_;
};

std::vector<Outcome> look_at_all(const Worker& worker, const std::vector<FoundFile>& files,
                                 unsigned threads) {
  std::vector<Outcome> outcomes(files.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    constexpr std::size_t kBatch = 32;
    while (true) {
      const std::size_t start = next.fetch_add(kBatch);
      if (start >= files.size()) return;
      for (std::size_t at = start; at < std::min(start + kBatch, files.size()); ++at)
        outcomes[at] = worker.look(files[at]);
    }
  };
  if (threads == 0) threads = std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, files.size() / 64 + 1));
  std::vector<std::thread> others;
  for (unsigned each = 1; each < threads; ++each) others.emplace_back(work);
  work();
  for (auto& each : others) each.join();
  return outcomes;
}

}  // namespace

double Sign::weight() const {
  double weight = 1.0;
  if (development) weight *= 0.4;
  if (aside) weight *= 0.5;
  return weight;
}

std::vector<Sign> signs_in(const Matcher& matcher, std::string_view path, std::string_view text) {
  std::vector<Sign> signs;
  bool understood = true;
  if (manifest_kind(path) != ManifestKind::none)
    from_dependencies(matcher, path, text, signs, understood);
  const auto language = language_of(path);
  const std::string laid_out = is_notebook(path) ? notebook_code(text) : std::string(text);
  if (!language.empty()) from_code(matcher, path, laid_out, language, signs);
  tidy(signs, is_aside(path));
  return signs;
}

ScanResult scan(const Root& root, SignalPack pack, const ScanLimits& limits) {
  ScanResult result;
  result.pack = std::move(pack);
  const Matcher matcher(result.pack);
  Selection selection = select_files(root, limits);
  result.skipped = std::move(selection.skipped);
  auto outcomes = look_at_all({root, matcher, limits}, selection.files, limits.threads);
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    auto& outcome = outcomes[index];
    for (auto& sign : outcome.signs) result.signs.push_back(std::move(sign));
    if (outcome.model) result.models.push_back(std::move(*outcome.model));
    if (outcome.skipped != nullptr)
      result.skipped.push_back({selection.files[index].path, outcome.skipped});
    if (outcome.read) ++result.files;
    result.bytes += outcome.bytes;
  }
  std::stable_sort(result.signs.begin(), result.signs.end(), [](const Sign& a, const Sign& b) {
    return std::tuple(a.signal, -a.weight()) < std::tuple(b.signal, -b.weight());
  });
  std::sort(result.skipped.begin(), result.skipped.end(), [](const Skipped& a, const Skipped& b) {
    return std::tie(a.path, a.reason) < std::tie(b.path, b.reason);
  });
  result.proposals = proposals_of(result);
  return result;
}

}  // namespace pandect::scan
