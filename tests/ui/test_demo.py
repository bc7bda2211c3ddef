"""The demo data, built once on a fresh data directory and counted against what was promised."""

from __future__ import annotations

import re
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from plans_repo import comments, resources, scenarios, studies, suggestions
from plans_repo.checks.annexes import annex_faults
from plans_repo.checks.intervals import clashes, intervals
from plans_repo.force import editions_of
from plans_repo.health.defect import DefectKind
from plans_repo.health.examination import health
from plans_repo.ledger import Disagreement, contradictions, ledger, ledger_changes
from plans_repo.linkage.comparison import Misfit, compare
from plans_repo.organisations import OrganisationKind, organisations
from plans_repo.plan_difference import difference
from plans_repo.plans import procedure_of, version_of
from plans_repo.resources import Holding, ResourceClass
from plans_repo.store.actor import local_actor
from plans_repo.store.work import Work
from plans_repo.suggestions import Decision
from plans_repo.text.clause import ClauseKind
from plans_repo.text.difference import Change
from plans_repo.text.quantity import QuantityKind
from plans_repo.text.reading import read_plan
from plans_repo.text.recognition import levels
from plans_repo.versions import clauses, version_row
from plans_repo.writing.catalogue import Standing, catalogue
from sim.figure import Mark
from sim.procedure import Procedure
from sim.question import Question
from tests.ui.conftest import Clock
from tests.ui.demonstrated import OS_USER, furnish
from ui.demo import returned
from ui.demo.builder import Demo, build
from ui.demo.editions import EDITIONS, Edition
from ui.demo.events import demo_scenarios
from ui.demo.people import FILE
from ui.demo.sources import COUNTIES, entries, plan_text
from ui.demo.texts import TEXTS, Text
from ui.installation import Installation, open_installation

LEAST_SECTIONS = {"qingchuan-crowded-fire": 20}
"""Headings and articles of a plan's text, where it is shorter than its peers."""
LEAST_CHARACTERS = 7000
HAN = re.compile(r"[\u4e00-\u9fff]")
PLAYED = {
    "清川县防汛应急预案": ("qingchuan-flood-low", "qingchuan-flood-whole"),
    "清川县城市建筑火灾事故应急预案": ("qingchuan-trade-city-fire",),
    "石岭县煤矿生产安全事故应急预案": ("shiling-qinggangping-explosion", "shiling-kuangpingxi-inrush"),
    "石岭县青杠坪煤矿瓦斯爆炸事故现场处置方案": ("shiling-qinggangping-explosion",),
    "石岭县森林火灾应急预案": ("shiling-tianzhu-forest-fire",),
}
LEVELS = {
    ("清川县防汛应急预案", "qingchuan-flood-low"): "Ⅱ级",
    ("清川县防汛应急预案", "qingchuan-flood-whole"): "Ⅰ级",
    ("清川县城市建筑火灾事故应急预案", "qingchuan-trade-city-fire"): "三级火警",
    ("石岭县煤矿生产安全事故应急预案", "shiling-qinggangping-explosion"): "Ⅲ级",
    ("石岭县煤矿生产安全事故应急预案", "shiling-kuangpingxi-inrush"): "Ⅱ级",
    ("石岭县森林火灾应急预案", "shiling-tianzhu-forest-fire"): "Ⅲ级",
}
PAIRS = [(title, name) for title, names in PLAYED.items() for name in names]


@pytest.fixture(scope="module")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(demo_data: Path) -> Demo:
    return furnish(demo_data)


@pytest.fixture(scope="module")
def installed(demo_data: Path, demo: Demo) -> Iterator[Installation]:
    assert demo
    opened = open_installation(demo_data, clock=Clock())
    yield opened
    opened.store.close()


@pytest.fixture
def work(installed: Installation, demo: Demo) -> Iterator[Work]:
    with installed.store.reading(local_actor(OS_USER)) as found:
        yield found


