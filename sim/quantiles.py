"""Quantile functions, the one place from which every engine takes them.

Compiled functions of floats, which the reference engine and the kernel call alike, so that
both run the same arithmetic: the normal law by AS241, the beta and gamma laws from tables
made once (``table_digest`` names a table in a study), everything else by ``math``.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.compiled import compiled, inner
from sim.figure import above

Table = NDArray[np.float64]

CELLS = 4096  # equal steps of probability in a table
END_CELLS = 52  # halvings of the first and of the last step
_NODE_DECIMALS = 12  # a node differs less than this between libraries, so its digest does not

# Coefficients of AS241 (PPND16), highest power first: Wichura 1988, Applied Statistics 37(3), 477-484 [read: the
# listing in Python's own statistics module]. Three rational functions: centre, shoulder, far tail.
_CENTRE_OVER = (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
                13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080)  # fmt: skip
_CENTRE_UNDER = (5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
                 5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0)  # fmt: skip
_SHOULDER_OVER = (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
                  1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
                  4.63033784615654529590, 1.42343711074968357734)  # fmt: skip
_SHOULDER_UNDER = (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
                   1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940,
                   2.05319162663775882187, 1.0)  # fmt: skip
_TAIL_OVER = (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
              2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580,
              5.46378491116411436990, 6.65790464350110377720)  # fmt: skip
_TAIL_UNDER = (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
               7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
               5.99832206555887937690e-1, 1.0)  # fmt: skip


@inner
def _horner(coefficients: tuple[float, ...], x: float) -> float:
    total = 0.0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total


@inner
def normal_is_central(q: float) -> bool:
    """Whether a share so far from one half lies where one rational function does."""
    return abs(q) <= 0.425


@inner
def central_normal(q: float) -> float:
    """The standard normal value at the share ½ + *q*, near the centre; a number without meaning elsewhere."""
    r = 0.180625 - q * q
    return q * _horner(_CENTRE_OVER, r) / _horner(_CENTRE_UNDER, r)


@compiled
def normal_quantile(u: float) -> float:
    """The standard normal value below which a share *u* lies, to about 1 part in 10^16.

    0 gives minus infinity and 1 plus infinity.

    >>> round(normal_quantile(0.9), 12)
    1.281551565545
    """
    if u <= 0.0 or u >= 1.0:
        return -math.inf if u <= 0.0 else math.inf
    q = u - 0.5
    if normal_is_central(q):
        return central_normal(q)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        value = _horner(_SHOULDER_OVER, r - 1.6) / _horner(_SHOULDER_UNDER, r - 1.6)
    else:
        value = _horner(_TAIL_OVER, r - 5.0) / _horner(_TAIL_UNDER, r - 5.0)
    return -value if q < 0.0 else value


@inner
def _place(u: float) -> float:
    steps = u * CELLS
    if steps < 1.0:
        return END_CELLS + 1 + math.log2(steps)
    if steps <= CELLS - 1:
        return END_CELLS + steps
    return END_CELLS + CELLS - 1 - math.log2(CELLS - steps)


@compiled
def tabled_quantile(u: float, table: Table) -> float:
    """A table read at probability *u*: exact at 0, at 1 and at the nodes, straight lines between them.

    The first and the last equal step are halved again and again, and the lines there are
    straight in the logarithm of the share; otherwise a rare draw would fall on a law's bound.
    """
    if u <= 0.0 or u >= 1.0:
        return float(table[0] if u <= 0.0 else table[-1])
    place = min(max(_place(u), 1.0), len(table) - 2.0)
    cell = min(int(place), len(table) - 3)
    rest = place - cell
    return float(table[cell] * (1.0 - rest) + table[cell + 1] * rest)


def pert_shape(low: float, mode: float, high: float) -> tuple[float, float]:
    """The α and β of the beta law behind a PERT law: 1 + 4 times the mode's distance from each end.

    >>> pert_shape(5, 10, 25)
    (2.0, 4.0)
    """
    width = high - low
    return 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width


def gamma_quantile(u: float, shape: float, scale: float) -> float:
    """The value of a gamma law at probability *u*, in the unit of *scale*; 1 gives infinity.

    >>> round(gamma_quantile(0.5, 1, 10), 3)  # shape 1 is the exponential law: 10·ln 2
    6.931
    """
    return scale * tabled_quantile(u, gamma_table(shape))


@lru_cache(maxsize=512)
def beta_table(alpha: float, beta: float) -> Table:
    """Quantiles of the beta law; first 0, last 1, between them as ``tabled_quantile`` reads them."""
    above("beta law", "alpha", alpha, 0)
    above("beta law", "beta", beta, 0)
    below = (special.betaincinv(alpha, beta, share) for share in _below())
    beyond = (special.betainccinv(alpha, beta, share) for share in _beyond())
    return np.array((0.0, *map(_node, below), *map(_node, beyond), 1.0))


@lru_cache(maxsize=512)
def gamma_table(shape: float) -> Table:
    """Quantiles of the gamma law of scale 1; first 0, last infinity."""
    above("gamma law", "shape", shape, 0)
    below = (special.gammaincinv(shape, share) for share in _below())
    beyond = (special.gammainccinv(shape, share) for share in _beyond())
    return np.array((0.0, *map(_node, below), *map(_node, beyond), math.inf))


def _below() -> Iterator[float]:
    """The shares below the nodes up to the last equal step."""
    yield from (0.5**k / CELLS for k in range(END_CELLS, 0, -1))
    yield from (k / CELLS for k in range(1, CELLS))


def _beyond() -> Iterator[float]:
    """The shares beyond the nodes inside the last equal step."""
    yield from (0.5**k / CELLS for k in range(1, END_CELLS + 1))


def _node(value: float) -> float:
    return round(float(value), _NODE_DECIMALS)


def table_digest(table: Table) -> str:
    """The sha-256 of a table's nodes as little-endian doubles, to be kept with the study that used it.

    >>> table_digest(np.array([0.0, 1.0]))[:16]
    'fc62429c3e69001d'
    """
    return hashlib.sha256(table.astype("<f8").tobytes()).hexdigest()


def t_quantile(u: float, degrees: float) -> float:
    """The value of Student's t law with *degrees* of freedom at probability *u*; for intervals, not for draws.

    >>> round(t_quantile(0.975, 9), 6)
    2.262157
    """
    return float(special.stdtrit(degrees, u))
