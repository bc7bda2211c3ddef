"""Getting out of a mine on foot, and waiting in a refuge, against the air one carries."""

from __future__ import annotations

import math

from sim.figure import above, at_least, share


def design_speed_m_s(spacing_m: float, minutes: float) -> float:
    """The walking speed a spacing of self-rescuer caches implies, in m/s.

    >>> round(design_speed_m_s(2200 * 0.3048, 30), 5)  # 2,200 ft in 30 min
    0.37253
    """
    return at_least("cache", "spacing_m", spacing_m, 0) / (above("cache", "minutes", minutes, 0) * 60)


def hindered_speed_m_s(clear_m_s: float, *factors: float) -> float:
    """A walking speed with smoke, slope and stooping each taking their share of it.

    >>> round(hindered_speed_m_s(1.39, 0.5, 0.8), 3)
    0.556
    """
    return above("walk", "clear_m_s", clear_m_s, 0) * math.prod(share("walk", "factor", factor) for factor in factors)


def caches_needed(walk_min: float, effective_min: float) -> int:
    """How many fresh self-rescuers must be found on the way, beside the one carried.

    Each serves *effective_min*; 0 means that the one carried is enough.

    >>> caches_needed(67.1, 29), caches_needed(29, 29)
    (2, 0)
    """
    at_least("escape", "walk_min", walk_min, 0)
    return max(0, math.ceil(walk_min / above("self-rescuer", "effective_min", effective_min, 0)) - 1)


def reach_m(speed_m_s: float, effective_min: float, sets: int = 1) -> float:
    """How far *sets* self-rescuers carry a walker, in metres.

    >>> reach_m(1.0, 29)
    1740.0
    """
    return above("walk", "speed_m_s", speed_m_s, 0) * effective_min * 60 * sets


def turn_back_min(apparatus_min: float, reserve_share: float) -> float:
    """Minutes after which a rescue squad must turn back to be out with *reserve_share* of its air unused.

    The way out is taken to be as long as the way in.

    >>> turn_back_min(240, 0.0), turn_back_min(240, 0.25)
    (120.0, 90.0)
    """
    return apparatus_min * (1 - share("apparatus", "reserve_share", reserve_share)) / 2


def oxygen_litres(people: float, hours: float, litres_per_min: float) -> float:
    """Oxygen that *people* use in *hours* at a rate per head, in litres.

    >>> oxygen_litres(1, 96, 0.5)
    2880.0
    """
    return at_least("refuge", "people", people, 0) * at_least("refuge", "hours", hours, 0) * 60 * litres_per_min


def refuge_hours(oxygen_l: float, people: float, litres_per_min: float) -> float:
    """How long a store of oxygen lasts *people*, in hours; the inverse of ``oxygen_litres``.

    >>> refuge_hours(28800, 10, 0.5)
    96.0
    """
    return oxygen_l / (above("refuge", "people", people, 0) * above("refuge", "litres_per_min", litres_per_min, 0) * 60)
