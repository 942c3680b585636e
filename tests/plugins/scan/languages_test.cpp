#include "plugins/scan/languages.h"

#include <doctest/doctest.h>

using namespace pandect::scan;

namespace {

std::string modules(const std::string& text, const std::string& language) {
  std::string out;
  for (const auto& each : imports_of(text, language)) out += (out.empty() ? "" : " ") + each.module;
  return out;
}

bool keeps(const std::string& text, const std::string& language, const std::string& part) {
  const std::string code = without_comments(text, language);
  CHECK(code.size() == text.size());
  return code.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("comments are blanks, texts stay, and nothing moves") {
  CHECK_FALSE(keeps("x = 1  # gone\ny", "python", "gone"));
  CHECK(keeps("x = '# stays'\n", "python", "stays"));
  CHECK_FALSE(keeps("\"\"\"\ngone\n\"\"\"\nx", "python", "gone"));
  CHECK(keeps("p = \"\"\"\nstays\n\"\"\"\n", "python", "stays"));
  CHECK_FALSE(keeps("a(); // gone\nb", "javascript", "gone"));
  CHECK_FALSE(keeps("a(); /* gone\n gone */ b", "java", "gone"));
  CHECK(keeps("u = \"http://stays\"", "javascript", "stays"));
  CHECK(keeps("u = `a\n// stays`", "javascript", "stays"));
  CHECK(keeps("fn f<'a>(x: &'a str) { stays(\"//\") }", "rust", "stays"));
  CHECK_FALSE(keeps("key: 1 # gone", "config", "gone"));
  CHECK(keeps("You are # a bot", "prompt", "a bot"));
}

TEST_CASE("comments: any bytes end well") {
  for (const auto language : languages()) {
    for (const auto* text :
         {"'", "\"", "\"\"\"", "`", "/*", "//", "\\", "'\\", "#", "\"\\", "''", "/"})
      CHECK(without_comments(text, language).size() == std::string_view(text).size());
  }
}

TEST_CASE("imports of each language") {
  CHECK(modules("import a.b as c, d\nfrom e.f import (g, h as i)\nfrom . import x\n  import late",
                "python") == "a.b d e.f e.f.g e.f.h late");
  CHECK(modules("import x from 'm'\nimport 'side'\nconst y = require(\"@a/b\")\n"
                "export { z } from 'n';\nawait import('dyn')\n} from 'multi'",
                "javascript") == "m side @a/b n dyn multi");
  CHECK(modules("import static a.b.C.d;\nimport e.F;", "java") == "a.b.C.d e.F");
  CHECK(modules("import f \"a/b\"\nimport (\n\t_ \"c/d\"\n)\nx := \"no\"", "go") == "a/b c/d");
  CHECK(modules("use a::b::{C, D};\nextern crate e;", "rust") == "a::b:: e");
  CHECK(modules("#include <torch/script.h>\n# include \"x.h\"\n", "c") == "torch/script.h x.h");
  CHECK(modules("require 'openai'\nrequire_relative 'x'", "ruby") == "openai");
  CHECK(modules("use OpenAI\\Client;", "php") == "OpenAI\\Client");
  CHECK(modules("global using static A.B;\nusing (var x = y) {}", "csharp") == "A.B");
}

TEST_CASE("languages by names of files") {
  CHECK(language_of("a/b.tsx") == "javascript");
  CHECK(language_of("prompts/system.txt") == "prompt");
  CHECK(language_of("readme.txt").empty());
  CHECK(language_of(".env.local") == "config");
  CHECK(language_of("web/messages/en.json").empty());
  CHECK(language_of("pandect.yaml").empty());
  CHECK(language_of("Makefile").empty());
}

TEST_CASE("notebooks: code cells alone, on the lines of the file; one line too; hostile ones end") {
  const std::string text =
      "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n"
      "    \"import a\\n\",\n    \"print(\\\"b\\\")\"\n   ]\n  },\n  {\n"
      "   \"cell_type\": \"markdown\",\n   \"source\": [\n    \"import c\"\n   ]\n  }\n ]\n}\n";
  const std::string code = notebook_code(text);
  CHECK(code.find("\n\n\n\n\nimport a \nprint(\"b\")\n") == 0);
  CHECK(code.find("import c") == std::string::npos);
  CHECK(notebook_code("{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"import a\\n\"]}]}") ==
        "import a\n\n");
  CHECK(notebook_code("{\"cells\":[{\"cell_type\":5,\"source\":7},3]}").empty());
  CHECK(notebook_code("[1").empty());
  CHECK(notebook_code(std::string(100'000, '[')).empty());
}
