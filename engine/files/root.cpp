#include "files/root.h"

#include "files/glob.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <mutex>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace pandect {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

Diagnostic problem(std::string_view path, int reason) {
  const std::string file(path);
  if (reason == EXDEV || reason == ELOOP)
    return {Level::error,
            "outside",
            {file, 0, 0},
            "this path leaves the folder that is looked into, or is a loop of links",
            "name a file inside it, or copy the file in"};
  return {Level::error,
          "unreadable",
          {file, 0, 0},
          std::string("cannot be read: ") + std::strerror(reason),
          "check the path and its permissions"};
}

// Where the kernel or a sandbox has no openat2, names are walked one by one and no link is
// followed.
int open_each(int root, std::string_view path, int flags) {
  int at = ::dup(root);
  std::size_t start = 0;
  while (at >= 0 && start < path.size()) {
    const std::size_t slash = std::min(path.find('/', start), path.size());
    const std::string name(path.substr(start, slash - start));
    start = slash + 1;
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      ::close(at);
      errno = EXDEV;
      return -1;
    }
    const bool last = start >= path.size();
    const int next =
        ::openat(at, name.c_str(), (last ? flags : O_PATH | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC);
    const int reason = errno;
    ::close(at);
    errno = reason;
    at = next;
  }
  return at;
}

}  // namespace

// Shared by copies of a root; filled once.
struct Root::Walked {
  std::once_flag once;
  Listing listing;
};

Root::Root(std::string folder, int descriptor)
    : folder_(std::move(folder)),
      descriptor_(new int(descriptor),
                  [](const int* number) {
                    ::close(*number);
                    delete number;
                  }),
      walked_(std::make_shared<Walked>()) {}

Result<Root> Root::open(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return Diagnostic{Level::error,
                      "no-folder",
                      {folder, 0, 0},
                      std::string("this folder cannot be opened: ") + std::strerror(errno),
                      "name a folder that exists and may be read"};
  }
  return Root(folder, descriptor);
}

int Root::open_below(std::string_view path, int flags) const {
  const std::string name(path.empty() ? "." : path);
  if (name.find('\0') != std::string::npos) {
    errno = EINVAL;
    return -1;
  }
  open_how how{};
  // openat2 refuses O_PATH together with what only an opened file could use.
  how.flags =
      static_cast<std::uint64_t>(flags | O_CLOEXEC | ((flags & O_PATH) != 0 ? 0 : O_NOCTTY));
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  for (int tries = 0;; ++tries) {
    const long opened = ::syscall(SYS_openat2, *descriptor_, name.c_str(), &how, sizeof how);
    if (opened >= 0) return static_cast<int>(opened);
    if (errno == EAGAIN && tries < 16) continue;  // something was renamed while it looked
    if (errno != ENOSYS && errno != EPERM) return -1;
    return open_each(*descriptor_, name, flags);
  }
}

Result<std::string> Root::read_part(std::string_view path, std::uint64_t offset,
                                    std::size_t size) const {
  // Without O_NONBLOCK a pipe would wait for its writer.
  const Descriptor file(open_below(path, O_RDONLY | O_NONBLOCK));
  if (file.get() < 0) return problem(path, errno);
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return problem(path, errno);
  if (!S_ISREG(facts.st_mode)) {
    return Diagnostic{Level::error,
                      "special",
                      {std::string(path), 0, 0},
                      S_ISDIR(facts.st_mode) ? "this is a folder" : "this is not a plain file",
                      "name a file"};
  }
  std::string bytes;
  while (bytes.size() < size) {
    const std::size_t before = bytes.size();
    bytes.resize(std::min(size, before + 256 * 1024));
    const auto count = ::pread(file.get(), bytes.data() + before, bytes.size() - before,
                               static_cast<off_t>(offset + before));
    if (count < 0 && errno == EINTR) {
      bytes.resize(before);
      continue;
    }
    if (count < 0) return problem(path, errno);
    bytes.resize(before + static_cast<std::size_t>(count));
    if (count == 0) break;
  }
  return bytes;
}

Result<std::string> Root::read(std::string_view path, std::size_t limit) const {
  auto bytes = read_part(path, 0, limit + 1);
  if (!bytes || bytes->size() <= limit) return bytes;
  return Diagnostic{Level::error,
                    "too-large",
                    {std::string(path), 0, 0},
                    "the file is larger than " + std::to_string(limit / 1024) + " KiB",
                    "check that it is the file you meant"};
}

bool Root::exists(std::string_view path) const {
  const Descriptor file(open_below(path, O_PATH));
  return file.get() >= 0;
}

namespace {

struct Walk {
  const std::function<bool(std::string_view)>& enter;
  const ListLimits& limits;
  Listing& listing;
  bool full = false;

