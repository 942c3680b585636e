// What is known of one system (or of a model alone): answers to facts at their subjects, and the
// judgements of persons. A record is input only; `engine/logic` draws conclusions from it.
// Semantics sections 1.1 to 1.6.
#pragma once

#include "pandect/program.h"
#include "pandect/result.h"

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pandect {

enum class Truth : std::uint8_t { false_ = 0, true_ = 1, unknown = 2 };

inline Truth negate(Truth value) {
  if (value == Truth::unknown) return value;
  return value == Truth::true_ ? Truth::false_ : Truth::true_;
}
inline Truth truth_of(bool value) { return value ? Truth::true_ : Truth::false_; }

// Possible values of a number or date; a missing end is infinite.
struct Interval {
  std::optional<Number> low, high;
  bool low_open = false, high_open = false;

  bool is_point() const { return low && high && !low_open && !high_open && *low == *high; }
  bool is_empty() const {
    if (!low || !high) return false;
    return *low > *high || (*low == *high && (low_open || high_open));
  }
  // Take the other's end where it leaves less; true if the end moved.
  bool raise_low(const Interval& other) {
    if (!other.low ||
        (low && (*other.low < *low || (*other.low == *low && (low_open || !other.low_open)))))
      return false;
    low = other.low;
    low_open = other.low_open;
    return true;
  }
  bool lower_high(const Interval& other) {
    if (!other.high || (high && (*other.high > *high ||
                                 (*other.high == *high && (high_open || !other.high_open)))))
      return false;
    high = other.high;
    high_open = other.high_open;
    return true;
  }
};

inline constexpr std::size_t kMaximumMembers = 512;
using MemberSet = std::bitset<kMaximumMembers>;

enum class OriginKind : std::uint8_t { stated, imported, closed_world, axiom };

struct Origin {
  OriginKind kind = OriginKind::stated;
  Location where;
  std::string source;  // as the manifest says it
  std::string note;
  std::string shown;  // the answer as it was written
};

// The answer to one fact at one subject. Which parts count depends on the type of the fact.
struct Answer {
  std::uint32_t fact = 0;
  bool unknown = false;  // said to be unknown
  bool never = false;    // the event did not happen
  Truth truth = Truth::unknown;
  Interval range;
  std::string currency;
  MemberSet possible;  // enum
  MemberSet in, out;   // set; closed upwards (in) and downwards (out)
  MemberSet listed;    // set: members named as they stand
  std::string text;
  Origin origin;
};

struct Subject {
  std::string id, name;
  std::vector<Answer> answers;
};

struct Determination {
  std::string concept_id;
  std::string subject;  // id of a model or deployment; empty for the system
  Truth value = Truth::unknown;
  std::string member;  // enum concepts
  std::optional<Day> made, through;
  std::string by, reason;
  Location where;
};

struct Record {
  std::string id, name;
  Location where;
  bool has_system = true;
  bool closed_world = false;
  bool models_stated = false;
  bool models_complete = true;
  Subject organisation, system;
  std::vector<Subject> deployments;  // empty: one, whose facts may stand at the system
  std::vector<Subject> models;
  std::vector<Determination> determinations;
  std::map<std::string, Number> rates;  // "USD>KRW"
};

}  // namespace pandect
