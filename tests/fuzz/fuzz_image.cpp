// Any bytes as an image, and a whole image with these bytes laid over it: refused, never believed.
#include "evaluate.h"
#include "packs/image.h"

#include <cstdlib>
#include <cstring>

namespace {

const std::string kStamp(64, 'a');

pandect::ProgramPtr read(const std::string& bytes) {
  std::shared_ptr<void> room(std::aligned_alloc(16, (bytes.size() + 16) / 16 * 16), std::free);
  std::memcpy(room.get(), bytes.data(), bytes.size());
  return pandect::program_of({static_cast<const char*>(room.get()), bytes.size()}, kStamp, room);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::string whole = pandect::image_of(
      *fuzz::load(
          "facts: [{fact: f.a}, {fact: f.b}]\nconcepts: [{concept: c, when: f.a and f.b}]\n"),
      kStamp);
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto program = read(bytes)) fuzz::evaluate(*program, {}, 20'000);
  if (size < 3) return 0;
  std::string laid = whole;
  const std::size_t at = (data[0] | data[1] << 8) % laid.size();
  for (std::size_t i = 2; i < size && at + i - 2 < laid.size(); ++i) laid[at + i - 2] = bytes[i];
  if (laid != whole && read(laid)) std::abort();
  return 0;
}
