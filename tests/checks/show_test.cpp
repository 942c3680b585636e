#include "checks/show.h"

#include "checks/wrap.h"
#include "tests/checks/small_pack.h"

#include <doctest/doctest.h>

using namespace pandect;

TEST_CASE("show prints rules and duties in the language asked for") {
  const small::Pack pack = small::load();
  const std::string english = show(pack.drafts[0], "en");
  CHECK(english.find("xx.talker: Talker [classification, confidence high]") != std::string::npos);
  CHECK(english.find("- art-2-joke, exception to art-2") != std::string::npos);
  CHECK(english.find("when: system.talks and system.size >= 10") != std::string::npos);
  CHECK(english.find("owed by: xx.maker") != std::string::npos);
  CHECK(show(pack.drafts[0], "ko").find("xx.say_so: 고지 [must, medium, confidence high]") !=
        std::string::npos);
}

TEST_CASE("wide letters take two columns") {
  CHECK(wrapped("one two three", 2, 9) == "  one two\n    three\n");
  CHECK(wrapped("人工智能服务", 0, 8) == "人工智能\n  服务\n");
  CHECK(wrapped("고지 의무", 0, 9) == "고지 의무\n");
  CHECK(wrapped("고지 의무", 0, 8) == "고지\n  의무\n");
}
