// The shape of a store and how an older one becomes a current one. Each version is a numbered piece
// of SQL in migrations/; a store goes through them one by one in a single transaction.
#pragma once

#include "store/sqlite.h"

namespace pandect::store {

inline constexpr std::int64_t kApplication = 0x50414E44;  // "PAND", in the header of the file

std::int64_t newest_version();

// The version of a store; errors for a database of another program, a store of a newer Pandect, and
// one whose tables or triggers are not those of its version. 0: there is nothing in it yet.
Result<std::int64_t> version_of(const Connection& connection);

// Brings it to `version`. Two processes may try at once.
Trouble migrate(const Connection& connection, std::int64_t version);

}  // namespace pandect::store
