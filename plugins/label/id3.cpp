// ID3v2.2, 2.3 and 2.4 (id3.org): user texts, objects and private frames. MP3 frames themselves
// are not looked at.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <algorithm>

namespace pandect::label {
namespace {

std::uint64_t synchsafe(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 7 | (big(bytes, at + i, 1) & 0x7F);
  return value;
}

std::string without_unsync(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += bytes[i];
    if (bytes[i] == '\xFF' && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++i;
  }
  return out;
}

// Splits off one text up to its end mark, in the encoding of the frame (0 Latin-1, 1 UTF-16 with
// mark, 2 UTF-16BE, 3 UTF-8).
std::string_view upto_end(std::string_view& rest, int encoding) {
  const bool wide = encoding == 1 || encoding == 2;
  std::size_t end = 0;
  if (wide) {
    while (end + 2 <= rest.size() && (rest[end] != 0 || rest[end + 1] != 0)) end += 2;
  } else {
    end = std::min(rest.find('\0'), rest.size());
  }
  end = std::min(end, rest.size());
  const std::string_view text = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + (wide ? 2 : 1)));
  return text;
}

std::string decoded(std::string_view text, int encoding) {
  if (encoding == 1) return utf8_of_utf16(text, false);
  if (encoding == 2) return utf8_of_utf16(text, true);
  return encoding == 0 ? utf8_of_latin1(text) : std::string(text);
}

void user_text(Contents& contents, std::string_view data, std::uint64_t offset) {
  if (data.empty()) return;
  const int encoding = data[0];
  data.remove_prefix(1);
  const std::string name = decoded(upto_end(data, encoding), encoding);
  take_text(contents, name, decoded(data, encoding), "id3 TXXX " + name.substr(0, 80), offset);
}

void object(Contents& contents, std::string_view data, std::uint64_t offset) {
  if (data.empty()) return;
  const int encoding = data[0];
  data.remove_prefix(1);
  const std::string type(upto_end(data, 0));
  upto_end(data, encoding);  // file name
  upto_end(data, encoding);  // description
  if (type.find("c2pa") != std::string::npos) take_jumbf(contents, data, offset);
}

void take_frame(Contents& contents, const std::string& id, std::string_view data,
                std::uint64_t offset) {
  if (id == "TXXX" || id == "TXX") return user_text(contents, data, offset);
  if (id == "GEOB" || id == "GEO") return object(contents, data, offset);
  if (id != "PRIV") return;
  const std::string_view owner = upto_end(data, 0);
  if (owner == "XMP") take_xmp(contents, data, offset);
}

}  // namespace

void take_id3(Contents& contents, std::string_view tag, std::uint64_t offset) {
  if (tag.size() < 10 || tag.substr(0, 3) != "ID3") return;
  const int version = tag[3];
  const auto flags = static_cast<unsigned char>(tag[5]);
  const std::uint64_t size = synchsafe(tag, 6);
  if (version < 2 || version > 4)
    return contents.damage("container", "an ID3 tag of an unknown version", offset);
  if (size > tag.size() - 10) return contents.damage("truncated", "the ID3 tag ends early", offset);
  std::string body(tag.substr(10, static_cast<std::size_t>(size)));
  if ((flags & 0x80) != 0 && version < 4) body = without_unsync(body);
  std::size_t at = 0;
  if ((flags & 0x40) != 0 && version > 2)
    at = version == 4 ? static_cast<std::size_t>(synchsafe(body, 0))
                      : static_cast<std::size_t>(big(body, 0, 4)) + 4;
  const std::size_t head = version == 2 ? 6 : 10, name = version == 2 ? 3 : 4;
  while (at < body.size() && body.size() - at > head && body[at] != 0) {
    const std::string id = body.substr(at, name);
    const std::uint64_t length = version == 2   ? big(body, at + 3, 3)
                                 : version == 3 ? big(body, at + 4, 4)
                                                : synchsafe(body, at + 4);
    const std::uint64_t format = version == 2 ? 0 : big(body, at + 9, 1);
    if (length > body.size() - at - head)
      return contents.damage("truncated", "an ID3 frame ends outside its tag", offset);
    std::string data = body.substr(at + head, static_cast<std::size_t>(length));
    at += head + static_cast<std::size_t>(length);
    const bool coded = version == 3 ? (format & 0xC0) != 0 : (format & 0x0C) != 0;
    if (coded) continue;  // compressed or encrypted frames: no label is kept so
    if (version == 4 && (format & 0x01) != 0) data.erase(0, 4);
    if (version == 4 && ((format & 0x02) != 0 || (flags & 0x80) != 0)) data = without_unsync(data);
    take_frame(contents, id, data, offset + at);
  }
}

void read_mp3(const Source& source, Contents& contents) {
  contents.modality = Modality::audio;
  const std::string head = source.read(0, 10);
  if (head.substr(0, 3) != "ID3") return;
  const std::uint64_t size = synchsafe(head, 6) + 10;
  if (size > kMostStore) return contents.damage("bounds", "the ID3 tag is too large", 0);
  take_id3(contents, source.read(0, static_cast<std::size_t>(size)), 0);
}

}  // namespace pandect::label
