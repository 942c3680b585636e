// Patterns mean what Lua's manual says.
#include "script/sandbox.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {
std::string run(const std::string& expression) {
  script::Sandbox sandbox;
  const auto result = sandbox.run("t.lua", "local t = table.pack(" + expression +
                                               ") for i = 1, t.n do t[i] = tostring(t[i]) end"
                                               " return table.concat(t, '|')");
  return result ? result->text : "! " + result.errors()[0].message;
}
}  // namespace

TEST_CASE("patterns: find, match, gmatch and gsub as in the manual") {
  const std::vector<std::pair<std::string, std::string>> table{
      {"('hello world'):find('o w')", "5|7"},
      {"('hello'):find('l+')", "3|4"},
      {"('hello'):find('')", "1|0"},
      {"('hello'):find('', 9)", "nil"},
      {"('hello'):find('l', -2)", "4|4"},
      {"('a.b'):find('.', 1, true)", "2|2"},
      {"('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key|value"},
      {"('2026-11-30'):match('(%d+)-(%d+)-(%d+)')", "2026|11|30"},
      {"('abc'):match('()b()')", "2|3"},
      {"('<<a>>'):match('<(.-)>')", "<a"},
      {"('<<a>>'):match('<(.*)>')", "<a>"},
      {"('aXb'):match('%u')", "X"},
      {"('f(a(b)c)d'):match('%b()')", "(a(b)c)"},
      {"('THE (quick) fox'):find('%f[%a]%a+%f[%A]')", "1|3"},
      {"('\"it\\'s\"'):match('([\"\\'])(.-)%1')", "\"|it's"},
      {"('x]y'):match('[]]')", "]"},
      {"('x-y'):match('[a-]', 2)", "-"},
      {"('x^y'):match('[x^]+')", "x^"},
      {"('abc'):match('[^%a]')", "nil"},
      {"('colour color'):gsub('colou?r', 'hue')", "hue hue|2"},
      {"('abc'):gsub('%w', '%0%0')", "aabbcc|3"},
      {"('hello world'):gsub('(%w+) (%w+)', '%2 %1')", "world hello|1"},
      {"('abc'):gsub('', '-')", "-a-b-c-|4"},
      {"('abc def'):gsub('%w*', 'x')", "x x|2"},
      {"('$name is $age'):gsub('%$(%w+)', {name = 'Kim', age = 7})", "Kim is 7|2"},
      {"('abc'):gsub('b', function() return nil end)", "abc|1"},
      {"('aaa'):gsub('a', 'b', 2)", "bba|2"},
      {"('aaa'):gsub('^a', 'b')", "baa|1"},
      {"('50%'):gsub('%%', '%%%%')", "50%%|1"},
      {"('가나다'):match('나')", "나"},
      {"('x'):match('%')", "! malformed pattern (ends with '%')"},
      {"('x'):match('[a')", "! malformed pattern (missing ']')"},
      {"('x'):match('(x')", "! unfinished capture"},
      {"('x'):match('x)')", "! invalid pattern capture"},
      {"('x'):match('%1')", "! invalid capture index in the pattern"},
      {"('x'):match('%f')", "! missing '[' after '%f' in pattern"},
      {"('x'):match('%b')", "! malformed pattern (missing arguments to '%b')"},
      {"('x'):gsub('x', '%2')", "! invalid capture index %2"},
      {"('x'):gsub('x', '%z')", "! invalid use of '%' in replacement string"},
      {"('a,b,,c'):gsub(',', ';')", "a;b;;c|3"},
      {"string.format('%5.1f|%-4d|%04x|%s|%5s|%.2s|%c|%%', 3.14159, 7, 255, 'q', 'ab', 'xyz', 65)",
       "  3.1|7   |00ff|q|   ab|xy|A|%"},
      {"string.format('%d', 3.0)", "3"},
      {"('abc'):byte(1, -1)", "97|98|99"},
      {"('abc'):byte(-2, -2)", "98"},
      {"('abc'):byte(-9, -3)", "97"},
      {"('abc'):byte(-9, -4)", ""},
      {"('abc'):byte(9)", ""},
      {"('abc'):byte(0, 1)", "97"},
      {"('abc'):byte()", "97"},
      {"string.format('%d', 3.5)",
       "! bad argument #2 to 'format' (number has no integer representation)"},
      {"string.format('%123d', 3)",
       "! invalid format: width and precision have at most two digits"},
      {"string.format('%y', 3)", "! invalid format: `%y` is none of c d i o x X e E f F g G s"},
      {"string.format('%')", "! invalid format: `%?` is none of c d i o x X e E f F g G s"},
  };
  for (const auto& [expression, expected] : table) {
    CAPTURE(expression);
    CHECK(run(expression) == expected);
  }
  CHECK(run("(function() local s = '' for w in ('one two'):gmatch('%a+') do s = s .. w .. ';' end"
            " return s end)()") == "one;two;");
  CHECK(
      run("(function() local s = '' for k, v in ('a=1, b=2'):gmatch('(%w)=(%w)') do s = s .. k .. v"
          " end return s end)()") == "a1b2");
  CHECK(
      run("(function() local n = 0 for _ in ('abc'):gmatch('') do n = n + 1 end return n end)()") ==
      "4");
}
