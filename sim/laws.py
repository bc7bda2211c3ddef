"""The laws of duration as numbers, and the one function that draws from them.

A law is a kind, three parameters and a table (empty for most); what the parameters mean
stands at each kind. Both engines draw through :func:`minutes_at`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, inner
from sim.quantiles import Table, normal_quantile, tabled_quantile

FIXED = 0  # minutes
UNIFORM = 1  # lowest, width
TRIANGULAR = 2  # lowest, most likely, highest
TABLED = 3  # lowest, width; the table holds shares of the width
LOGNORMAL = 4  # median, σ of the logarithm
EXPONENTIAL = 5  # mean
WEIBULL = 6  # a, 1/b of P(t) = 1 − exp(−a·t^b)
NO_TABLE: Table = np.zeros(0)


class LawForm(NamedTuple):
    """A law in numbers."""

    kind: int
    a: float
    b: float = 0.0
    c: float = 0.0
    table: Table = NO_TABLE


@compiled
def minutes_at(kind: int, a: float, b: float, c: float, table: Table, u: float) -> float:
    """Minutes at probability *u* in (0, 1), which a fixed duration does not ask for.

    >>> round(minutes_at(LOGNORMAL, 60.0, 0.65, 0.0, NO_TABLE, 0.5), 9)
    60.0
    """
    if kind == TABLED:
        return a + tabled_quantile(u, table) * b
    return plain_minutes_at(kind, a, b, c, u)


@inner
def plain_minutes_at(kind: int, a: float, b: float, c: float, u: float) -> float:
    """The same for a law without a table."""
    if kind == FIXED:
        return a
    if kind == LOGNORMAL:
        return a * math.exp(b * normal_quantile(u))
    if kind == UNIFORM:
        return a + u * b
    if kind == TRIANGULAR:
        return _triangular(a, b, c, u)
    hazard = -math.log1p(-u)
    return a * hazard if kind == EXPONENTIAL else float((hazard / a) ** b)


@inner
def _triangular(low: float, mode: float, high: float, u: float) -> float:
    width = high - low
    if width == 0.0:
        return mode
    if u < (mode - low) / width:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))
