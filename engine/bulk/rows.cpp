#include "bulk/rows.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

namespace pandect::bulk {
namespace {

constexpr std::size_t kStride = 64;

// A cell that a spreadsheet could take for a formula starts with an apostrophe.
void csv_text(std::string& out, std::string_view text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  if (!formula && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string_view word(bool duty, bool yes, bool unknown, bool standing) {
  if (unknown) return duty ? "undetermined" : "unknown";
  if (!yes)
    return standing ? (duty ? "not due, standing" : "false, standing") : duty ? "not due" : "false";
  return standing ? (duty ? "due, standing" : "true, standing") : duty ? "due" : "true";
}

std::string_view id_of(const Program& program, const Question& question) {
  return question.obligation != kNone ? program.text(program.obligations[question.obligation].id)
                                      : program.text(program.concepts[question.concept_index].id);
}

// Bit i of word k and bit k of word i change places.
void transpose(std::uint64_t* words) {
  std::uint64_t mask = 0xFFFFFFFFu;
  for (std::uint32_t step = 32; step != 0; step >>= 1, mask ^= mask << step) {
    for (std::uint32_t k = 0; k < 64; k = (k + step + 1) & ~step) {
      const std::uint64_t moved = ((words[k] >> step) ^ words[k + step]) & mask;
      words[k] ^= moved << step;
      words[k + step] ^= moved;
    }
  }
}

bool bit(const std::uint64_t* bits, std::size_t index) {
  return (bits[index / 64] >> (index % 64) & 1u) != 0;
}

}  // namespace

void json_text(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20 || code == 0x7F) {
      out += "\\u00";
      out += kHex[code >> 4];
      out += kHex[code & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string header_row(const Program& program, const BatchOptions& options) {
  std::string row = "id,line";
  for (const Question& each : options.questions) {
    row += ',';
    csv_text(row, id_of(program, each));
  }
  return row + "\n";
}

void Verdicts::take(const Plan& plan, const BlockEvaluator& evaluator, std::uint32_t word) {
  const auto& results = plan.results();
  std::uint64_t yes[64], unknown[64], standing[64];
  for (std::size_t w = 0; w < words_; ++w) {
    bool stands = false;
    for (std::size_t i = 0; i < 64; ++i) {
      yes[i] = unknown[i] = standing[i] = 0;
      if (w * 64 + i >= results.size()) continue;
      const Plan::Result& result = results[w * 64 + i];
      yes[i] = evaluator.plane(result.yes)[word];
      unknown[i] = ~(yes[i] | evaluator.plane(result.no)[word]);
      if (result.standing != kNone) standing[i] = evaluator.plane(result.standing)[word];
      stands = stands || standing[i] != 0;
    }
    transpose(yes);
    transpose(unknown);
    if (stands) transpose(standing);
    for (std::size_t row = 0; row < 64; ++row) {
      yes_[row * words_ + w] = yes[row];
      unknown_[row * words_ + w] = unknown[row];
      standing_[row * words_ + w] = standing[row];
    }
  }
}

void Verdicts::set(std::uint32_t row, const std::vector<Verdict>& verdicts) {
  for (auto* each : {&yes_, &unknown_, &standing_})
    std::fill_n(each->begin() + static_cast<std::ptrdiff_t>(row * words_), words_, 0);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const std::size_t at = row * words_ + i / 64;
    const std::uint64_t one = std::uint64_t{1} << (i % 64);
    if (verdicts[i].value == Truth::true_) yes_[at] |= one;
    if (verdicts[i].value == Truth::unknown) unknown_[at] |= one;
    if (verdicts[i].standing) standing_[at] |= one;
  }
}

bool Verdicts::open(std::uint32_t row) const {
  for (std::size_t w = 0; w < words_; ++w) {
    if ((unknown(row)[w] | standing(row)[w]) != 0) return true;
  }
  return false;
}

RowWriter::RowWriter(const Program& program, const BatchOptions& options) : options_(options) {
  std::string text;
  std::vector<std::size_t> places;
  const std::size_t words = (options.questions.size() + 63) / 64;
  conclusions_.assign(words, 0);
  duties_ = all_ = conclusions_;
  for (std::size_t i = 0; i < options.questions.size(); ++i) {
    places.push_back(text.size());
    text += ',';
    json_text(text, id_of(program, options.questions[i]));
    const bool duty = options.questions[i].obligation != kNone;
    (duty ? duties_ : conclusions_)[i / 64] |= std::uint64_t{1} << (i % 64);
    all_[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  places.push_back(text.size());
  pool_ = std::make_unique<char[]>(text.size() + kStride);
  std::memcpy(pool_.get(), text.data(), text.size());
  for (std::size_t i = 0; i + 1 < places.size(); ++i)
    names_.push_back(
        {pool_.get() + places[i], static_cast<std::uint32_t>(places[i + 1] - places[i])});
  most_ = 2 * text.size() + 256;  // a question is in one of two lists, and perhaps in `standing`
}

char* RowWriter::list(char* to, std::string_view name, const std::uint64_t* bits,
                      const std::uint64_t* mask, bool optional) {
  char* const before = to;
  to = std::copy(name.begin(), name.end(), to);
  char* const first = to;
  for (std::size_t w = 0; w < all_.size(); ++w) {
    for (std::uint64_t left = bits[w] & mask[w]; left != 0; left &= left - 1) {
      const Name& each = names_[w * 64 + static_cast<std::size_t>(std::countr_zero(left))];
      std::memcpy(to, each.text, kStride);
      if (each.size > kStride) std::memcpy(to, each.text, each.size);
      to += each.size;
    }
  }
  if (to == first) {
    if (optional) return before;
    ++to;
  }
  *first = '[';
  *to++ = ']';
  return to;
}

std::string_view RowWriter::write(std::string_view id, std::uint64_t number,
                                  const Verdicts& verdicts, std::uint32_t row) {
  if (options_.csv) {
    write_csv(id, number, verdicts, row);
    return text_;
  }
  text_ = "{\"id\":";
  json_text(text_, id);
  text_ += ",\"line\":";
  if (const std::size_t room = text_.size() + most_ + kStride; room > room_) {
    room_ = 2 * room;
    row_ = std::make_unique<char[]>(room_);
  }
  char* to = std::copy(text_.begin(), text_.end(), row_.get());
  to = std::to_chars(to, to + 20, number).ptr;
  to = list(to, ",\"holds\":", verdicts.yes(row), conclusions_.data(), false);
  to = list(to, ",\"unknown\":", verdicts.unknown(row), conclusions_.data(), false);
  to = list(to, ",\"due\":", verdicts.yes(row), duties_.data(), false);
  to = list(to, ",\"undetermined\":", verdicts.unknown(row), duties_.data(), false);
  to = list(to, ",\"standing\":", verdicts.standing(row), all_.data(), true);
  *to++ = '}';
  *to++ = '\n';
  return {row_.get(), static_cast<std::size_t>(to - row_.get())};
}

void RowWriter::write_csv(std::string_view id, std::uint64_t number, const Verdicts& verdicts,
                          std::uint32_t row) {
  text_.clear();
  csv_text(text_, id);
  text_ += ',' + std::to_string(number);
  for (std::size_t i = 0; i < options_.questions.size(); ++i) {
    text_ += ',';
    csv_text(text_, word(options_.questions[i].obligation != kNone, bit(verdicts.yes(row), i),
                         bit(verdicts.unknown(row), i), bit(verdicts.standing(row), i)));
  }
  text_ += '\n';
}

}  // namespace pandect::bulk
