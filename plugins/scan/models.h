// Model files by their headers: what format, which architecture, how many parameters, where the
// header says so. Never unpickles, never loads, reads a bounded part, and trusts no length that a
// file states. Knows no signal.
#pragma once

#include "files/root.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pandect::scan {

struct ModelFile {
  std::string path;
  std::string format;        // safetensors, gguf, onnx, tflite, savedmodel, pytorch, pickle, keras
  std::string architecture;  // as the header or the config.json beside it names it
  std::string name;          // likewise
  std::optional<std::uint64_t> parameters;
  std::uint64_t tensors = 0;
  std::string note;  // what could not be read, or what to know of the format
};

// By the end of its name; what it is its header says.
bool may_be_model(std::string_view path);

// Empty if the header is that of no model.
std::optional<ModelFile> read_model(const Root& root, const std::string& path, std::uint64_t size);

// Bytes of a file by position, at most `budget` of them in all; what lies beyond reads as nothing.
class Window {
 public:
  Window(const Root& root, std::string path, std::uint64_t size, std::uint64_t budget)
      : root_(root), path_(std::move(path)), size_(size), budget_(budget) {}

  std::uint64_t size() const { return size_; }
  bool failed() const { return failed_; }
  // `count` bytes at `at`, or empty (and failed) where they are not there or not affordable.
  std::string_view bytes(std::uint64_t at, std::size_t count);
  std::uint64_t little(std::uint64_t at, int width);

 private:
  const Root& root_;
  std::string path_;
  std::uint64_t size_, budget_, start_ = 0;
  std::string part_;
  bool failed_ = false;
};

// Readers by format; each fills what its header tells.
void read_safetensors(Window& file, ModelFile& model);
void read_gguf(Window& file, ModelFile& model);
bool read_onnx(Window& file, ModelFile& model);

// A product or sum that does not fit is no count.
bool count_tensor(std::optional<std::uint64_t>& total, std::uint64_t elements);

}  // namespace pandect::scan
