"""The demo's drills against their file, the rules and the days without drills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from drills import blackouts, programme, register, small_drills
from drills.drill import COMING, Blindness, Drill, State
from drills.plan_facts import subject_of
from drills.small_drills import By
from drills.store.tables import ProgrammeState
from plans_repo import organisations, plans
from plans_repo.course.stages import EFFECTIVE
from plans_repo.course.working_days import Calendar
from plans_repo.store import events
from plans_repo.store.actor import local_actor
from plans_repo.store.work import Work
from sim.figure import Mark
from tests.ui.conftest import Clock
from tests.ui.demonstrated import furnish
from ui.demo import sources
from ui.demo.bodies import area_of
from ui.installation import open_installation

AREAS = tuple(map(area_of, (sources.CITY, *sources.COUNTIES)))
FIRST_ADOPTED = 2026


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    data = tmp_path_factory.mktemp("demo-drills")
    furnish(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.reading(local_actor("tests")) as opened:
        yield opened
    installation.store.close()


@pytest.fixture(scope="module")
def drills(work: Work) -> tuple[Drill, ...]:
    return register.list_drills(work)


def test_every_drill_of_the_file_is_there_with_its_facts(drills: tuple[Drill, ...]) -> None:
    wanted = {
        (entry["title"], entry["date"], entry["place"], entry["people"], entry["minutes"], entry["start"])
        for entry in sources.programme()["drill"]
    }
    assert wanted == {
        (one.title, one.on, one.place, one.participants_count, one.duration_min, f"{one.at:%H:%M}") for one in drills
    }


def test_what_was_held_is_closed_with_its_result_and_what_comes_is_planned(drills: tuple[Drill, ...]) -> None:
    results = {(entry["title"], entry["date"]): entry.get("result", "") for entry in sources.programme()["drill"]}
    assert [one.title for one in drills if one.note != results[one.title, one.on]] == []
    as_of = sources.programme()["programme"]["as_of"]
    assert {one.state for one in drills if one.on and one.on <= as_of} == {State.CLOSED}
    assert {one.state for one in drills if one.on and one.on > as_of} == COMING


def test_nothing_falls_on_a_day_without_drills_or_off(work: Work, drills: tuple[Drill, ...]) -> None:
    assert len(blackouts.blackouts(work)) == len(sources.programme()["blackout"])
    closed = [
        (one.title, item.reason)
        for one in drills
        for item in blackouts.blackouts_for(work, one.area)
        if one.on and item.covers(one.on, today=date(2026, 11, 21), hold_days=0)
    ]
    assert closed == []
    assert [one.title for one in drills if one.on and not Calendar().is_working_day(one.on)] == []
    assert register.clashes(work) == ()


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_every_plan_due_has_a_drill(work: Work, area: str, year: int) -> None:
    found = programme.programme_of(work, year, area=area)
    assert found.uncovered == ()
    assert found.shortfalls == ()


def test_something_is_due_and_the_strictest_rule_wins(work: Work) -> None:
    due = programme.programme_of(work, 2027, area=area_of(sources.CITY)).due
    by_plan = {item.title: item for item in due}
    mine = next(item for title, item in by_plan.items() if "煤矿" in title and "方案" in title)
    assert mine.rule.id == "order-2-on-site-half-year"
    assert mine.others


def test_a_plans_own_text_is_stricter_than_the_general_rule(work: Work) -> None:
    """八（二） of the forest fire plan: the county drills every year."""
    found = programme.programme_of(work, 2027, area=area_of("shiling"))
    forest = next(item for item in found.next_due if "森林火灾" in item.title)
    assert (forest.rule.months, forest.mark, "每年组织一次" in forest.rule.title) == (12, Mark.PLAN, True)
    assert "measures-three-years" in {claim.rule.id for claim in forest.others}


def test_what_a_plan_asks_of_townships_is_no_duty_of_the_county(work: Work) -> None:
    found = programme.programme_of(work, 2027, area=area_of("qingchuan"))
    asked = {(duty.who, duty.months) for duty in found.of_others if duty.title == "清川县防汛应急预案"}
    assert asked == {("各乡镇", 12), ("村级转移演练", 12)}
    flood = next(item for item in found.next_due if item.title == "清川县防汛应急预案")
    assert flood.rule.months == 36
    assert found.without_rule == ()


def test_the_same_day_stands_on_the_pages_of_all_years(work: Work) -> None:
    pages = [programme.programme_of(work, year, area=area_of("qingchuan")) for year in (2025, 2026, 2027, 2028)]
    assert {page.next_due for page in pages} == {pages[0].next_due}
    assert all(item.since <= date(2026, 11, 21) for item in pages[0].next_due if item.since)


def test_the_programmes_are_adopted_and_all_but_one_approved(work: Work) -> None:
    found = {(year, area): state for year, area, state in programme.programmes(work)}
    assert set(found) == {(year, area) for year in (2026, 2027) for area in AREAS}
    assert [key for key, state in found.items() if state is ProgrammeState.DRAFT] == [(2027, area_of("qingchuan"))]


def test_every_plan_has_drills_and_every_drill_its_plan_and_body(work: Work, drills: tuple[Drill, ...]) -> None:
    every = plans.list_plans(work)
    drilled = {plan for one in drills for plan in one.plans}
    assert drilled <= {plan.id for plan in every}
    counting = {plan.id for plan in every if plan.state in EFFECTIVE}  # a draft is not drilled
    assert {
        plan for plan in counting if not subject_of(work, plan).held
    } <= drilled  # or drilled before the installation
    bodies = {body.id for body in organisations.organisations(work)}
    assert [one.title for one in drills if one.organisation not in bodies or not one.units] == []


def test_units_that_are_bodies_are_named_by_id(work: Work, drills: tuple[Drill, ...]) -> None:
    names = {body.name for body in organisations.organisations(work)}
    ids = {body.id for body in organisations.organisations(work)}
    teams = {unit for one in drills for unit in one.units} - ids
    assert teams & names == set()
    assert {"清川县民兵应急连", "清川县综合应急救援队", "石岭县综合应急救援队"} <= teams


def test_the_small_drills_are_those_of_the_file(work: Work) -> None:
    counted = small_drills.counts(work, date(2026, 1, 1), date(2026, 12, 1), By.AREA)
    wanted: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for entry in sources.programme()["small"]:
        area = area_of(entry["county"], entry["township"])
        wanted[area] += entry["drills"]
        people[area] += entry["people"]
    assert {one.key: one.drills_count for one in counted} == wanted
    assert {one.key: one.people_count for one in counted} == people


def test_a_drill_whose_day_was_not_told_stood_in_no_programme(work: Work, drills: tuple[Drill, ...]) -> None:
    for one in drills:
        kinds = [event.kind for event in events.history(work, register.chain_of_drill(one.id))]
        was_told = one.year >= FIRST_ADOPTED and Blindness.DATE not in one.blindness
        assert kinds[0] == ("drill-planned" if was_told else "drill-recorded"), one.title
