// One function per container. Each is called for a file of its kind only and adds to `contents`.
#pragma once

#include "plugins/label/contents.h"

namespace pandect::label {

inline constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";

void read_png(const Source& source, Contents& contents);
void read_jpeg(const Source& source, Contents& contents);
void read_riff(const Source& source, Contents& contents);  // WebP, WAV, AVI
void read_mp3(const Source& source, Contents& contents);
void read_mp4(const Source& source, Contents& contents);
void read_pdf(const Source& source, Contents& contents);
void read_ooxml(const Source& source, Contents& contents);
void read_text(const Source& source, Contents& contents);  // plain, Markdown, HTML

// Where the front matter of a Markdown text ends (behind the closing line); 0: it has none.
std::size_t front_matter_end(std::string_view text);

}  // namespace pandect::label
