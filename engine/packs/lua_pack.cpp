#include "packs/lua_pack.h"

#include "base/names.h"
#include "packs/lua_places.h"
#include "script/sandbox.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace pandect {
namespace {

using script::Call;
using script::Sandbox;
using Kind = script::Value::Kind;

struct Word {
  const char* word;
  const char* section;
};
constexpr Word kWords[] = {
    {"tree", "trees"},        {"fact", "facts"},           {"axiom", "axioms"},
    {"mapping", "mappings"},  {"concept", "concepts"},     {"obligation", "obligations"},
    {"penalty", "penalties"}, {"provision", "provisions"}, {"calendar", "calendars"},
    {"case", "cases"},        {"document", "documents"},   {"evidence_kind", "evidence_kinds"}};

Diagnostic problem(std::string code, std::string message, std::string hint = {}) {
  return {Level::error, std::move(code), {}, std::move(message), std::move(hint)};
}

script::Budgets budgets() {
  script::Budgets limits;
  limits.steps = 20'000'000;
  return limits;
}

std::string number_text(double value) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, end.ptr};
}

// Words of YAML that are keywords of Lua carry an underscore: `then_`, `until_`, `if_`.
std::string plain_key(const std::string& key) {
  if (key == "then_" || key == "until_" || key == "if_") return key.substr(0, key.size() - 1);
  return key;
}

// A value of a script as the tree that YAML would have given.
class Converter {
 public:
  explicit Converter(int line) : line_(line) {}

  Result<yaml::Value> convert(const script::Value& value, const LuaPlace* place,
                              const std::string& path) const {
    yaml::Value node = at(place);
    node.shape = yaml::Shape::scalar;
    switch (value.kind) {
      case Kind::nil:
        node.shape = yaml::Shape::null;
        return node;
      case Kind::boolean:
        node.text = value.boolean ? "true" : "false";
        return node;
      case Kind::integer:
        node.text = std::to_string(value.integer);
        return node;
      case Kind::number:
        node.text = number_text(value.number);
        return node;
      case Kind::text:
        if (invalid_utf8_at(value.text) != std::string::npos ||
            value.text.find('\0') != std::string::npos)
          return problem("encoding", "`" + path + "` is not valid UTF-8", "write it in UTF-8");
        node.text = value.text;
        return node;
      case Kind::function:
        return problem("wrong-shape", "`" + path + "` is a function",
                       "a function stands only in predicate{test = function(f) ... end}");
      case Kind::list:
        return list(value, place, path, std::move(node));
      case Kind::map:
        return map(value, place, path, std::move(node));
    }
    return node;
  }

 private:
  yaml::Value at(const LuaPlace* place) const {
    yaml::Value node;
    node.line = place != nullptr ? place->line : line_;
    node.column = place != nullptr && place->literal ? place->column : 0;
    return node;
  }

  Result<yaml::Value> list(const script::Value& value, const LuaPlace* place,
                           const std::string& path, yaml::Value node) const {
    // An empty table says not what it is; these are maps.
    static constexpr std::string_view kMaps[] = {"facts", "expect", "determinations", "rates"};
    const std::string_view name = std::string_view(path).substr(path.rfind('.') + 1);
    const bool map =
        value.items.empty() &&
        (path.empty() || std::find(std::begin(kMaps), std::end(kMaps), name) != std::end(kMaps));
    node.shape = map ? yaml::Shape::map : yaml::Shape::list;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const LuaPlace* item =
          place != nullptr && i < place->items.size() ? &place->items[i] : nullptr;
      auto made = convert(value.items[i], item, path + "[" + std::to_string(i + 1) + "]");
      if (!made) return made;
      node.items.push_back(std::move(*made));
    }
    return node;
  }

  Result<yaml::Value> map(const script::Value& value, const LuaPlace* place,
                          const std::string& path, yaml::Value node) const {
    node.shape = yaml::Shape::map;
    for (const auto& [key, item] : value.entries) {
      auto made = convert(item, place != nullptr ? place->value(key) : nullptr,
                          path.empty() ? key : path + "." + key);
      if (!made) return made;
      yaml::Value name = at(place != nullptr ? place->key(key) : nullptr);
      name.shape = yaml::Shape::scalar;
      name.text = plain_key(key);
      node.entries.emplace_back(std::move(name), std::move(*made));
    }
    // In the order of the text, as a person reads it.
    std::stable_sort(
        node.entries.begin(), node.entries.end(), [](const yaml::Entry& a, const yaml::Entry& b) {
          return std::pair(a.key.line, a.key.column) < std::pair(b.key.line, b.key.column);
        });
    return node;
  }

  int line_;
};

