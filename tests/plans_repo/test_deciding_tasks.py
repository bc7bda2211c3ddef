"""The tasks said to decide a target's time are those that can still go on once its limit runs."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from plans_repo.deciding_tasks import before_start, deciding_tasks
from sim.procedure import After, Join, JoinKind, Target
from sim.study import Weight
from tests.sim.builders import a_procedure, a_task

TASKS = (a_task("judge", 1), a_task("warn", 1, "judge"), a_task("call", 1, "warn"), a_task("visit", 1, "call"))


def a_target(**fields: Any) -> Target:
    return Target(id="t", title="叫应", task="visit", limit_min=30, **fields)


@pytest.mark.parametrize(
    ("fields", "over"),
    [({"starts": "warn"}, {"judge", "warn"}), ({}, set()), ({"starts": "clock:water"}, set())],
)
def test_what_ends_before_the_limit_runs_is_known(fields: dict[str, str], over: set[str]) -> None:
    assert before_start(a_procedure(*TASKS), a_target(**fields)) == over


def test_of_tasks_any_of_which_is_enough_none_need_be_over() -> None:
    either = replace(a_task("warn", 1), after=(After(task="judge"), After(task="hear")), join=Join(kind=JoinKind.ANY))
    procedure = a_procedure(TASKS[0], a_task("hear", 1), either, *TASKS[2:])
    assert before_start(procedure, a_target(starts="warn")) == {"warn"}


def test_a_task_that_is_over_is_not_listed_however_often_it_is_on_the_chain() -> None:
    weights = tuple(
        Weight(task=name, critical_share=share, cruciality=None) for name, share in [("judge", 0.76), ("visit", 0.4)]
    )
    result: Any = SimpleNamespace(target=a_target(starts="warn"), weights=weights)
    assert [weight.task for weight in deciding_tasks(a_procedure(*TASKS), result)] == ["visit"]
