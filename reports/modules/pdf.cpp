// The module `pdf`: a document as the bytes of a PDF, through pango and cairo. Language tags choose
// the glyphs of Korean and Chinese. Reproducible: the only time in the file is the document's.
#include "reports/document.h"

#include "module_build.h"
#include "reports/modules/module_interface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace pandect::reports {
namespace {

constexpr double kPageWidth = 595.28, kPageHeight = 841.89;  // A4
constexpr double kLeft = 54, kRight = 54, kTop = 60, kBottom = 62;
constexpr double kWidth = kPageWidth - kLeft - kRight;
constexpr double kLowest = kPageHeight - kBottom;
constexpr double kCellPadding = 4;
constexpr double kWhole = 180;  // a row of a table up to this height is not cut in two

struct Colour {
  double red, green, blue;
};
constexpr Colour kInk{0.11, 0.14, 0.17}, kFaint{0.35, 0.40, 0.45}, kRule{0.80, 0.83, 0.86};
constexpr Colour kAlarm{0.65, 0.11, 0.11}, kWarning{0.50, 0.31, 0.0}, kGood{0.10, 0.40, 0.24};
constexpr Colour kLink{0.04, 0.30, 0.58}, kPaper{1, 1, 1}, kPanel{0.945, 0.953, 0.961};

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

using Draw = std::function<void(cairo_t*)>;

struct Bookmark {
  int level = 1;
  std::string title;
  std::size_t page = 0;
  double y = 0;
};

// In the attribute of a tag of cairo; addresses come percent-encoded.
std::string quoted(const std::string& url) {
  std::string out = "'";
  for (const char c : url) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

class Setter {
 public:
  explicit Setter(const Document& document) : document_(document) {
    map_.reset(pango_cairo_font_map_new());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
    context_.reset(pango_font_map_create_context(map_.get()));
    language_ = pango_language_from_string(document.lang == "zh-Hans" ? "zh-cn" : document.lang.c_str());
    pango_context_set_language(context_.get(), language_);
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
  }

  void lay_out() {
    pages_.emplace_back();
    y_ = kPageHeight * 0.17;
    for (const auto& block : document_.cover) place(block);
    if (document_.body.empty()) return;
    new_page();
    for (const auto& block : document_.body) place(block);
  }

  void draw(cairo_surface_t* surface) const {
    cairo_t* cr = cairo_create(surface);
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      for (const auto& each : pages_[i]) each(cr);
      if (i > 0) footer(cr, i);
      cairo_show_page(cr);
    }
    cairo_destroy(cr);
    outline(surface);
  }

 private:
  const char* family() const {
    if (document_.lang == "ko") return "Noto Sans CJK KR, Noto Sans, sans-serif";
    if (document_.lang == "zh-Hans") return "Noto Sans CJK SC, Noto Sans, sans-serif";
    return "Noto Sans, Noto Sans CJK KR, sans-serif";
  }

  Text text(const Spans& spans, double width, double size, bool bold = false) const {
    Text out;
    out.layout.reset(pango_layout_new(context_.get()));
    PangoLayout* layout = out.layout.get();
    PangoFontDescription* font = pango_font_description_from_string(family());
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    if (bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
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
    pango_layout_set_text(layout, whole.data(), static_cast<int>(whole.size()));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    return out;
  }

  static double line_height(PangoLayoutLine* line) {
    int height = 0;
    pango_layout_line_get_height(line, &height);
    return height * 1.18 / PANGO_SCALE;
  }
  static double height_of(const Text& text) {
    double sum = 0;
    for (int i = 0; i < text.lines(); ++i)
      sum += line_height(pango_layout_get_line_readonly(text.layout.get(), i));
    return sum;
  }

  void put(Draw draw) { pages_.back().push_back(std::move(draw)); }
  void new_page() {
    pages_.emplace_back();
    y_ = kTop;
  }
  void need(double height) {
    if (y_ + height > kLowest && y_ > kTop) new_page();
  }

  // One line at its place; a line outlives its layout only with it, hence the shared text.
  void put_line(const std::shared_ptr<Text>& text, int index, double x, double y) {
    put([=](cairo_t* cr) {
      PangoLayoutLine* line = pango_layout_get_line_readonly(text->layout.get(), index);
      PangoRectangle logical;
      pango_layout_line_get_extents(line, nullptr, &logical);
      const double extra = line_height(line) - line_height(line) / 1.18;
      const double base = y + extra / 2 - static_cast<double>(logical.y) / PANGO_SCALE;
      set(cr, kInk);
      cairo_move_to(cr, x, base);
      pango_cairo_show_layout_line(cr, line);
      for (const auto& link : text->links) put_link(cr, line, link, x, y);
    });
  }
  static void put_link(cairo_t* cr, PangoLayoutLine* line, const LinkRange& link, double x,
                       double y) {
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
      for (const double value : {y, to - from, line_height(line)}) {
        g_ascii_formatd(box.data(), 24, "%.2f", value);
        rect.append(" ").append(box.data());
      }
      rect += "] uri=" + quoted(link.url);
      cairo_tag_begin(cr, CAIRO_TAG_LINK, rect.c_str());
      cairo_tag_end(cr, CAIRO_TAG_LINK);
    }
    g_free(ranges);
  }

  void flow(Text made, double x) {
    const auto text = std::make_shared<Text>(std::move(made));
    for (int i = 0; i < text->lines(); ++i) {
      const double height =
          line_height(pango_layout_get_line_readonly(text->layout.get(), i));
      need(height);
      put_line(text, i, x, y_);
      y_ += height;
    }
  }

  void place(const Block& block) {
    switch (block.kind) {
      case Block::Kind::heading:
        return heading(block);
      case Block::Kind::text:
        flow(text(block.spans, kWidth, block.small ? 8 : 9.5), kLeft);
        y_ += 4;
        return;
      case Block::Kind::bullet:
        return bullet(block);
      case Block::Kind::table:
        return table(block);
      case Block::Kind::picture:
        return picture(block.picture);
      case Block::Kind::page_break:
        if (y_ > kTop) new_page();
        return;
      case Block::Kind::space:
        y_ += 12;
        return;
    }
  }

  void heading(const Block& block) {
    static constexpr std::array kSizes{24.0, 17.0, 12.5, 10.5};
    const auto level = static_cast<std::size_t>(std::clamp(block.level, 1, 4));
    const double size = kSizes[level - 1];
    Text made = text(block.spans, kWidth, size, true);
    if (y_ > kTop) y_ += level <= 2 ? 16 : 11;
    need(height_of(made) + (level <= 2 ? 110 : 70));  // never alone at the foot of a page
    std::string title;
    for (const auto& span : block.spans) title += span.text;
    bookmarks_.push_back({block.level, title, pages_.size() - 1, y_});
    flow(std::move(made), kLeft);
    if (level == 2) {
      const double y = y_ + 3;
      put([y](cairo_t* cr) {
        set(cr, kInk);
        cairo_set_line_width(cr, 1);
        cairo_move_to(cr, kLeft, y);
        cairo_line_to(cr, kLeft + kWidth, y);
        cairo_stroke(cr);
      });
      y_ += 8;
    }
    y_ += 3;
  }

  void bullet(const Block& block) {
    const double indent = 11 + 11.0 * std::min(block.level, 12);
    const double size = block.small ? 8 : 9.5;
    need(size * 1.6);
    const double y = y_ + size * 0.82;
    const bool top = block.level == 0;
    put([=](cairo_t* cr) {
      set(cr, kFaint);
      cairo_new_path(cr);
      cairo_arc(cr, kLeft + indent - 7, y, 1.3, 0, 2 * M_PI);
      if (top) {
        cairo_fill(cr);
      } else {
        cairo_set_line_width(cr, 0.6);
        cairo_stroke(cr);
      }
    });
    flow(text(block.spans, kWidth - indent, size), kLeft + indent);
    y_ += 2;
  }

  struct Row {
    std::vector<std::shared_ptr<Text>> cells;
    double height = 0;
  };
  Row row_of(const std::vector<Spans>& cells, const std::vector<double>& widths, bool head) const {
    Row row;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const Spans spans = i < cells.size() ? cells[i] : Spans{};
      auto made = std::make_shared<Text>(text(spans, widths[i] - 2 * kCellPadding, 8, head));
      row.height = std::max(row.height, height_of(*made));
      row.cells.push_back(std::move(made));
    }
    row.height += 2 * kCellPadding;
    return row;
  }

