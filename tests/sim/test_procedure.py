"""What a procedure, its parts and its event refuse when they are built, and why each refusal is named."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest

from sim.durations import Duration, Exponential, Fixed, Lognormal, Pert, Triangular, Uniform, Weibull
from sim.errors import SimError
from sim.figure import Figure, Mark
from sim.plain import plain, unplain
from sim.procedure import (
    After,
    Change,
    Condition,
    Join,
    JoinKind,
    Level,
    Need,
    Outcome,
    Pool,
    Procedure,
    Target,
    TargetKind,
    Task,
)
from sim.scenario import Parameter, Place, ResourceSet
from tests.sim.asking import a_target, an_event
from tests.sim.builders import a_pool, a_procedure, a_task

SKIPPED, FAILED = Outcome.SKIPPED, Outcome.FAILED
ANY, SOME = JoinKind.ANY, JoinKind.K_OF_N
LOW = Level(id="3", label="Ⅲ级", rank=1)
HIGH = Level(id="2", label="Ⅱ级", rank=2)


def refusal(build) -> SimError:
    with pytest.raises(SimError) as refused:
        build()
    return refused.value


def procedure(*tasks, **fields):
    return lambda: a_procedure(*tasks, **fields)


@pytest.mark.parametrize(
    ("build", "code", "value"),
    [
        (procedure(), "procedure-empty", None),
        (procedure(a_task("a"), a_task("a")), "name-twice", "a"),
        (procedure(a_task("a"), pools=(a_pool("u"), a_pool("u"))), "name-twice", "u"),
        (procedure(a_task("a"), targets=(a_target("a", 1), a_target("a", 2))), "name-twice", "a"),
        (procedure(a_task("a"), levels=(LOW, LOW)), "name-twice", "3"),
        (procedure(a_task("a"), levels=(LOW, Level(id="x", label="x", rank=1))), "name-twice", "1"),
        (procedure(a_task("a", 1, "nobody")), "task-unknown", "nobody"),
        (procedure(a_task("a"), targets=(a_target("b", 1),)), "task-unknown", "b"),
        (procedure(a_task("a"), targets=(a_target("a", 1, starts="b"),)), "task-unknown", "b"),
        (procedure(a_task("a", pool="none")), "pool-unknown", "none"),
        (procedure(a_task("a", from_level="Ⅰ级"), levels=(LOW,)), "level-unknown", "Ⅰ级"),
        (procedure(a_task("a", 1, "a")), "procedure-circular", "a → a"),
        (procedure(a_task("a"), a_task("b", 1, After(task="a", when=SKIPPED))), "task-unreachable", "a"),
        (procedure(a_task("a"), a_task("b", 1, After(task="a", when=FAILED))), "task-unreachable", "a"),
        (lambda: a_procedure(a_task("a")).with_units([("none", 1)]), "pool-unknown", "none"),
        (lambda: a_procedure(a_task("a")).task("b"), "task-unknown", "b"),
        (lambda: a_procedure(a_task("a")).pool("u"), "pool-unknown", "u"),
    ],
)
def test_a_procedure_that_cannot_be_is_refused(build, code: str, value: object):
    error = refusal(build)
    assert (error.code, error.fields.get("value")) == (code, value)


def test_a_circle_is_told_by_following_what_each_task_comes_after():
    tasks = {"a": "c", "b": "a", "c": "b"}
    error = refusal(procedure(*(a_task(name, 1, before) for name, before in tasks.items())))
    steps = str(error.fields["value"]).split(" → ")
    assert (len(steps), steps[0]) == (4, steps[-1])
    assert all(tasks[one] == two for one, two in pairwise(steps))


@pytest.mark.parametrize(
    ("build", "code", "field"),
    [
        (lambda: a_task(""), "name-missing", "id"),
        (lambda: a_task("a", tries=0), "number-too-small", "tries"),
        (lambda: a_task("a", success_share=1.1), "share-out-of-range", "success_share"),
        (lambda: a_task("a", success_share=math.nan), "number-not-finite", "success_share"),
        (lambda: a_task("a", 1, "b", "b"), "name-twice", "after"),
        (lambda: a_task("a", needs=(Need(pool="u"), Need(pool="u"))), "name-twice", "needs"),
        (lambda: a_task("a", 1, "b", join=Join(kind=SOME, need=2)), "join-unreachable", "join"),
        (lambda: Join(kind=SOME), "join-need", "need"),
        (lambda: Join(kind=ANY, need=1), "join-need", "need"),
        (
            lambda: a_task("a", preemptible=True, needs=(Need(pool="u", consumes=True),)),
            "preemptible-consumes",
            "preemptible",
        ),
        (lambda: Need(pool="u", units=0), "number-too-small", "units"),
        (lambda: a_pool("u", -1), "number-too-small", "units"),
        (lambda: a_pool(" "), "name-missing", "id"),
        (lambda: Change(at_min=-1, units=1), "number-too-small", "at_min"),
        (lambda: Level(id="1", label="", rank=1), "name-missing", "label"),
        (lambda: Level(id="1", label="x", rank=0), "number-too-small", "rank"),
        (lambda: Condition(text=""), "name-missing", "text"),
        (lambda: Condition(text="x", measure="m", at_least=2, below=2), "condition-empty", "below"),
    ],
)
def test_a_part_that_cannot_be_is_refused(build, code: str, field: str):
    error = refusal(build)
    assert (error.code, error.fields["field"]) == (code, field)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"limit_min": -1}, "duration-negative", "limit_min"),
        ({"limit_min": math.inf}, "number-not-finite", "limit_min"),
        ({"kind": TargetKind.MARGIN}, "target-without-clock", "clock"),
        ({"clock": "water"}, "limit-with-clock", "clock"),
        ({"share": 0.0}, "number-too-small", "share"),
        ({"share": 1.5}, "share-out-of-range", "share"),
        ({"assurance": 0.0}, "number-too-small", "assurance"),
        ({"assurance": 1.0}, "assurance-certain", "assurance"),
        ({"title": " "}, "name-missing", "title"),
    ],
)
def test_a_promise_that_cannot_be_kept_or_broken_is_refused(fields, code: str, field: str):
    error = refusal(lambda: Target(**{"id": "t", "title": "t", "task": "a", "limit_min": 1, **fields}))
    assert (error.code, error.fields["field"], error.fields["thing"]) == (code, field, "target t")


def test_a_margin_may_be_asked_after_its_clock():
    assert a_target("a", -30, kind=TargetKind.MARGIN, clock="water").limit_min == -30


@pytest.mark.parametrize(
    ("law", "code"),
    [
        (lambda: Fixed(minutes=-1), "duration-negative"),
        (lambda: Fixed(minutes=math.nan), "number-not-finite"),
        (lambda: Uniform(low_min=-1, high_min=1), "duration-negative"),
        (lambda: Uniform(low_min=2, high_min=1), "bounds-out-of-order"),
        (lambda: Triangular(low_min=1, mode_min=5, high_min=4), "bounds-out-of-order"),
        (lambda: Pert(low_min=3, mode_min=2, high_min=4), "bounds-out-of-order"),
        (lambda: Lognormal(median_min=0, sigma=1), "number-too-small"),
        (lambda: Lognormal(median_min=1, sigma=-1), "number-too-small"),
        (lambda: Exponential(mean_min=0), "number-too-small"),
        (lambda: Weibull(a=0, b=1), "number-too-small"),
        (lambda: Weibull(a=1, b=math.inf), "number-not-finite"),
    ],
)
def test_a_law_that_cannot_be_is_refused(law, code: str):
    assert refusal(law).code == code


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: an_event(id=""), "name-missing"),
        (lambda: an_event(horizon_min=0), "number-too-small"),
        (lambda: an_event(parameters=(parameter(), parameter())), "name-twice"),
        (lambda: an_event(places=(Place(id="V", title="村", kind="village"),) * 2), "name-twice"),
        (lambda: an_event().value("depth_m"), "number-missing"),
        (lambda: an_event().with_value("depth_m", 1), "number-missing"),
        (lambda: Place(id="V", title="村", kind="village").number("people"), "number-missing"),
        (lambda: Place(id="V", title="村", kind="village", numbers=(("people", math.nan),)), "number-not-finite"),
        (lambda: ResourceSet(id="r", title="r", units=(("bus", -1),)), "number-too-small"),
        (lambda: Figure(value=1, unit="m", source="", mark=Mark.READ), "figure-without-source"),
    ],
)
def test_an_event_that_cannot_be_is_refused(build, code: str):
    assert refusal(build).code == code


def parameter() -> Parameter:
    return Parameter(name="depth_m", figure=Figure(value=1, unit="m", source="设定", mark=Mark.EXPERT))


def test_a_refusal_names_thing_field_rule_and_value():
    assert (
        str(refusal(lambda: a_pool("bus", -1)))
        == "pool bus: units must be >= 0, got -1 (sign='≥', limit=0) [number-too-small]"
    )


def test_the_gravest_level_reached_is_started():
    levels = tuple(
        Level(id=label, label=label, rank=rank, conditions=(Condition(text="x", measure="m", at_least=rank),))
        for label, rank in (("Ⅲ级", 1), ("Ⅱ级", 2), ("Ⅰ级", 3))
    )
    plan = a_procedure(a_task("a"), levels=levels)
    reached = [plan.level_for({"m": value}) for value in (0.5, 1.0, 2.7, 99.0)]
    assert [level.label if level else None for level in reached] == [None, "Ⅲ级", "Ⅱ级", "Ⅰ级"]
    assert plan.level_for({}) is None


def test_a_condition_by_judgement_never_starts_a_level_by_itself():
    assert not Condition(text="经会商研判", measure="m", at_least=0, judgement=True).is_met({"m": 5})
    assert not Condition(text="没有数字", measure="m").is_met({"m": 5})
    assert Condition(text="x", measure="m", below=3).is_met({"m": 2.9})


def test_other_units_replace_those_named_and_leave_the_rest():
    plan = a_procedure(a_task("a"), pools=(a_pool("bus", 3), a_pool("boat", 2)))
    assert [(p.id, p.units) for p in plan.with_units([("bus", 9)]).pools] == [("bus", 9), ("boat", 2)]


def test_a_duration_is_a_law_and_what_it_rests_on():
    assert not Duration(law=Fixed(minutes=5)).law.is_random
    assert Duration(law=Exponential(mean_min=5)).law.is_random


def test_of_two_numbers_asked_at_once_neither_starts_the_level_alone() -> None:
    stage = Condition(text="水位5.5米以上", measure="stage_m", at_least=5.5)
    both = Condition(text="降雨200毫米以上且水位5.5米以上", measure="rain_mm", at_least=200, also=(stage,))
    assert not both.is_met({"rain_mm": 250})
    assert not both.is_met({"rain_mm": 250, "stage_m": 5.4})
    assert not both.is_met({"rain_mm": 150, "stage_m": 6})
    assert both.is_met({"rain_mm": 200, "stage_m": 5.5})
    assert unplain(Condition, plain(both)) == both
    assert "also" not in plain(stage)


def test_the_example_of_the_file_of_a_procedure_is_one():
    text = (Path(__file__).parents[2] / "docs" / "procedure-file.md").read_text(encoding="utf-8")
    example = json.loads(text.partition("```json\n")[2].partition("```")[0])
    assert [task.id for task in unplain(Procedure, example).tasks] == ["call", "go", "alone"]
    named = {field.name for kind in (Task, Pool, Target, Need) for field in fields(kind)}
    unsaid = {name for name in named if f"`{name}`" not in text and f'"{name}"' not in text}
    assert unsaid <= {"title_en", "process", "hitch", "hitch_en", "levels", "circumstances", "proposed"}
