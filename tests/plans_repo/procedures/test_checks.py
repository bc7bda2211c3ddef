"""Checks of a procedure: each finding by hand, and the fewest minutes against the engine."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.packs import reading as packs
from plans_repo.procedures.checks import Weight, checked, least_minutes
from sim.procedure import ALARM, Change, Join, JoinKind, Level, Need, PoolKind, Procedure, Target, Task, TaskKind
from tests.sim.builders import a_network, a_pool, a_procedure, a_task, exponential, played, story


def codes(procedure: Procedure, *clauses: str) -> dict[str, str]:
    return {fault.about: fault.code for fault in checked(procedure, clauses) if fault.weight is not Weight.NOTE}


def sound(name: str, minutes: float = 1.0, *after: str, **fields: object) -> Task:
    return a_task(name, minutes, *after, **({"lead": "县防办", "clause": "c"} | fields))


def a_target(limit_min: float, **fields: object) -> Target:
    return Target(**{"id": "T", "title": "到位", "task": "b", "limit_min": limit_min, "clause": "c"} | fields)


def test_a_sound_procedure_has_nothing_to_say() -> None:
    procedure = a_procedure(sound("a"), sound("b", 2, "a"), targets=(a_target(3),))
    assert checked(procedure, {"c"}) == ()


@pytest.mark.parametrize(
    ("procedure", "about", "code"),
    [
        (a_procedure(sound("a", needs=(Need(pool="u", units=3),)), sound("b"), pools=(a_pool("u", 2),)),
         "a", "need-above-pool"),
        (a_procedure(sound("a", 2), sound("b", 2, "a"), targets=(a_target(3.5),)), "T", "limit-out-of-reach"),
        (a_procedure(sound("a", 2), sound("b", 2, "a"), targets=(a_target(1.5, starts="a"),)),
         "T", "limit-out-of-reach"),
        (a_procedure(sound("a", needs=(Need(pool="u"),)), sound("b"), pools=(a_pool("u", 2, changes=(
            Change(at_min=60, units=3), Change(at_min=30, units=-3))),)), "u", "pool-below-nothing"),
        (a_procedure(sound("a", success_share=0.0), sound("b")), "a", "task-never-done"),
        (a_procedure(sound("a", gate="pth"), sound("b")), "a", "name-of-no-event"),
        (a_procedure(sound("a", per="vilage"), sound("b")), "a", "name-of-no-event"),
        (a_procedure(sound("a", until="path"), sound("b")), "a", "name-of-no-event"),
        (a_procedure(sound("a", clause="gone"), sound("b")), "a", "task-clause-gone"),
        (a_procedure(sound("a", clause=""), sound("b")), "a", "task-without-clause"),
        (a_procedure(sound("a", lead=""), sound("b")), "a", "task-without-lead"),
        (a_procedure(sound("b"), targets=(a_target(9, clause=""),)), "T", "target-without-clause"),
        (a_procedure(sound("b"), targets=(a_target(9, clause="x"),)), "T", "target-clause-gone"),
        (a_procedure(sound("a", kind=TaskKind.DECISION)), "a", "decision-without-decider"),
        (a_procedure(sound("a"), levels=(Level(id="L", label="Ⅳ级", rank=1, decided_by="县长"),)),
         "L", "level-conditions-missing"),
        (a_procedure(sound("a")), "", "procedure-without-targets"),
    ],
)  # fmt: skip
def test_each_fault_is_found(procedure: Procedure, about: str, code: str) -> None:
    assert codes(procedure, "c")[about] == code


@pytest.mark.parametrize("name", packs.names("procedures"))
def test_what_templates_wait_for_is_known(name: str) -> None:
    found = checked(packs.template(name).procedure, ())
    assert not {fault.code for fault in found} & {"name-of-no-event", "pool-below-nothing", "task-never-done"}


def test_units_that_leave_as_many_as_came_are_sound() -> None:
    changes = (Change(at_min=30, units=2), Change(at_min=60, units=-4))
    procedure = a_procedure(sound("a", gate="path", needs=(Need(pool="u"),)), pools=(a_pool("u", 2, changes=changes),))
    assert not {"u", "a"} & codes(procedure, "c").keys()


def test_what_cannot_work_comes_first() -> None:
    procedure = a_procedure(sound("a", lead=""), sound("b", 9, "a"), targets=(a_target(3),), pools=(a_pool("u"),))
    assert [fault.weight for fault in checked(procedure, {"c"})] == [Weight.FAULT, Weight.DOUBT, Weight.NOTE]


def test_a_decision_with_its_decider_is_sound() -> None:
    leader = a_pool("leader", kind=PoolKind.DECISION)
    task = sound("b", kind=TaskKind.DECISION, needs=(Need(pool="leader"),))
    assert codes(a_procedure(task, pools=(leader,), targets=(a_target(3),)), "c") == {}


def test_a_limit_is_not_called_out_of_reach_where_some_case_keeps_it() -> None:
    """A way round, a task of higher levels only, a start that need not come before."""
    either = sound("b", 1, "a", "c", join=Join(kind=JoinKind.ANY))
    level = Level(id="L", label="Ⅱ级", rank=1)
    for procedure in (
        a_procedure(sound("a", 100), sound("c", 1), either, targets=(a_target(3),)),
        a_procedure(sound("a", 100, from_level="Ⅱ级"), sound("b", 1, "a"), targets=(a_target(3),), levels=(level,)),
        a_procedure(sound("a", 100), sound("c", 1), either, targets=(a_target(0.5, starts="c"),)),
        a_procedure(a_task("a", exponential(100)), sound("b", 1, "a"), targets=(a_target(3),)),
    ):
        assert "limit-out-of-reach" not in codes(procedure, "c").values()


kinds = st.sampled_from([Join(), Join(kind=JoinKind.ANY), Join(kind=JoinKind.K_OF_N, need=1)])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 6), max_size=3), kinds), min_size=1, max_size=7))
def test_the_fewest_minutes_are_what_the_engine_needs_when_nothing_is_short(
    drawn: list[tuple[int, set[int], Join]],
) -> None:
    tasks = []
    for at, (minutes, before, join) in enumerate(drawn):
        edges = [f"t{one}" for one in sorted(before) if one < at]
        tasks.append(a_task(f"t{at}", minutes, *edges, join=join if edges else Join()))
    network = a_network(*tasks)
    told = story(network, played(network))
    assert {name: end for name, (_, end) in told.items()} == least_minutes(a_procedure(*tasks))


def test_the_start_of_a_run_is_the_alarm() -> None:
    assert a_target(3).starts == ALARM
