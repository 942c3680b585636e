// TIFF structures (Exif 2.32, TIFF 6.0): only the tags that can hold a label.
#include "plugins/label/carriers.h"

#include <algorithm>
#include <vector>

namespace pandect::label {
namespace {

constexpr std::size_t kMostEntries = 512;
constexpr std::size_t kMostFolders = 8;
constexpr std::uint64_t kXmp = 0x02BC, kExifFolder = 0x8769, kUserComment = 0x9286;

struct Tiff {
  std::string_view bytes;
  bool big_endian;
  std::uint64_t number(std::uint64_t at, int width) const {
    if (at > bytes.size()) return 0;
    const auto place = static_cast<std::size_t>(at);
    return big_endian ? big(bytes, place, width) : little(bytes, place, width);
  }
};

// The text of a UserComment: eight bytes of character code, then the comment.
std::string comment_text(std::string_view value, bool big_endian) {
  if (value.size() < 8) return {};
  const std::string_view code = value.substr(0, 8), rest = value.substr(8);
  if (code.substr(0, 7) == "UNICODE") return utf8_of_utf16(rest, big_endian);
  return std::string(trimmed(rest));
}

}  // namespace

void take_exif(Contents& contents, std::string_view tiff, std::uint64_t offset) {
  if (tiff.substr(0, 6) == std::string_view("Exif\0\0", 6)) tiff.remove_prefix(6);
  const bool little_endian = tiff.substr(0, 4) == std::string_view("II*\0", 4);
  if (!little_endian && tiff.substr(0, 4) != std::string_view("MM\0*", 4)) {
    contents.damage("exif", "no TIFF header", offset);
    return;
  }
  const Tiff file{tiff, !little_endian};
  std::vector<std::uint64_t> folders{file.number(4, 4)};
  for (std::size_t i = 0; i < folders.size() && i < kMostFolders; ++i) {
    const std::uint64_t at = folders[i];
    if (at < 8 || at + 2 > tiff.size()) continue;
    const auto count = std::min<std::uint64_t>(file.number(at, 2), kMostEntries);
    for (std::uint64_t entry = 0; entry < count; ++entry) {
      const std::uint64_t place = at + 2 + entry * 12;
      if (place + 12 > tiff.size()) {
        contents.damage("truncated", "an EXIF folder ends early", offset);
        return;
      }
      const std::uint64_t tag = file.number(place, 2), size = file.number(place + 4, 4);
      if (tag == kExifFolder &&
          std::find(folders.begin(), folders.end(), file.number(place + 8, 4)) == folders.end())
        folders.push_back(file.number(place + 8, 4));
      if (tag != kUserComment && tag != kXmp) continue;
      const std::uint64_t start = size <= 4 ? place + 8 : file.number(place + 8, 4);
      if (start > tiff.size() || size > tiff.size() - start) {
        contents.damage("bounds", "an EXIF value lies outside its segment", offset);
        continue;
      }
      const auto value =
          tiff.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(size));
      if (tag == kXmp) {
        take_xmp(contents, value, offset + start);
      } else {
        take_text(contents, "UserComment", comment_text(value, file.big_endian), "exif UserComment",
                  offset + start);
      }
    }
  }
}

}  // namespace pandect::label
