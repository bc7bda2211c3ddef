"""Norms counted by hand: what is asked for, what is there, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.local_units import LocalUnits
from plans_repo.norms.counts import Outcome, counts, uncounted
from plans_repo.norms.figures import enter, figures, kinds, norms_for
from plans_repo.norms.norm import BasisKind, norms
from plans_repo.norms.telling import norm_facts
from plans_repo.organisations import OrganisationKind, create_organisation
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from sim.figure import Mark
from sim.scenario import Place, Scenario
from tests.plans_repo.conftest import StillClock, person

OFFICIAL = person("official", *Role)
LOCAL = """format = 1

[local.county_population]
value = 412000
unit = "人"
source = "县统计公报2025"
mark = "read"

[local.ambulances]
value = 40
unit = "辆"
source = "县卫生健康局"
mark = "to_be_confirmed"
"""


def a_study(*events: Scenario, **units: int) -> Any:
    """Two villages of 720 and 530 people and some units, as far as counting looks at a study."""
    villages = (
        Place(id="a", title="甲村", kind="village", numbers=(("people", 720.0),)),
        Place(id="b", title="乙村", kind="village", numbers=(("people", 530.0),)),
    )
    scenario = Scenario(id="s", hazard="flood", spread="river", title="洪水", horizon_min=60, places=villages)
    pools = tuple(SimpleNamespace(id=name, of="") for name in units)
    held = tuple(
        SimpleNamespace(pool=pool, units=count, mark=Mark.READ, local=own_of(pool.id, count))
        for pool, count in zip(pools, units.values(), strict=True)
    )
    waits = (SimpleNamespace(cause="pool:village_team", mean_min=3.5),)
    return SimpleNamespace(
        scenarios=events or (scenario,),
        procedure=SimpleNamespace(pools=pools),
        pools=held,
        findings=SimpleNamespace(waits=waits),
        savings=(),
    )


def own_of(pool: str, count: int) -> LocalUnits | None:
    """So many squads in the first village and none in the second; no other pool has units place by place."""
    return LocalUnits(pool=pool, each=(count, 0), source="情景", mark=Mark.READ) if pool == "village_team" else None


def told(data: Path | None = None, **units: int) -> dict[str, tuple[float | None, float | None, Outcome]]:
    found = counts(a_study(**units), norms(data))
    return {count.norm.id: (count.needed, count.held, count.outcome) for count in found}


def test_a_team_a_village_and_half_a_square_metre_a_person() -> None:
    assert told(village_team=1) == {
        "village-team": (2, 1, Outcome.SHORT),
        "shelter-area": (625, None, Outcome.UNKNOWN),
        "ambulances": (None, None, Outcome.UNKNOWN),
    }


def test_two_squads_of_one_village_are_one_team_and_squads_for_the_whole_county_say_nothing_of_villages() -> None:
    assert told(village_team=2)["village-team"] == (2, 1, Outcome.SHORT)
    study = a_study(village_team=2)
    both = replace(study.pools[0].local, each=(1, 1))
    study.pools[0].local = both
    (found, *_rest) = counts(study, norms(None))
    assert (found.held, found.outcome) == (2, Outcome.MET)
    study.pools[0].local = None
    (found, *_rest) = counts(study, norms(None))
    assert (found.held, found.outcome) == (None, Outcome.UNKNOWN)


def a_flood(spread: str, kind: str, *people: float) -> Scenario:
    places = tuple(
        Place(id=f"p{n}", title=f"{n}", kind=kind, numbers=(("people", each),)) for n, each in enumerate(people)
    )
    return Scenario(id="f", hazard="flood", spread=spread, title="洪水", horizon_min=60, places=places)


def test_of_several_events_the_people_of_all_are_counted_and_a_place_struck_twice_once() -> None:
    fire = Scenario(id="b", hazard="fire", spread="building", title="火灾", horizon_min=60)
    events = (fire, a_flood("river", "village", 720.0, 530.0), a_flood("dam_break", "village", 720.0, 530.0, 100.0))
    found = {count.norm.id: count for count in counts(a_study(*events, village_team=2), norms(None))}
    assert (found["village-team"].needed, found["village-team"].held) == (3, 1)
    assert found["shelter-area"].basis == 1350
    assert "village-team" not in {count.norm.id for count in counts(a_study(fire), norms(None))}


def test_groups_of_a_flash_flood_have_people_and_are_no_villages() -> None:
    found = {count.norm.id: count for count in counts(a_study(a_flood("flash_flood", "grid", 96.0, 58.0)), norms(None))}
    assert found["shelter-area"].needed == 77
    assert (found["village-team"].basis, found["village-team"].given) == (None, ("grid",))
    told = {each.title: each.given for each in norm_facts(tuple(found.values()), {}, "zh")}
    assert told["村级应急队伍"] == "网格"


def test_what_the_study_showed_of_the_same_units_stands_beside_the_count() -> None:
    study = a_study(village_team=2, boat=4)
    found = counts(study, norms(None))
    assert [(count.norm.id, count.wait_min) for count in found if count.norm.pools] == [
        ("village-team", 3.5),
        ("ambulances", None),
    ]
    assert uncounted(study, found) == ("boat",)


def test_a_place_adds_its_own_figures_and_its_own_norms(tmp_path: Path) -> None:
    folder = tmp_path / "norms"
    folder.mkdir()
    (folder / "local.toml").write_text(LOCAL, encoding="utf-8")
    assert told(tmp_path, village_team=2)["ambulances"] == (42, 40, Outcome.SHORT)
    norm = (Path(__file__).parents[2] / "plans_repo/packs/norms/flood.toml").read_text(encoding="utf-8")
    (folder / "own.toml").write_text(norm.replace("per = 1\nvalue = 1\n", "per = 1\nvalue = 3\n", 1), encoding="utf-8")
    assert told(tmp_path, village_team=2)["village-team"] == (6, 1, Outcome.SHORT)
    assert {norm.is_local for norm in norms(tmp_path).norms if norm.id == "village-team"} == {True}


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (b"format = 2", "norm-unfit", "format"),
        (b"not toml", "norms-unreadable", None),
        (b"\xff\xfe\x00", "norms-unreadable", None),
        (b'format = 1\n[local.x]\nvalue = "many"', "norm-unfit", "unit"),
        (b"format = 1\nlocal = 3", "norm-unfit", "local"),
        (b'format = 1\n[[norm]]\nid = "x"', "norm-unfit", "spreads"),
        (b"format = 1\nnorm = [1]", "norm-unfit", "norm"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_name(
    tmp_path: Path, content: bytes, code: str, field: str | None
) -> None:
    (tmp_path / "norms").mkdir()
    (tmp_path / "norms" / "mine.toml").write_bytes(content)
    with pytest.raises(PlansRepoError) as refusal:
        norms(tmp_path)
    assert (refusal.value.code, refusal.value.fields.get("field")) == (code, field)
    assert "mine.toml" in refusal.value.fields["thing"]


def test_every_norm_of_the_packs_says_source_article_and_mark() -> None:
    found = norms(None).norms
    assert len(found) >= 10
    for norm in found:
        assert all((norm.source, norm.source_en, norm.article, norm.article_en, norm.unit, norm.basis_title_en))
        assert norm.mark in (Mark.READ, Mark.TO_BE_CONFIRMED)
        assert norm.pools or norm.local_held
        assert norm.basis is not BasisKind.FIXED or float(norm.basis_name) > 0


def test_every_local_figure_a_norm_asks_for_can_be_entered() -> None:
    found = norms(None).norms
    asked = {norm.basis_name for norm in found if norm.basis is BasisKind.LOCAL}
    assert set(kinds()) == asked | {norm.local_held for norm in found if norm.local_held}


def test_the_nearest_area_and_the_event_itself_go_first_and_a_newer_entry_takes_the_place_of_an_older(
    store: Store, clock: StillClock
) -> None:
    county, town = "/shi/xian/", "/shi/xian/zhen/"
    with store.work(OFFICIAL) as work:
        enter(work, "county_population", 412_000, source="统计公报2024", area=county)
        enter(work, "county_population", 51_000, source="镇年报", area=town)
        enter(work, "self_rescuers", 5_000, source="全县合计", area=county)
        enter(work, "self_rescuers", 96, source="矿灯房台账", mark=Mark.DEMO, area=county, event="mine")
    clock.forward(days=1)
    with store.work(OFFICIAL) as work:
        enter(work, "county_population", 409_500.5, source="统计公报2025", area=county)
    with store.reading(OFFICIAL) as work:
        there = {key: one.figure.value for key, one in figures(work, county).items()}
        assert there == {"county_population": 409_500.5, "self_rescuers": 5_000}
        assert figures(work, town)["county_population"].figure.value == 51_000
        own = norms_for(work, county, ["mine"]).local["self_rescuers"]
        assert (own.value, own.mark, own.unit) == (96, Mark.DEMO, "台")
        assert figures(work, "/shi/ling/") == {}
        assert audit.verify(work).valid


@pytest.mark.parametrize(
    ("key", "value", "source", "code"),
    [
        ("population", 1.0, "公报", "norm-figure-unknown"),
        ("ambulances", -1.0, "台账", "norm-figure-out-of-range"),
        ("ambulances", float("nan"), "台账", "norm-figure-out-of-range"),
        ("ambulances", 3.0, "  ", "norm-figure-without-source"),
    ],
)
def test_a_figure_without_ground_is_refused(store: Store, key: str, value: float, source: str, code: str) -> None:
    with pytest.raises(PlansRepoError) as refusal, store.work(OFFICIAL) as work:
        enter(work, key, value, source=source)
    assert refusal.value.code == code


def test_nobody_enters_figures_of_another_area(store: Store) -> None:
    with store.work(OFFICIAL) as work:
        bureau = create_organisation(work, "甲县应急局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/shi/jia/").id
    here = replace(OFFICIAL, organisation=bureau)
    with store.work(here) as work:
        assert enter(work, "ambulances", 9, source="台账").area == "/shi/jia/"
    with pytest.raises(NotAllowed), store.work(here) as work:
        enter(work, "ambulances", 9, source="台账", area="/shi/yi/")
