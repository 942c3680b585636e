#include "packs/reader.h"

#include "base/digest.h"

namespace pandect {

PackReader::PackReader(std::string folder, DataReader data, Diagnostics& problems)
    : data_(std::move(data)), problems_(problems) {
  draft_.folder = std::move(folder);
}

void PackReader::add(const std::string& path, std::string text) {
  const std::string name = path.substr(draft_.folder.size());
  digests_ += name + " " + digest_of(text) + "\n";
  if (name.starts_with("/data/")) return;
  if (path.ends_with(".lua")) {
    if (!scripts_) scripts_.emplace(draft_.folder, data_);
    scripts_->run(path, std::move(text), draft_, problems_);
  } else {
    read_pack_file(path, std::move(text), draft_, problems_);
  }
}

PackDraft PackReader::finish() {
  draft_.digest = digest_of(digests_);
  finish_pack(draft_, problems_);
  return std::move(draft_);
}

bool is_case_file(const std::string& path) { return path.find("/cases/") != std::string::npos; }

}  // namespace pandect
