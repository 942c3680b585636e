// Every known way out of a Lua sandbox, tried from within.
#include "script/sandbox.h"

#include <clocale>
#include <string>

#include <doctest/doctest.h>

using namespace pandect;
using script::Budgets;
using script::Call;
using script::Sandbox;
using script::Value;

namespace {

std::string told(const Diagnostics& problems) {
  std::string all;
  for (const auto& each : problems) all += to_string(each) + "\n";
  return all;
}

// What the script returns as text, or "!" and the messages.
std::string run(const std::string& text, const Budgets& budgets = {}) {
  Sandbox sandbox(budgets);
  const auto result = sandbox.run("t.lua", text);
  if (!result) return "! " + told(result.errors());
  switch (result->kind) {
    case Value::Kind::boolean:
      return result->boolean ? "true" : "false";
    case Value::Kind::integer:
      return std::to_string(result->integer);
    case Value::Kind::number:
      return "number " + std::to_string(result->number);
    case Value::Kind::text:
      return result->text;
    default:
      return std::string(kind_name(result->kind));
  }
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void refuses(const std::string& text, const std::string& part, const Budgets& budgets = {}) {
  const std::string got = run(text, budgets);
  CAPTURE(text);
  CAPTURE(got);
  CHECK(got.starts_with("! "));
  CHECK(holds(got, part));
}

}  // namespace

TEST_CASE("sandbox: ordinary scripts run") {
  CHECK(run("return 1 + 2") == "3");
  CHECK(run("local t = {} for i = 1, 3 do t[i] = i * i end return table.concat(t, ',')") ==
        "1,4,9");
  CHECK(run("return ('abc'):upper() .. #'xy'") == "ABC2");
  CHECK(run("local ok, why = pcall(function() error('no') end) return why") == "t.lua:1: no");
  CHECK(run("local ok, why = xpcall(function() error('no', 0) end, function(e) return e .. '!' end)"
            " return why") == "no!");
  CHECK(run("return select(2, pcall(error, {code = 7})).code") == "7");
  CHECK(run("return math.type(7 // 2) .. math.max(1, 9) .. utf8.len('가나')") == "integer92");
  CHECK(run("return select('#', table.unpack({1, 2, 3}))") == "3");
  CHECK(run("\xEF\xBB\xBFreturn 'bom'") == "bom");
  CHECK(run("function f(x) return x end return f(true)") == "true");
}

TEST_CASE("sandbox: errors say file, line and the nearest name") {
  refuses("local a = 1\nlocal b = nil + a", "t.lua:2: error: attempt to perform arithmetic");
  refuses("x = = 1", "t.lua:1: error: unexpected symbol near '='");
  refuses("\n\nobligaton{}", "t.lua:3: error: `obligaton` is not defined here");
  refuses("tostrin(1)", "did you mean `tostring`?");
  refuses("return string.fnd('a', 'b')", "`string.fnd` is not defined here");
  refuses("return ('a'):fnd('b')", "did you mean `find`?");
  refuses("error({})", "raised an error that is table, not a text");
  refuses("error()", "raised an error that is nil");
  refuses("local s <close> = 5", "got a non-closable value");
  refuses("error('first\\nsecond')", "t.lua:1: error: first");
}

TEST_CASE("sandbox: what is absent says so") {
  for (const char* name : {"load", "loadstring", "loadfile", "dofile", "require", "package", "io",
                           "os", "debug", "coroutine", "collectgarbage", "print", "setmetatable",
                           "getmetatable", "rawset", "rawget", "rawequal", "rawlen", "warn"})
    refuses(std::string("return ") + name, "the sandbox has no `" + std::string(name) + "`");
  for (const char* name : {"string.dump", "string.pack", "string.unpack", "math.random",
                           "math.randomseed", "math.exp", "table.move"})
    refuses(std::string("return ") + name, "is not defined here");
  refuses("return _G.load", "the sandbox has no `load`");
  refuses("local _ENV = {}", "`_ENV` may not stand in a script");
  refuses("\x1bLua", "this is Lua bytecode");
  refuses(std::string("return 1\0", 9), "binary");
  refuses("return '\xff'", "not valid UTF-8");
  refuses("return #arg", "`arg` is not defined here");
}

TEST_CASE("sandbox: words and libraries cannot be replaced") {
  refuses("string.format = nil", "libraries of the sandbox are locked");
  refuses("string.extra = 1", "locked");
  refuses("pairs = nil", "`pairs` is a word of the sandbox");
  refuses("_G.pcall = 1", "`pcall` is a word of the sandbox");
  refuses("_G = {}", "`_G` is a word of the sandbox");
  refuses("('').format = 1", "attempt to index a string value");
  // the string metatable cannot be reached, nor the table behind a library
  CHECK(run("local n = 0 for k in pairs(string) do n = n + 1 end return n") == "0");
  CHECK(run("x = 1 x = x + 1 return x") == "2");
}

TEST_CASE("sandbox: the step budget stops what does not end") {
  Budgets small;
  small.steps = 200'000;
  const std::string part = "the step budget of 200,000 is used up here";
  refuses("while true do end", part, small);
  refuses("repeat until false", part, small);
  refuses("goto a ::a:: goto a", "", small);
  refuses("::a:: goto a", part, small);
  refuses("local function f() return f() end f()", part, small);
  refuses("\n\nwhile true do\nend", "t.lua:3: error", small);
  // caught, and caught again
  refuses("while true do pcall(function() while true do end end) end", part, small);
  refuses("pcall(pcall, pcall, function() while true do end end) return 1", part, small);
  refuses("xpcall(function() while true do end end, function() while true do end end) return 1",
          part, small);
  refuses("local function f() xpcall(f, f) f() end f()", "budget", small);
  refuses("for i = 1, 1e9 do pcall(error, {}) end", part, small);
  refuses("table.sort({3, 2, 1}, function() while true do end end)", part, small);
  refuses("('a'):gsub('.', function() while true do end end)", part, small);
  refuses("for i = 1, math.maxinteger do local x = i end", part, small);
  CHECK(run("local n = 0 for i = 1, 1000 do n = n + i end return n", small) == "500500");
}

TEST_CASE("sandbox: work that one instruction hides is paid for") {
  Budgets small;
  small.steps = 300'000;
  const std::string part = "the step budget";
  refuses("local s = ('a'):rep(30000) return s:find(('a.-'):rep(9) .. 'b')", part, small);
  refuses("local s = ('a'):rep(3000) return s:match('(.-)(.-)(.-)(.-)b')", part, small);
  refuses("local s = ('a'):rep(100000) for i = 1, 1e6 do s:find('b', 1, true) end", part, small);
  refuses("local s = ('a'):rep(200000) return s:find(('a'):rep(50000) .. 'b', 1, true)", part,
          small);
  refuses("local s = ('a'):rep(100000) for i = 1, 1e6 do local t = s .. i end", part, small);
  refuses("local s = ('a'):rep(100000) for i = 1, 1e6 do s:upper() end", part, small);
  refuses(
      "local t = {} for i = 1, 20000 do t[i] = i end for i = 1, 1e6 do table.insert(t, 1, 0)"
      " table.remove(t, 1) end",
      part, small);
  refuses("local t = {} for i = 1, 20000 do t[i] = i end for i = 1, 1e6 do next(t) end", part,
          small);
  refuses("local t = {} for i = 1, 20000 do t[i] = i end for i = 1, 1e6 do pairs(t) end", part,
          small);
  refuses("local t = {} for i = 1, 20000 do t[i] = 0 end for i = 1, 100 do table.sort(t) end", part,
          small);
  refuses("return ('%99d'):rep(2000):format(table.unpack({}, 1, 2000))", "number expected", small);
  refuses("for i = 1, 1e7 do ('%99.99f'):format(1e300) end", part, small);
  refuses("local s = ('a'):rep(200000) for i = 1, 1e6 do utf8.len(s) end", part, small);
  refuses("local s = ('('):rep(300) return ('a'):find(s)", "too many captures", small);
  refuses("return ('a'):rep(9000):find(('a?'):rep(9000) .. 'b')", "", small);
  refuses("return ('a'):rep(300):find(('(a)'):rep(30) .. ('.*'):rep(180))", "too complex", small);
}

TEST_CASE("sandbox: memory, tables, texts and the stack are bounded") {
  refuses("return ('x'):rep(1e10)", "a text grows beyond the budget of 262,144 bytes here");
  refuses("return ('x'):rep(math.maxinteger)", "a text grows beyond");
  refuses("return ('x'):rep(1e5, ('y'):rep(1e5))", "a text grows beyond");
  refuses("local s = 'x' while true do s = s .. s end", "a text grows beyond");
  refuses("local s = 'x' while true do pcall(function() s = s .. s end) end",
          "a text grows beyond");
  refuses("return (('x'):rep(200000)):gsub('x', 'yy')", "a text grows beyond");
  refuses("local t = {} for i = 1, 200 do t[i] = ('x'):rep(2000) end return table.concat(t)",
          "a text grows beyond");
  refuses("return ('%s%s'):format(('x'):rep(200000), ('x'):rep(200000))", "a text grows beyond");
  refuses("local t = {} for i = 1, 1e9 do t[i] = i end", "a table grows beyond the budget");
  refuses("local t = {} for i = 1, 1e9 do t['k' .. i] = i end", "a table grows beyond the budget");
  refuses("local t = {} while true do t = {t} end", "budget");
  Budgets little;
  little.memory = 1024 * 1024;
  refuses("local t = {} for i = 1, 1e9 do t[i] = {i} end", "the memory budget of 1,048,576 bytes",
          little);
  refuses(
      "local t = {} local ok = pcall(function() for i = 1, 1e9 do t[i] = {i} end end) return ok",
      "the memory budget", little);
  Budgets none;
  none.memory = 1000;
  refuses("return 1", "memory budget is too small", none);

  refuses("local function f() return 1 + f() end f()", "calls are nested too deeply here");
  refuses("local function f(...) return f(1, 2, 3, 4, 5, 6, 7, 8, ...) end f()", "budget");
  refuses("local function f() pcall(f) f() end f()", "");
  refuses("local function f(s) return (s:gsub('.', f)) end f('ab')", "stack overflow");
  refuses("return " + std::string(500, '(') + "1" + std::string(500, ')'), "overflow");
  refuses("return " + std::string(500, '{') + std::string(500, '}'), "overflow");
  refuses("return table.unpack({}, 1, 1e8)", "too many results to unpack");
  refuses("return table.unpack({}, math.mininteger, math.maxinteger)", "too many results");
  refuses("return ('x'):rep(100000):byte(1, -1)", "too many results");
  refuses("return utf8.codepoint(('x'):rep(100000), 1, -1)", "too many results");
  refuses(std::string(300'000, ' '), "at most 262144 are read");
  std::string labels;
  for (int i = 0; i < 20'000; ++i) labels += "::l" + std::to_string(i) + "::";
  run(labels);  // ends
}

TEST_CASE("sandbox: a sort with an inconsistent comparator ends and loses nothing") {
  CHECK(run("local t = {} for i = 1, 500 do t[i] = i end"
            " local n = 0 table.sort(t, function(a, b) n = n + 1 return n % 3 == 0 end)"
            " local sum = 0 for i = 1, 500 do sum = sum + t[i] end return sum") == "125250");
  CHECK(run("local t = {3, 1, 2} table.sort(t, function() return true end) return #t") == "3");
  CHECK(run("local t = {3, 1, 2} table.sort(t, function(a, b) t[1] = nil t[9] = 1 return a < b end)"
            " return t[1] .. t[2] .. t[3]") == "123");
  CHECK(run("local t = {'b1', 'a1', 'b2', 'a2'} table.sort(t, function(x, y) return x:sub(1, 1) <"
            " y:sub(1, 1) end) return table.concat(t)") == "a1a2b1b2");
  refuses("table.sort({1, 'a', 2})", "attempt to compare");
  refuses("table.sort({1, {}, 2}, function(a, b) error('x') end)", "x");
}

TEST_CASE("sandbox: nothing depends on addresses, hash seeds, chance or the locale") {
  CHECK(run("return tostring({}) .. tostring(print_ == nil)").starts_with("!"));
  CHECK(run("return tostring({}) .. tostring(pairs) .. string.format('%s', {})") ==
        "tablefunctiontable");
  refuses("return string.format('%p', {})", "invalid format");
  refuses("return string.format('%q', 'a')", "invalid format");
  const std::string walk =
      "local t = {} for i = 26, 1, -1 do t[string.char(96 + i)] = i end t[10] = 1 t[-1] = 1 t[2.5] "
      "= 1"
      " t[true] = 1 local s = '' for k in pairs(t) do s = s .. tostring(k) end return s";
  for (int i = 0; i < 5; ++i) CHECK(run(walk) == "-12.510abcdefghijklmnopqrstuvwxyztrue");
  CHECK(
      run("local t = {z = 1, a = 2} local k, v = next(t) local k2 = next(t, k) return k .. v .. k2"
          " .. tostring(next(t, k2))") == "a2znil");
  refuses("for k in pairs({[{}] = 1}) do end", "they have no order");
  CHECK(
      run("local t = {a = 1, b = 2, c = 3} local s = '' for k in pairs(t) do s = s .. k t[k] = nil"
          " t.c = nil end return s") == "ab");
  CHECK(run("return tostring(0/0) .. tostring(-(0/0)) .. string.format('%.1f', 0/0)") ==
        "nannannan");
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* locale : {"de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8", "C"}) {
    std::setlocale(LC_ALL, locale);
    CHECK(run("return 0.5 .. ' ' .. tostring(1.5) .. string.format('%.2f', 2.25) .. tonumber('1.5')"
              " .. tostring('a' < 'B') .. ('iI'):upper()") == "0.5 1.52.251.5falseII");
  }
  std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("sandbox: values are copied over the border, bounded") {
  Sandbox sandbox;
  std::vector<Value> got;
  sandbox.define("take", [&](Call& call) -> Result<Value> {
    got = call.arguments;
    Value answer = Value::map();
    answer.set("line", Value::of(static_cast<std::int64_t>(call.where.line)));
    answer.set("list", Value::list());
    return answer;
  });
  const auto result = sandbox.run("t.lua",
                                  "local t = {b = {1, 2.5, 'x'}, a = true}\n\n"
                                  "local r = take(t, nil, 5)\nt.a = false\nreturn r");
  REQUIRE_MESSAGE(result.ok(), told(result ? Diagnostics{} : result.errors()));
  CHECK(result->find("line")->integer == 3);
  REQUIRE(got.size() == 3);
  CHECK(got[0].entries[0].key == "a");
  CHECK(got[0].find("a")->boolean);
  CHECK(got[0].find("b")->items[1].number == 2.5);
  CHECK(got[1].is_nil());
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"local t = {} t.t = t take(t)", "nested deeper than 32 levels"},
           {"take({1, nil, 3})", "a list with holes"},
           {"take({1, a = 2})", "both a list and a map"},
           {"take({[true] = 1})", "a key that is a boolean"},
           {"take({[0] = 1})", "the key 0"},
           {"take({a = {b = 0/0}})", "`a.b`: a number that is not finite"},
           {"take(1e308 * 10)", "not finite"},
           {"local t = {} for i = 1, 400 do t[i] = {} for j = 1, 600 do t[i][j] = 1 end end "
            "take(t)",
            "more than 200000 values"}}) {
    Sandbox fresh;
    fresh.define("take", [](Call&) -> Result<Value> { return Value(); });
    const auto refused = fresh.run("t.lua", text);
    CAPTURE(text);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.errors()[0].where.line == 1);
    CHECK_MESSAGE(holds(told(refused.errors()), part), told(refused.errors()));
  }
}

