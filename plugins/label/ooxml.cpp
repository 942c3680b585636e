// docx, pptx, xlsx: a ZIP archive with docProps/custom.xml, where TC260-PG-20258A puts the label.
#include "plugins/label/carriers.h"
#include "plugins/label/containers.h"

#include <algorithm>

#include <pugixml.hpp>

namespace pandect::label {
namespace {

constexpr std::size_t kTail = 66'000;
constexpr std::size_t kMostDirectory = 16u << 20;
constexpr std::string_view kCustom = "docProps/custom.xml";

std::string member(const Source& source, Contents& contents, std::string_view entry) {
  const std::uint64_t method = little(entry, 10, 2), packed = little(entry, 20, 4);
  const std::uint64_t at = little(entry, 42, 4);
  if ((little(entry, 8, 2) & 1) != 0) {
    contents.damage("encrypted", std::string(kCustom), at);
    return {};
  }
  const std::string local = source.read(at, 30);
  if (packed > kMostPacket || local.substr(0, 4) != "PK\x03\x04") {
    contents.damage("bounds", "docProps/custom.xml is too large or not where it should be", at);
    return {};
  }
  const std::uint64_t start = at + 30 + little(local, 26, 2) + little(local, 28, 2);
  std::string data = source.read(start, static_cast<std::size_t>(packed));
  if (method == 0) return data;
  Inflated inflated = inflate_bounded(data, kMostPacket, true);
  if (method != 8 || !inflated.whole) {
    contents.damage("text", "docProps/custom.xml cannot be read or grows too large", at);
    return {};
  }
  return std::move(inflated.bytes);
}

void take_properties(Contents& contents, const std::string& xml) {
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_doctype);
  for (const auto child : document.children()) {
    if (child.type() == pugi::node_doctype) return contents.damage("dtd", std::string(kCustom));
  }
  if (!parsed) return contents.damage("xmp", std::string("custom.xml: ") + parsed.description());
  for (const auto property : document.document_element().children()) {
    if (std::string_view(property.name()) != "property") continue;
    const std::string name = property.attribute("name").value();
    take_text(contents, name, property.first_child().text().get(),
              "ooxml custom property " + name.substr(0, 80), 0);
  }
}

}  // namespace

void read_ooxml(const Source& source, Contents& contents) {
  contents.modality = Modality::text;
  const std::uint64_t from = source.size() > kTail ? source.size() - kTail : 0;
  const std::string tail = source.read(from, kTail);
  const std::size_t end = tail.rfind("PK\x05\x06");
  if (end == std::string::npos || tail.size() - end < 22)
    return contents.damage("truncated", "the ZIP archive has no directory", 0);
  const std::uint64_t size = little(tail, end + 12, 4), at = little(tail, end + 16, 4);
  if (size > kMostDirectory || at == 0xFFFFFFFF)
    return contents.damage("bounds", "the directory of the ZIP archive is too large", at);
  const std::string directory = source.read(at, static_cast<std::size_t>(size));
  std::size_t place = 0;
  while (directory.size() - place >= 46) {
    const std::string_view entry = std::string_view(directory).substr(place);
    if (entry.substr(0, 4) != "PK\x01\x02")
      return contents.damage("container", "the directory of the ZIP archive is broken", at + place);
    const auto name = static_cast<std::size_t>(little(entry, 28, 2));
    const std::size_t whole = 46 + name + static_cast<std::size_t>(little(entry, 30, 2)) +
                              static_cast<std::size_t>(little(entry, 32, 2));
    if (entry.substr(46, name) == kCustom) {
      take_properties(contents, member(source, contents, entry));
      return;
    }
    place += std::min(whole, directory.size() - place);
  }
}

}  // namespace pandect::label
