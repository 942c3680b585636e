#include "plugins/importing/numbers.h"

#include "plugins/importing/collector.h"

#include "pandect/number.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace pandect::plugins {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

bool word_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Digits with separators, an exponent in any of the usual forms, and a scale word.
const RE2& number_pattern() {
  static const RE2 pattern(
      R"((\d[\d,_]*(?:\.\d+)?)(?:\s*[x×]\s*10\s*\^?\s*\^?(\d{1,2})|[eE]\+?(\d{1,2}))?(?:[\s-]?(thousand|million|billion|trillion|Thousand|Million|Billions|Billion|Trillions|Trillion|GT|bn|K|M|B|T|k))?)");
  return pattern;
}

std::optional<double> value_of(std::string digits, std::string_view power, std::string_view scale) {
  digits.erase(
      std::remove_if(digits.begin(), digits.end(), [](char c) { return c == ',' || c == '_'; }),
      digits.end());
  if (!power.empty()) digits += "e" + std::string(power);
  const auto number = Number::parse(digits);
  if (!number) return std::nullopt;
  double value = number->to_double();
  if (!scale.empty()) {
    const auto found = tables().scales.find(scale);
    if (found == tables().scales.end()) return std::nullopt;
    value *= found->second;
  }
  return value;
}

bool scale_follows(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" -"), text.size());
  std::size_t end = start;
  while (end < text.size() && word_char(text[end])) ++end;
  return tables().scales.find(text.substr(start, end - start)) != tables().scales.end();
}

std::set<std::string> name_words(std::string_view name) {
  std::set<std::string> words;
  std::string word;
  for (const char c : lower_case(name) + " ") {
    if (word_char(c) || c == '.' || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
    } else {
      if (!word.empty()) words.insert(word);
      word.clear();
    }
  }
  return words;
}

bool is_size(const std::string& word) {
  static const RE2 pattern(R"(\d+(\.\d+)?[bm])");
  return RE2::FullMatch(word, pattern);
}

// The row of a family table that is the model itself.
bool own_row(const std::vector<std::string>& cells, const std::set<std::string>& name) {
  if (cells.empty() || name.empty()) return false;
  auto words = name_words(cells[0]);
  if (words == name) return true;
  if (words.size() == 1 && is_size(*words.begin())) return name.count(*words.begin()) > 0;
  if (cells.size() > 1) {
    const auto more = name_words(cells[1]);
    words.insert(more.begin(), more.end());
  }
  return words == name;
}

class Measuring {
 public:
  Measuring(const Card& card, const std::string& name) : card_(card), name_(name_words(name)) {}

  std::vector<Measured> run() {
    for (const auto& passage : card_.passages) {
      if (!passage.cells.empty()) {
        if (own_row(passage.cells, name_)) table_row(passage);
      } else if (tables().skipped_roles.count(passage.role) == 0) {
        text(passage);
      }
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Measured& a, const Measured& b) { return a.score > b.score; });
    return std::move(found_);
  }

 private:
  void table_row(const Passage& passage) {
    for (std::size_t i = 0; i < std::min(passage.cells.size(), passage.header.size()); ++i) {
      const auto value = whole_figure(passage.cells[i]);
      if (!value) continue;
      for (const auto& quantity : tables().quantities) {
        if (quantity.header && RE2::PartialMatch(passage.header[i], *quantity.header))
          keep(quantity, *value * quantity.scale, 5, passage);
      }
    }
  }

  void text(const Passage& passage) {
    const std::string_view text = passage.text;
    for (const auto& figure : figures(text)) {
      const std::string_view before = text.substr(0, figure.begin);
      const std::string_view after = text.substr(figure.end);
      for (const auto& quantity : tables().quantities) {
        if (take(quantity, figure.value, before, after, passage)) break;
      }
    }
  }

  bool take(const Quantity& quantity, double value, std::string_view before, std::string_view after,
            const Passage& passage) {
    const bool unit = quantity.after && RE2::PartialMatch(piece(after), *quantity.after);
    const bool labelled = quantity.label && RE2::PartialMatch(piece(before), *quantity.label);
    if (!unit && !labelled) return false;
    if (quantity.unless_before && RE2::PartialMatch(piece(before), *quantity.unless_before))
      return true;
    if (quantity.unless_after && RE2::PartialMatch(piece(after), *quantity.unless_after))
      return true;
    const auto words = name_words(passage.text);
    const bool named =
        !name_.empty() && std::includes(words.begin(), words.end(), name_.begin(), name_.end());
    const bool trains = passage.text.find("train") != std::string::npos ||
                        passage.text.find("Train") != std::string::npos;
    const int score = (named ? 2 : 0) + (trains ? 1 : 0) + (labelled ? 1 : 0) +
                      (passage.role == "training" || passage.role == "technical" ? 1 : 0);
    double factor = quantity.scale;
    for (const auto& [word, each] : quantity.units) {
      if (after.substr(0, word.size() + 1).find(word) != std::string_view::npos) factor = each;
    }
    keep(quantity, value * factor, score, passage);
    return true;
  }

  void keep(const Quantity& quantity, double value, int score, const Passage& passage) {
    if (value < quantity.least || value > quantity.most || found_.size() >= 1000) return;
    found_.push_back({&quantity, value, score, &passage});
  }

  const Card& card_;
  std::set<std::string> name_;
  std::vector<Measured> found_;
};

}  // namespace

