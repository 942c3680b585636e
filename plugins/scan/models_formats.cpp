// The headers that tell of tensors: safetensors, GGUF and ONNX.
#include "plugins/scan/models.h"

#include <vector>

#include <nlohmann/json.hpp>

namespace pandect::scan {
namespace {

constexpr std::uint64_t kMaximumHeader = 48u << 20;
constexpr std::uint64_t kMaximumTensors = 1'000'000;

// The header of safetensors: {"tensor": {"dtype": ..., "shape": [..], "data_offsets": [..]}, ...,
// "__metadata__": {text: text}}. Read as it streams by, so that a large one costs no memory.
struct Tensors : nlohmann::json_sax<nlohmann::json> {
  explicit Tensors(ModelFile& file) : model(file) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return ok = !in_shape; }
  bool number_float(number_float_t, const string_t&) override { return ok = !in_shape; }
  bool binary(binary_t&) override { return true; }
  bool number_unsigned(number_unsigned_t value) override {
    if (in_shape) ok = ok && !__builtin_mul_overflow(elements, value, &elements);
    return ok;
  }
  bool string(string_t& value) override {
    if (depth != 2 || top != "__metadata__" || value.size() > 200) return true;
    if (inner == "modelspec.architecture" || inner == "architecture") model.architecture = value;
    if (inner == "modelspec.title") model.name = value;
    return true;
  }
  bool key(string_t& name) override {
    if (depth == 1) top = name.substr(0, 300);
    if (depth == 2) inner = name.substr(0, 300);
    return true;
  }
  bool start_object(std::size_t) override { return ok = ++depth <= 3; }
  bool end_object() override {
    --depth;
    return true;
  }
  bool start_array(std::size_t) override {
    if (in_shape || depth > 3) return ok = false;
    in_shape = depth == 2 && inner == "shape";
    elements = 1;
    return true;
  }
  bool end_array() override {
    if (in_shape) {
      in_shape = false;
      ok = ok && ++model.tensors <= kMaximumTensors && count_tensor(model.parameters, elements);
    }
    return ok;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return ok = false;
  }

  ModelFile& model;
  int depth = 0;
  bool in_shape = false, ok = true;
  std::string top, inner;
  std::uint64_t elements = 1;
};

void forget(ModelFile& model, std::string note) {
  model.parameters.reset();
  model.tensors = 0;
  model.note = std::move(note);
}

// GGUF version 2 and 3: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
class Gguf {
 public:
  Gguf(Window& file, ModelFile& model) : file_(file), model_(model) {}

  bool run() {
    const std::uint64_t version = number(4);
    if (version < 2 || version > 3) return false;
    const std::uint64_t tensors = number(8), pairs = number(8);
    if (tensors > kMaximumTensors || pairs > kMaximumTensors) return false;
    for (std::uint64_t each = 0; each < pairs && !file_.failed(); ++each) {
      const std::string key = text();
      if (!value(key, number(4), 0)) return false;
    }
    for (std::uint64_t each = 0; each < tensors && !file_.failed(); ++each) {
      if (!tensor()) return false;
    }
    model_.tensors = tensors;
    return !file_.failed();
  }

 private:
  std::uint64_t number(int width) {
    const std::uint64_t value = file_.little(at_, width);
    at_ += static_cast<std::uint64_t>(width);
    return value;
  }

  void skip(std::uint64_t count) { at_ = count > file_.size() ? file_.size() + 1 : at_ + count; }

  std::string text() {
    const std::uint64_t size = number(8);
    if (size > 4096) {
      skip(size);
      return {};
    }
    std::string value(file_.bytes(at_, static_cast<std::size_t>(size)));
    skip(size);
    return value;
  }

