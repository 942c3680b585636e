// PNG, JPEG and WebP: the label goes into the XMP packet (TC260-PG-20259A).
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"
#include "plugins/label/writers.h"

#include <algorithm>

#include <zlib.h>

namespace pandect::label {
namespace {

constexpr std::string_view kJpegXmp("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr std::string_view kPngXmp("XML:com.adobe.xmp\0", 18);
constexpr std::size_t kLongestSegment = 65'533;

std::string png_chunk(const std::string& type, const std::string& data) {
  std::string body = type + data, out;
  put_big(out, data.size(), 4);
  out += body;
  put_big(out,
          crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())), 4);
  return out;
}

// Text of an iTXt chunk behind its keyword; the reader has seen before that it is whole.
std::string itxt_text(std::string_view data) {
  const bool compressed = data.size() > 1 && data[0] == 1;
  data.remove_prefix(std::min<std::size_t>(2, data.size()));
  for (int i = 0; i < 2; ++i) data.remove_prefix(std::min(data.find('\0') + 1, data.size()));
  return compressed ? inflate_bounded(data, kMostPacket).bytes : std::string(data);
}

bool is_text_label(const std::string& type, std::string_view data) {
  if (type != "tEXt" && type != "zTXt" && type != "iTXt") return false;
  return data.substr(0, std::min(data.find('\0'), data.size())).find("AIGC") !=
         std::string_view::npos;
}

struct Chunk {
  std::string id;
  std::uint64_t at = 0, size = 0;  // of the whole chunk with header and padding
  std::string data;                // of small chunks
};

std::vector<Chunk> riff_chunks(const Source& source) {
  std::vector<Chunk> chunks;
  std::uint64_t at = 12;
  while (at + 8 <= source.size() && chunks.size() < kMostParts) {
    const std::string head = source.read(at, 8);
    const std::uint64_t size = little(head, 4, 4);
    Chunk chunk{head.substr(0, 4), at, 8 + size + (size & 1), {}};
    const bool small = chunk.id == "XMP " || chunk.id == "VP8X";
    chunk.data = source.read(at + 8, static_cast<std::size_t>(small ? size : 16));
    chunks.push_back(std::move(chunk));
    at += chunks.back().size;
  }
  return chunks;
}

// The header of an extended WebP for a simple one: canvas size and whether there is alpha.
Result<std::string> webp_header(const Chunk& picture) {
  std::uint64_t width = 0, height = 0;
  bool alpha = false;
  if (picture.id == "VP8 " && picture.data.substr(3, 3) == "\x9d\x01\x2a") {
    width = little(picture.data, 6, 2) & 0x3FFF;
    height = little(picture.data, 8, 2) & 0x3FFF;
  } else if (picture.id == "VP8L" && !picture.data.empty() && picture.data[0] == '\x2f') {
    const std::uint64_t bits = little(picture.data, 1, 4);
    width = (bits & 0x3FFF) + 1;
    height = (bits >> 14 & 0x3FFF) + 1;
    alpha = (bits >> 28 & 1) != 0;
  }
  if (width == 0 || height == 0)
    return cannot_write("the WebP picture has no size that can be read", "make the file anew");
  std::string data;
  put_little(data, alpha ? 0x10 : 0, 4);
  put_little(data, width - 1, 3);
  put_little(data, height - 1, 3);
  return data;
}

std::string riff_chunk(const std::string& id, const std::string& data) {
  std::string out = id;
  put_little(out, data.size(), 4);
  out += data;
  if (data.size() % 2 != 0) out += '\0';
  return out;
}

}  // namespace

