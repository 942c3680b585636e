// https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1 (records).
#include "store/salvage.h"

#include "base/digest.h"

#include <algorithm>
#include <optional>

namespace pandect::store {
namespace {

constexpr std::size_t kPage = 4096;  // as stores are made
constexpr std::size_t kHeader = 100;
constexpr unsigned kTableLeaf = 0x0d;
constexpr std::size_t kMostColumns = 16;

struct Column {
  enum class Type { null, number, text, bytes } type = Type::null;
  std::int64_t number = 0;
  std::string_view content;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::size_t at() const { return at_; }
  bool failed() const { return failed_; }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int i = 0; i < 9; ++i) {
      const unsigned byte = next();
      if (i == 8) return (value << 8) | byte;
      value = (value << 7) | (byte & 0x7f);
      if ((byte & 0x80) == 0) return value;
    }
    return value;
  }

  std::uint64_t big_endian(std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = (value << 8) | next();
    return value;
  }

 private:
  unsigned next() {
    if (at_ < bytes_.size()) return static_cast<unsigned char>(bytes_[at_++]);
    failed_ = true;
    return 0;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

std::optional<std::vector<Column>> columns_of(std::string_view record) {
  Reader header(record);
  const std::uint64_t size = header.varint();
  if (size > record.size()) return std::nullopt;
  std::vector<Column> columns;
  std::size_t at = static_cast<std::size_t>(size);
  while (header.at() < size && !header.failed()) {
    const std::uint64_t type = header.varint();
    if (columns.size() == kMostColumns) return std::nullopt;
    Column column;
    std::uint64_t length = 0;
    if (type >= 12) {
      length = (type - 12) / 2;
      column.type = type % 2 == 0 ? Column::Type::bytes : Column::Type::text;
    } else if (type == 10 || type == 11) {
      return std::nullopt;
    } else if (type > 0) {
      static constexpr std::size_t kLengths[]{0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
      length = kLengths[type];
      column.type = Column::Type::number;
    }
    if (length > record.size() - at) return std::nullopt;
    column.content = record.substr(at, static_cast<std::size_t>(length));
    at += static_cast<std::size_t>(length);
    columns.push_back(column);
  }
  if (header.failed()) return std::nullopt;
  return columns;
}

class Salvage {
 public:
  explicit Salvage(std::string_view file) : file_(file) {}

  Salvaged run() {
    for (std::size_t start = 0; start < file_.size(); start += kPage) page(start);
    for (auto& [sequence, entry] : entries_) result_.entries.push_back(std::move(entry));
    tell_losses();
    return std::move(result_);
  }

 private:
  std::string_view page_at(std::size_t start) const { return file_.substr(start, kPage); }

  void page(std::size_t start) {
    const std::string_view whole = page_at(start);
    const std::size_t skip = start == 0 ? kHeader : 0;
    if (whole.size() < skip + 8 || static_cast<unsigned char>(whole[skip]) != kTableLeaf) return;
    Reader counter(whole.substr(skip + 3));
    const std::size_t cells = counter.big_endian(2);
    for (std::size_t i = 0; i < cells && skip + 8 + 2 * i + 2 <= whole.size(); ++i) {
      Reader pointer(whole.substr(skip + 8 + 2 * i));
      cell(whole, pointer.big_endian(2));
    }
  }

  void cell(std::string_view whole, std::size_t offset) {
    if (offset >= whole.size()) return;
    Reader reader(whole.substr(offset));
    const std::uint64_t size = reader.varint();
    const std::uint64_t row = reader.varint();
    if (reader.failed() || size > file_.size() || size > kMostBytes + kPage) return;
    const auto record = payload(whole, offset + reader.at(), static_cast<std::size_t>(size));
    if (!record) return;
    const auto columns = columns_of(*record);
    if (!columns) return;
    if (columns->size() == 2) document(*columns);
    if (columns->size() == 6) entry(*columns, row);
  }

  // The bytes of a cell, those on its page and those on the pages that follow it.
  std::optional<std::string> payload(std::string_view whole, std::size_t at,
                                     std::size_t size) const {
    constexpr std::size_t kMost = kPage - 35, kLeast = (kPage - 12) * 32 / 255 - 23;
    std::size_t local = size;
    if (size > kMost) {
      local = kLeast + (size - kLeast) % (kPage - 4);
      if (local > kMost) local = kLeast;
    }
    if (at > whole.size() || local > whole.size() - at) return std::nullopt;
    std::string bytes(whole.substr(at, local));
    if (local == size) return bytes;
    Reader link(whole.substr(at + local));
    std::uint64_t next = link.big_endian(4);
    while (bytes.size() < size) {  // each turn adds bytes, so a circle ends
      if (link.failed() || next < 1 || (next - 1) > file_.size() / kPage) return std::nullopt;
      const std::string_view overflow = page_at(static_cast<std::size_t>(next - 1) * kPage);
      if (overflow.size() < 5) return std::nullopt;
      bytes += overflow.substr(4, std::min(size - bytes.size(), overflow.size() - 4));
      link = Reader(overflow);
      next = link.big_endian(4);
    }
    return bytes;
  }

  void document(const std::vector<Column>& columns) {
    if (columns[0].type != Column::Type::text || columns[0].content.size() != 64) return;
    if (columns[1].type != Column::Type::bytes) return;
    std::string digest(columns[0].content);
    if (digest_of(columns[1].content) == digest)
      result_.documents.emplace(std::move(digest), std::string(columns[1].content));
  }

  void entry(const std::vector<Column>& columns, std::uint64_t row) {
    if (columns[0].type != Column::Type::null || row > INT64_MAX) return;
    for (std::size_t i = 1; i < 6; ++i) {
      if (columns[i].type != Column::Type::text) return;
    }
    Entry found{static_cast<std::int64_t>(row),  std::string(columns[1].content),
                std::string(columns[2].content), std::string(columns[3].content),
                std::string(columns[4].content), std::string(columns[5].content)};
    if (hash_of(found) == found.hash) entries_.emplace(found.sequence, std::move(found));
  }

  void tell_losses() {
    if (result_.entries.empty()) result_.losses.emplace_back("no entry could be read");
    std::int64_t next = 1;
    for (const auto& each : result_.entries) {
      if (each.sequence > next) {
        const std::int64_t last = each.sequence - 1;
        result_.losses.push_back(next == last ? "entry " + std::to_string(next)
                                              : "entries " + std::to_string(next) + " to " +
                                                    std::to_string(last));
      }
      next = each.sequence + 1;
      for (const auto& digest : blobs_of(each.body).value_or(std::vector<std::string>())) {
        if (result_.documents.count(digest) == 0)
          result_.losses.push_back("document " + digest + " of entry " +
                                   std::to_string(each.sequence));
      }
    }
  }

  std::string_view file_;
  std::map<std::int64_t, Entry> entries_;
  Salvaged result_;
};

}  // namespace

Salvaged salvage(std::string_view file) { return Salvage(file).run(); }

}  // namespace pandect::store