  static int width_of(std::uint64_t type) {
    constexpr int kWidths[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return type < 13 ? kWidths[type] : 0;
  }

  bool value(const std::string& key, std::uint64_t type, int depth) {
    if (file_.failed() || type > 12 || depth > 3) return false;
    if (type == 8) {
      const std::string words = text();
      if (key == "general.architecture") model_.architecture = words;
      if (key == "general.name") model_.name = words;
      return !file_.failed();
    }
    if (type != 9) {
      skip(static_cast<std::uint64_t>(width_of(type)));
      return true;
    }
    const std::uint64_t element = number(4), count = number(8);
    if (count > file_.size()) return false;  // each takes a byte at least
    if (const int width = width_of(element); width > 0) {
      skip(count * static_cast<std::uint64_t>(width));
      return at_ <= file_.size();
    }
    for (std::uint64_t each = 0; each < count; ++each) {
      if (!value("", element, depth + 1)) return false;
    }
    return true;
  }

  bool tensor() {
    text();
    const std::uint64_t dimensions = number(4);
    if (dimensions > 8) return false;
    std::uint64_t elements = 1;
    for (std::uint64_t each = 0; each < dimensions; ++each) {
      if (__builtin_mul_overflow(elements, number(8), &elements)) return false;
    }
    skip(12);  // type and offset
    return count_tensor(model_.parameters, elements);
  }

  Window& file_;
  ModelFile& model_;
  std::uint64_t at_ = 4;
};

// ONNX is a protobuf message without a mark of its own: ModelProto (ir_version = 1, producer_name
// = 2, graph = 7), GraphProto (initializer = 5), TensorProto (dims = 1). Weights are stepped over.
class Onnx {
 public:
  Onnx(Window& file, ModelFile& model) : file_(file), model_(model) {}

  bool run() {
    bool graph = false;
    fields(0, file_.size(), [&](std::uint64_t field, std::uint64_t at, std::uint64_t end) {
      if (field == 2) producer(at, end);
      if (field == 7) {
        graph = true;
        fields(at, end, [&](std::uint64_t inner, std::uint64_t from, std::uint64_t to) {
          if (inner == 5) tensor(from, to);
        });
      }
    });
    if (broken_ || steps_ == 0) forget(model_, "the header could not be read to its end");
    return graph;
  }

 private:
  // Varint at `at`; moves it.
  std::uint64_t varint(std::uint64_t& at, std::uint64_t end) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) break;
      const auto part = file_.bytes(at, 1);
      if (part.empty()) break;
      ++at;
      const auto byte = static_cast<unsigned char>(part[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    broken_ = true;
    return 0;
  }

  // Calls with the number and the bounds of each field that has a length; a number stands as
  // bounds of its own bytes.
  template <typename Do>
  void fields(std::uint64_t at, std::uint64_t end, Do what) {
    while (at < end && !broken_) {
      if (steps_ == 0) return;
      --steps_;
      const std::uint64_t tag = varint(at, end), kind = tag & 7;
      if (broken_ || tag >> 3 == 0) {
        broken_ = true;
        return;
      }
      const std::uint64_t from = at;
      std::uint64_t length = kind == 1 ? 8 : kind == 5 ? 4 : 0;
      if (kind == 0) {
        varint(at, end);
        if (!broken_) what(tag >> 3, from, at);
        continue;
      }
      if (kind == 2) length = varint(at, end);
      if (kind > 2 && kind != 5) broken_ = true;
      if (broken_ || length > end - at) {
        broken_ = true;
        return;
      }
      if (kind == 2) what(tag >> 3, at, at + length);
      at += length;
    }
  }

  void producer(std::uint64_t at, std::uint64_t end) {
    if (end - at <= 100)
      model_.name = std::string(file_.bytes(at, static_cast<std::size_t>(end - at)));
  }

  void tensor(std::uint64_t at, std::uint64_t end) {
    std::uint64_t elements = 1;
    bool fits = true;
    fields(at, end, [&](std::uint64_t field, std::uint64_t from, std::uint64_t to) {
      if (field != 1) return;
      while (from < to && !broken_)  // one dimension, or several packed
        fits = fits && !__builtin_mul_overflow(elements, varint(from, to), &elements);
    });
    if (broken_) return;
    ++model_.tensors;
    broken_ = !fits || !count_tensor(model_.parameters, elements);
  }

  Window& file_;
  ModelFile& model_;
  std::uint64_t steps_ = 2'000'000;
  bool broken_ = false;
};

}  // namespace

void read_safetensors(Window& file, ModelFile& model) {
  const std::uint64_t length = file.size() < 8 ? 0 : file.little(0, 8);
  if (length < 2 || length > kMaximumHeader || length > file.size() - 8) {
    model.note = "the header is not that of safetensors, or too long";
    return;
  }
  const auto header = file.bytes(8, static_cast<std::size_t>(length));
  Tensors tensors(model);
  if (header.empty() ||
      !nlohmann::json::sax_parse(header, &tensors, nlohmann::json::input_format_t::json, false) ||
      !tensors.ok)
    forget(model, "the header could not be read to its end");
}

void read_gguf(Window& file, ModelFile& model) {
  if (!Gguf(file, model).run()) forget(model, "the header could not be read to its end");
}

bool read_onnx(Window& file, ModelFile& model) { return Onnx(file, model).run(); }

}  // namespace pandect::scan
