"""Comments and document numbers are found by those who may read them, in SQLite and in PostgreSQL."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from plans_repo import comments, drafts, plans
from plans_repo.course.courses import latest
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.errors import NotAllowed
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.search import index
from plans_repo.search.comments import CommentAnswer, search_comments
from plans_repo.search.finding import search
from plans_repo.search.keys import has, pieces
from plans_repo.search.question import Question, Scope
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from sim.procedure import Hazard
from tests.plans_repo.builders import a_body, a_plan, edited
from tests.plans_repo.conftest import person
from tests.plans_repo.offices import WORDS, a_small_office, done_by


def asked(store: Store, actor: Actor, words: str, **filters: object) -> CommentAnswer:
    with store.reading(actor) as work:
        return search_comments(work, Question(words=words, **filters))


def told(parts: object) -> str:
    return "".join(part.text for part in parts)


def register(work: Work, plan: str, number: str) -> None:
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头.pdf", data=b"%PDF")
    version = plans.version_of(work, plan).id
    move(work, version, Move.REGISTER, reason="补录", attachments=[paper], document_number=number)


def test_a_comment_is_found_with_its_clause_its_words_and_its_state(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, first = a_plan(work)
        made = comments.comment(work, plan.id, "c2", "时限太长，建议会商后缩短。", quotation="30分钟内")
        other = comments.comment(work, plan.id, "c4", "建议补充夜间措施。")
        comments.reply(work, other.id, "已会商，维持原文。")
        comments.resolve(work, other.id, "不作修改。")
    answer = asked(store, everybody, "会商")
    assert [(one.id, one.is_open, one.answers) for one in answer.found] == [(made.id, True, 0), (other.id, False, 2)]
    assert (answer.comments, answer.open, answer.plans) == (2, 1, 1)
    assert (answer.kinds, answer.hazards) == ({plan.kind: 2}, {plan.hazard: 2})
    first_found, second_found = answer.found
    assert (first_found.version, first_found.clause, told(first_found.quotation)) == (first.id, "c2", "30分钟内")
    assert [part.text for part in first_found.words if part.is_marked] == ["会商"]
    assert first_found.answer == ()
    assert told(second_found.answer) == "已会商，维持原文。"
    assert [one.id for one in asked(store, everybody, "30分钟").found] == [made.id]
    assert asked(store, everybody, "夜间 会商").comments == 0, "the words stand in the comment and in its answer"
    assert asked(store, everybody, "0分钟").comments == 0


def test_filters_look_at_the_plan_at_its_edition_and_at_the_day_of_the_comment(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        flood, _ = a_plan(work, "防汛预案", hazard=Hazard.FLOOD)
        mine, _ = a_plan(work, "矿山预案", kind=PlanKind.UNIT, hazard=Hazard.MINE)
        for plan in (flood, mine):
            comments.comment(work, plan.id, "c2", "请核对。")
        register(work, mine.id, "矿字〔2026〕1号")
        day = work.now.date()
    found = {
        name: [one.plan for one in asked(store, everybody, "核对", **filters).found]
        for name, filters in {
            "kind": {"kind": PlanKind.UNIT},
            "subject": {"subject": "flood"},
            "state": {"state": Stage.DRAFT},
            "since": {"since": day.replace(year=2027)},
            "until": {"until": day.replace(year=2025)},
        }.items()
    }
    assert found == {"kind": [mine.id], "subject": [flood.id], "state": [flood.id], "since": [], "until": []}
    assert asked(store, everybody, "核对", since=day, until=day).comments == 2


def test_pages(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, _ = a_plan(work)
        for number in range(45):
            comments.comment(work, plan.id, "c2", f"第{number}条，请核对。")
    with store.reading(everybody) as work:
        pages = [search_comments(work, Question(words="核对"), number) for number in (1, 2, 3, 9)]
    assert [len(page.found) for page in pages] == [20, 20, 5, 5]
    assert len({one.id for page in pages[:3] for one in page.found}) == pages[0].comments == 45
    assert [(page.number, page.pages) for page in pages] == [(1, 3), (2, 3), (3, 3), (3, 3)]


def test_whoever_reads_no_plans_searches_no_comments(store: Store) -> None:
    with store.reading(person("s", Role.SYSTEM_ADMINISTRATOR)) as work, pytest.raises(NotAllowed):
        search_comments(work, Question(words="防汛"))


def test_the_comments_of_others_change_nothing_one_is_told(store: Store, everybody: Actor) -> None:
    """Byte for byte the same with and without what somebody else has said, on a hidden plan and on an open one."""
    with store.work(everybody) as work:
        bodies = [a_body(work, name, "/1/", OrganisationKind.DEPARTMENT).id for name in ("甲局", "乙局")]
        shown, _ = a_plan(work, "甲局公开预案", organisation=bodies[0])
        register(work, shown.id, "甲字〔2026〕1号")
    outsider = person("o", Role.PLAN_AUTHOR, organisation=bodies[1])
    with store.work(outsider) as work:
        own = comments.comment(work, shown.id, "c2", "本局无意见，机密山谷除外。")

    def answers() -> str:
        with store.reading(outsider) as work:
            return repr([search_comments(work, Question(words=words)) for words in ("意见", "机密山谷", "时限")])

    before = answers()
    assert own.id in before
    with store.work(everybody) as work:
        hidden, _ = a_plan(work, "甲局机密山谷预案", organisation=bodies[0])
        for plan in (hidden, shown):
            made = comments.comment(work, plan.id, "c2", "机密山谷的时限有意见。")
            comments.reply(work, made.id, "机密山谷，意见已收。")
    assert answers() == before
    assert asked(store, everybody, "机密山谷").comments == 3


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=some.integers(0, 10_000))
def test_everybody_finds_what_stands_beside_a_text_he_reads(store: Store, everybody: Actor, seed: int) -> None:
    """The index answers as going through the comments of plan after plan does, on versions and on drafts."""
    draw = random.Random(seed)
    with store.work(everybody) as work:
        people = a_small_office(work, draw)
        for actor in people:
            seen = done_by(work, actor)
            for words in WORDS:
                found = search_comments(seen, Question(words=words))
                assert {one.id for one in found.found} == _slowly(seen, words), (actor.name, words)
        work.session.rollback()


def _slowly(work: Work, words: str) -> set[str]:
    """Plan by plan: what stands beside the newest text, and beside the draft for who writes it."""
    wanted = Question(words=words).wanted
    found: set[str] = set()
    for plan in plans.list_plans(work):
        beside = list(comments.comments(work, plan.id)) if plan.version else []
        try:
            if drafts.draft(work, plan.id) is not None:
                beside += comments.comments(work, plan.id, draft=True)
        except NotAllowed:
            pass
        for one in beside:
            texts = [f"{one.anchor.quotation}\n{one.text}", *(entry.text for entry in one.entries)]
            if any(all(has(pieces(text), piece) for piece in wanted) for text in texts):
                found.add(one.id)
    return found


def test_the_index_of_comments_is_made_anew_and_verified(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, _ = a_plan(work)
        made = comments.comment(work, plan.id, "c2", "请会商。", quotation="30分钟内")
        comments.reply(work, made.id, "！！！")
        comments.resolve(work, made.id)
        register(work, plan.id, "东政发〔2026〕9号")
        before = index.verify(work)
    assert before.valid
    with store.work(everybody) as work:
        index.clear(work.session)
        assert search_comments(work, Question(words="会商")).comments == 0
        assert not index.verify(work).valid
        assert index.rebuild(work) == before
        assert search_comments(work, Question(words="会商")).comments == 1


def test_a_document_number_finds_the_edition_that_bears_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, first = a_plan(work, "东县防汛预案")
        register(work, plan.id, "东政办发〔2026〕12号")
        other, _ = a_plan(work, "西县防汛预案")
        register(work, other.id, "西政办发〔2026〕13号")

    def found(words: str, **filters: object) -> list[str]:
        with store.reading(everybody) as work:
            return [one.plan for one in search(work, Question(words=words, **filters)).found]

    for words in ("东政办发〔2026〕12号", "东政办发 2026", "12号", "防汛 12号"):
        assert found(words) == [plan.id], words
    assert sorted(found("2026")) == sorted([plan.id, other.id])
    assert found("2号") == []
    with store.reading(everybody) as work:
        (one,) = search(work, Question(words="东政办发〔2026〕12号")).found
    assert told(one.document_number) == "东政办发〔2026〕12号"
    assert [part.text for part in one.document_number if part.is_marked]
    with store.work(everybody) as work:
        plans.make_version(work, plan.id, edited("改写。"), reason="修订", trigger=Trigger.EDITING)
        assert index.verify(work).valid
    assert found("12号", scope=Scope.IN_FORCE) == [plan.id]
    with store.reading(everybody) as work:
        (one,) = search(work, Question(words="12号")).found
    assert one.version == first.id, "the revision bears no number yet"


def test_a_number_that_was_changed_is_found_no_more(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, _ = a_plan(work)
        row = latest(work, plan.id)
        assert row
        for number in ("东字〔2026〕1号", "东字〔2026〕2号"):
            former, row.document_number = row.document_number, number
            index.number_changed(work.session, row, former)
        assert index.verify(work).valid
        report = index.verify(work)
        assert index.rebuild(work) == report
    with store.reading(everybody) as work:
        assert [search(work, Question(words=words)).plans for words in ("1号", "2号")] == [0, 1]
