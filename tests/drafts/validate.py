"""Reads every draft page as a strict HTML reader would: tags closed in order and where they may
stand, no attribute twice, ids unique, links to what is there, no script and nothing from elsewhere;
and every gap of the page once in its list."""
import re
import subprocess
import sys
from html.parser import HTMLParser

PANDECT, SOURCE = sys.argv[1:3]
VOID = {"meta", "br", "hr", "img", "input", "link"}
# What may stand directly in what, where HTML is particular about it.
INSIDE = {
    "li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"},
    "thead": {"table"}, "tbody": {"table"}, "title": {"head"}, "head": {"html"}, "body": {"html"},
}
ONLY = {"ul": {"li"}, "dl": {"dt", "dd"}, "tr": {"td", "th"}, "table": {"thead", "tbody"}}
PHRASING = {"a", "code", "em", "strong", "span"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.problems, self.ids, self.targets = [], [], set(), []
        self.gaps = 0

    def bad(self, text):
        self.problems.append("line %d: %s" % (self.getpos()[0], text))

    def handle_starttag(self, tag, attributes):
        parent = self.open[-1] if self.open else None
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.bad("an attribute stands twice in <%s>" % tag)
        if tag == "script" or any(name.startswith("on") for name in names):
            self.bad("a script")
        if tag in INSIDE and parent not in INSIDE[tag]:
            self.bad("<%s> in <%s>" % (tag, parent))
        if parent in ONLY and tag not in ONLY[parent]:
            self.bad("<%s> in <%s>" % (tag, parent))
        if (parent in PHRASING or parent == "p") and tag not in PHRASING:
            self.bad("<%s> in <%s>" % (tag, parent))
        if tag == "a" and "a" in self.open:
            self.bad("a link in a link")
        values = dict(attributes)
        if "id" in values:
            if values["id"] in self.ids:
                self.bad("the id %s stands twice" % values["id"])
            self.ids.add(values["id"])
        if tag == "a":
            target = values.get("href", "")
            if target.startswith("#"):
                self.targets.append(target[1:])
            elif not re.match(r"https?://", target):
                self.bad("a link to %r" % target)
        if "src" in values or tag == "link":
            self.bad("something from elsewhere")
        self.gaps += tag == "li" and values.get("class") == "gap"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.bad("</%s> closes <%s>" % (tag, self.open[-1] if self.open else "nothing"))
        else:
            self.open.pop()

    def handle_data(self, text):
        if text.strip() and self.open and self.open[-1] in ONLY:
            self.bad("text in <%s>" % self.open[-1])


def check(name, text, gaps):
    page = Page()
    page.feed(text)
    page.close()
    problems = page.problems
    if page.open:
        problems.append("left open: %s" % page.open)
    if not text.startswith("<!DOCTYPE html>"):
        problems.append("no doctype")
    for target in page.targets:
        if target not in page.ids:
            problems.append("a link to #%s, which is not there" % target)
    if page.gaps != gaps or len(page.targets) != gaps:
        problems.append("%d gaps, %d marked, %d listed" % (gaps, page.gaps, len(page.targets)))
    for problem in problems:
        print("%s: %s" % (name, problem))
    return not problems


def draft(paper, example, lang):
    call = [PANDECT, "draft", paper, SOURCE + "/examples/" + example, "--as-of", "2026-11-21",
            "--lang", lang, "--format", "html"]
    ran = subprocess.run(call, capture_output=True, text=True)
    if ran.returncode not in (0, 3):
        sys.exit("%s: %s" % (paper, ran.stderr))
    counted = re.search(r": (\d+) gaps?", ran.stderr)
    return ran.stdout, int(counted.group(1)) if counted else 0


def main():
    # The reader must be able to find fault.
    for broken in ("<p><div></div></p>", "<ul>x</ul>", "<li></li>", "<a href='javascript:x'></a>", "<b>"):
        page = Page()
        page.feed(broken)
        if not page.problems and not page.open:
            sys.exit("the check finds no fault in %s" % broken)
    listed = subprocess.run([PANDECT, "draft", "--list"], capture_output=True, text=True, check=True).stdout
    papers = re.findall(r"^  (\S+) .*\((system|model)\)$", listed, re.M)
    if not papers:
        sys.exit("no papers are listed")
    sound = True
    for paper, about in papers:
        for lang in ("en", "ko", "zh"):
            text, gaps = draft(paper, "frontier-model" if about == "model" else "companion-chatbot", lang)
            sound = check("%s %s" % (paper, lang), text, gaps) and sound
    print("%d papers in three languages" % len(papers))
    sys.exit(0 if sound else 1)


main()
