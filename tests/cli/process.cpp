#include "cli/process.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pandect::testing {
namespace {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Scratch::Scratch() {
  std::string pattern = (std::filesystem::temp_directory_path() / "pandect-test-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
  return path(name);
}

Ran run(const std::vector<std::string>& arguments, const std::string& input,
        const std::vector<std::pair<std::string, std::string>>& environment) {
  const Scratch scratch;
  scratch.write("in", input);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto redirect = [&](const char* name, int to, int flags) {
      const int file = ::open(scratch.path(name).c_str(), flags, 0600);
      ::dup2(file, to);
    };
    redirect("in", STDIN_FILENO, O_RDONLY);
    redirect("out", STDOUT_FILENO, O_WRONLY | O_CREAT);
    redirect("err", STDERR_FILENO, O_WRONLY | O_CREAT);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words{const_cast<char*>(PANDECT_BINARY)};
    for (const auto& each : arguments) words.push_back(const_cast<char*>(each.c_str()));
    words.push_back(nullptr);
    ::execv(PANDECT_BINARY, words.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Ran ran;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  ran.out = slurp(scratch.path("out"));
  ran.err = slurp(scratch.path("err"));
  return ran;
}

}  // namespace pandect::testing
