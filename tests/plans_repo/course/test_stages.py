from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo.course.paths import ALWAYS, Path, all_paths, path_named, paths_for
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
from plans_repo.course.steps import (
    actions_asking,
    allowed_moves,
    first_signing_stage,
    required_signatures,
    step_of,
    steps,
)
from plans_repo.store.roles import MAY, Role
from plans_repo.store.tables.plans import PlanKind

SWITCHES = sorted({station.when for path in all_paths() for station in path.stations} - {ALWAYS})
ALL = [path for whole in all_paths() for path in dict.fromkeys((whole.under(SWITCHES), whole.under(())))]
EVERY_PATH = pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.id}-{len(path.stages)}")
ROWS = tuple(dict.fromkeys(step for path in ALL for step in steps(path)))


def test_every_stage_is_of_one_sort() -> None:
    sorts = [DRAFTING, SIGNING, EFFECTIVE, CLOSED]
    assert sorted(stage for sort in sorts for stage in sort) == sorted(Stage)


def test_every_kind_of_plan_has_a_path_for_either_procedure() -> None:
    assert [(kind, way) for kind in PlanKind for way in Process if not paths_for(kind, way)] == []


def test_every_stage_before_issue_is_on_some_path() -> None:
    assert {stage for path in ALL for stage in path.stages} == DRAFTING | SIGNING


@EVERY_PATH
def test_a_move_out_of_a_stage_is_said_once(path: Path) -> None:
    rows = [(step.move, step.source) for step in steps(path)]
    assert len(rows) == len(set(rows))


def test_every_move_every_paper_and_every_clock_is_used() -> None:
    assert {step.move for step in ROWS} == set(Move)
    by_notice = {ClockKind.TRIAL}  # the issuing notice starts it, not every issue
    assert {clock for step in ROWS for clock in step.starts} == set(ClockKind) - by_notice
    assert {clock for step in ROWS for clock in step.stops} == set(ClockKind)


def test_every_move_can_be_made_by_somebody() -> None:
    assert [step for step in ROWS if not any(step.action in MAY[role] for role in Role)] == []


@EVERY_PATH
def test_every_stage_that_can_be_reached_leads_on_or_is_closed(path: Path) -> None:
    reached = {Stage.DRAFT}
    while more := {step.to for step in steps(path) if step.source in reached} - reached:
        reached |= more
    assert reached - {step.source for step in steps(path)} == CLOSED
    assert set(path.stages) <= reached


@EVERY_PATH
def test_no_way_to_issue_leaves_a_stage_or_a_signature_of_its_path_out(path: Path) -> None:
    needed = set(required_signatures(path))
    for way in ways(Stage.DRAFT, Stage.ISSUED, path):
        assert [step.source for step in way] == list(path.stages)
        assert needed <= {step.move for step in way if step.signs}


@EVERY_PATH
def test_no_way_to_force_but_issue_publication_and_filing_or_registration(path: Path) -> None:
    for way in ways(Stage.DRAFT, Stage.IN_FORCE, path):
        moves = {step.move for step in way}
        assert moves == {Move.REGISTER} or {Move.ISSUE, Move.PUBLISH, Move.FILE} <= moves


@given(st.lists(st.sampled_from(list(Move)), max_size=60), st.sampled_from(ALL))
def test_whatever_is_tried_nothing_is_issued_without_the_signatures(tried: list[Move], path: Path) -> None:
    stage, signed = Stage.DRAFT, set[Move]()
    for move in tried:
        step = step_of(move, stage, path)
        if step is None:
            continue
        stage = step.to
        signed = set() if stage is Stage.DRAFT else signed | ({move} if step.signs else set())
        if move is Move.ISSUE:
            assert set(required_signatures(path)) <= signed


@EVERY_PATH
def test_from_every_stage_of_signing_a_text_can_be_sent_back_with_a_reason(path: Path) -> None:
    for stage in SIGNING & set(path.stages) - {Stage.NUMBERING}:
        (back,) = [step for step in steps(path) if step.source is stage and step.to is Stage.DRAFT]
        assert back.needs_reason
        assert not back.papers


@EVERY_PATH
def test_every_decision_has_a_paper_of_its_own(path: Path) -> None:
    decided = [manner.paper for station in path.stations for manner in station.manners[:1]]
    assert len(decided) == len(set(decided))


def test_the_papers_of_decisions_are_brought_by_those_who_decide() -> None:
    for kind in (PaperKind.MEETING_MINUTES, PaperKind.PARTY_MINUTES, PaperKind.SIGNED_PAGE):
        assert actions_asking(kind) == {step.action for step in ROWS if step.move is Move.APPROVE}


def test_the_simplified_process_is_a_path_of_its_own() -> None:
    author = [Role.PLAN_AUTHOR]
    (full,) = allowed_moves(Stage.DRAFT, author, path_named("special"))
    (short,) = allowed_moves(Stage.DRAFT, author, path_named("government-simplified"))
    assert (full.move, full.to) == (Move.CONSULT, Stage.CONSULTATION)
    assert (short.move, short.to) == (Move.SUBMIT_SIMPLIFIED, Stage.EDITING)


def test_an_overall_plan_goes_on_to_the_party_committee() -> None:
    path = path_named("overall")
    assert path.after(Stage.APPROVAL) is Stage.PARTY
    assert required_signatures(path)[-1] is Move.APPROVE_PARTY


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
    assert first_signing_stage(path_named("special")) is Stage.LINKAGE
    assert first_signing_stage(path_named("overall")) is Stage.REVIEW
    assert first_signing_stage(path_named("village")) is Stage.APPROVAL


def test_filing_sends_the_explanation_along() -> None:
    file = step_of(Move.FILE, Stage.ISSUED)
    assert file
    assert PaperKind.EXPLANATION in file.papers


def ways(start: Stage, end: Stage, path: Path) -> Iterator[list[Step]]:
    """Every way from *start* to *end* that visits no stage twice."""

    def walk(at: Stage, way: list[Step]) -> Iterator[list[Step]]:
        if at is end:
            yield way
            return
        visited = {start, *(step.to for step in way)}
        for step in steps(path):
            if step.source is at and step.to not in visited:
                yield from walk(step.to, [*way, step])

    found = list(walk(start, []))
    assert found
    return iter(found)
