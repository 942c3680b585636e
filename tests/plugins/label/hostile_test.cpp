// Files that want to hurt: everything ends in a finding, within bounds, without a crash.
#include "plugins/label/build.h"
#include "plugins/label/carriers.h"
#include "plugins/label/judge.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace pandect;
using namespace pandect::label;
using namespace pandect::label::testing;

namespace {

Contents read(const std::string& bytes, const char* name = "file") {
  return read_contents(Source::of_bytes(bytes), name);
}

bool damaged(const Contents& contents, const std::string& code) {
  return std::any_of(contents.damages.begin(), contents.damages.end(),
                     [&](const Damage& damage) { return damage.code == code; });
}

const std::string kC2paUuid("\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81", 16);

std::string description(const std::string& kind, const std::string& label) {
  return box("jumd", kind + std::string(12, '\0') + '\x03' + label + '\0');
}

}  // namespace

TEST_CASE("label: every cut of every kind of file is survived") {
  const std::string label = good_label();
  const std::vector<std::string> files = {
      png({{"tEXt", text_chunk("AIGC", label)}, {"eXIf", std::string("II*\0\x08\0\0\0", 8)}}),
      jpeg({{0xE1, std::string("http://ns.adobe.com/xap/1.0/\0", 29) + xmp_label(label)}}),
      riff("WAVE", {{"AIGC", label}, {"LIST", "INFO"}}),
      webp(),
      mp4(true),
      mp3(std::string("ID3\x04\0\0\0\0\0\x12TXXX\0\0\0\x08\0\0\0AIGC\0{}", 28)),
      pdf(true),
      sample("aigc-exif-usercomment.jpg").substr(0, 3000)};
  for (const auto& file : files) {
    for (std::size_t size = 0; size<file.size(); size += file.size()> 1500 ? 7 : 1) {
      CAPTURE(size);
      read(file.substr(0, size));
    }
  }
}

