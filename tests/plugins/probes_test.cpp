#include "cli/process.h"
#include "packs/library.h"
#include "plugins/evidence.h"
#include "plugins/probe.h"
#include "plugins/reading/comments.h"
#include "plugins/reading/headings.h"
#include "plugins/reading/tree.h"

#include <array>
#include <filesystem>
#include <map>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::plugins;
using pandect::testing::Scratch;
using Json = nlohmann::json;

namespace {

class Folder {
 public:
  Folder& put(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(scratch_.path(name)).parent_path());
    scratch_.write(name, text);
    return *this;
  }
  std::string path(const std::string& name = ".") const { return scratch_.path(name); }

  Result<ProbeOutcome> try_probe(const std::string& name, const std::string& settings) const {
    for (const auto& each : probes()) {
      if (each.name == name) return each.run(Json::parse(settings), *Root::open(path()));
    }
    return Diagnostic{Level::error, "no-such-probe", {}, name, ""};
  }
  ProbeOutcome probe(const std::string& name, const std::string& settings) const {
    const auto outcome = try_probe(name, settings);
    REQUIRE_MESSAGE(outcome.ok(), name);
    return *outcome;
  }

 private:
  Scratch scratch_;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string kTwoHeadings =
    R"({"paths": "docs/*.*", "headings": [
      {"id": "risks", "en": ["Risk identification"], "ko": ["위험 식별"], "zh": ["风险识别"]},
      {"id": "rest", "en": ["Residual risk"], "ko": ["잔여 위험"], "zh": ["剩余风险"]}]})";
const std::string kBody = "\nPersons over 60 are ranked lower than they should be.\n\n";

}  // namespace

TEST_CASE("file: there and not empty; an empty one has its place") {
  Folder folder;
  CHECK(folder.probe("file", R"({"paths": ["docs/*.md"]})").state == PieceState::absent);
  folder.put("docs/a.md", "");
  const auto empty = folder.probe("file", R"({"paths": ["docs/*.md"]})");
  CHECK(empty.state == PieceState::failed);
  CHECK(empty.seen.back().where.file == "docs/a.md");
  folder.put("docs/b.md", "x");
  CHECK(folder.probe("file", R"({"paths": "docs/*.md"})").state == PieceState::shown);
  CHECK(folder.probe("file", R"({"paths": "docs/*.md", "at_least": "2"})").state ==
        PieceState::failed);
}

TEST_CASE("passage: words in any of the languages, with line and column") {
  Folder folder;
  folder.put("docs/terms.md", "# Terms\n\n본 서비스는 인공지능을 이용합니다.\n");
  const std::string settings =
      R"({"in": ["docs/*.md"], "patterns": {"en": "artificial intelligence", "ko": ["인공지능"]}})";
  const auto shown = folder.probe("passage", settings);
  CHECK(shown.state == PieceState::shown);
  REQUIRE(shown.seen.size() == 1);
  CHECK(shown.seen[0].where.line == 3);
  CHECK(holds(shown.seen[0].text, "인공지능"));
  folder.put("docs/terms.md", "# Terms\n");
  const auto failed = folder.probe("passage", settings);
  CHECK(failed.state == PieceState::failed);
  CHECK(failed.seen.back().where.file == "docs/terms.md");
  CHECK(Folder().probe("passage", settings).state == PieceState::absent);
}

TEST_CASE("document: required sections in Markdown, setext, AsciiDoc, HTML and numbered text") {
  const std::vector<std::pair<std::string, std::string>> good{
      {"a.md", "# 1. Risk identification" + kBody + "## Residual risks" + kBody},
      {"b.md", "Risk Identification\n===" + kBody + "Residual-Risk\n---" + kBody},
      {"c.adoc", "== Risk identification" + kBody + "== Residual risk" + kBody},
      {"d.html",
       "<h1>Risk identification</h1><p>" + kBody + "</p>\n<h2 id=\"r\">Residual risk</h2>" + kBody},
      {"e.txt", "1. Risk identification\n" + kBody + "2. Residual risk\n" + kBody},
      {"f.md", "# 위험식별" + kBody + "# 4) 잔여 위험의 수용" + kBody},
      {"g.md", "# 一、风险识别" + kBody + "# 剩余风险" + kBody},
  };
  for (const auto& [name, text] : good) {
    Folder folder;
    folder.put("docs/" + name, text);
    const auto outcome = folder.probe("document", kTwoHeadings);
    INFO(name << ": " << outcome.note.en);
    CHECK(outcome.state == PieceState::shown);
    CHECK(outcome.seen.size() == 2);
  }
}

TEST_CASE("document: an empty section, a placeholder and a missing one are told with their place") {
  const std::vector<std::string> empty{"\n", "\nTODO\n", "\nTBD.\n\n", "\n작성 예정\n",
                                       "\n待补充\n"};
  for (const auto& body : empty) {
    Folder folder;
    folder.put("docs/risks.md", "# Risk identification" + kBody + "# Residual risk\n" + body);
    const auto outcome = folder.probe("document", kTwoHeadings);
    CHECK(outcome.state == PieceState::failed);
    CHECK(holds(outcome.note.en, "nothing under `Residual risk`"));
    CHECK(outcome.seen.back().where.file == "docs/risks.md");
    CHECK(outcome.seen.back().where.line == 4);
  }
  Folder folder;
  folder.put("docs/risks.md", "# Risk identification" + kBody);
  const auto missing = folder.probe("document", kTwoHeadings);
  CHECK(holds(missing.note.en, "no section `Residual risk`"));
  CHECK(missing.note.ko == "빠진 항목: `잔여 위험`");
  CHECK(holds(missing.looked_for.zh, "含章节"));
  folder.put("docs/more.md", "# Residual risk" + kBody);  // sections may be spread over files
  CHECK(folder.probe("document", kTwoHeadings).state == PieceState::shown);
}

TEST_CASE("document: headings in code do not count, and what is no text is not judged") {
  Folder folder;
  folder.put("docs/a.md",
             "```\n# Risk identification" + kBody + "# Residual risk" + kBody + "```\n");
  CHECK(folder.probe("document", kTwoHeadings).state == PieceState::failed);
  Folder other;
  other.put("docs/a.pdf", "%PDF-1.7");
  const auto outcome = other.probe("document", kTwoHeadings);
  CHECK(outcome.state == PieceState::unchecked);
  CHECK(holds(outcome.note.en, "cannot be read for sections"));
}

TEST_CASE("notice: what a user sees counts, in each kind of file; a comment does not") {
  const std::string settings =
      R"({"patterns": {"en": "(?i)made with AI", "ko": "인공지능이 생성", "zh": "人工智能生成"}})";
  const std::vector<std::pair<std::string, std::string>> seen{
      {"locales/en.json", R"({"mark": "Made with AI"})"},
      {"i18n/ko.yaml", "mark: 인공지능이 생성한 이미지입니다\n"},
      {"po/zh.po", "msgid \"mark\"\nmsgstr \"人工智能生成\"\n"},
      {"res/messages.properties", "mark=Made with AI\n"},
      {"ios/Localizable.strings", "\"mark\" = \"Made with AI\";\n"},
      {"l10n/app_en.arb", R"({"mark": "Made with AI"})"},
      {"web/index.html", "<p>Made with AI</p>"},
      {"src/App.jsx", "return <p title=\"http://x\">Made with AI</p>;"},
      {"src/App.vue", "<template><p>Made with AI</p></template>"},
  };
  for (const auto& [name, text] : seen) {
    Folder folder;
    folder.put(name, text);
    INFO(name);
    CHECK(folder.probe("notice", settings).state == PieceState::shown);
  }
  const std::vector<std::pair<std::string, std::string>> comments{
      {"web/index.html", "<p>Hello</p>\n<!-- Made with AI -->"},
      {"src/App.jsx", "// Made with AI\nreturn <p>{/* Made with AI */}</p>;"},
      {"i18n/ko.yaml", "# 인공지능이 생성\nmark: 없음\n"},
      {"po/zh.po", "#. 人工智能生成\nmsgid \"a\"\nmsgstr \"b\"\n"},
      {"res/messages.properties", "! Made with AI\nmark=none\n"},
      {"web/a.hbs", "{{!-- Made with AI --}}"},
  };
  for (const auto& [name, text] : comments) {
    Folder folder;
    folder.put(name, text);
    const auto outcome = folder.probe("notice", settings);
    INFO(name);
    CHECK(outcome.state == PieceState::failed);
    CHECK(holds(outcome.note.en, "only in comments"));
  }
  Folder folder;
  folder.put("package.json", R"({"description": "Made with AI"})")
      .put("src/a.py", "# Made with AI");
  CHECK(folder.probe("notice", settings).state == PieceState::absent);
}

