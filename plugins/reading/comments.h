// Takes the comments out of source and resource files, so that only what a user can see is looked
// at. Every character of a comment becomes a space, so that lines and columns stay.
#pragma once

#include <string>
#include <string_view>

namespace pandect::plugins {

std::string without_comments(std::string_view extension, std::string text);

}  // namespace pandect::plugins
