#include "papers/fill.h"

#include "assessment/items.h"

#include <algorithm>

namespace pandect {
namespace {

int rank(Truth value) { return value == Truth::true_ ? 2 : value == Truth::unknown ? 1 : 0; }

class Filling {
 public:
  Filling(const Program& program, const Manifest& manifest, const Assessable& subject,
          const PaperDraft& paper, const AssessOptions& options, Diagnostics& problems)
      : program_(program),
        manifest_(manifest),
        record_(subject.record),
        paper_(paper),
        model_(subject.kind == Assessable::Kind::model),
        knowledge_(program, subject.record, problems),
        timeline_(knowledge_, options.as_of, options.budget),
        items_(program, manifest, subject.record, timeline_, options),
        prover_(timeline_, options.as_of, Prover::Depth::fast) {
    if (problems.empty()) check_consistency(knowledge_, problems);
  }

  void fill(FilledPaper& filled) {
    filled.cite = citations(paper_.cites);
    for (const auto& each : paper_.duties) {
      filled.duties.push_back(duty(each, true));
      if (filled.duties.back().state == EntryState::open) ++filled.gaps;
    }
    for (const auto& each : paper_.sections) {
      filled.sections.push_back(section(each));
      filled.gaps += filled.sections.back().gaps;
    }
  }

 private:
  static Texts texts(const Phrases& phrases) { return {phrases.en, phrases.ko, phrases.zh}; }
  Texts texts(const Words& words) const { return texts_of(program_, words, ""); }

  std::vector<Citation> citations(const std::vector<std::string>& ids) const {
    std::vector<Citation> list;
    for (const auto& id : ids) {
      for (const auto& each : program_.provisions.all()) {
        if (program_.text(each.id) != id) continue;
        Citation cite;
        cite.provision = id;
        cite.title = program_.text(each.title);
        cite.url = program_.text(each.url);
        cite.instrument = id.substr(0, id.find(':'));
        if (each.instrument != kNone) {
          const Instrument& instrument = program_.instruments[each.instrument];
          cite.instrument_title = texts(instrument.short_title);
          if (cite.instrument_title.en.empty()) cite.instrument_title = texts(instrument.title);
          if (cite.url.empty()) cite.url = program_.text(instrument.url);
          cite.status = instrument.status;
        }
        list.push_back(std::move(cite));
        break;
      }
    }
    return list;
  }

  std::vector<Binding> places(Scope scope) const {
    if (model_) return {Binding{-1, 0}};
    if (scope != kDeployment) return {Binding{}};
    std::vector<Binding> list;
    for (int i = 0; i < knowledge_.deployments(); ++i) list.push_back({i, -1});
    return list;
  }

  std::string name_of(Binding at) const {
    if (at.deployment >= 0 && record_.deployments.size() > 1)
      return record_.deployments[static_cast<std::size_t>(at.deployment)].id;
    if (!model_ && at.model >= 0 && record_.models.size() > 1)
      return record_.models[static_cast<std::size_t>(at.model)].id;
    return {};
  }

  // Whether the section applies: for one of the deployments is enough.
  void applies(const std::string& condition, FilledSection& filled) {
    const std::uint32_t index = program_.find_concept(condition);
    if (condition.empty() || index == kNone) return;
    Conclusion chosen;
    chosen.value = Truth::false_;
    for (const Binding at : places(program_.concepts[index].scope)) {
      Conclusion each = timeline_.now().conclude(program_.concepts[index].root, at);
      if (rank(each.value) > rank(chosen.value)) chosen = std::move(each);
    }
    if (chosen.value == Truth::false_) filled.state = SectionState::not_applicable;
    if (chosen.value == Truth::unknown) {
      filled.state = SectionState::undetermined;
      filled.missing = chosen.missing;
    }
  }

  FilledSection section(const PaperSection& draft) {
    FilledSection filled;
    filled.id = draft.id;
    filled.heading = texts(draft.heading);
    filled.asks = texts(draft.asks);
    filled.cite = citations(draft.cites);
    filled.required = draft.required;
    applies(draft.condition, filled);
    if (filled.state == SectionState::not_applicable) return filled;
    wording(draft, filled);
    for (const auto& part : draft.parts) add(part, draft.required && !part.optional, filled);
    if (!draft.blank.empty()) filled.entries.push_back(written(draft));
    filled.gaps = static_cast<std::size_t>(
        std::count_if(filled.entries.begin(), filled.entries.end(),
                      [](const PaperEntry& each) { return each.state == EntryState::open; }));
    if (filled.state == SectionState::undetermined) ++filled.gaps;
    return filled;
  }

