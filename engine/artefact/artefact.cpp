#include "artefact/artefact.h"

#include "artefact/archive.h"
#include "base/digest.h"
#include "packs/fields.h"

#include <algorithm>

namespace pandect::artefact {
namespace {

constexpr std::string_view kManifest = "MANIFEST";
constexpr std::string_view kFirstLine = "pandect-pack 1";

Diagnostic problem(const std::string& file, std::string message, std::string hint) {
  return {Level::error, "bad-artefact", {file, 0, 0}, std::move(message), std::move(hint)};
}

struct Identity {
  std::string id;
  Version version;
};

// Id and version as pack.yaml states them.
Result<Identity> identity_of(const std::string& folder, const std::vector<SourceFile>& files) {
  const auto manifest = std::find_if(
      files.begin(), files.end(), [](const SourceFile& each) { return each.name == "/pack.yaml"; });
  if (manifest == files.end())
    return problem(folder, "has no pack.yaml", "rules/README.md shows one");
  const auto document = yaml::parse(folder + manifest->name, manifest->text);
  if (!document) return document.errors();
  const auto* id = document->root.find("id");
  const auto* version = document->root.find("version");
  const std::string where = folder + manifest->name;
  if (id == nullptr || !is_pack_id(id->text))
    return problem(where, "the id of a pack file has lower-case letters, digits and `-`",
                   "write one like `company-policy`");
  const auto parsed = version == nullptr ? std::nullopt : parse_version(version->text);
  if (!parsed)
    return problem(where, "the version of a pack file is MAJOR.MINOR.PATCH",
                   "write one like `version: 1.0.0`");
  return Identity{id->text, *parsed};
}

std::string manifest_text(const Identity& identity, const EngineRange& engine,
                          const std::vector<SourceFile>& files) {
  std::string text = std::string(kFirstLine) + "\nid " + identity.id + "\nversion " +
                     to_string(identity.version) + "\nengine " + to_string(engine) + "\n";
  for (const auto& each : files)
    text += digest_of(each.text) + " " + std::to_string(each.text.size()) + " " +
            each.name.substr(1) + "\n";
  return text;
}

// ">=0.1.0" or ">=0.1.0 <1.0.0"
std::optional<EngineRange> parse_range(std::string_view text) {
  if (!text.starts_with(">=")) return std::nullopt;
  text.remove_prefix(2);
  const std::size_t space = text.find(' ');
  const auto from = parse_version(text.substr(0, space));
  if (!from) return std::nullopt;
  if (space == std::string_view::npos) return EngineRange{*from, std::nullopt};
  text.remove_prefix(space + 1);
  if (!text.starts_with('<')) return std::nullopt;
  const auto below = parse_version(text.substr(1));
  if (!below) return std::nullopt;
  return EngineRange{*from, below};
}

// The value of the line that begins with `word`.
std::string_view line_of(std::string_view text, std::string_view word) {
  const std::string begin = "\n" + std::string(word) + " ";
  const std::size_t at = text.find(begin);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + begin.size());
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::string to_string(const EngineRange& range) {
  return ">=" + to_string(range.from) + (range.below ? " <" + to_string(*range.below) : "");
}

std::string file_name(const std::string& id, const Version& version) {
  return id + "-" + to_string(version) + ".pandect-pack";
}

Result<std::string> build(const std::string& folder, const std::vector<SourceFile>& files,
                          const EngineRange& engine) {
  const auto identity = identity_of(folder, files);
  if (!identity) return identity.errors();
  if (engine.below && *engine.below <= engine.from)
    return problem(folder, "no engine is " + to_string(engine), "let the second be the higher one");
  std::vector<Entry> entries{{std::string(kManifest), manifest_text(*identity, engine, files)}};
  for (const auto& each : files) entries.push_back({each.name.substr(1), each.text});
  return write_archive(entries);
}

Result<Artefact> open(const std::string& file, std::string_view bytes) {
  auto entries = read_archive(file, bytes);
  if (!entries) return entries.errors();
  if (entries->empty() || entries->front().name != kManifest)
    return problem(file, "is no pack file: it does not begin with MANIFEST",
                   "take the file that `pandect pack build` wrote, unchanged");
  const std::string manifest = std::move(entries->front().bytes);
  if (!manifest.starts_with(std::string(kFirstLine) + "\n"))
    return problem(file, "is a pack file of another format than " + std::string(kFirstLine),
                   "use the program that it was built for");
  Artefact artefact;
  for (std::size_t i = 1; i < entries->size(); ++i)
    artefact.files.push_back({"/" + (*entries)[i].name, std::move((*entries)[i].bytes)});
  const auto identity = identity_of(file, artefact.files);
  if (!identity) return identity.errors();
  const auto range = parse_range(line_of(manifest, "engine"));
  if (!range || manifest != manifest_text(*identity, *range, artefact.files))
    return problem(file, "its files are not those that its MANIFEST names",
                   "the file was changed after it was built; take the original");
  artefact.id = identity->id;
  artefact.version = identity->version;
  artefact.engine = *range;
  return artefact;
}

}  // namespace pandect::artefact
