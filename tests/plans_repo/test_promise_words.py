"""What a clause promises is told in its own words; where the run differs from them in kind or number, it is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from plans_repo.promise_words import own_words, short_pools
from plans_repo.supplies import PoolCount
from plans_repo.text.clause import Clause, ClauseKind
from sim.procedure import Pool, PoolKind, Target

FIRST = "第一到场力量自接到出动指令起5分钟内到达辖区边沿；距离远的，由乡镇专职消防队先到。"
BUSES = "2.县交通运输局自转移指令下达起2小时内集结客车60辆以上，县公安局负责引导。"
REPORTS = "3.一般险情、灾情在接报后2小时内；较大以上或者敏感的，30分钟内电话报告、1小时内书面报告。"
BEFORE = "1.行动不便人员在预计受灾（洪水到达）前6小时完成转移；低洼地带全部涉险人员在预计受灾前2小时完成转移。"


def a_clause(text: str) -> Clause:
    return Clause(id="c", kind=ClauseKind.HEADING, text=text)


def a_target(minutes: float, source: str = "", **fields: str) -> Target:
    return Target(id="t", title="首车到场", task="arrive", limit_min=minutes, source=source, **fields)


@pytest.mark.parametrize(
    ("text", "minutes", "clock", "words"),
    [
        (FIRST, 5, "", "第一到场力量自接到出动指令起5分钟内到达辖区边沿"),
        (BUSES, 120, "", "县交通运输局自转移指令下达起2小时内集结客车60辆以上，县公安局负责引导"),
        (REPORTS, 30, "", "较大以上或者敏感的，30分钟内电话报告、1小时内书面报告"),
        (REPORTS, 120, "", "一般险情、灾情在接报后2小时内"),
        (BEFORE, 120, "water", "低洼地带全部涉险人员在预计受灾前2小时完成转移"),
        (FIRST, 7, "", ""),
    ],
)
def test_a_promise_is_quoted_from_the_part_that_holds_its_limit(
    text: str, minutes: float, clock: str, words: str
) -> None:
    fields = {"clock": clock, "kind": "margin"} if clock else {}
    assert own_words(a_target(minutes, text, **fields), a_clause(text)).words == words


def test_without_its_clause_nothing_is_quoted() -> None:
    assert own_words(a_target(5, FIRST), None).words == ""


@pytest.mark.parametrize(
    ("text", "minutes", "moment", "differs"),
    [
        ("自达到启动条件起30分钟内完成会商。", 30, "接到预报、险情报告（情景零时）", True),
        ("乡镇在发现险情后30分钟内报告县防办。", 30, "上堤巡查（首轮）", True),
        ("县防办在接报后30分钟内报告。", 30, "接到预报、险情报告（情景零时）", False),
        ("自预警发布起30分钟内完成叫应。", 30, "会商研判、预警发布", False),
        ("接到被困求助后60分钟内到达被困地点。", 60, "被困求助", False),
        ("启动响应通知发出后，60分钟内到岗。", 60, "启动响应", False),
        ("指挥长30分钟内下达转移指令。", 30, "会商研判、预警发布", False),
    ],
)
def test_a_start_of_another_kind_is_seen(text: str, minutes: float, moment: str, differs: bool) -> None:
    assert own_words(a_target(minutes, text), a_clause(text)).differs_from(moment) is differs


def a_count(name: str, title: str, units: int) -> PoolCount:
    kind = PoolKind.TEAM if name == "team" else PoolKind.VEHICLE
    pool = Pool(id=name, title=title, units=units, kind=kind)
    return PoolCount(pool=pool, units=units, is_counted=False)


@pytest.mark.parametrize(
    ("words", "pools", "told"),
    [
        (BUSES[2:], [a_count("bus", "转移客车", 40)], [(60.0, 40)]),
        (BUSES[2:], [a_count("bus", "转移客车", 60)], []),
        (BUSES[2:], [a_count("team", "转移客车", 40)], []),
        (BUSES[2:], [a_count("ambulance", "救护车", 4)], []),
        (BUSES[2:], [a_count("bus", "转移客车", 40), a_count("fire_engine", "旅游客车", 9)], []),
        ("各乡镇每村集结客车60辆以上。", [a_count("bus", "转移客车", 40)], []),
        ("2小时内集结到位。", [a_count("bus", "转移客车", 40)], []),
    ],
)
def test_fewer_units_than_promised_are_seen_only_where_number_unit_and_name_agree(
    words: str, pools: Sequence[PoolCount], told: list[tuple[float, int]]
) -> None:
    assert [(asked.low, count.units) for asked, count in short_pools(words, pools)] == told
