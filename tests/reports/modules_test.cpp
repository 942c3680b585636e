// What is written through modules, OSCAL and the picture of the timeline.
#include "reports/hostile.h"
#include "reports/module.h"
#include "reports/oscal.h"
#include "reports/outline.h"
#include "reports/report.h"
#include "reports/sample.h"
#include "reports/timeline_picture.h"
#include "reports/uuid.h"
#include "reports/web.h"

#include <set>

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::reports;

namespace {

std::string render(const std::string& format, const Assessment& assessment, const char* lang) {
  Options options;
  options.lang = lang;
  for (const auto& each : formats()) {
    if (each.name == format) return each.render(assessment, options);
  }
  return {};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
  return out;
}

}  // namespace

TEST_CASE("UUIDs are those of RFC 9562, version 5") {
  CHECK(uuid_of("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com") ==
        "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  CHECK(uuid_of("6ba7b810-9dad-11d1-80b4-00c04fd430c8", std::string(200, 'a'))[14] == '5');
  CHECK(uuid_of("a") != uuid_of("b"));
}

TEST_CASE("ids become tokens of OSCAL and stay told apart") {
  CHECK(oscal::control_id("kr.advance_notice") == "kr.advance_notice");
  CHECK(oscal::control_id("a:b") != oscal::control_id("a/b"));
  CHECK(oscal::control_id("")[0] == '_');
  CHECK(oscal::control_id("1a")[0] == '_');
  CHECK(oscal::href("https://law.example/법령/제1조") ==
        "https://law.example/%EB%B2%95%EB%A0%B9/%EC%A0%9C1%EC%A1%B0");
  CHECK(oscal::href("https://a.example/100%") == "https://a.example/100%25");
  CHECK(oscal::href("javascript:alert(1)").empty());
}

TEST_CASE("modules of this build are found and write the same bytes again") {
  for (const char* name : {"xlsx", "pdf"}) {
    CAPTURE(name);
    const auto problem = module_problem(name);
    REQUIRE_MESSAGE(!problem, (problem ? to_string(*problem) : ""));
    for (const char* lang : {"en", "ko", "zh"}) {
      const std::string once = render(name, sample::assessment(), lang);
      CHECK(once.size() > 4'000);
      CHECK(once == render(name, sample::assessment(), lang));
    }
  }
  CHECK(render("xlsx", sample::assessment(), "en").starts_with("PK"));
  CHECK(render("pdf", sample::assessment(), "en").starts_with("%PDF-1.5"));
}

TEST_CASE("a module that is not there is named with the remedy") {
  const auto problem = module_problem("no-such-format");
  REQUIRE(problem);
  CHECK(to_string(*problem).find("pandect-no-such-format.so") != std::string::npos);
}

TEST_CASE("hostile text is harmless in a PDF") {
  for (const auto& text : sample::hostile_texts()) {
    CAPTURE(text.substr(0, 40));
    const std::string out = render("pdf", sample::hostile(text), "zh");
    CHECK(out.starts_with("%PDF"));
    CHECK(out.size() < 3'000'000);
    CHECK(out.find("/JavaScript") == std::string::npos);
    CHECK(count(out, "/URI (") == count(out, "/URI (http"));
  }
}

TEST_CASE("the timeline counts each duty once and its marks do not cover one another") {
  const Assessment assessment = sample::assessment();
  const Outline outline = outline_of(assessment.subjects[0], assessment);
  const auto moments = moments_of(outline);
  CHECK(moments.size() == 2);  // one deadline that passed, one duty that begins
  const Wording words("en");
  CHECK(timeline_picture({}, assessment.as_of, words).width == 0);
  std::vector<Moment> many;
  for (int i = 0; i < 20; ++i)
    many.push_back({assessment.as_of + i, Moment::Kind::begins, moments[0].duty});
  const Picture picture = timeline_picture(many, assessment.as_of, words);
  double before = -100;
  for (const auto& shape : picture.shapes) {
    if (shape.kind != Shape::Kind::circle || shape.text.empty()) continue;
    CHECK(shape.x - before >= 2 * shape.radius);
    CHECK(shape.x + shape.radius <= picture.width);
    before = shape.x;
  }
}

TEST_CASE("the page allows its own style and script and nothing else") {
  const std::string page = render("html", sample::assessment(), "ko");
  CHECK(policy_hash("abc") == "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
  CHECK(page.find("default-src 'none'; style-src 'sha256-") != std::string::npos);
  CHECK(page.find("script-src " + policy_hash(page_script())) != std::string::npos);
  CHECK(page.find("unsafe-inline") == std::string::npos);
  CHECK(count(page, "<script>") == 1);
  CHECK(count(page, " style=\"") == 0);
  CHECK(count(page, " src=\"") == 0);
}

TEST_CASE("every format for people says who made an exception and what a probe saw") {
  for (const char* format : {"text", "md", "csv", "html", "oscal"}) {
    CAPTURE(format);
    const std::string out = render(format, sample::assessment(), "en");
    CHECK(out.find("Seo-yeon Park") != std::string::npos);
    CHECK(out.find("Deferred by Seo-yeon") != std::string::npos);
    CHECK(out.find("web/result") != std::string::npos);
  }
  for (const char* format : {"text", "md", "html"}) {
    CAPTURE(format);
    CHECK(render(format, sample::assessment(), "en").find("1 known, 1 new, 1 gone") !=
          std::string::npos);
  }
}
