#include "reports/citation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

namespace pandect::reports {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == mark) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

// "1a" -> 一a
std::string han(const std::string& value) {
  std::size_t digits = 0;
  while (digits < value.size() && is_digit(value[digits])) ++digits;
  if (digits == 0 || digits > 4) return value;
  return chinese_numeral(std::stoi(value.substr(0, digits))) + value.substr(digits);
}

std::string roman(const std::string& value) {
  static constexpr std::array numerals{"",     "I",  "II", "III", "IV",  "V",    "VI", "VII",
                                       "VIII", "IX", "X",  "XI",  "XII", "XIII", "XIV"};
  if (value.empty() || value.size() > 2 || !std::all_of(value.begin(), value.end(), is_digit)) {
    return value;
  }
  const auto index = static_cast<std::size_t>(std::stoi(value));
  return index > 0 && index < numerals.size() ? numerals[index] : value;
}

std::string korean_letter(const std::string& value) {
  static const std::map<std::string, std::string> letters{
      {"ga", "가"}, {"na", "나"}, {"da", "다"}, {"ra", "라"}, {"ma", "마"},
      {"ba", "바"}, {"sa", "사"}, {"a", "아"},  {"ja", "자"}, {"cha", "차"},
      {"ka", "카"}, {"ta", "타"}, {"pa", "파"}, {"ha", "하"}};
  const auto found = letters.find(value);
  return found == letters.end() ? value : found->second;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// One step of an id, such as `par-1`, in the three languages.
class Place {
 public:
  Place(std::string_view instrument, Language language)
      : family_(instrument.substr(0, 2)), language_(language) {}

  void step(const std::string& segment) {
    const std::size_t dash = segment.find('-');
    const std::string name = segment.substr(0, dash);
    const std::string value = dash == std::string::npos ? "" : segment.substr(dash + 1);
    if (family_ == "us" || !known(name, value)) other(segment);
    last_ = name;
  }
  std::string text() const { return text_; }

 private:
  void say(const std::string& en, const std::string& ko, const std::string& zh) {
    const std::string& part = language_ == Language::ko ? ko : language_ == Language::zh ? zh : en;
    if (text_.empty() && !part.empty() && (part[0] == ' ' || part[0] == ',')) {
      text_ = part.substr(part.find_first_not_of(", "));
    } else {
      text_ += part;
    }
  }

  bool known(const std::string& name, const std::string& v) {
    if (name == "annex") {
      annex(v);
    } else if (v.empty()) {
      return false;
    } else if (name == "art") {
      article(v);
    } else if (name == "par") {
      say("(" + v + ")", "제" + v + "항", "第" + han(v) + "款");
    } else if (name == "para") {
      say(", para " + v, "제" + v + "항", "第" + han(v) + "款");
    } else if (name == "item") {
      item(v);
    } else if (name == "sub") {
      sub(v);
    } else if (name == "num") {
      say(v + ")", " " + v + ")", v + ")");
    } else if (name == "point") {
      point(v);
    } else if (name == "sec") {
      section(v);
    } else if (name == "sentence") {
      say(", sentence " + v, " 제" + v + "문", "第" + han(v) + "句");
    } else if (name == "addenda") {
      say("Addenda (" + v + ")", "부칙(" + v + ")", "附则（" + v + "）");
    } else if (name == "clause") {
      say("clause " + v, "제" + v + "항", "第" + han(v) + "点");
    } else {
      return false;
    }
    return true;
  }

  void article(const std::string& v) {
    const std::string before = text_.empty() ? "" : " ";
    const std::size_t dash = v.find('-');
    const std::string main = v.substr(0, dash);
    const std::string branch = dash == std::string::npos ? "" : v.substr(dash + 1);
    say(before + "Art " + v, before + "제" + main + "조" + (branch.empty() ? "" : "의" + branch),
        "第" + han(main) + "条" + (branch.empty() ? "" : "之" + han(branch)));
  }

  void annex(const std::string& v) {
    in_annex_ = true;
    if (family_ == "kr") return say("Annex " + v, "별표 " + v, "附表" + v);
    const std::string number = v.empty() ? "" : std::string(" ").append(roman(v));
    say("Annex" + number, "부속서" + number, "附件" + han(v));
  }

  void item(const std::string& v) {
    const std::string ko = (in_annex_ ? " 제" : "제") + v + "호";
    const std::string zh = "第" + han(v) + "项";
    if (in_annex_ || family_ != "kr") return say(", item " + v, ko, zh);
    say(last_ == "art" ? "(" + v + ")" : v, ko, zh);
  }

  void sub(const std::string& v) {
    if (family_ == "kr") {
      const std::string letter = korean_letter(v);
      return say("(" + letter + ")", letter + "목", letter + "目");
    }
    say(", subpara " + v, " 제" + v + "단", "第" + han(v) + "段");
  }

  void point(const std::string& v) {
    if (in_annex_) return say(" point " + v, " 제" + v + "호", "第" + v + "点");
    say("(" + v + ")", "제" + v + "호", "第" + v + "项");
  }

  void section(const std::string& v) {
    if (!in_annex_) return say(" " + v, " " + v, " " + v);
    const std::string letter = upper(v);
    const bool number = is_digit(letter[0]);
    say(std::string(" Section ").append(letter),
        std::string(number ? " 제" : " ").append(letter).append("절"),
        std::string(number ? "第" : "").append(letter).append("节"));
  }

  // Letters of the EU and China, sections of the United States, and what stands in no scheme.
  void other(const std::string& segment) {
    if (segment == "all") return;
    if (family_ == "us") return american(segment);
    if (!text_.empty()) {
      if (is_letter(segment)) say("(" + segment + ")", " (" + segment + ")", "(" + segment + ")项");
      return;  // words of the register that nobody cites
    }
    if (has_digit(segment)) say(" " + segment, " " + segment, " " + segment);
  }
  static bool is_letter(const std::string& text) {
    if (text.size() == 1) return text[0] >= 'a' && text[0] <= 'z';
    return !text.empty() && text.find_first_not_of("ivx") == std::string::npos;
  }

  void american(const std::string& segment) {
    const std::string mark = "§ ";
    if (text_.empty()) {
      if (segment.rfind("labor-", 0) == 0) return code("Lab. Code ", segment.substr(6));
      if (segment.rfind("gov-", 0) == 0) return code("Gov. Code ", segment.substr(4));
      if (is_digit(segment[0])) return code("", segment);
      if (segment.rfind("sec", 0) == 0 && has_digit(segment)) {
        const std::string number = segment.substr(3);
        return say("sec. " + number, "제" + number + "조", "第" + number + "条");
      }
      if (has_digit(segment)) say(" " + segment, " " + segment, " " + segment);
      return;
    }
    for (const auto& part : split(segment, '.')) {
      if (part.size() <= 4 && !part.empty()) text_ += "(" + part + ")";
    }
  }
  void code(const std::string& name, const std::string& number) {
    say(name + "§ " + number, name + "§ " + number, name + "第" + number + "条");
  }

  std::string_view family_;
  Language language_;
  std::string last_, text_;
  bool in_annex_ = false;
};

bool is_within(const Citation& inner, const Citation& outer) {
  const std::size_t size = outer.provision.size();
  if (inner.provision.size() <= size || inner.provision.compare(0, size, outer.provision) != 0)
    return false;
  const bool american = inner.provision.rfind("us-", 0) == 0;
  return inner.provision[size] == ':' ||
         (american && inner.provision[size] == '.' && !is_digit(outer.provision[size - 1]));
}

}  // namespace

