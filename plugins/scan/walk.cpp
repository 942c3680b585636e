#include "plugins/scan/walk.h"

#include "plugins/scan/ignore.h"
#include "plugins/scan/languages.h"
#include "plugins/scan/manifests.h"

#include <algorithm>

namespace pandect::scan {
namespace {

constexpr std::size_t kIgnoreFile = 1u << 20;

bool is_looked_into(std::string_view path) {
  return manifest_kind(path) != ManifestKind::none || !language_of(path).empty() ||
         may_be_model(path);
}

// Ignored and vendored folders are not entered; the rules of each folder are read on the way in.
class Walk {
 public:
  explicit Walk(const Root& root) : root_(root) {}

  Listing run(std::vector<Skipped>& skipped) {
    read_rules({}, skipped);
    return root_.list({}, [&](std::string_view folder) {
      const char* reason = is_vendored_folder(folder)     ? "vendored"
                           : rules_.ignored(folder, true) ? "ignored"
                                                          : nullptr;
      if (reason != nullptr) {
        skipped.push_back({std::string(folder) + "/", reason});
        return false;
      }
      read_rules(folder, skipped);
      return true;
    });
  }

  bool ignored(const FoundFile& file) const { return rules_.ignored(file.path, false); }

 private:
  void read_rules(std::string_view folder, std::vector<Skipped>& skipped) {
    const std::string path = folder.empty() ? ".gitignore" : std::string(folder) + "/.gitignore";
    if (!root_.exists(path)) return;
    if (const auto text = root_.read(path, kIgnoreFile)) {
      rules_.add(folder, *text);
    } else {
      skipped.push_back({path, "unreadable"});
    }
  }

  const Root& root_;
  IgnoreRules rules_;
};

}  // namespace

std::vector<FoundFile> select_documents(const Root& root, const ScanLimits& limits) {
  std::vector<Skipped> skipped;
  Walk walk(root);
  Listing listing = walk.run(skipped);
  std::erase_if(listing.files, [&](const FoundFile& file) { return walk.ignored(file); });
  if (listing.files.size() > limits.files) listing.files.resize(limits.files);
  return std::move(listing.files);
}

Selection select_files(const Root& root, const ScanLimits& limits) {
  Selection selection;
  Walk walk(root);
  Listing listing = walk.run(selection.skipped);
  for (auto& skipped : listing.skipped) selection.skipped.push_back(std::move(skipped));
  for (auto& file : listing.files) {
    const char* reason = nullptr;
    if (!is_looked_into(file.path))
      reason = "other";
    else if (walk.ignored(file))
      reason = "ignored";
    else if (is_generated_name(file.path))
      reason = "generated";
    else if (selection.files.size() >= limits.files)
      reason = "too-many";
    if (reason != nullptr)
      selection.skipped.push_back({std::move(file.path), reason});
    else
      selection.files.push_back(std::move(file));
  }
  return selection;
}

}  // namespace pandect::scan
