"""A plan of eighty tasks on eight pools with six promises: the size of a county's own plan.

    python -m benchmarks.eighty [--first-use] [--million]

prints how long 10,000 runs take with all their statistics, how long the first use takes
with nothing compiled yet, and how much memory 1,000,000 runs take, each in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

from plans_repo.study_engines import ENGINES
from sim.durations import Duration, Lognormal, Pert, Triangular
from sim.hazards.contribution import Contribution
from sim.kernel.batching import kernel_batch
from sim.procedure import After, Hazard, Need, Pool, Procedure, Target, Task
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.stopping import StopRule
from sim.study import Findings, run_study

TASKS, POOLS, PROMISES, WIDTH = 80, 8, 6, 8
LIMITS_MIN = (125.0, 155.0, 185.0, 243.0, 262.0, 278.0)
"""Such that each promise is kept in most runs, none in all."""
SEED, RUNS, ROUNDS, THREADS = 20261122, 10_000, 5, 2


def question(**units: int) -> Question:
    """The plan as a question; *units* replace those of the named pools.

    Ten layers of eight tasks; each waits for one to three of the layer before and asks for one or two pools.
    """
    draw = random.Random(SEED)
    tasks = tuple(_task(draw, number) for number in range(TASKS))
    pools = tuple(Pool(id=f"p{index}", title=f"p{index}", units=2 + index % 3) for index in range(POOLS))
    last = [TASKS * (index + 2) // (PROMISES + 2) + WIDTH - 1 for index in range(PROMISES)]
    targets = tuple(
        Target(id=f"g{index}", title=f"g{index}", task=f"t{min(task, TASKS - 1)}", limit_min=limit)
        for index, (task, limit) in enumerate(zip(last, LIMITS_MIN, strict=True))
    )
    asked = Question(
        procedure=Procedure(hazard=Hazard.FLOOD, tasks=tasks, pools=pools, targets=targets),
        scenario=Scenario(id="e", hazard=Hazard.FLOOD, spread="river", title="e", horizon_min=1440.0),
        resources=ResourceSet(id="own", title="own", units=tuple(units.items())),
    )
    # No hazard model stands behind this event: it brings nothing.
    asked.__dict__["contribution"] = Contribution()
    return asked


def _task(draw: random.Random, number: int) -> Task:
    layer = number // WIDTH
    before = range((layer - 1) * WIDTH, layer * WIDTH)
    low = draw.uniform(4, 16)
    law = draw.choice(
        (
            Lognormal(median_min=1.5 * low, sigma=0.4),
            Triangular(low_min=low, mode_min=1.4 * low, high_min=3 * low),
            Pert(low_min=low, mode_min=1.4 * low, high_min=3.5 * low),
        )
    )
    return Task(
        id=f"t{number}",
        title=f"t{number}",
        duration=Duration(law=law),
        after=tuple(After(task=f"t{index}") for index in draw.sample(before, draw.randint(1, 3))) if layer else (),
        needs=tuple(Need(pool=f"p{index}") for index in draw.sample(range(POOLS), draw.randint(1, 2))),
        priority=draw.choice((0, 0, 0, 1)),
    )


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--first-use", action="store_true")
    asked.add_argument("--million", action="store_true")
    asked.add_argument("--child", choices=("first", "million"))
    options = asked.parse_args()
    if options.child == "first":
        first_use()
    elif options.child == "million":
        million()
    else:
        ten_thousand()
        if options.first_use:
            in_child("first", with_nothing_compiled=True)
        if options.million:
            in_child("million", with_nothing_compiled=False)


def ten_thousand() -> None:
    """Runs with all their statistics, on one thread and on two."""
    asked = question()
    kernel_batch(asked, seed=SEED, first=0, runs=1)
    batch = kernel_batch(asked, seed=SEED, first=0, runs=RUNS)
    say("P(met) of the promises: " + ", ".join(f"{share:.3f}" for share in batch.met.mean(axis=0)))
    for threads, checked in ((1, False), (THREADS, False), (THREADS, True)):
        taken = []
        for _round in range(ROUNDS):
            start = time.perf_counter()
            study(asked, RUNS, threads, checked=checked)
            taken.append(time.perf_counter() - start)
        taken.sort()
        middle = taken[ROUNDS // 2]
        how = f"{threads} threads{', a sample checked by SimPy' if checked else ''}"
        say(
            f"study of {RUNS} runs of {TASKS} tasks, {how}:"
            f" median {middle:.3f} s, {middle / RUNS * 1e6:.1f} µs a run, worst {taken[-1]:.3f} s (wanted 1 s on two)"
        )


def study(asked: Question, runs: int, threads: int, *, checked: bool = False) -> Findings:
    """Exactly so many runs as the product makes them, with the findings a page or a report shows."""
    engine = ENGINES["kernel"]
    found, _ = run_study(
        asked,
        seed=SEED,
        rule=StopRule(runs=runs),
        batch=engine.batch,
        reference=engine.reference if checked else None,
        executor=engine.executor(threads),
        piece=engine.piece(asked),
    )
    return found


def first_use() -> None:
    """How long the first run takes."""
    asked = question()
    start, processor = time.perf_counter(), time.process_time()
    kernel_batch(asked, seed=SEED, first=0, runs=1)
    taken, worked = time.perf_counter() - start, time.process_time() - processor
    say(f"first use with nothing compiled: {taken:.1f} s on the clock, {worked:.1f} s of processor (wanted 10 s)")


def million() -> None:
    """The memory of a study of 1,000,000 runs."""
    asked, runs = question(), 1_000_000
    start = time.perf_counter()
    study(asked, runs, THREADS)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"{runs} runs: {time.perf_counter() - start:.0f} s, at most {peak_mb:.0f} MB resident (wanted 500 MB)")


def in_child(what: str, *, with_nothing_compiled: bool) -> None:
    """Ask a fresh process."""
    with tempfile.TemporaryDirectory() as empty:
        around = dict(os.environ) | ({"YUYAN_COMPILED": empty} if with_nothing_compiled else {})
        subprocess.run([sys.executable, "-m", "benchmarks.eighty", "--child", what], env=around, check=True)


def say(words: str) -> None:
    """A line of the answer."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
