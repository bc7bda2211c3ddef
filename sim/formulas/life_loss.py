"""Deaths expected from a flood by a regression over past dam failures: a sanity bound only, never a headline."""

from __future__ import annotations

import math

from sim.figure import at_least


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
