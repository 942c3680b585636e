// The module `pdf`: a document as the bytes of a PDF, through pango and cairo. Language tags choose
// the glyphs of Korean and Chinese. Reproducible: the only time in the file is the document's.
#include "module_build.h"
#include "reports/document.h"
#include "reports/modules/module_interface.h"
#include "reports/modules/pdf_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace pandect::reports::pdf {
namespace {

constexpr double kPageWidth = 595.28, kPageHeight = 841.89;  // A4
constexpr double kLeft = 54, kRight = 54, kTop = 60, kBottom = 62;
constexpr double kWidth = kPageWidth - kLeft - kRight;
constexpr double kLowest = kPageHeight - kBottom;
constexpr double kCellPadding = 4;
constexpr double kWhole = 120;  // a row of a table up to this height is not cut in two

using Draw = std::function<void(cairo_t*)>;

struct Bookmark {
  int level = 1;
  std::string title;
  std::size_t page = 0;
  double y = 0;
};

class Setter {
 public:
  explicit Setter(const Document& document) : document_(document), type_(document.lang) {}

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
  void put(Draw draw) { pages_.back().push_back(std::move(draw)); }
  void new_page() {
    pages_.emplace_back();
    y_ = kTop;
  }
  void need(double height) {
    if (y_ + height > kLowest && y_ > kTop) new_page();
  }

  // A line outlives its layout only with it, hence the shared text.
  void put_line(const std::shared_ptr<Text>& text, int index, double x, double y) {
    put([=](cairo_t* cr) { draw_line(cr, *text, index, x, y); });
  }

  void flow(Text made, double x) {
    const auto text = std::make_shared<Text>(std::move(made));
    for (int i = 0; i < text->lines(); ++i) {
      const double height = line_height(*text, i);
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
        flow(type_.text(block.spans, kWidth, block.small ? 8 : 9.5), kLeft);
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
    Text made = type_.text(block.spans, kWidth, size, true);
    if (y_ > kTop) y_ += level <= 2 ? 16 : 11;
    need(height_of(made) + (level <= 2 ? 200 : 160));  // never alone at the foot of a page
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
    flow(type_.text(block.spans, kWidth - indent, size), kLeft + indent);
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
      auto made = std::make_shared<Text>(type_.text(spans, widths[i] - 2 * kCellPadding, 8, head));
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
        const double height = line_height(*text, done[i]);
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
    const auto made =
        std::make_shared<Text>(type_.text({{shape.text, tone, {}}}, -1, shape.size * scale));
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
    const Text left = type_.text({{document_.running, Tone::faint, {}}}, kWidth - 70, 7.5);
    pango_layout_set_height(left.layout.get(), -1);
    pango_layout_set_ellipsize(left.layout.get(), PANGO_ELLIPSIZE_END);
    cairo_move_to(cr, kLeft, y + 6);
    pango_cairo_show_layout(cr, left.layout.get());
    const Text right = type_.text({{number, Tone::faint, {}}}, 70, 7.5);
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
  Typesetter type_;
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
}  // namespace pandect::reports::pdf

PANDECT_MODULE_EXPORT const char* pandect_module_build() { return PANDECT_MODULE_BUILD; }

PANDECT_MODULE_EXPORT bool pandect_module_render(const void* model, std::string* bytes) {
  try {
    const auto& document = *static_cast<const pandect::reports::Document*>(model);
    return pandect::reports::pdf::write(document, pandect::reports::pdf::instant(document.created),
                                        *bytes);
  } catch (const std::exception& error) {
    *bytes = error.what();
    return false;
  }
}
