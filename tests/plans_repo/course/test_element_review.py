"""The panel's answers to the tables of formal and element review, and what the rules make of them."""

from itertools import count

import pytest

from plans_repo import plans
from plans_repo.checks.collection import collect
from plans_repo.checks.deciding import decide
from plans_repo.checks.elements import element_forms
from plans_repo.checks.result import Outcome
from plans_repo.course import element_review, panels, votes
from plans_repo.course.conditions import unmet
from plans_repo.course.element_review import answer_element, forms_of, tables
from plans_repo.course.opening import found
from plans_repo.course.stages import Stage
from plans_repo.course.words import Judgement
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.plans import PlanKind
from plans_repo.store import events
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from plans_repo.text.clause import Clause
from plans_repo.text.finding.enterprise_parts import parts
from plans_repo.text.reading import read_plan
from sim.figure import Mark
from tests.plans_repo.checks.dossiers import unit_dossier
from tests.plans_repo.conftest import person
from tests.plans_repo.course.walking import WRITER, a_pool, a_review, begun, walk

TITLE = "某公司生产安全事故综合应急预案"


def reviewed(store: Store) -> tuple[str, str]:
    """An enterprise plan whose panel has met; its version and its panel."""
    version = begun(store, title=TITLE, kind=PlanKind.UNIT)
    walk(store, version, Stage.REVIEW)
    return version, a_review(store, version).id


def test_every_table_has_a_source_and_memory_says_so() -> None:
    every = {
        one.id: one for title in (TITLE, "火灾专项应急预案", "现场处置方案") for one in tables(PlanKind.UNIT, title)
    }
    assert set(every) == {"formal", "comprehensive", "special", "on_site", "annex"}
    assert all(one.source and one.elements for one in every.values())
    assert len(every["formal"].elements) == 6
    assert every["annex"].mark is Mark.TO_BE_CONFIRMED
    notes = {one.key: one.mark for one in every["on_site"].elements}
    assert (notes["on_site:notes"], notes["on_site:duties"]) == (Mark.TO_BE_CONFIRMED, Mark.READ)
    keys = [one.key for table in every.values() for one in table.elements]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 40
    assert pack("checks", "elements")["scale"]["mark"] == "to_be_confirmed"
    assert tables(PlanKind.SPECIAL, TITLE) == ()


def test_answers_stay_with_the_panel_and_the_newest_counts(store: Store) -> None:
    _version, panel = reviewed(store)
    with store.work(WRITER) as work:
        answer_element(work, panel, "comprehensive:risk", Judgement.FAILS, note="缺少粉尘爆炸")
        answer_element(work, panel, "comprehensive:risk", Judgement.CONFORMS)
        assert votes.review_form(work, panel)["comprehensive:risk"].judgement is Judgement.CONFORMS
        (plan,) = plans.list_plans(work)
        told = [
            one.payload for one in events.history(work, events.chain_of_plan(plan.id)) if one.kind == "item-answered"
        ]
    assert [one["judgement"] for one in told if one["item"] == "comprehensive:risk"] == [
        "conforms",
        "fails",
        "conforms",
    ]


def test_what_does_not_conform_or_apply_is_reasoned_and_key_elements_apply(store: Store) -> None:
    _version, panel = reviewed(store)
    for judgement in (Judgement.FAILS, Judgement.NOT_APPLICABLE):
        with pytest.raises(PlansRepoError, match="field-missing"), store.work(WRITER) as work:
            answer_element(work, panel, "comprehensive:purpose", judgement)
    with pytest.raises(PlansRepoError, match="key-element-applies"), store.work(WRITER) as work:
        answer_element(work, panel, "comprehensive:risk", Judgement.NOT_APPLICABLE, note="无")
    with pytest.raises(NotFound, match="element-unknown"), store.work(WRITER) as work:
        answer_element(work, panel, "special:risk", Judgement.CONFORMS)
    with pytest.raises((NotAllowed, NotFound)), store.work(person("filer", Role.FILING_OFFICER)) as work:
        answer_element(work, panel, "comprehensive:risk", Judgement.CONFORMS)
    with pytest.raises(NotFound, match="item-unknown"), store.work(WRITER) as work:
        votes.answer_item(work, panel, "lawful", Judgement.NOT_APPLICABLE)


