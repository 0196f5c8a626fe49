"""W2 compiled by numba, with a NumPy generator for each thread: `w2_numba.py REPLICATES THREADS`."""

import math
import threading
import time

import numba
import numpy as np

import w2

LAWS = np.array([(*c.law(), c.family == "gamma") for c in w2.COHORTS])


@numba.njit(nogil=True, fastmath=True)
def settle(rng, claims, laws, totals):
    """Adds up what the guidelines pay for as many claims as the rows of `claims` say."""
    for r in range(len(claims)):
        tiers = above = half = 0.0
        for c in range(len(laws)):
            first, second, gamma = laws[c]
            for _ in range(claims[r, c]):
                if gamma > 0.0:
                    x = second * rng.standard_gamma(first)
                else:
                    x = math.exp(first + second * rng.standard_normal())
                if x <= 300_000.0:
                    tiers += 30_000.0
                elif x <= 500_000.0:
                    tiers += 50_000.0
                else:
                    tiers += min(0.1 * x, 2e6)
                above += min(max(x - 10_000.0, 0.0), 1e6)
                half += 0.5 * x
        totals[r] = (5_000.0 * claims[r].sum(), tiers, above, half)


def counts(rng, replicates):
    """Claims by replicate and cohort."""
    columns = [rng.binomial(c.people, rng.beta(*c.beta(), replicates)) for c in w2.COHORTS]
    return np.column_stack(columns)


def main():
    replicates, threads = w2.arguments()
    rngs = [np.random.Generator(np.random.PCG64(s)) for s in np.random.SeedSequence(1).spawn(threads)]
    settle(rngs[0], np.ones((1, 3), np.int64), LAWS, np.zeros((1, 4)))
    clock = time.perf_counter()
    claims, totals = counts(rngs[0], replicates), np.zeros((replicates, 4))
    parts = list(zip(np.array_split(claims, 8 * threads), np.array_split(totals, 8 * threads)))
    lock = threading.Lock()

    def work(rng):
        while True:
            with lock:
                if not parts:
                    return
                part = parts.pop()
            settle(rng, part[0], LAWS, part[1])

    workers = [threading.Thread(target=work, args=(rng,)) for rng in rngs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    w2.report("numba", threads, totals, time.perf_counter() - clock)


main()
