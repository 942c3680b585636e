// A paged document as values: blocks of text, tables and pictures in reading order. Knows nothing
// of assessments, nor of how it is set; the module `pdf` turns one into bytes.
#pragma once

#include "reports/picture.h"
#include "reports/workbook.h"

#include "pandect/date.h"

#include <string>
#include <utility>
#include <vector>

namespace pandect::reports {

struct Span {
  std::string text;
  Tone tone = Tone::plain;
  std::string url;  // http or https; empty: no link
};
using Spans = std::vector<Span>;

struct TableColumn {
  std::string title;
  double share = 1;  // of the width
};

struct Block {
  enum class Kind { heading, text, bullet, table, picture, page_break, space };
  Kind kind = Kind::text;
  int level = 0;       // of a heading from 1 on, with a bookmark; of a bullet from 0 on
  bool small = false;  // notes
  Spans spans;         // heading, text, bullet
  std::vector<TableColumn> columns;
  std::vector<std::vector<Spans>> rows;  // a cell is spans; "\n" in them breaks lines
  Picture picture;
};

struct Document {
  std::string title, author, lang;  // lang: en, ko, zh-Hans
  std::string running;              // stands on each page but the first
  std::string page_of = "{0} / {1}";
  Day created = kNoDay;
  std::vector<Block> cover;  // the first page
  std::vector<Block> body;
};

}  // namespace pandect::reports
