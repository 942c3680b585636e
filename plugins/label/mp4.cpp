// ISO base media files (ISO 14496-12) and QuickTime: the boxes down to moov.udta.meta, where
// TC260-PG-20257A puts the label, and the uuid boxes of C2PA and XMP. Media data is stepped over.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <algorithm>
#include <functional>

namespace pandect::label {
namespace {

constexpr int kDeepest = 6;
constexpr std::string_view kC2paUuid(
    "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81", 16);
constexpr std::string_view kXmpUuid(
    "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", 16);

struct Box {
  std::string type;
  std::uint64_t at, body, end;
};

class Reader {
 public:
  Reader(const Source& source, Contents& contents) : source_(source), contents_(contents) {}

  using Visit = std::function<void(const Box&)>;

  // False if the boxes from `at` to `end` do not add up.
  bool boxes(std::uint64_t at, std::uint64_t end, const Visit& visit) {
    while (end - at >= 8) {
      if (++count_ > kMostParts) return broken("bounds", "too many boxes", at);
      const std::string head = source_.read(at, 16);
      if (head.size() < 8) return broken("truncated", "a box is cut off", at);
      std::uint64_t size = big(head, 0, 4), header = 8;
      if (size == 1) {
        header = 16;
        size = big(head, 8, 8);
      } else if (size == 0) {
        size = end - at;  // to the end; never a reason to begin again
      }
      if (size < header) {
        // A list in udta may end with four zero bytes (QuickTime).
        return broken("container", "a box is smaller than its header", at);
      }
      if (size > end - at) return broken("truncated", "a box ends outside", at);
      visit({head.substr(4, 4), at, at + header, at + size});
      at += size;
    }
    return true;
  }

  void top(const Box& box) {
    if (box.type == "moov") {
      moov_ = true;
      boxes(box.body, box.end, [&](const Box& child) { inside(child, 1); });
    }
    if (box.type == "uuid") uuid(box);
  }

  bool has_moov() const { return moov_; }

 private:
  bool broken(const char* code, const char* why, std::uint64_t at) {
    contents_.damage(code, why, at);
    return false;
  }

  void inside(const Box& box, int depth) {
    if (depth > kDeepest) return;
    if (box.type == "udta") {
      std::uint64_t end = box.end;
      if (end - box.body >= 4 && big(source_.read(end - 4, 4), 0, 4) == 0) end -= 4;
      boxes(box.body, end, [&](const Box& child) { inside(child, depth + 1); });
    } else if (box.type == "meta") {
      meta(box);
    } else if (box.type == "uuid") {
      uuid(box);
    } else if (box.type == "XMP_") {
      if (const auto data = bytes(box, kMostPacket)) take_xmp(contents_, *data, box.at);
    } else if (box.type == "AIGC" || box.type == "aigc") {
      if (auto data = bytes(box, kMostText))
        contents_.misplaced.push_back({"mp4 box " + box.type, std::move(*data), box.at, box.type});
    }
  }

  void uuid(const Box& box) {
    const std::string id = source_.read(box.body, 16);
    if (id == kXmpUuid) {
      if (const auto data = bytes(box, kMostPacket))
        take_xmp(contents_, std::string_view(*data).substr(16), box.at);
    } else if (id == kC2paUuid) {
      const auto data = bytes(box, kMostStore);
      if (!data || data->size() < 21) return;
      // Version and flags, the purpose as a text, for a manifest an offset of eight bytes.
      const std::size_t end = data->find('\0', 20);
      if (end == std::string::npos || data->substr(20, end - 20) != "manifest") return;
      take_jumbf(contents_, std::string_view(*data).substr(std::min(data->size(), end + 9)),
                 box.at);
    }
  }

  std::optional<std::string> bytes(const Box& box, std::size_t limit) {
    if (box.end - box.body > limit) {
      contents_.damage("bounds", "the box " + box.type + " is too large", box.at);
      return std::nullopt;
    }
    return source_.read(box.body, static_cast<std::size_t>(box.end - box.body));
  }

  void meta(const Box& box) {
    // QuickTime leaves out version and flags; the first child then begins at once.
    const std::string head = source_.read(box.body, 8);
    const std::uint64_t start =
        head.size() == 8 && head.substr(4) != "hdlr" ? box.body + 4 : box.body;
    if (start > box.end) return;
    std::vector<std::string> names;
    boxes(start, box.end, [&](const Box& child) {
      if (child.type == "keys") names = keys(child);
    });
    boxes(start, box.end, [&](const Box& child) {
      if (child.type == "ilst")
        boxes(child.body, child.end, [&](const Box& item) { entry(item, names); });
      if (child.type == "uuid") uuid(child);
    });
  }

  std::vector<std::string> keys(const Box& box) {
    std::vector<std::string> names;
    const auto data = bytes(box, kMostText);
    if (!data) return names;
    std::size_t at = 8;
    while (at + 8 <= data->size() && names.size() < 4096) {
      const auto size = static_cast<std::size_t>(big(*data, at, 4));
      if (size < 8 || size > data->size() - at) break;
      names.push_back(data->substr(at + 8, size - 8));
      at += size;
    }
    return names;
  }

  void entry(const Box& item, const std::vector<std::string>& names) {
    std::string name = item.type, value;
    const std::uint64_t index = big(item.type, 0, 4);
    if (index >= 1 && index <= names.size()) name = names[static_cast<std::size_t>(index) - 1];
    boxes(item.body, item.end, [&](const Box& child) {
      if (child.type != "data" && child.type != "name") return;
      const auto data = bytes(child, kMostText);
      if (!data) return;
      if (child.type == "name" && data->size() > 4) name = data->substr(4);
      if (child.type == "data" && data->size() >= 8) value = data->substr(8);
    });
    if (!value.empty()) take_text(contents_, name, value, "mp4 ilst " + name, item.at);
  }

  const Source& source_;
  Contents& contents_;
  std::size_t count_ = 0;
  bool moov_ = false;
};

}  // namespace

void read_mp4(const Source& source, Contents& contents) {
  const std::string brand = source.read(8, 4);
  contents.modality = brand == "M4A " || brand == "M4B " ? Modality::audio : Modality::video;
  Reader reader(source, contents);
  const bool whole = reader.boxes(0, source.size(), [&](const auto& box) { reader.top(box); });
  if (whole && !reader.has_moov()) contents.damage("truncated", "there is no moov box", 0);
}

}  // namespace pandect::label
