#include "packs/linker.h"

#include "base/names.h"
#include "packs/compiler.h"
#include "packs/documents.h"
#include "packs/order.h"
#include "packs/predicates.h"

#include <algorithm>
#include <map>
#include <set>

namespace pandect {
namespace {

class Linker {
 public:
  explicit Linker(const std::vector<PackDraft>& packs)
      : packs_(packs), compiler_(builder_, problems_, [this](std::uint32_t index) {
          return compile_concept(index);
        }) {}

  Linked run() {
    declare_packs();
    declare_provisions();
    declare_facts();
    declare_penalties();
    declare_concepts();
    declare_predicates();
    declare_obligations();
    compile_facts();
    compile_mappings();
    for (const std::uint32_t i : chain_order(program(), concept_drafts_)) compile_concept(i);
    for (std::uint32_t i = 0; i < concept_drafts_.size(); ++i) compile_concept(i);
    for (std::uint32_t i = 0; i < obligation_drafts_.size(); ++i) compile_obligation(i);
    compile_axioms();
    index_comparisons();
    for (std::uint32_t i = 0; i < obligation_drafts_.size(); ++i) index_dates(i);
    if (has_errors(problems_)) return {nullptr, std::move(problems_)};
    return {builder_.finish(), std::move(problems_)};
  }

 private:
  Program& program() { return builder_.program(); }

  void fail(const Location& where, std::string code, std::string message, std::string hint = {}) {
    problems_.push_back(
        {Level::error, std::move(code), where, std::move(message), std::move(hint)});
  }
  void warn(const Location& where, std::string code, std::string message, std::string hint = {}) {
    problems_.push_back(
        {Level::warning, std::move(code), where, std::move(message), std::move(hint)});
  }

  void declare_packs() {
    std::set<std::string> seen;
    for (const auto& draft : packs_) {
      if (!draft.id.empty() && !seen.insert(draft.id).second) {
        fail(draft.where, "duplicate-id", "the pack `" + draft.id + "` is loaded twice");
      }
      PackInfo pack;
      pack.id = builder_.text(draft.id);
      pack.version = builder_.text(draft.version);
      pack.jurisdiction = builder_.text(draft.jurisdiction);
      pack.digest = builder_.text(draft.digest);
      pack.folder = builder_.text(draft.folder);
      pack.title = builder_.words(draft.title);
      pack.state_of_law = draft.state_of_law;
      pack.checked_on = draft.checked_on;
      pack.review_by = draft.review_by;
      const auto number = static_cast<std::uint32_t>(program().packs.size());
      std::vector<Instrument> instruments;
      for (const auto& each : draft.instruments) {
        Instrument instrument;
        instrument.id = builder_.text(each.id);
        instrument.number = builder_.text(each.number);
        instrument.url = builder_.text(each.url);
        instrument.title = builder_.words(each.title);
        instrument.short_title = builder_.words(each.short_title);
        instrument.date = each.date;
        instrument.pack = number;
        instrument.status = each.status;
        instrument.confidence = each.confidence;
        instruments_.emplace(
            each.id, static_cast<std::uint32_t>(program().instruments.size() + instruments.size()));
        instruments.push_back(instrument);
      }
      pack.instruments = program().instruments.append(instruments);
      std::vector<Words> notes;
      for (const auto& each : draft.notes) notes.push_back(builder_.words(each));
      pack.notes = program().words.append(notes);
      for (const auto& each : draft.calendars) declare_calendar(each, number);
      program().packs.push(pack);
    }
  }

  void declare_calendar(const CalendarDraft& draft, std::uint32_t pack) {
    Calendar calendar;
    calendar.id = builder_.text(draft.id);
    calendar.from = draft.from;
    calendar.through = draft.through;
    calendar.pack = pack;
    auto holidays = draft.holidays, extra = draft.extra;
    std::sort(holidays.begin(), holidays.end());
    std::sort(extra.begin(), extra.end());
    calendar.holidays = program().days.append(holidays);
    calendar.extra = program().days.append(extra);
    compiler_.calendars[draft.id] = program().calendars.push(calendar);
  }

  void declare_provisions() {
    for (std::uint32_t pack = 0; pack < packs_.size(); ++pack) {
      for (const auto& draft : packs_[pack].provisions) {
        const auto [at, fresh] = provisions_.try_emplace(draft.id, 0);
        if (!fresh) {
          fail(draft.where, "duplicate-id", "the provision `" + draft.id + "` stands twice");
          continue;
        }
        Provision provision;
        provision.id = builder_.text(draft.id);
        provision.title = builder_.text(draft.title);
        provision.url = builder_.text(draft.url);
        provision.reason = builder_.text(draft.reason);
        provision.instrument = instrument_of(draft.id);
        provision.pack = pack;
        provision.disposition = draft.disposition;
        provision.confidence = draft.confidence;
        at->second = program().provisions.push(provision);
      }
    }
  }

  std::uint32_t instrument_of(const std::string& provision) const {
    const auto at = instruments_.find(provision.substr(0, provision.find(':')));
    return at == instruments_.end() ? kNone : at->second;
  }

  std::uint32_t provision(const std::string& id, const Location& where, std::uint32_t pack) {
    const auto [at, fresh] = provisions_.try_emplace(id, 0);
    if (!fresh) return at->second;
    std::vector<std::string_view> known;
    for (const auto& [name, index] : provisions_) {
      if (name != id) known.push_back(name);
    }
    warn(where, "unknown-provision", "`" + id + "` does not stand in provisions.yaml",
         known.empty() ? "add it" : did_you_mean(id, known));
    Provision provision;
    provision.id = builder_.text(id);
    provision.instrument = instrument_of(id);
    provision.pack = pack;
    provision.disposition = Disposition::lead;
    provision.reason = builder_.text("not listed in provisions.yaml");
    at->second = program().provisions.push(provision);
    return at->second;
  }

