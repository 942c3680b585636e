// Lua's patterns (manual, 6.4.1), matched by backtracking that pays for every step: what would blow
// up uses up the budget of its script instead. Knows nothing of Lua states.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace pandect::script {

class Pattern {
 public:
  static constexpr std::size_t kNoMatch = std::string_view::npos;
  static constexpr int kCaptures = 32;
  static constexpr std::size_t kPosition = std::string_view::npos;  // size of `()`

  struct Capture {
    std::size_t from = 0, size = 0;
  };

  // `pay` is told of steps as they are done and may throw; so may `fail`, which must not return.
  Pattern(std::string_view text, std::string_view pattern, std::function<void(std::uint64_t)> pay,
          std::function<void(const char*)> fail)
      : text_(text), pattern_(pattern), pay_(std::move(pay)), fail_(std::move(fail)) {}

  // End of the match that starts at `from`, or kNoMatch. An anchor is the caller's to strip.
  std::size_t match(std::size_t from);

  int captures() const { return level_; }
  Capture capture(int index) const { return captures_[static_cast<std::size_t>(index)]; }
  void settle() {  // pays for the steps that were not yet told
    pay_(work_ / 4);
    work_ = 0;
  }

 private:
  static constexpr int kDepth = 200;
  static constexpr std::size_t kOpen = std::string_view::npos - 1;

  std::size_t step(std::size_t at, std::size_t item);
  std::size_t end_of_class(std::size_t item);
  bool single(std::size_t at, std::size_t item, std::size_t end);
  bool in_set(unsigned char c, std::size_t item, std::size_t end);
  std::size_t longest(std::size_t at, std::size_t item, std::size_t end);
  std::size_t shortest(std::size_t at, std::size_t item, std::size_t end);
  std::size_t open_capture(std::size_t at, std::size_t item, std::size_t size);
  std::size_t close_capture(std::size_t at, std::size_t item);
  std::size_t balanced(std::size_t at, std::size_t item);
  std::size_t repeated(std::size_t at, char digit);
  void work(std::uint64_t amount) {
    work_ += amount;
    if (work_ > 4096) settle();
  }
  char item(std::size_t at) const { return at < pattern_.size() ? pattern_[at] : '\0'; }

  std::string_view text_, pattern_;
  std::function<void(std::uint64_t)> pay_;
  std::function<void(const char*)> fail_;
  std::array<Capture, kCaptures> captures_{};
  int level_ = 0;
  int depth_ = 0;
  std::uint64_t work_ = 0;
};

}  // namespace pandect::script
