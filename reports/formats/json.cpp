// The contract for embedders: pandect.assessment/1. Keys stand in a fixed order; what is absent is
// left out, never null. `pandect schema assessment` prints the schema.
#include "reports/report.h"

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string truth(Truth value) {
  return value == Truth::true_ ? "true" : value == Truth::false_ ? "false" : "unknown";
}

std::string severity(Severity value) {
  switch (value) {
    case Severity::low:
      return "low";
    case Severity::medium:
      return "medium";
    case Severity::high:
      return "high";
    case Severity::critical:
      return "critical";
  }
  return "medium";
}

std::string confidence(Confidence value) {
  return value == Confidence::high ? "high" : value == Confidence::medium ? "medium" : "low";
}

class Writer {
 public:
  explicit Writer(const Options& options) : lang_(options.lang) {}

  Json assessment(const Assessment& a) const {
    Json out;
    out["schema"] = "pandect.assessment/1";
    out["as_of"] = to_string(a.as_of);
    out["lang"] = lang_;
    if (!a.organisation.empty()) out["organisation"] = a.organisation;
    if (!a.manifest_digest.empty()) out["manifest_digest"] = "sha256:" + a.manifest_digest;
    out["engine"] = {{"version", a.engine_version}, {"packs", packs(a)}};
    out["disclaimer"] =
        "Not legal advice. Each statement shows its source, the day on which its text was checked "
        "and how sure it is.";
    out["evidence_looked_at"] = a.evidence_looked_at;
    if (!a.skipped.empty()) {
      out["skipped"] = Json::array();
      for (const auto& each : a.skipped)
        out["skipped"].push_back({{"path", each.path}, {"reason", each.reason}});
    }
    if (a.baseline) out["baseline"] = baseline(*a.baseline);
    out["subjects"] = Json::array();
    for (const auto& each : a.subjects) out["subjects"].push_back(subject(each));
    return out;
  }

 private:
  static Json baseline(const BaselineUsed& used) {
    Json out;
    out["file"] = used.file;
    plain(out, "as_of", used.made);
    out["known"] = used.known;
    out["new"] = used.added;
    out["gone"] = used.gone;
    return out;
  }

  static std::string waiver_kind(WaiverKind kind) {
    return kind == WaiverKind::contested  ? "contested"
           : kind == WaiverKind::deferred ? "deferred"
                                          : "risk_accepted";
  }
  static std::string waiver_state(WaiverState state) {
    switch (state) {
      case WaiverState::active:
        return "active";
      case WaiverState::expired:
        return "expired";
      case WaiverState::lapsed:
        return "lapsed";
      case WaiverState::not_yet:
        return "not_yet";
    }
    return "lapsed";
  }
  static Json waiver(const WaiverItem& item) {
    Json out;
    out["kind"] = waiver_kind(item.kind);
    out["state"] = waiver_state(item.state);
    out["reason"] = item.reason;
    out["by"] = item.by;
    day(out, "made", item.made);
    day(out, "until", item.until);
    plain(out, "facts", item.facts);
    where(out, item.where);
    return out;
  }

  const std::string& in(const Texts& texts) const { return texts.in(lang_); }

  Json packs(const Assessment& a) const {
    Json list = Json::array();
    for (const auto& each : a.packs) {
      Json pack;
      pack["id"] = each.id;
      pack["version"] = each.version;
      pack["digest"] = "sha256:" + each.digest;
      pack["jurisdiction"] = each.jurisdiction;
      pack["title"] = in(each.title);
      day(pack, "checked_on", each.checked_on);
      day(pack, "state_of_law", each.state_of_law);
      day(pack, "review_by", each.review_by);
      if (!each.notes.empty()) {
        pack["notes"] = Json::array();
        for (const auto& note : each.notes) pack["notes"].push_back(in(note));
      }
      list.push_back(std::move(pack));
    }
    return list;
  }

  static void day(Json& out, const char* key, Day value) {
    if (value != kNoDay) out[key] = to_string(value);
  }
  static void day(Json& out, const char* key, const std::optional<Day>& value) {
    if (value) out[key] = to_string(*value);
  }
  void text(Json& out, const char* key, const Texts& value) const {
    if (!in(value).empty()) out[key] = in(value);
  }
  static void plain(Json& out, const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  }
  static void list(Json& out, const char* key, const std::vector<std::string>& value) {
    if (!value.empty()) out[key] = value;
  }
  static void where(Json& out, const Location& place) {
    if (place.file.empty()) return;
    Json spot;
    spot["file"] = place.file;
    if (place.line > 0) spot["line"] = place.line;
    if (place.column > 0) spot["column"] = place.column;
    out["where"] = std::move(spot);
  }

  Json cites(const std::vector<Citation>& list) const {
    Json out = Json::array();
    for (const auto& each : list) {
      Json cite;
      cite["instrument"] = each.instrument;
      text(cite, "instrument_title", each.instrument_title);
      cite["provision"] = each.provision;
      plain(cite, "title", each.title);
      plain(cite, "url", each.url);
      out.push_back(std::move(cite));
    }
    return out;
  }

