// One function per container that can be written; each plans and knows nothing of the others.
#pragma once

#include "plugins/label/write.h"

namespace pandect::label {

Diagnostic cannot_write(std::string why, std::string remedy);

// An XMP packet with the label in it and everything else kept; empty text: a new packet.
Result<std::string> xmp_with_label(std::string_view packet, const std::string& json);

Result<Plan> write_png(const Source& source, const std::string& json);
Result<Plan> write_jpeg(const Source& source, const std::string& json);
Result<Plan> write_webp(const Source& source, const std::string& json);
Result<Plan> write_riff(const Source& source, Kind kind, const std::string& json);  // WAV, AVI
Result<Plan> write_mp3(const Source& source, const std::string& json);
Result<Plan> write_mp4(const Source& source, const std::string& json);
Result<Plan> write_pdf(const Source& source, const std::string& json);
Result<Plan> write_markdown(const Source& source, const std::string& json);

}  // namespace pandect::label
