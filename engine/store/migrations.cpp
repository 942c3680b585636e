#include "store/migrations.h"

#include <array>

namespace pandect::store {
namespace {

constexpr std::array<const char*, 2> kMigrations{
#include "store/migrations/001.inc"
    ,
#include "store/migrations/002.inc"
};

// What is read while it lives stands still, within a transaction or outside of one.
class Moment {
 public:
  explicit Moment(const Connection& connection)
      : connection_(connection), trouble_(connection.execute("SAVEPOINT moment")) {}
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;
  ~Moment() {
    if (!trouble_) (void)connection_.execute("RELEASE moment");
  }
  const Trouble& trouble() const { return trouble_; }

 private:
  const Connection& connection_;
  Trouble trouble_;
};

Result<std::int64_t> pragma(const Connection& connection, const char* name) {
  Query query(connection, std::string("PRAGMA ") + name);
  if (query.next()) return query.number(0);
  return query.trouble() ? *query.trouble() : connection.trouble("cannot be read");
}

Result<std::string> shape_of(const Connection& connection) {
  std::string shape;
  Query query(connection,
              "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1, 2");
  while (query.next()) {
    for (int column = 0; column < 4; ++column) shape += query.text(column) + '\0';
  }
  if (query.trouble()) return *query.trouble();
  return shape;
}

Trouble apply(const Connection& connection, std::int64_t from, std::int64_t to) {
  for (std::int64_t each = from; each < to; ++each) {
    if (auto trouble = connection.execute(kMigrations.at(static_cast<std::size_t>(each))))
      return trouble;
  }
  return connection.execute("PRAGMA application_id = " + std::to_string(kApplication) +
                            "; PRAGMA user_version = " + std::to_string(to));
}

Result<std::string> shape_of_version(std::int64_t version) {
  auto memory = Connection::open("", Mode::create);
  if (!memory) return memory.errors();
  if (auto trouble = apply(*memory, 0, version)) return *trouble;
  return shape_of(*memory);
}

Diagnostic problem(const Connection& connection, std::string code, std::string message,
                   std::string hint) {
  return {Level::error,
          std::move(code),
          {connection.file(), 0, 0},
          std::move(message),
          std::move(hint)};
}

}  // namespace

std::int64_t newest_version() { return static_cast<std::int64_t>(kMigrations.size()); }

Result<std::int64_t> version_of(const Connection& connection) {
  // All of it at one moment: between two looks another process may finish making the store.
  const Moment moment(connection);
  if (moment.trouble()) return *moment.trouble();
  const auto application = pragma(connection, "application_id");
  if (!application) return application.errors();
  const auto version = pragma(connection, "user_version");
  if (!version) return version.errors();
  const auto shape = shape_of(connection);
  if (!shape) return shape.errors();
  if (*application == 0 && *version == 0 && shape->empty()) return std::int64_t{0};
  if (*application != kApplication) {
    return problem(connection, "not-a-store", "this is a database of another program",
                   "name the store with --store");
  }
  if (*version > newest_version()) {
    return problem(connection, "newer",
                   "this store was written by a newer Pandect (version " +
                       std::to_string(*version) + "; this one knows up to " +
                       std::to_string(newest_version()) + ")",
                   "update Pandect, or export it with the newer one");
  }
  if (*version < 1)
    return problem(connection, "damaged", "the version of this store is lost",
                   "restore a backup, or `pandect store export --salvage`");
  const auto wanted = shape_of_version(*version);
  if (!wanted) return wanted.errors();
  if (*shape != *wanted) {
    return problem(
        connection, "damaged",
        "the tables or triggers are not those of a store of version " + std::to_string(*version),
        "somebody changed it; restore a backup, or `pandect store export --salvage`");
  }
  return *version;
}

Trouble migrate(const Connection& connection, std::int64_t version) {
  Transaction transaction(connection);
  if (transaction.trouble()) return transaction.trouble();
  const auto now = version_of(connection);  // another process may have been here first
  if (!now) return now.errors().front();
  if (*now >= version) return {};
  if (auto trouble = apply(connection, *now, version)) return trouble;
  return transaction.commit();
}

}  // namespace pandect::store