TEST_CASE("field: exists, equals and matches in JSON, YAML, TOML and front matter") {
  Folder folder;
  folder.put("a.json", R"({"model": {"tags": ["x", "risk"]}})")
      .put("b.yaml", "license: apache-2.0\n")
      .put("c.toml", "[model]\nlicense = \"mit\"\nparameters = 7\n")
      .put("d.md", "---\nlicense: mit\n---\n# Card\n")
      .put("broken.json", "{\"a\": [");
  const auto state = [&](const std::string& settings) {
    return folder.probe("field", settings).state;
  };
  CHECK(state(R"({"in": "a.json", "at": "/model/tags/1", "equals": "risk"})") == PieceState::shown);
  CHECK(state(R"({"in": "a.json", "at": "/model/tags/2"})") == PieceState::absent);
  CHECK(state(R"({"in": "b.yaml", "at": "/license", "matches": "^apache"})") == PieceState::shown);
  CHECK(state(R"({"in": "b.yaml", "at": "/license", "matches": "^gpl"})") == PieceState::failed);
  CHECK(state(R"({"in": "c.toml", "at": "/model/parameters", "equals": "7"})") ==
        PieceState::shown);
  CHECK(folder.probe("field", R"({"in": "d.md", "at": "/license"})").seen.at(0).where.line == 2);
  const auto broken = folder.probe("field", R"({"in": "broken.json", "at": "/a"})");
  CHECK(broken.state == PieceState::absent);
  CHECK(broken.skipped.size() == 1);
}

