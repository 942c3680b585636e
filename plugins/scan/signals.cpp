#include "plugins/scan/signals.h"

#include "base/names.h"
#include "packs/folder.h"
#include "plugins/scan/languages.h"

#include <algorithm>
#include <filesystem>

#include <re2/re2.h>

namespace pandect::scan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaximumSignals = 2000;
// A pattern whose program is larger slows every scan.
constexpr int kMaximumProgram = 3000;

class Reader {
 public:
  Reader(SignalPack& pack, Diagnostics& problems) : pack_(pack), problems_(problems) {}

  void file(const yaml::Document& document) {
    Fields fields(document, document.root, "a file of signals", problems_);
    document_ = &document;
    each(fields.take("families"), [&](const yaml::Value& item) { family(item); });
    each(fields.take("signals"), [&](const yaml::Value& item) { signal(item); });
    if (const auto* words = fields.take("words")) {
      for (const auto& entry : words->entries) {
        Fields one(document, entry.value, "a word", problems_);
        pack_.words[entry.key.text] = {one.text("en"), one.text("ko"), one.text("zh")};
      }
    }
  }

  void finish() {
    for (auto& signal : pack_.signals) {
      const Family* family = pack_.family(signal.family);
      if (family == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& each : pack_.families) known.push_back(each.id);
        problems_.push_back({Level::error, "unknown-name", signal.where,
                             "there is no family `" + signal.family + "`",
                             did_you_mean(signal.family, known)});
      } else if (signal.proposes.empty()) {
        signal.proposes = family->proposes;
      }
    }
  }

 private:
  template <typename Do>
  void each(const yaml::Value* list, Do what) {
    if (list == nullptr) return;
    if (list->shape != yaml::Shape::list) {
      problems_.push_back({Level::error, "wrong-shape", yaml::location_of(*document_, *list),
                           "this is a list", "write `- ` before each entry"});
    }
    for (const auto& item : list->items) what(item);
  }

  void family(const yaml::Value& item) {
    Fields fields(*document_, item, "a family", problems_);
    Family family;
    family.id = fields.required_text("family");
    family.title = fields.phrases("title");
    family.note = fields.phrases("note");
    family.asks = fields.texts("asks");
    suggestions(fields.take("proposes"), family.proposes);
    pack_.families.push_back(std::move(family));
  }

  void signal(const yaml::Value& item) {
    Fields fields(*document_, item, "a signal", problems_);
    Signal signal;
    signal.where = fields.location();
    signal.id = fields.required_text("signal");
    signal.family = fields.required_text("family");
    signal.shows = fields.phrases("shows");
    signal.precision = fields.text("precision");
    signal.weight = share(fields, "weight", 1.0);
    names(fields.take("dependencies"), signal.dependencies, ecosystems());
    names(fields.take("imports"), signal.imports, languages());
    each(fields.take("code"), [&](const yaml::Value& code) { pattern(code, signal); });
    signal.model_kinds = fields.texts("model_kinds");
    suggestions(fields.take("proposes"), signal.proposes);
    samples(fields.take("examples"), signal.examples);
    samples(fields.take("near_misses"), signal.near_misses);
    for (const auto& other : pack_.signals) {
      if (other.id == signal.id)
        fields.problem(item, "duplicate-id", "the signal `" + signal.id + "` stands twice");
    }
    if (pack_.signals.size() < kMaximumSignals) pack_.signals.push_back(std::move(signal));
  }

  double share(Fields& fields, std::string_view key, double otherwise) {
    const yaml::Value* value = fields.take(key);
    if (value == nullptr) return otherwise;
    const auto number = Number::parse(value->text);
    if (number && *number > Number(0) && *number <= Number(1)) return number->to_double();
    fields.problem(*value, "wrong-value", "`" + std::string(key) + "` is above 0 and at most 1");
    return otherwise;
  }

  void suggestions(const yaml::Value* list, std::vector<Suggestion>& out) {
    each(list, [&](const yaml::Value& item) {
      Fields fields(*document_, item, "a proposal", problems_);
      Suggestion suggestion;
      suggestion.fact = fields.required_text("fact");
      if (const std::string subject = fields.text("of"); !subject.empty())
        suggestion.subject = subject;
      const std::string member = fields.text("member");
      suggestion.is_set = !member.empty();
      suggestion.value = suggestion.is_set ? member : fields.required_text("value");
      suggestion.confidence = share(fields, "confidence", 0.5);
      out.push_back(std::move(suggestion));
    });
  }

  void names(const yaml::Value* map, std::map<std::string, std::vector<std::string>>& out,
             const std::vector<std::string_view>& known) {
    if (map == nullptr) return;
    for (const auto& entry : map->entries) {
      if (std::find(known.begin(), known.end(), entry.key.text) == known.end()) {
        problems_.push_back({Level::error, "unknown-name", yaml::location_of(*document_, entry.key),
                             "`" + entry.key.text + "` is no language or registry of a scan",
                             did_you_mean(entry.key.text, known)});
      }
      auto& list = out[entry.key.text];
      if (entry.value.shape == yaml::Shape::scalar) list.push_back(entry.value.text);
      for (const auto& item : entry.value.items) list.push_back(item.text);
    }
  }

  void pattern(const yaml::Value& item, Signal& signal) {
    Fields fields(*document_, item, "a code pattern", problems_);
    CodePattern code;
    code.languages = fields.texts("in");
    code.pattern = fields.required_text("pattern");
    if (code.languages.empty()) code.languages = {"any"};
    for (const auto& each : code.languages) {
      const auto& known = languages();
      if (each != "any" && std::find(known.begin(), known.end(), each) == known.end())
        fields.problem(item, "unknown-name", "`" + each + "` is no language of a scan",
                       did_you_mean(each, known));
    }
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 compiled(code.pattern, options);
    if (!compiled.ok()) {
      fields.problem(item, "wrong-pattern", "the pattern is no RE2: " + compiled.error());
    } else if (compiled.ProgramSize() > kMaximumProgram) {
      fields.problem(item, "wrong-pattern", "the pattern is too large; make it narrower");
    }
    signal.code.push_back(std::move(code));
  }

  void samples(const yaml::Value* list, std::vector<Sample>& out) {
    each(list, [&](const yaml::Value& item) {
      Fields fields(*document_, item, "a sample", problems_);
      Sample sample;
      sample.architecture = fields.text("architecture");
      if (sample.architecture.empty()) {
        sample.file = fields.required_text("file");
        sample.text = fields.required_text("text");
      }
      out.push_back(std::move(sample));
    });
  }

  SignalPack& pack_;
  Diagnostics& problems_;
  const yaml::Document* document_ = nullptr;
};

}  // namespace