// What `data` gives: texts, whole numbers and truth values of YAML; other numbers stay texts, so
// that a threshold keeps its digits.
script::Value data_value(const yaml::Value& value) {
  switch (value.shape) {
    case yaml::Shape::null:
      return {};
    case yaml::Shape::list: {
      auto list = script::Value::list();
      for (const auto& item : value.items) list.items.push_back(data_value(item));
      return list;
    }
    case yaml::Shape::map: {
      auto map = script::Value::map();
      for (const auto& [key, item] : value.entries) map.set(key.text, data_value(item));
      return map;
    }
    case yaml::Shape::scalar:
      break;
  }
  if (!value.quoted && (value.text == "true" || value.text == "false"))
    return script::Value::of(value.text == "true");
  std::int64_t whole = 0;
  const char* last = value.text.data() + value.text.size();
  const auto read = std::from_chars(value.text.data(), last, whole);
  if (!value.quoted && read.ec == std::errc() && read.ptr == last &&
      std::to_string(whole) == value.text)
    return script::Value::of(whole);
  return script::Value::of(value.text);
}

Result<script::Value> text_of(Call& call) {
  static constexpr std::string_view kLanguages[] = {"en", "ko", "zh"};
  auto phrases = script::Value::map();
  if (call.arguments.size() == 3) {
    for (std::size_t i = 0; i < 3; ++i) phrases.set(std::string(kLanguages[i]), call.arguments[i]);
  } else if (call.arguments.size() == 1 && call.argument(0).is(Kind::map)) {
    phrases = call.argument(0);
  } else {
    return problem("wrong-shape", "`text` takes one table",
                   "write text{en = ..., ko = ..., zh = ...}");
  }
  for (const auto& [key, value] : phrases.entries) {
    if (std::find(std::begin(kLanguages), std::end(kLanguages), key) == std::end(kLanguages))
      return problem("unknown-key", "`" + key + "` is no language of a text", "en, ko or zh");
    if (!value.is(Kind::text))
      return problem("wrong-shape", "`" + key + "` of a text is " +
                                        std::string(kind_name(value.kind)) + ", not a text");
  }
  return phrases;
}

Result<script::Value> each_of(Call& call) {
  if (!call.argument(0).is(Kind::list) || !call.argument(1).is(Kind::function))
    return problem("wrong-shape", "`each` takes a list and a function",
                   "write each({...}, function(item, number) ... end)");
  for (std::size_t i = 0; i < call.arguments[0].items.size(); ++i) {
    auto result = call.sandbox.call(
        call.arguments[1],
        {call.arguments[0].items[i], script::Value::of(static_cast<std::int64_t>(i) + 1)});
    if (!result) return result;
  }
  return script::Value();
}

}  // namespace

struct LuaPack::State : std::enable_shared_from_this<LuaPack::State> {
  State(std::string pack_folder, DataReader data_reader)
      : folder(std::move(pack_folder)), read_data(std::move(data_reader)), sandbox(budgets()) {}

  void define() {
    for (const auto& word : kWords) {
      sandbox.define(word.word, [this, &word](Call& call) { return state(word, call); });
    }
    sandbox.define("predicate", [this](Call& call) { return predicate(call); });
    sandbox.define("text", &text_of);
    sandbox.define("each", &each_of);
    sandbox.define("data", [this](Call& call) { return data(call); });
  }

  // A call in tail position has no place of its own.
  void settle_place(Call& call) const {
    if (!files.contains(call.where.file)) call.where = {running, 0, 0};
  }

  Result<yaml::Value> tree(const char* word, Call& call) {
    if (draft == nullptr)
      return problem("script", "`" + std::string(word) + "` cannot be called from a predicate");
    if (call.arguments.size() != 1 ||
        (!call.argument(0).is(Kind::map) &&
         !(call.argument(0).is(Kind::list) && call.argument(0).items.empty())))
      return problem("wrong-shape", "`" + std::string(word) + "` takes one table of `key = value`",
                     "write " + std::string(word) + "{...}");
    settle_place(call);
    const auto place = lua_place(files[call.where.file]->text, call.where.line, word);
    return Converter(call.where.line).convert(call.argument(0), place ? &*place : nullptr, "");
  }

