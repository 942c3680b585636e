// What the tests of the C API share: texts, handles that free themselves, the packs that ship.
#pragma once

#include "pandect.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

struct Free {
  void operator()(pandect_packs* packs) const { pandect_packs_free(packs); }
  void operator()(pandect_answer* answer) const { pandect_answer_free(answer); }
};
using Packs = std::unique_ptr<pandect_packs, Free>;
using Answer = std::unique_ptr<pandect_answer, Free>;

pandect_string text_of(std::string_view text);
std::string string_of(pandect_string text);
std::string slurp(const std::string& path);

struct Reply {
  pandect_error error = PANDECT_ERROR_NONE;
  std::string text;
  std::vector<std::string> problems;  // code file:line:column message; hint
  int verdict = -1;
};
Reply reply(pandect_error error, pandect_answer* answer);  // frees it

// Of Korea.
pandect_options options(std::string_view as_of = "2026-11-21");

Packs open(const std::vector<std::string>& ids);
// The Korean pack; loaded once, for all tests.
const pandect_packs* korea();

Reply assess(const pandect_packs* packs, std::string_view manifest, const pandect_options& options);

// A name with its bytes for each file of a pack folder.
struct Files {
  std::vector<std::pair<std::string, std::string>> list;
  void add(const std::string& pack);
  Reply load(Packs& packs) const;
};

struct Ran {
  int status = -1;
  std::string out;
};
Ran cli(const std::string& arguments);

}  // namespace kit
