// Which kind of file it is: by its first bytes, never by its name, save for texts.
#include "base/names.h"
#include "plugins/label/containers.h"

#include <algorithm>

namespace pandect::label {
namespace {

bool ends_with(std::string_view name, std::string_view ending) {
  if (name.size() < ending.size()) return false;
  return std::equal(ending.begin(), ending.end(), name.end() - static_cast<long>(ending.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
}

bool is_text(std::string_view head) {
  if (head.size() >= 2 && (big(head, 0, 2) == 0xFEFF || big(head, 0, 2) == 0xFFFE)) return true;
  // The head may cut a character in two; its last bytes do not count.
  const std::size_t bad = invalid_utf8_at(head);
  if (bad != std::string_view::npos && bad + 4 < head.size()) return false;
  return std::none_of(head.begin(), head.end(), [](unsigned char each) {
    return each < 0x20 && each != '\t' && each != '\n' && each != '\r' && each != '\f' &&
           each != 0x1B;
  });
}

Kind text_kind(std::string_view head, std::string_view name) {
  for (const char* each : {".md", ".markdown", ".mdx"}) {
    if (ends_with(name, each)) return Kind::markdown;
  }
  for (const char* each : {".html", ".htm", ".xhtml"}) {
    if (ends_with(name, each)) return Kind::html;
  }
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  const std::string_view start = first == std::string_view::npos ? head : head.substr(first);
  const bool html = start.substr(0, 5) == "<html" || start.substr(0, 9) == "<!DOCTYPE" ||
                    start.substr(0, 9) == "<!doctype";
  return html ? Kind::html : Kind::text;
}

Kind kind_of(const Source& source, std::string_view name) {
  const std::string head = source.read(0, 4096);
  const std::string_view start(head);
  if (start.substr(0, 8) == kPngSignature) return Kind::png;
  if (start.substr(0, 3) == "\xFF\xD8\xFF") return Kind::jpeg;
  if (start.substr(0, 4) == "RIFF" || start.substr(0, 4) == "RF64") {
    if (start.size() < 12) return Kind::unknown;
    const std::string_view form = start.substr(8, 4);
    return form == "WEBP"   ? Kind::webp
           : form == "WAVE" ? Kind::wav
           : form == "AVI " ? Kind::avi
                            : Kind::unknown;
  }
  if (start.substr(0, 3) == "ID3") return Kind::mp3;
  const auto frame = big(start, 0, 2);
  if ((frame & 0xFFE0) == 0xFFE0 && (frame & 0x06) == 0x02) return Kind::mp3;  // layer III
  if (start.size() >= 8 && start.substr(4, 4) == "ftyp") {
    const std::string_view brand = start.substr(8, 4);
    for (const char* each : {"heic", "heix", "mif1", "msf1", "avif", "avis", "hevc"}) {
      if (brand == each) return Kind::unknown;  // pictures in ISO boxes: not read
    }
    return Kind::mp4;
  }
  if (start.size() >= 8 && (start.substr(4, 4) == "moov" || start.substr(4, 4) == "mdat" ||
                            start.substr(4, 4) == "wide"))
    return Kind::mp4;
  if (start.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Kind::pdf;
  if (start.substr(0, 4) == "PK\x03\x04") {
    // An Office document names its parts first; any other archive is none of ours.
    for (const char* each : {".docx", ".pptx", ".xlsx", ".docm", ".pptm", ".xlsm"}) {
      if (ends_with(name, each)) return Kind::ooxml;
    }
    return start.find("[Content_Types].xml") != std::string_view::npos ? Kind::ooxml
                                                                       : Kind::unknown;
  }
  return !head.empty() && is_text(start) ? text_kind(start, name) : Kind::unknown;
}

}  // namespace

Contents read_contents(const Source& source, std::string_view name) {
  Contents contents;
  contents.kind = kind_of(source, name);
  switch (contents.kind) {
    case Kind::unknown:
      break;
    case Kind::png:
      read_png(source, contents);
      break;
    case Kind::jpeg:
      read_jpeg(source, contents);
      break;
    case Kind::webp:
    case Kind::wav:
    case Kind::avi:
      read_riff(source, contents);
      break;
    case Kind::mp3:
      read_mp3(source, contents);
      break;
    case Kind::mp4:
      read_mp4(source, contents);
      break;
    case Kind::pdf:
      read_pdf(source, contents);
      break;
    case Kind::ooxml:
      read_ooxml(source, contents);
      break;
    case Kind::markdown:
    case Kind::html:
    case Kind::text:
      read_text(source, contents);
      break;
  }
  return contents;
}

}  // namespace pandect::label
