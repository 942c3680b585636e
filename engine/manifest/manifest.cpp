#include "manifest/manifest.h"

#include "base/names.h"
#include "manifest/record_reader.h"

#include <algorithm>

namespace pandect {
namespace {

class ManifestReader {
 public:
  ManifestReader(const Program& program, const yaml::Document& document, Diagnostics& problems)
      : program_(program),
        document_(document),
        problems_(problems),
        parts_(program, document, problems) {}

  Manifest read() {
    Manifest manifest;
    manifest.file = document_.file;
    if (document_.root.shape == yaml::Shape::null) {
      problems_.push_back(
          {Level::error,
           "empty-file",
           {document_.file->name, 0, 0},
           "the manifest is empty",
           "state at least `organisation` and one entry under `systems` or `models`"});
      return manifest;
    }
    Fields fields(document_, document_.root, "the manifest", problems_);
    if (const std::string version = fields.text("pandect"); fields.valid() && version != "1") {
      problems_.push_back({Level::error, "version", fields.location(),
                           "this manifest does not say `pandect: 1`",
                           "add it as the first line; it is the version of the format"});
    }
    manifest.closed_world = fields.boolean("closed_world", false);
    if (const auto* value = fields.take("organisation"))
      manifest.organisation = organisation(*value);
    const auto* models = fields.take("models");
    manifest.models = parts_.subjects(models, kModel, "model");
    if (const auto* systems = fields.take("systems"); systems != nullptr) {
      for (const auto& item : systems->items) manifest.systems.push_back(system(item, manifest));
      if (systems->shape != yaml::Shape::list)
        fields.problem(*systems, "wrong-shape", "`systems` is a list");
    }
    parts_.determinations(fields.take("determinations"), manifest.determinations);
    parts_.rates(fields.take("rates"), manifest.rates);
    evidence(fields.take("evidence"), manifest);
    if (const auto* settings = fields.take("settings"))
      manifest.settings = read_settings(document_, *settings, problems_);
    if (const auto* waivers = fields.take("waivers"))
      read_waivers(program_, document_, *waivers, subject_ids(manifest), manifest.waivers,
                   problems_);
    return manifest;
  }

 private:
  Subject organisation(const yaml::Value& value) {
    Fields fields(document_, value, "the organisation", problems_);
    Subject subject;
    subject.id = fields.text("id");
    subject.name = fields.text("name");
    if (const auto* facts = fields.take("facts"))
      parts_.answers().read(*facts, kOrganisation, "the organisation", subject.answers);
    return subject;
  }

  ManifestSystem system(const yaml::Value& value, const Manifest& manifest) {
    Fields fields(document_, value, "a system", problems_);
    ManifestSystem system;
    system.where = fields.location();
    system.subject.id = fields.required_text("id");
    system.subject.name = fields.text("name");
    for (const auto& each : manifest.systems) {
      if (each.subject.id == system.subject.id)
        fields.problem(value, "duplicate-id",
                       "the system `" + system.subject.id + "` stands twice");
    }
    system.models_stated = fields.take("models") != nullptr;
    system.models = fields.texts("models");
    system.models_complete = fields.boolean("models_complete", true);
    system.closed_world = fields.boolean("closed_world", manifest.closed_world);
    check_models(fields, value, system, manifest);
    if (const auto* facts = fields.take("facts")) {
      parts_.answers().read(*facts, kSystem | kDeployment, "a system", system.subject.answers);
    }
    system.deployments = parts_.subjects(fields.take("deployments"), kDeployment, "deployment");
    parts_.determinations(fields.take("determinations"), system.determinations);
    return system;
  }

  void check_models(Fields& fields, const yaml::Value& value, const ManifestSystem& system,
                    const Manifest& manifest) {
    for (const auto& id : system.models) {
      const bool found = std::any_of(manifest.models.begin(), manifest.models.end(),
                                     [&](const Subject& each) { return each.id == id; });
      if (found) continue;
      std::vector<std::string_view> known;
      for (const auto& each : manifest.models) known.push_back(each.id);
      const auto* list = value.find("models");
      fields.problem(list != nullptr ? *list : value, "unknown-name",
                     "the manifest has no model `" + id + "`",
                     known.empty() ? "describe it under `models`" : did_you_mean(id, known));
    }
  }

