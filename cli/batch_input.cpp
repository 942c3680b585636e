#include "cli/batch_input.h"

#include <algorithm>

namespace pandect::cli {
namespace {
constexpr std::size_t kChunk = 1024 * 1024;
}

bool ChunkReader::fill() {
  if (end_) return false;
  const std::size_t before = rest_.size();
  rest_.resize(before + kChunk);
  const std::size_t count = std::fread(rest_.data() + before, 1, kChunk, file_);
  rest_.resize(before + count);
  failed_ = failed_ || std::ferror(file_) != 0;
  end_ = count < kChunk;
  return count > 0;
}

bool ChunkReader::header(std::string& line) {
  std::size_t end = std::string::npos;
  while ((end = rest_.find('\n')) == std::string::npos && rest_.size() <= bulk::kMaximumLine) {
    if (!fill()) break;
  }
  if (rest_.empty() || (end == std::string::npos && rest_.size() > bulk::kMaximumLine))
    return false;
  line = rest_.substr(0, end);
  rest_.erase(0, end == std::string::npos ? end : end + 1);
  offset_ += line.size() + 1;
  ++line_;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

bool ChunkReader::seek(std::uint64_t offset, std::uint64_t line) {
  rest_.clear();
  end_ = false;
  offset_ = offset;
  line_ = line;
  return ::fseeko(file_, static_cast<off_t>(offset), SEEK_SET) == 0;
}

bool ChunkReader::next(bulk::Chunk& chunk) {
  chunk = {};
  chunk.first_line = line_;
  if (rest_.size() < kChunk) fill();
  std::size_t cut = rest_.rfind('\n');
  while (cut == std::string::npos && rest_.size() <= bulk::kMaximumLine && fill()) {
    cut = rest_.rfind('\n');
  }
  if (rest_.empty()) return false;
  if (cut == std::string::npos && rest_.size() > bulk::kMaximumLine) {
    chunk.overlong.push_back(line_++);  // throw it away, piece by piece
    while ((cut = rest_.find('\n')) == std::string::npos) {
      offset_ += rest_.size();
      rest_.clear();
      if (!fill()) return true;
    }
    offset_ += cut + 1;
    rest_.erase(0, cut + 1);
    return true;
  }
  const std::size_t size = cut == std::string::npos ? rest_.size() : cut + 1;
  std::string further = rest_.substr(size);
  chunk.text = std::move(rest_);
  chunk.text.resize(size);
  chunk.text.append(bulk::kLinePadding, ' ');
  chunk.size = size;
  rest_ = std::move(further);
  offset_ += size;
  line_ += static_cast<std::uint64_t>(
      std::count(chunk.text.begin(), chunk.text.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
  return true;
}

}  // namespace pandect::cli
