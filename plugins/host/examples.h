// The examples that a plugin brings (examples.json): a list of
//   {"does": "in words", "kind": "probe", "name": "...", "root": "folder, for probes and
//   importers",
//    "input": settings | file below the root | assessment | facts, "expect": ... | "fails": "..."}
// `expect` is an outcome, a list of proposals, or the text of a report. Objects match if the
// members that are named are equal; lists and texts match whole. `fails` is a part of the error's
// text.
#pragma once

#include "plugins/host/plugin.h"

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace pandect::plugins {

struct Example {
  std::string does, kind, name, root;
  std::shared_ptr<const nlohmann::json> input, expect;  // expect: null where it fails
  std::string fails;
};

// Those in a folder; none if it has no examples.json.
Result<std::vector<Example>> read_examples(const std::string& folder);

// Empty if it came out as expected, twice alike; else what came instead.
std::string run_example(const PluginPtr& plugin, const Example& example);

}  // namespace pandect::plugins