TEST_CASE("label: bytes that are turned over do not crash a reader") {
  std::uint32_t state = 1;
  for (const char* name : {"aigc-exif-usercomment.jpg", "aigc-two-carriers-disagree.png",
                           "c2pa-composite-trained.png", "aigc-xmp-compressed-itxt.png"}) {
    const std::string whole = sample(name).substr(0, 30'000);
    for (int round = 0; round < 200; ++round) {
      std::string file = whole;
      for (int i = 0; i < 8; ++i) {
        state = state * 1664525 + 1013904223;
        file[(state >> 8) % std::min<std::size_t>(file.size(), 4096)] = static_cast<char>(state);
      }
      read(file);
    }
  }
}

TEST_CASE("label: a wrong check sum is damage and its chunk is not believed") {
  std::string file = png({{"tEXt", text_chunk("AIGC", good_label())}});
  file[file.find("examplecorp")] = 'E';
  const Contents contents = read(file);
  CHECK(contents.labels.empty());
  CHECK(damaged(contents, "crc"));
}

TEST_CASE("label: what grows without end is cut") {
  const std::string bomb = deflated(std::string(40u << 20, ' '));
  const Contents ztxt = read(png({{"zTXt", std::string("AIGC\0\0", 6) + bomb}}));
  CHECK(ztxt.labels.empty());
  CHECK(damaged(ztxt, "text"));
  const Contents itxt =
      read(png({{"iTXt", std::string("XML:com.adobe.xmp\0\1\0\0\0", 22) + bomb}}));
  CHECK(damaged(itxt, "text"));
  std::string file = png({});
  file.replace(file.find("IDAT") - 4, 4, "\xFF\xFF\xFF\xFF");
  CHECK(damaged(read(file), "truncated"));
}

TEST_CASE("label: boxes of four gigabytes, of no size and of less than their header") {
  for (const std::string& size : {std::string("\xFF\xFF\xFF\xFF", 4), std::string("\0\0\0\x01", 4),
                                  std::string("\0\0\0\x07", 4)}) {
    const std::string file =
        box("ftyp", std::string("isom\0\0\2\0", 8)) + size + "moov" + std::string(64, '\xFF');
    CHECK(!read(file).damages.empty());
  }
  // A box of size 0 runs to the end of what holds it, and ends there.
  const std::string endless =
      box("ftyp", "isom") + box("moov", std::string("\0\0\0\0udta\0\0\0\0meta\0\0\0\0", 20));
  CHECK(read(endless).labels.empty());
  std::string nested = box("free", "");
  for (int i = 0; i < 5000; ++i) nested = nested.size() > 60'000 ? nested : box("udta", nested);
  CHECK(read(box("ftyp", "isom") + box("moov", nested)).labels.empty());
}

TEST_CASE("label: JUMBF that is nested without end or holds itself") {
  std::string deep = box("jumb", description("c2ma", "x"));
  for (int i = 0; i < 100; ++i) deep = box("jumb", description("c2pa", "c2pa") + deep);
  const Contents nested = read(png({{"caBX", deep}}));
  CHECK(damaged(nested, "jumbf"));
  // A box cannot hold itself: one that says it is longer than its parent is broken.
  std::string own = box("jumb", description("c2pa", "c2pa") + box("jumb", "12345678"));
  own.replace(own.size() - 16, 4, std::string("\0\0\xFF\xFF", 4));
  CHECK(damaged(read(png({{"caBX", own}})), "jumbf"));
  std::string zero = box("jumb", description("c2pa", "c2pa") + std::string("\0\0\0\0jumb", 8));
  CHECK(damaged(read(png({{"caBX", zero}})), "jumbf"));
  const Contents claim = read(
      png({{"caBX",
            box("jumb",
                description("c2pa", "c2pa") +
                    box("jumb", description("c2ma", "m") +
                                    box("jumb", description("c2cl", "c") +
                                                    box("cbor", std::string(5000, '\x81')))))}}));
  REQUIRE(claim.c2pa.has_value());
  CHECK(damaged(claim, "cbor"));
}

TEST_CASE("label: CBOR within its bounds and beyond") {
  const auto good = [](const std::string& bytes) { return read_cbor(bytes).dump(); };
  CHECK(good("\x18\x64") == "100");
  CHECK(good("\x29") == "-10");
  CHECK(good("\xc0\x74"
             "2013-03-21T20:04:00Z") == "\"2013-03-21T20:04:00Z\"");  // tag 0
  CHECK(good("\xf9\x3c\x01") == "1.0009765625");                      // half
  CHECK(good("\x7f\x65strea\x64ming\xff") == "\"streaming\"");
  CHECK(good("\x9f\x01\x82\x02\x03\xff") == "[1,[2,3]]");
  CHECK(good("\xbf\x61"
             "a\x01\x18\x21\xf5\xff") == "{\"33\":true,\"a\":1}");
  for (const std::string& bad :
       {std::string(), std::string("\x18"), std::string("\x9f\x01"), std::string("\x5b\xff"),
        std::string("\x7f\x41"
                    "a\xff"),
        std::string("\xbf\x61"), std::string("\x1c"), std::string("\xff"),
        std::string(1000, '\x81'), std::string(1000, '\xc1'),
        std::string("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9),
        std::string("\x7b\xff\xff\xff\xff\xff\xff\xff\xff", 9)})
    CHECK(read_cbor(bad).is_discarded());
}

TEST_CASE("label: XMP with a document type, in UTF-16, nested, and of another namespace") {
  const auto chunk = [](const std::string& packet) {
    return read(png({{"iTXt", std::string("XML:com.adobe.xmp\0\0\0\0\0", 22) + packet}}));
  };
  const Contents entity = chunk("<!DOCTYPE x [<!ENTITY a \"b\">]>" + xmp_label(good_label()));
  CHECK(damaged(entity, "dtd"));
  CHECK(entity.labels.empty());
  std::string wide("\xFE\xFF");
  const std::string packet = xmp_label(good_label());
  for (const char each : packet.substr(packet.find("<x:xmpmeta")))
    wide += std::string(1, '\0') + each;
  CHECK(chunk(wide).labels.size() == 1);
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "<a>";
  CHECK(!chunk(deep).damages.empty());
  for (int i = 0; i < 50'000; ++i) deep += "</a>";
  CHECK(damaged(chunk(deep), "bounds"));
  std::string other = xmp_label(good_label());
  other.replace(other.find("www.tc260"), 3, "xxx");
  CHECK(chunk(other).labels.empty());
  CHECK(chunk(other).misplaced.size() == 1);
}

TEST_CASE("label: keys where nobody looks are told, not believed") {
  const Contents lower = read(png({{"tEXt", text_chunk("aigc", good_label())}}));
  CHECK(lower.labels.empty());
  CHECK(lower.misplaced.size() == 1);
  const Contents comment = read(png({{"tEXt", text_chunk("Comment", good_label())}}));
  CHECK(comment.labels.empty());
  CHECK(comment.misplaced.size() == 1);
  const Contents prose = read(png({{"tEXt", text_chunk("Comment", "AIGC is a word")}}));
  CHECK(prose.labels.empty());
  CHECK(prose.misplaced.empty());
}

TEST_CASE("label: two carriers of one label are one too many") {
  const auto rules = built_in_rules();
  const std::string xmp_text = std::string("XML:com.adobe.xmp\0\0\0\0\0", 22);
  const auto codes = [&](const std::string& a, const std::string& b) {
    const Contents contents =
        read(png({{"tEXt", text_chunk("AIGC", a)}, {"iTXt", xmp_text + xmp_label(b)}}));
    return judge(contents, *rules, {}).findings.at(0).code;
  };
  CHECK(codes(good_label(), good_label()) == "duplicate_label");
  CHECK(codes(good_label("a1"), good_label("a2")) == "fields_disagree");
}

TEST_CASE("label: each container is read where its guide puts the label") {
  const std::string label = good_label();
  CHECK(read(riff("WAVE", {{"AIGC", label}})).labels.size() == 1);
  CHECK(read(riff("AVI ", {{"LIST", "INFO" + riff("", {{"AIGC", label}}).substr(8)}}))
            .labels.size() == 1);
  CHECK(read(riff("WEBP", {{"XMP ", xmp_label(label)}})).labels.size() == 1);
  const Contents markdown = read(
      "---\ntitle: x\nAIGC:\n  Label: '1'\n  ContentProducer: a\n"
      "  ProduceID: '3'\n  ReservedCode1: ''\n  ContentPropagator: a\n"
      "  PropagateID: '3'\n  ReservedCode2: ''\n---\n# Title\n",
      "a.md");
  REQUIRE(markdown.labels.size() == 1);
  CHECK(judge(markdown, *built_in_rules(), {"cn"}).wants[0].state == "shown");
  const Contents number = read("---\nAIGC: {Label: 1}\n---\n", "a.md");
  CHECK(judge(number, *built_in_rules(), {}).verdict == "nonconforming");
  CHECK(read("---\nAIGC: [\n---\n", "a.md").damages.size() == 1);
  CHECK(read("<p>AI生成</p>", "a.html").kind == Kind::html);
  CHECK(read(std::string("\0\1\2", 3)).kind == Kind::unknown);
  CHECK(read("").kind == Kind::unknown);
}

TEST_CASE("label: a PDF whose tables lead in circles or whose objects are missing") {
  std::string circle = pdf(true);
  circle.replace(circle.find("/Root"), 5,
                 "/Prev " + std::to_string(circle.find("xref")) + " /Root");
  CHECK(read(circle).kind == Kind::pdf);
  std::string gone = pdf(true);
  gone.replace(gone.find("/Root 1"), 7, "/Root 9");
  CHECK(!read(gone).damages.empty());
  CHECK(!read("%PDF-1.4\nnothing").damages.empty());
  CHECK(!read("%PDF-1.4\nstartxref\n99999999999999999999\n").damages.empty());
  std::string locked = pdf(true);
  locked.replace(locked.find("/Root"), 5, "/Encrypt 9 0 R /Root");
  CHECK(damaged(read(locked), "encrypted"));
}