  Range cites(const std::vector<std::string>& list, const Location& where, std::uint32_t pack) {
    std::vector<std::uint32_t> found;
    for (const auto& each : list) found.push_back(provision(each, where, pack));
    return builder_.links(found);
  }

  Range members(const std::vector<MemberDraft>& drafts, const Location& where) {
    std::vector<Member> list;
    std::map<std::string, std::uint32_t> places;
    if (drafts.size() > 512) fail(where, "too-many", "a list has at most 512 members");
    for (const auto& draft : drafts) {
      Member member;
      member.id = builder_.text(draft.id);
      member.label = builder_.words(draft.label);
      member.means = builder_.words(draft.means);
      member.example = builder_.text(draft.example);
      member.counterexample = builder_.text(draft.counterexample);
      member.abstract = draft.abstract ? 1 : 0;
      if (!places.try_emplace(draft.id, static_cast<std::uint32_t>(list.size())).second) {
        fail(draft.where, "duplicate-id", "the member `" + draft.id + "` stands twice");
      }
      list.push_back(member);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::size_t dot = drafts[i].id.rfind('.');
      if (dot == std::string::npos) continue;
      const auto parent = places.find(drafts[i].id.substr(0, dot));
      if (parent == places.end()) continue;
      list[i].parent = parent->second;
      list[parent->second].has_children = 1;
    }
    return program().members.append(list);
  }

  void declare_facts() {
    std::map<std::string, std::pair<const FactDraft*, std::uint32_t>> sorted;
    std::map<std::string, Range> trees;
    std::map<std::string, std::uint32_t> screening;
    std::vector<std::string> never_closed;
    for (std::uint32_t pack = 0; pack < packs_.size(); ++pack) {
      for (const auto& tree : packs_[pack].trees) {
        if (!trees.try_emplace(tree.id, members(tree.members, tree.where)).second) {
          fail(tree.where, "duplicate-id", "the tree `" + tree.id + "` stands twice");
        }
      }
      for (const auto& each : packs_[pack].never_closed) never_closed.push_back(each);
      for (const auto& each : packs_[pack].screening) {
        screening.try_emplace(each, static_cast<std::uint32_t>(screening.size()));
      }
      for (const auto& fact : packs_[pack].facts) {
        if (fact.id.empty()) continue;
        if (!sorted.try_emplace(fact.id, &fact, pack).second) {
          fail(fact.where, "duplicate-id", "the fact `" + fact.id + "` stands twice",
               "declare a fact once, in core if two laws need it");
        }
      }
    }
    for (const auto& [id, entry] : sorted) {
      const FactDraft& draft = *entry.first;
      Fact fact;
      fact.id = builder_.text(draft.id);
      fact.unit = builder_.text(draft.unit);
      fact.question = builder_.words(draft.question);
      fact.help = builder_.words(draft.help);
      fact.type = draft.type;
      fact.pack = entry.second;
      fact.optional = draft.optional ? 1 : 0;
      fact.guard_text = builder_.text(draft.asked_if.text);
      if (draft.minimum) {
        fact.minimum = *draft.minimum;
        fact.has_minimum = 1;
      }
      fact.scopes = scopes(draft);
      if (!draft.members_of.empty()) {
        const auto tree = trees.find(draft.members_of);
        if (tree == trees.end()) {
          fail(draft.where, "unknown-name", "there is no tree `" + draft.members_of + "`");
        } else {
          fact.members = tree->second;
        }
      } else if (draft.type == FactType::enumeration || draft.type == FactType::set) {
        fact.members = members(draft.members, draft.where);
        if (draft.members.empty())
          fail(draft.where, "missing-key", "the fact `" + id + "` has no members");
      }
      if (const auto place = screening.find(id); place != screening.end())
        fact.screening = place->second;
      for (const auto& each : never_closed)
        fact.never_closed |= id == each || id.starts_with(each + ".") ? 1 : 0;
      fact_drafts_.push_back(&draft);
      program().facts.push(fact);
    }
  }

  std::uint8_t scopes(const FactDraft& draft) {
    std::uint8_t result = 0;
    for (const auto& each : draft.scopes) {
      if (const auto scope = scope_of(each)) {
        result |= *scope;
      } else {
        fail(draft.where, "unknown-word", "`" + each + "` is no scope",
             "use organisation, system, deployment or model");
      }
    }
    return result == 0 ? static_cast<std::uint8_t>(kSystem) : result;
  }

  static std::optional<Scope> scope_of(std::string_view word) {
    if (word == "organisation") return kOrganisation;
    if (word == "system") return kSystem;
    if (word == "deployment") return kDeployment;
    if (word == "model") return kModel;
    return std::nullopt;
  }

  Scope scope_or(const std::string& stated, const PackDraft& pack, const Location& where) {
    const auto scope = scope_of(stated.empty() ? pack.scope : stated);
    if (!scope)
      fail(where, "unknown-word", "`" + (stated.empty() ? pack.scope : stated) + "` is no scope",
           "use organisation, system, deployment or model");
    return scope.value_or(kSystem);
  }

  void declare_penalties() {
    for (std::uint32_t pack = 0; pack < packs_.size(); ++pack) {
      for (const auto& draft : packs_[pack].penalties) {
        Penalty penalty;
        penalty.id = builder_.text(draft.id);
        penalty.title = builder_.words(draft.title);
        penalty.text = builder_.words(draft.text);
        penalty.kind = draft.kind;
        penalty.pack = pack;
        penalty.cites = cites(draft.cites, draft.where, pack);
        std::vector<Amount> schedule;
        for (const auto& text : draft.schedule) {
          const std::size_t space = text.find(' ');
          const auto value = Number::parse(text.substr(0, space));
          if (!value || space == std::string::npos) {
            fail(draft.where, "bad-number", "`" + text + "` is no amount of money",
                 "write it like 5_000_000 KRW");
            continue;
          }
          schedule.push_back(amount_of(*value, builder_.text(text.substr(space + 1))));
        }
        penalty.schedule = program().amounts.append(schedule);
        if (!penalties_.try_emplace(draft.id, program().penalties.push(penalty)).second) {
          fail(draft.where, "duplicate-id", "the penalty `" + draft.id + "` stands twice");
        }
        penalty_drafts_.push_back(&draft);
      }
    }
  }

