"""What became of a plan, as a clerk reads it: moves and numbers, folded runs, the procedure in sentences."""

from __future__ import annotations

from dataclasses import replace

from plans_repo.plan_difference import procedure_changes
from plans_repo.text.difference import Change, changes
from sim.durations import Duration, Fixed
from sim.procedure import After, Condition, Hazard, Level, Need, Pool, Procedure, Target, Task
from tests.plans_repo.text.builders import a_clause
from ui.components.procedure_words import part_changes
from ui.components.version_diff import clause_change, folded, place_words
from ui.wording import speaking


def minutes(value: float) -> Duration:
    return Duration(law=Fixed(minutes=value), source="预案")


def a_procedure() -> Procedure:
    return Procedure(
        hazard=Hazard.FLOOD,
        tasks=(
            Task(id="F1", title="接报", duration=minutes(5)),
            Task(
                id="F8", title="专家组到场", duration=minutes(40), after=(After(task="F1"),), needs=(Need(pool="boat"),)
            ),
        ),
        pools=(Pool(id="boat", title="冲锋舟", units=2),),
        targets=(Target(id="T1", title="专家组到场时限", task="F8", limit_min=30),),
        levels=(Level(id="L3", label="Ⅲ级", rank=1, conditions=(Condition(text="水位达到9.20米"),)),),
    )


def told(before: Procedure, after: Procedure) -> list[str]:
    return [change.sentence for change in part_changes(procedure_changes(before, after), before, after, {})]


def test_a_procedure_is_compared_in_sentences() -> None:
    before = a_procedure()
    first, eighth = before.tasks
    after = replace(
        before,
        tasks=(
            first,
            replace(eighth, duration=minutes(30), after=(), needs=(Need(pool="boat", units=2),), lead="县水利局"),
        ),
        pools=(replace(before.pools[0], units=4), Pool(id="car", title="运兵车", units=3)),
        targets=(replace(before.targets[0], limit_min=15, title="专家组到场时限"),),
        levels=(replace(before.levels[0], conditions=(Condition(text="水位达到9.50米"),)),),
    )
    assert told(before, after) == [
        "任务F8 专家组到场：用时 40 分 → 30 分；牵头单位 （无） → 县水利局；前序任务去掉“接报”；占用力量“冲锋舟” 1 → 2",
        "力量“冲锋舟”：数量 2 艘 → 4 艘",
        "力量“运兵车”：新增（数量 3 队）",
        "目标“专家组到场时限”：时限 30 分 → 15 分",
        "响应级别Ⅲ级：启动条件增加“水位达到9.50米”；启动条件去掉“水位达到9.20米”",
    ]
    with speaking("en"):
        assert told(before, after)[3] == "Target 专家组到场时限: Time limit 30 min → 15 min"


def test_every_field_of_every_part_has_a_name_and_is_said() -> None:
    before = a_procedure()
    eighth = replace(
        before.tasks[1],
        tries=2,
        success_share=0.5,
        from_level="Ⅲ级",
        priority=3,
        preemptible=True,
        gate="road",
        per="village",
    )
    after = replace(before, tasks=(before.tasks[0], eighth), spread="river")
    (said,) = told(before, after)
    assert "最多尝试次数 1 → 2；成功率 100% → 50%" in said
    assert "自哪一级响应起 （无） → Ⅲ级" in said


def test_a_move_tells_from_where_to_where_and_what_moves_along_has_not_moved() -> None:
    old = [
        a_clause("1", title="总则", number="1"),
        a_clause("2", title="响应", number="2"),
        a_clause("2.1", level=2, title="报告", number="2.1", text="接报后30分钟内报告。"),
        a_clause("2.1.1", level=3, title="方式", number="2.1.1", text="电话报告。"),
        a_clause("3", title="保障", number="3"),
    ]
    new = [
        old[0],
        old[1],
        old[4],
        replace(old[2], number="3.1", text="接报后20分钟内报告。"),
        replace(old[3], number="3.1.1"),
    ]
    found = {change.clause: change for change in changes(old, new)}
    assert found["2.1"].change is Change.EDITED
    assert place_words(found["2.1"]) == ["由“2 响应”之下移至“3 保障”之下", "序号 2.1 → 3.1"]
    assert (found["2.1.1"].moved, place_words(found["2.1.1"])) == (False, ["序号 2.1.1 → 3.1.1"])
    shown = clause_change(found["2.1"], {})
    assert "修改" in shown
    assert "移动" in shown
    assert "<del>30分钟</del><ins>20分钟</ins>" in shown


def test_a_long_run_that_nobody_changed_is_folded_and_a_short_one_is_not() -> None:
    tokens = [("keep", "甲" * 100), ("insert", "乙"), ("keep", "丙" * 60), ("delete", "丁"), ("keep", "戊" * 100)]
    words = [words for _op, words in folded(tokens)]
    assert words[0] == "……（略76字）……" + "甲" * 24
    assert words[2] == "丙" * 60
    assert words[4] == "戊" * 24 + "……（略76字）……"
