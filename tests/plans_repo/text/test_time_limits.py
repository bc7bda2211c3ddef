"""Time limits found in sentences: how many, how exactly, and which words are none."""

from collections import Counter

import pytest

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.finding.limits import limits_in
from plans_repo.text.recognition import LimitKind, StartKind, time_limits, working_day_limits
from tests.plans_repo.text.builders import a_clause
from tests.plans_repo.text.gold_blind import LIMITS
from tests.plans_repo.text.gold_limits import GOLD, HELD_BACK, PROMISED, Limit

RECALL = 0.95
PRECISION = 0.97
FIELDS_RIGHT = 0.93  # who, to and start, each


def found_in(sentence: str) -> list[Limit]:
    found = (limit for limit in limits_in(sentence) if limit.kind is not LimitKind.WORKING_DAYS)
    return [(round(limit.minutes, 4), limit.who, limit.to, limit.starts) for limit in found]


def measured(gold: tuple[tuple[str, tuple[Limit, ...]], ...]) -> tuple[float, float]:
    """Recall and precision over the minutes of each sentence."""
    right = wanted = given = 0
    for sentence, limits in gold:
        expected, found = Counter(limit[0] for limit in limits), Counter(limit[0] for limit in found_in(sentence))
        right += (expected & found).total()
        wanted += expected.total()
        given += found.total()
    return right / wanted, right / given


@pytest.mark.parametrize("gold", [GOLD + PROMISED, HELD_BACK, LIMITS], ids=["gold", "held back", "fixed before"])
def test_limits_are_found_and_nothing_else(gold: tuple[tuple[str, tuple[Limit, ...]], ...]) -> None:
    recall, precision = measured(gold)
    assert recall >= RECALL
    assert precision >= PRECISION


@pytest.mark.parametrize(("sentence", "limits"), PROMISED, ids=[sentence for sentence, _ in PROMISED])
def test_promises_are_told_from_conditions(sentence: str, limits: tuple[Limit, ...]) -> None:
    assert found_in(sentence) == [(float(minutes), *words) for minutes, *words in limits]


def test_the_gold_sets_are_large_enough_to_say_something() -> None:
    sentences = [sentence for sentence, _ in GOLD + HELD_BACK]
    assert len(set(sentences)) == len(sentences) >= 190
    assert sum(not limits for _, limits in GOLD + HELD_BACK) >= 70


@pytest.mark.parametrize("field", [1, 2, 3], ids=["who", "to", "starts"])
def test_who_to_and_start_are_mostly_right(field: int) -> None:
    pairs = [
        (limit[field], other[field])
        for sentence, limits in GOLD + HELD_BACK
        for limit, other in zip(limits, found_in(sentence), strict=False)
    ]
    assert sum(wanted == found for wanted, found in pairs) / len(pairs) >= FIELDS_RIGHT


def test_two_limits_of_one_sentence_share_start_and_differ_in_medium() -> None:
    (first, second) = time_limits([a_clause("c", text="事发单位接报后半小时内口头、1小时内书面向县应急局报告。")])
    assert (first.minutes, first.medium, first.starts, first.starts_kind) == (30, "口头", "接报", StartKind.RECEIPT)
    assert (second.minutes, second.medium, second.starts, second.to) == (60, "书面", "接报", "县应急局")
    assert {first.clause, second.clause} == {"c"}
    assert first.text[first.at :].startswith("半小时")


def test_working_days_are_a_kind_of_their_own() -> None:
    clauses = [
        a_clause("c", text="印发之日起20个工作日内报市应急局备案。\n自事故发生之日起30日内补报。\n30分钟内报告。")
    ]
    assert [(limit.kind, limit.minutes) for limit in time_limits(clauses)] == [
        (LimitKind.FOLLOW_UP, 43200), (LimitKind.RESPONSE, 30),
    ]  # fmt: skip
    assert [limit.working_days for limit in working_day_limits(clauses)] == [20]


def test_the_title_of_a_clause_may_say_who_acts() -> None:
    clause = a_clause("c", title="县消防救援大队", title_end="：", run_in=True, text="接警后1分钟内出动。")
    assert time_limits([clause])[0].who == "县消防救援大队"


