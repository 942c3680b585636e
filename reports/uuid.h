// UUIDs from names (RFC 9562, version 5): the same thing has the same UUID in every run.
#pragma once

#include <string>
#include <string_view>

namespace pandect::reports {

// In Pandect's own namespace.
std::string uuid_of(std::string_view name);
// `space` is a UUID in its text form.
std::string uuid_of(std::string_view space, std::string_view name);

}  // namespace pandect::reports
