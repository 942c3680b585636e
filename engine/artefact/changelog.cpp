#include "artefact/changelog.h"

#include "packs/fields.h"

#include <algorithm>

namespace pandect::artefact {
namespace {

enum class Rise { none, patch, minor, major };

Rise rise_of(const Version& before, const Version& after) {
  if (after.parts[0] != before.parts[0]) return Rise::major;
  if (after.parts[1] != before.parts[1]) return Rise::minor;
  return after.parts[2] != before.parts[2] ? Rise::patch : Rise::none;
}

Rise needed(const ChangelogEntry& entry) {
  if (!entry.law.empty()) return Rise::major;
  if (!entry.reading.empty()) return Rise::minor;
  return Rise::patch;
}

std::string_view word_of(Rise rise) {
  switch (rise) {
    case Rise::major:
      return "major (the law changed)";
    case Rise::minor:
      return "minor (our reading changed)";
    case Rise::patch:
      return "patch (a mistake was mended)";
    case Rise::none:
      break;
  }
  return "no change";
}

Diagnostic problem(Level level, const Location& where, std::string message, std::string hint) {
  return {level, "changelog", where, std::move(message), std::move(hint)};
}

void read_entry(const yaml::Document& document, const yaml::Value& item, Changelog& log,
                Diagnostics& problems) {
  Fields fields(document, item, "an entry of the changelog", problems);
  const std::string stated = fields.text("version");
  fields.text("date");
  ChangelogEntry entry;
  entry.law = fields.texts("law");
  entry.reading = fields.texts("reading");
  entry.mistake = fields.texts("mistake");
  entry.where = location_of(document, item);
  const auto version = parse_version(stated);
  if (!version) {
    problems.push_back(problem(Level::error, entry.where,
                               "an entry of the changelog has no version",
                               "write `version: 1.0.0`"));
    return;
  }
  entry.version = *version;
  log.entries.push_back(std::move(entry));
}

}  // namespace

Changelog read_changelog(const std::string& file, const std::string& text, Diagnostics& problems) {
  Changelog log;
  const auto document = yaml::parse(file, text);
  if (!document) return log;  // the reader of packs says why
  if (const auto* version = document->root.find("version"))
    log.version = parse_version(version->text).value_or(Version{});
  if (const auto* list = document->root.find("changelog")) {
    for (const auto& item : list->items) read_entry(*document, item, log, problems);
  }
  std::stable_sort(
      log.entries.begin(), log.entries.end(),
      [](const ChangelogEntry& a, const ChangelogEntry& b) { return a.version < b.version; });
  return log;
}

Diagnostics lint_changelog(const std::string& file, const std::string& text) {
  Diagnostics problems;
  const Changelog log = read_changelog(file, text, problems);
  if (log.entries.empty() || log.entries.back().version != log.version) {
    problems.push_back(problem(
        Level::warning, {file, 0, 0},
        "the changelog has no entry for " + to_string(log.version) + ", or one for a later version",
        "say under `law`, `reading` or `mistake` what changed"));
  }
  for (std::size_t i = 0; i < log.entries.size(); ++i) {
    const ChangelogEntry& entry = log.entries[i];
    if (entry.law.empty() && entry.reading.empty() && entry.mistake.empty())
      problems.push_back(problem(Level::error, entry.where,
                                 "the entry of " + to_string(entry.version) + " names no change",
                                 "say under `law`, `reading` or `mistake` what changed"));
    if (i == 0) continue;
    const Version& before = log.entries[i - 1].version;
    const Rise rise = rise_of(before, entry.version);
    const Rise least = needed(entry);
    const std::string step = to_string(before) + " to " + to_string(entry.version);
    if (rise == Rise::none)
      problems.push_back(problem(Level::error, entry.where,
                                 "two entries of the changelog are for " + to_string(before),
                                 "put them together"));
    else if (rise < least)
      problems.push_back(problem(
          Level::error, entry.where,
          "from " + step + " is too small a step: the entry says " + std::string(word_of(least)),
          "raise the version, or move the line"));
    else if (rise > least)
      problems.push_back(problem(Level::warning, entry.where,
                                 "from " + step + " says " + std::string(word_of(rise)) +
                                     "; the entry says " + std::string(word_of(least)),
                                 "say what changed, or raise the version less"));
  }
  return problems;
}

}  // namespace pandect::artefact
