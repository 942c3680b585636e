// The seven fields, one deviation after the other; the words of explicit labels.
#include "plugins/label/build.h"
#include "plugins/label/judge.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::label;

namespace {

std::vector<std::string> codes(const std::string& json, const char* severity = "error") {
  static const auto rules = built_in_rules();
  std::vector<LabelFinding> findings;
  const bool valid = check_label({"test", json, 0, "AIGC"}, *rules, findings).valid;
  std::vector<std::string> list;
  bool errors = false;
  for (const auto& each : findings) {
    if (each.severity == severity) list.push_back(each.code);
    errors = errors || each.severity == "error";
    CHECK(!each.message.en.empty());
    CHECK(!each.message.ko.empty());
    CHECK(!each.message.zh.empty());
    CHECK(each.message.en.find('{') == std::string::npos);
  }
  CHECK(valid == !errors);
  return list;
}

using Codes = std::vector<std::string>;

std::string fields(const std::string& label, const std::string& producer, const std::string& id,
                   const std::string& propagator, const std::string& propagate) {
  return R"({"Label":")" + label + R"(","ContentProducer":")" + producer + R"(","ProduceID":")" +
         id + R"(","ReservedCode1":"","ContentPropagator":")" + propagator +
         R"(","PropagateID":")" + propagate + R"(","ReservedCode2":""})";
}

}  // namespace

TEST_CASE("label: fields that conform") {
  CHECK(codes(label::testing::good_label()).empty());
  CHECK(codes(R"({"AIGC":)" + label::testing::good_label() + "}").empty());
  CHECK(codes(fields("3", "", "", "platformx", "x-9")).empty());
  CHECK(codes(fields("3", "", "", "platformx", "x-9"), "review") ==
        Codes{"empty_producer", "empty_producer"});
  CHECK(codes(fields("2", "", "", "platformx", "u-12")).empty());
  CHECK(codes(fields("1", "a", "b", "", ""), "warning") ==
        Codes{"empty_propagator", "empty_propagator"});
  CHECK(codes(fields("1", "a", "b", "c", "d"), "info") ==
        Codes{"producer_differs", "producer_differs"});
}

