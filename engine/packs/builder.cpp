#include "packs/builder.h"

#include <algorithm>

namespace pandect {

Amount amount_of(const Number& value, Text currency) {
  Amount amount;
  amount.value = value;
  amount.currency = currency;
  return amount;
}

Builder::Builder() : program_(std::make_shared<Program>()) {
  truth(false);
  truth(true);
}

Text Builder::text(std::string_view value) {
  if (value.empty()) return {};
  const auto [at, fresh] = texts_.try_emplace(std::string(value));
  if (fresh) {
    const Range range = program_->texts.append({value.data(), value.size()});
    at->second = {range.first, range.count};
  }
  return at->second;
}

Words Builder::words(const Phrases& phrases) {
  return {text(phrases.en), text(phrases.ko), text(phrases.zh)};
}

Range Builder::links(const std::vector<std::uint32_t>& list) {
  return program_->links.append(list);
}

std::uint32_t Builder::number(const Number& value) {
  const auto [at, fresh] = numbers_.try_emplace(value.text());
  if (fresh) at->second = program_->numbers.push(value);
  return at->second;
}

std::uint32_t Builder::truth(bool value) {
  Node node;
  node.op = value ? Op::true_ : Op::false_;
  return make(node, {});
}

std::uint32_t Builder::negation(std::uint32_t child) {
  const Op op = program_->nodes[child].op;
  if (op == Op::true_ || op == Op::false_) return truth(op == Op::false_);
  if (op == Op::not_) return program_->links[program_->nodes[child].children.first];
  Node node;
  node.op = Op::not_;
  return make(node, {child});
}

std::uint32_t Builder::junction(Op op, const std::vector<std::uint32_t>& children) {
  const Op absorbing = op == Op::and_ ? Op::false_ : Op::true_;
  const Op neutral = op == Op::and_ ? Op::true_ : Op::false_;
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t child : children) {
    const Op child_op = program_->nodes[child].op;
    if (child_op == absorbing) return child;
    if (child_op == neutral) continue;
    bool seen = false;
    for (const std::uint32_t each : kept) seen |= each == child;
    if (!seen) kept.push_back(child);
  }
  if (kept.empty()) return truth(op == Op::and_);
  if (kept.size() == 1) return kept[0];
  Node node;
  node.op = op;
  return make(node, kept);
}

std::uint32_t Builder::make(Node node, const std::vector<std::uint32_t>& children,
                            std::uint8_t own_flags) {
  std::string key;
  const auto put = [&](const auto& value) {
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  put(node.op);
  put(node.comparison);
  put(node.amount);
  put(node.a);
  put(node.b);
  for (const std::uint32_t child : children) put(child);
  const auto [at, fresh] = nodes_.try_emplace(std::move(key));
  if (!fresh) return at->second;
  std::uint8_t flags = own_flags;
  std::uint32_t depth = 0;
  for (const std::uint32_t child : children) {
    if (node.op == Op::one_of) break;  // its children are members
    flags |= program_->nodes[child].flags & ~kNumeric;
    depth = std::max(depth, depths_[child]);
  }
  if (node.op == Op::concept_number) {
    const auto found = concept_depths_.find(node.a);
    if (found != concept_depths_.end()) depth = found->second;
  }
  depths_.push_back(depth + 1);
  if (node.op == Op::any_model || node.op == Op::all_models)
    flags &= static_cast<std::uint8_t>(~kReadsModel);
  if (node.op == Op::any_deployment || node.op == Op::all_deployments) {
    flags &= static_cast<std::uint8_t>(~kReadsDeployment);
  }
  if (node.op == Op::burden) flags |= kHasBurden;
  if (node.op == Op::in_date || node.op == Op::as_of) flags |= kHasDate;
  if (node.op >= Op::constant) flags |= kNumeric;
  node.flags = flags;
  node.children = links(children);
  at->second = program_->nodes.push(node);
  return at->second;
}

}  // namespace pandect
