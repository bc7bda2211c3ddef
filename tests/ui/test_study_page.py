"""The study page: every control asks what it says, a result never says more than it knows."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import html
from streamlit.testing.v1 import AppTest

from plans_repo import assessment, causes, plans, studies
from plans_repo.intake import take_file
from plans_repo.plans import Plan
from plans_repo.proposals import procedure_for
from plans_repo.store import accounts, jobs
from plans_repo.store.worker import run_one
from plans_repo.studies import Request, Study
from plans_repo.word.wording import Wording
from sim.figure import Footing, Mark
from sim.procedure import Hazard
from sim.statistics import Verdict
from tests.ui.conftest import Clock
from tests.ui.planned import furnish
from ui import downloads
from ui.command_line import main
from ui.components import badges, study_charts
from ui.components.clause_pages import ClausePages
from ui.components.verdict_table import conclusion, reservations, verdict_table
from ui.handlers import all_handlers
from ui.installation import Installation, open_installation
from ui.todos import todos
from ui.wording import choose_language

SCENARIO = "river-plain-night"
RUNS = 4


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan in two versions, and one short study of the first."""
    data = tmp_path_factory.mktemp("studied")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    request = Request(plan=opened.plan, version=opened.version, scenario=SCENARIO, runs=RUNS)
    studies.run(installation.store, actor(installation), request)
    with installation.store.work(actor(installation)) as work:
        plans.confirm(work, opened.plan)
    installation.store.close()
    return data


@pytest.fixture
def flood(installation: Installation) -> Plan:
    with installation.store.reading(actor(installation)) as work:
        return plans.list_plans(work)[0]


@pytest.fixture
def study(installation: Installation) -> Study:
    with installation.store.reading(actor(installation)) as work:
        return studies.study(work, studies.studies(work)[0].id)


def actor(installation: Installation, name: str = "author") -> Any:
    return accounts.actor_named(installation.store, name)


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def asked(installation: Installation) -> dict[str, Any]:
    """The parameters of the newest job."""
    with installation.store.reading(actor(installation)) as work:
        return dict(jobs.jobs(work)[0].params)


def start(at: AppTest) -> AppTest:
    return at.button(key="start").click().run()


# asking


