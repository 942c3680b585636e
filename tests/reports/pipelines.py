"""Runs the script of action.yml as GitHub would, and reads every file of examples/pipelines.

usage: pipelines.py PANDECT SOURCE
Exit status 77 (skipped) where PyYAML is missing.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

FAILURES = []


def expect(holds, what):
    if not holds:
        FAILURES.append(what)


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Action:
    """The step with a runner's environment around it."""

    def __init__(self, pandect, source):
        self.source = source
        self.pandect = pandect
        self.definition = load(os.path.join(source, "action.yml"))
        self.step = self.definition["runs"]["steps"][0]

    def run(self, folder, **inputs):
        given = {name: entry["default"] for name, entry in self.definition["inputs"].items()}
        given.update({"binary": self.pandect, "as-of": "2026-11-21"})
        given.update({name.replace("_", "-"): value for name, value in inputs.items()})
        scratch = tempfile.mkdtemp()
        files = {name: os.path.join(scratch, name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            with open(path, "w", encoding="utf-8"):
                pass
        env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", scratch), "RUNNER_TEMP": scratch,
               "GITHUB_ACTION_PATH": self.source, **files}
        for name, value in self.step["env"].items():
            wanted = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)
            expect(wanted is not None, f"action.yml: {name} is not one input")
            env[name] = given[wanted.group(1)]
        # As the runner starts a step with `shell: bash`.
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.step["run"]],
                              env=env, cwd=folder, capture_output=True, text=True, check=False)
        outputs = dict(line.split("=", 1) for line in text_of(files["GITHUB_OUTPUT"]).splitlines())
        summary = text_of(files["GITHUB_STEP_SUMMARY"])
        shutil.rmtree(scratch)
        return done, outputs, summary


def definition_is_sound(action):
    inputs = set(action.definition["inputs"])
    passed = {re.search(r"inputs\.([a-z-]+)", value).group(1) for value in action.step["env"].values()}
    expect(inputs == passed, f"action.yml: inputs {inputs ^ passed} are not passed")
    script = text_of(os.path.join(action.source, ".ci", "action"))
    for name in action.step["env"]:
        expect(name in script, f".ci/action does not read {name}")
    for step in action.definition["runs"]["steps"]:
        expect("${{" not in step.get("run", ""), "action.yml: an expression within a script")
        expect("set -euo pipefail" in step.get("run", ""), "action.yml: a script that goes on after errors")
    readme = text_of(os.path.join(action.source, "examples", "pipelines", "README.md"))
    for name in [*inputs, *action.definition["outputs"]]:
        expect(f"`{name}`" in readme, f"examples/pipelines/README.md does not name {name}")


def step_works(action):
    example = os.path.join(action.source, "examples", "face-gate")
    done, outputs, summary = action.run(example, fail_on="low")
    expect(done.returncode == 1 and outputs.get("status") == "1", f"findings: {done.returncode} {done.stdout}")
    expect(int(outputs.get("blocking", 0)) > 0, "findings: none is counted")
    expect(outputs.get("sarif-path", "").endswith("pandect.sarif"), "findings: no SARIF")
    expect("::error file=" in done.stdout, "findings: no annotation")
    expect(summary.startswith("## Pandect: "), "findings: no summary")
    done, outputs, _ = action.run(example, fail_on="low", soft_fail="true")
    expect(done.returncode == 0 and outputs.get("status") == "1", "soft-fail: the step fails")
    done, outputs, _ = action.run(example, fail_on="never", fail_on_unknown="never", format="html,csv-findings junit")
    expect(done.returncode == 0 and outputs.get("blocking") == "0", f"never: {done.stdout}")
    done, outputs, summary = action.run(example, path="nowhere", soft_fail="true")
    expect(done.returncode == 2 and outputs.get("status") == "2", f"no manifest: {done.returncode}")
    expect("sarif-path" not in outputs and summary == "", "no manifest: there is a report")


def inputs_are_data(action):
    """What a caller passes on from a pull request is never run, and no option is smuggled in."""
    example = os.path.join(action.source, "examples", "warehouse-forecast")
    with tempfile.TemporaryDirectory() as trap:
        mark = os.path.join(trap, "mark")
        for name in ("path", "config", "jurisdictions", "packs", "as-of", "lang", "fail-on", "baseline", "format"):
            for value in (f"$(touch {mark})", f"`touch {mark}`", f"; touch {mark} #", f"\"; touch {mark}; \"",
                          f"-o{mark}", f"--output=json={mark}"):
                done, _, _ = action.run(example, **{name.replace("-", "_"): value})
                expect(done.returncode == 2, f"{name}={value}: {done.returncode}")
                expect(not os.path.exists(mark), f"{name}={value} was run")
        done, outputs, _ = action.run(example, output="x\nblocking=0")
        expect(done.returncode == 2 and outputs == {}, "a line break in an output")


