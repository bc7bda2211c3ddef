"""One run of a study: on the page and at the command line, told alike, refused with a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.packs import reading as packs
from plans_repo.packs.naming import has_name
from plans_repo.store import accounts
from plans_repo.studies import Request, Study, run, studies, study
from plans_repo.study_runs import check_kept, told_run
from sim.procedure import TargetKind
from sim.ticks import TICKS_PER_MIN
from tests.ui.conftest import Clock
from tests.ui.planned import furnish, markup
from ui.command_line import main
from ui.components import run_gantt, run_people, run_pools, run_rows
from ui.components.counting_words import is_first
from ui.components.run_map import RunMap, map_words
from ui.components.run_window import Window, narrowed, narrowed_words, windows
from ui.components.run_words import jargon_words, run_words, searched_words
from ui.components.version_standing import version_stands
from ui.installation import Installation, open_installation
from ui.wording import choose_language

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
    rows = run_rows.task_rows(one)
    assert rows
    assert any(row.is_critical for row in rows)
    assert max(max(len(row.pieces), len(row.waits)) for row in rows) <= run_rows.MOST_PIECES
    for task, nodes in one.network.of_task.items():
        assert len(run_rows.entity_rows(one, task)) <= min(len(nodes), run_rows.MOST_ROWS)
    figure = run_gantt.gantt(one, rows, {}, windows(one)["whole"])
    assert len(figure.frames) == run_gantt.FRAMES + 1


def test_a_row_counts_what_came_about_as_the_opened_list_does(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    fewer = 0
    for task in one.study.procedure.tasks:
        count = len(run_rows.came_about(one, task.id))
        possible = len(one.network.of_task.get(task.id, ()))
        if 1 < count <= run_rows.MOST_ROWS:
            assert count == len(run_rows.entity_rows(one, task.id))
        fewer += 0 < count < possible
    assert fewer


def test_the_page_plays_the_run_that_is_chosen(app: Callable[..., AppTest], found: Study) -> None:
    at = app("author", "study_page.py", id=found.id)
    assert "一次推演的经过" in [each.value for each in at.subheader]
    at.toggle(key="run-open").set_value(True).run()
    assert not at.exception
    assert len(at.get("plotly_chart")) >= 4
    which = next(each for each in at.get("button_group") if each.key == "run-which")
    which.set_value("number").run()
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


# ---- What the pictures draw --------------------------------------------------------------------------------------


def test_the_map_tells_places_with_something_to_do_from_places_spared_and_from_shelters(
    installation: Installation, found: Study
) -> None:
    drawn = RunMap(played(installation, found, "1"))
    shelters = {place.id for place in found.scenario.places if place.kind == "shelter"}
    with_work = {drawn.home(node.entity) for node in drawn.run.network.nodes if drawn.is_concerned(node.index)} - {""}
    assert {name for name, site in drawn.sites.items() if site.nodes} == with_work
    assert shelters
    assert not shelters & with_work
    assert not any(drawn.sites[name].is_spared for name in shelters | with_work)
    assert f"有任务的 {len(with_work)} 处" in map_words(drawn, windows(drawn.run)["whole"])


def test_units_that_serve_one_place_alone_are_never_added_up(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    (pool, *_others) = run_pools.several(one)
    stories = [story for story in one.pools if story.pool == pool]
    assert len({story.entity for story in stories}) == len(stories) > 1
    assert [story.pool for story in run_pools.longest_lines(one)].count(pool) <= 1
    apart = run_pools.busiest(one, pool)
    assert {story.pool for story in apart} == {pool}
    assert len({run_pools.story_title(one, story) for story in apart}) == len(apart) > 1


def test_a_row_of_several_places_shows_its_waits_beside_its_work(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    rows = {row.name: row for row in run_rows.task_rows(one)}
    for task in one.network.of_task:
        stretches = [each for node in one.network.of_task[task] for each in run_rows.shown(one.stretches[node])]
        row = next((row for name, row in rows.items() if name.startswith(found.procedure.task(task).title)), None)
        assert (row is None) == (not stretches)
        if row:
            assert bool(row.waits) == any(not each.is_work for each in stretches)
            assert bool(row.pieces) == any(each.is_work for each in stretches)


def test_windows_end_with_the_response_the_target_and_the_run(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    found_windows = windows(one)
    ends = sorted(run_rows.ends(one))
    assert found_windows["most"].end < found_windows["whole"].end
    assert sum(end <= found_windows["most"].end for end in ends) >= 0.9 * len(ends)
    assert found_windows["whole"].end >= min(ends[-1], one.network.horizon)
    minutes = Window(start=0, end=180 * TICKS_PER_MIN)
    assert (minutes.unit_title, minutes.label(90 * TICKS_PER_MIN)) == ("零时后（分）", "90")
    assert Window(start=0, end=181 * TICKS_PER_MIN).unit_title == "零时后（小时）"


def test_a_picture_that_stands_still_for_most_of_the_window_is_narrowed_and_says_so(
    installation: Installation, found: Study
) -> None:
    one = played(installation, found, "1")
    lines = run_pools.longest_lines(one)
    last = run_pools.last_change(lines)
    assert last == max(level.tick for story in lines[: run_pools.MOST_LINES] for level in story.line)
    long, short = Window(start=0, end=3 * last), Window(start=0, end=last)
    narrow = narrowed(long, last)
    assert last < narrow.end < long.end
    assert "不再变化" in narrowed_words(long, narrow)
    assert tuple(run_pools.line_chart(one, lines, narrow).layout.xaxis.range)[1] == narrow.at(narrow.end)
    assert narrowed(short, last) == short
    assert narrowed_words(short, short) == ""
    late = Window(start=2 * last, end=3 * last)
    assert narrowed(late, last) == late


def test_the_chart_of_a_run_says_what_its_target_counts(installation: Installation, found: Study) -> None:
    for result in found.findings.targets:
        target = result.target
        said = run_gantt.target_words(played(installation, found, "median", target.id))
        if target.kind is TargetKind.SHARE and target.share < 1:
            assert f"数到 {target.share:.0%} 的对象完成为止" in said
        elif is_first(target, found.procedure):
            assert "有一处先到即算" in said
        else:
            assert "最后一处完成为止" in said


def test_the_line_said_to_be_longest_is_the_longest(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    peaks = {
        story: max((level.count for level in story.line), default=0) for story in one.pools
    }  # fmt: skip
    lines = run_pools.longest_lines(one)
    assert [peaks[story] for story in lines] == sorted((peaks[story] for story in lines), reverse=True)
    assert peaks[lines[0]] == max(peaks.values())
    for story in lines:
        assert peaks[story] == max(peak for other, peak in peaks.items() if other.pool == story.pool)
    end = one.network.horizon
    fullest = run_pools.busiest(one)
    assert len({story.pool for story in fullest}) == len(fullest)
    assert any(run_pools.full_ticks(story, end) for story in one.pools) == bool(run_pools.full_ticks(fullest[0], end))


def test_what_a_picture_leaves_out_is_counted_and_said_where_to_see(
    installation: Installation, found: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = played(installation, found, "1")
    lines = run_pools.longest_lines(one)
    assert len(lines) > 1
    monkeypatch.setattr(run_pools, "MOST_LINES", len(lines))
    assert run_pools.cut_words(lines, "") == ""
    monkeypatch.setattr(run_pools, "MOST_LINES", 1)
    assert f"另有 {len(lines) - 1} 类没有画" in run_pools.cut_words(lines, "")
    assert len(run_pools.line_chart(one, lines, windows(one)["whole"]).data) == 1
    assert f"另有 {len(lines) - 1} 处没有画" in run_pools.cut_words(lines, lines[0].pool)
    assert {story.pool for story in lines} <= set(run_pools.asked_for(one))
    task = max(one.network.of_task, key=lambda each: len(run_rows.came_about(one, each)))
    count = len(run_rows.came_about(one, task))
    monkeypatch.setattr(run_rows, "MOST_ROWS", count)
    assert run_rows.cut_words(one, task) == ""
    monkeypatch.setattr(run_rows, "MOST_ROWS", 2)
    assert f"先结束的 {count - 2} 处没有列出" in run_rows.cut_words(one, task)
    assert len(run_rows.entity_rows(one, task)) == 2


def test_the_people_of_a_run_are_held_against_the_target(installation: Installation, found: Study) -> None:
    counted = 0
    for result in found.findings.targets:
        one = played(installation, found, "worst", result.target.id)
        if not one.people:
            continue
        counted += 1
        said, last, kept = run_people.people_words(one), one.people[-1], run_people.people_kept(one)
        assert f"做到的有 {kept} 人" in said
        assert kept <= last.safe
        is_met = next(each.is_met for aims, each in one.measured if aims.target.id == one.target)
        assert said.endswith("，达标。" if is_met else "，未达标。")
        if result.target.kind is not TargetKind.SHARE:
            assert not is_met or kept == last.total
    assert counted


def test_english_sentences_of_a_run_stand_apart(installation: Installation, found: Study) -> None:
    choose_language("en")
    for result in found.findings.targets:
        one = played(installation, found, "median", result.target.id)
        whole = windows(one)["whole"]
        lines, busiest = run_pools.longest_lines(one), run_pools.busiest(one)
        every = [
            run_words(one) + searched_words(one),
            run_gantt.gantt_words(one, run_rows.task_rows(one)),
            map_words(RunMap(one), whole),
            run_pools.line_words(one, lines) + run_pools.cut_words(lines, ""),
            run_pools.held_words(one, busiest) + run_pools.cut_words(busiest, ""),
            run_pools.held_words(one, busiest, busiest[0].pool) + narrowed_words(whole, windows(one)["most"]),
        ]
        every += [run_people.people_words(one)] if one.people else []
        assert [said for said in every if re.search(r"[.;:)](?=[A-Z“])", said)] == []


def test_those_who_refuse_at_first_are_explained_where_there_are_any(installation: Installation, found: Study) -> None:
    one = played(installation, found, "1")
    willing = tuple(each for each in one.network.entities if not each.attribute("refusing"))
    assert len(willing) < len(one.network.entities)
    assert "起初不愿转移的群众" in jargon_words(one)
    without: Any = SimpleNamespace(network=replace(one.network, entities=willing))
    assert jargon_words(without) == ""


@pytest.mark.parametrize("spread", packs.names("procedures"))
def test_what_templates_recommend_is_told_in_english(spread: str) -> None:
    targets = packs.template(spread).procedure.targets
    sources = {target.source for target in targets if "推荐目标" in target.source}
    assert all(has_name("recommended", source) for source in sources)


def test_lists_of_studies_say_which_version_was_played(
    app: Callable[..., AppTest],
    installation: Installation,
    furnished: Path,
    found: Study,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        played_then = version_stands(work, [found.plan])[found.version]
    assert played_then.endswith("（起草）")
    assert played_then in markup(app("author", "study_page.py"))
    assert main(["--data", str(furnished), "study", "list"]) == 0
    assert f"\t{played_then}\t" in capsys.readouterr().out
