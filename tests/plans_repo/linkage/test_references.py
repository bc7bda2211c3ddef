"""References: what they mean, what becomes of them when texts change."""

import pytest

from plans_repo import drafts, plans
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.linkage.mentions import MentionKind, mentions, path_of
from plans_repo.linkage.numbering import Numbering
from plans_repo.linkage.references import (
    Outcome,
    Reference,
    cited_by,
    findings,
    references,
    references_alone,
    rewritten,
)
from plans_repo.organisations import OrganisationKind
from plans_repo.packs.reading import pack
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from sim.figure import Mark
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import person


def heading(name: str, number: str, title: str, level: int) -> Clause:
    return a_clause(name, "", kind=ClauseKind.HEADING, level=level, number=number, number_raw=number, title=title)


def plan_text(*numbers: str, citing: str = "转移按照3.2执行。") -> tuple[Clause, ...]:
    """A chapter with sections of these numbers, and a clause that refers to one of them."""
    sections = [heading(f"s-{title}", number, title, 2) for number, title in zip(numbers, "甲乙丙丁", strict=False)]
    return (heading("three", "3", "处置", 1), *sections, a_clause("cites", citing, level=3))


def kept(work: Work, title: str, clauses: tuple[Clause, ...], **more: object) -> str:
    plan = plans.create_plan(work, title, **({"kind": PlanKind.SPECIAL} | more))
    plans.make_version(work, plan.id, clauses, reason="首次编制", trigger=Trigger.FIRST)
    return plan.id


def revised(work: Work, plan: str, clauses: tuple[Clause, ...]) -> None:
    plans.make_version(work, plan, clauses, reason="修订", trigger=Trigger.EDITING)


def told(found: tuple[Reference, ...]) -> list[tuple[str, Outcome, str, str]]:
    return [(one.mention.words, one.outcome, one.clause, one.number) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("接报后按照3.2执行", ["3.2"]),
        ("见本预案第三章第（二）节、4.2.1条", ["第三章第（二）节", "4.2.1条"]),
        ("详见附件4，见附表1、见表2", ["附件4", "附表1", "表2"]),
        ("按照第二十条、第二十一条执行", ["第二十条", "第二十一条"]),
        ("水位达到3.5米，按1.5小时、按0.5公里要求", []),
        ("附件4：应急物资一览表", []),
        ("原《某县旧预案》同时废止", []),
        ("依据《中华人民共和国防洪法》第十二条", ["《中华人民共和国防洪法》第十二条"]),
        (
            "执行《某县防汛应急预案》（以下简称《防汛预案》）4.2.1",
            ["《某县防汛应急预案》（以下简称《防汛预案》）4.2.1"],
        ),
        ("填写《接警记录表》", []),
        ("具体要求见五（三）", ["五（三）"]),
        ("保证水位按照3.5‰、按1.5～2倍控制", []),
        ("依据GB/T 29639-2020、AQ/T9007—2019编制", ["GB/T 29639-2020", "AQ/T9007—2019"]),
        ("按《某办法》附件2、本省导则附件3填写，见附件4", ["《某办法》", "附件4"]),
    ],
)
def test_what_is_a_mention(text: str, found: list[str]) -> None:
    assert [one.words for one in mentions([a_clause("c", text)])] == found


def test_what_stands_alone_belongs_where_the_one_before_does() -> None:
    first, second = mentions([a_clause("c", "按照第五部分第（六）节、第（七）节执行")])
    assert [path_of(one.number) for one in (first, second)] == [
        (("部分", "5"), ("节", "6")),
        (("部分", "5"), ("节", "7")),
    ]
    assert second.shown_number == second.words == "第（七）节"


def test_cells_of_a_table_are_read_too_and_rewritten_in_place() -> None:
    rows = (("事项", "做法"), ("转移", "按照3.2执行，名单见附件4"))
    table = Table(rows=tuple(tuple(Cell(content=(words,)) for words in row) for row in rows))
    clause = a_clause("t", "", kind=ClauseKind.TABLE, table=table)
    assert [(one.words, one.cell) for one in mentions([clause])] == [("3.2", (1, 1)), ("附件4", (1, 1))]


def test_a_number_that_opens_a_line_within_a_clause_is_one_of_the_text() -> None:
    clauses = (heading("a", "4.1", "接报", 2), a_clause("b", "说明。\n4.1.2 接到报告后核实。", level=3))
    assert Numbering(clauses).clauses_at("4.1.2") == ("b",)
    assert Numbering(clauses).is_own_manner("9.9")
    assert not Numbering(clauses).is_own_manner("第九条")


def test_contents_lists_refer_to_nothing() -> None:
    assert mentions([a_clause("c", "见附件4", kind=ClauseKind.FRONT)]) == ()


