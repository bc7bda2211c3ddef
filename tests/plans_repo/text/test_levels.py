"""Response levels: which, in what order, started by what, decided by whom."""

import pytest

from plans_repo.checks.intervals import clashes, intervals
from plans_repo.packs.reading import template
from plans_repo.proposals.levels import with_levels
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.conditions import condition_of, together
from plans_repo.text.recognition import FoundLevel, hazard_of, kind_of, levels
from tests.plans_repo.text.builders import reading_of


def found(text: str, name: str = "plan.txt") -> tuple[FoundLevel, ...]:
    return levels(reading_of(text, name).clauses)


def conditions(level: FoundLevel) -> list[str]:
    return [condition.text for condition in level.conditions]


FOREST = template("forest").procedure
SECTIONS = """4 应急响应
4.1 响应分级
应急响应由高到低分为Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级四级。
4.2 Ⅳ级响应
4.2.1 启动条件
出现下列情况之一者，经会商研判，启动Ⅳ级响应：
（1）县城站水位达到警戒水位；
（2）预报未来24小时降雨量50毫米以上、100毫米以下。
4.2.2 启动程序
由县防办主任决定启动Ⅳ级响应。
4.2.3 响应行动
（1）加强值班；
（2）发生险情立即处置。
4.3 Ⅲ级响应
4.3.1 启动条件
（1）水位9.20≤Z＜9.70米；
4.3.2 响应行动
县防指副总指挥主持会商。
4.4 Ⅰ级响应
死亡10人以上的，启动Ⅰ级响应。经县长批准后启动。
"""


def test_a_section_for_each_level() -> None:
    first, second, third, fourth = found(SECTIONS)
    assert [(level.label, level.rank) for level in (first, second, third, fourth)] == [
        ("Ⅰ级", 4),
        ("Ⅱ级", 3),
        ("Ⅲ级", 2),
        ("Ⅳ级", 1),
    ]
    assert conditions(fourth) == ["县城站水位达到警戒水位", "预报未来24小时降雨量50毫米以上、100毫米以下"]
    assert all(condition.judgement for condition in fourth.conditions)
    assert (fourth.decided_by, first.decided_by) == ("县防办主任", "县长")
    assert conditions(first) == ["死亡10人以上的"]


def test_a_level_without_conditions_stays_without() -> None:
    assert [level.label for level in found(SECTIONS) if not level.conditions] == ["Ⅱ级"]


def test_conditions_are_bound_to_their_clause_and_measured() -> None:
    third = found(SECTIONS)[2]
    (condition,) = third.conditions
    assert (condition.measure, condition.at_least, condition.below) == ("water_level_m", 9.2, 9.7)
    assert condition.clause != third.clause


ONE_SECTION = """3 应急响应
3.1 启动条件
应急响应分为I级、II级、III级三级，I级为最高。
（1）I级响应：水位达到41.50米以上，或死亡10人以上；
（2）II级响应：当预报24小时降雨200毫米以上，经会商研判需要启动；
（3）III级响应：死亡3人以上、10人以下。
3.2 启动程序
I级响应由县委书记、县长批准启动；II级响应由县防指总指挥决定启动；III级响应由县防办主任报副总指挥同意后启动。
3.3 响应行动
3.3.1 I级响应
总指挥主持会商，死亡人员妥善安置。
"""


def test_a_paragraph_for_each_level_in_one_section() -> None:
    found_levels = found(ONE_SECTION)
    assert [(level.label, level.rank, len(level.conditions), level.decided_by) for level in found_levels] == [
        ("Ⅰ级", 3, 1, "县委书记、县长"), ("Ⅱ级", 2, 1, "县防指总指挥"), ("Ⅲ级", 1, 1, "副总指挥"),
    ]  # fmt: skip