std::string place_of(const std::string& provision, const Wording& words) {
  const auto segments = split(provision, ':');
  Place place(segments[0], words.language());
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (!segments[i].empty()) place.step(segments[i]);
  }
  return place.text();
}

std::string cite(const Citation& citation, const Wording& words) {
  std::string title = words.in(citation.instrument_title);
  if (title.empty()) title = citation.instrument;
  const std::string place = place_of(citation.provision, words);
  if (place.empty()) return title;
  const bool tight = words.language() == Language::zh && (place[0] & 0x80) != 0;
  return title + (tight ? "" : " ") + place;
}

std::vector<CitePart> cite_parts(const std::vector<Citation>& list, const Wording& words) {
  const bool chinese = words.language() == Language::zh;
  std::vector<CitePart> out;
  std::string instrument;
  std::set<std::string> seen;
  for (const auto& each : list) {
    const bool covered = std::any_of(list.begin(), list.end(),
                                     [&](const Citation& other) { return is_within(each, other); });
    const std::string whole = cite(each, words), place = place_of(each.provision, words);
    const bool same = !out.empty() && each.instrument == instrument;
    if (covered || (same && place.empty()) || !seen.insert(whole).second) continue;
    const char* mark = out.empty() ? "" : same ? (chinese ? "、" : ", ") : (chinese ? "；" : "; ");
    out.push_back({mark, same ? place : whole, each.url});
    instrument = each.instrument;
  }
  return out;
}

std::string cites(const std::vector<Citation>& list, const Wording& words, std::size_t most) {
  const auto parts = cite_parts(list, words);
  std::string out;
  for (std::size_t i = 0; i < parts.size() && i < most; ++i) out += parts[i].mark + parts[i].text;
  return parts.size() > most ? out + " +" + std::to_string(parts.size() - most) : out;
}

}  // namespace pandect::reports
