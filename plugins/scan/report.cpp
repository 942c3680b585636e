#include "plugins/scan/report.h"

#include "plugins/scan/proposals.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace pandect::scan {
namespace {

class TextReport {
 public:
  TextReport(const ScanResult& result, const Program& program, const ReportOptions& options)
      : result_(result), program_(program), options_(options) {}

  std::string run(std::string_view root) {
    out_ = word("title") + " " + shown(root, 400) + "\n";
    if (result_.signs.empty() && result_.models.empty()) {
      out_ += "\n" + word("none") + "\n";
    } else {
      out_ += word("caution") + "\n";
      for (const auto& family : result_.pack.families) section(family);
      models();
      questions();
    }
    skipped();
    if (!result_.signs.empty()) out_ += word("next") + "\n";
    return std::move(out_);
  }

 private:
  std::string word(std::string_view key) const { return result_.pack.word(key, options_.lang); }

  void section(const Family& family) {
    // Signs come sorted by signal, the strongest first.
    std::map<std::uint32_t, std::vector<const Sign*>> by_signal;
    bool strong = false;
    for (const auto& sign : result_.signs) {
      if (result_.pack.signals[sign.signal].family != family.id) continue;
      by_signal[sign.signal].push_back(&sign);
      strong = strong || (!sign.aside && !sign.development);
    }
    if (by_signal.empty()) return;
    const std::string& title = in_language(family.title, options_.lang);
    out_ += "\n" + title + "\n" + std::string(std::min<std::size_t>(title.size(), 78), '-') + "\n";
    if (!strong) out_ += "  (" + word("seen_in") + ")\n";
    for (const auto& [signal, signs] : by_signal) one(result_.pack.signals[signal], signs);
    if (!family.note.empty())
      out_ += "  " + word("mind") + ": " + in_language(family.note, options_.lang) + "\n";
    proposals(family);
  }

  void one(const Signal& signal, const std::vector<const Sign*>& signs) {
    out_ += "  " + in_language(signal.shows, options_.lang) + "\n";
    const std::size_t most = options_.all ? signs.size() : std::min<std::size_t>(signs.size(), 3);
    for (std::size_t index = 0; index < most; ++index) {
      const Sign& sign = *signs[index];
      out_ += "    " + place(sign.where);
      if (sign.development) out_ += " [" + word("development") + "]";
      if (sign.aside) out_ += " [" + word("aside") + "]";
      out_ += "  " + shown(sign.quote.empty() ? sign.name : sign.quote, 100) + "\n";
    }
    if (signs.size() > most)
      out_ += "    + " + std::to_string(signs.size() - most) + " " + word("more") + "\n";
    if (options_.all && !signal.precision.empty())
      out_ += "    " + word("mind") + ": " + signal.precision + "\n";
  }

  // What the signs of this family are the best evidence for.
  void proposals(const Family& family) {
    std::string line;
    for (const auto& each : result_.proposals) {
      const auto signal = std::find_if(result_.pack.signals.begin(), result_.pack.signals.end(),
                                       [&](const Signal& one) { return one.id == each.sign; });
      if (signal == result_.pack.signals.end() || signal->family != family.id) continue;
      line += (line.empty() ? "" : ", ") + each.fact + (each.is_set ? " has " : " = ") +
              each.values.front() + " (" +
              std::to_string(static_cast<int>(std::lround(each.confidence * 100))) + " %)";
    }
    if (!line.empty()) out_ += "  " + word("proposes") + ": " + line + "\n";
  }

  void models() {
    if (result_.models.empty()) return;
    out_ += "\n" + word("models") + "\n";
    std::size_t count = 0;
    for (const auto& each : result_.models) {
      if (++count > 20 && !options_.all) break;
      out_ += "  " + shown(each.path, 400) + "  " + each.format;
      if (!each.architecture.empty()) out_ += " " + shown(each.architecture, 60);
      if (each.parameters) out_ += ", " + short_count(*each.parameters) + " " + word("parameters");
      if (!each.note.empty()) out_ += " (" + shown(each.note) + ")";
      out_ += "\n";
    }
    if (!options_.all && result_.models.size() > 20)
      out_ += "  + " + std::to_string(result_.models.size() - 20) + " " + word("more") + "\n";
  }

  void questions() {
    const auto facts = questions_of(result_, program_);
    if (facts.empty()) return;
    out_ += "\n" + word("questions") + "\n";
    for (const auto& id : facts) {
      const Fact& fact = program_.facts[program_.find_fact(id)];
      const Text text = options_.lang == "ko"   ? fact.question.ko
                        : options_.lang == "zh" ? fact.question.zh
                                                : fact.question.en;
      out_ += "  - " + std::string(program_.text(text.size > 0 ? text : fact.question.en)) + "  " +
              id + "\n";
    }
  }

  void skipped() {
    out_ += "\n" + std::to_string(result_.files) + " " + word("read");
    std::map<std::string, std::size_t> counts;
    for (const auto& each : result_.skipped) ++counts[each.reason];
    std::string list;
    for (const auto& [reason, count] : counts)
      list += (list.empty() ? "" : ", ") + std::to_string(count) + " " + word("skip_" + reason);
    if (!list.empty()) out_ += "; " + word("skipped") + ": " + list;
    out_ += "\n";
    if (!options_.all) return;
    for (const auto& each : result_.skipped)
      out_ += "  " + word("skip_" + each.reason) + ": " + shown(each.path, 400) + "\n";
  }

  const ScanResult& result_;
  const Program& program_;
  const ReportOptions& options_;
  std::string out_;
};

}  // namespace

std::vector<std::string> questions_of(const ScanResult& result, const Program& program) {
  std::set<std::string> families;
  for (const auto& sign : result.signs) families.insert(result.pack.signals[sign.signal].family);
  std::vector<std::pair<std::uint32_t, std::string>> facts;
  for (const auto& family : result.pack.families) {
    if (families.count(family.id) == 0) continue;
    for (const auto& id : family.asks) {
      const std::uint32_t index = program.find_fact(id);
      if (index == kNone) continue;
      const bool there = std::any_of(facts.begin(), facts.end(),
                                     [&](const auto& each) { return each.second == id; });
      if (!there) facts.emplace_back(program.facts[index].screening, id);
    }
  }
  std::stable_sort(facts.begin(), facts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> ids;
  for (auto& [order, id] : facts) ids.push_back(std::move(id));
  return ids;
}

std::string short_count(std::uint64_t count) {
  const char* unit = "";
  double value = static_cast<double>(count);
  for (const char* next : {"K", "M", "B", "T"}) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  const auto tenths = static_cast<std::uint64_t>(std::llround(value * 10));
  std::string text = std::to_string(tenths / 10);
  if (*unit != '\0' && tenths < 1000 && tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return *unit != '\0' ? text + " " + unit : text;
}

std::string text_report(const ScanResult& result, const Program& program, std::string_view root,
                        const ReportOptions& options) {
  return TextReport(result, program, options).run(root);
}

}  // namespace pandect::scan
