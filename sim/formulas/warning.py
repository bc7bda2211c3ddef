"""How a warning spreads: the share of people who have heard it, by minutes since it went out."""

from __future__ import annotations

import math

from sim.figure import above, at_least, share


def warned_share(minutes: float, a: float, b: float, reach_share: float = 1.0) -> float:
    """The share warned after *minutes*: reach · (1 − exp(−a·t^b)), with t in minutes.

    *reach_share* is the share the channels can reach at all. LifeSim Technical Reference, equation 9
    ("Lindell function") [read]; b = 2 is Rayleigh's law, for which see ``rayleigh_a``.

    >>> round(warned_share(30, rayleigh_a(30), 2), 5)
    0.39347
    """
    at_least("warning curve", "minutes", minutes, 0)
    above("warning curve", "a", a, 0)
    above("warning curve", "b", b, 0)
    return share("warning curve", "reach_share", reach_share) * -math.expm1(-a * minutes**b)


def warned_after_min(warned: float, a: float, b: float, reach_share: float = 1.0) -> float:
    """The minutes after which a share *warned* has heard it; infinity when the channels never reach so many.

    >>> round(warned_after_min(0.5, rayleigh_a(30), 2), 3)
    35.322
    """
    share("warning curve", "warned", warned)
    above("warning curve", "a", a, 0)
    above("warning curve", "b", b, 0)
    if warned >= share("warning curve", "reach_share", reach_share):
        return math.inf if warned > 0 else 0.0
    return float((-math.log1p(-warned / reach_share) / a) ** (1 / b))


def mean_warned_min(a: float, b: float) -> float:
    """The mean minutes until somebody within reach has heard it: a^(−1/b) · Γ(1 + 1/b).

    >>> round(mean_warned_min(rayleigh_a(30), 2), 3)
    37.599
    """
    return float(above("warning curve", "a", a, 0) ** (-1 / above("warning curve", "b", b, 0)) * math.gamma(1 + 1 / b))


def rayleigh_a(sigma_min: float) -> float:
    """The *a* of a warning curve with b = 2 whose σ is *sigma_min*: 1 / (2σ²), per square minute.

    >>> 1 / rayleigh_a(30)
    1800.0
    """
    return 1 / (2 * above("warning curve", "sigma_min", sigma_min, 0) ** 2)


def told_people(minutes: float, people: float, broadcast_per_min: float, contagion_per_min: float) -> float:
    """People who know after *minutes* when some hear the broadcast and then tell others.

    Solves dN/dt = (broadcast + contagion · N/M) · (M − N) from N = 0, with M = *people* within reach.
    In Rogers & Sorensen's letters broadcast = k·a1 and contagion = (1 − k)·a2·M [to be confirmed: 1988/1991
    form, from memory].

    >>> round(told_people(30, 1000, 0.02, 0.10))
    856
    """
    above("warning curve", "broadcast_per_min", broadcast_per_min, 0)
    at_least("warning curve", "contagion_per_min", contagion_per_min, 0)
    left = math.exp(-(broadcast_per_min + contagion_per_min) * at_least("warning curve", "minutes", minutes, 0))
    return people * (1 - left) / (1 + contagion_per_min / broadcast_per_min * left)
