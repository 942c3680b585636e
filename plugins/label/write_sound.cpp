// WAV: a chunk AIGC at the end; AVI: LIST INFO at the end; MP3: a frame TXXX.
#include "plugins/label/carriers.h"
#include "plugins/label/writers.h"

#include <algorithm>

namespace pandect::label {
namespace {

constexpr std::uint64_t kLargestRiff = 0xFFFFFFFE;
constexpr std::uint64_t kLargestTag = (1u << 28) - 1;

std::string chunk(const std::string& id, std::string data) {
  std::string out = id;
  put_little(out, data.size(), 4);
  out += data;
  if (data.size() % 2 != 0) out += '\0';
  return out;
}

std::string synchsafe(std::uint64_t value) {
  std::string out;
  for (int shift = 21; shift >= 0; shift -= 7) out += static_cast<char>(value >> shift & 0x7F);
  return out;
}

std::string frame(int version, const std::string& json) {
  // The label is ASCII, so encoding 0 serves; description and value are parted by a zero.
  std::string body(1, '\0');
  body += "AIGC";
  body += '\0';
  body += json;
  std::string out = "TXXX";
  if (version == 4) {
    out += synchsafe(body.size());
  } else {
    put_big(out, body.size(), 4);
  }
  return out + std::string(2, '\0') + body;
}

bool is_label_frame(std::string_view id, std::string_view body) {
  return id == "TXXX" && body.size() > 5 && body.substr(1, 5) == std::string_view("AIGC\0", 5);
}

}  // namespace

Result<Plan> write_riff(const Source& source, Kind kind, const std::string& json) {
  const std::string start = source.read(0, 12);
  if (start.substr(0, 4) != "RIFF" || little(start, 4, 4) >= kLargestRiff)
    return cannot_write("this is a stream or an RF64 file, whose sizes stand elsewhere",
                        "convert it to a plain RIFF file first");
  const std::uint64_t end = std::min(source.size(), little(start, 4, 4) + 8);
  if (kind == Kind::avi && end < source.size())
    return cannot_write("this AVI consists of several parts", "convert it to MP4");
  Plan body;
  for (std::uint64_t at = 12; at + 8 <= end;) {
    const std::string head = source.read(at, 8);
    const std::uint64_t size = 8 + little(head, 4, 4) + (little(head, 4, 4) & 1);
    const std::uint64_t there = std::min(size, end - at);
    if (head.substr(0, 4) != "AIGC") {
      body.copy(at, there);
      if (there < size) body.add(std::string(1, '\0'));
    }
    at += size;
  }
  body.add(kind == Kind::wav ? chunk("AIGC", json)
                             : chunk("LIST", "INFO" + chunk("AIGC", json + '\0')));
  if (body.size() + 4 > kLargestRiff)
    return cannot_write("the file would be larger than a RIFF file can be", "split it");
  std::string head = "RIFF";
  put_little(head, body.size() + 4, 4);
  Plan plan;
  plan.add(head + start.substr(8));
  for (auto& piece : body.pieces) plan.pieces.push_back(std::move(piece));
  plan.copy(end, source.size() - end);
  return plan;
}

Result<Plan> write_mp3(const Source& source, const std::string& json) {
  Plan plan;
  const std::string head = source.read(0, 10);
  if (head.substr(0, 3) != "ID3") {
    const std::string body = frame(4, json);
    plan.add(std::string("ID3\x04\0\0", 6) + synchsafe(body.size()) + body);
    plan.copy(0, source.size());
    return plan;
  }
  const int version = head[3];
  if ((version != 3 && version != 4) || head[5] != 0)
    return cannot_write("the ID3 tag is of an old version or has extensions",
                        "rewrite the tag as plain ID3v2.4 first");
  std::uint64_t size = 0;
  for (std::size_t i = 6; i < 10; ++i) size = size << 7 | (big(head, i, 1) & 0x7F);
  const std::string old = source.read(10, static_cast<std::size_t>(size));
  std::string frames = frame(version, json);
  for (std::size_t at = 0; at < old.size();) {
    std::size_t length = old.size() - at;  // padding
    if (old.size() - at > 10 && old[at] != 0) {
      std::uint64_t stated = big(old, at + 4, 4);
      if (version == 4) {
        stated = 0;
        for (std::size_t i = 4; i < 8; ++i) stated = stated << 7 | (big(old, at + i, 1) & 0x7F);
      }
      length = std::min(length, 10 + static_cast<std::size_t>(stated));
    }
    const std::string_view whole = std::string_view(old).substr(at, length);
    const bool label = length > 10 && is_label_frame(whole.substr(0, 4), whole.substr(10));
    if (!label) frames += whole;
    at += length;
  }
  if (frames.size() > kLargestTag)
    return cannot_write("the ID3 tag would be too large", "remove its pictures first");
  plan.add(head.substr(0, 6) + synchsafe(frames.size()) + frames);
  plan.copy(10 + size, source.size() - std::min(source.size(), 10 + size));
  return plan;
}

}  // namespace pandect::label
