#include "api/handles.h"
#include "api/rendering.h"
#include "base/digest.h"
#include "base/names.h"
#include "packs/image.h"
#include "packs/library.h"
#include "packs/memory.h"

#include <algorithm>

namespace pandect::api {
namespace {

// An image is for the records and the code that made it.
std::string image_stamp() { return digest_of("api " PANDECT_VERSION " " PANDECT_IMAGE_BUILD); }

// Links what was read without errors, so that the problems of all packs come together.
Outcome link_packs(const std::vector<PackDraft>& drafts, Diagnostics problems,
                   pandect_packs** packs) {
  bool complete = !drafts.empty();
  for (const auto& draft : drafts) complete = complete && draft.has_manifest && !draft.incomplete;
  Linked linked;
  if (complete) linked = link(drafts);
  problems.insert(problems.end(), linked.problems.begin(), linked.problems.end());
  if (has_errors(problems) || !linked.program) return {PANDECT_ERROR_INPUT, std::move(problems)};
  *packs = new pandect_packs{std::move(linked.program)};
  return {PANDECT_ERROR_NONE, std::move(problems)};
}

Outcome no_pack(const std::string& folder, const std::string& id,
                const std::vector<std::string>& there) {
  const std::vector<std::string_view> known(there.begin(), there.end());
  return {PANDECT_ERROR_NOT_FOUND,
          {{Level::error,
            "no-pack",
            {folder, 0, 0},
            "there is no pack `" + id + "`",
            did_you_mean(id, known)}}};
}

Outcome open(const std::string& folder, std::vector<std::string> chosen, pandect_packs** packs) {
  Library library;
  library.folder = folder;
  const auto there = library.ids();
  for (const auto& id : chosen) {
    if (id != "core" && std::find(there.begin(), there.end(), id) == there.end())
      return no_pack(folder, id, there);
  }
  if (chosen.empty()) chosen = there;
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  Diagnostics problems;
  std::vector<PackDraft> drafts;
  drafts.push_back(read_pack_folder(folder + "/core", problems, WithCases::no));
  for (const auto& id : chosen) {
    if (id != "core")
      drafts.push_back(read_pack_folder(folder + "/" + id, problems, WithCases::no));
  }
  return link_packs(drafts, std::move(problems), packs);
}

// Both out parameters are emptied before anything else is looked at.
template <typename Work>
pandect_error load(pandect_packs** packs, pandect_answer** answer, Work work) noexcept {
  if (packs != nullptr) *packs = nullptr;
  if (answer != nullptr) *answer = nullptr;
  if (packs == nullptr) return PANDECT_ERROR_CALL;
  const pandect_error error = guarded(answer, work);
  if (error != PANDECT_ERROR_NONE) {
    delete *packs;
    *packs = nullptr;
  }
  return error;
}

}  // namespace
}  // namespace pandect::api

using namespace pandect;       // NOLINT(google-build-using-namespace)
using namespace pandect::api;  // NOLINT(google-build-using-namespace)

pandect_error pandect_packs_open(pandect_string folder, const pandect_string* ids,
                                 std::size_t id_count, pandect_packs** packs,
                                 pandect_answer** answer) {
  return load(packs, answer, [&](pandect_answer&) -> Outcome {
    if (!sound(folder) || folder.size == 0 || view(folder).find('\0') != std::string_view::npos ||
        (ids == nullptr && id_count > 0))
      return fail(PANDECT_ERROR_CALL, "null", "there is no folder, or no list of ids");
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < id_count; ++i) {
      if (auto wrong = check_texts({ids[i]}); wrong.error != PANDECT_ERROR_NONE) return wrong;
      chosen.emplace_back(view(ids[i]));
    }
    return open(std::string(view(folder)), std::move(chosen), packs);
  });
}

pandect_error pandect_packs_read(const pandect_file* files, std::size_t file_count,
                                 pandect_packs** packs, pandect_answer** answer) {
  return load(packs, answer, [&](pandect_answer&) -> Outcome {
    if (files == nullptr && file_count > 0)
      return fail(PANDECT_ERROR_CALL, "null", "the files are counted and not there");
    std::vector<SourceFile> sources;
    for (std::size_t i = 0; i < file_count; ++i) {
      auto wrong = check_texts({files[i].name});
      if (wrong.error == PANDECT_ERROR_NONE && !sound(files[i].bytes))
        wrong = fail(PANDECT_ERROR_CALL, "null", "a file has a length and no place in memory");
      if (wrong.error != PANDECT_ERROR_NONE) return wrong;
      sources.push_back({std::string(view(files[i].name)), std::string(view(files[i].bytes))});
    }
    Diagnostics problems;
    const auto drafts = read_packs(std::move(sources), problems);
    return link_packs(drafts, std::move(problems), packs);
  });
}

pandect_error pandect_packs_image(const pandect_packs* packs, pandect_answer** answer) {
  return guarded(answer, [&](pandect_answer& out) -> Outcome {
    if (packs == nullptr) return fail(PANDECT_ERROR_CALL, "null", "there are no packs");
    out.text = image_of(*packs->program, image_stamp());
    return {};
  });
}

pandect_error pandect_packs_map(pandect_string image, pandect_packs** packs,
                                pandect_answer** answer) {
  return load(packs, answer, [&](pandect_answer&) -> Outcome {
    if (!sound(image)) return fail(PANDECT_ERROR_CALL, "null", "the image is not there");
    const auto bytes = view(image);
    const auto copy = std::make_shared<const std::vector<char>>(bytes.begin(), bytes.end());
    ProgramPtr program = program_of({copy->data(), copy->size()}, image_stamp(), copy);
    if (!program)
      return fail(PANDECT_ERROR_IMAGE, "image",
                  "this is no whole image that this build of the library has written",
                  "load the packs from their folder and write it again");
    *packs = new pandect_packs{std::move(program)};
    return {};
  });
}

void pandect_packs_free(pandect_packs* packs) { delete packs; }

pandect_error pandect_packs_list(const pandect_packs* packs, pandect_string lang,
                                 pandect_answer** answer) {
  return guarded(answer, [&](pandect_answer& out) -> Outcome {
    if (packs == nullptr) return fail(PANDECT_ERROR_CALL, "null", "there are no packs");
    std::string chosen;
    if (auto wrong = read_language(lang, chosen); wrong.error != PANDECT_ERROR_NONE) return wrong;
    out.text = packs_json(*packs->program, chosen.empty() ? "en" : chosen);
    return {};
  });
}
