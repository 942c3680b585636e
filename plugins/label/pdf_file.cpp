#include "plugins/label/pdf_file.h"

#include "plugins/label/carriers.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace pandect::label::pdf {
namespace {

constexpr std::size_t kMostTables = 256;
constexpr std::size_t kMostSections = 100'000;
constexpr std::size_t kMostPlaces = 1'000'000;
constexpr std::size_t kObjectWindow = 256u * 1024;
constexpr std::size_t kMostTableBytes = 32u << 20;
constexpr std::size_t kMostObjectStream = 8u << 20;
constexpr std::size_t kMostObjectStreams = 8;
constexpr int kDeepest = 8;

// PNG predictors (ISO 32000-1, 7.4.4.4) for rows of bytes.
std::optional<std::string> unpredicted(std::string_view bytes, std::size_t columns) {
  if (columns == 0 || columns > 1024) return std::nullopt;
  std::string out, row(columns, '\0');
  for (std::size_t at = 0; at + 1 + columns <= bytes.size(); at += columns + 1) {
    const int filter = bytes[at];
    int before = 0, corner = 0;
    for (std::size_t i = 0; i < columns; ++i) {
      const int above = static_cast<unsigned char>(row[i]);
      int guess = 0;
      if (filter == 1) guess = before;
      if (filter == 2) guess = above;
      if (filter == 3) guess = (before + above) / 2;
      if (filter == 4) {
        const int sum = before + above - corner;
        const int a = std::abs(sum - before), b = std::abs(sum - above), c = std::abs(sum - corner);
        guess = a <= b && a <= c ? before : b <= c ? above : corner;
      }
      corner = above;
      before = (static_cast<unsigned char>(bytes[at + 1 + i]) + guess) & 0xFF;
      row[i] = static_cast<char>(before);
    }
    out += row;
  }
  return out;
}

bool is_name(const Value* value, std::string_view name) {
  return value != nullptr && value->type == Value::Type::name && value->text == name;
}

}  // namespace

std::string File::open() {
  const std::uint64_t from = source_.size() > 2048 ? source_.size() - 2048 : 0;
  const std::string tail = source_.read(from, 2048);
  const std::size_t mark = tail.rfind("startxref");
  if (mark == std::string::npos) return "there is no startxref";
  last_table_ = std::strtoull(tail.c_str() + mark + 9, nullptr, 10);
  std::set<std::uint64_t> seen;
  std::vector<std::uint64_t> ahead{last_table_};
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    if (i > kMostTables) return "there are too many cross-reference tables";
    if (!seen.insert(ahead[i]).second) continue;
    Value trailer;
    const bool plain = source_.read(ahead[i], 4) == "xref";
    const std::string why = plain ? table(ahead[i], trailer) : table_stream(ahead[i], trailer);
    if (!why.empty()) return why;
    if (i == 0) {
      trailer_ = trailer;
      last_is_stream_ = !plain;
    }
    for (const char* key : {"XRefStm", "Prev"}) {
      const std::int64_t at = trailer.integer(key, -1);
      if (at >= 0) ahead.push_back(static_cast<std::uint64_t>(at));
    }
  }
  return {};
}

std::string File::table(std::uint64_t at, Value& trailer) {
  std::uint64_t place = at + 4;
  for (std::size_t sections = 0; sections < kMostSections; ++sections) {
    const std::string head = source_.read(place, 64);
    std::size_t skip = 0;
    while (skip < head.size() && is_blank(head[skip])) ++skip;
    if (head.compare(skip, 7, "trailer") == 0) {
      const std::string text = source_.read(place + skip + 7, kObjectWindow);
      std::size_t start = 0;
      const auto value = parse_value(text, start);
      if (!value || value->type != Value::Type::dict) return "the trailer cannot be read";
      trailer = *value;
      return {};
    }
    char* stop = nullptr;
    const auto first = std::strtoull(head.c_str() + skip, &stop, 10);
    const char* second = stop;
    const auto count = std::strtoull(second, &stop, 10);
    if (stop == second || stop == head.c_str() + skip) return "a cross-reference table is broken";
    std::size_t used = static_cast<std::size_t>(stop - head.c_str());
    while (used < head.size() && is_blank(head[used])) ++used;
    if (count > kMostPlaces || first > 0xFFFFFFFFULL - kMostPlaces ||
        places_.size() + count > kMostPlaces)
      return "a cross-reference table is too large";
    place += used;
    const std::string rows = source_.read(place, static_cast<std::size_t>(count) * 20);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::size_t row = static_cast<std::size_t>(i) * 20;
      if (row + 18 > rows.size()) return "a cross-reference table is cut off";
      if (rows[row + 17] != 'n') continue;
      const auto offset = std::strtoull(rows.substr(row, 10).c_str(), nullptr, 10);
      places_.try_emplace(static_cast<std::uint32_t>(first + i), Place{false, offset, 0});
    }
    place += count * 20;
  }
  return "a cross-reference table has too many sections";
}