def rows(data: Path) -> dict[str, int]:
    """How many rows each table of every database has."""
    counts: dict[str, int] = {}
    for path in sorted(data.rglob("*.sqlite3")):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            found = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
            names = [row[0] for row in database.execute(found)]  # an index is counted by what it is made from
            counts |= {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    return counts


def procedure(work: Work, demo: Demo, title: str) -> Procedure:
    plan = next(plan for plan in demo.plans if plan.title == title)
    found = procedure_of(work, plan.id, version_of(work, plan.id).id)
    assert found is not None
    return found


# ---- Places, bodies and people ---------------------------------------------------------------------------------------


def test_a_city_with_two_neighbouring_counties(work: Work) -> None:
    governments = [body for body in organisations(work) if body.kind is OrganisationKind.GOVERNMENT]
    assert {"/yunling/", "/yunling/qingchuan/", "/yunling/shiling/"} <= {body.area for body in governments}


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_has_one_general_and_seventeen_special_headquarters(work: Work, county: str) -> None:
    found = [
        body
        for body in organisations(work)
        if body.kind is OrganisationKind.HEADQUARTERS and body.area == f"/yunling/{county}/"
    ]
    assert len(found) == 1 + 17


@pytest.mark.parametrize("county", COUNTIES)
def test_five_headquarters_have_two_commanders_and_one_office_with_two_directors(county: str) -> None:
    double = [body for body in entries(county, "organisation") if body.get("double_commander")]
    assert [(len(body["commanders"]), len(body["office_directors"])) for body in double] == [(2, 2)] * 5
    assert all(body["office_host"] for body in double)


def test_nineteen_mines_graded_a_to_d(work: Work) -> None:
    mines = entries("shiling", "mine")
    assert Counter(mine["grade"] for mine in mines) == {"A": 1, "B": 8, "C": 8, "D": 2}
    names = {body.name for body in organisations(work) if body.kind is OrganisationKind.ENTERPRISE}
    assert all(any(mine["name"] in name for name in names) for mine in mines)


@pytest.mark.parametrize(("county", "townships", "villages"), [("qingchuan", 12, 52), ("shiling", 9, 41)])
def test_townships_and_villages(work: Work, county: str, townships: int, villages: int) -> None:
    area = f"/yunling/{county}/"
    found = [body for body in organisations(work) if body.kind is OrganisationKind.TOWNSHIP]
    assert len([body for body in found if body.area.startswith(area)]) == townships
    assert len(entries(county, "village")) == villages
    assert {village["township"] for village in entries(county, "village")} <= {
        t["id"] for t in entries(county, "township")
    }


# ---- Stock -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("county", COUNTIES)
def test_a_county_has_teams_vehicles_shelters_and_experts(work: Work, county: str) -> None:
    kinds = Counter(item.kind for item in resources.resources(work, area=f"/yunling/{county}/"))
    least = {ResourceClass.TEAM: 30, ResourceClass.VEHICLE: 15, ResourceClass.SHELTER: 15, ResourceClass.EXPERT: 8}
    assert all(kinds[kind] >= count for kind, count in least.items())


@pytest.mark.parametrize("county", COUNTIES)
def test_supplies_cover_five_classes_in_four_forms_of_holding(work: Work, county: str) -> None:
    stock = resources.resources(work, area=f"/yunling/{county}/")
    held = {(item.kind, item.holding) for item in stock if item.kind in resources.STOCK}
    assert held == {(kind, holding) for kind in resources.STOCK for holding in Holding}


@pytest.mark.parametrize("title", PLAYED)
def test_the_register_supplies_every_pool_with_units_of_the_procedures_kind(work: Work, demo: Demo, title: str) -> None:
    plan = next(plan for plan in demo.plans if plan.title == title)
    registered = scenarios.resource_set(work, plan.id, scenarios.REGISTER_UNITS)
    counted = Counter(dict(registered.units))
    for arrival in registered.arrivals:
        counted[arrival.pool] += arrival.ready_units
    pools = {pool.id: pool.units for pool in procedure(work, demo, title).pools}
    most_needed = {
        need.pool: need.units for task in procedure(work, demo, title).tasks for need in task.needs if not need.times
    }
    assert set(counted) & set(pools)
    assert {pool for pool in pools if pool in counted and counted[pool] < most_needed.get(pool, 1)} == set()


# ---- Plans -----------------------------------------------------------------------------------------------------------


def test_six_full_plans_of_realistic_length(work: Work, demo: Demo) -> None:
    lengths = {}
    for plan in demo.plans:
        text = "".join("".join(clause.pieces()) for clause in clauses(work, version_row(work, plan.id)))
        lengths[plan.title] = len(HAN.findall(text))
    assert len([title for title, length in lengths.items() if length >= LEAST_CHARACTERS]) >= 6


def test_plans_are_numbered_the_three_official_ways(work: Work, demo: Demo) -> None:
    firsts = set()
    for plan in demo.plans:
        numbers = [clause.number for clause in clauses(work, version_row(work, plan.id)) if clause.number]
        firsts.add(numbers[0])
    assert {"一、", "1", "第一章"} <= firsts


@pytest.mark.parametrize("text", TEXTS, ids=[text.name for text in TEXTS])
def test_a_cover_says_when_its_document_was_issued(text: Text) -> None:
    assert cover_of(plan_text(text.name)) == (text.issued_on.year, text.issued_on.month)
    assert numbers_on(plan_text(text.name)) in ([], [text.number])


@pytest.mark.parametrize("edition", EDITIONS, ids=[edition.number for edition in EDITIONS])
def test_a_cover_says_when_its_edition_was_issued(edition: Edition) -> None:
    assert cover_of(edition.source) == (edition.issued_on.year, edition.issued_on.month)
    assert numbers_on(edition.source) in ([], [edition.number])


def cover_of(source: bytes) -> tuple[int, int]:
    """Year and month of issue, as the cover says them."""
    year, month = re.findall(r"(\d{4})年(\d{1,2})月", covered(source))[0]
    return int(year), int(month)


def numbers_on(source: bytes) -> list[str]:
    """The document numbers on the cover."""
    return re.findall(r"\S+〔\d{4}〕\d+号", covered(source).replace("（", " "))


def covered(source: bytes) -> str:
    return "\n".join(source.decode().split("\n")[:10])


@pytest.mark.parametrize("edition", EDITIONS, ids=[edition.number for edition in EDITIONS])
def test_an_edition_is_a_whole_plan_with_levels_that_meet(edition: Edition) -> None:
    numbers = count(1)
    reading = read_plan(edition.source, f"{edition.name}.md", new_id=lambda: f"{next(numbers):032x}")
    found = levels(reading.clauses)
    sections = [one for one in reading.clauses if one.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE)]
    assert (reading.chars_kept, len(sections) >= LEAST_SECTIONS.get(edition.name, 45)) == (reading.chars_in, True)
    assert len(found) >= 3
    assert all(level.conditions and level.decided_by for level in found)
    assert list(clashes(intervals(found))) == []
    assert annex_faults(reading.clauses) == ()


