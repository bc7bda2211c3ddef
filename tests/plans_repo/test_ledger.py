"""The ledger of a stored plan: what became of its figures, and where related plans say something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans_repo import ledger, plans
from plans_repo.ledger import Disagreement
from plans_repo.plans import Plan, PlanKind, RelationKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, Work
from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from tests.plans_repo.builders import a_clause
from tests.plans_repo.conftest import BOTH, person

AUTHOR = person("author", Role.PLAN_AUTHOR)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def a_plan(work: Work, title: str, *texts: str) -> Plan:
    plan = plans.create_plan(work, title, kind=PlanKind.SPECIAL)
    clauses = [
        a_clause(f"{title}{at}", text, kind=ClauseKind.HEADING, number=f"{at}", number_raw=f"{at}", title=f"第{at}节")
        for at, text in enumerate(texts, start=1)
    ]
    plans.make_version(work, plan.id, clauses, reason="编制", trigger=Trigger.FIRST)
    return plan


def told(change: ledger.QuantityChange) -> str:
    was, now = (side.quotation if side else "—" for side in (change.before, change.after))
    return f"{change.present.kind.value} {change.present.about} {was} → {now}"


def test_figures_that_changed_are_told_and_those_said_in_other_digits_are_not(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan = a_plan(
            work, "甲", "接报后30分钟内到场。储备冲锋舟12艘。", "启动Ⅲ级响应，电话0999-1234567。", "保留30分钟内报告。"
        )
        old = plans.text_of(work, plan.id)
        new = [
            replace(old[0], text="接报后15分钟内到场。储备冲锋舟12艘、橡皮艇3艘。"),
            replace(old[1], text="启动Ⅱ级响应，电话０９９９－１２３４５６７。"),
            old[2],
        ]
        plans.make_version(work, plan.id, new, reason="修订", trigger=Trigger.EDITING)
        found = ledger.ledger_changes(work, plan.id, "1", "2")
    assert [told(one) for one in found] == [
        "limit 到场 30分钟 → 15分钟",
        "vehicle 橡皮艇 — → 3艘",
        "grade 响应 Ⅲ级 → Ⅱ级",
    ]


def test_a_clause_that_came_or_went_brings_its_figures(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan = a_plan(work, "甲", "接报后30分钟内到场。", "储备编织袋2万条备用。")
        old = plans.text_of(work, plan.id)
        fresh = Clause(id="n", kind=ClauseKind.BODY, level=2, text="出动消防车5辆执行全新的任务。")
        plans.make_version(work, plan.id, [old[0], fresh], reason="修订", trigger=Trigger.EDITING)
        found = ledger.ledger_changes(work, plan.id, "1", "2")
    assert {told(one) for one in found} == {"vehicle 消防车 — → 5辆", "material 编织袋 2万条 → —"}


UPPER = (
    "各县（区）政府接报后1小时内向市应急局报告。",
    "市应急局值班电话：0990-1111111。市消防救援支队现有指战员300人。",
)


def disagreements(store: Store, kind: RelationKind, *lower: str) -> list[ledger.Contradiction]:
    with store.work(AUTHOR) as work:
        upper = a_plan(work, "云陵市总体应急预案", *UPPER)
        own = a_plan(work, "清川县防汛应急预案", *lower)
        plans.relate(work, own.id, upper.id, kind)
        found = ledger.contradictions(work, own.id)
        mirrored = ledger.contradictions(work, upper.id)
    assert [(one.kind, one.about) for one in found] == [(one.kind, one.about) for one in mirrored]
    assert all(one.here.title == "清川县防汛应急预案" for one in found)
    assert all(one.here.title == "云陵市总体应急预案" for one in mirrored)
    return list(found)


@BOTH
def test_a_report_limit_longer_than_the_upper_plans_is_listed_with_both_clauses(store: Store) -> None:
    (found,) = disagreements(store, RelationKind.UPPER, "县应急局接报后2小时内向市应急局报告。")
    assert found.kind is Disagreement.LIMIT_LONGER
    assert (found.here.words, found.there.words) == ("2小时", "1小时")
    assert (found.here.cited, found.there.cited) == ("1", "1")


@pytest.mark.parametrize("text", [
    "县应急局接报后40分钟内向市应急局报告。",
    "县应急局接报后2小时内向县政府报告。",
    "县应急局每2小时向市应急局续报。",
    "险情解除后2小时内，县应急局向市应急局报告全面情况。",
    "火灾扑灭后2小时内向市应急局报告。",
])  # fmt: skip
def test_a_stricter_limit_another_receiver_and_a_follow_up_are_no_contradiction(store: Store, text: str) -> None:
    assert disagreements(store, RelationKind.UPPER, text) == []


def test_plans_side_by_side_are_not_measured_by_their_limits(store: Store) -> None:
    assert disagreements(store, RelationKind.LINKED, "县应急局接报后2小时内向市应急局报告。") == []


def test_another_telephone_and_another_strength_are_listed(store: Store) -> None:
    found = disagreements(
        store, RelationKind.LINKED, "市应急局值班电话：0990-2222222。", "请求市消防救援支队现有指战员260人增援。"
    )
    assert {(one.kind, one.here.words, one.there.words) for one in found} == {
        (Disagreement.PHONE_DIFFERS, "0990-2222222", "0990-1111111"),
        (Disagreement.NUMBER_DIFFERS, "260人", "300人"),
    }


@pytest.mark.parametrize("text", [
    "市应急局传真：0990-2222222。",
    "市应急局联系电话：0990-2222222。",
])  # fmt: skip
def test_telephones_of_two_kinds_may_differ(store: Store, text: str) -> None:
    assert disagreements(store, RelationKind.LINKED, text) == []


def test_the_telephone_of_a_place_is_not_that_of_the_unit_that_keeps_it(store: Store) -> None:
    rows = (("场所", "管理单位", "值班电话"), ("市体育馆", "市应急局", "0990-2222222"))
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    with store.work(AUTHOR) as work:
        upper = a_plan(work, "云陵市总体应急预案", *UPPER)
        own = plans.create_plan(work, "清川县防汛应急预案", kind=PlanKind.SPECIAL)
        clause = Clause(id="t", kind=ClauseKind.TABLE, table=table)
        plans.make_version(work, own.id, [clause], reason="编制", trigger=Trigger.FIRST)
        plans.relate(work, own.id, upper.id, RelationKind.LINKED)
        assert ledger.contradictions(work, own.id) == ()


def test_the_same_telephone_is_no_contradiction(store: Store) -> None:
    assert disagreements(store, RelationKind.LINKED, "市应急局值班电话：0990-1111111、0990-3333333。") == []


def test_a_level_that_begins_later_than_the_upper_plans_is_listed(store: Store) -> None:
    with store.work(AUTHOR) as work:
        upper = a_plan(work, "云陵市防汛抗旱应急预案", "死亡3人以上的，启动Ⅲ级响应。")
        own = a_plan(work, "清川县防汛应急预案", "死亡5人以上的，启动Ⅲ级响应。")
        plans.relate(work, own.id, upper.id, RelationKind.UPPER)
        found = ledger.contradictions(work, own.id)
    assert [one.kind for one in found] == [Disagreement.THRESHOLD_HIGHER]
