// The cache of linked programs: what is read back says the same, and nothing else is ever used.
#include "packs/image.h"

#include "checks/cases.h"
#include "logic/laws.h"
#include "packs/library.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace pandect;

namespace {

namespace fs = std::filesystem;
const std::string kStamp(64, 'a');

ProgramPtr linked(const std::string& text) {
  const auto document = yaml::parse("pack.yaml", text);
  REQUIRE(document);
  PackDraft draft;
  draft.id = "test";
  Diagnostics problems;
  read_pack_document(*document, draft, problems);
  const Linked result = link({draft});
  REQUIRE(result.program);
  return result.program;
}

// Bytes on a boundary of 16, as a mapped file has them.
ProgramPtr read_back(const std::string& bytes, const std::string& stamp = kStamp) {
  const std::size_t size = (bytes.size() + 15) / 16 * 16;
  std::shared_ptr<void> room(std::aligned_alloc(16, size == 0 ? 16 : size), std::free);
  std::memcpy(room.get(), bytes.data(), bytes.size());
  return program_of({static_cast<const char*>(room.get()), bytes.size()}, stamp, room);
}

std::string conclusions(const Program& program, const std::string& record) {
  const auto document = yaml::parse("record.yaml", record + "expect: {none: true}\n");
  REQUIRE(document);
  CaseDraft draft;
  draft.id = "random";
  draft.document = *document;
  draft.value = document->root;
  Diagnostics problems;
  const Case read = read_case(program, draft, 0, problems);
  const Knowledge knowledge(program, read.record, problems);
  if (has_errors(problems)) return to_string(problems[0]);
  Timeline timeline(knowledge, read.as_of);
  std::string text;
  for (std::uint32_t i = 0; i < program.concepts.size(); ++i) {
    if (program.concepts[i].scope == kModel) continue;
    const auto each = timeline.now().conclude(program.concepts[i].root, {});
    text += std::to_string(static_cast<int>(each.value));
    for (const auto& name : each.missing) text += " " + name;
    for (const auto& open : each.open)
      text += " !" + std::string(program.text(program.rules[open.rule].id));
  }
  for (std::uint32_t i = 0; i < program.obligations.size(); ++i) {
    const auto status = timeline.status(i, {});
    text += " " + std::to_string(static_cast<int>(status.status)) + "/" +
            std::to_string(status.applies_from.value_or(0));
  }
  return text;
}

std::string sample() {
  naive::Random random(5);
  const naive::Law law = random_law(random);
  return facts_text(law) + rules_text(law);
}

class Rules {  // a folder with a core pack, old enough to be cached
 public:
  Rules() {
    std::string pattern = (fs::temp_directory_path() / "pandect-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path = pattern;
    fs::create_directories(path + "/rules/core");
    write("pack.yaml",
          "id: core\nversion: 1.0.0\njurisdiction: core\ntitle: test\nstate_of_law: 2026-11-21\n");
    write("laws.yaml", sample());
  }
  ~Rules() { fs::remove_all(path); }

  void write(const std::string& name, const std::string& text) const {
    const std::string file = path + "/rules/core/" + name;
    std::ofstream(file) << text;
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
  }
  Library library() const { return {path + "/rules", path + "/cache"}; }
  std::vector<std::string> images() const {
    std::vector<std::string> list;
    std::error_code error;
    for (fs::directory_iterator at(path + "/cache", error), end; !error && at != end;
         at.increment(error))
      list.push_back(at->path().string());
    return list;
  }

  std::string path;
};

void overwrite(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a program read back from its image draws the same conclusions") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    naive::Random random(seed * 31);
    const naive::Law law = random_law(random);
    const naive::Case input = random_case(random, law, {});
    const ProgramPtr program = linked(facts_text(law) + rules_text(law));
    const std::string bytes = image_of(*program, kStamp);
    const ProgramPtr again = read_back(bytes);
    REQUIRE(again);
    CHECK(conclusions(*again, record_text(law, input)) ==
          conclusions(*program, record_text(law, input)));
    CHECK(image_of(*again, kStamp) == bytes);
  }
}

TEST_CASE("an empty, shortened, lengthened or foreign image is refused") {
  const std::string bytes = image_of(*linked(sample()), kStamp);
  CHECK_FALSE(read_back(""));
  CHECK_FALSE(read_back("not an image at all"));
  CHECK_FALSE(read_back(std::string(100'000, '\0')));
  CHECK_FALSE(read_back(bytes + "x"));
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 200)
    CHECK_FALSE(read_back(bytes.substr(0, size)));
  CHECK_FALSE(read_back(bytes.substr(0, bytes.size() - 1)));
  CHECK_FALSE(read_back(bytes, std::string(64, 'b')));
  CHECK(read_back(bytes));
}

TEST_CASE("an image with one bit turned is refused, wherever the bit is") {
  const std::string bytes = image_of(*linked(sample()), kStamp);
  naive::Random random(9);
  for (int i = 0; i < 3000; ++i) {
    std::string broken = bytes;
    const auto at = i < 300
                        ? static_cast<std::size_t>(i)
                        : static_cast<std::size_t>(random.below(static_cast<int>(bytes.size())));
    broken[at] = static_cast<char>(broken[at] ^ (1 << random.below(8)));
    INFO(at);
    CHECK_FALSE(read_back(broken));
  }
}

TEST_CASE(
    "a library writes its cache once, uses it, and builds anew when a source or the cache is "
    "broken") {
  Rules rules;
  REQUIRE(rules.library().load({}).program);
  if (rules.images().empty()) return;  // a clock that is off: nothing was old enough
  REQUIRE(rules.images().size() == 1);
  const std::string image = rules.images()[0];
  CHECK(rules.library().load({}).program->backing);
  for (const std::string& bytes :
       {std::string(), std::string("garbage"), std::string(1 << 16, '\xff')}) {
    fs::remove(image);
    overwrite(image, bytes);
    const Linked again = rules.library().load({});
    REQUIRE(again.program);
    CHECK_FALSE(again.program->backing);
    CHECK(rules.library().load({}).program->backing);
  }
  rules.write("more.yaml", "concepts: {c.more: f.a}\n");
  const Linked changed = rules.library().load({});
  REQUIRE(changed.program);
  CHECK(changed.program->find_concept("c.more") != kNone);
}

TEST_CASE(
    "without a cache folder, or with one that cannot be written, everything works and nothing is "
    "left") {
  Rules rules;
  CHECK(Library{rules.path + "/rules", ""}.load({}).program);
  CHECK(rules.images().empty());
  overwrite(rules.path + "/file", "in the way");
  CHECK(Library{rules.path + "/rules", rules.path + "/file/cache"}.load({}).program);
  CHECK(Library{rules.path + "/rules", rules.path + "/file"}.load({}).program);
}

TEST_CASE("PANDECT_CACHE=off switches the cache off, a path moves it") {
  const char* before = std::getenv("PANDECT_CACHE");
  const std::string saved = before != nullptr ? before : "";
  ::setenv("PANDECT_CACHE", "off", 1);
  CHECK(cache_folder().empty());
  ::setenv("PANDECT_CACHE", "/some/where", 1);
  CHECK(cache_folder() == "/some/where");
  if (before != nullptr)
    ::setenv("PANDECT_CACHE", saved.c_str(), 1);
  else
    ::unsetenv("PANDECT_CACHE");
}

TEST_CASE("many threads may read and write one cache at once") {
  Rules rules;
  std::vector<std::thread> threads;
  std::vector<int> loaded(8, 0);
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) {
        const Linked linked = rules.library().load({});
        loaded[i] += linked.program && linked.program->find_concept("c.0") != kNone ? 1 : 0;
        if (i == 0 && round % 3 == 0 && !rules.images().empty()) {
          std::error_code error;
          fs::remove(rules.images()[0], error);
        }
      }
    });
  }
  for (auto& each : threads) each.join();
  for (const int each : loaded) CHECK(each == 20);
}

TEST_CASE("many processes may read and write one cache at once, and leave one whole image") {
  Rules rules;
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      bool good = true;
      for (int round = 0; round < 10; ++round) good = good && rules.library().load({}).program;
      ::_exit(good ? 0 : 1);
    }
    REQUIRE(child > 0);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  CHECK(rules.images().size() <= 1);
  CHECK(rules.library().load({}).program);
}
