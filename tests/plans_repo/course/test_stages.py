from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo.course.stages import (
    CLOSED,
    DRAFTING,
    EFFECTIVE,
    SIGNING,
    ClockKind,
    Move,
    PaperKind,
    Process,
    Stage,
    Step,
)
from plans_repo.course.steps import STEPS, allowed_moves, first_signing_stage, fits, required_signatures, step_of
from plans_repo.store.roles import MAY, Role

BOTH = pytest.mark.parametrize("linked", [True, False])
PROCESSES = pytest.mark.parametrize("process", list(Process))


def test_every_stage_is_of_one_sort() -> None:
    sorts = [DRAFTING, SIGNING, EFFECTIVE, CLOSED]
    assert sorted(stage for sort in sorts for stage in sort) == sorted(Stage)


def test_a_move_out_of_a_stage_is_said_once() -> None:
    rows = [(step.move, step.source) for step in STEPS]
    assert len(rows) == len(set(rows))


def test_every_move_every_paper_and_every_clock_is_used() -> None:
    assert {step.move for step in STEPS} == set(Move)
    assert {clock for step in STEPS for clock in step.starts} == set(ClockKind)
    assert {clock for step in STEPS for clock in step.stops} == set(ClockKind)


def test_every_move_can_be_made_by_somebody() -> None:
    assert [step for step in STEPS if not any(step.action in MAY[role] for role in Role)] == []


@BOTH
@PROCESSES
def test_every_stage_that_can_be_reached_leads_on_or_is_closed(process: Process, linked: bool) -> None:
    reached = {Stage.DRAFT}
    while more := {step.to for step in steps(process, linked=linked) if step.source in reached} - reached:
        reached |= more
    ways_out = {step.source for step in steps(process, linked=linked)}
    assert reached - ways_out == CLOSED


@BOTH
@PROCESSES
def test_no_way_to_issue_leaves_a_signature_out(process: Process, linked: bool) -> None:
    needed = set(required_signatures(process, linked=linked))
    for way in ways(Stage.DRAFT, Stage.ISSUED, process, linked=linked):
        assert needed <= {step.move for step in way if step.signs}


@BOTH
@PROCESSES
def test_no_way_to_force_but_issue_publication_and_filing_or_registration(
    process: Process,
    linked: bool,
) -> None:
    for way in ways(Stage.DRAFT, Stage.IN_FORCE, process, linked=linked):
        moves = {step.move for step in way}
        assert moves == {Move.REGISTER} or {Move.ISSUE, Move.PUBLISH, Move.FILE} <= moves


@given(st.lists(st.sampled_from(list(Move)), max_size=40), st.booleans(), st.sampled_from(list(Process)))
def test_whatever_is_tried_nothing_is_issued_without_the_signatures(
    tried: list[Move],
    linked: bool,
    process: Process,
) -> None:
    stage, signed = Stage.DRAFT, set[Move]()
    for move in tried:
        step = step_of(move, stage)
        if step is None or not fits(step, process=process, linked=linked):
            continue
        stage = step.to
        signed = set() if stage is Stage.DRAFT else signed | ({move} if step.signs else set())
        if move is Move.ISSUE:
            assert set(required_signatures(process, linked=linked)) <= signed


def test_the_simplified_process_is_shut_for_a_full_revision() -> None:
    author = [Role.PLAN_AUTHOR]
    full = allowed_moves(Stage.DRAFT, author, process=Process.FULL, linked=True)
    short = allowed_moves(Stage.DRAFT, author, process=Process.SIMPLIFIED, linked=True)
    assert [step.move for step in full] == [Move.CONSULT]
    assert [step.move for step in short] == [Move.CONSULT, Move.SUBMIT_SIMPLIFIED]


def test_a_rejection_goes_back_to_the_draft_and_needs_a_reason() -> None:
    rejections = [step for step in STEPS if step.move.name.startswith("REJECT")]
    assert len(rejections) == 4
    assert all(step.to is Stage.DRAFT and step.needs_reason for step in rejections)


def test_issue_starts_both_clocks_and_each_is_stopped_by_its_deed() -> None:
    issue = step_of(Move.ISSUE, Stage.NUMBERING)
    assert issue
    assert set(issue.starts) == {ClockKind.PUBLICATION, ClockKind.FILING}
    for stage in (Stage.ISSUED, Stage.FILED):
        publish = step_of(Move.PUBLISH, stage)
        assert publish
        assert publish.stops == (ClockKind.PUBLICATION,)


def test_publication_and_filing_come_in_either_order() -> None:
    one = [Move.PUBLISH, Move.FILE]
    for order in (one, one[::-1]):
        stage = Stage.ISSUED
        for move in order:
            step = step_of(move, stage)
            assert step
            stage = step.to
        assert stage is Stage.IN_FORCE


def test_a_changed_text_goes_back_to_the_first_signature() -> None:
    assert first_signing_stage(Process.FULL, linked=True) is Stage.LINKAGE
    assert first_signing_stage(Process.FULL, linked=False) is Stage.REVIEW
    assert first_signing_stage(Process.SIMPLIFIED, linked=True) is Stage.APPROVAL


def test_filing_sends_the_explanation_along() -> None:
    file = step_of(Move.FILE, Stage.ISSUED)
    assert file
    assert PaperKind.EXPLANATION in file.papers


def steps(process: Process, *, linked: bool) -> list[Step]:
    return [step for step in STEPS if fits(step, process=process, linked=linked)]


def ways(start: Stage, end: Stage, process: Process, *, linked: bool) -> Iterator[list[Step]]:
    """Every way from *start* to *end* that visits no stage twice."""

    def walk(at: Stage, way: list[Step]) -> Iterator[list[Step]]:
        if at is end:
            yield way
            return
        visited = {start, *(step.to for step in way)}
        for step in steps(process, linked=linked):
            if step.source is at and step.to not in visited:
                yield from walk(step.to, [*way, step])

    found = list(walk(start, []))
    assert found
    return iter(found)
