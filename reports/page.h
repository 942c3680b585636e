// A page of plain text on a terminal or in a pipe: lines of a bounded width, coloured as a whole.
#pragma once

#include <string>

namespace pandect::reports {

enum class Style { plain, strong, faint, alarm, good, heading };

class Page {
 public:
  Page(int width, bool colour);

  int width() const { return width_; }
  void blank();
  void line(const std::string& text, Style style = Style::plain);
  void heading(const std::string& text);
  // `first` starts the first line; the others hang below it.
  void block(const std::string& first, const std::string& text, Style style = Style::plain);
  // Like a block, but at most `most` lines; what is cut off is marked.
  void bounded(const std::string& first, const std::string& text, std::size_t most,
               Style style = Style::plain);
  std::string take() { return std::move(text_); }

 private:
  int width_;
  bool colour_;
  std::string text_;
};

}  // namespace pandect::reports
