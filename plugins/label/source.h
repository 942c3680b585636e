// The bytes of one file, read by parts: a video of two gigabytes costs the headers of its boxes.
// Knows no format. Holds one window of the file, so it serves one thread at a time.
#pragma once

#include "files/root.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace pandect::label {

class Source {
 public:
  using Reader = std::function<std::string(std::uint64_t offset, std::size_t size)>;

  Source(std::uint64_t size, Reader reader) : size_(size), reader_(std::move(reader)) {}
  static Source of_bytes(std::string bytes);
  // `size` is what the folder said; a file that shrinks meanwhile reads as cut off.
  static Source of_file(const Root& root, const std::string& path, std::uint64_t size);

  std::uint64_t size() const { return size_; }
  // Fewer bytes than asked for at the end of the file.
  std::string read(std::uint64_t offset, std::size_t size) const;

 private:
  std::uint64_t size_;
  Reader reader_;
  mutable std::uint64_t window_at_ = 0;
  mutable std::string window_;
};

// Numbers in a text of bytes; 0 where the text ends before.
std::uint64_t big(std::string_view bytes, std::size_t at, int width);
std::uint64_t little(std::string_view bytes, std::size_t at, int width);
void put_big(std::string& out, std::uint64_t value, int width);
void put_little(std::string& out, std::uint64_t value, int width);

}  // namespace pandect::label
