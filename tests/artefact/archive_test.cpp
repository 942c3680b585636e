#include "artefact/archive.h"

#include "artefact/artefact.h"
#include "cli/process.h"

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

namespace {

using namespace pandect;
using namespace pandect::artefact;

const std::vector<Entry> kEntries{
    {"MANIFEST", "m"}, {"a.yaml", ""}, {"cases/b.yaml", std::string(513, 'x')}};

std::string refusal(const std::string& bytes) {
  const auto read = read_archive("f", bytes);
  return read ? std::string() : read.errors().front().message;
}

// A header whose checksum is right again after `change`.
template <typename Change>
std::string mended(std::string bytes, std::size_t header, Change change) {
  change(bytes, header);
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(header) + 148, 8, ' ');
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(bytes[header + i]);
  char text[8];
  std::snprintf(text, sizeof text, "%06o", sum);
  std::copy_n(text, 7, bytes.begin() + static_cast<std::ptrdiff_t>(header) + 148);
  return bytes;
}

std::vector<SourceFile> pack_files_of(const std::string& version = "1.0.0") {
  return {{"/pack.yaml", "id: small\nversion: " + version + "\n"}, {"/rules.yaml", "facts: []\n"}};
}

}  // namespace

TEST_CASE("archive: what is written is read, and tar lists it") {
  const auto bytes = write_archive(kEntries);
  REQUIRE(bytes);
  const auto read = read_archive("f", *bytes);
  REQUIRE(read);
  REQUIRE(read->size() == 3);
  CHECK((*read)[2].name == "cases/b.yaml");
  CHECK((*read)[2].bytes == kEntries[2].bytes);
  const testing::Scratch scratch;
  scratch.write("p", *bytes);
  const std::string command = "tar tvf " + scratch.path("p") + " > " + scratch.path("list") +
                              " && tar xf " + scratch.path("p") + " -C " + scratch.path("");
  REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream list(scratch.path("list"));
  std::string first;
  std::getline(list, first);
  CHECK(first.starts_with("-rw-r--r-- 0/0"));
  CHECK(first.ends_with("1970-01-01 00:00 MANIFEST"));
  std::ifstream extracted(scratch.path("cases/b.yaml"));
  CHECK(std::string(std::istreambuf_iterator<char>(extracted), {}) == kEntries[2].bytes);
}

TEST_CASE("archive: any other byte in a header, a padding or the end is refused") {
  const std::string bytes = *write_archive(kEntries);
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    // Contents are the business of MANIFEST: one byte of the first file, 513 of the last.
    if (at == 512 || (at >= 2048 && at < 2048 + 513)) continue;
    for (const char bit : {'\x01', '\x80'}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      accepted += read_archive("f", changed).ok() ? 1 : 0;
    }
  }
  CHECK(accepted == 0);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    accepted += read_archive("f", bytes.substr(0, size)).ok() ? 1 : 0;
  CHECK(accepted == 0);
  CHECK(refusal(bytes + std::string(512, '\0')).find("the end") != std::string::npos);
}

TEST_CASE("archive: hostile headers with a right checksum") {
  const std::string bytes = *write_archive(kEntries);
  const auto named = [&](const std::string& name) {
    return mended(bytes, 1024, [&](std::string& b, std::size_t at) {
      std::fill_n(b.begin() + static_cast<std::ptrdiff_t>(at), 100, '\0');
      std::copy(name.begin(), name.end(), b.begin() + static_cast<std::ptrdiff_t>(at));
    });
  };
  CHECK(refusal(named("b.yaml")).empty());  // the change alone is no fault
  for (const char* name : {"../up.yaml", "/etc/passwd", "a/../../b", ".hidden", "a//b", "a/",
                           "a\\b", "a b", "\xC3\xA4"})
    CHECK(refusal(named(name)).find("a name that no pack has") != std::string::npos);
  CHECK(refusal(named("MANIFEST")).find("twice") != std::string::npos);
  CHECK(refusal(named("cases/b.yaml")).find("do not ascend") != std::string::npos);
  CHECK(refusal(named("zz.yaml")).find("do not ascend") != std::string::npos);
  for (const char type : {'1', '2', '3', '4', '5', '6', 'x', 'g', 'L', '\0'}) {
    const std::string changed =
        mended(bytes, 1024, [&](std::string& b, std::size_t at) { b[at + 156] = type; });
    CHECK(refusal(changed).find("no plain file") != std::string::npos);
  }
  const auto sized = [&](const std::string& size) {
    return mended(bytes, 1024, [&](std::string& b, std::size_t at) {
      std::copy(size.begin(), size.end(), b.begin() + static_cast<std::ptrdiff_t>(at) + 124);
    });
  };
  CHECK(refusal(sized("77777777777")).find("larger than the archive") != std::string::npos);
  CHECK(refusal(sized("\x80\0\0\0\0\0\0\0\0\0\x01")).find("no plain file") != std::string::npos);
  CHECK(refusal(sized("-0000000001")).find("no plain file") != std::string::npos);
  CHECK_FALSE(refusal("").empty());
}

