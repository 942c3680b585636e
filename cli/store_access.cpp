#include "cli/store_access.h"

#include "reports/report.h"

#include <ctime>
#include <filesystem>

namespace pandect::cli {

namespace fs = std::filesystem;

void add_store_options(CLI::App& app, StoreOptions& options) {
  app.add_option("--store", options.file,
                 "The store (default: .pandect/store.sqlite3 beside the manifest)");
  app.add_option("--manifest", options.manifest, "Manifest, or folder with pandect.yaml")
      ->capture_default_str();
}

std::string store_file(const StoreOptions& options) {
  if (!options.file.empty()) return options.file;
  std::error_code error;
  const fs::path path = options.manifest;
  const fs::path folder = fs::is_directory(path, error) ? path : path.parent_path();
  return (folder / ".pandect" / "store.sqlite3").string();
}

std::optional<store::Store> open_store(const Context& context, const std::string& file,
                                       store::Mode mode) {
  std::error_code error;
  if (mode == store::Mode::create) {
    const fs::path folder = fs::path(file).parent_path();
    // A folder that cannot be made shows when the file is opened.
    if (!folder.empty()) fs::create_directories(folder, error);
  } else if (!fs::exists(file, error)) {
    context.err(file +
                ": there is no store; `pandect check --record` makes one, --store names one");
    return std::nullopt;
  }
  auto opened = store::Store::open(file, mode);
  if (opened) return std::move(*opened);
  context.report(opened.errors());
  return std::nullopt;
}

std::string now() {
  const std::time_t time = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&time, &utc);
  const auto two = [](int value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  return to_string(day_of({utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday})) + "T" +
         two(utc.tm_hour) + ":" + two(utc.tm_min) + ":" + two(utc.tm_sec) + "Z";
}

std::string kept_form(const Assessment& assessment) {
  for (const auto& format : reports::formats()) {
    if (format.name == "json") return format.render(assessment, {"en", 80, false, false});
  }
  return {};
}

bool append(const Context& context, const std::string& file, const store::Draft& draft) {
  const auto opened = open_store(context, file, store::Mode::create);
  if (!opened) return false;
  const auto entry = opened->append(draft);
  if (!entry) {
    context.report(entry.errors());
    return false;
  }
  context.err("pandect: recorded as entry " + std::to_string(entry->sequence) + " of " + file +
              " (" + entry->hash + ")");
  return true;
}

bool record_assessment(const Context& context, const Inputs& inputs, const AssessOptions& options,
                       const Assessment& assessment, const store::Observations& seen,
                       const std::string& file) {
  store::Snapshot snapshot;
  snapshot.manifest = {inputs.manifest.file->name, inputs.manifest.file->text};
  if (inputs.waivers) snapshot.waivers = {inputs.waivers->name, inputs.waivers->text};
  auto packs = store::packs_of(*inputs.program, context.rules);
  if (!packs) {
    context.report(packs.errors());
    return false;
  }
  snapshot.packs = std::move(*packs);
  snapshot.as_of = options.as_of;
  snapshot.jurisdictions = options.jurisdictions;
  snapshot.with_not_applicable = options.with_not_applicable;
  snapshot.looked = assessment.evidence_looked_at;
  snapshot.observations = seen;
  snapshot.skipped = assessment.skipped;
  snapshot.engine_version = options.engine_version;
  return append(context, file, store::draft_of(snapshot, assessment, kept_form(assessment), now()));
}

}  // namespace pandect::cli
