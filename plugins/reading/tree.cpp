#include "plugins/reading/tree.h"

#include "plugins/reading/files.h"

namespace pandect::plugins {
namespace {

// What stands between the first `---` and the next, with the lines before it kept as empty ones.
Result<yaml::Document> front_matter(const std::string& name, const std::string& text) {
  const auto end = text.starts_with("---\n") || text.starts_with("---\r\n") ? text.find("\n---", 3)
                                                                            : std::string::npos;
  if (end == std::string::npos) {
    return Diagnostic{Level::error,
                      "no-front-matter",
                      {name, 1, 1},
                      "the file has no front matter",
                      "start it with `---`, fields, and `---`"};
  }
  return yaml::parse(name, "\n" + text.substr(text.find('\n') + 1, end - text.find('\n')));
}

}  // namespace

Result<yaml::Document> tree_of(const std::string& name, std::string text) {
  const std::string extension = extension_of(name);
  if (extension == "toml") return toml_tree(name, std::move(text));
  if (extension == "md" || extension == "markdown" || extension == "mdx")
    return front_matter(name, text);
  if (extension == "json" || extension == "yaml" || extension == "yml" || extension == "arb")
    return yaml::parse(name, std::move(text));
  return Diagnostic{Level::error,
                    "no-fields",
                    {name, 0, 0},
                    "this is no file whose fields can be read",
                    "JSON, YAML, TOML, or Markdown with front matter"};
}

}  // namespace pandect::plugins
