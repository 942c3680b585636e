#include "packs/draft.h"

#include "packs/documents.h"

#include <functional>

namespace pandect {
namespace {

using Vocabulary = std::vector<std::pair<std::string_view, Confidence>>;

Confidence read_confidence(Fields& fields) {
  return fields.word<Confidence>(
      "confidence", Confidence::high,
      {{"high", Confidence::high}, {"medium", Confidence::medium}, {"low", Confidence::low}});
}

Severity read_severity(Fields& fields) {
  return fields.word<Severity>("severity", Severity::medium,
                               {{"low", Severity::low},
                                {"medium", Severity::medium},
                                {"high", Severity::high},
                                {"critical", Severity::critical}});
}

FactType read_type(Fields& fields) {
  return fields.word<FactType>("type", FactType::boolean,
                               {{"bool", FactType::boolean},
                                {"integer", FactType::integer},
                                {"number", FactType::number},
                                {"date", FactType::date},
                                {"enum", FactType::enumeration},
                                {"set", FactType::set},
                                {"text", FactType::text}});
}

class FileReader {
 public:
  FileReader(const yaml::Document& document, PackDraft& draft, Diagnostics& problems)
      : document_(document), draft_(draft), problems_(problems) {}

  void pack() {
    Fields fields(document_, document_.root, "pack.yaml", problems_);
    draft_.has_manifest = true;
    draft_.where = fields.location();
    draft_.id = fields.required_text("id");
    draft_.version = fields.required_text("version");
    draft_.jurisdiction = fields.required_text("jurisdiction");
    if (const auto* scope = fields.take("scope")) draft_.scope = scope->text;
    draft_.title = fields.phrases("title");
    draft_.state_of_law = fields.day("state_of_law");
    draft_.checked_on = fields.day("checked_on");
    draft_.review_by = fields.day("review_by");
    draft_.never_closed = fields.texts("never_closed");
    draft_.screening = fields.texts("screening");
    each(fields.take("instruments"), "instrument",
         [&](const yaml::Value& value) { instrument(value); });
    each(fields.take("notes"), "", [&](const yaml::Value& value) {
      Fields note(document_, value, "a note", problems_);
      draft_.notes.push_back({note.text("en"), note.text("ko"), note.text("zh")});
    });
    each(fields.take("calendars"), "calendar", [&](const yaml::Value& value) { calendar(value); });
    fields.take("changelog");
  }

  void sections() {
    if (document_.root.shape == yaml::Shape::null) {
      problems_.push_back({Level::error,
                           "empty-file",
                           {document_.file->name, 0, 0},
                           "the file is empty",
                           "add a section such as `concepts:`, or delete the file"});
      return;
    }
    Fields fields(document_, document_.root, "this file", problems_);
    each(fields.take("trees"), "tree", [&](const yaml::Value& value) { tree(value); });
    each(fields.take("facts"), "fact", [&](const yaml::Value& value) { fact(value); });
    each(fields.take("axioms"), "", [&](const yaml::Value& value) { axiom(value); });
    each(fields.take("mappings"), "", [&](const yaml::Value& value) { mapping(value); });
    each(fields.take("concepts"), "concept", [&](const yaml::Value& value) { concept_of(value); });
    each(fields.take("obligations"), "obligation",
         [&](const yaml::Value& value) { obligation(value); });
    each(fields.take("penalties"), "penalty", [&](const yaml::Value& value) { penalty(value); });
    each(fields.take("provisions"), "", [&](const yaml::Value& value) { provision(value); });
    each(fields.take("calendars"), "calendar", [&](const yaml::Value& value) { calendar(value); });
    each(fields.take("evidence_kinds"), "kind",
         [&](const yaml::Value& value) { evidence_kind(value); });
    each(fields.take("documents"), "document", [&](const yaml::Value& value) { shape(value); });
    each(fields.take("papers"), "paper",
         [&](const yaml::Value& value) { read_paper(document_, value, draft_, problems_); });
    each(fields.take("cases"), "id", [&](const yaml::Value& value) { kase(value); });
  }

