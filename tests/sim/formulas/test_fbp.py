"""The FBP System against the twenty stored test rows of cffdrs, and what must hold of any fire."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas.fbp import (
    EARLIER_MOISTURE_SCALE,
    FireDay,
    Fuel,
    Stand,
    buildup_effect,
    fbp_spread,
    foliar_moisture_percent,
)

# id, fuel, latitude, longitude, elevation, FFMC, BUI, wind, from, slope, day, day of lowest moisture, minutes, aspect,
# stand; head m/min and metres after the minutes (cffdrs, tests/data/FireBehaviourPrediction_test_fbp.csv).
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "C-1", 55, 110, 0, 90, 130, 20, 0, 15, 182, 0, 20, 270, {}, 5.56890323027268, 67.8078781434913),
    (2, "C-2", 50, 90, 0, 97, 119, 20.4, 0, 75, 121, 0, 20, 315, {}, 121.10375472564, 1434.6198577286),
    (3, "C-3", 55, 110, 0, 95, 30, 50, 0, 0, 182, 0, 5, 180, {}, 80.5171364879306, 92.0027056367927),
    (4, "C-4", 55, 105, 200, 85, 82, 0, 0, 75, 182, 0, 30, 315, {}, 16.6568192196659, 350.924436231945),
    (5, "C-5", 55, 105, 0, 88, 56, 3.4, 0, 23, 152, 145, 30, 180, {}, 0.0489188298484945, 1.05568776098454),
    (6, "C-6", 55, 105, 0, 94, 56, 25, 0, 10, 152, 132, 60, 180, {}, 42.8087391408051, 2160.886408237),
    (7, "C-7", 50, 125, 0, 88.8, 15, 22.1, 270, 15, 152, 0, 20, 0, {}, 2.35774365441997, 28.7082730300327),
    (8, "D-1", 45, 100, 0, 98, 100, 50, 270, 35, 152, 0, 60, 0, {}, 31.2118068421794, 1601.5749145479),
    (9, "M-1", 47, 85, 0, 90, 40, 15.5, 180, 25, 182, 0, 20, 180, {"conifer_share": 0.55},
     13.3071942878299, 147.286001041493),
    (10, "M-2", 63, 120, 100, 97, 150, 41, 180, 50, 213, 0, 20, 200, {"conifer_share": 0.1},
     18.0574768272737, 211.294130506199),
    (11, "M-3", 56, 90, 10, 87, 25, 10.7, 180, 8, 130, 0, 20, 273, {"dead_fir_share": 0.7},
     9.36613066549974, 47.4480906465141),
    (12, "M-4", 56, 90, 0, 97, 80, 35, 180, 50, 258, 0, 20, 270, {"dead_fir_share": 0.3},
     36.0984970576477, 427.592823202644),
    (13, "O-1a", 56, 90, 0, 95, 20, 35, 180, 50, 244, 0, 5, 270, {"grass_load_kg_m2": 1, "cured_percent": 90},
     134.693261037205, 161.286240911633),
    (14, "O-1b", 50, 90, 0, 85, 40, 0.5, 180, 0, 152, 0, 10, 179, {"grass_load_kg_m2": 0.2, "cured_percent": 55},
     0.402376283329693, 1.63272669182737),
    (15, "O-1b", 50, 90, 0, 95, 40, 35, 180, 10, 152, 0, 20, 270, {"grass_load_kg_m2": 1, "cured_percent": 45},
     13.2986360854041, 161.926371830592),
    (16, "S-1", 50, 90, 0, 95, 130, 15, 180, 20, 152, 0, 20, 225, {}, 45.1105066638324, 549.272920065182),
    (17, "S-2", 50, 90, 0, 87, 63, 0, 0, 0, 182, 0, 20, 180, {}, 1.01230237190568, 12.3259595364143),
    (18, "S-3", 50, 90, 0, 89, 20, 0, 0, 30, 213, 0, 20, 270, {}, 1.3990952186766, 17.0356126110166),
    (19, "C-6", 46, 77, 0, 90, 80, 15, 0, 10, 171, 0, 10, 270, {}, 4.39541966501334, 17.8353429517863),
    (20, "C-6", 46, 77, 0, 91, 100, 20, 0, 30, 213, 0, 10, 270, {}, 17.6370032495574, 58.699150425272),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_every_stored_row_comes_out(row: tuple[Any, ...]):
    _, fuel, lat, lon, elv, ffmc, bui, wind, wind_from, slope, day, lowest, minutes, aspect, stand, rate, distance = row
    moisture = foliar_moisture_percent(day, lat, lon, elevation_m=elv, lowest_on=lowest)
    fire = fbp_spread(
        Stand(fuel=Fuel(fuel), foliar_moisture_percent=moisture, **stand),
        FireDay(
            ffmc=ffmc, bui=bui, wind_km_h=wind, wind_from_deg=wind_from, slope_percent=slope, aspect_deg=aspect,
            moisture_scale=EARLIER_MOISTURE_SCALE,
        ),
    )  # fmt: skip
    assert fire.head_m_min == pytest.approx(rate, rel=1e-12)
    assert fire.distance_m(minutes) == pytest.approx(distance, rel=1e-7)


def test_the_net_wind_and_the_shape_are_those_of_the_first_row():
    fire = fbp_spread(
        Stand(fuel=Fuel.C1, foliar_moisture_percent=93.3349),
        FireDay(
            ffmc=90, bui=130, wind_km_h=20, slope_percent=15, aspect_deg=270, moisture_scale=EARLIER_MOISTURE_SCALE
        ),
    )
    assert (fire.wind_km_h, fire.towards_deg) == pytest.approx((20.0860090757352, 174.695822642755))
    assert fire.crown_share == pytest.approx(0.647104242578707, rel=1e-6)
    assert fire.length_to_breadth == pytest.approx(2.58137453963659)


@given(st.sampled_from(list(Fuel)), st.floats(70, 99), st.floats(1, 200), st.floats(0, 60), st.floats(1, 20))
def test_more_wind_never_slows_a_fire_on_the_level(fuel: Fuel, ffmc: float, bui: float, wind: float, more: float):
    stand = Stand(fuel=fuel)
    one, two = (fbp_spread(stand, FireDay(ffmc=ffmc, bui=bui, wind_km_h=each)) for each in (wind, wind + more))
    assert two.head_m_min >= one.head_m_min * (1 - 1e-12) or (wind < 40 <= wind + more)


@given(st.sampled_from(list(Fuel)), st.floats(0, 300), st.floats(0.5, 300))
def test_a_fire_builds_up_to_its_steady_rate_and_never_beyond(fuel: Fuel, minutes: float, later: float):
    fire = fbp_spread(Stand(fuel=fuel), FireDay(ffmc=92, bui=60, wind_km_h=15))
    assert 0 <= fire.rate_m_min(minutes) <= fire.rate_m_min(minutes + later) <= fire.head_m_min * (1 + 1e-12)
    assert fire.distance_m(minutes) <= fire.head_m_min * minutes + 1e-9


def test_the_buildup_effect_is_one_at_the_mean_and_grows():
    assert buildup_effect(Fuel.C2, 64) == 1
    assert buildup_effect(Fuel.C2, 30) < 1 < buildup_effect(Fuel.C2, 120)
    assert buildup_effect(Fuel.O1A, 7) == 1


def test_what_cannot_be_is_refused():
    with pytest.raises(SimError):
        Stand(fuel=Fuel.M1, conifer_share=1.2)
    with pytest.raises(SimError):
        FireDay(ffmc=102, bui=10)
    with pytest.raises(SimError):
        FireDay(ffmc=math.nan, bui=10)
