// OSCAL assessment-results (1.1.3). A duty is a control of the catalogue that `oscal-catalog`
// writes. A duty that is due is satisfied or not; what is not verified, open or yet to come is no
// finding but an observation, since OSCAL has no state for it.
#include "reports/oscal.h"

#include "reports/clean.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/standing.h"
#include "reports/uuid.h"

#include <set>

namespace pandect::reports {
namespace {

using oscal::Json;

class Results {
 public:
  Results(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {}

  std::string render() const {
    Json out;
    const std::string plan = uuid_of("plan:" + assessment_.manifest_digest);
    out["uuid"] = uuid_of("results:" + assessment_.manifest_digest + ":" +
                          oscal::catalog_uuid(assessment_) + ":" + std::string(words_.tag()));
    const std::string& who = assessment_.organisation;
    out["metadata"] = oscal::metadata(
        assessment_, words_,
        who.empty() ? std::string(words_(Word::title)) : words_(Word::title_of, {who}));
    out["import-ap"] = {{"href", "#" + plan}};
    out["results"] = Json::array();
    for (const auto& subject : assessment_.subjects) out["results"].push_back(result(subject));
    if (assessment_.subjects.empty()) out["results"].push_back(nothing());
    Json resources = oscal::resources(assessment_, words_);
    Json planned;
    planned["uuid"] = plan;
    planned["title"] = "Assessment plan";
    planned["description"] =
        "All conclusions and duties of the packs named here are drawn from the facts and the "
        "evidence that the manifest states, for the law of one day.";
    resources.insert(resources.begin(), std::move(planned));
    out["back-matter"] = {{"resources", std::move(resources)}};
    return oscal::written("assessment-results", std::move(out));
  }

 private:
  std::string day() const { return oscal::instant(assessment_.as_of); }
  std::string named(const SubjectAssessment& subject, const std::string& what) const {
    return uuid_of(assessment_.manifest_digest + ":" + to_string(assessment_.as_of) + ":" +
                   subject.kind + ":" + subject.id + ":" + what);
  }

  Json nothing() const {
    Json out;
    out["uuid"] = uuid_of("nothing:" + to_string(assessment_.as_of));
    out["title"] = words_(Word::title);
    out["description"] = words_(Word::nothing_assessed);
    out["start"] = day();
    out["reviewed-controls"] = {{"control-selections", {{{"include-all", Json::object()}}}}};
    return out;
  }

  Json result(const SubjectAssessment& subject) const {
    const std::string& name = subject.name.empty() ? subject.id : subject.name;
    Json out;
    out["uuid"] = named(subject, "result");
    out["title"] = name;
    out["description"] = words_(Word::as_of, {words_.date(assessment_.as_of)});
    out["start"] = day();
    const std::string component = named(subject, "component");
    out["local-definitions"] = {{"components",
                                 {{{"uuid", component},
                                   {"type", subject.kind == "model" ? "software" : "this-system"},
                                   {"title", name},
                                   {"description", name},
                                   {"status", {{"state", "operational"}}}}}}};
    oscal::add_property(out["local-definitions"]["components"][0], "subject", subject.id);
    out["reviewed-controls"] = reviewed(subject);
    Json observations = Json::array(), risks = Json::array(), findings = Json::array();
    for (const auto& item : subject.classifications) {
      if (item.value != Truth::false_) observations.push_back(conclusion(subject, item, component));
    }
    for (const auto& item : subject.obligations) {
      if (item.status == "not_applicable") continue;
      const Json found = duty_observations(subject, item, component);
      for (const auto& each : found) observations.push_back(each);
      if (item.waiver) risks.push_back(risk(subject, item));
      if (concludes(item)) findings.push_back(finding(subject, item, found));
    }
    if (!observations.empty()) out["observations"] = std::move(observations);
    if (!risks.empty()) out["risks"] = std::move(risks);
    if (!findings.empty()) out["findings"] = std::move(findings);
    return out;
  }

  static Json reviewed(const SubjectAssessment& subject) {
    std::set<std::string> ids;
    for (const auto& item : subject.obligations) ids.insert(oscal::control_id(item.id));
    Json selection;
    if (ids.empty()) selection["include-all"] = Json::object();
    for (const auto& each : ids) selection["include-controls"].push_back({{"control-id", each}});
    return {{"control-selections", {selection}}};
  }

  Json observation(const SubjectAssessment& subject, const std::string& id,
                   const std::string& title, const std::string& text, const char* method,
                   const std::string& component) const {
    Json out;
    out["uuid"] = named(subject, "observation:" + id);
    out["title"] = title;
    out["description"] = text;
    out["methods"] = {method};
    out["subjects"] = {{{"subject-uuid", component}, {"type", "component"}}};
    out["collected"] = day();
    return out;
  }

  Json conclusion(const SubjectAssessment& subject, const ClassificationItem& item,
                  const std::string& component) const {
    const std::string title = class_line(item, words_, 0);
    std::string text = words_.labelled(title, words_.truth(item.value));
    if (!item.missing.empty())
      text += " · " +
              words_.labelled(words_(Word::facts_missing), missing_line(item.missing, words_, 20));
    Json out = observation(subject, "conclusion:" + item.id, title, text,
                           item.determined_by ? "INTERVIEW" : "EXAMINE", component);
    oscal::add_property(out, "conclusion", item.id);
    oscal::add_property(out, "value", item.value == Truth::true_ ? "true" : "unknown");
    oscal::add_property(out, "jurisdiction", item.jurisdiction);
    oscal::add_property(out, "decided-by", item.decided_by);
    oscal::add_links(out, item.cite, words_);
    return out;
  }

  static std::string key(const ObligationItem& item) { return item.id + "@" + item.deployment; }

  // One of the duty as it stands, and one for each piece of evidence of which something is known.
  Json duty_observations(const SubjectAssessment& subject, const ObligationItem& item,
                         const std::string& component) const {
    Json list = Json::array();
    const std::string title = words_.title(item.title);
    std::string text = words_.labelled(title, words_.status(item.status));
    if (item.fulfilment && !item.prohibition)
      text.append(" · ").append(words_.fulfilment(*item.fulfilment));
    if (const std::string when = timing(item, words_); !when.empty()) text += " · " + when;
    Json standing = observation(subject, key(item), title.empty() ? item.id : title, text,
                                "EXAMINE", component);
    oscal::add_property(standing, "control-id", oscal::control_id(item.id));
    oscal::add_property(standing, "status", item.status);
    oscal::add_property(standing, "deployment", item.deployment);
    oscal::add_property(standing, "facts-hash", item.facts_hash);
    oscal::add_links(standing, item.cite, words_);
    list.push_back(std::move(standing));
    for (const auto& piece : item.evidence) {
      const auto details = piece_details(piece, words_);
      if (piece.state == PieceState::unchecked && details.empty()) continue;
      list.push_back(evidence(subject, item, piece, details, component));
    }
    return list;
  }
  Json evidence(const SubjectAssessment& subject, const ObligationItem& item,
                const EvidenceItem& piece, const std::vector<std::string>& details,
                const std::string& component) const {
    const char* method = !piece.looked_for.empty()     ? "TEST"
                         : piece.kind == "attestation" ? "INTERVIEW"
                                                       : "EXAMINE";
    const std::string line = piece_line(piece, words_);
    Json out = observation(subject, key(item) + "/" + piece.id, line, line, method, component);
    oscal::add_property(out, "evidence", piece.id);
    if (piece.made) out["collected"] = oscal::instant(*piece.made);
    if (piece.through) out["expires"] = oscal::instant(*piece.through);
    for (const auto& each : details) out["relevant-evidence"].push_back({{"description", each}});
    return out;
  }

  Json risk(const SubjectAssessment& subject, const ObligationItem& item) const {
    const std::string line = waiver_text(*item.waiver, words_);
    Json out;
    out["uuid"] = named(subject, "risk:" + key(item));
    out["title"] = words_.title(item.title).empty() ? item.id : words_.title(item.title);
    out["description"] = line;
    out["statement"] = words_(Word::waiver_stands);
    oscal::add_property(out, "control-id", oscal::control_id(item.id));
    out["status"] = is_active(*item.waiver) ? "deviation-approved" : "open";
    if (item.waiver->until != kNoDay) out["deadline"] = oscal::instant(item.waiver->until);
    return out;
  }

  static bool concludes(const ObligationItem& item) {
    return item.status == "due" && item.fulfilment &&
           (item.prohibition || item.overdue || *item.fulfilment != Fulfilment::unverified);
  }

  Json finding(const SubjectAssessment& subject, const ObligationItem& item,
               const Json& observations) const {
    const bool met = item.fulfilment == Fulfilment::met && !item.prohibition;
    Json out;
    out["uuid"] = named(subject, "finding:" + key(item));
    const std::string title = words_.title(item.title);
    out["title"] = title.empty() ? item.id : title;
    const std::string& duty = words_.in(item.duty);
    out["description"] = duty.empty() ? out["title"].get<std::string>() : duty;
    oscal::add_property(out, "severity", std::string(words_.severity(item.severity)));
    oscal::add_property(out, "jurisdiction", item.jurisdiction);
    oscal::add_property(out, "confidence", std::string(words_.confidence(item.confidence)));
    oscal::add_links(out, item.cite, words_);
    const bool waived = item.waiver && is_active(*item.waiver);
    Json status{{"state", met ? "satisfied" : "not-satisfied"},
                {"reason", met      ? "pass"
                           : waived ? "other"
                                    : "fail"}};
    std::string remark(item.prohibition ? words_(Word::prohibited)
                       : item.overdue   ? words_(Word::overdue)
                                        : words_.fulfilment(*item.fulfilment));
    if (waived) remark += " · " + waiver_text(*item.waiver, words_);
    status["remarks"] = remark;
    out["target"] = {{"type", "statement-id"},
                     {"target-id", oscal::control_id(item.id) + "_smt"},
                     {"status", std::move(status)}};
    for (const auto& each : observations)
      out["related-observations"].push_back({{"observation-uuid", each["uuid"]}});
    if (item.waiver) out["related-risks"] = {{{"risk-uuid", named(subject, "risk:" + key(item))}}};
    return out;
  }

  const Assessment& assessment_;
  Wording words_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_oscal() {
  using namespace pandect::reports;
  return {"oscal", "json", [](const pandect::Assessment& assessment, const Options& options) {
            return Results(cleaned(assessment), options).render();
          }};
}
