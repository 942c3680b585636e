// The style sheet of web pages: light and dark, wide and narrow, for screen and paper. Colours keep
// a contrast of at least 4.5 to 1 against what they stand on.
#include "reports/web.h"

namespace pandect::reports {

std::string_view page_style() {
  return R"css(
:root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1b222a; --soft: #55606c; --line: #dcdfe2;
  --panel: #f4f5f3; --accent: #1c3d5a; --alarm: #a3211b; --alarm-panel: #fbf0ee; --warn: #7a4b00; --good: #1c6540;
  --link: #14508c; --on-mark: #fff; }
@media (prefers-color-scheme: dark) { :root { --paper: #13171b; --ink: #e5e8eb; --soft: #a7b0ba; --line: #333a42;
  --panel: #1b2025; --accent: #b8cfe5; --alarm: #ff9f97; --alarm-panel: #2a1b1b; --warn: #edb765; --good: #86d4aa;
  --link: #98c2f0; --on-mark: #10151a; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
body:lang(ko), span:lang(ko) { font-family: system-ui, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; }
body:lang(zh), span:lang(zh) { font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; line-break: strict; }
.sheet { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
.skip { position: absolute; left: -99rem; background: var(--paper); padding: .5rem 1rem; z-index: 9; }
.skip:focus { left: 1rem; top: .5rem; }
header.top { border-bottom: 1px solid var(--line); padding: 2.75rem 0 1.75rem; }
header.top .kind { margin: 0; color: var(--soft); font-size: .875rem; letter-spacing: .02em; }
h1, h2, h3, h4, h5 { line-height: 1.3; text-wrap: balance; }
h1:lang(en), h2:lang(en), h3:lang(en) { font-family: Charter, "Bitstream Charter", "Source Serif 4", Georgia, "Noto Serif", serif; }
h1 { font-size: 2.1rem; margin: .2rem 0 .4rem; color: var(--accent); letter-spacing: -.01em; }
h2 { font-size: 1.6rem; margin: 3rem 0 .2rem; color: var(--accent); }
h3 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h4 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
h5 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.soft { color: var(--soft); }
.alarm-text { color: var(--alarm); font-weight: 600; }
.warn-text { color: var(--warn); }
.good-text { color: var(--good); }
code { font: .8125em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace; color: var(--soft); overflow-wrap: anywhere; }
ul.counts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; padding: 0; margin: 1rem 0; list-style: none; font-weight: 600; }
ul.counts .alarm { color: var(--alarm); }
ul.counts li { padding: .15rem 0; }
ul.facts { padding: 0; list-style: none; margin: .5rem 0; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(14.5rem, 1fr)); gap: 0 2rem; }
.place { padding: .2rem 0 1.2rem; min-width: 0; }
.place h4 { margin: 0 0 .4rem; }
.place dl { margin: 0; }
.place dt { color: var(--soft); font-size: .8125rem; margin-top: .55rem; }
.place dd { margin: 0; overflow-wrap: anywhere; }
.place dd.strong { font-weight: 600; } .place dd.strong .soft { font-weight: 400; } .place dd .soft { font-size: .9375rem; }
ul.plain { padding-left: 1.2rem; margin: .4rem 0; }
ul.plain li, ol.plain li { margin: .35rem 0; max-width: 50rem; }
ul.findings { list-style: none; padding: 0; margin: 0; }
ul.findings li { display: grid; grid-template-columns: 5.5rem 1fr; gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line); }
ul.findings li.known { color: var(--soft); }
ul.findings .level { font-weight: 600; }
figure.time { margin: 0; }
.scroll { overflow-x: auto; }
figure.time svg { display: block; width: 100%; min-width: 40rem; height: auto; }
svg .axis { stroke: var(--line); stroke-width: 2; } svg .grid { stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; }
svg .today { stroke: var(--soft); stroke-width: 1.2; } svg text.today { stroke: none; fill: var(--soft); }
svg .begins { fill: var(--link); } svg .deadline { fill: var(--warn); } svg .overdue { fill: var(--alarm); }
svg text.label { fill: var(--ink); } svg text.faint { fill: var(--soft); } svg text.inside { fill: var(--on-mark); font-weight: 700; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .45rem .75rem .45rem 0; }
th { font-weight: 600; color: var(--soft); font-size: .8125rem; }
table.by-day { table-layout: fixed; } .by-day td, .by-day th { overflow-wrap: anywhere; }
.by-day th:first-child { width: 8.5rem; } .by-day th:nth-child(2) { width: 6.5rem; } .by-day th:nth-child(4) { width: 24%; } .by-day th:nth-child(5) { width: 30%; }
.date { white-space: nowrap; font-variant-numeric: tabular-nums; }
.filters { position: sticky; top: 0; z-index: 5; background: var(--paper); border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: center; padding: .6rem 0; font-size: .875rem; }
.filters fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .25rem; align-items: center; }
.filters legend { float: left; padding: 0 .5rem 0 0; color: var(--soft); }
.filters .pick { position: absolute; opacity: 0; width: 1px; height: 1px; }
.filters fieldset label { padding: .2rem .65rem; border: 1px solid var(--line); border-radius: 99rem; cursor: pointer; }
.filters .pick:checked + label { background: var(--accent); border-color: var(--accent); color: var(--paper); }
.filters .pick:focus-visible + label { outline: 3px solid var(--link); outline-offset: 2px; }
.filters input[type=search] { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .2rem .5rem; width: 11rem; max-width: 100%; }
.filters button { font: inherit; color: var(--link); background: none; border: 1px solid var(--line); border-radius: .3rem; padding: .2rem .65rem; cursor: pointer; }
.live { display: none; } .js .live { display: inline-block; } .js label.live { display: inline-flex; gap: .5rem; align-items: center; }
.role > h4 { padding: .35rem .75rem; margin-left: -.75rem; margin-right: -.75rem; background: var(--panel); border-radius: .25rem; }
.duty { display: grid; grid-template-columns: 1fr 15rem; gap: .2rem 2rem; padding: 1.1rem 0 1.2rem; border-bottom: 1px solid var(--line); break-inside: avoid; }
.duty[hidden] { display: none; }
.duty > * { min-width: 0; }
.duty .body p { margin: .35rem 0; }
.duty .side { font-size: .875rem; }
.duty .side dl { margin: 0; } .duty .side dt { color: var(--soft); font-size: .8125rem; margin-top: .45rem; } .duty .side dd { margin: 0; }
.state { font-weight: 600; margin: 0; }
.duty.alarm { background: var(--alarm-panel); margin: 0 -.75rem; padding-left: .75rem; padding-right: .75rem; }
.duty.alarm .state { color: var(--alarm); } .duty.met .state { color: var(--good); } .duty.open .state { color: var(--warn); }
label.tick { display: inline-flex; gap: .45rem; align-items: center; cursor: pointer; padding: .2rem 0; }
label.tick input { width: 1.05rem; height: 1.05rem; accent-color: var(--accent); margin: 0; }
.duty:has(.tick input:checked) h5 { color: var(--soft); text-decoration: line-through; text-decoration-thickness: 1px; }
.pieces { margin: .5rem 0; padding: 0; list-style: none; font-size: .9375rem; }
.pieces > li { padding-left: 1.4rem; position: relative; margin: .25rem 0; }
.pieces > li::before { position: absolute; left: 0; content: "○"; color: var(--soft); }
.pieces > li.shown::before { content: "●"; color: var(--good); } .pieces > li.failed::before { content: "◐"; color: var(--warn); }
.pieces > li.absent::before { content: "✕"; color: var(--alarm); }
.pieces .detail { display: block; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
.waiver { border-left: 3px solid var(--warn); padding-left: .75rem; margin: .5rem 0; }
details { margin: .45rem 0; } summary { cursor: pointer; color: var(--link); width: fit-content; max-width: 100%; }
details.more > summary { font-size: .9375rem; }
.tree, .tree ul { list-style: none; margin: .2rem 0; padding: 0 0 0 1rem; border-left: 1px solid var(--line); font-size: .9375rem; }
.tree { padding-left: .75rem; } .tree li { margin: .25rem 0; overflow-wrap: anywhere; } .tree details { margin: 0; }
.tree summary { color: var(--ink); }
.tree .value { display: inline-block; min-width: 3.2em; font-size: .8125rem; font-weight: 600; color: var(--soft); padding-right: .4em; }
.tree .value.yes { color: var(--good); } .tree .value.unknown { color: var(--warn); }
.tree .remark { display: block; color: var(--soft); font-size: .875rem; }
footer { margin-top: 3.5rem; border-top: 1px solid var(--line); padding: .5rem 0 4rem; font-size: .9375rem; }
footer .notice { font-weight: 600; }
@media screen and (max-width: 48rem) { h1 { font-size: 1.7rem; } h2 { font-size: 1.4rem; } header.top { padding-top: 1.75rem; } .duty { grid-template-columns: 1fr; }
  .filters { position: static; } ul.findings li { grid-template-columns: 1fr; }
  .by-day thead { position: absolute; left: -99rem; } .by-day tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .by-day th:nth-child(n), .by-day td:nth-child(n) { width: auto; } .by-day th, .by-day td { display: block; border: 0; padding: .05rem 0; } }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #f2f2f2; --accent: #000; --alarm: #8b0000; --alarm-panel: #fff;
  --warn: #553300; --good: #064d2a; --link: #000; --on-mark: #fff; }
  @page { size: A4; margin: 18mm 16mm; } body { font-size: 9.5pt; } .sheet { max-width: none; padding: 0; } .filters, .skip, .live, .js .live { display: none; }
  h2.subject { break-before: page; } section.subject:first-of-type h2 { break-before: auto; } h2, h3, h4, h5 { break-after: avoid; } header.top { padding-top: 0; }
  summary { list-style: none; color: var(--ink); } details:not(:has(> .tree), .tree details)::details-content { content-visibility: visible; block-size: auto; }
  .duty details.more:not([open]) { display: none; }
  .scroll { overflow: visible; } figure.time svg { min-width: 0; } figure.time, tr { break-inside: avoid; } a { text-decoration: none; }
  .provisions a::after { content: " " attr(href); color: var(--soft); overflow-wrap: anywhere; font-size: 8pt; } .duty { grid-template-columns: 1fr 11rem; padding: .7rem 0; }
  .by-day th:first-child { width: 6.5rem; } .tree, .tree .remark, .tree code { font-size: 7pt; line-height: 1.35; } .tree li { margin: .08rem 0; } .tree ul { padding-left: .7rem; }
  .duty .side, .pieces, .pieces .detail, table { font-size: 8pt; } .duty { break-inside: auto; } h5, .state { break-after: avoid; } }
)css";
}

