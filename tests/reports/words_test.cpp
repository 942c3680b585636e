#include "reports/words.h"

#include "reports/citation.h"

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::reports;

namespace {
const Wording kEnglish("en"), kKorean("ko"), kChinese("zh");

void check_place(const char* provision, const char* en, const char* ko, const char* zh) {
  CAPTURE(provision);
  CHECK(place_of(provision, kEnglish) == en);
  CHECK(place_of(provision, kKorean) == ko);
  CHECK(place_of(provision, kChinese) == zh);
}
}  // namespace

TEST_CASE("dates stand as native readers write them") {
  const Day day = *parse_day("2026-12-02");
  CHECK(kEnglish.date(day) == "2026-12-02");
  CHECK(kKorean.date(day) == "2026. 12. 2.");
  CHECK(kChinese.date(day) == "2026年12月2日");
}

TEST_CASE("money keeps its exact figure") {
  CHECK(kEnglish.money(Number(35'000'000), "EUR") == "EUR 35,000,000");
  CHECK(kKorean.money(Number(35'000'000), "EUR") == "3,500만 유로");
  CHECK(kChinese.money(Number(35'000'000), "EUR") == "3500万欧元");
  CHECK(kKorean.money(Number(30'000'000), "KRW") == "3,000만 원");
  CHECK(kKorean.money(Number(1'234'560'000), "KRW") == "12억 3,456만 원");
  CHECK(kKorean.money(Number(1'234'567), "USD") == "123만 4,567 달러");
  CHECK(kKorean.money(Number(500), "USD") == "500 달러");
  CHECK(kChinese.money(Number(55'755'000), "EUR") == "5575.5万欧元");
  CHECK(kChinese.money(Number(1'250'000'000), "CNY") == "12.5亿元");
  CHECK(kChinese.money(Number(100'000), "CNY") == "10万元");
  CHECK(kChinese.money(Number(5'001), "USD") == "5001美元");
  CHECK(kEnglish.money(*Number::parse("1e25"), "KRW") == "KRW 10,000,000,000,000,000,000,000,000");
}

TEST_CASE("provisions are cited as lawyers cite them") {
  check_place("kr-aiba:art-31:par-1", "Art 31(1)", "제31조제1항", "第三十一条第一款");
  check_place("kr-aiba:art-34:par-1:item-2", "Art 34(1)2", "제34조제1항제2호",
              "第三十四条第一款第二项");
  check_place("kr-aiba:art-2:item-4:sub-ga", "Art 2(4)(가)", "제2조제4호가목", "第二条第四项가目");
  check_place("kr-aiba:art-22-2", "Art 22-2", "제22조의2", "第二十二条之二");
  check_place("kr-aiba-decree:annex-2:item-1", "Annex 2, item 1", "별표 2 제1호", "附表2第一项");
  check_place("eu-aia:art-26:par-9", "Art 26(9)", "제26조제9항", "第二十六条第九款");
  check_place("eu-aia:art-5:par-1:f", "Art 5(1)(f)", "제5조제1항 (f)", "第五条第一款(f)项");
  check_place("eu-aia:annex-3:point-4:a", "Annex III point 4(a)", "부속서 III 제4호 (a)",
              "附件三第4点(a)项");
  check_place("eu-aia:art-4a:par-1", "Art 4a(1)", "제4a조제1항", "第四a条第一款");
  check_place("cn-genai:art-17:para-1", "Art 17, para 1", "제17조제1항", "第十七条第一款");
  check_place("cn-gb45438:sec-5.2", "5.2", "5.2", "5.2");
  check_place("us-ca-sb53:22757.12:a.1", "§ 22757.12(a)(1)", "§ 22757.12(a)(1)",
              "第22757.12条(a)(1)");
  check_place("us-or-sb1546:all", "", "", "");
  check_place("", "", "", "");
}

TEST_CASE("a place within a cited place is not listed again") {
  const Texts act{"AI Act", "EU 인공지능법", "《人工智能法》"};
  std::vector<Citation> list(3);
  const char* provisions[] = {"eu-aia:art-9:par-1", "eu-aia:art-9:par-1:a", "eu-aia:art-16:a"};
  for (std::size_t i = 0; i < 3; ++i) {
    list[i].instrument = "eu-aia";
    list[i].instrument_title = act;
    list[i].provision = provisions[i];
  }
  CHECK(cites(list, kEnglish) == "AI Act Art 9(1), Art 16(a)");
  CHECK(cites(list, kEnglish, 1) == "AI Act Art 9(1) +1");
  CHECK(cites(list, kChinese) == "《人工智能法》第九条第一款、第十六条(a)项");
}

TEST_CASE("the first sentence ends at a full stop, not at an abbreviation or a date") {
  CHECK(first_sentence("Colorado: X v. Weiser is pending. More.") ==
        "Colorado: X v. Weiser is pending.");
  CHECK(first_sentence("2026. 1. 22. 시행되었습니다. 이하 생략.") ==
        "2026. 1. 22. 시행되었습니다.");
  CHECK(first_sentence("第一句。第二句。") == "第一句。");
  CHECK(first_sentence("no stop") == "no stop");
}

TEST_CASE("Chinese numerals") {
  CHECK(chinese_numeral(10) == "十");
  CHECK(chinese_numeral(31) == "三十一");
  CHECK(chinese_numeral(105) == "一百零五");
  CHECK(chinese_numeral(110) == "一百一十");
  CHECK(chinese_numeral(1001) == "一千零一");
}

TEST_CASE("no word is missing in a language") {
#define PANDECT_WORD(name, en, ko, zh) \
  CHECK_MESSAGE((sizeof(en) > 1 && sizeof(ko) > 1 && sizeof(zh) > 1), #name);
#include "reports/words.inc"
#undef PANDECT_WORD
}
