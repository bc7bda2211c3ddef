"""A study of several events, the storm over hills and town of the demo: two plans, one set of units."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from plans_repo import studies, study_events
from plans_repo.assessment import report_facts
from plans_repo.store.actor import local_actor
from plans_repo.studies import Study
from plans_repo.study_runs import ToldRun, told_run
from sim.compound import CompoundQuestion
from sim.log import What
from tests.ui.conftest import Clock
from tests.ui.demonstrated import furnish, opener
from ui.command_line import main
from ui.components.run_map import RunMap
from ui.components.run_words import subject
from ui.installation import Installation, occupy, open_installation

HILLS, TOWN = "清川县山洪灾害防御应急预案", "清川县城区内涝应急预案（试行）"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("storm")
    furnish(data)
    installation = open_installation(data, clock=Clock())
    occupy(installation)
    yield installation
    occupy(None)
    installation.store.close()


@pytest.fixture(scope="module")
def storm(demo: Installation) -> Study:
    with demo.store.reading(local_actor("tester")) as work:
        found = next(one for one in studies.studies(work) if one.scenario == "rain-over-hills-and-town")
        return studies.study(work, found.id)


@pytest.fixture(scope="module")
def run(demo: Installation, storm: Study) -> ToldRun:
    with demo.store.reading(local_actor("tester")) as work:
        return told_run(work, storm.id)


@pytest.fixture(scope="module")
def page(demo: Installation, storm: Study) -> str:
    shown = opener(demo, "zh-CN")("evaluator", "study_page.py", id=storm.id)
    return " ".join([element.proto.body for element in shown.get("html")] + [one.value for one in shown.warning])


def test_both_plans_answer_and_every_target_is_of_one_of_them(storm: Study) -> None:
    assert [one.title for one in storm.answered] == [HILLS, TOWN]
    hills, town = (storm.of_part(one.part) for one in storm.answered)
    assert hills
    assert town
    assert {*hills, *town} == set(storm.findings.targets)


def test_units_the_plans_count_differently_are_said_and_played_as_the_larger_number(
    demo: Installation, storm: Study, page: str
) -> None:
    question = storm.question
    assert isinstance(question, CompoundQuestion)
    (crews,) = question.counts_apart
    counted = dict(zip((HILLS, TOWN), (units for _part, units in crews.units), strict=True))
    played = max(counted.values())
    assert len(set(counted.values())) == 2
    assert [pool.units for pool in storm.procedure.pools if pool.id == crews.pool.id] == [played]
    assert [pool.units for pool in question.network.pools if pool.id == crews.pool.id] == [played]
    (said,) = study_events.counts_told(storm, "zh")
    for title, units in counted.items():
        assert f"《{title}》{units}" in said
    assert f"取较多的{played}推演" in said
    assert said in page
    with demo.store.reading(local_actor("tester")) as work:
        assert said in report_facts(work, storm.id, "zh").scenario.summary


def test_a_clause_of_the_other_plan_leads_to_that_plan(page: str, storm: Study) -> None:
    plans_of = {one.title: one.plan for one in storm.answered}
    cited = re.findall(r'href="([^"]+)"[^>]*>(《[^》]+》[^<]+)<', page)
    assert cited
    assert {name.partition("》")[0] for _address, name in cited} == {f"《{TOWN}"}
    assert all(f"id={plans_of[TOWN]}&amp;" in address for address, _name in cited)
    assert not any("part=editing" in address for address, _name in cited)


def test_the_report_is_of_both_plans_and_quotes_the_clauses_of_both(demo: Installation, storm: Study) -> None:
    with demo.store.reading(local_actor("tester")) as work:
        found = report_facts(work, storm.id, "zh")
    assert [plan.title for plan in found.plans] == [HILLS, TOWN]
    assert all(plan.root_hash and plan.number for plan in found.plans)
    bound = {result.target.id for result in storm.findings.targets if result.target.clause}
    assert {target.id for target in found.targets if target.has_clause} == bound
    town = [target for target in found.targets if target.id in bound and target.id.startswith("town:")]
    assert town
    assert all(target.clause_number.startswith(f"《{TOWN}》") and target.clause_text for target in town)


def test_the_page_says_where_the_text_stands_and_all_that_holds_of_either_event(page: str) -> None:
    assert "第4版（2026-11-06）（待实施）" in page
    circumstances = re.search(r"情形：([^<]+)<", page)
    assert circumstances
    assert all(word in circumstances[1] for word in ("夜间", "城区", "乡镇、农村"))


def test_the_map_has_the_places_of_both_events(run: ToldRun) -> None:
    drawn = RunMap(run)
    kinds = {place.id: place.kind for place in run.study.places}
    busy = {kinds[name] for name, site in drawn.sites.items() if site.nodes}
    assert {"grid", "underpass", "basement"} <= busy
    assert len({(site.x, site.y) for site in drawn.sites.values()}) == len(run.study.places)


def test_what_both_plans_do_and_when_an_event_begins_names_the_event(run: ToldRun) -> None:
    titles = [task.title for task in run.study.procedure.tasks]
    assert len(set(titles)) == len(titles)
    begins = next(event for event in run.events if event.what is What.CLOCK_STRUCK and event.name.endswith("begins"))
    assert subject(run, begins) == "事件开始（县城晚高峰暴雨内涝）"


def test_weak_points_of_several_events_are_asked_with_the_plans_that_answer(
    demo: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--data", str(demo.data), "--json", "study", "weak", HILLS, "rain-over-hills-and-town"]
    words = ["--part", f"town={TOWN}", "--runs", "100", "--failures", "1", "--seed", "1"]
    assert main([*asked, *words]) == 0
    found = json.loads(capsys.readouterr().out)
    points = [*found["breaking"], *found["weakening"]]
    assert any(point["clause_number"].startswith(f"《{TOWN}》") for point in points), "clauses of the other plan"
