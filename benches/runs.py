"""Whole runs of scenarios/kakao-2022.toml with all their files: what more guidelines cost, and what follows the awards.

    python3 benches/runs.py PATH-OF-REDRESS [--replicates 10000] [--turns 3] [--case own|library|awards ...]
                             [--yardstick PATH-OF-W2]

own: each of the scenario's own drafts ten times, each copy with filing profiles of its own (so that each has a take-up
and approvals drawn apart); library: schemes of the library beside the scenario's own drafts, each with its own take-up.
Both stand beside five: the same file without copies and variants. awards: the scenario up to the awards (procedures,
courts, recourse, reports by day and variants taken out), beside the file as it is. Runs take turns; processor time and,
which only means something on a machine that does nothing else, seconds on the clock. With the example w2 as a yardstick
seconds of one machine can be compared with those of another: each turn also times 1,000 replicates of workload W2 claim by
claim in plain Rust on two threads, and every case is told as a multiple of that. Standard library only; nothing is left
behind.
"""

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMES = [
    ("de-tkg58", 1430), ("uk-ofcom-autocomp", 1640), ("es-rd899", 1430),
    ("fr-telecom-prorata", 1430), ("nl-telecom-71a", 1430), ("kr-telecom-terms", None),
]


def sections(text):
    """The file as (header, lines) in order; what stands before the first header has none."""
    out = [("", [])]
    for line in text.splitlines():
        if re.match(r"\[", line):
            out.append((line, []))
        else:
            out[-1][1].append(line)
    return out


def guideline_of(header):
    found = re.match(r"\[+guidelines\.([^.\]]+)", header)
    return found.group(1) if found else None


def without_variants(parts):
    return [p for p in parts if not p[0].startswith("[variants")]


AFTER_AWARDS = ("procedures.", "courts.", "bearing", "valuation", "channel", "observed", "variants.")


def awards(parts):
    """The scenario without what follows the awards."""
    kept = [(h, lines) for h, lines in parts if not h.lstrip("[").startswith(AFTER_AWARDS)]
    return [(h, [line for line in lines if not line.startswith("procedure = ")]) for h, lines in kept]


def text_of(parts):
    return "\n".join("\n".join(([h] if h else []) + lines) for h, lines in parts) + "\n"


def own(parts, times):
    """Copies of every draft but the yardstick, each with profiles of its own."""
    out = list(parts)
    for k in range(2, times + 1):
        for header, lines in parts:
            name = guideline_of(header)
            if name and name != "no-scheme":
                header = header.replace(f"guidelines.{name}", f"guidelines.{name}-{k}", 1)
                lines = [re.sub(r'^filing = "(?!automatic")([^"]+)"', rf'filing = "\1-{k}"', line) for line in lines]
                out.append((header, lines))
            elif header.startswith("[filing."):
                out.append((header.replace("]", f"-{k}]"), lines))
    return out


def library(parts, upto):
    out = list(parts)
    have = len({guideline_of(h) for h, _ in parts} - {None})
    for i in range(have, upto):
        name, rate = SCHEMES[i % len(SCHEMES)]
        lines = [f'scheme = "{name}"', "partly = true"] + ([f"rate = {rate}"] if rate else [])
        lines.append(
            f"filing = {{ awareness = {{ law = \"uniform\", min = {0.1 + 0.01 * i:.2f}, max = {0.3 + 0.012 * i:.3f} }}, "
            f"burden = {{ law = \"lognormal\", mean = {8000 + 1500 * i}, cv = 0.4 }}, beta = 1.5 }}")
        if procedures(parts):
            lines.append('procedure = "bill"')
        out.append((f"[guidelines.more-{i}]", lines))
    return out


def procedures(parts):
    return any(h.startswith("[procedures.bill") for h, _ in parts)


def resolved(binary, folder):
    """The scenario with everything written out, so that a copy of a section stands alone."""
    out = folder / "resolved"
    run(binary, ROOT / "scenarios/kakao-2022.toml", out, 1)
    return sections((out / "scenario.resolved.toml").read_text())


def run(binary, file, out, replicates):
    """Seconds of processor time and on the clock of one run with all its files."""
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [binary, "run", file, "-n", str(replicates), "--out", out, "--quiet"], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"redress failed:\n{done.stderr[-4000:]}")
    clock = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(out) if out.name != "resolved" else None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def yardstick(w2):
    """Seconds on the clock of 1,000 replicates of workload W2 in plain Rust on two threads."""
    done = subprocess.run([w2, "1000", "2", "plain"], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)["work_s"]


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("redress")
    asked.add_argument("--replicates", type=int, default=10_000)
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--case", choices=["own", "library", "awards"], nargs="+", default=["own", "library", "awards"])
    asked.add_argument("--yardstick", metavar="W2", help="the example w2, built")
    asked.add_argument("--keep", help="keep the scenario files in this folder")
    asked = asked.parse_args()
    binary = os.path.abspath(asked.redress)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "guidelines").symlink_to(ROOT / "scenarios/guidelines")
        whole = resolved(binary, folder)
        parts = without_variants(whole)
        beside = {"own": "five", "library": "five", "awards": "whole"}
        made = {
            "five": lambda: parts, "own": lambda: own(parts, 10), "library": lambda: library(parts, 51),
            "whole": lambda: whole, "awards": lambda: awards(whole),
        }
        files = {case: made[case]() for case in made if case in asked.case or case in map(beside.get, asked.case)}
        for case, some in files.items():
            (folder / f"{case}.toml").write_text(text_of(some))
            if asked.keep:
                Path(asked.keep).mkdir(exist_ok=True)
                (Path(asked.keep) / f"{case}.toml").write_text(text_of(some))
        times = {case: [] for case in files}
        yardsticks = []
        for _ in range(asked.turns):
            for case in files:
                times[case].append(run(binary, folder / f"{case}.toml", folder / "out", asked.replicates))
            if asked.yardstick:
                yardsticks.append(yardstick(os.path.abspath(asked.yardstick)))
        middle = {case: [statistics.median(some) for some in zip(*seconds)] for case, seconds in times.items()}
        for case, (cpu, clock) in middle.items():
            other = beside.get(case)
            ratio = f", {cpu / middle[other][0]:.2f} times {other}" if other else ""
            if yardsticks:
                ratio += f", {clock / statistics.median(yardsticks):.2f} yardsticks of {statistics.median(yardsticks):.2f} s"
            turns = ", ".join(f"{cpu:.2f} in {clock:.2f}" for cpu, clock in times[case])
            print(f"{case}: {cpu:.2f} s of processor time in {clock:.2f} s{ratio} ({turns})")


if __name__ == "__main__":
    main()
