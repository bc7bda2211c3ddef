"""Limits and levels beside those of the plan above: one notion, and the same answer in health, ledger and linkage."""

import pytest

from plans_repo import ledger, plans
from plans_repo.against_upper import Stated, is_same_event, later_levels, longer_limits, stated
from plans_repo.checks.checking import check
from plans_repo.health.defect import DefectKind
from plans_repo.health.examination import health
from plans_repo.ledger import Disagreement
from plans_repo.linkage.comparison import Misfit, compare
from plans_repo.plans import PlanKind, RelationKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from sim.procedure import Hazard
from tests.plans_repo.builders import a_clause

CITY, COUNTY = "云陵市防汛应急预案", "清川县防汛应急预案"


def said(title: str, *texts: str) -> Stated:
    return stated(title, Hazard.FLOOD, [a_clause(f"{title}{at}", text) for at, text in enumerate(texts)])


def longer(own: str, upper: str) -> list[tuple[float, float]]:
    return [(one.mine.minutes, one.other.minutes) for one in longer_limits(said(COUNTY, own), said(CITY, upper))]


@pytest.mark.parametrize(
    ("own", "upper"),
    [
        ("县应急局接报后2小时内向市应急局报告。", "各县（区）政府接报后1小时内向市应急局报告。"),
        ("县应急局接报后2小时内向云陵市应急管理局报告。", "县级应急管理部门接报后1小时内向市应急局报告。"),
        ("乡镇在发现险情后45分钟内报告县防办。", "乡镇在发现险情后30分钟内报告县防汛抗旱指挥部办公室。"),
        (
            "核实后，在发现险情后45分钟内报告县防办。",
            "巡查人员发现险情立即向乡镇责任人报告；乡镇在发现险情后30分钟内报告县防办。",
        ),
        ("县政府接报后2小时内书面报告市政府、市应急局。", "县政府接报后1小时内书面报告市政府。"),
        ("接报后2小时内向市应急局报告。", "各县接报后1小时内向市应急局报告。"),  # who reports is not said
    ],
)
def test_a_longer_limit_for_the_same_act_is_found(own: str, upper: str) -> None:
    (found,) = longer(own, upper)
    assert found[0] > found[1]


@pytest.mark.parametrize(
    ("own", "upper"),
    [
        ("县应急局接报后40分钟内向市应急局报告。", "各县接报后1小时内向市应急局报告。"),  # stricter
        ("乡镇接报后2小时内向县应急局报告。", "各县接报后1小时内向市应急局报告。"),  # another receiver of the same name
        (
            "乡镇政府接报后2小时内报告县防办。",
            "县有关部门接报后30分钟内报告县防办。",
        ),  # who reports is of another level
        ("事发单位接报后1小时内向县应急局报告。", "乡镇接报后30分钟内向县应急局报告。"),
        ("县应急局事发后2小时内向市应急局报告。", "县应急局接报后1小时内向市应急局报告。"),  # another start
        ("县应急局接报后2小时内书面报告市应急局。", "县应急局接报后30分钟内电话报告市应急局。"),  # other means
        ("县应急局接报后2小时内向市应急局报告。", "发生较大以上事故的，县应急局接报后1小时内向市应急局报告。"),  # case
        ("县应急局接报后2小时内向市应急局续报。", "县应急局接报后1小时内向市应急局报告。"),  # no first report
        ("县水利局接到命令后2小时内通知乡镇政府。", "县气象局接到命令后1小时内通知乡镇政府。"),  # another body acts
        ("险情解除后2小时内，县应急局向市应急局报告。", "险情解除后1小时内，县应急局向市应急局报告。"),
    ],
)
def test_what_is_not_the_same_act_is_not_compared(own: str, upper: str) -> None:
    assert longer(own, upper) == []


def test_a_limit_the_upper_plan_gives_twice_is_measured_by_the_longer() -> None:
    upper = said(CITY, "县防办接报后30分钟内报告市防办。", "县防办接报后1小时内报告市防办。")
    assert longer_limits(said(COUNTY, "县防办接报后1小时内报告市防办。"), upper) == ()
    assert len(longer_limits(said(COUNTY, "县防办接报后2小时内报告市防办。"), upper)) == 1


