// probe: {document: {paths: [docs/risk*.md], headings: [{id: risks, en: [...], ko: [...]}]}}: a
// document has the sections it must have, and something stands under each. They may be spread over
// several files. Headings are compared loosely: case, numbering, marks and spaces do not count.
#include "evidence/evidence.h"
#include "plugins/reading/files.h"
#include "plugins/reading/headings.h"
#include "plugins/reading/settings.h"

#include <algorithm>

namespace pandect::plugins {
namespace {

constexpr std::size_t kMostHeadings = 100;

struct Wanted {
  Texts name;                     // as the first variant of each language has it
  std::vector<std::string> keys;  // of all variants
  Sighting full, empty;           // where it stands
  bool is_full = false, is_empty = false;
};

std::vector<Wanted> wanted_headings(ProbeSettings& settings) {
  std::vector<Wanted> list;
  const auto* headings = settings.value("headings");
  if (headings == nullptr || !headings->is_array() || headings->size() > kMostHeadings) {
    settings.wrong("the probe `document` needs `headings`, a list",
                   "write `headings: [{id: risks, en: [Risk identification]}]`");
    return list;
  }
  for (const auto& each : *headings) {
    Wanted heading;
    std::vector<std::string> variants;
    nlohmann::json words = each;
    if (words.is_object()) words.erase("id");
    if (!ProbeSettings::collect(words, variants) || variants.empty()) {
      settings.wrong("a heading of the probe `document` has no variants",
                     "write `{id: risks, en: [Risk identification], ko: [위험 식별]}`");
      return list;
    }
    const auto first = [&](const char* lang) {
      std::vector<std::string> own;
      if (words.is_object() && words.contains(lang)) ProbeSettings::collect(words[lang], own);
      return own.empty() ? std::string() : own.front();
    };
    heading.name = {first("en"), first("ko"), first("zh")};
    if (heading.name.empty()) heading.name.en = variants.front();
    for (const auto& variant : variants) heading.keys.push_back(heading_key(variant));
    std::erase(heading.keys, std::string());
    list.push_back(std::move(heading));
  }
  return list;
}

void compare(const std::string& path, const std::vector<Section>& sections, std::size_t least,
             std::vector<Wanted>& headings) {
  for (const auto& section : sections) {
    const std::string key = heading_key(section.title);
    for (auto& heading : headings) {
      const bool matches =
          std::any_of(heading.keys.begin(), heading.keys.end(),
                      [&](const std::string& each) { return key.find(each) != std::string::npos; });
      if (!matches || heading.is_full) continue;
      const Sighting here{{path, section.line, 1}, excerpt(section.title, 0)};
      if (section.body >= least) {
        heading.is_full = true;
        heading.full = here;
      } else if (!heading.is_empty) {
        heading.is_empty = true;
        heading.empty = here;
      }
    }
  }
}

Texts names_of(const std::vector<const Wanted*>& headings) {
  const auto names = [&](const char* lang) {
    std::vector<std::string> list;
    for (const Wanted* each : headings) list.push_back("`" + each->name.in(lang) + "`");
    return listed(list);
  };
  return {names("en"), names("ko"), names("zh")};
}

void conclude(const std::vector<Wanted>& headings, const std::string& first_file,
              ProbeOutcome& outcome) {
  std::vector<const Wanted*> missing, empty;
  std::vector<Sighting> wrong;
  for (const auto& heading : headings) {
    if (heading.is_full) {
      outcome.seen.push_back(heading.full);
    } else if (heading.is_empty) {
      empty.push_back(&heading);
      wrong.push_back(heading.empty);
    } else {
      missing.push_back(&heading);
    }
  }
  if (missing.empty() && empty.empty()) {
    outcome.state = PieceState::shown;
    return;
  }
  outcome.state = PieceState::failed;
  if (!missing.empty()) {
    const Texts names = names_of(missing);
    outcome.note = {"no section " + names.en, "빠진 항목: " + names.ko, "缺少章节：" + names.zh};
  }
  if (!empty.empty()) {
    const Texts names = names_of(empty);
    outcome.note.append({"nothing under " + names.en, "내용이 없는 항목: " + names.ko,
                         "内容为空的章节：" + names.zh},
                        semicolon());
  }
  if (wrong.empty()) wrong.push_back({{first_file, 0, 0}, ""});
  outcome.seen.push_back(wrong.front());
}

Result<ProbeOutcome> run(const nlohmann::json& written, const Root& root) {
  ProbeSettings settings(written, "document");
  const auto places = settings.texts("paths");
  const auto least = settings.count("at_least", 20);
  auto headings = wanted_headings(settings);
  if (places.empty())
    settings.wrong("the probe `document` needs `paths`", "write `paths: [docs/risk*.md]`");
  if (has_errors(settings.problems())) return settings.problems();
  ProbeOutcome outcome;
  std::vector<const Wanted*> all;
  for (const auto& each : headings) all.push_back(&each);
  const Texts names = names_of(all);
  const std::string where = listed(places);
  outcome.looked_for = {"document " + where + " with sections " + names.en,
                        "문서 " + where + "(항목: " + names.ko + ")",
                        "文档 " + where + "，含章节 " + names.zh};
  std::string first_file, no_text;
  const auto files =
      each_text(root, places, outcome, [&](const std::string& path, const std::string& text) {
        const std::string extension = extension_of(path);
        if (!has_sections(extension)) {
          no_text = path;
          return;
        }
        if (first_file.empty()) first_file = path;
        compare(path, sections_of(extension, text), least, headings);
      });
  if (files == 0) {
    outcome.state = PieceState::absent;
    outcome.note = no_such_file();
  } else if (first_file.empty()) {
    const auto what = [&](const char* files) { return no_text.empty() ? files : no_text; };
    outcome.note = {
        what("the files") + " cannot be read for sections; Markdown, AsciiDoc, HTML and text can",
        what("파일") + ": 항목을 읽을 수 없는 형식(Markdown, AsciiDoc, HTML, 텍스트는 가능)",
        what("文件") + "：无法读取章节的格式（可读取 Markdown、AsciiDoc、HTML 和纯文本）"};
  } else {
    conclude(headings, first_file, outcome);
  }
  return outcome;
}

}  // namespace
}  // namespace pandect::plugins

pandect::plugins::Probe probe_document() {
  return {"document", "A document has the required sections, none of them empty.",
          pandect::plugins::run, "paths"};
}
