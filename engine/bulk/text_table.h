// What belongs to a text, by a hash of its bytes. References stay valid.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::bulk {

inline std::uint64_t hash_of(std::string_view text) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ull;
  const auto eight = [](const char* from) {
    std::uint64_t value = 0;
    std::memcpy(&value, from, 8);
    return value;
  };
  const auto mix = [](std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * kFactor;
    return hash ^ (hash >> 29);
  };
  const char* from = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = left;
  if (left >= 8) {
    for (; left > 8; left -= 8, from += 8) hash = mix(hash, eight(from));
    return mix(hash, eight(from + left - 8));
  }
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < left; ++i) rest = rest << 8 | static_cast<unsigned char>(from[i]);
  return mix(mix(hash, rest), left);
}

inline bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto differ = [&](std::size_t at) {
    std::uint64_t x = 0, y = 0;
    std::memcpy(&x, a.data() + at, 8);
    std::memcpy(&y, b.data() + at, 8);
    return x != y;
  };
  if (a.size() < 8) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  for (std::size_t at = 0; at + 8 < a.size(); at += 8) {
    if (differ(at)) return false;
  }
  return !differ(a.size() - 8);
}

template <typename T>
class TextTable {
 public:
  T* find(std::string_view text) { return find(text, hash_of(text)); }

  // The text must not be there yet.
  T& add(std::string_view text) {
    if (2 * (entries_.size() + 1) > places_.size()) grow();
    Entry& entry = entries_.emplace_back();
    entry.text = text;
    place(hash_of(text), &entry);
    return entry.value;
  }

  std::size_t size() const { return entries_.size(); }
  void clear() {
    entries_.clear();
    places_.clear();
  }

 private:
  struct Entry {
    std::string text;
    T value{};
  };
  struct Place {
    std::uint64_t hash = 0;
    Entry* entry = nullptr;
  };

  T* find(std::string_view text, std::uint64_t hash) {
    if (places_.empty()) return nullptr;
    const std::size_t mask = places_.size() - 1;
    for (std::size_t at = hash & mask; places_[at].entry != nullptr; at = (at + 1) & mask) {
      if (places_[at].hash == hash && same_text(places_[at].entry->text, text))
        return &places_[at].entry->value;
    }
    return nullptr;
  }
  void place(std::uint64_t hash, Entry* entry) {
    const std::size_t mask = places_.size() - 1;
    std::size_t at = hash & mask;
    while (places_[at].entry != nullptr) at = (at + 1) & mask;
    places_[at] = {hash, entry};
  }
  void grow() {
    std::vector<Place> old(places_.empty() ? 16 : 2 * places_.size());
    old.swap(places_);
    for (const Place& each : old) {
      if (each.entry != nullptr) place(each.hash, each.entry);
    }
  }

  std::deque<Entry> entries_;
  std::vector<Place> places_;
};

}  // namespace pandect::bulk
