#include "plugins/scan/models.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace pandect::scan {
namespace {

constexpr std::uint64_t kBudget = 96u << 20;
constexpr std::size_t kPart = 64 * 1024;

constexpr std::array<std::string_view, 16> kEndings{
    ".safetensors", ".gguf", ".ggml",   ".onnx",   ".tflite", ".pt",   ".pth",   ".ckpt",
    ".bin",         ".pkl",  ".pickle", ".joblib", ".h5",     ".hdf5", ".keras", ".litertlm"};

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Transformers and diffusers describe weights in a file beside them.
void read_config(const Root& root, ModelFile& model) {
  const auto text = root.read(folder_of(model.path) + "config.json", 1u << 20);
  if (!text) return;
  const auto config = nlohmann::json::parse(*text, nullptr, false);
  if (!config.is_object()) return;
  model.architecture = text_of(config, "model_type");
  if (model.architecture.empty()) model.architecture = text_of(config, "_class_name");
  if (model.name.empty()) model.name = text_of(config, "_name_or_path");
}

void read_index(const Root& root, ModelFile& model) {
  model.format = "safetensors";
  const auto text = root.read(model.path, 16u << 20);
  if (!text) return;
  const auto index = nlohmann::json::parse(*text, nullptr, false);
  if (!index.is_object()) {
    model.note = "the index is no JSON";
    return;
  }
  if (const auto map = index.find("weight_map"); map != index.end()) model.tensors = map->size();
  const auto metadata = index.find("metadata");
  if (metadata == index.end() || !metadata->is_object()) return;
  if (const auto count = metadata->find("total_parameters");
      count != metadata->end() && count->is_number_unsigned())
    model.parameters = count->get<std::uint64_t>();
  if (const auto bytes = metadata->find("total_size");
      bytes != metadata->end() && bytes->is_number())
    model.note = "index of several files, " + bytes->dump() + " bytes in all";
}

bool is_pointer(std::string_view head) {
  return head.starts_with("version https://git-lfs.github.com/spec/");
}

bool is_pickle(std::string_view head) {
  // PROTO 2 to 5, then an opcode that a pickle can begin with.
  return head.size() > 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5;
}

std::string_view by_ending(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kFormats{
      {{".safetensors", "safetensors"},
       {".gguf", "gguf"},
       {".onnx", "onnx"},
       {".tflite", "tflite"},
       {".litertlm", "tflite"},
       {".pt", "pytorch"},
       {".pth", "pytorch"},
       {".ckpt", "pytorch"},
       {".bin", "pytorch"},
       {".h5", "keras"},
       {".hdf5", "keras"},
       {".keras", "keras"}}};
  for (const auto& [ending, format] : kFormats) {
    if (path.ends_with(ending)) return format;
  }
  return "pickle";
}

const char* const kPickleNote = "loading a pickle can run code; it was not opened";

bool read_other(std::string_view head, ModelFile& model) {
  const std::string_view path = model.path;
  if (head.size() >= 8 && head.substr(4, 4) == "TFL3") {
    model.format = "tflite";
  } else if (head.starts_with("\x89HDF\r\n\x1a\n")) {
    model.format = "keras";
  } else if (head.starts_with("PK\x03\x04")) {
    if (path.ends_with(".keras")) {
      model.format = "keras";
    } else if (head.find("data.pkl") != std::string_view::npos ||
               head.find("constants.pkl") != std::string_view::npos) {
      model.format = "pytorch";
      model.note = kPickleNote;
    } else {
      return false;
    }
  } else if (is_pickle(head)) {
    // The number with which torch.save began before it wrote archives.
    const bool torch =
        head.find("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19") != std::string_view::npos;
    model.format = torch ? "pytorch" : "pickle";
    model.note = kPickleNote;
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool may_be_model(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const auto base = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return base == "saved_model.pb" || base.ends_with(".safetensors.index.json") ||
         std::any_of(kEndings.begin(), kEndings.end(),
                     [&](const auto end) { return base.ends_with(end); });
}

std::optional<ModelFile> read_model(const Root& root, const std::string& path, std::uint64_t size) {
  ModelFile model;
  model.path = path;
  if (path.ends_with(".safetensors.index.json")) {
    read_index(root, model);
    read_config(root, model);
    return model;
  }
  Window file(root, path, size, kBudget);
  const std::string head(
      file.bytes(0, static_cast<std::size_t>(std::min<std::uint64_t>(size, 4096))));
  if (head.empty()) return std::nullopt;
  if (is_pointer(head)) {
    if (path.ends_with(".bin") || path.ends_with(".pkl")) return std::nullopt;
    model.format = by_ending(path);
    model.note = "a Git LFS pointer: the file itself is not here";
  } else if (path.ends_with(".safetensors")) {
    model.format = "safetensors";
    read_safetensors(file, model);
  } else if (head.starts_with("GGUF")) {
    model.format = "gguf";
    read_gguf(file, model);
  } else if (path.ends_with(".onnx")) {
    model.format = "onnx";
    if (!read_onnx(file, model)) return std::nullopt;
  } else if (path.ends_with("saved_model.pb")) {
    model.format = "savedmodel";
  } else if (!read_other(head, model)) {
    return std::nullopt;
  }
  if (model.architecture.empty()) read_config(root, model);
  return model;
}

std::string_view Window::bytes(std::uint64_t at, std::size_t count) {
  if (failed_ || count > size_ || at > size_ - count) {
    failed_ = true;
    return {};
  }
  if (at < start_ || at + count > start_ + part_.size()) {
    const std::size_t want =
        static_cast<std::size_t>(std::min<std::uint64_t>(std::max(count, kPart), size_ - at));
    if (want > budget_) {
      failed_ = true;
      return {};
    }
    budget_ -= want;
    auto part = root_.read_part(path_, at, want);
    if (!part || part->size() < count) {  // it changed, or may not be read
      failed_ = true;
      return {};
    }
    part_ = std::move(*part);
    start_ = at;
  }
  return std::string_view(part_).substr(static_cast<std::size_t>(at - start_), count);
}

std::uint64_t Window::little(std::uint64_t at, int width) {
  const auto part = bytes(at, static_cast<std::size_t>(width));
  std::uint64_t value = 0;
  for (std::size_t index = part.size(); index-- > 0;)
    value = (value << 8) | static_cast<unsigned char>(part[index]);
  return value;
}

bool count_tensor(std::optional<std::uint64_t>& total, std::uint64_t elements) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(total.value_or(0), elements, &sum)) return false;
  total = sum;
  return true;
}

}  // namespace pandect::scan
