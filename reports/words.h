// The words of the reports in English, Korean and Chinese, and dates, money and names of places as
// native readers write them. Pure: no locale, no clock.
#pragma once

#include "pandect/assessment.h"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::reports {

enum class Word {
#define PANDECT_WORD(name, en, ko, zh) name,
#include "reports/words.inc"
#undef PANDECT_WORD
};

enum class Language { en, ko, zh };

// Speaks one language; anything but ko and zh is English.
class Wording {
 public:
  explicit Wording(std::string_view lang);

  Language language() const { return language_; }
  std::string_view tag() const;  // for HTML and JSON: en, ko, zh-Hans
  std::string_view operator()(Word word) const;
  // The phrase with `{0}`, `{1}`, ... replaced.
  std::string operator()(Word word, std::initializer_list<std::string> values) const;
  const std::string& in(const Texts& texts) const;
  // With a capital letter at the start where the language has them.
  std::string title(const Texts& texts) const;
  std::string title(Word word) const;

  std::string_view status(std::string_view status) const;
  std::string_view severity(Severity severity) const;
  std::string_view confidence(Confidence confidence) const;
  std::string_view fulfilment(Fulfilment fulfilment) const;
  std::string_view modality(Modality modality) const;
  std::string_view truth(Truth truth) const;
  std::string_view penalty(PenaltyKind kind) const;
  std::string_view piece(PieceState state) const;
  std::string jurisdiction(const std::string& id) const;

  // 2026-12-02, 2026. 12. 2., 2026年12月2日
  std::string date(Day day) const;
  // EUR 35,000,000, 3,500만 유로, 3500万欧元; parts of a unit are cut off.
  std::string money(const Number& amount, const std::string& currency) const;
  std::string count(std::size_t number) const;
  // Items of a list as one text: "a, b" or "a、b".
  std::string list(const std::vector<std::string>& items) const;
  // "label: text" with the colon of the language.
  std::string labelled(std::string_view label, std::string_view text) const;
  // Text in brackets of the language, with the space before it where one is written.
  std::string bracketed(std::string_view text) const;

 private:
  Language language_;
};

// Up to the first full stop that ends a sentence.
std::string first_sentence(const std::string& text);

// 三十一; up to 9999.
std::string chinese_numeral(int number);

}  // namespace pandect::reports
