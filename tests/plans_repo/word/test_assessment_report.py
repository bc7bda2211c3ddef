"""The assessment report: its numbers are the facts, its words never promise more than they hold."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx.document import Document
from docx.table import Table

from plans_repo.errors import PlansRepoError
from plans_repo.word import numbers, relief
from plans_repo.word.assessment_report import assessment_report
from plans_repo.word.facts import AnalysisFacts, BottleneckFacts, ReportFacts, TargetFacts
from plans_repo.word.paper import Paper
from plans_repo.word.report import Report
from plans_repo.word.sections.results import timeline_chart
from plans_repo.word.sections.stress import GROUPS, STRESS_ITEMS
from plans_repo.word.wording import LANGUAGES, Wording
from sim.figure import Mark
from sim.pairs import Counts
from tests.plans_repo.word import golden
from tests.plans_repo.word.builders import BOTTLENECKS, TARGETS, a_target, opened, outline, part, signed_out, some_facts
from tests.plans_repo.word.checking import complaints

ZH = Wording("zh")


def report(facts: ReportFacts) -> Document:
    return opened(assessment_report(facts))


def text_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def table_with(document: Document, *columns: str) -> Table:
    """The table whose header begins with these columns."""
    return next(
        table for table in document.tables if [cell.text for cell in table.rows[0].cells][: len(columns)] == [*columns]
    )


def body(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def quiet(**changes: object) -> ReportFacts:
    """Facts with nothing uncertain in them, then the changes."""
    sound = replace(some_facts().study, provisional=False)
    return some_facts(bottlenecks=(), warnings=(), untested=(), study=sound, **changes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outline_reads_as_agreed(language: str) -> None:
    assert golden.outline_of(language) == golden.kept(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_satisfies_the_schema(language: str, tmp_path: Path) -> None:
    assert complaints(assessment_report(some_facts(), language=language), tmp_path) == []


def test_the_verdict_table_prints_exactly_the_facts() -> None:
    facts = some_facts()
    rows = body(table_with(report(facts), "序号", "目标", "条款", "规定"))
    assert rows == [
        [
            str(number),
            target.title,
            numbers.clause_cell(ZH, target.clause_number),
            numbers.promise(ZH, target),
            numbers.percent(target.assurance),
            numbers.met_cell(ZH, target, facts.study.confidence),
            ZH.say(f"verdict.{target.verdict}") + ("\n〔拟议〕" if target.proposed else ""),
        ]
        for number, target in enumerate(facts.targets, start=1)
    ]


def test_times_and_bottlenecks_print_exactly_the_facts() -> None:
    document = report(some_facts())
    times = [row[4:6] for row in body(table_with(document, "序号", "目标", "起算"))]
    assert times == [[numbers.lead(ZH, t, t.p50_min), numbers.lead(ZH, t, t.p90_min)] for t in TARGETS]
    losses = [row[1:] for row in body(table_with(document, "序号", "目标", "任务", "原因"))]
    titles = {target.id: target.title for target in TARGETS}
    assert losses == [
        [
            titles[b.target],
            f"{b.task}\n{numbers.clause_cell(ZH, b.clause_number)}",
            relief.cause_cell(ZH, b),
            numbers.minutes(ZH, b.wait_min),
            relief.relief_cell(ZH, b),
            relief.met_cell(ZH, b),
            relief.gain_cell(ZH, b),
        ]
        for b in BOTTLENECKS
    ]
    assert losses[0][-2:] == ["61→93次\n完成98→100次", "提前18.2分钟\n（15.1分钟～21.4分钟）"]


def test_what_was_assumed_is_named_beside_what_it_changed() -> None:
    text = text_of(report(some_facts()))
    assert "假设抢险车辆数量不限，用相同随机数重新推演100次，达标由61次变为93次" in text
    assert "假设“抢险队伍行进”每次路途用时减半" in text
    assert "未见明显作用，此时主要受制于转移车辆（“乘车转移”，平均1小时12分）" in text
    assert "提前的时间可以多于占用的时间" in text


def test_where_nobody_got_there_before_runs_are_told_instead_of_minutes() -> None:
    counts = Counts(met_before=0, met_after=40, arrived_before=0, arrived_after=100, newly=100, paired=0)
    rescued = replace(BOTTLENECKS[0], saving_min=None, low=None, high=None, counts=counts)
    document = report(some_facts(bottlenecks=(rescued,)))
    assert body(table_with(document, "序号", "目标", "任务", "原因"))[0][-2:] == [
        "0→40次\n完成0→100次",
        "无法比较时间\n（前后都完成的不足2次）",
    ]
    text = text_of(document)
    assert "卡在抢险车辆" in text
    assert "达标由0次变为40次，完成由0次变为100次。" in text
    nobody = replace(
        rescued, counts=Counts(met_before=0, met_after=0, arrived_before=0, arrived_after=0, newly=0, paired=0)
    )
    text = text_of(report(some_facts(bottlenecks=(nobody,))))
    assert "达标仍为0次，前后都完成的不足2次，无法比较时间，未见明显作用。" in text


def test_a_record_without_counts_says_so() -> None:
    assert relief.met_cell(ZH, BOTTLENECKS[1]) == "未记录"
    assert relief.gain_cell(ZH, replace(BOTTLENECKS[1], saving_min=None, low=None, high=None)) == "未作推演"


def test_the_workbooks_behind_the_charts_hold_the_facts() -> None:
    facts, data = some_facts(), assessment_report(some_facts())

    def columns(number: int) -> list[list[object]]:
        sheet = openpyxl.load_workbook(io.BytesIO(part(data, f"word/embeddings/data{number}.xlsx"))).active
        assert sheet is not None
        return [list(column[1:]) for column in sheet.iter_cols(min_col=2, values_only=True)]

    targets, milestones = facts.targets, facts.milestones
    assert columns(1)[:4] == [
        [t.p_met for t in targets], [t.assurance for t in targets], [t.low for t in targets], [t.high for t in targets],
    ]  # fmt: skip
    rows = ([m.p10_min for m in milestones], [m.p50_min for m in milestones], [m.p90_min for m in milestones])
    assert columns(2) == [pytest.approx([minutes and minutes / 60 for minutes in row]) for row in rows]
    assert columns(3) == [pytest.approx([wait.mean_min / 60 for wait in facts.waits])]


def test_an_axis_is_in_minutes_while_nothing_on_it_lasts_an_hour() -> None:
    facts = some_facts(milestones=some_facts().milestones[:1])
    chart = timeline_chart(Report(paper=Paper(), facts=facts, words=ZH))
    assert (chart.value_title, [row.values for row in chart.series]) == ("分钟", [(8.2,), (15.6,), (29.9,)])
    assert timeline_chart(Report(paper=Paper(), facts=some_facts(), words=ZH)).value_title == "小时"


def test_a_missed_promise_is_named_with_its_clause_its_frequency_and_what_holds_it_up() -> None:
    text = text_of(report(some_facts()))
    assert (
        "1．抢险队伍到场：依据3.2条，推演检验的是自县防指下达命令起1小时内完成：做不到，推演400次，10次有4次做不到"
        in text
    )
    assert "第1项“抢险队伍到场”卡在抢险车辆。“装车出动”等待抢险车辆" in text


def test_a_promise_is_told_in_the_words_of_the_clause_apart_from_what_the_runs_reckon() -> None:
    told = a_target(
        own_words="接到命令后，抢险队伍应当在60分钟内到达出险地点", cautions=("起点不同。", "要求60辆，按40辆。")
    )
    text = text_of(report(quiet(targets=(told,))))
    assert (
        "3.2条写明“接到命令后，抢险队伍应当在60分钟内到达出险地点”，推演检验的是自县防指下达命令起1小时内完成：" in text
    )
    assert "起点不同。要求60辆，按40辆。" in text
    assert "写明“抢险队伍到场”自" not in text


def test_each_finding_stands_once_in_full_and_is_named_by_its_number_afterwards() -> None:
    text = text_of(report(some_facts()))
    assert text.count("推演检验的是自县防指下达命令起1小时内完成") == 1
    assert text.count("10次有4次做不到") == 1
    assert text.count("第1项") == 3  # once explained, two losses to be eased
    assert "第1项：3.2条“装车出动”平均等待抢险车辆24.6分钟，研究增加数量" in text
    assert "做到抢险车辆数量不限的，100次推演中达标由61次变为93次，不低于要求的90%。" in text


def test_a_relief_that_is_not_enough_says_what_else_would_have_to_change() -> None:
    counts = Counts(met_before=10, met_after=26, arrived_before=98, arrived_after=98, newly=0, paired=98)
    text = text_of(report(some_facts(bottlenecks=(replace(BOTTLENECKS[0], counts=counts),))))
    assert "也只达标26次（原为10次），低于要求的90%：只改这一处不够，还须压缩其他环节，或者修改3.2条的时限。" in text


@pytest.mark.parametrize("met", [0, 3])
def test_a_race_lost_also_where_it_is_eased_is_said_to_be_out_of_reach(met: int) -> None:
    race = replace(TARGETS[4], verdict="not_adequate", p_met=0.0, low=0.0, high=0.01, limit_min=360, p50_min=151.0)
    counts = Counts(met_before=0, met_after=met, arrived_before=98, arrived_after=98, newly=0, paired=98)
    eased = replace(BOTTLENECKS[0], counts=counts, target=race.id)
    text = text_of(report(raced(race, eased)))
    said = "条文要求早于洪水到达6小时，推演中半数提前2小时31分，占用时间最多的环节缓解后，重新推演100次仍没有一次做到"
    assert (said in text) == (met == 0)
    assert ("应当修改4.3.2条的提前时限，或者把启动条件提前" in text) == (met == 0)


def raced(race: TargetFacts, eased: BottleneckFacts) -> ReportFacts:
    return replace(quiet(targets=(race,)), bottlenecks=(eased,))


def test_programs_and_digests_stand_behind_the_signatures() -> None:
    whole = outline(report(some_facts()))
    at = whole.index("签署栏")
    for word in ("STRESS-DES", "Philox", "SimPy", some_facts().plan.root_hash, some_facts().study.results_hash):
        assert whole.index(word) > at


def test_analyses_kept_with_the_study_are_told_with_their_day() -> None:
    weak = AnalysisFacts(kind="weak", made_at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC), said="逐一检验32处失效。")
    with_it, without = (text_of(report(some_facts(analyses=some))) for some in ((weak,), ()))
    assert "（四）另作的分析" in with_it
    assert "1．薄弱环节（2026年3月2日）：逐一检验32处失效。" in with_it
    assert "没有逐一检验" not in with_it
    assert "没有逐一检验“少了谁就做不到”" in without
    assert "yuyan study weak" not in without
    assert "另作的分析" not in without.replace("另作分析", "")


def test_held_up_by_is_said_only_of_a_loss_whose_removal_helped() -> None:
    unsure = replace(BOTTLENECKS[0], saving_min=2.0, low=-1.0, high=5.0, counts=None)
    text = text_of(report(some_facts(bottlenecks=(unsure,))))
    assert "卡在抢险车辆" not in text
    assert "占用时间最多的是抢险车辆，但假设缓解后未见明显作用" in text
    assert "平均等待抢险车辆" not in text


def test_a_relaxation_that_hurts_is_reported_and_not_recommended() -> None:
    text = text_of(report(some_facts()))
    assert "假设道路始终畅通后，“救灾物资运输”所在的目标反而平均推迟6.4分钟（3.1分钟～9分钟）" in text
    assert "备用路线" not in text


@pytest.mark.parametrize(
    ("saving", "newly", "no_more", "said"),
    [
        (2.0, 0, 40, "；有得有失：前后都完成的有所提前，能够完成的次数却减少，不能认定为有利"),
        (-2.0, 40, 0, "；有得有失：能够完成的次数增加，前后都完成的却有所推迟"),
    ],
)
def test_a_relaxation_that_helps_and_hurts_is_called_mixed_and_not_recommended(
    saving: float, newly: int, no_more: int, said: str
) -> None:
    counts = Counts(
        met_before=50, met_after=30, arrived_before=50, arrived_after=50 + newly - no_more, newly=newly, paired=10
    )
    mixed = replace(BOTTLENECKS[0], saving_min=saving, low=saving - 1, high=saving + 1, counts=counts)
    document = report(some_facts(bottlenecks=(mixed,)))
    assert body(table_with(document, "序号", "目标", "任务", "原因"))[0][-1].startswith("有得有失：")
    text = text_of(document)
    assert text.count(said) == 2
    assert "但假设缓解后有得有失" in text
    assert "平均等待抢险车辆" not in text


def test_runs_that_no_longer_concern_anybody_are_told_beside_the_runs_done() -> None:
    counts = Counts(
        met_before=10, met_after=40, arrived_before=60, arrived_after=60, newly=0, paired=60, no_longer=40, only_now=3
    )
    spared = replace(BOTTLENECKS[2], counts=counts)
    text = text_of(report(some_facts(bottlenecks=(spared,))))
    assert "达标由10次变为40次，另有40次不再涉及该目标，另有3次新涉及该目标" in text
    assert relief.met_cell(ZH, spared) == "10→40次\n另有40次不再涉及该目标\n另有3次新涉及该目标"


def test_one_shortfall_makes_the_plan_not_adequate_and_one_open_verdict_keeps_it_undecided() -> None:
    good, open_one, bad = TARGETS[2], TARGETS[1], TARGETS[0]
    assert "预案不充分：3项目标中，有1项达不到规定要求" in text_of(report(quiet(targets=(good, open_one, bad))))
    undecided = text_of(report(quiet(targets=(good, open_one))))
    assert "尚不能判定预案是否充分" in undecided
    assert "判定为充分。" not in undecided
    assert "均达到规定要求，判定为充分" in text_of(report(quiet(targets=(good,))))


def test_of_a_plan_none_of_whose_clauses_was_tested_nothing_is_concluded() -> None:
    strays = tuple(replace(target, clause_number="", clause_text="") for target in TARGETS)
    text = text_of(report(quiet(targets=strays)))
    assert "没有一项绑定本预案条文，不能得出本预案充分与否的结论" in text
    assert "预案不充分" not in text
    assert "预案不充分" in text_of(report(quiet(targets=(TARGETS[0], *strays[1:]))))


@pytest.mark.parametrize("weakness", ["proposed", "provisional"])
def test_adequate_on_weak_ground_is_not_called_adequate(weakness: str) -> None:
    text = text_of(report(quiet(targets=(replace(TARGETS[2], **{weakness: True}),))))
    assert "仅作暂定，确认后方可作为“充分”引用" in text
    assert "判定为充分。" not in text


def test_undecided_is_never_printed_as_adequate() -> None:
    facts = quiet(targets=(TARGETS[1],), milestones=(), unfinished=())
    document = report(facts)
    verdicts = [row[-1] for row in body(table_with(document, "序号", "目标", "条款", "规定"))]
    assert verdicts == ["未定\n〔拟议〕"]
    assert "不得作为充分引用" in text_of(document)


def test_a_proposed_target_weakens_the_conclusion_in_words() -> None:
    sentence = "1项目标尚为〔拟议〕，由系统拟出，未经预案编制人确认"
    assert sentence in text_of(report(quiet(targets=(a_target(proposed=True),))))
    assert "尚为〔拟议〕" not in text_of(report(quiet(targets=(a_target(),))))


def test_a_provisional_verdict_carries_its_mark() -> None:
    document = report(quiet(targets=(a_target(provisional=True),)))
    assert body(table_with(document, "序号", "目标", "条款", "规定"))[0][-1] == "不足\n〔暂定〕"
    assert "本结论为暂定结论" in text_of(document)


def test_every_uncertain_figure_is_printed_with_its_mark() -> None:
    rows = body(table_with(report(some_facts()), "参数", "数值"))
    marks = {parameter.name: parameter.figure.mark for parameter in some_facts().scenario.parameters}
    for name, value, _, mark in rows:
        uncertain = marks[name] not in (Mark.READ, Mark.CALIBRATED)
        assert ("〔" in value) == uncertain
        assert mark == ZH.say(f"mark.{marks[name]}")


def test_all_twenty_stress_items_are_answered_under_their_six_headings() -> None:
    rows = body(table_with(report(some_facts()), "项目", "内容"))
    assert [row[0] for row in rows if not row[1]] == [ZH.say(f"stress.{group}") for group in GROUPS]
    answered = [row for row in rows if row[1]]
    assert len(answered) == len(STRESS_ITEMS) == 20


def reds(document: Document) -> list[str]:
    """Everything that is set in red."""
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    return [run.text for each in paragraphs for run in each.runs if run.font.color.rgb is not None]


def heads(document: Document) -> set[str]:
    """The heads of odd and even pages."""
    section = document.sections[0]
    return {section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text}


def test_a_draft_says_so_on_every_page_and_shows_in_red_what_is_missing() -> None:
    document = report(some_facts())
    assert heads(document) == {"内部征求意见稿（已退回，未经审签不得作为评估意见引用）"}
    said = reds(document)
    assert said[0] == (
        "本稿尚缺4项，以红字标明：3项推演数据中1项尚未复核；1项异议没有答复也没有撤回；评估结论缺4项；尚未审签。"
    )
    assert said.count("待填写") == 2 * 4 + 2
    assert {"未复核", "没有注明", "无法测算", "待签署"} <= set(said)
    assert "赵局于2026年3月4日退回：总体结论未说明理由。" in text_of(document)


def test_the_signed_paper_names_posts_and_days_and_has_nothing_red() -> None:
    facts = some_facts(assessed=signed_out())
    known = replace(facts.resources, norms=facts.resources.norms[:2])
    document = report(replace(facts, resources=known))
    assert heads(document) == {"正式稿　评估：林评（评估科副科长）　审签：赵局（副局长）　2026年3月6日"}
    assert reds(document) == []


def test_nothing_is_missing_in_the_signed_paper_where_only_the_record_is_poor() -> None:
    facts = some_facts(assessed=signed_out())
    document = report(replace(facts, study=replace(facts.study, spent_s=None)))
    assert "本稿尚缺" not in text_of(document)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [cell for cell in cells if "计算用时" in cell] == ["Linux x86_64，2核；计算用时研究记录未载明。\n" + LACKED]
    assert all("。。" not in cell for cell in cells)


LACKED = "缺：研究记录没有留存运行环境或者计算用时。"


def test_the_figures_to_be_confirmed_are_counted_from_the_list_of_annex_1() -> None:
    listed = body(table_with(report(some_facts()), "序号", "类别"))
    open_ = [row for row in listed if row[5] in ("待确认", "专家估计", "演示数据")]
    text = text_of(report(some_facts()))
    assert f"尚未确认的数据共{len(open_)}项（专家估计1项、待确认1项），逐项列于附件1" in text
    assert f"演示的{len(open_)}项数据" in text
    stress = dict(body(table_with(report(some_facts()), "项目", "内容")))
    assert stress["3.4 假设"].startswith(f"尚未确认的数据{len(open_)}项，见附件1")


def test_a_post_that_stands_in_the_name_is_not_said_twice() -> None:
    signed = signed_out()
    last = replace(signed.signatures[-1], name="秦临川（分管副县长）", post="分管副县长")
    told = replace(signed, signatures=(*signed.signatures[:-1], last))
    document = report(some_facts(assessed=told))
    assert heads(document) == {"正式稿　评估：林评（评估科副科长）　审签：秦临川（分管副县长）　2026年3月6日"}
    assert "（分管副县长）（分管副县长）" not in text_of(document)


def test_waits_are_said_to_add_up_along_the_chain_and_to_exceed_the_time_all_together() -> None:
    text = text_of(report(some_facts()))
    assert "那一串任务上，各项等待、路途和作业相加与该目标的用时完全一致" in text
    assert "力量不足时排队等待，等待时间逐分钟记明原因，各项相加与总用时完全一致" not in text
    assert "以资源方案“青河县2026年汛前力量”的力量应对" in text


def test_a_conclusion_that_departs_stands_beside_the_computed_verdict_with_its_reason() -> None:
    rows = body(table_with(report(some_facts()), "序号", "目标", "仿真判定", "评估结论"))
    assert rows[0][2:] == [
        "不足",
        "证据不足\n（与判定不一致）",
        "到场用时没有本地记录。\n与判定不一致的理由：行进用时为专家估计，偏差可能达一倍。",
    ]
    assert rows[2][2:4] == ["充分", "充分"]


@pytest.mark.parametrize(
    ("change", "item"),
    [({"software": ()}, "5.1"), ({"code": ""}, "5.3"), ({"system": ""}, "5.4"), ({"spent_s": None}, "5.4")],
)
def test_what_the_record_lacks_is_counted_and_named(change: dict[str, Any], item: str) -> None:
    facts = some_facts(assessed=signed_out())
    document = report(replace(facts, study=replace(facts.study, **change)))
    assert next(text for text in reds(document) if text.startswith("有1项填写不全")).split("：")[1].startswith(item)
    assert "已填19项" in text_of(document)


def test_minutes_waited_add_up_to_the_total() -> None:
    rows = body(table_with(report(some_facts()), "等待原因", "平均等待", "占比"))
    assert rows[-1] == ["合计", numbers.minutes(ZH, sum(item.mean_min for item in some_facts().waits)), "100%"]


def test_the_answer_to_every_promise_is_one_sentence() -> None:
    text = text_of(report(some_facts()))
    assert "1．抢险队伍到场：依据3.2条，推演检验的是自县防指下达命令起1小时内完成：做不到，推演400次" in text
    assert "要求达标90%，卡在" in text


def test_the_record_says_how_to_make_the_numbers_again() -> None:
    facts = some_facts()
    cells = [cell.text for table in report(facts).tables for row in table.rows for cell in row.cells]
    for value in (facts.study.command, facts.study.results_hash, facts.plan.root_hash, facts.study.id):
        assert value in cells
    assert f"{facts.study.seed}（由输入内容的校验码确定）" in cells


def test_a_target_without_a_clause_is_never_said_to_stand_in_the_plan() -> None:
    stray = a_target(clause_number="", clause_text="", source="洪涝模板", mark=Mark.EXPERT)
    document = report(quiet(targets=(stray,)))
    text = text_of(document)
    assert (
        "没有绑定预案条文的目标“抢险队伍到场”，按模板要求自县防指下达命令起1小时内完成〔专家估计〕：做不到，推演400次，10次有4次做不到"
        in text
    )
    assert "写明“抢险队伍到场”" not in text
    assert body(table_with(document, "序号", "目标", "条款", "规定"))[0][2] == "无对应条文"
    assert body(table_with(document, "序号", "条款", "条文摘录"))[0][2] == "（没有绑定预案条文，目标取自洪涝模板）"


def test_milestones_stand_in_the_order_of_time() -> None:
    backwards = some_facts(milestones=some_facts().milestones[::-1])
    assert assessment_report(backwards) == assessment_report(some_facts())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "本情景达到预案写明的启动条件（青河水文站水位超过保证水位），启动Ⅱ级响应。"),
        ({"is_level_of_template": True}, "按灾种模板的条件（青河水文站水位超过保证水位）启动Ⅱ级响应，级别待确认。"),
        ({"level_conditions": ()}, "情景设定启动Ⅱ级响应。"),
        ({"level": "", "level_conditions": ()}, "本情景未达到任何一级响应的启动条件。"),
    ],
)
def test_what_a_level_rests_on_is_said(changes: dict[str, Any], sentence: str) -> None:
    facts = some_facts()
    assert sentence in text_of(report(replace(facts, scenario=replace(facts.scenario, **changes))))


def test_a_promise_for_some_cases_names_them_and_targets_of_other_cases_are_listed() -> None:
    document = report(some_facts())
    text = text_of(document)
    assert "事件情形：非办公时间，较大事件" in text
    assert "下列目标只对其他响应级别或者情形作出承诺，不适用于本情景：向市防指报告灾情（一般事件）。" in text
    assert "较大以上事件：自接警起30分钟内完成" in body(table_with(document, "序号", "目标", "条款"))[2]


def test_a_seed_somebody_chose_is_said_to_be_chosen() -> None:
    facts = some_facts(study=replace(some_facts().study, seed_chosen=True))
    cells = [cell.text for table in report(facts).tables for row in table.rows for cell in row.cells]
    assert f"{facts.study.seed}（人为指定）" in cells


def test_a_study_with_nothing_to_judge_still_makes_a_report(tmp_path: Path) -> None:
    facts = quiet(targets=(), waits=(), milestones=(), unfinished=())
    data = assessment_report(facts)
    assert complaints(data, tmp_path) == []
    assert "不能得出充分与否的结论" in text_of(opened(data))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert assessment_report(some_facts()) == assessment_report(some_facts())


def test_braces_in_a_title_are_words_and_nothing_else() -> None:
    assert "“{0}到场”" in text_of(report(quiet(targets=(a_target(title="{0}到场"),))))


def test_facts_that_cannot_be_are_refused() -> None:
    for changes, code in (
        ({"verdict": "maybe"}, "report-word-unknown"),
        ({"kind": "wish"}, "report-word-unknown"),
        ({"p_met": 0.2}, "report-interval-misses-value"),
    ):
        with pytest.raises(PlansRepoError, match=code):
            a_target(**changes)
    with pytest.raises(PlansRepoError, match="report-target-twice"):
        some_facts(targets=(a_target(), a_target()))
    with pytest.raises(PlansRepoError, match="report-word-unknown"):
        some_facts(targets=())  # bottlenecks name targets that are not there
    study = some_facts().study
    with pytest.raises(PlansRepoError, match="report-without-runs"):
        replace(study, runs=0)
    with pytest.raises(PlansRepoError, match="report-time-without-zone"):
        replace(study, created_at=study.created_at.replace(tzinfo=None))
