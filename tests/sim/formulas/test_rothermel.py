"""Rothermel's surface fire against the tests of behave, and what must hold of any fire."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SimError
from sim.formulas.rothermel import GS4, Canopy, FuelBed, Moisture, surface_fire

CHAINS_H = 20.1168 / 60
MPH = 1609.344 / 3600
DRY = Moisture(one_hour=0.06, ten_hour=0.07, hundred_hour=0.08, herb=0.60, woody=0.90)
TREES = Canopy(cover_share=0.5, height_m=30 * 0.3048, crown_ratio=0.5)


@pytest.mark.parametrize(
    ("slope_share", "angle_deg", "head_ch_h"),
    [
        (0.30, 0, 8.876216),
        (0.30, 90, 7.091665),
        (math.tan(math.radians(30)), 45 - 95, 19.677584),
        (0.30, 45 - 215, 4.113265),
        (0.30, 45 - 5, 8.503960),
    ],
)
def test_the_head_rates_of_behave(slope_share: float, angle_deg: float, head_ch_h: float):
    fire = surface_fire(
        GS4, DRY, wind_m_s=5 * MPH, slope_share=slope_share, wind_from_upslope_deg=angle_deg, canopy=TREES
    )
    assert fire.head_m_min / CHAINS_H == pytest.approx(head_ch_h, rel=1e-6)


def test_back_and_flank_of_behave():
    fire = surface_fire(GS4, DRY, wind_m_s=5 * MPH, slope_share=0.30, canopy=TREES)
    assert fire.back_m_min / CHAINS_H == pytest.approx(2.91614659, rel=1e-8)
    assert fire.flank_m_min / CHAINS_H == pytest.approx(5.08766627, rel=1e-8)


winds = st.floats(0, 15)


@given(winds, winds, st.floats(0, 0.8))
def test_more_wind_up_a_slope_never_slows_a_fire(wind: float, more: float, slope: float):
    slow, fast = (surface_fire(GS4, DRY, wind_m_s=each, slope_share=slope) for each in (wind, wind + more))
    assert fast.head_m_min >= slow.head_m_min * (1 - 1e-12)
    assert 0 < slow.back_m_min <= slow.head_m_min


@given(winds, st.floats(0.01, 0.3))
def test_wetter_fuel_burns_more_slowly(wind: float, more: float):
    wet = replace(DRY, one_hour=DRY.one_hour + more, ten_hour=DRY.ten_hour + more)
    assert surface_fire(GS4, wet, wind_m_s=wind).head_m_min < surface_fire(GS4, DRY, wind_m_s=wind).head_m_min


def test_cured_herbs_carry_fire_and_green_ones_do_not():
    green, cured = (replace(DRY, herb=moisture) for moisture in (1.3, 0.25))
    rates = [surface_fire(GS4, moisture, wind_m_s=3).head_m_min for moisture in (green, DRY, cured)]
    assert rates == sorted(rates)


def test_fuel_too_wet_to_burn_does_not():
    soaked = Moisture(one_hour=0.5, ten_hour=0.5, hundred_hour=0.5, herb=3.0, woody=3.0)
    assert surface_fire(GS4, soaked, wind_m_s=10).head_m_min == 0


def test_a_bed_without_depth_or_with_negative_load_is_refused():
    with pytest.raises(SimError):
        replace(GS4, depth_ft=0)
    with pytest.raises(SimError):
        replace(GS4, herb=-1.0)


def test_a_bed_without_living_fuel_burns_by_its_dead_fuel():
    litter = FuelBed(
        name="litter", depth_ft=0.2, extinction_share=0.3, one_hour=1.5, ten_hour=1.0, hundred_hour=2.5, herb=0,
        woody=0, one_hour_per_ft=2000, herb_per_ft=1500, woody_per_ft=1500, is_dynamic=False,
    )  # fmt: skip
    assert 0 < surface_fire(litter, DRY, wind_m_s=2).head_m_min < 5
