// What stands behind the handles of pandect.h, and the border at which every call is checked and
// every exception ends.
#pragma once

#include "pandect.h"

#include "pandect/program.h"
#include "pandect/result.h"

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

struct pandect_packs {
  pandect::ProgramPtr program;
};

struct pandect_answer {
  std::string text;
  pandect::Diagnostics problems;
  std::int32_t verdict = -1;
};

namespace pandect::api {

// What a call came to; problems go into the answer.
struct Outcome {
  pandect_error error = PANDECT_ERROR_NONE;
  Diagnostics problems;
};

inline Outcome fail(pandect_error error, std::string code, std::string message,
                    std::string hint = {}) {
  return {error, {{Level::error, std::move(code), {}, std::move(message), std::move(hint)}}};
}

// A length without a pointer is a wrong call.
inline bool sound(pandect_string text) { return text.size == 0 || text.data != nullptr; }
inline std::string_view view(pandect_string text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

// Short texts: ids, words, days. Empty where all are sound and UTF-8.
Outcome check_texts(std::initializer_list<pandect_string> texts);

// A language, or empty where none is stated.
Outcome read_language(pandect_string stated, std::string& lang);

// Options as this version knows them. False with the reason in `outcome`.
bool read_options(const pandect_options* stated, pandect_options& options, Outcome& outcome);

// Runs a call behind the border. `work(answer)` returns an Outcome.
template <typename Work>
pandect_error guarded(pandect_answer** out, Work work) noexcept {
  if (out == nullptr) return PANDECT_ERROR_CALL;
  *out = nullptr;
  try {
    auto answer = std::make_unique<pandect_answer>();
    Outcome outcome;
    try {
      outcome = work(*answer);
    } catch (const std::bad_alloc&) {
      outcome = fail(PANDECT_ERROR_MEMORY, "memory", "there is not enough memory");
    } catch (const std::exception& error) {
      outcome = fail(PANDECT_ERROR_INTERNAL, "internal", error.what());
    }
    if (outcome.error != PANDECT_ERROR_NONE) answer->text.clear();
    answer->problems = std::move(outcome.problems);
    *out = answer.release();
    return outcome.error;
  } catch (const std::bad_alloc&) {
    return PANDECT_ERROR_MEMORY;
  } catch (...) {
    return PANDECT_ERROR_INTERNAL;
  }
}

}  // namespace pandect::api
