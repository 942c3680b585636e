// Every sample against what it must yield (expectations.yaml). PANDECT_AGREEMENT=1 prints the
// table: matched, missing and wrong of each sample, and each expectation that was not met.
#include "packs/folder.h"
#include "packs/yaml.h"
#include "plugins/importer.h"
#include "plugins/importing/conflicts.h"

#include "pandect/number.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <doctest/doctest.h>
#include <re2/re2.h>

using namespace pandect;
using plugins::Imported;

namespace {

const std::string kFolder = PANDECT_SOURCE "/tests/plugins/importers/";

enum class Verdict { matched, missing, wrong };

std::string text_of(const yaml::Value& row, std::string_view key) {
  const yaml::Value* value = row.find(key);
  return value == nullptr ? std::string() : value->text;
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) out += c;
  }
  return out;
}

bool same(const std::string& expected, const std::string& actual, bool exact) {
  const auto a = Number::parse(expected), b = Number::parse(actual);
  if (a && b) {
    const double x = a->to_double(), y = b->to_double();
    return std::fabs(x - y) <= 0.01 * std::max(std::fabs(x), std::fabs(y));
  }
  return exact ? expected == actual : actual.find(expected) != std::string::npos;
}

bool has_value(const Proposal& each, const std::string& value, bool exact) {
  return std::any_of(each.values.begin(), each.values.end(),
                     [&](const std::string& actual) { return same(value, actual, exact); });
}

bool class_fits(const std::string& kind, ProposalClass actual) {
  if (kind == "fact") return actual == ProposalClass::extracted;
  if (kind == "suggest")
    return actual == ProposalClass::suggested || actual == ProposalClass::extracted;
  return kind == (actual == ProposalClass::derived    ? "derived"
                  : actual == ProposalClass::conflict ? "conflict"
                                                      : "");
}

Verdict must_not(const yaml::Value& row, const Imported& imported) {
  for (const auto& each : imported.proposals) {
    const std::string fact = text_of(row, "fact"), value = text_of(row, "value");
    if (!fact.empty() && each.fact != fact) continue;
    if (!value.empty() && !has_value(each, value, true)) continue;
    if (const std::string pointer = text_of(row, "pointer");
        !pointer.empty() && each.pointer != pointer)
      continue;
    if (const auto* note = row.find("note");
        note != nullptr && !RE2::PartialMatch(each.note, note->text))
      continue;
    if (const auto* like = row.find("like"); like != nullptr) {
      const bool any = std::any_of(each.values.begin(), each.values.end(), [&](const auto& actual) {
        return RE2::PartialMatch(each.fact + ": " + actual, like->text);
      });
      if (!any) continue;
    }
    if (each.kind == ProposalClass::conflict) continue;  // it shows both on purpose
    return Verdict::wrong;
  }
  return Verdict::matched;
}

// The words stand in the proposal, or it names their line as another place.
bool rests_on(const Proposal& each, const std::string& quote, const std::string& bytes) {
  if (squeezed(each.quote).find(squeezed(quote)) != std::string::npos) return true;
  for (std::size_t at = bytes.find(quote); at != std::string::npos;
       at = bytes.find(quote, at + 1)) {
    const auto line =
        1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    for (const auto start : {line, line - 1}) {
      if (RE2::PartialMatch(each.note, "also line " + std::to_string(start) + "\\b")) return true;
    }
  }
  return false;
}

