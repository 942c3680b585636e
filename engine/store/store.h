// A store of assessments and statements: one SQLite file to which entries are added, each bound to
// the one before it by its hash, and the documents they rest upon, each under its digest. Rows are
// never changed or deleted. Knows nothing of law, and no clock: who adds an entry says when.
#pragma once

#include "store/sqlite.h"

#include "pandect/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::store {

inline constexpr std::size_t kMostBytes = 64u * 1024 * 1024;  // of one document or body

struct Entry {
  std::int64_t sequence = 0;
  std::string kind;         // assessment, attestation, waiver
  std::string recorded_at;  // 2026-11-30T17:35:02Z
  std::string body;         // JSON; `blobs` lists the digests of the documents it rests upon
  std::string previous, hash;
};

// The hash that goes before the first.
std::string no_hash();
// SHA-256 of the frame: a line with the version, then sequence, kind, recorded_at and previous, a
// line each, then the body.
std::string hash_of(const Entry& entry);
// The digests under `blobs`; nothing if the body is no such JSON.
std::optional<std::vector<std::string>> blobs_of(const std::string& body);

struct Draft {  // of an entry
  std::string kind, recorded_at, body;
  std::vector<std::string> documents;
};

// What a look at everything found.
struct Verification {
  std::int64_t entries = 0, documents = 0, version = 0;
  std::string head;  // hash of the last entry
  Diagnostics problems;
};

class Store {
 public:
  // `create` makes the file where there is none. For writing, an older store is brought up to date;
  // for reading it is taken as it is.
  static Result<Store> open(const std::string& file, Mode mode);

  const std::string& file() const { return connection_.file(); }

  // Returns once the entry is on the disk.
  Result<Entry> append(const Draft& draft) const;
  // Takes an entry over as it stands, if its hash and its documents are right and it follows.
  Trouble add(const Entry& entry) const;
  Trouble add_document(std::string_view bytes) const;
  const Connection& connection() const { return connection_; }

  // From `first` on, in order, until `visit` says no.
  Trouble each(std::int64_t first, const std::function<bool(const Entry&)>& visit) const;
  // By number, by the first digits of its hash (six at least), or `latest`.
  Result<Entry> find(const std::string& id) const;
  Result<std::string> document(const std::string& digest) const;

  Verification verify() const;
  Trouble backup(const std::string& file) const;

 private:
  explicit Store(Connection connection) : connection_(std::move(connection)) {}
  Result<Entry> last() const;
  bool has(const std::string& digest) const;

  Connection connection_;
};

}  // namespace pandect::store
