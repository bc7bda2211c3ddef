"""Intervals of a plan's own text as rules of the programme."""

from collections.abc import Sequence

import pytest

from drills.plan_rules import PlanText, parts_in, rules_in
from drills.rules import Rule
from drills.store.tables import DrillRow
from plans_repo.plans import PlanKind
from plans_repo.text.clause import Clause, ClauseKind

YEARLY = "本预案每年至少组织一次演练。"
EXERCISE = "县级桌面推演每半年组织一次演练。"


def rules(*sentences: str, clause: str = "c") -> tuple[Rule, ...]:
    text = "".join(sentences)
    return rules_in(a_text([Clause(id=clause, kind=ClauseKind.BODY, number="8.2", text=text)], f"{clause} {text}"))[0]


def a_text(clauses: Sequence[Clause], root_hash: str) -> PlanText:
    return PlanText(
        plan="p", title="清川县防汛应急预案", kind=PlanKind.SPECIAL, maker="清川县人民政府", root_hash=root_hash,
        read=lambda: clauses,
    )  # fmt: skip


def test_the_name_of_an_interval_does_not_hang_on_its_place() -> None:
    (alone,) = rules(YEARLY)
    before, behind = rules(EXERCISE, YEARLY)
    assert behind.id == alone.id
    assert before.id != alone.id
    assert len({alone.id, rules("本预案每3年至少组织一次演练。")[0].id, rules(YEARLY, clause="d")[0].id}) == 3


def test_an_interval_said_twice_in_a_clause_is_one_rule() -> None:
    assert rules(YEARLY, YEARLY) == rules(YEARLY)


def test_a_name_fits_its_column() -> None:
    (rule,) = rules(YEARLY, clause="0" * 36)
    assert len(rule.id) <= DrillRow.__table__.c.rule.type.length  # type: ignore[attr-defined]


def test_a_text_is_read_once() -> None:
    clause = Clause(id="c", kind=ClauseKind.BODY, text=YEARLY)
    asked: list[str] = []

    def read() -> Sequence[Clause]:
        asked.append("read")
        return [clause]

    texts = [
        PlanText(plan="p", title="预案", kind=PlanKind.SPECIAL, maker="", root_hash="only here", read=read)
        for _each in range(2)
    ]
    assert rules_in(texts[0]) == rules_in(texts[1])
    assert asked == ["read"]


@pytest.mark.parametrize(
    ("title", "headings", "parts"),
    [
        ("某公司生产安全事故应急预案", ("第一部分 综合应急预案", "火灾事故专项应急预案", "配电室现场处置方案"), 3),
        ("某公司生产安全事故应急预案", ("1 总则", "3 应急响应", "附件5 现场处置方案一：配电室触电"), 2),
        ("某公司生产安全事故综合应急预案", ("1 总则", "5 应急预案体系", "8 现场处置"), 0),
        ("配电室触电事故现场处置方案", ("事故风险描述", "应急处置"), 0),
    ],
)
def test_the_kinds_of_enterprise_plan_bound_in_one_text_are_told_by_its_headings(
    title: str, headings: tuple[str, ...], parts: int
) -> None:
    clauses = tuple(Clause(id=f"c{at}", kind=ClauseKind.HEADING, title=words) for at, words in enumerate(headings))
    text = PlanText(
        plan="p", title=title, kind=PlanKind.UNIT, maker="某公司", root_hash=f"{title}{headings}", read=lambda: clauses
    )
    assert len(parts_in(text)) == parts
