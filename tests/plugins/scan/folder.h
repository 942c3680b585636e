// A folder of its own that goes away at the end, and the signals that ship.
#pragma once

#include "files/root.h"
#include "plugins/scan/scan.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

namespace pandect::testing {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pandect-scan-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
  }
  Root root() const {
    auto opened = Root::open(path.string());
    REQUIRE(opened.ok());
    return std::move(*opened);
  }
};

inline scan::SignalPack shipped_signals() {
  auto pack = scan::read_signals(PANDECT_SOURCE "/rules/signals");
  if (!pack) {
    for (const auto& each : pack.errors()) MESSAGE(to_string(each));
  }
  REQUIRE(pack.ok());
  return std::move(*pack);
}

inline scan::ScanResult scan_of(const Folder& folder, const scan::ScanLimits& limits = {}) {
  return scan::scan(folder.root(), shipped_signals(), limits);
}

// "signal file:line" of every sign.
inline std::vector<std::string> places_of(const scan::ScanResult& result) {
  std::vector<std::string> list;
  for (const auto& each : result.signs)
    list.push_back(result.pack.signals[each.signal].id + " " + each.where.file + ":" +
                   std::to_string(each.where.line));
  return list;
}

inline bool has(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

inline std::string reason_of(const scan::ScanResult& result, const std::string& path) {
  for (const auto& each : result.skipped) {
    if (each.path == path) return each.reason;
  }
  return "";
}

}  // namespace pandect::testing
