#include "reports/proposals.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

std::string_view class_name(ProposalClass kind) {
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

Word class_word(ProposalClass kind) {
  switch (kind) {
    case ProposalClass::extracted:
      return Word::proposal_extracted;
    case ProposalClass::suggested:
      return Word::proposal_suggested;
    case ProposalClass::derived:
      return Word::proposal_derived;
    case ProposalClass::conflict:
      return Word::proposal_conflict;
  }
  return Word::proposal_suggested;
}

std::string joined(const std::vector<std::string>& values, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i == most) return text + ", +" + std::to_string(values.size() - most);
    text += (text.empty() ? "" : ", ") + values[i];
  }
  return text;
}

std::string place(const Proposal& each) {
  std::string text = each.where.file;
  if (each.where.line > 0) text += ":" + std::to_string(each.where.line);
  if (!each.pointer.empty()) text += " " + each.pointer;
  return text;
}

// One line, whatever stands in it.
std::string comment(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

std::string yaml_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string identifier(const std::string& name) {
  std::string id;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      id += c;
    } else if (c >= 'A' && c <= 'Z') {
      id += static_cast<char>(c - 'A' + 'a');
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.empty() ? "model" : id.substr(0, 60);
}

struct Section {
  std::string id, name;
  std::vector<const Proposal*> facts, others;
};

bool in_vocabulary(const Program& program, const std::string& fact) {
  return program.find_fact(fact) != kNone;
}

std::string value_of(const Proposal& each) {
  if (each.is_set) return "[" + joined(each.values, each.values.size()) + "]";
  return each.values.empty() ? "" : each.values.front();
}

void add_section(std::string& text, const Section& section, const std::string& indent) {
  std::map<std::string, bool> written;
  std::string facts;
  for (const auto* each : section.facts) {
    if (written[each->fact]) continue;  // a key may stand once; the others are shown above
    written[each->fact] = true;
    facts += indent + "  " + each->fact + ": " + value_of(*each) + "  # " +
             comment(place(*each) + ": " + each->quote) + "\n";
  }
  for (const auto* each : section.others) {
    facts += indent + "  # " + std::string(class_name(each->kind)) + ": " +
             comment(each->fact + ": " + value_of(*each) + "  (" + place(*each) +
                     (each->note.empty() ? "" : "; " + each->note) + ")") +
             "\n";
  }
  const bool any = !written.empty();
  if (any) text += indent + "facts:\n" + facts;
  // Comments alone make no map.
  if (!any) text += facts;
}

}  // namespace

std::string proposals_text(const std::vector<Proposal>& proposals, const Wording& words) {
  std::string text, subject;
  for (const auto& each : proposals) {
    if (each.subject != subject) text += (text.empty() ? "" : "\n") + each.subject + "\n";
    subject = each.subject;
    text += "  " + each.fact + ": " + joined(each.values, 12) + "\n      " +
            std::string(words(class_word(each.kind))) + ", " +
            std::to_string(static_cast<int>(std::lround(each.confidence * 100))) + "%  " +
            place(each) + "\n";
    if (!each.quote.empty() && (each.values.empty() || each.quote != each.values.front()))
      text += "      \"" + each.quote + "\"\n";
    if (!each.note.empty()) text += "      " + each.note + "\n";
  }
  if (!text.empty()) text += "\n" + std::string(words(Word::proposal_closing)) + "\n";
  return text;
}

std::string proposals_json(const std::vector<Proposal>& proposals, const Diagnostics& warnings) {
  nlohmann::ordered_json out;
  out["schema"] = "pandect.proposals/1";
  out["proposals"] = nlohmann::ordered_json::array();
  for (const auto& each : proposals) {
    nlohmann::ordered_json row{{"subject", each.subject},        {"fact", each.fact},
                               {"values", each.values},          {"set", each.is_set},
                               {"class", class_name(each.kind)}, {"confidence", each.confidence},
                               {"file", each.where.file}};
    if (each.where.line > 0) row["line"] = each.where.line;
    if (!each.pointer.empty()) row["pointer"] = each.pointer;
    if (!each.quote.empty()) row["quote"] = each.quote;
    if (!each.note.empty()) row["note"] = each.note;
    row["sign"] = each.sign;
    out["proposals"].push_back(std::move(row));
  }
  out["warnings"] = nlohmann::ordered_json::array();
  for (const auto& each : warnings) {
    nlohmann::ordered_json row{
        {"code", each.code}, {"file", each.where.file}, {"message", each.message}};
    if (each.where.line > 0) row["line"] = each.where.line;
    if (!each.hint.empty()) row["hint"] = each.hint;
    out["warnings"].push_back(std::move(row));
  }
  return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string proposals_yaml(const std::vector<Proposal>& proposals, const Program& program) {
  std::map<std::string, Section> models;
  Section system, deployment;
  std::string other;
  for (const auto& each : proposals) {
    const bool model = each.subject == "model" || each.subject.starts_with("model:");
    const bool known = in_vocabulary(program, each.fact);
    Section* section = model                          ? &models[each.subject]
                       : each.subject == "system"     ? &system
                       : each.subject == "deployment" ? &deployment
                                                      : nullptr;
    if (section == nullptr) {
      other += "# " +
               comment(each.subject + ": " + each.fact + ": " + value_of(each) + "  (" +
                       place(each) + ")") +
               "\n";
      continue;
    }
    if (model && each.fact == "about.name" && section->name.empty() && !each.values.empty())
      section->name = each.values.front();
    const bool fact = known && each.kind == ProposalClass::extracted;
    (fact ? section->facts : section->others).push_back(&each);
  }
  std::string text =
      "# Proposed from descriptions of models. Facts are what a source states; confirm each one.\n"
      "# What stands in comments is a suggestion or an estimate, or a word that no law asks "
      "for.\n" +
      other + "pandect: 1\norganisation: {id: organisation}\n";
  std::string ids;
  std::map<std::string, int> taken;
  if (!models.empty()) text += "models:\n";
  for (auto& [subject, section] : models) {
    section.id = subject == "model" ? "model" : identifier(subject.substr(6));
    if (const int count = taken[section.id]++; count > 0)
      section.id += "-" + std::to_string(count + 1);
    ids += (ids.empty() ? "" : ", ") + section.id;
    text += "  - id: " + section.id + "\n";
    if (!section.name.empty()) text += "    name: " + yaml_text(section.name) + "\n";
    add_section(text, section, "    ");
  }
  text += "systems:\n  - id: system\n";
  if (!ids.empty()) text += "    models: [" + ids + "]\n";
  add_section(text, system, "    ");
  if (!deployment.facts.empty() || !deployment.others.empty()) {
    text += "    deployments:\n      - id: use\n";
    add_section(text, deployment, "        ");
  }
  return text;
}

}  // namespace pandect::reports