  void table(const Block& block) {
    double shares = 0;
    for (const auto& each : block.columns) shares += each.share;
    std::vector<double> widths;
    std::vector<Spans> titles;
    for (const auto& each : block.columns) {
      widths.push_back(kWidth * each.share / shares);
      titles.push_back({{each.title, Tone::plain, {}}});
    }
    const Row head = row_of(titles, widths, true);
    bool first = true;
    for (const auto& cells : block.rows) {
      const Row row = row_of(cells, widths, false);
      const double wanted = std::min(row.height, kWhole);
      if (first || y_ + wanted > kLowest) {
        if (y_ + wanted + (first ? head.height : 0) > kLowest && y_ > kTop) new_page();
        put_head(head, widths);
        first = false;
      }
      put_row(row, head, widths);
    }
    y_ += 8;
  }
  void put_head(const Row& head, const std::vector<double>& widths) {
    const double y = y_, height = head.height;
    put([=](cairo_t* cr) {
      set(cr, kPanel);
      cairo_rectangle(cr, kLeft, y, kWidth, height);
      cairo_fill(cr);
    });
    std::vector<int> done(head.cells.size(), 0);
    put_lines(head, widths, done);
    y_ = y + height;
  }
  // As many lines of each cell as the page takes, from `done` on; true if any are left.
  bool put_lines(const Row& row, const std::vector<double>& widths, std::vector<int>& done) {
    double x = kLeft, lowest = y_;
    bool left = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      double y = y_ + kCellPadding;
      const auto& text = row.cells[i];
      while (done[i] < text->lines()) {
        const double height =
            line_height(pango_layout_get_line_readonly(text->layout.get(), done[i]));
        if (y + height > kLowest) break;
        put_line(text, done[i]++, x + kCellPadding, y);
        y += height;
      }
      left = left || done[i] < text->lines();
      lowest = std::max(lowest, y + kCellPadding);
      x += widths[i];
    }
    y_ = lowest;
    return left;
  }
  void put_row(const Row& row, const Row& head, const std::vector<double>& widths) {
    std::vector<int> done(row.cells.size(), 0);
    while (put_lines(row, widths, done)) {
      new_page();
      put_head(head, widths);
    }
    const double y = y_;
    put([y](cairo_t* cr) {
      set(cr, kRule);
      cairo_set_line_width(cr, 0.5);
      cairo_move_to(cr, kLeft, y);
      cairo_line_to(cr, kLeft + kWidth, y);
      cairo_stroke(cr);
    });
  }

  void picture(const Picture& model) {
    if (model.width <= 0) return;
    const double scale = std::min(1.0, kWidth / model.width);
    need(model.height * scale + 8);
    const double top = y_;
    for (const auto& shape : model.shapes) {
      if (shape.kind == Shape::Kind::text) {
        label(shape, top, scale);
      } else {
        put([=](cairo_t* cr) { draw_shape(cr, shape, top, scale); });
      }
    }
    y_ += model.height * scale + 8;
  }
  void label(const Shape& shape, double top, double scale) {
    Tone tone = Tone::plain;
    if (shape.role == Shape::Role::faint || shape.role == Shape::Role::today) tone = Tone::faint;
    const auto made = std::make_shared<Text>(text({{shape.text, tone, {}}}, -1, shape.size * scale));
    pango_layout_set_width(made->layout.get(), -1);
    const bool inside = shape.role == Shape::Role::inside;
    put([=](cairo_t* cr) {
      int width = 0, height = 0;
      PangoLayout* layout = made->layout.get();
      if (inside) pango_layout_set_attributes(layout, nullptr);
      pango_layout_get_size(layout, &width, &height);
      const double shown = static_cast<double>(width) / PANGO_SCALE;
      const double shift = shape.anchor < 0 ? 0 : shape.anchor == 0 ? shown / 2 : shown;
      const double base = static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE;
      set(cr, inside ? kPaper : kInk);
      cairo_move_to(cr, kLeft + shape.x * scale - shift, top + shape.y * scale - base);
      pango_cairo_show_layout(cr, layout);
    });
  }
  static void draw_shape(cairo_t* cr, const Shape& shape, double top, double scale) {
    set(cr, colour_of(shape.role));
    const double x = kLeft + shape.x * scale, y = top + shape.y * scale;
    if (shape.kind == Shape::Kind::line) {
      cairo_set_line_width(cr, shape.role == Shape::Role::grid ? 0.5 : 1);
      cairo_move_to(cr, x, y);
      cairo_line_to(cr, kLeft + shape.x2 * scale, top + shape.y2 * scale);
      cairo_stroke(cr);
    } else if (shape.kind == Shape::Kind::circle) {
      cairo_new_path(cr);
      cairo_arc(cr, x, y, shape.radius * scale, 0, 2 * M_PI);
      cairo_fill(cr);
    } else {
      cairo_rectangle(cr, x, y, (shape.x2 - shape.x) * scale, (shape.y2 - shape.y) * scale);
      cairo_fill(cr);
    }
  }

  void footer(cairo_t* cr, std::size_t index) const {
    std::string number = document_.page_of;
    const auto replace = [&](const std::string& slot, std::size_t value) {
      const auto at = number.find(slot);
      if (at != std::string::npos) number.replace(at, slot.size(), std::to_string(value));
    };
    replace("{0}", index + 1);
    replace("{1}", pages_.size());
    const double y = kPageHeight - 40;
    set(cr, kRule);
    cairo_set_line_width(cr, 0.5);
    cairo_move_to(cr, kLeft, y);
    cairo_line_to(cr, kLeft + kWidth, y);
    cairo_stroke(cr);
    const Text left = text({{document_.running, Tone::faint, {}}}, kWidth - 70, 7.5);
    pango_layout_set_height(left.layout.get(), -1);
    pango_layout_set_ellipsize(left.layout.get(), PANGO_ELLIPSIZE_END);
    cairo_move_to(cr, kLeft, y + 6);
    pango_cairo_show_layout(cr, left.layout.get());
    const Text right = text({{number, Tone::faint, {}}}, 70, 7.5);
    pango_layout_set_alignment(right.layout.get(), PANGO_ALIGN_RIGHT);
    cairo_move_to(cr, kLeft + kWidth - 70, y + 6);
    pango_cairo_show_layout(cr, right.layout.get());
  }

  void outline(cairo_surface_t* surface) const {
    std::array<int, 6> parents{};
    parents.fill(CAIRO_PDF_OUTLINE_ROOT);
    for (const auto& each : bookmarks_) {
      const auto level = static_cast<std::size_t>(std::clamp(each.level, 1, 4));
      const std::string where = "page=" + std::to_string(each.page + 1) + " pos=[0 " +
                                std::to_string(static_cast<int>(std::max(0.0, each.y - 12))) + "]";
      const int made = cairo_pdf_surface_add_outline(
          surface, parents[level - 1], each.title.c_str(), where.c_str(),
          level < 3 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : static_cast<cairo_pdf_outline_flags_t>(0));
      for (std::size_t i = level; i < parents.size(); ++i) parents[i] = made;
    }
  }

  const Document& document_;
  Owned<PangoFontMap> map_;
  Owned<PangoContext> context_;
  PangoLanguage* language_ = nullptr;
  std::vector<std::vector<Draw>> pages_;
  std::vector<Bookmark> bookmarks_;
  double y_ = kTop;
};

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

