// GitLab code quality (the JSON of `artifacts:reports:codequality`): an entry per finding. A waived
// or known one has the severity `info`; so has what is merely open or still to come. The report
// never fails a job in GitLab: the exit status does.
#include "reports/clean.h"
#include "reports/notices.h"
#include "reports/report.h"

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

const char* severity_of(const Notice& notice) {
  if (notice.quiet() || (notice.kind != NoticeKind::fail && !notice.blocks)) return "info";
  switch (notice.finding->level) {
    case Severity::critical:
      return "blocker";
    case Severity::high:
      return "critical";
    case Severity::medium:
      return "major";
    case Severity::low:
      break;
  }
  return "minor";
}

std::string render(const Assessment& assessment, const Options& options) {
  using Json = nlohmann::ordered_json;
  const Wording words(options.lang);
  Json list = Json::array();
  for (const auto& notice : notices_of(assessment, options.run)) {
    list.push_back(
        {{"description", notice_text(notice, words)},
         {"check_name", notice.rule},
         {"fingerprint", notice.fingerprint},
         {"severity", severity_of(notice)},
         {"location", {{"path", notice.place.path}, {"lines", {{"begin", notice.place.line}}}}}});
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_gitlab() {
  using namespace pandect::reports;
  return {"gitlab", "json", [](const pandect::Assessment& assessment, const Options& options) {
            return render(cleaned(assessment), options);
          }};
}