std::string_view page_script() {
  return R"js(
(function () {
  "use strict";
  var page = document, all = function (query) { return Array.prototype.slice.call(page.querySelectorAll(query)); };
  page.documentElement.classList.add("js");
  var store = null;
  try { store = window.localStorage; } catch (error) { store = null; }
  var key = "pandect:" + page.body.getAttribute("data-report");
  var ticked = {};
  try { ticked = JSON.parse((store && store.getItem(key)) || "{}") || {}; } catch (error) { ticked = {}; }
  var boxes = all(".tick input"), duties = all(".duty"), search = page.getElementById("search"), status = page.getElementById("status");
  function fill(text, values) { return text.replace(/\{(\d)\}/g, function (whole, place) { return values[place]; }); }
  function say() {
    if (!status) { return; }
    var shown = duties.filter(function (each) { return each.getClientRects().length > 0; }).length;
    var done = boxes.filter(function (each) { return each.checked; }).length;
    status.textContent = fill(status.getAttribute("data-shown"), [shown, duties.length]) +
      (done ? " · " + fill(status.getAttribute("data-ticked"), [done]) : "");
  }
  boxes.forEach(function (box) {
    box.checked = ticked[box.getAttribute("data-key")] === 1;
    box.addEventListener("change", function () {
      if (box.checked) { ticked[box.getAttribute("data-key")] = 1; } else { delete ticked[box.getAttribute("data-key")]; }
      try { if (store) { store.setItem(key, JSON.stringify(ticked)); } } catch (error) { /* a page from a file may have no store */ }
      say();
    });
  });
  if (search) {
    search.addEventListener("input", function () {
      var wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      duties.forEach(function (duty) {
        var text = duty.textContent.toLowerCase();
        duty.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
      });
      all(".role").forEach(function (role) { role.hidden = !role.querySelector(".duty:not([hidden])"); });
      say();
    });
  }
  all(".pick").forEach(function (each) { each.addEventListener("change", say); });
  all("button[data-open]").forEach(function (button) {
    button.addEventListener("click", function () {
      var open = button.getAttribute("data-open") === "1";
      all("main details, footer details").forEach(function (each) { each.open = open; });
    });
  });
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.from(all("details:not([open])")).filter(function (each) {
      return !each.querySelector(".tree") && !each.closest(".tree");
    });
    folded.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () { folded.forEach(function (each) { each.open = false; }); });
  function unfold() {
    var at = location.hash.length > 1 ? page.getElementById(location.hash.slice(1)) : null;
    for (var each = at; each; each = each.parentElement) { if (each.tagName === "DETAILS") { each.open = true; } }
    if (at) { at.scrollIntoView(); }
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  say();
})();
)js";
}

}  // namespace pandect::reports