  Confidence weaker(Confidence a, Confidence b) { return a > b ? a : b; }

  // Pushes the rules of one owner and resolves `overrides` among them.
  Range declare_rules(const std::vector<RuleDraft>& drafts, std::uint32_t owner, bool of_obligation,
                      std::size_t base_count, Confidence confidence, std::uint32_t pack) {
    std::map<std::string, std::uint32_t> places;
    const auto first = static_cast<std::uint32_t>(program().rules.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const RuleDraft& draft = drafts[i];
      Rule rule;
      rule.id = builder_.text(draft.id);
      rule.file = builder_.text(draft.where.file);
      rule.line = static_cast<std::uint32_t>(draft.where.line);
      rule.when_text = builder_.text(draft.when.text);
      rule.note = builder_.words(draft.note);
      rule.cites = cites(draft.cites, draft.where, pack);
      rule.owner = owner;
      rule.of_obligation = of_obligation ? 1 : 0;
      rule.from = draft.from;
      rule.until = draft.until;
      rule.enacted = draft.enacted;
      rule.superseded = draft.superseded;
      rule.checked_on = draft.checked_on != kNoDay ? draft.checked_on : packs_[pack].checked_on;
      rule.confidence = weaker(confidence, draft.confidence.value_or(Confidence::high));
      rule.burden = draft.burden ? 1 : 0;
      const bool overrides = !draft.overrides.empty() || i >= base_count;
      rule.exception = overrides && (draft.then.empty() || of_obligation) ? 1 : 0;
      if (!places.try_emplace(draft.id, first + static_cast<std::uint32_t>(i)).second) {
        fail(draft.where, "duplicate-id", "the rule `" + draft.id + "` stands twice here");
      }
      if (!rule_ids_.insert(std::to_string(pack) + " " + draft.id).second && !of_obligation) {
        warn(draft.where, "duplicate-id",
             "another rule of this pack is called `" + draft.id + "` too",
             "give it an id of its own");
      }
      program().rules.push(rule);
      rule_drafts_.push_back(&draft);
    }
    resolve_overrides(drafts, places, first, base_count);
    return {first, static_cast<std::uint32_t>(drafts.size())};
  }

  void resolve_overrides(const std::vector<RuleDraft>& drafts,
                         const std::map<std::string, std::uint32_t>& places, std::uint32_t first,
                         std::size_t base_count) {
    std::vector<std::vector<std::uint32_t>> attackers(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      std::vector<std::uint32_t> targets;
      for (const auto& each : drafts[i].overrides) {
        const auto target = places.find(each);
        if (target == places.end()) {
          std::vector<std::string_view> known;
          for (const auto& [name, index] : places) known.push_back(name);
          fail(drafts[i].where, "unknown-name", "`" + each + "` is no rule of this concept",
               did_you_mean(each, known));
          continue;
        }
        targets.push_back(target->second);
      }
      if (drafts[i].overrides.empty() &&
          i >= base_count) {  // an exception of a duty attacks its base rules
        for (std::size_t base = 0; base < base_count; ++base)
          targets.push_back(first + static_cast<std::uint32_t>(base));
      }
      for (const auto target : targets)
        attackers[target - first].push_back(first + static_cast<std::uint32_t>(i));
      program().rules.edit(first + i).overrides = builder_.links(targets);
    }
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      program().rules.edit(first + i).attackers = builder_.links(attackers[i]);
    }
  }

  // The functions run here, while nothing is evaluated; only their answers stay.
  void declare_predicates() {
    for (const auto& pack : packs_) {
      for (const auto& draft : pack.predicates) {
        if (draft.id.empty()) continue;
        if (program().find_fact(draft.id) != kNone || program().find_concept(draft.id) != kNone ||
            compiler_.predicates.contains(draft.id)) {
          fail(draft.where, "duplicate-id", "`" + draft.id + "` is the name of something already",
               "give the predicate another name");
          continue;
        }
        tabulate(draft, program(), problems_);
        // One that failed keeps its name, so that its users are not blamed.
        compiler_.predicates[draft.id] = draft.table->answers.empty() ? nullptr : draft.table.get();
      }
    }
  }

  void declare_concepts() {
    std::map<std::string, std::pair<const ConceptDraft*, std::uint32_t>> sorted;
    for (std::uint32_t pack = 0; pack < packs_.size(); ++pack) {
      for (const auto* list : {&packs_[pack].concepts, &packs_[pack].paper_conditions}) {
        for (const auto& draft : *list) {
          if (draft.id.empty()) continue;
          if (!sorted.try_emplace(draft.id, &draft, pack).second) {
            fail(draft.where, "duplicate-id", "the concept `" + draft.id + "` stands twice");
          } else if (program().find_fact(draft.id) != kNone) {
            fail(draft.where, "duplicate-id", "`" + draft.id + "` is a fact already");
          }
        }
      }
    }
    for (const auto& [id, entry] : sorted) {
      const ConceptDraft& draft = *entry.first;
      Concept found;
      found.id = builder_.text(draft.id);
      found.unit = builder_.text(draft.unit);
      found.currency = builder_.text(draft.currency);
      found.title = builder_.words(draft.title);
      found.help = builder_.words(draft.help);
      found.note = builder_.words(draft.note);
      found.pack = entry.second;
      found.line = static_cast<std::uint32_t>(draft.where.line);
      found.file = builder_.text(draft.where.file);
      found.kind = draft.kind;
      found.type = draft.type;
      found.combine = draft.combine;
      found.confidence = draft.confidence;
      found.severity = draft.severity;
      found.scope = scope_or(draft.scope, packs_[entry.second], draft.where);
      found.values = members(draft.values, draft.where);
      if (draft.type == FactType::set || draft.type == FactType::text) {
        fail(draft.where, "wrong-type",
             "a concept is a bool, a number, an integer, a date or an enum");
      }
      const auto index = static_cast<std::uint32_t>(program().concepts.size());
      found.rules = declare_rules(draft.rules, index, false, draft.rules.size(), draft.confidence,
                                  entry.second);
      concept_drafts_.push_back(&draft);
      program().concepts.push(found);
    }
    states_.assign(concept_drafts_.size(), State::waiting);
  }