  void evidence(const yaml::Value* list, Manifest& manifest) {
    if (list == nullptr) return;
    for (const auto& item : list->items) {
      Fields fields(document_, item, "an evidence entry", problems_);
      EvidenceEntry entry;
      entry.where = fields.location();
      entry.system = fields.text("system");
      entry.obligation = fields.text("obligation");
      entry.topic = fields.text("topic");
      entry.piece = fields.text("evidence");
      entry.state = fields.word<EvidenceState>("state", EvidenceState::unknown,
                                               {{"done", EvidenceState::done},
                                                {"not_done", EvidenceState::not_done},
                                                {"partly", EvidenceState::partly},
                                                {"unknown", EvidenceState::unknown}});
      entry.source = fields.text("source");
      entry.by = fields.text("by");
      entry.note = fields.text("note");
      entry.scope = fields.text("scope");
      if (const auto* probe = fields.take("probe")) entry.probe = yaml::json_text(*probe);
      entry.made = fields.day("date");
      entry.through = fields.day("through");
      check_evidence(fields, item, entry, manifest);
      manifest.evidence.push_back(std::move(entry));
    }
  }

  void check_evidence(Fields& fields, const yaml::Value& item, const EvidenceEntry& entry,
                      const Manifest& manifest) {
    if (entry.obligation.empty() && entry.topic.empty()) {
      fields.problem(item, "missing-key", "an evidence entry names an `obligation` or a `topic`");
    }
    if (!entry.system.empty()) {
      bool found = false;
      for (const auto& each : manifest.systems) found = found || each.subject.id == entry.system;
      for (const auto& each : manifest.models) found = found || each.id == entry.system;
      if (!found)
        fields.problem(item, "unknown-name",
                       "the manifest has no system or model `" + entry.system + "`");
    }
    if (entry.obligation.empty() || program_.find_obligation(entry.obligation) != kNone) return;
    std::vector<std::string_view> known;
    bool loaded = false;  // a duty of a pack that is not loaded is not misspelt
    const std::string prefix = entry.obligation.substr(0, entry.obligation.find('.') + 1);
    for (const auto& each : program_.obligations.all()) {
      known.push_back(program_.text(each.id));
      loaded = loaded || known.back().starts_with(prefix);
    }
    if (loaded) {
      const auto* key = item.find("obligation");
      fields.problem(key != nullptr ? *key : item, "unknown-name",
                     "there is no duty `" + entry.obligation + "`",
                     did_you_mean(entry.obligation, known));
    }
  }

  const Program& program_;
  const yaml::Document& document_;
  Diagnostics& problems_;
  RecordParts parts_;
};

}  // namespace

Result<Manifest> read_manifest(const Program& program, std::string name, std::string text) {
  auto document = yaml::parse(std::move(name), std::move(text));
  if (!document) return document.errors();
  return read_manifest(program, *document);
}

Result<Manifest> read_manifest(const Program& program, const yaml::Document& document) {
  Diagnostics problems;
  Manifest manifest = ManifestReader(program, document, problems).read();
  if (has_errors(problems)) return problems;
  return manifest;
}

std::vector<std::string_view> subject_ids(const Manifest& manifest) {
  std::vector<std::string_view> ids;
  for (const auto& each : manifest.systems) ids.emplace_back(each.subject.id);
  for (const auto& each : manifest.models) ids.emplace_back(each.id);
  return ids;
}

std::vector<Assessable> records_of(const Manifest& manifest) {
  std::vector<Assessable> list;
  for (const auto& system : manifest.systems) {
    Assessable each;
    Record& record = each.record;
    record.id = system.subject.id;
    record.name = system.subject.name.empty() ? system.subject.id : system.subject.name;
    record.where = system.where;
    record.closed_world = system.closed_world;
    record.models_stated = system.models_stated;
    record.models_complete = system.models_complete;
    record.organisation = manifest.organisation;
    record.system = system.subject;
    record.deployments = system.deployments;
    record.determinations = system.determinations;
    record.rates = manifest.rates;
    for (const auto& id : system.models) {
      for (const auto& model : manifest.models) {
        if (model.id == id) record.models.push_back(model);
      }
    }
    list.push_back(std::move(each));
  }
  for (const auto& model : manifest.models) {
    Assessable each;
    each.kind = Assessable::Kind::model;
    Record& record = each.record;
    record.id = model.id;
    record.name = model.name.empty() ? model.id : model.name;
    record.has_system = false;
    record.closed_world = manifest.closed_world;
    record.models_stated = true;
    record.organisation = manifest.organisation;
    record.models.push_back(model);
    record.determinations = manifest.determinations;
    record.rates = manifest.rates;
    list.push_back(std::move(each));
  }
  return list;
}

}  // namespace pandect
