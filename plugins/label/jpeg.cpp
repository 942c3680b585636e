// JPEG (ISO 10918-1): the segments before the picture. XMP Part 3 for extended packets, C2PA for
// APP11.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <algorithm>
#include <map>

namespace pandect::label {
namespace {

constexpr std::string_view kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr std::string_view kExtended("http://ns.adobe.com/xmp/extension/\0", 35);
constexpr std::string_view kPhotoshop("Photoshop 3.0\0", 14);

struct Piece {
  std::uint64_t order;  // sequence number or offset
  std::string bytes;
};

class Segments {
 public:
  explicit Segments(Contents& contents) : contents_(contents) {}

  void take(int marker, std::string_view data, std::uint64_t offset) {
    if (marker == 0xE1 && data.substr(0, kXmp.size()) == kXmp) {
      packets_.append(data.substr(kXmp.size()));
      take_xmp(contents_, data.substr(kXmp.size()), offset);
    } else if (marker == 0xE1 && data.substr(0, kExtended.size()) == kExtended) {
      data.remove_prefix(kExtended.size());
      if (data.size() < 40) return;
      extended_[std::string(data.substr(0, 32))].push_back(
          {big(data, 36, 4), std::string(data.substr(40))});
    } else if (marker == 0xE1 && data.substr(0, 6) == std::string_view("Exif\0\0", 6)) {
      take_exif(contents_, data.substr(6), offset);
    } else if (marker == 0xEB && data.size() > 16 && data.substr(0, 2) == "JP") {
      stores_[static_cast<int>(big(data, 2, 2))].push_back(
          {big(data, 4, 4), std::string(data.substr(8))});
    } else if (marker == 0xED && data.substr(0, kPhotoshop.size()) == kPhotoshop) {
      photoshop(data.substr(kPhotoshop.size()), offset);
    }
  }

  void finish() {
    for (auto& [name, pieces] : extended_) {
      // A packet that the main one does not name was left behind by another program.
      if (packets_.find(name) == std::string::npos) continue;
      const std::string whole = joined(pieces, 0);
      take_xmp(contents_, whole, 0);
    }
    for (auto& [instance, pieces] : stores_) {
      const std::size_t repeated = big(pieces[0].bytes, 0, 4) == 1 ? 16 : 8;
      take_jumbf(contents_, joined(pieces, repeated), 0);
    }
  }

 private:
  static std::string joined(std::vector<Piece>& pieces, std::size_t repeated) {
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.order < b.order; });
    std::string whole;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::size_t skip = i == 0 ? 0 : std::min(repeated, pieces[i].bytes.size());
      whole.append(pieces[i].bytes, skip);
    }
    return whole;
  }

  // Image resources: 8BIM, id, padded name, size, data; 0x0404 holds IPTC-IIM records.
  void photoshop(std::string_view data, std::uint64_t offset) {
    while (data.size() > 12 && data.substr(0, 4) == "8BIM") {
      const auto id = big(data, 4, 2);
      const std::size_t name = (static_cast<unsigned char>(data[6]) + 2u) & ~1u;
      if (data.size() < 6 + name + 4) return;
      const auto size = static_cast<std::size_t>(big(data, 6 + name, 4));
      data.remove_prefix(6 + name + 4);
      if (size > data.size()) return contents_.damage("truncated", "APP13 ends early", offset);
      if (id == 0x0404) iptc(data.substr(0, size), offset);
      data.remove_prefix(std::min(data.size(), size + (size & 1)));
    }
  }

  void iptc(std::string_view data, std::uint64_t offset) {
    while (data.size() >= 5 && data[0] == 0x1C) {
      const auto size = static_cast<std::size_t>(big(data, 3, 2));
      if (size > data.size() - 5) return;
      const bool credit = data[1] == 2 && data[2] == 110;
      if (credit)
        take_text(contents_, "credit", std::string(data.substr(5, size)), "iptc credit", offset);
      data.remove_prefix(5 + size);
    }
  }

  Contents& contents_;
  std::string packets_;
  std::map<std::string, std::vector<Piece>> extended_;
  std::map<int, std::vector<Piece>> stores_;
};

}  // namespace

void read_jpeg(const Source& source, Contents& contents) {
  contents.modality = Modality::image;
  Segments segments(contents);
  std::uint64_t at = 2;
  std::size_t kept = 0;
  for (std::size_t count = 0;; ++count) {
    const std::string head = source.read(at, 4);
    if (head.size() < 2 || count > kMostParts) {
      contents.damage("truncated", "there is no picture", at);
      break;
    }
    const int marker = static_cast<int>(big(head, 1, 1));
    if (static_cast<unsigned char>(head[0]) != 0xFF) {
      contents.damage("container", "a segment does not begin with a marker", at);
      break;
    }
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) break;  // the picture begins, or the file ends
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
      at += 2;
      continue;
    }
    const auto size = static_cast<std::size_t>(big(head, 2, 2));
    const bool matters = marker == 0xE1 || marker == 0xEB || marker == 0xED;
    if (head.size() < 4 || size < 2 || at + 2 + size > source.size()) {
      contents.damage("truncated", "a segment ends outside the file", at);
      break;
    }
    kept += matters ? size : 0;
    if (kept > kMostStore) {
      contents.damage("bounds", "more than 64 MiB of metadata", at);
      break;
    }
    if (matters) segments.take(marker, source.read(at + 4, size - 2), at);
    at += 2 + size;
  }
  segments.finish();
}

}  // namespace pandect::label
