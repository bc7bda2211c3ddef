"""How often verdicts are right, and what playing both sides of a comparison on the same luck is worth.

    python -m benchmarks.judgement [--plans N]

*Verdicts*: small plans whose true chance of keeping their promise is known by formula, at
least two points away from the assurance asked for, judged as any study is: looks at
doubling numbers of runs, interval and verdict as printed. *Pairs*: one unit more in a
pool, the variance of the minutes gained with both sides on the same luck and on luck of
their own.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats
from scipy.linalg import expm

from benchmarks import eighty
from benchmarks.county import ours
from benchmarks.county.law import POOLS, County
from sim.durations import Duration, Exponential, Law, Lognormal
from sim.hazards.contribution import Contribution
from sim.kernel.batching import kernel_batch
from sim.procedure import After, Hazard, Join, JoinKind, Need, Pool, Procedure, Target, Task
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.statistics import Verdict, wilson
from sim.stopping import StopRule
from sim.study import run_study
from sim.ticks import NEVER

SEED = 20261122
NEAREST, FARTHEST = 0.02, 0.08
"""How far the true chance may lie from the assurance."""
ASSURANCES = (0.80, 0.85, 0.90, 0.95)
MOST_RUNS = 12_800
HORIZON_MIN = 100_000.0
Chance = Callable[[float], float]
"""The chance that a plan is through within so many minutes."""


def main() -> None:
    """Judge, compare, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--plans", type=int, default=200)
    verdicts(asked.parse_args().plans)
    pairs()


# -- verdicts on plans of known chance -----------------------------------------------


@dataclass(frozen=True)
class Known:
    """A plan, and the chance that it keeps its promise."""

    kind: str
    question: Question
    p: float
    assurance: float


def verdicts(count: int) -> None:
    """How many verdicts are wrong, and how many printed intervals hold the truth."""
    draw = random.Random(SEED)
    said: Counter[str] = Counter()
    holds, runs = 0, 0
    for number in range(count):
        plan = a_plan(draw, KINDS[number % len(KINDS)])
        rule = StopRule(most_runs=MOST_RUNS)
        found, _ = run_study(plan.question, seed=plan.question.own_seed, rule=rule, batch=kernel_batch)
        result = found.targets[0]
        said[judged(result.verdict, plan)] += 1
        holds += result.low <= plan.p <= result.high
        runs += found.runs
    wrong = said["wrong"] / count
    say(f"{count} plans of {len(KINDS)} kinds, |P - assurance| {NEAREST}-{FARTHEST}, at most {MOST_RUNS} runs:")
    say(
        f"  right {said['right']}, undecided {said['undecided']}, wrong {said['wrong']}"
        f" ({wrong:.1%}, wanted 5 % at most)"
    )
    say(
        f"  printed intervals that hold the truth: {share(holds, count)} (wanted 95 %); runs a plan: {runs / count:.0f}"
    )


def judged(verdict: Verdict, plan: Known) -> str:
    """Right, wrong or undecided."""
    if verdict is Verdict.UNDECIDED:
        return "undecided"
    return "right" if (verdict is Verdict.ADEQUATE) == (plan.p >= plan.assurance) else "wrong"


def a_plan(draw: random.Random, kind: Callable[[random.Random], tuple[Sequence[Task], int, Chance]]) -> Known:
    """A plan of a kind, its limit set so that it is kept with a chance near the assurance but not too near."""
    tasks, units, chance = kind(draw)
    assurance = draw.choice(ASSURANCES)
    p = assurance + draw.choice((-1, 1)) * draw.uniform(NEAREST, min(FARTHEST, 0.99 - assurance))
    limit = round(float(optimize.brentq(lambda minutes: chance(minutes) - p, 1e-6, HORIZON_MIN / 2)), 3)
    target = Target(id="g", title="g", task=tasks[-1].id, limit_min=limit, assurance=assurance)
    question = Question(
        procedure=Procedure(
            hazard=Hazard.FLOOD,
            tasks=tuple(tasks),
            pools=(Pool(id="team", title="team", units=units),),
            targets=(target,),
        ),
        scenario=Scenario(id="e", hazard=Hazard.FLOOD, spread="river", title="e", horizon_min=HORIZON_MIN),
        resources=ResourceSet(id="own", title="own"),
    )
    question.__dict__["contribution"] = Contribution()
    return Known(kind.__name__, question, chance(limit), assurance)


def one_task(draw: random.Random) -> tuple[Sequence[Task], int, Chance]:
    """A single task: its own law."""
    median, sigma = draw.uniform(10, 60), draw.uniform(0.2, 0.8)
    return [_task("a", Lognormal(median_min=median, sigma=sigma))], 1, _lognormal(median, sigma)


def all_of(draw: random.Random) -> tuple[Sequence[Task], int, Chance]:
    """The last of several side by side: the product of their laws."""
    laws = [(draw.uniform(10, 40), draw.uniform(0.2, 0.8)) for _ in range(draw.randint(2, 8))]
    tasks = [_task(f"a{n}", Lognormal(median_min=m, sigma=s)) for n, (m, s) in enumerate(laws)]
    join = _joined(tasks, Join())
    return join, 1, lambda minutes: math.prod(_lognormal(m, s)(minutes) for m, s in laws)


