// Any bytes as a file of any kind: read, judged, and written to where that is not refused. What was
// written must read back as one label that conforms. The name, which tells texts apart, is taken
// from the last byte.
#include "plugins/label/judge.h"
#include "plugins/label/write.h"

#include <cstdlib>

using namespace pandect::label;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const auto rules = built_in_rules();
  static const std::string label =
      *label_json({"Label=1", "ContentProducer=a", "ProduceID=b"}, *rules);
  static const std::vector<std::string> wants{"cn", "cn-platform", "eu", "kr", "us-ca"};
  if (size == 0) return 0;
  static constexpr const char* kNames[] = {"a", "a.md", "a.html", "a.docx"};
  const char* name = kNames[data[size - 1] % 4];
  const Source source = Source::of_bytes({reinterpret_cast<const char*>(data), size});
  const Judgement judgement = judge(read_contents(source, name), *rules, wants);
  if (judgement.wants.size() != wants.size()) std::abort();
  const auto plan = plan_label(source, name, label, {(data[0] & 1) != 0});
  if (!plan) return 0;
  const Contents after = read_contents(source_of(*plan, source), name);
  if (judge(after, *rules, {}).verdict != "conforming") std::abort();
  return 0;
}
