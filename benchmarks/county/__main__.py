"""Whether all who play the county say the same: `python -m benchmarks.county`.

For each promise the share of runs that kept it with its 95 % interval, and the minutes
waited for each pool. The specialised loop draws our numbers, so its runs must be the
kernel's to the millisecond; the others draw their own.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks.county import by_hand, law, loop, others, ours
from benchmarks.county.law import County, Told
from sim.batch import reference_batch
from sim.kernel.batching import kernel_batch
from sim.statistics import verdict, wilson

SEED = 20261122


def main() -> None:
    """Play and print."""
    county = County()
    kernel = ours.told(county, kernel_batch, seed=SEED, runs=20_000)
    limit = loop.told(county, seed=SEED, runs=20_000)
    told = {
        "kernel": kernel,
        "specialised loop": limit,
        "the same, plain draws": loop.told(county, seed=SEED, runs=20_000, plain=True),
        "our SimPy engine": ours.told(county, reference_batch, seed=SEED, runs=200),
        "SimPy by hand": by_hand.told(county, seed=SEED, runs=1_000),
    }
    told |= {name: told_by(county, seed=SEED, runs=200) for name, told_by in others.available().items()}
    for name, answer in told.items():
        say(name, answer)
    is_same = np.array_equal(kernel.reached_min, limit.reached_min) and np.array_equal(
        kernel.waited_min, limit.waited_min
    )
    sys.stdout.write(f"kernel and specialised loop, run by run: {'the same' if is_same else 'NOT the same'}\n")
    sys.stdout.write(
        f"intervals of all overlap the kernel's (99 %): {all(_agrees(kernel, one) for one in told.values())}\n"
    )


def say(name: str, told: Told) -> None:
    """One who plays."""
    shares = []
    for promise, met in zip(("notified", "sheltered"), told.met.tolist(), strict=True):
        interval = wilson(met, len(told.reached_min))
        said = verdict(interval, law.ASSURANCE).value
        shares.append(f"{promise} {met / len(told.reached_min):.3f} [{interval.low:.3f}, {interval.high:.3f}] {said}")
    waits = ", ".join(f"{told.waited_min[task]:.0f} for {law.POOLS[pool]}" for task, pool in _waiting())
    sys.stdout.write(f"{name:24}{len(told.reached_min):6} runs  {'  '.join(shares)}  waited min: {waits}\n")
    sys.stdout.flush()


def _waiting() -> list[tuple[int, int]]:
    return [(task, law.POOL_OF[task]) for task in (law.NOTIFY, law.RIDE, law.REGISTER)]


def _agrees(kernel: Told, other: Told) -> bool:
    """Whether the intervals overlap for both promises; at 99 %, so that a dozen pairs seldom part by chance."""
    for met, theirs in zip(kernel.met.tolist(), other.met.tolist(), strict=True):
        own, their = wilson(met, len(kernel.reached_min), 0.01), wilson(theirs, len(other.reached_min), 0.01)
        if own.low > their.high or their.low > own.high:
            return False
    return True


if __name__ == "__main__":
    main()
