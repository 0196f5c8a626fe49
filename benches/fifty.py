"""Fifty guidelines against five: a full `redress run` of scenarios/kakao-2022.toml with all its files, CPU time in turn.

    python3 benches/fifty.py PATH-OF-REDRESS [--replicates 10000] [--turns 3] [--case own|library|both]

own: each of the scenario's own drafts ten times, each copy with filing profiles of its own (so that each has a take-up
and approvals drawn apart); library: schemes of the library beside the scenario's own drafts, each with its own take-up.
The scenario of five is the same file without the copies. Standard library only; nothing is left behind.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
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
    """CPU seconds of one run with all its files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [binary, "run", file, "-n", str(replicates), "--out", out, "--quiet"], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"redress failed:\n{done.stderr[-4000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(out) if out.name != "resolved" else None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("redress")
    asked.add_argument("--replicates", type=int, default=10_000)
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--case", choices=["own", "library", "both"], default="both")
    asked.add_argument("--keep", help="keep the scenario files in this folder")
    asked = asked.parse_args()
    binary = os.path.abspath(asked.redress)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "guidelines").symlink_to(ROOT / "scenarios/guidelines")
        parts = without_variants(resolved(binary, folder))
        files = {"five": parts}
        if asked.case in ("own", "both"):
            files["own"] = own(parts, 10)
        if asked.case in ("library", "both"):
            files["library"] = library(parts, 51)
        for case, some in files.items():
            (folder / f"{case}.toml").write_text(text_of(some))
            if asked.keep:
                Path(asked.keep).mkdir(exist_ok=True)
                (Path(asked.keep) / f"{case}.toml").write_text(text_of(some))
        times = {case: [] for case in files}
        for _ in range(asked.turns):
            for case in files:
                times[case].append(run(binary, folder / f"{case}.toml", folder / "out", asked.replicates))
        five = statistics.median(times["five"])
        for case, seconds in times.items():
            middle = statistics.median(seconds)
            print(f"{case}: {middle:.2f} s of CPU, {middle / five:.2f} times five ({', '.join(f'{s:.2f}' for s in seconds)})")


if __name__ == "__main__":
    main()
