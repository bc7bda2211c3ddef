"""Flash flood: any of three signals moves a grid, the torrent gives it no second chance."""

from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from sim.procedure import After, Join, JoinKind, Outcome
from tests.sim.builders import a_network, a_pool, a_task, played, story
from tests.sim.hazards.events import TORRENT, a_place, an_event

GRID = {
    "people": 100, "vulnerable": 6, "walk_m": 300, "heavy_rain_min": 20, "prepare_min": 30, "move_min": 60,
    "torrent_min": 90, "reach_min": 40, "messenger_min": 15, "village_team": 1,
}  # fmt: skip


def storm(**numbers: float) -> Contribution:
    return contribution_of(an_event("flash_flood", TORRENT, a_place("grid", "G", **(GRID | numbers))))


def groups(brings: Contribution) -> dict[str, int]:
    return {e.key: e.people for group in brings.sets if group.name == "group" for e in group.entities}


def test_a_grid_of_a_hundred_is_split_by_hand():
    assert groups(storm()) == {
        "G/assisted1": 3, "G/assisted2": 3, "G/walk1": 29, "G/walk2": 28, "G/walk3": 28, "G/refuse1": 9,
    }  # fmt: skip


@given(people=st.integers(0, 3000), frail=st.integers(0, 3000))
def test_everybody_of_a_grid_is_in_one_group(people: int, frail: int):
    assert sum(groups(storm(people=people, vulnerable=frail)).values()) == people


def test_thresholds_signs_and_torrent_come_in_their_order():
    struck = {clock.name: clock.base_min + clock.offset_min for clock in storm().clocks}
    assert struck == {
        "heavy_rain": 20, "prepare": 30, "move": 60, "signs": 78, "torrent": 90, "last_walk": 85, "ebb": 180,
    }  # fmt: skip
    assert {clock.draw_key for clock in storm().clocks} == {"storm"}


def withdrawal(called_min: float, *, seen: bool = False) -> dict:
    """A grid told by a call that takes so long after the threshold, or by who sees the signs."""
    sees = (a_task("signs seen", 2, per="grid", release="signs"),) if seen else ()
    tasks = (
        a_task("called", called_min, per="grid", release="move"),
        *sees,
        a_task("order", 3, "called", *(task.id for task in sees), per="grid", join=Join(kind=JoinKind.ANY)),
        a_task("walk", 5, "order", per="group", only="by_themselves", gate="path", until="last_walk"),
        a_task("fetch", 40, After(task="walk", when=Outcome.SKIPPED), per="group", gate="access", pool="crew"),
    )
    network = a_network(*tasks, pools=(a_pool("crew", 3),), brings=storm())
    return story(network, played(network))


def test_a_call_in_time_moves_everybody_and_nobody_is_fetched():
    told = withdrawal(10)
    assert told["order@G"] == (70, 73)
    assert told["walk@G/walk1"] == (73, 78)
    assert told["fetch@G/walk1"] == "skipped"


def test_a_call_too_late_is_made_good_by_who_sees_the_signs():
    assert withdrawal(24)["walk@G/walk1"] == "skipped"
    assert withdrawal(24, seen=True)["walk@G/walk1"] == (83, 88)  # signs at 78, two minutes, three for the order


def test_whoever_is_cut_off_waits_until_rescuers_can_get_in():
    assert withdrawal(24)["fetch@G/walk1"] == (180, 220)


def test_those_who_need_help_wait_for_the_team_of_their_own_grid():
    help_along = a_task("help", 10, per="group", only="assisted", pool="village_team")
    places = (a_place("grid", "G", **GRID), a_place("grid", "H", **(GRID | {"village_team": 2})))
    brings = contribution_of(an_event("flash_flood", TORRENT, *places))
    network = a_network(help_along, pools=(a_pool("village_team", 9),), brings=brings)
    assert story(network, played(network)) == {
        "help@G/assisted1": (0, 10), "help@G/assisted2": (10, 20),
        "help@H/assisted1": (0, 10), "help@H/assisted2": (0, 10),
    }  # fmt: skip
