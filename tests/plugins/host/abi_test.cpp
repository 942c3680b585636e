// The interface as bytes: layouts and declarations are compared with the file of their version. If
// this fails, either undo the change or raise PANDECT_PLUGIN_ABI and commit the text that is
// printed as plugins/include/abi/N.txt.
#include "plugins/include/pandect_plugin.h"

#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The header without comments, every run of blanks one blank, a declaration a line.
std::string declarations() {
  const std::string text = slurp(PANDECT_SOURCE "/plugins/include/pandect_plugin.h");
  std::string bare, out;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 2, "/*") == 0) {
      i = text.find("*/", i) + 2;
    } else if (text[i] == '#') {  // #define PANDECT_PLUGIN_ABI and the like stay, on their own line
      const std::size_t end = text.find('\n', i);
      bare += "\n" + text.substr(i, end - i) + "\n";
      i = end + 1;
    } else {
      bare += text[i++] == '\n' ? ' ' : text[i - 1];
    }
  }
  for (const char c : bare) {
    if (c == ' ' && (out.empty() || out.back() == ' ' || out.back() == '\n')) continue;
    if (c == '\n' && (out.empty() || out.back() == '\n')) continue;
    out += c;
    if (c == ';') out += '\n';
  }
  return out;
}

#define FIELD(structure, member) \
  out << "  " #member " " << offsetof(structure, member) << " " << sizeof(structure::member) << "\n"

std::string layout() {
  std::ostringstream out;
  out << "version " << PANDECT_PLUGIN_ABI << "\n";
  out << "pandect_text " << sizeof(pandect_text) << "\n";
  FIELD(pandect_text, data);
  FIELD(pandect_text, size);
  out << "pandect_span " << sizeof(pandect_span) << "\n";
  FIELD(pandect_span, begin);
  FIELD(pandect_span, end);
  out << "pandect_host " << sizeof(pandect_host) << "\n";
  FIELD(pandect_host, size);
  FIELD(pandect_host, abi);
  FIELD(pandect_host, read_file);
  FIELD(pandect_host, read_part);
  FIELD(pandect_host, list);
  FIELD(pandect_host, glob);
  FIELD(pandect_host, match);
  FIELD(pandect_host, json_get);
  FIELD(pandect_host, json_quote);
  FIELD(pandect_host, report_outcome);
  FIELD(pandect_host, report_proposal);
  FIELD(pandect_host, report_bytes);
  FIELD(pandect_host, report_diagnostic);
  out << "pandect_input " << sizeof(pandect_input) << "\n";
  FIELD(pandect_input, size);
  FIELD(pandect_input, kind);
  FIELD(pandect_input, json);
  FIELD(pandect_input, options);
  FIELD(pandect_input, path);
  FIELD(pandect_input, bytes);
  out << "pandect_capability " << sizeof(pandect_capability) << "\n";
  FIELD(pandect_capability, size);
  FIELD(pandect_capability, kind);
  FIELD(pandect_capability, name);
  FIELD(pandect_capability, summary);
  FIELD(pandect_capability, extension);
  FIELD(pandect_capability, places);
  FIELD(pandect_capability, limit);
  FIELD(pandect_capability, flags);
  FIELD(pandect_capability, context);
  FIELD(pandect_capability, recognises);
  FIELD(pandect_capability, run);
  out << "pandect_plugin " << sizeof(pandect_plugin) << "\n";
  FIELD(pandect_plugin, size);
  FIELD(pandect_plugin, abi);
  FIELD(pandect_plugin, name);
  FIELD(pandect_plugin, version);
  FIELD(pandect_plugin, summary);
  FIELD(pandect_plugin, problem);
  FIELD(pandect_plugin, capabilities);
  FIELD(pandect_plugin, capability_size);
  FIELD(pandect_plugin, capability_count);
  FIELD(pandect_plugin, context);
  FIELD(pandect_plugin, close);
  return out.str();
}

}  // namespace

// What strangers have compiled into their libraries, for machines of 64 bits.
static_assert(sizeof(pandect_text) == 16 && sizeof(pandect_span) == 16);
static_assert(sizeof(pandect_input) == 72 && offsetof(pandect_input, json) == 8);
static_assert(sizeof(pandect_capability) == 112 && offsetof(pandect_capability, run) == 104);
static_assert(sizeof(pandect_plugin) == 104 && offsetof(pandect_plugin, capabilities) == 72);
static_assert(sizeof(pandect_host) == 96 && offsetof(pandect_host, read_file) == 8);

TEST_CASE("plugin interface: layouts and declarations are those of its version") {
  const std::string now = layout() + "\n" + declarations();
  const std::string file =
      PANDECT_SOURCE "/plugins/include/abi/" + std::to_string(PANDECT_PLUGIN_ABI) + ".txt";
  const std::string committed = slurp(file);
  REQUIRE_MESSAGE(!committed.empty(), file << " is missing; it would hold:\n" << now);
  CHECK_MESSAGE(now == committed,
                "the interface changed without its version; undo it, or raise PANDECT_PLUGIN_ABI "
                "and commit as the file of the new version:\n"
                    << now);
}
