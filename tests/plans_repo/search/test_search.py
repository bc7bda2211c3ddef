"""Searching a library of small plans, in SQLite and in PostgreSQL."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, update

from plans_repo import plans
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.course.terms import Validity
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.search import finding, index
from plans_repo.search.finding import Answer, alone, search
from plans_repo.search.keys import has, pieces
from plans_repo.search.question import Question, Scope
from plans_repo.search.sources import words_of
from plans_repo.store.roles import Role
from plans_repo.store.tables.search import SearchCourseRow, SearchSubjectRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from sim.procedure import Hazard
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import person

HOSTILE = [
    *('"', "'", '""', "*", "防汛*", "a OR b", "NOT 防汛", "NEAR(a b)", "body:防汛", "^防", "(((", "{head} : 防"),
    *("%_%", "'; DROP TABLE plan;--", "\x00防\x00", "\ue000", "防\ue000汛", "😀🌊", "(a+)+$" * 20, "\u202e防汛"),
    *("防" * 200, "・" * 200, "𠮷野家", "1.2.3.4"),
]


def text(*bodies: str) -> tuple[Clause, ...]:
    heading = a_clause("h", "", kind=ClauseKind.HEADING, level=1, number="4", number_raw="4", title="应急响应")
    return (heading, *(a_clause(f"c{at}", body, number=f"（{at}）") for at, body in enumerate(bodies, start=1)))


def kept(work: Work, title: str, *bodies: str, **more: object) -> str:
    plan = plans.create_plan(work, title, **({"kind": PlanKind.SPECIAL, "hazard": Hazard.FLOOD} | more))
    plans.make_version(work, plan.id, text(*bodies), reason="首次编制", trigger=Trigger.FIRST)
    return plan.id


def asked(store: Store, actor: Actor, words: str, **filters: object) -> Answer:
    with store.reading(actor) as work:
        return search(work, Question(words=words, **filters))


def clauses_of(answer: Answer) -> list[tuple[str, str]]:
    return [(found.plan, passage.clause) for found in answer.found for passage in found.passages]


def marked(parts: object) -> list[str]:
    return [part.text for part in parts if part.is_marked]


@pytest.fixture(params=[0, finding.FEW_PLANS], ids=["words first", "texts first"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is looked for first, the answer is the same."""
    monkeypatch.setattr(finding, "FEW_PLANS", request.param)


