#include "reports/modules/pdf_text.h"

#include <algorithm>
#include <array>

#include <cairo-pdf.h>

namespace pandect::reports::pdf {
namespace {

constexpr double kLeading = 1.18;

double height_of_line(PangoLayoutLine* line) {
  int height = 0;
  pango_layout_line_get_height(line, &height);
  return height * kLeading / PANGO_SCALE;
}

// In the attribute of a tag of cairo; addresses come percent-encoded.
std::string quoted(const std::string& url) {
  std::string out = "'";
  for (const char c : url) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

void draw_link(cairo_t* cr, PangoLayoutLine* line, const LinkRange& link, double x, double y) {
  const int first = std::max(link.start, line->start_index);
  const int last = std::min(link.end, line->start_index + line->length);
  if (first >= last) return;
  int* ranges = nullptr;
  int count = 0;
  pango_layout_line_get_x_ranges(line, first, last, &ranges, &count);
  for (int i = 0; i < count; ++i) {
    const double from = static_cast<double>(ranges[2 * i]) / PANGO_SCALE,
                 to = static_cast<double>(ranges[2 * i + 1]) / PANGO_SCALE;
    std::array<char, 120> box{};
    g_ascii_formatd(box.data(), 24, "%.2f", x + from);
    std::string rect = "rect=[" + std::string(box.data());
    for (const double value : {y, to - from, height_of_line(line)}) {
      g_ascii_formatd(box.data(), 24, "%.2f", value);
      rect.append(" ").append(box.data());
    }
    rect += "] uri=" + quoted(link.url);
    cairo_tag_begin(cr, CAIRO_TAG_LINK, rect.c_str());
    cairo_tag_end(cr, CAIRO_TAG_LINK);
  }
  g_free(ranges);
}

// Korean breaks between words; pango would break between syllables. What is longer than this may.
constexpr std::size_t kLongestWord = 18;

void keep_words(const std::string& text, PangoAttrList* attributes) {
  std::size_t start = 0, letters = 0;
  bool hangul = false;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const auto byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0x20U;
    if (byte == 0x20 || byte == 0x0A) {
      if (hangul && letters <= kLongestWord) {
        PangoAttribute* whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = static_cast<guint>(start);
        whole->end_index = static_cast<guint>(at);
        pango_attr_list_insert(attributes, whole);
      }
      start = at + 1, letters = 0, hangul = false;
      continue;
    }
    if ((byte & 0xC0) != 0x80) ++letters;
    hangul = hangul || (byte >= 0xEA && byte <= 0xED);
  }
}

}  // namespace

Colour colour_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
    case Tone::strong:
      return kInk;
    case Tone::faint:
      return kFaint;
    case Tone::alarm:
      return kAlarm;
    case Tone::warning:
      return kWarning;
    case Tone::good:
      return kGood;
  }
  return kInk;
}

Colour colour_of(Shape::Role role) {
  switch (role) {
    case Shape::Role::axis:
    case Shape::Role::label:
      return kInk;
    case Shape::Role::grid:
      return kRule;
    case Shape::Role::today:
    case Shape::Role::faint:
      return kFaint;
    case Shape::Role::begins:
      return kLink;
    case Shape::Role::deadline:
      return kWarning;
    case Shape::Role::overdue:
      return kAlarm;
    case Shape::Role::inside:
      return kPaper;
  }
  return kInk;
}

void set(cairo_t* cr, Colour colour) {
  cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue);
}

double line_height(const Text& text, int line) {
  return height_of_line(pango_layout_get_line_readonly(text.layout.get(), line));
}

double height_of(const Text& text) {
  double sum = 0;
  for (int i = 0; i < text.lines(); ++i) sum += line_height(text, i);
  return sum;
}

void draw_line(cairo_t* cr, const Text& text, int index, double x, double y) {
  PangoLayoutLine* line = pango_layout_get_line_readonly(text.layout.get(), index);
  PangoRectangle logical;
  pango_layout_line_get_extents(line, nullptr, &logical);
  const double height = height_of_line(line);
  const double base =
      y + (height - height / kLeading) / 2 - static_cast<double>(logical.y) / PANGO_SCALE;
  set(cr, kInk);
  cairo_move_to(cr, x, base);
  pango_cairo_show_layout_line(cr, line);
  for (const auto& link : text.links) draw_link(cr, line, link, x, y);
}

Typesetter::Typesetter(const std::string& lang) : lang_(lang) {
  map_.reset(pango_cairo_font_map_new());
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
  context_.reset(pango_font_map_create_context(map_.get()));
  language_ = pango_language_from_string(lang == "zh-Hans" ? "zh-cn" : lang.c_str());
  pango_context_set_language(context_.get(), language_);
  pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

const char* Typesetter::family() const {
  if (lang_ == "ko") return "Noto Sans CJK KR, Noto Sans, sans-serif";
  if (lang_ == "zh-Hans") return "Noto Sans CJK SC, Noto Sans, sans-serif";
  return "Noto Sans, Noto Sans CJK KR, sans-serif";
}

Text Typesetter::text(const Spans& spans, double width, double size, bool bold) const {
  Text out;
  out.layout.reset(pango_layout_new(context_.get()));
  PangoLayout* layout = out.layout.get();
  PangoFontDescription* font = pango_font_description_from_string(family());
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  if (bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_width(layout, width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout, 1.18F);
  std::string whole;
  PangoAttrList* attributes = pango_attr_list_new();
  for (const auto& span : spans) {
    const auto start = static_cast<guint>(whole.size());
    whole += span.text;
    const auto end = static_cast<guint>(whole.size());
    const auto add = [&](PangoAttribute* attribute) {
      attribute->start_index = start;
      attribute->end_index = end;
      pango_attr_list_insert(attributes, attribute);
    };
    const Colour colour = span.url.empty() ? colour_of(span.tone) : kLink;
    const auto part = [](double value) { return static_cast<guint16>(value * 65'535); };
    add(pango_attr_foreground_new(part(colour.red), part(colour.green), part(colour.blue)));
    if (span.tone == Tone::strong || span.tone == Tone::alarm)
      add(pango_attr_weight_new(PANGO_WEIGHT_BOLD));
    add(pango_attr_language_new(language_));
    if (!span.url.empty())
      out.links.push_back({static_cast<int>(start), static_cast<int>(end), span.url});
  }
  if (lang_ == "ko") keep_words(whole, attributes);
  pango_layout_set_text(layout, whole.data(), static_cast<int>(whole.size()));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  return out;
}

}  // namespace pandect::reports::pdf
