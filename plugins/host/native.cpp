#include "plugins/host/native.h"

#include "plugins/host/call.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pandect::plugins {
namespace {

Diagnostic refused(const std::string& path, std::string message, std::string hint) {
  return {Level::error, "plugin-refused", {path, 0, 0}, std::move(message), std::move(hint)};
}

// An opened library and the file it came from. The file stays open because the library is loaded
// through its descriptor: the loader knows libraries by that name, which must not be used again.
struct Library {
  ~Library() {
    if (close != nullptr) close(context);
    if (handle != nullptr) ::dlclose(handle);
    if (file >= 0) ::close(file);
  }
  int file = -1;
  void* handle = nullptr;
  void (*close)(void*) = nullptr;
  void* context = nullptr;
};

constexpr mode_t kOthers = S_IWOTH;

// Empty if the file and its folder are in hands that may run code for this user.
Diagnostics check_owner(int file, const std::string& path) {
  struct stat facts {};
  if (::fstat(file, &facts) != 0)
    return {refused(path, std::string("cannot be looked at: ") + std::strerror(errno), "")};
  if (!S_ISREG(facts.st_mode))
    return {refused(path, "this is not a plain file", "name the shared library itself")};
  if ((facts.st_mode & kOthers) != 0)
    return {refused(path, "every user may write this file", "run `chmod o-w` on it")};
  if (facts.st_uid != 0 && facts.st_uid != ::geteuid())
    return {refused(path, "this file belongs to another user", "copy it, so that it is yours")};
  const std::string folder = std::filesystem::path(path).parent_path().string();
  struct stat around {};
  if (::stat(folder.empty() ? "." : folder.c_str(), &around) == 0 &&
      (around.st_mode & kOthers) != 0 && (around.st_mode & S_ISVTX) == 0)
    return {refused(path, "every user may write its folder", "move it into a folder of your own")};
  return {};
}

Diagnostic entry_failed(const std::string& path, pandect_status status,
                        const pandect_plugin& descriptor) {
  if (status == PANDECT_WRONG_VERSION) {
    return refused(path,
                   "this plugin does not speak version " + std::to_string(PANDECT_PLUGIN_ABI) +
                       " of the interface",
                   "build it with the pandect_plugin.h of this version");
  }
  std::string said;
  if (readable(descriptor.problem.data, descriptor.problem.size) && descriptor.problem.size <= 500)
    said = view(descriptor.problem);
  return refused(
      path,
      "its entry failed with status " + std::to_string(status) + (said.empty() ? "" : ": " + said),
      "ask its author");
}

}  // namespace

Result<PluginPtr> load_native(const std::string& path) {
  auto library = std::make_shared<Library>();
  library->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (library->file < 0)
    return refused(path, std::string("cannot be opened: ") + std::strerror(errno),
                   "name a plugin that exists and may be read");
  Diagnostics owner = check_owner(library->file, path);
  if (!owner.empty()) return owner;
  const std::string opened = "/proc/self/fd/" + std::to_string(library->file);
  library->handle = ::dlopen(opened.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library->handle == nullptr) {
    const char* reason = ::dlerror();
    return refused(path,
                   std::string("is no shared library that can be loaded: ") +
                       (reason == nullptr ? "unknown reason" : reason),
                   "build it for this machine, with all that it needs");
  }
  auto* const entry = reinterpret_cast<pandect_plugin_entry_function>(
      ::dlsym(library->handle, "pandect_plugin_entry"));
  if (entry == nullptr)
    return refused(path, "this shared library exports no pandect_plugin_entry",
                   "it is no plugin of Pandect; `pandect plugin new` writes one");
  pandect_plugin descriptor{};
  descriptor.size = sizeof descriptor;
  pandect_status status = PANDECT_FAILED;
  try {
    status = entry(&host_functions(), PANDECT_PLUGIN_ABI, &descriptor);
  } catch (...) {
    return refused(path, "its entry let a C++ exception out", "ask its author");
  }
  if (status != PANDECT_OK) return entry_failed(path, status, descriptor);
  if (descriptor.size == sizeof descriptor && descriptor.abi == PANDECT_PLUGIN_ABI) {
    library->close = descriptor.close;
    library->context = descriptor.context;
  }
  return adopt(descriptor, path, Source::native, library);
}

}  // namespace pandect::plugins