TEST_CASE("archive: too much is refused on both sides") {
  CHECK_FALSE(write_archive({{"MANIFEST", ""}, {"a.yaml", std::string(kMaximumEntry + 1, ' ')}}));
  CHECK_FALSE(write_archive({{"MANIFEST", ""}, {"b.yaml", ""}, {"a.yaml", ""}}));
  CHECK_FALSE(write_archive({{"../a", ""}}));
  std::vector<Entry> many{{"MANIFEST", ""}};
  for (int i = 0; i < 2001; ++i) many.push_back({"f" + std::to_string(100'000 + i), ""});
  CHECK_FALSE(write_archive(many));
  CHECK(refusal(std::string(kMaximumArchive + 1, '\0')).find("64 MiB") != std::string::npos);
}

TEST_CASE("artefact: the same files, the same bytes; a changed file is noticed") {
  const EngineRange range{{{0, 1, 0}}, Version{{1, 0, 0}}};
  const auto bytes = build("p", pack_files_of(), range);
  REQUIRE(bytes);
  CHECK(*bytes == *build("elsewhere", pack_files_of(), range));
  const auto read = artefact::open("f", *bytes);
  REQUIRE(read);
  CHECK(read->id == "small");
  CHECK(to_string(read->version) == "1.0.0");
  CHECK(to_string(read->engine) == ">=0.1.0 <1.0.0");
  CHECK(read->engine.holds({{0, 9, 9}}));
  CHECK_FALSE(read->engine.holds({{1, 0, 0}}));
  CHECK_FALSE(read->engine.holds({{0, 0, 9}}));
  std::string changed = *bytes;
  changed.replace(changed.find("facts: []"), 9, "facts: {}");
  const auto refused = artefact::open("f", changed);
  REQUIRE_FALSE(refused);
  CHECK(refused.errors()[0].message == "its files are not those that its MANIFEST names");
}

TEST_CASE("artefact: what cannot become one says why") {
  const EngineRange range{{{0, 1, 0}}, std::nullopt};
  const auto why = [&](const std::vector<SourceFile>& files, const EngineRange& engine) {
    const auto made = build("p", files, engine);
    return made ? std::string() : made.errors()[0].message;
  };
  CHECK(why({}, range) == "has no pack.yaml");
  CHECK(why({{"/pack.yaml", "id: Big\nversion: 1.0.0\n"}}, range).find("lower-case") !=
        std::string::npos);
  for (const char* version :
       {"1.0", "1.0.0-beta", "01.0.0", "1.0.0.0", "-1.0.0", "9999999999.0.0", ""})
    CHECK(why(pack_files_of(version), range) == "the version of a pack file is MAJOR.MINOR.PATCH");
  CHECK(why(pack_files_of(), {{{1, 0, 0}}, Version{{1, 0, 0}}}).find("no engine is") == 0);
  const auto no_manifest = write_archive({{"a.yaml", ""}});
  CHECK(artefact::open("f", *no_manifest).errors()[0].message.find("MANIFEST") !=
        std::string::npos);
  const auto other = write_archive({{"MANIFEST", "pandect-pack 2\n"}});
  CHECK(artefact::open("f", *other).errors()[0].message.find("another format") !=
        std::string::npos);
}
