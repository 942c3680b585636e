// What is written is read back as it was meant, once, and picture and sound stay as they were.
#include "plugins/label/write.h"

#include "plugins/label/build.h"
#include "plugins/label/judge.h"

#include <doctest/doctest.h>

using namespace pandect;
using namespace pandect::label;
using namespace pandect::label::testing;

namespace {

std::string bytes_of(const Plan& plan, const std::string& old) {
  return source_of(plan, Source::of_bytes(old)).read(0, static_cast<std::size_t>(plan.size()));
}

std::string wrote(const std::string& old, const char* name, const std::string& json,
                  bool replace = false) {
  const auto plan = plan_label(Source::of_bytes(old), name, json, {replace});
  if (!plan) {
    FAIL_CHECK(to_string(plan.errors()[0]));
    return {};
  }
  return bytes_of(*plan, old);
}

std::string refused(const std::string& old, const char* name) {
  const auto plan = plan_label(Source::of_bytes(old), name, good_label(), {});
  return plan ? std::string() : plan.errors()[0].message;
}

// The parts that must not change: picture data, sound, pages.
std::string media(const std::string& bytes, Kind kind) {
  const auto between = [&](const std::string& from, const std::string& to) {
    const std::size_t start = bytes.find(from);
    return start == std::string::npos ? std::string("none")
                                      : bytes.substr(start, bytes.find(to, start) - start);
  };
  switch (kind) {
    case Kind::png:
      return between("IDAT", "IEND");
    case Kind::jpeg:
      return between("\xFF\xDA", "\xFF\xD9");
    case Kind::webp:
      return between("VP8L", "XMP ");
    case Kind::wav:
      return between("data", "AIGC");
    case Kind::mp3:
      return between("\xFF\xFB\x90", "end");
    case Kind::mp4:
      return bytes.substr(bytes.find("mdat"), 21);
    default:
      return bytes;
  }
}

}  // namespace

TEST_CASE("label: the label is written into each kind of file, and only the label") {
  struct Case {
    const char* name;
    std::string bytes;
    const char* carrier;
  };
  const Case cases[] = {
      {"a.png", png({{"tEXt", text_chunk("Title", "x")}}), "xmp TC260:AIGC"},
      {"b.png", sample("iptc-trained.png"), "xmp TC260:AIGC"},
      {"a.jpg", jpeg({}), "xmp TC260:AIGC"},
      {"a.webp", webp(), "xmp TC260:AIGC"},
      {"a.wav", wav(), "riff chunk AIGC"},
      {"a.mp3", mp3(), "id3 TXXX AIGC"},
      {"b.mp3", mp3(std::string("ID3\x03\0\0\0\0\0\x0eTIT2\0\0\0\x04\0\0\0Abc", 24)),
       "id3 TXXX AIGC"},
      {"a.mp4", mp4(false), "mp4 ilst AIGC"},
      {"b.mp4", mp4(true), "mp4 ilst AIGC"},
      {"a.pdf", pdf(true), "pdf Info /AIGC"},
      {"b.pdf", pdf(false), "pdf Info /AIGC"},
      {"a.md", "# Title\ntext\n", "markdown front matter AIGC"},
      {"b.md", "---\ntitle: x\n---\n# Title\n", "markdown front matter AIGC"}};
  const auto rules = built_in_rules();
  for (const auto& each : cases) {
    CAPTURE(each.name);
    const std::string first = wrote(each.bytes, each.name, good_label("one"));
    const Contents contents = read_contents(Source::of_bytes(first), each.name);
    REQUIRE(contents.labels.size() == 1);
    CHECK(contents.labels[0].carrier == each.carrier);
    CHECK(judge(contents, *rules, {"cn"}).wants[0].state == "shown");
    if (contents.kind != Kind::pdf && contents.kind != Kind::markdown)
      CHECK(media(first, contents.kind) == media(each.bytes, contents.kind));
    if (contents.kind == Kind::pdf) CHECK(first.substr(0, each.bytes.size()) == each.bytes);
    // A second one is refused unless it takes the place of the first.
    CHECK(refused(first, each.name).find("carries a label already") != std::string::npos);
    const std::string second = wrote(first, each.name, good_label("two"), true);
    const Contents replaced = read_contents(Source::of_bytes(second), each.name);
    REQUIRE(replaced.labels.size() == 1);
    CHECK(replaced.labels[0].text.find("\"two\"") != std::string::npos);
  }
}

