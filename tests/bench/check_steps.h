// What pandect_bench_check tells the bench: where the time of one check went. The bench hands it a
// file in the environment, as a number; it writes one record there at its end.
#pragma once

#include <array>
#include <cstdint>

namespace bench {

inline constexpr const char* kStepsVariable = "PANDECT_BENCH_STEPS";

// In the order of a check. A step does not count what it calls and what is a step of its own.
enum class Step : std::uint8_t {
  command_line,
  choose_formats,
  settings,
  parse_manifest,
  find_packs,
  stamp_packs,
  open_cache,
  answers,
  prepare_evidence,
  assess,
  probe,
  gate,
  render,
  output,
};
inline constexpr std::size_t kSteps = 14;

// CLOCK_MONOTONIC, and the processor time of the process; nanoseconds.
struct Moment {
  std::int64_t wall = 0, processor = 0;
};

struct Steps {
  Moment begin, end;  // of main
  std::array<Moment, kSteps> spent{};
  std::array<std::int64_t, kSteps> calls{};
};

}  // namespace bench
