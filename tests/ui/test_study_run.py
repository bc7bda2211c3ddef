"""One run of a study: on the page and at the command line, told alike, refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import accounts
from plans_repo.studies import Request, Study, run, studies, study
from plans_repo.study_runs import check_kept, told_run
from sim.ticks import TICKS_PER_MIN
from tests.ui.conftest import Clock
from tests.ui.planned import furnish
from ui.command_line import main
from ui.components import run_charts
from ui.installation import Installation, open_installation

RUNS = 21


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan and one study of it."""
    data = tmp_path_factory.mktemp("played")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    request = Request(plan=opened.plan, version=opened.version, scenario="river-plain-night", runs=RUNS)
    run(installation.store, accounts.actor_named(installation.store, "author"), request)
    installation.store.close()
    return data


@pytest.fixture
def found(installation: Installation) -> Study:
    actor = accounts.actor_named(installation.store, "author")
    with installation.store.reading(actor) as work:
        return study(work, studies(work)[0].id)


def played(installation: Installation, found: Study, which: str, target: str = "") -> Any:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        return told_run(work, found.id, which, target)


def test_the_median_is_the_run_the_study_kept_and_the_worst_is_no_better(
    installation: Installation, found: Study
) -> None:
    for result in found.findings.targets:
        middle, worst = (played(installation, found, which, result.target.id) for which in ("median", "worst"))
        ticks = [
            next(each.ticks for aims, each in one.measured if aims.target.id == result.target.id)
            for one in (middle, worst)
        ]
        assert middle.run.replication == result.quantiles[0].replication
        if result.p50_min is not None and abs(ticks[0]) < 10**15:
            assert ticks[0] / TICKS_PER_MIN == result.p50_min
        assert ticks[1] <= ticks[0] if result.target.is_latest_better else ticks[1] >= ticks[0]


@pytest.mark.parametrize("which", ["best", "22", "0", "-1", ""])
def test_a_run_that_is_not_there_is_refused(installation: Installation, found: Study, which: str) -> None:
    with pytest.raises(PlansRepoError, match="run"):
        played(installation, found, which)


def test_a_target_that_was_not_judged_is_refused(installation: Installation, found: Study) -> None:
    with pytest.raises(NotFound, match="target"):
        played(installation, found, "median", "none")


def test_a_run_that_no_longer_measures_what_was_kept_is_not_shown(installation: Installation, found: Study) -> None:
    middle = played(installation, found, "median")
    first, *others = found.findings.targets
    half, *more = first.quantiles
    later = replace(half, value_min=(half.value_min or 0.0) + 1.0)
    findings = replace(found.findings, targets=(replace(first, quantiles=(later, *more)), *others))
    with pytest.raises(PlansRepoError, match="measure what was kept"):
        check_kept(replace(middle, study=replace(found, findings=findings)))


def test_bars_are_bounded_and_nothing_of_a_single_task_is_lost(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    rows = run_charts.task_rows(one)
    assert rows
    assert any(row.is_critical for row in rows)
    assert max(len(row.pieces) for row in rows) <= run_charts.MOST_PIECES
    for task, nodes in one.network.of_task.items():
        assert len(run_charts.entity_rows(one, task)) <= min(len(nodes), run_charts.MOST_ROWS)
    figure = run_charts.gantt(one, rows, {})
    assert len(figure.frames) == run_charts.FRAMES + 1


def test_a_row_counts_what_came_about_as_the_opened_list_does(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    fewer = 0
    for task in one.study.procedure.tasks:
        count = len(run_charts.came_about(one, task.id))
        possible = len(one.network.of_task.get(task.id, ()))
        if 1 < count <= run_charts.MOST_ROWS:
            assert count == len(run_charts.entity_rows(one, task.id))
        fewer += 0 < count < possible
    assert fewer


def test_the_page_plays_the_run_that_is_chosen(app: Callable[..., AppTest], found: Study) -> None:
    at = app("author", "study_page.py", id=found.id)
    assert "一次推演的经过" in [each.value for each in at.subheader]
    at.toggle(key="run-open").set_value(True).run()
    assert not at.exception
    assert len(at.get("plotly_chart")) >= 4
    at.get("button_group")[-1].set_value("number").run()
    assert not at.exception
    at.text_input(key="run-number").set_value("0").run()
    assert any("收到“0”" in each.value for each in at.error)
    at.text_input(key="run-number").set_value("7").run()
    assert any("第 7 次推演" in each.value for each in at.markdown)


def test_the_command_line_tells_every_event_with_its_clause(
    furnished: Path, found: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--data", str(furnished), "study", "show", found.id, "--run", "worst", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {"study", "run", "seed", "target", "searched", "targets", "events"} <= set(told)
    assert {"minute", "what", "task", "entity", "clause"} <= set(told["events"][0])
    minutes = [event["minute"] for event in told["events"]]
    assert minutes == sorted(minutes)
    assert any(event["clause_number"] for event in told["events"])
    assert main(["--data", str(furnished), "study", "show", found.id, "--run", "999", "--json"]) == 1
