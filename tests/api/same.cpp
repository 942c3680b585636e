// same PROGRAM SOURCE EVERY: assesses every EVERY-th case of each pack that ships, and the
// examples, through the command line and through the C API, and compares the two by digest.
#include "base/digest.h"
#include "manifests.h"
#include "packs/library.h"
#include "pandect.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

pandect_string text_of(const std::string& text) { return {text.data(), text.size()}; }

std::string output_of(const std::string& command) {
  std::string out, buffer(65536, '\0');
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    out.append(buffer, 0, count);
  pclose(pipe);
  return out;
}

struct Comparison {
  std::string program, rules;
  std::size_t manifests = 0, cases = 0, differences = 0;
  std::string digests;

  pandect_packs* open(const std::string& pack) const {
    const pandect_string id = text_of(pack);
    pandect_packs* packs = nullptr;
    pandect_answer* answer = nullptr;
    pandect_packs_open(text_of(rules), &id, pack.empty() ? 0 : 1, &packs, &answer);
    pandect_answer_free(answer);
    return packs;
  }

  void compare(const pandect_packs* packs, const std::string& pack, const std::string& path,
               const std::string& day, std::size_t count) {
    static const char* const kLanguages[] = {"en", "ko", "zh"};
    const std::string lang = kLanguages[manifests % 3];
    const std::string command = "'" + program + "' check '" + path + "' --rules '" + rules + "'" +
                                (pack.empty() ? "" : " --pack " + pack) + " --as-of " + day +
                                " --no-evidence --fail-on never --format json --lang " + lang +
                                " 2>&1";
    const std::string left = output_of(command);
    const std::string manifest = slurp(path);
    pandect_options options{};
    options.size = sizeof options;
    options.as_of = text_of(day);
    options.lang = text_of(lang);
    options.manifest_name = text_of(path);
    pandect_answer* answer = nullptr;
    const auto error = pandect_assess(packs, text_of(manifest), &options, &answer);
    const pandect_string text = pandect_answer_text(answer);
    const std::string one = pandect::digest_of(left),
                      other = pandect::digest_of({text.data, text.size});
    if (error != PANDECT_ERROR_NONE || one != other) {
      std::fprintf(stderr, "%s %s: the C API (error %d) differs from: %s\n", path.c_str(),
                   pack.c_str(), static_cast<int>(error), left.substr(0, 300).c_str());
      ++differences;
    }
    pandect_answer_free(answer);
    digests += other + "\n";
    cases += count;
    ++manifests;
  }
};

void compare_cases(Comparison& all, const std::string& pack, const std::string& scratch,
                   std::size_t every) {
  pandect::Library library;
  library.folder = all.rules;
  pandect::Diagnostics problems;
  const auto drafts = library.read_with_core(all.rules + "/" + pack, problems);
  const auto linked = pandect::link(drafts);
  pandect_packs* packs = all.open(pack);
  if (!linked.program || packs == nullptr) {
    std::fprintf(stderr, "%s does not load\n", pack.c_str());
    ++all.differences;
    return;
  }
  const std::size_t manifests = all.manifests, cases = all.cases;
  for (const auto& each : same::manifests_of(*linked.program, drafts.back(), every)) {
    const std::string path = scratch + "/" + pack + "-" + std::to_string(all.manifests) + ".yaml";
    std::ofstream(path, std::ios::binary) << each.text;
    all.compare(packs, pack, path, each.as_of, each.cases);
  }
  pandect_packs_free(packs);
  std::printf("%s: %zu cases in %zu manifests\n", pack.c_str(), all.cases - cases,
              all.manifests - manifests);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string source = argv[2];
  const std::size_t every = static_cast<std::size_t>(std::strtoul(argv[3], nullptr, 10));
  if (every == 0) return 2;
  const fs::path scratch = fs::temp_directory_path() / ("api-same-" + std::to_string(getpid()));
  fs::create_directories(scratch);
  Comparison all;
  all.program = argv[1];
  all.rules = source + "/rules";
  pandect::Library library;
  library.folder = all.rules;
  for (const auto& pack : library.ids()) compare_cases(all, pack, scratch.string(), every);
  pandect_packs* packs = all.open("");
  std::size_t examples = 0;
  for (const auto& entry : fs::directory_iterator(source + "/examples")) {
    const std::string path = (entry.path() / "pandect.yaml").string();
    // A settings or waiver file beside the manifest is the command line's alone.
    if (!fs::exists(path) || fs::exists(entry.path() / ".pandect.toml") ||
        fs::exists(entry.path() / ".pandect.waivers.yaml"))
      continue;
    for (const char* day : {"2026-11-21", "2028-01-01"}) all.compare(packs, "", path, day, 0);
    ++examples;
  }
  pandect_packs_free(packs);
  fs::remove_all(scratch);
  std::printf("%zu cases, %zu examples on two days, %zu manifests: %zu differences\n", all.cases,
              examples, all.manifests, all.differences);
  std::printf("digest of all: %s\n", pandect::digest_of(all.digests).c_str());
  return all.differences == 0 && all.cases > 0 && examples > 0 ? 0 : 1;
}
