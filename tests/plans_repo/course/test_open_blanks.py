"""A text with blanks on its way: out for comment with a reason, to nobody else."""

from dataclasses import replace
from datetime import date

import pytest

from plans_repo import plans
from plans_repo.course import panels, passage, public_consultation
from plans_repo.course.open_blanks import open_blanks
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.errors import PlansRepoError
from plans_repo.store import events
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, Work
from plans_repo.writing.blanks import blank
from tests.plans_repo.course.walking import WRITER, begun, papers, ready, walk

LETTER = papers(PaperKind.CONSULTATION_LETTER)


def with_blanks(store: Store) -> str:
    """A draft ready to be sent out, two of whose clauses lack something."""
    version = begun(store)
    with store.work(WRITER) as work:
        plan = passage.passage(work, version).plan
        clauses = plans.text_of(work, plan)
        bodies = [clause.id for clause in clauses if clause.text][:2]
        words = {bodies[0]: blank("值班电话") + blank("传真"), bodies[1]: blank("集结地点")}
        fresh = [replace(clause, text=clause.text + words.get(clause.id, "")) for clause in clauses]
        unfinished = plans.make_version(work, plan, fresh, reason="留空", trigger=Trigger.EDITING).id
    return ready(store, unfinished)


def filled(store: Store, version: str) -> str:
    with store.work(WRITER) as work:
        plan = passage.passage(work, version).plan
        clauses = [replace(clause, text=clause.text.replace("【待填：", "").replace("】", "")) for clause in
                   plans.text_of(work, plan)]  # fmt: skip
        return plans.make_version(work, plan, clauses, reason="补齐", trigger=Trigger.EDITING).id


def moved(work: Work, plan: str) -> list[dict[str, object]]:
    return [dict(one.payload) for one in events.history(work, events.chain_of_plan(plan)) if one.kind == "moved"]


def test_blanks_are_told_with_their_clauses(store: Store) -> None:
    version = with_blanks(store)
    with store.reading(WRITER) as work:
        found = open_blanks(work, version)
    assert [one.label for one in found] == ["值班电话", "传真", "集结地点"]
    assert len({one.clause for one in found}) == 2
    assert all(one.citation for one in found)


def test_an_unfinished_draft_goes_out_for_comment_only_with_a_reason_that_stays(store: Store) -> None:
    version = with_blanks(store)
    with pytest.raises(PlansRepoError, match="blanks-without-reason") as refused, store.work(WRITER) as work:
        passage.move(work, version, Move.CONSULT, attachments=LETTER)
    assert refused.value.fields["count"] == 3
    assert len(refused.value.fields["clauses"]) == 2
    with store.work(WRITER) as work:
        stand = passage.move(work, version, Move.CONSULT, attachments=LETTER, reason="电话由各单位在意见中提供")
        (out,) = moved(work, stand.plan)
    assert out["reason"] == "电话由各单位在意见中提供"
    assert [one["label"] for one in out["blanks"]] == ["值班电话", "传真", "集结地点"]  # type: ignore[attr-defined]


def test_a_complete_draft_needs_no_reason(store: Store) -> None:
    version = ready(store, begun(store))
    with store.work(WRITER) as work:
        stand = passage.move(work, version, Move.CONSULT, attachments=LETTER)
        assert "blanks" not in moved(work, stand.plan)[0]


def test_a_text_with_blanks_is_shown_to_no_panel_no_public_and_nobody_who_signs(store: Store) -> None:
    version = with_blanks(store)
    with store.work(WRITER) as work:
        passage.move(work, version, Move.CONSULT, attachments=LETTER, reason="先听意见")
    with pytest.raises(PlansRepoError, match="blanks-open"), store.work(WRITER) as work:
        panels.draw_panel(work, version, size=3)
    with pytest.raises(PlansRepoError, match="blanks-open"), store.work(WRITER) as work:
        public_consultation.ask_public(
            work, version, channel="县政府网站", from_on=date(2026, 11, 20), to_on=date(2026, 12, 19)
        )
    ready(store, version)
    after_consultation = papers(PaperKind.OPINIONS_RECORD, PaperKind.EXPLANATION)
    with pytest.raises(PlansRepoError, match="blanks-open"), store.work(WRITER) as work:
        passage.move(work, version, Move.ASK_LINKAGE, reason="急", attachments=after_consultation)
    fresh = filled(store, version)
    assert walk(store, fresh, Stage.LINKAGE).stage is Stage.LINKAGE


def test_an_unfinished_draft_may_always_go_back(store: Store) -> None:
    version = with_blanks(store)
    with store.work(WRITER) as work:
        passage.move(work, version, Move.CONSULT, attachments=LETTER, reason="先听意见")
        assert passage.move(work, version, Move.REDRAFT, reason="补齐后再发").stage is Stage.DRAFT