  void declare_obligations() {
    std::map<std::string, std::pair<const ObligationDraft*, std::uint32_t>> sorted;
    for (std::uint32_t pack = 0; pack < packs_.size(); ++pack) {
      for (const auto& draft : packs_[pack].obligations) {
        if (draft.id.empty()) continue;
        if (!sorted.try_emplace(draft.id, &draft, pack).second) {
          fail(draft.where, "duplicate-id", "the obligation `" + draft.id + "` stands twice");
        } else if (program().find_concept(draft.id) != kNone) {
          fail(draft.where, "duplicate-id", "`" + draft.id + "` is a concept already");
        }
      }
    }
    all_rules_.resize(sorted.size());
    std::size_t at = 0;
    for (const auto& [id, entry] : sorted) {
      const ObligationDraft& draft = *entry.first;
      Obligation duty;
      duty.id = builder_.text(draft.id);
      duty.owed_text = builder_.text(draft.owed_by.text);
      duty.when_text = builder_.text(draft.when.text);
      duty.file = builder_.text(draft.where.file);
      duty.line = static_cast<std::uint32_t>(draft.where.line);
      duty.title = builder_.words(draft.title);
      duty.duty = builder_.words(draft.duty);
      duty.timing = builder_.words(draft.timing);
      duty.note = builder_.words(draft.note);
      duty.cites = cites(draft.cites, draft.where, entry.second);
      duty.pack = entry.second;
      duty.modality = draft.modality;
      duty.severity = draft.severity;
      duty.confidence = draft.confidence;
      duty.prohibition = draft.prohibition ? 1 : 0;
      duty.states_no_exceptions = draft.no_exceptions ? 1 : 0;
      duty.scope = scope_or(draft.scope, packs_[entry.second], draft.where);
      std::vector<std::uint32_t> penalties;
      for (const auto& each : draft.penalties) {
        const auto penalty = penalties_.find(each);
        if (penalty == penalties_.end()) {
          std::vector<std::string_view> known;
          for (const auto& [name, index] : penalties_) known.push_back(name);
          fail(draft.where, "unknown-name", "there is no penalty `" + each + "`",
               did_you_mean(each, known));
        } else {
          penalties.push_back(penalty->second);
        }
      }
      duty.penalties = builder_.links(penalties);
      std::vector<RuleDraft>& all = all_rules_[at++];
      all = draft.rules;
      all.insert(all.end(), draft.exceptions.begin(), draft.exceptions.end());
      const auto index = static_cast<std::uint32_t>(program().obligations.size());
      duty.rules =
          declare_rules(all, index, true, draft.rules.size(), draft.confidence, entry.second);
      obligation_drafts_.push_back(&draft);
      program().obligations.push(duty);
    }
  }

  // Guards name facts of any scope: at a system or an organisation, "some deployment" is meant.
  std::uint32_t compile_guard(const yaml::Source& source, std::uint8_t scopes) {
    Site site{(scopes & kDeployment) != 0 ? kDeployment : kSystem, false, false, true, "a guard"};
    if (site.scope == kDeployment) return compiler_.condition(source, site);
    bool reads_deployment = false;
    for (const std::uint32_t fact : compiler_.facts_in(source)) {
      const std::uint8_t seen = program().facts[fact].scopes;
      reads_deployment |= (seen & kDeployment) != 0 && (seen & (kSystem | kOrganisation)) == 0;
    }
    site.in_deployment = reads_deployment;
    const std::uint32_t node = compiler_.condition(source, site);
    if (!reads_deployment || node == kNone) return node;
    Node any;
    any.op = Op::any_deployment;
    return builder_.make(any, {node});
  }

  void compile_facts() {
    for (std::uint32_t i = 0; i < fact_drafts_.size(); ++i) {
      const FactDraft& draft = *fact_drafts_[i];
      const std::uint8_t scopes = program().facts[i].scopes;
      if (!draft.asked_if.empty()) {
        if (scopes != kModel) {
          const std::uint32_t guard = compile_guard(draft.asked_if, scopes);
          program().facts.edit(i).guard = guard;
        }
        if ((scopes & kModel) != 0) {
          bool visible = true;  // a model asks only what it and its organisation know
          for (const std::uint32_t fact : compiler_.facts_in(draft.asked_if)) {
            visible = visible && (program().facts[fact].scopes & (kModel | kOrganisation)) != 0;
          }
          if (visible) {
            const std::uint32_t guard =
                compiler_.condition(draft.asked_if, {kModel, true, false, true, "a guard"});
            program().facts.edit(i).guard_model = guard;
          }
        }
      }
      if (!draft.default_fact.empty()) compile_default(i, draft);
    }
    check_guard_cycles();
    for (std::uint32_t i = 0; i < fact_drafts_.size(); ++i) {
      std::uint32_t at = program().facts[i].default_fact;
      for (std::size_t steps = 0; at != kNone && steps <= fact_drafts_.size(); ++steps) {
        if (at == i) {
          fail(fact_drafts_[i]->where, "cycle",
               "the defaults go round in a circle through `" + fact_drafts_[i]->id + "`");
          program().facts.edit(i).default_fact = kNone;
          break;
        }
        at = program().facts[at].default_fact;
      }
    }
  }