 private:
  // A section is a list, or a map from id to the rest (then the id is put back under `key`).
  void each(const yaml::Value* section, std::string_view key,
            const std::function<void(const yaml::Value&)>& read) {
    if (section == nullptr) return;
    if (section->shape == yaml::Shape::list) {
      for (const auto& item : section->items) read(item);
      return;
    }
    if (section->shape == yaml::Shape::map && !key.empty()) {
      for (const auto& [name, value] : section->entries) {
        yaml::Value item = value;
        if (item.shape == yaml::Shape::null) item.shape = yaml::Shape::map;
        if (item.shape == yaml::Shape::scalar) {  // `concepts: {c: a and b}`
          yaml::Value when = value;
          item = yaml::Value{};
          item.shape = yaml::Shape::map;
          item.line = value.line;
          item.column = value.column;
          yaml::Value when_key;
          when_key.shape = yaml::Shape::scalar;
          when_key.text = "when";
          item.entries.emplace_back(std::move(when_key), std::move(when));
        }
        yaml::Value id_key;
        id_key.shape = yaml::Shape::scalar;
        id_key.text = std::string(key);
        item.entries.emplace_back(std::move(id_key), name);
        read(item);
      }
      return;
    }
    problems_.push_back(
        {Level::error, "wrong-shape", yaml::location_of(document_, *section),
         "this section must be a list, not " + std::string(shape_name(section->shape)), ""});
  }

  std::optional<Number> number(Fields& fields, const yaml::Value& value) {
    const auto parsed = Number::parse(value.text);
    if (!parsed)
      fields.problem(value, "bad-number", "`" + value.text + "` is no number",
                     "write it like 1e25 or 0.07");
    return parsed;
  }

  std::vector<MemberDraft> members(const yaml::Value* list) {
    std::vector<MemberDraft> result;
    each(list, "id", [&](const yaml::Value& value) {
      MemberDraft member;
      member.where = yaml::location_of(document_, value);
      if (value.shape == yaml::Shape::scalar) {
        member.id = value.text;
      } else {
        Fields fields(document_, value, "a member", problems_);
        member.id = fields.required_text("id");
        member.label = fields.phrases("label");
        member.means = fields.phrases("means");
        member.example = fields.text("example");
        member.counterexample = fields.text("counterexample");
        member.abstract = fields.boolean("abstract", false);
      }
      result.push_back(std::move(member));
    });
    return result;
  }

  void tree(const yaml::Value& value) {
    Fields fields(document_, value, "a tree", problems_);
    TreeDraft tree;
    tree.where = fields.location();
    tree.id = fields.required_text("tree");
    tree.members = members(fields.take("members"));
    draft_.trees.push_back(std::move(tree));
  }

  void fact(const yaml::Value& value) {
    const auto* id = value.find("fact");
    Fields fields(document_, value, "fact " + (id != nullptr ? id->text : std::string("?")),
                  problems_);
    FactDraft fact;
    fact.where = fields.location();
    fact.id = fields.required_text("fact");
    fact.scopes = fields.texts("scope");
    fact.type = read_type(fields);
    fact.unit = fields.text("unit");
    fact.members_of = fields.text("members_of");
    if (const auto* list = fields.take("members")) fact.members = members(list);
    if (const auto* list = fields.take("abstract")) {
      if (list->shape != yaml::Shape::list)
        fields.problem(*list, "wrong-shape", "`abstract` is a list of members",
                       "write [" + list->text + "]");
      for (const auto& item : list->items) {
        for (auto& member : fact.members) member.abstract |= member.id == item.text;
      }
    }
    if (const auto* minimum = value.find("min");
        minimum != nullptr && minimum->shape == yaml::Shape::null) {
      fields.take("min");
      fact.minimum.reset();
    } else if (const auto* stated = fields.take("min")) {
      fact.minimum = number(fields, *stated);
    }
    if (fact.type != FactType::number && fact.type != FactType::integer) fact.minimum.reset();
    fact.optional = fields.boolean("optional", false);
    fact.asked_if = fields.source("asked_if");
    fact.default_fact = fields.text("default");
    fact.default_if = fields.source("default_if");
    fact.question = fields.phrases("question");
    fact.help = fields.phrases("help");
    fact.source = fields.texts("source");
    each(fields.take("axioms"), "", [&](const yaml::Value& item) {
      for (const auto& [kind, body] : item.entries) {
        AxiomDraft axiom;
        axiom.kind = kind.text;
        axiom.fact = fact.id;
        axiom.consequence = yaml::source_of(document_, body);
        static const std::array<std::string_view, 6> known{"implies", "excludes",  "at_least",
                                                           "at_most", "subset_of", "contains"};
        bool fits = false;
        for (const auto name : known) fits |= name == kind.text;
        if (!fits) {
          fields.problem(kind, "unknown-word", "`" + kind.text + "` is no kind of axiom",
                         "use implies, excludes, at_least, at_most, subset_of or contains");
          continue;
        }
        fact.axioms.push_back(std::move(axiom));
      }
    });
    draft_.facts.push_back(std::move(fact));
  }

