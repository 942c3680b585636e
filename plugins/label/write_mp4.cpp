// MP4 and QuickTime: the label goes into moov.udta.meta (TC260-PG-20257A). Chunk offsets count from
// the start of the file, so no media may move: where media follows moov, moov is written anew
// at the end and the old one becomes free space.
#include "plugins/label/carriers.h"
#include "plugins/label/writers.h"

#include <algorithm>

namespace pandect::label {
namespace {

constexpr std::size_t kMostMoov = 64u << 20;

struct Box {
  std::string type, body;
};

struct Top {
  std::string type;
  std::uint64_t at = 0, size = 0, header = 8;
  bool to_end = false;
};

std::string box(const std::string& type, const std::string& body) {
  std::string out;
  put_big(out, body.size() + 8, 4);
  return out + type + body;
}

bool split(std::string_view bytes, std::vector<Box>& out) {
  while (bytes.size() >= 8) {
    std::uint64_t size = big(bytes, 0, 4), header = 8;
    if (size == 1) {
      size = big(bytes, 8, 8);
      header = 16;
    }
    if (size < header || size > bytes.size()) return false;
    out.push_back({std::string(bytes.substr(4, 4)),
                   std::string(bytes.substr(static_cast<std::size_t>(header),
                                            static_cast<std::size_t>(size - header)))});
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return bytes.empty() || bytes == std::string_view("\0\0\0\0", 4);
}

std::string joined(const std::vector<Box>& boxes) {
  std::string out;
  for (const auto& each : boxes) out += box(each.type, each.body);
  return out;
}

Box* find(std::vector<Box>& boxes, const char* type) {
  for (auto& each : boxes) {
    if (each.type == type) return &each;
  }
  return nullptr;
}

std::string key_entry() {
  std::string out;
  put_big(out, 12, 4);
  return out + "mdtaAIGC";
}

std::string item(std::uint64_t index, const std::string& json) {
  std::string data;
  put_big(data, 1, 4);  // UTF-8
  put_big(data, 0, 4);  // no locale
  std::string out, type;
  put_big(type, index, 4);
  return box(type, box("data", data + json));
}

std::string new_meta(const std::string& json) {
  std::string handler(8, '\0'), keys(4, '\0');
  handler += "mdta" + std::string(13, '\0');
  put_big(keys, 1, 4);
  return std::string(4, '\0') + box("hdlr", handler) + box("keys", keys + key_entry()) +
         box("ilst", item(1, json));
}

// Adds the key to a meta box of the handler mdta, or puts the new value where the key stands.
bool extend_meta(std::string& meta, const std::string& json) {
  const std::size_t start = meta.size() >= 8 && meta.compare(4, 4, "hdlr") == 0 ? 0 : 4;
  std::vector<Box> boxes, items;
  if (meta.size() < start || !split(std::string_view(meta).substr(start), boxes)) return false;
  Box *keys = find(boxes, "keys"), *list = find(boxes, "ilst");
  if (keys == nullptr || list == nullptr || !split(list->body, items)) return false;
  std::uint64_t index = 0, count = 0;
  for (std::size_t at = 8; at + 8 <= keys->body.size();) {
    const auto size = static_cast<std::size_t>(big(keys->body, at, 4));
    if (size < 8 || size > keys->body.size() - at) return false;
    ++count;
    if (keys->body.compare(at + 8, size - 8, "AIGC") == 0) index = count;
    at += size;
  }
  if (index == 0) {
    index = count + 1;
    std::string body = keys->body.substr(0, 4);
    put_big(body, index, 4);
    keys->body =
        body + keys->body.substr(std::min<std::size_t>(8, keys->body.size())) + key_entry();
  }
  std::string type;
  put_big(type, index, 4);
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const Box& each) { return each.type == type; }),
              items.end());
  list->body = joined(items) + item(index, json);
  meta = meta.substr(0, start) + joined(boxes);
  return true;
}

bool is_mdta(const std::string& meta) {
  const std::size_t at = meta.find("hdlr");
  return at != std::string::npos && at <= 8 && meta.compare(at + 12, 4, "mdta") == 0;
}

bool extend_moov(std::vector<Box>& moov, const std::string& json) {
  if (Box* direct = find(moov, "meta"); direct != nullptr && is_mdta(direct->body))
    return extend_meta(direct->body, json);
  Box* user = find(moov, "udta");
  if (user == nullptr) {
    moov.push_back({"udta", box("meta", new_meta(json))});
    return true;
  }
  std::vector<Box> inside;
  if (!split(user->body, inside)) return false;
  if (Box* meta = find(inside, "meta"); meta == nullptr) {
    inside.push_back({"meta", new_meta(json)});
  } else if (is_mdta(meta->body)) {
    if (!extend_meta(meta->body, json)) return false;
  } else {
    // Tags in the manner of iTunes know no named keys; readers look below moov as well.
    if (find(moov, "meta") != nullptr) return false;
    // There it is an atom of QuickTime, without version and flags.
    moov.push_back({"meta", new_meta(json).substr(4)});
    return true;
  }
  user->body = joined(inside);
  return true;
}

std::vector<Top> tops(const Source& source) {
  std::vector<Top> list;
  for (std::uint64_t at = 0; at + 8 <= source.size() && list.size() < kMostParts;) {
    const std::string head = source.read(at, 16);
    Top top{head.substr(4, 4), at, big(head, 0, 4), 8, false};
    if (top.size == 1) {
      top.size = big(head, 8, 8);
      top.header = 16;
    }
    if (top.size == 0) {
      top.size = source.size() - at;
      top.to_end = true;
    }
    if (top.size < top.header || top.size > source.size() - at) return {};
    list.push_back(top);
    at += top.size;
  }
  return list;
}

}  // namespace

Result<Plan> write_mp4(const Source& source, const std::string& json) {
  const std::vector<Top> list = tops(source);
  const Top* moov = nullptr;
  bool media_behind = false, fragments = false;
  for (const auto& top : list) {
    fragments = fragments || top.type == "moof" || top.type == "sidx" || top.type == "mfra";
    if (moov != nullptr && top.type != "free" && top.type != "skip") media_behind = true;
    if (top.type == "moov" && moov == nullptr) moov = &top;
  }
  if (moov == nullptr || moov->size > kMostMoov)
    return cannot_write("the file has no moov box that can be read", "make the file anew");
  if (fragments)
    return cannot_write("the file is fragmented; its index would point to the wrong places",
                        "write the label before it is fragmented");
  if (media_behind && list.back().to_end)
    return cannot_write("the last box runs to the end of the file, so nothing can follow it",
                        "remux the file, for example with ffmpeg -c copy");
  std::vector<Box> boxes;
  const std::string body =
      source.read(moov->at + moov->header, static_cast<std::size_t>(moov->size - moov->header));
  if (!split(body, boxes) || !extend_moov(boxes, json))
    return cannot_write("the metadata of the file cannot be extended",
                        "remux the file, for example with ffmpeg -c copy");
  const std::uint64_t end = moov->at + moov->size;
  Plan plan;
  plan.copy(0, moov->at);
  if (!media_behind) {
    plan.add(box("moov", joined(boxes)));
    plan.copy(end, source.size() - end);
    return plan;
  }
  plan.copy(moov->at, 4);
  plan.add("free");
  plan.copy(moov->at + 8, source.size() - moov->at - 8);
  plan.add(box("moov", joined(boxes)));
  return plan;
}

}  // namespace pandect::label
