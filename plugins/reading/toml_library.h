// toml++ as every room includes it: header-only and without exceptions. Two settings of it in one
// program are two different definitions of the same functions.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 1
#include <toml++/toml.h>
