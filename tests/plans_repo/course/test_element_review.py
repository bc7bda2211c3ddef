"""The panel's answers to the tables of formal and element review, and what the rules make of them."""

import pytest

from plans_repo import plans
from plans_repo.checks.collection import collect
from plans_repo.checks.deciding import decide
from plans_repo.checks.result import Outcome
from plans_repo.course import element_review, votes
from plans_repo.course.element_review import answer_element, tables
from plans_repo.course.stages import Stage
from plans_repo.course.words import Judgement
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.plans import PlanKind
from plans_repo.store import events
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from sim.figure import Mark
from tests.plans_repo.conftest import person
from tests.plans_repo.course.walking import WRITER, a_review, begun, walk

TITLE = "某公司生产安全事故综合应急预案"


def reviewed(store: Store) -> tuple[str, str]:
    """An enterprise plan whose panel has met; its version and its panel."""
    version = begun(store, title=TITLE, kind=PlanKind.UNIT)
    walk(store, version, Stage.REVIEW)
    return version, a_review(store, version).id


def test_every_table_has_a_source_and_memory_says_so() -> None:
    found = {
        one.id: one for title in (TITLE, "火灾专项应急预案", "现场处置方案") for one in tables(PlanKind.UNIT, title)
    }
    assert set(found) == {"formal", "comprehensive", "special", "on_site", "annex"}
    assert all(one.source and one.elements for one in found.values())
    assert len(found["formal"].elements) == 6
    assert found["annex"].mark is Mark.TO_BE_CONFIRMED
    notes = {one.key: one.mark for one in found["on_site"].elements}
    assert (notes["on_site:notes"], notes["on_site:duties"]) == (Mark.TO_BE_CONFIRMED, Mark.READ)
    keys = [one.key for table in found.values() for one in table.elements]
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
    assert [one["judgement"] for one in told if one["item"] == "comprehensive:risk"] == ["fails", "conforms"]


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
            found = decide(collect(work, plans.list_plans(work)[0].id, plan.id))
        return {one.id: one.outcome for one in found}

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
