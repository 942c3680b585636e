// A format that says it shows one language gets texts in no other, and must not miss them.
#include "assessment/assess.h"
#include "packs/folder.h"
#include "packs/library.h"
#include "reports/report.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

ProgramPtr program() {
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  library.cache = cache_folder();
  return library.load({}).program;
}

Manifest example(const Program& program, const std::string& name) {
  const std::string path = PANDECT_SOURCE "/examples/" + name + "/pandect.yaml";
  const auto document = yaml::parse(path, *read_text(path, yaml::kMaximumBytes));
  return *read_manifest(program, *document);
}

}  // namespace

TEST_CASE("what is assessed for one language is reported as if it were for all") {
  const ProgramPtr all = program();
  REQUIRE(all);
  int compared = 0;
  for (const char* name : {"cv-screener", "image-generator"}) {
    const Manifest manifest = example(*all, name);
    AssessOptions options;
    options.as_of = *parse_day("2026-11-21");
    const auto whole = assess(*all, manifest, options);
    REQUIRE(whole.ok());
    for (const char* lang : {"en", "ko", "zh"}) {
      options.lang = lang;
      const auto one = assess(*all, manifest, options);
      REQUIRE(one.ok());
      reports::Options render;
      render.lang = lang;
      for (const auto& format : reports::formats()) {
        if (!format.one_language) continue;
        CAPTURE(name);
        CAPTURE(lang);
        CAPTURE(format.name);
        const bool same = format.render(*whole, render) == format.render(*one, render);
        CHECK(same);
        ++compared;
      }
      CHECK(one->packs[0].title.zh.empty() == (std::string(lang) != "zh"));
    }
  }
  CHECK(compared == 36);
}
