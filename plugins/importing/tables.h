// The mapping as data: rules/imports/*.yaml, built into the program (rules/imports/README.md says
// what each file holds). Read once, when the first importer needs it.
#pragma once

#include "pandect/proposal.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace pandect::plugins {

using Pattern = std::shared_ptr<const RE2>;

// What a row proposes.
struct Proposed {
  std::string subject, fact, value;
  bool set = false;
  ProposalClass kind = ProposalClass::suggested;
  double confidence = 0.5;
  std::string note;
};

// A path of a format and what its values mean.
struct PathRow {
  std::string id, path;
  std::string read;   // how the value is read; see rules/imports/README.md
  Proposed proposed;  // without value
  std::map<std::string, std::string, std::less<>> values;
  std::string first, second;  // of `pair`
  std::string role;           // of `prose`
  std::string unit_path;      // of `number`
  double scale = 1;
};

struct Task {
  std::vector<std::string> in, out, kinds, uses;
  bool generative = false;
};

struct Heading {
  std::string role;
  Pattern any;
};

struct Licence {
  Pattern any, text;
  std::string id, note;
};

// Words in text, tags, names of columns or data sets.
struct WordRow {
  std::string id;
  std::set<std::string, std::less<>> in, roles;
  Pattern any, unless;
  std::string needs_fact, needs_value;  // only where this was proposed before
  std::vector<Proposed> proposes;
};

struct LabelRow {
  std::string id, read;
  Pattern any, takes;
  Proposed proposed;
};

struct Quantity {
  std::string id;
  Pattern after, label, unless_before, unless_after, header;
  double least = 0, most = 0;
  double scale = 1;
  std::map<std::string, double, std::less<>> units;
  Proposed proposed;
};

struct Hardware {
  Pattern any;
  std::string name;
  double peak = 0;
};

struct Tables {
  std::map<std::string, std::vector<PathRow>, std::less<>> paths;  // "cyclonedx/component" -> rows
  std::map<std::string, Task, std::less<>> tasks;
  std::vector<Heading> headings;
  std::vector<Licence> licences;
  std::vector<WordRow> words;
  std::vector<LabelRow> labels;
  std::vector<Quantity> quantities;
  std::vector<Hardware> hardware;
  std::map<std::string, double, std::less<>> scales, units;
  std::set<std::string, std::less<>> skipped_roles, xml_lists;
  std::map<std::string, double, std::less<>> conflicts;  // fact -> tolerance; 0: texts
  Pattern placeholder, negation;
  Diagnostics problems;  // of the tables themselves; a test keeps them empty

  const std::vector<PathRow>& rows(std::string_view name) const;
  const Licence* licence(std::string_view name) const;
  std::string role_of(const std::string& heading) const;
};

const Tables& tables();

}  // namespace pandect::plugins
