"""W2 with numpy in one process: `w2_numpy.py REPLICATES`."""

import time

import numpy as np

import w2


def paid(x):
    """What the four guidelines pay for losses x, before the pool."""
    low = np.count_nonzero(x <= 300_000.0)
    top = x[x > 500_000.0]
    tiers = 30_000.0 * low + 50_000.0 * (len(x) - low - len(top)) + np.minimum(0.1 * top, 2e6).sum()
    above = np.minimum(np.maximum(x - 10_000.0, 0.0), 1e6).sum()
    return 5_000.0 * len(x), tiers, above, 0.5 * x.sum()


def main():
    replicates, _ = w2.arguments()
    rng = np.random.default_rng(1)
    clock = time.perf_counter()
    totals = np.zeros((replicates, 4))
    for row in totals:
        for cohort in w2.COHORTS:
            claims = rng.binomial(cohort.people, rng.beta(*cohort.beta()))
            draw = rng.gamma if cohort.family == "gamma" else rng.lognormal
            row += paid(draw(*cohort.law(), claims))
    w2.report("numpy", 1, totals, time.perf_counter() - clock)


main()
