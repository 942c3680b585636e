#include "plugins/label/write.h"

#include "base/names.h"
#include "plugins/label/judge.h"
#include "plugins/label/writers.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

namespace pandect::label {
namespace {

Result<Plan> planned(const Source& source, const Contents& contents, const std::string& json) {
  switch (contents.kind) {
    case Kind::png:
      return write_png(source, json);
    case Kind::jpeg:
      return write_jpeg(source, json);
    case Kind::webp:
      return write_webp(source, json);
    case Kind::wav:
    case Kind::avi:
      return write_riff(source, contents.kind, json);
    case Kind::mp3:
      return write_mp3(source, json);
    case Kind::mp4:
      return write_mp4(source, json);
    case Kind::pdf:
      return write_pdf(source, json);
    case Kind::markdown:
      return write_markdown(source, json);
    case Kind::ooxml:
      return cannot_write("an Office document is an archive that would have to be packed anew",
                          "set the custom document property AIGC in the program that made it");
    case Kind::html:
    case Kind::text:
      return cannot_write("this kind of text has no place for metadata",
                          "put an explicit label into the text, such as 本文由AI生成");
    case Kind::unknown:
      break;
  }
  return cannot_write("this kind of file is not known",
                      "PNG, JPEG, WebP, WAV, AVI, MP3, MP4, PDF and Markdown can be written");
}

// What would come out, seen as a reader sees it.
std::string objection(const Contents& before, const Contents& after, const std::string& json) {
  if (after.kind != before.kind) return "the result would no longer be recognised";
  if (!after.damages.empty())
    return "the result would be damaged (" + after.damages[0].detail + ")";
  if (after.labels.size() != 1)
    return "the result would carry " + std::to_string(after.labels.size()) +
           " labels; the old one stands where it cannot be removed safely (" +
           (before.labels.empty() ? std::string("unknown") : before.labels[0].carrier) + ")";
  const auto wanted = nlohmann::json::parse(json, nullptr, false);
  const auto read = nlohmann::json::parse(after.labels[0].text, nullptr, false);
  return read == wanted ? std::string() : "the label would not be read as it was written";
}

}  // namespace

Diagnostic cannot_write(std::string why, std::string remedy) {
  return {Level::error, "label-write", {}, std::move(why), std::move(remedy)};
}

void Plan::copy(std::uint64_t offset, std::uint64_t size) {
  if (size == 0) return;
  if (!pieces.empty() && pieces.back().size > 0 &&
      pieces.back().offset + pieces.back().size == offset) {
    pieces.back().size += size;
  } else {
    pieces.push_back({offset, size, {}});
  }
}

void Plan::add(std::string bytes) {
  if (!bytes.empty()) pieces.push_back({0, 0, std::move(bytes)});
}

std::uint64_t Plan::size() const {
  std::uint64_t total = 0;
  for (const auto& piece : pieces) total += piece.size > 0 ? piece.size : piece.bytes.size();
  return total;
}

Source source_of(const Plan& plan, const Source& old) {
  return {plan.size(), [plan, old](std::uint64_t offset, std::size_t size) {
            std::string out;
            std::uint64_t start = 0;
            for (const auto& piece : plan.pieces) {
              const std::uint64_t length = piece.size > 0 ? piece.size : piece.bytes.size();
              const std::uint64_t end = start + length;
              const std::uint64_t at = offset + out.size();
              if (at < end && out.size() < size) {
                const auto part =
                    static_cast<std::size_t>(std::min<std::uint64_t>(size - out.size(), end - at));
                out += piece.size > 0
                           ? old.read(piece.offset + (at - start), part)
                           : piece.bytes.substr(static_cast<std::size_t>(at - start), part);
              }
              start = end;
            }
            return out;
          }};
}

Result<std::string> label_json(const std::vector<std::string>& settings, const Rules& rules) {
  std::map<std::string, std::string> given;
  std::vector<std::string_view> known;
  for (const auto& field : rules.fields) known.push_back(field.key);
  for (const auto& each : settings) {
    const std::size_t equals = each.find('=');
    const std::string key = each.substr(0, equals);
    if (equals == std::string::npos)
      return cannot_write("`" + each + "` sets nothing", "write --set KEY=VALUE");
    if (std::find(known.begin(), known.end(), key) == known.end())
      return cannot_write("the label has no key `" + key + "`" + did_you_mean(key, known),
                          "keys: Label, ContentProducer, ProduceID, ReservedCode1, "
                          "ContentPropagator, PropagateID, ReservedCode2");
    given[key] = each.substr(equals + 1);
  }
  if (given["Label"] == "1") {
    given.try_emplace("ContentPropagator", given["ContentProducer"]);
    given.try_emplace("PropagateID", given["ProduceID"]);
  }
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& field : rules.fields) object[field.key] = given[field.key];
  // ASCII with escapes, so that every carrier takes it whatever its encoding.
  Found found{"--set", object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)};
  std::vector<LabelFinding> findings;
  if (check_label(found, rules, findings).valid) return found.text;
  Diagnostics problems;
  for (const auto& each : findings) {
    if (each.severity == "error")
      problems.push_back(cannot_write(each.message.en, "set it with --set KEY=VALUE"));
  }
  return problems;
}

Result<Plan> plan_label(const Source& source, std::string_view name, const std::string& json,
                        const WriteOptions& options) {
  const Contents before = read_contents(source, name);
  if (!before.damages.empty())
    return cannot_write(
        "the file is damaged or beyond the bounds of the reader: " + before.damages[0].detail,
        "make the file anew and label that");
  if (before.c2pa)
    return cannot_write("the file carries a C2PA manifest whose hash a label would break",
                        "write the label first and sign afterwards");
  if (!before.labels.empty() && !options.replace)
    return cannot_write(
        "the file carries a label already (" + before.labels[0].carrier + ")",
        "see it with `pandect label FILE`; --replace puts the new one in its place");
  auto plan = planned(source, before, json);
  if (!plan) return plan;
  const std::string why = objection(before, read_contents(source_of(*plan, source), name), json);
  if (!why.empty()) return cannot_write(why, "nothing was written");
  return plan;
}

}  // namespace pandect::label
