#include "cli/label_report.h"

#include "reports/layout.h"

#include <nlohmann/json.hpp>

namespace pandect::cli {
namespace {

using reports::clean;
using Json = nlohmann::ordered_json;

constexpr int kColumns = 100;

class TextReport {
 public:
  TextReport(const label::Rules& rules, const std::string& lang) : rules_(rules), lang_(lang) {}

  std::string run(const std::vector<LabelledFile>& files) {
    for (const auto& file : files) one(file);
    return std::move(out_);
  }

 private:
  std::string word(const std::string& name) const {
    const auto found = rules_.words.find(name);
    return found == rules_.words.end() ? name : found->second.in(lang_);
  }

  std::string colon() const { return lang_ == "zh" ? "：" : ": "; }

  // A first line with a mark, and what follows indented below it.
  void line(int indent, const std::string& text) {
    const auto room = kColumns - indent;
    bool first = true;
    for (const auto& each : reports::wrap(text, room)) {
      out_ += std::string(static_cast<std::size_t>(indent + (first ? 0 : 2)), ' ') + each + "\n";
      first = false;
    }
  }

  void one(const LabelledFile& file) {
    const label::Contents& contents = file.contents;
    if (!out_.empty()) out_ += "\n";
    out_ += clean(file.path) + "  (" + std::string(name_of(contents.kind)) + ", " +
            std::string(name_of(contents.modality)) + ")\n";
    line(2, word("aigc") + colon() + word(file.judgement.verdict));
    for (const auto& label : file.judgement.labels) fields(label);
    for (const auto& each : contents.source_types)
      line(2, word("source_type") + colon() + clean(each.term, 100) + " (" +
                  clean(each.carrier, 100) + ")");
    if (contents.c2pa) manifest(*contents.c2pa);
    for (const auto& want : file.judgement.wants) wanted(want);
    for (const auto& finding : file.judgement.findings) shown(finding);
    const auto rule = rules_.explicit_rules.find(std::string(name_of(contents.modality)));
    if (rule != rules_.explicit_rules.end())
      line(2, word("explicit") + colon() + rule->second.text.in(lang_) + cites(rule->second.cite));
  }

  void fields(const label::AigcLabel& label) {
    line(4, clean(label.carrier, 100) + " @" + std::to_string(label.offset));
    for (const auto& [key, value] : label.fields)
      line(6, reports::pad(clean(key, 40), 19) + clean(value, 200));
  }

  void manifest(const label::C2pa& c2pa) {
    line(2, word("manifest") + colon() + clean(c2pa.label, 100));
    std::string generator = clean(c2pa.generator, 120);
    if (!c2pa.generator_version.empty() && generator.find('/') == std::string::npos)
      generator += " " + clean(c2pa.generator_version, 40);
    if (!generator.empty()) line(4, word("generator") + colon() + generator);
    if (!c2pa.signer.empty()) line(4, word("signer") + colon() + clean(c2pa.signer, 120));
    if (!c2pa.signed_at.empty()) line(4, word("signed_at") + colon() + c2pa.signed_at);
    std::string list;
    for (const auto& each : c2pa.actions) {
      list += (list.empty() ? "" : ", ") + clean(each.action, 60);
      if (!each.agent.empty()) list += " (" + clean(each.agent, 60) + ")";
    }
    if (!list.empty()) line(4, word("actions") + colon() + list);
  }

  void wanted(const label::WantState& state) {
    const auto& want = rules_.wants.at(state.id);
    std::string by;
    for (const auto& each : state.by) by += (by.empty() ? "" : ", ") + clean(each, 80);
    line(2, state.id + "  " + word(state.state) + (by.empty() ? "" : " (" + by + ")") + "  " +
                want.title.in(lang_));
    line(6, want.note.in(lang_));
  }

  void shown(const label::LabelFinding& finding) {
    std::string place = finding.offset > 0 ? " @" + std::to_string(finding.offset) : "";
    line(2, word(finding.severity) + colon() + clean(finding.message.in(lang_), 600) + place +
                cites(finding.cite));
  }