def test_the_rules_answer_once_the_panel_has(store: Store) -> None:
    version, panel = reviewed(store)

    def outcomes() -> dict[str, Outcome]:
        with store.reading(WRITER) as work:
            plan = plans.version_of(work, plans.list_plans(work)[0].id, version)
            told = decide(collect(work, plans.list_plans(work)[0].id, plan.id))
        return {one.id: one.outcome for one in told}

    before = outcomes()
    assert before["A10"] is Outcome.FAIL  # no cover, no approval page in this short text
    with store.work(WRITER) as work:
        for table in tables(PlanKind.UNIT, TITLE):
            for one in table.elements:
                answer_element(work, panel, one.key, Judgement.CONFORMS, note="纸质件已核对")
    after = outcomes()
    assert (after["A10"], after["A11"]) == (Outcome.PASS, Outcome.PASS)
    with store.work(WRITER) as work:
        answer_element(work, panel, "comprehensive:report", Judgement.FAILS, note="没有上报时限")
        answer_element(work, panel, "formal:body", Judgement.FAILS, note="错别字")
    assert (outcomes()["A10"], outcomes()["A11"]) == (Outcome.FAIL, Outcome.FAIL)
    assert element_review.form_of(TITLE) == "comprehensive"


BOUND = """某公司生产安全事故应急预案

第一部分 综合应急预案
1 总则
1.1 适用范围
适用于本公司。
1.2 应急预案体系
1.2.1 专项应急预案
火灾事故专项应急预案。
1.3 响应分级
分为一级、二级。
2 应急组织机构及职责
总经理任总指挥。
第二部分 专项应急预案
1 适用范围
适用于仓库火灾。
2 处置措施
切断电源，使用消火栓扑救。
第三部分 现场处置方案
1 事故风险描述
锅炉超压可能爆炸。
2 应急处置
停炉，撤离。
"""


def bound() -> tuple[Clause, ...]:
    ids = count()
    return read_plan(BOUND.encode(), "plan.txt", new_id=lambda: f"c{next(ids)}").clauses


def test_plans_bound_together_are_reviewed_part_by_part() -> None:
    text, title = bound(), "某公司生产安全事故应急预案"
    assert [one.id for one in tables(PlanKind.UNIT, title, text)] == [
        "formal", "comprehensive", "special", "on_site", "annex",
    ]  # fmt: skip
    assert forms_of("某公司综合应急预案", text[:1]) == ("comprehensive",)
    held = parts(text)
    assert [one.plain_title for one in held["special"]] == ["专项应急预案", "适用范围", "处置措施"]
    forms = {one.id: one for one in element_forms(unit_dossier(clauses=text, title=title))}
    missing = {form: [row.id for row in one.rows if row.is_key and not row.clause] for form, one in forms.items()}
    assert missing["on_site"] == ["duties"]  # those of the comprehensive part are not its own
    assert "measures" not in missing["special"]
    assert "structure" not in missing["special"]  # a special plan may leave it to the comprehensive one
    assert "report" in missing["comprehensive"]


def test_an_enterprise_plan_passes_its_review_only_with_its_tables_answered(store: Store) -> None:
    version, panel = reviewed(store)
    with store.work(WRITER) as work:
        assert [one.code for one in unmet(work, *found(work, version)) if "element" in one.code] == []
        answer_element(work, panel, "comprehensive:report", Judgement.MOSTLY, note="上报时限不全")
        (failed,) = [one for one in unmet(work, *found(work, version)) if "element" in one.code]
    assert (failed.code, failed.fields["items"]) == ("elements-failed", ["信息报告与处置"])


def test_an_enterprise_plan_is_not_asked_the_six_items_but_its_tables(store: Store) -> None:
    version = begun(store, title=TITLE, kind=PlanKind.UNIT)
    walk(store, version, Stage.REVIEW)
    a_pool(store)
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=5)
        people = [seat.expert.id for seat in panel.seats]
        panels.convene(work, panel.id, present=people, head=people[0], place="二楼会议室")
        codes = {one.code: one.fields for one in unmet(work, *found(work, version))}
    assert "review-form-open" not in codes
    assert codes["elements-open"]["count"] == sum(len(one.elements) for one in tables(PlanKind.UNIT, TITLE))
