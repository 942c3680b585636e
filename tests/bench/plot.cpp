#include "bench/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace bench {
namespace {

constexpr double kWidth = 620, kHeight = 400;  // of one panel
constexpr double kLeft = 62, kRight = 240, kTop = 58, kBottom = 52;
constexpr double kLabel = 14;  // least distance of two labels

// Okabe and Ito's colours, darkened or lightened to stand on either ground.
constexpr const char* kStyle = R"(
text{font:12px system-ui,sans-serif;fill:#222}
.title{font-size:16px;font-weight:600}.head{font-size:13px;font-weight:600}.quiet{fill:#666}
.ground{fill:#fff}.grid{stroke:#e3e3e3}.axis{stroke:#999}.linear{stroke:#bbb;stroke-dasharray:4 4}
.line{fill:none;stroke-width:1.8}.steep{stroke-width:3.2}.leader{stroke-width:.8;opacity:.6;fill:none}
.c0{stroke:#0072b2;fill:#0072b2}.c1{stroke:#b35900;fill:#b35900}.c2{stroke:#00795a;fill:#00795a}
.c3{stroke:#a0447e;fill:#a0447e}.c4{stroke:#7a6a00;fill:#7a6a00}.c5{stroke:#3b7fb0;fill:#3b7fb0}
.c6{stroke:#c0392b;fill:#c0392b}.c7{stroke:#555;fill:#555}
text.c0,text.c1,text.c2,text.c3,text.c4,text.c5,text.c6,text.c7{stroke:none}text.bold{font-weight:700}
path.line{fill:none}
@media (prefers-color-scheme:dark){
text{fill:#ddd}.quiet{fill:#999}.ground{fill:#16181c}.grid{stroke:#2c3036}.axis{stroke:#777}.linear{stroke:#555}
.c0{stroke:#56b4e9;fill:#56b4e9}.c1{stroke:#f0a030;fill:#f0a030}.c2{stroke:#2fc79a;fill:#2fc79a}
.c3{stroke:#e08cc0;fill:#e08cc0}.c4{stroke:#e0d040;fill:#e0d040}.c5{stroke:#9ac7ff;fill:#9ac7ff}
.c6{stroke:#ff7b6b;fill:#ff7b6b}.c7{stroke:#bbb;fill:#bbb}
})";

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char each : text) {
    if (each == '&')
      out += "&amp;";
    else if (each == '<')
      out += "&lt;";
    else
      out += each;
  }
  return out;
}

// 0.01, 10, 10k: powers of ten as people write them.
std::string shown(double value) {
  char text[32];
  const double scale = value >= 1e6 ? 1e6 : value >= 1e3 ? 1e3 : 1;
  std::snprintf(text, sizeof text, "%g%s", value / scale,
                scale == 1e6   ? "M"
                : scale == 1e3 ? "k"
                               : "");
  return text;
}

std::string text_at(double x, double y, const char* anchor, const std::string& classes,
                    const std::string& text) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor +
         "\" class=\"" + classes + "\">" + escaped(text) + "</text>\n";
}

std::string line_at(double x1, double y1, double x2, double y2, const char* name) {
  return "<path d=\"M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2) +
         "\" class=\"" + name + "\"/>\n";
}

class Drawing {
 public:
  Drawing(const Panel& panel, double left, double top) : panel_(panel), left_(left), top_(top) {
    low_x_ = panel.xs.front();
    high_x_ = panel.xs.back();
    for (const Line& line : panel.lines) {
      for (const double value : line.values) {
        if (!(value > 0)) continue;
        low_y_ = std::min(low_y_, value);
        high_y_ = std::max(high_y_, value);
      }
    }
    low_y_ = std::pow(10, std::floor(std::log10(low_y_)));
    high_y_ = std::pow(10, std::ceil(std::log10(high_y_)));
  }

  std::string svg() const {
    std::string out = text_at(left_ + kLeft, top_ + 24, "start", "head", panel_.title);
    out += text_at(left_ + kLeft, top_ + 42, "start", "quiet", panel_.y_title);
    return out + grid() + guide() + lines();
  }

 private:
  static double share(double value, double low, double high) {
    return (std::log10(value) - std::log10(low)) / (std::log10(high) - std::log10(low));
  }
  double x(double value) const {
    return left_ + kLeft + share(value, low_x_, high_x_) * (kWidth - kLeft - kRight);
  }
  double y(double value) const {
    return top_ + kHeight - kBottom - share(value, low_y_, high_y_) * (kHeight - kTop - kBottom);
  }

  std::string grid() const {
    std::string out;
    const int decades = static_cast<int>(std::lround(std::log10(high_y_ / low_y_)));
    for (int i = 0; i <= decades; i += decades > 6 ? 2 : 1) {
      const double at = low_y_ * std::pow(10, i);
      out += line_at(x(low_x_), y(at), x(high_x_), y(at), i == 0 ? "axis" : "grid");
      out += text_at(x(low_x_) - 8, y(at) + 4, "end", "quiet", shown(at));
    }
    for (const double at : panel_.xs) {
      out += line_at(x(at), y(low_y_), x(at), y(low_y_) + 4, "axis");
      out += text_at(x(at), y(low_y_) + 18, "middle", "quiet", shown(at));
    }
    return out +
           text_at((x(low_x_) + x(high_x_)) / 2, y(low_y_) + 36, "middle", "quiet", panel_.x_title);
  }

  // What grows in step with x, for the eye.
  std::string guide() const {
    const double span = std::min(high_x_ / low_x_, high_y_ / low_y_);
    const double from = high_x_ / span;
    return line_at(x(from), y(low_y_), x(from * span), y(low_y_ * span), "linear") +
           text_at(x(from * span) - 4, y(low_y_ * span) - 5, "end", "quiet", "n");
  }

  std::string lines() const {
    struct End {
      double at, label;
      double from;
      std::size_t line;
    };
    std::string out;
    std::vector<End> ends;
    for (std::size_t i = 0; i < panel_.lines.size(); ++i) {
      std::string path;
      End end{0, 0, 0, i};
      for (std::size_t k = 0; k < panel_.xs.size(); ++k) {
        const double value = panel_.lines[i].values[k];
        if (!(value > 0)) continue;
        end.at = y(value);
        end.from = x(panel_.xs[k]);
        path += (path.empty() ? "M" : "L") + number(end.from) + " " + number(end.at);
      }
      if (path.empty()) continue;
      ends.push_back(end);
      out += "<path d=\"" + path + "\" class=\"c" + std::to_string(i % 8) + " line" +
             (panel_.lines[i].steep ? " steep" : "") + "\"/>\n";
    }
    std::sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.at < b.at; });
    double last = top_ + kTop - kLabel;
    for (End& end : ends) last = end.label = std::max(end.at, last + kLabel);
    double floor = top_ + kHeight - kBottom + kLabel;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end)
      floor = end->label = std::min(end->label, floor - kLabel);
    for (const End& end : ends) {
      const Line& line = panel_.lines[end.line];
      const std::string colour = "c" + std::to_string(end.line % 8);
      const double right = x(high_x_) + 14;
      out += "<path d=\"M" + number(end.from + 2) + " " + number(end.at) + "L" + number(right) +
             " " + number(end.label) + "\" class=\"" + colour + " leader\"/>\n";
      out += text_at(right + 4, end.label + 4, "start", colour + (line.steep ? " bold" : ""),
                     line.name + " " + line.note);
    }
    return out;
  }

  const Panel& panel_;
  double left_, top_;
  double low_x_ = 1, high_x_ = 10, low_y_ = 1e300, high_y_ = 0;
};

}  // namespace

std::string svg_of(const std::string& title, const std::string& note,
                   const std::vector<Panel>& panels) {
  constexpr double kHead = 64;
  const std::size_t rows = (panels.size() + 1) / 2;
  const std::string width = number(2 * kWidth),
                    height = number(kHead + static_cast<double>(rows) * kHeight);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " +
                    height + "\" width=\"" + width + "\" height=\"" + height + "\">\n<title>" +
                    escaped(title) + "</title>\n<style>" + kStyle +
                    "</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n";
  out += text_at(kLeft, 34, "start", "title", title);
  out += text_at(kLeft, 54, "start", "quiet", note);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const double left = i % 2 == 0 ? 0 : kWidth;
    out += Drawing(panels[i], left, kHead + static_cast<double>(i / 2) * kHeight).svg();
  }
  return out + "</svg>\n";
}

}  // namespace bench
