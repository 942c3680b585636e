#include "reports/layout.h"

#include "reports/clean.h"
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

TEST_CASE("what looks clean at a glance is what cleaning leaves alone") {
  const std::string before = "eight at", after = " and more than eight after it";
  for (std::uint32_t point = 0; point <= 0x110000; ++point) {
    std::string text;
    if (point < 0x80) {
      text = {static_cast<char>(point)};
    } else if (point < 0x800) {
      text = {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))};
    } else if (point < 0x10000) {  // surrogates, too
      text = {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
              static_cast<char>(0x80 | (point & 0x3F))};
    } else {
      text = {static_cast<char>(0xF0 | point >> 18), static_cast<char>(0x80 | (point >> 12 & 0x3F)),
              static_cast<char>(0x80 | (point >> 6 & 0x3F)),
              static_cast<char>(0x80 | (point & 0x3F))};
    }
    for (std::size_t cut = 0; cut < text.size(); ++cut) {  // whole, and torn
      const std::string one = before + text.substr(0, text.size() - cut) + after;
      if (surely_clean(one) && clean(one) != one)
        FAIL_CHECK("U+" << std::hex << point << " cut by " << cut);
    }
  }
  for (const char* usual :
       {"“Art 6” – § 3 · né", "제31조제1항ㆍ제2항", "第六条，《办法》", "plain"})
    CHECK(surely_clean(usual));
}

TEST_CASE("an assessment that needs no cleaning is not copied") {
  pandect::Assessment assessment;
  assessment.packs.emplace_back().title.ko = "인공지능 기본법";
  CHECK(&static_cast<const pandect::Assessment&>(Cleaned(assessment)) == &assessment);
  assessment.packs[0].notes.push_back({"a\nb", "", ""});
  const Cleaned mended(assessment);
  const pandect::Assessment& seen = mended;
  REQUIRE(&seen != &assessment);
  CHECK(seen.packs[0].notes[0].en == "a b");
  CHECK(assessment.packs[0].notes[0].en == "a\nb");
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
