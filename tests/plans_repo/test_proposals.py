"""From a text to a procedure: the right promise, minutes, start and clause, or none; the text's own levels."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from plans_repo.packs.reading import template
from plans_repo.proposals import Proposal, cases_of, propose, spreads_of, unbound_limits
from plans_repo.text.citation import citations
from plans_repo.text.finding.limits import LimitKind
from plans_repo.text.recognition import hazard_of, levels, time_limits
from sim.circumstance import Circumstance
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
    worded: dict[tuple[str, float, str], set[str]] = {}
    for target in read(name)[0].procedure.targets:
        if target.clause:
            worded.setdefault((target.source, target.limit_min, target.clause), set()).add(target.id.partition(".")[0])
    several = [names for names in worded.values() if len(names) > 1]
    assert several == []


FLOOD = "临江县防汛应急预案\n\n一、总则\n\n（一）适用范围\n\n适用于临江县防汛。\n\n二、处置\n\n（一）措施\n\n{}\n"


def limits_of(sentence: str) -> dict[str, tuple[float, str]]:
    found, _ = proposed(FLOOD.format(sentence))
    return {t.id: (t.limit_min, t.starts) for t in found.procedure.targets if t.clause}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县人民政府接报后30分钟内电话、2小时内书面向市人民政府报告。", {"F11-limit": (30.0, "alarm")}),
        ("老弱病残人员在洪水到达前5小时转移。", {"F7-vulnerable": (300.0, "alarm")}),
        ("堤防专家接到险情报告后半小时内到达现场。", {"F8-expert": (30.0, "F5r")}),
        (
            "转移命令下达后，乡镇应在4小时内完成低洼村群众转移，县交通运输局应在45分钟内将首批车辆调集到集结点。",
            {"F7-order": (240.0, "F6"), "F7-buses": (45.0, "F6")},
        ),
        ("接到求救后，1小时内救出被困群众。", {"F9-limit": (60.0, "F9c")}),
        ("接到求救后，1小时内到达被困地点。", {"F9-arrive": (60.0, "F9c")}),
    ],
)
def test_a_sentence_is_the_promise_it_words(sentence: str, expected: dict[str, tuple[float, str]]) -> None:
    assert limits_of(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "县防办应在30分钟内向市人民政府提出增援请求。",
        "转移指令下达后60分钟内，救护车到达指定集结点。",
        "演练结束后60分钟内，专家组点评。",
        "决定作出后10分钟内将转移指令下达到乡镇。",
        "接到预警后2小时内补足物资。",
        "转移指令下达后30分钟内将指令通知全部群众。",
        "转移指令下达后1小时内完成群众集结登记。",
        "转移指令下达后2小时内完成群众安置。",
        "接到指令后15分钟内消防救援车辆到达现场。",
        "接到调令后2小时内运输车辆、物资调集到位。",
        "县防办发现险情后30分钟内向市防指报告。",
        "应急响应启动后10分钟内通报各成员单位到岗到位情况。",
    ],
)
def test_a_limit_on_something_else_is_left_unbound(sentence: str) -> None:
    found, _ = proposed(FLOOD.format(sentence))
    assert [target.id for target in found.procedure.targets if target.clause] == []
    assert len(found.unbound) == 1


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("气象、水利部门发现1小时降雨量达到50毫米的，应当在10分钟内通报县防指办公室，成员单位到岗。", []),
        ("启动响应后，成员单位应当在30分钟内到岗。", ["F4-limit"]),
    ],
)
def test_a_limit_for_a_notice_is_no_promise_to_come(sentence: str, bound: list[str]) -> None:
    assert list(limits_of(sentence)) == bound


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


LEVELLED = (
    "临河县防汛应急预案\n\n一、总则\n\n（一）适用范围\n\n适用于临河县防汛。\n\n二、应急响应\n\n（一）响应分级\n\n"
    "应急响应由低到高分为Ⅳ级、Ⅲ级、Ⅱ级、Ⅰ级。\n\n{}\n"
)
ALL_AT_POSTS = "响应启动后，成员单位负责人50分钟内到岗。"
ONE_AT_POSTS = "成员单位负责人在响应启动后40分钟内到岗。"


def promised(words: str) -> dict[str, tuple[float, str]]:
    """What a plan of four levels promises: minutes and levels of every bound target."""
    found, _ = proposed(LEVELLED.format(words))
    return {t.id: (t.limit_min, "".join(level[0] for level in t.levels)) for t in found.procedure.targets if t.clause}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"（二）Ⅰ级响应行动\n\n{ONE_AT_POSTS}", {"F4-limit.L4": (40.0, "Ⅰ")}),
        (f"（二）Ⅳ级响应行动\n\n{ONE_AT_POSTS}", {"F4-limit.L1": (40.0, "Ⅳ")}),
        (
            f"（二）响应行动\n\n1.Ⅰ级响应行动。由指挥长坐镇。{ONE_AT_POSTS}",
            {"F4-limit.L4": (40.0, "Ⅰ")},
        ),
        (f"（二）响应行动\n\nⅠ级响应：\n由指挥长坐镇。\n{ONE_AT_POSTS}", {"F4-limit.L4": (40.0, "Ⅰ")}),
        (
            "（二）响应行动\n\nⅠ级、Ⅱ级响应启动后，成员单位负责人40分钟内到岗。",
            {"F4-limit.L4-L3": (40.0, "ⅠⅡ")},
        ),
        (
            "（二）Ⅰ级响应行动\n\n危险区群众应在洪水到达前2小时全部转移完毕。",
            {"F7-share.L4": (120.0, "Ⅰ")},
        ),
        (
            f"（二）Ⅰ级响应行动\n\n{ONE_AT_POSTS}\n\n（三）到岗\n\n{ALL_AT_POSTS}",
            {"F4-limit.L4": (40.0, "Ⅰ"), "F4-limit.L3-L2-L1": (50.0, "ⅡⅢⅣ")},
        ),
        (
            "（二）响应行动\n\nⅢ级以上响应启动后，成员单位负责人40分钟内到岗。",
            {"F4-limit.L4-L3-L2": (40.0, "ⅠⅡⅢ")},
        ),
        ("（二）响应行动\n\nⅣ级响应启动后，成员单位负责人40分钟内到岗。", {"F4-limit": (40.0, "")}),
        (
            "（二）响应行动\n\nⅣ级、Ⅲ级、Ⅱ级、Ⅰ级响应启动后，成员单位负责人40分钟内到岗。",
            {"F4-limit": (40.0, "")},
        ),
        (
            f"（二）Ⅲ级响应行动\n\n{ONE_AT_POSTS}\n\n（三）Ⅱ级响应行动\n\n在Ⅲ级响应行动基础上，学校停课。",
            {"F4-limit.L3-L2": (40.0, "ⅡⅢ")},
        ),
        (
            f"（二）Ⅲ级响应行动\n\n{ALL_AT_POSTS}\n\n（三）Ⅱ级响应行动\n\n在Ⅲ级响应行动基础上，{ONE_AT_POSTS}",
            {"F4-limit.L2": (50.0, "Ⅲ"), "F4-limit.L3": (40.0, "Ⅱ")},
        ),
    ],
)
def test_a_promise_holds_at_the_levels_it_is_worded_for(words: str, expected: dict[str, tuple[float, str]]) -> None:
    assert promised(words) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "启动响应后，成员单位负责人工作时间30分钟内、其他时间60分钟内到岗。",
            {("office_hours",): 30.0, ("off_hours",): 60.0},
        ),
        ("启动响应后，成员单位负责人白天30分钟内、夜间60分钟内到岗。", {("day",): 30.0, ("night",): 60.0}),
        (
            "县人民政府接报后向市人民政府报告：一般灾情2小时内；较大以上的，30分钟内电话报告、1小时内书面报告。",
            {
                ("grade_ordinary",): 120.0,
                ("grade_considerable", "grade_major", "grade_exceptional"): 30.0,
            },
        ),
        (
            "县人民政府接报后2小时内向市人民政府报告，重大险情30分钟内先行电话报告。",
            {("grade_ordinary", "grade_considerable"): 120.0, ("grade_major", "grade_exceptional"): 30.0},
        ),
        (
            "县人民政府接报后向市人民政府报告：较大灾情1小时内报告，重大灾情30分钟内报告。",
            {("grade_considerable",): 60.0, ("grade_major", "grade_exceptional"): 30.0},
        ),
    ],
)
def test_a_promise_holds_in_the_circumstances_it_is_worded_for(
    sentence: str, expected: dict[tuple[str, ...], float]
) -> None:
    found, _ = proposed(FLOOD.format(sentence))
    assert {t.circumstances: t.limit_min for t in found.procedure.targets if t.clause} == expected


LEVELS_SAID = [
    ("启动Ⅱ级（含）以上应急响应后", "ⅠⅡ"),
    ("启动Ⅲ级及以下应急响应后", "ⅢⅣ"),
    ("启动Ⅰ、Ⅱ级应急响应后", "ⅠⅡ"),
    ("启动Ⅰ级至Ⅲ级响应后", "ⅠⅡⅢ"),
    ("启动Ⅰ—Ⅲ级响应后", "ⅠⅡⅢ"),
    ("启动Ⅱ级防汛应急响应后", "Ⅱ"),
    ("启动2级响应后", "Ⅱ"),
    ("启动二级响应后", "Ⅱ"),
    ("达到Ⅱ级响应条件后", ""),
]


@pytest.mark.parametrize(("words", "expected"), LEVELS_SAID)
def test_levels_are_read_in_the_ways_plans_write_them(words: str, expected: str) -> None:
    found = promised(f"（二）响应行动\n\n{words}，专家接到险情报告后30分钟内到达现场。")
    assert [levels for _, levels in found.values()] == [expected]


@pytest.mark.parametrize(
    "words",
    ["未启动Ⅱ级响应时", "市防指启动Ⅰ级响应后", "发布Ⅱ级预警响应后", "升级为Ⅱ级响应、未启动Ⅰ级响应的"],
)
def test_a_level_that_cannot_be_told_binds_nothing(words: str) -> None:
    found, _ = proposed(
        LEVELLED.format(f"（二）响应行动\n\n{words}，县防指专家接到险情报告后30分钟内到达现场。县防指、县水利局。")
    )
    assert [target.id for target in found.procedure.targets if target.clause] == []


def test_a_level_of_another_part_of_the_sentence_is_not_of_this_one() -> None:
    two = "启动Ⅳ级响应后，县防指1小时内会商；启动Ⅱ级响应后，专家接到险情报告后30分钟内到达现场。"
    assert promised(f"（二）响应行动\n\n{two}") == {"F8-expert.L3": (30.0, "Ⅱ")}
    asked = "启动Ⅲ级响应后，专家接到险情报告后60分钟内到达现场，必要时提请启动Ⅱ级响应。"
    assert promised(f"（二）响应行动\n\n{asked}") == {"F8-expert.L2": (60.0, "Ⅲ")}
    parts = "Ⅲ级以下响应时，转移指令下达后4小时内完成群众转移；Ⅱ级以上响应时，转移指令下达后2小时内完成群众转移。"
    assert promised(f"（二）响应行动\n\n{parts}") == {
        "F7-order.L4-L3": (120.0, "ⅠⅡ"),
        "F7-order.L2-L1": (240.0, "ⅢⅣ"),
    }


def test_what_the_lowest_level_alone_is_promised_is_not_lent_to_the_others_beside_it() -> None:
    lines = "Ⅳ级响应启动后，县防指2小时内向市防指报告。\nⅠ级响应启动后，县防指30分钟内向市防指报告。"
    found = promised(f"（二）响应行动\n\n{lines}")
    assert all("Ⅱ" not in levels and levels for _, levels in found.values())


CASES_SAID = [
    ("除重大、特别重大险情外，县防指接报后2小时内向市防指报告。", {("grade_ordinary", "grade_considerable"): 120.0}),
    ("非重大险情，县防指接报后2小时内向市防指报告。", {("grade_ordinary", "grade_considerable"): 120.0}),
    (
        "较大（含）以上险情，县防指接报后30分钟内向市防指报告。",
        {("grade_considerable", "grade_major", "grade_exceptional"): 30.0},
    ),
    ("接到险情报告后，除夜间外，专家60分钟内到达现场。", {("day",): 60.0}),
    ("接到险情报告后，县城区域以外专家60分钟内到达现场。", {("rural",): 60.0}),
    ("接到险情报告后，专家30分钟内到达城区现场，60分钟内到达乡镇现场。", {("urban",): 30.0, ("rural",): 60.0}),
    ("接到险情报告后，专家城区30分钟内、乡镇60分钟内到达现场。", {("urban",): 30.0, ("rural",): 60.0}),
    ("县农业农村局、县水利局接报后1小时内向市防指报告。", {(): 60.0}),
    ("县城管局专家接到险情报告后60分钟内到达现场。", {(): 60.0}),
    ("县防指24小时值班，节假日不间断，接报后30分钟内向市防指报告。", {(): 30.0}),
    ("夜间值班人员接报后30分钟内向市防指报告。", {(): 30.0}),
    ("转移指令下达后2小时内完成群众转移，夜间可延长至3小时内。", {("day",): 120.0}),
    ("群众在洪水到达前2小时完成转移，夜间应提前至洪水到达前4小时。", {("day",): 120.0}),
    ("首报不迟于接报后30分钟向市防指报告，2小时内补报书面报告。", {(): 30.0}),
    ("一般情况下，县防指接报后2小时内向市防指报告；紧急情况下30分钟内向市防指报告。", {}),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES_SAID)
def test_a_case_is_read_as_it_is_meant_or_binds_nothing(sentence: str, expected: dict[tuple[str, ...], float]) -> None:
    found, _ = proposed(FLOOD.format(sentence))
    assert {t.circumstances: t.limit_min for t in found.procedure.targets if t.clause} == expected


@pytest.mark.parametrize("level", ["Ⅴ级响应", "三级以上火警", "三级火警"])
def test_a_level_the_plan_does_not_have_binds_nothing(level: str) -> None:
    found, _ = proposed(LEVELLED.format(f"（二）响应行动\n\n{level}启动后，成员单位负责人40分钟内到岗。"))
    assert [target.id for target in found.procedure.targets if target.clause] == []
    assert len(found.unbound) == 1


@pytest.mark.parametrize("start", ["接到叫应", "接到通知"])
def test_calling_on_that_counts_from_a_call_is_not_counted_from_the_warning(start: str) -> None:
    found, _ = proposed(FLOOD.format(f"红色预警发布后，乡镇主要负责人须在{start}后20分钟内叫应村级责任人。"))
    assert [target.id for target in found.procedure.targets if target.clause] == []
    assert [limit.minutes for limit in found.unbound] == [20.0]


def test_the_vulnerable_go_as_early_as_the_source_of_the_template_says() -> None:
    target = next(target for target in template("river").procedure.targets if target.id == "F7-vulnerable")
    assert "前6小时" in target.source
    assert target.limit_min == 360.0


# ---- Limits no target carries ----------------------------------------------------------------------------------------


def test_limits_that_no_target_carries_are_told_in_the_order_of_the_text() -> None:
    text = FLOOD.format(
        "危险区群众应在洪水到达前3小时全部转移完毕。民兵应在接到命令后3小时内到达指定堤段。"
        "启动响应后，成员单位负责人60分钟内到岗。县防办应在30分钟内向市人民政府提出增援请求。"
        "险情发生后20日内，县防办修订本预案。"
    )
    reading = reading_of(text)
    found, _ = proposed(text)
    assert [limit.minutes for limit in unbound_limits(found.procedure, reading.clauses)] == [180.0, 30.0]
    assert [target.id for target in found.procedure.targets if target.clause] == ["F4-limit", "F7-share"]
    bare = found.procedure.with_targets(())
    assert [limit.minutes for limit in unbound_limits(bare, reading.clauses)] == [180.0, 180.0, 60.0, 30.0]


def test_the_cases_of_an_unbound_limit_are_known() -> None:
    words = "（二）Ⅰ级响应行动\n\n重大险情，县融媒体中心非办公时间20分钟内播发提示。"
    reading = reading_of(LEVELLED.format(words))
    found, _ = proposed(LEVELLED.format(words))
    assert cases_of(found.procedure, found.unbound[0], reading.clauses) == (
        ("Ⅰ级",),
        (Circumstance.OFF_HOURS, Circumstance.GRADE_MAJOR, Circumstance.GRADE_EXCEPTIONAL),
    )


def test_a_limit_of_equal_length_in_the_clause_of_a_target_is_told_apart() -> None:
    text = FLOOD.format("乡镇接报后30分钟内电话报告县防办。县人民政府接报后30分钟内向市人民政府报告。")
    reading = reading_of(text)
    found, _ = proposed(text)
    assert [target.id for target in found.procedure.targets if target.clause] == ["F11-limit"]
    assert [limit.who for limit in unbound_limits(found.procedure, reading.clauses)] == ["乡镇"]


def test_two_limits_of_equal_length_in_one_sentence_need_two_promises() -> None:
    text = FLOOD.format("县人民政府接报后30分钟内向市人民政府报告，县卫健局30分钟内派出医疗队。")
    reading = reading_of(text)
    found, _ = proposed(text)
    assert [target.id for target in found.procedure.targets if target.clause] == ["F11-limit"]
    assert len(unbound_limits(found.procedure, reading.clauses)) == 1


def test_calling_again_is_a_limit_and_no_condition() -> None:
    found, _ = proposed(FLOOD.format("接到叫应未应答的报告后，应当在5分钟内再次叫应。"))
    assert [limit.minutes for limit in found.unbound] == [5.0]


@pytest.mark.parametrize("name", [*DEMO, *STRANGE])
def test_every_limit_of_a_text_is_carried_or_told(name: str) -> None:
    found, _ = read(name)
    clauses = reading_of(SOURCES[name].read_text("utf-8"), SOURCES[name].name).clauses
    carried = {(target.clause, target.limit_min) for target in found.procedure.targets}
    told = {(limit.clause, limit.minutes) for limit in unbound_limits(found.procedure, clauses)}
    response = {(each.clause, each.minutes) for each in time_limits(clauses) if each.kind is LimitKind.RESPONSE}
    assert response <= carried | told
    assert told <= {(limit.clause, limit.minutes) for limit in found.unbound}


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


FLOOD_ORDERS = (
    "临河县防汛应急预案\n\n1 组织指挥\n\n1.1 成员单位职责\n\n县民政局：负责设立安置点并登记转移群众。\n\n2 监测预警\n\n"
    "2.1 预警行动\n\n有关乡镇应做好转移群众准备，落实路线和设立的安置点，就近开放登记。\n\n"
    "3 应急响应\n\n3.1 安置保障\n\n{}\n"
)
FIRE_ORDERS = (
    "东桥县高层建筑火灾应急预案\n\n第一章 组织\n\n第一条 成员单位职责：\n（一）县公安局：负责火场警戒、道路交通管制；\n"
    "（二）县燃气公司：负责关闭火场燃气；\n\n第二章 处置程序\n\n第二条 县燃气公司应当在20分钟内关闭着火建筑燃气。\n\n"
    "第三条 县公安局应当在10分钟内到场实施交通管制。\n"
)
MINE_ORDERS = (
    "青岭县煤矿瓦斯爆炸事故应急预案\n\n一、应急响应\n\n（一）矿井自救\n\n"
    "无法撤离的，由班组长引导进入避难硐室待救。\n\n（二）响应终止\n\n被困人员全部救出升井后，宣布终止。\n"
)


def ordering(text: str) -> dict[str, str]:
    found, cited = proposed(text)
    return {task.id: cited[task.clause] for task in found.procedure.tasks}


def test_a_task_is_ordered_by_the_response_and_not_by_duties_or_preparation() -> None:
    assert ordering(FLOOD_ORDERS.format("转移群众到达安置点后，县应急局组织登记。"))["F10"] == "3.1"
    found = ordering(FIRE_ORDERS)
    assert (found["U7g"], found["U7t"]) == ("第二条", "第三条")


def test_a_duty_a_self_rescue_and_an_ending_order_nothing() -> None:
    text = FIRE_ORDERS.replace("20分钟内关闭着火建筑燃气", "火场服从指挥")
    assert ordering(text)["U7g"] == ""
    found = ordering(MINE_ORDERS)
    assert (found["G10r"], found["G10"]) == ("", "")


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
