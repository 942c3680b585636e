#include "cli/process.h"
#include "packs/yaml.h"
#include "plugins/scan/folder.h"

#include <nlohmann/json.hpp>

using pandect::testing::Folder;
using pandect::testing::Ran;
using pandect::testing::run;
using Json = nlohmann::json;

namespace {

const std::string kExamples = PANDECT_SOURCE "/examples/";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What init writes for this folder, and what check says of it.
Ran check_of(const std::filesystem::path& folder, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"init", folder.string(), "-o", "-"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran written = run(arguments);
  CHECK(written.status == 0);
  const Ran checked =
      run({"check", "-", "--as-of", "2026-11-21", "--jurisdiction", "kr"}, written.out);
  CAPTURE(checked.err);
  CHECK(checked.status == 3);
  return written;
}

}  // namespace

TEST_CASE("scan: text for people in three languages, by what it means") {
  const Ran ran = run({"scan", kExamples + "companion-chatbot"});
  CHECK(ran.status == 0);
  CHECK(holds(ran.out, "Uses a hosted language model"));
  CHECK(holds(ran.out, "src/server.js:2"));
  CHECK(holds(ran.out, "Questions that follow"));
  CHECK(holds(run({"scan", kExamples + "companion-chatbot", "--lang", "ko"}).out,
              "외부 언어모델 서비스 사용"));
  CHECK(holds(run({"scan", kExamples + "companion-chatbot", "--lang", "zh"}).out,
              "调用托管语言模型"));
}

TEST_CASE("scan: JSON with signs, proposals, questions and what was passed over") {
  const Json scan =
      Json::parse(run({"scan", kExamples + "image-generator", "--format", "json", "--all"}).out);
  CHECK(scan["schema"] == "pandect.scan/1");
  CHECK(scan["signs"][0]["file"].is_string());
  CHECK(scan["proposals"].size() > 2);
  CHECK(scan["questions"].size() > 2);
  CHECK(scan["skipped"]["paths"].size() > 0);
  bool image = false;
  for (const auto& each : scan["proposals"])
    image = image || (each["fact"] == "output.kinds" && each["values"][0] == "image");
  CHECK(image);
}

TEST_CASE("scan: a folder that is not there is an error with a remedy") {
  const Ran ran = run({"scan", "/nowhere/at/all"});
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(holds(ran.err, "/nowhere/at/all"));
}

TEST_CASE("init: what it writes for every example loads and is undetermined") {
  for (const auto* example :
       {"bank-credit-model", "companion-chatbot", "cv-screener", "face-gate", "frontier-model",
        "image-generator", "warehouse-forecast", "xray-triage"}) {
    CAPTURE(example);
    check_of(kExamples + example);
  }
}

TEST_CASE("init: proposals are comments with their source, questions stand in order") {
  const Folder folder;
  folder.write("src/api.py", "from openai import OpenAI\n");
  const std::string text = check_of(folder.path).out;
  CHECK(holds(text, "#- system.generative: true"));
  CHECK(holds(text, "src/api.py:1 (70 %) from openai import OpenAI"));
  CHECK(text.find("#- system.status:") < text.find("#- market.offered_in:"));
  CHECK_FALSE(holds(text, "\n      system."));  // nothing is set
  CHECK(holds(check_of(folder.path, {"--lang", "ko"}).out, "현재 어느 단계입니까?"));
}

TEST_CASE("init: when the signs are taken away, the proposals are facts that load") {
  const Folder folder;
  folder.write("a.py", "import openai\nimport face_recognition\nfrom diffusers import x\n");
  std::string text = run({"init", folder.path.string(), "-o", "-"}).out, facts;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t sign = line.find("#- ");
    // Questions have no answer yet.
    if (sign != std::string::npos && line.find(":  #") == std::string::npos) line.erase(sign, 3);
    facts += line + "\n";
  }
  const Ran ran = run({"check", "-", "--as-of", "2026-11-21", "--jurisdiction", "kr"}, facts);
  CAPTURE(ran.err);
  CHECK(ran.status != 2);
  CHECK(holds(facts, "\n      biometrics.processed: true"));
}

TEST_CASE("init: nothing from a hostile repository becomes YAML of its own") {
  const Folder folder;
  const std::string name = "x\": {}\n  evil: [*a, &b] # \xff'|>%@`\u2028";
  folder.write(name + "/a.py", "import openai  # \r\nimport face_recognition\x1b[2J\n");
  folder.write(name + ".py", "client.chat.completions.create(model='\u0085\u2028 a: b')\n");
  folder.write("m: {}\n- id: y/model.safetensors.index.json",
               "{\"metadata\":{\"total_parameters\":5},\"weight_map\":{}}");
  folder.write("m: {}\n- id: y/config.json",
               "{\"_name_or_path\": \"a\\nsystems: []\\n# \\u2028x: \\\"y\\\"\", \"model_type\": "
               "\"llama\\n- x\"}");
  const std::string text = check_of(folder.path).out;
  const auto document = pandect::yaml::parse("x", text);
  REQUIRE(document.ok());
  for (const auto& entry : document->root.entries) {
    CAPTURE(entry.key.text);
    CHECK((entry.key.text == "pandect" || entry.key.text == "organisation" ||
           entry.key.text == "models" || entry.key.text == "systems" ||
           entry.key.text == "settings"));
  }
  CHECK(document->root.find("systems")->items.size() == 1);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("init: never overwrites without --force, not even through a link") {
  const Folder folder;
  folder.write("a.py", "import openai\n");
  folder.write("pandect.yaml", "mine");
  const Ran refused = run({"init", folder.path.string()});
  CHECK(refused.status == 2);
  CHECK(holds(refused.err, "--force"));
  CHECK(read(folder.path / "pandect.yaml") == "mine");
  CHECK(run({"init", folder.path.string(), "--force"}).status == 0);
  CHECK(holds(read(folder.path / "pandect.yaml"), "pandect: 1"));
  std::filesystem::create_symlink("/nowhere/else", folder.path / "dangling.yaml");
  CHECK(
      run({"init", folder.path.string(), "-o", (folder.path / "dangling.yaml").string()}).status ==
      2);
}

TEST_CASE("init: a page on privacy is no model card, and nothing is taken from it") {
  const std::string text = run({"init", kExamples + "companion-chatbot", "-o", "-"}).out;
  CHECK_FALSE(holds(text, "docs/privacy.md"));
  CHECK(holds(text, "docs/model_card.md"));
}
