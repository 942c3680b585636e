// PDF: the label in the Info dictionary (TC260-PG-20258A), the XMP stream of the catalogue, and a
// C2PA store as an associated file.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"
#include "plugins/label/pdf_file.h"

#include <algorithm>

namespace pandect::label {
namespace {

void take_info(pdf::File& file, Contents& contents) {
  const pdf::Value* info = file.trailer().find("Info");
  if (info == nullptr) return;
  const auto object = file.resolve(*info);
  if (!object) return contents.damage("container", "the Info dictionary cannot be read");
  for (const auto& [name, stated] : object->value.entries) {
    const auto value = file.resolve(stated);
    if (!value || value->value.type != pdf::Value::Type::text) continue;
    take_text(contents, name, pdf::utf8_of(value->value.text), "pdf Info /" + name.substr(0, 80),
              0);
  }
}

void take_associated(pdf::File& file, Contents& contents, const pdf::Value& catalogue) {
  const pdf::Value* stated = catalogue.find("AF");
  const auto list = stated == nullptr ? std::nullopt : file.resolve(*stated);
  if (!list) return;
  for (std::size_t i = 0; i < std::min(list->value.items.size(), kMostFound); ++i) {
    const auto entry = file.resolve(list->value.items[i]);
    if (!entry) continue;
    const pdf::Value* relation = entry->value.find("AFRelationship");
    const pdf::Value* embedded = entry->value.find("EF");
    if (relation == nullptr || relation->text != "C2PA_Manifest" || embedded == nullptr) continue;
    const auto files = file.resolve(*embedded);
    const pdf::Value* inner = files ? files->value.find("F") : nullptr;
    const auto object = inner == nullptr ? std::nullopt : file.resolve(*inner);
    const auto bytes = object ? file.stream(*object, kMostStore) : std::nullopt;
    if (bytes) {
      take_jumbf(contents, *bytes, object->stream_at);
    } else {
      contents.damage("container", "the embedded C2PA store cannot be read");
    }
  }
}

}  // namespace

void read_pdf(const Source& source, Contents& contents) {
  contents.modality = Modality::text;
  pdf::File file(source);
  const std::string why = file.open();
  if (!why.empty()) return contents.damage("container", why);
  if (file.trailer().find("Encrypt") != nullptr)
    return contents.damage("encrypted", "the document is encrypted");
  take_info(file, contents);
  const pdf::Value* root = file.trailer().find("Root");
  const auto catalogue = root == nullptr ? std::nullopt : file.resolve(*root);
  if (!catalogue) return contents.damage("container", "the document has no catalogue");
  if (const pdf::Value* metadata = catalogue->value.find("Metadata"); metadata != nullptr) {
    const auto object = file.resolve(*metadata);
    const auto packet = object ? file.stream(*object, kMostPacket) : std::nullopt;
    if (packet) {
      take_xmp(contents, *packet, object->stream_at);
    } else {
      contents.damage("container", "the XMP stream cannot be read");
    }
  }
  take_associated(file, contents, catalogue->value);
}

}  // namespace pandect::label
