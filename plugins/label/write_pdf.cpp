// PDF: an incremental update (ISO 32000-1, 7.5.6) with a new Info dictionary; every byte of the old
// file stays where it is.
#include "plugins/label/carriers.h"
#include "plugins/label/pdf_file.h"
#include "plugins/label/writers.h"

#include <algorithm>
#include <cstdio>

namespace pandect::label {
namespace {

bool is_signed(pdf::File& file) {
  const pdf::Value* root = file.trailer().find("Root");
  const auto catalogue = root == nullptr ? std::nullopt : file.resolve(*root);
  const pdf::Value* stated = catalogue ? catalogue->value.find("AcroForm") : nullptr;
  const auto form = stated == nullptr ? std::nullopt : file.resolve(*stated);
  return form && (form->value.integer("SigFlags", 0) & 1) != 0;
}

std::string kept_entries(const pdf::Value& trailer) {
  std::string out;
  for (const char* key : {"Root", "ID"}) {
    if (const pdf::Value* value = trailer.find(key); value != nullptr)
      out += " /" + std::string(key) + " " + pdf::written(*value);
  }
  return out;
}

std::string table(std::uint64_t number, std::uint64_t offset, std::uint64_t size,
                  const std::string& entries) {
  char row[32];
  std::snprintf(row, sizeof row, "%010llu 00000 n\r\n", static_cast<unsigned long long>(offset));
  return "xref\n" + std::to_string(number) + " 1\n" + row + "trailer\n<< /Size " +
         std::to_string(size) + entries + " >>\n";
}

std::string table_stream(std::uint64_t number, std::uint64_t offset, std::uint64_t own,
                         std::uint64_t own_offset, const std::string& entries) {
  std::string rows;
  for (const std::uint64_t place : {offset, own_offset}) {
    rows += '\x01';
    put_big(rows, place, 8);
    put_big(rows, 0, 2);
  }
  return std::to_string(own) + " 0 obj\n<< /Type /XRef /W [1 8 2] /Index [" +
         std::to_string(number) + " 1 " + std::to_string(own) + " 1] /Size " +
         std::to_string(own + 1) + " /Length " + std::to_string(rows.size()) + entries +
         " >>\nstream\n" + rows + "\nendstream\nendobj\n";
}

}  // namespace

Result<Plan> write_pdf(const Source& source, const std::string& json) {
  pdf::File file(source);
  const std::string why = file.open();
  if (!why.empty()) return cannot_write("the document cannot be read: " + why, "make it anew");
  if (is_signed(file))
    return cannot_write("the document is signed; a change after signing would be shown as such",
                        "write the label first and sign afterwards");
  const std::int64_t size = file.trailer().integer("Size", 0);
  if (size <= 0) return cannot_write("the trailer states no size", "make the document anew");
  auto number = static_cast<std::uint64_t>(size), next = number + 1;
  pdf::Value info;
  info.type = pdf::Value::Type::dict;
  if (const pdf::Value* stated = file.trailer().find("Info"); stated != nullptr) {
    const auto old = file.resolve(*stated);
    if (!old || old->value.type != pdf::Value::Type::dict)
      return cannot_write("the Info dictionary cannot be read", "make the document anew");
    info = old->value;
    if (stated->type == pdf::Value::Type::reference && stated->generation == 0) {
      number = static_cast<std::uint64_t>(stated->number);
      next = static_cast<std::uint64_t>(size);
    }
  }
  info.entries.erase(std::remove_if(info.entries.begin(), info.entries.end(),
                                    [](const auto& entry) { return entry.first == "AIGC"; }),
                     info.entries.end());
  pdf::Value text;
  text.type = pdf::Value::Type::text;
  text.text = json;
  info.entries.emplace_back("AIGC", text);
  const std::uint64_t offset = source.size() + 1;
  const std::string object =
      std::to_string(number) + " 0 obj\n" + pdf::written(info) + "\nendobj\n";
  const std::uint64_t start = offset + object.size();
  const std::string entries = " /Info " + std::to_string(number) + " 0 R /Prev " +
                              std::to_string(file.last_table()) + kept_entries(file.trailer());
  Plan plan;
  plan.copy(0, source.size());
  plan.add("\n" + object +
           (file.last_is_stream() ? table_stream(number, offset, next, start, entries)
                                  : table(number, offset, next, entries)) +
           "startxref\n" + std::to_string(start) + "\n%%EOF\n");
  return plan;
}

}  // namespace pandect::label
