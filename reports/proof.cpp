#include "reports/proof.h"

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string truth(Truth value) {
  return value == Truth::true_ ? "true" : value == Truth::false_ ? "false" : "unknown";
}

std::string_view in(const Program& program, const Words& words, const std::string& lang) {
  const Text chosen = lang == "ko" ? words.ko : lang == "zh" ? words.zh : words.en;
  return program.text(chosen.size > 0 ? chosen : words.en);
}

std::string confidence(Confidence value) {
  return value == Confidence::high ? "high" : value == Confidence::medium ? "medium" : "low";
}

// Untrusted texts must not steer a terminal.
std::string clean(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return result;
}

class TextWriter {
 public:
  TextWriter(const Program& program, const std::string& lang) : program_(program), lang_(lang) {}
  std::string text;

  void write(const ProofNode& node, int depth) {
    line(depth, heading(node));
    for (const auto& note : notes(node)) line(depth + 2, note);
    for (const auto& child : node.children) write(child, depth + 1);
  }

 private:
  void line(int depth, const std::string& content) {
    text += std::string(static_cast<std::size_t>(depth) * 2, ' ') + clean(content) + "\n";
  }

  std::string cites(Range range) const {
    std::string list;
    for (const std::uint32_t each : program_.list(range)) {
      list += (list.empty() ? "" : ", ") + std::string(program_.text(program_.provisions[each].id));
    }
    return list;
  }

  std::string fact_line(const ProofNode& node) const {
    std::string shown = node.cell + " = ";
    if (node.not_asked)
      return shown +
             "(not asked: " + std::string(program_.text(program_.facts[node.index].guard_text)) +
             " does not hold)";
    if (node.answer.empty()) {
      const auto question = in(program_, program_.facts[node.index].question, lang_);
      return shown + "? " + std::string(question);
    }
    shown += node.answer;
    if (node.origin == OriginKind::axiom) return shown + "  (follows: " + node.source + ")";
    if (node.origin == OriginKind::closed_world) return shown + "  (not stated; closed world)";
    if (!node.where.file.empty())
      shown += "  " + node.where.file + ":" + std::to_string(node.where.line);
    return shown;
  }

  std::string heading(const ProofNode& node) const {
    const std::string mark = "[" + truth(node.value) + "] ";
    const std::string exact =
        node.decided_by == DecidedBy::exact    ? "  (the same however the open facts are answered)"
        : node.decided_by == DecidedBy::budget ? "  (undecided within the budget)"
                                               : "";
    switch (node.kind) {
      case ProofKind::conclusion: {
        const auto title = in(program_, program_.concepts[node.index].title, lang_);
        const std::string cut = node.cut == Cut::shown_above ? "  (its proof stands above)"
                                : node.cut == Cut::too_deep
                                    ? "  (more lies below; ask for its own proof)"
                                    : "";
        return mark + node.text + (title.empty() ? "" : "  " + std::string(title)) + exact + cut;
      }
      case ProofKind::obligation:
        return mark + node.text + "  " +
               std::string(in(program_, program_.obligations[node.index].title, lang_)) + exact;
      case ProofKind::rule: {
        const Rule& rule = program_.rules[node.index];
        const std::string where = cites(rule.cites);
        return mark + (rule.exception != 0 ? "exception " : "rule ") + node.text +
               (where.empty() ? "" : "  " + where) + "  (confidence " +
               confidence(rule.confidence) + ")";
      }
      case ProofKind::burden:
        return mark + "claimed and shown by the operator?" +
               (node.open ? "  still open: who relies on it must show it" : "");
      case ProofKind::all_of:
        return mark + (node.text.empty() ? "all of" : node.text) + exact;
      case ProofKind::any_of:
        return mark + (node.text.empty() ? "one of" : node.text) + exact;
      case ProofKind::none_of:
        return mark + "not";
      case ProofKind::test:
        return mark + node.text + exact;
      case ProofKind::fact:
        return fact_line(node);
      case ProofKind::date:
        return mark + date_line(program_.rules[node.index]);
      case ProofKind::subject:
        return mark + "for " + node.text;
      case ProofKind::determination:
        return mark + "determined by " + node.text;
      case ProofKind::mapping: {
        const Mapping& mapping = program_.mappings[node.index];
        const auto note = in(program_, mapping.note, lang_);
        return mark + node.text + " is outside " +
               std::string(program_.text(program_.provisions[mapping.provision].id)) +
               (note.empty() ? "" : ": " + std::string(note));
      }
    }
    return mark;
  }

