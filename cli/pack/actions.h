// The sub-commands of `pack`, a file each. Each declares its options on the command and sets what
// runs once they are parsed.
#pragma once

#include "cli/command.h"

#include <functional>
#include <memory>
#include <string>

namespace pandect::cli {

using Action = std::function<int(Context&)>;
using Chosen = std::shared_ptr<Action>;

void add_author_tools(CLI::App& app, const Chosen& chosen);  // lint, test, coverage, show
void add_build(CLI::App& app, const Chosen& chosen);
void add_sign(CLI::App& app, const Chosen& chosen);     // keygen, sign, verify
void add_install(CLI::App& app, const Chosen& chosen);  // install, list, remove
void add_lock(CLI::App& app, const Chosen& chosen);
void add_pack_diff(CLI::App& app, const Chosen& chosen);

// A file that must be there; prints why it cannot be read.
bool read_small_file(const Context& context, const std::string& path, std::string& text);

}  // namespace pandect::cli