  void axiom(const yaml::Value& value) {
    Fields fields(document_, value, "an axiom", problems_);
    AxiomDraft axiom;
    axiom.kind = "if";
    axiom.condition = fields.source("if");
    axiom.consequence = fields.source("then");
    if (axiom.condition.empty() || axiom.consequence.empty()) {
      if (fields.valid()) fields.problem(value, "missing-key", "an axiom has `if` and `then`");
      return;
    }
    draft_.axioms.push_back(std::move(axiom));
  }

  void mapping(const yaml::Value& value) {
    Fields fields(document_, value, "a mapping", problems_);
    MappingDraft mapping;
    mapping.where = fields.location();
    mapping.use = fields.required_text("use");
    mapping.to = fields.required_text("to");
    mapping.klass = fields.text("class");
    mapping.condition = fields.source("if");
    mapping.note = fields.phrases("note");
    mapping.relation = fields.word<Relation>(
        "rel", Relation::is,
        {{"is", Relation::is}, {"may", Relation::may}, {"out", Relation::out}});
    draft_.mappings.push_back(std::move(mapping));
  }

  void dates(Fields& fields, const yaml::Value& value, RuleDraft& rule) {
    rule.from = fields.day("from");
    rule.until = fields.day("until");
    if (const Day through = fields.day("through"); through != kNoDay) {
      if (rule.until != kNoDay) {
        fields.problem(value, "until-and-through", "a rule has `until` or `through`, not both",
                       "`until` is the first day no longer, `through` the last day");
      }
      rule.until = through + 1;
    }
    rule.enacted = fields.day("enacted");
    rule.superseded = fields.day("superseded");
    if (rule.from != kNoDay && rule.until != kNoDay && rule.from >= rule.until) {
      fields.problem(value, "conflicting-dates", "this never applies: `until` is not after `from`");
    }
    if (rule.enacted != kNoDay && rule.superseded != kNoDay && rule.enacted >= rule.superseded) {
      fields.problem(value, "conflicting-dates",
                     "this never stood in the law book: `superseded` is not after `enacted`");
    }
  }

  RuleDraft rule(const yaml::Value& value) {
    const auto* id = value.find("id");
    Fields fields(document_, value, "rule " + (id != nullptr ? id->text : std::string("?")),
                  problems_);
    RuleDraft rule;
    rule.where = fields.location();
    rule.id = fields.required_text("id");
    rule.cites = fields.texts("cite");
    rule.overrides = fields.texts("overrides");
    rule.when = fields.source("when");
    rule.then = fields.source("then");
    dates(fields, value, rule);
    rule.checked_on = fields.day("checked_on");
    rule.note = fields.phrases("note");
    if (value.find("confidence") != nullptr) rule.confidence = read_confidence(fields);
    rule.burden = fields.word<bool>("burden", false, {{"operator", true}});
    return rule;
  }

