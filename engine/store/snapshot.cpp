#include "store/snapshot.h"

#include "base/digest.h"
#include "packs/folder.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::store {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Diagnostic unreadable(const std::string& file, const std::string& reason) {
  return {Level::error,
          "damaged",
          {file, 0, 0},
          "a recorded assessment cannot be read: " + reason,
          "run `pandect store verify`"};
}

Json json_of(const SubjectSummary& each) {
  return {{"kind", each.kind},         {"id", each.id},
          {"name", each.name},         {"classes", each.classes},
          {"open", each.open},         {"due", each.due},
          {"met", each.met},           {"waived", each.waived},
          {"upcoming", each.upcoming}, {"undetermined", each.undetermined},
          {"overdue", each.overdue},   {"findings", each.findings}};
}

SubjectSummary summary_of(const Json& json) {
  SubjectSummary each;
  json.at("kind").get_to(each.kind);
  json.at("id").get_to(each.id);
  json.at("name").get_to(each.name);
  json.at("classes").get_to(each.classes);
  json.at("open").get_to(each.open);
  json.at("due").get_to(each.due);
  json.at("met").get_to(each.met);
  json.at("waived").get_to(each.waived);
  json.at("upcoming").get_to(each.upcoming);
  json.at("undetermined").get_to(each.undetermined);
  json.at("overdue").get_to(each.overdue);
  json.at("findings").get_to(each.findings);
  return each;
}

// The documents of an entry, each mentioned by its digest.
class Documents {
 public:
  explicit Documents(Draft& draft) : draft_(draft) {}
  std::string add(std::string bytes) {
    std::string digest = digest_of(bytes);
    digests_.push_back(digest);
    draft_.documents.push_back(std::move(bytes));
    return digest;
  }
  Json digests() {
    std::sort(digests_.begin(), digests_.end());
    digests_.erase(std::unique(digests_.begin(), digests_.end()), digests_.end());
    return digests_;
  }

 private:
  Draft& draft_;
  std::vector<std::string> digests_;
};

std::string sources_text(const StoredPack& pack) {
  Json files = Json::object();
  for (const auto& each : pack.files) files[each.name] = each.text;
  return dumped(files);
}

Day day_at(const Json& json, const char* key) {
  return parse_day(json.at(key).get<std::string>()).value_or(kNoDay);
}

Snapshot read_snapshot(const Json& body, const std::function<std::string(const Json&)>& document) {
  Snapshot snapshot;
  const auto file = [&](const Json& json) {
    return StoredFile{json.at("name").get<std::string>(), document(json.at("digest"))};
  };
  snapshot.manifest = file(body.at("manifest"));
  if (body.contains("waivers")) snapshot.waivers = file(body.at("waivers"));
  for (const auto& each : body.at("packs")) {
    StoredPack pack{each.at("id"), each.at("version"), each.at("digest"), {}};
    const Json sources = Json::parse(document(each.at("sources")));
    for (const auto& [name, text] : sources.items())
      pack.files.push_back({name, text.get<std::string>()});
    snapshot.packs.push_back(std::move(pack));
  }
  snapshot.as_of = day_at(body, "as_of");
  const Json& options = body.at("options");
  options.at("jurisdictions").get_to(snapshot.jurisdictions);
  options.at("with_not_applicable").get_to(snapshot.with_not_applicable);
  const Json& evidence = body.at("evidence");
  evidence.at("looked").get_to(snapshot.looked);
  for (const auto& each : evidence.at("skipped"))
    snapshot.skipped.push_back({each.at("path"), each.at("reason")});
  auto observations = read_observations(document(evidence.at("observations")));
  if (observations) snapshot.observations = std::move(*observations);
  body.at("engine").get_to(snapshot.engine_version);
  return snapshot;
}

}  // namespace

Result<std::vector<StoredPack>> packs_of(const Program& program, const std::string& rules) {
  std::vector<StoredPack> packs;
  Diagnostics problems;
  for (const auto& used : program.packs.all()) {
    StoredPack pack{std::string(program.text(used.id)),
                    std::string(program.text(used.version)),
                    std::string(program.text(used.digest)),
                    {}};
    const std::string folder = rules + "/" + pack.id;
    std::string digests;
    for (const auto& path : pack_files(folder, problems)) {
      if (is_case_file(path)) continue;
      auto text = read_text(path, yaml::kMaximumBytes + 16);
      if (!text) return text.errors();
      const std::string name = path.substr(folder.size());
      digests += name + " " + digest_of(*text) + "\n";
      pack.files.push_back({name.substr(1), std::move(*text)});
    }
    if (has_errors(problems)) return problems;
    if (digest_of(digests) != pack.digest) {
      return Diagnostic{Level::error,
                        "changed",
                        {folder, 0, 0},
                        "the pack changed while it was used",
                        "run the command again"};
    }
    packs.push_back(std::move(pack));
  }
  return packs;
}

