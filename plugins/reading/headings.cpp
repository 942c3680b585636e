#include "plugins/reading/headings.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostSections = 20'000;

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Words that only say that nothing is written yet.
bool is_placeholder(std::string_view line) {
  static constexpr std::array<std::string_view, 12> kWords{
      "todo", "tbd", "tba",      "tobedone", "tobedefined", "fixme",
      "na",   "xxx", "추후작성", "작성예정", "待补充",      "待定"};
  const std::string key = heading_key(line);
  return std::find(kWords.begin(), kWords.end(), key) != kWords.end();
}

std::size_t weight(std::string_view line) {
  if (is_placeholder(line)) return 0;
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), is_word));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Section> run() {
    std::size_t start = 0;
    std::string_view before;
    while (start <= text_.size()) {
      const std::size_t end = std::min(text_.find('\n', start), text_.size());
      const std::string_view line = trim(text_.substr(start, end - start));
      ++number_;
      read(line, before);
      before = line;
      start = end + 1;
    }
    return std::move(sections_);
  }

 private:
  void read(std::string_view line, std::string_view before) {
    if (line.starts_with("```") || line.starts_with("~~~")) fenced_ = !fenced_;
    if (fenced_) return body(line);
    if (underline(line, before)) return;
    if (auto section = heading(line); section && sections_.size() < kMostSections) {
      add(std::move(*section));
      return;
    }
    body(line);
  }

  void body(std::string_view line) {
    const std::size_t more = weight(line);
    last_ = more;
    counted_.assign(open_.begin(), open_.end());
    for (const std::size_t index : open_) sections_[index].body += more;
  }

  void add(Section section) {
    section.line = section.line == 0 ? number_ : section.line;
    while (!open_.empty() && sections_[open_.back()].level >= section.level) open_.pop_back();
    open_.push_back(sections_.size());
    sections_.push_back(std::move(section));
    last_ = 0;
    counted_.clear();
  }

  // Setext: the line before was the heading, and was counted as body already.
  bool underline(std::string_view line, std::string_view before) {
    if (line.size() < 3 || before.empty() || last_ == 0) return false;
    const char mark = line[0];
    if ((mark != '=' && mark != '-') || line.find_first_not_of(mark) != std::string_view::npos)
      return false;
    for (const std::size_t index : counted_) sections_[index].body -= last_;
    Section section;
    section.level = mark == '=' ? 1 : 2;
    section.line = number_ - 1;
    section.title = before;
    add(std::move(section));
    return true;
  }

  static std::optional<Section> heading(std::string_view line) {
    if (auto found = marked(line, '#')) return found;
    if (auto found = marked(line, '=')) return found;
    return numbered(line);
  }

  static std::optional<Section> marked(std::string_view line, char mark) {
    std::size_t level = 0;
    while (level < line.size() && line[level] == mark) ++level;
    if (level == 0 || level > 6 || level >= line.size() || line[level] != ' ') return std::nullopt;
    Section section;
    section.level = static_cast<int>(level);
    std::string_view title = trim(line.substr(level));
    while (!title.empty() && (title.back() == mark || title.back() == ' ')) title.remove_suffix(1);
    section.title = title;
    return section;
  }

  // "3. Title", "3.2 Title", "제3조 ...", "三、...", "(1) ..." on a short line without a full stop.
  static std::optional<Section> numbered(std::string_view line) {
    constexpr std::size_t kLongest = 120;
    if (line.empty() || line.size() > kLongest || line.back() == '.' || line.back() == ';' ||
        line.ends_with("。") || line.ends_with("다.") || line.ends_with("；"))
      return std::nullopt;
    std::size_t at = 0, groups = 0;
    while (at < line.size() && line[at] >= '0' && line[at] <= '9') {
      while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at;
      ++groups;
      if (at < line.size() && line[at] == '.') ++at;
    }
    if (groups > 0 && at < line.size() && line[at] == ' ' && (line[at - 1] == '.' || groups > 1))
      return titled(groups, line.substr(at));
    static constexpr std::array<std::string_view, 10> kChinese{
        "一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、"};
    for (const auto each : kChinese) {
      if (line.starts_with(each)) return titled(1, line.substr(each.size()));
    }
    return std::nullopt;
  }
  static Section titled(std::size_t level, std::string_view title) {
    Section section;
    section.level = static_cast<int>(level);
    section.title = trim(title);
    return section;
  }

  std::string_view text_;
  int number_ = 0;
  bool fenced_ = false;
  std::size_t last_ = 0;
  std::vector<std::size_t> open_, counted_;
  std::vector<Section> sections_;
};

// HTML as lines: headings become `# ...`, other tags and comments go, lines keep their numbers.
std::string plain_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  const auto keep_lines = [&](std::string_view part) {
    out.append(static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n')), '\n');
  };
  while (at < text.size()) {
    if (text[at] != '<') {
      out += text[at++];
      continue;
    }
    const bool comment = text.substr(at).starts_with("<!--");
    const auto close = comment ? text.find("-->", at) : text.find('>', at);
    if (close == std::string_view::npos) break;
    const auto tag = text.substr(at, close - at);
    if (tag.size() == 3 || (tag.size() > 3 && tag[3] == ' ')) {
      if ((tag[1] == 'h' || tag[1] == 'H') && tag[2] >= '1' && tag[2] <= '6') {
        if (!out.empty() && out.back() != '\n') out += ' ';
        out += std::string(static_cast<std::size_t>(tag[2] - '0'), '#') + " ";
      }
    }
    keep_lines(tag);
    at = close + (comment ? 3 : 1);
  }
  return out;
}

}  // namespace

bool has_sections(std::string_view extension) {
  static constexpr std::array<std::string_view, 10> kKnown{
      "md", "markdown", "mdx", "adoc", "asciidoc", "html", "htm", "txt", "rst", ""};
  return std::find(kKnown.begin(), kKnown.end(), extension) != kKnown.end();
}

std::vector<Section> sections_of(std::string_view extension, std::string_view text) {
  if (extension == "html" || extension == "htm") return Reader(plain_html(text)).run();
  return Reader(text).run();
}

std::string heading_key(std::string_view title) {
  std::string key;
  for (const char c : title) {
    if (!is_word(c)) continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto first = key.find_first_not_of("0123456789");
  if (first != std::string::npos) key.erase(0, first);
  return key;
}

}  // namespace pandect::plugins
