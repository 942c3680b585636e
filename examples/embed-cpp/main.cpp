// Pandect in a C++ program: handles that free themselves, errors as exceptions of this program, one
// set of packs for several threads.
//
//   embed-cpp RULES MANIFEST DAY SUBJECT ID
//
// prints what is missing for an answer, and why ID is what it is.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include <pandect.h>

namespace {

struct Free {
  void operator()(pandect_packs* packs) const { pandect_packs_free(packs); }
  void operator()(pandect_answer* answer) const { pandect_answer_free(answer); }
};
using Packs = std::unique_ptr<pandect_packs, Free>;
using Answer = std::unique_ptr<pandect_answer, Free>;

pandect_string text_of(std::string_view text) { return {text.data(), text.size()}; }
std::string string_of(pandect_string text) { return {text.data, text.size}; }

// The text of an answer, or its first problem as an exception.
std::string result(pandect_error error, pandect_answer* raw) {
  const Answer answer(raw);
  if (error == PANDECT_ERROR_NONE) return string_of(pandect_answer_text(answer.get()));
  pandect_problem problem{};
  problem.size = sizeof problem;
  if (pandect_answer_problem(answer.get(), 0, &problem) != PANDECT_ERROR_NONE)
    throw std::runtime_error("pandect: error " + std::to_string(error));
  throw std::runtime_error(string_of(problem.file) + ":" + std::to_string(problem.line) + ": " +
                           string_of(problem.message) + "; " + string_of(problem.hint));
}

Packs open_packs(const std::string& folder) {
  pandect_packs* packs = nullptr;
  pandect_answer* answer = nullptr;
  const pandect_error error = pandect_packs_open(text_of(folder), nullptr, 0, &packs, &answer);
  Packs owned(packs);
  result(error, answer);
  return owned;
}

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(std::string(path) + ": cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

void run(char** argv) {
  const Packs packs = open_packs(argv[1]);
  const std::string manifest = read_file(argv[2]);
  pandect_options options{};
  options.size = sizeof options;
  options.as_of = text_of(argv[3]);
  std::string missing, proof;
  std::exception_ptr failed;
  std::thread other([&] {
    try {
      pandect_answer* answer = nullptr;
      const auto error = pandect_missing(packs.get(), text_of(manifest), &options, &answer);
      missing = result(error, answer);
    } catch (...) {
      failed = std::current_exception();
    }
  });
  pandect_options with_text = options;
  with_text.flags = PANDECT_PROOF_AS_TEXT;
  pandect_answer* answer = nullptr;
  const auto error = pandect_explain(packs.get(), text_of(manifest), &with_text, text_of(argv[4]),
                                     text_of(argv[5]), &answer);
  other.join();
  proof = result(error, answer);
  if (failed) std::rethrow_exception(failed);
  std::cout << missing << proof;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: embed-cpp RULES MANIFEST DAY SUBJECT ID\n";
    return 2;
  }
  try {
    run(argv);
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 2;
  }
  return 0;
}
