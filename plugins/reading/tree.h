// JSON, YAML, TOML and front matter of Markdown as one kind of tree with places.
#pragma once

#include "packs/yaml.h"

#include <string>

namespace pandect::plugins {

// By the extension of the name; an error where the file is none of them or not well-formed.
Result<yaml::Document> tree_of(const std::string& name, std::string text);

Result<yaml::Document> toml_tree(const std::string& name, std::string text);

}  // namespace pandect::plugins
