// What a command is, and what all commands share. A command is one file in cli/commands/NAME.cpp
// that defines `pandect::cli::Command command_NAME()`; the build finds it. Commands hold no logic
// of their own: they read arguments, call the engine and hand its answer to a report.
#pragma once

#include "pandect/date.h"
#include "pandect/program.h"
#include "pandect/result.h"

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace pandect::cli {

// Exit statuses of the contract.
enum Exit : int { kClean = 0, kFindings = 1, kNoVerdict = 2, kUndetermined = 3 };

struct Context {
  std::string program = "pandect";
  std::string rules;               // folder of the packs
  std::vector<std::string> trust;  // files of keys; empty: the user's trust root, if there is one
  bool terminal = false;           // stdout is one
  bool colour = false;
  std::string lang = "en";
  // Where messages go; null: standard error. For many runs side by side, whose messages must not
  // mix.
  std::string* messages = nullptr;

  void out(std::string_view text) const;  // results
  void err(std::string_view text) const;  // messages
  void report(const Diagnostics& problems) const;
  Day today() const;
};

struct Command {
  std::string name;
  std::string summary;
  std::string example;  // works as it stands, from the top of this repository
  // Declares the options on `app` and returns what runs once they are parsed.
  std::function<std::function<int(Context&)>(CLI::App& app)> configure;
};

// The folder of the packs: --rules, PANDECT_RULES, beside the program, the source tree.
std::string rules_folder(const std::string& stated);

// The folder of the packs that came with this program.
std::string shipped_rules();

// Core and the packs asked for (ids; empty: all below the rules folder). Problems are printed.
ProgramPtr load_program(const Context& context, const std::vector<std::string>& ids = {});

// A day option; empty text: today. Prints and returns false if it is no day.
bool read_day(const Context& context, const std::string& text, Day& day);

}  // namespace pandect::cli
