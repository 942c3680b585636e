#include "plugins/scan/proposals.h"
#include "plugins/scan/report.h"

#include <map>

#include <nlohmann/json.hpp>

namespace pandect::scan {
namespace {

using Json = nlohmann::ordered_json;

const char* channel_name(Channel channel) {
  switch (channel) {
    case Channel::dependency:
      return "dependency";
    case Channel::import:
      return "import";
    case Channel::code:
      return "code";
    case Channel::model_file:
      return "model-file";
  }
  return "";
}

const char* class_name(ProposalClass kind) {
  switch (kind) {
    case ProposalClass::extracted:
      return "extracted";
    case ProposalClass::suggested:
      return "suggested";
    case ProposalClass::derived:
      return "derived";
    case ProposalClass::conflict:
      return "conflict";
  }
  return "";
}

Json sign_json(const ScanResult& result, const Sign& sign, std::string_view lang) {
  const Signal& signal = result.pack.signals[sign.signal];
  Json out{{"signal", signal.id},
           {"family", signal.family},
           {"shows", in_language(signal.shows, lang)},
           {"channel", channel_name(sign.channel)},
           {"file", shown(sign.where.file, 4096)}};
  if (sign.where.line > 0) out["line"] = sign.where.line;
  if (sign.where.column > 0) out["column"] = sign.where.column;
  if (!sign.name.empty()) out["name"] = shown(sign.name);
  if (!sign.quote.empty()) out["quote"] = shown(sign.quote);
  out["development"] = sign.development;
  out["aside"] = sign.aside;
  return out;
}

Json proposal_json(const Proposal& each) {
  Json out{{"subject", shown(each.subject)}, {"fact", each.fact}};
  out["values"] = Json::array();
  for (const auto& value : each.values) out["values"].push_back(shown(value));
  out["is_set"] = each.is_set;
  out["class"] = class_name(each.kind);
  out["confidence"] = each.confidence;
  out["file"] = shown(each.where.file, 4096);
  if (each.where.line > 0) out["line"] = each.where.line;
  if (!each.quote.empty()) out["quote"] = shown(each.quote);
  if (!each.note.empty()) out["note"] = shown(each.note, 400);
  out["sign"] = each.sign;
  return out;
}

Json model_json(const ModelFile& each) {
  Json out{{"file", shown(each.path, 4096)}, {"format", each.format}};
  if (!each.architecture.empty()) out["architecture"] = shown(each.architecture);
  if (!each.name.empty()) out["name"] = shown(each.name);
  if (each.parameters) out["parameters"] = *each.parameters;
  if (each.tensors > 0) out["tensors"] = each.tensors;
  if (!each.note.empty()) out["note"] = shown(each.note);
  return out;
}

}  // namespace

std::string json_report(const ScanResult& result, const Program& program, std::string_view root,
                        const ReportOptions& options) {
  Json out{{"schema", "pandect.scan/1"},
           {"root", shown(root, 4096)},
           {"files", result.files},
           {"bytes", result.bytes}};
  out["signs"] = Json::array();
  for (const auto& each : result.signs)
    out["signs"].push_back(sign_json(result, each, options.lang));
  out["models"] = Json::array();
  for (const auto& each : result.models) out["models"].push_back(model_json(each));
  out["proposals"] = Json::array();
  for (const auto& each : result.proposals) out["proposals"].push_back(proposal_json(each));
  out["questions"] = Json::array();
  for (const auto& id : questions_of(result, program)) {
    const Words& words = program.facts[program.find_fact(id)].question;
    const Text text = options.lang == "ko" ? words.ko : options.lang == "zh" ? words.zh : words.en;
    out["questions"].push_back(
        {{"fact", id}, {"question", program.text(text.size > 0 ? text : words.en)}});
  }
  std::map<std::string, std::size_t> counts;
  for (const auto& each : result.skipped) ++counts[each.reason];
  out["skipped"]["counts"] = counts;
  if (options.all) {
    auto& list = out["skipped"]["paths"] = Json::array();
    for (const auto& each : result.skipped)
      list.push_back({{"path", shown(each.path, 4096)}, {"reason", each.reason}});
  }
  return out.dump(2) + "\n";
}

}  // namespace pandect::scan