  void compile_default(std::uint32_t index, const FactDraft& draft) {
    const std::uint32_t other = program().find_fact(draft.default_fact);
    if (other == kNone || program().facts[other].type != program().facts[index].type) {
      fail(draft.where, "unknown-name",
           "the default of `" + draft.id + "` must be a fact of the same type, not `" +
               draft.default_fact + "`");
      return;
    }
    program().facts.edit(index).default_fact = other;
    if (draft.default_if.empty()) return;
    const bool model = program().facts[index].scopes == kModel;
    const Site site{model ? kModel : kDeployment, model, false, true, "a guard"};
    const std::uint32_t node = compiler_.condition(draft.default_if, site);
    program().facts.edit(index).default_if = node;
  }

  void check_guard_cycles() {
    std::vector<int> state(fact_drafts_.size(), 0);
    std::vector<std::size_t> heights(fact_drafts_.size(), 0);
    for (std::uint32_t i = 0; i < fact_drafts_.size(); ++i) visit_guard(i, state, heights, 0);
  }

  // `heights`: guards that stand one on the other below each fact; `path`: above this one.
  bool visit_guard(std::uint32_t index, std::vector<int>& state, std::vector<std::size_t>& heights,
                   std::size_t path) {
    if (state[index] == 2) return true;
    const FactDraft& draft = *fact_drafts_[index];
    if (state[index] == 1) {
      fail(draft.where, "cycle", "the guards go round in a circle through `" + draft.id + "`",
           "one of these facts must be asked without the other");
      return false;
    }
    state[index] = 1;
    for (const std::uint32_t fact : compiler_.facts_in(draft.asked_if)) {
      if (path <= kMostGuards && !visit_guard(fact, state, heights, path + 1)) break;
      heights[index] = std::max(heights[index], heights[fact] + 1);
    }
    if (!too_deep_ && (path > kMostGuards || heights[index] > kMostGuards)) {
      too_deep_ = true;
      fail(draft.where, "too-deep",
           "`" + draft.id + "` stands in a chain of more than " + std::to_string(kMostGuards) +
               " guards, one on the other",
           "let its guard name facts that are asked sooner");
    }
    state[index] = 2;
    return true;
  }

  void compile_mappings() {
    for (std::uint32_t pack = 0; pack < packs_.size(); ++pack) {
      for (const auto& draft : packs_[pack].mappings) {
        Mapping mapping;
        mapping.use = builder_.text(draft.use);
        mapping.klass = builder_.text(draft.klass);
        mapping.condition = builder_.text(draft.condition.text);
        mapping.note = builder_.words(draft.note);
        mapping.pack = pack;
        mapping.relation = draft.relation;
        mapping.provision = provision(draft.to, draft.where, pack);
        if (draft.relation == Relation::may) {
          if (draft.condition.empty())
            fail(draft.where, "missing-key", "a mapping with `rel: may` needs `if`");
          mapping.when =
              compiler_.condition(draft.condition, {kDeployment, false, false, false, ""});
        }
        check_use(draft);
        program().mappings.push(mapping);
      }
    }
  }

  void check_use(const MappingDraft& draft) {
    const std::uint32_t uses = program().find_fact("system.uses");
    if (uses == kNone) return;
    const Range members = program().facts[uses].members;
    if (program().find_member(members, draft.use) != kNone) return;
    std::vector<std::string_view> known;
    for (const auto& each : program().members.slice(members))
      known.push_back(program().text(each.id));
    fail(draft.where, "unknown-member", "there is no use `" + draft.use + "`",
         did_you_mean(draft.use, known));
  }

  enum class State { waiting, busy, done };
  static constexpr std::size_t kLongestPath = 200;

  bool compile_concept(std::uint32_t index) {
    if (states_[index] == State::done) return true;
    if (states_[index] == State::busy) return false;
    const ConceptDraft& draft = *concept_drafts_[index];
    if (path_ > kLongestPath) {  // only a circle is as long as this after `chain_order`
      states_[index] = State::done;
      too_deep(index, path_);
      return true;
    }
    states_[index] = State::busy;
    ++path_;
    Concept found = program().concepts[index];
    const Site site{found.scope, false, false, false, ""};
    for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
      const std::uint32_t when = compiler_.condition(rule_drafts_[i]->when, site);
      program().rules.edit(i).when = when;
      compile_then(i, found, draft, site);
    }
    compile_default_value(draft, site, found);
    std::vector<std::uint32_t> supporting;
    std::uint8_t flags = 0;
    bool complete = true;
    for (std::uint32_t i = found.rules.first; i < found.rules.first + found.rules.count; ++i) {
      const std::uint32_t applies = compile_applies(i);
      complete = complete && applies != kNone;
      if (applies == kNone) continue;
      flags |= program().nodes[applies].flags;
      if (program().rules[i].exception == 0) supporting.push_back(applies);
      if (program().rules[i].then != kNone && found.type != FactType::enumeration) {
        flags |= program().nodes[program().rules[i].then].flags;
      }
    }
    Concept& edited = program().concepts.edit(index);
    edited.default_value = found.default_value;
    edited.flags = flags & static_cast<std::uint8_t>(~kNumeric);
    const bool readable = within_depth(index);
    if (draft.type == FactType::boolean && complete && readable)
      edited.root = builder_.disjunction(std::move(supporting));
    states_[index] = State::done;
    --path_;
    return true;
  }