  void concept_of(const yaml::Value& value) {
    const auto* id = value.find("concept");
    Fields fields(document_, value, "concept " + (id != nullptr ? id->text : std::string("?")),
                  problems_);
    ConceptDraft concept_draft;
    concept_draft.where = fields.location();
    concept_draft.id = fields.required_text("concept");
    concept_draft.kind = fields.word<ConceptKind>("kind", ConceptKind::element,
                                                  {{"classification", ConceptKind::classification},
                                                   {"role", ConceptKind::role},
                                                   {"scope", ConceptKind::scope},
                                                   {"amount", ConceptKind::amount},
                                                   {"element", ConceptKind::element},
                                                   {"lead", ConceptKind::lead}});
    concept_draft.type = read_type(fields);
    concept_draft.unit = fields.text("unit");
    concept_draft.currency = fields.text("currency");
    concept_draft.combine = fields.word<Combine>(
        "combine", Combine::none,
        {{"max", Combine::maximum}, {"min", Combine::minimum}, {"sum", Combine::sum}});
    concept_draft.scope = fields.text("scope");
    concept_draft.title = fields.phrases("title");
    concept_draft.help = fields.phrases("help");
    concept_draft.note = fields.phrases("note");
    concept_draft.severity = read_severity(fields);
    concept_draft.confidence = read_confidence(fields);
    concept_draft.values = members(fields.take("values"));
    concept_draft.otherwise = fields.source("default");
    each(fields.take("rules"), "id",
         [&](const yaml::Value& item) { concept_draft.rules.push_back(rule(item)); });
    if (const auto* when = fields.take("when")) {  // shorthand: one rule
      RuleDraft only;
      only.id = concept_draft.id;
      only.where = fields.location(*when);
      only.when = yaml::source_of(document_, *when);
      concept_draft.rules.push_back(std::move(only));
    }
    draft_.concepts.push_back(std::move(concept_draft));
  }

  void evidence(const yaml::Value& value, ObligationDraft& owner) {
    Fields fields(document_, value, "a piece of evidence", problems_);
    EvidenceDraft piece;
    piece.id = fields.required_text("id");
    piece.kind = fields.text("kind");
    piece.title = fields.phrases("title");
    piece.required = fields.boolean("required", true);
    piece.when = fields.source("when");
    if (const auto* probe = fields.take("probe")) piece.probe = yaml::json_text(*probe);
    piece.sufficient = read_suffices(fields);
    piece.where = fields.location();
    owner.evidence.push_back(std::move(piece));
  }

  void obligation(const yaml::Value& value) {
    const auto* id = value.find("obligation");
    Fields fields(document_, value, "obligation " + (id != nullptr ? id->text : std::string("?")),
                  problems_);
    ObligationDraft duty;
    duty.where = fields.location();
    duty.id = fields.required_text("obligation");
    duty.scope = fields.text("scope");
    duty.cites = fields.texts("cite");
    duty.owed_by = fields.source("owed_by");
    if (duty.owed_by.empty())
      fields.problem(value, "missing-key", "obligation " + duty.id + " has no `owed_by`",
                     "name the role that owes it");
    duty.when = fields.source("when");
    duty.starts = fields.source("starts");
    duty.ends = fields.source("ends");
    duty.deadline = fields.source("deadline");
    duty.penalties = fields.texts("penalty");
    duty.title = fields.phrases("title");
    duty.duty = fields.phrases("duty");
    duty.timing = fields.phrases("timing");
    duty.note = fields.phrases("note");
    duty.modality = fields.word<Modality>("modality", Modality::must,
                                          {{"must", Modality::must},
                                           {"must_not", Modality::must_not},
                                           {"effort", Modality::effort},
                                           {"should", Modality::should},
                                           {"may", Modality::may}});
    duty.severity = read_severity(fields);
    duty.confidence = read_confidence(fields);
    duty.prohibition = fields.boolean("prohibition", false);
    duty.no_exceptions = fields.boolean("no_exceptions", false);
    each(fields.take("rules"), "id",
         [&](const yaml::Value& item) { duty.rules.push_back(rule(item)); });
    RuleDraft own;
    dates(fields, value, own);
    own.checked_on = fields.day("checked_on");
    if (duty.rules.empty()) {
      own.id = duty.id;
      own.where = duty.where;
      own.cites = duty.cites;
      own.when = duty.when;
      duty.rules.push_back(std::move(own));
    } else if (!duty.when.empty() || own.from != kNoDay || own.until != kNoDay) {
      fields.problem(value, "rules-and-when",
                     "obligation " + duty.id + " has `rules` and its own `when` or dates",
                     "put them into the rules");
    }
    each(fields.take("exceptions"), "id",
         [&](const yaml::Value& item) { duty.exceptions.push_back(rule(item)); });
    each(fields.take("evidence"), "id", [&](const yaml::Value& item) { evidence(item, duty); });
    draft_.obligations.push_back(std::move(duty));
  }

