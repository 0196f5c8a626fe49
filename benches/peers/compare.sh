#!/bin/sh
# Runs workload W2 with numpy (one process), numba (two threads) and redress (two threads) in turn on this machine, three
# rounds of fresh processes, and prints medians of the work and their ratios. Work is from ready to the totals. Ready is
# for numpy: imported; for numba: compiled, by a first call on three claims; for redress: the tables of the laws made, by
# a first replicate, which is told apart as set-up and also counted in.
#     python3 -m venv VENV && VENV/bin/pip install numpy numba
#     benches/peers/compare.sh VENV [REPLICATES] [ROUNDS]
set -eu
venv=${1:?"usage: compare.sh VENV [REPLICATES] [ROUNDS]"}
replicates=${2:-10000}
rounds=${3:-3}
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../target}
(cd "$here/../.." && cargo build --quiet --release --no-default-features --example w2 --target-dir "$target")
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
round=1
while [ "$round" -le "$rounds" ]; do
    "$target/release/examples/w2" "$replicates" 2 | tee -a "$lines"
    "$target/release/examples/w2" "$replicates" 1 | tee -a "$lines"
    "$venv/bin/python" -B "$here/w2_numba.py" "$replicates" 2 | tee -a "$lines"
    "$venv/bin/python" -B "$here/w2_numpy.py" "$replicates" | tee -a "$lines"
    round=$((round + 1))
done
"$venv/bin/python" - "$lines" <<'PYTHON'
import json, statistics, sys

runs = {}
for line in open(sys.argv[1]):
    run = json.loads(line)
    runs.setdefault((run["engine"], run["threads"]), []).append(run["work_s"])
    if run["engine"] == "redress":
        whole = run["work_s"] + run["setup_s"]
        runs.setdefault(("redress with set-up", run["threads"]), []).append(whole)
median = {key: statistics.median(times) for key, times in runs.items()}
for (engine, threads), work in median.items():
    print(f"{engine}, {threads} thread(s): {work:.4f} s, median of {len(runs[engine, threads])}")
for ours in ("redress", "redress with set-up"):
    print(f"numpy / {ours} on two threads: {median['numpy', 1] / median[ours, 2]:.0f}")
    print(f"numba on two threads / {ours} on two threads: {median['numba', 2] / median[ours, 2]:.0f}")
print(f"redress, one thread / two threads: {median['redress', 1] / median['redress', 2]:.2f}")
PYTHON
