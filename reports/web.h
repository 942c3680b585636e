// Parts of web pages: elements, links, languages of foreign text, drawings as SVG, and the sums by
// which a strict policy allows the page's own style and script. Everything shown is escaped here.
#pragma once

#include "reports/picture.h"
#include "reports/words.h"

#include <string>
#include <string_view>
#include <vector>

namespace pandect::reports {

// `inner` is markup already.
std::string element(const std::string& name, const std::string& inner,
                    const std::string& attributes = {});

// Fit for a class name.
std::string class_token(const std::string& text);

// Escaped; in a <span lang> where its script is not that of the page (names, answers of a
// manifest).
std::string web_text(const std::string& text, const Wording& words);
// Escaped; marked as English where the page's language is missing.
std::string web_text(const Texts& texts, const Wording& words, bool as_title = false);

std::string web_link(const std::string& text, const std::string& url);
std::string web_cites(const std::vector<Citation>& list, const Wording& words);

// A drawing that says in words what it shows; `id` is unique in the page.
std::string svg_of(const Picture& picture, const std::string& id);

// 'sha256-...' of a style or script, for a Content-Security-Policy.
std::string policy_hash(std::string_view content);

std::string_view page_style();
std::string_view page_script();

}  // namespace pandect::reports
