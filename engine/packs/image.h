// The file form of a linked program. Layout (native byte order, one machine's cache):
//
//   Header   magic "PANDECT\x1a", format, sizes of the record types, stamp, length, checksum
//   Table    offset and count of each pool, in the order of Program
//   Pools    each aligned to 16 bytes
//
// A file is used only if header, stamp, length and checksum all agree; anything else is rebuilt.
// It is written under a name of its own and renamed, so that readers see all of it or nothing.
#pragma once

#include "pandect/program.h"

#include <string>
#include <vector>

namespace pandect {

// What the cache is keyed by: path, size, time of change and inode of every source, and the engine.
// Empty if a source changed within the last two seconds, when times cannot tell two edits apart.
std::string stamp_of(const std::vector<std::string>& files);

ProgramPtr read_image(const std::string& folder, const std::string& stamp);
void write_image(const std::string& folder, const std::string& stamp, const Program& program);

// The bytes alone, for tests and pack files.
std::string image_of(const Program& program, const std::string& stamp);
// Null if the bytes are not a whole image with this stamp.
ProgramPtr program_of(std::string_view bytes, const std::string& stamp,
                      std::shared_ptr<const void> backing);

}  // namespace pandect
