#include "store/transfer.h"

#include "base/digest.h"
#include "base/names.h"

#include <set>

#include <nlohmann/json.hpp>
#include <sodium/utils.h>

namespace pandect::store {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;

std::string base64_of(const std::string& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kBase64);
  text.pop_back();  // the final NUL
  return text;
}

std::optional<std::string> of_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, kBase64) != 0)
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

class Writer {
 public:
  explicit Writer(const Sink& sink) : sink_(sink) {}

  void start(bool salvaged) { line({{"pandect_store", 1}, {"salvaged", salvaged}}); }

  void document(const std::string& digest, const std::string& bytes) {
    if (!written_.insert(digest).second) return;
    if (invalid_utf8_at(bytes) == std::string_view::npos) {
      line({{"blob", digest}, {"text", bytes}});
    } else {
      line({{"blob", digest}, {"base64", base64_of(bytes)}});
    }
  }
  bool has(const std::string& digest) const { return written_.count(digest) != 0; }

  void entry(const Entry& entry) {
    line({{"entry", entry.sequence},
          {"kind", entry.kind},
          {"recorded_at", entry.recorded_at},
          {"body", entry.body},
          {"previous", entry.previous},
          {"hash", entry.hash}});
    ++entries_;
    head_ = entry.hash;
  }

  Trouble end() {
    line({{"end", {{"entries", entries_}, {"head", head_}}}});
    if (!failed_) return {};
    return Diagnostic{Level::error,
                      "disk",
                      {},
                      "the export could not be written",
                      "make room on the disk and try again"};
  }
  bool failed() const { return failed_; }

 private:
  void line(const Json& value) {
    failed_ = failed_ || !sink_(value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

  const Sink& sink_;
  std::set<std::string> written_;
  std::int64_t entries_ = 0;
  std::string head_ = no_hash();
  bool failed_ = false;
};

// What one line of an export says.
class Reader {
 public:
  Reader(const Store& store, std::string name, bool up_to_break)
      : store_(store), name_(std::move(name)), up_to_break_(up_to_break) {}

  Trouble line(const std::string& text) {
    ++line_;
    if (text.size() > kLongestLine) return wrong("the line is too long");
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("this is no JSON object");
    try {
      if (line_ == 1) return start(json);
      if (ended_) return wrong("something follows the end");
      if (json.contains("end")) return end(json["end"]);
      if (imported_.broken) return {};
      if (json.contains("blob")) return document(json);
      if (json.contains("entry")) return entry(json);
    } catch (const Json::exception& error) {
      return wrong(error.what());
    }
    return wrong("this line is neither a document nor an entry");
  }

  Trouble finish() {
    if (line_ == 0) return wrong("it is empty");
    if (!ended_) return wrong("the end is missing: the file was cut off");
    return {};
  }
  const Imported& imported() const { return imported_; }

 private:
  Diagnostic wrong(const std::string& message) const {
    return {Level::error,
            "bad-export",
            {name_, line_, 0},
            message + "; nothing was imported",
            "`pandect store export` writes such files"};
  }

  Trouble start(const Json& json) {
    if (!json.contains("pandect_store")) return wrong("this is no export of a store");
    if (json["pandect_store"] != 1)
      return wrong("this export is of another version than 1, the one that is known here");
    return {};
  }

  Trouble end(const Json& json) {
    ended_ = true;
    if (imported_.broken) return {};
    if (json.at("entries").get<std::int64_t>() != entries_ ||
        (entries_ > 0 && json.at("head").get<std::string>() != imported_.head))
      return wrong("its end does not fit what stands before it");
    return {};
  }

  Trouble document(const Json& json) {
    std::optional<std::string> bytes;
    if (json.contains("text")) bytes = json["text"].get<std::string>();
    if (json.contains("base64")) bytes = of_base64(json["base64"].get<std::string>());
    if (!bytes || digest_of(*bytes) != json["blob"].get<std::string>())
      return wrong("the document is not what its digest says");
    return store_.add_document(*bytes);
  }

  Trouble entry(const Json& json) {
    const Entry entry{
        json["entry"].get<std::int64_t>(),         json.at("kind").get<std::string>(),
        json.at("recorded_at").get<std::string>(), json.at("body").get<std::string>(),
        json.at("previous").get<std::string>(),    json.at("hash").get<std::string>()};
    const bool follows =
        entry.sequence == entries_ + 1 && entry.previous == head_ && entry.hash == hash_of(entry);
    if (!follows) {
      if (!up_to_break_)
        return wrong("entry " + std::to_string(entry.sequence) + " does not follow the one before");
      imported_.broken = true;
      return {};
    }
    ++entries_;
    head_ = imported_.head = entry.hash;
    const auto here = store_.find(std::to_string(entry.sequence));
    if (here && here->hash == entry.hash) {
      ++imported_.known;
      return {};
    }
    if (here) {
      return wrong("this store has another entry " + std::to_string(entry.sequence) +
                   ": the two have different histories; import into a new one");
    }
    if (here.errors().front().code != "no-entry") return here.errors().front();
    if (auto trouble = store_.add(entry)) {
      if (!up_to_break_ || trouble->code != "broken-chain") return trouble;
      imported_.broken = true;  // a document that it rests upon was lost
      imported_.head = entry.previous;
      return {};
    }
    ++imported_.added;
    return {};
  }

  const Store& store_;
  std::string name_;
  bool up_to_break_;
  int line_ = 0;
  bool ended_ = false;
  std::int64_t entries_ = 0;
  std::string head_ = no_hash();
  Imported imported_;
};

}  // namespace

Trouble export_store(const Store& store, const Sink& sink) {
  Writer writer(sink);
  writer.start(false);
  Trouble trouble;
  const auto read = store.each(1, [&](const Entry& entry) {
    const auto blobs = blobs_of(entry.body);
    if (!blobs || hash_of(entry) != entry.hash) {
      trouble = Diagnostic{Level::error,
                           "damaged",
                           {store.file(), 0, 0},
                           "entry " + std::to_string(entry.sequence) + " was changed",
                           "`pandect store export --salvage` takes what is whole"};
      return false;
    }
    for (const auto& digest : *blobs) {
      if (writer.has(digest)) continue;
      const auto bytes = store.document(digest);
      if (!bytes) {
        trouble = bytes.errors().front();
        return false;
      }
      writer.document(digest, *bytes);
    }
    writer.entry(entry);
    return !writer.failed();
  });
  if (trouble) return trouble;
  if (read) return read;
  return writer.end();
}

Trouble export_salvaged(const Salvaged& salvaged, const Sink& sink) {
  Writer writer(sink);
  writer.start(true);
  for (const auto& entry : salvaged.entries) {
    for (const auto& digest : blobs_of(entry.body).value_or(std::vector<std::string>())) {
      const auto found = salvaged.documents.find(digest);
      if (found != salvaged.documents.end()) writer.document(digest, found->second);
    }
    writer.entry(entry);
  }
  for (const auto& [digest, bytes] : salvaged.documents) writer.document(digest, bytes);
  return writer.end();
}

Result<Imported> import_lines(const Store& store, const std::string& name, const Lines& lines,
                              bool up_to_break) {
  Transaction transaction(store.connection());
  if (transaction.trouble()) return *transaction.trouble();
  Reader reader(store, name, up_to_break);
  std::string line;
  while (lines(line)) {
    if (auto trouble = reader.line(line)) return *trouble;
  }
  if (auto trouble = reader.finish()) return *trouble;
  if (auto trouble = transaction.commit()) return *trouble;
  return reader.imported();
}

}  // namespace pandect::store