const std::string& in_language(const Phrases& phrases, std::string_view lang) {
  const std::string& chosen = lang == "ko" ? phrases.ko : lang == "zh" ? phrases.zh : phrases.en;
  return chosen.empty() ? phrases.en : chosen;
}

const Family* SignalPack::family(std::string_view id) const {
  for (const auto& each : families) {
    if (each.id == id) return &each;
  }
  return nullptr;
}

std::string SignalPack::word(std::string_view key, std::string_view lang) const {
  const auto found = words.find(std::string(key));
  return found == words.end() ? std::string(key) : in_language(found->second, lang);
}

Result<SignalPack> read_signal_texts(
    const std::vector<std::pair<std::string, std::string>>& files) {
  SignalPack pack;
  Diagnostics problems;
  Reader reader(pack, problems);
  for (const auto& [name, text] : files) {
    const auto document = yaml::parse(name, text);
    if (document) {
      reader.file(*document);
    } else {
      problems.insert(problems.end(), document.errors().begin(), document.errors().end());
    }
  }
  reader.finish();
  if (has_errors(problems)) return problems;
  return pack;
}

Result<SignalPack> read_signals(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".yaml") paths.push_back(at->path().string());
  }
  if (paths.empty()) {
    return Diagnostic{Level::error,
                      "no-signals",
                      {folder, 0, 0},
                      "there are no signals in this folder",
                      "name the folder of the packs with --rules or PANDECT_RULES"};
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::pair<std::string, std::string>> files;
  Diagnostics problems;
  for (const auto& path : paths) {
    auto text = read_text(path, yaml::kMaximumBytes);
    if (text) {
      files.emplace_back(path, std::move(*text));
    } else {
      problems.insert(problems.end(), text.errors().begin(), text.errors().end());
    }
  }
  if (!problems.empty()) return problems;
  return read_signal_texts(files);
}

}  // namespace pandect::scan
