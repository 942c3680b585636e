#include "reports/web_frame.h"

#include "reports/markup.h"

namespace pandect::reports {

std::string web_frame(const WebFrame& frame, const Wording& words) {
  const std::string style = std::string(page_style()) + frame.style;
  std::string top;
  if (!frame.kind.empty()) top += element("p", frame.kind, "class=\"kind\"");
  top += element("h1", frame.heading);
  for (const auto& each : frame.lines) top += element("p", each);
  top += element("p", markup(words(Word::disclaimer)), "class=\"soft\"");
  return "<!DOCTYPE html>\n<html lang=\"" + std::string(words.tag()) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src " +
         policy_hash(style) +
         "; img-src data:; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
         "content=\"no-referrer\">\n" +
         element("title", markup(frame.title)) + "\n" + element("style", style) +
         "\n</head>\n<body>\n" +
         element("a", markup(words(Word::skip)), "class=\"skip\" href=\"#main\"") +
         element("header", element("div", top, "class=\"sheet\""), "class=\"top\"") + "\n" +
         element(
             "div",
             element("main", frame.main, "id=\"main\"") + "\n" + element("footer", frame.footer),
             "class=\"sheet\"") +
         "\n</body>\n</html>\n";
}

std::string web_filter(const WebFilter& filter, const std::string& legend, const Wording& words) {
  if (filter.choices.size() < 2) return {};
  std::string inputs = element("legend", markup(legend));
  const auto add = [&](const std::string& value, const std::string& text, bool checked) {
    const std::string id = filter.group + "-" + value;
    inputs += "<input class=\"pick\" type=\"radio\" name=\"" + filter.group + "\" id=\"" + id +
              "\"" + (checked ? " checked" : "") + ">" +
              element("label", markup(text), "for=\"" + id + "\"");
  };
  add("all", std::string(words(Word::everything)), true);
  for (const auto& [value, text] : filter.choices) add(value, text, false);
  return element("section", element("fieldset", inputs),
                 "class=\"filters\" aria-label=\"" + markup(words(Word::filter)) + "\"") +
         "\n";
}

std::string web_filter_style(const WebFilter& filter, const std::string& what,
                             const std::string& within) {
  std::string out;
  if (filter.choices.size() < 2) return out;
  for (const auto& [value, text] : filter.choices) {
    const std::string id = filter.group + "-" + value;
    const std::string chosen = "body:has(#" + id + ":checked) ";
    out += chosen + what + ":not(." + id + "), " + chosen + within + ":not(:has(" + what + "." +
           id + ")) { display: none; }\n";
  }
  return out;
}

std::string web_sources(const std::vector<PackUsed>& packs, const std::string& engine,
                        const std::vector<std::string>& notes, const Wording& words) {
  std::string items;
  for (const auto& pack : packs) {
    if (pack.jurisdiction == "core") continue;
    items += element("li", markup(words(Word::pack_line, {words.in(pack.title), pack.version,
                                                          words.date(pack.checked_on)})));
  }
  for (const auto& each : notes) items += element("li", each);
  return element("h2", markup(words.title(Word::sources))) +
         element("ul", items, "class=\"plain\"") +
         element("p", markup(words(Word::engine, {engine})), "class=\"soft\"") +
         element("p", markup(words(Word::disclaimer)), "class=\"notice\"");
}

}  // namespace pandect::reports