TEST_CASE("sandbox: errors pass through frames of the host, which are unwound") {
  struct Counted {
    int& count;
    explicit Counted(int& c) : count(++c) {}
    ~Counted() { --count; }
  };
  Sandbox sandbox;
  int alive = 0;
  sandbox.define("host.call", [&](Call& call) -> Result<Value> {
    const Counted counted(alive);
    return call.sandbox.call(call.argument(0), {Value::of("x")});
  });
  sandbox.define("host.fail", [](Call&) -> Result<Value> {
    return Diagnostic{Level::error, "no-file", {}, "there is no such file", "check the name"};
  });
  sandbox.define("host.throw", [](Call&) -> Result<Value> { throw std::runtime_error("thrown"); });
  sandbox.define("limits", Value::of("text"));
  const auto good = sandbox.run("a.lua", "return host.call(function(s) return s .. limits end)");
  REQUIRE_MESSAGE(good.ok(), told(good ? Diagnostics{} : good.errors()));
  CHECK(good->text == "xtext");
  const auto inner = sandbox.run("a.lua", "\nreturn host.call(function(s) error('inner') end)");
  REQUIRE_FALSE(inner.ok());
  CHECK(told(inner.errors()) == "a.lua:2: error: inner [script]\n");
  const auto failed = sandbox.run("b.lua", "\n\nhost.fail()");
  REQUIRE_FALSE(failed.ok());
  CHECK(told(failed.errors()) ==
        "b.lua:3: error: there is no such file; check the name [no-file]\n");
  CHECK(failed.errors()[0].code == "no-file");
  const auto thrown = sandbox.run("b.lua", "local ok, why = pcall(host.throw) return why");
  REQUIRE(thrown.ok());
  CHECK(thrown->text == "thrown");
  CHECK_FALSE(sandbox.run("c.lua", "host = 1").ok());
  CHECK_FALSE(sandbox.run("c.lua", "host.fail = 1").ok());
  CHECK(holds(told(sandbox.run("c.lua", "host.fai()").errors()), "did you mean `fail`?"));
  const auto deep = sandbox.run("d.lua", "local function f() return host.call(f) end return f()");
  CHECK_FALSE(deep.ok());
  CHECK(alive == 0);
  const auto endless = sandbox.run("e.lua", "pcall(host.call, function() while true do end end)");
  REQUIRE_FALSE(endless.ok());
  CHECK(holds(told(endless.errors()), "e.lua:1: error: the step budget"));
  CHECK(alive == 0);
  CHECK(sandbox.exhausted());
  CHECK(holds(told(sandbox.run("f.lua", "return 1").errors()), "the step budget"));
}

TEST_CASE("sandbox: functions are called by name or by handle; states share nothing") {
  Sandbox one, two;
  REQUIRE(one.run("a.lua", "count = 0 function bump(n) count = count + n return count end").ok());
  CHECK(one.has_function("bump"));
  CHECK_FALSE(one.has_function("count"));
  CHECK_FALSE(two.has_function("bump"));
  CHECK(one.call("bump", {Value::of(std::int64_t{2})})->integer == 2);
  CHECK(one.call("bump", {Value::of(std::int64_t{3})})->integer == 5);
  CHECK(
      told(two.call("bump", {}).errors()) ==
      "error: the script has no function `bump`; write function bump(...) ... end [script-name]\n");
  CHECK(
      holds(told(one.call("bump", {}).errors()), "a.lua:1: error: attempt to perform arithmetic"));
  const auto handle = one.run("b.lua", "return function(x) return x * 2 end");
  REQUIRE(handle.ok());
  CHECK(one.call(*handle, {Value::of(1.25)})->number == 2.5);
  CHECK_FALSE(two.call(*handle, {Value::of(1.25)}).ok());
  Sandbox moved(std::move(one));
  CHECK(moved.call("bump", {Value::of(std::int64_t{1})})->integer == 6);
}
