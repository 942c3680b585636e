// An importer reads one format of model card, bill of materials or model description and proposes
// facts. It opens nothing but the bytes it is given and never follows an address. An importer is
// one file in plugins/importers/NAME.cpp that defines `pandect::plugins::Importer importer_NAME()`;
// the build finds it.
#pragma once

#include "pandect/proposal.h"
#include "pandect/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

struct ImportedFile {
  std::string path;  // relative to the root
  std::string bytes;
};

struct Imported {
  std::vector<Proposal> proposals;
  Diagnostics warnings;  // what is wrong with the source, and was read all the same
};

struct Importer {
  std::string name;               // "huggingface", "cyclonedx"
  std::string summary;            // one sentence
  std::size_t limit = 64u << 20;  // largest file it reads, in bytes
  // 0: not this format; the highest of all importers reads the file. `head` is its first 64 KiB.
  std::function<int(std::string_view path, std::string_view head)> recognises;
  std::function<Result<Imported>(const ImportedFile& file)> read;
};

// All importers that ship, by name.
std::vector<Importer> importers();

}  // namespace pandect::plugins