@pytest.mark.parametrize(
    ("clauses", "number", "there"),
    [
        ((heading("a", "第三章", "甲", 1), heading("b", "第二节", "乙", 2)), "第三章第二节", ("b",)),
        ((heading("a", "三、", "甲", 1), heading("b", "（二）", "乙", 2)), "第三部分第（二）节", ("b",)),
        ((heading("a", "附件 四", "甲", 1),), "附件4", ("a",)),
        ((heading("a", "３．２", "甲", 2),), "3.2条", ("a",)),
        ((heading("a", "3.2", "甲", 2), heading("b", "3.2", "乙", 2)), "3.2", ("a", "b")),
        ((heading("a", "3.20", "甲", 2),), "3.2", ()),
    ],
)
def test_which_clause_a_number_stands_for(clauses: tuple[Clause, ...], number: str, there: tuple[str, ...]) -> None:
    assert Numbering(clauses).clauses_at(number) == there


def test_renumbering_keeps_the_meaning_and_tells_the_new_number(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某预案", plan_text("3.1", "3.2"))
        assert told(references(work, plan)) == [("3.2", Outcome.FOUND, "s-乙", "3.2")]
        moved = (*plan_text("3.1", "3.3")[:2], heading("new", "3.2", "新", 2), *plan_text("3.1", "3.3")[2:])
        revised(work, plan, moved)
        assert told(references(work, plan)) == [("3.2", Outcome.RENUMBERED, "s-乙", "3.3")]
        assert findings(work, plan) == ()
        (edit,) = rewritten(work, plan, moved)
        assert edit.text == "转移按照3.3执行。"
        revised(work, plan, tuple(edit if clause.id == edit.id else clause for clause in moved))
        assert told(references(work, plan)) == [("3.3", Outcome.FOUND, "s-乙", "3.3")]
        assert told(references(work, plan, "1")) == [("3.2", Outcome.FOUND, "s-乙", "3.2")]


def test_a_renumbered_reference_in_a_cell_is_rewritten_there(store: Store, everybody: Actor) -> None:
    rows = (Cell(content=("转移",)), Cell(content=("按照3.2执行",)))
    cites = a_clause("t", "", kind=ClauseKind.TABLE, level=3, table=Table(rows=(rows,)))
    with store.work(everybody) as work:
        plan = kept(work, "某预案", (*plan_text("3.1", "3.2", citing="略。"), cites))
        (edit,) = rewritten(work, plan, (*plan_text("3.1", "3.4", citing="略。"), cites))
    assert edit.table
    assert [cell.text for cell in edit.table.rows[0]] == ["转移", "按照3.4执行"]


def test_other_words_of_the_clause_may_change_without_the_reference(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某预案", plan_text("3.1", "3.2"))
        revised(work, plan, plan_text("3.2", "3.3", citing="群众转移一律按照3.2执行。"))
        assert told(references(work, plan)) == [("3.2", Outcome.RENUMBERED, "s-乙", "3.3")]


def test_a_deleted_clause_is_a_finding_in_every_plan_that_cites_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        cited = kept(work, "某县防汛应急预案", plan_text("3.1", "3.2"))
        words = "执行《某县防汛应急预案》3.2的规定。"
        citing = [kept(work, f"某镇{n}预案", (a_clause("c", words),)) for n in range(3)]
        assert [len(findings(work, plan)) for plan in citing] == [0, 0, 0]
        assert [(one.plan, one.words) for one in cited_by(work, cited)] == [
            (plan, "《某县防汛应急预案》3.2") for plan in citing
        ]
        revised(work, cited, (*plan_text("3.1", "3.4", citing="略。"), heading("new", "3.2", "新", 2)))
        assert [len(findings(work, plan)) for plan in citing] == [0, 0, 0]
        assert {one.number for plan in citing for one in references(work, plan)} == {"3.4"}
        revised(work, cited, plan_text("3.1", citing="略。"))
        assert [[one.outcome for one in findings(work, plan)] for plan in citing] == [[Outcome.GONE]] * 3
        revised(work, citing[0], (a_clause("c", "执行《某县防汛应急预案》3.1的规定。"),))
        assert [len(findings(work, plan)) for plan in citing] == [0, 1, 1]


def test_an_abolished_plan_is_a_finding(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        cited = kept(work, "某县防汛应急预案", plan_text("3.1"))
        citing = kept(work, "某镇预案", (a_clause("c", "与《某县防汛应急预案》衔接。"),))
        paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头.pdf", data=b"%PDF")
        version = plans.version_of(work, cited).id
        move(work, version, Move.REGISTER, reason="补录", attachments=[paper], document_number="某政发〔2026〕1号")
        assert findings(work, citing) == ()
        today = local_day(work.now)
        decision = Attachment(kind=PaperKind.ABOLITION_DECISION, name="决定.pdf", data=b"%PDF", dated_on=today)
        number = "某政发〔2026〕2号"
        move(work, version, Move.ABOLISH, reason="不再需要", attachments=[decision], document_number=number)
        assert [one.outcome for one in findings(work, citing)] == [Outcome.ABOLISHED]


def test_laws(store: Store, everybody: Actor) -> None:
    words = "依据《中华人民共和国防洪法》《煤矿安全监察条例》《某省防汛办法》制定。"
    with store.work(everybody) as work:
        plan = kept(work, "某预案", (a_clause("c", words),))
        found = references(work, plan)
    assert [one.outcome for one in found] == [Outcome.FOUND, Outcome.ABOLISHED, Outcome.UNKNOWN]
    assert found[1].law
    assert found[1].law.now == "煤矿安全生产条例"
    assert {one.mention.kind for one in found} == {MentionKind.LAW}


@pytest.mark.parametrize(
    ("words", "outcome", "now"),
    [
        ("依据《安全生产法》（2021年修正）编制。", Outcome.FOUND, ""),
        ("依据《安全生产法》（2014年修正）编制。", Outcome.ABOLISHED, "《中华人民共和国安全生产法》（2021年修正）"),
        ("依据《国家防汛抗旱应急预案》编制。", Outcome.FOUND, ""),
        ("依据《国家森林火灾应急预案》编制。", Outcome.ABOLISHED, "《国家森林草原火灾应急预案》（国办函〔2020〕99号）"),
        ("依据GB/T 29639-2020编制。", Outcome.FOUND, ""),
        ("依据AQ/T 9002-2006编制。", Outcome.ABOLISHED, "GB/T 29639-2020"),
        ("依据GB 50016-2014编制。", Outcome.UNKNOWN, ""),
    ],
)
def test_editions_national_plans_and_standards_have_their_state(words: str, outcome: Outcome, now: str) -> None:
    (one,) = references_alone([a_clause("c", words)])
    assert (one.outcome, one.law.now_cited if one.law else "") == (outcome, now)


def test_every_law_of_the_pack_has_its_source_and_mark() -> None:
    items = [item for kind in ("law", "replaced", "standard") for item in pack("linkage", "laws")[kind]]
    assert len(items) > 30
    for item in items:
        assert item["source"]
        assert Mark(item["mark"]) in (Mark.READ, Mark.TO_BE_CONFIRMED)


def test_what_cannot_be_told_is_said(store: Store, everybody: Actor) -> None:
    two = (heading("a", "3.2", "甲", 2), heading("b", "3.2", "乙", 2))
    with store.work(everybody) as work:
        plan = kept(work, "某预案", (*two, a_clause("c", "见3.2，见9.9，按照《没有的预案》执行。", level=3)))
        found = references(work, plan)
    assert [one.outcome for one in found] == [Outcome.AMBIGUOUS, Outcome.UNRESOLVED, Outcome.UNRESOLVED]
    assert found[0].candidates == ("3.2", "3.2")


def test_short_names_and_the_nearest_of_several(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = {name: a_body(work, name, area).id for name, area in (("东", "/1/e/"), ("西", "/1/w/"))}
        text = plan_text("3.1")
        near, _far = (kept(work, "防汛应急预案", text, organisation=bodies[name]) for name in ("东", "西"))
        words = "依据《防汛应急预案》（以下简称《总案》）。执行《总案》3.1。"
        citing = kept(work, "镇预案", (a_clause("c", words),), organisation=bodies["东"])
        assert {one.plan for one in references(work, citing)} == {near}


def test_a_hidden_plan_is_like_one_that_is_not_there(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = [a_body(work, name, "/1/", OrganisationKind.DEPARTMENT).id for name in ("甲局", "乙局")]
        hidden = kept(work, "甲局预案", plan_text("3.1"), organisation=bodies[0])
        citing = kept(work, "乙局预案", (a_clause("c", "按照《甲局预案》3.1执行。"),), organisation=bodies[1])
    outsider = person("o", Role.PLAN_AUTHOR, organisation=bodies[1])
    with store.reading(outsider) as work:
        (one,) = references(work, citing)
    assert (one.outcome, one.plan, one.plan_title) == (Outcome.UNRESOLVED, "", "")
    with store.reading(everybody) as work:
        assert references(work, citing)[0].plan == hidden


def test_a_draft_is_read_like_a_version(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "某预案", plan_text("3.1", "3.2"))
        draft = drafts.open_draft(work, plan)
        assert rewritten(work, plan, [entry.clause for entry in draft.clauses]) == ()
