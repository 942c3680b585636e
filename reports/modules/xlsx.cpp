// The module `xlsx`: a workbook as the bytes of Office Open XML, through libxlsxwriter.
// Reproducible: the only time in the file is the one that the workbook states. Strings are written
// as strings, so that no cell can be a formula.
#include "module_build.h"
#include "reports/modules/module_interface.h"
#include "reports/workbook.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <map>
#include <memory>

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

namespace pandect::reports {
namespace {

constexpr std::size_t kMostText = 32'000;  // bytes of a cell; Excel takes 32,767 characters
constexpr std::size_t kMostUrl = 2'000;
constexpr lxw_row_t kLastRow = 1'048'575;
constexpr std::size_t kMostChoiceText = 255;  // characters of a list in a validation

constexpr lxw_color_t kInk = 0x1F2933, kFaint = 0x5F6B7A, kHead = 0x22384F, kLine = 0xD5DBE1;
constexpr lxw_color_t kAlarm = 0xA61B1B, kWarning = 0x8A5300, kGood = 0x1F6F43, kLink = 0x0B57A4;

std::string cut(const std::string& text) {
  if (text.size() <= kMostText) return text;
  std::size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// How many lines a text takes in a column of that many characters; wide letters count twice.
int lines_of(const std::string& text, double width) {
  const double room = std::max(4.0, width - 1);
  double used = 0;
  int lines = 1;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      ++lines;
      used = 0;
      continue;
    }
    if ((byte & 0xC0) == 0x80) continue;
    const double one = byte >= 0xE1 ? 1.9 : 1.02;
    if (used + one > room) {
      ++lines;
      used = 0;
    }
    used += one;
  }
  return lines;
}

// Programs other than Excel do not fit rows to their text by themselves.
double height_of(const std::vector<Cell>& cells, const std::vector<Column>& columns) {
  constexpr double kLine = 14, kHighest = 400;
  int most = 1;
  for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
    if (cells[i].kind == Cell::Kind::text)
      most = std::max(most, lines_of(cells[i].text, columns[i].width - 1.5 * cells[i].indent));
  }
  return std::min(kHighest, 3 + kLine * most);
}

// At most 31 characters, none of them []:*?/\, no apostrophe at an end, and never empty.
std::string sheet_name(const std::string& wanted, std::size_t number) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    const char c = wanted[at];
    const bool starts = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (starts && characters == 28) break;
    if (starts) ++characters;
    out += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return out.empty() ? "Sheet" + std::to_string(number) : out;
}

// A file in memory that libxlsxwriter can open by name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("pandect-xlsx", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  bool ok() const { return descriptor_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  std::string bytes() const {
    std::string out;
    std::array<char, 65536> part{};
    off_t at = 0;
    while (true) {
      const ssize_t count = pread(descriptor_, part.data(), part.size(), at);
      if (count <= 0) return out;
      out.append(part.data(), static_cast<std::size_t>(count));
      at += count;
    }
  }

 private:
  int descriptor_;
};

class Writer {
 public:
  Writer(const Workbook& model, lxw_workbook* book) : model_(model), book_(book) {}

  void write() {
    properties();
    for (std::size_t i = 0; i < model_.sheets.size(); ++i) sheet(model_.sheets[i], i);
  }

 private:
  void properties() {
    lxw_doc_properties properties{};
    std::string title = model_.title, company = model_.company;
    properties.title = title.data();
    properties.company = company.data();
    // Noon in UTC: the library writes the hour it is given, whatever the time zone.
    properties.created =
        static_cast<std::time_t>(model_.created == kNoDay ? 0 : model_.created) * 86'400 + 43'200;
    workbook_set_properties(book_, &properties);
  }

  const char* font() const {
    return model_.lang == "ko"        ? "Malgun Gothic"
           : model_.lang == "zh-Hans" ? "Microsoft YaHei"
                                      : "Calibri";
  }

  lxw_format* base() {
    lxw_format* format = workbook_add_format(book_);
    format_set_font_name(format, font());
    format_set_font_size(format, 10);
    format_set_font_color(format, kInk);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
  }

