"""Procedures and events that no plan can hold: refused in one sentence, or borne, never played without end."""

from __future__ import annotations

import pytest

from sim.bounds import MOST_NODES, MOST_TASKS, MOST_UNITS
from sim.compiling import compile_network, tasks_in_effect
from sim.durations import Lognormal, minutes_fixed
from sim.errors import SimError
from sim.hazards.contribution import Contribution, Entity, EntitySet
from sim.kernel.playing import kernel_play
from sim.plain import unplain
from sim.procedure import After, Hazard, Level, Need, Outcome, Pool, Procedure, Task
from sim.reference_engine import play
from sim.scenario import ResourceSet


def a_task(name: str, *before: str, **fields: object) -> Task:
    """A minute of work after others."""
    after = tuple(After(task=other) for other in before)
    return Task(id=name, title=name, duration=minutes_fixed(1), after=after, **fields)  # type: ignore[arg-type]


def a_chain(length: int, **fields: object) -> list[Task]:
    """Tasks each after the one before."""
    return [a_task("t0", **fields)] + [a_task(f"t{n}", f"t{n - 1}", **fields) for n in range(1, length)]


def refusal(build) -> SimError:
    with pytest.raises(SimError) as refused:
        build()
    return refused.value


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: Pool(id="bus", title="bus", units=MOST_UNITS + 1), "units"),
        (lambda: Pool(id="bus", title="bus", units=10**30), "units"),
        (lambda: Need(pool="bus", units=10**30), "units"),
        (lambda: a_task("a", tries=10**9, success_share=0.0), "tries"),
        (lambda: Lognormal(median_min=5, sigma=400), "sigma"),
        (lambda: ResourceSet(id="own", title="own", units=(("bus", 10**30),)), "bus"),
        (lambda: Procedure(hazard=Hazard.FLOOD, tasks=tuple(map(a_task, map(str, range(MOST_TASKS + 1))))), "tasks"),
    ],
)
def test_what_no_plan_can_hold_is_refused_naming_field_and_bound(build, field: str):
    refused = refusal(build)
    assert (refused.code, refused.fields["field"]) == ("number-too-large", field)


def test_a_procedure_done_for_too_many_places_is_refused_before_it_is_laid_out():
    places = EntitySet(
        name="village", entities=tuple(Entity(key=f"v{n}", title="v") for n in range(MOST_NODES // 1000 + 1))
    )
    procedure = Procedure(hazard=Hazard.FLOOD, tasks=tuple(a_task(f"t{n}", per="village") for n in range(1000)))
    refused = refusal(lambda: compile_network(procedure, Contribution(sets=(places,)), horizon_min=60))
    assert (refused.code, refused.fields["value"]) == ("number-too-large", MOST_NODES + 1000)


def test_a_chain_of_as_many_tasks_as_may_be_is_compiled_and_bridged_without_recursion():
    levels = (Level(id="1", label="Ⅳ", rank=1), Level(id="2", label="Ⅰ", rank=2))
    middle = a_chain(MOST_TASKS - 1, from_level="Ⅰ")
    procedure = Procedure(hazard=Hazard.FLOOD, tasks=(*middle, a_task("end", f"t{MOST_TASKS - 2}")), levels=levels)
    assert tasks_in_effect(procedure, "Ⅳ") == (a_task("end"),)
    network = compile_network(procedure, Contribution(), horizon_min=60, level="Ⅰ")
    assert len(network.nodes) == MOST_TASKS


def test_a_task_that_never_succeeds_and_a_pool_that_never_suffices_end_with_the_run():
    tasks = (
        a_task("call", tries=100, success_share=0.0),
        a_task("go", "call"),
        a_task("lift", needs=(Need(pool="crane", units=3),)),
    )
    procedure = Procedure(hazard=Hazard.FLOOD, tasks=tasks, pools=(Pool(id="crane", title="crane", units=2),))
    network = compile_network(procedure, Contribution(), horizon_min=600)
    told = play(network, seed=1, replication=0)
    assert kernel_play(network, seed=1, replication=0) == told
    called, went, lifted = told.passages
    assert called.outcome is Outcome.FAILED
    assert {went.outcome, lifted.outcome} <= {None, Outcome.SKIPPED}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"duration": {}}, "stored-value-missing"),
        ({"duration": {"law": {"law": "levy"}}}, "stored-kind-unknown"),
        ({"duration": {"law": {"law": "fixed", "minutes": "NaN"}}}, "number-not-finite"),
        ({"duration": {"law": {"law": "fixed", "minutes": "Infinity"}}}, "number-not-finite"),
        ({"kind": "magic"}, "stored-kind-unknown"),
        ({"priority": "high"}, "stored-value-unreadable"),
    ],
)
def test_laws_that_are_missing_unknown_or_no_number_are_refused(change: dict[str, object], code: str):
    task = {"id": "a", "title": "a", "duration": {"law": {"law": "fixed", "minutes": 1}}} | change
    assert refusal(lambda: unplain(Procedure, {"hazard": "flood", "tasks": [task]})).code == code