@pytest.mark.parametrize(
    ("own", "other", "same"),
    [
        ("清川县防汛应急预案", "云陵市防汛抗旱应急预案", True),
        ("清川县城区内涝应急预案", "云陵市防汛应急预案", True),
        ("清川县抗旱应急预案", "云陵市防汛应急预案", False),
        ("清川县城区内涝应急预案", "清川县山洪灾害防御应急预案", False),
        ("清川县防汛应急预案", "清川县突发事件总体应急预案", False),
    ],
)
def test_levels_are_compared_between_plans_for_the_same_event(own: str, other: str, same: bool) -> None:
    mine = said(own, "死亡5人以上的，启动Ⅲ级响应。")
    theirs = Stated(title=other, hazard="", levels=said(other, "死亡3人以上的，启动Ⅲ级响应。").levels)
    assert is_same_event(mine, theirs) is same
    assert [(one.mine.low, one.other.low) for one in later_levels(mine, theirs)] == ([(5, 3)] if same else [])


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


OWN = (
    "县应急局接报后2小时内向市应急局报告。", "乡镇在发现险情后45分钟内报告县防办。",
    "事发单位接报后1小时内向县应急局报告。", "县防办接报后20分钟内电话报告市防办。",
    "死亡5人以上的，启动Ⅲ级响应。", "死亡10人以上的，启动Ⅱ级响应。",
)  # fmt: skip
UPPER = (
    "各县（区）政府接报后1小时内向市应急局报告。", "乡镇在发现险情后30分钟内报告县防办。",
    "乡镇接报后30分钟内向县应急局报告。", "县防办接报后30分钟内电话报告市防办。",
    "死亡3人以上的，启动Ⅲ级响应。", "死亡10人以上的，启动Ⅱ级响应。",
)  # fmt: skip


def kept(work: Work, title: str, texts: tuple[str, ...]) -> str:
    made = plans.create_plan(work, title, kind=PlanKind.SPECIAL, hazard=Hazard.FLOOD).id
    clauses = [a_clause(f"{title}{at}", text) for at, text in enumerate(texts)]
    plans.make_version(work, made, clauses, reason="首次编制", trigger=Trigger.FIRST)
    return made


@pytest.mark.parametrize("relation", [RelationKind.UPPER, RelationKind.SPECIAL_OF])
def test_health_ledger_checks_and_linkage_agree(store: Store, everybody: Actor, relation: RelationKind) -> None:
    with store.work(everybody) as work:
        own, upper = kept(work, COUNTY, OWN), kept(work, CITY, UPPER)
        plans.relate(work, own, upper, relation)
        wanted = {f"{COUNTY}0", f"{COUNTY}1"}
        told = ledger.contradictions(work, own)
        assert {one.here.clause for one in told if one.kind is Disagreement.LIMIT_LONGER} == wanted
        assert {(one.here.words, one.there.words) for one in told} == {
            ("2小时", "1小时"),
            ("45分钟", "30分钟"),
            ("死亡5人以上的", "死亡3人以上的"),
        }
        report = health(work, own)
        complained = sorted(one.clause for one in report.of_kind(DefectKind.CONTRADICTION))
        assert complained == [*sorted(wanted), f"{COUNTY}4"]
        assert not report.of_kind(DefectKind.LIMITS)  # told once, with both places
        beside = compare(work, own)
        assert {row.mine.clause for row in beside.limits} == wanted
        assert {row.misfit for row in beside.limits} == {Misfit.LONGER_THAN_UPPER}
        assert [kind for row in beside.levels for kind, _levels in row.misfits] == [Misfit.ABOVE_UPPER]
        (levels,) = (one for one in check(work, own).results if one.id == "A13")
        assert "高于上位预案" in levels.found
        above = compare(work, upper)
        assert {(row.other.clause, row.misfit) for row in above.limits} == {
            (clause, Misfit.SHORTER_THAN_LOWER) for clause in wanted
        }
        assert {one.there.clause for one in ledger.contradictions(work, upper)} >= wanted
        assert not health(work, upper).of_kind(DefectKind.CONTRADICTION)
