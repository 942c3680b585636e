#include "plugins/label/writers.h"

#include <sstream>

#include <pugixml.hpp>

namespace pandect::label {
namespace {

constexpr const char* kNewPacket =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"></rdf:RDF>"
    "</x:xmpmeta><?xpacket end=\"w\"?>";

std::string_view local(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node find_rdf(pugi::xml_node node, int depth) {
  if (depth > 8) return {};
  for (const auto child : node.children()) {
    if (child.type() == pugi::node_element && local(child.name()) == "RDF") return child;
    if (const auto found = find_rdf(child, depth + 1)) return found;
  }
  return {};
}

// Descriptions stand directly below RDF; the label is an attribute or an element of one.
void remove_label(pugi::xml_node rdf) {
  for (auto description = rdf.first_child(); description;) {
    const auto next = description.next_sibling();
    description.remove_attribute("TC260:AIGC");
    while (description.remove_child("TC260:AIGC")) {
    }
    bool empty = description.type() == pugi::node_element;
    for (const auto child : description.children())
      empty = empty && child.type() != pugi::node_element;
    for (const auto attribute : description.attributes()) {
      const std::string_view name = attribute.name();
      empty = empty && (name == "rdf:about" || name.substr(0, 5) == "xmlns");
    }
    if (empty) rdf.remove_child(description);
    description = next;
  }
}

}  // namespace

Result<std::string> xmp_with_label(std::string_view packet, const std::string& json) {
  pugi::xml_document document;
  const std::string_view text = packet.empty() ? std::string_view(kNewPacket) : packet;
  const auto parsed = document.load_buffer(
      text.data(), text.size(),
      pugi::parse_default | pugi::parse_pi | pugi::parse_comments | pugi::parse_ws_pcdata);
  auto rdf = parsed ? find_rdf(document, 0) : pugi::xml_node();
  if (!rdf)
    return cannot_write("the XMP packet of the file cannot be edited",
                        "repair its XMP, for example with exiftool");
  remove_label(rdf);
  const std::string_view name = rdf.name();
  const std::size_t colon = name.find(':');
  const std::string prefix(name.substr(0, colon == std::string_view::npos ? 0 : colon + 1));
  auto description = rdf.append_child((prefix + "Description").c_str());
  description.append_attribute((prefix + "about").c_str()).set_value("");
  description.append_attribute("xmlns:TC260").set_value("http://www.tc260.org.cn/ns/AIGC/1.0/");
  description.append_child("TC260:AIGC").text().set(json.c_str());
  std::ostringstream out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out.str();
}

}  // namespace pandect::label
