// Lets the importers read what they recognise below a root.
#include "plugins/scan/draft.h"
#include "plugins/scan/walk.h"

#include <algorithm>

namespace pandect::scan {
namespace {

// Any Markdown might be a model card; a tree is searched for what is one.
constexpr int kSure = 49;

constexpr std::size_t kHead = 64 * 1024;
constexpr std::size_t kMostFiles = 200;

// Formats that importers read are texts and tables; weights and code are not asked for.
bool may_be_description(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const auto base = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (base == "MLmodel" || base.starts_with("MODEL_CARD")) return true;
  for (const auto ending : {".md", ".json", ".jsonld", ".yaml", ".yml", ".xml", ".spdx"}) {
    if (base.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace

std::vector<Proposal> import_all(const Root& root, const ScanLimits& limits,
                                 Diagnostics& problems) {
  std::vector<Proposal> proposals;
  const auto importers = plugins::importers();
  if (importers.empty()) return proposals;
  std::size_t count = 0;
  for (const auto& file : select_documents(root, limits)) {
    if (!may_be_description(file.path)) continue;
    const auto head = root.read_part(file.path, 0, std::min<std::size_t>(kHead, file.size));
    if (!head) continue;
    const plugins::Importer* best = nullptr;
    int sure = kSure;
    for (const auto& each : importers) {
      const int says = each.recognises(file.path, *head);
      if (says > sure) {
        sure = says;
        best = &each;
      }
    }
    if (best == nullptr || ++count > kMostFiles) continue;
    auto bytes = root.read(file.path, best->limit);
    if (!bytes) {
      problems.insert(problems.end(), bytes.errors().begin(), bytes.errors().end());
      continue;
    }
    auto imported = best->read({file.path, std::move(*bytes)});
    const auto& messages = imported ? imported->warnings : imported.errors();
    for (auto each : messages) {
      each.level = Level::warning;
      problems.push_back(std::move(each));
    }
    if (!imported) continue;
    for (auto& each : imported->proposals) {
      if (each.where.file.empty()) each.where.file = file.path;
      proposals.push_back(std::move(each));
    }
  }
  return proposals;
}

}  // namespace pandect::scan
