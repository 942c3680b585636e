#include "plugins/importing/tree.h"

namespace pandect::plugins {
namespace {

using yaml::Shape;
using yaml::Value;

std::string escaped(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

struct Step {
  std::string key;
  bool any = false, keys = false;
  bool list = false;
  std::string test_key, test_value;
};

// The first step of a path; the rest is left in `path`.
Step next_step(std::string_view& path) {
  Step step;
  std::size_t end = 0;
  if (path.starts_with('"')) {
    end = path.find('"', 1);
    end = end == std::string_view::npos ? path.size() : end;
    step.key = path.substr(1, end - 1);
    end = std::min(end + 1, path.size());
  } else {
    end = std::min(path.find_first_of(".["), path.size());
    step.key = path.substr(0, end);
  }
  step.keys = step.key == "*~";
  step.any = step.key == "*" || step.keys;
  path.remove_prefix(end);
  if (path.starts_with('[')) {
    step.list = true;
    const std::size_t close = std::min(path.find(']'), path.size() - 1);
    const std::string_view test = path.substr(1, close - 1);
    if (const auto equals = test.find('='); equals != std::string_view::npos) {
      step.test_key = test.substr(0, equals);
      step.test_value = test.substr(equals + 1);
    }
    path.remove_prefix(close + 1);
  }
  if (path.starts_with('.')) path.remove_prefix(1);
  return step;
}

class Walk {
 public:
  Walk(std::vector<Selected>& found, std::size_t most) : found_(found), most_(most) {}

  void go(const Value& value, std::string_view path, const std::string& pointer) {
    if (found_.size() >= most_) return;
    if (path.empty()) {
      found_.push_back({&value, pointer});
      return;
    }
    const Step step = next_step(path);
    if (step.key.empty()) return members(value, step, path, pointer);  // a path that starts with []
    for (const auto& [key, inner] : value.entries) {
      if (!step.any && key.text != step.key) continue;
      const std::string below = pointer + "/" + escaped(key.text);
      if (step.keys) {
        if (found_.size() < most_) found_.push_back({&key, below});
      } else if (step.list) {
        members(inner, step, path, below);
      } else {
        go(inner, path, below);
      }
    }
  }

 private:
  // A single value where a list is expected counts as a list of one: cards write both.
  void members(const Value& value, const Step& step, std::string_view path,
               const std::string& pointer) {
    const auto fits = [&](const Value& item) {
      if (step.test_key.empty()) return true;
      const Value* tested = item.find(step.test_key);
      return tested != nullptr && tested->text == step.test_value;
    };
    if (value.shape == Shape::list) {
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (fits(value.items[i])) go(value.items[i], path, pointer + "/" + std::to_string(i));
      }
    } else if (value.shape != Shape::null && fits(value)) {
      go(value, path, pointer);
    }
  }

  std::vector<Selected>& found_;
  std::size_t most_;
};

}  // namespace

std::vector<Selected> select(const yaml::Value& root, std::string_view path,
                             const std::string& pointer, std::size_t most) {
  std::vector<Selected> found;
  Walk(found, most).go(root, path, pointer);
  return found;
}

std::string text_at(const yaml::Value& root, std::string_view path) {
  const auto found = select(root, path, {}, 1);
  return found.empty() ? std::string() : found[0].value->text;
}

}  // namespace pandect::plugins
