"""How often plans want drills, as officials write it."""

import pytest

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.drill_intervals import drill_intervals
from tests.plans_repo.builders import a_clause

FLOOD = ("special", "清川县防汛应急预案")
OVERALL = ("overall", "清川县突发事件总体应急预案")
TOWN = ("township", "双堤镇防汛应急预案")
DEPARTMENT = ("department", "清川县水利局防汛应急预案")
FIRM = ("unit", "清川锦程商贸城综合应急预案")


def found(text: str, plan: tuple[str, str] = FLOOD, title: str = "") -> list[tuple[str, int, bool]]:
    clause = Clause(id="c", kind=ClauseKind.HEADING, number="8.2", title=title, text=text)
    return [(item.who, item.months, item.is_own) for item in drill_intervals([clause], kind=plan[0], title=plan[1])]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("本预案每3年至少组织一次演练。", 36),
        ("本预案每两年演练一次。", 24),
        ("本预案至少每二年组织一次演练。", 24),
        ("本预案每半年至少演练一次。", 6),
        ("本预案每年演练不少于2次。", 6),
        ("本预案每季度组织一次拉动。", 3),
        ("本预案每6个月演练一次。", 6),
        ("本预案三年内至少组织一次综合演练。", 36),
        ("本预案应急演练每年汛前组织。", 12),
        ("本预案每年演练1-2次。", 12),
        ("本预案每年组织一到两次演练。", 12),
        ("本预案每年组织一两次演练。", 12),
        ("本预案每年演练2～3次。", 6),
        ("本预案每2-3年演练一次。", 36),
        ("本预案每年均应组织一次演练。", 12),
    ],
)
def test_an_interval_is_read_in_months(text: str, months: int) -> None:
    assert [(each, is_own) for _who, each, is_own in found(text)] == [(months, True)]


def test_one_sentence_may_ask_several_bodies() -> None:
    text = "本预案每3年至少组织一次演练，其中转移安置每年汛前由各乡镇组织实战演练；村级转移演练每年不少于一次。"
    assert found(text) == [("本预案", 36, True), ("各乡镇", 12, False), ("村级转移演练", 12, False)]


@pytest.mark.parametrize(
    ("text", "plan", "intervals"),
    [
        (
            "专项预案每三年、部门预案每两年至少演练一次。",
            DEPARTMENT,
            [("专项预案", 36, False), ("部门预案", 24, True)],
        ),
        (
            "专项预案每3年至少演练一次、部门预案每2年至少演练一次，村级预案每年演练一次。",
            FLOOD,
            [("专项预案", 36, True), ("部门预案", 24, False), ("村级预案", 12, False)],
        ),
        ("专项、部门预案每3年至少演练一次。", DEPARTMENT, [("专项、部门预案", 36, True)]),
        ("本预案每年至少组织1次综合演练、2次专项演练。", FLOOD, [("本预案", 12, True), ("本预案", 6, True)]),
        ("本预案每3年组织一次综合演练、每年组织一次桌面推演。", FLOOD, [("本预案", 36, True), ("本预案", 12, True)]),
        ("本预案每年培训一次、每两年演练一次。", FLOOD, [("本预案", 24, True)]),
        ("每年由各乡镇、每半年由各村组织演练。", FLOOD, [("各乡镇", 12, False), ("各村", 6, False)]),
        (
            "本单位每年至少组织一次综合应急预案演练或者专项应急预案演练，每半年至少组织一次现场处置方案演练。",
            FIRM,
            [("本单位", 12, True), ("本单位", 6, False)],
        ),
        ("煤矿每年演练一次，每季度组织一次拉动。", FLOOD, [("煤矿", 12, False), ("煤矿", 3, False)]),
        ("煤矿每年演练一次；每3年组织一次综合演练。", FLOOD, [("煤矿", 12, False), ("", 36, True)]),
        ("本预案每年演练一次、检查两次。", FLOOD, [("本预案", 12, True)]),
    ],
)
def test_every_interval_of_a_sentence_is_read(
    text: str, plan: tuple[str, str], intervals: list[tuple[str, int, bool]]
) -> None:
    assert found(text, plan) == intervals


@pytest.mark.parametrize(
    ("text", "plan", "who", "is_own"),
    [
        ("县森防指专项应急预案至少每3年演练一次。", FLOOD, "县森防指专项应急预案", True),
        ("县级演练每年组织一次。", FLOOD, "县级演练", True),
        ("县煤矿应急指挥部至少每2年组织一次应急预案演练。", FLOOD, "县煤矿应急指挥部", True),
        ("煤矿每半年至少组织一次应急救援演练。", FLOOD, "煤矿", False),
        ("学校每学期开展一次疏散演练。", FLOOD, "学校", False),
        ("各成员单位应当组织本系统的演练，每年不少于一次。", FLOOD, "各成员单位", False),
        ("专项预案、部门预案每3年至少演练一次。", OVERALL, "专项预案、部门预案", False),
        ("县总体预案每3年至少组织一次综合演练。", OVERALL, "县总体预案", True),
        ("镇政府每年汛前组织一次转移演练。", TOWN, "镇政府", True),
        ("各村每年演练不少于一次。", TOWN, "各村", False),
        ("综合应急预案每年至少组织一次演练。", FIRM, "综合应急预案", True),
        ("现场处置方案每半年至少组织一次演练。", FIRM, "现场处置方案", False),
        ("应急预案编制单位应当建立演练制度，每3年至少组织一次演练。", FLOOD, "应急预案编制单位", True),
        ("应急预案编制单位应每3年演练一次。", FLOOD, "应急预案编制单位", True),
        ("部门预案编制单位每2年至少演练一次。", FLOOD, "部门预案编制单位", False),
        ("市级专项预案每3年至少演练一次。", FLOOD, "市级专项预案", False),
    ],
)
def test_who_is_meant_decides_whether_it_is_the_plans_own(
    text: str, plan: tuple[str, str], who: str, is_own: bool
) -> None:
    assert [(each, own) for each, _months, own in found(text, plan)] == [(who, is_own)]


@pytest.mark.parametrize(
    "text",
    [
        "每年修订一次本预案，演练中发现的问题一并修改。",
        "每年12月底前制定下一年度演练计划。",
        "演练结束后20个工作日内完成评估报告。",
        "每3年对演练情况进行一次评估。",
        "专项应急预案至少每3年演练一次的规定与此不一致的，从严执行。",
        "每次演练须包括报告时限。",
        "应急物资每月检查一次，演练前补足。",
        "定期组织演练。",
        "近三年每年均组织演练。",
        "近三年来，我县每年组织一次防汛演练。",
        "近3年每年至少组织一次演练。",
        "公众每年参与演练。",
        "鼓励公众参与演练，每年不少于一次。",
        "各成员单位每年至少参加一次演练。",
    ],
)
def test_what_sets_no_interval_for_drills_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_title_says_what_a_bare_rhythm_is_about() -> None:
    assert found("每年不少于一次。") == []
    assert found("每年不少于一次。", title="应急演练") == [("", 12, True)]


def test_turns_of_training_are_no_drills() -> None:
    text = "每2年组织一次综合演练，县应急局每年对灾害信息员轮训一次。"
    found = drill_intervals([a_clause("a", text, title="培训和演练")], kind="special", title="某县应急预案")
    assert [one.months for one in found] == [24]
