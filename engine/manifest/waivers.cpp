#include "manifest/waivers.h"

#include "base/names.h"
#include "packs/fields.h"

#include <algorithm>

namespace pandect {
namespace {

constexpr std::size_t kMostWaivers = 10'000;

class WaiverReader {
 public:
  WaiverReader(const Program& program, const yaml::Document& document,
               const std::vector<std::string_view>& subjects, Diagnostics& problems)
      : program_(program), document_(document), subjects_(subjects), problems_(problems) {}

  WaiverEntry read(const yaml::Value& value) {
    Fields fields(document_, value, "a waiver", problems_);
    WaiverEntry entry;
    entry.waiver.where = fields.location();
    entry.subject = fields.required_text("subject");
    entry.obligation = fields.required_text("obligation");
    if (fields.required_text("kind").empty()) return entry;
    entry.waiver.kind = fields.word<WaiverKind>("kind", WaiverKind::deferred,
                                                {{"contested", WaiverKind::contested},
                                                 {"deferred", WaiverKind::deferred},
                                                 {"risk_accepted", WaiverKind::risk_accepted}});
    entry.waiver.reason = fields.required_text("reason");
    entry.waiver.by = fields.required_text("by");
    entry.waiver.made = fields.day("made");
    entry.waiver.until = fields.day("until");
    entry.waiver.facts = fields.text("facts");
    if (value.find("made") == nullptr || value.find("until") == nullptr) {
      fields.problem(value, "missing-key",
                     "a waiver says when it was `made` and `until` when it holds",
                     "a waiver without an end would be a repeal; write `until: 2027-03-31`");
    } else if (entry.waiver.made > entry.waiver.until) {
      fields.problem(value, "bad-date", "this waiver ends before it was made");
    }
    check_names(fields, value, entry);
    return entry;
  }

 private:
  static const yaml::Value& at(const yaml::Value& value, std::string_view key) {
    const auto* found = value.find(key);
    return found != nullptr ? *found : value;
  }

  void check_names(Fields& fields, const yaml::Value& value, const WaiverEntry& entry) {
    if (!entry.subject.empty() &&
        std::find(subjects_.begin(), subjects_.end(), entry.subject) == subjects_.end()) {
      fields.problem(at(value, "subject"), "unknown-name",
                     "the manifest has no system or model `" + entry.subject + "`",
                     did_you_mean(entry.subject, subjects_));
    }
    if (entry.obligation.empty()) return;
    const std::uint32_t duty = program_.find_obligation(entry.obligation);
    if (duty != kNone) {
      if (program_.obligations[duty].prohibition != 0) {
        fields.problem(at(value, "obligation"), "waived-prohibition",
                       "`" + entry.obligation + "` is a prohibition; nobody can waive it",
                       "change the facts or the system; a wrong fact is mended in the manifest");
      }
      return;
    }
    std::vector<std::string_view> known;
    bool loaded = false;  // a duty of a pack that is not loaded is not misspelt
    const std::string prefix = entry.obligation.substr(0, entry.obligation.find('.') + 1);
    for (const auto& each : program_.obligations.all()) {
      known.push_back(program_.text(each.id));
      loaded = loaded || known.back().starts_with(prefix);
    }
    if (loaded) {
      fields.problem(at(value, "obligation"), "unknown-name",
                     "there is no duty `" + entry.obligation + "`",
                     did_you_mean(entry.obligation, known));
    }
  }

  const Program& program_;
  const yaml::Document& document_;
  const std::vector<std::string_view>& subjects_;
  Diagnostics& problems_;
};

}  // namespace

void read_waivers(const Program& program, const yaml::Document& document, const yaml::Value& list,
                  const std::vector<std::string_view>& subjects, std::vector<WaiverEntry>& out,
                  Diagnostics& problems) {
  if (list.shape == yaml::Shape::null) return;
  if (list.shape != yaml::Shape::list || list.items.size() > kMostWaivers) {
    problems.push_back(
        {Level::error, "wrong-shape", yaml::location_of(document, list),
         "`waivers` is a list of at most " + std::to_string(kMostWaivers) + " waivers",
         "start each with `- subject:`"});
    return;
  }
  WaiverReader reader(program, document, subjects, problems);
  for (const auto& each : list.items) out.push_back(reader.read(each));
}

void read_waiver_document(const Program& program, const yaml::Document& document,
                          const std::vector<std::string_view>& subjects,
                          std::vector<WaiverEntry>& out, Diagnostics& problems) {
  const yaml::Value* list = &document.root;
  if (list->shape == yaml::Shape::map) {
    Fields fields(document, document.root, "the file of waivers", problems);
    list = fields.take("waivers");
  }
  if (list != nullptr) read_waivers(program, document, *list, subjects, out, problems);
}

std::string waiver_stanza(const std::string& subject, const std::string& obligation, Day made,
                          const std::string& facts) {
  return "  - subject: " + subject + "\n    obligation: " + obligation +
         "\n    kind: deferred            # or contested, risk_accepted\n    reason: \n    by: \n"
         "    made: " +
         to_string(made) + "\n    until: \n    facts: " + facts + "\n";
}

}  // namespace pandect