Result<Plan> write_png(const Source& source, const std::string& json) {
  Plan plan;
  std::string packet;
  std::uint64_t at = kPngSignature.size(), behind_header = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> kept;
  for (bool ended = false; !ended;) {
    const std::string head = source.read(at, 8);
    const std::uint64_t size = big(head, 0, 4) + 12;
    const std::string type = head.substr(4);
    bool keep = true;
    if (type == "tEXt" || type == "zTXt" || type == "iTXt") {
      const std::string data = source.read(at + 8, static_cast<std::size_t>(size) - 12);
      keep = !is_text_label(type, data);
      if (type == "iTXt" && data.substr(0, kPngXmp.size()) == kPngXmp && packet.empty()) {
        packet = itxt_text(std::string_view(data).substr(kPngXmp.size()));
        keep = false;
      }
    }
    if (keep) kept.emplace_back(at, size);
    if (type == "IHDR") behind_header = at + size;
    ended = type == "IEND";
    at += size;
  }
  const auto edited = xmp_with_label(packet, json);
  if (!edited) return edited.errors();
  std::string data(kPngXmp);
  data += std::string(4, '\0') + *edited;  // not compressed; no language, no translated keyword
  plan.copy(0, kPngSignature.size());
  for (const auto& [offset, size] : kept) {
    plan.copy(offset, size);
    if (offset + size == behind_header) plan.add(png_chunk("iTXt", data));
  }
  plan.copy(at, source.size() - at);
  return plan;
}

Result<Plan> write_jpeg(const Source& source, const std::string& json) {
  std::uint64_t at = 2, place = 2, old_at = 0, old_size = 0;
  std::string packet;
  bool early = true;  // JFIF and Exif headers come first
  while (true) {
    const std::string head = source.read(at, 4);
    const auto marker = static_cast<unsigned char>(head[1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) break;
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
      at += 2;
      continue;
    }
    const std::uint64_t size = big(head, 2, 2) + 2;
    const std::string start = source.read(at + 4, 29);
    early = early && (marker == 0xE0 || (marker == 0xE1 && start.substr(0, 4) == "Exif"));
    if (early) place = at + size;
    if (marker == 0xE1 && start == kJpegXmp && old_size == 0) {
      old_at = at;
      old_size = size;
      packet = source.read(at + 4 + kJpegXmp.size(),
                           static_cast<std::size_t>(size) - 4 - kJpegXmp.size());
    }
    at += size;
  }
  const auto edited = xmp_with_label(packet, json);
  if (!edited) return edited.errors();
  std::string body(kJpegXmp);
  body += *edited;
  if (body.size() > kLongestSegment)
    return cannot_write("the XMP packet would not fit into its segment",
                        "shorten the XMP of the picture first");
  std::string segment = "\xFF\xE1";
  put_big(segment, body.size() + 2, 2);
  segment += body;
  if (old_size > 0) place = old_at;
  Plan plan;
  plan.copy(0, place);
  plan.add(std::move(segment));
  plan.copy(place + old_size, source.size() - place - old_size);
  return plan;
}

Result<Plan> write_webp(const Source& source, const std::string& json) {
  const std::vector<Chunk> chunks = riff_chunks(source);
  if (chunks.empty()) return cannot_write("the WebP file holds no picture", "make the file anew");
  std::string packet, header;
  for (const auto& chunk : chunks) {
    if (chunk.id == "XMP " && packet.empty()) packet = chunk.data;
    if (chunk.id == "VP8X" && chunk.data.size() == 10) header = chunk.data;
  }
  if (header.empty()) {
    auto made = webp_header(chunks[0]);
    if (!made) return made.errors();
    header = *made;
  }
  header[0] = static_cast<char>(header[0] | 0x04);  // there is XMP
  const auto edited = xmp_with_label(packet, json);
  if (!edited) return edited.errors();
  Plan body;
  body.add(riff_chunk("VP8X", header));
  for (const auto& chunk : chunks) {
    if (chunk.id == "VP8X" || chunk.id == "XMP ") continue;
    const std::uint64_t there = std::min(chunk.size, source.size() - chunk.at);
    body.copy(chunk.at, there);
    if (there < chunk.size) body.add(std::string(1, '\0'));  // the padding was left out
  }
  body.add(riff_chunk("XMP ", *edited));
  if (body.size() + 4 > 0xFFFFFFFEULL)
    return cannot_write("the file would be larger than a RIFF file can be", "make it smaller");
  std::string start = "RIFF";
  put_little(start, body.size() + 4, 4);
  Plan plan;
  plan.add(start + "WEBP");
  for (auto& piece : body.pieces) plan.pieces.push_back(std::move(piece));
  return plan;
}

}  // namespace pandect::label
