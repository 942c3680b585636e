// probe: {attestation: {paths: [attestations/*.yaml]}}: a named person has put into a file what
// they attest: `by`, `date`, `scope` and `through`, and the day is not past.
#include "plugins/reading/files.h"
#include "plugins/reading/settings.h"
#include "plugins/reading/tree.h"

namespace pandect::plugins {
namespace {

struct Attested {
  PieceState state = PieceState::failed;
  Texts note;
  std::string text;  // what stands there, where it is shown
  int line = 1;
};

Attested judge(const yaml::Document& tree, const std::string& scope, Day today) {
  Attested result;
  const auto field = [&](const char* name) {
    const auto* value = tree.root.find(name);
    return value == nullptr ? std::string() : value->text;
  };
  for (const char* name : {"by", "date", "scope", "through"}) {
    if (!field(name).empty()) continue;
    const std::string quoted = std::string("`") + name + "`";
    result.note = {"no " + quoted, quoted + " 항목 없음", "缺少 " + quoted};
    return result;
  }
  const auto made = parse_day(field("date")), through = parse_day(field("through"));
  result.line = tree.root.find("through")->line;
  if (!made || !through) {
    result.note = {"`date` or `through` is no day of the calendar",
                   "`date` 또는 `through`의 날짜가 올바르지 않음",
                   "`date` 或 `through` 不是有效日期"};
  } else if (today != kNoDay && today > *through) {
    const std::string day = to_string(*through);
    result.note = {"expired on " + day, day + " 만료", "已于 " + day + " 到期"};
  } else if (today != kNoDay && today < *made) {
    const std::string day = to_string(*made);
    result.note = {"made on " + day + ", after the day asked", "기준일 후인 " + day + "에 작성됨",
                   "作出日期 " + day + " 晚于基准日"};
  } else if (!scope.empty() && field("scope").find(scope) == std::string::npos) {
    result.line = tree.root.find("scope")->line;
    result.note = {"its scope does not name `" + scope + "`", "`scope`에 `" + scope + "` 없음",
                   "`scope` 未写明 `" + scope + "`"};
  } else {
    result.state = PieceState::shown;
    const std::string by = excerpt(field("by"), 0), day = to_string(*through);
    result.note = {"by " + by + ", through " + day, by + " 작성, " + day + "까지 유효",
                   by + " 作出，有效期至 " + day};
    result.text = by + ", " + day;
    result.line = tree.root.find("by")->line;
  }
  return result;
}

Result<ProbeOutcome> run(const nlohmann::json& written, const Root& root) {
  ProbeSettings settings(written, "attestation");
  const auto places = settings.texts("paths");
  const std::string scope = settings.text("scope");
  const Day today = settings.day("as_of");
  if (places.empty())
    settings.wrong("the probe `attestation` needs `paths`",
                   "write `attestation: {paths: [attestations/*.yaml]}`");
  if (has_errors(settings.problems())) return settings.problems();
  ProbeOutcome outcome;
  const std::string where = listed(places);
  outcome.looked_for = {"attestation with by, date, scope and through in " + where,
                        "확인서(by, date, scope, through 기재, 위치: " + where + ")",
                        "声明（载明 by、date、scope、through，位置：" + where + "）"};
  const auto files =
      each_text(root, places, outcome, [&](const std::string& path, std::string text) {
        if (outcome.state == PieceState::shown) return;
        const auto tree = tree_of(path, std::move(text));
        if (!tree) {
          outcome.skipped.push_back({path, "not-well-formed"});
          return;
        }
        const Attested found = judge(*tree, scope, today);
        outcome.state = found.state;
        outcome.note = found.note;
        outcome.seen.push_back({{path, found.line, 1}, found.text});
      });
  if (files == 0) {
    outcome.state = PieceState::absent;
    outcome.note = no_such_file();
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_attestation() {
  pandect::plugins::Probe probe{"attestation", "A named person attests it, with scope and expiry.",
                                pandect::plugins::run, "paths"};
  probe.wants_day = true;
  return probe;
}
