#include "files/root.h"

#include "files/glob.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace pandect;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "pandect-root-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    fs::permissions(path / "closed", fs::perms::all, error);
    fs::remove_all(path, error);
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
  }
};

}  // namespace

TEST_CASE("globs: stars stay in a name, two stars cross folders, braces and classes choose") {
  CHECK(glob_matches("*.md", "a.md"));
  CHECK_FALSE(glob_matches("*.md", "docs/a.md"));
  CHECK(glob_matches("**/*.md", "a.md"));
  CHECK(glob_matches("**/*.md", "docs/x/a.md"));
  CHECK(glob_matches("docs/**", "docs/x/a.md"));
  CHECK(glob_matches("docs/**/risk*", "docs/risk.md"));
  CHECK(glob_matches("{docs,doc}/risk?.{md,txt}", "doc/risk1.txt"));
  CHECK_FALSE(glob_matches("{docs,doc}/risk?.{md,txt}", "doc/risk.txt"));
  CHECK(glob_matches("[a-c]*", "book"));
  CHECK_FALSE(glob_matches("[!a-c]*", "book"));
  CHECK(glob_matches("위험*.md", "위험관리.md"));
  CHECK_FALSE(glob_matches("[", "x"));
  CHECK_FALSE(glob_matches(std::string(200, '*') + "b", std::string(5000, 'a')));
}

TEST_CASE("a root is never left: dots, absolute paths and links out are refused") {
  const Folder outside, inside;
  outside.write("secret.txt", "secret");
  inside.write("docs/a.txt", "hello");
  fs::create_symlink(outside.path / "secret.txt", inside.path / "out.txt");
  fs::create_symlink(outside.path, inside.path / "outdir");
  fs::create_symlink("docs/a.txt", inside.path / "in.txt");
  fs::create_symlink("loop", inside.path / "loop");
  const auto root = Root::open(inside.path.string());
  REQUIRE(root.ok());
  CHECK(root->read("docs/a.txt", 100).value() == "hello");
  CHECK(root->read("in.txt", 100).value() == "hello");
  for (const std::string path :
       {"out.txt", "outdir/secret.txt", "../x", "docs/../../x", "/etc/passwd", "loop"}) {
    CAPTURE(path);
    const auto text = root->read(path, 100);
    REQUIRE_FALSE(text.ok());
    CHECK((text.errors()[0].code == "outside" || text.errors()[0].code == "unreadable"));
  }
  const auto listing = root->list();
  REQUIRE(listing.files.size() == 1);
  CHECK(listing.files[0].path == "docs/a.txt");
  CHECK(listing.skipped.size() == 4);
}

TEST_CASE("a root has bounds, and says what it left out") {
  const Folder folder;
  folder.write("big.bin", std::string(3000, 'x'));
  folder.write("a/b/c/d.txt", "x");
  ::mkfifo((folder.path / "pipe").c_str(), 0600);
  const auto root = Root::open(folder.path.string());
  REQUIRE(root.ok());
  CHECK(root->read("big.bin", 2999).errors()[0].code == "too-large");
  CHECK(root->read("big.bin", 3000).ok());
  CHECK(root->read_part("big.bin", 2990, 100).value().size() == 10);
  CHECK(root->read("pipe", 10).errors()[0].code == "special");
  CHECK(root->read("a", 10).errors()[0].code == "special");
  CHECK(root->read(std::string("big.bin\0x", 9), 10).errors()[0].code == "unreadable");
  ListLimits limits;
  limits.depth = 2;
  const auto listing = root->list({}, {}, limits);
  REQUIRE(listing.skipped.size() == 2);
  CHECK(listing.skipped[0].path == "a/b/c");
  CHECK(listing.skipped[0].reason == "too-deep");
  CHECK(listing.skipped[1].reason == "special");
  limits.files = 1;
  limits.depth = 9;
  CHECK(root->list({}, {}, limits).files.size() == 1);
  CHECK(root->glob({"**/*.txt", "big.bin", "*.none"}).size() == 2);
}
