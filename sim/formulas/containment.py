"""Crews building a line round a growing fire, by Fried & Fried (1996).

Two crews start together and go round the two flanks at equal rates while the free part of the
fire keeps growing as an ellipse from its focus. With h the distance of the free head, u the
angle of the builder, ε and a the fire's shape, and p = line rate per flank / head rate,

    h·du/dh = [ε·sin u ± (1 + ε)·√(p²·(1 − ε·cos u)/(1 + ε·cos u) − a²)] / (1 − ε·cos u)

with + from the head (u from 0 to π) and − from the rear (π to 0). Source: BehavePlus
``Contain.cpp`` and the paper's abstract [read]. A negative root means that the crews cannot keep up.
From the rear, crews slower than the head are not overrun: they stand still on the flank, for ever.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from sim.figure import above, at_least
from sim.formulas.wildland import Fire

_STEP = 0.01  # of ln h; a tenth of it moves line and area of the tests by less than 1 in 100,000
_HALVINGS = 50  # to find the moment at which the lines meet inside the last step


class Tactic(StrEnum):
    """Where the crews begin."""

    HEAD = "head"
    REAR = "rear"


class Outcome(StrEnum):
    """How an attack stands or ended."""

    GOING = "going"
    CONTAINED = "contained"
    OVERRUN = "overrun"
    EXHAUSTED = "exhausted"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, kw_only=True, slots=True)
class Attack:
    """A fire and the line built round it so far, at a minute; both flanks together.

    *head_m* is how far the head would be if nobody had touched it, *angle* where the builders
    stand (0 at the head, π at the rear), *lined_m2* the area their line has swept.
    """

    fire: Fire
    tactic: Tactic
    head_m: float
    angle: float
    minute: float = 0.0
    line_m: float = 0.0
    lined_m2: float = 0.0
    outcome: Outcome = Outcome.GOING

    def __post_init__(self) -> None:
        above("attack", "head_m", self.head_m, 0)

    @property
    def burned_m2(self) -> float:
        """The area inside the line and inside the edge that is still free."""
        half_length = self.head_m / (1 + self.fire.eccentricity)
        left = math.pi - self.angle if self.tactic is Tactic.HEAD else self.angle
        open_part = left - math.sin(2 * left) / 2
        return self.lined_m2 + half_length**2 / self.fire.length_to_width * open_part

    @property
    def least_line_m_min(self) -> float:
        """The line rate below which the fire would overrun the builders where they stand, metres a minute."""
        shape = self.fire.eccentricity * math.cos(self.angle)
        return 2 * self.fire.flank_m_min * math.sqrt((1 + shape) / (1 - shape))


def attack(fire: Fire, tactic: Tactic, *, area_m2: float, minute: float = 0.0) -> Attack:
    """A fire of *area_m2* at *minute*, before anybody builds line.

    >>> attack(Fire(head_m_min=2, length_to_width=3), Tactic.HEAD, area_m2=5000).outcome
    <Outcome.GOING: 'going'>
    """
    angle = 0.0 if tactic is Tactic.HEAD else math.pi
    return Attack(fire=fire, tactic=tactic, head_m=fire.head_m(area_m2), angle=angle, minute=minute)


def advance(now: Attack, minutes: float, line_m_min: float) -> Attack:
    """The attack *minutes* later, with line built at *line_m_min* (both flanks together).

    Before the first line a rate of 0 lets the fire grow free. Once line has been built, a rate too
    small to keep up ends the attack as overrun. An attack that has ended stays as it is: its
    minute is then that of the end.

    >>> start = attack(Fire(head_m_min=2, length_to_width=3), Tactic.HEAD, area_m2=5000)
    >>> later = advance(advance(start, 60, 0), 90, 8)
    >>> later.outcome, round(later.minute, 1), round(later.line_m / 8, 1)
    (<Outcome.CONTAINED: 'contained'>, 138.5, 78.5)
    """
    at_least("attack", "minutes", minutes, 0)
    at_least("attack", "line_m_min", line_m_min, 0)
    if now.outcome is not Outcome.GOING or minutes == 0:
        return now
    head_after_m = now.head_m + now.fire.head_m_min * minutes
    if line_m_min == 0 and now.line_m == 0:
        return replace(now, head_m=head_after_m, minute=now.minute + minutes)
    steps = math.ceil(math.log(head_after_m / now.head_m) / _STEP)
    ratio = (head_after_m / now.head_m) ** (1 / steps)
    later = now
    for _ in range(steps):
        later = _build(later, ratio, line_m_min)
        if later.outcome is not Outcome.GOING:
            return later
    line_m = now.line_m + line_m_min * minutes
    return replace(
        later, head_m=head_after_m, minute=now.minute + minutes, line_m=line_m
    )  # without the steps' rounding


def contain(now: Attack, *, line_m_min: float, for_min: float, largest_m2: float = math.inf) -> Attack:
    """The attack at its end, when the crews build at a steady rate for at most *for_min* minutes.

    Outcomes: contained; overrun; exhausted (still going after *for_min*); too large (*largest_m2* burned
    at the end or already at the start).

    >>> start = attack(Fire(head_m_min=2, length_to_width=3), Tactic.REAR, area_m2=5000)
    >>> contain(start, line_m_min=6, for_min=30).outcome
    <Outcome.EXHAUSTED: 'exhausted'>
    """
    end = advance(now, for_min, line_m_min)
    if end.outcome in (Outcome.GOING, Outcome.CONTAINED) and end.burned_m2 > largest_m2:
        return replace(end, outcome=Outcome.TOO_LARGE)
    return replace(end, outcome=Outcome.EXHAUSTED) if end.outcome is Outcome.GOING else end


def time_to_contain_min(now: Attack, line_m_min: float, for_min: float) -> float:
    """Minutes from *now* until the lines meet; infinity when they do not within *for_min*."""
    end = advance(now, for_min, line_m_min)
    return end.minute - now.minute if end.outcome is Outcome.CONTAINED else math.inf


def _build(now: Attack, ratio: float, line_m_min: float) -> Attack:
    """The attack after the head has moved on by *ratio*, or at the moment in between at which it ended."""
    after = _step(now, math.log(ratio), line_m_min)
    if after is None:
        return replace(now, outcome=Outcome.OVERRUN)
    return _meeting(now, math.log(ratio), line_m_min) if _has_met(after) else after


def _meeting(now: Attack, longest: float, line_m_min: float) -> Attack:
    """The moment within a step of *longest* at which the lines meet, by halving."""
    low, high = 0.0, longest
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        after = _step(now, middle, line_m_min)
        low, high = (low, middle) if after is not None and _has_met(after) else (middle, high)
    end = _step(now, high, line_m_min) or now
    return replace(end, angle=_goal(end.tactic), outcome=Outcome.CONTAINED)


def _goal(tactic: Tactic) -> float:
    return math.pi if tactic is Tactic.HEAD else 0.0


def _has_met(after: Attack) -> bool:
    return after.angle >= math.pi if after.tactic is Tactic.HEAD else after.angle <= 0.0


def _step(now: Attack, s: float, line_m_min: float) -> Attack | None:
    """One Runge-Kutta step of *s* in ln h; None when the builders cannot keep up."""
    p = line_m_min / 2 / now.fire.head_m_min
    k1 = _slopes(now, p, 0.0, now.angle)
    k2 = k1 and _slopes(now, p, s / 2, now.angle + s / 2 * k1[0])
    k3 = k2 and _slopes(now, p, s / 2, now.angle + s / 2 * k2[0])
    k4 = k3 and _slopes(now, p, s, now.angle + s * k3[0])
    if not (k1 and k2 and k3 and k4):
        return None
    turned, swept = (s / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]) for i in (0, 1))
    minutes = now.head_m * math.expm1(s) / now.fire.head_m_min
    return replace(
        now,
        head_m=now.head_m * math.exp(s),
        angle=now.angle + turned,
        lined_m2=now.lined_m2 + swept,
        line_m=now.line_m + line_m_min * minutes,
        minute=now.minute + minutes,
    )


def _slopes(now: Attack, p: float, s: float, u: float) -> tuple[float, float] | None:
    """What the angle and the swept area gain per unit of ln h; the area is ∫ 2·y·dx along the line."""
    e, a = now.fire.eccentricity, now.fire.slimness
    sign = 1 if now.tactic is Tactic.HEAD else -1
    cos_u, sin_u = math.cos(u), math.sin(u)
    root = p * p * (1 - e * cos_u) / (1 + e * cos_u) - a * a
    if root < 0:
        return None
    turn = (e * sin_u + sign * (1 + e) * math.sqrt(root)) / (1 - e * cos_u)
    head_m = now.head_m * math.exp(s)
    dx = head_m * (cos_u + e - sin_u * turn) / (1 + e)
    return turn, -sign * 2 * head_m * a * sin_u * dx
