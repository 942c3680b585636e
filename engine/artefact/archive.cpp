#include "artefact/archive.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace pandect::artefact {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameSize = 100;

// Offsets of POSIX.1-1988 (ustar).
constexpr std::size_t kMode = 100, kOwner = 108, kGroup = 116, kSize = 124, kTime = 136,
                      kChecksum = 148, kType = 156, kMagic = 257, kMajor = 329, kMinor = 337;
constexpr std::size_t kSizeDigits = 11;

using Block = std::array<char, kBlock>;

void octal(Block& block, std::size_t at, int digits, std::size_t value) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%0*zo", digits, value);
  std::memcpy(block.data() + at, text.data(), static_cast<std::size_t>(digits));
}

Block header_of(std::string_view name, std::size_t size) {
  Block block{};
  std::memcpy(block.data(), name.data(), std::min(name.size(), kNameSize));
  octal(block, kMode, 7, 0644);
  octal(block, kOwner, 7, 0);
  octal(block, kGroup, 7, 0);
  octal(block, kSize, static_cast<int>(kSizeDigits), size);
  octal(block, kTime, 11, 0);
  octal(block, kMajor, 7, 0);
  octal(block, kMinor, 7, 0);
  block[kType] = '0';
  std::memcpy(block.data() + kMagic, "ustar\00000", 8);
  std::memset(block.data() + kChecksum, ' ', 8);
  std::size_t sum = 0;
  for (const char each : block) sum += static_cast<unsigned char>(each);
  octal(block, kChecksum, 6, sum);
  block[kChecksum + 6] = '\0';
  return block;
}

std::size_t padding(std::size_t size) { return (kBlock - size % kBlock) % kBlock; }

Diagnostic problem(const std::string& file, std::string message, std::string hint) {
  return {Level::error, "bad-artefact", {file, 0, 0}, std::move(message), std::move(hint)};
}

Diagnostic foreign(const std::string& file, std::size_t offset, const std::string& what) {
  return problem(file, "is no pack file: at byte " + std::to_string(offset) + " " + what,
                 "take the file that `pandect pack build` wrote, unchanged");
}

bool all_zero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

// The size that a header states; any text that `header_of` would not write is caught by comparison.
std::size_t stated_size(std::string_view header) {
  std::size_t size = 0;
  for (const char digit : header.substr(kSize, kSizeDigits))
    size = size * 8 + static_cast<std::size_t>((digit - '0') & 7);
  return size;
}

}  // namespace

bool is_entry_name(std::string_view name) {
  if (name.empty() || name.size() > kNameSize) return false;
  char before = '/';
  for (const char each : name) {
    const bool letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                        (each >= '0' && each <= '9');
    if (!letter && each != '.' && each != '_' && each != '-' && each != '/') return false;
    if (before == '/' && (each == '/' || each == '.')) return false;
    before = each;
  }
  return before != '/';
}

Result<std::string> write_archive(const std::vector<Entry>& entries) {
  std::string bytes;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& each = entries[i];
    if (!is_entry_name(each.name))
      return problem(each.name, "this name cannot stand in a pack file",
                     "use letters, digits, `.`, `_` and `-`, at most 100 bytes with its folders");
    if (each.bytes.size() > kMaximumEntry)
      return problem(each.name, "the file is larger than 8 MiB", "split it");
    if (i > 1 && each.name <= entries[i - 1].name)
      return problem(each.name, "is out of order", "sort the files by name");
    const Block header = header_of(each.name, each.bytes.size());
    bytes.append(header.data(), header.size());
    bytes += each.bytes;
    bytes.append(padding(each.bytes.size()), '\0');
  }
  bytes.append(2 * kBlock, '\0');
  if (entries.size() > kMaximumEntries || bytes.size() > kMaximumArchive)
    return problem({}, "the pack is larger than 2000 files or 64 MiB", "split it");
  return bytes;
}

Result<std::vector<Entry>> read_archive(const std::string& file, std::string_view bytes) {
  if (bytes.size() > kMaximumArchive)
    return problem(file, "is larger than 64 MiB", "check that it is the file you meant");
  std::vector<Entry> entries;
  std::size_t at = 0;
  while (true) {
    if (bytes.size() - at < 2 * kBlock) return foreign(file, at, "it ends too early");
    const std::string_view header = bytes.substr(at, kBlock);
    if (header.front() == '\0') break;
    const std::string_view name = header.substr(0, std::min(header.find('\0'), kNameSize));
    const std::size_t size = stated_size(header);
    if (!is_entry_name(name)) return foreign(file, at, "an entry has a name that no pack has");
    const Block expected = header_of(name, size);
    if (header != std::string_view(expected.data(), expected.size()))
      return foreign(file, at, "an entry is no plain file as `pack build` writes it");
    if (entries.size() == kMaximumEntries)
      return foreign(file, at, "there are more than 2000 files");
    if (entries.size() > 1 && name <= entries.back().name)
      return foreign(file, at, "the names do not ascend, or one stands twice");
    if (!entries.empty() && name == entries.front().name)
      return foreign(file, at, "a name stands twice");
    at += kBlock;
    if (size > kMaximumEntry || size > bytes.size() - at)
      return foreign(file, at, "a file is larger than the archive or 8 MiB");
    entries.push_back({std::string(name), std::string(bytes.substr(at, size))});
    at += size;
    const std::size_t rest = padding(size);
    if (rest > bytes.size() - at || !all_zero(bytes.substr(at, rest)))
      return foreign(file, at, "a file is not followed by zeros");
    at += rest;
  }
  if (bytes.size() - at != 2 * kBlock || !all_zero(bytes.substr(at)))
    return foreign(file, at, "the end is not the end of an archive");
  return entries;
}

}  // namespace pandect::artefact