TEST_CASE("attestation: person, day, scope and end; expiry by the day asked") {
  Folder folder;
  folder.put("attestations/a.yaml",
             "by: Kim\ndate: 2026-01-02\nscope: notice of the Korean site\nthrough: 2026-12-31\n");
  const auto on = [&](const std::string& day) {
    return folder.probe("attestation",
                        R"({"paths": "attestations/*.yaml", "as_of": ")" + day + "\"}");
  };
  CHECK(on("2026-06-01").state == PieceState::shown);
  CHECK(on("2027-01-01").state == PieceState::failed);
  CHECK(holds(on("2027-01-01").note.en, "expired on 2026-12-31"));
  CHECK(on("2026-01-01").state == PieceState::failed);
  folder.put("attestations/a.yaml", "by: Kim\ndate: 2026-01-02\nthrough: 2026-12-31\n");
  CHECK(holds(on("2026-06-01").note.en, "no `scope`"));
}

TEST_CASE("wrong settings of a probe are errors that name the nearest key") {
  const Folder folder;
  const std::vector<std::array<std::string, 3>> wrong{
      {"file", R"({"pahts": "a"})", "did you mean `paths`"},
      {"file", R"({"paths": "a", "at_least": "many"})", "takes a number"},
      {"file", R"(["a"])", "takes a map"},
      {"passage", R"({"in": "a", "patterns": "("})", "no RE2 expression"},
      {"passage", R"({"in": "a"})", "needs `in` and `patterns`"},
      {"field", R"({"in": "a", "at": "license"})", "starts with `/`"},
      {"document", R"({"paths": "a"})", "needs `headings`"},
      {"notice", R"({"patterns": {"en": {"deep": "x"}}})", "by language"},
      {"attestation", "{}", "needs `paths`"},
  };
  for (const auto& [name, settings, part] : wrong) {
    const auto outcome = folder.try_probe(name, settings);
    INFO(name << " " << settings);
    REQUIRE(!outcome.ok());
    std::string all;
    for (const auto& each : outcome.errors()) all += each.message + each.hint + "\n";
    CHECK(holds(all, part));
  }
}

TEST_CASE("every probe that a pack names exists and takes its settings") {
  Library library;
  library.folder = PANDECT_SOURCE "/rules";
  const Linked linked = library.load({});
  REQUIRE(linked.program);
  const Folder empty;
  EvidenceLooker looker(empty.path(), probes(), 0);
  std::size_t looked = 0, own = 0;
  for (const auto& piece : linked.program->evidence.all()) {
    ProbeRequest request;
    request.own = linked.program->text(piece.probe);  // a name that is unknown is then an error
    if (request.own.empty()) continue;
    const Look look = looker.probe(request);
    CHECK(look.state == PieceState::absent);
    ++looked;
    own += holds(std::string(request.own), "{docs,evidence,compliance}/**/") ? 0 : 1;
  }
  for (const auto& each : looker.problems()) MESSAGE(to_string(each));
  CHECK(looker.problems().empty());
  CHECK(looked > 400);
  CHECK(own > 60);
}

TEST_CASE("hostile folders: links out, loops, special and huge files are left out and told") {
  Folder folder;
  folder.put("docs/a.md", "# Risk identification" + kBody).put("docs/huge.md", "");
  std::filesystem::resize_file(folder.path("docs/huge.md"), 5u << 20);
  std::filesystem::create_symlink("/etc", folder.path("docs/out"));
  std::filesystem::create_directory_symlink("..", folder.path("docs/loop"));
  EvidenceLooker looker(folder.path(), probes(), 0);
  ProbeRequest request;
  request.own =
      R"({"document": {"paths": "docs/**/*.md", "headings": [{"en": "Risk identification"}]}})";
  CHECK(looker.probe(request).state == PieceState::shown);
  std::map<std::string, std::string> skipped;
  for (const auto& each : looker.skipped()) skipped[each.path] = each.reason;
  CHECK(skipped["docs/out"] == "link");
  CHECK(skipped["docs/loop"] == "link");
  CHECK(skipped["docs/huge.md"] == "too-large");
  CHECK(looker.source("../../etc/passwd").state == PieceState::absent);
  CHECK(holds(looker.source("docs/out/passwd").note.en, "leaves the folder"));
}

TEST_CASE("places narrow what is walked, and fetched dependencies are passed over") {
  Folder folder;
  folder.put("web/a.html", "Made with AI").put("node_modules/x/a.html", "Made with AI");
  folder.put("old/a.html", "Made with AI");
  ProbeRequest request;
  request.own = R"({"notice": {"patterns": "Made with AI"}})";
  CHECK(EvidenceLooker(folder.path(), probes(), 0).probe(request).seen.size() == 2);
  CHECK(EvidenceLooker(folder.path(), probes(), 0, {}, {"old"}).probe(request).seen.size() == 1);
  CHECK(EvidenceLooker(folder.path(), probes(), 0, {"old"}).probe(request).seen.size() == 1);
}

TEST_CASE("a manifest adds names of headings and takes none away") {
  Folder folder;
  folder.put("q/r.md", "# Risk identification" + kBody + "# What is left" + kBody);
  const std::string pack = "{\"document\": " + kTwoHeadings + "}";
  ProbeRequest request;
  request.probe = pack;
  request.own =
      R"({"document": {"paths": "q/*.md", "headings": [{"id": "rest", "en": "What is left"}]}})";
  EvidenceLooker looker(folder.path(), probes(), 0);
  const Look look = looker.probe(request);
  CHECK(look.state == PieceState::shown);
  CHECK(look.aimed);
  request.own = R"({"document": {"paths": "q/*.md", "headings": []}})";
  CHECK(looker.probe(request).state == PieceState::failed);
}

TEST_CASE("readers survive what they are not made for") {
  const std::string noise("\0\xFF\xFE# \n===\n---\n<h1", 18);
  CHECK(sections_of("md", noise).size() < 5);
  CHECK(sections_of("html", "<h1>open").size() == 1);
  CHECK(without_comments("js", "/* never closed").find('n') == std::string::npos);
  CHECK(!toml_tree("a.toml", "a = [").ok());
  CHECK(!tree_of("a.md", "---\nnever closed").ok());
  CHECK(sections_of("md", std::string(100'000, '#') + " x").empty());
}
