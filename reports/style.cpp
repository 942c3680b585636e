#include "reports/style.h"

namespace pandect::reports {

std::string_view page_style() {
  return R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2024; --soft: #5a6370; --line: #d9dee4;
  --panel: #f5f7f9; --alarm: #b3261e; --warn: #8a5300; --good: #1f6f43; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e8eaed; --soft: #a3acb7;
  --line: #343a41; --panel: #1d2125; --alarm: #ff8a80; --warn: #f2b45c; --good: #7bd6a3; --link: #8ab8f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans KR", "Noto Sans SC", sans-serif; }
:lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; border-bottom: 2px solid var(--ink); padding-bottom: .25rem; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; color: var(--soft); }
h5 { font-size: 1rem; margin: 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, input:focus-visible + label { outline: 3px solid var(--link); outline-offset: 2px; }
.soft { color: var(--soft); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; }
.counts li { background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .7rem; }
.counts .alarm { border-color: var(--alarm); color: var(--alarm); font-weight: 600; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .2rem 1rem; margin: .25rem 0 1rem; }
dl.facts dt { color: var(--soft); grid-column: 1; }
dl.facts dd { margin: 0; grid-column: 2; }
.duty { border: 1px solid var(--line); border-left: .3rem solid var(--line); border-radius: .3rem;
  padding: .6rem .9rem; margin: .6rem 0; break-inside: avoid; }
.duty.critical, .duty.high { border-left-color: var(--warn); }
.duty.alarm { border-left-color: var(--alarm); }
.duty.met { border-left-color: var(--good); }
.duty p { margin: .3rem 0; }
.tags { display: flex; flex-wrap: wrap; gap: .4rem; font-size: .85rem; margin: .2rem 0; padding: 0; list-style: none; }
.tags li { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; }
.tags .alarm { color: var(--alarm); border-color: var(--alarm); }
.tags .good { color: var(--good); border-color: var(--good); }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .35rem .5rem; }
code { font-size: .85em; color: var(--soft); overflow-wrap: anywhere; }
.filter { position: absolute; opacity: 0; pointer-events: none; }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0; align-items: center; }
.filters label { border: 1px solid var(--line); border-radius: 1rem; padding: .15rem .8rem; cursor: pointer; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); font-size: .9rem; color: var(--soft); }
@media (max-width: 40rem) { dl.facts { grid-template-columns: 1fr; } dl.facts dd { grid-column: 1; } dl.facts dd { margin-bottom: .4rem; } }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #999; --panel: #fff; --link: #000;
  --alarm: #000; --warn: #000; --good: #000; } body { max-width: none; padding: 0; font-size: 10pt; }
  .filters { display: none; } h2, h3, h4 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; } }
)css";
}

}  // namespace pandect::reports
