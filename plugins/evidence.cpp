#include "plugins/evidence.h"

#include "base/names.h"
#include "plugins/reading/files.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::plugins {
namespace {

using Json = nlohmann::json;

// A probe is `{name: settings}`; several are a list of those or one map with several names.
std::vector<std::pair<std::string, Json>> steps_of(const Json& written) {
  std::vector<std::pair<std::string, Json>> steps;
  for (const auto& each : written.is_array() ? written : Json::array({written})) {
    if (!each.is_object()) continue;
    for (const auto& [name, settings] : each.items()) steps.emplace_back(name, settings);
  }
  return steps;
}

// A heading that the manifest adds is a further name of the pack's; it takes none away.
void add_headings(const Json& own, Json& headings) {
  if (!own.is_array() || !headings.is_array()) return;
  for (const auto& each : own) {
    if (!each.is_object() || !each.contains("id")) continue;
    for (auto& heading : headings) {
      if (heading.is_object() && heading.value("id", Json()) == each["id"]) {
        Json words = each;
        words.erase("id");
        heading["own"] = Json::array();
        for (const auto& word : words) {
          for (const auto& variant : word.is_array() ? word : Json::array({word}))
            heading["own"].push_back(variant);
        }
      }
    }
  }
}

// What the manifest says takes the place of what the pack says, but for headings.
void merge(const Json& own, Json& settings) {
  if (!own.is_object() || !settings.is_object()) return;
  for (const auto& [key, value] : own.items()) {
    if (key == "headings" && settings.contains("headings")) {
      add_headings(value, settings["headings"]);
    } else {
      settings[key] = value;
    }
  }
}

// All must be shown; one that fails, or some that are missing among others, is a failure.
Look both(const std::vector<Look>& looks) {
  Look all;
  std::size_t shown = 0, failed = 0, absent = 0;
  for (const auto& each : looks) {
    all.looked = all.looked || each.looked;
    all.aimed = all.aimed || each.aimed;
    all.looked_for.append(each.looked_for, semicolon());
    all.note.append(each.note, semicolon());
    // The place of what is wrong stands last.
    const auto at = each.state == PieceState::failed ? all.seen.end() : all.seen.begin();
    all.seen.insert(at, each.seen.begin(), each.seen.end());
    shown += each.state == PieceState::shown ? 1 : 0;
    failed += each.state == PieceState::failed ? 1 : 0;
    absent += each.state == PieceState::absent ? 1 : 0;
  }
  if (!looks.empty() && shown == looks.size()) {
    all.state = PieceState::shown;
  } else if (failed > 0 || (absent > 0 && shown > 0)) {
    all.state = PieceState::failed;
  } else if (absent > 0 && absent == looks.size()) {
    all.state = PieceState::absent;
  }
  return all;
}

}  // namespace

EvidenceLooker::EvidenceLooker(std::string folder, std::vector<Probe> probes, Day as_of,
                               std::vector<std::string> below, std::vector<std::string> ignored)
    : folder_(std::move(folder)),
      probes_(std::move(probes)),
      as_of_(as_of),
      below_(std::move(below)),
      ignored_(std::move(ignored)) {}

EvidenceLooker::~EvidenceLooker() = default;

const Root* EvidenceLooker::root() {
  if (!tried_) {
    tried_ = true;
    auto opened = Root::open(folder_.empty() ? "." : folder_);
    if (opened) {
      root_ = std::move(*opened);
      root_->narrow(below_, ignored_);
    } else {
      for (const auto& each : opened.errors()) problem(each);
    }
  }
  return root_ ? &*root_ : nullptr;
}

void EvidenceLooker::problem(Diagnostic diagnostic) {
  const bool known = std::any_of(problems_.begin(), problems_.end(), [&](const Diagnostic& each) {
    return each.message == diagnostic.message && each.where.line == diagnostic.where.line &&
           each.where.file == diagnostic.where.file;
  });
  if (!known) problems_.push_back(std::move(diagnostic));
}

