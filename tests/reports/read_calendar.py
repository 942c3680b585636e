"""Reads calendars back with the icalendar package, and portfolios with openpyxl.

usage: read_calendar.py PRINT_REPORT PANDECT SOURCE
Exit status 77 (skipped) where a reader is missing.
"""
import datetime
import html.parser
import io
import json
import os
import re
import subprocess
import sys

try:
    import icalendar
    import openpyxl
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

FAILURES = []
HOSTILE = 12
LANGUAGES = {"en": "en", "ko": "ko", "zh": "zh-Hans"}


def check(holds, what):
    if not holds:
        FAILURES.append(what)


def output_of(*command, statuses=(0,)):
    done = subprocess.run(command, capture_output=True, check=False)
    check(done.returncode in statuses, f"{command}: exit status {done.returncode}: {done.stderr[:300]}")
    return done.stdout


def calendar(data, name, lang):
    check(b"\n" not in data.replace(b"\r\n", b""), f"{name}: a bare line feed")
    check(max(map(len, data.split(b"\r\n"))) <= 75, f"{name}: a line of more than 75 octets")
    data.decode("utf-8")
    read = icalendar.Calendar.from_ical(data)
    check(not getattr(read, "errors", None), f"{name}: {getattr(read, 'errors', None)}")
    check(read["version"] == "2.0" and "prodid" in read, f"{name}: version")
    check(len(read.subcomponents) > 0, f"{name}: no component")
    entries = {}
    for event in read.walk("VEVENT"):
        check(not event.errors, f"{name}: {event.errors}")
        uid = str(event["uid"])
        check(uid not in entries, f"{name}: {uid} twice")
        entries[uid] = event
        check(type(event["dtstart"].dt) is datetime.date, f"{name}: not an all-day entry")
        check(event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(days=1), f"{name}: dtend")
        check(event["summary"].params["LANGUAGE"] == lang, f"{name}: language")
        check(re.match("https?://", str(event.get("url", "https://"))) is not None, f"{name}: url")
        check(str(event["transp"]) == "TRANSPARENT", f"{name}: blocks time")
    # Written again by the reader, the same entries come out.
    again = icalendar.Calendar.from_ical(read.to_ical())
    check({str(each["uid"]) for each in again.walk("VEVENT")} == set(entries), f"{name}: not the same when written again")
    return entries


def examples(pandect, source):
    for example in ("cv-screener", "bank-credit-model", "warehouse-forecast"):
        for lang, tag in LANGUAGES.items():
            def told(day):
                return output_of(pandect, "timeline", os.path.join(source, "examples", example), "--as-of", day,
                                 "--lang", lang, "--format", "ics")
            first = calendar(told("2026-11-21"), f"{example} {lang}", tag)
            later = calendar(told("2026-12-15"), f"{example} {lang} later", tag)
            for uid in set(first) & set(later):
                about = [re.split("[:：]", str(each[uid]["summary"]), maxsplit=1)[1] for each in (first, later)]
                check(about[0] == about[1], f"{example}: {uid} became another thing")
                check(later[uid]["sequence"] > first[uid]["sequence"], f"{example}: sequence")
                check(later[uid]["dtstamp"].dt > first[uid]["dtstamp"].dt, f"{example}: stamp")
            if example == "cv-screener":
                check(len(set(first) & set(later)) > 5, "cv-screener: ids are not stable")
        listed = json.loads(output_of(pandect, "timeline", os.path.join(source, "examples", example), "--as-of",
                                      "2026-11-21", "--format", "json"))
        check({each["uid"] for each in listed} == set(first), f"{example}: JSON and iCalendar differ")


VOID = {"meta", "input", "br", "circle", "line", "rect"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.problems = [], set(), []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            if given["id"] in self.ids:
                self.problems.append(f"id {given['id']} twice")
            self.ids.add(given["id"])
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "src"):
                self.problems.append(f"attribute {name}")
            if name == "href" and not re.match("https?://|#", value):
                self.problems.append(f"link to {value[:40]}")
        if tag in ("script", "iframe", "img", "object"):
            self.problems.append(f"element {tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID and self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> out of place")


def page(text, name):
    reader = Page()
    reader.feed(text)
    reader.close()
    check(not reader.problems and not reader.open, f"{name}: {reader.problems[:5]} {reader.open[:5]}")


def portfolio(pandect, source):
    for lang in LANGUAGES:
        def view(form):
            return output_of(pandect, "portfolio", os.path.join(source, "examples"), "--as-of", "2026-11-21",
                             "--lang", lang, "--format", form, statuses=(0, 1, 3))
        book = openpyxl.load_workbook(io.BytesIO(view("xlsx")))
        told = json.loads(view("json"))
        sheet = book.worksheets[0]
        rows = [row for row in sheet.iter_rows(values_only=True)]
        top = next(i for i, row in enumerate(rows) if "ID" in row)
        names = [row[rows[top].index("ID")] for row in rows[top + 1:]]
        check(names == [each["id"] for each in told["subjects"]], f"{lang}: the workbook has other systems")
        check(sheet.freeze_panes == f"B{top + 2}", f"{lang}: frozen at {sheet.freeze_panes}")
        for each in book:
            for row in each.iter_rows():
                for cell in row:
                    check(cell.data_type != "f", f"{lang}: a formula in {each.title}!{cell.coordinate}")
        days = [row[0] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)]
        check(days and all(isinstance(day, datetime.datetime) for day in days), f"{lang}: days that are none")
        check(len(days) == sum(len(each["dates"]) for each in told["subjects"]), f"{lang}: days are missing")
        page(view("html").decode(), f"portfolio {lang}")


def main(print_report, pandect, source):
    examples(pandect, source)
    portfolio(pandect, source)
    for number in range(HOSTILE):
        for lang in ("en", "zh"):
            calendar(output_of(print_report, "calendar-ics", lang, str(number)), f"hostile {number}", LANGUAGES[lang])
            page(output_of(print_report, "calendar-html", lang, str(number)).decode(), f"hostile page {number}")
            page(output_of(print_report, "portfolio-html", lang, str(number)).decode(), f"hostile portfolio {number}")
    for failure in FAILURES[:40]:
        print(failure)
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
