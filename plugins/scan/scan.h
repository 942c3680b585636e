// Looks through a folder for signs of the use of AI, with file and line. One pass, bounded, on all
// cores; never leaves the root; the same tree gives the same result whatever the threads do. What
// it finds are proposals: only a person or a manifest makes a fact of one.
#pragma once

#include "files/root.h"
#include "plugins/scan/matcher.h"
#include "plugins/scan/models.h"
#include "plugins/scan/signals.h"

#include "pandect/proposal.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pandect::scan {

enum class Channel : std::uint8_t { dependency, import, code, model_file };

struct Sign {
  std::uint32_t signal = 0;  // in the pack
  Channel channel = Channel::code;
  Location where;            // file relative to the root
  std::string quote;         // the line, at most 200 bytes, as it stands
  std::string name;          // of the package, module or architecture
  bool development = false;  // a dependency for development alone
  bool aside = false;        // below tests, examples or documents
  // How far it lowers the confidence of what it proposes.
  double weight() const;
};

struct ScanLimits {
  std::size_t files = 100'000;
  std::size_t text = 4u << 20;    // of a longer text the beginning is read
  std::size_t data = 256 * 1024;  // configuration beyond this is data
  unsigned threads = 0;           // 0: one per core, at most 8
};

struct ScanResult {
  SignalPack pack;
  std::vector<Sign> signs;          // by signal, aside last, then by place
  std::vector<ModelFile> models;    // by path
  std::vector<Proposal> proposals;  // by subject, fact and value; the best place of each
  // "ignored", "vendored", "generated", "binary", "other" (no kind of file that is looked into),
  // "data", "part" (only the beginning was read), "not-understood", and those of Root::list.
  std::vector<Skipped> skipped;
  std::size_t files = 0;  // read
  std::uint64_t bytes = 0;
};

// A sample as if it were the only file of a root; for tests of signals.
std::vector<Sign> signs_in(const Matcher& matcher, std::string_view path, std::string_view text);

ScanResult scan(const Root& root, SignalPack pack, const ScanLimits& limits = {});

}  // namespace pandect::scan
