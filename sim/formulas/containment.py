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

from sim.compiled import compiled, inner
from sim.figure import above, at_least
from sim.formulas.wildland import Fire

_STEP = 0.01  # of ln h; a tenth of it moves line and area of the tests by less than 1 in 100,000
GOING, CONTAINED, OVERRUN = 0, 1, 2  # how a compiled attack stands
_HALVINGS = 50  # to find the moment at which the lines meet inside the last step


Shape = tuple[float, float, float, float]
State = tuple[float, float, float, float, float]
"""Head in metres, angle, minute, line in metres and area swept in m², as in :class:`Attack`."""


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
    def state(self) -> State:
        """What changes as it goes on."""
        return float(self.head_m), float(self.angle), float(self.minute), float(self.line_m), float(self.lined_m2)

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
    ended, state = onward(shape_of(now.fire, now.tactic), now.state, float(minutes), float(line_m_min))
    head_m, angle, minute, line_m, lined_m2 = state
    return replace(
        now,
        head_m=head_m,
        angle=angle,
        minute=minute,
        line_m=line_m,
        lined_m2=lined_m2,
        outcome=(Outcome.GOING, Outcome.CONTAINED, Outcome.OVERRUN)[ended],
    )


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


def shape_of(fire: Fire, tactic: Tactic) -> Shape:
    """A fire under attack in numbers: head rate in metres a minute, ε, a, and +1 from the head or −1 from the rear."""
    return fire.head_m_min, fire.eccentricity, fire.slimness, 1.0 if tactic is Tactic.HEAD else -1.0


@compiled
def onward(shape: Shape, now: State, minutes: float, line_m_min: float) -> tuple[int, State]:
    """How an attack under way stands *minutes* later: GOING, CONTAINED or OVERRUN, and its state then."""
    head_m, angle, minute, line_m, lined_m2 = now
    head_after_m = head_m + shape[0] * minutes
    if line_m_min == 0.0 and line_m == 0.0:
        return GOING, (head_after_m, angle, minute + minutes, line_m, lined_m2)
    steps = math.ceil(math.log(head_after_m / head_m) / _STEP)
    stride = math.log((head_after_m / head_m) ** (1.0 / steps))
    later = now
    for _ in range(steps):
        keeps_up, after = _step(shape, later, stride, line_m_min)
        if not keeps_up:
            return OVERRUN, later
        if has_met(shape, after[1]):
            return CONTAINED, _meeting(shape, later, stride, line_m_min)
        later = after
    # the ends are known without the steps' rounding
    return GOING, (head_after_m, later[1], minute + minutes, line_m + line_m_min * minutes, later[4])


@inner
def has_met(shape: Shape, angle: float) -> bool:
    """Whether builders who stand at this angle have met on the far side."""
    return angle >= math.pi if shape[3] > 0.0 else angle <= 0.0


@inner
def _meeting(shape: Shape, now: State, longest: float, line_m_min: float) -> State:
    """The moment within a step of *longest* at which the lines meet, by halving."""
    low, high = 0.0, longest
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        keeps_up, after = _step(shape, now, middle, line_m_min)
        if keeps_up and has_met(shape, after[1]):
            high = middle
        else:
            low = middle
    keeps_up, end = _step(shape, now, high, line_m_min)
    if not keeps_up:
        end = now
    return end[0], math.pi if shape[3] > 0.0 else 0.0, end[2], end[3], end[4]


@inner
def _step(shape: Shape, now: State, s: float, line_m_min: float) -> tuple[bool, State]:
    """One Runge-Kutta step of *s* in ln h; False when the builders cannot keep up."""
    head_m, angle, minute, line_m, lined_m2 = now
    p = line_m_min / 2.0 / shape[0]
    ok1, turn1, swept1 = _slopes(shape, head_m, p, 0.0, angle)
    ok2, turn2, swept2 = _slopes(shape, head_m, p, s / 2.0, angle + s / 2.0 * turn1)
    ok3, turn3, swept3 = _slopes(shape, head_m, p, s / 2.0, angle + s / 2.0 * turn2)
    ok4, turn4, swept4 = _slopes(shape, head_m, p, s, angle + s * turn3)
    minutes = head_m * math.expm1(s) / shape[0]
    return ok1 and ok2 and ok3 and ok4, (
        head_m * math.exp(s),
        angle + s / 6.0 * (turn1 + 2.0 * turn2 + 2.0 * turn3 + turn4),
        minute + minutes,
        line_m + line_m_min * minutes,
        lined_m2 + s / 6.0 * (swept1 + 2.0 * swept2 + 2.0 * swept3 + swept4),
    )


@inner
def _slopes(shape: Shape, head_now_m: float, p: float, s: float, u: float) -> tuple[bool, float, float]:
    """What the angle and the swept area gain per unit of ln h; the area is ∫ 2·y·dx along the line."""
    _, e, a, sign = shape
    cos_u, sin_u = math.cos(u), math.sin(u)
    root = p * p * (1.0 - e * cos_u) / (1.0 + e * cos_u) - a * a
    if root < 0.0:
        return False, 0.0, 0.0
    turn = (e * sin_u + sign * (1.0 + e) * math.sqrt(root)) / (1.0 - e * cos_u)
    head_m = head_now_m * math.exp(s)
    dx = head_m * (cos_u + e - sin_u * turn) / (1.0 + e)
    return True, turn, -sign * 2.0 * head_m * a * sin_u * dx