def test_a_study_is_queued_with_what_stands_in_the_form(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = start(app("author", "study_page.py"))
    assert not at.exception
    assert at.query_params["job"]
    params = asked(installation)
    assert params["plan"] == flood.id
    assert (params["runs"], params["most_runs"], params["seed"], params["engine"]) == (0, 800, None, "kernel")
    assert [str(bar.proto.text) for bar in at.get("progress")] == ["排队等候…"]


@pytest.mark.parametrize(
    ("key", "choose", "field", "expected"),
    [
        ("study-how", lambda at: at.radio(key="study-how").set_value("exact"), "runs", 200),
        ("study-most", lambda at: at.selectbox(key="study-most").set_value(1600), "most_runs", 1600),
        ("study-scenario", lambda at: at.selectbox(key="study-scenario").set_value(SCENARIO), "scenario", SCENARIO),
        ("study-how", lambda at: at.radio(key="study-how").set_value("precision"), "precision_share", 0.05),
        ("study-joint", lambda at: at.checkbox(key="study-joint").check(), "is_joint", True),
        ("study-minutes", lambda at: at.text_input(key="study-minutes").set_value("30"), "most_minutes", 30.0),
        ("study-anew", lambda at: at.checkbox(key="study-anew").check(), "anew", True),
        ("study-seed", lambda at: at.text_input(key="study-seed").set_value("42"), "seed", 42),
    ],
)
def test_every_control_changes_what_is_asked(
    app: Callable[..., AppTest], installation: Installation, key: str, choose: Any, field: str, expected: Any
) -> None:
    at = app("author", "study_page.py")
    choose(at).run()
    start(at)
    assert asked(installation)[field] == expected, key


def test_the_number_of_runs_is_exact(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", "study_page.py")
    at.radio(key="study-how").set_value("exact").run()
    at.text_input(key="study-runs").set_value("350").run()
    start(at)
    assert asked(installation)["runs"] == 350


def test_the_version_chosen_is_the_one_played(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    with installation.store.reading(actor(installation)) as work:
        first, second = plans.versions_of(work, flood.id)
    at = app("author", "study_page.py")
    box = at.selectbox(key=f"study-version-{flood.id}")
    assert box.value == second.id
    box.set_value(first.id).run()
    start(at)
    assert asked(installation)["version"] == first.id


def test_plan_version_and_scenario_come_from_the_address(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    with installation.store.reading(actor(installation)) as work:
        first = plans.versions_of(work, flood.id)[0]
    at = app("author", "study_page.py", plan=flood.id, v=first.id, scenario=SCENARIO)
    start(at)
    params = asked(installation)
    assert (params["plan"], params["version"], params["scenario"]) == (flood.id, first.id, SCENARIO)


def another_plan(installation: Installation) -> str:
    text = "# 某镇山洪灾害应急预案\n\n## 一、总则\n\n接报后30分钟内到达现场。\n".encode()
    with installation.store.work(actor(installation)) as work:
        return take_file(work, text, "山洪.md", propose=procedure_for).first.plan


def test_with_several_plans_none_is_chosen_for_the_person(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    other = another_plan(installation)
    at = app("author", "study_page.py")
    assert at.selectbox(key="study-plan").value is None
    assert "start" not in [button.key for button in at.button]
    at.selectbox(key="study-plan").set_value(other).run()
    start(at)
    assert asked(installation)["plan"] == other


def test_the_plan_and_the_version_looked_at_last_are_chosen(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    another_plan(installation)
    with installation.store.reading(actor(installation)) as work:
        first = plans.versions_of(work, flood.id)[0]
    at = app("author", "plan_page.py", id=flood.id, v=first.id)
    at.query_params.clear()
    at.switch_page("pages/study_page.py").run()
    assert at.selectbox(key="study-plan").value == flood.id
    assert at.selectbox(key=f"study-version-{flood.id}").value == first.id


def test_the_plan_and_the_units_chosen_are_the_ones_played(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    from plans_repo.resources import Resource, ResourceClass, add_resource

    with installation.store.work(actor(installation)) as work:
        team = Resource(
            title="转移客车",
            kind=ResourceClass.VEHICLE,
            quantity=30,
            unit="辆",
            keeper=flood.organisation,
            pool="bus",
            source="客运公司清单",
            checked_on=date(2026, 5, 1),
        )
        add_resource(work, team)
    at = app("author", "study_page.py")
    at.selectbox(key="study-plan").set_value(flood.id).run()
    at.selectbox(key="study-resources").set_value("register").run()
    start(at)
    params = asked(installation)
    assert (params["plan"], params["resource_set"]) == (flood.id, "register")


def test_only_scenarios_of_the_plans_hazard_are_offered(app: Callable[..., AppTest]) -> None:
    options = app("author", "study_page.py").selectbox(key="study-scenario").options
    assert any("平原" in option for option in options)
    assert not any("矿" in option or "火" in option for option in options)


def test_a_seed_that_is_no_number_is_said_and_not_used(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", "study_page.py")
    at.text_input(key="study-seed").set_value("四十二").run()
    assert [said.value for said in at.error] == ["种子只能是数字；现按输入内容的校验码推演。"]
    start(at)
    assert asked(installation)["seed"] is None


def test_who_may_only_read_studies_is_offered_no_start(app: Callable[..., AppTest]) -> None:
    at = app("reviewer", "study_page.py")
    assert "start" not in [button.key for button in at.button]
    assert "已有研究" in [head.value for head in at.subheader]


def test_the_job_ends_at_the_address_of_its_study(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, clock: Clock
) -> None:
    clock.forward(minutes=1)
    at = app("author", "study_page.py", scenario=SCENARIO)
    at.radio(key="study-how").set_value("exact").run()
    at.text_input(key="study-runs").set_value("1").run()
    start(at)
    assert run_one(installation.store, all_handlers(), worker_id="tests")
    at.run()
    assert not at.exception
    with installation.store.reading(actor(installation)) as work:
        newest = studies.studies(work, flood.id)[0]
        titles = [todo.title for todo in todos(work)]
    assert at.query_params["id"] == newest.id
    assert "共检验" in markup(at)
    assert any(title.startswith(flood.title) and title.endswith("：仿真研究已完成，请查看结论") for title in titles)


def test_the_same_question_again_leads_to_the_study_there_is_and_says_so(
    app: Callable[..., AppTest], installation: Installation, study: Study
) -> None:
    at = app("author", "study_page.py", plan=study.plan, v=study.version, scenario=SCENARIO)
    at.radio(key="study-how").set_value("exact").run()
    at.text_input(key="study-runs").set_value(str(RUNS)).run()
    start(at)
    assert run_one(installation.store, all_handlers(), worker_id="tests")
    at.run()
    assert not at.exception
    assert at.query_params["id"] == study.id
    assert any("没有重新计算" in str(info.value) for info in at.info)


# reading


def test_times_stand_with_their_intervals_and_cautions(app: Callable[..., AppTest], study: Study) -> None:
    at = app("author", "study_page.py", id=study.id)
    shown = html.fromstring(f"<div>{markup(at)}</div>")
    table = next(table for table in shown.iter("table") if "关键任务" in table.text_content())
    assert [cell.text_content() for cell in table.iter("th")] == [
        "目标", "半数推演", "九成推演", "平均", "未完成", "关键任务",
    ]  # fmt: skip
    assert len(list(table.iter("tr"))) == 1 + len(study.findings.targets)
    assert any("不足30次" in note.value for note in at.caption)


def test_a_result_says_first_what_it_means(app: Callable[..., AppTest], study: Study) -> None:
    at = app("author", "study_page.py", id=study.id)
    shown = markup(at)
    counts = [sum(one.verdict is verdict for one in study.findings.targets) for verdict in Verdict]
    assert f"共检验 {sum(counts)} 项目标：充分 {counts[0]} 项，不足 {counts[1]} 项，未定 {counts[2]} 项。" in shown
    assert "不得视为充分" in shown
    assert "尚未经编制人确认" in shown
    assert len(at.get("plotly_chart")) == 2
    assert study.findings.results_hash in shown
    assert str(study.seed) in shown
    assert "yuyan --data DATA study run" in shown


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_sentence_counts_each_verdict_by_itself(study: Study, verdict: Verdict) -> None:
    choose_language("zh")
    targets = tuple(replace(one, verdict=verdict) for one in study.findings.targets)
    told = replace(study, findings=replace(study.findings, targets=targets))
    count = len(targets)
    said = {Verdict.ADEQUATE: "充分", Verdict.NOT_ADEQUATE: "不足", Verdict.UNDECIDED: "未定"}[verdict]
    assert f"{said} {count} 项" in conclusion(told)
    assert conclusion(told).count(" 0 项") == 2
    assert any("不得视为充分" in words for words in reservations(told)) is (verdict is Verdict.UNDECIDED)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_is_not_adequate_leads_its_writer_to_the_clause_in_the_draft(study: Study, verdict: Verdict) -> None:
    (first, *_rest) = (one for one in study.findings.targets if one.target.clause)
    judged = replace(study, findings=replace(study.findings, targets=(replace(first, verdict=verdict),)))
    cited, way = {first.target.clause: "六（三）"}, f"part=editing&amp;clause={first.target.clause}"
    assert (
        way in verdict_table(judged, cited, {}, ClausePages(own="/plan?id=7", draft="/plan?id=7&part=editing"))
    ) is (verdict is not Verdict.ADEQUATE)
    assert way not in verdict_table(judged, cited, {}, ClausePages(own="/plan?id=7"))


def test_every_verdict_stands_with_its_interval_assurance_and_clause(study: Study) -> None:
    choose_language("zh")
    clause = next(one.target.clause for one in study.findings.targets if one.target.clause)
    shown = verdict_table(study, {clause: "六（三）"}, {}, ClausePages(own="/plan?id=7"))
    assert shown.count("yy-scale") == len(study.findings.targets)
    assert f"/plan?id=7&amp;clause={clause}" in shown
    assert "拟议" in shown


def test_what_sets_the_run_apart_from_a_clause_stands_beside_the_promise(
    app: Callable[..., AppTest], installation: Installation, study: Study
) -> None:
    choose_language("zh")
    with installation.store.reading(actor(installation)) as work:
        told = [line for each in assessment.report_facts(work, study.id, "zh").targets for line in each.cautions]
    shown = markup(app("author", "study_page.py", id=study.id))
    assert any("两者不同，结论能否对应条文由评估人认定" in line for line in told)
    assert any("要求60辆，本次推演按40辆" in line for line in told)
    assert all(line in shown for line in told)


def test_the_bands_run_in_task_order_and_in_hours(study: Study) -> None:
    choose_language("zh")
    figure = study_charts.band_chart(study)
    bands = study_charts.shown_bands(study)
    order = [task.id for task in study.procedure.tasks]
    assert [order.index(band.task) for band in bands] == sorted(order.index(band.task) for band in bands)
    assert figure.data[0].base[0] == pytest.approx((bands[0].p10_min or 0.0) / 60)
    assert figure.layout.xaxis.title.text == "零时后（小时）"


def test_tasks_that_are_all_over_within_three_hours_are_drawn_in_minutes(study: Study) -> None:
    choose_language("zh")
    soon = tuple(replace(band, p10_min=10.0, p50_min=20.0, p90_min=90.0) for band in study.findings.bands)
    figure = study_charts.band_chart(replace(study, findings=replace(study.findings, bands=soon)))
    assert figure.layout.xaxis.title.text == "零时后（分）"
    assert (figure.data[0].base[0], figure.data[0].x[0]) == (10.0, 80.0)
    later = tuple(replace(band, p90_min=181.0) for band in soon)
    figure = study_charts.band_chart(replace(study, findings=replace(study.findings, bands=later)))
    assert figure.layout.xaxis.title.text == "零时后（小时）"


def test_one_task_far_off_does_not_squeeze_the_others_and_is_named(study: Study) -> None:
    choose_language("zh")
    soon = [replace(band, p10_min=10.0, p50_min=20.0, p90_min=90.0) for band in study.findings.bands]
    far = replace(soon[-1], p50_min=900.0, p90_min=1200.0)
    told = replace(study, findings=replace(study.findings, bands=(*soon[:-1], far)))
    assert len(soon) >= 10
    assert tuple(study_charts.band_chart(told).layout.xaxis.range) == (0, pytest.approx(94.5))
    assert "有 1 项结束得晚得多" in study_charts.band_words(told)
    assert "（中位 15 小时）" in study_charts.band_words(told)
    near = replace(study, findings=replace(study.findings, bands=tuple(soon)))
    assert "晚得多" not in study_charts.band_words(near)


def test_the_bottlenecks_of_the_page_are_those_of_the_report(
    app: Callable[..., AppTest], installation: Installation, study: Study
) -> None:
    choose_language("zh")
    with installation.store.reading(actor(installation)) as work:
        facts = assessment.report_facts(work, study.id, "zh")
        printed = docx.Document(io.BytesIO(assessment.report(work, study.id, "zh")))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in printed.tables]
    rows = next(rows for rows in tables if rows[0][:3] == ["序号", "目标", "任务"])
    at = app("author", "study_page.py", id=study.id)
    shown = html.fromstring(f"<div>{markup(at)}</div>")
    page = next(table for table in shown.iter("table") if "缓解假设" in table.text_content())
    heads = [head.text_content() for head in page.iter("th")]
    assert heads == rows[0][1:]
    for line, row, item in zip(list(page.iter("tr"))[1:], rows[1:], facts.bottlenecks, strict=True):
        words = line.text_content()
        for cell in (row[1], item.task, *row[3:]):
            assert all(part in words for part in cell.split("\n")), (cell, words)
    notes = [note.value for note in at.caption]
    assert [note for note in notes if "提前的时间可以多于占用的时间" in note]
    assert all(note in "\n".join(part.text for part in printed.paragraphs) for note in notes if "关键链" in note)


def test_every_task_that_did_not_end_is_named_as_in_the_report(installation: Installation, study: Study) -> None:
    choose_language("zh")
    bands = study.findings.bands
    late = replace(bands[0], unfinished_share=0.3, failed_share=0.0)
    failed = replace(bands[1], unfinished_share=0.0, failed_share=1.0)
    rest = [replace(band, unfinished_share=0.0, failed_share=0.0) for band in bands[2:]]
    told = replace(study, findings=replace(study.findings, bands=(late, failed, *rest)))
    first, second = (item.task for item in causes.unfinished(told, {}, "zh"))
    assert study_charts.band_words(told).endswith(
        "有 2 项任务在部分推演中未能完成或者最终失败（有一处即计入）："
        f"{first}（未完成 30%）、{second}（最终失败 100%）。"
    )


def test_units_and_engine_are_told_in_chinese(app: Callable[..., AppTest], study: Study) -> None:
    shown = markup(app("author", "study_page.py", id=study.id))
    units = {one.figure.unit for one in study.scenario.parameters}
    assert {"m/min", "person", "min"} <= units
    assert not re.search(r"\d (m/min|person|min|people|km/h|share)\b", shown)
    assert "米/分钟" in shown
    assert "快速引擎（编译执行" in shown


def test_marks_and_footings_have_one_word_on_the_screen_and_in_the_report() -> None:
    words = Wording("zh")
    for group, kinds, shown in (("mark", Mark, badges.MARKS), ("footing", Footing, badges.FOOTINGS)):
        assert {kind.value: words.say(f"{group}.{kind}") for kind in kinds} == {
            kind: word for kind, (word, _tone) in shown.items()
        }


def test_the_command_makes_the_same_study_again(
    installation: Installation, study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(assessment.command(study))
    assert words[0] == "yuyan"
    assert main([*(str(installation.data) if word == "DATA" else word for word in words[1:]), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hash"] == study.findings.results_hash


def test_the_waits_add_up_however_they_are_counted(study: Study) -> None:
    by_task, by_cause = (study_charts.wait_stack(study, by_task=flag) for flag in (True, False))
    total = sum(wait.mean_min for wait in study.findings.waits)
    assert by_task.total_min == pytest.approx(total)
    assert by_cause.total_min == pytest.approx(total)


def test_the_waits_are_counted_as_chosen(app: Callable[..., AppTest], study: Study) -> None:
    at = app("author", "study_page.py", id=study.id)
    before = [chart.proto.spec for chart in at.get("plotly_chart")]
    at.segmented_control(key="waits-by").set_value("cause").run()
    after = [chart.proto.spec for chart in at.get("plotly_chart")]
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_an_unknown_study_does_not_exist(app: Callable[..., AppTest]) -> None:
    assert [said.value for said in app("author", "study_page.py", id="7").error] == ["不存在或无权访问。"]


def test_earlier_studies_are_listed_with_links(app: Callable[..., AppTest], study: Study) -> None:
    assert f'href="/study?id={study.id}"' in markup(app("evaluator", "study_page.py"))


@pytest.mark.parametrize(("lang", "name"), [("zh", "清川县防汛应急预案仿真评估报告.docx"), ("en", "")])
def test_the_report_comes_in_the_language_asked_for(
    installation: Installation, study: Study, lang: str, name: str
) -> None:
    choose_language("zh")
    with installation.store.reading(actor(installation)) as work:
        file = downloads.builder("study-report")(work, study.id, {"lang": lang})
    words = "".join(part.text for part in docx.Document(io.BytesIO(file.data)).paragraphs)
    assert file.name.endswith(".docx")
    if lang == "zh":
        assert file.name == name
        assert "充分" in words
    else:
        assert "adequate" in words.lower()


def test_the_english_page_says_it_in_english(app: Callable[..., AppTest], study: Study) -> None:
    at = app("author", "study_page.py", lang="en", id=study.id)
    assert "targets examined" in markup(at)
    assert Hazard(study.scenario.hazard) is Hazard.FLOOD
