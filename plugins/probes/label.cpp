// probe: {label: {paths: ["samples/*.png"], want: [cn], at_least: 1}}: output files carry the mark
// that a law asks for. Instead of `want`, `accept: [cn-aigc, c2pa, iptc, explicit]` names marks of
// which one is enough. What the marks are and what they must hold stands in rules/label/label.yaml.
#include "base/names.h"
#include "plugins/label/judge.h"
#include "plugins/reading/files.h"
#include "plugins/reading/settings.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostFiles = 1000;
constexpr std::size_t kMostShown = 200;

struct Settings {
  std::vector<std::string> paths, wants, accept;
  std::size_t at_least = 1;
};

// `known_wants` are what label.yaml can be asked for.
Result<Settings> settings_of(const nlohmann::json& given,
                             std::span<const std::string_view> known_wants) {
  static const std::string kRemedy = "write `label: {paths: [samples/*.png], want: [cn]}`";
  static constexpr std::string_view kMarks[] = {"cn-aigc", "c2pa", "iptc", "explicit", "latent"};
  ProbeSettings read(given, "label");
  Settings settings{read.texts("paths"), read.texts("want"), {}, read.count("at_least", 1)};
  const auto accept = read.texts("accept");
  if (settings.paths.empty()) read.wrong("the probe `label` needs `paths`", kRemedy);
  if (settings.wants.empty() == accept.empty())
    read.wrong("the probe `label` needs either `want` or `accept`", kRemedy);
  if (settings.at_least == 0)
    read.wrong("`at_least` of the probe `label` is a number from 1 on", kRemedy);
  for (const auto& each : settings.wants) {
    if (std::find(known_wants.begin(), known_wants.end(), each) == known_wants.end())
      read.wrong("nothing is known as `" + each + "` that can be wanted",
                 did_you_mean(each, known_wants));
  }
  for (const auto& each : accept) {
    if (std::find(std::begin(kMarks), std::end(kMarks), each) == std::end(kMarks))
      read.wrong("no mark is known as `" + each + "`", did_you_mean(each, kMarks));
    settings.accept.push_back(each == "cn-aigc" ? "aigc" : each);
  }
  if (has_errors(read.problems())) return read.problems();
  return settings;
}

std::string list_of(const std::vector<std::string>& items, const char* between) {
  std::string out;
  for (const auto& each : items) out += (out.empty() ? "" : between) + each;
  return out;
}

// Why a file does not do, from its findings; empty if it does.
Texts objection(const label::Contents& contents, const label::Judgement& judgement) {
  if (contents.kind == label::Kind::unknown)
    return {"this kind of file is not known", "알 수 없는 파일 형식", "无法识别的文件类型"};
  bool asked = false;
  for (const auto& want : judgement.wants) asked = asked || want.state != "unchecked";
  for (const auto& finding : judgement.findings) {
    if (finding.severity == "error") return finding.message;
  }
  if (asked) return {};
  return {"this mark is not asked of such a file", "이 표시가 요구되지 않는 파일",
          "此类文件不要求该标识"};
}

Texts too_few(const std::string& good, const std::string& asked) {
  return {"only " + good + " of the " + asked + " files that are asked for",
          "요구되는 파일 " + asked + "개 중 " + good + "개만 있음",
          "要求 " + asked + " 个文件，只有 " + good + " 个"};
}

// Every check of a product that has no sample asks; the rules are read only where there is one.
Result<ProbeOutcome> run(const nlohmann::json& given, const Root& root) {
  auto settings = settings_of(given, label::built_in_wants());
  if (!settings) return settings.errors();
  const std::string accepted = list_of(settings->accept, " or ");
  if (!accepted.empty()) settings->wants = {accepted};
  ProbeOutcome outcome;
  outcome.looked_for = sought({"label", "표시", "标识"}, list_of(settings->wants, ", "),
                              {list_of(settings->paths, ", "), "", ""});
  const auto files = root.glob(settings->paths, kMostFiles);
  if (files.empty()) {
    outcome.state = PieceState::absent;
    return outcome;
  }
  auto rules = label::built_in_rules();
  if (!rules) return rules.errors();
  if (!accepted.empty()) rules->wants[accepted] = {settings->accept, {}, label::same(accepted), {}};
  std::size_t good = 0;
  for (const auto& file : files) {
    const auto source = label::Source::of_file(root, file.path, file.size);
    const label::Contents contents = read_contents(source, file.path);
    const label::Judgement judgement = judge(contents, *rules, settings->wants);
    const Texts why = objection(contents, judgement);
    if (!why.empty()) {
      if (outcome.note.empty()) {
        outcome.note = {file.path, file.path, file.path};
        outcome.note.append(why, {": ", ": ", "："});
      }
      continue;
    }
    ++good;
    std::string by;
    for (const auto& want : judgement.wants)
      by += (by.empty() ? "" : ", ") + list_of(want.by, ", ");
    outcome.seen.push_back({{file.path, 0, 0}, by.substr(0, kMostShown)});
  }
  outcome.state =
      good == files.size() && good >= settings->at_least ? PieceState::shown : PieceState::failed;
  if (outcome.state == PieceState::failed && outcome.note.empty())
    outcome.note = too_few(std::to_string(good), std::to_string(settings->at_least));
  if (files.size() == kMostFiles) {
    outcome.state = PieceState::unchecked;
    outcome.note = {"more than 999 files match; only so many were looked into",
                    "일치하는 파일이 999개를 넘어 그만큼만 확인함",
                    "匹配的文件超过 999 个，仅检查了这些"};
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_label() {
  return {"label", "Output files carry the mark that a law asks for.", pandect::plugins::run,
          "paths"};
}
