"""How fast a road moves, and when water stops a vehicle on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.errors import SimError
from sim.figure import above, at_least

KM_PER_MILE = 1.609344  # by definition


@dataclass(frozen=True, kw_only=True, slots=True)
class Road:
    """A class of road by its two-regime Greenshields law, in the units of the source (miles).

    Free speed up to the break density, then slower by a power law down to stop-and-go speed at jam density.

    >>> county_road = Road(lanes=2, free_mph=45, jam_veh_mi=160, break_veh_mi=23, stop_go_mph=4, power=2)
    >>> round(county_road.intercept_mph, 3)
    59.922
    """

    lanes: int
    free_mph: float
    jam_veh_mi: float
    break_veh_mi: float
    stop_go_mph: float
    power: float

    def __post_init__(self) -> None:
        for field in ("lanes", "free_mph", "jam_veh_mi", "power"):
            above("road", field, getattr(self, field), 0)
        at_least("road", "break_veh_mi", self.break_veh_mi, 0)
        at_least("road", "stop_go_mph", self.stop_go_mph, 0)
        for low, high in (("break_veh_mi", "jam_veh_mi"), ("stop_go_mph", "free_mph")):
            pair = (getattr(self, low), getattr(self, high))
            if (low == "break_veh_mi" and pair[0] == pair[1]) or pair[0] > pair[1]:
                raise SimError("bounds-out-of-order", thing="road", field=f"{low}, {high}", value=pair)

    @property
    def intercept_mph(self) -> float:
        """The v_f of the second regime that makes the two meet at the break density, mph."""
        return float(
            self.stop_go_mph + (self.free_mph - self.stop_go_mph) / self._room(self.break_veh_mi) ** self.power
        )

    def speed_mph(self, veh_mi: float) -> float:
        """Speed at a density per lane, mph: u_f up to the break, then v0 + (v_f − v0)·(1 − k/k_jam)^α.

        LifeSim Technical Reference ch. 7, eq. 10-11 [read]. Beyond jam density: stop-and-go speed.
        """
        if at_least("road", "veh_mi", veh_mi, 0) <= self.break_veh_mi:
            return float(self.free_mph)
        return float(self.stop_go_mph + (self.intercept_mph - self.stop_go_mph) * self._room(veh_mi) ** self.power)

    def flow_veh_h(self, veh_mi: float) -> float:
        """Vehicles an hour and lane at a density: speed times density."""
        return self.speed_mph(veh_mi) * veh_mi

    @property
    def best_density_veh_mi(self) -> float:
        """The density at which a lane carries most vehicles."""
        candidates = (self.break_veh_mi, self._flow_peak_veh_mi(), self.jam_veh_mi)
        return max(candidates, key=self.flow_veh_h)

    @property
    def lane_capacity_veh_h(self) -> float:
        """The most vehicles an hour a lane carries."""
        return self.flow_veh_h(self.best_density_veh_mi)

    @property
    def capacity_veh_h(self) -> float:
        """The most vehicles an hour all lanes of one direction carry."""
        return self.lanes * self.lane_capacity_veh_h

    def _room(self, veh_mi: float) -> float:
        return max(0.0, 1 - veh_mi / self.jam_veh_mi)

    def _flow_peak_veh_mi(self) -> float:
        """Where the flow of the second regime stops rising; its slope falls up to 2/(1 + α) of jam density."""
        low = self.break_veh_mi
        high = max(low, min(1.0, 2 / (1 + self.power)) * self.jam_veh_mi)
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self._flow_slope(middle) > 0 else (low, middle)
        return low

    def _flow_slope(self, veh_mi: float) -> float:
        room = self._room(veh_mi)
        fall = room ** (self.power - 1) * (room - self.power * veh_mi / self.jam_veh_mi) if room else 0.0
        return self.stop_go_mph + (self.intercept_mph - self.stop_go_mph) * fall


def loaded_min(free_min: float, load_ratio: float, alpha: float = 0.15, beta: float = 4.0) -> float:
    """Minutes over a road at a volume-to-capacity ratio: t0·(1 + 0.15·(v/c)^4).

    Bureau of Public Roads; α and β are the formula's own [to be confirmed: HCM, from memory].

    >>> round(loaded_min(1, 1.2), 5)
    1.31104
    """
    at_least("road", "load_ratio", load_ratio, 0)
    return float(at_least("road", "free_min", free_min, 0) * (1 + alpha * load_ratio**beta))


class Loss(StrEnum):
    """What makes a vehicle lose its stand in water."""

    DEPTH = "depth"
    VELOCITY = "velocity"
    PRODUCT = "product"


@dataclass(frozen=True, kw_only=True, slots=True)
class VehicleLimits:
    """The water a vehicle stands: depth, velocity and their product (LifeSim table 17 [read]; values in the pack)."""

    depth_m: float
    velocity_m_s: float
    product_m2_s: float

    def __post_init__(self) -> None:
        for field in ("depth_m", "velocity_m_s", "product_m2_s"):
            above("vehicle limits", field, getattr(self, field), 0)

    def loss(self, depth_m: float, velocity_m_s: float) -> Loss | None:
        """The first limit exceeded, or None while the vehicle is stable.

        >>> VehicleLimits(depth_m=1.2, velocity_m_s=4.5, product_m2_s=0.8).loss(0.5, 2.0)
        <Loss.PRODUCT: 'product'>
        """
        if depth_m > self.depth_m:
            return Loss.DEPTH
        if velocity_m_s > self.velocity_m_s:
            return Loss.VELOCITY
        return Loss.PRODUCT if depth_m * velocity_m_s > self.product_m2_s else None
