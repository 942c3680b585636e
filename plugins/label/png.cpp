// PNG (third edition): the chunk loop. Of the picture only the headers of its chunks are read; the
// check sums of all chunks whose contents matter here are verified.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <zlib.h>

namespace pandect::label {
namespace {

struct Text {
  std::string keyword, text;
  bool good = false;
};

Text text_chunk(std::string_view type, std::string_view data) {
  Text result;
  const std::size_t end = data.find('\0');
  if (end == std::string_view::npos || end == 0 || end > 79) return result;
  result.keyword = std::string(data.substr(0, end));
  data.remove_prefix(end + 1);
  bool compressed = type == "zTXt";
  if (type == "tEXt") {
    // Latin-1 by the standard; writers put UTF-8 there all the same, and a label is ASCII.
    result.text = std::string(data);
    result.good = true;
    return result;
  }
  if (type == "iTXt") {
    if (data.size() < 2) return result;
    compressed = data[0] == 1;
    data.remove_prefix(2);
    for (int i = 0; i < 2; ++i) {  // language and translated keyword
      const std::size_t stop = data.find('\0');
      if (stop == std::string_view::npos) return result;
      data.remove_prefix(stop + 1);
    }
  } else {
    if (data.empty() || data[0] != 0) return result;
    data.remove_prefix(1);
  }
  if (!compressed) {
    result.text = std::string(data);
    result.good = true;
    return result;
  }
  Inflated inflated = inflate_bounded(data, kMostPacket);
  result.text = std::move(inflated.bytes);
  result.good = inflated.whole;
  return result;
}

void take_chunk(Contents& contents, const std::string& type, std::string_view data,
                std::uint64_t offset) {
  if (type == "eXIf") return take_exif(contents, data, offset);
  if (type == "caBX") return take_jumbf(contents, data, offset);
  if (type != "tEXt" && type != "zTXt" && type != "iTXt") return;
  Text text = text_chunk(type, data);
  if (!text.good) {
    contents.damage("text", "a " + type + " chunk cannot be read or grows too large", offset);
    return;
  }
  if (text.keyword == "XML:com.adobe.xmp") return take_xmp(contents, text.text, offset);
  take_text(contents, text.keyword, std::move(text.text), "png " + type + " " + text.keyword,
            offset);
}

}  // namespace

void read_png(const Source& source, Contents& contents) {
  contents.modality = Modality::image;
  std::uint64_t at = kPngSignature.size();
  bool ended = false;
  for (std::size_t count = 0; !ended; ++count) {
    if (count > kMostParts) return contents.damage("bounds", "too many chunks", at);
    const std::string header = source.read(at, 8);
    if (header.size() < 8) return contents.damage("truncated", "there is no IEND chunk", at);
    const std::uint64_t size = big(header, 0, 4);
    const std::string type = header.substr(4);
    if (size > source.size() - at || source.size() - at - size < 12)
      return contents.damage("truncated", "a chunk ends outside the file", at);
    const bool store = type == "caBX";
    const bool matters = store || type == "IHDR" || type == "tEXt" || type == "zTXt" ||
                         type == "iTXt" || type == "eXIf";
    if (matters && size > (store ? kMostStore : kMostPacket)) {
      contents.damage("bounds", "a " + type + " chunk is too large", at);
    } else if (matters) {
      const std::string data = source.read(at + 4, static_cast<std::size_t>(size) + 8);
      const std::size_t body = static_cast<std::size_t>(size) + 4;
      if (data.size() < body + 4) return contents.damage("truncated", "a chunk is cut off", at);
      const auto sum =
          crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(body));
      if (sum != big(data, body, 4)) {
        contents.damage("crc", "the check sum of a " + type + " chunk is wrong", at);
      } else {
        take_chunk(contents, type, std::string_view(data).substr(4, body - 4), at);
      }
    }
    ended = type == "IEND";
    at += size + 12;
  }
}

}  // namespace pandect::label