std::vector<Figure> figures(std::string_view text) {
  std::vector<Figure> found;
  re2::StringPiece rest = piece(text);
  re2::StringPiece groups[5];
  while (found.size() < 200 &&
         number_pattern().Match(rest, 0, rest.size(), RE2::UNANCHORED, groups, 5)) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    std::size_t end = begin + groups[0].size();
    std::string_view scale(groups[4].data() == nullptr ? "" : groups[4].data(), groups[4].size());
    // "3 Bit" is no billion: the scale must end its word.
    if (!scale.empty() && end < text.size() && word_char(text[end])) {
      end = static_cast<std::size_t>(scale.data() - text.data());
      while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '-')) --end;
      scale = {};
    }
    const std::string_view power =
        groups[2].size() > 0
            ? std::string_view(groups[2].data(), groups[2].size())
            : std::string_view(groups[3].data() ? groups[3].data() : "", groups[3].size());
    const bool inside = begin > 0 && (word_char(text[begin - 1]) || text[begin - 1] == '.');
    const bool of_range = begin > 1 && text[begin - 1] == '-' && word_char(text[begin - 2]);
    // "104B billion parameters": two scales are no number.
    const bool doubled = !scale.empty() && scale_follows(text.substr(end));
    if (!inside && !of_range && !doubled) {
      if (const auto value =
              value_of(std::string(groups[1].data(), groups[1].size()), power, scale))
        found.push_back({*value, begin, end});
    }
    rest = piece(text.substr(std::max(end, begin + 1)));
  }
  return found;
}

std::optional<double> whole_figure(std::string_view text) {
  const auto all = figures(text);
  if (all.size() != 1) return std::nullopt;
  const auto is_blank = [](std::string_view part) {
    return part.find_first_not_of(" ~*≈") == std::string_view::npos;
  };
  if (!is_blank(text.substr(0, all[0].begin)) || !is_blank(text.substr(all[0].end)))
    return std::nullopt;
  return all[0].value;
}

std::vector<Measured> measure(const Card& card, const std::string& name) {
  return Measuring(card, name).run();
}

std::optional<double> size_in_name(std::string_view name) {
  for (const auto& word : name_words(name)) {
    if (!is_size(word)) continue;
    const auto found = figures(word.substr(0, word.size() - 1) + (word.back() == 'b' ? "B" : "M"));
    if (found.size() == 1) return found[0].value;
  }
  return std::nullopt;
}

std::string figure_text(double value) {
  char buffer[40];
  if (value >= 1e18 || (value > 0 && value < 1e-4)) {
    std::snprintf(buffer, sizeof buffer, "%.3g", value);
    std::string text = buffer;
    if (const auto plus = text.find("e+"); plus != std::string::npos) text.erase(plus + 1, 1);
    return text;
  }
  std::snprintf(buffer, sizeof buffer, "%.15g", value);
  return buffer;
}

}  // namespace pandect::plugins
