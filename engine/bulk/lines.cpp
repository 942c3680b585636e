#include "bulk/lines.h"

#include <filesystem>

#include <dlfcn.h>

namespace pandect::bulk {

// Beside the program, or where `cmake --install` puts it.
std::unique_ptr<LineParser> json_parser(std::string& why) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path installed = beside.parent_path() / "lib" / "pandect";
  const fs::path folder = fs::exists(beside / "pandect_json.so", error) ? beside : installed;
  const std::string module = (folder / "pandect_json.so").string();
  void* handle = ::dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
  using Make = LineParser* (*)();
  const auto make =
      handle == nullptr ? nullptr : reinterpret_cast<Make>(::dlsym(handle, "pandect_json_parser"));
  if (make == nullptr) {
    const char* said = ::dlerror();
    why = "the JSON reader " + module + " cannot be loaded" +
          (said != nullptr ? std::string(": ") + said : std::string()) +
          "; it belongs beside the program or into ../lib/pandect, and needs libsimdjson";
    return nullptr;
  }
  return std::unique_ptr<LineParser>(make());
}

namespace {

// RFC 4180, one record a line: a field in quotes may hold commas and doubled quotes, no end of
// line.
class CsvParser final : public LineParser {
 public:
  explicit CsvParser(std::vector<std::string> names) : names_(std::move(names)) {}

  static bool split(std::string_view text, std::vector<std::string>& cells, std::string& why) {
    cells.clear();
    std::size_t at = 0;
    while (true) {
      std::string cell;
      if (at < text.size() && text[at] == '"') {
        for (++at;; ++at) {
          if (at >= text.size()) {
            why = "a quoted cell is not closed on its line";
            return false;
          }
          if (text[at] == '"' && (at + 1 >= text.size() || text[at + 1] != '"')) break;
          if (text[at] == '"') ++at;
          cell += text[at];
        }
        ++at;
        if (at < text.size() && text[at] != ',') {
          why = "something stands between the end of a quoted cell and the comma";
          return false;
        }
      } else {
        const std::size_t end = std::min(text.find(',', at), text.size());
        cell = text.substr(at, end - at);
        at = end;
      }
      cells.push_back(std::move(cell));
      if (at >= text.size()) return true;
      ++at;
    }
  }

  void parse(std::string_view text, Line& line) override {
    line.clear();
    std::string why;
    if (!split(text, cells_, why)) {
      line.fail(std::move(why));
      return;
    }
    if (cells_.size() != names_.size()) {
      line.fail("this line has " + std::to_string(cells_.size()) + " cells, the header " +
                std::to_string(names_.size()));
      return;
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      std::string& cell = cells_[i];
      if (names_[i] == "id") {
        line.id = cell;
        line.has_id = !cell.empty();
      } else if (!cell.empty()) {
        cell = yaml_of(cell);
        line.subjects[0].fields.push_back({names_[i], cell});
      }
    }
  }

 private:
  // `a;b` and `a;` are lists; [..] and {..} stand as they are; anything else is one value.
  static std::string yaml_of(const std::string& cell) {
    if (cell.front() == '[' || cell.front() == '{') return cell;
    if (cell.find(';') == std::string::npos) return scalar(cell);
    std::string list = "[";
    std::size_t at = 0;
    while (at < cell.size()) {
      const std::size_t end = std::min(cell.find(';', at), cell.size());
      if (end > at) list += (list.size() > 1 ? ", " : "") + scalar(cell.substr(at, end - at));
      at = end + 1;
    }
    return list + "]";
  }
  static std::string scalar(const std::string& text) {
    const bool plain = text.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+ ") ==
                       std::string::npos;
    const bool number = text.find_first_not_of("0123456789.eE+-_") == std::string::npos;
    if (plain || number) return text;
    std::string quoted = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    return quoted + "\"";
  }

  std::vector<std::string> names_, cells_;
};

}  // namespace

std::unique_ptr<LineParser> csv_parser(std::string_view header, std::string& why) {
  if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);  // as spreadsheets write it
  std::vector<std::string> names;
  if (!CsvParser::split(header, names, why)) return nullptr;
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (names[k] != names[i]) continue;
      why = "the column `" + names[i] + "` stands twice";
      return nullptr;
    }
    if (names[i] == "id" || names[i].find('.') != std::string::npos) continue;
    why = "the first line names `id` and facts; `" + names[i] + "` is neither";
    return nullptr;
  }
  return std::make_unique<CsvParser>(std::move(names));
}

}  // namespace pandect::bulk