  // Who reads a program goes down its nodes by calls, so what stands below each other is bounded.
  bool within_depth(std::uint32_t index) {
    const Range rules = program().concepts[index].rules;
    std::uint32_t depth = 0;
    for (std::uint32_t i = rules.first; i < rules.first + rules.count; ++i) {
      const Rule& rule = program().rules[i];
      const bool member = program().concepts[index].type == FactType::enumeration;
      if (rule.applies != kNone) depth = std::max(depth, builder_.depth(rule.applies));
      if (rule.then != kNone && !member) depth = std::max(depth, builder_.depth(rule.then));
    }
    builder_.set_concept_depth(index, depth);
    if (depth <= kDeepest) return true;
    too_deep(index, depth);
    return false;
  }

  void too_deep(std::uint32_t index, std::size_t steps) {
    if (too_deep_) return;  // once: all that rest on it are too deep as well
    too_deep_ = true;
    fail(concept_drafts_[index]->where, "too-deep",
         "`" + concept_drafts_[index]->id + "` rests on too many conclusions, one on the other (" +
             std::to_string(steps) + " steps down; at most " + std::to_string(kDeepest) + ")",
         "rest it on facts, or on conclusions that are nearer to them");
  }

  void compile_then(std::uint32_t index, const Concept& found, const ConceptDraft& draft,
                    const Site& site) {
    const RuleDraft& rule = *rule_drafts_[index];
    const bool defeats = program().rules[index].exception != 0;
    if (found.type == FactType::boolean) {
      if (!rule.then.empty() && rule.then.text != "true") {
        fail(rule.then.locate(0), "then", "a rule of a yes-or-no concept concludes true or nothing",
             "what no rule supports is false");
      }
      return;
    }
    if (rule.then.empty()) {
      if (!defeats)
        fail(rule.where, "then", "the rule `" + rule.id + "` has no `then`",
             "state the value that it gives");
      return;
    }
    if (found.type == FactType::enumeration) {
      const std::uint32_t member = program().find_member(found.values, rule.then.text);
      if (member == kNone) {
        fail(rule.then.locate(0), "unknown-member",
             "`" + rule.then.text + "` is none of the values of `" + draft.id + "`");
      }
      program().rules.edit(index).then = member;
      return;
    }
    const std::uint32_t node = found.type == FactType::date
                                   ? compiler_.date(rule.then, site)
                                   : compiler_.amount(rule.then, site, draft.unit, draft.currency);
    program().rules.edit(index).then = node;
  }

  void compile_default_value(const ConceptDraft& draft, const Site& site, Concept& found) {
    if (draft.otherwise.empty()) return;
    if (found.type == FactType::enumeration) {
      found.default_value = program().find_member(found.values, draft.otherwise.text);
      if (found.default_value == kNone)
        fail(draft.where, "unknown-member",
             "the default of `" + draft.id + "` is none of its values");
    } else if (found.type == FactType::boolean) {
      fail(draft.where, "then", "a yes-or-no concept has no default",
           "what no rule supports is false");
    } else {
      found.default_value = compiler_.amount(draft.otherwise, site, draft.unit, draft.currency);
    }
  }

  // applies(r) = in date and when and, for each s that overrides r, not attack(s)   (semantics 4.1)
  std::uint32_t compile_applies(std::uint32_t index, int depth = 0) {
    const Rule rule = program().rules[index];
    if (rule.applies != kNone) return rule.applies;
    if (rule.when == kNone) return kNone;
    if (depth > 32) {
      fail(rule_drafts_[index]->where, "cycle",
           "the overrides go round in a circle through `" + rule_drafts_[index]->id + "`");
      return kNone;
    }
    std::vector<std::uint32_t> parts{in_date(index), rule.when};
    const std::vector<std::uint32_t> attackers(program().list(rule.attackers).begin(),
                                               program().list(rule.attackers).end());
    for (const std::uint32_t attacker : attackers) {
      const std::uint32_t applies = compile_applies(attacker, depth + 1);
      if (applies == kNone) return kNone;
      std::uint32_t attack = applies;
      if (program().rules[attacker].burden != 0) {
        check_burden(attacker);
        Node node;
        node.op = Op::burden;
        node.a = attacker;
        attack = builder_.make(node, {applies});
      }
      parts.push_back(builder_.negation(attack));
    }
    const std::uint32_t applies = builder_.conjunction(std::move(parts));
    program().rules.edit(index).applies = applies;
    if (rule.burden != 0 && rule.overrides.count == 0) {
      fail(rule_drafts_[index]->where, "burden", "`burden` stands on a rule that overrides nothing",
           "only an exception can be claimed");
    }
    return applies;
  }

  int override_depth(std::uint32_t index, int guard = 0) {
    int depth = 0;
    for (const std::uint32_t target : program().list(program().rules[index].overrides)) {
      if (guard < 32) depth = std::max(depth, 1 + override_depth(target, guard + 1));
    }
    return depth;
  }

  void check_burden(std::uint32_t index) {
    if (override_depth(index) % 2 == 1) return;
    fail(rule_drafts_[index]->where, "burden", "`burden` stands on an exception to an exception",
         "there it would decide for the operator by silence");
  }

  std::uint32_t in_date(std::uint32_t index) {
    const Rule& rule = program().rules[index];
    if (rule.from == kNoDay && rule.until == kNoDay && rule.enacted == kNoDay &&
        rule.superseded == kNoDay) {
      return builder_.truth(true);
    }
    Node node;
    node.op = Op::in_date;
    node.a = index;
    return builder_.make(node, {});
  }

