// Gathers the proposals of one file: bounds, quotes, and what tables say of a value. Knows the
// tables, no format.
#pragma once

#include "plugins/importer.h"
#include "plugins/importing/markdown.h"
#include "plugins/importing/tables.h"
#include "plugins/importing/tree.h"

#include <set>
#include <string>
#include <string_view>

namespace pandect::plugins {

struct Origin {
  int line = 0;
  std::string pointer, quote, sign;
};

class Collector {
 public:
  explicit Collector(std::string file) : file_(std::move(file)) {}

  std::string model = "model";  // what the rows' subject `model` stands for

  // Empty, placeholder and repeated values are dropped.
  void add(const Proposed& what, const std::string& value, const Origin& origin);
  void warn(std::string code, int line, std::string message, std::string hint = {});

  // All rows over a tree; pointers start with `base`.
  void apply(const std::vector<PathRow>& rows, const yaml::Value& root, const std::string& base);

  // What the tables say of a task id, of tags, columns or data sets (`kind`), of a text.
  bool task(const std::string& id, const Origin& origin, bool typed);
  void words(std::string_view kind, const std::string& text, const std::string& role,
             const Origin& origin);
  // A text of its own (a field of a format) read like a card.
  void prose(const std::string& text, const std::string& role, const Origin& origin);
  // The passages of a card.
  void passages(const Card& card);
  // The figures of a card that are the model's own.
  void measured(const Card& card, const std::string& name);
  // Warns where a value has not the shape that rows with `read: list|map|text|enum` ask for.
  void check(const std::vector<PathRow>& rows, const yaml::Value& root, const std::string& base);

  const std::vector<Proposal>& proposals() const { return imported_.proposals; }
  // Everything gathered, with derived figures and conflicts.
  Imported finish();

 private:
  void row(const PathRow& row, const yaml::Value& value, const std::string& pointer);
  void number(const PathRow& row, const yaml::Value& value, const yaml::Value& root,
              const Origin& origin);
  void also(std::size_t index, const std::string& fact, const std::string& value,
            const Origin& origin);
  void passage(const Passage& passage, const Origin& origin);
  void labels(const Passage& passage, const Origin& origin);

  std::string file_;
  Imported imported_;
  std::map<std::string, std::size_t> seen_;  // value -> proposal
  std::map<std::string, std::size_t, std::less<>> sets_;
  std::map<std::string, int, std::less<>> counted_;
  bool placeholders_ = false;
};

// At most `most` bytes, cut between characters, on one line.
std::string short_text(std::string_view text, std::size_t most = 200);

std::string lower_case(std::string_view text);

}  // namespace pandect::plugins
