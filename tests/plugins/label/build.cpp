#include "plugins/label/build.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <zlib.h>

namespace pandect::label::testing {

std::string good_label(const std::string& produce_id) {
  return R"({"Label":"1","ContentProducer":"examplecorp","ProduceID":")" + produce_id +
         R"(","ReservedCode1":"","ContentPropagator":"examplecorp","PropagateID":")" + produce_id +
         R"(","ReservedCode2":""})";
}

std::string png(const std::vector<std::pair<std::string, std::string>>& chunks) {
  std::string out = "\x89PNG\r\n\x1a\n";
  const auto add = [&](const std::string& type, const std::string& data) {
    put_big(out, data.size(), 4);
    const std::string body = type + data;
    out += body;
    put_big(out,
            crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())),
            4);
  };
  add("IHDR", std::string("\0\0\0\1\0\0\0\1\x08\0\0\0\0", 13));
  for (const auto& [type, data] : chunks) add(type, data);
  add("IDAT", deflated(std::string("\0\0", 2)));
  add("IEND", "");
  return out;
}

std::string text_chunk(const std::string& keyword, const std::string& text) {
  return keyword + '\0' + text;
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size,
           reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
  out.resize(size);
  return out;
}

std::string xmp(const std::string& properties) {
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta "
         "xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
         "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
         "rdf:about=\"\" "
         "xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\" "
         "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">" +
         properties + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";
}

std::string xmp_label(const std::string& json) {
  std::string escaped;
  for (const char each : json) escaped += each == '"' ? "&quot;" : std::string(1, each);
  return xmp("<TC260:AIGC>" + escaped + "</TC260:AIGC>");
}

std::string jpeg(const std::vector<std::pair<int, std::string>>& segments) {
  std::string out = "\xFF\xD8";
  const auto add = [&](int marker, const std::string& data) {
    out += '\xFF';
    out += static_cast<char>(marker);
    put_big(out, data.size() + 2, 2);
    out += data;
  };
  add(0xE0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14));
  for (const auto& [marker, data] : segments) add(marker, data);
  add(0xDA, std::string("\1\1\0\0\x3F\0", 6));
  return out + "picture\xFF\xD9";
}

std::string riff(const std::string& form,
                 const std::vector<std::pair<std::string, std::string>>& chunks) {
  std::string body = form;
  for (const auto& [id, data] : chunks) {
    body += id;
    put_little(body, data.size(), 4);
    body += data;
    if (data.size() % 2 != 0) body += '\0';
  }
  std::string out = "RIFF";
  put_little(out, body.size(), 4);
  return out + body;
}

std::string wav() {
  std::string format;
  put_little(format, 1, 2);
  put_little(format, 1, 2);
  put_little(format, 8000, 4);
  put_little(format, 8000, 4);
  put_little(format, 1, 2);
  put_little(format, 8, 2);
  return riff("WAVE", {{"fmt ", format}, {"data", std::string(801, '\x7f')}});
}

std::string webp() {
  // VP8L with its header only: 4 x 3 pixels.
  std::string data = "\x2f";
  put_little(data, 3 | 2 << 14, 4);
  return riff("WEBP", {{"VP8L", data + "picture"}});
}

std::string box(const std::string& type, const std::string& body) {
  std::string out;
  put_big(out, body.size() + 8, 4);
  return out + type + body;
}

std::string mp4(bool media_last) {
  const std::string type = box("ftyp", std::string("isom\0\0\2\0isom", 12));
  const std::string media = box("mdat", "sound and picture"), free = box("free", "");
  const std::string moov = box("moov", box("mvhd", std::string(100, '\0')));
  return media_last ? type + moov + free + media : type + media + moov;
}

std::string mp3(const std::string& tag) {
  std::string frame = "\xFF\xFB\x90\x64";
  frame.resize(417, '\0');
  return tag + frame + frame;
}

std::string pdf(bool with_info) {
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  const auto add = [&](const std::string& object) {
    places.push_back(out.size());
    out += std::to_string(places.size()) + " 0 obj\n" + object + "\nendobj\n";
  };
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>");
  if (with_info) add("<< /Title (A \\(small\\) title) /Producer <54657374> >>");
  const std::size_t start = out.size();
  out += "xref\n0 " + std::to_string(places.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    char row[32];
    std::snprintf(row, sizeof row, "%010zu 00000 n \n", place);
    out += row;
  }
  return out + "trailer\n<< /Size " + std::to_string(places.size() + 1) + " /Root 1 0 R" +
         (with_info ? " /Info 4 0 R" : "") + " >>\nstartxref\n" + std::to_string(start) +
         "\n%%EOF\n";
}

std::string sample(const std::string& name) {
  std::ifstream file(std::string(PANDECT_SOURCE) + "/tests/plugins/label/samples/" + name,
                     std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

}  // namespace pandect::label::testing