  void compile_obligation(std::uint32_t index) {
    const ObligationDraft& draft = *obligation_drafts_[index];
    const Obligation duty = program().obligations[index];
    const Site site{duty.scope, false, false, false, ""};
    const std::uint32_t owed_by = compiler_.condition(draft.owed_by, site);
    bool complete = owed_by != kNone;
    for (std::uint32_t i = duty.rules.first; i < duty.rules.first + duty.rules.count; ++i) {
      const std::uint32_t node = compiler_.condition(rule_drafts_[i]->when, site);
      program().rules.edit(i).when = node;
      complete = complete && node != kNone;
    }
    std::vector<std::uint32_t> base;
    for (std::uint32_t i = duty.rules.first; complete && i < duty.rules.first + duty.rules.count;
         ++i) {
      const std::uint32_t applies = compile_applies(i);
      complete = complete && applies != kNone;
      if (program().rules[i].exception == 0) base.push_back(applies);
    }
    const auto moment = [&](const yaml::Source& source) {
      return source.empty() ? kNone : compiler_.date(source, site);
    };
    const std::uint32_t starts = moment(draft.starts), ends = moment(draft.ends),
                        deadline = moment(draft.deadline);
    std::vector<Evidence> evidence;
    for (EvidenceDraft each : draft.evidence) {
      expand_kind(packs_, each);
      Evidence piece;
      piece.id = builder_.text(each.id);
      piece.kind = builder_.text(each.kind);
      piece.probe = builder_.text(each.probe);
      piece.title = builder_.words(each.title);
      piece.required = each.required ? 1 : 0;
      piece.sufficient = each.sufficient;
      if (!each.when.empty()) piece.when = compiler_.condition(each.when, site);
      evidence.push_back(piece);
    }
    Obligation& edited = program().obligations.edit(index);
    edited.owed_by = owed_by;
    edited.starts = starts;
    edited.ends = ends;
    edited.deadline = deadline;
    edited.evidence = program().evidence.append(evidence);
    if (!complete) return;
    std::vector<std::uint32_t> parts{owed_by, builder_.disjunction(std::move(base))};
    Node now;
    now.op = Op::as_of;
    const std::uint32_t today = builder_.make(now, {});
    if (starts != kNone)
      parts.push_back(compiler_.comparison(language::Comparison::greater_equal, today, starts));
    if (ends != kNone)
      parts.push_back(compiler_.comparison(language::Comparison::less, today, ends));
    program().obligations.edit(index).root = builder_.conjunction(std::move(parts));
    name_addressees(index, owed_by);
  }

  void name_addressees(std::uint32_t index, std::uint32_t owed_by) {
    std::vector<std::uint32_t> concepts;
    std::vector<std::uint32_t> todo{owed_by};
    while (!todo.empty()) {
      const Node node = program().nodes[todo.back()];
      todo.pop_back();
      if (node.op == Op::concept_) {
        if (std::find(concepts.begin(), concepts.end(), node.a) == concepts.end())
          concepts.push_back(node.a);
        continue;
      }
      if (node.op == Op::not_ || node.op == Op::one_of) continue;
      for (const std::uint32_t child : program().list(node.children)) todo.push_back(child);
    }
    std::sort(concepts.begin(), concepts.end());
    program().obligations.edit(index).addressees = builder_.links(concepts);
    for (std::size_t i = 0; i < penalty_drafts_.size(); ++i) {
      if (penalty_drafts_[i]->amount.empty()) continue;
      const std::uint32_t amount = program().find_concept(penalty_drafts_[i]->amount);
      if (amount == kNone && index == 0) {
        fail(penalty_drafts_[i]->where, "unknown-name",
             "there is no concept `" + penalty_drafts_[i]->amount + "`");
      }
      program().penalties.edit(i).amount = amount;
    }
  }

  void compile_axioms() {
    for (const auto& pack : packs_) {
      for (const auto& fact : pack.facts) {
        for (const auto& axiom : fact.axioms) compile_axiom(axiom);
      }
      for (const auto& axiom : pack.axioms) compile_axiom(axiom);
    }
  }

  void compile_axiom(const AxiomDraft& draft) {
    std::vector<std::uint32_t> facts;
    const auto add = [&](std::uint32_t fact) {
      if (fact != kNone && std::find(facts.begin(), facts.end(), fact) == facts.end())
        facts.push_back(fact);
    };
    if (!draft.fact.empty()) add(program().find_fact(draft.fact));
    for (const auto fact : compiler_.facts_in(draft.condition)) add(fact);
    for (const auto fact : compiler_.facts_in(draft.consequence)) add(fact);
    bool at_model = true, elsewhere = true;
    for (const std::uint32_t fact : facts) {
      const std::uint8_t scopes = program().facts[fact].scopes;
      at_model = at_model && (scopes & (kModel | kOrganisation)) != 0;
      elsewhere = elsewhere && (scopes & ~kModel) != 0;
    }
    bool any_at_model = false;
    for (const std::uint32_t fact : facts)
      any_at_model = any_at_model || (program().facts[fact].scopes & kModel) != 0;
    if (elsewhere || !at_model)
      push_axiom(draft, facts, {kDeployment, false, false, true, "an axiom"});
    if (at_model && any_at_model) push_axiom(draft, facts, {kModel, true, false, true, "an axiom"});
  }

