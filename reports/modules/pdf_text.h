// Text of a PDF: fonts by language, colours, lines, and links on them. Knows nothing of pages.
#pragma once

#include "reports/document.h"

#include <memory>
#include <string>
#include <vector>

#include <pango/pangocairo.h>

namespace pandect::reports::pdf {

struct Colour {
  double red, green, blue;
};
constexpr Colour kInk{0.11, 0.14, 0.17}, kFaint{0.35, 0.40, 0.45}, kRule{0.80, 0.83, 0.86};
constexpr Colour kAlarm{0.65, 0.11, 0.11}, kWarning{0.50, 0.31, 0.0}, kGood{0.10, 0.40, 0.24};
constexpr Colour kLink{0.04, 0.30, 0.58}, kPaper{1, 1, 1}, kPanel{0.945, 0.953, 0.961};

Colour colour_of(Tone tone);
Colour colour_of(Shape::Role role);
void set(cairo_t* cr, Colour colour);

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

struct LinkRange {
  int start, end;
  std::string url;
};

struct Text {
  Owned<PangoLayout> layout;
  std::vector<LinkRange> links;
  int lines() const { return pango_layout_get_line_count(layout.get()); }
};

double line_height(const Text& text, int line);
double height_of(const Text& text);
// Draws a line with its links; `y` is its upper edge.
void draw_line(cairo_t* cr, const Text& text, int line, double x, double y);

// Sets text in the fonts of one language.
class Typesetter {
 public:
  explicit Typesetter(const std::string& lang);  // en, ko, zh-Hans
  // A negative width: one line.
  Text text(const Spans& spans, double width, double size, bool bold = false) const;

 private:
  const char* family() const;

  std::string lang_;
  Owned<PangoFontMap> map_;
  Owned<PangoContext> context_;
  PangoLanguage* language_ = nullptr;
};

}  // namespace pandect::reports::pdf
