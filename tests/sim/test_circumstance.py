"""In which events a promise is made: any circumstance of an aspect, every aspect asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.circumstance import ALTERNATIVES, Circumstance, is_given
from sim.errors import SimError
from sim.procedure import Level
from sim.scenario import Scenario
from tests.sim.asking import a_target, an_event, ask
from tests.sim.builders import a_procedure, a_task
from tests.sim.test_study import study

circumstances = st.sets(st.sampled_from(Circumstance))
events = st.tuples(*(st.sampled_from((None, *every)) for every in ALTERNATIVES.values())).map(
    lambda found: {each for each in found if each}
)
LEVELS = (Level(id="1", label="Ⅱ级", rank=1), Level(id="2", label="Ⅰ级", rank=2))


@given(circumstances)
def test_every_circumstance_belongs_to_one_aspect(asked: set[Circumstance]):
    assert all([each in every for every in ALTERNATIVES.values()].count(True) == 1 for each in asked)


@given(asked=circumstances, shown=events)
def test_all_circumstances_of_an_aspect_ask_only_that_the_event_tells_it(
    asked: set[Circumstance], shown: set[Circumstance]
):
    for every in ALTERNATIVES.values():
        assert is_given(every, shown) == bool(set(every) & shown)
    assert is_given((), shown)
    assert is_given(asked, shown) <= ({each.aspect for each in asked} <= {each.aspect for each in shown})


@given(asked=circumstances, shown=events, more=circumstances)
def test_asking_for_more_of_known_aspects_never_excludes(
    asked: set[Circumstance], shown: set[Circumstance], more: set[Circumstance]
):
    wider = asked | {each for each in more if each.aspect in {known.aspect for known in asked}}
    assert is_given(asked, shown) <= is_given(wider, shown)


def event(*shown: Circumstance) -> Scenario:
    return an_event(circumstances=shown)


def test_an_event_is_not_two_things_at_once():
    with pytest.raises(SimError, match="circumstance-twice"):
        event(Circumstance.DAY, Circumstance.NIGHT)


@pytest.mark.parametrize(
    ("shown", "judged"),
    [
        ((Circumstance.OFFICE_HOURS,), {"office"}),
        ((Circumstance.OFF_HOURS,), {"off"}),
        ((Circumstance.DAY,), set()),
        ((), set()),
    ],
)
def test_a_promise_is_judged_in_its_circumstances_only(shown: tuple[Circumstance, ...], judged: set[str]):
    targets = (
        a_target("a", 3, id="office", circumstances=(Circumstance.OFFICE_HOURS,)),
        a_target("a", 9, id="off", circumstances=(Circumstance.OFF_HOURS,)),
        a_target("a", 9, id="always"),
    )
    found = study(ask(a_procedure(a_task("a", 5), targets=targets), event(*shown)), runs=2)
    assert {result.target.id for result in found.targets} == judged | {"always"}
    assert set(found.not_concerned) == {"office", "off"} - judged


@pytest.mark.parametrize(("level", "judged"), [("Ⅰ级", {"first", "always"}), ("Ⅱ级", {"always"}), ("", {"always"})])
def test_a_promise_is_judged_at_its_levels_only(level: str, judged: set[str]):
    targets = (a_target("a", 9, id="first", levels=("Ⅰ级",)), a_target("a", 9, id="always"))
    question = ask(a_procedure(a_task("a", 5), targets=targets, levels=LEVELS), an_event(level=level))
    assert {result.target.id for result in study(question, runs=2).targets} == judged


def test_a_promise_at_a_level_nobody_defines_is_refused():
    with pytest.raises(SimError, match="level-unknown"):
        a_procedure(a_task("a", 5), targets=(a_target("a", 9, levels=("Ⅲ级",)),), levels=LEVELS)
