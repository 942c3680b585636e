// Where comments are, by the signs of each family of languages.
#include "plugins/scan/languages.h"

#include <algorithm>

namespace pandect::scan {
namespace {

struct Syntax {
  bool hash = false, slashes = false, block = false;
  bool single = true, backtick = false, triple = false, character = false;
};

Syntax syntax_of(std::string_view language) {
  Syntax syntax;
  if (language == "python") return {true, false, false, true, false, true, false};
  if (language == "ruby" || language == "r" || language == "shell" || language == "config")
    return {true, false, false, true, false, false, false};
  syntax.slashes = syntax.block = true;
  syntax.hash = language == "php";
  syntax.backtick = language == "javascript" || language == "go" || language == "dart";
  // 'a' is one sign there; in Rust a lone ' begins a lifetime.
  syntax.character = language == "rust" || language == "c" || language == "java" ||
                     language == "kotlin" || language == "scala" || language == "csharp" ||
                     language == "go" || language == "swift";
  syntax.triple = language == "kotlin" || language == "scala" || language == "java" ||
                  language == "swift" || language == "dart";
  return syntax;
}

class Blanker {
 public:
  Blanker(std::string_view text, std::string_view language)
      : text_(text), out_(text), syntax_(syntax_of(language)), python_(language == "python") {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  bool here(std::string_view sign) const { return text_.substr(at_).starts_with(sign); }

  void step() {
    const char sign = text_[at_];
    // Past a text such as http:// no comment begins; a colon before slashes is an address.
    const bool address = at_ > 0 && text_[at_ - 1] == ':';
    if (syntax_.hash && sign == '#') {
      blank(end_of_line());
    } else if (syntax_.slashes && sign == '/' && here("//") && !address) {
      blank(end_of_line());
    } else if (syntax_.block && sign == '/' && here("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      blank(end == std::string_view::npos ? text_.size() : end + 2);
    } else if (sign == '"' || sign == '\'' || (sign == '`' && syntax_.backtick)) {
      literal(sign);
    } else {
      ++at_;
    }
  }

  std::size_t end_of_line() const { return std::min(text_.find('\n', at_), text_.size()); }

  void blank(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (out_[at_] != '\n') out_[at_] = ' ';
    }
  }

  bool alone() const {
    std::size_t before = at_;
    while (before > 0 && (text_[before - 1] == ' ' || text_[before - 1] == '\t')) --before;
    return before == 0 || text_[before - 1] == '\n';
  }

  void literal(char sign) {
    const std::string triple(3, sign);
    if (syntax_.triple && here(triple)) {
      std::size_t end = text_.find(triple, at_ + 3);
      end = end == std::string_view::npos ? text_.size() : end + 3;
      if (python_ && alone())
        blank(end);
      else
        at_ = end;
      return;
    }
    if (sign == '\'' && syntax_.character && !character()) {
      ++at_;
      return;
    }
    for (++at_; at_ < text_.size(); ++at_) {
      const char each = text_[at_];
      if (each == '\\') {
        ++at_;
      } else if (each == sign || (each == '\n' && sign != '`')) {
        ++at_;
        return;
      }
    }
    at_ = std::min(at_, text_.size());
  }

  bool character() const {
    const std::size_t end = text_.find('\'', at_ + 1);
    return end != std::string_view::npos && end - at_ <= 10 &&
           (text_[at_ + 1] == '\\' || end - at_ <= 5);
  }

  std::string_view text_;
  std::string out_;
  Syntax syntax_;
  bool python_;
  std::size_t at_ = 0;
};

}  // namespace

std::string without_comments(std::string_view text, std::string_view language) {
  if (language == "prompt") return std::string(text);
  return Blanker(text, language).run();
}

}  // namespace pandect::scan
