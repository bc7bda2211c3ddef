"""Timings on the page and at the command line: recorded, learnt from, played, laid over a study."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans, studies, study_doubts
from plans_repo.store import accounts, jobs
from plans_repo.studies import CALIBRATED, Request
from plans_repo.timings import keeping
from plans_repo.timings.values import Timing, Turnout, TurnoutKind
from tests.ui.conftest import Clock
from tests.ui.planned import furnish
from ui.command_line import main
from ui.components import timing_charts, timing_words
from ui.installation import Installation, open_installation
from ui.wording import speaking

ZERO = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
SCENARIO = "river-plain-night"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan, three drills and an incident of it, and a calibrated study."""
    data = tmp_path_factory.mktemp("timed")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    author = accounts.actor_named(installation.store, "author")
    with installation.store.work(author) as work:
        for day, minutes in enumerate((20, 26, 31)):
            _record(work, opened.plan, day, minutes, TurnoutKind.DRILL)
        _record(work, opened.plan, 9, 200, TurnoutKind.INCIDENT)
    before, study_doubts.DRAWS = study_doubts.DRAWS, 4
    try:
        request = Request(plan=opened.plan, version=opened.version, scenario=SCENARIO, runs=5, durations=CALIBRATED)
        studies.run(installation.store, author, request)
    finally:
        study_doubts.DRAWS = before
    installation.store.close()
    return data


def _record(work: Any, plan: str, day: int, minutes: float, kind: TurnoutKind) -> None:
    zero = ZERO + timedelta(days=day)
    turnout = Turnout(plan=plan, kind=kind, title=f"第{day + 1}场", began_at=zero, recorder="周评", place="临江镇")
    timing = Timing(name="F6", started_at=zero, ended_at=zero + timedelta(minutes=minutes))
    keeping.record(work, turnout, [timing])


@pytest.fixture
def plan(installation: Installation) -> str:
    with installation.store.reading(_author(installation)) as work:
        return plans.list_plans(work)[0].id


def _author(installation: Installation) -> Any:
    return accounts.actor_named(installation.store, "author")


def _recorded(installation: Installation, plan: str) -> dict[str, int]:
    with installation.store.reading(_author(installation)) as work:
        return {one.turnout.title: len(one.timings) for one in keeping.turnouts(work, plan)}


def _said(at: AppTest) -> str:
    return " ".join([*(str(one.value) for one in at.markdown), *(str(one.proto.body) for one in at.get("html"))])


def test_the_page_says_what_was_learnt_and_records_one_more(
    app: Callable[..., AppTest], installation: Installation, plan: str
) -> None:
    at = app("author", "calibration_page.py", plan=plan)
    assert not at.exception
    assert "4 场 4 次实测" in _said(at)
    assert any("实测次数少" in str(one.value) for one in at.warning)
    at.text_input(key="turnout-title").set_value("夜间拉动")
    at.text_input(key="turnout-zero").set_value("2026-07-01 20:00")
    at.text_input(key="turnout-recorder").set_value("周评")
    at.selectbox(key="timing-task").set_value("F6")
    at.text_input(key="timing-start").set_value("20:05")
    at.text_input(key="timing-end").set_value("昨天")
    _save(at)
    assert any("不是时间" in str(one.value) for one in at.error)
    assert "夜间拉动" not in _recorded(installation, plan)
    at.text_input(key="timing-end").set_value("20:31:30")
    _save(at)
    assert not at.exception
    assert _recorded(installation, plan)["夜间拉动"] == 1


def _save(at: AppTest) -> AppTest:
    return at.button(key="timing-save").click().run()


def test_the_weight_of_the_procedures_figure_moves_the_answer(app: Callable[..., AppTest], plan: str) -> None:
    at = app("author", "calibration_page.py", plan=plan)
    before = _said(at)
    at.number_input(key="prior-weight").set_value(200.0).run()
    assert _said(at) != before


def test_a_reader_sees_the_page_without_forms_and_in_english(app: Callable[..., AppTest], plan: str) -> None:
    at = app("organiser", "calibration_page.py", lang="en", plan=plan)
    assert not at.exception
    assert "the procedure has a median of" in _said(at)


def test_a_study_can_be_asked_with_calibrated_durations(
    app: Callable[..., AppTest], installation: Installation, plan: str
) -> None:
    at = app("author", "study_page.py", plan=plan)
    at.radio(key="study-durations").set_value(CALIBRATED).run()
    at.button(key="start").click().run()
    with installation.store.reading(_author(installation)) as work:
        assert jobs.jobs(work)[0].params["durations"] == CALIBRATED


def test_the_study_page_tells_what_was_calibrated_and_lays_a_record_over(
    app: Callable[..., AppTest], installation: Installation, plan: str
) -> None:
    with installation.store.reading(_author(installation)) as work:
        study = studies.studies(work, plan)[0].id
        turnout = keeping.turnouts(work, plan)[0].turnout.id
    at = app("author", "study_page.py", id=study)
    assert "按实测校准后的时长推演" in _said(at)
    at.selectbox(key="overlay-turnout").set_value(turnout).run()
    assert not at.exception
    assert "个有记录的时刻中" in _said(at)
    assert "不能算作检验" in _said(at)


def test_the_commands_tell_the_same_as_json(
    installation: Installation, plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def say(*words: str) -> Any:
        done = main([*words, "--json", "--data", str(installation.data), "--as", "author"])
        return done, json.loads(capsys.readouterr().out or "null")

    done, found = say("study", "calibration", plan)
    assert done == 0
    (task,) = found["tasks"]
    assert task["ended_min"] == [20.0, 26.0, 31.0, 200.0]
    assert task["written"]["median_min"] < task["posterior"]["median_min"]
    done, listed = say("timing", "list", plan)
    turnout = next(one for one in listed["turnouts"] if one["kind"] == "incident")
    done, corrected = say("timing", "correct", plan, turnout["id"], "F6", "--end", "11:00:30", "--reason", "录像核对")
    assert (done, corrected["revision"], corrected["minutes"]) == (0, 1, 120.5)
    sheet = str(tmp_path / "t.xlsx")
    assert say("timing", "export", plan, sheet)[0] == 0
    done, taken = say("timing", "import", plan, sheet)
    assert (taken["added"], taken["unchanged"], taken["faults"]) == (0, 4, [])
    adding = ("--kind", "拉动", "--title", "x", "--zero", "2026-06-01 09:00", "--recorder", "x")
    assert say("timing", "add", plan, "F6", "09:05", "09:01", *adding)[0] == 0  # the next such moment: a day later
    assert say("timing", "add", plan, "F99", "09:05", "09:07", *adding)[0] == 1
    with installation.store.reading(_author(installation)) as work:
        study = studies.studies(work, plan)[0].id
    done, laid = say("study", "overlay", study, turnout["id"])
    assert (done, "F6" in {each["name"] for each in laid["moments"]}) == (0, True)


def test_pictures_have_a_tick_for_every_timing(installation: Installation, plan: str) -> None:
    with installation.store.reading(_author(installation)) as work:
        (of,) = studies.study(work, studies.studies(work, plan)[0].id).timings
        procedure = plans.procedure_of(work, plan)
    assert procedure is not None
    figure = timing_charts.lesson_chart(of)
    assert list(figure.data[-1].x) == [20.0, 26.0, 31.0, 200.0]
    with speaking("en"):
        assert "4 timings in 4 turnouts" in timing_words.lesson_sentence(of, procedure)
