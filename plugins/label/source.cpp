#include "plugins/label/source.h"

#include <algorithm>
#include <memory>

namespace pandect::label {
namespace {

constexpr std::size_t kWindow = 64u * 1024;

}  // namespace

Source Source::of_bytes(std::string bytes) {
  const auto held = std::make_shared<const std::string>(std::move(bytes));
  return {held->size(), [held](std::uint64_t offset, std::size_t size) {
            return offset >= held->size() ? std::string()
                                          : held->substr(static_cast<std::size_t>(offset), size);
          }};
}

Source Source::of_file(const Root& root, const std::string& path, std::uint64_t size) {
  return {size, [root, path](std::uint64_t offset, std::size_t count) {
            auto bytes = root.read_part(path, offset, count);
            return bytes ? std::move(*bytes) : std::string();
          }};
}

std::string Source::read(std::uint64_t offset, std::size_t size) const {
  if (offset >= size_) return {};
  size = static_cast<std::size_t>(std::min<std::uint64_t>(size, size_ - offset));
  if (size > kWindow / 2) return reader_(offset, size);
  const bool inside = offset >= window_at_ && offset + size <= window_at_ + window_.size();
  if (!inside) {
    window_ = reader_(offset, kWindow);
    window_at_ = offset;
  }
  const auto start = static_cast<std::size_t>(offset - window_at_);
  return start >= window_.size() ? std::string() : window_.substr(start, size);
}

std::uint64_t big(std::string_view bytes, std::size_t at, int width) {
  if (at > bytes.size() || bytes.size() - at < static_cast<std::size_t>(width)) return 0;
  std::uint64_t value = 0;
  for (int i = 0; i < width; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

std::uint64_t little(std::string_view bytes, std::size_t at, int width) {
  if (at > bytes.size() || bytes.size() - at < static_cast<std::size_t>(width)) return 0;
  std::uint64_t value = 0;
  for (int i = width - 1; i >= 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

void put_big(std::string& out, std::uint64_t value, int width) {
  for (int i = width - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

void put_little(std::string& out, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace pandect::label
