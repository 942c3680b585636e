// CBOR for C2PA claims. The reader of nlohmann-json refuses the tags 0 to 5, which real manifests
// use for dates; hence our own, with bounds on depth and items.
#include "plugins/label/carriers.h"

#include <cmath>
#include <cstring>

#include <nlohmann/json.hpp>

namespace pandect::label {
namespace {

using nlohmann::json;

constexpr int kDeepest = 48;
constexpr std::size_t kMostItems = 200'000;

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  json item(int depth) {
    if (depth > kDeepest || ++items_ > kMostItems || at_ >= bytes_.size()) return fail();
    const auto first = static_cast<unsigned char>(bytes_[at_++]);
    const int major = first >> 5, info = first & 31;
    if (major == 7) return simple(info);
    const bool endless = info == 31;
    if (endless && (major < 2 || major == 6)) return fail();
    const std::uint64_t size = endless ? 0 : argument(info);
    if (!good_) return {};
    switch (major) {
      case 0:
        return size;
      case 1:
        return size > 0x7fffffffffffffffULL ? json(-1.0 - static_cast<double>(size))
                                            : json(-1 - static_cast<std::int64_t>(size));
      case 2:
      case 3:
        return text(major, endless, size);
      case 4:
        return list(endless, size, depth);
      case 5:
        return map(endless, size, depth);
      default:
        return item(depth + 1);
    }
  }

  bool good() const { return good_; }
  std::size_t used() const { return at_; }

 private:
  json fail() {
    good_ = false;
    return {};
  }

  std::uint64_t argument(int info) {
    if (info < 24) return static_cast<std::uint64_t>(info);
    if (info > 27) {
      good_ = false;
      return 0;
    }
    const int width = 1 << (info - 24);
    if (bytes_.size() - at_ < static_cast<std::size_t>(width)) {
      good_ = false;
      return 0;
    }
    const std::uint64_t value = big(bytes_, at_, width);
    at_ += static_cast<std::size_t>(width);
    return value;
  }

  bool at_break() {
    if (at_ >= bytes_.size()) return good_ = false, true;
    if (static_cast<unsigned char>(bytes_[at_]) != 0xFF) return false;
    ++at_;
    return true;
  }

  json simple(int info) {
    if (info == 20 || info == 21) return info == 21;
    if (info == 22 || info == 23) return nullptr;
    if (info < 20) return nullptr;
    if (info == 24) return argument(info), json(nullptr);
    if (info > 27) return fail();
    const std::uint64_t raw = argument(info);
    if (!good_) return {};
    if (info == 27) return bits<double>(raw);
    if (info == 26) return static_cast<double>(bits<float>(static_cast<std::uint32_t>(raw)));
    const int exponent = static_cast<int>(raw >> 10 & 31);
    const double mantissa = static_cast<double>(raw & 1023);
    const double value = exponent == 31  ? (mantissa == 0 ? INFINITY : NAN)
                         : exponent == 0 ? std::ldexp(mantissa, -24)
                                         : std::ldexp(mantissa + 1024, exponent - 25);
    return (raw & 0x8000) != 0 ? -value : value;
  }

  template <typename To, typename From>
  static To bits(From raw) {
    To value;
    static_assert(sizeof(To) == sizeof(From));
    std::memcpy(&value, &raw, sizeof value);
    return value;
  }

  json text(int major, bool endless, std::uint64_t size) {
    std::string bytes;
    if (!endless) {
      if (!chunk(size, bytes)) return fail();
    } else {
      while (good_ && !at_break()) {
        const auto first = static_cast<unsigned char>(bytes_[at_++]);
        if (++items_ > kMostItems || first >> 5 != major || (first & 31) == 31) return fail();
        const std::uint64_t part = argument(first & 31);
        if (!good_ || !chunk(part, bytes)) return fail();
      }
    }
    if (!good_) return {};
    if (major == 3) return bytes;
    return json::binary({bytes.begin(), bytes.end()});
  }

  bool chunk(std::uint64_t size, std::string& out) {
    if (size > bytes_.size() - at_) return false;
    out.append(bytes_.substr(at_, static_cast<std::size_t>(size)));
    at_ += static_cast<std::size_t>(size);
    return true;
  }

  json list(bool endless, std::uint64_t size, int depth) {
    json out = json::array();
    for (std::uint64_t i = 0; good_ && (endless ? !at_break() : i < size); ++i)
      out.push_back(item(depth + 1));
    return good_ ? out : json();
  }

  json map(bool endless, std::uint64_t size, int depth) {
    json out = json::object();
    for (std::uint64_t i = 0; good_ && (endless ? !at_break() : i < size); ++i) {
      const json key = item(depth + 1);
      if (!good_) break;
      std::string name;
      if (key.is_string()) {
        name = key.get<std::string>();
      } else if (key.is_number_integer()) {
        name = key.dump();
      } else {
        return fail();
      }
      out[name] = item(depth + 1);
    }
    return good_ ? out : json();
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t items_ = 0;
  bool good_ = true;
};

}  // namespace

json read_cbor(std::string_view bytes, std::size_t* used) {
  Decoder decoder(bytes);
  json value = decoder.item(0);
  if (used != nullptr) *used = decoder.used();
  return decoder.good() ? value : json(json::value_t::discarded);
}

}  // namespace pandect::label
