#include "packs/order.h"

#include "language/lexer.h"

#include <algorithm>

namespace pandect {
namespace {

constexpr std::uint32_t kHigh = 64;

class Chains {
 public:
  Chains(const Program& program, const std::vector<const ConceptDraft*>& drafts)
      : program_(program), drafts_(drafts), heights_(drafts.size(), kUnseen) {}

  std::vector<std::uint32_t> order() {
    for (std::uint32_t i = 0; i < drafts_.size(); ++i) {
      if (heights_[i] == kUnseen) climb(i);
    }
    return std::move(order_);
  }

 private:
  static constexpr std::uint32_t kUnseen = kNone, kBusy = kNone - 1;

  struct Visit {
    std::uint32_t index = 0;
    std::vector<std::uint32_t> named;
    std::size_t next = 0;
  };

  void add_names(const yaml::Source& source, std::vector<std::uint32_t>& named) const {
    for (const auto& token : language::tokenize(source.text).list) {
      if (token.kind != language::TokenKind::name) continue;
      const std::uint32_t found = program_.find_concept(token.text);
      if (found != kNone) named.push_back(found);
    }
  }

  Visit visit(std::uint32_t index) {
    heights_[index] = kBusy;
    Visit result{index, {}, 0};
    for (const auto& rule : drafts_[index]->rules) {
      add_names(rule.when, result.named);
      add_names(rule.then, result.named);
    }
    add_names(drafts_[index]->otherwise, result.named);
    return result;
  }

  // What is busy is below itself: a circle, which the compiler reports.
  void climb(std::uint32_t index) {
    std::vector<Visit> path;
    path.push_back(visit(index));
    while (!path.empty()) {
      Visit& top = path.back();
      if (top.next < top.named.size()) {
        const std::uint32_t below = top.named[top.next++];
        if (heights_[below] == kUnseen) path.push_back(visit(below));
        continue;
      }
      std::uint32_t height = 0;
      for (const std::uint32_t below : top.named) {
        if (heights_[below] != kBusy) height = std::max(height, heights_[below] + 1);
      }
      heights_[top.index] = height;
      if (height >= kHigh) order_.push_back(top.index);
      path.pop_back();
    }
  }

  const Program& program_;
  const std::vector<const ConceptDraft*>& drafts_;
  std::vector<std::uint32_t> heights_, order_;
};

}  // namespace

std::vector<std::uint32_t> chain_order(const Program& program,
                                       const std::vector<const ConceptDraft*>& drafts) {
  return Chains(program, drafts).order();
}

}  // namespace pandect
