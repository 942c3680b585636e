#include "reports/draft_parts.h"

#include "reports/attention.h"
#include "reports/layout.h"
#include "reports/outline.h"

#include <algorithm>

namespace pandect::reports {
namespace {

constexpr std::size_t kNameLimit = 200;

std::string label_of(const PaperEntry& entry, const Wording& words) {
  if (entry.kind != EntryKind::identity) return shown(entry.label, words);
  const Word word = entry.id == "organisation" ? Word::draft_organisation_name
                    : entry.id == "model"      ? Word::draft_model_name
                                               : Word::draft_system_name;
  return std::string(words(word));
}

std::string answer_of(const PaperEntry& entry, const Wording& words) {
  if (entry.text == "never") return std::string(words(Word::draft_never));
  if (entry.yes) return std::string(words(*entry.yes ? Word::yes : Word::no));
  if (entry.kind == EntryKind::fact && entry.day) return words.date(*entry.day);
  if (entry.money) return words.money(*entry.money, entry.currency);
  if (!entry.members.empty()) {
    std::vector<std::string> items;
    for (const auto& each : entry.members) items.push_back(shown(each, words));
    return words.list(items);
  }
  if (entry.text.empty() || entry.text == "[]") return std::string(words(Word::draft_none));
  return clean(entry.text);
}

std::string value_of(const PaperEntry& entry, const Wording& words) {
  switch (entry.kind) {
    case EntryKind::fact:
      return answer_of(entry, words);
    case EntryKind::conclusion:
      return std::string(words.truth(entry.conclusion->value));
    case EntryKind::duty: {
      const std::string when = timing(*entry.duty, words);
      return std::string(words.status(entry.duty->status)) +
             (when.empty() ? "" : words.bracketed(when));
    }
    case EntryKind::evidence:
      if (!entry.source.empty())
        return words(Word::draft_stands_in, {clean(entry.source, kNameLimit)});
      if (entry.evidence && !entry.evidence->seen.empty())
        return words(Word::draft_stands_in,
                     {clean(place_line(entry.evidence->seen.front().where), kNameLimit)});
      return std::string(words(Word::shown));
    case EntryKind::identity:
      return clean(entry.text, kNameLimit);
    case EntryKind::written:
      return entry.text.empty() ? words(Word::draft_stands_in, {clean(entry.source, kNameLimit)})
                                : clean(entry.text);
  }
  return {};
}

// Where it comes from: the place in the manifest and what is named there.
std::string source_line(const PaperEntry& entry, const Wording& words) {
  if (entry.origin == OriginKind::closed_world)
    return words(Word::draft_source, {std::string(words(Word::draft_closed))});
  if (entry.origin == OriginKind::axiom)
    return words(Word::draft_source,
                 {words(Word::draft_follows, {clean(entry.source, kNameLimit)})});
  std::vector<std::string> parts;
  const bool named = entry.kind == EntryKind::fact || !entry.text.empty();
  if (!entry.source.empty() && named) parts.push_back(clean(entry.source, kNameLimit));
  const std::string place = place_line(entry.where);
  if (!place.empty()) parts.push_back(clean(place, kNameLimit));
  if (!entry.by.empty()) parts.push_back(clean(entry.by, kNameLimit));
  if (entry.kind == EntryKind::written && entry.day) parts.push_back(words.date(*entry.day));
  return parts.empty() ? std::string() : words(Word::draft_source, {words.list(parts)});
}

void add_conclusion(const ClassificationItem& item, EntryView& view, const Wording& words) {
  view.cite = item.cite;
  if (item.determined_by)
    view.details.push_back(words(Word::draft_determined, {clean(*item.determined_by, kNameLimit)}));
  if (!item.open_exceptions.empty()) view.details.emplace_back(words(Word::draft_provisional));
}

}  // namespace

std::string shown(const Texts& texts, const Wording& words) { return clean(words.in(texts)); }

EntryView view_of(const PaperEntry& entry, const Wording& words) {
  EntryView view;
  view.label = label_of(entry, words);
  if (!entry.of.empty() && entry.kind != EntryKind::identity)
    view.label += words.bracketed(clean(entry.of, kNameLimit));
  view.id = clean(entry.id, kNameLimit);
  view.gap = entry.state == EntryState::open;
  view.faint = entry.state == EntryState::left_out || entry.state == EntryState::not_asked;
  if (entry.state == EntryState::given) {
    view.value = value_of(entry, words);
  } else if (entry.state == EntryState::left_out) {
    view.value = words(Word::draft_optional);
  } else if (entry.state == EntryState::not_asked) {
    view.value = words(Word::draft_not_asked);
  }
  const bool partly = view.gap && !entry.text.empty() && entry.origin == OriginKind::stated;
  if (partly) view.value = words(Word::draft_so_far, {clean(entry.text)});
  if (entry.state == EntryState::given || partly) {
    const std::string from = source_line(entry, words);
    if (!from.empty()) view.details.push_back(from);
  }
  if (!entry.note.empty() && (entry.state == EntryState::given || partly))
    view.details.push_back(words.labelled(words(Word::note), shown(entry.note, words)));
  if (entry.conclusion) add_conclusion(*entry.conclusion, view, words);
  if (entry.duty) {  // the first stands for its parts, which the sections cite
    const auto& cite = entry.duty->cite;
    view.cite.assign(cite.begin(), cite.begin() + std::min<std::ptrdiff_t>(
                                                      2, static_cast<std::ptrdiff_t>(cite.size())));
  }
  if (!entry.missing.empty()) view.details.push_back(open_facts(entry.missing, words));
  return view;
}

std::string open_facts(const std::vector<std::string>& missing, const Wording& words) {
  std::vector<std::string> names;
  for (const auto& each : missing) names.push_back(clean(each, kNameLimit));
  return words(Word::draft_missing, {words.list(names)});
}

std::vector<std::pair<std::string, std::string>> head_rows(const FilledPaper& paper,
                                                           const Wording& words) {
  std::vector<std::pair<std::string, std::string>> rows;
  const auto add = [&](Word label, std::string text) {
    rows.emplace_back(std::string(words(label)), std::move(text));
  };
  const std::string subject = paper.subject_name.empty() ? paper.subject_id : paper.subject_name;
  add(Word::draft_subject,
      clean(subject, kNameLimit) +
          words.bracketed(
              std::string(words(paper.subject_kind == "model" ? Word::model : Word::system)) + " " +
              clean(paper.subject_id, kNameLimit)));
  if (!paper.organisation.empty())
    add(Word::draft_organisation, clean(paper.organisation, kNameLimit));
  add(Word::draft_law, words.date(paper.as_of));
  add(Word::draft_basis, words(Word::draft_basis_line, {clean(paper.pack, kNameLimit),
                                                        clean(paper.pack_version, kNameLimit),
                                                        words.date(paper.checked_on)}));
  if (!paper.language.empty()) {
    add(Word::draft_language, paper.language == "ko"   ? "한국어"
                              : paper.language == "zh" ? "中文"
                                                       : "English");
  }
  return rows;
}

std::string answered(const std::string& label, const Wording& words, const std::string& answer) {
  for (const std::string_view mark : {"?", "？", ".", "。"}) {
    if (label.ends_with(mark)) return label + " " + answer;
  }
  return words.labelled(label, answer);
}

std::string gap_line(const FilledPaper& paper, const Wording& words) {
  if (paper.gaps == 0) return std::string(words(Word::draft_no_gaps));
  return words(Word::draft_gaps, {words.count(paper.gaps)});
}

WordingView wording_of(const FilledSection& section, const FilledPaper& paper,
                       const Wording& words) {
  WordingView view;
  const std::string_view own = words.language() == Language::ko   ? "ko"
                               : words.language() == Language::zh ? "zh"
                                                                  : "en";
  view.lang = paper.language.empty() ? std::string(own) : paper.language;
  view.text = clean(section.wording.in(view.lang));
  if (view.lang != own) view.meaning = shown(section.wording, words);
  return view;
}

}  // namespace pandect::reports
