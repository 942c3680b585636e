#include "kit.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/wait.h>

namespace kit {

namespace fs = std::filesystem;

pandect_string text_of(std::string_view text) { return {text.data(), text.size()}; }
std::string string_of(pandect_string text) { return {text.data, text.size}; }

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Reply reply(pandect_error error, pandect_answer* raw) {
  const Answer answer(raw);
  Reply out;
  out.error = error;
  out.text = string_of(pandect_answer_text(raw));
  out.verdict = pandect_answer_verdict(raw);
  for (std::size_t i = 0; i < pandect_answer_problem_count(raw); ++i) {
    pandect_problem problem{};
    problem.size = sizeof problem;
    if (pandect_answer_problem(raw, i, &problem) != PANDECT_ERROR_NONE) continue;
    out.problems.push_back(string_of(problem.code) + " " + string_of(problem.file) + ":" +
                           std::to_string(problem.line) + ":" + std::to_string(problem.column) +
                           " " + string_of(problem.message) + "; " + string_of(problem.hint));
  }
  return out;
}

pandect_options options(std::string_view as_of) {
  static const pandect_string kKorea{"kr", 2};
  pandect_options out{};
  out.jurisdictions = &kKorea;
  out.jurisdiction_count = 1;
  out.size = sizeof out;
  out.as_of = text_of(as_of);
  return out;
}

Packs open(const std::vector<std::string>& ids) {
  std::vector<pandect_string> list;
  for (const auto& id : ids) list.push_back(text_of(id));
  pandect_packs* packs = nullptr;
  pandect_answer* answer = nullptr;
  const auto error = pandect_packs_open(text_of(PANDECT_SOURCE "/rules"), list.data(), list.size(),
                                        &packs, &answer);
  Packs owned(packs);
  const Reply said = reply(error, answer);
  for (const auto& each : said.problems) std::fprintf(stderr, "%s\n", each.c_str());
  return owned;
}

const pandect_packs* korea() {
  static const Packs packs = open({"kr-ai-basic-act"});
  return packs.get();
}

Reply assess(const pandect_packs* packs, std::string_view manifest,
             const pandect_options& options) {
  pandect_answer* answer = nullptr;
  const auto error = pandect_assess(packs, text_of(manifest), &options, &answer);
  return reply(error, answer);
}

void Files::add(const std::string& pack) {
  const fs::path rules = PANDECT_SOURCE "/rules";
  for (const auto& entry : fs::recursive_directory_iterator(rules / pack)) {
    if (entry.is_regular_file())
      list.emplace_back(fs::relative(entry.path(), rules).string(), slurp(entry.path().string()));
  }
}

Reply Files::load(Packs& packs) const {
  std::vector<pandect_file> files;
  for (const auto& [name, bytes] : list) files.push_back({text_of(name), text_of(bytes)});
  pandect_packs* made = nullptr;
  pandect_answer* answer = nullptr;
  const auto error = pandect_packs_read(files.data(), files.size(), &made, &answer);
  packs.reset(made);
  return reply(error, answer);
}

Ran cli(const std::string& arguments) {
  Ran ran;
  std::FILE* pipe = popen(("'" PANDECT_BINARY "' " + arguments).c_str(), "r");
  if (pipe == nullptr) return ran;
  char buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe))
    ran.out.append(buffer, count);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

}  // namespace kit
