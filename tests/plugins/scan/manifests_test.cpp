#include "plugins/scan/manifests.h"

#include <doctest/doctest.h>

using namespace pandect::scan;

namespace {

// "name:line", with + before those for development.
std::string names(const std::string& path, const std::string& text) {
  std::string out;
  for (const auto& each : dependencies_of(path, text).list)
    out += (out.empty() ? "" : " ") + std::string(each.development ? "+" : "") + each.name + ":" +
           std::to_string(each.line);
  return out;
}

}  // namespace

TEST_CASE("Python requirements: comments, extras, markers, addresses, no line break at the end") {
  CHECK(names("requirements.txt",
              "# openai\n"
              "Torch_Vision [cuda] >= 2.0 ; python_version > '3.8'\n"
              "-r other.txt\n"
              "--hash=sha256:00\n"
              "git+https://github.com/x/OpenVoice.git\n"
              "-e git+https://github.com/x/y#egg=My.Pkg\n"
              "pkg @ https://example.org/pkg.whl\n"
              "last") == "torch-vision:2 openvoice:5 my-pkg:6 pkg:7 last:8");
  CHECK(names("requirements-dev.txt", "pytest") == "+pytest:1");
}

TEST_CASE("Python: pyproject, Pipfile, setup.cfg, setup.py and environment.yml") {
  CHECK(names("pyproject.toml",
              "[project]\ndependencies = [\n  'openai>=1',\n  'Torch[x]',\n]\n"
              "[project.optional-dependencies]\ntest = ['pytest']\nserve = ['vllm']\n"
              "[dependency-groups]\ndev = ['ruff']\n") ==
        "openai:3 torch:4 vllm:8 +pytest:7 +ruff:10");
  CHECK(names("pyproject.toml",
              "[tool.poetry.dependencies]\npython = '^3.10'\nlangchain = {version = '1'}\n"
              "[tool.poetry.group.dev.dependencies]\nblack = '*'\n") == "langchain:3 +black:5");
  CHECK(names("Pipfile", "[packages]\nfer = '*'\n[dev-packages]\nmypy = '*'\n") == "fer:2 +mypy:4");
  CHECK(names("setup.cfg",
              "[options]\ninstall_requires =\n    dlib>=19\n    # x\n    fer\n"
              "[options.extras_require]\ndev =\n    pytest\n[other]\nx =\n    y\n") ==
        "dlib:3 fer:5 +pytest:8");
  CHECK(names("setup.py",
              "requirements = [\n    'face_recognition_models>=0.3.0',\n    \"Click\",\n]\n"
              "test_requirements = ['tox']\nsetup(install_requires=requirements, name=['x'])\n") ==
        "face-recognition-models:2 click:3 +tox:5");
  CHECK(names("environment.yml",
              "name: x\ndependencies:\n  - python=3.10\n  - conda-forge::monai=1\n  - pip:\n"
              "    - openai\n") == "python:3 monai:4 openai:6");
}

TEST_CASE("other registries: npm, Maven, Gradle, Go, Cargo, NuGet, Ruby, PHP, C++") {
  CHECK(names("package.json",
              "{\n \"name\": \"openai\",\n \"dependencies\": {\n  \"openai\": \"4\"\n },\n"
              " \"devDependencies\": {\n  \"jest\": \"1\"\n }\n}\n") == "openai:4 +jest:7");
  CHECK(
      names(
          "pom.xml",
          "<project>\n<dependencies>\n<dependency><groupId>dev.L</groupId>"
          "<artifactId>a</artifactId></dependency>\n<dependency><groupId>j</groupId>"
          "<artifactId>t</artifactId><scope>test</scope></dependency></dependencies></project>") ==
      "dev.l:a:3 +j:t:4");
  CHECK(names("build.gradle",
              "implementation 'a.b:c:1.0'\ntestImplementation(\"d:e:2\")\n// api 'x:y:1'\n") ==
        "a.b:c:1 +d:e:2");
  CHECK(names("go.mod",
              "module x\nrequire (\n\tgithub.com/A/b v1\n\tgithub.com/c/d v2 // indirect\n)\n"
              "require e.org/f v1\n") == "github.com/a/b:3 e.org/f:6");
  CHECK(names("Cargo.toml",
              "[dependencies]\nc2pa = '1'\nx = {package = 'tch', version = '1'}\n"
              "[dev-dependencies]\ncriterion = '1'\n") == "c2pa:2 tch:3 +criterion:5");
  CHECK(names("A.csproj",
              "<Project>\n<ItemGroup>\n<PackageReference Include=\"OpenAI\" Version=\"2\"/>"
              "</ItemGroup></Project>") == "openai:3");
  CHECK(names("Gemfile", "gem 'ruby-openai'\ngroup :test do\n  gem 'rspec'\nend\n") ==
        "ruby-openai:1 +rspec:3");
  CHECK(names("composer.json", "{\"require\": {\"a/B\": \"1\"}}") == "a/b:1");
  CHECK(names("vcpkg.json", "{\"dependencies\": [\"dlib\", {\"name\": \"itk\"}]}") ==
        "dlib:1 itk:1");
  CHECK(names("conanfile.txt", "[requires]\nonnxruntime/1.16\n[options]\nx/y\n") ==
        "onnxruntime:2");
  CHECK(names("CMakeLists.txt", "# find_package(dlib)\nfind_package(OpenCV REQUIRED)\n") ==
        "opencv:2");
}

TEST_CASE("declarations that are not well-formed are passed over and said to be") {
  CHECK_FALSE(dependencies_of("pyproject.toml", "[project\nx = ").understood);
  CHECK_FALSE(dependencies_of("package.json", "{\"dependencies\": ").understood);
  CHECK_FALSE(dependencies_of("pom.xml", "<project><dep").understood);
  std::string deep;
  for (int each = 0; each < 100'000; ++each) deep += "<a>";
  CHECK_FALSE(dependencies_of("pom.xml", deep).understood);
  CHECK_FALSE(dependencies_of("package.json", std::string(200'000, '[')).understood);
  CHECK_FALSE(dependencies_of("pyproject.toml", "x = " + std::string(5000, '[')).understood);
  CHECK(dependencies_of("setup.py", std::string("requires = ['\0', 'a", 19)).list.empty());
}
