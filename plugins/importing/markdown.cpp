#include "plugins/importing/markdown.h"

#include <algorithm>

namespace pandect::plugins {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string_view take_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  return line;
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  while (cells.size() < 64) {
    const std::size_t bar = line.find('|');
    cells.push_back(plain(trimmed(line.substr(0, bar))));
    if (bar == std::string_view::npos) break;
    line.remove_prefix(bar + 1);
  }
  return cells;
}

bool is_rule(std::string_view line) {  // |---|:--:|
  return line.find('-') != std::string_view::npos &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool starts_item(std::string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")) return true;
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits > 0 && digits < 4 && digits != std::string_view::npos &&
         (line[digits] == '.' || line[digits] == ')');
}

// A line that is nothing but bold words heads what follows.
bool is_bold_line(std::string_view line) {
  const std::size_t open = line.find("**");
  if (open == std::string_view::npos || open > 8) return false;
  const std::size_t close = line.find("**", open + 2);
  if (close == std::string_view::npos || close - open > 80) return false;
  return line.find_first_not_of(": \t", close + 2) == std::string_view::npos;
}

// `Label: value`, the label at most six words.
std::string label_of(std::string_view text) {
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos || colon > 120 || colon == 0) return {};
  const std::string_view label = trimmed(text.substr(0, colon));
  const bool short_one =
      std::count(label.begin(), label.end(), ' ') < 6 || label.find('(') != std::string_view::npos;
  return short_one && label.find_first_of(".!?;") == std::string_view::npos ? std::string(label)
                                                                            : std::string();
}

class Reader {
 public:
  Reader(std::string_view text, int line,
         const std::function<std::string(const std::string&)>& role_of)
      : text_(text), line_(line), role_of_(role_of) {}

  Card read() {
    for (std::size_t at = 0; at < text_.size() && card_.passages.size() < kCardPassages; ++line_)
      take(take_line(text_, at));
    flush();
    return std::move(card_);
  }

 private:
  struct Head {
    int level;
    std::string text, role;
  };

  void take(std::string_view raw) {
    const std::string_view line = trimmed(raw);
    if (line.starts_with("```") || line.starts_with("~~~")) {
      flush();
      in_code_ = !in_code_;
      return;
    }
    if (in_code_) return;
    if (in_comment_ || line.starts_with("<!--")) {
      flush();
      in_comment_ = line.find("-->") == std::string_view::npos;
      return;
    }
    if (line.empty() || line == "---" || line == "***") {
      flush();
      table_.clear();
      return;
    }
    if (line.starts_with('#')) return heading(line);
    if (is_bold_line(line)) {
      flush();
      return push_heading(10, plain(line));
    }
    if (line.find('|') != std::string_view::npos &&
        (line.starts_with('|') || !table_.empty() || line.find(" | ") != std::string_view::npos))
      return table(line);
    table_.clear();
    if (starts_item(line)) flush();
    if (pending_.empty()) pending_line_ = line_;
    if (pending_.size() < 4000) {
      pending_ += (pending_.empty() ? "" : "\n");
      pending_ += line;
    }
    if (pending_.size() >= 4000) flush();
  }

  void heading(std::string_view line) {
    flush();
    table_.clear();
    const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    const std::string text = plain(trimmed(line.substr(level)));
    const bool title = card_.title.empty() && level == 1;
    if (title) {
      card_.title = text.substr(0, 200);
      card_.title_line = line_;
    }
    push_heading(static_cast<int>(level), text, title);
  }

  // The title names the model; a word in it is no section.
  void push_heading(int level, const std::string& text, bool title = false) {
    while (!heads_.empty() && heads_.back().level >= level) heads_.pop_back();
    std::string role = title ? std::string() : role_of_(text);
    if (role.empty() && !heads_.empty()) role = heads_.back().role;
    heads_.push_back({level, text, std::move(role)});
  }

  Passage passage(int line) const {
    Passage made;
    made.line = line;
    if (!heads_.empty()) {
      made.heading = heads_.back().text;
      made.role = heads_.back().role;
    }
    return made;
  }

