#include "reports/history.h"

#include "reports/layout.h"
#include "reports/words.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

namespace pandect::reports {
namespace {

using Json = nlohmann::ordered_json;
using store::Cause;
using store::Recorded;
using store::Statement;
using store::SubjectSummary;

constexpr std::size_t kShortHash = 12;
constexpr std::size_t kLongest = 300;

std::string dumped(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct ClassChanges {
  std::vector<std::string> now, no_longer;
};

ClassChanges changes_of(const SubjectSummary* before, const SubjectSummary& after) {
  ClassChanges changes;
  std::set<std::string> old;
  if (before != nullptr) old = {before->classes.begin(), before->classes.end()};
  for (const auto& each : after.classes) {
    if (old.erase(each) == 0 && before != nullptr) changes.now.push_back(each);
  }
  changes.no_longer.assign(old.begin(), old.end());
  return changes;
}

// The last summary of each subject that was seen so far.
using Seen = std::map<std::string, SubjectSummary>;
std::string key_of(const SubjectSummary& each) { return each.kind + " " + each.id; }

class TextWriter {
 public:
  explicit TextWriter(const std::string& lang) : words_(lang) {}

  void item(const HistoryItem& item) {
    text_ += "#" + std::to_string(item.entry.sequence) + " " +
             clean(item.entry.hash.substr(0, kShortHash)) + "  ";
    if (const auto* recorded = std::get_if<Recorded>(&item.content)) {
      assessment(*recorded);
    } else {
      statement(std::get<Statement>(item.content), item.entry);
    }
  }

  std::string text() && { return text_.empty() ? line(words_(Word::store_nothing)) : text_; }

 private:
  static std::string line(std::string_view text) { return std::string(text) + "\n"; }
  std::string names(const std::vector<std::string>& list) const {
    std::vector<std::string> harmless;
    for (const auto& each : list) harmless.push_back(clean(each, kLongest));
    return words_.list(harmless);
  }

  void assessment(const Recorded& recorded) {
    text_ += words_(Word::store_recorded,
                    {clean(recorded.entry.recorded_at, kLongest), words_.date(recorded.as_of)}) +
             "\n";
    for (const auto& each : recorded.subjects) {
      const auto before = seen_.find(key_of(each));
      text_ += "  " + clean(each.id, kLongest) + "  " +
               words_(Word::store_counts,
                      {words_.count(each.due), words_.count(each.met), words_.count(each.waived),
                       words_.count(each.upcoming), words_.count(each.undetermined),
                       words_.count(each.findings)}) +
               "\n";
      const auto changes = changes_of(before == seen_.end() ? nullptr : &before->second, each);
      if (!changes.now.empty())
        text_ += "    " + words_.labelled(words_(Word::store_now), names(changes.now)) + "\n";
      if (!changes.no_longer.empty())
        text_ += "    " + words_.labelled(words_(Word::store_no_longer), names(changes.no_longer)) +
                 "\n";
      seen_[key_of(each)] = each;
    }
  }

  void statement(const Statement& statement, const store::Entry& entry) {
    const auto day = [&](Day value) { return value == kNoDay ? "-" : words_.date(value); };
    text_ += clean(entry.recorded_at, kLongest) + "\n  ";
    const std::string who = clean(statement.by, kLongest),
                      what = clean(statement.obligation, kLongest),
                      whom = clean(statement.subject, kLongest);
    if (statement.kind == "waiver") {
      text_ += words_(Word::store_waiver, {who, what, whom, day(statement.made),
                                           day(statement.through), clean(statement.reason)}) +
               "\n";
      return;
    }
    text_ += words_(Word::store_attestation,
                    {who, what, whom, day(statement.made), day(statement.through)}) +
             "\n";
    if (!statement.scope.empty()) text_ += "    " + clean(statement.scope) + "\n";
  }

  Wording words_;
  Seen seen_;
  std::string text_;
};

Json json_of(const SubjectSummary& each, const ClassChanges& changes) {
  Json out;
  out["kind"] = each.kind;
  out["id"] = each.id;
  out["name"] = each.name;
  out["classifications"] = each.classes;
  out["undetermined_classifications"] = each.open;
  out["began"] = changes.now;
  out["ended"] = changes.no_longer;
  out["due"] = each.due;
  out["met"] = each.met;
  out["waived"] = each.waived;
  out["upcoming"] = each.upcoming;
  out["undetermined"] = each.undetermined;
  out["overdue"] = each.overdue;
  out["findings"] = each.findings;
  return out;
}

Json json_of(const Recorded& recorded, Seen& seen) {
  Json out;
  out["as_of"] = to_string(recorded.as_of);
  out["engine"] = recorded.engine_version;
  out["manifest_digest"] = "sha256:" + recorded.manifest_digest;
  out["packs"] = Json::array();
  for (const auto& [id, digest] : recorded.packs)
    out["packs"].push_back({{"id", id}, {"digest", "sha256:" + digest}});
  out["subjects"] = Json::array();
  for (const auto& each : recorded.subjects) {
    const auto before = seen.find(key_of(each));
    out["subjects"].push_back(
        json_of(each, changes_of(before == seen.end() ? nullptr : &before->second, each)));
    seen[key_of(each)] = each;
  }
  return out;
}

Json json_of(const Statement& statement) {
  Json out;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  put("subject", statement.subject);
  put("obligation", statement.obligation);
  put("deployment", statement.deployment);
  put("evidence", statement.piece);
  put("scope", statement.scope);
  put("source", statement.source);
  if (statement.kind == "waiver") out["waiver"] = store::word_of(statement.waiver);
  put("reason", statement.reason);
  put("by", statement.by);
  if (statement.made != kNoDay) out["made"] = to_string(statement.made);
  if (statement.through != kNoDay) out["through"] = to_string(statement.through);
  if (statement.as_of != kNoDay) out["as_of"] = to_string(statement.as_of);
  put("facts", statement.facts);
  return out;
}

constexpr Cause kCauses[]{Cause::facts, Cause::law, Cause::packs, Cause::evidence};

std::vector<Cause> causes_in(unsigned set) {
  std::vector<Cause> list;
  for (const Cause each : kCauses) {
    if ((set & static_cast<unsigned>(each)) != 0) list.push_back(each);
  }
  return list;
}

std::string_view word_of(Cause cause) {
  switch (cause) {
    case Cause::facts:
      return "facts";
    case Cause::law:
      return "law";
    case Cause::packs:
      return "packs";
    case Cause::evidence:
      return "evidence";
  }
  return "";
}

std::string shown(const Wording& words, Cause cause) {
  switch (cause) {
    case Cause::facts:
      return std::string(words(Word::cause_facts));
    case Cause::law:
      return std::string(words(Word::cause_law));
    case Cause::packs:
      return std::string(words(Word::cause_packs));
    case Cause::evidence:
      return std::string(words(Word::cause_evidence));
  }
  return {};
}

std::string shown(const Wording& words, const std::vector<unsigned>& sets) {
  std::string text;
  for (const unsigned set : sets) {
    std::string one;
    for (const Cause each : causes_in(set)) {
      const std::string name = shown(words, each);
      one = one.empty() ? name : words(Word::cause_together, {one, name});
    }
    text = text.empty() ? one : words(Word::cause_either, {text, one});
  }
  return text.empty() ? std::string(words(Word::cause_open)) : text;
}

Json json_of(const Recorded& recorded) {
  return {{"entry", recorded.entry.sequence},
          {"hash", recorded.entry.hash},
          {"recorded_at", recorded.entry.recorded_at},
          {"as_of", to_string(recorded.as_of)},
          {"engine", recorded.engine_version}};
}

}  // namespace

std::string history_text(const std::vector<HistoryItem>& items, const std::string& lang) {
  TextWriter writer(lang);
  for (const auto& each : items) writer.item(each);
  return std::move(writer).text();
}

std::string history_json(const std::vector<HistoryItem>& items) {
  Seen seen;
  Json list = Json::array();
  for (const auto& item : items) {
    Json out;
    out["entry"] = item.entry.sequence;
    out["hash"] = item.entry.hash;
    out["kind"] = item.entry.kind;
    out["recorded_at"] = item.entry.recorded_at;
    const auto* recorded = std::get_if<Recorded>(&item.content);
    out.update(recorded != nullptr ? json_of(*recorded, seen)
                                   : json_of(std::get<Statement>(item.content)));
    list.push_back(std::move(out));
  }
  return dumped(list);
}

std::string causes_text(const StoredDifference& difference, const std::string& lang) {
  const Wording words(lang);
  std::string text;
  for (const auto* each : {&difference.before, &difference.after}) {
    text += "#" + std::to_string(each->entry.sequence) + " " +
            words(Word::store_recorded,
                  {clean(each->entry.recorded_at, kLongest), words.date(each->as_of)}) +
            "\n";
  }
  if (difference.explanation.changes.empty())
    return text + std::string(words(Word::cause_nothing)) + "\n";
  const auto value = [](const std::string& each) {
    return each.empty() ? std::string("-") : clean(each, kLongest);
  };
  std::string subject;
  for (const auto& [change, causes] : difference.explanation.changes) {
    if (change.subject != subject) text += "\n" + clean(change.subject, kLongest) + "\n";
    subject = change.subject;
    text += "  " + clean(change.id, kLongest);
    if (!change.deployment.empty()) text += " @ " + clean(change.deployment, kLongest);
    text += "  " + change.what + ": " + value(change.before) + " -> " + value(change.after) + "\n";
    text += "      " + clean(words.in(change.title), kLongest);
    if (!change.cite.empty()) text += "  (" + clean(change.cite[0].provision, kLongest) + ")";
    text += "\n      " + words.labelled(words(Word::cause), shown(words, causes)) + "\n";
  }
  return text;
}

std::string causes_json(const StoredDifference& difference, const std::string& lang) {
  Json out;
  out["before"] = json_of(difference.before);
  out["after"] = json_of(difference.after);
  out["differs"] = Json::array();
  for (const Cause each : causes_in(difference.explanation.differs))
    out["differs"].push_back(word_of(each));
  out["changes"] = Json::array();
  for (const auto& [change, causes] : difference.explanation.changes) {
    Json one;
    one["subject"] = change.subject;
    one["kind"] = change.kind == ChangeKind::classification ? "classification"
                  : change.kind == ChangeKind::subject      ? "subject"
                                                            : "obligation";
    one["id"] = change.id;
    if (!change.deployment.empty()) one["deployment"] = change.deployment;
    one["title"] = change.title.in(lang);
    one["what"] = change.what;
    one["before"] = change.before;
    one["after"] = change.after;
    one["cite"] = Json::array();
    for (const auto& each : change.cite) one["cite"].push_back(each.provision);
    one["causes"] = Json::array();
    for (const unsigned set : causes) {
      Json together = Json::array();
      for (const Cause each : causes_in(set)) together.push_back(word_of(each));
      one["causes"].push_back(std::move(together));
    }
    out["changes"].push_back(std::move(one));
  }
  return dumped(out);
}

}  // namespace pandect::reports
