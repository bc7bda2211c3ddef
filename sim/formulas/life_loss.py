"""Deaths expected from a dam failure, by a regression and by a table of rates: a cross-check only, never a headline.

Nothing in a study uses them unless somebody asks.
"""

from __future__ import annotations

import math
from enum import StrEnum

from sim.errors import SimError
from sim.figure import at_least

SHORT_WARNING_MIN, LONG_WARNING_MIN = 15.0, 60.0
"""Where Graham's classes of warning part."""


class Severity(StrEnum):
    """How hard a flood strikes: *high* sweeps the area clean, *medium* destroys homes, *low* floods them."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_UNWARNED_SHARE = {Severity.HIGH: 0.75, Severity.MEDIUM: 0.15, Severity.LOW: 0.01}
_WARNED_SHARE = {  # (some warning, ample warning), each (vaguely, precisely understood)
    Severity.MEDIUM: ((0.04, 0.02), (0.03, 0.01)),
    Severity.LOW: ((0.007, 0.002), (0.0003, 0.0002)),
}


def fatality_share(severity: Severity, warning_min: float, *, is_understood: bool = False) -> float:
    """The share of people at risk who die, by Graham's table of central rates. Cross-check only.

    *is_understood* says whether the warned know how hard the flood will strike. Warned people under a
    *high* severity have no rate of their own there: refused. Graham 1999, DSO-99-06 [to be confirmed:
    rates from memory; the procedure itself read in abstract].

    >>> fatality_share(Severity.MEDIUM, 30), fatality_share(Severity.LOW, 90, is_understood=True)
    (0.04, 0.0002)
    """
    if at_least("warning", "warning_min", warning_min, 0) < SHORT_WARNING_MIN:
        return _UNWARNED_SHARE[severity]
    if severity not in _WARNED_SHARE:
        raise SimError(
            "rate-unknown",
            thing="fatality rate",
            field="warning_min",
            rule=f"< {SHORT_WARNING_MIN:g}",
            value=warning_min,
        )
    return _WARNED_SHARE[severity][warning_min > LONG_WARNING_MIN][is_understood]


def dam_failure_deaths(people: float, warning_h: float, *, high_force: bool) -> float:
    """Deaths among *people* at risk with *warning_h* hours of warning, by DeKay & McClelland. Sanity bound only.

    PAR / (1 + 13.277 · PAR^0.44 · e^x), x = 0.759·WT in slow water and 2.982·WT − 3.790 in fast, deep
    water. DeKay & McClelland 1993 [to be confirmed: from memory]; IWR 02-R-3 "raises serious concerns
    regarding its future use" [read].

    >>> round(dam_failure_deaths(1000, 0.5, high_force=False), 2)
    2.46
    """
    at_least("people at risk", "people", people, 0)
    at_least("people at risk", "warning_h", warning_h, 0)
    x = 2.982 * warning_h - 3.790 if high_force else 0.759 * warning_h
    return float(people / (1 + 13.277 * people**0.44 * math.exp(x)))
