// Runs rules/tutorial.md: files as it shows them, commands as it prints them, and every line of
// output that it promises, in order.
#include "cli/process.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Block {
  std::string kind, file, text;
};

std::vector<Block> blocks_of(const std::string& page) {
  std::vector<Block> blocks;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (!inside) continue;
      const std::size_t space = std::min(line.find(' '), line.size());
      blocks.push_back(
          {line.substr(3, space - 3), line.substr(std::min(space + 1, line.size())), {}});
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

std::string run_script(const pandect::testing::Scratch& scratch, const std::string& text) {
  scratch.write("home/script", text);
  const std::string command =
      "cd " + scratch.path("work") +
      " && env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u PANDECT_RULES HOME=" + scratch.path("home") +
      " PATH=" + scratch.path("bin") + ":$PATH PANDECT_CACHE=" + scratch.path("cache") + " sh " +
      scratch.path("home/script") + " > " + scratch.path("home/out") + " 2>&1";
  const int status = std::system(command.c_str());
  CHECK_MESSAGE(status == 0, text << slurp(scratch.path("home/out")));
  return slurp(scratch.path("home/out"));
}

}  // namespace

TEST_CASE("the tutorial does what it says") {
  const pandect::testing::Scratch scratch;
  for (const char* folder : {"work", "home", "bin"}) fs::create_directories(scratch.path(folder));
  fs::create_symlink(PANDECT_BINARY, scratch.path("bin/pandect"));
  std::string out;
  std::size_t files = 0, scripts = 0, promises = 0;
  for (const auto& block : blocks_of(slurp(PANDECT_SOURCE "/rules/tutorial.md"))) {
    if (block.kind == "yaml") {
      fs::create_directories(fs::path(scratch.path("work/" + block.file)).parent_path());
      scratch.write("work/" + block.file, block.text);
      ++files;
    } else if (block.kind == "sh") {
      out = run_script(scratch, block.text);
      ++scripts;
    } else {
      REQUIRE(block.kind == "text");
      std::size_t at = 0;
      std::istringstream lines(block.text);
      for (std::string line; std::getline(lines, line); ++promises) {
        const std::size_t found = out.find(line, at);
        CHECK_MESSAGE(found != std::string::npos, line << "\nis not in\n" << out);
        if (found != std::string::npos) at = found + line.size();
      }
    }
  }
  CHECK(files >= 5);
  CHECK(scripts >= 6);
  CHECK(promises >= 20);
}
