// Runs the probes that evidence names, below one folder that is never left. Opens the folder at the
// first question, asks each thing once, and remembers what it could not read. Knows no law.
#pragma once

#include "evidence/evidence.h"
#include "plugins/probe.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pandect::plugins {

class EvidenceLooker : public Looker {
 public:
  // `folder` is that of the manifest; `below` and `ignored` as in Root::narrow.
  EvidenceLooker(std::string folder, std::vector<Probe> probes, Day as_of,
                 std::vector<std::string> below = {}, std::vector<std::string> ignored = {});
  ~EvidenceLooker() override;

  Look source(const std::string& pattern) override;
  Look probe(const ProbeRequest& request) override;

  std::vector<SkippedItem> skipped() const;
  // Settings of a probe that are wrong, and a folder that cannot be opened.
  const Diagnostics& problems() const { return problems_; }

 private:
  const Root* root();
  const Probe* find(const std::string& name) const;
  Look run(const std::string& name, const nlohmann::json& settings, const Location& at, bool own);
  Look any(const nlohmann::json& list, const Location& at, bool own);
  Look step(const std::string& name, const nlohmann::json& settings, const Location& at, bool own);
  void problem(Diagnostic diagnostic);

  std::string folder_;
  std::vector<Probe> probes_;
  Day as_of_;
  std::vector<std::string> below_, ignored_;
  std::optional<Root> root_;
  bool tried_ = false;
  std::map<std::string, Look> known_;
  std::map<std::string, std::string> skipped_;
  Diagnostics problems_;
};

}  // namespace pandect::plugins