  void penalty(const yaml::Value& value) {
    Fields fields(document_, value, "a penalty", problems_);
    PenaltyDraft penalty;
    penalty.where = fields.location();
    penalty.id = fields.required_text("penalty");
    penalty.amount = fields.text("amount");
    penalty.cites = fields.texts("cite");
    penalty.schedule = fields.texts("schedule");
    penalty.title = fields.phrases("title");
    penalty.text = fields.phrases("text");
    penalty.kind = fields.word<PenaltyKind>("kind", PenaltyKind::none,
                                            {{"direct", PenaltyKind::direct},
                                             {"after_order", PenaltyKind::after_order},
                                             {"criminal", PenaltyKind::criminal},
                                             {"civil", PenaltyKind::civil},
                                             {"administrative", PenaltyKind::administrative},
                                             {"private_action", PenaltyKind::private_action},
                                             {"none", PenaltyKind::none}});
    draft_.penalties.push_back(std::move(penalty));
  }

  void provision(const yaml::Value& value) {
    Fields fields(document_, value, "a provision", problems_);
    ProvisionDraft provision;
    provision.where = fields.location();
    provision.id = fields.required_text("id");
    provision.title = fields.text("title");
    provision.url = fields.text("url");
    provision.reason = fields.text("reason");
    provision.confidence = read_confidence(fields);
    provision.disposition = fields.word<Disposition>("disposition", Disposition::encoded,
                                                     {{"encoded", Disposition::encoded},
                                                      {"definition", Disposition::definition},
                                                      {"context", Disposition::context},
                                                      {"authority", Disposition::authority},
                                                      {"procedure", Disposition::procedure},
                                                      {"out_of_scope", Disposition::out_of_scope},
                                                      {"draft", Disposition::draft},
                                                      {"lead", Disposition::lead}});
    draft_.provisions.push_back(std::move(provision));
  }

  void instrument(const yaml::Value& value) {
    Fields fields(document_, value, "an instrument", problems_);
    InstrumentDraft instrument;
    instrument.id = fields.required_text(value.find("instrument") != nullptr ? "instrument" : "id");
    instrument.number = fields.text("number");
    instrument.url = fields.text("url");
    instrument.title = fields.phrases("title");
    instrument.short_title = fields.phrases("short");
    instrument.date = fields.day("date");
    instrument.confidence = read_confidence(fields);
    instrument.status =
        fields.word<InstrumentStatus>("status", InstrumentStatus::in_force,
                                      {{"in_force", InstrumentStatus::in_force},
                                       {"voluntary", InstrumentStatus::voluntary},
                                       {"guideline", InstrumentStatus::guideline},
                                       {"draft", InstrumentStatus::draft},
                                       {"adjacent", InstrumentStatus::adjacent},
                                       {"superseded", InstrumentStatus::superseded}});
    draft_.instruments.push_back(std::move(instrument));
  }

  std::vector<Day> days(Fields& fields, std::string_view key) {
    std::vector<Day> list;
    const auto* value = fields.take(key);
    if (value == nullptr) return list;
    if (value->shape != yaml::Shape::list)
      fields.problem(*value, "wrong-shape", "`" + std::string(key) + "` is a list of days",
                     "write [" + value->text + "]");
    for (const auto& item : value->items) {
      if (const auto day = parse_day(item.text)) {
        list.push_back(*day);
      } else {
        fields.problem(item, "bad-date", "`" + item.text + "` is no day of the calendar",
                       "write it like 2026-11-21");
      }
    }
    return list;
  }

  void calendar(const yaml::Value& value) {
    Fields fields(document_, value, "a calendar", problems_);
    CalendarDraft calendar;
    calendar.id = fields.required_text("calendar");
    calendar.from = fields.day("from");
    calendar.through = fields.day("through");
    calendar.holidays = days(fields, "holidays");
    calendar.extra = days(fields, "extra_working_days");
    fields.take("source");
    if (calendar.from == kNoDay || calendar.through == kNoDay) {
      fields.problem(value, "missing-key",
                     "a calendar says from which day and through which day it is known");
    }
    draft_.calendars.push_back(std::move(calendar));
  }

