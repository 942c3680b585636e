// Golden files, widths and hostile input. To write the golden files anew: print.cpp.
#include "reports/hostile.h"
#include "reports/layout.h"
#include "reports/report.h"
#include "reports/sample.h"
#include "reports/schema.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::reports;
using sample::hostile;
using sample::hostile_texts;

namespace {

std::string render(const std::string& format, const Assessment& assessment,
                   const Options& options) {
  for (const auto& each : formats()) {
    if (each.name == format) return each.render(assessment, options);
  }
  return {};
}

Options in(const char* lang) {
  Options options;
  options.lang = lang;
  return options;
}

std::string file(const std::string& path) {
  std::ifstream stream(std::string(PANDECT_SOURCE) + "/tests/golden/" + path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("text and Markdown are as the golden files have them") {
  for (const char* lang : {"en", "ko", "zh"}) {
    CAPTURE(lang);
    CHECK(render("text", sample::assessment(), in(lang)) ==
          file(std::string("report.") + lang + ".txt"));
    CHECK(render("md", sample::assessment(), in(lang)) ==
          file(std::string("report.") + lang + ".md"));
  }
}

TEST_CASE("no line of the text report is wider than asked for") {
  for (const char* lang : {"en", "ko", "zh"}) {
    for (const int width : {40, 72, 80, 120}) {
      Options options = in(lang);
      options.width = width;
      for (const auto& text :
           {std::string("x"), std::string(300, 'y'),
            std::string("긴 이름의 서비스와 人工智能服务 及其他名称很长的系统")}) {
        for (const auto& line : lines_of(render("text", hostile(text), options)))
          CHECK_MESSAGE(width_of(line) <= width, line);
      }
    }
  }
}

TEST_CASE("colour only where asked for") {
  Options options = in("en");
  CHECK(render("text", sample::assessment(), options).find('\x1b') == std::string::npos);
  options.colour = true;
  CHECK(render("text", sample::assessment(), options).find("\x1b[1;31m") != std::string::npos);
}

TEST_CASE("hostile text reaches no reader's terminal, table or browser") {
  for (const auto& text : hostile_texts()) {
    CAPTURE(text.substr(0, 40));
    for (const char* lang : {"en", "zh"}) {
      for (const auto& format : formats()) {
        if (format.extension == "json" || format.name == "sarif") continue;  // escaped as JSON
        if (format.binary) continue;  // read back by modules_test.cpp and read_back.py
        CAPTURE(format.name);
        const std::string out = format.render(hostile(text), in(lang));
        CHECK(out.size() < 3'000'000);
        CHECK(out.find('\x1b') == std::string::npos);
        CHECK(out.find('\0') == std::string::npos);
        CHECK(out.find("\u202E") == std::string::npos);
        CHECK(out.find("\xff") == std::string::npos);
        if (format.name == "text" || format.name == "github") continue;  // no markup to escape
        if (format.extension == "csv") continue;
        CHECK(out.find("<script>alert") == std::string::npos);
        CHECK(out.find("<img") == std::string::npos);
        CHECK(out.find("\n# heading") == std::string::npos);
        CHECK(out.find("](javascript") == std::string::npos);
        CHECK(out.find("href=\"javascript") == std::string::npos);
      }
    }
  }
}

TEST_CASE("rendering is deterministic and an empty assessment says so") {
  for (const auto& format : formats()) {
    CAPTURE(format.name);
    CHECK(format.render(sample::assessment(), in("ko")) ==
          format.render(sample::assessment(), in("ko")));
    CHECK_FALSE(format.render(Assessment{}, in("ko")).empty());
  }
  CHECK(render("text", Assessment{}, in("en")).find("Nothing was assessed") != std::string::npos);
}

TEST_CASE("the prohibited conduct comes first") {
  const std::string text = render("text", sample::assessment(), in("en"));
  const auto due = text.find("Due now");
  CHECK(text.find("Emotion inference", due) < text.find("Report of the domestic agent", due));
  CHECK(text.find("Report of the domestic agent", due) < text.find("Prior notice", due));
  CHECK(text.find("Prior notice", due) < text.find("Label on outputs", due));
}

TEST_CASE("the schemas are JSON of their own names") {
  CHECK(assessment_schema().find("\"const\": \"pandect.assessment/1\"") != std::string::npos);
  CHECK(manifest_schema().find("urn:pandect:schema:manifest:1") != std::string::npos);
}