  // The proposed words with the names put in; a name that is not known is a gap.
  void wording(const PaperSection& draft, FilledSection& filled) {
    filled.wording = texts(draft.wording);
    bool of_organisation = false;
    const auto put = [&](std::string& text) {
      const std::string& organisation = record_.organisation.name;
      const std::string& subject = record_.name.empty() ? record_.id : record_.name;
      for (const auto& [mark, name] :
           {std::pair<std::string_view, std::string>("{organisation}", organisation),
            {"{subject}", subject}}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
          of_organisation = of_organisation || mark == "{organisation}";
          const std::string shown = name.empty() ? "[…]" : name;
          text.replace(at, mark.size(), shown);
          at += shown.size();
        }
      }
    };
    for (auto* text : {&filled.wording.en, &filled.wording.ko, &filled.wording.zh}) put(*text);
    if (of_organisation && record_.organisation.name.empty())
      identity("organisation", draft.required, filled);
  }

  void add(const PaperPart& part, bool needed, FilledSection& filled) {
    switch (part.source) {
      case PaperSource::fact:
        facts(part.name, needed, filled);
        return;
      case PaperSource::conclusion:
        filled.entries.push_back(conclusion(part.name, needed));
        return;
      case PaperSource::duty:
        filled.entries.push_back(duty(part.name, needed));
        return;
      case PaperSource::evidence:
        filled.entries.push_back(evidence(part, needed));
        return;
      case PaperSource::identity:
        identity(part.name, needed, filled);
    }
  }

  static EntryState missing_state(bool needed) {
    return needed ? EntryState::open : EntryState::left_out;
  }

  // A fact of deployments or models is asked of each of them.
  void facts(const std::string& name, bool needed, FilledSection& filled) {
    const std::uint32_t index = program_.find_fact(name);
    const std::uint8_t scopes = program_.facts[index].scopes;
    const bool of_model = model_ || (scopes & (kSystem | kDeployment | kOrganisation)) == 0;
    const std::int32_t slot = knowledge_.slot_of(index, of_model);
    std::vector<Binding> at{Binding{}};
    if (model_) at = {Binding{-1, 0}};
    if (!model_ && of_model) {
      at.clear();
      for (int i = 0; i < knowledge_.models(); ++i) at.push_back({-1, i});
    } else if (!model_ && slot == 2) {
      at = places(kDeployment);
    }
    if (at.empty()) {  // of models, and the system states none
      PaperEntry entry = blank_fact(index, needed);
      filled.entries.push_back(std::move(entry));
      return;
    }
    for (const Binding each : at) filled.entries.push_back(fact(index, slot, each, needed));
  }

  PaperEntry blank_fact(std::uint32_t index, bool needed) const {
    PaperEntry entry;
    entry.kind = EntryKind::fact;
    entry.id = program_.text(program_.facts[index].id);
    entry.label = texts(program_.facts[index].question);
    entry.state = missing_state(needed);
    return entry;
  }

  PaperEntry fact(std::uint32_t index, std::int32_t slot, Binding at, bool needed) {
    PaperEntry entry = blank_fact(index, needed);
    const CellId cell = knowledge_.resolve(index, slot, at);
    const ProofNode leaf = prover_.fact_leaf(cell);
    entry.id = leaf.cell;
    entry.of = name_of(at);
    entry.source = leaf.source;
    entry.note = {leaf.note, "", ""};
    entry.origin = leaf.origin;
    entry.where = leaf.where;
    if (leaf.not_asked) {
      entry.state = EntryState::not_asked;
      return entry;
    }
    if (answer(knowledge_.fact_of(cell), cell, leaf, entry)) entry.state = EntryState::given;
    return entry;
  }

  std::vector<Texts> labels(Range members, const MemberSet& chosen) const {
    std::vector<Texts> list;
    for (std::uint32_t i = 0; i < members.count; ++i) {
      if (!chosen.test(i)) continue;
      const Member& member = program_.members[members.first + i];
      Texts label = texts(member.label);
      if (label.en.empty()) label.en = program_.text(member.id);
      list.push_back(std::move(label));
    }
    return list;
  }

