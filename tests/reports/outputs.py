"""Validates the formats for pipelines against the schemas of those who read them.

usage: outputs.py PANDECT SOURCE
Exit status 77 (skipped) where jsonschema or xmllint is missing.
"""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

try:
    import jsonschema
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)
if shutil.which("xmllint") is None:
    print("skipped: no xmllint (libxml2-utils)")
    sys.exit(77)

FAILURES = []
FORMATS = ("sarif", "junit", "junit-gitlab", "gitlab", "github", "summary", "csv", "csv-findings")
GITHUB_TAGS, GITHUB_TEXT, GITHUB_BYTES, SUMMARY_BYTES = 20, 1024, 10_000_000, 1 << 20

# Names that try to leave the format: control characters, markup, commands of a runner, formulas.
HOSTILE = r'''pandect: 1
organisation: {id: o, name: "::error::x\n::set-output name=a::b ##[add-mask]x", facts: {org.seat: kr}}
systems:
  - id: s-one
    name: "=cmd|' /C calc'!A0 ]]> <script>alert(1)</script> \u0001\u000b\u001b[2J \uFFFE \u202E, 50%: done"
    facts:
      system.uses: [employment.applicant_screening]
      market.offered_in: [kr, eu]
  - {id: s-two, name: "</testsuite>\r\n::warning::y | a | b", facts: {market.offered_in: [kr]}}
'''


def fail(name, what):
    FAILURES.append(f"{name}: {what}")


def check(pandect, folder, *arguments):
    """Writes every format with one run; gives its texts and its exit status."""
    with tempfile.TemporaryDirectory() as out:
        outputs = [f"--output={name}={os.path.join(out, name)}" for name in FORMATS]
        done = subprocess.run([pandect, "check", "--as-of=2026-11-21", *outputs, *arguments, folder],
                              capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode not in (0, 1, 3):
            fail(folder, f"exit status {done.returncode}: {done.stderr}")
            return {}, done.returncode
        texts = {}
        for name in FORMATS:
            with open(os.path.join(out, name), encoding="utf-8", newline="") as file:
                texts[name] = file.read()
        return texts, done.returncode


class Validators:
    def __init__(self, schemas):
        self.schemas = schemas
        self.sarif = jsonschema.Draft4Validator(self.load("sarif-schema-2.1.0.json"),
                                                format_checker=jsonschema.FormatChecker())
        self.gitlab = jsonschema.Draft202012Validator(self.load("gitlab-codequality.schema.json"))

    def load(self, name):
        with open(os.path.join(self.schemas, name), encoding="utf-8") as file:
            return json.load(file)

    def json(self, validator, value, name):
        for error in list(validator.iter_errors(value))[:5]:
            place = "/".join(str(step) for step in error.absolute_path)
            fail(name, f"{place}: {error.message[:200]}")

    def xml(self, text, name, strict):
        ElementTree.fromstring(text)
        for schema in ("junit-jenkins-10.xsd", "junit-windyroad-ant.xsd") if strict else ():
            done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema",
                                   os.path.join(self.schemas, schema), "-"],
                                  input=text, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                fail(name, f"{schema}: {done.stderr[:600]}")


