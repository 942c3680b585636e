#include "plugins/reading/files.h"

#include <algorithm>

namespace pandect::plugins {

std::size_t each_text(const Root& root, const std::vector<std::string>& patterns,
                      ProbeOutcome& outcome,
                      const std::function<void(const std::string& path, std::string text)>& read) {
  const auto files = root.glob(patterns, kProbeFiles + 1);
  std::size_t total = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const FoundFile& file = files[i];
    if (i >= kProbeFiles || total > kProbeTotalBytes) {
      outcome.skipped.push_back({file.path, "too-many"});
      break;
    }
    if (file.size > kProbeFileBytes) {
      outcome.skipped.push_back({file.path, "too-large"});
      continue;
    }
    auto text = root.read(file.path, kProbeFileBytes);
    if (!text) {
      outcome.skipped.push_back({file.path, text.errors().front().code});
      continue;
    }
    total += text->size();
    read(file.path, std::move(*text));
  }
  return files.size();
}

Texts sought(const Texts& kind, const std::string& what, const Texts& where) {
  return {kind.en + " " + what + " in " + where.en,
          kind.ko + " " + what + "(위치: " + where.in("ko") + ")",
          kind.zh + " " + what + "（位置：" + where.in("zh") + "）"};
}

Texts no_such_file() { return {"no such file", "해당 파일 없음", "没有此类文件"}; }

Texts empty_file(const std::string& path) {
  return {path + " is empty", path + ": 빈 파일", path + "：空文件"};
}

std::string listed(const std::vector<std::string>& items) {
  constexpr std::size_t kMost = 160;
  std::string all;
  for (const auto& each : items) {
    if (all.size() + each.size() > kMost && !all.empty()) return all + ", ...";
    all += (all.empty() ? "" : ", ") + each;
  }
  return all;
}

std::string excerpt(std::string_view text, std::size_t offset) {
  constexpr std::size_t kMost = 200;
  offset = std::min(offset, text.size());
  const std::size_t before = text.substr(0, offset).rfind('\n');
  std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  if (offset - start > kMost / 2) start = offset - kMost / 4;
  while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  std::size_t end = std::min({text.find('\n', offset), text.size(), start + kMost});
  while (end > start && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  std::string line(text.substr(start, end - start));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  const auto first = line.find_first_not_of(' ');
  const auto last = line.find_last_not_of(' ');
  return first == std::string::npos ? std::string() : line.substr(first, last - first + 1);
}

int line_at(std::string_view text, std::size_t offset) {
  const auto until = text.substr(0, std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(until.begin(), until.end(), '\n'));
}

std::string extension_of(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

}  // namespace pandect::plugins
