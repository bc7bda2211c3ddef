"""Whether timings overrule a wrong estimate, and whether the cheapest sufficient units are found.

    python -m benchmarks.learning [--trials N] [--plans N]

*Timings*: the prior median is three times too high or too low; after 25 timings the
posterior median is held against the truth. *Choice*: plans of two pools whose chance of
keeping their promise is known by formula for every set of units, so that the cheapest
sufficient set is known too.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.linalg import expm

from sim.choice import Guarantee, Offer, choose
from sim.durations import Duration, Exponential, Fixed, Law, Lognormal, Triangular
from sim.hazards.contribution import Contribution
from sim.lesson import learn
from sim.procedure import After, Hazard, Need, Pool, Procedure, Target, Task
from sim.question import Question
from sim.scenario import ResourceSet, Scenario
from sim.statistics import wilson
from sim.stopping import StopRule

SEED = 20261123
TRUE_MIN = 30.0
TIMINGS, WRONG, NEAR = 25, 3.0, 0.25
SIGMAS, WEIGHTS = (0.2, 0.35, 0.5), (0.25, 0.5, 1.0)
MOST_UNITS, NEAREST = 4, 0.02
MOST_RUNS = 12_800


def main() -> None:
    """Learn, choose, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--trials", type=int, default=2_000)
    asked.add_argument("--plans", type=int, default=100)
    words = asked.parse_args()
    timings(words.trials)
    choices(words.plans)


# -- timings against a wrong estimate -------------------------------------------------


def timings(trials: int) -> None:
    """The share of trials within a quarter of the truth, for each spread and weight."""
    say(f"Posterior median within {NEAR:.0%} of the truth after {TIMINGS} timings, prior median {WRONG:g}-fold wrong")
    for sigma, weight in product(SIGMAS, WEIGHTS):
        for law in wrong_laws(sigma):
            came_near = share(near(law, sigma, weight, trials), trials)
            say(f"  σ {sigma:4}  weight {weight:4}  {law.law:<10} {quantile(law)}  {came_near}")


def wrong_laws(sigma: float) -> tuple[Law, ...]:
    """What a procedure may say that is three times too slow or too quick."""
    slow, quick = TRUE_MIN * WRONG, TRUE_MIN / WRONG
    return (
        Lognormal(median_min=slow, sigma=sigma),
        Lognormal(median_min=quick, sigma=sigma),
        Triangular(low_min=0.7 * slow, mode_min=slow, high_min=1.4 * slow),
        Fixed(minutes=quick),
    )


def near(law: Law, sigma: float, weight: float, trials: int) -> int:
    """In how many trials the posterior median comes near the truth."""
    luck = np.random.default_rng(SEED)
    found = 0
    for _ in range(trials):
        seen = luck.lognormal(math.log(TRUE_MIN), sigma, TIMINGS).tolist()
        held = learn(law, seen, weight=weight, fixed_sigma=0.5).posterior
        found += abs(held.median_min / TRUE_MIN - 1) <= NEAR
    return found


def quantile(law: Law) -> str:
    """The median a law says."""
    return f"median {law.quantile_min(0.5):5.1f}"


# -- the cheapest sufficient units ----------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Known:
    """A plan of which the cheapest sufficient set is known."""

    question: Question
    offers: tuple[Offer, ...]
    best: dict[str, int]


def choices(plans: int) -> None:
    """How often the optimum is found on enumerable plans, and what was answered otherwise."""
    luck = random.Random(SEED)
    right = wrong = undecided = runs = 0
    for number in range(plans):
        known = a_plan(luck)
        found = choose(known.question, known.offers, seed=SEED + number, rule=StopRule(most_runs=MOST_RUNS))
        is_right = found.best is not None and dict(found.best.units) == known.best
        right += is_right
        undecided += not is_right and found.guarantee in (Guarantee.OPEN, Guarantee.UNKNOWN)
        wrong += not is_right and found.guarantee is Guarantee.CHEAPEST
        runs += found.best.runs if found.best else 0
    say(f"Optimum found on {plans} plans of {MOST_UNITS}×{MOST_UNITS} sets, {NEAREST:g} or more from the assurance")
    say(f"  found {share(right, plans)}; another called the cheapest {wrong}, left open {undecided}")
    say(f"  runs for the answer itself {runs / plans:.0f} a plan")


def a_plan(luck: random.Random) -> Known:
    """Two pools with jobs of their own, every set far enough from the assurance to be judged."""
    while True:
        jobs = (luck.randint(3, 8), luck.randint(2, 6))
        means = (luck.uniform(4, 20), luck.uniform(4, 20))
        costs = (luck.uniform(1, 5), luck.uniform(1, 5))
        limit, assurance = luck.uniform(20, 120), luck.choice((0.75, 0.8, 0.9, 0.95))
        singles = [
            [within(n, c, mean, limit) for c in range(1, MOST_UNITS + 1)] for n, mean in zip(jobs, means, strict=True)
        ]
        chances = {
            (a, b): singles[0][a - 1] * singles[1][b - 1] for a, b in product(range(1, MOST_UNITS + 1), repeat=2)
        }
        kept = [pair for pair, chance in chances.items() if chance >= assurance]
        if 2 <= len(kept) < len(chances) and all(abs(chance - assurance) >= NEAREST for chance in chances.values()):
            best = min(kept, key=lambda pair: pair[0] * costs[0] + pair[1] * costs[1])
            offers = tuple(
                Offer(pool=pool, least=1, most=MOST_UNITS, cost=cost)
                for pool, cost in zip(("boat", "bus"), costs, strict=True)
            )
            return Known(
                question=_question(jobs, means, limit, assurance),
                offers=offers,
                best={"boat": best[0], "bus": best[1]},
            )


def within(jobs: int, crews: int, mean_min: float, limit_min: float) -> float:
    """P(*jobs* exponential jobs are done by the limit): a chain of exponential stages, by its matrix.

    While n jobs are left they end at the rate min(n, crews) / mean.
    """
    rates = np.array([min(n, crews) / mean_min for n in range(jobs, 0, -1)])
    generator = np.diag(-rates) + np.diag(rates[:-1], 1)
    return 1.0 - float(expm(generator * limit_min)[0].sum())


def _question(jobs: tuple[int, int], means: tuple[float, float], limit: float, assurance: float) -> Question:
    tasks = [
        Task(id=f"{pool}{n}", title=pool, duration=Duration(law=Exponential(mean_min=mean)), needs=(Need(pool=pool),))
        for pool, count, mean in zip(("boat", "bus"), jobs, means, strict=True)
        for n in range(count)
    ]
    end = Task(
        id="end",
        title="end",
        duration=Duration(law=Fixed(minutes=0)),
        after=tuple(After(task=task.id) for task in tasks),
    )
    procedure = Procedure(
        hazard=Hazard.FLOOD,
        tasks=(*tasks, end),
        pools=(Pool(id="boat", title="boat", units=1), Pool(id="bus", title="bus", units=1)),
        targets=(Target(id="end", title="end", task="end", limit_min=limit, assurance=assurance),),
    )
    scenario = Scenario(id="e", hazard=Hazard.FLOOD, spread="river", title="e", horizon_min=100_000)
    question = Question(procedure=procedure, scenario=scenario, resources=ResourceSet(id="own", title="own"))
    question.__dict__["contribution"] = Contribution()
    return question


def share(count: int, of: int) -> str:
    """A share with its 95 % Wilson interval."""
    interval = wilson(count, of, 0.05)
    return f"{100 * count / of:.1f} % [{100 * interval.low:.1f}, {100 * interval.high:.1f}] of {of}"


def say(words: str) -> None:
    """One line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