def test_a_table_of_levels() -> None:
    text = (
        "# 5 应急响应\n\n## 5.1 响应分级\n\n| 响应级别 | 启动条件 | 决定人 |\n| --- | --- | --- |\n"
        "| 一级响应 | 受害森林面积1000公顷以上；死亡30人以上 | 县长 |\n"
        "| 二级响应 | 72小时仍未扑灭明火 | 指挥长 |\n\n## 5.2 措施\n\n略。\n"
    )
    first, second = found(text, "plan.md")
    assert (first.label, first.rank, first.decided_by, conditions(first)) == (
        "一级",
        2,
        "县长",
        ["受害森林面积1000公顷以上", "死亡30人以上"],
    )
    assert (second.label, conditions(second)) == ("二级", ["72小时仍未扑灭明火"])


def test_warning_levels_and_event_classes_are_no_response_levels() -> None:
    text = (
        "1 总则\n1.1 事件分级\n洪涝灾害分为特别重大（Ⅰ级）、重大（Ⅱ级）、较大（Ⅲ级）、一般（Ⅳ级）四级。\n"
        "2 预警\n2.1 预警级别\n预警分为Ⅰ级（红色）、Ⅱ级（橙色）、Ⅲ级（黄色）、Ⅳ级（蓝色）。\n"
        "2.2 Ⅰ级预警响应\n加强巡查。\n3 应急响应\n3.1 响应\n"
        "应急响应分为Ⅰ级、Ⅱ级。\n发生决口的，启动Ⅰ级响应。\n"
    )
    assert [(level.label, conditions(level)) for level in found(text)] == [("Ⅰ级", ["发生决口的"]), ("Ⅱ级", [])]


def test_a_plan_that_only_warns_has_no_levels() -> None:
    assert found("1 预警\n1.1 预警级别\n预警由高到低分为Ⅰ级（红色）、Ⅱ级（橙色）预警。\n2 附则\n略。") == ()


def test_fire_alarm_grades_rise() -> None:
    text = (
        "一、总则\n（一）火警等级\n火警等级由低到高分为一级、二级、三级、四级、五级。\n"
        "二、处置\n（一）二级火警\n有人员被困的，启动二级火警。\n"
    )
    assert [(level.label, level.rank) for level in found(text)] == [
        ("五级", 5),
        ("四级", 4),
        ("三级", 3),
        ("二级", 2),
        ("一级", 1),
    ]
    assert conditions(found(text)[3]) == ["有人员被困的"]


def test_a_rising_scale_is_believed_when_the_text_says_so() -> None:
    text = "1 响应\n1.1 分级\n应急响应从低到高分为Ⅰ级、Ⅱ级、Ⅲ级三级。\n2 附则\n略。"
    assert [(level.label, level.rank) for level in found(text)] == [("Ⅲ级", 3), ("Ⅱ级", 2), ("Ⅰ级", 1)]


def test_a_falling_scale_may_be_listed_from_below() -> None:
    text = "1 响应\n1.1 分级\n应急响应由低到高分为四级、三级、二级、一级。\n2 附则\n略。"
    assert [(level.label, level.rank) for level in found(text)] == [("一级", 4), ("二级", 3), ("三级", 2), ("四级", 1)]


