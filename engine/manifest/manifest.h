// A user's pandect.yaml: the organisation, its models and systems, their facts, evidence,
// determinations and settings. Reading needs a Program, since answers are checked against facts.
#pragma once

#include "manifest/settings.h"
#include "manifest/waivers.h"
#include "packs/yaml.h"

#include "pandect/program.h"
#include "pandect/record.h"
#include "pandect/result.h"

#include <memory>
#include <string>
#include <vector>

namespace pandect {

enum class EvidenceState : std::uint8_t { done, not_done, partly, unknown };

struct EvidenceEntry {
  std::string system;      // id of a system or model; empty: all
  std::string obligation;  // id of a duty, or
  std::string topic;       // words of one's own, kept but not matched
  std::string piece;       // id of one piece of evidence of that duty; empty: all of them
  EvidenceState state = EvidenceState::unknown;
  std::string source, by, note;
  std::string scope;  // what a person attests, where it is not simply the system
  std::string probe;  // as JSON text: where and how to look
  Day made = kNoDay, through = kNoDay;
  Location where;
};

struct ManifestSystem {
  Subject subject;
  std::vector<std::string> models;
  bool models_stated = false;
  bool models_complete = true;
  bool closed_world = false;
  std::vector<Subject> deployments;
  std::vector<Determination> determinations;
  Location where;
};

struct Manifest {
  yaml::FilePtr file;
  Subject organisation;
  std::vector<Subject> models;
  std::vector<ManifestSystem> systems;
  std::vector<Determination> determinations;  // of models
  std::map<std::string, Number> rates;
  std::vector<EvidenceEntry> evidence;
  std::vector<WaiverEntry> waivers;
  Settings settings;
  bool closed_world = false;
};

// `name` is printed in messages.
Result<Manifest> read_manifest(const Program& program, std::string name, std::string text);
// The same from a document that is parsed already.
Result<Manifest> read_manifest(const Program& program, const yaml::Document& document);

// Ids of all systems and models.
std::vector<std::string_view> subject_ids(const Manifest& manifest);

struct Assessable {
  enum class Kind : std::uint8_t { system, model } kind = Kind::system;
  Record record;
};

// One record per system, then one per model with its organisation.
std::vector<Assessable> records_of(const Manifest& manifest);

}  // namespace pandect