def sarif(log, name, status, everything):
    """What code scanning wants beyond the schema."""
    results = 0
    stopping = [result for run in log["runs"] for result in run["results"]
                if result.get("properties", {}).get("blocks")]
    if bool(stopping) != (status == 1):
        fail(name, f"{len(stopping)} results block, and the exit status is {status}")
    if len({run["automationDetails"]["id"] for run in log["runs"]}) != len(log["runs"]):
        fail(name, "two runs of one category")
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        taxonomies = run.get("taxonomies", [])
        if run["invocations"][0]["exitCode"] != status:
            fail(name, "another exit code")
        for rule in rules:
            help_ = rule["help"]
            if not (rule["fullDescription"]["text"] and help_["text"] and help_["markdown"]):
                fail(name, f"{rule['id']} is not described")
            if len(rule["properties"]["tags"]) > GITHUB_TAGS:
                fail(name, f"{rule['id']} has too many tags")
            for key in ("shortDescription", "fullDescription"):
                if len(rule[key]["text"]) > GITHUB_TEXT:
                    fail(name, f"{rule['id']}: {key} is too long")
            for relation in rule.get("relationships", []):
                target = relation["target"]
                taxonomy = taxonomies[target["toolComponent"]["index"]]
                if taxonomy["name"] != target["toolComponent"]["name"]:
                    fail(name, f"{rule['id']}: another statute")
                if taxonomy["taxa"][target["index"]]["id"] != target["id"]:
                    fail(name, f"{rule['id']}: another provision")
        prints = set()
        for result in run["results"]:
            results += 1
            if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
                fail(name, f"{result['ruleId']}: another rule")
            if (result["kind"] == "fail") == (result["level"] == "none"):
                fail(name, f"{result['ruleId']}: {result['kind']} at level {result['level']}")
            if result["kind"] in ("pass", "notApplicable") and not everything:
                fail(name, f"{result['kind']} without --all")
            if result.get("properties", {}).get("blocks") and result["kind"] != "fail":
                fail(name, f"{result['ruleId']} blocks and is no failure")
            place = result["locations"][0]["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            if uri.startswith(("/", "./", "../", "file:")) or "\\" in uri:
                fail(name, f"{uri} is not relative to the repository")
            key = result["partialFingerprints"]["primaryLocationLineHash"]
            if key in prints:
                fail(name, f"{result['ruleId']}: fingerprint twice")
            prints.add(key)
    if status != 0 and results == 0:
        fail(name, "no result says why")


def junit(text, name, with_places):
    root = ElementTree.fromstring(text)
    names = set()
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        counts = {"tests": len(cases), "failures": len(suite.findall("testcase/failure")),
                  "skipped": len(suite.findall("testcase/skipped"))}
        for key, count in counts.items():
            if int(suite.get(key)) != count:
                fail(name, f"{key} is {suite.get(key)}, counted {count}")
        for case in cases:
            key = (case.get("classname"), case.get("name"))
            if key in names:
                fail(name, f"{key} twice")
            names.add(key)
            if with_places != (case.get("file") is not None and int(case.get("line", 0)) > 0):
                fail(name, f"{key}: place")


def commands(text, name):
    """The lines of a runner: annotations, and at most two lines of plain text."""
    plain = 0
    for line in text.splitlines():
        if re.match(r"::(error|warning|notice) file=[^:,]+,line=\d+(,col=\d+)?,title=[^:,]+::.+$", line):
            continue
        plain += 1
        if "::" in line or "##[" in line:
            fail(name, f"not an annotation: {line[:100]}")
    if plain > 2:
        fail(name, f"{plain} plain lines")


def table(text, name):
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    if len({len(row) for row in rows}) != 1:
        fail(name, "rows of different lengths")
    for cell in (cell for row in rows for cell in row):
        if cell.lstrip()[:1] in tuple("=+-@|%＝＋－＠"):
            fail(name, f"a formula: {cell[:60]}")


def validate(validators, texts, status, name, everything):
    log = json.loads(texts["sarif"])
    validators.json(validators.sarif, log, f"{name} sarif")
    sarif(log, f"{name} sarif", status, everything)
    if len(texts["sarif"].encode()) > GITHUB_BYTES:
        fail(name, "SARIF is too large")
    for dialect in ("junit", "junit-gitlab"):
        validators.xml(texts[dialect], f"{name} {dialect}", dialect == "junit")
        junit(texts[dialect], f"{name} {dialect}", dialect == "junit-gitlab")
    entries = json.loads(texts["gitlab"])
    validators.json(validators.gitlab, entries, f"{name} gitlab")
    if len({entry["fingerprint"] for entry in entries}) != len(entries):
        fail(name, "gitlab: fingerprint twice")
    commands(texts["github"], f"{name} github")
    if not texts["summary"].startswith("## Pandect: ") or len(texts["summary"].encode()) > SUMMARY_BYTES:
        fail(name, "summary: no summary")
    if "<script" in texts["summary"]:
        fail(name, "summary: markup of a manifest")
    for kind in ("csv", "csv-findings"):
        table(texts[kind], f"{name} {kind}")
    for kind, text in texts.items():
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe]", text):
            fail(name, f"{kind}: control characters")


def main(pandect, source):
    validators = Validators(os.path.join(source, "tests", "reports", "schemas"))
    examples = os.path.join(source, "examples")
    for name in sorted(os.listdir(examples)):
        folder = os.path.join(examples, name)
        if not os.path.exists(os.path.join(folder, "pandect.yaml")):
            continue
        variants = [[]]
        if name == "cv-screener":
            variants += [["--all", "--lang=ko", "--fail-on=low"], ["--lang=zh", "--fail-on=never"]]
        for arguments in variants:
            texts, status = check(pandect, folder, *arguments)
            if texts:
                validate(validators, texts, status, " ".join([name, *arguments]), "--all" in arguments)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "pandect.yaml"), "w", encoding="utf-8") as file:
            file.write(HOSTILE)
        for arguments in (["--fail-on=low"], ["--all", "--lang=zh"]):
            texts, status = check(pandect, folder, *arguments)
            if texts:
                validate(validators, texts, status, "hostile", "--all" in arguments)
    for failure in FAILURES[:50]:
        print(failure)
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