TEST_CASE("label: what stood beside the label stays") {
  const std::string iptc = wrote(sample("iptc-trained.png"), "a.png", good_label());
  const Contents contents = read_contents(Source::of_bytes(iptc), "a.png");
  REQUIRE(contents.source_types.size() == 1);
  CHECK(contents.source_types[0].term == "trainedAlgorithmicMedia");
  const std::string titled = wrote(pdf(true), "a.pdf", good_label());
  const Contents pdf_contents = read_contents(Source::of_bytes(titled), "a.pdf");
  CHECK(pdf_contents.texts.at(0).text == "A (small) title");
  CHECK(pdf_contents.texts.at(1).text == "Test");
  const std::string front = wrote("---\r\ntitle: x\r\n---\r\nbody", "a.md", good_label());
  CHECK(front.find("title: x\r\nAIGC:\r\n  Label: \"1\"\r\n") != std::string::npos);
  CHECK(front.substr(front.size() - 9) == "---\r\nbody");
}

TEST_CASE("label: an old label in a text chunk gives way to the one in XMP") {
  const std::string old = sample("aigc-text-chunk.png");
  const std::string fresh = wrote(old, "a.png", good_label("new"), true);
  const Contents contents = read_contents(Source::of_bytes(fresh), "a.png");
  REQUIRE(contents.labels.size() == 1);
  CHECK(contents.labels[0].carrier == "xmp TC260:AIGC");
}

TEST_CASE("label: media of an MP4 stay where the offsets point") {
  const std::string old = mp4(true), fresh = wrote(old, "a.mp4", good_label());
  const std::size_t at = old.find("mdat");
  CHECK(fresh.find("mdat") == at);
  CHECK(fresh.find("free") == old.find("moov"));  // the old index became free space
  const std::string last = mp4(false), behind = wrote(last, "a.mp4", good_label());
  CHECK(behind.substr(0, last.find("moov") - 4) == last.substr(0, last.find("moov") - 4));
}

TEST_CASE("label: where it is not safe it is refused with the reason") {
  CHECK(refused(sample("c2pa-trained-google.png"), "a.png").find("C2PA manifest") !=
        std::string::npos);
  CHECK(refused(sample("truncated.png"), "a.png").find("damaged") != std::string::npos);
  CHECK(refused(sample("aigc-bad-crc.png"), "a.png").find("damaged") != std::string::npos);
  CHECK(refused("a text", "a.txt").find("no place") != std::string::npos);
  CHECK(refused("<html>", "a.html").find("no place") != std::string::npos);
  CHECK(refused(std::string("\0\1", 2), "a.bin").find("not known") != std::string::npos);
  CHECK(refused(mp4(false) + box("moof", ""), "a.mp4").find("fragmented") != std::string::npos);
  CHECK(refused(mp4(true).substr(0, 20) + box("moov", "") + std::string("\0\0\0\0mdatxx", 10),
                "a.mp4")
            .find("runs to the end") != std::string::npos);
  std::string old_tag("ID3\x02\0\0\0\0\0\0", 10);
  CHECK(refused(mp3(old_tag), "a.mp3").find("old version") != std::string::npos);
  // The label in EXIF cannot be taken out, so a second one is not put beside it.
  const auto plan = plan_label(Source::of_bytes(sample("aigc-exif-usercomment.jpg")), "a.jpg",
                               good_label(), {true});
  REQUIRE(!plan.ok());
  CHECK(plan.errors()[0].message.find("exif UserComment") != std::string::npos);
}

TEST_CASE("label: settings of a label are checked before anything is written") {
  const auto rules = built_in_rules();
  const auto good = label_json({"Label=1", "ContentProducer=examplecorp", "ProduceID=x=1"}, *rules);
  REQUIRE(good.ok());
  CHECK(*good == good_label("x=1"));
  const auto problem = [&](const std::vector<std::string>& settings) {
    const auto json = label_json(settings, *rules);
    return json ? std::string() : json.errors()[0].message;
  };
  CHECK(problem({}).find("Label must be") != std::string::npos);
  CHECK(problem({"Label=1"}).find("ContentProducer must not be empty") != std::string::npos);
  CHECK(problem({"Lable=1"}).find("did you mean `Label`?") != std::string::npos);
  CHECK(problem({"Label"}).find("sets nothing") != std::string::npos);
  CHECK(problem({"Label=1", "ContentProducer=a b", "ProduceID=c"}).find("not allowed") !=
        std::string::npos);
}