  Result<script::Value> state(const Word& word, Call& call) {
    auto node = tree(word.word, call);
    if (!node) return node.errors();
    if (node->column == 0) node->line = call.where.line;
    auto& sections = stated[call.where.file];
    yaml::Value& section = sections[word.section];
    section.shape = yaml::Shape::list;
    section.line = section.line == 0 ? call.where.line : section.line;
    section.items.push_back(std::move(*node));
    return script::Value();
  }

  Result<script::Value> predicate(Call& call) {
    std::optional<script::Value> test;
    if (call.arguments.size() == 1 && call.argument(0).is(Kind::map)) {
      auto& entries = call.arguments[0].entries;
      const auto at = std::find_if(entries.begin(), entries.end(),
                                   [](const script::Entry& entry) { return entry.key == "test"; });
      if (at != entries.end() && at->value.is(Kind::function)) {
        test = at->value;
        entries.erase(at);
      }
    }
    auto node = tree("predicate", call);
    if (!node) return node.errors();
    if (!test)
      return problem("missing-key", "a predicate has no `test`", "add test = function(f) ... end");
    const yaml::Document document{files[call.where.file], {}};
    PredicateDraft made;
    read_predicate(document, *node, made, *problems);
    made.where = call.where;
    made.test = [self = shared_from_this(), function = *test](const script::Value& facts) {
      return self->sandbox.call(function, {facts});
    };
    draft->predicates.push_back(std::move(made));
    return script::Value();
  }

  Result<script::Value> data(Call& call) {
    if (call.arguments.size() != 1 || !call.argument(0).is(Kind::text))
      return problem("wrong-shape", "`data` takes the name of a file",
                     "write data \"labels.yaml\"");
    const std::string& name = call.argument(0).text;
    if (!name.ends_with(".yaml"))  // the digest of a pack covers these
      return problem("no-data", "`" + name + "` is no .yaml file", "write the table in YAML");
    auto read = read_data(name);
    if (!read) {
      Diagnostic first = read.errors().front();
      return problem(first.code, "`data/" + name + "` " + first.message, first.hint);
    }
    sandbox.charge(read->size() / 8);
    const auto document = yaml::parse(folder + "/data/" + name, std::move(*read));
    if (!document) return document.errors();
    return data_value(document->root);
  }

  void flush() {
    for (auto& [name, sections] : stated) {
      yaml::Document document;
      document.file = files[name];
      document.root.shape = yaml::Shape::map;
      for (auto& [section, items] : sections) {
        yaml::Value key;
        key.shape = yaml::Shape::scalar;
        key.text = section;
        document.root.entries.emplace_back(std::move(key), std::move(items));
      }
      read_pack_document(document, *draft, *problems);
    }
    stated.clear();
  }

  std::string folder;
  DataReader read_data;
  Sandbox sandbox;
  std::map<std::string, yaml::FilePtr> files;
  std::map<std::string, std::map<std::string, yaml::Value>> stated;  // by file and section
  std::string running;                                               // the file
  PackDraft* draft = nullptr;                                        // while it runs
  Diagnostics* problems = nullptr;
};

LuaPack::LuaPack(std::string folder, DataReader data)
    : state_(std::make_shared<State>(std::move(folder), std::move(data))) {
  state_->define();
}
LuaPack::~LuaPack() = default;

void LuaPack::run(const std::string& name, std::string text, PackDraft& draft,
                  Diagnostics& problems) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto file = std::make_shared<yaml::File>(yaml::File{name, std::move(text)});
  state_->files[name] = file;
  state_->running = name;
  state_->draft = &draft;
  state_->problems = &problems;
  const auto result = state_->sandbox.run(name, file->text);
  if (!result) {
    problems.insert(problems.end(), result.errors().begin(), result.errors().end());
    draft.incomplete = true;
    state_->stated.clear();
  } else {
    state_->flush();
  }
  state_->draft = nullptr;
  state_->problems = nullptr;
}

}  // namespace pandect