@pytest.mark.parametrize(("sentence", "labels"), [
    ("由高到低分为四级：Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级", "Ⅰ Ⅱ Ⅲ Ⅳ"), ("由高到低分为三级：一级响应、二级响应、三级响应", "一 二 三"),
    ("由高到低分为四级，分别为Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级", "Ⅰ Ⅱ Ⅲ Ⅳ"), ("由高到低分为四级（Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级）", "Ⅰ Ⅱ Ⅲ Ⅳ"),
    ("由高到低设四级响应：Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级", "Ⅰ Ⅱ Ⅲ Ⅳ"), ("由低到高分为四级：Ⅳ级、Ⅲ级、Ⅱ级、Ⅰ级", "Ⅰ Ⅱ Ⅲ Ⅳ"),
    ("由低到高分为Ⅳ级、Ⅲ级、Ⅱ级、Ⅰ级四级", "Ⅰ Ⅱ Ⅲ Ⅳ"),
    ("由低到高分为四级（一般）、三级（较大）、二级（重大）", "二 三 四"),
    ("由高到低分为二级（重大）、三级（较大）、四级（一般）", "二 三 四"),
])  # fmt: skip
def test_the_count_of_levels_is_no_level(sentence: str, labels: str) -> None:
    text = f"1 响应\n1.1 分级\n应急响应{sentence}。\n2 附则\n略。"
    expected = [f"{label}级" for label in labels.split()]
    assert [level.label for level in found(text)] == expected
    assert [level.rank for level in found(text)] == list(range(len(expected), 0, -1))


