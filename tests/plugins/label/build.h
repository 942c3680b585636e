// Small files of each kind, made in the test: real enough for the readers, with what is wanted in
// them.
#pragma once

#include "plugins/label/source.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace pandect::label::testing {

// A label that conforms; `more` replaces the value of ProduceID.
std::string good_label(const std::string& produce_id = "a1");

std::string png(const std::vector<std::pair<std::string, std::string>>& chunks);
std::string text_chunk(const std::string& keyword, const std::string& text);  // body of tEXt
std::string deflated(const std::string& bytes);
std::string xmp(const std::string& properties);  // a packet around elements of one Description
std::string xmp_label(const std::string& json);  // with TC260:AIGC
std::string jpeg(const std::vector<std::pair<int, std::string>>& segments);
std::string riff(const std::string& form,
                 const std::vector<std::pair<std::string, std::string>>& chunks);
std::string wav();
std::string webp();
std::string box(const std::string& type, const std::string& body);
std::string mp4(bool media_last);
std::string mp3(const std::string& tag = {});
std::string pdf(bool with_info);

std::string sample(const std::string& name);  // a file of tests/plugins/label/samples

}  // namespace pandect::label::testing
