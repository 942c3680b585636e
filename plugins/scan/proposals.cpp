#include "plugins/scan/proposals.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <tuple>

namespace pandect::scan {
namespace {

using Key = std::tuple<std::string, std::string, std::string>;

double rounded(double share) { return std::round(share * 100) / 100; }

Proposal proposal(const Suggestion& suggestion, const Sign& sign, const Signal& signal,
                  double confidence) {
  Proposal out;
  out.subject = suggestion.subject;
  out.fact = suggestion.fact;
  out.values = {suggestion.value};
  out.is_set = suggestion.is_set;
  out.kind = ProposalClass::suggested;
  out.confidence = confidence;
  out.where = sign.where;
  out.quote = sign.quote;
  out.note = signal.precision;
  out.sign = signal.id;
  return out;
}

void add_models(const ScanResult& result, std::vector<Proposal>& out) {
  for (const auto& model : result.models) {
    if (!model.parameters) continue;
    Proposal each;
    each.subject = "model:" + (model.name.empty() ? model.path : model.name);
    each.fact = "parameters";
    each.values = {std::to_string(*model.parameters)};
    each.kind = ProposalClass::extracted;
    each.confidence = 0.95;
    each.where = {model.path, 0, 0};
    each.pointer = "header";
    each.note = std::to_string(model.tensors) + " tensors of a " + model.format + " file";
    each.sign = "model-file";
    out.push_back(std::move(each));
  }
}

// Length of one valid UTF-8 sequence at the beginning; 0 if it is none.
std::size_t sequence(std::string_view text, std::uint32_t& point) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    point = first;
    return 1;
  }
  const std::size_t length = first >= 0xF0 && first < 0xF5   ? 4
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xC2 && first < 0xE0 ? 2
                                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  point = first & (0xFFu >> (length + 1));
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return 0;
    point = (point << 6) | (byte(at) & 0x3Fu);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  return overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) ? 0 : length;
}

// Controls, line separators, and what turns the direction of writing or is not seen.
bool is_hidden(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0xAD || point == 0x61C ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         (point >= 0xFFF9 && point <= 0xFFFB) || (point >= 0xE0000 && point <= 0xE007F) ||
         (point & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::vector<Proposal> proposals_of(const ScanResult& result) {
  std::map<Key, Proposal> best;
  for (const auto& sign : result.signs) {
    const Signal& signal = result.pack.signals[sign.signal];
    for (const auto& suggestion : signal.proposes) {
      const double confidence = rounded(suggestion.confidence * signal.weight * sign.weight());
      const Key key{suggestion.subject, suggestion.fact, suggestion.value};
      const auto found = best.find(key);
      if (found == best.end()) {
        best.emplace(key, proposal(suggestion, sign, signal, confidence));
      } else if (confidence > found->second.confidence) {
        found->second = proposal(suggestion, sign, signal, confidence);
      }
    }
  }
  std::vector<Proposal> out;
  for (auto& [key, each] : best) out.push_back(std::move(each));
  add_models(result, out);
  return out;
}

std::string shown(std::string_view text, std::size_t most) {
  std::string out;
  while (!text.empty() && out.size() < most) {
    std::uint32_t point = 0;
    std::size_t length = sequence(text, point);
    const bool hidden = length == 0 || is_hidden(point);
    length = std::max<std::size_t>(length, 1);
    if (!hidden) {
      out += text.substr(0, length);
    } else if (text[0] == '\n') {
      out += "\\n";
    } else if (text[0] == '\t') {
      out += ' ';
    } else {
      for (const char each : text.substr(0, length)) {
        char code[8];
        std::snprintf(code, sizeof code, "\\x%02x", static_cast<unsigned char>(each));
        out += code;
      }
    }
    text.remove_prefix(length);
  }
  if (!text.empty()) out += "...";
  return out;
}

std::string place(const Location& where) {
  std::string out = shown(where.file, 400);
  if (where.line > 0) out += ":" + std::to_string(where.line);
  return out;
}

}  // namespace pandect::scan
