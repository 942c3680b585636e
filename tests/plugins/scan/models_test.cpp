#include "plugins/scan/models.h"

#include "plugins/scan/folder.h"

using namespace pandect;
using namespace pandect::scan;
using pandect::testing::Folder;

namespace {

std::string little(std::uint64_t value, int width) {
  std::string out;
  for (int each = 0; each < width; ++each) out += static_cast<char>((value >> (8 * each)) & 0xFF);
  return out;
}

std::string safetensors(const std::string& header) { return little(header.size(), 8) + header; }

std::string gguf_text(const std::string& text) { return little(text.size(), 8) + text; }

std::string gguf() {
  return "GGUF" + little(3, 4) + little(2, 8) + little(3, 8) + gguf_text("general.architecture") +
         little(8, 4) + gguf_text("llama") + gguf_text("tokenizer.ggml.tokens") + little(9, 4) +
         little(8, 4) + little(2, 8) + gguf_text("a") + gguf_text("b") +  //
         gguf_text("general.file_type") + little(4, 4) + little(1, 4) +   //
         gguf_text("w") + little(2, 4) + little(10, 8) + little(20, 8) + little(0, 4) +
         little(0, 8) +  //
         gguf_text("b") + little(1, 4) + little(7, 8) + little(0, 4) + little(0, 8);
}

// A field of protobuf with a length.
std::string field(int number, const std::string& bytes) {
  std::string out(1, static_cast<char>(number << 3 | 2));
  std::uint64_t size = bytes.size();
  do {
    out += static_cast<char>((size & 0x7F) | (size > 0x7F ? 0x80 : 0));
    size >>= 7;
  } while (size > 0);
  return out + bytes;
}

std::string onnx() {
  const std::string packed = field(1, std::string("\x03\x04", 2)) + field(9, std::string(300, 'x'));
  const std::string plain = std::string("\x08\x05\x08\x02", 4);
  return std::string("\x08\x08", 2) + field(2, "pytorch") +
         field(7, field(5, packed) + field(5, plain));
}

std::optional<ModelFile> read(const std::string& name, const std::string& bytes) {
  const Folder folder;
  folder.write(name, bytes);
  return read_model(folder.root(), name, bytes.size());
}

}  // namespace

TEST_CASE("safetensors: parameters by shapes, words of the metadata, no shape twice") {
  const auto model = read("a.safetensors", safetensors(R"({"__metadata__":{"format":"pt",
    "modelspec.architecture":"stable-diffusion-xl-v1-base/lora"},
    "w":{"dtype":"F16","shape":[10,20],"data_offsets":[0,400]},
    "s":{"dtype":"F16","shape":[],"data_offsets":[0,2]}})"));
  REQUIRE(model);
  CHECK(model->parameters == 201u);
  CHECK(model->tensors == 2u);
  CHECK(model->architecture == "stable-diffusion-xl-v1-base/lora");
}

TEST_CASE("safetensors: an index of parts, and the configuration beside it") {
  const Folder folder;
  folder.write(
      "m/model.safetensors.index.json",
      R"({"metadata":{"total_size":16,"total_parameters":8},"weight_map":{"a":"x","b":"x"}})");
  folder.write("m/config.json", R"({"model_type":"qwen2","_name_or_path":"Qwen/x"})");
  const auto model = read_model(folder.root(), "m/model.safetensors.index.json", 90);
  REQUIRE(model);
  CHECK(model->parameters == 8u);
  CHECK(model->architecture == "qwen2");
}

TEST_CASE("GGUF: architecture and parameters") {
  const auto model = read("a.gguf", gguf());
  REQUIRE(model);
  CHECK(model->architecture == "llama");
  CHECK(model->parameters == 207u);
  CHECK(model->note.empty());
}

TEST_CASE("ONNX: initializers with packed and plain dimensions, weights stepped over") {
  const auto model = read("a.onnx", onnx());
  REQUIRE(model);
  CHECK(model->parameters == 22u);
  CHECK(model->name == "pytorch");
}

TEST_CASE("recognised without opening: PyTorch, pickle, Keras, TFLite, SavedModel, LFS pointers") {
  CHECK(read("a.pt", "PK\x03\x04.....archive/data.pkl")->format == "pytorch");
  CHECK(read("a.pkl", "\x80\x04\x95....")->format == "pickle");
  CHECK(read("a.h5", "\x89HDF\r\n\x1a\n....")->format == "keras");
  CHECK(read("a.tflite", std::string("\x20\0\0\0TFL3", 8))->format == "tflite");
  CHECK(read("x/saved_model.pb", "\x08\x01")->format == "savedmodel");
  const auto pointer = read("a.safetensors", "version https://git-lfs.github.com/spec/v1\noid x");
  CHECK(pointer->note.find("pointer") != std::string::npos);
  CHECK_FALSE(read("firmware.bin",
                   "\x7f"
                   "ELF"));
  CHECK_FALSE(read("archive.bin", "PK\x03\x04.....readme.txt"));
  CHECK_FALSE(read("empty.pt", ""));
  CHECK_FALSE(read("short.pt", "ab"));
}

TEST_CASE("model headers that lie give no count and do no harm") {
  for (const auto& header :
       {std::string(R"({"w":{"shape":[18446744073709551615,4]}})"),
        std::string(R"({"w":{"shape":[-1]}})"), std::string(R"({"w":{"shape":[[1]]}})"),
        std::string(R"({"w":{"shape":[1)"), std::string(R"({"a":{"b":{"c":{"d":1}}}})"),
        std::string("[") + std::string(100'000, '[')}) {
    CAPTURE(header.substr(0, 60));
    const auto model = read("a.safetensors", safetensors(header));
    REQUIRE(model);
    CHECK_FALSE(model->parameters);
    CHECK_FALSE(model->note.empty());
  }
  CHECK_FALSE(read("a.safetensors", little(1ull << 40, 8) + "{}")->parameters);
  CHECK_FALSE(read("a.safetensors", "abc")->parameters);
  // Counts beyond the file, a text beyond it, an array of arrays, no end.
  for (const auto& bytes :
       {"GGUF" + little(3, 4) + little(1ull << 60, 8) + little(0, 8),
        "GGUF" + little(3, 4) + little(1, 8) + little(1, 8) + little(1ull << 62, 8) + "x",
        "GGUF" + little(3, 4) + little(0, 8) + little(1, 8) + gguf_text("k") + little(9, 4) +
            little(9, 4) + little(1ull << 61, 8),
        std::string("GGUF"), gguf().substr(0, 150)}) {
    const auto model = read("a.gguf", bytes);
    REQUIRE(model);
    CHECK_FALSE(model->parameters);
  }
  CHECK_FALSE(read("a.onnx", std::string(4000, '\xff')));
  CHECK_FALSE(read("a.onnx", "\x0a\xff\xff\xff\xff\xff\x0f"));
  const auto cut = read("a.onnx", onnx().substr(0, 40));
  CHECK((!cut || !cut->parameters));
}
