"""What a text orders and the procedure does not hold."""

from itertools import count

from plans_repo.packs.reading import template
from plans_repo.procedures.suggestions import Suggestion, SuggestionKind, suggestions
from plans_repo.text.clause import Clause
from plans_repo.text.reading import read_plan
from plans_repo.text.recognition import levels
from sim.procedure import Procedure
from tests.sim.builders import a_procedure, a_task

TEXT = """临河县防汛应急预案

1 总则
县应急局组织编制本预案。
2 组织体系
2.1 成员单位职责
县水利局负责水情监测和预报。
3 应急响应
3.1 先期处置
县水利局立即派出技术人员到责任堤段。受灾群众转移到安全地点。任何单位不得瞒报。
3.2 转移安置
县教育局开放学校作为安置点。
3.3 报告
乡镇人民政府接报后30分钟内向县防办报告。
"""


def read() -> tuple[Clause, ...]:
    ids = count()
    return read_plan(TEXT.encode(), "a.txt", new_id=lambda: f"c{next(ids)}").clauses


def of(title: str, clauses: tuple[Clause, ...]) -> str:
    return next(clause.id for clause in clauses if clause.plain_title == title)


def found(procedure: Procedure, kind: SuggestionKind) -> list[Suggestion]:
    clauses = read()
    return [one for one in suggestions(procedure, clauses, levels(clauses)) if one.kind is kind]


def test_a_sentence_that_orders_something_is_suggested_as_a_task_with_its_unit() -> None:
    tasks = found(a_procedure(a_task("a")), SuggestionKind.TASK)
    assert [(one.unit, one.title) for one in tasks][:2] == [
        ("县水利局", "派出技术人员到责任堤段"),
        ("县教育局", "开放学校作为安置点"),
    ]
    assert tasks[0].quote == "县水利局立即派出技术人员到责任堤段"


def test_purposes_duties_people_helped_and_prohibitions_order_nothing() -> None:
    units = {one.unit for one in found(a_procedure(a_task("a")), SuggestionKind.TASK)}
    assert units == {"县水利局", "县教育局", "乡镇人民政府"}


def test_a_task_bound_to_the_clause_is_not_suggested_again() -> None:
    clauses = read()
    task = a_task("a", clause=of("转移安置", clauses), lead="县教育局")
    assert "县教育局" not in {one.unit for one in found(a_procedure(task), SuggestionKind.TASK)}


def test_another_unit_in_the_clause_of_a_task_is_suggested_as_its_owner() -> None:
    clauses = read()
    task = a_task("a", clause=of("转移安置", clauses), lead="县民政局")
    (owner,) = found(a_procedure(task), SuggestionKind.OWNER)
    assert (owner.task, owner.unit, owner.quote) == ("a", "县教育局", "县教育局开放学校作为安置点")


def test_limits_without_a_target_are_among_the_suggestions() -> None:
    (limit,) = found(a_procedure(a_task("a")), SuggestionKind.LIMIT)
    assert limit.limit is not None
    assert limit.limit.minutes == 30


def test_levels_of_the_text_the_procedure_does_not_know_are_suggested() -> None:
    text = """临河县防汛应急预案

1 应急响应
1.1 Ⅱ级响应
启动条件：预计沿江站水位超过保证水位。由指挥长决定启动。
1.2 Ⅰ级响应
启动条件：堤防发生决口。由县长决定启动。
"""
    ids = count()
    clauses = read_plan(text.encode(), "a.txt", new_id=lambda: f"c{next(ids)}").clauses
    one = suggestions(a_procedure(a_task("a")), clauses, levels(clauses))
    assert {each.title for each in one if each.kind is SuggestionKind.LEVEL} == {"Ⅱ级", "Ⅰ级"}
    known = template("river").procedure
    assert not [each for each in suggestions(known, clauses, levels(clauses)) if each.kind is SuggestionKind.LEVEL]
