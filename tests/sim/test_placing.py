"""The map of a run: every place has a spot of its own, the same every time, farther out the longer its road."""

from __future__ import annotations

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from sim.placing import FARTHEST, NEAREST, layout
from sim.scenario import Place

NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "road_km": st.floats(0, 80),
        "bearing_deg": st.sampled_from([0.0, 45.0, 180.0]),
        "distance_m": st.floats(0, 9000),
    },
)
KINDS = st.sampled_from(["village", "shelter", "station"])


def places_of(some: list[tuple[str, dict[str, float]]]) -> tuple[Place, ...]:
    return tuple(
        Place(id=f"P{number}", title="处", kind=kind, numbers=tuple(numbers.items()))
        for number, (kind, numbers) in enumerate(some)
    )


@given(st.lists(st.tuples(KINDS, NUMBERS), max_size=40))
def test_every_place_has_a_spot_of_its_own_within_the_circle(
    some: list[tuple[str, dict[str, float]]],
) -> None:
    places = places_of(some)
    found = layout(places)
    assert [spot.place for spot in found.spots] == [place.id for place in places]
    assert len({(spot.x, spot.y) for spot in found.spots}) == len(places)
    assert all(NEAREST - 1e-5 <= math.hypot(spot.x, spot.y) <= FARTHEST + 1e-5 for spot in found.spots)
    assert found.is_schematic
    assert layout(places) == found


@given(st.lists(st.floats(0, 80), min_size=2, max_size=20))
def test_of_one_kind_the_longer_road_lies_farther_out(roads: list[float]) -> None:
    spots = layout(places_of([("village", {"road_km": road}) for road in roads])).spots
    ordered = sorted(zip(roads, (math.hypot(spot.x, spot.y) for spot in spots), strict=True))
    assert all(one[1] <= two[1] + 1e-5 for one, two in itertools.pairwise(ordered))


def test_coordinates_are_kept_to_scale_where_all_places_have_them() -> None:
    found = layout(places_of([("village", {"x_m": x, "y_m": 0.0}) for x in (0.0, 300.0, 900.0)]))
    assert not found.is_schematic
    one, two, three = (spot.x for spot in found.spots)
    assert math.isclose((three - two) / (two - one), 2.0)