def commands_are_not_obeyed(action):
    """A manifest of a stranger cannot speak to the runner."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "pandect.yaml"), "w", encoding="utf-8") as file:
            file.write('pandect: 1\n"::warning::obey": 1\n"##[error]obey": 2\n')
        done, _, _ = action.run(folder)
    stop = re.search(r"^::stop-commands::(pandect-[0-9a-f]{32})$", done.stdout, re.MULTILINE)
    expect(stop is not None, "commands are not stopped")
    if stop is not None:
        start, end = stop.end(), done.stdout.find(f"::{stop.group(1)}::", stop.end())
        expect(start < done.stdout.find("obey") < end, f"text of a manifest outside: {done.stdout}")


def examples_are_sound(source):
    folder = os.path.join(source, "examples", "pipelines")
    readme = text_of(os.path.join(folder, "README.md"))
    for name in os.listdir(folder):
        expect(name == "README.md" or f"]({name})" in readme, f"examples/pipelines/README.md does not name {name}")
    workflow = load(os.path.join(folder, "github-workflow.yml"))
    uses = [step for step in workflow["jobs"]["pandect"]["steps"] if step["uses"].startswith("OWNER/pandect@")]
    known = load(os.path.join(source, "action.yml"))["inputs"]
    expect(len(uses) == 1 and set(uses[0]["with"]) <= set(known), "github-workflow.yml: unknown inputs")
    job = load(os.path.join(folder, "gitlab-ci.yml"))[".pandect"]
    expect(job["artifacts"]["reports"]["junit"] in job["script"][0], "gitlab-ci.yml: another JUnit file")
    expect(job["artifacts"]["reports"]["codequality"] in job["script"][0], "gitlab-ci.yml: another report")
    hooks = {hook["id"]: hook for hook in load(os.path.join(source, ".pre-commit-hooks.yaml"))}
    for repo in load(os.path.join(folder, "pre-commit-config.yaml"))["repos"]:
        for hook in repo["hooks"]:
            expect(hook["id"] in hooks, f"pre-commit-config.yaml: no hook {hook['id']}")
    for hook in hooks.values():
        for name in ("pandect.yaml", "a/pandect.yaml", ".pandect.toml", "x/.pandect.waivers.yaml"):
            expect(re.search(hook["files"], name), f"{hook['id']} does not see {name}")
        expect(not re.search(hook["files"], "notpandect.yaml"), f"{hook['id']} sees too much")


def commands_of_examples_run(pandect, source):
    """The command lines that users copy, as they stand."""
    folder = os.path.join(source, "examples", "pipelines")
    job = load(os.path.join(folder, "gitlab-ci.yml"))[".pandect"]
    hooks = load(os.path.join(source, ".pre-commit-hooks.yaml"))
    jenkins = re.search(r"script: '''(.*?)'''", text_of(os.path.join(folder, "Jenkinsfile")), re.DOTALL)
    expect(jenkins is not None, "Jenkinsfile: no script")
    lines = [(job["script"][0], job["artifacts"]["paths"]), (jenkins.group(1), ["pandect.xml", "pandect.html"])]
    lines += [(hook["entry"], []) for hook in hooks if hook["language"] == "system"]
    for line, written in lines:
        with tempfile.TemporaryDirectory() as scratch:
            shutil.copy(os.path.join(source, "examples", "warehouse-forecast", "pandect.yaml"), scratch)
            os.mkdir(os.path.join(scratch, "bin"))
            os.symlink(pandect, os.path.join(scratch, "bin", "pandect"))
            env = {**os.environ, "PATH": os.path.join(scratch, "bin") + ":" + os.environ["PATH"], **job["variables"]}
            done = subprocess.run(["sh", "-ec", line], cwd=scratch, env=env, capture_output=True, text=True,
                                  check=False)
            expect(done.returncode in (0, 1, 3), f"{line.strip()[:60]}: {done.returncode} {done.stderr[:300]}")
            for name in written:
                expect(os.path.exists(os.path.join(scratch, name)), f"{line.strip()[:60]}: no {name}")


def container_builds_as_dev_does(source):
    """No second list of packages: `dev` installs them. What it needs of the tree is copied."""
    text = text_of(os.path.join(source, "examples", "pipelines", "Containerfile"))
    build = text.split("\nFROM ")[1]
    expect("./dev run" in build and "apt-get install" not in build, "Containerfile: another list of packages")
    copied = set(re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE))
    copied = {name for line in copied for name in line.split()}
    wanted = {"CMakeLists.txt", "CMakePresets.json", "dev", "cli", "engine", "plugins", "reports", "rules", "tests"}
    expect(wanted <= copied, f"Containerfile: {wanted - copied} are not copied")
    for name in copied:
        expect(os.path.exists(os.path.join(source, name)), f"Containerfile: there is no {name}")
    expect("\nUSER pandect\n" in text, "Containerfile: runs as root")


def main(pandect, source):
    action = Action(pandect, source)
    definition_is_sound(action)
    step_works(action)
    inputs_are_data(action)
    commands_are_not_obeyed(action)
    examples_are_sound(source)
    commands_of_examples_run(pandect, source)
    container_builds_as_dev_does(source)
    for failure in FAILURES[:30]:
        print(failure)
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