  // Takes the answer over; false where it is open, so that nothing is claimed.
  bool answer(std::uint32_t index, CellId cell, const ProofNode& leaf, PaperEntry& entry) const {
    const Fact& fact = program_.facts[index];
    const Answer* stated = knowledge_.cell(cell).answer;
    entry.text = leaf.answer;
    if (stated != nullptr && (stated->unknown || stated->never)) return stated->never;
    switch (fact.type) {
      case FactType::boolean:
        if (leaf.value == Truth::unknown) return false;
        entry.yes = leaf.value == Truth::true_;
        return true;
      case FactType::enumeration:
        entry.members = labels(fact.members, knowledge_.possible(cell));
        return knowledge_.single(cell);
      case FactType::set: {
        if (stated == nullptr) return knowledge_.cell(cell).closed;
        entry.members = labels(fact.members, stated->listed);
        const MemberState state = knowledge_.members(cell);
        return (state.in | state.out).count() >= fact.members.count;
      }
      case FactType::date: {
        const Interval range = knowledge_.range(cell);
        if (range.is_point()) entry.day = static_cast<Day>(range.low->to_int());
        return stated != nullptr;
      }
      case FactType::number:
      case FactType::integer: {
        if (stated == nullptr) return false;
        const Interval range = knowledge_.range(cell);
        const std::string_view unit = program_.text(fact.unit);
        if (unit == "money" && range.is_point()) {
          entry.money = range.low;
          entry.currency = knowledge_.currency(cell);
        } else if (!unit.empty() && unit != "money" && entry.text.find(unit) == std::string::npos) {
          entry.text += " " + std::string(unit);
        }
        return true;
      }
      case FactType::text:
        return knowledge_.text(cell) != nullptr;
    }
    return false;
  }

  PaperEntry conclusion(const std::string& name, bool needed) {
    PaperEntry entry;
    entry.kind = EntryKind::conclusion;
    entry.id = name;
    const std::uint32_t index = program_.find_concept(name);
    for (const Binding at : places(program_.concepts[index].scope)) {
      ClassificationItem item = items_.classification(index, at);
      if (entry.conclusion && rank(item.value) <= rank(entry.conclusion->value)) continue;
      entry.of = item.value == Truth::false_ ? "" : name_of(at);
      entry.conclusion = std::move(item);
    }
    if (!entry.conclusion) return entry;
    entry.label = entry.conclusion->title;
    entry.missing = entry.conclusion->missing;
    entry.state =
        entry.conclusion->value == Truth::unknown ? missing_state(needed) : EntryState::given;
    return entry;
  }

  // Of several deployments, the first for which it is owed stands for all.
  const ObligationItem* item_of(const std::string& name) {
    const std::uint32_t index = program_.find_obligation(name);
    const Scope scope = program_.obligations[index].scope;
    if ((scope == kModel) != model_) return nullptr;
    for (const auto& each : duties_) {
      if (each.id == name) return &each;
    }
    static const std::vector<std::string> order{"not_applicable", "ended", "undetermined",
                                                "upcoming", "due"};
    const auto place = [&](const std::string& status) {
      return std::find(order.begin(), order.end(), status) - order.begin();
    };
    std::optional<ObligationItem> chosen;
    for (const Binding at : places(scope)) {
      ObligationItem item = items_.obligation(index, at, timeline_.status(index, at));
      item.deployment = name_of(at);
      if (!chosen || place(item.status) > place(chosen->status)) chosen = std::move(item);
    }
    duties_.push_back(std::move(*chosen));
    return &duties_.back();
  }

  PaperEntry duty(const std::string& name, bool needed) {
    PaperEntry entry;
    entry.kind = EntryKind::duty;
    entry.id = name;
    entry.label = texts(program_.obligations[program_.find_obligation(name)].title);
    const ObligationItem* item = item_of(name);
    if (item == nullptr) {
      entry.state = EntryState::not_asked;
      return entry;
    }
    entry.duty = *item;
    if (item->status != "not_applicable") entry.of = item->deployment;
    entry.missing = item->missing;
    entry.state = item->status == "undetermined" ? missing_state(needed) : EntryState::given;
    return entry;
  }