std::vector<SubjectSummary> summary_of(const Assessment& assessment) {
  std::vector<SubjectSummary> list;
  for (const auto& subject : assessment.subjects) {
    SubjectSummary each;
    each.kind = subject.kind;
    each.id = subject.id;
    each.name = subject.name;
    for (const auto& item : subject.classifications) {
      if (item.kind != ConceptKind::classification) continue;
      if (item.value == Truth::true_) each.classes.push_back(item.id);
      if (item.value == Truth::unknown) each.open.push_back(item.id);
    }
    for (const auto& item : subject.obligations) {
      each.due += item.status == "due" ? 1 : 0;
      each.upcoming += item.status == "upcoming" ? 1 : 0;
      each.undetermined += item.status == "undetermined" ? 1 : 0;
      each.overdue += item.overdue ? 1 : 0;
      if (item.status != "due") continue;
      each.met += item.fulfilment == Fulfilment::met ? 1 : 0;
      each.waived += item.fulfilment == Fulfilment::waived ? 1 : 0;
    }
    each.findings = subject.findings.size();
    list.push_back(std::move(each));
  }
  return list;
}

Draft draft_of(const Snapshot& snapshot, const Assessment& assessment, const std::string& bytes,
               const std::string& recorded_at) {
  Draft draft{"assessment", recorded_at, {}, {}};
  Documents documents(draft);
  Json body;
  body["as_of"] = to_string(snapshot.as_of);
  body["organisation"] = assessment.organisation;
  body["engine"] = snapshot.engine_version;
  body["manifest"] = {{"name", snapshot.manifest.name},
                      {"digest", documents.add(snapshot.manifest.text)}};
  if (snapshot.waivers) {
    body["waivers"] = {{"name", snapshot.waivers->name},
                       {"digest", documents.add(snapshot.waivers->text)}};
  }
  body["packs"] = Json::array();
  for (const auto& each : snapshot.packs) {
    body["packs"].push_back({{"id", each.id},
                             {"version", each.version},
                             {"digest", each.digest},
                             {"sources", documents.add(sources_text(each))}});
  }
  body["options"] = {{"jurisdictions", snapshot.jurisdictions},
                     {"with_not_applicable", snapshot.with_not_applicable}};
  body["evidence"] = {{"looked", snapshot.looked},
                      {"observations", documents.add(observations_text(snapshot.observations))},
                      {"skipped", Json::array()}};
  for (const auto& each : snapshot.skipped)
    body["evidence"]["skipped"].push_back({{"path", each.path}, {"reason", each.reason}});
  body["assessment"] = documents.add(bytes);
  body["subjects"] = Json::array();
  for (const auto& each : summary_of(assessment)) body["subjects"].push_back(json_of(each));
  body["blobs"] = documents.digests();
  draft.body = dumped(body);
  return draft;
}

Result<Recorded> recorded_of(const Entry& entry) {
  Recorded recorded;
  recorded.entry = entry;
  try {
    const Json body = Json::parse(entry.body);
    recorded.as_of = day_at(body, "as_of");
    body.at("organisation").get_to(recorded.organisation);
    body.at("engine").get_to(recorded.engine_version);
    body.at("manifest").at("name").get_to(recorded.manifest_name);
    body.at("manifest").at("digest").get_to(recorded.manifest_digest);
    body.at("assessment").get_to(recorded.assessment);
    for (const auto& each : body.at("packs"))
      recorded.packs.emplace_back(each.at("id").get<std::string>(),
                                  each.at("digest").get<std::string>());
    for (const auto& each : body.at("subjects")) recorded.subjects.push_back(summary_of(each));
  } catch (const Json::exception& error) {
    return unreadable("entry " + std::to_string(entry.sequence), error.what());
  }
  return recorded;
}

Result<Snapshot> snapshot_of(const Store& store, const Entry& entry) {
  Diagnostics problems;
  const auto document = [&](const Json& digest) {
    auto bytes = store.document(digest.get<std::string>());
    if (bytes) return std::move(*bytes);
    problems.insert(problems.end(), bytes.errors().begin(), bytes.errors().end());
    return std::string("{}");
  };
  if (entry.kind != "assessment") {
    return Diagnostic{Level::error,
                      "no-assessment",
                      {store.file(), 0, 0},
                      "entry " + std::to_string(entry.sequence) + " is no assessment but a" +
                          (entry.kind == "attestation" ? "n " : " ") + entry.kind,
                      "`pandect history` lists the assessments"};
  }
  try {
    Snapshot snapshot = read_snapshot(Json::parse(entry.body), document);
    if (problems.empty()) return snapshot;
  } catch (const Json::exception& error) {
    if (problems.empty()) return unreadable(store.file(), error.what());
  }
  return problems;
}

}  // namespace pandect::store
