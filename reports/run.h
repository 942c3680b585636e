// The run that made an assessment, as reports for machines tell it: from where its paths are seen,
// and what its exit status follows from. The command fills it; nothing here looks at a file.
#pragma once

#include "pandect/assessment.h"

#include <string>

namespace pandect::reports {

struct Run {
  std::string manifest = "pandect.yaml";  // as messages name it
  // Absolute: the working folder, and the folder that a reader of the report sees paths from (that
  // of the repository). Empty: paths are taken as they stand.
  std::string folder, root;
  std::string fail_on = "high", fail_on_unknown = "classification";
};

// Where a reader of the report finds a line.
struct Place {
  std::string path;  // seen from the root, with forward slashes; absolute where it lies outside
  int line = 1;
  int column = 0;  // 0: the whole line
};

// Always a place: what names none, or nothing that is a file, is line 1 of the manifest.
Place place_in(const Run& run, const Location& where);

// The folder of the manifest seen from the root; empty for the root itself.
std::string manifest_folder(const Run& run);

// Percent-encoded; relative where the path is.
std::string uri_of(const std::string& path);

// The exit status of `pandect check` (0, 1 or 3).
int exit_status(const Assessment& assessment, const Run& run);

// At or above the threshold, and nothing keeps it from stopping the release.
bool blocks(const Finding& finding, const Run& run);

}  // namespace pandect::reports
