#include "store/sqlite.h"

#include <sqlite3.h>

namespace pandect::store {
namespace {

constexpr int kPatience = 60'000;            // milliseconds for another writer to finish
constexpr int kLongest = 256 * 1024 * 1024;  // bytes of one value
constexpr int kPages = 256;                  // of one step of a backup

std::string remedy(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process is writing; try again when it is done";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "check that file and folder can be read and written, or name another with --store";
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return "nothing was recorded; make room on the disk and try again";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "the file is damaged; restore a backup, or save what is readable with `pandect store "
             "export --salvage`";
    default:
      return "";
  }
}

std::string word(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "busy";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "not-writable";
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return "disk";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "damaged";
    case SQLITE_CONSTRAINT:
      return "refused";
    default:
      return "store";
  }
}

}  // namespace

Result<Connection> Connection::open(const std::string& file, Mode mode) {
  Connection connection;
  connection.file_ = file;
  int flags = mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const std::string name = file.empty() ? ":memory:" : file;
  const int status = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  connection.handle_ = std::shared_ptr<sqlite3>(handle, sqlite3_close_v2);
  if (status != SQLITE_OK) return connection.trouble("cannot be opened");
  sqlite3_busy_timeout(handle, kPatience);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongest);
  // A file from elsewhere may carry a schema of its own making.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // A rollback journal, not a write-ahead log: the store stays one file that can be copied, works
  // on network disks, and can be read where nothing may be written. EXTRA also makes the removal
  // of the journal last, so that what was acknowledged survives a power loss.
  if (auto trouble = connection.execute("PRAGMA page_size = 4096; PRAGMA synchronous = EXTRA;"
                                        "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"))
    return *trouble;
  return connection;
}

Trouble Connection::execute(const std::string& sql) const {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return trouble("cannot be used");
}

Diagnostic Connection::trouble(const std::string& doing) const {
  const int code = handle() == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle());
  const char* said = handle() == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle());
  return {Level::error, word(code), {file_, 0, 0}, doing + ": " + said, remedy(code)};
}

Trouble Connection::copy_to(const Connection& target) const {
  sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", handle(), "main");
  if (backup == nullptr) return target.trouble("cannot be written");
  int status = SQLITE_OK;
  int waited = 0;
  while (status == SQLITE_OK ||
         ((status == SQLITE_BUSY || status == SQLITE_LOCKED) && (waited += 50) < kPatience)) {
    if (status != SQLITE_OK) sqlite3_sleep(50);
    status = sqlite3_backup_step(backup, kPages);
  }
  const int finished = sqlite3_backup_finish(backup);
  if (status == SQLITE_DONE && finished == SQLITE_OK) return {};
  return Diagnostic{Level::error,
                    word(status),
                    {target.file(), 0, 0},
                    std::string("the copy failed: ") + sqlite3_errstr(status),
                    remedy(status)};
}

Query::Query(const Connection& connection, std::string_view sql) : connection_(connection) {
  if (sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &statement_,
                         nullptr) != SQLITE_OK)
    note();
}

Query::~Query() { sqlite3_finalize(statement_); }

void Query::note() {
  if (!trouble_) trouble_ = connection_.trouble("cannot be used");
}

Query& Query::bind(std::int64_t value) {
  if (sqlite3_bind_int64(statement_, ++bound_, value) != SQLITE_OK) note();
  return *this;
}

Query& Query::bind(std::string_view text) {
  if (sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8) != SQLITE_OK)
    note();
  return *this;
}

Query& Query::bind_bytes(std::string_view bytes) {
  // A null pointer would be NULL, not empty.
  const char* start = bytes.data() == nullptr ? "" : bytes.data();
  if (sqlite3_bind_blob64(statement_, ++bound_, start, bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK)
    note();
  return *this;
}

bool Query::next() {
  if (trouble_) return false;
  const int status = sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status != SQLITE_DONE) note();
  return false;
}

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Transaction::Transaction(const Connection& connection) : connection_(connection) {
  trouble_ = connection.execute("BEGIN IMMEDIATE");
  open_ = !trouble_;
}

Transaction::~Transaction() {
  // After some errors SQLite has undone it already; then this does nothing.
  if (open_) (void)connection_.execute("ROLLBACK");
}

Trouble Transaction::commit() {
  Trouble trouble = connection_.execute("COMMIT");
  if (!trouble) open_ = false;
  return trouble;
}

}  // namespace pandect::store
