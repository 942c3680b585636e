#include "plugins/scan/scan.h"

#include "plugins/scan/folder.h"
#include "plugins/scan/proposals.h"

#include <atomic>
#include <thread>

#include <sys/stat.h>

using namespace pandect;
using namespace pandect::scan;
using namespace pandect::testing;

namespace {

const Proposal* proposal_of(ScanResult&&, const std::string&) = delete;
const Proposal* proposal_of(const ScanResult& result, const std::string& fact) {
  for (const auto& each : result.proposals) {
    if (each.fact == fact) return &each;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a scan finds dependencies, imports and code with file and line, and sets no fact") {
  const Folder folder;
  folder.write("requirements.txt", "flask\nopenai>=1\n");
  folder.write("src/api.py", "import os\n\nfrom openai import OpenAI\n");
  folder.write("src/x.py", "# import face_recognition\nimport face_recognition as f\n");
  const ScanResult result = scan_of(folder);
  const auto places = places_of(result);
  CHECK(has(places, "openai requirements.txt:2"));
  CHECK(has(places, "openai src/api.py:3"));
  CHECK(has(places, "face-recognition-library src/x.py:2"));
  CHECK(result.files == 3);
  const Proposal* biometric = proposal_of(result, "biometrics.processed");
  REQUIRE(biometric != nullptr);
  CHECK(biometric->confidence == doctest::Approx(0.9));
  CHECK(biometric->kind == ProposalClass::suggested);
  CHECK(biometric->where.file == "src/x.py");
  CHECK(biometric->where.line == 2);
}

TEST_CASE("tests, examples and development tools weigh less") {
  const Folder folder;
  folder.write("tests/a.py", "import face_recognition\n");
  folder.write("package.json", "{\"devDependencies\": {\"openai\": \"4\"}}");
  const ScanResult result = scan_of(folder);
  CHECK(proposal_of(result, "biometrics.processed")->confidence == doctest::Approx(0.45));
  CHECK(proposal_of(result, "system.generative")->confidence < 0.5);
  folder.write("src/a.py", "import face_recognition\n");
  const ScanResult more = scan_of(folder);
  const Proposal* best = proposal_of(more, "biometrics.processed");
  CHECK(best->confidence == doctest::Approx(0.9));
}

TEST_CASE("numpy, pandas and OpenCV alone say nothing") {
  const Folder folder;
  folder.write("requirements.txt", "numpy\npandas\nopencv-python\n");
  folder.write("a.py", "import cv2\nimport numpy as np\nimg = cv2.imread('x')\n");
  CHECK(scan_of(folder).signs.empty());
}

TEST_CASE("ignored, vendored, generated, binary and other files are passed over and told") {
  const Folder folder;
  const std::string sign = "import openai\n";
  folder.write(".gitignore", "*.secret.py\n/out/\n");
  folder.write("deep/.gitignore", "local.py\n!kept.secret.py\n");
  folder.write("a.secret.py", sign);
  folder.write("deep/kept.secret.py", sign);
  folder.write("deep/local.py", sign);
  folder.write("out/a.py", sign);
  folder.write("node_modules/x/index.js", "import 'openai'\n");
  folder.write(".venv/lib/a.py", sign);
  folder.write("a_pb2.py", sign);
  folder.write("gen.py", "# Code generated. DO NOT EDIT.\n" + sign);
  folder.write("nul.py", std::string("import openai\n\0", 15));
  folder.write("notes.md", sign);
  const ScanResult result = scan_of(folder);
  CHECK(places_of(result) == std::vector<std::string>{"openai deep/kept.secret.py:1"});
  CHECK(reason_of(result, "a.secret.py") == "ignored");
  CHECK(reason_of(result, "deep/local.py") == "ignored");
  CHECK(reason_of(result, "out/") == "ignored");
  CHECK(reason_of(result, "node_modules/") == "vendored");
  CHECK(reason_of(result, ".venv/") == "vendored");
  CHECK(reason_of(result, "a_pb2.py") == "generated");
  CHECK(reason_of(result, "gen.py") == "generated");
  CHECK(reason_of(result, "nul.py") == "binary");
  CHECK(reason_of(result, "notes.md") == "other");
}

TEST_CASE(
    "links out, loops, pipes and names of any bytes are survived, and nothing outside is read") {
  const Folder outside, folder;
  outside.write("secret.py", "import openai\n");
  namespace fs = std::filesystem;
  fs::create_symlink(outside.path / "secret.py", folder.path / "link.py");
  fs::create_symlink(outside.path, folder.path / "out");
  fs::create_symlink(folder.path, folder.path / "loop");
  fs::create_symlink("nowhere", folder.path / "dangling.py");
  fs::create_symlink(outside.path / "secret.py", folder.path / ".gitignore");
  REQUIRE(::mkfifo((folder.path / "pipe.py").c_str(), 0600) == 0);
  folder.write("line\nbreak\xff.py", "import openai\n");
  folder.write("\x1b[31mred.py", "import openai\n");
  const ScanResult result = scan_of(folder);
  CHECK(result.signs.size() == 2);
  CHECK(reason_of(result, "link.py") == "link");
  CHECK(reason_of(result, "out") == "link");
  CHECK(reason_of(result, "loop") == "link");
  CHECK(reason_of(result, "pipe.py") == "special");
  for (const auto& each : result.signs) {
    const std::string text = place(each.where);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find('\xff') == std::string::npos);
  }
}

TEST_CASE("long files are read in part, data and too many files are left, and all is told") {
  const Folder folder;
  folder.write("long.py", "import openai\n" + std::string(70'000, '\n') + "import anthropic\n");
  folder.write("data.json", std::string(5000, ' ') + "{\"m\": \"gpt-4o\"}");
  for (int each = 0; each < 5; ++each)
    folder.write("z" + std::to_string(each) + ".py", "import openai\n");
  ScanLimits limits;
  limits.text = 65'536;
  limits.data = 1000;
  limits.files = 4;
  const ScanResult result = scan_of(folder, limits);
  CHECK(has(places_of(result), "openai long.py:1"));
  CHECK_FALSE(has(places_of(result), "anthropic long.py:70002"));
  CHECK(reason_of(result, "long.py") == "part");
  CHECK(reason_of(result, "data.json") == "data");
  CHECK(reason_of(result, "z4.py") == "too-many");
}

TEST_CASE("the same tree gives the same result whatever the threads do") {
  const Folder folder;
  for (int each = 0; each < 400; ++each) {
    folder.write("m" + std::to_string(each % 7) + "/f" + std::to_string(each) + ".py",
                 each % 3 == 0 ? "import torch\nmodel.fit(x)\n" : "import openai\n");
  }
  ScanLimits one, many;
  one.threads = 1;
  many.threads = 8;
  const auto first = places_of(scan_of(folder, one));
  CHECK(first.size() == 534);
  for (int round = 0; round < 3; ++round) CHECK(places_of(scan_of(folder, many)) == first);
}

TEST_CASE("a repository that changes while it is read is survived") {
  const Folder folder;
  for (int each = 0; each < 300; ++each)
    folder.write("f" + std::to_string(each) + ".py", "import openai\n");
  std::atomic<bool> stop{false};
  std::thread changes([&] {
    for (int round = 0; !stop; ++round) {
      const std::string name = "f" + std::to_string(round % 300) + ".py";
      std::error_code error;
      std::filesystem::remove(folder.path / name, error);
      if (round % 2 == 0)
        folder.write(name, std::string(static_cast<std::size_t>(round % 5000), 'x'));
    }
  });
  for (int round = 0; round < 5; ++round) CHECK(scan_of(folder).signs.size() <= 300);
  stop = true;
  changes.join();
}

TEST_CASE("model files: format, parameters, and what a pickle is") {
  const Folder folder;
  const std::string header = R"({"w":{"dtype":"F32","shape":[1000,1000],"data_offsets":[0,0]}})";
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  folder.write("weights/model.safetensors", bytes + header);
  folder.write("weights/config.json", R"({"model_type": "llama"})");
  const ScanResult result = scan_of(folder);
  REQUIRE(result.models.size() == 1);
  CHECK(result.models[0].parameters == 1'000'000u);
  const auto places = places_of(result);
  CHECK(has(places, "language-model-file weights/model.safetensors:0"));
  CHECK(has(places, "model-file weights/model.safetensors:0"));
  CHECK(proposal_of(result, "parameters")->values.front() == "1000000");
}

TEST_CASE("texts from a repository are shown escaped") {
  CHECK(shown("a\nb\tc\x1b[0m") == "a\\nb c\\x1b[0m");
  CHECK(shown("\xff\xc3") == "\\xff\\xc3");
  CHECK(shown("한글 中文") == "한글 中文");
  CHECK(shown("\u202Egnp.exe") == "\\xe2\\x80\\xaegnp.exe");
  CHECK(shown("\u2028\u0085\ufeff").find_first_not_of("\\x0123456789abcdef") == std::string::npos);
  CHECK(shown("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(shown(std::string(500, 'a'), 10) == "aaaaaaaaaa...");
}
