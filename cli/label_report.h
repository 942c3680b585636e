// What `pandect label` found, for people (three languages) and for scripts (JSON). Texts of files
// are made harmless here.
#pragma once

#include "plugins/label/judge.h"

#include <string>
#include <vector>

namespace pandect::cli {

struct LabelledFile {
  std::string path;
  label::Contents contents;
  label::Judgement judgement;
};

std::string label_text(const std::vector<LabelledFile>& files, const label::Rules& rules,
                       const std::string& lang);
std::string label_json_report(const std::vector<LabelledFile>& files, const label::Rules& rules,
                              const std::string& lang);

}  // namespace pandect::cli