const Probe* EvidenceLooker::find(const std::string& name) const {
  for (const auto& each : probes_) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

Look EvidenceLooker::source(const std::string& pattern) {
  Look look;
  look.looked_for = file_text(pattern);
  const Root* below = root();
  if (below == nullptr) return look;
  look.looked = look.aimed = true;
  look.state = PieceState::absent;
  look.note = {pattern + " is not there", pattern + ": 파일 없음", pattern + "：文件不存在"};
  for (const auto& file : below->glob({pattern})) {
    if (file.size == 0) {
      look.note = empty_file(file.path);
      continue;
    }
    look.state = PieceState::shown;
    look.note = {};
    look.seen.push_back({{file.path, 0, 0}, ""});
    break;
  }
  if (look.state == PieceState::shown || pattern.find_first_of("*?[{") != std::string::npos)
    return look;
  const auto read = below->read_part(pattern, 0, 1);
  if (read || read.errors().front().code == "unreadable") return look;
  look.note = {pattern + ": " + read.errors().front().message, "", ""};
  skipped_[pattern] = read.errors().front().code;
  return look;
}

Look EvidenceLooker::run(const std::string& name, const Json& settings, const Location& at,
                         bool own) {
  Look look;
  const Probe* probe = find(name);
  if (probe == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& each : probes_) names.push_back(each.name);
    look.note = {"there is no probe `" + name + "`", "`" + name + "` 프로브 없음",
                 "没有探针 `" + name + "`"};
    std::string hint = did_you_mean(name, names);
    if (hint.empty()) hint = "there are " + listed({names.begin(), names.end()});
    if (own) problem({Level::error, "unknown-name", at, look.note.en, hint});
    return look;
  }
  const Root* below = root();
  if (below == nullptr) return look;
  const auto outcome = probe->run(settings, *below);
  if (!outcome) {
    for (auto each : outcome.errors()) {
      if (each.where.file.empty()) each.where = at;
      problem(std::move(each));
    }
    return look;
  }
  look.looked = true;
  look.state = outcome->state;
  look.looked_for = outcome->looked_for;
  look.note = outcome->note;
  for (const auto& each : outcome->seen) look.seen.push_back({each.where, each.text});
  for (const auto& each : outcome->skipped) skipped_[each.path] = each.reason;
  return look;
}

// `{any: [...]}`: one of several is enough.
Look EvidenceLooker::any(const Json& list, const Location& at, bool own) {
  Look best;
  for (const auto& [name, settings] : steps_of(list)) {
    Look look = step(name, settings, at, own);
    const auto rank = [](const Look& each) {
      return each.state == PieceState::shown    ? 3
             : each.state == PieceState::failed ? 2
             : each.looked                      ? 1
                                                : 0;
    };
    Texts sought = best.looked_for;
    sought.append(look.looked_for, {" or ", " 또는 ", " 或 "});
    if (rank(look) > rank(best)) best = std::move(look);
    best.looked_for = std::move(sought);
    if (best.state == PieceState::shown) break;
  }
  return best;
}

Look EvidenceLooker::step(const std::string& name, const Json& settings, const Location& at,
                          bool own) {
  if (name == "any") return any(settings, at, own);
  Json complete = settings;
  const Probe* probe = find(name);
  if (probe != nullptr && probe->wants_day && complete.is_object() && as_of_ != kNoDay)
    complete["as_of"] = to_string(as_of_);
  const std::string key =
      name + " " + complete.dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  Look look = run(name, complete, at, own);
  known_.emplace(key, look);
  return look;
}

Look EvidenceLooker::probe(const ProbeRequest& request) {
  const auto parsed = [&](std::string_view text) {
    return text.empty() ? Json() : Json::parse(text, nullptr, false);
  };
  auto own = steps_of(parsed(request.own));
  std::vector<Look> looks;
  for (auto& [name, settings] : steps_of(parsed(request.probe))) {
    Json merged = settings;
    bool aimed = false;
    const Probe* found = find(name);
    if (found != nullptr && !found->places.empty() && !request.source.empty()) {
      merged[found->places] = std::string(request.source);
      aimed = true;
    }
    for (auto each = own.begin(); each != own.end();) {
      if (each->first != name) {
        ++each;
        continue;
      }
      merge(each->second, merged);
      aimed = true;
      each = own.erase(each);
    }
    looks.push_back(step(name, merged, aimed ? request.own_at : request.probe_at, aimed));
    looks.back().aimed = aimed && looks.back().looked;
  }
  for (const auto& [name, settings] : own) {
    looks.push_back(step(name, settings, request.own_at, true));
    looks.back().aimed = looks.back().looked;
  }
  return both(looks);
}

std::vector<SkippedItem> EvidenceLooker::skipped() const {
  auto all = skipped_;
  if (root_) {
    for (const auto& each : root_->skipped()) all.emplace(each.path, each.reason);
  }
  std::vector<SkippedItem> list;
  for (const auto& [path, reason] : all) list.push_back({path, reason});
  return list;
}

}  // namespace pandect::plugins
