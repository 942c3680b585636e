#include "bulk/plan.h"

#include "bulk/kernels.h"
#include "bulk/translator.h"

#include <algorithm>

namespace pandect::bulk {

Shape shape_of(const Record& record) {
  Shape shape;
  shape.deployments_stated = !record.deployments.empty();
  if (shape.deployments_stated) shape.deployments = static_cast<int>(record.deployments.size());
  shape.models = static_cast<int>(record.models.size());
  shape.models_open = !record.models_complete ||
                      (record.has_system && !record.models_stated && !record.closed_world);
  shape.closed_world = record.closed_world;
  shape.has_system = record.has_system;
  return shape;
}

std::vector<Binding> bindings_of(const Root& root, const Shape& shape) {
  std::vector<Binding> list;
  if (root.scope == kModel) {
    for (int i = 0; i < shape.models; ++i) list.push_back({-1, i});
    return list;
  }
  if (!shape.has_system) return list;
  if (root.scope != kDeployment) return {Binding{}};
  for (int i = 0; i < shape.deployments; ++i) list.push_back({i, -1});
  return list;
}

Plan::Plan(ProgramPtr program, Shape shape, Day day, std::vector<Root> roots, bool weighs_axioms)
    : program_(std::move(program)),
      shape_(shape),
      day_(day),
      roots_(std::move(roots)),
      weighs_axioms_(weighs_axioms) {
  // A record of this shape that says nothing: its layout of cells is that of all of them.
  example_ = std::make_unique<Record>();
  example_->has_system = shape.has_system;
  example_->closed_world = false;
  example_->models_stated = true;
  example_->models_complete = !shape.models_open;
  for (int i = 0; i < shape.models; ++i)
    example_->models.push_back({"m" + std::to_string(i), "", {}});
  for (int i = 0; shape.deployments_stated && i < shape.deployments; ++i)
    example_->deployments.push_back({"d" + std::to_string(i), "", {}});
  Diagnostics problems;
  cells_ = std::make_unique<Knowledge>(*program_, *example_, problems);
  const auto subjects = static_cast<std::size_t>(2 + shape.deployments + shape.models);
  parts_.resize(subjects * program_->facts.size());
  slow_.assign(parts_.size(), 0);
  Translator(*this).run();
}

std::uint32_t block_words(const Plan& plan) {
  constexpr std::uint32_t kBytes = 640 * 1024, kMost = 64;
  const std::uint32_t planes = plan.input_planes() + plan.work_planes();
  const std::uint32_t words = kBytes / 8 / std::max(1u, planes) / kStep * kStep;
  return std::clamp(words, kStep, kMost);
}

std::uint32_t Plan::instructions() const {
  std::size_t count = 0;
  for (const Section& each : sections()) count += each.code.size();
  return static_cast<std::uint32_t>(count);
}

}  // namespace pandect::bulk
