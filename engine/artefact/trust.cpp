#include "artefact/trust.h"

#include "packs/folder.h"

#include <algorithm>
#include <filesystem>

namespace pandect::artefact {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaximumKey = 64 * 1024;

Diagnostic no_trust(const std::string& folder, const std::string& message) {
  return {Level::error,
          "no-trust",
          {folder, 0, 0},
          message,
          "put the .pub files of the authors you trust there, or remove the folder"};
}

Result<std::vector<std::string>> keys_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".pub") files.push_back(at->path().string());
  }
  if (error) return no_trust(folder, "the trust root cannot be read: " + error.message());
  if (files.empty()) return no_trust(folder, "the trust root holds no key");
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::optional<TrustRoot>> read_trust(const std::vector<std::string>& files,
                                            const std::string& folder) {
  TrustRoot root;
  std::vector<std::string> chosen = files;
  root.where = "--trust";
  if (chosen.empty()) {
    std::error_code error;
    const auto status = folder.empty() ? fs::file_status(fs::file_type::not_found)
                                       : fs::symlink_status(folder, error);
    if (status.type() == fs::file_type::not_found) return std::optional<TrustRoot>();
    auto found = keys_below(folder);
    if (!found) return found.errors();
    chosen = std::move(*found);
    root.where = folder;
  }
  for (const auto& file : chosen) {
    const auto text = read_text(file, kMaximumKey);
    if (!text) return text.errors();
    const auto key = parse_public_key(file, *text);
    if (!key) return key.errors();
    root.keys.push_back(*key);
  }
  return std::optional<TrustRoot>(std::move(root));
}

}  // namespace pandect::artefact
