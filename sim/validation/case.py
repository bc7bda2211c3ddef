"""A validation case: a set-up with numbers known beforehand, and what our own parts make of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sim.chunk import Engine
from sim.statistics import Interval

ALPHA = 0.001
"""Simulated means are judged by their 99.9 % interval."""
EXACT_SHARE = 1e-9
"""Deterministic results agree to this share of the value."""
_TIE = 1 + 1e-6  # 1.009375 is printed 1.00938, and binary fractions may sit on either side of such a tie


class CaseMark(StrEnum):
    """What the expected values of a case rest on; only *read* ones may be called published."""

    READ = "read"
    COMPUTED = "computed"
    TO_BE_CONFIRMED = "to_be_confirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One value of a case: its symbol, what it should be, what came out, and how close it had to be."""

    label: str
    expected: float | str
    obtained: float | str
    tolerance: float | str
    passed: bool
    half_width: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseResult:
    """What came of a case; with several checks their values are strung together, *checks* keeps them apart."""

    id: str
    title: str
    title_en: str
    expected: float | str
    obtained: float | str
    tolerance: float | str
    mark: CaseMark
    passed: bool
    checks: tuple[Check, ...]
    is_replay: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A set-up known by its number in the validation table; *measure* plays it with an engine.

    Into a *replay* recorded times go in; what comes out again validates no duration.
    """

    id: str
    title: str
    title_en: str
    mark: CaseMark
    measure: Callable[[Engine], Iterable[Check]]
    is_replay: bool = False

    def result(self, engine: Engine) -> CaseResult:
        """The case, played and judged."""
        checks = tuple(self.measure(engine))
        return CaseResult(
            id=self.id,
            title=self.title,
            title_en=self.title_en,
            expected=_together(checks, lambda check: check.expected),
            obtained=_together(checks, _obtained),
            tolerance=_together(checks, lambda check: check.tolerance, once=True),
            mark=self.mark,
            passed=bool(checks) and all(check.passed for check in checks),
            checks=checks,
            is_replay=self.is_replay,
        )


def printed(label: str, expected: str, obtained: float) -> Check:
    """A value that must agree with a printed one to half a unit of its last digit.

    >>> printed("F(10)", "0.05404", 0.0540437).passed, printed("F(10)", "0.05404", 0.05405).passed
    (True, False)
    """
    half_unit = float(Decimal(5).scaleb(int(Decimal(expected).as_tuple().exponent) - 1))
    return near(label, float(expected), obtained, absolute=half_unit)


def exact(label: str, expected: float, obtained: float) -> Check:
    """A value that must come out as it is, but for the last bits.

    >>> exact("t", 13, 13.0).passed, exact("t", 13, 13.0001).passed
    (True, False)
    """
    return near(label, expected, obtained, share=EXACT_SHARE)


def near(label: str, expected: float, obtained: float, *, absolute: float = 0.0, share: float = 0.0) -> Check:
    """A value within *absolute* or within a *share* of the expected one, whichever is given.

    >>> near("t", 600.06, 600.1, absolute=0.1).tolerance, near("t", 31.3, 31.4, share=0.005).tolerance
    ('±0.1', '±0.5 %')
    """
    room = max(absolute, share * abs(expected))
    return Check(
        label=label,
        expected=expected,
        obtained=obtained,
        tolerance=f"±{share * 100:g} %" if share > EXACT_SHARE else f"±{absolute or share:g}",
        passed=abs(obtained - expected) <= room * _TIE,
    )


def simulated(label: str, expected: float, interval: Interval, share: float = 0.02) -> Check:
    """A simulated mean: its interval must hold the value and its half-width be at most a *share* of it.

    >>> simulated("W", 10, Interval(low=9.9, high=10.2, confidence=0.999)).passed
    True
    >>> simulated("W", 10, Interval(low=8, high=12, confidence=0.999)).passed  # wide enough to hold anything
    False
    """
    return Check(
        label=label,
        expected=expected,
        obtained=(interval.low + interval.high) / 2,
        tolerance=f"{interval.confidence:.1%}, ±{share * 100:g} %",
        passed=interval.holds(expected) and interval.half_width <= share * abs(expected),
        half_width=interval.half_width,
    )


def same(label: str, expected: str, obtained: str) -> Check:
    """An answer in words or symbols, which must be the same."""
    return Check(label=label, expected=expected, obtained=obtained, tolerance="=", passed=expected == obtained)


def text(value: float | str) -> str:
    """A value with at most seven digits that mean something.

    >>> text(0.05404), text(44200.0), text("D·V")
    ('0.05404', '44200', 'D·V')
    """
    return value if isinstance(value, str) else f"{value:.7g}" if math.isfinite(value) else str(value)


def obtained_text(check: Check) -> str:
    """What came out in few digits, with its half-width if it was simulated.

    >>> obtained_text(exact("T", 13, 13.0))
    '13'
    """
    return text(_obtained(check))


def _obtained(check: Check) -> float | str:
    if check.half_width is None:
        return check.obtained
    return f"{text(check.obtained)} ± {check.half_width:.2g}"


def _together(checks: tuple[Check, ...], part: Callable[[Check], float | str], *, once: bool = False) -> float | str:
    parts = [part(check) for check in checks]
    if (once and len(set(parts)) == 1) or len(parts) == 1:
        return parts[0]
    return "; ".join(f"{check.label} {text(value)}" for check, value in zip(checks, parts, strict=True))
