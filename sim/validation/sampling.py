"""Statistics against known answers: learning, stopping, coverage, sensitivity, selection (V42, V43, V45, V47, V50)."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.calibration import LogTimes, SuccessShare, WaitRate
from sim.chunk import Engine
from sim.quantiles import t_quantile
from sim.statistics import runs_for_precision, select, sobol, wilson
from sim.validation.case import Case, CaseMark, Check, exact, near

Floats = NDArray[np.float64]
CLOSE = 1e-4


def learning(_: Engine) -> Iterator[Check]:
    """V42: three priors and what drills make of them."""
    after = LogTimes(mean_log=math.log(10), weight=4, shape=3, scale=0.32).after([18, 22, 15, 20, 25])
    wanted = (
        ("μ", 2.679379, after.mean_log),
        ("κ", 9, after.weight),
        ("α", 5.5, after.shape),
        ("β", 0.906919, after.scale),
        ("median", 14.5760, after.median_min),
        ("ν", 11, after.degrees),
        ("s", 0.428037, after.next_scale),
        ("P90", 26.1272, after.next_min(0.9)),
        ("E (Γ)", 17.5, WaitRate(shape=4, total_min=40).after([20.0] * 5).mean_min),
        ("E (B)", 0.692308, SuccessShare(met=2, missed=1).after([True] * 7 + [False] * 3).mean),
    )
    for label, expected, obtained in wanted:
        yield near(label, expected, obtained, absolute=CLOSE)


def stopping(_: Engine) -> Iterator[Check]:
    """V43: the runs that a precision asks for, on 1,000 numbers of a named generator."""
    values = np.random.default_rng(42).normal(100, 20, 1000).tolist()
    for precision, expected in ((0.10, 16), (0.05, 43), (0.02, 352)):
        yield exact(f"n({precision:.0%})", expected, runs_for_precision(values, precision) or math.nan)


EXPERIMENTS, FEW_RUNS = 20_000, 10


def coverage(_: Engine) -> Iterator[Check]:
    """V45: how often a 95 % t interval of ten runs holds the mean; of skewed times far too seldom."""
    luck = np.random.default_rng(45)
    shape = (EXPERIMENTS, FEW_RUNS)
    yield near("N", 0.95, _covered(luck.normal(10, 3, shape), 10.0), absolute=0.005)
    yield near("Exp", 0.90, _covered(luck.exponential(10, shape), 10.0), absolute=0.01)


def _covered(samples: Floats, mean: float) -> float:
    half = t_quantile(0.975, FEW_RUNS - 1) * samples.std(axis=1, ddof=1) / math.sqrt(FEW_RUNS)
    return float(np.mean(np.abs(samples.mean(axis=1) - mean) <= half))


BASE_RUNS = 4096
ISHIGAMI = ((0.31391, 0.55759), (0.44241, 0.44241), (0.0, 0.24368))


def sensitivity(_: Engine) -> Iterator[Check]:
    """V47: Sobol's indices of the Ishigami function with a 7 and b 0.1."""

    def answer(rows: Floats) -> Floats:
        x, y, z = rows.T
        result: Floats = np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
        return result

    bounds = [(name, -math.pi, math.pi) for name in ("x1", "x2", "x3")]
    found = sobol(answer, bounds, base_runs=BASE_RUNS, seed=47)
    for influence, (alone, in_all) in zip(found, ISHIGAMI, strict=True):
        yield near(f"S {influence.name}", alone, influence.alone, absolute=0.02)
        yield near(f"ST {influence.name}", in_all, influence.in_all, absolute=0.02)


RACES = 200
MEANS, SPREAD, ZONE = (10.0, 10.0, 10.0, 10.0, 9.0), 2.0, 1.0


def selection(_: Engine) -> Iterator[Check]:
    """V50: KN picks the system that is faster by the indifference zone in at least 95 % of the races."""
    right = sum(_chosen(race) == 4 for race in range(RACES))
    found = wilson(right, RACES)
    yield Check(
        label="P(✓)",
        expected=0.95,
        obtained=right / RACES,
        tolerance="≥, ↓ ≥ 0.91",
        passed=right / RACES >= 0.95 and found.low >= 0.91,
    )


def _chosen(race: int) -> int:
    luck = [np.random.default_rng([50, race, system]).normal(mean, SPREAD, 400) for system, mean in enumerate(MEANS)]
    return select(lambda system, run: float(luck[system][run]), len(MEANS), zone=ZONE).best


CASES = (
    Case(
        id="V42",
        title="演练数据修正先验：正态-逆伽马、伽马、贝塔",
        title_en="What drills make of a prior: normal-inverse-gamma, gamma, beta",
        mark=CaseMark.TO_BE_CONFIRMED,
        measure=learning,
    ),
    Case(
        id="V43",
        title="精度停止的Hoad算法（方法对照sim-tools；研究本身采用加倍观察）",
        title_en="Hoad's stopping at a precision (the method, against sim-tools; studies look at doubling sizes)",
        mark=CaseMark.READ,
        measure=stopping,
    ),
    Case(
        id="V45",
        title="10次推演的95% t区间覆盖率：偏态时间明显不足",
        title_en="Coverage of a 95 % t interval of ten runs, too low for skewed times",
        mark=CaseMark.COMPUTED,
        measure=coverage,
    ),
    Case(
        id="V47",
        title="敏感性分析（Ishigami函数的Sobol指数）",
        title_en="Sensitivity: Sobol's indices of the Ishigami function",
        mark=CaseMark.COMPUTED,
        measure=sensitivity,
    ),
    Case(
        id="V50",
        title="择优的KN程序，五选一（方法对照；研究择优采用逐案精确区间）",
        title_en="KN choosing the best of five (the method; studies judge set by set on exact intervals)",
        mark=CaseMark.COMPUTED,
        measure=selection,
    ),
)
