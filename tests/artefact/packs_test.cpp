// A pack on its way: built, signed, installed, locked, tampered with and refused, as users do it.
#include "cli/process.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;
using pandect::testing::Ran;
using pandect::testing::Scratch;

const std::string kPack = PANDECT_SOURCE "/examples/packs/company-policy";
const std::string kManifest = PANDECT_SOURCE "/examples/packs/training-planner/pandect.yaml";

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A user with folders of their own, a project, and an author's keys.
class User {
 public:
  User() {
    fs::create_directories(path("project"));
    fs::copy_file(kManifest, path("project/pandect.yaml"));
    fs::create_directories(path("rules-elsewhere"));
    REQUIRE(run({"pack", "build", kPack, "-o", file}).status == 0);
    REQUIRE(run({"pack", "keygen", "-o", path("author"), "--no-password"}).status == 0);
  }

  std::string path(const std::string& name) const { return scratch_.path(name); }

  Ran run(const std::vector<std::string>& arguments) const {
    return pandect::testing::run(arguments, {},
                                 {{"XDG_CONFIG_HOME", path("config")},
                                  {"XDG_DATA_HOME", path("data")},
                                  {"PANDECT_CACHE", path("cache")},
                                  {"PANDECT_RULES", ""}});
  }

  Ran check(const std::vector<std::string>& more) const {
    std::vector<std::string> words{"check", path("project"), "--as-of", "2026-11-21"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  void trust() const {
    fs::create_directories(path("config/pandect/trust"));
    fs::copy_file(path("author.pub"), path("config/pandect/trust/author.pub"));
  }

  Ran sign(const std::string& key = "author") const {
    return run({"pack", "sign", file, "--key", path(key + ".key")});
  }

  // A folder of the pack with another version and threshold.
  std::string version(const std::string& number, const std::string& threshold) const {
    const std::string folder = path("pack-" + number);
    fs::copy(kPack, folder, fs::copy_options::recursive);
    replace(folder + "/pack.yaml", "version: 1.0.0\n", "version: " + number + "\n");
    replace(folder + "/policy.yaml", ">= 100", ">= " + threshold);
    return folder;
  }

  std::string build(const std::string& folder, const std::string& name) const {
    REQUIRE(run({"pack", "build", folder, "-o", path(name)}).status == 0);
    return path(name);
  }

  static void replace(const std::string& name, const std::string& before, const std::string& now) {
    std::string text = slurp(name);
    REQUIRE(text.find(before) != std::string::npos);
    text.replace(text.find(before), before.size(), now);
    std::ofstream(name, std::ios::binary) << text;
  }

  Scratch scratch_;
  std::string file = scratch_.path("policy.pandect-pack");
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("pack file: a folder, its file and the installed pack say the same") {
  const User user;
  const auto of_folder = user.check({"--pack", kPack, "--format", "json"});
  const auto of_file = user.check({"--pack", user.file, "--format", "json"});
  REQUIRE(user.run({"pack", "install", user.file}).status == 0);
  const auto by_name = user.check({"--pack", "company-policy", "--format", "json"});
  const auto by_version = user.check({"--pack", "company-policy@1.0.0", "--format", "json"});
  CHECK(of_folder.status == 0);
  CHECK(has(of_folder.out, "policy.approval"));
  CHECK(of_file.out == of_folder.out);
  CHECK(by_name.out == of_folder.out);
  CHECK(by_version.out == of_folder.out);
  CHECK(user.check({"--pack", "company-policy@1.0.0", "--format", "json"}).out ==
        of_folder.out);  // from the cache
  CHECK(user.run({"pack", "test", user.file}).out == "11 cases, 0 failed\n");
  CHECK(user.run({"pack", "lint", "company-policy"}).out == "0 errors, 0 warnings\n");
  const auto listed = user.run({"pack", "list"});
  CHECK(has(listed.out, "kr-ai-basic-act@"));
  CHECK(has(listed.out, "company-policy@1.0.0"));
  CHECK(user.run({"pack", "remove", "company-policy@1.0.0"}).out ==
        "removed company-policy 1.0.0\n");
  CHECK(user.check({"--pack", "company-policy"}).status == 2);
  CHECK(user.run({"pack", "remove", "company-policy"}).status == 2);
}

TEST_CASE("pack file: a Lua pack with data travels too") {
  const User user;
  const std::string folder = PANDECT_SOURCE "/examples/packs/review-queue";
  const std::string file = user.build(folder, "queue.pandect-pack");
  CHECK(user.run({"pack", "test", file}).out == user.run({"pack", "test", folder}).out);
  CHECK(user.run({"pack", "coverage", file}).out == user.run({"pack", "coverage", folder}).out);
}

TEST_CASE("trust root: an unsigned or wrongly signed pack is refused, whatever else is set") {
  const User user;
  user.trust();
  const auto refused = [&](const Ran& ran, const std::string& why) {
    CHECK(ran.status == 2);
    CHECK_MESSAGE(has(ran.err, why), ran.err);
    CHECK(ran.out.empty());
  };
  refused(user.run({"pack", "install", user.file}), "is not signed, and there is a trust root");
  refused(user.check({"--pack", user.file}), "is not signed");
  refused(user.check({"--pack", kPack}), "a folder carries no signature");
  refused(user.run({"pack", "verify", user.file}), "is not signed");

  REQUIRE(user.run({"pack", "keygen", "-o", user.path("stranger"), "--no-password"}).status == 0);
  REQUIRE(user.sign("stranger").status == 0);
  refused(user.run({"pack", "install", user.file, "--allow-downgrade"}), "which is not trusted");
  refused(user.check({"--pack", user.file, "--fail-on", "never", "--fail-on-unknown", "never"}),
          "which is not trusted");

  REQUIRE(user.sign().status == 0);
  CHECK(user.run({"pack", "verify", user.file}).status == 0);
  CHECK(user.check({"--pack", user.file}).status == 0);
  REQUIRE(user.run({"pack", "install", user.file}).status == 0);
  CHECK(user.check({"--pack", "company-policy"}).status == 0);

  // Installed and in the cache, and tampered with afterwards.
  const std::string installed =
      user.path("data/pandect/packs/company-policy/1.0.0/company-policy-1.0.0.pandect-pack");
  const std::string good = slurp(installed);
  User::replace(installed, ">= 100", ">= 900");
  refused(user.check({"--pack", "company-policy"}), "does not match its signature");
  CHECK(user.run({"pack", "list"}).status == 1);
  std::ofstream(installed, std::ios::binary) << good;
  fs::remove(installed + ".minisig");
  refused(user.check({"--pack", "company-policy"}), "is not signed");

  // The packs that came with the program need no signature; the same files elsewhere do.
  CHECK(user.check({"--jurisdiction", "kr"}).status != 2);
  fs::copy(PANDECT_SOURCE "/rules/core", user.path("rules-elsewhere/core"),
           fs::copy_options::recursive);
  fs::copy(kPack, user.path("rules-elsewhere/company-policy"), fs::copy_options::recursive);
  refused(user.check({"--rules", user.path("rules-elsewhere")}), "did not come with the program");
  refused(user.run({"flops", "--rules", user.path("rules-elsewhere"), "--parameters", "1e9",
                    "--tokens", "1e9"}),
          "did not come with the program");
}

TEST_CASE("trust root: one that cannot be read is not none") {
  const User user;
  fs::create_directories(user.path("config/pandect/trust"));
  CHECK(has(user.check({"--pack", kPack}).err, "the trust root holds no key"));
  std::ofstream(user.path("config/pandect/trust/a.pub")) << "no key\n";
  const auto broken = user.check({"--pack", kPack});
  CHECK(broken.status == 2);
  CHECK(has(broken.err, "is no public key of minisign"));
  fs::remove_all(user.path("config/pandect/trust"));
  std::ofstream(user.path("config/pandect/trust")) << "a file\n";
  CHECK(user.check({"--pack", kPack}).status == 2);
  fs::remove(user.path("config/pandect/trust"));
  CHECK(user.check({"--pack", kPack}).status == 0);
  CHECK(user.check({"--pack", kPack, "--trust", user.path("author.pub")}).status == 2);
  CHECK(user.check({"--pack", kPack, "--trust", user.path("nowhere.pub")}).status == 2);
}

TEST_CASE("trust root: a repository cannot name a path or a key") {
  const User user;
  User::replace(user.path("project/pandect.yaml"), "pandect: 1\n",
                "pandect: 1\nsettings: {packs: [" + kPack + "]}\n");
  const auto ran = user.check({});
  CHECK(ran.status == 2);
  CHECK(has(ran.err, "settings name packs by id, not by path"));
  User::replace(user.path("project/pandect.yaml"), "packs: [" + kPack + "]", "trust: [a.pub]");
  CHECK(has(user.check({}).err, "unknown-key"));
}

TEST_CASE("install: no older version unless it is meant, no second file of one version") {
  const User user;
  const std::string newer = user.build(user.version("1.1.0", "50"), "newer.pandect-pack");
  REQUIRE(user.run({"pack", "install", newer}).status == 0);
  const auto older = user.run({"pack", "install", user.file});
  CHECK(older.status == 2);
  CHECK(has(older.err, "is installed, which is newer"));
  CHECK_FALSE(has(user.run({"pack", "list"}).out, "company-policy@1.0.0"));
  CHECK(user.run({"pack", "install", user.file, "--allow-downgrade"}).status == 0);
  CHECK(user.run({"pack", "install", user.file, "--allow-downgrade"}).status ==
        0);  // once more is no change
  fs::remove_all(user.path("pack-1.1.0"));
  const std::string other = user.build(user.version("1.1.0", "70"), "other.pandect-pack");
  CHECK(has(user.run({"pack", "install", other}).err,
            "another file is installed as company-policy 1.1.0"));
  // The newest by name, each by its version: 60 colleagues are many under one of the two.
  CHECK(has(user.check({"--pack", "company-policy"}).out, "policy.yearly_review"));
  CHECK_FALSE(has(user.check({"--pack", "company-policy@1.0.0"}).out, "policy.yearly_review"));
  CHECK(has(user.check({"--pack", "company-policy@3.0.0"}).err, "of version 3.0.0"));
  CHECK(has(user.check({"--pack", "company-policy@new"}).err, "is no version"));
  CHECK(has(user.check({"--pack", "company-polici"}).err, "company-policy"));
  CHECK(
      has(user.check({"--pack", kPack, "--pack", "company-policy"}).err, "choose one of the two"));
}

TEST_CASE("install: another engine, and what does not load") {
  const User user;
  const std::string file = user.path("future.pandect-pack");
  REQUIRE(user.run({"pack", "build", kPack, "-o", file, "--engine", "99.0.0"}).status == 0);
  const auto future = user.run({"pack", "install", file});
  CHECK(future.status == 2);
  CHECK(has(future.err, "is for pandect >=99.0.0"));
  const std::string folder = user.version("1.2.0", "nobody");
  const auto broken = user.run({"pack", "build", folder, "-o", user.path("broken.pandect-pack")});
  CHECK(broken.status == 2);
  CHECK_FALSE(fs::exists(user.path("broken.pandect-pack")));
}

TEST_CASE("lock: these packs to the byte, and no others") {
  const User user;
  CHECK(has(user.check({"--pack", kPack, "--locked"}).err, "there is no lockfile here"));
  REQUIRE(user.run({"pack", "install", user.file}).status == 0);
  REQUIRE(user.run({"pack", "lock", user.path("project"), "--pack", "company-policy"}).status == 0);
  CHECK(user.check({"--pack", "company-policy", "--locked"}).status == 0);
  // A newer one that is installed changes nothing for what is locked.
  const std::string newer = user.build(user.version("1.1.0", "50"), "newer.pandect-pack");
  REQUIRE(user.run({"pack", "install", newer}).status == 0);
  CHECK(user.check({"--pack", "company-policy", "--locked"}).status == 0);
  const auto refused = [&](const std::vector<std::string>& more, const std::string& why) {
    const auto ran = user.check(more);
    CHECK(ran.status == 2);
    CHECK_MESSAGE(has(ran.err, why), ran.err);
    CHECK(ran.out.empty());
  };
  refused({"--pack", "company-policy@1.1.0", "--locked"}, "is locked as 1.0.0, and 1.1.0 is there");
  refused({"--pack", "company-policy", "--pack", "kr-ai-basic-act", "--locked"},
          "is not in the lock");
  refused({"--pack", "kr-ai-basic-act", "--locked"}, "is locked and was not loaded");
  fs::create_directories(user.path("same"));
  fs::copy(kPack, user.path("same"), fs::copy_options::recursive);
  CHECK(user.check({"--pack", user.path("same"), "--locked"}).status == 0);  // the same bytes
  User::replace(user.path("same/policy.yaml"), ">= 100", ">= 101");
  refused({"--pack", user.path("same"), "--locked"}, "is not the one that is locked");
  // Signed from now on: a lock without a key is another lock.
  REQUIRE(user.sign().status == 0);
  user.trust();
  REQUIRE(user.run({"pack", "remove", "company-policy"}).status == 0);
  REQUIRE(user.run({"pack", "install", user.file}).status == 0);
  refused({"--pack", "company-policy", "--locked"}, "is locked with no key");
  REQUIRE(user.run({"pack", "lock", user.path("project"), "--pack", "company-policy"}).status == 0);
  CHECK(user.check({"--pack", "company-policy", "--locked"}).status == 0);
}

TEST_CASE("lock: a lockfile that is none") {
  const User user;
  for (const char* text :
       {"", "packs: []\n", "pandect_lock: 1\npacks: []\n", "pandect_lock: 2\npacks: [{id: a}]\n",
        "pandect_lock: 1\npacks: [{id: core, version: 1.0.0, sha256: short}]\n", "{"}) {
    std::ofstream(user.path("project/.pandect.lock")) << text;
    const auto ran = user.check({"--pack", kPack, "--locked"});
    CHECK(ran.status == 2);
    CHECK(has(ran.err, ".pandect.lock"));
  }
}

TEST_CASE("lock: the shipped packs by their digests") {
  const User user;
  User::replace(user.path("project/pandect.yaml"),
                "      policy.confidential_data: false\n      policy.outside_service: false\n      "
                "policy.staff_using: 60\n",
                "");
  REQUIRE(user.run({"pack", "lock", user.path("project"), "--pack", "kr-ai-basic-act"}).status ==
          0);
  CHECK(user.check({"--pack", "kr-ai-basic-act", "--locked"}).status != 2);
  std::string lock = slurp(user.path("project/.pandect.lock"));
  char& digit = lock[lock.rfind("sha256: \"") + 9];
  digit = digit == '0' ? '1' : '0';
  std::ofstream(user.path("project/.pandect.lock"), std::ios::binary) << lock;
  CHECK(user.check({"--pack", "kr-ai-basic-act", "--locked"}).status == 2);
}

TEST_CASE("sign: nothing but a whole pack, with a key that opens") {
  const User user;
  std::ofstream(user.path("other")) << "no pack\n";
  CHECK(user.run({"pack", "sign", user.path("other"), "--key", user.path("author.key")}).status ==
        2);
  CHECK(user.run({"pack", "sign", user.file, "--key", user.path("author.pub")}).status == 2);
  CHECK(user.run({"pack", "keygen", "-o", user.path("author"), "--no-password"}).status == 2);
  CHECK(user.run({"pack", "keygen", "-o", user.path("b")}).status == 2);
  CHECK((fs::status(user.path("author.key")).permissions() & fs::perms::others_read) ==
        fs::perms::none);
  REQUIRE(user.sign().status == 0);
  const std::string first = slurp(user.file + ".minisig");
  REQUIRE(user.sign().status == 0);
  CHECK(slurp(user.file + ".minisig") == first);
  CHECK(has(user.run({"pack", "verify", user.file}).err, "--trust"));
  CHECK(user.run({"pack", "verify", user.file, "--trust", user.path("author.pub")}).status == 0);
}

TEST_CASE("pack diff: words, and what follows for a manifest") {
  const User user;
  const std::string newer = user.version("1.1.0", "50");
  const auto ran = user.run(
      {"pack", "diff", kPack, newer, "--manifest", user.path("project"), "--as-of", "2026-11-21"});
  CHECK(ran.status == 0);
  CHECK(has(ran.out, "company-policy 1.0.0 -> company-policy 1.1.0"));
  CHECK(has(ran.out,
            "~ rule sec-4 of policy.widely_used, condition: policy.staff_using >= 100 -> "
            "policy.staff_using >= 50"));
  CHECK(has(ran.out, "changed: 1 threshold"));
  CHECK(has(ran.out, "Yearly review"));
  CHECK(user.run({"pack", "diff", kPack, user.file}).out ==
        "company-policy 1.0.0 -> company-policy 1.0.0\n\nnothing differs\n");
  CHECK(user.run({"pack", "diff", kPack, "kr-ai-basic-act", "--manifest", user.path("project")})
            .status == 2);
  CHECK(user.run({"pack", "diff", kPack, user.path("nowhere")}).status == 2);
}
