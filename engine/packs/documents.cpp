#include "packs/documents.h"

#include "base/names.h"

namespace pandect {
namespace {

constexpr std::string_view kKey = "\"preset\": \"";

void expand(const PackDraft& draft, EvidenceDraft& piece, Diagnostics& problems) {
  for (auto at = piece.probe.find(kKey); at != std::string::npos;
       at = piece.probe.find(kKey, at + 1)) {
    const auto start = at + kKey.size();
    const auto end = piece.probe.find('"', start);
    const std::string id = piece.probe.substr(start, end - start);
    std::vector<std::string_view> known;
    const DocumentDraft* found = nullptr;
    for (const auto& each : draft.documents) {
      known.push_back(each.id);
      if (each.id == id) found = &each;
    }
    if (found == nullptr) {
      problems.push_back({Level::error, "unknown-name", piece.where,
                          "the pack describes no document `" + id + "`", did_you_mean(id, known)});
      return;
    }
    piece.probe.replace(at, end + 1 - at, "\"headings\": " + found->headings);
  }
}

}  // namespace

void expand_kind(const std::vector<PackDraft>& packs, EvidenceDraft& piece) {
  constexpr std::string_view kId = "{id}";
  for (const auto& pack : packs) {
    for (const auto& kind : pack.evidence_kinds) {
      if (kind.kind != piece.kind) continue;
      if (piece.sufficient == Suffices::by_default) piece.sufficient = kind.sufficient;
      if (!piece.probe.empty()) continue;
      piece.probe = kind.probe;
      for (auto at = piece.probe.find(kId); at != std::string::npos; at = piece.probe.find(kId, at))
        piece.probe.replace(at, kId.size(), piece.id);
    }
  }
}

void expand_documents(PackDraft& draft, Diagnostics& problems) {
  for (auto& duty : draft.obligations) {
    for (auto& piece : duty.evidence) expand(draft, piece, problems);
  }
}

}  // namespace pandect