  Json open(const std::vector<OpenExceptionItem>& list) const {
    Json out = Json::array();
    for (const auto& each : list) {
      out.push_back({{"rule", each.rule},
                     {"cite", cites(each.cite)},
                     {"condition", each.condition},
                     {"missing", each.missing}});
    }
    return out;
  }

  static std::string origin(OriginKind kind) {
    switch (kind) {
      case OriginKind::stated:
        return "stated";
      case OriginKind::imported:
        return "imported";
      case OriginKind::closed_world:
        return "closed_world";
      case OriginKind::axiom:
        return "axiom";
    }
    return "stated";
  }

  Json because(const std::vector<Reason>& list) const {
    Json out = Json::array();
    for (const auto& each : list) {
      Json reason;
      reason["fact"] = each.fact;
      if (!each.answer.empty()) {
        reason["answer"] = each.answer;
        reason["origin"] = origin(each.origin);
      }
      plain(reason, "source", each.source);
      plain(reason, "note", each.note);
      where(reason, each.where);
      out.push_back(std::move(reason));
    }
    return out;
  }

  static std::string kind(ConceptKind value) {
    switch (value) {
      case ConceptKind::classification:
        return "classification";
      case ConceptKind::role:
        return "role";
      case ConceptKind::scope:
        return "scope";
      case ConceptKind::lead:
        return "lead";
      default:
        return "element";
    }
  }

  Json classification(const ClassificationItem& item) const {
    Json out;
    out["id"] = item.id;
    out["jurisdiction"] = item.jurisdiction;
    out["pack"] = item.pack;
    out["kind"] = kind(item.kind);
    out["value"] = truth(item.value);
    out["title"] = in(item.title).empty() ? item.id : in(item.title);
    out["cite"] = cites(item.cite);
    out["open_exceptions"] = open(item.open_exceptions);
    out["missing"] = item.missing;
    if (item.over_approximated) out["over_approximated"] = true;
    out["decided_by"] = item.decided_by;
    if (item.determined_by) {
      Json person;
      person["by"] = *item.determined_by;
      plain(person, "reason", item.determination_reason);
      day(person, "through", item.determination_through);
      if (item.rules_say) person["rules_say"] = truth(*item.rules_say);
      out["determined_by"] = std::move(person);
    }
    out["confidence"] = confidence(item.confidence);
    day(out, "checked_on", item.checked_on);
    if (item.value == Truth::false_) return out;
    text(out, "help", item.help);
    text(out, "note", item.note);
    if (!item.rule_notes.empty()) {
      out["notes"] = Json::array();
      for (const auto& note : item.rule_notes) out["notes"].push_back(in(note));
    }
    list(out, "deployments", item.deployments);
    out["because"] = because(item.because);
    return out;
  }

  static std::string penalty_kind(PenaltyKind value) {
    switch (value) {
      case PenaltyKind::direct:
        return "direct";
      case PenaltyKind::after_order:
        return "after_order";
      case PenaltyKind::criminal:
        return "criminal";
      case PenaltyKind::civil:
        return "civil";
      case PenaltyKind::administrative:
        return "administrative";
      case PenaltyKind::private_action:
        return "private_action";
      case PenaltyKind::none:
        return "none";
    }
    return "none";
  }

  // Money is exact, so it travels as a decimal text.
  Json penalty(const PenaltyItem& item) const {
    Json out;
    out["id"] = item.id;
    out["kind"] = penalty_kind(item.kind);
    text(out, "title", item.title);
    text(out, "text", item.text);
    if (item.maximum) {
      Json most;
      most["amount"] = item.maximum->text();
      if (item.maximum_from) most["at_least"] = item.maximum_from->text();
      most["currency"] = item.currency;
      out["maximum"] = std::move(most);
    }
    if (!item.schedule_amounts.empty()) {
      out["schedule"] = Json::array();
      for (const auto& amount : item.schedule_amounts) {
        out["schedule"].push_back(
            {{"amount", amount.value.text()}, {"currency", item.schedule_currency}});
      }
    }
    list(out, "missing", item.missing);
    out["cite"] = cites(item.cite);
    return out;
  }

  static std::string piece_state(PieceState value) {
    switch (value) {
      case PieceState::shown:
        return "shown";
      case PieceState::failed:
        return "failed";
      case PieceState::absent:
        return "absent";
      case PieceState::unchecked:
        return "unchecked";
    }
    return "unchecked";
  }