  static std::string cites(const std::vector<std::string>& list) {
    std::string out;
    for (const auto& each : list) out += (out.empty() ? "  [" : ", ") + each;
    return out.empty() ? out : out + "]";
  }

  const label::Rules& rules_;
  const std::string& lang_;
  std::string out_;
};

Json action_json(const label::C2paAction& action) {
  return {{"action", action.action},
          {"software_agent", action.agent},
          {"software_agent_version", action.agent_version},
          {"when", action.when},
          {"digital_source_type", action.source_type}};
}

Json c2pa_json(const label::Contents& contents) {
  if (!contents.c2pa) return {{"manifest", false}};
  const label::C2pa& c2pa = *contents.c2pa;
  Json out = {{"manifest", true},
              {"manifests", c2pa.manifests},
              {"active", c2pa.label},
              {"signature", "not checked"},
              {"signer_as_stated", c2pa.signer},
              {"signed_at_as_stated", c2pa.signed_at},
              {"claim_generator", c2pa.generator},
              {"claim_generator_version", c2pa.generator_version},
              {"instance_id", c2pa.instance_id},
              {"assertions", c2pa.assertions},
              {"actions", Json::array()}};
  for (const auto& each : c2pa.actions) out["actions"].push_back(action_json(each));
  return out;
}

Json aigc_json(const label::Judgement& judgement) {
  Json out = {{"verdict", judgement.verdict}, {"labels", Json::array()}};
  for (const auto& label : judgement.labels) {
    Json fields = Json::object();
    for (const auto& [key, value] : label.fields) fields[key] = value;
    out["labels"].push_back({{"carrier", label.carrier},
                             {"offset", label.offset},
                             {"valid", label.valid},
                             {"fields", fields}});
  }
  return out;
}

Json file_json(const LabelledFile& file, const label::Rules& rules, const std::string& lang) {
  const label::Contents& contents = file.contents;
  Json out = {{"path", file.path},
              {"kind", name_of(contents.kind)},
              {"modality", name_of(contents.modality)},
              {"aigc", aigc_json(file.judgement)},
              {"c2pa", c2pa_json(contents)},
              {"digital_source_types", Json::array()},
              {"provenance", Json::array()},
              {"wants", Json::object()},
              {"findings", Json::array()}};
  for (const auto& each : contents.source_types)
    out["digital_source_types"].push_back(
        {{"term", each.term}, {"carrier", each.carrier}, {"ai", rules.is_ai(each.term)}});
  for (const auto& each : contents.provenance) out["provenance"].push_back(each.text);
  for (const auto& each : file.judgement.wants)
    out["wants"][each.id] = {
        {"state", each.state}, {"by", each.by}, {"cite", rules.wants.at(each.id).cite}};
  for (const auto& each : file.judgement.findings)
    out["findings"].push_back({{"code", each.code},
                               {"severity", each.severity},
                               {"message", each.message.in(lang)},
                               {"cite", each.cite},
                               {"offset", each.offset}});
  const auto rule = rules.explicit_rules.find(std::string(name_of(contents.modality)));
  if (rule != rules.explicit_rules.end())
    out["explicit_label"] = {{"required", rule->second.text.in(lang)},
                             {"cite", rule->second.cite},
                             {"checked_by", "person"}};
  return out;
}

}  // namespace

std::string label_text(const std::vector<LabelledFile>& files, const label::Rules& rules,
                       const std::string& lang) {
  return TextReport(rules, lang).run(files);
}

std::string label_json_report(const std::vector<LabelledFile>& files, const label::Rules& rules,
                              const std::string& lang) {
  Json out = {{"schema", "pandect.label/1"},
              {"rules_checked_on", rules.checked_on},
              {"files", Json::array()}};
  for (const auto& each : files) out["files"].push_back(file_json(each, rules, lang));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pandect::cli
