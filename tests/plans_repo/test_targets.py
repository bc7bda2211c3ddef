"""A figure is called the plan's only while it asks what the plan's sentence words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo import targets
from plans_repo.text.finding.limits import FoundLimit
from plans_repo.text.finding.starts import StartKind
from sim.circumstance import Circumstance
from sim.durations import Duration, Fixed
from sim.figure import Mark
from sim.procedure import Hazard, Level, Procedure, Target, TargetKind, Task

SENTENCE = "启动Ⅱ级响应后，夜间应当在30分钟内到达现场。"
OF_PLAN = Target(
    id="F8-expert",
    title="专家到场",
    task="F8",
    limit_min=30,
    clause="c",
    source=SENTENCE,
    mark=Mark.PLAN,
    proposed=True,
)
OTHER = {
    "task": "F7",
    "starts": "F7",
    "limit_min": 45.0,
    "share": 0.5,
    "levels": ("Ⅰ级",),
    "circumstances": (Circumstance.URBAN,),
    "clause": "d",
}


@pytest.mark.parametrize("field", OTHER)
def test_a_target_that_asks_something_else_is_an_experts_for_the_reason_given(field: str) -> None:
    fresh = targets.changed(OF_PLAN, replace(OF_PLAN, **{field: OTHER[field]}), " 演练表明 ")
    assert (fresh.mark, fresh.source, fresh.proposed) == (Mark.EXPERT, "演练表明", False)
    assert getattr(fresh, field) == OTHER[field]


def test_another_kind_or_clock_is_an_experts() -> None:
    margin = replace(OF_PLAN, kind=TargetKind.MARGIN, clock="water")
    for former, entered in ((OF_PLAN, margin), (margin, replace(margin, clock="last_bus"))):
        assert targets.changed(former, entered, "会商").mark is Mark.EXPERT


@given(st.floats(0.5, 0.99), st.sampled_from(Mark))
def test_the_assurance_alone_leaves_the_figure_the_plans(assurance: float, mark: Mark) -> None:
    former = replace(OF_PLAN, mark=mark)
    fresh = targets.changed(former, replace(former, assurance=assurance), "会商")
    assert fresh == replace(former, assurance=assurance, proposed=False)


def test_the_order_in_which_levels_are_chosen_is_no_change() -> None:
    former = replace(OF_PLAN, levels=("Ⅰ级", "Ⅱ级"))
    assert targets.changed(former, replace(former, levels=("Ⅱ级", "Ⅰ级")), "会商").mark is Mark.PLAN


LIMIT = FoundLimit(clause="c", text=SENTENCE, minutes=30, starts="启动Ⅱ级响应", starts_kind=StartKind.RESPONSE)
UNSAID = replace(LIMIT, text="应当在30分钟内到达现场。", starts="", starts_kind=StartKind.UNSAID)
ORDERED = replace(LIMIT, starts="接到指令", starts_kind=StartKind.ORDER)
NIGHT: dict[str, Any] = {"levels": ("Ⅱ级",), "circumstances": (Circumstance.NIGHT,)}
"""The cases the sentence is worded for."""
NEW = Target(id=targets.OWN, title="到场", task="F8", limit_min=30, clause="c")


@pytest.mark.parametrize(
    ("limit", "entered", "mark"),
    [
        (LIMIT, {**NIGHT}, Mark.PLAN),
        (LIMIT, {**NIGHT, "starts": "F7"}, Mark.PLAN),
        (LIMIT, {}, Mark.EXPERT),
        (LIMIT, {**NIGHT, "levels": ("Ⅰ级",)}, Mark.EXPERT),
        (LIMIT, {**NIGHT, "circumstances": (Circumstance.URBAN,)}, Mark.EXPERT),
        (LIMIT, {**NIGHT, "limit_min": 45}, Mark.EXPERT),
        (LIMIT, {**NIGHT, "clause": "d"}, Mark.EXPERT),
        (LIMIT, {**NIGHT, "kind": TargetKind.MARGIN, "clock": "water"}, Mark.EXPERT),
        (LIMIT, {**NIGHT, "kind": TargetKind.SHARE, "clock": "water", "share": 0.9}, Mark.EXPERT),
        (ORDERED, {**NIGHT}, Mark.EXPERT),
        (ORDERED, {**NIGHT, "starts": "F7"}, Mark.PLAN),
        (UNSAID, {}, Mark.PLAN),
        (UNSAID, {"starts": "F7"}, Mark.EXPERT),
        (UNSAID, {"levels": ("Ⅱ级",)}, Mark.EXPERT),
        (None, {}, Mark.EXPERT),
    ],
)
def test_a_new_target_is_the_plans_only_where_the_sentence_says_it(
    limit: FoundLimit | None, entered: dict[str, Any], mark: Mark
) -> None:
    cases = ((), ()) if limit is UNSAID else (NIGHT["levels"], NIGHT["circumstances"])
    fresh = targets.added(replace(NEW, **entered), limit, "会商确定", cases)
    assert fresh.mark is mark
    assert fresh.source == (limit.text if limit and mark is Mark.PLAN else "会商确定")


def a_procedure(*names: str) -> Procedure:
    task = Task(id="F8", title="到场", duration=Duration(law=Fixed(minutes=5)))
    levels = (Level(id="1", label="Ⅰ级", rank=1),)
    every = tuple(replace(NEW, id=name) for name in names)
    return Procedure(hazard=Hazard.FLOOD, tasks=(task,), levels=levels, targets=every)


@given(st.sets(st.sampled_from(["own-1", "own-2", "own-3", "F1", "own"])))
def test_a_target_added_replaces_none(names: set[str]) -> None:
    before = a_procedure(*sorted(names))
    after = targets.with_added(before, NEW)
    assert after.targets[:-1] == before.targets
    assert after.targets[-1].id not in names


def test_a_target_dropped_meanwhile_does_not_come_back() -> None:
    assert targets.with_changed(a_procedure("a"), "b", replace(NEW, id="b")) == a_procedure("a")
    assert targets.with_changed(a_procedure("a", "b"), "b", None) == a_procedure("a")
