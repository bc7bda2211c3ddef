"""Edits of a procedure: tables there and back, tasks taken out, pools and levels."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.packs.reading import template
from plans_repo.procedures import edits, table
from plans_repo.procedures.edits import TaskLine, line_of, minutes_of, with_lines
from plans_repo.proposals import combined
from sim.durations import Fixed, Triangular
from sim.errors import SimError
from sim.figure import Footing, Mark
from sim.procedure import After, Join, JoinKind, Level, Need, Outcome, Procedure, Target, Task
from tests.sim.builders import a_pool, a_procedure, a_task

SPREADS = ("river", "gas_explosion", "water_inrush", "building", "forest")
TEMPLATES = {spread: template(spread).procedure for spread in SPREADS}


def a_chain(**fields: object) -> Procedure:
    """Four tasks: a, then b and c, then d; a target on d."""
    tasks = (a_task("a", 2), a_task("b", 3, "a"), a_task("c", 5, "a"), a_task("d", 7, "b", "c"))
    target = Target(id="T", title="到位", task="d", limit_min=60)
    return a_procedure(*tasks, targets=(target,), **fields)


def lines(procedure: Procedure, **changes: TaskLine | None) -> list[TaskLine]:
    found = [changes.get(task.id, line_of(task)) for task in procedure.tasks]
    return [line for line in found if line is not None]


@pytest.mark.parametrize("spread", SPREADS)
def test_a_table_left_as_it_is_changes_nothing(spread: str) -> None:
    procedure = TEMPLATES[spread]
    labels = {task.clause: task.clause for task in procedure.tasks if task.clause}
    read = table.lines_of(table.rows_of(procedure, labels), labels, procedure)
    assert read == tuple(map(line_of, procedure.tasks))
    assert with_lines(procedure, read, source="") == procedure


@settings(deadline=None)
@given(st.sampled_from(SPREADS), st.data())
def test_a_task_taken_out_leaves_what_followed_it_behind_what_it_followed(spread: str, data: st.DataObject) -> None:
    procedure = TEMPLATES[spread].with_targets(())
    gone = data.draw(st.sampled_from(procedure.tasks))
    try:
        shorter = edits.without_task(procedure, gone.id)
    except SimError as error:
        refused = error.code
    else:
        refused = ""
    assert refused in ("", "task-unreachable", "join-unreachable")  # what it followed cannot fail or be skipped
    if refused:
        return
    assert [task.id for task in shorter.tasks] == [task.id for task in procedure.tasks if task.id != gone.id]
    for before in procedure.tasks:
        if any(edge.task == gone.id for edge in before.after):
            now = {edge.task for edge in shorter.task(before.id).after}
            assert {edge.task for edge in gone.after} <= now


def test_a_task_with_a_promise_is_not_taken_out() -> None:
    with pytest.raises(PlansRepoError) as refusal:
        with_lines(a_chain(), lines(a_chain(), d=None), source="x")
    assert (refusal.value.code, refusal.value.fields["value"]) == ("task-has-targets", "T")


def test_a_row_taken_out_is_bridged_and_a_new_one_gets_an_id_of_its_own() -> None:
    fresh = TaskLine(id="", title="通知", lead="县防办", after=("a",), minutes=(1, 2, 4))
    made = with_lines(a_chain(), [*lines(a_chain(), b=None), fresh], source="专家估计")
    assert [task.id for task in made.tasks] == ["a", "c", "d", "own-1"]
    assert {edge.task for edge in made.task("d").after} == {"a", "c"}
    task = made.task("own-1")
    assert (task.duration.law, task.duration.footing, task.duration.mark, task.duration.source) == (
        Triangular(low_min=1, mode_min=2, high_min=4), Footing.EXPERT, Mark.EXPERT, "专家估计",
    )  # fmt: skip


def test_minutes_that_stay_keep_their_source_and_others_become_an_experts() -> None:
    procedure = a_chain()
    kept = with_lines(procedure, lines(procedure), source="别处")
    assert kept == procedure
    line = replace(line_of(procedure.task("b")), minutes=(4.0, 4.0, 4.0))
    made = with_lines(procedure, lines(procedure, b=line), source="演练实测")
    assert made.task("b").duration.law == Fixed(minutes=4)
    assert made.task("b").duration.source == "演练实测"
    assert made.task("c").duration == procedure.task("c").duration


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (TaskLine(id="", title=" ", minutes=(1, 2, 3)), "task-without-title"),
        (TaskLine(id="", title="通知"), "task-without-duration"),
        (TaskLine(id="", title="通知", minutes=(3, 2, 1)), "bounds-out-of-order"),
        (TaskLine(id="", title="通知", minutes=(-1, 2, 3)), "duration-negative"),
        (TaskLine(id="", title="通知", minutes=(1, 2, 3), from_level="Ⅸ级"), "level-unknown"),
    ],
)
def test_a_line_that_cannot_be_is_refused(line: TaskLine, code: str) -> None:
    with pytest.raises((PlansRepoError, SimError)) as refusal:
        with_lines(a_chain(), [*lines(a_chain()), line], source="x")
    assert refusal.value.code == code


def test_a_circle_typed_into_the_table_is_refused() -> None:
    line = replace(line_of(a_chain().task("a")), after=("d",))
    with pytest.raises(SimError, match="procedure-circular"):
        with_lines(a_chain(), lines(a_chain(), a=line), source="x")


def test_a_predecessor_keeps_the_outcome_that_counts() -> None:
    tasks = (a_task("a", 1, success_share=0.5), a_task("b", 1), a_task("c", 1, After(task="a", when=Outcome.FAILED)))
    procedure = a_procedure(*tasks)
    line = replace(line_of(procedure.task("c")), after=("a", "b"))
    made = with_lines(procedure, lines(procedure, c=line), source="x")
    assert made.task("c").after == (After(task="a", when=Outcome.FAILED), After(task="b"))


def test_a_join_that_asks_for_more_than_is_left_waits_for_all() -> None:
    tasks = (
        a_task("a"),
        a_task("b"),
        a_task("c"),
        a_task("d", 1, "a", "b", "c", join=Join(kind=JoinKind.K_OF_N, need=3)),
    )
    made = edits.without_task(a_procedure(*tasks), "b")
    assert made.task("d").join == Join(kind=JoinKind.K_OF_N, need=2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": "", "title": "甲", "after": "Z"}, "table-task-unknown"),
        ({"id": "", "title": "甲", "clause": "九"}, "table-clause-unknown"),
        ({"id": "", "title": "甲", "low_min": 1.0}, "table-minutes-incomplete"),
    ],
)
def test_cells_that_cannot_be_read_are_refused(row: dict[str, object], code: str) -> None:
    rows = [*table.rows_of(a_chain(), {}), row]
    with pytest.raises(PlansRepoError) as refusal:
        table.lines_of(rows, {}, a_chain())
    assert refusal.value.code == code


def test_empty_rows_are_passed_over_and_lists_are_read_with_any_comma() -> None:
    nothing = dict.fromkeys(table.COLUMNS)
    row = nothing | {"title": "甲", "support": "乙，丙、丁", "after": "a b", "low_min": float("nan")}
    *_, read = table.lines_of([*table.rows_of(a_chain(), {}), nothing, row], {}, a_chain())
    assert (read.support, read.after, read.minutes) == (("乙", "丙", "丁"), ("a", "b"), None)


def test_a_pool_in_use_stays_and_another_goes() -> None:
    procedure = a_procedure(a_task("a", needs=(Need(pool="u"),)), pools=(a_pool("u"), a_pool("v")))
    assert [pool.id for pool in edits.without_pool(procedure, "v").pools] == ["u"]
    with pytest.raises(PlansRepoError, match="pool-in-use"):
        edits.without_pool(procedure, "u")
    assert edits.with_pool(procedure, a_pool("u", 5)).pool("u").units == 5


def test_a_level_with_a_new_label_takes_its_tasks_and_targets_along() -> None:
    level = Level(id="L1", label="Ⅲ级", rank=1)
    target = Target(id="T", title="到位", task="a", limit_min=60, levels=("Ⅲ级",))
    procedure = a_procedure(a_task("a", from_level="Ⅲ级"), levels=(level,), targets=(target,))
    made = edits.with_levels(procedure, (replace(level, label="三级"),))
    assert (made.task("a").from_level, made.targets[0].levels) == ("三级", ("三级",))
    with pytest.raises(SimError, match="level-unknown"):
        edits.with_levels(procedure, ())


def test_minutes_of_other_laws_are_not_shown_as_three() -> None:
    flood = combined([TEMPLATES["river"]])
    lognormal: Task = flood.task("F1")
    assert minutes_of(lognormal) is None