  void evidence_kind(const yaml::Value& value) {
    Fields fields(document_, value, "a kind of evidence", problems_);
    EvidenceKindDraft kind;
    kind.where = fields.location();
    kind.kind = fields.required_text("kind");
    if (const auto* probe = fields.take("probe")) kind.probe = yaml::json_text(*probe);
    kind.sufficient = read_suffices(fields);
    draft_.evidence_kinds.push_back(std::move(kind));
  }

  static Suffices read_suffices(Fields& fields) {
    return fields.word<Suffices>("sufficient", Suffices::by_default,
                                 {{"true", Suffices::yes}, {"false", Suffices::no}});
  }

  void shape(const yaml::Value& value) {
    Fields fields(document_, value, "a document", problems_);
    DocumentDraft shape;
    shape.where = fields.location();
    shape.id = fields.required_text("document");
    shape.cites = fields.texts("cite");
    fields.phrases("title");
    if (const auto* headings = fields.take("headings")) shape.headings = yaml::json_text(*headings);
    if (shape.headings.empty())
      fields.problem(value, "missing-key", "a document has no `headings`",
                     "write `headings: [{id: risks, en: [...], ko: [...], zh: [...]}]`");
    draft_.documents.push_back(std::move(shape));
  }

  void kase(const yaml::Value& value) {
    CaseDraft kase;
    const auto* id = value.find("id");
    kase.where = yaml::location_of(document_, value);
    if (id == nullptr || id->text.empty()) {
      problems_.push_back(
          {Level::error, "missing-key", kase.where, "a case has no `id`", "add it"});
      return;
    }
    kase.id = id->text;
    kase.document.file = document_.file;
    kase.value = value;
    draft_.cases.push_back(std::move(kase));
  }

  const yaml::Document& document_;
  PackDraft& draft_;
  Diagnostics& problems_;
};

}  // namespace

void read_pack_file(const std::string& name, std::string text, PackDraft& draft,
                    Diagnostics& problems) {
  const bool manifest = name == "pack.yaml" || name.ends_with("/pack.yaml");
  auto document = yaml::parse(name, std::move(text));
  if (!document) {
    problems.insert(problems.end(), document.errors().begin(), document.errors().end());
    draft.incomplete = true;
    return;
  }
  FileReader reader(*document, draft, problems);
  if (manifest) {
    reader.pack();
  } else {
    reader.sections();
  }
}

void read_pack_document(const yaml::Document& document, PackDraft& draft, Diagnostics& problems) {
  FileReader(document, draft, problems).sections();
}

void read_predicate(const yaml::Document& document, const yaml::Value& value, PredicateDraft& draft,
                    Diagnostics& problems) {
  Fields fields(document, value, "a predicate", problems);
  draft.id = fields.required_text("predicate");
  draft.facts = fields.texts("facts");
  const auto* conditions = fields.take("where");
  if (conditions != nullptr && conditions->shape != yaml::Shape::map) {
    fields.problem(*conditions, "wrong-shape", "`where` of a predicate names conditions",
                   "write where = {large = \"size.employees >= 250\"}");
  } else if (conditions != nullptr) {
    for (const auto& [name, condition] : conditions->entries)
      draft.conditions.emplace_back(name.text, yaml::source_of(document, condition));
  }
}

void finish_pack(PackDraft& draft, Diagnostics& problems) {
  const auto missing = [&](const std::string& what, const std::string& hint) {
    problems.push_back({Level::error, "missing-key", draft.where, what, hint});
  };
  if (!draft.has_manifest) {
    draft.where = {draft.folder, 0, 0};
    missing("this folder has no pack.yaml",
            "a pack needs one: id, version, jurisdiction, title, state_of_law");
    return;
  }
  if (draft.state_of_law == kNoDay)
    missing("pack.yaml has no `state_of_law`", "the day whose law the pack encodes");
  expand_documents(draft, problems);
}

}  // namespace pandect
