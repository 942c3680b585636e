#include "plugins/label/carriers.h"

#include <algorithm>

#include <zlib.h>

namespace pandect::label {

Inflated inflate_bounded(std::string_view compressed, std::size_t limit, bool raw) {
  Inflated result;
  z_stream stream{};
  if (inflateInit2(&stream, raw ? -MAX_WBITS : MAX_WBITS) != Z_OK) return result;
  // zlib reads through a pointer to non-const but never writes there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(compressed.size(), 1u << 30));
  int state = Z_OK;
  while (state == Z_OK && result.bytes.size() <= limit) {
    const std::size_t before = result.bytes.size();
    const std::size_t room = std::min<std::size_t>(limit + 1 - before, 64u * 1024);
    result.bytes.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(result.bytes.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    state = inflate(&stream, Z_NO_FLUSH);
    result.bytes.resize(before + room - stream.avail_out);
    if (result.bytes.size() == before && state == Z_OK && stream.avail_in == 0) break;
    if (result.bytes.size() > limit) break;
  }
  inflateEnd(&stream);
  result.whole = state == Z_STREAM_END && result.bytes.size() <= limit;
  if (result.bytes.size() > limit) result.bytes.resize(limit);
  return result;
}

}  // namespace pandect::label
