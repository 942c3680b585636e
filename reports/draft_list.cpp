#include "reports/draft_list.h"

#include "reports/layout.h"
#include "reports/words.h"

namespace pandect::reports {

std::string draft_list(const Program& program, const std::vector<ListedPaper>& papers,
                       const std::string& lang) {
  const Wording words(lang);
  std::string out;
  std::string_view last;
  for (const auto& each : papers) {
    const auto pack = program.text(program.packs[each.pack].id);
    if (pack != last) out += (out.empty() ? "" : "\n") + clean(pack) + "\n";
    last = pack;
    const Texts title{each.paper.title.en, each.paper.title.ko, each.paper.title.zh};
    const Word about = each.paper.of_model ? Word::model : Word::system;
    out += "  " + pad(clean(each.paper.id, 40), 26) + clean(words.in(title)) +
           words.bracketed(words(about)) + "\n";
  }
  return out;
}

}  // namespace pandect::reports
