// The duties of the packs as an OSCAL catalogue (1.1.3), a group for each pack. It lists the duties
// that the assessment lists: with --all, every duty of the packs.
#include "reports/clean.h"
#include "reports/oscal.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/uuid.h"

#include <set>

namespace pandect::reports {
namespace {

using oscal::Json;

class Catalog {
 public:
  Catalog(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {}

  std::string render() const {
    Json out;
    out["uuid"] = oscal::catalog_uuid(assessment_);
    out["metadata"] = oscal::metadata(
        assessment_, words_, words_.title(Word::packs) + " " + to_string(assessment_.as_of));
    for (const auto& pack : assessment_.packs) {
      Json controls = controls_of(pack.id);
      if (controls.empty()) continue;
      const std::string& title = words_.in(pack.title);
      out["groups"].push_back({{"id", oscal::control_id("pack." + pack.id)},
                               {"class", "pack"},
                               {"title", title.empty() ? pack.id : title},
                               {"controls", std::move(controls)}});
    }
    if (Json resources = oscal::resources(assessment_, words_); !resources.empty())
      out["back-matter"] = {{"resources", std::move(resources)}};
    return oscal::written("catalog", std::move(out));
  }

 private:
  Json controls_of(const std::string& pack) const {
    Json list = Json::array();
    std::set<std::string> seen;
    for (const auto& subject : assessment_.subjects) {
      for (const auto& item : subject.obligations) {
        if (item.pack == pack && seen.insert(item.id).second) list.push_back(control(item));
      }
    }
    return list;
  }

  Json control(const ObligationItem& item) const {
    const std::string id = oscal::control_id(item.id);
    const std::string title = words_.title(item.title);
    Json out;
    out["id"] = id;
    out["class"] = item.prohibition ? "prohibition" : "duty";
    out["title"] = title.empty() ? item.id : title;
    oscal::add_property(out, "alt-identifier", item.id);
    oscal::add_property(out, "jurisdiction", item.jurisdiction);
    oscal::add_property(out, "modality", std::string(words_.modality(item.modality)));
    oscal::add_property(out, "severity", std::string(words_.severity(item.severity)));
    oscal::add_property(out, "confidence", std::string(words_.confidence(item.confidence)));
    if (item.checked_on != kNoDay)
      oscal::add_property(out, "checked-on", to_string(item.checked_on));
    for (const auto& each : item.addressee) oscal::add_property(out, "addressee", each);
    for (const auto& each : item.cite) oscal::add_property(out, "provision", each.provision);
    oscal::add_links(out, item.cite, words_);
    const std::string& duty = words_.in(item.duty);
    out["parts"] = {{{"id", id + "_smt"},
                     {"name", "statement"},
                     {"prose", duty.empty() ? out["title"].get<std::string>() : duty}}};
    if (const std::string& note = words_.in(item.note); !note.empty())
      out["parts"].push_back({{"id", id + "_gdn"}, {"name", "guidance"}, {"prose", note}});
    for (std::size_t i = 0; i < item.evidence.size(); ++i) {
      const auto& piece = item.evidence[i];
      const std::string& text = words_.in(piece.title);
      out["parts"].push_back({{"id", id + "_obj." + std::to_string(i + 1)},
                              {"name", "assessment-objective"},
                              {"prose", text.empty() ? piece.id : text}});
    }
    return out;
  }

  const Assessment& assessment_;
  Wording words_;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_oscal_catalog() {
  using namespace pandect::reports;
  return {"oscal-catalog", "json",
          [](const pandect::Assessment& assessment, const Options& options) {
            return Catalog(cleaned(assessment), options).render();
          }};
}
