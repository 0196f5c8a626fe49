"""Workload W2 as data: 45 million people in three cohorts, four guidelines that look at the same claims.

In each replicate and cohort the share who file is beta distributed, the number of claims binomial, and each claim has
its own loss. Every program of this folder draws that, claim by claim, and adds up what each guideline pays.
"""

import json
import math
import sys
from dataclasses import dataclass

CONCENTRATION = 200.0
POOL = 20e9


@dataclass(frozen=True)
class Cohort:
    people: int
    files: float
    family: str
    mean: float
    cv: float

    def beta(self):
        """Parameters of the share who file."""
        return CONCENTRATION * self.files, CONCENTRATION * (1.0 - self.files)

    def law(self):
        """mu and sigma of a lognormal loss, or shape and scale of a gamma loss."""
        if self.family == "gamma":
            return self.cv**-2, self.mean * self.cv**2
        square = math.log1p(self.cv**2)
        return math.log(self.mean) - square / 2, math.sqrt(square)


COHORTS = (
    Cohort(43_000_000, 0.002, "lognormal", 8_000.0, 3.0),
    Cohort(250_000, 0.25, "gamma", 120_000.0, 0.8),
    Cohort(1_750_000, 0.05, "lognormal", 5_000.0, 1.0),
)


def arguments():
    """Replicates and, where it matters, threads."""
    numbers = [int(a) for a in sys.argv[1:]]
    return numbers[0], (numbers[1] if len(numbers) > 1 else 1)


def report(engine, threads, paid, work):
    """One line of JSON; `paid` has a row per replicate and a column per guideline, the pool not yet applied."""
    paid[:, 3] = paid[:, 3].clip(max=POOL)
    print(json.dumps({
        "engine": engine,
        "replicates": len(paid),
        "threads": threads,
        "work_s": work,
        "mean": [float(m) for m in paid.mean(axis=0)],
    }))
