"""A Word file comes back into the draft: merged with what happened meanwhile, or refused with nothing stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.document import Document

from plans_repo import comments, drafts, intake, returning, versions
from plans_repo.errors import PlansRepoError
from plans_repo.plans import Plan
from plans_repo.returning import Returned
from plans_repo.store.actor import Actor
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Store, Work, new_uuid
from plans_repo.text.difference import Change
from plans_repo.word.plan_document import PlanIdentity, plan_document
from tests.plans_repo.word.trips import edited, retype, without_marks

TEXT = """# 某县防汛应急预案

## 一、总则

### （一）编制目的

为了做好防汛工作，制定本预案。

### （二）报告时限

险情发生后30分钟内报告县防指。

### （三）值班

实行24小时值班。
"""


@pytest.fixture
def plan(store: Store, author: Actor) -> Plan:
    with store.work(author) as work:
        made = intake.take_file(work, TEXT.encode(), "预案.md").first
    with store.reading(author) as work:
        return returning_plan(work, made.plan)


def returning_plan(work: Work, plan_id: str) -> Plan:
    from plans_repo.plans import plan

    return plan(work, plan_id)


def word_file(work: Work, plan_id: str, version: str = "") -> bytes:
    row = versions.version_row(work, plan_id, version)
    identity = PlanIdentity(
        plan=plan_id, version=row.id, root_hash=row.root_hash, title=row.title, made_at=row.created_at
    )
    return plan_document(identity, versions.clauses(work, row)).data


def back(work: Work, plan_id: str, data: bytes, *, by_likeness: bool = False) -> Returned:
    file = returning.read_returned(data, "改稿.docx", new_id=new_uuid)
    return returning.take_back(work, plan_id, file, by_likeness=by_likeness)


def limit_of_15(document: Document) -> None:
    retype(document, "30分钟", "15分钟")


def draft_text(work: Work, plan_id: str) -> list[str]:
    draft = drafts.draft(work, plan_id)
    assert draft is not None
    return [entry.clause.text for entry in draft.clauses]


def test_an_untouched_file_changes_nothing_and_begins_no_draft(store: Store, author: Actor, plan: Plan) -> None:
    with store.work(author) as work:
        found = back(work, plan.id, word_file(work, plan.id))
        assert (found.draft, found.changes, found.waiting) == (None, (), ())
        assert drafts.draft(work, plan.id) is None


def test_changes_go_into_the_draft_merged_with_what_was_written_meanwhile(
    store: Store, author: Actor, plan: Plan
) -> None:
    with store.work(author) as work:
        data = edited(word_file(work, plan.id), limit_of_15)
        opened = drafts.open_draft(work, plan.id)
        duty = next(entry for entry in opened.clauses if entry.clause.title == "值班")
        drafts.save_clause(work, plan.id, replace(duty.clause, text="实行24小时双人值班。"), revision=duty.revision)
        found = back(work, plan.id, data)
        assert [one.change for one in found.changes] == [Change.EDITED]
        assert found.waiting == ()
        text = draft_text(work, plan.id)
        assert "险情发生后15分钟内报告县防指。" in text
        assert "实行24小时双人值班。" in text


def test_changes_of_both_sides_to_one_figure_wait_and_the_draft_stands(store: Store, author: Actor, plan: Plan) -> None:
    with store.work(author) as work:
        data = edited(word_file(work, plan.id), limit_of_15)
        opened = drafts.open_draft(work, plan.id)
        entry = next(one for one in opened.clauses if one.clause.title == "报告时限")
        text = "险情发生后20分钟内报告县防指。"
        drafts.save_clause(work, plan.id, replace(entry.clause, text=text), revision=entry.revision)
        found = back(work, plan.id, data)
        assert found.waiting == (entry.clause.id,)
        assert text in draft_text(work, plan.id)
        waiting = drafts.pending_conflicts(work, plan.id)
        assert [one.origin.value for one in waiting] == ["file"]
        assert waiting[0].other is not None
        assert waiting[0].other.text == "险情发生后15分钟内报告县防指。"
    with pytest.raises(PlansRepoError, match="conflicts-wait"), store.work(author) as work:
        drafts.make_version(work, plan.id, reason="带回", trigger=Trigger.EDITING)


def test_a_file_of_an_older_version_is_merged_with_the_newer_one(store: Store, author: Actor, plan: Plan) -> None:
    with store.work(author) as work:
        data = edited(word_file(work, plan.id), limit_of_15)
        opened = drafts.open_draft(work, plan.id)
        duty = next(entry for entry in opened.clauses if entry.clause.title == "值班")
        drafts.save_clause(work, plan.id, replace(duty.clause, text="实行全天值班。"), revision=duty.revision)
        drafts.make_version(work, plan.id, reason="改", trigger=Trigger.EDITING)
        found = back(work, plan.id, data)
        assert found.base_label.startswith("第1稿")
        assert {"实行全天值班。", "险情发生后15分钟内报告县防指。"} <= set(draft_text(work, plan.id))


def test_a_file_of_another_plan_or_of_no_known_version_is_refused(store: Store, author: Actor, plan: Plan) -> None:
    with store.work(author) as work:
        other = intake.take_file(work, TEXT.encode(), "另一件.md").first
        foreign = word_file(work, other.plan)
        row = versions.version_row(work, plan.id)
        identity = PlanIdentity(
            plan=plan.id, version=new_uuid(), root_hash="00" * 32, title=row.title, made_at=row.created_at
        )
        unknown = edited(plan_document(identity, versions.clauses(work, row)).data, limit_of_15)
    for data, code in ((foreign, "file-of-other-plan"), (unknown, "file-base-unknown")):
        with pytest.raises(PlansRepoError, match=code), store.work(author) as work:
            back(work, plan.id, data)
    with store.work(author) as work:
        assert drafts.draft(work, plan.id) is None
        found = back(work, plan.id, without_marks(unknown), by_likeness=True)
        assert [one.change for one in found.changes] == [Change.EDITED]


def test_a_damaged_file_is_one_sentence_and_stores_nothing(store: Store, author: Actor, plan: Plan) -> None:
    with store.work(author) as work:
        data = word_file(work, plan.id)
    with pytest.raises(PlansRepoError), store.work(author) as work:
        back(work, plan.id, data[: len(data) // 2])
    with store.reading(author) as work:
        assert drafts.draft(work, plan.id) is None
        assert len(work.session.exec(versions.select(VersionRow).where(VersionRow.plan_id == plan.id)).all()) == 1


def test_comments_written_in_word_become_comments_of_the_plan(store: Store, author: Actor, plan: Plan) -> None:
    def remark(document: Document) -> None:
        run = next(one for one in document.paragraphs if "30分钟" in one.text).runs[0]
        document.add_comment(run, text="时限偏长。", author="李工", initials="李")

    with store.work(author) as work:
        found = back(work, plan.id, edited(word_file(work, plan.id), remark))
        assert (found.draft, found.comments) == (None, 1)
        one = comments.comments(work, plan.id)[0]
    assert (one.author_name, one.text, one.anchor.quotation) == ("李工", "时限偏长。", "险情发生后30分钟内报告县防指。")
