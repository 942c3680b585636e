// Input of `pandect batch` in chunks of whole lines, with constant memory.
#pragma once

#include "bulk/batch.h"

#include <cstdio>
#include <string>

namespace pandect::cli {

class ChunkReader {
 public:
  explicit ChunkReader(std::FILE* file) : file_(file) {}

  // The first line, for formats that have a header.
  bool header(std::string& line);
  // False at the end.
  bool next(bulk::Chunk& chunk);
  // Goes on where a chunk ended: bytes of input, and the number of the next line.
  bool seek(std::uint64_t offset, std::uint64_t line);
  std::uint64_t offset() const { return offset_; }
  std::uint64_t line() const { return line_; }
  bool at_end() const { return end_ && rest_.empty(); }
  bool failed() const { return failed_; }

 private:
  bool fill();

  std::FILE* file_;
  std::string rest_;
  std::uint64_t offset_ = 0, line_ = 1;  // of what `next` gives
  bool end_ = false, failed_ = false;
};

}  // namespace pandect::cli
