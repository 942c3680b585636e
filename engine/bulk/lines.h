// One line of a batch as its format splits it: facts with the text of their values, by subject. The
// formats know no facts; what a value means, the intake asks the reader of manifests.
#pragma once

#include <cstdint>
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

struct LineSubject {
  enum class Kind : std::uint8_t { system, model, deployment } kind = Kind::system;
  std::string_view id;
  std::vector<Field> fields;
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