  void folder(int descriptor, const std::string& prefix, int depth) {
    DIR* folder = ::fdopendir(descriptor);
    if (folder == nullptr) {
      ::close(descriptor);
      listing.skipped.push_back({prefix, "unreadable"});
      return;
    }
    while (!full) {
      const dirent* entry = ::readdir(folder);
      if (entry == nullptr) break;
      const std::string name = entry->d_name;
      if (name == "." || name == ".." || name == ".git") continue;
      each(::dirfd(folder), name, prefix.empty() ? name : prefix + "/" + name, depth);
    }
    ::closedir(folder);
  }

  void each(int parent, const std::string& name, const std::string& path, int depth) {
    struct stat facts {};
    if (::fstatat(parent, name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
      listing.skipped.push_back({path, errno == ENOENT ? "gone" : "unreadable"});
    } else if (S_ISREG(facts.st_mode)) {
      if (listing.files.size() >= limits.files) {
        full = true;
        listing.skipped.push_back({path, "too-many"});
        return;
      }
      listing.files.push_back({path, static_cast<std::uint64_t>(facts.st_size)});
    } else if (S_ISDIR(facts.st_mode)) {
      if (enter && !enter(path)) return;
      if (depth >= limits.depth) {
        listing.skipped.push_back({path, "too-deep"});
        return;
      }
      const int child =
          ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (child < 0)
        listing.skipped.push_back({path, errno == ENOENT ? "gone" : "unreadable"});
      else
        folder(child, path, depth + 1);
    } else {
      listing.skipped.push_back({path, S_ISLNK(facts.st_mode) ? "link" : "special"});
    }
  }
};

}  // namespace

Listing Root::list(std::string_view below, const std::function<bool(std::string_view)>& enter,
                   const ListLimits& limits) const {
  Listing listing;
  Walk walk{enter, limits, listing};
  const int descriptor = open_below(below, O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) {
    listing.skipped.push_back({std::string(below), errno == EXDEV ? "link" : "unreadable"});
    return listing;
  }
  walk.folder(descriptor, std::string(below), 0);
  std::sort(listing.files.begin(), listing.files.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  std::sort(listing.skipped.begin(), listing.skipped.end(),
            [](const Skipped& a, const Skipped& b) { return a.path < b.path; });
  return listing;
}

void Root::narrow(std::vector<std::string> below, std::vector<std::string> ignored) {
  below_ = std::move(below);
  ignored_ = std::move(ignored);
  walked_ = std::make_shared<Walked>();
}

const Listing& Root::walked() const {
  static constexpr std::array<std::string_view, 8> kFetched{
      "node_modules", "bower_components", "__pycache__", ".venv", "venv", ".tox", ".hg", ".svn"};
  std::call_once(walked_->once, [&] {
    const auto ignored = [&](std::string_view path) {
      return std::any_of(ignored_.begin(), ignored_.end(), [&](const std::string& each) {
        return glob_matches(each, path) || path.starts_with(each + "/");
      });
    };
    const auto enter = [&](std::string_view path) {
      const auto name = path.substr(path.rfind('/') + 1);
      return std::find(kFetched.begin(), kFetched.end(), name) == kFetched.end() && !ignored(path);
    };
    Listing& all = walked_->listing;
    for (const auto& each : below_.empty() ? std::vector<std::string>{""} : below_) {
      Listing part = list(each, enter);
      std::move(part.files.begin(), part.files.end(), std::back_inserter(all.files));
      std::move(part.skipped.begin(), part.skipped.end(), std::back_inserter(all.skipped));
    }
    std::erase_if(all.files, [&](const FoundFile& file) { return ignored(file.path); });
  });
  return walked_->listing;
}

std::vector<Skipped> Root::skipped() const { return walked_->listing.skipped; }

std::vector<FoundFile> Root::glob(const std::vector<std::string>& patterns,
                                  std::size_t most) const {
  std::vector<FoundFile> found;
  std::vector<std::string> open_patterns;
  const auto literal = [](const std::string& each) {
    return each.find_first_of("*?[{") == std::string::npos;
  };
  for (const auto& pattern : patterns) {
    if (!literal(pattern)) {
      open_patterns.push_back(pattern);
      continue;
    }
    const Descriptor file(open_below(pattern, O_PATH));
    struct stat facts {};
    if (file.get() >= 0 && ::fstat(file.get(), &facts) == 0 && S_ISREG(facts.st_mode))
      found.push_back({pattern, static_cast<std::uint64_t>(facts.st_size)});
  }
  if (!open_patterns.empty()) {
    for (const auto& file : walked().files) {
      const bool matches =
          std::any_of(open_patterns.begin(), open_patterns.end(),
                      [&](const std::string& each) { return glob_matches(each, file.path); });
      if (matches) found.push_back(file);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const FoundFile& a, const FoundFile& b) { return a.path == b.path; }),
              found.end());
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace pandect
