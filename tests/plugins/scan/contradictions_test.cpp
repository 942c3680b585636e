#include "plugins/scan/contradictions.h"

#include "packs/library.h"
#include "plugins/scan/folder.h"

using namespace pandect;
using namespace pandect::scan;
using namespace pandect::testing;

namespace {

std::vector<Finding> findings(const std::string& systems, const Folder& folder) {
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  const Linked linked = library.load({"core"});
  REQUIRE(linked.program);
  const auto manifest = read_manifest(*linked.program, "pandect.yaml",
                                      "pandect: 1\norganisation: {id: o}\nsystems:\n" + systems);
  if (!manifest) MESSAGE(to_string(manifest.errors().front()));
  REQUIRE(manifest.ok());
  return contradictions(*linked.program, *manifest, scan_of(folder));
}

}  // namespace

TEST_CASE("a manifest that denies what is imported is contradicted, with both places") {
  const Folder folder;
  folder.write("src/x.py", "import os\nimport sys\nimport face_recognition\n");
  const auto found = findings("  - id: s\n    facts:\n      biometrics.processed: false\n", folder);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "contradiction");
  CHECK(found[0].level == Severity::medium);
  CHECK(found[0].about == "biometrics.processed");
  CHECK(found[0].where.file == "src/x.py");
  CHECK(found[0].where.line == 3);
  CHECK(found[0].message.en.find("import face_recognition") != std::string::npos);
  CHECK(found[0].message.en.find("line 6") != std::string::npos);
  CHECK(found[0].message.en.find('{') == std::string::npos);
  CHECK_FALSE(found[0].message.ko.empty());
  CHECK_FALSE(found[0].message.zh.empty());
  CHECK_FALSE(found[0].fingerprint.empty());
}

TEST_CASE("a closed set that leaves out what is seen is contradicted") {
  const Folder folder;
  folder.write("a.py", "import face_recognition\n");
  CHECK(findings("  - {id: s, facts: {biometrics.processed: true, biometrics.kinds: [voice]}}\n",
                 folder)
            .size() == 1);
  CHECK(findings("  - {id: s, facts: {biometrics.processed: true, biometrics.kinds: [face]}}\n",
                 folder)
            .empty());
  CHECK(findings("  - {id: s, facts: {biometrics.processed: true, biometrics.kinds: {known: "
                 "[voice], rest: unknown}}}\n",
                 folder)
            .empty());
}

TEST_CASE("nothing is contradicted by what is left out, unknown, weak or not shipped") {
  const Folder folder;
  folder.write("src/x.py", "import face_recognition\n");
  CHECK(findings("  - {id: s}\n", folder).empty());
  CHECK(findings("  - {id: s, closed_world: true}\n", folder).empty());
  CHECK(findings("  - {id: s, facts: {biometrics.processed: unknown}}\n", folder).empty());
  CHECK(findings("  - {id: s, facts: {biometrics.processed: false}}\n"
                 "  - {id: t, facts: {biometrics.processed: true}}\n",
                 folder)
            .empty());
  const Folder aside;
  aside.write("tests/x.py", "import face_recognition\n");
  aside.write("src/embed.py", "import sentence_transformers\n");
  CHECK(findings("  - {id: s, facts: {biometrics.processed: false, system.generative: false}}\n",
                 aside)
            .empty());
}
