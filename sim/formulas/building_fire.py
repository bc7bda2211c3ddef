"""How a fire in a room grows, and how long a crowd takes to leave it."""

from __future__ import annotations

import math

from sim.figure import above, at_least

# m² a person: the loss of speed with crowding, SFPE Handbook chapter 59 [to be confirmed: from memory]
CROWDING_M2 = 0.266


def heat_release_kw(seconds: float, alpha_kw_s2: float) -> float:
    """The heat release of a growing fire after *seconds*, in kW: α·t².

    The growth rates α are Karlsson & Quintiere's (2000) as quoted in FireSciPy's source [read]; see the pack.

    >>> round(heat_release_kw(100, 0.01172), 1)
    117.2
    """
    return above("fire growth", "alpha_kw_s2", alpha_kw_s2, 0) * at_least("fire growth", "seconds", seconds, 0) ** 2


def heat_time_s(heat_kw: float, alpha_kw_s2: float) -> float:
    """Seconds until a growing fire releases *heat_kw*: √(Q/α).

    >>> round(heat_time_s(1055, 0.01172), 2)
    300.03
    """
    at_least("fire growth", "heat_kw", heat_kw, 0)
    return math.sqrt(heat_kw / above("fire growth", "alpha_kw_s2", alpha_kw_s2, 0))


def crowd_speed_m_s(people_m2: float, free_m_s: float) -> float:
    """Walking speed in a crowd: k·(1 − 0.266·D), never below 0.

    *free_m_s* is k: 1.40 on the level, less on stairs by tread and riser. SFPE Handbook ch. 59 [to be confirmed].

    >>> round(crowd_speed_m_s(2.0, 1.40), 4)
    0.6552
    """
    at_least("crowd", "people_m2", people_m2, 0)
    return max(0.0, above("crowd", "free_m_s", free_m_s, 0) * (1 - CROWDING_M2 * people_m2))


def specific_flow_ps_m(people_m2: float, free_m_s: float) -> float:
    """People a second through each metre of effective width: speed times density.

    >>> round(specific_flow_ps_m(1.88, 1.40), 4)
    1.3158
    """
    return crowd_speed_m_s(people_m2, free_m_s) * people_m2


def best_density_people_m2() -> float:
    """The density at which the specific flow is greatest: 1 / (2 · 0.266) people per m².

    >>> round(best_density_people_m2(), 4)
    1.8797
    """
    return 1 / (2 * CROWDING_M2)


def best_flow_ps_m(free_m_s: float) -> float:
    """The greatest specific flow, in people a second and metre: k / (4 · 0.266).

    >>> round(best_flow_ps_m(1.40), 4)
    1.3158
    """
    return above("crowd", "free_m_s", free_m_s, 0) / (4 * CROWDING_M2)


def effective_width_m(clear_m: float, boundary_m: float) -> float:
    """The width people use: the clear width less the layer they keep free on each side, never below 0.

    >>> round(effective_width_m(0.91, 0.15), 2)
    0.61
    """
    return max(0.0, above("way out", "clear_m", clear_m, 0) - 2 * at_least("way out", "boundary_m", boundary_m, 0))


def passage_s(people: float, flow_ps_m: float, width_m: float) -> float:
    """Seconds for *people* to pass a door or stair of effective width; infinity when nobody can.

    >>> round(passage_s(300, 1.3, 0.61), 1)
    378.3
    """
    at_least("way out", "people", people, 0)
    people_s = at_least("way out", "flow_ps_m", flow_ps_m, 0) * at_least("way out", "width_m", width_m, 0)
    if people == 0:
        return 0.0
    return people / people_s if people_s else math.inf


def required_s(detection_s: float, alarm_s: float, premovement_s: float, travel_s: float) -> float:
    """The time people need to be out (RSET): detection, alarm, pre-movement and travel added up [read: SFPE].

    >>> required_s(60, 30, 120, 90)
    300
    """
    return detection_s + alarm_s + premovement_s + travel_s


def safety_margin_s(available_s: float, required: float, required_share: float) -> float:
    """Seconds left when the need may take only *required_share* of the time available: share · ASET − RSET.

    Not negative means safe. A safety factor F is the share 1/F.

    >>> safety_margin_s(400, 300, 0.8)
    20.0
    """
    above("escape time", "required_share", required_share, 0)
    return required_share * available_s - required
