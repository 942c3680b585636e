// Figures in text: a strict grammar of numbers with a table of scales and units. What does not fit
// it ("104B billion") stays text.
#pragma once

#include "plugins/importing/markdown.h"
#include "plugins/importing/tables.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::plugins {

struct Figure {
  double value = 0;
  std::size_t begin = 0, end = 0;  // in the text; the scale word included
};

// All figures of a text, in order.
std::vector<Figure> figures(std::string_view text);
// The whole text is one figure, "24_700_000" or "2.5 Trillion".
std::optional<double> whole_figure(std::string_view text);

struct Measured {
  const Quantity* quantity = nullptr;
  double value = 0;
  int score = 0;  // how surely it is the model's own
  const Passage* passage = nullptr;
};

// The quantities of a card, best ones of each kind first; `name` is the model's.
std::vector<Measured> measure(const Card& card, const std::string& name);

// The size in a name: "OLMo 7B" is 7e9.
std::optional<double> size_in_name(std::string_view name);

// As people and manifests write it: "6053381344", "1.05e23".
std::string figure_text(double value);

}  // namespace pandect::plugins