Verdict judge(const yaml::Value& row, const Imported& imported, const std::string& bytes) {
  const std::string kind = text_of(row, "kind"), fact = text_of(row, "fact");
  if (kind == "must_not") return must_not(row, imported);
  if (kind == "warned" || kind == "quiet") {
    const bool warned =
        std::any_of(imported.warnings.begin(), imported.warnings.end(),
                    [&](const Diagnostic& each) { return each.code == text_of(row, "code"); });
    return warned == (kind == "warned") ? Verdict::matched : Verdict::wrong;
  }
  std::vector<const Proposal*> those;
  std::size_t count = 0;
  for (const auto& each : imported.proposals) {
    if (each.fact != fact || !class_fits(kind, each.kind)) continue;
    those.push_back(&each);
    count = std::max(count, each.values.size());
  }
  if (those.empty()) return Verdict::missing;
  if (const auto* exact = row.find("count"))
    return std::to_string(count) == exact->text ? Verdict::matched : Verdict::wrong;
  if (const auto* least = row.find("at_least"))
    return count >= std::stoul(least->text) ? Verdict::matched : Verdict::wrong;
  const std::string quote = text_of(row, "quote");
  if (!quote.empty() && std::none_of(those.begin(), those.end(), [&](const Proposal* each) {
        return rests_on(*each, quote, bytes);
      }))
    return Verdict::missing;
  if (const auto* values = row.find("values")) {
    for (const auto& value : values->items) {
      if (std::none_of(those.begin(), those.end(), [&](const Proposal* each) {
            return has_value(*each, value.text, kind == "fact");
          }))
        return those.front()->is_set ? Verdict::missing : Verdict::wrong;
    }
  }
  return Verdict::matched;
}

Imported import_bytes(const std::string& name, std::string bytes) {
  const auto importers = plugins::importers();
  int best = 0;
  const plugins::Importer* chosen = nullptr;
  for (const auto& each : importers) {
    const int score = each.recognises(name, std::string_view(bytes).substr(0, 65536));
    if (score > best) chosen = &each;
    best = std::max(best, score);
  }
  REQUIRE_MESSAGE(chosen != nullptr, name);
  auto imported = chosen->read({name, std::move(bytes)});
  REQUIRE_MESSAGE(imported.ok(), name);
  return std::move(*imported);
}

}  // namespace

TEST_CASE("importers agree with the labels of the samples") {
  const auto text = read_text(kFolder + "expectations.yaml", 1u << 20);
  REQUIRE(text.ok());
  const auto document = yaml::parse("expectations.yaml", *text);
  REQUIRE(document.ok());
  const bool print = std::getenv("PANDECT_AGREEMENT") != nullptr;
  int totals[3] = {0, 0, 0};
  for (const auto& sample : document->root.find("samples")->items) {
    const std::string file = text_of(sample, "file");
    auto bytes = read_text(kFolder + "samples/" + file, 1u << 20);
    REQUIRE_MESSAGE(bytes.ok(), file);
    Imported imported = import_bytes(file, *bytes);
    if (const std::string beside = text_of(sample, "beside"); !beside.empty()) {
      for (auto& each : import_bytes("LICENSE", beside).proposals)
        imported.proposals.push_back(std::move(each));
      for (auto& each : plugins::conflicts_between_files(imported.proposals))
        imported.proposals.push_back(std::move(each));
    }
    int counts[3] = {0, 0, 0};
    std::string misses;
    for (const auto& row : sample.find("expect")->items) {
      const Verdict verdict = judge(row, imported, *bytes);
      ++counts[static_cast<int>(verdict)];
      const std::string known = text_of(row, "known");
      if (verdict == Verdict::matched) {
        CHECK_MESSAGE(known.empty(),
                      file << ": now matched, take the note away: " << text_of(row, "name"));
        continue;
      }
      const std::string line = std::string(verdict == Verdict::wrong ? "wrong" : "missing") + ": " +
                               text_of(row, "kind") + " " + text_of(row, "name") + " -> " +
                               text_of(row, "fact") + (known.empty() ? "" : "  (" + known + ")");
      misses += "    " + line + "\n";
      CHECK_MESSAGE(!known.empty(), file << " " << row.line << ": " << line);
    }
    for (int i = 0; i < 3; ++i) totals[i] += counts[i];
    if (print)
      std::printf("%-34s %3d matched %3d missing %3d wrong\n%s", file.c_str(), counts[0], counts[1],
                  counts[2], misses.c_str());
  }
  if (print)
    std::printf("%-34s %3d matched %3d missing %3d wrong\n", "all", totals[0], totals[1],
                totals[2]);
  CHECK(totals[0] > 300);
}