std::string File::table_stream(std::uint64_t at, Value& trailer) {
  const auto object = object_at(at, -1);
  if (!object || !is_name(object->value.find("Type"), "XRef"))
    return "there is no cross-reference table where one should be";
  trailer = object->value;
  const auto bytes = stream(*object, kMostTableBytes, 1);
  const Value* widths = trailer.find("W");
  if (!bytes || widths == nullptr || widths->items.size() != 3)
    return "a cross-reference stream cannot be read";
  std::array<int, 3> width{};
  int row = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double stated = widths->items[i].number;
    if (stated < 0 || stated > 8) return "a cross-reference stream is broken";
    width[i] = static_cast<int>(stated);
    row += width[i];
  }
  std::vector<std::uint64_t> index{
      0, static_cast<std::uint64_t>(std::max<std::int64_t>(trailer.integer("Size", 0), 0))};
  if (const Value* stated = trailer.find("Index"); stated != nullptr) {
    index.clear();
    for (const auto& item : stated->items)
      index.push_back(
          item.number < 0 || item.number > 4e9 ? 0 : static_cast<std::uint64_t>(item.number));
  }
  std::size_t place = 0;
  for (std::size_t part = 0; part + 1 < index.size() && row > 0; part += 2) {
    for (std::uint64_t i = 0; i < index[part + 1]; ++i) {
      if (place + static_cast<std::size_t>(row) > bytes->size()) return {};
      const std::uint64_t type = width[0] == 0 ? 1 : big(*bytes, place, width[0]);
      const auto second = static_cast<std::size_t>(width[0]);
      const std::uint64_t a = big(*bytes, place + second, width[1]);
      const std::uint64_t b =
          big(*bytes, place + second + static_cast<std::size_t>(width[1]), width[2]);
      place += static_cast<std::size_t>(row);
      if (type != 1 && type != 2) continue;
      if (places_.size() > kMostPlaces) return "a cross-reference stream is too large";
      places_.try_emplace(static_cast<std::uint32_t>(index[part] + i),
                          Place{type == 2, a, static_cast<std::uint32_t>(b)});
    }
  }
  return {};
}

std::optional<Object> File::object_at(std::uint64_t at, std::int64_t number) {
  const std::string bytes = source_.read(at, kObjectWindow);
  std::size_t place = 0;
  const auto stated = parse_value(bytes, place), generation = parse_value(bytes, place),
             word = parse_value(bytes, place);
  if (!stated || !generation || !word || word->text != "obj") return std::nullopt;
  if (number >= 0 && stated->number != static_cast<double>(number)) return std::nullopt;
  auto value = parse_value(bytes, place);
  if (!value) return std::nullopt;
  Object object{std::move(*value), 0};
  while (place < bytes.size() && is_blank(bytes[place])) ++place;
  if (bytes.compare(place, 6, "stream") == 0) {
    place += 6;
    if (place < bytes.size() && bytes[place] == '\r') ++place;
    if (place < bytes.size() && bytes[place] == '\n') ++place;
    object.stream_at = at + place;
  }
  return object;
}

std::optional<Object> File::object(std::uint32_t number, int depth) {
  const auto found = places_.find(number);
  if (found == places_.end() || depth > kDeepest) return std::nullopt;
  const Place place = found->second;
  if (!place.inside) return object_at(place.at, number);
  const auto container = static_cast<std::uint32_t>(place.at);
  const auto holder = object(container, depth + 1);
  if (!holder) return std::nullopt;
  if (object_streams_.count(container) == 0) {
    auto bytes = stream(*holder, kMostObjectStream, depth + 1);
    if (!bytes || object_streams_.size() >= kMostObjectStreams) return std::nullopt;
    object_streams_[container] = std::move(*bytes);
  }
  const std::string& bytes = object_streams_[container];
  const std::int64_t count = std::min<std::int64_t>(holder->value.integer("N", 0), 100'000);
  const std::int64_t first = holder->value.integer("First", 0);
  std::size_t at = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto id = parse_value(bytes, at), offset = parse_value(bytes, at);
    if (!id || !offset) return std::nullopt;
    if (id->number != number || offset->number < 0 || first < 0) continue;
    auto start =
        static_cast<std::size_t>(first) + static_cast<std::size_t>(std::min(offset->number, 1e9));
    auto value = parse_value(bytes, start);
    if (!value) return std::nullopt;
    return Object{std::move(*value), 0};
  }
  return std::nullopt;
}

std::optional<Object> File::resolve(const Value& value, int depth) {
  if (value.type != Value::Type::reference) return Object{value, 0};
  if (value.number < 0 || value.number > 4e9) return std::nullopt;
  return object(static_cast<std::uint32_t>(value.number), depth + 1);
}

std::optional<std::string> File::stream(const Object& object, std::size_t limit, int depth) {
  const Value* stated = object.value.find("Length");
  if (object.stream_at == 0 || stated == nullptr || depth > kDeepest) return std::nullopt;
  const auto length = resolve(*stated, depth + 1);
  if (!length || length->value.type != Value::Type::number || length->value.number < 0 ||
      length->value.number > static_cast<double>(limit))
    return std::nullopt;
  std::string bytes =
      source_.read(object.stream_at, static_cast<std::size_t>(length->value.number));
  if (bytes.size() > budget_) return std::nullopt;
  budget_ -= bytes.size();
  const Value* filter = object.value.find("Filter");
  const Value* parameters = object.value.find("DecodeParms");
  if (filter != nullptr && filter->type == Value::Type::list) {
    if (filter->items.size() > 1) return std::nullopt;
    filter = filter->items.empty() ? nullptr : &filter->items[0];
    if (parameters != nullptr && parameters->type == Value::Type::list)
      parameters = parameters->items.empty() ? nullptr : &parameters->items[0];
  }
  if (filter == nullptr || filter->type == Value::Type::null) return bytes;
  if (!is_name(filter, "FlateDecode") && !is_name(filter, "Fl")) return std::nullopt;
  Inflated inflated = inflate_bounded(bytes, std::min(limit, budget_));
  budget_ -= std::min(budget_, inflated.bytes.size());
  if (!inflated.whole) return std::nullopt;
  if (parameters == nullptr || parameters->integer("Predictor", 1) < 10)
    return std::move(inflated.bytes);
  return unpredicted(inflated.bytes, static_cast<std::size_t>(std::clamp<std::int64_t>(
                                         parameters->integer("Columns", 1), 0, 4096)));
}

}  // namespace pandect::label::pdf