  void push_axiom(const AxiomDraft& draft, const std::vector<std::uint32_t>& facts,
                  const Site& site) {
    Axiom axiom;
    const Location where = draft.consequence.locate(0);
    axiom.file = builder_.text(where.file);
    axiom.line = static_cast<std::uint32_t>(where.line);
    axiom.facts = builder_.links(facts);
    axiom.scopes = static_cast<std::uint8_t>(site.scope);
    if (draft.kind == "if") {
      axiom.text = builder_.text("if " + draft.condition.text + " then " + draft.consequence.text);
    } else {
      axiom.text = builder_.text(draft.fact + " " + draft.kind + " " + draft.consequence.text);
    }
    const bool pair = draft.kind == "at_least" || draft.kind == "at_most" ||
                      draft.kind == "subset_of" || draft.kind == "contains";
    if (pair) {
      std::uint32_t left = program().find_fact(draft.fact),
                    right = program().find_fact(draft.consequence.text);
      if (left == kNone || right == kNone) {
        fail(where, "unknown-name",
             "`" + draft.kind + "` takes the name of a fact, not `" + draft.consequence.text + "`");
        return;
      }
      if (draft.kind == "at_most") std::swap(left, right);
      axiom.kind = draft.kind == "subset_of"  ? AxiomKind::subset_of
                   : draft.kind == "contains" ? AxiomKind::contains
                                              : AxiomKind::at_least;
      axiom.left = left;
      axiom.right = right;
      check_pair(draft, axiom, where);
      program().axioms.push(axiom);
      return;
    }
    const std::uint32_t then = compiler_.condition(draft.consequence, site);
    std::uint32_t premise = kNone;
    if (draft.kind == "if") {
      premise = compiler_.condition(draft.condition, site);
    } else if (const auto slot = compiler_.slot_of(program().facts[facts[0]], site)) {
      premise = compiler_.fact_test(facts[0], *slot);
    }
    if (premise == kNone || then == kNone) return;
    axiom.node = draft.kind == "excludes"
                     ? builder_.negation(builder_.conjunction({premise, then}))
                     : builder_.disjunction({builder_.negation(premise), then});
    program().axioms.push(axiom);
  }

  void check_pair(const AxiomDraft& draft, const Axiom& axiom, const Location& where) {
    const FactType left = program().facts[axiom.left].type,
                   right = program().facts[axiom.right].type;
    const auto numeric = [](FactType type) {
      return type == FactType::number || type == FactType::integer || type == FactType::date;
    };
    const bool fits = axiom.kind == AxiomKind::at_least ? numeric(left) && numeric(right)
                      : axiom.kind == AxiomKind::subset_of
                          ? left == FactType::set && right == FactType::set
                          : left == FactType::set && right == FactType::enumeration;
    if (!fits) {
      fail(where, "wrong-type", "`" + draft.kind + "` does not fit the types of these facts");
      return;
    }
    if (axiom.kind == AxiomKind::at_least) return;
    const bool contains = axiom.kind == AxiomKind::contains;  // members pair by id
    const Range inner = program().facts[contains ? axiom.right : axiom.left].members;
    const Range outer = program().facts[contains ? axiom.left : axiom.right].members;
    for (const Member& member : program().members.slice(inner)) {
      if (program().find_member(outer, program().text(member.id)) != kNone) continue;
      fail(
          where, "unknown-member",
          "`" + std::string(program().text(member.id)) + "` is a member of one of these facts only",
          "the larger set must list every member of the smaller one");
    }
  }

  void numeric_facts(std::uint32_t node, std::set<std::uint32_t>& facts) {
    const Node each = program().nodes[node];
    if (each.op == Op::fact_number) facts.insert(each.a);
    for (const std::uint32_t child : program().list(each.children)) numeric_facts(child, facts);
  }

  void index_comparisons() {
    std::vector<std::vector<std::uint32_t>> lists(program().facts.size());
    for (std::uint32_t i = 0; i < program().nodes.size(); ++i) {
      if (program().nodes[i].op != Op::compare) continue;
      std::set<std::uint32_t> facts;
      numeric_facts(i, facts);
      for (const std::uint32_t fact : facts) lists[fact].push_back(i);
    }
    for (std::uint32_t i = 0; i < lists.size(); ++i)
      program().facts.edit(i).comparisons = builder_.links(lists[i]);
  }

  // The days and clocks on which the value of a duty can change (semantics 7.3).
  void index_dates(std::uint32_t index) {
    const Obligation duty = program().obligations[index];
    if (duty.root == kNone) return;
    std::set<Day> days;
    std::set<std::uint32_t> clocks, seen;
    std::vector<std::uint32_t> todo{duty.root};
    while (!todo.empty()) {
      const std::uint32_t at = todo.back();
      todo.pop_back();
      if (!seen.insert(at).second) continue;
      const Node node = program().nodes[at];
      if ((node.flags & kHasDate) == 0) continue;
      if (node.op == Op::in_date) {
        const Rule& rule = program().rules[node.a];
        for (const Day day : {rule.from, rule.until, rule.enacted, rule.superseded}) {
          if (day != kNoDay) days.insert(day);
        }
      }
      if (node.op == Op::compare) clocks.insert(at);
      if (node.op == Op::one_of) continue;
      for (const std::uint32_t child : program().list(node.children)) todo.push_back(child);
    }
    program().obligations.edit(index).dates =
        program().days.append(std::vector<Day>(days.begin(), days.end()));
    program().obligations.edit(index).clocks = builder_.links({clocks.begin(), clocks.end()});
  }

  const std::vector<PackDraft>& packs_;
  Builder builder_;
  Diagnostics problems_;
  Compiler compiler_;
  std::map<std::string, std::uint32_t> instruments_, provisions_, penalties_;
  std::set<std::string> rule_ids_;
  std::vector<const FactDraft*> fact_drafts_;
  std::vector<const PenaltyDraft*> penalty_drafts_;
  std::vector<const RuleDraft*> rule_drafts_;
  std::vector<const ConceptDraft*> concept_drafts_;
  std::vector<const ObligationDraft*> obligation_drafts_;
  std::vector<std::vector<RuleDraft>> all_rules_;
  std::vector<State> states_;
  std::size_t path_ = 0;  // concepts that are being compiled, one inside the other
  bool too_deep_ = false;
};

}  // namespace

Linked link(const std::vector<PackDraft>& packs) { return Linker(packs).run(); }

}  // namespace pandect
