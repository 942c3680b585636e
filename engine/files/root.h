// A folder that is looked into and never left. Every path is relative to it; links are followed
// only as long as they stay inside, which the kernel checks while it opens (openat2), so that a
// folder that changes meanwhile cannot lead out. Bounded in bytes, files and depth; what was left
// out is told. Knows nothing of what the files mean. Not for packs (see packs/folder.h).
#pragma once

#include "pandect/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pandect {

struct FoundFile {
  std::string path;  // relative, with `/`; any bytes but NUL
  std::uint64_t size = 0;
};

// What was not looked at, and why: "link", "unreadable", "too-large", "too-many", "too-deep",
// "special", "gone".
struct Skipped {
  std::string path, reason;
};

struct Listing {
  std::vector<FoundFile> files;  // ascending by path
  std::vector<Skipped> skipped;
};

struct ListLimits {
  std::size_t files = 500'000;
  int depth = 64;
};

class Root {
 public:
  // The folder must exist; an error names it and what to do.
  static Result<Root> open(const std::string& folder);

  const std::string& folder() const { return folder_; }

  // A whole file of at most `limit` bytes. Errors: outside, unreadable, too-large, special (not a
  // plain file); `where.file` is the relative path.
  Result<std::string> read(std::string_view path, std::size_t limit) const;

  // Up to `size` bytes from `offset`; fewer at the end of the file.
  Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                std::size_t size) const;

  bool exists(std::string_view path) const;

  // Plain files below `below` (empty: all). Folders for which `enter` says no are passed over in
  // silence; links to folders are reported, not followed. `.git` is never entered.
  Listing list(std::string_view below = {}, const std::function<bool(std::string_view)>& enter = {},
               const ListLimits& limits = {}) const;

  // What `glob` walks: only below these folders (empty: all), and never what matches `ignored`.
  // Folders of fetched dependencies are passed over; a plain path still reaches into them.
  void narrow(std::vector<std::string> below, std::vector<std::string> ignored);

  // What was passed over while `glob` walked.
  std::vector<Skipped> skipped() const;

  // Paths of plain files that match any of the patterns, ascending, at most `most` of them. The
  // folder is walked once, at the first pattern that is no plain path.
  std::vector<FoundFile> glob(const std::vector<std::string>& patterns,
                              std::size_t most = 1000) const;

 private:
  explicit Root(std::string folder, int descriptor);
  // Opens below the root; -1 with errno.
  int open_below(std::string_view path, int flags) const;

  const Listing& walked() const;

  struct Walked;
  std::string folder_;
  std::shared_ptr<const int> descriptor_;
  std::vector<std::string> below_, ignored_;
  std::shared_ptr<Walked> walked_;
};

}  // namespace pandect