  lxw_format* format_of(const Cell& cell) {
    const int kind = cell.url.empty() ? static_cast<int>(cell.kind) : 9;
    const auto key = std::array{kind, static_cast<int>(cell.tone), cell.indent};
    const auto found = formats_.find(key);
    if (found != formats_.end()) return found->second;
    lxw_format* format = base();
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, kLine);
    if (cell.kind == Cell::Kind::text) format_set_text_wrap(format);
    if (cell.kind == Cell::Kind::day) {
      format_set_num_format(format, model_.date_format.c_str());
      format_set_align(format, LXW_ALIGN_LEFT);
    }
    if (cell.indent > 0)
      format_set_indent(format, static_cast<std::uint8_t>(std::min(cell.indent, 15)));
    switch (cell.tone) {
      case Tone::plain:
        break;
      case Tone::strong:
        format_set_bold(format);
        break;
      case Tone::faint:
        format_set_font_color(format, kFaint);
        break;
      case Tone::alarm:
        format_set_bold(format);
        format_set_font_color(format, kAlarm);
        break;
      case Tone::warning:
        format_set_font_color(format, kWarning);
        break;
      case Tone::good:
        format_set_font_color(format, kGood);
        break;
    }
    if (!cell.url.empty()) {
      format_set_font_color(format, kLink);
      format_set_underline(format, LXW_UNDERLINE_SINGLE);
    }
    formats_.emplace(key, format);
    return format;
  }

  void cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell) {
    lxw_format* format = format_of(cell);
    switch (cell.kind) {
      case Cell::Kind::number:
        worksheet_write_number(sheet, row, column, cell.number, format);
        return;
      case Cell::Kind::day:
        if (cell.day == kNoDay) {
          worksheet_write_blank(sheet, row, column, format);
        } else {
          worksheet_write_number(sheet, row, column, cell.day + 25'569.0,
                                 format);  // days from 1900
        }
        return;
      case Cell::Kind::text:
        break;
    }
    const std::string text = cut(cell.text);
    if (!cell.url.empty() && cell.url.size() < kMostUrl &&
        worksheet_write_url_opt(sheet, row, column, cell.url.c_str(), format, text.c_str(),
                                nullptr) == LXW_NO_ERROR)
      return;
    if (text.empty()) {
      worksheet_write_blank(sheet, row, column, format);
    } else {
      worksheet_write_string(sheet, row, column, text.c_str(), format);
    }
  }

  void choices(lxw_worksheet* sheet, lxw_row_t first, lxw_col_t column, const Column& model) {
    std::vector<const char*> list;
    std::size_t size = 0;
    for (const auto& each : model.choices) {
      if (each.empty() || each.find(',') != std::string::npos) continue;
      size += each.size() + 1;
      if (size > kMostChoiceText) break;
      list.push_back(each.c_str());
    }
    if (list.empty()) return;
    list.push_back(nullptr);
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = const_cast<char**>(list.data());
    rule.ignore_blank = LXW_VALIDATION_ON;
    rule.error_type =
        model.open_choice ? LXW_VALIDATION_ERROR_TYPE_INFORMATION : LXW_VALIDATION_ERROR_TYPE_STOP;
    rule.show_error = model.open_choice ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON;
    worksheet_data_validation_range(sheet, first, column,
                                    std::min<lxw_row_t>(first + 5'000, kLastRow), column, &rule);
  }

  void sheet(const Sheet& model, std::size_t number) {
    lxw_worksheet* sheet =
        workbook_add_worksheet(book_, sheet_name(model.name, number + 1).c_str());
    if (sheet == nullptr) return;
    lxw_row_t row = 0;
    lxw_format* title = base();
    format_set_bold(title);
    format_set_font_size(title, 14);
    lxw_format* plain = base();
    for (const auto& line : model.heading) {
      worksheet_write_string(sheet, row, 0, cut(line).c_str(), row == 0 ? title : plain);
      ++row;
    }
    if (row > 0) ++row;
    const lxw_row_t top = row;
    lxw_format* head = base();
    format_set_bold(head);
    format_set_text_wrap(head);
    format_set_font_color(head, LXW_COLOR_WHITE);
    format_set_bg_color(head, kHead);
    format_set_align(head, LXW_ALIGN_VERTICAL_CENTER);
    for (std::size_t i = 0; i < model.columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet, column, column, model.columns[i].width, nullptr);
      worksheet_write_string(sheet, top, column, model.columns[i].title.c_str(), head);
      choices(sheet, top + 1, column, model.columns[i]);
    }
    worksheet_set_row(sheet, top, 30, nullptr);
    for (const auto& cells : model.rows) {
      if (++row > kLastRow) break;
      worksheet_set_row(sheet, row, height_of(cells, model.columns), nullptr);
      for (std::size_t i = 0; i < cells.size(); ++i)
        cell(sheet, row, static_cast<lxw_col_t>(i), cells[i]);
    }
    if (model.columns.empty()) return;
    const auto last = static_cast<lxw_col_t>(model.columns.size() - 1);
    worksheet_autofilter(sheet, top, 0, std::max(row, top), last);
    worksheet_freeze_panes(sheet, top + 1, static_cast<lxw_col_t>(model.frozen_columns));
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 8);  // A3
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, top, top);
    worksheet_set_footer(sheet, "&C&P / &N");
  }

  const Workbook& model_;
  lxw_workbook* book_;
  std::map<std::array<int, 3>, lxw_format*> formats_;
};

bool write(const Workbook& model, std::string& bytes) {
  const MemoryFile file;
  if (!file.ok()) {
    bytes = "no file in memory can be made";
    return false;
  }
  const std::string path = file.path();
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) {
    bytes = "out of memory";
    return false;
  }
  Writer(model, book).write();
  const lxw_error error = workbook_close(book);
  bytes = error == LXW_NO_ERROR ? file.bytes() : lxw_strerror(error);
  return error == LXW_NO_ERROR;
}

}  // namespace
}  // namespace pandect::reports

PANDECT_MODULE_EXPORT const char* pandect_module_build() { return PANDECT_MODULE_BUILD; }

PANDECT_MODULE_EXPORT bool pandect_module_render(const void* model, std::string* bytes) {
  try {
    return pandect::reports::write(*static_cast<const pandect::reports::Workbook*>(model), *bytes);
  } catch (const std::exception& error) {
    *bytes = error.what();
    return false;
  }
}
