// What kind of text a file is, where its comments are and what it imports. Reads texts by line and
// by sign, not by grammar: it must never fail, on any bytes. Knows no signal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

// Names as signals use them: python, javascript (and TypeScript), java, kotlin, scala, csharp, go,
// rust, ruby, php, c (and C++), swift, dart, r, shell, config, prompt.
const std::vector<std::string_view>& languages();
// Registries of packages: python, npm, maven, go, cargo, nuget, gem, composer, cpp.
const std::vector<std::string_view>& ecosystems();

// The language of a file by its name; empty where a scan has nothing to look for. Notebooks are
// python: their cells are laid out by `notebook_code` first.
std::string_view language_of(std::string_view path);

bool is_notebook(std::string_view path);
// The code of a notebook on the lines on which it stands in the file, all else blank.
std::string notebook_code(std::string_view text);

// A copy of the same length in which comments are blanks; text literals stay, except those of
// Python that stand alone (documentation).
std::string without_comments(std::string_view text, std::string_view language);

struct Import {
  std::string module;  // with the signs of the language: a.b, a/b, a::b
  std::size_t offset = 0;
};
std::vector<Import> imports_of(std::string_view text, std::string_view language);

}  // namespace pandect::scan
