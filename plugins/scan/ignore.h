// Rules of .gitignore files (gitignore(5)): nested, with negation, anchored or not, `**`. Also the
// folders and names that hold other people's or generated code. Opens nothing; linear in the path
// for each rule.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::scan {

class IgnoreRules {
 public:
  // The text of `folder`/.gitignore; the empty folder is the root.
  void add(std::string_view folder, std::string_view text);

  // By the rule of the nearest file, the last one that matches. A file below an ignored folder is
  // ignored whatever the rules say of it: the caller does not enter such folders.
  bool ignored(std::string_view path, bool is_folder) const;

 private:
  struct Rule {
    std::vector<std::string> parts;  // of the pattern, between slashes
    bool negated = false, folders_only = false, anchored = false, literal = false;
  };
  static bool matches(const Rule& rule, std::string_view relative, bool is_folder);

  std::map<std::string, std::vector<Rule>, std::less<>> rules_;
};

// One name against a pattern without slashes: `*`, `?`, `[a-z]`, `\`.
bool name_matches(std::string_view pattern, std::string_view name);

// Folders of other people's code and of build results, by their name.
bool is_vendored_folder(std::string_view path);
// Files that a tool wrote, by their name: minified, bundled, from a schema, locked versions.
bool is_generated_name(std::string_view path);
// The same by the first kilobytes of its text.
bool is_generated_text(std::string_view path, std::string_view head);
// Below a folder of tests, examples or documents, or named as a test.
bool is_aside(std::string_view path);

}  // namespace pandect::scan