def test_rows_of_tables_are_read() -> None:
    table = Table(
        rows=(
            (Cell(content=("单位",)), Cell(content=("要求",))),
            (Cell(content=("县医院",)), Cell(content=("30分钟内到达现场",))),
        )
    )
    (limit,) = time_limits([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert (limit.minutes, limit.who, limit.clause) == (30, "县医院", "t")


def test_contents_lists_and_page_headers_promise_nothing() -> None:
    clauses = [
        Clause(id=kind.value, kind=kind, text="30分钟内报告")
        for kind in (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
    ]
    assert time_limits(clauses) == ()


@pytest.mark.parametrize(("words", "minutes"), [
    ("半小时", 30), ("半个小时", 30), ("一个半小时", 90), ("1.5小时", 90), ("两小时", 120), ("二十四小时", 1440),
    ("30min", 30), ("2h", 120), ("10秒", 1 / 6),
    ("1小时30分钟", 90), ("2～3小时", 180), ("一刻钟", 15), ("３０分钟", 30), ("三日", 4320), ("半天", 720),
    ("1个小时", 60), ("60s", 1),
])  # fmt: skip
def test_spans_are_read_in_minutes(words: str, minutes: float) -> None:
    assert [limit.minutes for limit in limits_in(f"应在{words}内报告。")] == [pytest.approx(minutes)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "报告县政府及其有关部门的时间不得超过15分钟；报告市政府、市应急局的时间不得超过40分钟；"
            "报告省政府，不得超过1小时，并在2小时内作出书面报告；报告国务院不得超过4个小时。",
            [(15, "县政府及其有关部门"), (40, "市政府、市应急局"), (60, "省政府"), (120, "省政府"), (240, "国务院")],
        ),
        ("乡镇30分钟内电话报告县应急局；县应急局报告市应急局不得超过1小时。", [(30, "县应急局"), (60, "市应急局")]),
        ("1小时内报告县政府；2小时内作出处置安排。", [(60, "县政府"), (120, "")]),
    ],
)
def test_a_report_goes_to_whom_its_own_part_of_the_sentence_names(sentence: str, told: list[tuple[float, str]]) -> None:
    assert [(limit.minutes, limit.to) for limit in limits_in(sentence)] == told


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("灾情发生后48小时内，协调有关部门组成联合工作组。", ""),
        ("灾情发生后24小时内，以县政府名义向灾区发慰问电。", "县政府"),
        ("接报后1小时内，县防办将灾情报市防办。", "县防办"),
        ("县防指副指挥主持会商，1小时内将情况上报县政府。", "县防指副指挥"),
        ("县防指主持会商，县委、县政府主要领导参加，30分钟内报告市政府。", "县防指"),
    ],
)
def test_who_keeps_a_limit_is_no_verb_and_no_name_lent(sentence: str, who: str) -> None:
    assert [limit.who for limit in limits_in(sentence)] == [who]


def test_who_was_told_keeps_no_limit_and_things_behind_a_semicolon_have_no_keeper() -> None:
    first, second = limits_in("县防指30分钟内报告市委、市政府，2小时内书面报告。")
    assert (first.who, first.to, second.who) == ("县防指", "市委、市政府", "县防指")
    first, second = limits_in("县森防办接报后15分钟内向县委、县政府值班室口头报告，40分钟内书面报告。")
    assert (first.to, second.who) == ("县委、县政府值班室", "县森防办")
    first, second = limits_in("县财政局24小时内下拨救灾资金；救灾物资在灾后10小时内送达。")
    assert (first.who, second.who) == ("县财政局", "")


def test_a_start_may_list_what_is_reported() -> None:
    (limit,) = limits_in("县水利局接到当地出现中、小型险情和灾情的报告后，要在6小时内报市水利局。")
    assert (limit.starts, limit.starts_kind) == ("接到当地出现中、小型险情和灾情的报告", StartKind.RECEIPT)
    (limit,) = limits_in("出现特大型、大型险情和灾情后，县政府立即启动预案，并于1小时内报市政府。")
    assert (limit.starts, limit.starts_kind) == ("出现特大型、大型险情和灾情", StartKind.EVENT)