  Json evidence(const std::vector<EvidenceItem>& list) const {
    Json out = Json::array();
    for (const auto& each : list) {
      Json piece;
      piece["id"] = each.id;
      plain(piece, "kind", each.kind);
      text(piece, "title", each.title);
      piece["required"] = each.required;
      piece["state"] = piece_state(each.state);
      piece["sufficient"] = each.state == PieceState::shown && each.sufficient;
      plain(piece, "looked_for", each.looked_for.en);
      if (!each.seen.empty()) {
        piece["seen"] = Json::array();
        for (const auto& seen : each.seen) {
          Json sighting;
          where(sighting, seen.where);
          plain(sighting, "text", seen.text);
          piece["seen"].push_back(std::move(sighting));
        }
      }
      plain(piece, "source", each.source);
      plain(piece, "by", each.by);
      plain(piece, "note", each.note.en);
      day(piece, "made", each.made);
      day(piece, "through", each.through);
      where(piece, each.where);
      out.push_back(std::move(piece));
    }
    return out;
  }

  static std::string fulfilment(Fulfilment value) {
    switch (value) {
      case Fulfilment::met:
        return "met";
      case Fulfilment::partly:
        return "partly";
      case Fulfilment::unmet:
        return "unmet";
      case Fulfilment::unverified:
        return "unverified";
      case Fulfilment::waived:
        return "waived";
    }
    return "unverified";
  }

  static std::string modality(Modality value) {
    switch (value) {
      case Modality::must:
        return "must";
      case Modality::must_not:
        return "must_not";
      case Modality::effort:
        return "effort";
      case Modality::should:
        return "should";
      case Modality::may:
        return "may";
    }
    return "must";
  }

  Json obligation(const ObligationItem& item) const {
    Json out;
    out["id"] = item.id;
    out["jurisdiction"] = item.jurisdiction;
    out["pack"] = item.pack;
    out["addressee"] = item.addressee;
    if (!item.addressee_title.empty()) {
      out["addressee_title"] = Json::array();
      for (const auto& each : item.addressee_title) out["addressee_title"].push_back(in(each));
    }
    out["status"] = item.status;
    day(out, "applies_from", item.applies_from);
    day(out, "earliest", item.earliest);
    day(out, "ended_on", item.ended_on);
    day(out, "deadline", item.deadline);
    day(out, "deadline_earliest", item.deadline_first);
    if (item.deadline) out["overdue"] = item.overdue;
    if (item.fulfilment) out["fulfilment"] = fulfilment(*item.fulfilment);
    if (item.unwaived) out["fulfilment_without_waiver"] = fulfilment(*item.unwaived);
    if (item.waiver) out["waiver"] = waiver(*item.waiver);
    plain(out, "facts_hash", item.facts_hash);
    out["severity"] = severity(item.severity);
    out["modality"] = modality(item.modality);
    if (item.prohibition) out["prohibition"] = true;
    if (item.provisional) out["provisional"] = true;
    out["title"] = in(item.title);
    text(out, "duty", item.duty);
    text(out, "timing", item.timing);
    text(out, "note", item.note);
    out["cite"] = cites(item.cite);
    if (!item.penalty.empty()) {
      out["penalty"] = Json::array();
      for (const auto& each : item.penalty) out["penalty"].push_back(penalty(each));
    }
    out["evidence"] = evidence(item.evidence);
    out["missing"] = item.missing;
    out["open_exceptions"] = open(item.open_exceptions);
    out["confidence"] = confidence(item.confidence);
    day(out, "checked_on", item.checked_on);
    plain(out, "deployment", item.deployment);
    out["because"] = because(item.because);
    return out;
  }

  Json subject(const SubjectAssessment& s) const {
    Json out;
    out["kind"] = s.kind;
    out["id"] = s.id;
    out["name"] = s.name;
    for (const char* key : {"classifications", "obligations", "findings", "questions"})
      out[key] = Json::array();
    for (const auto& each : s.classifications)
      out["classifications"].push_back(classification(each));
    for (const auto& each : s.obligations) out["obligations"].push_back(obligation(each));
    for (const auto& each : s.findings) {
      Json finding;
      finding["id"] = each.id;
      finding["code"] = each.code;
      finding["level"] = severity(each.level);
      finding["about"] = each.about;
      finding["message"] = in(each.message);
      where(finding, each.where);
      plain(finding, "looked_for", each.looked_for.en);
      plain(finding, "fingerprint", each.fingerprint);
      if (each.waived) finding["waived"] = waiver(*each.waived);
      if (each.in_baseline) finding["in_baseline"] = true;
      out["findings"].push_back(std::move(finding));
    }
    for (const auto& each : s.questions) {
      Json question;
      question["fact"] = each.fact;
      question["question"] = in(each.question).empty() ? each.fact : in(each.question);
      text(question, "help", each.help);
      question["settles"] = each.settles;
      out["questions"].push_back(std::move(question));
    }
    list(out, "closed_facts", s.closed_facts);
    out["not_applicable"] = s.not_applicable;
    return out;
  }

  std::string lang_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_json() {
  using namespace pandect::reports;
  return {"json", "json", [](const pandect::Assessment& assessment, const Options& options) {
            return Writer(options)
                       .assessment(assessment)
                       .dump(2, ' ', false, Json::error_handler_t::replace) +
                   "\n";
          }};
}
