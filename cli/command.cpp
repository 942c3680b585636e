#include "cli/command.h"

#include "cli/packs.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include <unistd.h>

namespace pandect::cli {

namespace fs = std::filesystem;

void Context::out(std::string_view text) const { std::fwrite(text.data(), 1, text.size(), stdout); }
void Context::err(std::string_view text) const {
  if (messages != nullptr) {
    messages->append(text);
    if (text.empty() || text.back() != '\n') *messages += '\n';
    return;
  }
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (text.empty() || text.back() != '\n') std::fputc('\n', stderr);
}

void Context::report(const Diagnostics& problems) const {
  for (const auto& each : problems) err(to_string(each));
}

Day Context::today() const {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return day_of({local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
}

std::string rules_folder(const std::string& stated) {
  if (!stated.empty()) return stated;
  if (const char* named = std::getenv("PANDECT_RULES"); named != nullptr && *named != '\0')
    return named;
  return shipped_rules();
}

std::string shipped_rules() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path installed = self.parent_path().parent_path() / "share" / "pandect" / "rules";
    if (fs::is_directory(installed / "core", error)) return installed.string();
  }
  return PANDECT_RULES;
}

ProgramPtr load_program(const Context& context, const std::vector<std::string>& ids) {
  const auto loaded = load_packs(context, {ids, true, {}});
  return loaded ? loaded->program : nullptr;
}

bool read_day(const Context& context, const std::string& text, Day& day) {
  if (text.empty()) {
    day = context.today();
    return true;
  }
  if (const auto parsed = parse_day(text)) {
    day = *parsed;
    return true;
  }
  context.err("pandect: `" + text + "` is no day of the calendar; write it like 2026-11-21");
  return false;
}

}  // namespace pandect::cli
