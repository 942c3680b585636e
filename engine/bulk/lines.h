// One line of a batch as its format splits it: facts with the text of their values, by subject. The
// formats know no facts; what a value means, the intake asks the reader of manifests.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::bulk {

inline constexpr std::size_t kMaximumLine = 4 * 1024 * 1024;
inline constexpr std::size_t kLinePadding = 64;  // readable bytes behind the text of a line
inline constexpr std::size_t kMaximumSubjects = 64;

struct Field {
  std::string_view fact, value;  // value: as YAML
};

// 1 of `true`, 0 of `false`, -1 of any other text, without a branch that hangs on which of the two
// it is: half the answers of a file are one, and half the other.
inline int truth_word(std::string_view text) {
  if (text.size() - 4 > 1) return -1;
  std::uint32_t four = 0, yes = 0, no = 0;
  std::memcpy(&four, text.data(), 4);
  std::memcpy(&yes, "true", 4);
  std::memcpy(&no, "fals", 4);
  const unsigned is_yes = unsigned{four == yes} & unsigned{text.size() == 4};
  const unsigned is_no =
      unsigned{four == no} & unsigned{text.size() == 5} & unsigned{text.back() == 'e'};
  return (is_yes | is_no) != 0 ? static_cast<int>(is_yes) : -1;
}

struct LineSubject {
  enum class Kind : std::uint8_t { system, model, deployment } kind = Kind::system;
  std::string_view id;
  std::vector<Field> fields;

  // Views come in registers and are written where they stay: one that lies in memory is written in
  // halves and read back whole, and the processor waits for that at each field.
  void add(std::string_view fact, std::string_view value) {
    Field& field = fields.emplace_back();
    field.fact = fact;
    field.value = value;
  }
};

// Views point into the line, or into the parser until it reads the next one.
struct Line {
  std::string_view id;
  bool has_id = false;
  std::vector<LineSubject> subjects;  // the first is the system; only the first `used` count
  std::size_t used = 1;
  bool closed_world = false, models_stated = false, models_complete = true;
  std::string_view determinations, rates;  // as YAML; empty: none
  std::string problem;                     // why the line cannot be read

  void clear();
  LineSubject& add(LineSubject::Kind kind);
  void fail(std::string why) {
    if (problem.empty()) problem = std::move(why);
  }
};

class LineParser {
 public:
  virtual ~LineParser() = default;
  // `text` has no end of line, and kLinePadding readable bytes behind it.
  virtual void parse(std::string_view text, Line& line) = 0;
};

// NDJSON. The parser lies in a module of its own beside the program, which is loaded only here: no
// other command pays for its library. Null, with `why`, where it is missing.
std::unique_ptr<LineParser> json_parser(std::string& why);

// CSV: the first line of the file names `id` and facts. Null, with `why`, where it does not.
std::unique_ptr<LineParser> csv_parser(std::string_view header, std::string& why);

}  // namespace pandect::bulk
