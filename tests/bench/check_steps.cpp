// pandect as it is, with the steps of a check timed: the linker puts the functions below before
// those they are named after (ld --wrap; CMake reads the names here). What one no longer names is
// not timed, and the table of `./dev bench check` says so.
#include "bench/check_steps.h"

#include "cli/gate.h"
#include "cli/packs.h"
#include "cli/rendering.h"
#include "cli/run.h"
#include "evidence/evidence.h"
#include "packs/image.h"
#include "plugins/reading/tree.h"

#include <cstdlib>
#include <ctime>

#include <unistd.h>

namespace {

using namespace pandect;
using namespace pandect::cli;
using bench::Step;

bench::Steps steps;
thread_local bool counts = false;  // the main thread, while main runs
Step current = Step::command_line;
bench::Moment since;

bench::Moment now() {
  const auto read = [](clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  return {read(CLOCK_MONOTONIC), read(CLOCK_PROCESS_CPUTIME_ID)};
}

void enter(Step step) {
  const bench::Moment time = now();
  bench::Moment& spent = steps.spent[static_cast<std::size_t>(current)];
  spent.wall += time.wall - since.wall;
  spent.processor += time.processor - since.processor;
  current = step;
  since = time;
}

class Timed {
 public:
  explicit Timed(Step step) : before_(current) {
    if (!counts || current == Step::probe) return;  // what a probe reads is its own
    ++steps.calls[static_cast<std::size_t>(step)];
    enter(step);
  }
  ~Timed() {
    if (counts) enter(before_);
  }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  Step before_;
};

void tell() {
  if (!counts) return;
  enter(current);
  counts = false;
  steps.end = since;
  const char* file = std::getenv(bench::kStepsVariable);
  if (file == nullptr) return;
  if (::pwrite(std::atoi(file), &steps, sizeof steps, 0) != sizeof steps) std::abort();
}

}  // namespace

// Two functions per step, by the names that the linker gives them.
#define PANDECT_WRAP(name, returns, parameters, symbol)     \
  returns real_##name parameters __asm__("__real_" symbol); \
  returns wrap_##name parameters __asm__("__wrap_" symbol); \
  returns wrap_##name parameters

// `is` is the function as its header has it: with another signature it has another symbol.
#define PANDECT_STEP(step, name, is, returns, parameters, arguments, symbol) \
  [[maybe_unused]] constexpr returns(*is_##name) parameters = is;            \
  PANDECT_WRAP(name, returns, parameters, symbol) {                          \
    const Timed timed(Step::step);                                           \
    return real_##name arguments;                                            \
  }

// A member that is const: its object comes first.
#define PANDECT_MEMBER_STEP(step, name, type, member, returns, parameters, arguments, symbol) \
  [[maybe_unused]] constexpr returns(type::*is_##name) parameters const = &type::member;      \
  PANDECT_WRAP(name, returns, PANDECT_WITH_SELF(type, PANDECT_LIST parameters), symbol) {     \
    const Timed timed(Step::step);                                                            \
    return real_##name arguments;                                                             \
  }
#define PANDECT_LIST(...) __VA_ARGS__
#define PANDECT_WITH_SELF(type, ...) (const type* self, __VA_ARGS__)

// A symbol stands whole on its line, for CMake.
// clang-format off
PANDECT_WRAP(main, int, (int count, char** words), "main") {
  counts = true;
  since = steps.begin = now();
  const int status = real_main(count, words);
  tell();
  return status;
}

PANDECT_WRAP(exit, void, (int status), "_exit") {
  tell();
  real_exit(status);
}

PANDECT_STEP(choose_formats, choose, Rendering::choose, std::optional<Rendering>,
             (const Context& a, const RenderingOptions& b), (a, b),
             "_ZN7pandect3cli9Rendering6chooseERKNS0_7ContextERKNS0_16RenderingOptionsE")

PANDECT_STEP(parse_manifest, parse, yaml::parse, Result<yaml::Document>,
             (std::string a, std::string b), (std::move(a), std::move(b)),
             "_ZN7pandect4yaml5parseENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEES6_")

PANDECT_STEP(settings, read_inputs, read_inputs, std::optional<Inputs>,
             (const Context& a, const InputOptions& b), (a, b),
             "_ZN7pandect3cli11read_inputsERKNS0_7ContextERKNS0_12InputOptionsE")

PANDECT_STEP(find_packs, load_packs, load_packs, std::optional<LoadedPacks>,
             (const Context& a, const PackWish& b), (a, b),
             "_ZN7pandect3cli10load_packsERKNS0_7ContextERKNS0_8PackWishE")

PANDECT_STEP(
    stamp_packs, stamp_of, stamp_of, std::string, (const std::vector<std::string>& a), (a),
    "_ZN7pandect8stamp_ofERKSt6vectorINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEESaIS6_EE")

PANDECT_STEP(open_cache, read_image, read_image, ProgramPtr,
             (const std::string& a, const std::string& b), (a, b),
             "_ZN7pandect10read_imageERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEES7_")

PANDECT_STEP(answers, read_manifest, read_manifest, Result<Manifest>,
             (const Program& a, const yaml::Document& b), (a, b),
             "_ZN7pandect13read_manifestERKNS_7ProgramERKNS_4yaml8DocumentE")

PANDECT_STEP(prepare_evidence, assess_looking, assess_looking, std::optional<Assessment>,
             (const Context& a, const Inputs& b, AssessOptions c, bool d,
              const std::vector<plugins::Probe>& e, store::Observations* f),
             (a, b, std::move(c), d, e, f),
             "_ZN7pandect3cli14assess_lookingERKNS0_7ContextERKNS0_6InputsENS_13AssessOptionsEbRKSt6vectorINS_7plugins5ProbeESaISA_EEPSt3mapINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEENS_4LookESt4lessISL_ESaISt4pairIKSL_SM_EEE")

PANDECT_STEP(assess, assess, assess, Result<Assessment>,
             (const Program& a, const Manifest& b, const AssessOptions& c), (a, b, c),
             "_ZN7pandect6assessERKNS_7ProgramERKNS_8ManifestERKNS_13AssessOptionsE")

PANDECT_STEP(probe, weigh, weigh, EvidenceItem, (Weighing a, Looker* b), (std::move(a), b),
             "_ZN7pandect5weighENS_8WeighingEPNS_6LookerE")

PANDECT_STEP(gate, add_contradictions, add_contradictions, bool,
             (const Context& a, const Inputs& b, const GateOptions& c, Assessment& d), (a, b, c, d),
             "_ZN7pandect3cli18add_contradictionsERKNS0_7ContextERKNS0_6InputsERKNS0_11GateOptionsERNS_10AssessmentE")

PANDECT_STEP(gate, use_baseline, use_baseline, bool,
             (const Context& a, const Inputs& b, const GateOptions& c, Assessment& d), (a, b, c, d),
             "_ZN7pandect3cli12use_baselineERKNS0_7ContextERKNS0_6InputsERKNS0_11GateOptionsERNS_10AssessmentE")

PANDECT_STEP(
    gate, run_of, run_of, reports::Run, (const Inputs& a, std::string b, std::string c),
    (a, std::move(b), std::move(c)),
    "_ZN7pandect3cli6run_ofERKNS0_6InputsENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEES9_")

PANDECT_STEP(gate, explain_block, explain_block, void,
             (const Context& a, const Assessment& b, const std::string& c), (a, b, c),
             "_ZN7pandect3cli13explain_blockERKNS0_7ContextERKNS_10AssessmentERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE")

PANDECT_MEMBER_STEP(
    render, write, Rendering, write, bool,
    (const Context& a, reports::Options b, const Assessment& c), (self, a, std::move(b), c),
    "_ZNK7pandect3cli9Rendering5writeERKNS0_7ContextENS_7reports7OptionsERKNS_10AssessmentE")

PANDECT_MEMBER_STEP(output, out, Context, out, void, (std::string_view a), (self, a),
                    "_ZNK7pandect3cli7Context3outESt17basic_string_viewIcSt11char_traitsIcEE")
// clang-format on