  void table(std::string_view line) {
    flush();
    if (is_rule(line)) return;
    auto cells = cells_of(line);
    if (table_.empty()) {
      table_ = cells;
      if (table_.size() != 2) return;
    }
    Passage row = passage(line_);
    row.raw = line;
    for (const auto& cell : cells) row.text += (row.text.empty() ? "" : ": ") + cell;
    if (cells.size() == 2) {
      row.label = cells[0];
    } else {
      row.cells = std::move(cells);
      row.header = table_;
    }
    card_.passages.push_back(std::move(row));
  }

  // A paragraph or item, sentence by sentence.
  void flush() {
    if (pending_.empty()) return;
    std::size_t start = 0;
    int line = pending_line_;
    for (std::size_t i = 0; i <= pending_.size(); ++i) {
      const bool end = i == pending_.size();
      const bool stop = !end && (pending_[i] == '.' || pending_[i] == '!' || pending_[i] == '?') &&
                        i > start + 3 && i + 1 < pending_.size() &&
                        (pending_[i + 1] == ' ' || pending_[i + 1] == '\n') &&
                        pending_.compare(i - 3, 3, "e.g") != 0;
      if (!end && !stop) continue;
      const std::string raw = pending_.substr(start, i - start + 1);
      Passage made = passage(line);
      made.raw = trimmed(raw);
      made.text = plain(raw);
      made.label = label_of(made.text);
      if (made.text.find_first_not_of(" \n") != std::string::npos &&
          card_.passages.size() < kCardPassages)
        card_.passages.push_back(std::move(made));
      line += static_cast<int>(std::count(raw.begin(), raw.end(), '\n'));
      start = i + 1;
    }
    pending_.clear();
  }

  std::string_view text_;
  int line_;
  const std::function<std::string(const std::string&)>& role_of_;
  Card card_;
  std::vector<Head> heads_;
  std::vector<std::string> table_;
  std::string pending_;
  int pending_line_ = 0;
  bool in_code_ = false, in_comment_ = false;
};

}  // namespace

FrontMatter front_matter(std::string_view card) {
  FrontMatter found;
  std::size_t at = card.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  found.body = at;
  int line = 1;
  std::size_t before = at;
  while (at < card.size()) {  // empty lines may stand before it
    before = at;
    const auto first = trimmed(take_line(card, at));
    if (first == "---") break;
    if (!first.empty()) return found;
    ++line;
  }
  if (at >= card.size() || trimmed(card.substr(before, 3)) != "---") return found;
  found.line = line + 1;
  found.text.assign(static_cast<std::size_t>(line), '\n');
  while (at < card.size()) {
    const auto next = take_line(card, at);
    if (next.starts_with("---") && trimmed(next) == "---") {
      found.present = true;
      found.body = at;
      return found;
    }
    found.text += next.ends_with('\r') ? next.substr(0, next.size() - 1) : next;
    found.text += '\n';
  }
  found.text.clear();  // it never ends: the whole file is text
  return found;
}

Card read_card(std::string_view text, int first_line,
               const std::function<std::string(const std::string&)>& role_of) {
  return Reader(text, first_line, role_of).read();
}

std::string plain(std::string_view markdown) {
  std::string text;
  text.reserve(markdown.size());
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    if (c == '*' || c == '`' || (c == '\\' && i + 1 < markdown.size())) continue;
    if (c == '{' || c == '}') continue;
    if (c == ']' && i + 1 < markdown.size() && markdown[i + 1] == '(') {
      const std::size_t close = markdown.find(')', i);
      if (close != std::string_view::npos && close - i < 2000) i = close;
      continue;
    }
    if (c == '[' || c == ']') continue;
    if (c == '<' && i + 1 < markdown.size() && markdown[i + 1] != ' ' && markdown[i + 1] != '=') {
      const std::size_t close = markdown.find('>', i);
      if (close != std::string_view::npos && close - i < 2000) i = close;
      continue;
    }
    if (c == '&') {
      const std::size_t end = markdown.find(';', i);
      if (end != std::string_view::npos && end - i < 10) {
        i = end;
        continue;
      }
    }
    if (c == '\n' || c == '\r') {
      if (!text.empty() && text.back() != ' ') text += ' ';
      continue;
    }
    text += c;
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  const std::size_t start = text.find_first_not_of(" -+\t");
  if (start != std::string::npos && start > 0) text.erase(0, start);
  return text;
}

}  // namespace pandect::plugins