@pytest.mark.usefixtures("both_ways")
def test_two_characters_one_character_a_phrase_and_several_words(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某县预案", "县防汛抗旱指挥部接到报告后３０分钟内到岗。", "组织转移群众，防汛物资随车。")
    assert clauses_of(asked(store, everybody, "防汛")) == [(plan, "c1"), (plan, "c2")]
    assert clauses_of(asked(store, everybody, "旱")) == [(plan, "c1")]
    assert clauses_of(asked(store, everybody, "“防汛抗旱指挥部”")) == [(plan, "c1")]
    assert clauses_of(asked(store, everybody, "防汛 物资")) == [(plan, "c2")]
    assert clauses_of(asked(store, everybody, "30分钟")) == [(plan, "c1")]
    for absent in ("0分钟", "3", "抗汛", "“防汛 物资到”", "岗组织"):
        assert asked(store, everybody, absent).plans == 0, absent


def test_a_passage_says_where_it_stands_and_marks_what_was_found(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        kept(work, "某县防汛预案", "启动Ⅳ级响应" + "，加强值守" * 60 + "，转移群众" + "，续报" * 60)
    (found,) = asked(store, everybody, "转移").found
    (passage,) = found.passages
    assert passage.number == "4（1）"
    assert "".join(part.text for part in passage.heading) == "应急响应"
    assert marked(passage.words) == ["转移"]
    assert len("".join(part.text for part in passage.words)) < 130
    assert marked(asked(store, everybody, "iv级").found[0].passages[0].words) == ["Ⅳ级"]
    assert marked(asked(store, everybody, "防汛").found[0].title) == ["防汛"]


@pytest.mark.usefixtures("both_ways")
def test_titles_weigh_more_than_headings_and_headings_more_than_text(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        often = kept(work, "甲", "森林火灾", "森林火灾扑救", "防森林火灾")
        headed = kept(work, "乙", "无关")
        with_heading = (a_clause("x", "", kind=ClauseKind.HEADING, level=1, number="1", title="森林火灾分级"),)
        plans.make_version(work, headed, with_heading, reason="改", trigger=Trigger.EDITING)
        titled = kept(work, "森林火灾预案", "无关")
    answer = asked(store, everybody, "森林火灾")
    assert [found.plan for found in answer.found] == [titled, headed, often]
    assert (answer.plans, answer.passages) == (3, 4)


def test_tables_and_numbers_are_found_contents_lists_are_not(store: Store, everybody: Actor) -> None:
    table = Table(rows=((Cell(content=("冲锋舟",)), Cell(content=("8艘",))),))
    with store.work(everybody) as work:
        plan = plans.create_plan(work, "某预案", kind=PlanKind.UNIT)
        clauses = (
            a_clause("f", "4.2.1 响应启动……8", kind=ClauseKind.FRONT),
            a_clause("h", "", kind=ClauseKind.HEADING, number="4.2.1", title="响应启动"),
            a_clause("t", "", kind=ClauseKind.TABLE, table=table),
        )
        plans.make_version(work, plan.id, clauses, reason="首次编制", trigger=Trigger.FIRST)
    assert clauses_of(asked(store, everybody, "冲锋舟")) == [(plan.id, "t")]
    assert clauses_of(asked(store, everybody, "4.2.1")) == [(plan.id, "h")]
    assert [asked(store, everybody, words).plans for words in ("舟8艘", "舟 8艘")] == [0, 1]
    assert asked(store, everybody, "4.2").plans == 0


@pytest.mark.usefixtures("both_ways")
def test_older_versions_only_when_asked_for(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某预案", "应在120分钟内到位。", "不变的一条。")
        plans.make_version(work, plan, text("应在90分钟内到位。", "不变的一条。"), reason="改", trigger=Trigger.EDITING)
        plans.make_version(
            work, plan, text("应在120分钟内到位。", "不变的一条。"), reason="改", trigger=Trigger.EDITING
        )
        plans.make_version(work, plan, text("应在60分钟内到位。", "不变的一条。"), reason="改", trigger=Trigger.EDITING)
        labels = {version.id: version.ordinal for version in plans.versions_of(work, plan)}
    assert asked(store, everybody, "120分钟").plans == 0
    (found,) = asked(store, everybody, "120分钟", scope=Scope.ALL).found
    assert [(labels[one.version], one.is_current) for one in found.passages] == [(3, True), (1, False)]
    (found,) = asked(store, everybody, "不变", scope=Scope.ALL).found
    assert [labels[one.version] for one in found.passages] == [4]


@pytest.mark.usefixtures("both_ways")
def test_filters(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = {name: a_body(work, name, area).id for name, area in (("东", "/1/e/"), ("西", "/1/w/"))}
        east = kept(work, "东县预案", "转移群众", organisation=bodies["东"])
        west = kept(
            work, "西县煤矿事故预案", "转移群众", organisation=bodies["西"], kind=PlanKind.UNIT, hazard=Hazard.MINE
        )
        register(work, east)
        plans.make_version(work, east, text("疏散群众"), reason="改", trigger=Trigger.EDITING)
        day = work.now.date()
    found = {
        name: [one.plan for one in asked(store, everybody, "群众", **filters).found]
        for name, filters in {
            "kind": {"kind": PlanKind.UNIT},
            "subject": {"subject": "mine"},
            "class of events": {"subject": "accident"},
            "no subject": {"subject": "none"},
            "area": {"area": "/1/e/"},
            "in force": {"scope": Scope.IN_FORCE},
            "stage": {"state": Stage.IN_FORCE},
            "until": {"until": day.replace(year=2025)},
        }.items()
    }
    assert found == {
        "kind": [west], "subject": [west], "class of events": [west], "no subject": [east], "area": [east],
        "in force": [east], "stage": [east], "until": [],
    }  # fmt: skip
    assert asked(store, everybody, "群众", since=day, until=day).plans == 2
    both = asked(store, everybody, "群众")
    assert both.kinds == {PlanKind.SPECIAL: 1, PlanKind.UNIT: 1}
    assert both.hazards == {"flood": 1, "mine": 1}
    assert both.subjects == {"none": 1, "coal": 1}
    assert asked(store, everybody, "疏散", scope=Scope.IN_FORCE).plans == 0
    assert [asked(store, everybody, word).plans for word in ("疏散", "转移")] == [1, 2]


@pytest.mark.usefixtures("both_ways")
def test_what_stands_in_force_and_in_the_next_text_is_counted_once(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某预案", "转移群众", "转移物资", organisation=a_body(work, "东市", "/1/").id)
        register(work, plan)
        plans.make_version(work, plan, text("转移群众", "调运物资"), reason="改", trigger=Trigger.EDITING)
        ordinals = {version.id: version.ordinal for version in plans.versions_of(work, plan)}
        below = person("w", Role.PLAN_AUTHOR, organisation=a_body(work, "西县", "/1/w/").id)

    def found(actor: Actor, words: str, scope: Scope) -> list[tuple[str, int]]:
        (one,) = asked(store, actor, words, scope=scope).found
        assert one.count == len(one.passages)
        return [(passage.clause, ordinals[passage.version]) for passage in one.passages]

    assert found(everybody, "转移", Scope.CURRENT) == [("c1", 2), ("c2", 1)]
    assert found(everybody, "转移", Scope.IN_FORCE) == [("c1", 1), ("c2", 1)]
    assert found(everybody, "物资", Scope.CURRENT) == [("c2", 2), ("c2", 1)]
    assert found(below, "转移", Scope.CURRENT) == [("c1", 1), ("c2", 1)]
    assert found(below, "物资", Scope.CURRENT) == [("c2", 1)]

    (one,) = asked(store, everybody, "物资", scope=Scope.CURRENT).found  # the text in force is none of the old ones
    assert one.validity is None
    assert [passage.validity for passage in one.passages] == [None, Validity.IN_FORCE]


def register(work: Work, plan: str) -> None:
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头.pdf", data=b"%PDF")
    version = plans.version_of(work, plan).id
    move(work, version, Move.REGISTER, reason="补录", attachments=[paper], document_number="东政发〔2026〕1号")


@pytest.mark.usefixtures("both_ways")
def test_what_is_hidden_changes_nothing_an_outsider_is_told(store: Store, everybody: Actor) -> None:
    """Byte for byte the same answers with and without somebody else's draft, whatever is asked."""
    with store.work(everybody) as work:
        bodies = {
            name: a_body(work, name, area, kind).id
            for name, area, kind in (
                ("东", "/1/e/", OrganisationKind.DEPARTMENT),
                ("西", "/1/w/", OrganisationKind.DEPARTMENT),
            )
        }
        kept(work, "西县防汛预案", "转移群众三百人", organisation=bodies["西"])
        seen = kept(work, "东县公开预案", "转移群众五百人", organisation=bodies["东"])
        register(work, seen)
    outsider = person("w", Role.PLAN_AUTHOR, organisation=bodies["西"])
    questions = [
        (words, scope) for words in ("转移", "群众", "旱", "机密山谷", "防汛 机密山谷", "东县") for scope in Scope
    ]

    def told() -> str:
        with store.reading(outsider) as work:
            answers = [
                (search(work, Question(words=words, scope=scope)), alone(work, Question(words=words, scope=scope)))
                for words, scope in questions
            ]
        return repr(answers)

    before = told()
    with store.work(everybody) as work:
        hidden = kept(work, "东县机密山谷预案", "机密山谷转移群众，旱", organisation=bodies["东"])
        plans.make_version(work, seen, text("机密山谷改写的转移群众"), reason="修订", trigger=Trigger.EDITING)
    assert told() == before
    assert asked(store, everybody, "机密山谷").plans == 2
    assert hidden not in before


@pytest.mark.usefixtures("both_ways")
def test_of_others_only_the_text_that_counts_is_searched(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = [a_body(work, name, "/1/", OrganisationKind.DEPARTMENT).id for name in ("甲局", "乙局")]
        plan = kept(work, "甲局预案", "草稿里的说法", organisation=bodies[0])
        plans.make_version(work, plan, text("印发的说法"), reason="改", trigger=Trigger.EDITING)
        register(work, plan)
    other = person("o", Role.PLAN_AUTHOR, organisation=bodies[1])
    assert asked(store, other, "草稿里", scope=Scope.ALL).plans == 0
    assert asked(store, other, "印发的", scope=Scope.ALL).plans == 1
    assert asked(store, everybody, "草稿里", scope=Scope.ALL).plans == 1


def test_whoever_reads_no_plans_searches_none(store: Store) -> None:
    with store.reading(person("s", Role.SYSTEM_ADMINISTRATOR)) as work, pytest.raises(NotAllowed):
        search(work, Question(words="防汛"))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(store: Store, everybody: Actor, words: str) -> None:
    with store.work(everybody) as work:
        kept(work, "某县防汛预案", "防汛抗旱", "a 或者 b")
    answer = asked(store, everybody, words, scope=Scope.ALL)
    wanted = Question(words=words).wanted
    assert answer.plans == (
        1 if wanted and all(has(pieces("某县防汛预案\n防汛抗旱\na 或者 b"), one) for one in wanted) else 0
    )


def test_too_long_is_refused_with_a_sentence() -> None:
    with pytest.raises(PlansRepoError) as refusal:
        Question(words="防汛" * 5000)
    assert refusal.value.code == "search-too-long"
    with pytest.raises(PlansRepoError) as refusal:
        Question(words=" ".join(f"词{n}" for n in range(20)))
    assert refusal.value.code == "search-too-many-words"


def test_a_word_that_spoils_the_rest_is_told(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        kept(work, "某预案", "转移群众")
    with store.reading(everybody) as work:
        assert alone(work, Question(words="转移 群众 飞船")) == {"转移": 1, "群众": 1}


WORDS = some.text(alphabet="防汛抗旱3０1.5aA、。 \n级Ⅳ指“", min_size=0, max_size=14)


@pytest.mark.usefixtures("both_ways")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=some.lists(WORDS, min_size=1, max_size=5), words=WORDS)
def test_the_database_finds_what_stands_there(store: Store, everybody: Actor, bodies: list[str], words: str) -> None:
    clauses = text(*bodies)
    with store.work(everybody) as work:
        plan = plans.create_plan(work, "无", kind=PlanKind.UNIT, hazard=None)
        plans.make_version(work, plan.id, clauses, reason="首次编制", trigger=Trigger.FIRST)
        answer = search(work, Question(words=words))
        work.session.rollback()
    wanted = Question(words=words).wanted
    there = {clause.id for clause in clauses if all(found_in(clause, one) for one in wanted)} if wanted else set()
    assert sum(one.count for one in answer.found) == len(there)


def found_in(clause: Clause, wanted: tuple[str, ...]) -> bool:
    return any(has(pieces(part), wanted) for part in words_of(clause))


def test_the_index_is_made_anew_from_the_versions(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某县防汛预案", "甲", "乙")
        for body in ("丙", "甲", "丁"):
            plans.make_version(work, plan, text(body, "乙"), reason="改", trigger=Trigger.EDITING)
        before = index.verify(work)
    assert before.valid
    with store.work(everybody) as work:
        index.clear(work.session)
        assert index.is_behind(work.session)
        assert not index.verify(work).valid
        assert search(work, Question(words="防汛")).plans == 0
    with store.work(everybody) as work:
        assert index.rebuild(work) == before
        assert not index.is_behind(work.session)
        assert search(work, Question(words="丁")).plans == 1


def test_plans_an_older_release_listed_under_no_subject_are_listed(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        kept(work, "某县山洪灾害防御预案", "甲")
        kept(work, "某县抗旱预案", "乙")
        work.session.execute(delete(SearchSubjectRow))  # as a release that kept none leaves it
        assert not index.verify(work).valid
        assert [index.add_subjects(work.session) for _again in range(2)] == [2, 0]
        assert index.verify(work).valid
        assert search(work, Question(words="甲", subject="natural")).plans == 1
        work.session.execute(update(SearchSubjectRow).where(SearchSubjectRow.subject == "flood").values(subject="fire"))
        assert not index.verify(work).valid


def test_the_verification_sees_a_wrong_last_version_of_an_edition(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        kept(work, "某预案", "甲")
        assert index.verify(work).valid
        work.session.execute(update(SearchCourseRow).values(last=7))
        assert not index.verify(work).valid


def test_a_version_that_is_not_stored_is_not_found(store: Store, everybody: Actor) -> None:
    def interrupted() -> None:
        with store.work(everybody) as work:
            kept(work, "某预案", "转移群众")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert asked(store, everybody, "转移").plans == 0
    with store.work(everybody) as work:
        assert index.verify(work) == index.IndexReport(documents=0, spans=0, valid=True)


def test_pages(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        for number in range(23):
            kept(work, f"预案{number:02}", "转移群众")
    with store.reading(everybody) as work:
        pages = [search(work, Question(words="转移"), number) for number in (1, 2, 3, 9)]
    assert [len(page.found) for page in pages] == [10, 10, 3, 3]
    assert len({one.plan for page in pages[:3] for one in page.found}) == pages[0].plans == 23
    assert [page.number for page in pages] == [1, 2, 3, 3]
    assert replace(pages[0], number=2, found=pages[1].found) == pages[1]
