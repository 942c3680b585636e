#include "plugins/host/isolated.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>

#include <sys/wait.h>
#include <unistd.h>

namespace pandect::plugins {
namespace {

std::string run(const std::function<std::string()>& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    return std::string("it threw: ") + error.what();
  } catch (...) {
    return "it threw";
  }
}

[[noreturn]] void child(const std::function<std::string()>& work, int out, unsigned seconds) {
  // A handler that the host has set, or a sanitizer, would end a crash as an exit like any other.
  for (const int signal : {SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP}) {
    std::signal(signal, SIG_DFL);
  }
  ::alarm(seconds);
  const std::string said = run(work);
  std::size_t written = 0;
  while (written < said.size()) {
    const auto count = ::write(out, said.data() + written, said.size() - written);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  // No destructors of the parent's objects and no second flush of its buffers.
  ::_exit(said.empty() ? 0 : 1);
}

std::string all_of(int in) {
  std::string text;
  char buffer[4096];
  while (true) {
    const auto count = ::read(in, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    if (text.size() < 64 * 1024) text.append(buffer, static_cast<std::size_t>(count));
  }
}

}  // namespace

Isolated isolated(const std::function<std::string()>& work, unsigned seconds) {
  int ends[2];
  if (::pipe(ends) != 0) return {false, std::string("no pipe: ") + std::strerror(errno)};
  const pid_t process = ::fork();
  if (process < 0) return {false, std::string("no process: ") + std::strerror(errno)};
  if (process == 0) {
    ::close(ends[0]);
    child(work, ends[1], seconds);
  }
  ::close(ends[1]);
  std::string said = all_of(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGALRM) return {false, "did not end within " + std::to_string(seconds) + " s"};
    return {false, std::string("crashed: ") + ::strsignal(signal)};
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {true, ""};
  if (said.empty()) said = "ended the process with status " + std::to_string(WEXITSTATUS(status));
  return {false, std::move(said)};
}

}  // namespace pandect::plugins
