"""Validates what Pandect writes and reads against its own schemas.

usage: validate.py PRINT_REPORT PANDECT SOURCE
Exit status 77 (skipped) where the Python packages for it are missing.
"""
import csv
import glob
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

FAILURES = []


class PlainLoader(yaml.SafeLoader):
    """Dates stay texts, as in YAML 1.2."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def output_of(*command, statuses=(0,)):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in statuses:
        FAILURES.append(f"{' '.join(command)}: exit status {done.returncode}: {done.stderr}")
    return done.stdout


def validate(validator, value, name):
    for error in list(validator.iter_errors(value))[:5]:
        place = "/".join(str(step) for step in error.absolute_path)
        FAILURES.append(f"{name}: {place}: {error.message[:200]}")


def schema_of(text):
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def main(print_report, pandect, source):
    assessment = schema_of(output_of(print_report, "assessment-schema"))
    manifest = schema_of(output_of(print_report, "manifest-schema"))
    for lang in ("en", "ko", "zh"):
        validate(assessment, json.loads(output_of(print_report, "json", lang)), f"sample {lang}")
    for path in sorted(glob.glob(os.path.join(source, "examples", "*", "pandect.yaml"))):
        with open(path, encoding="utf-8") as file:
            validate(manifest, yaml.load(file, PlainLoader), path)
        report = output_of(pandect, "check", path, "--as-of", "2026-11-21", "--all", "--format", "json",
                           statuses=(0, 1, 3))
        if report:
            validate(assessment, json.loads(report), path)
    well_formed(print_report)
    for failure in FAILURES:
        print(failure)
    return 1 if FAILURES else 0


def well_formed(print_report):
    """Formats of others: at least what every reader of them needs."""
    junit = output_of(print_report, "junit", statuses=(0, 2))
    if junit:
        xml.etree.ElementTree.fromstring(junit)
    table = output_of(print_report, "csv", statuses=(0, 2))
    if table and len({len(row) for row in csv.reader(io.StringIO(table))}) != 1:
        FAILURES.append("csv: rows of different lengths")
    sarif = output_of(print_report, "sarif", statuses=(0, 2))
    if sarif and json.loads(sarif)["version"] != "2.1.0":
        FAILURES.append("sarif: not 2.1.0")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
