#include "reports/layout.h"

#include "reports/markdown.h"

#include <doctest/doctest.h>

using namespace pandect::reports;

TEST_CASE("width counts columns, not bytes") {
  CHECK(width_of("abc") == 3);
  CHECK(width_of("한글") == 4);
  CHECK(width_of("中文，") == 6);
  CHECK(width_of("e\u0301") == 1);
  CHECK(width_of("ㆍ") == 2);
  CHECK(width_of("\u2060") == 0);
}

TEST_CASE("lines break between words, Han characters break anywhere, Korean words stay whole") {
  CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("人工智能法律。", 6) == std::vector<std::string>{"人工智", "能法", "律。"});
  CHECK(wrap("인공지능 기본법", 10) == std::vector<std::string>{"인공지능", "기본법"});
  CHECK(wrap("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
  CHECK(wrap("", 5) == std::vector<std::string>{""});
}

TEST_CASE("a citation is not cut in two") {
  const auto lines = wrap("根据" + unbroken("第三十一条第一款"), 18);
  CHECK(lines == std::vector<std::string>{"根据", "第三十一条第一款"});
}

TEST_CASE("a date is not cut in two") {
  CHECK(wrap("기한 2026. 1. 22.", 13) == std::vector<std::string>{"기한", "2026. 1. 22."});
}

TEST_CASE("what is cut is marked") {
  CHECK(clip("abcdef", 4) == "abc…");
  CHECK(clip("한국어", 4) == "한…");
  CHECK(clip("abc", 3) == "abc");
}

TEST_CASE("hostile text is made visible") {
  CHECK(clean("a\x1b[31mb") == "a\\u{1b}[31mb");
  CHECK(clean("a\nb\r\n\tc") == "a b c");
  CHECK(clean("\u202Eevil\u2066") == "\\u{202e}evil\\u{2066}");
  CHECK(clean("\xff\xc3(") == "\uFFFD\uFFFD(");
  CHECK(clean("\xc0\xaf") == "\uFFFD\uFFFD");
  CHECK(clean("\xc2\x9b"
              "0m") == "\\u{9b}0m");
  CHECK(clean(std::string(1'000'000, 'x')).size() < 4100);
}

TEST_CASE("Markdown takes no markup from foreign text") {
  CHECK(md_text("a|b\nc") == "a\\|b c");
  CHECK(md_text("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;");
  CHECK(md_text("[x](javascript:1)") == "\\[x\\](javascript:1)");
  CHECK(md_text("- item") == "\\- item");
  CHECK(md_text("1. item") == "1\\. item");
  CHECK(md_text("https://evil.example") == "https&#58;//evil.example");
  CHECK(safe_url("javascript:alert(1)").empty());
  CHECK(safe_url("https://a.example/x)|y") == "https://a.example/x%29%7Cy");
}
