// What the readers found in one file, before anyone judges it: labels with their carrier and place,
// provenance, traces, damage. Texts are as they stand in the file; whoever shows them cleans them.
#pragma once

#include "plugins/label/source.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pandect::label {

enum class Kind { unknown, png, jpeg, webp, wav, avi, mp3, mp4, pdf, ooxml, markdown, html, text };
enum class Modality { none, image, audio, video, text };

std::string_view name_of(Kind kind);
std::string_view name_of(Modality modality);

struct Found {          // something under a name in a carrier
  std::string carrier;  // "xmp TC260:AIGC", "png tEXt AIGC"
  std::string text;
  std::uint64_t offset = 0;
  std::string name = {};  // the key, keyword or description it stands under
};

struct SourceType {     // IPTC digital source type
  std::string term;     // trainedAlgorithmicMedia
  std::string carrier;  // "xmp", or the C2PA action that states it
};

struct C2paAction {
  std::string action, agent, agent_version, when, source_type;
};

struct C2pa {  // the active manifest; its signature is not checked
  std::size_t manifests = 0;
  std::string label, generator, generator_version, title, instance_id;
  std::string signer;     // organisation in the certificate, as it says itself
  std::string signed_at;  // time in the time stamp of the signature, as it says itself
  std::vector<C2paAction> actions;
  std::vector<std::string> assertions;
};

struct Damage {
  std::string code;  // crc, truncated, bounds, xmp, cbor, jumbf, encrypted, dtd, container
  std::string detail;
  std::uint64_t offset = 0;
};

struct Contents {
  Kind kind = Kind::unknown;
  Modality modality = Modality::none;
  std::vector<Found> labels;     // under a key that the standard accepts
  std::vector<Found> misplaced;  // looks like the label, under a key or in a form nobody reads
  std::vector<SourceType> source_types;
  std::vector<Found> provenance;  // pointers of XMP dcterms:provenance
  std::vector<Found> texts;       // under other names: perhaps traces of a generator
  std::optional<C2pa> c2pa;
  std::string text;  // of text files: what a reader sees, at most 1 MiB
  std::vector<Damage> damages;

  void damage(std::string code, std::string detail, std::uint64_t offset = 0);
};

inline constexpr std::size_t kMostText = 1u << 20;    // one label, comment or text chunk
inline constexpr std::size_t kMostPacket = 8u << 20;  // one XMP packet
inline constexpr std::size_t kMostStore = 64u << 20;  // one C2PA store or ID3 tag
inline constexpr std::size_t kMostFound = 64;         // of each list above
inline constexpr std::size_t kMostParts = 1'000'000;  // chunks, segments, boxes

// Reads any file it knows; kind `unknown` if it knows it not. `name` tells texts apart.
Contents read_contents(const Source& source, std::string_view name);

}  // namespace pandect::label
