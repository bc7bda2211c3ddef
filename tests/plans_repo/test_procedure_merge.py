"""Two procedures that grew from one: field by field, and never a promise that nobody made."""

from dataclasses import replace

import pytest

from plans_repo import plans
from plans_repo.errors import StaleRevision
from plans_repo.procedure_merge import merged_procedure, set_procedure_from
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from sim.durations import Duration, Fixed
from sim.procedure import After, Hazard, Pool, Procedure, Target, Task
from tests.plans_repo.builders import a_plan
from tests.plans_repo.conftest import person

AUTHOR = person("author", Role.PLAN_AUTHOR)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def minutes(value: float) -> Duration:
    return Duration(law=Fixed(minutes=value), source="测试")


def a_procedure() -> Procedure:
    return Procedure(
        hazard=Hazard.FLOOD,
        tasks=(
            Task(id="F1", title="接报", duration=minutes(5)),
            Task(id="F2", title="到岗", duration=minutes(30), after=(After(task="F1"),)),
        ),
        pools=(Pool(id="boat", title="冲锋舟", units=2),),
        targets=(Target(id="T1", title="到岗时限", task="F2", limit_min=30),),
    )


def with_target(procedure: Procedure, **change: object) -> Procedure:
    return replace(procedure, targets=(replace(procedure.targets[0], **change),))  # type: ignore[arg-type]


def test_different_fields_go_together_and_the_unchanged_side_gives_way() -> None:
    base = a_procedure()
    ours, theirs = with_target(base, limit_min=20), replace(base, pools=(replace(base.pools[0], units=4),))
    found = merged_procedure(base, ours, theirs)
    assert found.is_clean
    assert found.procedure == replace(ours, pools=theirs.pools)
    assert merged_procedure(base, ours, base).procedure == merged_procedure(base, base, ours).procedure == ours


@pytest.mark.parametrize(("one", "other"), [
    ({"limit_min": 20}, {"limit_min": 15}),
    ({"limit_min": 20}, {"starts": "F1"}),  # 20 minutes from the call is a promise nobody made
])  # fmt: skip
def test_a_promise_changed_two_ways_is_a_conflict_from_either_side(
    one: dict[str, object], other: dict[str, object]
) -> None:
    base = a_procedure()
    here = merged_procedure(base, with_target(base, **one), with_target(base, **other))
    there = merged_procedure(base, with_target(base, **other), with_target(base, **one))
    (met,), (mirrored,) = here.conflicts, there.conflicts
    assert (met.kind, met.id) == ("target", "T1")
    assert (met.base, met.ours, met.theirs) == (mirrored.base, mirrored.theirs, mirrored.ours)


def test_a_part_removed_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    base = a_procedure()
    found = merged_procedure(base, replace(base, pools=()), replace(base, pools=(replace(base.pools[0], units=4),)))
    assert [(met.kind, met.id, met.field) for met in found.conflicts] == [("pool", "boat", "")]


def test_parts_that_do_not_go_together_are_refused_with_the_reason() -> None:
    base = a_procedure()
    lone = replace(base, tasks=(replace(base.tasks[1], after=()),))
    waits = replace(
        base, tasks=(*base.tasks, Task(id="F3", title="记录", duration=minutes(1), after=(After(task="F1"),)))
    )
    found = merged_procedure(base, lone, waits)
    assert (found.procedure, found.refusal and found.refusal.code) == (None, "task-unknown")


def test_a_procedure_made_from_an_older_version_is_merged_or_refused(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        first = plans.set_procedure(work, plan.id, a_procedure(), reason="编制")
        plans.set_procedure(work, plan.id, with_target(a_procedure(), limit_min=20), reason="收紧")
        more = replace(a_procedure(), pools=(replace(a_procedure().pools[0], units=4),))
        set_procedure_from(work, plan.id, more, base=first.id, reason="增配")
        stored = plans.procedure_of(work, plan.id)
        assert stored == replace(with_target(a_procedure(), limit_min=20), pools=more.pools)
    with pytest.raises(StaleRevision, match="procedure-in-conflict"), store.work(AUTHOR) as work:
        set_procedure_from(work, plan.id, with_target(a_procedure(), limit_min=10), base=first.id, reason="再改")
    with store.reading(AUTHOR) as work:
        assert plans.procedure_of(work, plan.id) == stored
