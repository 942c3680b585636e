#include "store/store.h"

#include "base/digest.h"
#include "store/migrations.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace pandect::store {
namespace {

constexpr const char* kColumns =
    "SELECT sequence, kind, recorded_at, body, previous, hash FROM entry ";
constexpr std::size_t kShortestPrefix = 6;

Entry entry_of(const Query& query) {
  return {query.number(0), query.text(1), query.text(2),
          query.text(3),   query.text(4), query.text(5)};
}

bool is_hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 16 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string no_hash() { return std::string(64, '0'); }

std::string hash_of(const Entry& entry) {
  return digest_of("pandect-store/1\n" + std::to_string(entry.sequence) + "\n" + entry.kind + "\n" +
                   entry.recorded_at + "\n" + entry.previous + "\n" + entry.body);
}

std::optional<std::vector<std::string>> blobs_of(const std::string& body) {
  const auto parsed = nlohmann::json::parse(body, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("blobs") || !parsed["blobs"].is_array())
    return std::nullopt;
  std::vector<std::string> list;
  for (const auto& each : parsed["blobs"]) {
    if (!each.is_string()) return std::nullopt;
    list.push_back(each.get<std::string>());
  }
  return list;
}

Result<Store> Store::open(const std::string& file, Mode mode) {
  auto connection = Connection::open(file, mode);
  if (!connection) return connection.errors();
  const auto version = version_of(*connection);
  if (!version) return version.errors();
  if (mode == Mode::create || (mode == Mode::write && *version > 0)) {
    if (*version < newest_version()) {
      if (auto trouble = migrate(*connection, newest_version())) return *trouble;
    }
  } else if (*version == 0) {
    return Diagnostic{Level::error,
                      "empty",
                      {file, 0, 0},
                      "nothing is recorded here",
                      "record an assessment with `pandect check --record`"};
  }
  return Store(std::move(*connection));
}

Result<Entry> Store::last() const {
  Query query(connection_, std::string(kColumns) + "ORDER BY sequence DESC LIMIT 1");
  if (query.next()) return entry_of(query);
  if (query.trouble()) return *query.trouble();
  Entry none;
  none.hash = no_hash();
  return none;
}

Result<Entry> Store::append(const Draft& draft) const {
  Transaction transaction(connection_);
  if (transaction.trouble()) return *transaction.trouble();
  for (const auto& each : draft.documents) {
    if (auto trouble = add_document(each)) return *trouble;
  }
  const auto before = last();
  if (!before) return before.errors();
  Entry entry{before->sequence + 1, draft.kind, draft.recorded_at, draft.body, before->hash, {}};
  entry.hash = hash_of(entry);
  if (auto trouble = add(entry)) return *trouble;
  if (auto trouble = transaction.commit()) return *trouble;
  return entry;
}

Trouble Store::add_document(std::string_view bytes) const {
  if (bytes.size() > kMostBytes) {
    return Diagnostic{Level::error,
                      "too-large",
                      {file(), 0, 0},
                      "a document of more than 64 MiB is not recorded",
                      ""};
  }
  Query query(connection_, "INSERT INTO blob (digest, bytes) VALUES (?, ?)");
  query.bind(digest_of(bytes)).bind_bytes(bytes);
  while (query.next()) {
  }
  return query.trouble();
}

Trouble Store::add(const Entry& entry) const {
  const auto wrong = [&](std::string message, std::string hint = {}) {
    return Diagnostic{Level::error,
                      "broken-chain",
                      {file(), 0, 0},
                      "entry " + std::to_string(entry.sequence) + ": " + std::move(message),
                      std::move(hint)};
  };
  if (entry.body.size() > kMostBytes) return wrong("it is larger than 64 MiB");
  if (entry.kind.find('\n') != std::string::npos ||
      entry.recorded_at.find('\n') != std::string::npos)
    return wrong("its kind or time has more than one line");
  if (entry.hash != hash_of(entry)) return wrong("its hash is not that of its contents");
  const auto blobs = blobs_of(entry.body);
  if (!blobs) return wrong("its body does not list its documents");
  for (const auto& each : *blobs) {
    if (!has(each)) return wrong("the document " + each + " is missing");
  }
  Query query(connection_,
              "INSERT INTO entry (sequence, kind, recorded_at, body, previous, hash) "
              "VALUES (?, ?, ?, ?, ?, ?)");
  query.bind(entry.sequence)
      .bind(entry.kind)
      .bind(entry.recorded_at)
      .bind(entry.body)
      .bind(entry.previous)
      .bind(entry.hash);
  while (query.next()) {
  }
  return query.trouble();
}

bool Store::has(const std::string& digest) const {
  Query query(connection_, "SELECT 1 FROM blob WHERE digest = ?");
  return query.bind(digest).next();
}

Trouble Store::each(std::int64_t first, const std::function<bool(const Entry&)>& visit) const {
  Query query(connection_, std::string(kColumns) + "WHERE sequence >= ? ORDER BY sequence");
  query.bind(first);
  while (query.next()) {
    if (!visit(entry_of(query))) return {};
  }
  return query.trouble();
}

Result<Entry> Store::find(const std::string& id) const {
  std::string where = "ORDER BY sequence DESC LIMIT 1";
  std::optional<Query> query;
  if (id == "latest") {
    query.emplace(connection_, kColumns + where);
  } else if (is_number(id)) {
    query.emplace(connection_, std::string(kColumns) + "WHERE sequence = ?");
    query->bind(static_cast<std::int64_t>(std::stoll(id)));
  } else if (id.size() >= kShortestPrefix && id.size() <= 64 && is_hexadecimal(id)) {
    query.emplace(connection_, std::string(kColumns) + "WHERE substr(hash, 1, ?) = ? LIMIT 2");
    query->bind(static_cast<std::int64_t>(id.size())).bind(id);
  } else {
    return Diagnostic{Level::error,
                      "bad-id",
                      {file(), 0, 0},
                      "`" + id + "` names no entry",
                      "give its number, at least six digits of its hash, or `latest`"};
  }
  if (!query->next()) {
    if (query->trouble()) return *query->trouble();
    return Diagnostic{Level::error,
                      "no-entry",
                      {file(), 0, 0},
                      "there is no entry `" + id + "`",
                      "`pandect history` lists them"};
  }
  Entry found = entry_of(*query);
  if (id != "latest" && query->next()) {
    return Diagnostic{Level::error,
                      "ambiguous",
                      {file(), 0, 0},
                      "several entries begin with `" + id + "`",
                      "give more digits"};
  }
  if (hash_of(found) != found.hash) {
    return Diagnostic{Level::error,
                      "damaged",
                      {file(), 0, 0},
                      "entry " + std::to_string(found.sequence) + " was changed: its hash differs",
                      "run `pandect store verify`"};
  }
  return found;
}

Result<std::string> Store::document(const std::string& digest) const {
  Query query(connection_, "SELECT bytes FROM blob WHERE digest = ?");
  if (query.bind(digest).next()) {
    std::string bytes = query.text(0);
    if (digest_of(bytes) == digest) return bytes;
    return Diagnostic{Level::error,
                      "damaged",
                      {file(), 0, 0},
                      "the document " + digest + " was changed: its digest differs",
                      "run `pandect store verify`"};
  }
  if (query.trouble()) return *query.trouble();
  return Diagnostic{Level::error,
                    "damaged",
                    {file(), 0, 0},
                    "the document " + digest + " is missing",
                    "run `pandect store verify`"};
}

Trouble Store::backup(const std::string& target) const {
  const auto copy = Connection::open(target, Mode::create);
  if (!copy) return copy.errors().front();
  return connection_.copy_to(*copy);
}

Verification Store::verify() const {
  Verification result;
  const auto problem = [&](std::string code, std::string message) {
    result.problems.push_back({Level::error,
                               std::move(code),
                               {file(), 0, 0},
                               std::move(message),
                               "restore a backup, or `pandect store export --salvage`"});
  };
  if (const auto version = version_of(connection_)) {
    result.version = *version;
  } else {
    result.problems = version.errors();
  }
  Query whole(connection_, "PRAGMA integrity_check(20)");
  while (whole.next()) {
    if (const std::string said = whole.text(0); said != "ok") problem("damaged", said);
  }
  if (whole.trouble()) result.problems.push_back(*whole.trouble());
  Query documents(connection_, "SELECT digest, bytes FROM blob");
  while (documents.next()) {
    ++result.documents;
    if (digest_of(documents.text(1)) != documents.text(0))
      problem("changed", "the document " + documents.text(0) + " is not what its digest says");
  }
  if (documents.trouble()) result.problems.push_back(*documents.trouble());
  std::string previous = no_hash();
  const auto trouble = each(1, [&](const Entry& entry) {
    const std::string name = "entry " + std::to_string(entry.sequence);
    if (entry.sequence != ++result.entries) {
      problem("broken-chain", name + ": an entry before it is missing");
      result.entries = entry.sequence;
    }
    if (entry.previous != previous)
      problem("broken-chain", name + " does not follow the one before");
    if (entry.hash != hash_of(entry)) problem("changed", name + " is not what its hash says");
    const auto blobs = blobs_of(entry.body);
    if (!blobs) problem("changed", name + ": its body does not list its documents");
    for (const auto& digest : blobs.value_or(std::vector<std::string>())) {
      if (!has(digest)) problem("missing", name + ": the document " + digest + " is missing");
    }
    previous = entry.hash;
    return true;
  });
  if (trouble) result.problems.push_back(*trouble);
  result.head = previous;
  return result;
}

}  // namespace pandect::store
