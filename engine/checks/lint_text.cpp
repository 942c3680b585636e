#include "checks/lint_parts.h"
#include "checks/wrap.h"

#include <string_view>

namespace pandect {
namespace {

struct Scripts {
  bool latin_word = false;  // a word of lower-case Latin letters, so more than an abbreviation
  bool hangul = false;
  bool han = false;
};

Scripts scripts_of(std::string_view text) {
  Scripts found;
  int run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    run = point >= U'a' && point <= U'z' ? run + 1 : 0;
    found.latin_word = found.latin_word || run >= 4;
    found.hangul = found.hangul || (point >= 0xAC00 && point <= 0xD7A3) ||
                   (point >= 0x3131 && point <= 0x318E);
    found.han =
        found.han || (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF);
  }
  return found;
}

class Texts {
 public:
  explicit Texts(LintJob& job) : job_(job) {}

  void required(const Phrases& phrases, const std::string& what, const Location& where) {
    std::string missing;
    const auto need = [&](const std::string& text, const char* language) {
      if (text.empty()) missing += (missing.empty() ? "" : ", ") + std::string(language);
    };
    need(phrases.en, "en");
    need(phrases.ko, "ko");
    need(phrases.zh, "zh");
    if (!missing.empty())
      job_.error(where, "missing-text", what + " is missing in " + missing,
                 "write it as {en: ..., ko: ..., zh: ...}");
    languages(phrases, what, where);
  }

  // May be absent, or a plain English text; but not in two languages of three.
  void optional(const Phrases& phrases, const std::string& what, const Location& where) {
    if (phrases.empty()) return;
    const bool plain = phrases.ko.empty() && phrases.zh.empty();
    if (!plain && (phrases.en.empty() || phrases.ko.empty() || phrases.zh.empty())) {
      job_.warn(where, "missing-text", what + " is not in all three languages");
    }
    languages(phrases, what, where);
  }

 private:
  void languages(const Phrases& phrases, const std::string& what, const Location& where) {
    lint_languages(job_, phrases, what, where);
  }

  LintJob& job_;
};

void concept_texts(const PackDraft& pack, Texts& texts) {
  for (const auto& each : pack.concepts) {
    const bool printed = each.kind == ConceptKind::classification || each.kind == ConceptKind::role;
    if (printed) {
      texts.required(each.title, "the title of " + each.id, each.where);
    } else {
      texts.optional(each.title, "the title of " + each.id, each.where);
    }
    texts.optional(each.help, "the help of " + each.id, each.where);
    texts.optional(each.note, "the note of " + each.id, each.where);
    for (const auto& rule : each.rules)
      texts.optional(rule.note, "the note of rule " + rule.id, rule.where);
  }
}

void obligation_texts(const PackDraft& pack, Texts& texts) {
  for (const auto& each : pack.obligations) {
    texts.required(each.title, "the title of " + each.id, each.where);
    texts.required(each.duty, "the duty of " + each.id, each.where);
    texts.optional(each.note, "the note of " + each.id, each.where);
    if (each.deadline.empty()) {
      texts.optional(each.timing, "the timing of " + each.id, each.where);
    } else {
      texts.required(each.timing, "the timing of " + each.id + ", which has a deadline,",
                     each.where);
    }
    for (const auto& piece : each.evidence) {
      texts.required(piece.title, "the title of evidence " + piece.id + " of " + each.id,
                     each.where);
    }
    for (const auto* rules : {&each.rules, &each.exceptions}) {
      for (const auto& rule : *rules)
        texts.optional(rule.note, "the note of rule " + rule.id, rule.where);
    }
  }
}

void fact_texts(const PackDraft& pack, Texts& texts) {
  const auto labels = [&](const std::vector<MemberDraft>& members, const std::string& owner) {
    for (const auto& each : members) {
      texts.optional(each.label, "the label of member " + each.id + " of " + owner, each.where);
      texts.optional(each.means, "the meaning of member " + each.id + " of " + owner, each.where);
    }
  };
  for (const auto& each : pack.facts) {
    texts.required(each.question, "the question of " + each.id, each.where);
    texts.optional(each.help, "the help of " + each.id, each.where);
    labels(each.members, each.id);
  }
  for (const auto& each : pack.trees) labels(each.members, each.id);
}

}  // namespace

void lint_languages(LintJob& job, const Phrases& phrases, const std::string& what,
                    const Location& where) {
  const Scripts ko = scripts_of(phrases.ko), zh = scripts_of(phrases.zh);
  if (ko.latin_word && !ko.hangul)
    job.warn(where, "placeholder", what + ": the Korean text has no Hangul", "translate it");
  if (zh.latin_word && !zh.han)
    job.warn(where, "placeholder", what + ": the Chinese text has no Han characters",
             "translate it");
  if (zh.hangul && !zh.han)
    job.warn(where, "placeholder", what + ": the Chinese text is Korean", "translate it");
  if (ko.han && !ko.hangul)
    job.warn(where, "placeholder", what + ": the Korean text is Chinese", "translate it");
}

void lint_texts(LintJob& job) {
  Texts texts(job);
  const PackDraft& pack = job.pack;
  texts.required(pack.title, "the title of the pack", pack.where);
  for (const auto& each : pack.instruments) {
    texts.required(each.title, "the title of instrument " + each.id, pack.where);
    texts.optional(each.short_title, "the short title of instrument " + each.id, pack.where);
  }
  for (const auto& each : pack.notes) texts.required(each, "a note of the pack", pack.where);
  fact_texts(pack, texts);
  concept_texts(pack, texts);
  obligation_texts(pack, texts);
  for (const auto& each : pack.penalties) {
    texts.required(each.title, "the title of penalty " + each.id, each.where);
    texts.required(each.text, "the text of penalty " + each.id, each.where);
  }
  for (const auto& each : pack.mappings)
    texts.optional(each.note, "the note of mapping " + each.use, each.where);
}

}  // namespace pandect
