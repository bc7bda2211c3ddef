"""From a text to a procedure: the right promise, minutes, start and clause, or none; the text's own levels."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from plans_repo.packs.reading import template
from plans_repo.proposals import Proposal, propose, spreads_of
from plans_repo.text.citation import citations
from plans_repo.text.recognition import hazard_of, levels, time_limits
from sim.figure import Mark
from sim.procedure import Hazard, Level, TargetKind
from tests.plans_repo.gold_promises import DEMO, MISSED, ORDERS, STRANGE
from tests.plans_repo.text.builders import reading_of

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {name: ROOT / "ui" / "demo" / "plans" / f"{name}.md" for name in DEMO} | {
    name: Path(__file__).parent / "strange_plans" / f"{name}.txt" for name in STRANGE
}
LEAST_RECALL = 0.95


def proposed(text: str, name: str = "plan.txt") -> tuple[Proposal, dict[str, str]]:
    """What is proposed for a text, and how its clauses are cited."""
    reading = reading_of(text, name)
    kind = Hazard(hazard_of(reading.title, reading.clauses).value)
    found = propose(kind, reading.clauses, levels(reading.clauses), time_limits(reading.clauses), title=reading.title)
    return found, citations(reading.clauses) | {"": ""}


@cache
def read(name: str) -> tuple[Proposal, dict[str, str]]:
    return proposed(SOURCES[name].read_text("utf-8"), SOURCES[name].name)


def rows(table: str) -> list[str]:
    return [line for line in table.strip().split("\n") if line]


def bound(name: str) -> list[str]:
    found, cited = read(name)
    return [
        f"{target.id} | {target.limit_min:.6g} | {target.starts} | {cited[target.clause]}"
        for target in found.procedure.targets
        if target.clause
    ]


# ---- Promises --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEMO)
def test_a_demo_plan_is_bound_as_a_reader_binds_it(name: str) -> None:
    assert bound(name) == rows(DEMO[name])


@pytest.mark.parametrize("name", STRANGE)
def test_a_strangers_plan_is_bound_as_a_reader_binds_it(name: str) -> None:
    assert bound(name) == rows(STRANGE[name])


def test_nearly_every_promise_of_a_strange_plan_is_found() -> None:
    found = sum(len(rows(table)) for table in STRANGE.values())
    assert found / (found + len(MISSED)) >= LEAST_RECALL


@pytest.mark.parametrize("name", [*DEMO, *STRANGE])
def test_what_the_text_promises_says_so_and_awaits_the_author(name: str) -> None:
    targets = read(name)[0].procedure.targets
    assert all(target.proposed for target in targets)
    assert all((target.mark is Mark.PLAN) and target.source for target in targets if target.clause)
    assert all(target.clause or target.kind is not TargetKind.LIMIT for target in targets)


@pytest.mark.parametrize("name", [*DEMO, *STRANGE])
def test_one_limit_is_one_promise_of_the_template(name: str) -> None:
    own = [
        (t.source, t.limit_min, t.clause, t.id.partition(".")[0]) for t in read(name)[0].procedure.targets if t.clause
    ]
    by_limit = {(source, minutes, clause, name) for source, minutes, clause, name in own}
    assert len(by_limit) == len({row[3] for row in own})


FLOOD = "临江县防汛应急预案\n\n一、总则\n\n（一）适用范围\n\n适用于临江县防汛。\n\n二、处置\n\n（一）措施\n\n{}\n"


def limits_of(sentence: str) -> dict[str, tuple[float, str]]:
    found, _ = proposed(FLOOD.format(sentence))
    return {t.id: (t.limit_min, t.starts) for t in found.procedure.targets if t.clause}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("启动响应后，成员单位负责人工作时间30分钟内、其他时间60分钟内到岗。", {"F4-limit": (60.0, "F2")}),
        ("县人民政府接报后30分钟内电话、2小时内书面向市人民政府报告。", {"F11-limit": (30.0, "alarm")}),
        ("老弱病残人员在洪水到达前5小时转移。", {"F7-vulnerable": (300.0, "alarm")}),
        ("堤防专家接到险情报告后半小时内到达现场。", {"F8-expert": (30.0, "F5")}),
    ],
)
def test_of_several_cases_the_one_that_always_holds_is_promised(
    sentence: str, expected: dict[str, tuple[float, str]]
) -> None:
    assert limits_of(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "县防办应在30分钟内向市人民政府提出增援请求。",
        "转移指令下达后60分钟内，车辆到达指定集结点。",
        "演练结束后60分钟内，专家组点评。",
        "决定作出后10分钟内将转移指令下达到乡镇。",
        "接到预警后2小时内补足物资。",
    ],
)
def test_a_limit_on_something_else_is_left_unbound(sentence: str) -> None:
    found, _ = proposed(FLOOD.format(sentence))
    assert [target.id for target in found.procedure.targets if target.clause] == []
    assert len(found.unbound) == 1


def test_two_lengths_for_one_promise_leave_it_to_the_author() -> None:
    sentence = "预警发布后30分钟内，完成各村叫应。\n\n（二）要求\n\n预警发布后50分钟内，完成各村叫应。"
    assert limits_of(sentence) == {}


def test_a_limit_far_from_the_usual_needs_strong_words() -> None:
    assert limits_of("达到启动条件后48小时内批准启动。") == {}


def test_a_text_without_limits_keeps_what_the_template_recommends() -> None:
    found, _ = proposed(FLOOD.format("做好防汛工作。"))
    assert [target.id for target in found.procedure.targets] == [
        target.id for target in template("river").procedure.targets
    ]


# ---- Spreads ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "spreads"),
    [
        ("黑石县煤矿生产安全事故应急预案", ("gas_explosion", "water_inrush")),
        ("黑石县煤矿透水事故应急预案", ("water_inrush",)),
    ],
)
def test_a_mine_plan_answers_what_its_title_names_or_all(title: str, spreads: tuple[str, ...]) -> None:
    assert spreads_of(Hazard.MINE, title, ()) == spreads


def test_a_promise_of_one_spreads_chapter_is_not_taken_for_the_others() -> None:
    found, cited = read("shiling-coal-mine")
    clauses = {target.id: cited[target.clause] for target in found.procedure.targets if target.clause}
    assert all("（七）" in clause for name, clause in clauses.items() if name.startswith("W"))
    assert "G12-limit.water_inrush" not in clauses


# ---- Orders ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ORDERS)
def test_every_task_is_bound_to_the_clause_that_orders_it(name: str) -> None:
    found, cited = read(name)
    gold = {
        task: clause for line in rows(ORDERS[name]) for clause, tasks in [line.split(": ")] for task in tasks.split()
    }
    assert {task.id: cited[task.clause] for task in found.procedure.tasks if task.clause} == gold


# ---- Levels ----------------------------------------------------------------------------------------------------------

ROMAN = ("Ⅳ级", "Ⅲ级", "Ⅱ级", "Ⅰ级")


def levels_of(name: str) -> list[Level]:
    return sorted(read(name)[0].procedure.levels, key=lambda level: level.rank)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("qingchuan-flood", ROMAN),
        ("shiling-coal-mine", ROMAN),
        ("shiling-forest-fire", ROMAN),
        ("qingchuan-building-fire", ("一级火警", "二级火警", "三级火警", "四级火警", "五级火警")),
    ],
)
def test_the_levels_of_the_text_replace_those_of_the_template(name: str, labels: tuple[str, ...]) -> None:
    found = levels_of(name)
    assert tuple(level.label for level in found) == labels
    assert [level.rank for level in found] == list(range(1, len(labels) + 1))
    assert all(level.clause and level.conditions for level in found)


@pytest.mark.parametrize(
    "name", ["qingchuan-flood", "shiling-coal-mine", "shiling-forest-fire", "qingchuan-building-fire"]
)
def test_a_graver_level_asks_for_more(name: str) -> None:
    lowest: dict[str, list[float]] = {}
    for level in levels_of(name):
        for measure in {each.measure for each in level.conditions if each.at_least is not None}:
            bounds = [
                each.at_least for each in level.conditions if each.measure == measure and each.at_least is not None
            ]
            lowest.setdefault(measure, []).append(min(bounds))
    assert lowest
    assert all(values == sorted(set(values)) for values in lowest.values())


@pytest.mark.parametrize(
    ("name", "measures", "label"),
    [
        ("qingchuan-flood", {"stage_above_warning_m": 1.7, "water_level_m": 34.7}, "Ⅱ级"),
        ("qingchuan-flood", {"water_level_m": 33.2}, "Ⅳ级"),
        ("qingchuan-flood", {"evacuated": 2500.0}, "Ⅱ级"),
        ("qingchuan-building-fire", {"people_trapped": 0.0}, "一级火警"),
        ("qingchuan-building-fire", {"people_trapped": 12.0}, "四级火警"),
        ("qingchuan-building-fire", {"people_trapped": 40.0}, "五级火警"),
        ("shiling-coal-mine", {"dead_or_missing": 4.0}, "Ⅲ级"),
        ("shiling-coal-mine", {"dead_or_missing": 0.0, "trapped": 9.0}, "Ⅱ级"),
        ("shiling-coal-mine", {"dead_or_missing": 12.0}, "Ⅰ级"),
        ("shiling-forest-fire", {"burnt_ha": 60.0}, "Ⅲ级"),
        ("shiling-forest-fire", {"burnt_ha": 2.0, "open_flame_hours": 13.0}, "Ⅱ级"),
    ],
)
def test_an_event_starts_the_level_the_text_sets(name: str, measures: dict[str, float], label: str) -> None:
    level = read(name)[0].procedure.level_for(measures)
    assert level is not None
    assert level.label == label
