// JSON and XML as the same tree that the YAML reader makes, with the line of every value, and paths
// into such a tree. Bounded in depth and nodes. Knows no format of model descriptions.
#pragma once

#include "packs/yaml.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

inline constexpr int kTreeDepth = 64;
inline constexpr std::size_t kTreeNodes = 1'000'000;

struct Tree {
  yaml::Value root;
  Diagnostics warnings;  // keys that stand twice: the first is kept
};

// `file` is printed in messages. A byte order mark is passed over.
Result<Tree> read_json(const std::string& file, std::string_view text);

// Attributes and child elements become keys; `lists` names the elements whose children are members
// of a list, whatever they are called.
Result<Tree> read_xml(const std::string& file, std::string_view text,
                      const std::set<std::string, std::less<>>& lists);

struct Selected {
  const yaml::Value* value = nullptr;
  std::string pointer;  // JSON pointer (RFC 6901)
};

// `a.b[].c`, `a[type=data].c`, `a.*` (every value of a map), `a.*~` (every key of a map); a key
// that holds dots is written in quotes: `"a.b".c`. At most `most` results.
std::vector<Selected> select(const yaml::Value& root, std::string_view path,
                             const std::string& pointer = {}, std::size_t most = 5000);

// The text of the first match; empty if there is none.
std::string text_at(const yaml::Value& root, std::string_view path);

}  // namespace pandect::plugins
