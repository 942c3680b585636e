// A user's pandect.yaml: the organisation, its models and systems, their facts, evidence,
// determinations and settings. Reading needs a Program, since answers are checked against facts.
#pragma once

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
  Day made = kNoDay, through = kNoDay;
  Location where;
};

struct Settings {
  std::string lang;
  std::vector<std::string> jurisdictions, packs;
  std::string fail_on, fail_on_unknown;
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
  Settings settings;
  bool closed_world = false;
};

// `name` is printed in messages.
Result<Manifest> read_manifest(const Program& program, std::string name, std::string text);
// The same from a document that is parsed already.
Result<Manifest> read_manifest(const Program& program, const yaml::Document& document);

// Settings alone, before any pack is loaded: they say which packs.
Result<Settings> read_settings(const yaml::Document& document);

struct Assessable {
  enum class Kind : std::uint8_t { system, model } kind = Kind::system;
  Record record;
};

// One record per system, then one per model with its organisation.
std::vector<Assessable> records_of(const Manifest& manifest);

}  // namespace pandect