def test_the_three_editions_against_flash_floods_differ_as_revisions_do(work: Work, demo: Demo) -> None:
    plan = next(plan.id for plan in demo.plans if plan.title == "清川县山洪灾害防御应急预案")
    first, second, third = (one.version.id for one in editions_of(work, plan))
    became = Counter(one.change for one in difference(work, plan, second, third).clauses)
    assert became[Change.ADDED] == became[Change.MOVED] == 1
    assert became[Change.EDITED] > 5
    limits = ledger_changes(work, plan, first, third)
    assert {("60分钟", "15分钟"), ("3小时", "2小时")} <= {
        (one.before.quotation, one.after.quotation) for one in limits if one.before and one.after
    }
    posts = {one.value for one in ledger(work, plan, first).entries if one.kind is QuantityKind.POST}
    assert ("总指挥" in posts, "指挥长" in posts) == (True, False)


def test_every_plan_and_every_plan_that_is_asked_for_has_its_code(work: Work, demo: Demo) -> None:
    lines = [one for one in catalogue(work) if one.standing is not Standing.OPEN]
    listed = {one.plan for one in lines}
    assert [plan.title for plan in demo.plans if plan.id not in listed] == [
        "清川县人员密集场所火灾应急预案"
    ]  # abolished
    assert all(re.fullmatch(r"[A-Z0-9-]+-(?:ZT|ZX|BM|LH|XZ|DW)-\d{3}", one.code) for one in lines)
    basis = {one.title: one.basis for one in lines}
    assert "第九条" in basis["清川县防汛应急预案"]  # it is what the headquarters has to have, not the plan for 内涝
    assert basis["清川县城区内涝应急预案（试行）"] == ""
    assert next(plan.hazard for plan in demo.plans if plan.title == "清川县抗旱应急预案") == ""


def test_the_abolished_plan_speaks_of_bodies_that_are_no_more(work: Work, demo: Demo) -> None:
    plan = next(plan.id for plan in demo.plans if plan.title == "清川县人员密集场所火灾应急预案")
    told = {one.replacement[0] for one in health(work, plan).complaints if one.kind is DefectKind.BODY}
    assert {"国土局", "安监局", "公安消防大队"} <= told


@pytest.mark.parametrize("title", PLAYED)
def test_a_procedure_carries_marks_and_confirmed_promises_of_its_text(work: Work, demo: Demo, title: str) -> None:
    found = procedure(work, demo, title)
    assert all(task.duration.source for task in found.tasks)
    assert {task.duration.mark for task in found.tasks} >= {Mark.READ, Mark.TO_BE_CONFIRMED}
    assert len([target for target in found.targets if target.clause]) >= 5
    assert not any(target.proposed for target in found.targets)
    assert len([task for task in found.tasks if task.clause]) >= 0.25 * len(found.tasks)


def test_plans_with_levels_keep_those_of_their_text(work: Work, demo: Demo) -> None:
    counts = {title: len(procedure(work, demo, title).levels) for title in PLAYED}
    assert sorted(counts.values()) == [4, 4, 4, 4, 5]