def test_grades_of_what_happens_are_no_levels_of_the_response() -> None:
    text = (
        "1 响应\n1.1 启动\n发生五级火警，由总指挥报请县长决定启动Ⅰ级响应；发生四级火警，由总指挥决定启动Ⅱ级响应；"
        "发生三级火警，由副总指挥决定启动Ⅲ级响应；发生二级火警，由指挥部办公室主任决定启动Ⅳ级响应。\n2 附则\n略。"
    )
    assert [(level.label, level.decided_by, conditions(level)) for level in found(text)] == [
        ("Ⅰ级", "县长", ["发生五级火警"]), ("Ⅱ级", "总指挥", ["发生四级火警"]),
        ("Ⅲ级", "副总指挥", ["发生三级火警"]), ("Ⅳ级", "指挥部办公室主任", ["发生二级火警"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("sentence", "deciders"), [
    ("Ⅰ级、Ⅱ级响应由县长批准启动，Ⅲ级响应由主任决定启动", ["县长", "县长", "主任"]),
    ("启动Ⅰ级响应，由县长批准，启动Ⅱ级响应，由总指挥批准，启动Ⅲ级响应，由主任批准", ["", "", ""]),
])  # fmt: skip
def test_deciders_of_one_sentence_are_kept_apart_or_left_out(sentence: str, deciders: list[str]) -> None:
    text = f"1 响应\n1.1 分级\n应急响应分为Ⅰ级、Ⅱ级、Ⅲ级。\n1.2 启动程序\n{sentence}。\n2 附则\n略。"
    assert [level.decided_by for level in found(text)] == deciders


@pytest.mark.parametrize(
    "words", ["Ⅰ级至Ⅲ级", "Ⅰ、Ⅱ、Ⅲ级", "Ⅰ级、Ⅱ级和Ⅲ级", "I级—III级", "Ⅰ级（特别重大）、Ⅱ级（重大）、Ⅲ级（较大）"]
)
def test_levels_may_be_announced_in_short(words: str) -> None:
    text = f"1 响应\n1.1 分级\n应急响应分为{words}三个等级。\n2 附则\n略。"
    assert [level.label for level in found(text)] == ["Ⅰ级", "Ⅱ级", "Ⅲ级"]


@pytest.mark.parametrize(("title", "hazard", "spread"), [
    ("临河县防汛抗旱应急预案", "flood", ""), ("黑石县煤矿透水事故应急预案", "mine", "water_inrush"),
    ("黑石县煤矿瓦斯爆炸事故应急预案", "mine", "gas_explosion"),
    ("青山县森林火灾应急预案", "fire", "forest"), ("新城区高层建筑火灾事故应急预案", "fire", "building"),
    ("临河县突发事件总体应急预案", "", ""), ("清川县抗旱应急预案", "", ""), ("临河县干旱灾害应急预案", "", ""),
    ("临河县水旱灾害防御应急预案", "flood", ""),
    ("临河县地震应急预案", "", ""), ("柳林镇山洪灾害防御预案", "flood", ""), ("临河县危险化学品事故应急预案", "", ""),
])  # fmt: skip
def test_the_hazard_is_told_by_the_title(title: str, hazard: str, spread: str) -> None:
    guess = hazard_of(title, ())
    assert (guess.value, guess.spread) == (hazard, spread)
    assert guess.reason


def test_without_a_word_in_the_title_the_text_must_speak_clearly() -> None:
    clear = reading_of("1 总则\n1.1 目的\n" + "加强防汛值守，做好洪水防御。水库安全度汛。\n" * 3).clauses
    assert hazard_of("应急预案", clear).value == "flood"
    assert hazard_of("应急预案", reading_of("1 总则\n1.1 目的\n加强值守。").clauses).value == ""


@pytest.mark.parametrize(("title", "kind"), [
    ("临河县突发事件总体应急预案", "overall"), ("青山县森林火灾应急预案", "special"),
    ("临河县水利局防汛应急预案", "department"), ("柳林乡防汛预案", "township"),
    ("城关街道防汛应急预案", "township"), ("王家村山洪灾害防御预案", "village"), ("幸福社区火灾应急预案", "village"),
    ("黑石煤业有限公司生产安全事故综合应急预案", "unit"),
    ("黑石县煤矿事故应急预案", "special"), ("临河县第一中学火灾应急预案", "unit"),
    ("临河县通信保障应急预案", "support"), ("安全生产手册", "unknown"),
    ("临河县与石桥县跨区域洪水联合应急预案", "joint"), ("临河县龙舟赛庙会重大活动应急预案", "major_activity"),
])  # fmt: skip
def test_the_kind_is_told_by_the_title(title: str, kind: str) -> None:
    assert kind_of(title).value == kind


ONE_CLAUSE = """5 应急响应
5.2 响应分级
5.2.1 县级应急响应由低到高分为Ⅱ级、Ⅰ级。达到下列条件之一的，经会商研判后启动。
Ⅱ级响应：死亡、失踪5人以上、10人以下；或者需要紧急转移安置、救助2,000人以上、10,000人以下；或者需要调用市级力量的。
Ⅰ级响应：死亡、失踪10人以上；或者需要紧急转移安置、救助10,000人以上；或者县级力量不能控制的。
"""


def test_levels_of_one_clause_have_each_the_conditions_of_their_paragraph() -> None:
    first, second = found(ONE_CLAUSE)
    assert (first.rank, second.rank) == (2, 1)
    assert conditions(second) == [
        "死亡、失踪5人以上、10人以下",
        "需要紧急转移安置、救助2,000人以上、10,000人以下",
        "需要调用市级力量的",
    ]
    assert [(one.at_least, one.below) for one in first.conditions][:2] == [(10.0, None), (10000.0, None)]


def test_the_last_item_of_a_list_numbered_by_word_is_a_condition_too() -> None:
    words = "出现下列情况之一的，启动Ⅰ级响应：\n发生50年一遇洪水；\n水位达到88.20米以上；\n"
    words += "小（1）型以上水库出现重大险情。\n指挥长主持会商，30分钟内作出部署。"
    level = levels((Clause(id="a", kind=ClauseKind.HEADING, number="4.1", title="Ⅰ级响应", text=words),))[0]
    assert conditions(level) == ["发生50年一遇洪水", "水位达到88.20米以上", "小（1）型以上水库出现重大险情"]
    numbered = Clause(
        id="a",
        kind=ClauseKind.HEADING,
        number="4.1",
        title="Ⅰ级响应",
        text=words.replace("；", "。"),
        line_numbers=((1, "（1）"), (2, "（2）"), (3, "（3）")),
    )
    assert conditions(levels((numbered,))[0]) == conditions(level)


@pytest.mark.parametrize(
    ("words", "at_least", "below"),
    [
        ("水位达到87.00米、未达到87.60米的", 87.0, 87.6),
        ("水位超过87.00米且不到87.60米", 87.0, 87.6),
        ("12小时降雨量尚未达到50毫米", None, 50.0),
        ("死亡不超过3人", None, 3.0),
        ("没有超过10人被困", None, 10.0),
    ],
)
def test_a_number_not_reached_is_the_upper_end(words: str, at_least: float | None, below: float | None) -> None:
    condition = condition_of(words, "c")
    assert (condition.at_least, condition.below) == (at_least, below)


def test_what_is_done_at_each_level_is_no_condition() -> None:
    text = """6 应急响应
6.1 响应级别
应急响应由低到高分为Ⅱ级、Ⅰ级。
6.2 启动条件
6.2.1 Ⅱ级响应条件：因旱饮水困难人口1,000人以上、5,000人以下。
6.2.2 Ⅰ级响应条件：因旱饮水困难人口5,000人以上。
6.3 分级响应行动
1.Ⅱ级响应：副指挥长主持会商，每旬不少于2次；对饮水困难户每2日送水一次。
2.Ⅰ级响应：县长主持会商；城区分区限时供水。
"""
    gravest, lightest = found(text)
    assert (conditions(gravest), conditions(lightest)) == (
        ["因旱饮水困难人口5,000人以上"],
        ["因旱饮水困难人口1,000人以上、5,000人以下"],
    )
    assert [(one.conditions[0].measure, one.conditions[0].at_least) for one in (lightest, gravest)] == [
        ("affected", 1000.0),
        ("affected", 5000.0),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ⅰ级响应：死亡30人以上。Ⅱ级响应：死亡10人以上、30人以下。",
        "Ⅱ级响应启动条件：死亡10人以上、30人以下；Ⅰ级响应启动条件：死亡30人以上。",
        "Ⅰ级（特别重大）：死亡30人以上；Ⅱ级（重大）：死亡10人以上、30人以下。",
        "死亡10人以上、30人以下，启动Ⅱ级响应，死亡30人以上，启动Ⅰ级响应。",
    ],
)
def test_levels_told_in_one_paragraph_keep_each_its_own_condition(paragraph: str) -> None:
    first, second = found(f"3 应急响应\n3.1 响应分级\n{paragraph}\n")
    assert [(one.at_least, one.below) for one in first.conditions] == [(30, None)]
    assert [(one.at_least, one.below) for one in second.conditions] == [(10, 30)]


def test_a_list_within_a_paragraph_is_told_to_its_end() -> None:
    text = "出现下列情况之一时，启动Ⅲ级响应：（1）死亡3人以上；（2）决口。出现下列情况之一时，启动Ⅱ级响应：（1）溃坝。"
    second, third = found(f"3 应急响应\n3.1 分级\n{text}\n")
    assert (conditions(third), conditions(second)) == (["死亡3人以上", "决口"], ["溃坝"])


def test_one_sentence_may_match_every_class_of_event_with_its_level() -> None:
    text = "一般险情启动Ⅳ级响应，较大险情启动Ⅲ级响应，重大险情启动Ⅱ级响应，特别重大险情启动Ⅰ级响应。"
    assert [conditions(level) for level in found(f"3 应急响应\n3.1 分级\n{text}\n")] == [
        ["特别重大险情"], ["重大险情"], ["较大险情"], ["一般险情"],
    ]  # fmt: skip


GRADED = """某公司生产安全事故综合应急预案
1 总则
1.2 响应分级
分为公司级（一级）、车间级（二级）、班组级（三级）。需要外部救援的为一级；车间能够控制的，为二级；岗位能够控制的为三级。
3 应急响应
一级响应由总经理启动，二级响应由副总经理启动，三级响应由车间主任启动。
"""


@pytest.mark.parametrize("between", ["；", "，"])
def test_a_sentence_that_grades_is_a_condition(between: str) -> None:
    levels_told = found(GRADED.replace("；", between))
    assert [conditions(one) for one in levels_told] == [["需要外部救援的"], ["车间能够控制的"], ["岗位能够控制的"]]
    assert [one.decided_by for one in levels_told] == ["总经理", "副总经理", "车间主任"]


def test_grades_of_events_are_no_conditions_of_responses() -> None:
    text = "3 应急响应\n分为一级响应、二级响应。\n3.1 事故分级\n死亡10人以上的为一级，死亡3人以上的为二级。\n"
    assert [one.conditions for one in found(text)] == [(), ()]


@pytest.mark.parametrize(
    "words",
    [
        "三级由分管副局长决定，二级、一级由局长决定。",
        "三级由分管副局长决定；二级由局长决定，一级由局长决定。",
        "一级、二级由局长决定，三级由分管副局长决定。",
    ],
)
def test_who_decides_is_said_under_a_title_about_responses(words: str) -> None:
    text = f"3 应急响应\n应急响应分为一级、二级、三级。\n3.2 响应启动\n{words}\n"
    assert [one.decided_by for one in found(text)] == ["局长", "局长", "分管副局长"]


def test_who_decides_on_a_warning_decides_on_no_response() -> None:
    text = "3 应急响应\n应急响应分为一级、二级。\n3.2 响应启动\n一级、二级预警由局长决定发布。\n"
    assert [one.decided_by for one in found(text)] == ["", ""]


def under_a_title_of_grading(words: str) -> tuple[FoundLevel, ...]:
    above = Clause(id="four", kind=ClauseKind.HEADING, level=1, title="4 应急响应")
    return levels([above, Clause(id="one", kind=ClauseKind.HEADING, level=2, title="4.1 响应分级", text=words)])


@pytest.mark.parametrize(
    "words",
    [
        "Ⅳ级响应由县防办主任批准启动，Ⅲ级响应由副指挥长批准启动，Ⅱ级响应由指挥长批准启动，Ⅰ级响应由县长批准启动。",
        "Ⅳ级响应由县防办主任批准启动；Ⅲ级响应由副指挥长批准启动；\nⅡ级响应报指挥长同意后启动；Ⅰ级响应由县长签发启动令。",
        "Ⅰ级响应由总指挥（县长）决定启动\nⅡ级响应报县长同意后，由副总指挥启动\nⅢ级响应：启动权限为分管副县长\nⅣ级响应：县应急局局长批准启动",
        "启动Ⅰ级响应由县长批准，启动Ⅱ级响应由指挥长批准，启动Ⅲ级、Ⅳ级响应由县防办主任批准。",
    ],
)
def test_who_decides_on_a_level_is_no_condition_of_it(words: str) -> None:
    told = under_a_title_of_grading(words)
    assert [level.label for level in told] == ["Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级"]
    assert [level.conditions for level in told] == [()] * 4
    assert list(clashes(intervals(told))) == []


def test_who_decides_leaves_the_numbers_beside_it_as_they_are() -> None:
    told = under_a_title_of_grading(
        "Ⅲ级响应由县应急局局长批准启动，Ⅱ级响应由分管副县长批准启动，Ⅰ级响应由县长批准启动。\n"
        "（1）Ⅲ级响应：死亡3人以下的，由县应急局局长批准启动。\n（2）Ⅱ级响应：死亡3人以上、10人以下的，报分管副县长同意后启动。\n"
        "（3）Ⅰ级响应：死亡10人以上，或者经县应急委会商研判需要启动的，由县长决定启动。"
    )
    assert [(level.label, level.decided_by) for level in told] == [
        ("Ⅰ级", "县长"), ("Ⅱ级", "分管副县长"), ("Ⅲ级", "县应急局局长"),
    ]  # fmt: skip
    assert [(conditions(level), level.conditions[0].at_least, level.conditions[0].below) for level in told] == [
        (["死亡10人以上，或者经县应急委会商研判需要启动的"], 10, None), (["死亡3人以上、10人以下的"], 3, 10),
        (["死亡3人以下的"], None, 3),
    ]  # fmt: skip
    assert [clash.kind for clash in clashes(intervals(told))] == []


IN_CASES = """某县救助应急预案
1 应急响应
1.1 Ⅲ级响应
1.1.1 灾害损失情况
（1）县内发生洪涝、干旱等灾害，一次灾害过程出现下列情况之一的：
①死亡3人以上、6人以下；
②转移安置1,000人以上、2,500人以下。
（2）发生5级以上破坏性地震，出现下列情况之一的：
①死亡2人以上、4人以下；
②转移安置500人以上、1,500人以下。
（3）县政府决定的其他事项。
1.2 Ⅳ级响应
1.2.1 启动条件
（1）死亡1人以上、3人以下；
（2）转移安置500人以上、1,000人以下。
符合上述条件之一时，经县减灾办分析评估，由县减灾委副主任决定启动Ⅳ级响应。
"""


def test_a_list_for_one_case_is_told_with_its_case_and_starts_nothing_by_its_numbers_alone() -> None:
    third, fourth = found(IN_CASES)
    quake = "发生5级以上破坏性地震"
    assert conditions(third) == [
        "死亡3人以上、6人以下", "转移安置1,000人以上、2,500人以下", f"{quake}：死亡2人以上、4人以下",
        f"{quake}：转移安置500人以上、1,500人以下", "县政府决定的其他事项",
    ]  # fmt: skip
    assert [one.measure for one in third.conditions] == ["deaths", "evacuated", "", "", ""]
    assert [clash.kind for clash in clashes(intervals([third, fourth]))] == []


def test_what_points_back_at_the_conditions_is_none() -> None:
    _third, fourth = found(IN_CASES)
    assert conditions(fourth) == ["死亡1人以上、3人以下", "转移安置500人以上、1,000人以下"]
    assert fourth.decided_by == "县减灾委副主任"


def test_sections_of_a_level_may_each_be_for_a_case() -> None:
    text = (
        "某县救灾应急预案\n三、二级响应\n（一）启动条件\n1．一次灾害过程出现下列情况之一\n（1）死亡10人以上；\n"
        "2．发生5级以上地震，出现下列情况之一\n（1）死亡10人以上；\n"
    )
    (level,) = found(text)
    assert conditions(level) == ["死亡10人以上", "发生5级以上地震：死亡10人以上"]


@pytest.mark.parametrize("words", ["72小时尚未扑灭明火的森林火灾", "发生在高风险区、72小时仍未得到有效控制的火灾"])
def test_what_burns_after_so_many_hours_has_burnt_as_long(words: str) -> None:
    told = condition_of(words, "c")
    assert (told.measure, told.at_least, told.below) == ("burning_h", 72.0, None)


def test_a_lead_in_that_goes_on_with_a_comma_is_no_part_of_the_first_condition() -> None:
    text = (
        "某县防汛应急预案\n四、应急响应\n（一）响应级别\n"
        "1、Ⅰ级应急响应，出现下列情况之一者，为Ⅰ级响应，发生特大洪水；重点水库发生垮坝。\n"
        "2、Ⅱ级应急响应，出现下列情况之一者，为Ⅱ级响应，发生大洪水；死亡3人以上、10人以下。\n"
    )
    first, second = found(text)
    assert conditions(first) == ["发生特大洪水", "重点水库发生垮坝"]
    assert conditions(second) == ["发生大洪水", "死亡3人以上、10人以下"]


def test_a_level_may_stand_in_brackets_before_the_word_response() -> None:
    text = (
        "某县突发地质灾害应急预案\n4 应急响应\n4.1 分级响应\n"
        "4.1.1 特大型、大型险情和灾情（Ⅰ、Ⅱ级）应急响应\n由县长决定启动。\n"
        "4.1.2 中型险情和灾情（Ⅲ级）应急响应\n由指挥长决定启动。\n4.1.3 小型险情和灾情（Ⅳ级）应急响应\n略。\n"
    )
    assert [(level.label, level.decided_by) for level in found(text)] == [
        ("Ⅰ级", "县长"), ("Ⅱ级", "县长"), ("Ⅲ级", "指挥长"), ("Ⅳ级", ""),
    ]  # fmt: skip


TOGETHER = """某县森林火灾应急预案
1 应急响应
1.1 Ⅰ级响应
1.1.1 启动条件
（1）过火面积100公顷以上且燃烧24小时以上；
（2）死亡10人以上或者重伤50人以上。
1.2 Ⅱ级响应
1.2.1 启动条件
（1）过火面积10公顷以上、100公顷以下；
（2）死亡3人以上、10人以下。
"""


def test_of_two_numbers_asked_for_at_once_neither_starts_a_level_and_of_two_alternatives_each() -> None:
    first, second = found(TOGETHER)
    assert [one.measure for one in first.conditions] == ["", "deaths"]
    assert [one.measure for one in second.conditions] == ["burnt_ha", "deaths"]
    (gravest,) = [level for level in with_levels(FOREST, (first, second), ()).levels if level.label == "Ⅰ级"]
    asked = [(one.measure, one.at_least) for one in gravest.conditions if one.measure and not one.also]
    assert ("dead_or_missing", 10.0) in asked
    assert ("seriously_injured", 50.0) in asked
    assert not {measure for measure, _ in asked} & {"burnt_ha", "open_flame_hours"}
    (both,) = [one for one in gravest.conditions if one.also]
    assert (both.text, both.measure, both.at_least) == ("过火面积100公顷以上且燃烧24小时以上", "burnt_ha", 100.0)
    assert [(one.measure, one.at_least) for one in both.also] == [("open_flame_hours", 24.0)]
    assert not both.is_met({"burnt_ha": 150.0, "open_flame_hours": 20.0})
    assert both.is_met({"burnt_ha": 150.0, "open_flame_hours": 24.0})


@pytest.mark.parametrize(
    "words",
    [
        "24小时降雨200毫米以上且水位达到5.5米且预报仍将上涨",  # the third is no number
        "青山站水位达到5.5米以上且丰河站水位达到6.5米以上",  # two numbers of one measure
        "降雨200毫米以上",
        "发生5级以上地震：死亡3人以上且重伤10人以上",  # of a case
        "同时发生2起以上火灾",
    ],
)
def test_what_is_not_all_numbers_of_different_measures_is_left_to_people(words: str) -> None:
    assert together(condition_of(words, "c")) == ()


def test_an_alternative_beside_two_numbers_at_once_starts_the_level_too() -> None:
    (both,) = together(condition_of("死亡3人以上，或者24小时降雨200毫米以上，且水位达到5.5米、不足6.5米", "c"))
    assert (both.measure, both.at_least) == ("rain_mm", 200.0)
    assert [(one.measure, one.at_least, one.below) for one in both.also] == [("water_level_m", 5.5, 6.5)]


def test_so_far_above_a_mark_is_no_level_of_water_and_the_level_of_a_mark_is_one() -> None:
    told = [
        condition_of(words, "c") for words in ("青山站水位超过警戒水位0.5米以上", "青山站水位达到警戒水位12.50米以上")
    ]
    assert [(one.measure, one.at_least) for one in told] == [("", None), ("water_level_m", 12.5)]


def test_other_cases_are_told_whole() -> None:
    text = (
        "某县防汛应急预案\n1 应急响应\n1.1 Ⅳ级响应\n启动条件：\n（1）死亡1人以上；\n（2）其他需要启动Ⅳ级响应的情况。\n"
    )
    (level,) = found(text)
    assert conditions(level) == ["死亡1人以上", "其他需要启动Ⅳ级响应的情况"]
    assert level.conditions[1].judgement
