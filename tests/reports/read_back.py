"""Reads reports back with readers of others: openpyxl, poppler, an HTML parser, a JSON Schema of OSCAL.

usage: read_back.py PRINT_REPORT OSCAL_SCHEMA
Exit status 77 (skipped) where a reader is missing.
"""
import datetime
import html.parser
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

try:
    import jsonschema
    import openpyxl
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)
if shutil.which("pdftotext") is None:
    print("skipped: pdftotext")
    sys.exit(77)

FAILURES = []
HOSTILE = 12
LANGUAGES = ("en", "ko", "zh")


def check(holds, what):
    if not holds:
        FAILURES.append(what)


def render(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, check=False)
    check(done.returncode == 0, f"{arguments}: exit status {done.returncode}")
    return done.stdout


# XLSX

CHECKLIST = {"en": "Checklist", "ko": "점검표", "zh": "核对清单"}


def workbook(data, name):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                check(cell.data_type != "f", f"{name}: formula in {sheet.title}!{cell.coordinate}")
                if cell.hyperlink and cell.hyperlink.target:
                    check(cell.hyperlink.target.startswith(("https://", "http://")),
                          f"{name}: link to {cell.hyperlink.target[:40]}")
                check(not isinstance(cell.value, str) or not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", cell.value),
                      f"{name}: control characters in {sheet.title}!{cell.coordinate}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check(len({each.date_time for each in archive.infolist()}) == 1, f"{name}: times in the archive")
        check(not any("externalLink" in each or "vba" in each for each in archive.namelist()), f"{name}: active content")
    return book


def checklist(book, lang):
    sheet = book[CHECKLIST[lang]]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(i for i, row in enumerate(rows) if row[0] == "ID")
    check(sheet.freeze_panes == f"C{top + 2}", f"{lang}: frozen at {sheet.freeze_panes}")
    check(sheet.auto_filter.ref is not None and sheet.auto_filter.ref.startswith(f"A{top + 1}:"), f"{lang}: filter")
    kinds = {each.type for each in sheet.data_validations.dataValidation}
    check(len(sheet.data_validations.dataValidation) == 2 and kinds == {"list"}, f"{lang}: lists to choose from")
    duties = {row[0]: row for row in rows[top + 1:]}
    check(len(duties) == 7, f"{lang}: {len(duties)} duties")
    filing = duties["kr.filing"]
    check(datetime.datetime(2026, 6, 30) in filing, f"{lang}: a deadline that is a date")
    check(any("Seo-yeon Park" in str(cell) for cell in filing), f"{lang}: the waiver")
    check(any("web/result.html:40" in str(cell) for cell in duties["kr.label"]), f"{lang}: the sighting")
    created = book.properties.created
    check(created.date() == datetime.date(2026, 11, 21), f"{lang}: created {created}")


# PDF

PDF_WORDS = {
    "en": ["AI Basic Act Art 31(1)", "Prior notice to users", "Seo-yeon Park", "web/result.html:40", "Timeline|By when"],
    "ko": ["인공지능기본법 제31조제1항", "사전고지", "국내대리인 신고", "기준일: 2026. 11. 21."],
    "zh": ["第三十一条第一款", "事先告知用户", "国内代理人申报", "2026年11月21日"],
}


def paper(data, lang):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        text = subprocess.run(["pdftotext", "-raw", file.name, "-"], capture_output=True, check=True).stdout.decode()
        fonts = subprocess.run(["pdffonts", file.name], capture_output=True, check=True).stdout.decode()
        info = subprocess.run(["pdfinfo", file.name], capture_output=True, check=True).stdout.decode()
    flat = re.sub(r"\s+", "", text)
    for words in PDF_WORDS[lang]:
        check(any(re.sub(r"\s+", "", each) in flat for each in words.split("|")), f"pdf {lang}: {words}")
    pages = int(re.search(r"Pages:\s+(\d+)", info).group(1))
    check(f"2/{pages}" in flat and f"{pages}/{pages}" in flat, f"pdf {lang}: page numbers")
    wanted = {"en": "Noto", "ko": "CJKkr", "zh": "CJKsc"}[lang]
    check(wanted in fonts.replace("-", ""), f"pdf {lang}: fonts {fonts}")
    check(" no " not in "".join(line[-30:-20] for line in fonts.splitlines()[2:]), f"pdf {lang}: a font is not embedded")
    for part in (b"/Outlines", b"/URI (https://law.example/kr-aiba)", b"20261121"):
        check(part in data, f"pdf {lang}: {part}")


# HTML

VOID = {"meta", "input", "line", "rect", "br", "link", "img"}


class Page(html.parser.HTMLParser):
    def __init__(self, name):
        super().__init__(convert_charrefs=True)
        self.name, self.stack, self.ids, self.targets, self.levels = name, [], [], [], []
        self.labels, self.inputs, self.tags = [], [], []

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if tag not in VOID:
            self.stack.append(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "input" and "label" not in self.stack:
            self.inputs.append(attrs.get("id"))
        if tag == "label":
            self.labels.append(attrs.get("for"))
        if attrs.get("href", "").startswith("#"):
            self.targets.append(attrs["href"][1:])
        for name in attrs:
            check(not name.startswith("on"), f"{self.name}: a handler {name}")

    def handle_endtag(self, tag):
        check(bool(self.stack) and self.stack.pop() == tag, f"{self.name}: </{tag}> out of place")


def page(text, name):
    found = Page(name)
    found.feed(text)
    found.close()
    check(not found.stack, f"{name}: open elements {found.stack}")
    check(len(found.ids) == len(set(found.ids)), f"{name}: ids twice")
    check(all(each in found.ids for each in found.targets), f"{name}: links into nowhere")
    check(all(each in found.labels for each in found.inputs), f"{name}: an input without a label")
    check(found.levels[:1] == [1] and found.levels.count(1) == 1, f"{name}: one h1 first")
    check(all(after <= before + 1 for before, after in zip(found.levels, found.levels[1:])), f"{name}: a heading is skipped")
    check(sum(tag == "script" for tag, _ in found.tags) == 1, f"{name}: scripts")
    for tag, attrs in found.tags:
        if tag == "a":
            check(attrs["href"].startswith(("#", "https://", "http://")), f"{name}: link {attrs['href'][:40]}")
        check(tag not in ("img", "iframe", "object", "link", "base", "form"), f"{name}: <{tag}>")
    return found


# OSCAL

def python_patterns(value):
    """The patterns of OSCAL use classes of Unicode that Python's `re` has not."""
    if isinstance(value, dict):
        return {key: python_pattern(each) if key == "pattern" and isinstance(each, str) else python_patterns(each)
                for key, each in value.items()}
    return [python_patterns(each) for each in value] if isinstance(value, list) else value


def python_pattern(pattern):
    return pattern.replace(r"\p{L}", r"[^\W\d_]").replace(r"\p{N}", r"\d")


def oscal(validator, program, *arguments):
    text = render(program, *arguments)
    document = json.loads(text)
    for error in list(validator.iter_errors(document))[:3]:
        where = [str(each) for each in error.absolute_path]
        deepest = jsonschema.exceptions.best_match([error])
        FAILURES.append(f"{arguments}: {'/'.join(where)}: {deepest.message[:300]} at {list(deepest.absolute_path)}")
    uuids = re.findall(rb'"uuid": "([^"]+)"', text)
    hostile = len(arguments) > 2  # the same id everywhere
    check(hostile or len(uuids) == len(set(uuids)), f"{arguments}: a uuid twice")
    return document


def results_agree(results, catalog):
    controls = {each["id"] for group in catalog["catalog"]["groups"] for each in group["controls"]}
    statements = {each["id"] + "_smt" for group in catalog["catalog"]["groups"] for each in group["controls"]}
    result = results["assessment-results"]["results"][0]
    for selection in result["reviewed-controls"]["control-selections"]:
        for each in selection["include-controls"]:
            check(each["control-id"] in controls, f"oscal: no control {each}")
    states = {each["target"]["target-id"]: each["target"]["status"]["state"] for each in result["findings"]}
    check(set(states) <= statements, "oscal: a finding of no control")
    check(states.get("kr.label_smt") == "satisfied", "oscal: kr.label")
    check(states.get("eu.no_emotion_at_work_smt") == "not-satisfied", "oscal: the prohibition")
    check("kr.advance_notice_smt" not in states, "oscal: a finding of what nobody verified")
    known = {each["uuid"] for each in result["observations"]}
    for finding in result["findings"]:
        check(all(each["observation-uuid"] in known for each in finding["related-observations"]), "oscal: observations")


def main(program, schema_path):
    with open(schema_path, encoding="utf-8") as file:
        schema = python_patterns(json.load(file))
    validator = jsonschema.Draft7Validator(schema)
    for lang in LANGUAGES:
        checklist(workbook(render(program, "xlsx", lang), lang), lang)
        paper(render(program, "pdf", lang), lang)
        page(render(program, "html", lang).decode(), f"html {lang}")
        results_agree(oscal(validator, program, "oscal", lang), oscal(validator, program, "oscal-catalog", lang))
    for number in range(HOSTILE):
        workbook(render(program, "xlsx", "en", str(number)), f"hostile {number}")
        page(render(program, "html", "en", str(number)).decode(), f"hostile html {number}")
        oscal(validator, program, "oscal", "ko", str(number))
        oscal(validator, program, "oscal-catalog", "ko", str(number))
    for failure in FAILURES[:40]:
        print(failure)
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