def some_of(draw: random.Random) -> tuple[Sequence[Task], int, Chance]:
    """The k-th of n alike: the binomial law."""
    count = draw.randint(3, 9)
    need, mean = draw.randint(1, count - 1), draw.uniform(10, 40)
    tasks = [_task(f"a{n}", Exponential(mean_min=mean)) for n in range(count)]
    join = _joined(tasks, Join(kind=JoinKind.K_OF_N, need=need))
    return join, 1, lambda minutes: float(stats.binom.sf(need - 1, count, 1 - math.exp(-minutes / mean)))


def one_after_another(draw: random.Random) -> tuple[Sequence[Task], int, Chance]:
    """A chain: the gamma law."""
    count, mean = draw.randint(2, 10), draw.uniform(5, 20)
    law = Exponential(mean_min=mean)
    tasks = [_task(f"a{n}", law, *([f"a{n - 1}"] if n else [])) for n in range(count)]
    return tasks, 1, lambda minutes: float(stats.gamma.cdf(minutes, count, scale=mean))


def in_line(draw: random.Random) -> tuple[Sequence[Task], int, Chance]:
    """More tasks than teams: exponential phases, slower once there are fewer tasks left than teams."""
    count, units, mean = draw.randint(4, 14), draw.randint(1, 3), draw.uniform(5, 20)
    law = Exponential(mean_min=mean)
    tasks = [_task(f"a{n}", law, needs=(Need(pool="team"),)) for n in range(count)]
    rates = [min(left, units) / mean for left in range(count, 0, -1)]
    return _joined(tasks, Join()), units, lambda minutes: _phases(rates, minutes)


def until_it_works(draw: random.Random) -> tuple[Sequence[Task], int, Chance]:
    """A task tried again when it fails: a mixture of gamma laws; a last failure misses the promise."""
    mean, success, tries = draw.uniform(5, 20), draw.uniform(0.75, 0.95), 4
    task = _task("a", Exponential(mean_min=mean), tries=tries, success_share=success)
    weights = [success * (1 - success) ** before for before in range(tries)]

    def chance(minutes: float) -> float:
        through = (float(stats.gamma.cdf(minutes, n + 1, scale=mean)) for n in range(tries))
        return sum(weight * cdf for weight, cdf in zip(weights, through, strict=True))

    return [task], 1, chance


KINDS = (one_task, all_of, some_of, one_after_another, in_line, until_it_works)


def _task(name: str, law: Law, *after: str, **fields: object) -> Task:
    edges = tuple(After(task=edge) for edge in after)
    return Task(id=name, title=name, duration=Duration(law=law), after=edges, **fields)  # type: ignore[arg-type]


def _joined(tasks: Sequence[Task], join: Join) -> list[Task]:
    """The tasks and one more that takes a thousandth of a minute and ends them all."""
    end = _task("end", Exponential(mean_min=1e-6), *(task.id for task in tasks), join=join)
    return [*tasks, end]


def _lognormal(median: float, sigma: float) -> Chance:
    return lambda minutes: float(stats.norm.cdf(math.log(minutes / median) / sigma))


def _phases(rates: Sequence[float], minutes: float) -> float:
    """The chance that exponential phases one after another are over."""
    steps = np.diag([-rate for rate in rates]) + np.diag(rates[:-1], k=1)
    return float(1.0 - expm(steps * minutes)[0].sum())


# -- pairs ---------------------------------------------------------------------------


def pairs(runs: int = 4_000) -> None:
    """One unit more, pool by pool."""
    county = County()
    say(f"one unit more, {runs} runs: variance of the minutes gained on luck of one's own over that on the same luck,")
    say("promise by promise (wanted 10):")
    for pool, units in zip(POOLS, county.units, strict=True):
        more = {pool: units + 1}
        ratios = _ratios(ours.question_of(county), ours.question_of(county, **more), runs)
        say(f"  county, {pool} {units} -> {units + 1}: {ratios}")
    plan = eighty.question()
    for each in plan.procedure.pools:
        after = eighty.question(**{each.id: each.units + 1})
        say(f"  eighty tasks, {each.id} {each.units} -> {each.units + 1}: {_ratios(plan, after, runs)}")


def _ratios(before: Question, after: Question, runs: int) -> str:
    old = kernel_batch(before, seed=SEED, first=0, runs=runs).ticks
    new = kernel_batch(after, seed=SEED, first=0, runs=runs).ticks
    apart = kernel_batch(after, seed=SEED + 1, first=0, runs=runs).ticks
    said = []
    for target in range(old.shape[1]):
        kept = (np.maximum(old[:, target], np.maximum(new[:, target], apart[:, target]))) < NEVER
        paired, alone = (np.var((old - other)[kept, target].astype(float)) for other in (new, apart))
        said.append("nothing changes" if paired == 0 else f"{alone / paired:.0f}")
    return ", ".join(said)


def share(count: int, of: int) -> str:
    """A share with its 95 % interval."""
    interval = wilson(count, of)
    return f"{count / of:.1%} [{interval.low:.1%}, {interval.high:.1%}]"


def say(words: str) -> None:
    """A line of the answer."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
