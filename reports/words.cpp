#include "reports/words.h"

#include <array>

namespace pandect::reports {
namespace {

struct Entry {
  std::string_view en, ko, zh;
};

constexpr Entry kWords[] = {
#define PANDECT_WORD(name, en, ko, zh) {en, ko, zh},
#include "reports/words.inc"
#undef PANDECT_WORD
};

struct Currency {
  std::string_view code, ko, zh;
};

constexpr Currency kCurrencies[] = {
    {"KRW", "원", "韩元"}, {"EUR", "유로", "欧元"}, {"USD", "달러", "美元"}, {"CNY", "위안", "元"}};

// 1234567 -> 1,234,567
std::string grouped(const std::string& digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string digits_of(Int128 value) {
  if (value == 0) return "0";
  std::string out;
  for (; value > 0; value /= 10) out.insert(out.begin(), static_cast<char>('0' + value % 10));
  return out;
}

constexpr Int128 kMan = 10'000;
constexpr Int128 kEok = 100'000'000;

// 12억 3,456만 7,890
std::string korean_amount(Int128 value) {
  std::string out;
  const auto add = [&](Int128 part, const char* unit) {
    if (part > 0) out.append(out.empty() ? "" : " ").append(grouped(digits_of(part))).append(unit);
  };
  add(value / kEok, "억");
  add(value % kEok / kMan, "만");
  add(value % kMan, "");
  return (out.empty() ? "0" : out) + " ";
}

// 3000万, 5575.5万, 12.5亿; at most four decimal places, so that the figure stays exact.
std::string chinese_amount(Int128 value) {
  if (value < kMan) return digits_of(value);
  const bool large = value >= kEok && value % kMan == 0;
  const Int128 unit = large ? kEok : kMan;
  std::string out = digits_of(value / unit);
  std::string places = digits_of(kMan + value % unit / (unit / kMan)).substr(1);
  while (!places.empty() && places.back() == '0') places.pop_back();
  if (!places.empty()) out.append(".").append(places);
  return out + (large ? "亿" : "万");
}

// A capital letter at the start, unless the word has its own (eIDAS).
std::string capitalised(std::string text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 1 && lower(text[0]) && !upper(text[1]))
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

Wording::Wording(std::string_view lang)
    : language_(lang == "ko"   ? Language::ko
                : lang == "zh" ? Language::zh
                               : Language::en) {}

std::string_view Wording::tag() const {
  return language_ == Language::ko ? "ko" : language_ == Language::zh ? "zh-Hans" : "en";
}

std::string_view Wording::operator()(Word word) const {
  const Entry& entry = kWords[static_cast<std::size_t>(word)];
  return language_ == Language::ko ? entry.ko : language_ == Language::zh ? entry.zh : entry.en;
}

std::string Wording::operator()(Word word, std::initializer_list<std::string> values) const {
  const std::string_view pattern = (*this)(word);
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    if (!slot) {
      out += pattern[i];
      continue;
    }
    const auto place = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (place < values.size()) out += *(values.begin() + place);
    i += 2;
  }
  return out;
}

const std::string& Wording::in(const Texts& texts) const {
  return texts.in(language_ == Language::ko ? "ko" : language_ == Language::zh ? "zh" : "en");
}

std::string Wording::title(const Texts& texts) const { return capitalised(in(texts)); }
std::string Wording::title(Word word) const { return capitalised(std::string((*this)(word))); }

std::string_view Wording::status(std::string_view status) const {
  if (status == "due") return (*this)(Word::due);
  if (status == "upcoming") return (*this)(Word::upcoming);
  if (status == "undetermined") return (*this)(Word::undetermined);
  if (status == "ended") return (*this)(Word::ended);
  return (*this)(Word::not_applicable);
}

std::string_view Wording::severity(Severity severity) const {
  constexpr std::array words{Word::low, Word::medium, Word::high, Word::critical};
  return (*this)(words[static_cast<std::size_t>(severity)]);
}

std::string_view Wording::confidence(Confidence confidence) const {
  constexpr std::array words{Word::sure_high, Word::sure_medium, Word::sure_low};
  return (*this)(words[static_cast<std::size_t>(confidence)]);
}

std::string_view Wording::fulfilment(Fulfilment fulfilment) const {
  constexpr std::array words{Word::met, Word::partly, Word::unmet, Word::unverified, Word::waived};
  return (*this)(words[static_cast<std::size_t>(fulfilment)]);
}

std::string_view Wording::modality(Modality modality) const {
  constexpr std::array words{Word::must, Word::must_not, Word::effort, Word::should, Word::may};
  return (*this)(words[static_cast<std::size_t>(modality)]);
}

std::string_view Wording::truth(Truth truth) const {
  constexpr std::array words{Word::no, Word::yes, Word::unknown};
  return (*this)(words[static_cast<std::size_t>(truth)]);
}

std::string_view Wording::penalty(PenaltyKind kind) const {
  constexpr std::array words{
      Word::penalty_direct, Word::penalty_after_order,    Word::penalty_criminal,
      Word::penalty_civil,  Word::penalty_administrative, Word::penalty_private_action,
      Word::penalty_none};
  return (*this)(words[static_cast<std::size_t>(kind)]);
}

std::string_view Wording::piece(PieceState state) const {
  constexpr std::array words{Word::shown, Word::failed, Word::absent, Word::unchecked};
  return (*this)(words[static_cast<std::size_t>(state)]);
}

std::string Wording::jurisdiction(const std::string& id) const {
  if (id == "kr") return std::string((*this)(Word::place_kr));
  if (id == "eu") return std::string((*this)(Word::place_eu));
  if (id == "cn") return std::string((*this)(Word::place_cn));
  if (id == "us") return std::string((*this)(Word::place_us));
  if (id == "core") return std::string((*this)(Word::place_core));
  return id;
}

std::string Wording::date(Day day) const {
  if (day == kNoDay) return "-";
  const CivilDate civil = civil_of(day);
  const std::string year = std::to_string(civil.year);
  const std::string month = std::to_string(civil.month), number = std::to_string(civil.day);
  if (language_ == Language::ko) return year + ". " + month + ". " + number + ".";
  if (language_ == Language::zh) return year + "年" + month + "月" + number + "日";
  return to_string(day);
}

std::string Wording::money(const Number& amount, const std::string& currency) const {
  const Int128 value = amount.floor().numerator();
  if (value < 0) return amount.text() + " " + currency;
  if (language_ == Language::en) {
    return (currency.empty() ? "" : currency + " ") + grouped(digits_of(value));
  }
  const bool korean = language_ == Language::ko;
  std::string unit = currency;
  for (const auto& each : kCurrencies) {
    if (each.code == currency) unit = korean ? each.ko : each.zh;
  }
  return (korean ? korean_amount(value) : chinese_amount(value)) + unit;
}

std::string Wording::count(std::size_t number) const { return grouped(std::to_string(number)); }

std::string Wording::list(const std::vector<std::string>& items) const {
  std::string out;
  for (const auto& each : items) {
    if (!out.empty()) out += language_ == Language::zh ? "、" : ", ";
    out += each;
  }
  return out;
}

std::string Wording::labelled(std::string_view label, std::string_view text) const {
  return std::string(label) + (language_ == Language::zh ? "：" : ": ") + std::string(text);
}

std::string Wording::bracketed(std::string_view text) const {
  const std::string inner(text);
  if (language_ == Language::zh) return "（" + inner + "）";
  return (language_ == Language::ko ? "(" : " (") + inner + ")";
}

std::string first_sentence(const std::string& text) {
  static constexpr std::string_view kFullStop = "。";
  const std::size_t han = text.find(kFullStop);
  if (han != std::string::npos) return text.substr(0, han + kFullStop.size());
  for (std::size_t at = text.find(". "); at != std::string::npos; at = text.find(". ", at + 1)) {
    const std::size_t space = text.rfind(' ', at);
    const std::size_t letters = at - (space == std::string::npos ? 0 : space + 1);
    const bool in_date = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    if (!in_date && letters > 3) return text.substr(0, at + 1);  // "v." ends no sentence
  }
  return text;
}

std::string chinese_numeral(int number) {
  static constexpr std::string_view kDigits[] = {"零", "一", "二", "三", "四",
                                                 "五", "六", "七", "八", "九"};
  static constexpr std::string_view kPlaces[] = {"", "十", "百", "千"};
  if (number <= 0 || number > 9999) return std::to_string(number);
  std::string out;
  bool gap = false;
  for (int place = 3, unit = 1000; place >= 0; --place, unit /= 10) {
    const int digit = number / unit % 10;
    if (digit == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += kDigits[0];
    gap = false;
    const bool bare_ten = place == 1 && digit == 1 && out.empty();
    if (!bare_ten) out += kDigits[digit];
    out += kPlaces[place];
  }
  return out;
}

}  // namespace pandect::reports