  static std::string date_line(const Rule& rule) {
    std::string text = "not in force on this day:";
    if (rule.from != kNoDay) text += " from " + to_string(rule.from);
    if (rule.until != kNoDay) text += " until " + to_string(rule.until);
    if (rule.enacted != kNoDay) text += ", enacted " + to_string(rule.enacted);
    if (rule.superseded != kNoDay) text += ", superseded " + to_string(rule.superseded);
    return text;
  }

  std::vector<std::string> notes(const ProofNode& node) const {
    std::vector<std::string> list;
    if (node.kind == ProofKind::rule) {
      const auto note = in(program_, program_.rules[node.index].note, lang_);
      if (!note.empty()) list.push_back("note: " + std::string(note));
    }
    if (node.kind == ProofKind::fact || node.kind == ProofKind::determination) {
      if (!node.source.empty() && node.origin == OriginKind::stated)
        list.push_back("source: " + node.source);
      if (!node.note.empty())
        list.push_back((node.kind == ProofKind::fact ? "note: " : "reason: ") + node.note);
    }
    return list;
  }

  const Program& program_;
  const std::string& lang_;
};

Json json_of(const Program& program, const ProofNode& node, const std::string& lang) {
  static constexpr std::string_view kinds[] = {
      "conclusion", "obligation", "rule",   "all_of",  "any_of",        "none_of", "test",
      "fact",       "date",       "burden", "subject", "determination", "mapping"};
  Json out;
  out["kind"] = kinds[static_cast<std::size_t>(node.kind)];
  out["value"] = truth(node.value);
  if (!node.text.empty()) out["text"] = node.text;
  if (node.decided_by != DecidedBy::kleene)
    out["decided_by"] = node.decided_by == DecidedBy::exact ? "exact" : "budget";
  if (node.kind == ProofKind::rule) {
    const Rule& rule = program.rules[node.index];
    Json cites = Json::array();
    for (const std::uint32_t each : program.list(rule.cites))
      cites.push_back(program.text(program.provisions[each].id));
    out["cite"] = std::move(cites);
    out["confidence"] = confidence(rule.confidence);
    if (rule.checked_on != kNoDay) out["checked_on"] = to_string(rule.checked_on);
    if (rule.from != kNoDay) out["from"] = to_string(rule.from);
    if (rule.until != kNoDay) out["until"] = to_string(rule.until);
    const auto note = in(program, rule.note, lang);
    if (!note.empty()) out["note"] = note;
  }
  if (node.kind == ProofKind::fact) {
    out["fact"] = node.cell;
    if (!node.answer.empty()) out["answer"] = node.answer;
    if (node.not_asked) out["not_asked"] = true;
    if (!node.where.file.empty())
      out["where"] = {{"file", node.where.file}, {"line", node.where.line}};
  }
  if (!node.source.empty()) out["source"] = node.source;
  if (node.open) out["open"] = true;
  if (node.cut != Cut::no) out["cut"] = node.cut == Cut::shown_above ? "shown_above" : "too_deep";
  if (!node.children.empty()) {
    out["children"] = Json::array();
    for (const auto& child : node.children)
      out["children"].push_back(json_of(program, child, lang));
  }
  return out;
}

}  // namespace

std::string proof_text(const Program& program, const ProofNode& proof, const std::string& lang) {
  TextWriter writer(program, lang);
  writer.write(proof, 0);
  return writer.text;
}

std::string proof_json(const Program& program, const ProofNode& proof, const std::string& lang) {
  return json_of(program, proof, lang).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string changes_text(const std::vector<Change>& changes, const std::string& lang) {
  std::string text, subject;
  for (const auto& change : changes) {
    if (change.subject != subject) {
      subject = change.subject;
      text += clean(subject) + "\n";
    }
    const auto shown = [](const std::string& value) {
      return value.empty() ? std::string("-") : value;
    };
    text += "  " + change.id + "  " + change.what + ": " + shown(change.before) + " -> " +
            shown(change.after) + "\n";
    text += "      " + clean(change.title.in(lang));
    if (!change.cite.empty()) text += "  (" + change.cite[0].provision + ")";
    text += "\n";
  }
  return text.empty() ? "Nothing changes.\n" : text;
}

std::string changes_json(const std::vector<Change>& changes, const std::string& lang) {
  Json list = Json::array();
  for (const auto& change : changes) {
    Json out;
    out["subject"] = change.subject;
    out["kind"] = change.kind == ChangeKind::classification ? "classification"
                  : change.kind == ChangeKind::subject      ? "subject"
                                                            : "obligation";
    out["id"] = change.id;
    out["jurisdiction"] = change.jurisdiction;
    out["title"] = change.title.in(lang);
    out["what"] = change.what;
    out["before"] = change.before;
    out["after"] = change.after;
    out["cite"] = Json::array();
    for (const auto& each : change.cite) out["cite"].push_back(each.provision);
    list.push_back(std::move(out));
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pandect::reports