# ---- Events ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("title", "name"), PAIRS)
@pytest.mark.parametrize("units", [scenarios.OWN_UNITS, scenarios.REGISTER_UNITS])
def test_every_plan_can_be_played_against_its_own_events(
    work: Work, demo: Demo, title: str, name: str, units: str
) -> None:
    plan = next(plan for plan in demo.plans if plan.title == title)
    asked = studies.ask(work, studies.Request(plan=plan.id, scenario=name, resource_set=units, runs=1))
    assert isinstance(asked.question, Question)
    assert len([aims for aims in asked.question.aims if aims.aims]) >= 5


@pytest.mark.parametrize(("title", "name"), LEVELS)
def test_an_event_starts_the_level_its_plan_sets(work: Work, demo: Demo, title: str, name: str) -> None:
    event = next(event for _, event in demo_scenarios() if event.id == name)
    level = procedure(work, demo, title).level_for(dict(event.measures))
    assert level is not None
    assert level.label == LEVELS[title, name]


def test_every_demo_event_is_in_the_library_in_both_languages(work: Work) -> None:
    known = {scenario.id: scenario for scenario in scenarios.list_scenarios(work)}
    for _, event in demo_scenarios():
        assert known[event.id] == event
        assert HAN.search(event.title + event.summary)
        assert event.title_en
        assert not HAN.search(event.title_en + event.summary_en)


# ---- Built once, and safely ------------------------------------------------------------------------------------------


def test_a_plan_came_back_from_the_water_bureau_with_suggestions_and_open_comments(work: Work, demo: Demo) -> None:
    plan = next(plan for plan in demo.plans if plan.title == returned.TITLE)
    taken = suggestions.suggestions(work, plan.id)
    assert [one.decision for one in taken] == [Decision.ACCEPTED, Decision.OPEN, Decision.OPEN]
    assert {one.suggestion.author for one in taken} == {returned.BUREAU}
    remarks = comments.comments(work, plan.id)
    assert [(one.is_open, one.author_name, one.unit) for one in remarks] == [(True, returned.BUREAU, "")] * 2
    assert comments.open_comments(work, plan.id) == 2
    assert suggestions.open_on(work, plan.id, version_of(work, plan.id).id) == taken[1:]


def test_building_twice_changes_nothing(installed: Installation, demo: Demo, demo_data: Path) -> None:
    before = rows(demo_data)
    again = build(installed, OS_USER)
    assert again.was_built
    assert not demo.was_built
    assert rows(demo_data) == before
    assert sum(before.values()) > 0


def test_passwords_lie_in_one_file_that_only_its_owner_reads(demo: Demo, demo_data: Path) -> None:
    listed = demo_data / FILE
    assert stat.S_IMODE(listed.stat().st_mode) == 0o600
    passwords = [line.split("\t")[1].encode() for line in listed.read_text("utf-8").splitlines()]
    assert len(passwords) == len(set(passwords)) == len(demo.accounts)
    others = [path for path in demo_data.rglob("*") if path.is_file() and path != listed]
    assert others
    assert [path for path in others for password in passwords if password in path.read_bytes()] == []


def test_the_township_and_its_county_contradict_one_another_in_two_ways(work: Work, demo: Demo) -> None:
    """The township reports later than the county allows, and calls a team of the county its own with more people."""
    plan = next(plan.id for plan in demo.plans if plan.title == "清川县双堤镇防汛应急预案")
    found = contradictions(work, plan)
    assert [(one.kind, one.there.title, one.here.words, one.there.words) for one in found] == [
        (Disagreement.LIMIT_LONGER, "清川县防汛应急预案", "45分钟", "30分钟"),
        (Disagreement.NUMBER_DIFFERS, "清川县突发事件总体应急预案", "60人", "45人"),
    ]
    beside = compare(work, plan)
    assert [(row.mine.minutes, row.other.minutes, row.misfit) for row in beside.limits] == [
        (45, 30, Misfit.LONGER_THAN_UPPER)
    ]


def test_plans_of_the_county_count_on_one_pool_in_units_of_their_own(work: Work, demo: Demo) -> None:
    """40 persons of one plan, 8 and 12 squads of others are shown side by side and not added up."""
    plan = next(plan.id for plan in demo.plans if plan.title == "清川县防汛应急预案")
    (relief,) = (one for one in compare(work, plan).claims if one.pool.id == "relief_staff")
    assert (sorted(relief.units.values()), relief.registered) == ([8, 12, 40], 30)
    assert set(relief.words.values()) == {"安置登记和救助人员（小组）", "安置救助小组"}
    assert (relief.is_added, relief.is_short) == (False, False)
