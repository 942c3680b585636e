// JUnit XML for pipelines: a suite per subject, a case per binding duty and per classification. A
// duty that is not met fails; what nobody has shown, or what is open or still to come, is skipped,
// never passed.
#include "reports/citation.h"
#include "reports/clean.h"
#include "reports/markup.h"
#include "reports/outline.h"
#include "reports/report.h"

namespace pandect::reports {
namespace {

enum class Verdict { passed, failed, skipped };

struct Case {
  std::string group, name, message, details;
  Verdict verdict = Verdict::passed;
};

class Writer {
 public:
  Writer(const Assessment& assessment, const Options& options)
      : assessment_(assessment), words_(options.lang) {}

  std::string render() {
    std::string suites;
    for (const auto& subject : assessment_.subjects) suites += suite(subject);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pandect\"" +
           counts(tests_, failures_, skipped_) + ">\n" + suites + "</testsuites>\n";
  }

 private:
  static std::string counts(std::size_t tests, std::size_t failures, std::size_t skipped) {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
           "\" errors=\"0\" skipped=\"" + std::to_string(skipped) + "\"";
  }

  std::string suite(const SubjectAssessment& subject) {
    std::string cases;
    std::size_t tests = 0, failures = 0, skipped = 0;
    const auto add = [&](const Case& each) {
      ++tests;
      failures += each.verdict == Verdict::failed ? 1 : 0;
      skipped += each.verdict == Verdict::skipped ? 1 : 0;
      cases += xml(each);
    };
    for (const auto& item : subject.classifications) {
      if (item.kind == ConceptKind::classification && item.value != Truth::false_)
        add(of(subject, item));
    }
    for (const auto& item : subject.obligations) {
      if (is_binding(item) && item.status != "ended") add(of(subject, item));
    }
    tests_ += tests, failures_ += failures, skipped_ += skipped;
    const std::string& name = subject.name.empty() ? subject.id : subject.name;
    return "  <testsuite name=\"" + markup(name) + "\" timestamp=\"" +
           to_string(assessment_.as_of) + "T00:00:00\"" + counts(tests, failures, skipped) + ">\n" +
           cases + "  </testsuite>\n";
  }

  Case of(const SubjectAssessment& subject, const ClassificationItem& item) const {
    Case out{subject.id + "." + item.jurisdiction,
             class_line(item, words_, 0) + " [" + item.id + "]", "", "", Verdict::passed};
    if (item.value == Truth::unknown) {
      out.verdict = Verdict::skipped;
      out.message =
          words_.labelled(words_(Word::facts_missing), missing_line(item.missing, words_, 12));
    }
    return out;
  }

  Case of(const SubjectAssessment& subject, const ObligationItem& item) const {
    Case out{subject.id + "." + item.jurisdiction, words_.title(item.title) + " [" + item.id + "]",
             "", "", Verdict::skipped};
    if (!item.deployment.empty()) out.name += " @" + item.deployment;
    out.message =
        item.fulfilment ? words_.fulfilment(*item.fulfilment) : words_.status(item.status);
    out.details =
        words_.in(item.duty) + "\n" + cites(item.cite, words_, 6) + "\n" + timing(item, words_);
    if (item.status != "due") {
      out.message = words_.status(item.status);
      if (!item.missing.empty())
        out.message += words_.bracketed(
            words_.labelled(words_(Word::facts_missing), missing_line(item.missing, words_, 6)));
      return out;
    }
    if (item.prohibition) out.message = words_(Word::prohibited);
    if (item.overdue) out.message = words_(Word::overdue);
    const bool against =
        item.fulfilment == Fulfilment::unmet || item.fulfilment == Fulfilment::partly;
    if (item.prohibition || item.overdue || against)
      out.verdict = Verdict::failed;
    else if (item.fulfilment == Fulfilment::met)
      out.verdict = Verdict::passed;
    return out;
  }

  static std::string xml(const Case& each) {
    const std::string head = "    <testcase classname=\"" + markup(each.group) + "\" name=\"" +
                             markup(each.name) + "\" time=\"0\"";
    const std::string message = " message=\"" + markup(each.message) + "\"";
    switch (each.verdict) {
      case Verdict::passed:
        return head + "/>\n";
      case Verdict::skipped:
        return head + ">\n      <skipped" + message + "/>\n    </testcase>\n";
      case Verdict::failed:
        return head + ">\n      <failure type=\"duty\"" + message + ">" + markup(each.details) +
               "</failure>\n    </testcase>\n";
    }
    return {};
  }

  const Assessment& assessment_;
  Wording words_;
  std::size_t tests_ = 0, failures_ = 0, skipped_ = 0;
};

}  // namespace
}  // namespace pandect::reports

pandect::reports::Format format_junit() {
  using namespace pandect::reports;
  return {"junit", "xml", [](const pandect::Assessment& assessment, const Options& options) {
            return Writer(cleaned(assessment), options).render();
          }};
}