  // The paper in which it stands already. Nothing is claimed of what nobody has shown.
  PaperEntry evidence(const PaperPart& part, bool needed) {
    PaperEntry entry;
    entry.kind = EntryKind::evidence;
    entry.id = part.name + "/" + part.piece;
    entry.state = missing_state(needed);
    const Obligation& duty = program_.obligations[program_.find_obligation(part.name)];
    for (const auto& each : program_.evidence.slice(duty.evidence)) {
      if (program_.text(each.id) == part.piece) entry.label = texts(each.title);
    }
    const ObligationItem* item = item_of(part.name);
    if (item == nullptr) return entry;
    for (const auto& each : item->evidence) {
      if (each.id != part.piece) continue;
      entry.evidence = each;
      entry.source = each.source;
      entry.by = each.by;
      entry.note = each.note;
      entry.where = each.where;
      const bool there = each.state == PieceState::shown && !each.source_missing &&
                         (!each.source.empty() || !each.seen.empty());
      if (there) entry.state = EntryState::given;
    }
    return entry;
  }

  void identity(const std::string& name, bool needed, FilledSection& filled) {
    const auto add = [&](const std::string& what, const std::string& id, const std::string& shown,
                         const Location& where) {
      PaperEntry entry;
      entry.kind = EntryKind::identity;
      entry.id = what;
      entry.of = id;
      entry.text = shown;
      entry.where = where;
      entry.state = shown.empty() ? missing_state(needed) : EntryState::given;
      filled.entries.push_back(std::move(entry));
    };
    const auto shown = [](const std::string& title, const std::string& id) {
      return title.empty() ? id : title;
    };
    if (name == "organisation") {
      add("organisation", "", record_.organisation.name, {});
    } else if (name == "subject") {
      add(model_ ? "model" : "system", record_.id, shown(record_.name, record_.id), record_.where);
    } else if (record_.models.empty()) {
      add("model", "", "", {});
    } else {
      for (const auto& each : record_.models) add("model", each.id, shown(each.name, each.id), {});
    }
  }

  // What a person has written, or said where it stands; the last entry made by the day counts.
  PaperEntry written(const PaperSection& draft) const {
    PaperEntry entry;
    entry.kind = EntryKind::written;
    entry.id = paper_.id + "/" + draft.id;
    entry.label = texts(draft.blank);
    entry.state = missing_state(draft.required);
    for (const auto& each : manifest_.evidence) {
      if (each.topic != entry.id || (!each.system.empty() && each.system != record_.id)) continue;
      if (each.made != kNoDay && each.made > timeline_.asked()) continue;
      if (each.state == EvidenceState::not_done) continue;
      if (each.note.empty() && each.source.empty()) continue;
      entry.text = each.note;
      entry.source = each.source;
      entry.by = each.by;
      entry.where = each.where;
      if (each.made != kNoDay) entry.day = each.made;
      const bool expired = each.through != kNoDay && each.through < timeline_.asked();
      const bool whole = each.state != EvidenceState::partly && !expired;
      entry.state = whole ? EntryState::given : missing_state(draft.required);
    }
    return entry;
  }

  const Program& program_;
  const Manifest& manifest_;
  const Record& record_;
  const PaperDraft& paper_;
  bool model_;
  Knowledge knowledge_;
  Timeline timeline_;
  Items items_;
  Prover prover_;
  std::vector<ObligationItem> duties_;
};

}  // namespace

Result<FilledPaper> fill_paper(const Program& program, const Manifest& manifest,
                               const Assessable& subject, const PaperDraft& paper,
                               std::uint32_t pack, const AssessOptions& options) {
  Diagnostics problems;
  Filling filling(program, manifest, subject, paper, options, problems);
  if (has_errors(problems)) return problems;
  FilledPaper filled;
  const PackInfo& info = program.packs[pack];
  filled.id = paper.id;
  filled.pack = program.text(info.id);
  filled.pack_version = program.text(info.version);
  filled.jurisdiction = program.text(info.jurisdiction);
  filled.checked_on = info.checked_on;
  filled.language = paper.language;
  filled.title = {paper.title.en, paper.title.ko, paper.title.zh};
  filled.purpose = {paper.purpose.en, paper.purpose.ko, paper.purpose.zh};
  filled.subject_kind = subject.kind == Assessable::Kind::model ? "model" : "system";
  filled.subject_id = subject.record.id;
  filled.subject_name = subject.record.name;
  filled.organisation = manifest.organisation.name;
  filled.as_of = options.as_of;
  filled.engine_version = options.engine_version;
  filling.fill(filled);
  return filled;
}

}  // namespace pandect
