"""The page of validation and replays: what a run gave, kept for everybody; nothing is computed in the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import validation
from plans_repo.store import accounts, jobs
from plans_repo.store.worker import run_one
from plans_repo.validation import Record
from sim.validation import CASES, Case
from tests.ui.planned import furnish
from ui.command_line import main
from ui.handlers import all_handlers
from ui.installation import Installation

PAGE = "validation_page.py"
CHEAP = ("V17", "V20", "V21", "V38")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People and a plan; no case has been run."""
    data = tmp_path_factory.mktemp("validated")
    furnish(data)
    return data


def cheap() -> tuple[Case, ...]:
    return tuple(case for case in CASES if case.id in CHEAP)


def keep(installation: Installation, record: Record) -> None:
    """A record as the worker would have kept it for the author."""
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        validation.submit(work)
    job = jobs.claim(installation.store, "w", (validation.JOB_KIND,))
    assert job is not None
    assert jobs.finish(installation.store, job.id, "w", validation.as_result(record))


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_before_the_first_run_the_page_says_so_and_offers_one(app: Callable[..., AppTest]) -> None:
    at = app("author", PAGE)
    assert not at.exception
    assert "还没有运行过验证案例" in markup(at)
    assert [button.label for button in at.button if button.key == "validate"] == ["运行验证案例"]


def test_a_reader_who_may_not_run_studies_is_not_offered_a_run(app: Callable[..., AppTest]) -> None:
    at = app("reviewer", PAGE)
    assert "validate" not in [button.key for button in at.button]


def test_a_run_is_queued_done_by_the_worker_and_then_shown_to_everybody(
    app: Callable[..., AppTest], installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "all_cases", cheap)
    at = app("author", PAGE)
    at.button(key="validate").click().run()
    assert [str(bar.proto.text) for bar in at.get("progress")] == ["排队等候…"]
    assert run_one(installation.store, all_handlers(), worker_id="w")
    at = app("reviewer", PAGE)
    assert not at.exception
    assert next(one.value for one in at.success).startswith("4 个案例，4 个通过；")
    shown = markup(at)
    for said in ("V38", "8.876216", "另 2 项", "已查证", "精确推算", "待确认", "通过"):
        assert said in shown, said


def test_the_replays_name_their_bottleneck(app: Callable[..., AppTest], installation: Installation) -> None:
    keep(installation, validation.run(cases=cheap()))
    at = app("author", PAGE)
    written = " ".join(one.value for one in at.markdown)
    assert "等气体达标），7 小时 11 分，占全程（11 小时 20 分）的 63.4%" in written
    assert "设备故障停工），18 小时 45 分" in written
    shown = markup(at)
    assert "17:51" in shown
    assert "救护队集结赶到（路途）" in shown


def test_choosing_a_case_shows_all_its_values(app: Callable[..., AppTest], installation: Installation) -> None:
    keep(installation, validation.run(cases=cheap()))
    at = app("author", PAGE)
    assert "R flank" not in markup(at)
    at.selectbox(key="validation-case").set_value("V38").run()
    assert "R flank" in markup(at)


def test_a_case_that_failed_is_said_to_have_failed(app: Callable[..., AppTest], installation: Installation) -> None:
    record = validation.run(cases=cheap())
    wrong = replace(record.cases[0], passed=False)
    keep(installation, replace(record, cases=(wrong, *record.cases[1:])))
    at = app("author", PAGE)
    assert next(one.value for one in at.error).startswith("4 个案例，3 个通过；")
    assert "未通过" in markup(at)


def test_a_record_of_another_format_is_passed_over(app: Callable[..., AppTest], installation: Installation) -> None:
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        validation.submit(work)
    job = jobs.claim(installation.store, "w", (validation.JOB_KIND,))
    assert job is not None
    jobs.finish(installation.store, job.id, "w", {"format": 0, "record": {}})
    assert "还没有运行过验证案例" in markup(app("author", PAGE))


def test_the_study_page_leads_to_it(app: Callable[..., AppTest]) -> None:
    assert 'href="/validation"' in markup(app("author", "study_page.py"))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main([*words])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else {}


def test_a_replay_by_command(furnished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "study", "replay", "sago-2006", "--json", "--data", str(furnished))
    [one] = said["replays"]
    assert (code, one["id"], one["passed"]) == (0, "sago-2006", True)
    assert (one["bottleneck"]["cause"], one["bottleneck"]["minutes"], one["without_min"]) == ("gas:entry", 431, 249)


def test_all_replays_by_command(furnished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "study", "replay", "--json", "--data", str(furnished))
    assert (code, len(said["replays"])) == (0, 5)


def test_an_unknown_replay_is_refused_in_a_sentence(furnished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "replay", "titanic", "--data", str(furnished)]) == 1
    assert "titanic" in capsys.readouterr().err