bool write(const Document& document, const std::string& day, std::string& bytes) {
  std::string made;
  cairo_surface_t* surface =
      cairo_pdf_surface_create_for_stream(append, &made, kPageWidth, kPageHeight);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  const auto say = [&](cairo_pdf_metadata_t which, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface, which, text.c_str());
  };
  say(CAIRO_PDF_METADATA_TITLE, document.title);
  say(CAIRO_PDF_METADATA_AUTHOR, document.author);
  say(CAIRO_PDF_METADATA_CREATOR, "Pandect");
  say(CAIRO_PDF_METADATA_CREATE_DATE, day);
  say(CAIRO_PDF_METADATA_MOD_DATE, day);
  {
    Setter setter(document);
    setter.lay_out();
    setter.draw(surface);
  }
  cairo_surface_finish(surface);
  const cairo_status_t status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  bytes = status == CAIRO_STATUS_SUCCESS ? made : cairo_status_to_string(status);
  return status == CAIRO_STATUS_SUCCESS;
}

// "2026-11-21T00:00:00Z" of days since 1970, by the calendar of glib.
std::string instant(Day day) {
  GDate date;
  g_date_clear(&date, 1);
  constexpr guint32 kEpoch = 719'163;  // the Julian day of glib on 1970-01-01
  g_date_set_julian(&date, kEpoch + static_cast<guint32>(day == kNoDay ? 0 : std::max(day, 0)));
  std::array<char, 40> text{};
  g_snprintf(text.data(), text.size(), "%04d-%02d-%02dT00:00:00Z", g_date_get_year(&date),
             g_date_get_month(&date), g_date_get_day(&date));
  return text.data();
}

}  // namespace
}  // namespace pandect::reports

PANDECT_MODULE_EXPORT const char* pandect_module_build() { return PANDECT_MODULE_BUILD; }

PANDECT_MODULE_EXPORT bool pandect_module_render(const void* model, std::string* bytes) {
  try {
    const auto& document = *static_cast<const pandect::reports::Document*>(model);
    return pandect::reports::write(document, pandect::reports::instant(document.created), *bytes);
  } catch (const std::exception& error) {
    *bytes = error.what();
    return false;
  }
}
