// A thin hold on SQLite: connection and query that clean up after themselves, errors as
// diagnostics that say what a person can do. Knows nothing of what is stored.
#pragma once

#include "pandect/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace pandect::store {

// What went wrong; nothing if all went well.
using Trouble = std::optional<Diagnostic>;

enum class Mode { read, write, create };

class Connection {
 public:
  // A file that is not there is an error unless it may be created. An empty name is a database
  // in memory.
  static Result<Connection> open(const std::string& file, Mode mode);

  const std::string& file() const { return file_; }
  sqlite3* handle() const { return handle_.get(); }

  Trouble execute(const std::string& sql) const;
  // The trouble of the last call.
  Diagnostic trouble(const std::string& doing) const;
  // Copies this database page by page into another, through the backup interface.
  Trouble copy_to(const Connection& target) const;

 private:
  Connection() = default;
  std::string file_;
  std::shared_ptr<sqlite3> handle_;
};

// One statement: bind in order, then step through the rows.
class Query {
 public:
  Query(const Connection& connection, std::string_view sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::int64_t value);
  Query& bind(std::string_view text);
  Query& bind_bytes(std::string_view bytes);

  bool next();  // false at the end, and when there is trouble
  const Trouble& trouble() const { return trouble_; }
  std::int64_t number(int column) const;
  std::string text(int column) const;  // bytes as they stand, texts and blobs alike

 private:
  void note();
  Connection connection_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
  Trouble trouble_;
};

// A transaction that takes the writer's lock at once and is undone unless committed.
class Transaction {
 public:
  explicit Transaction(const Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  const Trouble& trouble() const { return trouble_; }
  Trouble commit();

 private:
  Connection connection_;
  Trouble trouble_;
  bool open_ = false;
};

}  // namespace pandect::store
