"""Comments: who may say what, where it stands, whether it is settled, and what it holds up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlmodel import select

from plans_repo import comments, drafts, word_comments
from plans_repo.course import passage
from plans_repo.course.passage import Attachment
from plans_repo.course.stages import Move, Stage
from plans_repo.course.steps import step_of
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import make_version
from plans_repo.store import events
from plans_repo.store.actor import Actor
from plans_repo.store.audit import verification
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from plans_repo.text.anchoring import Hold
from plans_repo.word_comments import WordComment
from tests.plans_repo.builders import a_body, a_plan, edited, some_clauses
from tests.plans_repo.conftest import person

OPINION = "三十分钟太长，建议改为十五分钟。"


def test_a_comment_follows_its_words_through_versions(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, first = a_plan(work)
        made = comments.comment(work, plan.id, "c2", OPINION, quotation="30分钟内")
        comments.reply(work, made.id, "已与县气象局商量。")
        second = make_version(work, plan.id, edited("接到预警后15分钟内到岗。"), reason="缩短", trigger=Trigger.EDITING)
        third = make_version(
            work, plan.id, edited("接到红色预警后30分钟内到岗。"), reason="恢复", trigger=Trigger.EDITING
        )
    with store.reading(author) as work:
        seen = [comments.comments(work, plan.id, version.id)[0] for version in (first, second, third)]
    assert [one.place.hold for one in seen] == [Hold.HELD, Hold.ALTERED, Hold.HELD]
    assert [one.is_carried for one in seen] == [False, True, True]
    assert seen[1].is_altered
    assert seen[1].anchor.quotation == "30分钟内"
    assert [entry.text for entry in seen[2].entries] == ["已与县气象局商量。"]


def test_words_the_clause_does_not_say_are_refused_and_nothing_is_kept(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, _ = a_plan(work)
    with pytest.raises(PlansRepoError, match="quotation-not-there"), store.work(author) as work:
        comments.comment(work, plan.id, "c2", OPINION, quotation="45分钟")
    with pytest.raises(PlansRepoError, match="comment-without-words"), store.work(author) as work:
        comments.comment(work, plan.id, "c2", "  ")
    with pytest.raises(NotFound, match="clause-unknown"), store.work(author) as work:
        comments.comment(work, plan.id, "c99", OPINION)
    with store.reading(author) as work:
        assert comments.comments(work, plan.id) == ()


def test_settling_says_who_and_when_and_is_undone_by_opening_again(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, _ = a_plan(work)
        made = comments.comment(work, plan.id, "c4", OPINION)
        seen = comments.reply(work, made.id, "同意。")
    with pytest.raises(StaleRevision, match="comment-answered-meanwhile"), store.work(author) as work:
        comments.resolve(work, made.id, revision=made.revision)
    with store.work(author) as work:
        settled = comments.resolve(work, made.id, "已采纳。", revision=seen.revision)
        assert (settled.is_open, comments.open_comments(work, plan.id)) == (False, 0)
    with pytest.raises(PlansRepoError, match="comment-settled"), store.work(author) as work:
        comments.resolve(work, made.id)
    with store.work(author) as work:
        again = comments.reopen(work, made.id, "又改回去了。")
        assert (again.is_open, comments.open_comments(work, plan.id)) == (True, 1)
    assert [(entry.kind.value, entry.author, entry.text) for entry in again.entries] == [
        ("reply", "author", "同意。"),
        ("resolve", "author", "已采纳。"),
        ("reopen", "author", "又改回去了。"),
    ]


def test_a_unit_comments_in_consultation_and_reads_its_own_only(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "某县应急管理局", "/city/county/")
        water, health = (
            a_body(work, name, "/city/county/", OrganisationKind.DEPARTMENT) for name in ("县水利局", "县卫健局")
        )
    author = person("chen", Role.PLAN_AUTHOR, organisation=county.id)
    units = [person(name, Role.MEMBER_UNIT, organisation=one.id) for name, one in (("li", water), ("wu", health))]
    with store.work(author) as work:
        plan, version = a_plan(work)
    with pytest.raises(NotFound), store.work(units[0]) as work:
        comments.comment(work, plan.id, "c2", OPINION)
    with store.work(author) as work:
        course = work.session.exec(select(CourseRow).where(CourseRow.plan_id == plan.id)).one()
        course.stage = Stage.CONSULTATION
    with store.work(units[0]) as work:
        made = comments.comment(work, plan.id, "c2", OPINION, quotation="30分钟内")
        assert made.unit == "县水利局"
    with store.reading(units[1]) as work:
        assert comments.comments(work, plan.id, version.id) == ()
    with pytest.raises(NotFound, match="comment-unknown"), store.work(units[1]) as work:
        comments.reply(work, made.id, "我也这样看。")
    with store.work(author) as work:
        assert [one.text for one in comments.comments(work, plan.id)] == [OPINION]
        mine = comments.comment(work, plan.id, "c4", "请县水利局核对。")
    with pytest.raises((NotAllowed, NotFound)), store.work(units[0]) as work:
        comments.resolve(work, mine.id)
    with store.work(units[0]) as work:
        assert not comments.resolve(work, made.id, "收回。").is_open


def test_open_comments_hold_up_the_issue(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, version = a_plan(work)
        made = [comments.comment(work, plan.id, "c2", OPINION) for _ in range(2)]
        course = work.session.exec(select(CourseRow).where(CourseRow.plan_id == plan.id)).one()
        course.stage = Stage.NUMBERING
        papers = step_of(Move.ISSUE, Stage.NUMBERING).papers
        for kind in papers:
            passage.attach(work, version.id, Attachment(kind=kind, name="附件.pdf", data=b"%PDF"))
    with pytest.raises(PlansRepoError) as refused, store.work(everybody) as work:
        passage.move(work, version.id, Move.ISSUE, document_number="某政办发〔2026〕12号")
    assert (refused.value.code, refused.value.fields["value"]) == ("comments-open", 2)
    with store.work(everybody) as work:
        for one in made:
            comments.resolve(work, one.id)
    with pytest.raises(PlansRepoError, match="signatures-missing"), store.work(everybody) as work:
        passage.move(work, version.id, Move.ISSUE, document_number="某政办发〔2026〕12号")


def test_a_comment_on_a_draft_goes_into_the_version_made_of_it(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, first = a_plan(work)
        opened = drafts.open_draft(work, plan.id)
        changed = replace(some_clauses()[1], text="接到预警后立即到岗。")
        drafts.save_clause(work, plan.id, changed, revision=opened.clauses[1].revision)
        comments.comment(work, plan.id, "c2", "立即不是时限。", quotation="立即到岗", draft=True)
        assert len(comments.comments(work, plan.id, draft=True)) == 1
        assert comments.comments(work, plan.id, first.id) == ()
        made = drafts.make_version(work, plan.id, reason="改", trigger=Trigger.EDITING).id
    with store.reading(author) as work:
        assert [one.place.hold for one in comments.comments(work, plan.id, made)] == [Hold.HELD]


def test_events_hold_ids_and_no_opinion(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, _ = a_plan(work)
        made = comments.comment(work, plan.id, "c2", OPINION, quotation="30分钟内")
        comments.resolve(work, made.id, "已采纳。")
        told = [event for event in events.history(work, events.chain_of_plan(plan.id)) if "comment" in event.kind]
        assert [event.kind for event in told] == ["comment-made", "comment-resolved"]
        assert not any(words in json.dumps([event.payload for event in told]) for words in (OPINION, "已采纳"))
        assert verification(work.session, store.key).valid


def test_comments_of_a_word_file_come_in_once_under_their_names(store: Store, author: Actor, clock: object) -> None:
    found = [
        WordComment(
            clause="c2",
            quotation="30分钟内",
            text=OPINION,
            author="李工",
            replies=(WordComment(clause="c2", quotation="", text="可行。", author="王科"),),
        ),
        WordComment(clause="c4", quotation="不在文中的话", text="此处待核。", author="李工", is_resolved=True),
    ]
    with store.work(author) as work:
        plan, _ = a_plan(work)
        assert word_comments.take_in(work, plan.id, found) == 2
        assert word_comments.take_in(work, plan.id, found) == 0
        first, second = comments.comments(work, plan.id)
    assert (first.author_name, first.place.hold, [entry.author_name for entry in first.entries]) == (
        "李工",
        Hold.HELD,
        ["王科"],
    )
    assert (second.place.hold, second.anchor.quotation, second.is_open) == (Hold.ALTERED, "不在文中的话", False)
