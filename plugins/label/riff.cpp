// RIFF: WebP, WAV (RF64 too) and AVI. The chunk AIGC of WAV is that of TC260-PG-202510A, the entry
// of LIST INFO that of 20257A.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <algorithm>

namespace pandect::label {
namespace {

constexpr std::uint64_t kUnknownSize = 0xFFFFFFFF;

void take_info(Contents& contents, std::string_view list, std::uint64_t offset) {
  if (list.substr(0, 4) != "INFO") return;
  list.remove_prefix(4);
  while (list.size() >= 8) {
    const std::string id(list.substr(0, 4));
    const auto size = static_cast<std::size_t>(little(list, 4, 4));
    list.remove_prefix(8);
    if (size > list.size()) return contents.damage("truncated", "LIST INFO ends early", offset);
    take_text(contents, id, std::string(list.substr(0, size)), "riff INFO " + id, offset);
    list.remove_prefix(std::min(list.size(), size + (size & 1)));
  }
}

void take_chunk(Contents& contents, const std::string& id, const std::string& data,
                std::uint64_t offset) {
  if (id == "XMP " || id == "_PMX") return take_xmp(contents, data, offset);
  if (id == "EXIF") return take_exif(contents, data, offset);
  if (id == "C2PA") return take_jumbf(contents, data, offset);
  if (id == "id3 " || id == "ID3 ") return take_id3(contents, data, offset);
  if (id == "LIST") return take_info(contents, data, offset);
  if (id == "iXML") return take_text(contents, id, data, "riff iXML", offset);
  take_text(contents, id, data, "riff chunk " + id, offset);
}

bool matters(const std::string& id) {
  for (const char* each :
       {"XMP ", "_PMX", "EXIF", "C2PA", "id3 ", "ID3 ", "LIST", "iXML", "AIGC", "aigc"}) {
    if (id == each) return true;
  }
  return false;
}

}  // namespace

void read_riff(const Source& source, Contents& contents) {
  contents.modality = contents.kind == Kind::webp  ? Modality::image
                      : contents.kind == Kind::wav ? Modality::audio
                                                   : Modality::video;
  const std::uint64_t stated = little(source.read(4, 4), 0, 4) + 8;
  std::uint64_t end = source.size(), at = 12, data_size = kUnknownSize;
  if (stated > end && stated < kUnknownSize)
    contents.damage("truncated", "the file is shorter than it says", 0);
  if (stated > 12) end = std::min(end, stated);
  for (std::size_t count = 0; at + 8 <= end; ++count) {
    if (count > kMostParts) return contents.damage("bounds", "too many chunks", at);
    const std::string head = source.read(at, 8);
    if (head.size() < 8) return;
    const std::string id = head.substr(0, 4);
    std::uint64_t size = little(head, 4, 4);
    if (id == "ds64") data_size = little(source.read(at + 8, 16), 8, 8);
    if (id == "data" && size == kUnknownSize) {
      size = data_size;
      if (size == kUnknownSize) return;  // a stream: the sound runs to the end
    }
    if (size > source.size() - at - 8)
      return contents.damage("truncated", "the chunk " + id + " ends outside the file", at);
    // The frames of an AVI stand in a LIST of their own, which is passed over.
    const bool info = id != "LIST" || source.read(at + 8, 4) == "INFO";
    if (matters(id) && info && size > kMostStore) {
      contents.damage("bounds", "the chunk " + id + " is too large", at);
    } else if (matters(id) && info) {
      take_chunk(contents, id, source.read(at + 8, static_cast<std::size_t>(size)), at);
    }
    at += 8 + size + (size & 1);
  }
}

}  // namespace pandect::label