TEST_CASE("label: fields that do not conform") {
  CHECK(codes(R"({"AIGC":{"Label":1,"ContentProducer":"examplecorp","ProduceID":"a"}})") ==
        Codes{"missing_key", "missing_key", "missing_key", "missing_key", "type"});
  CHECK(codes(fields("AIGC", "a", "b", "", "")) == Codes{"label_value"});
  CHECK(codes(fields("4", "a", "b", "a", "b")) == Codes{"label_value"});
  CHECK(codes(fields("1", "", "b", "", "")) == Codes{"empty_required"});
  CHECK(codes(fields("2", "", "", "", "")) == Codes{"empty_required"});
  CHECK(codes(fields("1", "Example Corp", "a b", "", "")) == Codes{"characters", "characters"});
  CHECK(codes(fields("1", "a", "编号", "a", "b")) == Codes{"characters"});
  CHECK(codes(fields("1", "a\\u0007", "b", "a", "b")) == Codes{"characters"});
  CHECK(codes(fields("1", std::string(5000, 'x'), "b", "a", "b")) == Codes{"too_long"});
  CHECK(codes("eyJMYWJlbCI6IjEifQ==") == Codes{"not_json"});
  CHECK(codes("") == Codes{"not_json"});
  CHECK(codes("[1]") == Codes{"not_json"});
  CHECK(codes(R"({"AIGC":"1"})") == Codes{"not_json"});
  CHECK(codes(std::string(100'000, '[')) == Codes{"not_json"});
  CHECK(codes(R"({"ServiceProvider":"x","ServiceUser":"y","Time":"z","ContentId":"w"})") ==
        Codes{"schema_other"});
  const auto twice = codes(R"({"Label":"1","Label":"3","ContentProducer":"a","ProduceID":"b",)"
                           R"("ReservedCode1":"","ContentPropagator":"a","PropagateID":"b",)"
                           R"("ReservedCode2":""})");
  CHECK(twice == Codes{"duplicate_key"});
}

TEST_CASE("label: keys in other case or misspelt are missing, and the near one is named") {
  static const auto rules = built_in_rules();
  std::vector<LabelFinding> findings;
  check_label({"test",
               R"({"label":"1","contentProducer":"a","ProduceID":"b","ReserveCode1":"",)"
               R"("ContentPropagator":"a","PropagateID":"b","ReservedCode2":""})",
               0, "AIGC"},
              *rules, findings);
  Codes missing, unknown;
  for (const auto& each : findings) {
    if (each.code == "missing_key") missing.push_back(each.message.en);
    if (each.code == "unknown_key") unknown.push_back(each.message.en);
  }
  REQUIRE(missing.size() == 3);
  CHECK(missing[0] == "the key Label is missing (there is label)");
  CHECK(missing[1] == "the key ContentProducer is missing (there is contentProducer)");
  CHECK(missing[2] == "the key ReservedCode1 is missing (there is ReserveCode1)");
  CHECK(unknown.size() == 3);
}

TEST_CASE("label: names and codes of providers") {
  CHECK(credit_code_checks("91350100M000100Y43"));
  CHECK(!credit_code_checks("91350100M000100Y44"));
  CHECK(!credit_code_checks("91350100"));
  CHECK(!credit_code_checks("91350100M00010OY43"));  // the letter O is no digit
  const std::string good = "001191350100M000100Y4310000", bad = "001191350100M000100Y4410000";
  CHECK(codes(fields("1", good, "b", good, "b"), "warning").empty());
  CHECK(codes(fields("1", bad, "b", good, "b"), "warning") == Codes{"check_digit"});
  CHECK(codes(fields("1", "00" + std::string(25, '-'), "b", good, "b"), "warning") ==
        Codes{"provider_code"});
  CHECK(codes(fields("1", "示例公司", "b", good, "b")).empty());
  CHECK(codes(fields("1", "示例公司", "b", good, "b"), "warning") == Codes{"name_not_code"});
}

TEST_CASE("label: words of an explicit label in a text") {
  const auto rules = built_in_rules();
  const auto place = [&](const std::string& text) { return explicit_place(text, *rules, "cn"); };
  const std::string filler = [] {
    std::string out;
    for (int i = 0; i < 100; ++i) out += "文";
    return out;
  }();
  CHECK(place("AI生成 " + filler) == ExplicitPlace::edge);
  CHECK(place(filler + " 本图由AI合成\n\n") == ExplicitPlace::edge);
  CHECK(place("以下内容由 ai 生成" + filler) == ExplicitPlace::edge);
  CHECK(place("人工智能生成合成内容") == ExplicitPlace::edge);
  CHECK(place(filler + "AI生成" + filler) == ExplicitPlace::middle);
  CHECK(place(filler) == ExplicitPlace::none);
  CHECK(place("AI") == ExplicitPlace::none);
  CHECK(place("虚拟主播 智能创作 AI播客") == ExplicitPlace::none);
  CHECK(place("Generated by AI") == ExplicitPlace::none);
  CHECK(place("MAIL生成") == ExplicitPlace::none);  // AI inside a Latin word
  CHECK(place("이 글은 AI로 생성되었습니다") == ExplicitPlace::none);
  CHECK(explicit_place("이 글은 AI로 생성되었습니다", *rules, "kr") == ExplicitPlace::edge);
  CHECK(explicit_place("이 글은 사람이 썼습니다", *rules, "kr") == ExplicitPlace::none);
  CHECK(explicit_place("AI生成", *rules, "xx") == ExplicitPlace::none);
  CHECK(place("") == ExplicitPlace::none);
  CHECK(place("\xE4\xBA") == ExplicitPlace::none);
}

TEST_CASE("label: a rule book that is wrong is refused with its place") {
  const auto broken = read_rules("book.yaml", "checked_on: 2026-11-21\nfields: 3\n");
  REQUIRE(!broken.ok());
  CHECK(broken.errors().size() > 3);
  CHECK(broken.errors()[0].where.file == "book.yaml");
}
