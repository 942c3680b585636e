// Any text as a script of a pack: it is refused within its budgets, or it links.
#include "packs/linker.h"
#include "packs/lua_pack.h"
#include "script/sandbox.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size > 20'000) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  pandect::script::Budgets small;
  small.steps = 100'000;
  small.memory = 4u * 1024 * 1024;
  pandect::script::Sandbox sandbox(small);
  const auto result = sandbox.run("any.lua", text);
  if (result && sandbox.has_function("f")) sandbox.call("f", {*result});
  if (sandbox.exhausted()) return 0;  // the same script would take long with the budget of a pack
  pandect::PackDraft draft;
  draft.id = "fuzz";
  pandect::Diagnostics problems;
  pandect::read_pack_file("facts.yaml",
                          "facts: {f.a: {}, f.b: {}, e.c: {type: enum, members: [x, y]}}", draft,
                          problems);
  pandect::LuaPack pack("any", [](const std::string&) -> pandect::Result<std::string> {
    return pandect::Diagnostic{pandect::Level::error, "no-data", {}, "is not there", ""};
  });
  pack.run("any.lua", text, draft, problems);
  if (!pandect::has_errors(problems)) pandect::link({draft});
  return 0;
}
