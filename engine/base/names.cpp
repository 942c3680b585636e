#include "base/names.h"

#include <algorithm>

namespace pandect {
namespace {

// Changes of one letter, and two letters swapped, count one each.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view wanted, std::span<const std::string_view> candidates) {
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::size_t best = limit + 1;
  std::string_view found;
  for (const std::string_view each : candidates) {
    const std::size_t difference =
        each.size() > wanted.size() ? each.size() - wanted.size() : wanted.size() - each.size();
    std::size_t distance = difference > limit ? limit + 1 : edit_distance(wanted, each, limit);
    // A last part that matches exactly is what people forget the group of: `applicant_screening`.
    if (each.size() > wanted.size() && each.ends_with(wanted) &&
        each[each.size() - wanted.size() - 1] == '.') {
      distance = std::min<std::size_t>(distance, 1);
    }
    if (distance < best || (distance == best && distance <= limit && each < found)) {
      best = distance;
      found = each;
    }
  }
  return std::string(found);
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string_view> candidates) {
  const std::string nearest = nearest_name(wanted, candidates);
  return nearest.empty() ? std::string() : "did you mean `" + nearest + "`?";
}

std::size_t invalid_utf8_at(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  std::size_t at = 0;
  while (at < text.size()) {
    const unsigned char lead = byte(at);
    std::size_t length = 0;
    if (lead < 0x80)
      length = 1;
    else if (lead >= 0xC2 && lead <= 0xDF)
      length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF)
      length = 3;
    else if (lead >= 0xF0 && lead <= 0xF4)
      length = 4;
    else
      return at;
    if (at + length > text.size()) return at;
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(at + i) & 0xC0) != 0x80) return at;
    }
    if (length == 3 && lead == 0xE0 && byte(at + 1) < 0xA0) return at;
    if (length == 3 && lead == 0xED && byte(at + 1) > 0x9F) return at;
    if (length == 4 && lead == 0xF0 && byte(at + 1) < 0x90) return at;
    if (length == 4 && lead == 0xF4 && byte(at + 1) > 0x8F) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace pandect
