// What strangers may hand to an importer: an answer or a refusal that says why, never a crash.
#include "plugins/importing/collector.h"
#include "plugins/importing/numbers.h"
#include "plugins/importing/tree.h"

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::plugins;

namespace {

Result<Imported> run(const std::string& importer, const std::string& name, std::string bytes) {
  for (const auto& each : importers()) {
    if (each.name == importer) return each.read({name, std::move(bytes)});
  }
  return Diagnostic{};
}

const Proposal* find(const Imported& imported, const std::string& fact,
                     ProposalClass kind = ProposalClass::suggested) {
  for (const auto& each : imported.proposals) {
    if (each.fact == fact && (each.kind == kind || kind == ProposalClass::suggested)) return &each;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("the import tables are sound") {
  for (const auto& each : tables().problems) MESSAGE(to_string(each));
  CHECK(tables().problems.empty());
  CHECK(tables().words.size() > 20);
}

TEST_CASE("json keeps the line of every value") {
  const auto tree = read_json("f", "\xEF\xBB\xBF{\r\n \"a\": 1,\n \"b\": [\n  \"x\",\n  2\n ]\n}");
  REQUIRE(tree.ok());
  CHECK(tree->root.find("a")->line == 2);
  CHECK(tree->root.find("b")->line == 3);
  CHECK(tree->root.find("b")->items[0].line == 4);
  CHECK(tree->root.find("b")->items[1].line == 5);
}

TEST_CASE("hostile json is refused with a reason or read within bounds") {
  CHECK(read_json("f", std::string(100'000, '[')).errors().front().code == "too-deep");
  CHECK(read_json("f", "{\"a\": 1").errors().front().code == "json");
  CHECK(read_json("f", "{\"a\": \"\xFF\"}").errors().front().code == "json");
  CHECK(read_json("f", "").errors().front().code == "json");
  std::string many = "[0";
  for (int i = 0; i < 1'000'001; ++i) many += ",0";
  CHECK(read_json("f", many + "]").errors().front().code == "too-large");
  const auto twice = read_json("f", "{\"a\": 1,\n\"a\": 2}");
  REQUIRE(twice.ok());
  CHECK(twice->root.find("a")->text == "1");
  REQUIRE(twice->warnings.size() == 1);
  CHECK(twice->warnings[0].code == "duplicate-key");
  CHECK(twice->warnings[0].where.line == 2);
}

TEST_CASE("hostile xml opens nothing and is bounded") {
  const std::string bomb =
      "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><bom><name>&b;</name></bom>";
  const auto tree = read_xml("f", bomb, {});
  if (tree) CHECK(text_at(tree->root, "name").find("root:") == std::string::npos);
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  for (int i = 0; i < 5000; ++i) deep += "</a>";
  CHECK(read_xml("f", deep, {}).errors().front().code == "too-deep");
  CHECK(!read_xml("f", "<bom><a></bom>", {}).ok());
}

TEST_CASE("front matter of every kind") {
  CHECK(front_matter("---\nlicense: mit\n---\ntext").present);
  CHECK(front_matter("\n\n---\r\nlicense: mit\r\n---  \r\ntext").present);
  CHECK(front_matter("\xEF\xBB\xBF---\nlicense: mit\n---\n").present);
  CHECK(!front_matter("---\nlicense: mit\n").present);
  CHECK(!front_matter("text\n---\nlicense: mit\n---\n").present);
  const auto broken = run("huggingface", "README.md", "---\n{{ card_data }}: [\n---\n# A 7B\n");
  REQUIRE(broken.ok());
  REQUIRE(!broken->warnings.empty());
  CHECK(broken->warnings[0].code == "front-matter");
  CHECK(find(*broken, "about.parameters") != nullptr);
}

TEST_CASE("which parameters are multiplied decides a threshold: both are shown") {
  const auto moe =
      run("huggingface", "README.md",
          "# Big Model\n## Training\n236B total parameters, of which 21B are activated "
          "for each token.\nIt was trained on 8.1T tokens.\n");
  REQUIRE(moe.ok());
  std::vector<std::string> values;
  for (const auto& each : moe->proposals) {
    if (each.kind == ProposalClass::derived) values.push_back(each.values.front());
  }
  CHECK(values == std::vector<std::string>{"1.02e24", "1.15e25"});
}

TEST_CASE("the number grammar is strict") {
  CHECK(whole_figure("24_700_000") == 24'700'000);
  CHECK(whole_figure("2.5 Trillion") == 2.5e12);
  CHECK(whole_figure("1.5e22") == 1.5e22);
  CHECK(figures("104B billion parameters").empty());
  CHECK(figures("step1000-tokens4B").empty());
  CHECK(!whole_figure("about a lot"));
}

TEST_CASE("what is denied becomes a limit, never a use") {
  const auto card = run("huggingface", "README.md",
                        "# A\n## Uses\nIt must not be used to rank job applicants.\n"
                        "## Out-of-Scope Use\n- Screening of applicants\n");
  REQUIRE(card.ok());
  CHECK(find(*card, "system.uses") == nullptr);
  CHECK(find(*card, "about.not_for") != nullptr);
}

TEST_CASE("bytes that are no text, and marks that command a terminal, do not come out") {
  const auto card =
      run("huggingface", "README.md",
          "# A \x1b[31m\xFF\xE2\x80\xAE\n**License:** MIT\n" + std::string(3'000'000, 'x'));
  REQUIRE(card.ok());
  for (const auto& each : card->proposals) {
    for (const auto& value : each.values) {
      CHECK(value.find('\x1b') == std::string::npos);
      CHECK(value.find("\xE2\x80\xAE") == std::string::npos);
    }
  }
  CHECK(!run("huggingface", "README.md", std::string(5u << 20, 'x')).ok());
}
