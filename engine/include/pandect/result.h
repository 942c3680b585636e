// Errors as values. A Diagnostic says where, what was expected and how to mend it; a Result<T>
// holds a value or the diagnostics of why there is none. Nothing here prints or throws.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace pandect {

// A place in a source text. Lines and columns count from 1; 0 means "the whole file".
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

enum class Level { error, warning, note };

struct Diagnostic {
  Level level = Level::error;
  std::string code;  // stable word, e.g. "unknown-name"
  Location where;
  std::string message;
  std::string hint;  // the remedy; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

inline bool has_errors(const Diagnostics& list) {
  for (const auto& each : list) {
    if (each.level == Level::error) return true;
  }
  return false;
}

// "file:12:3: error: message (hint)", the form that editors and pipelines understand.
std::string to_string(const Diagnostic& diagnostic);

template <typename T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}              // NOLINT(google-explicit-constructor)
  Result(Diagnostics errors) : state_(std::move(errors)) {}  // NOLINT(google-explicit-constructor)
  Result(Diagnostic error)
      : state_(Diagnostics{std::move(error)}) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }
  T& value() { return std::get<T>(state_); }
  const T& value() const { return std::get<T>(state_); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  const Diagnostics& errors() const { return std::get<Diagnostics>(state_); }

 private:
  std::variant<T, Diagnostics> state_;
};

}  // namespace pandect
