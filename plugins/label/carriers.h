// Carriers that several containers share: each takes bytes and adds what it finds to the contents.
// All are bounded in size, depth and count and note as damage what they had to leave out.
#pragma once

#include "plugins/label/contents.h"

#include <nlohmann/json_fwd.hpp>

namespace pandect::label {

// A text under a name: a label if the name says AIGC, misplaced if only nearly, else a text.
void take_text(Contents& contents, std::string_view name, std::string text, std::string carrier,
               std::uint64_t offset);

// XMP packets: TC260:AIGC, IPTC DigitalSourceType, dcterms:provenance. No DTD.
void take_xmp(Contents& contents, std::string_view packet, std::uint64_t offset);

// A TIFF structure as in APP1, eXIf or WebP: UserComment and an XMP tag.
void take_exif(Contents& contents, std::string_view tiff, std::uint64_t offset);

// A JUMBF superbox that may be a C2PA store.
void take_jumbf(Contents& contents, std::string_view store, std::uint64_t offset);

// An ID3v2 tag at the start of `tag` (2.2 to 2.4): TXXX, GEOB, PRIV.
void take_id3(Contents& contents, std::string_view tag, std::uint64_t offset);

// CBOR (RFC 8949) as JSON: tags are looked through, byte strings stay binary. Discarded with no
// value if it is not well formed or beyond the bounds. `used`: bytes read.
nlohmann::json read_cbor(std::string_view bytes, std::size_t* used = nullptr);

// zlib or raw deflate; `whole` is false if it is broken or would grow beyond `limit`.
struct Inflated {
  std::string bytes;
  bool whole = false;
};
Inflated inflate_bounded(std::string_view compressed, std::size_t limit, bool raw = false);

std::string utf8_of_utf16(std::string_view bytes, bool big_endian);
std::string utf8_of_latin1(std::string_view bytes);
// JSON that is nested deeper than `limit` is not handed to its reader, which knows no such bound.
bool nested_deeper(std::string_view json, int limit);
std::string_view trimmed(std::string_view text);
// The last part of a digital source type, which may be an address: " http://cv.iptc.org/.../X" is
// X.
std::string source_term(std::string_view value);

}  // namespace pandect::label
