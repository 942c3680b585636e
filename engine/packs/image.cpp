#include "packs/image.h"

#include "base/digest.h"
#include "packs/draft.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pandect {
namespace {

constexpr std::array<char, 8> kMagic{'P', 'A', 'N', 'D', 'E', 'C', 'T', '\x1a'};
constexpr std::uint32_t kFormat = 2;
constexpr std::size_t kPools = 20;

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t format = 0;
  std::uint32_t shape = 0;  // of the record types
  std::array<char, 64> stamp{};
  std::uint64_t length = 0;
  std::uint64_t checksum = 0;
};

struct Place {
  std::uint64_t offset = 0;
  std::uint64_t count = 0;
};

template <typename P, typename F>
void each_pool(P& program, F visit) {
  visit(program.texts);
  visit(program.words);
  visit(program.links);
  visit(program.days);
  visit(program.numbers);
  visit(program.amounts);
  visit(program.packs);
  visit(program.instruments);
  visit(program.provisions);
  visit(program.members);
  visit(program.facts);
  visit(program.axioms);
  visit(program.nodes);
  visit(program.concepts);
  visit(program.rules);
  visit(program.evidence);
  visit(program.obligations);
  visit(program.penalties);
  visit(program.calendars);
  visit(program.mappings);
}

std::uint32_t shape() {
  std::uint32_t value = 17;
  Program program;
  each_pool(program, [&](auto& pool) {
    value = value * 31 + static_cast<std::uint32_t>(sizeof(*pool.begin()));
  });
  return value;
}

// Four independent lanes, so that a cold check does not wait for one chain of multiplications.
std::uint64_t checksum_of(std::string_view bytes) {
  std::array<std::uint64_t, 4> lanes{0x9E3779B97F4A7C15ull, 0xC2B2AE3D27D4EB4Full,
                                     0x165667B19E3779F9ull, 0x27D4EB2F165667C5ull};
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at + lane * 8, 8);
      lanes[lane] = (lanes[lane] ^ word) * 0x9FB21C651E98DF25ull;
      lanes[lane] ^= lanes[lane] >> 32;
    }
  }
  std::uint64_t result = bytes.size();
  for (; at < bytes.size(); ++at)
    result = (result ^ static_cast<unsigned char>(bytes[at])) * 0x100000001B3ull;
  for (const auto lane : lanes) result = (result ^ lane) * 0x9FB21C651E98DF25ull;
  return result ^ (result >> 29);
}

std::string path_of(const std::string& folder, const std::string& stamp) {
  return folder + "/packs-" + stamp.substr(0, 24) + ".image";
}

struct Mapping_ {
  void* address = nullptr;
  std::size_t length = 0;
  ~Mapping_() {
    if (address != nullptr) ::munmap(address, length);
  }
};

}  // namespace

std::string stamp_of(const std::vector<std::string>& files) {
  std::string text = "format " + std::to_string(kFormat) + " shape " + std::to_string(shape()) +
                     " " __DATE__ " " __TIME__ "\n";
  const std::time_t now = std::time(nullptr);
  for (const auto& path : files) {
    struct stat state {};
    if (::stat(path.c_str(), &state) != 0) return {};
    if (state.st_mtim.tv_sec + 2 > now) return {};
    text += path + " " + std::to_string(state.st_size) + " " +
            std::to_string(state.st_mtim.tv_sec) + "." + std::to_string(state.st_mtim.tv_nsec) +
            " " + std::to_string(state.st_ctim.tv_sec) + "." +
            std::to_string(state.st_ctim.tv_nsec) + " " + std::to_string(state.st_ino) + "\n";
  }
  return digest_of(text);
}

std::string image_of(const Program& program, const std::string& stamp) {
  std::array<Place, kPools> table{};
  std::string body;
  const std::size_t start = (sizeof(Header) + sizeof(table) + 15) / 16 * 16;
  std::size_t index = 0;
  each_pool(program, [&](const auto& pool) {
    body.resize((body.size() + 15) / 16 * 16, '\0');
    table[index].offset = start + body.size();
    table[index].count = pool.size();
    body.append(reinterpret_cast<const char*>(pool.begin()), pool.size() * sizeof(*pool.begin()));
    ++index;
  });
  std::string rest(start - sizeof(Header), '\0');
  std::memcpy(rest.data(), table.data(), sizeof(table));
  rest += body;
  Header header;
  header.magic = kMagic;
  header.format = kFormat;
  header.shape = shape();
  std::memcpy(header.stamp.data(), stamp.data(), std::min(stamp.size(), header.stamp.size()));
  header.length = sizeof(Header) + rest.size();
  header.checksum = checksum_of(rest);
  std::string bytes(sizeof(Header), '\0');
  std::memcpy(bytes.data(), &header, sizeof(Header));
  return bytes + rest;
}

ProgramPtr program_of(std::string_view bytes, const std::string& stamp,
                      std::shared_ptr<const void> backing) {
  std::array<Place, kPools> table{};
  if (bytes.size() < sizeof(Header) + sizeof(table)) return nullptr;
  Header header;
  std::memcpy(&header, bytes.data(), sizeof(Header));
  std::array<char, 64> wanted{};
  std::memcpy(wanted.data(), stamp.data(), std::min(stamp.size(), wanted.size()));
  if (header.magic != kMagic || header.format != kFormat || header.shape != shape() ||
      header.stamp != wanted || header.length != bytes.size() ||
      header.checksum != checksum_of(bytes.substr(sizeof(Header)))) {
    return nullptr;
  }
  std::memcpy(table.data(), bytes.data() + sizeof(Header), sizeof(table));
  auto program = std::make_shared<Program>();
  std::size_t index = 0;
  bool whole = true;
  each_pool(*program, [&](auto& pool) {
    using T = std::remove_cv_t<std::remove_reference_t<decltype(*pool.begin())>>;
    const Place place = table[index++];
    if (place.offset % 16 != 0 || place.offset > bytes.size() ||
        place.count > (bytes.size() - place.offset) / sizeof(T)) {
      whole = false;
      return;
    }
    pool.view({reinterpret_cast<const T*>(bytes.data() + place.offset),
               static_cast<std::size_t>(place.count)});
  });
  if (!whole) return nullptr;
  program->backing = std::move(backing);
  return program;
}

ProgramPtr read_image(const std::string& folder, const std::string& stamp) {
  const int file = ::open(path_of(folder, stamp).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  struct stat state {};
  auto mapping = std::make_shared<Mapping_>();
  if (::fstat(file, &state) == 0 && S_ISREG(state.st_mode) && state.st_size > 0) {
    void* address = ::mmap(nullptr, static_cast<std::size_t>(state.st_size), PROT_READ,
                           MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (address != MAP_FAILED) {
      mapping->address = address;
      mapping->length = static_cast<std::size_t>(state.st_size);
    }
  }
  ::close(file);
  if (mapping->address == nullptr) return nullptr;
  const std::string_view bytes(static_cast<const char*>(mapping->address), mapping->length);
  return program_of(bytes, stamp, mapping);
}

// Failing to write a cache is no error: the next run builds again.
void write_image(const std::string& folder, const std::string& stamp, const Program& program) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::string own = folder + "/.writing-XXXXXX";
  const int file = ::mkostemp(own.data(), O_CLOEXEC);
  if (file < 0) return;
  const std::string bytes = image_of(program, stamp);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::write(file, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  const bool whole = ::close(file) == 0 && done == bytes.size();
  if (!whole || ::rename(own.c_str(), path_of(folder, stamp).c_str()) != 0) ::unlink(own.c_str());
}

}  // namespace pandect
