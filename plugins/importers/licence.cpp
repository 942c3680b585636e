// The licence file of a repository, by how its text begins. Beside a card it shows whether the two
// name the same licence.
#include "plugins/importing/collector.h"

namespace pandect::plugins {
namespace {

int recognises(std::string_view path, std::string_view) {
  const auto slash = path.rfind('/');
  const std::string name = lower_case(path.substr(slash == std::string_view::npos ? 0 : slash + 1));
  static const RE2 names(R"((licen[cs]e|copying)([-_.][\w.-]*)?)");
  return RE2::FullMatch(name, names) ? 50 : 0;
}

Result<Imported> read(const ImportedFile& file) {
  Collector collector(file.path);
  const std::string head = short_text(std::string_view(file.bytes).substr(0, 8000), 4000);
  for (const auto& each : tables().licences) {
    if (!each.text || !RE2::PartialMatch(head, *each.text)) continue;
    Proposed licence;
    licence.subject = "model";
    licence.fact = "about.licence";
    licence.kind = ProposalClass::extracted;
    licence.confidence = 0.9;
    licence.note = each.note + "; licence file of the repository";
    collector.add(licence, each.id, {1, "text", head, "licence"});
    break;
  }
  return collector.finish();
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Importer importer_licence() {
  return {"licence", "LICENSE or COPYING file of a repository", 1u << 20,
          pandect::plugins::recognises, pandect::plugins::read};
}
