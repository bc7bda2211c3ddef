"""Norms counted by hand: what is asked for, what is there, and what nobody knows."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.norms.counts import Outcome, counts, uncounted
from plans_repo.norms.norm import BasisKind, norms
from plans_repo.norms.telling import norm_facts
from sim.figure import Mark
from sim.scenario import Place, Scenario

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
        SimpleNamespace(pool=pool, units=count, mark=Mark.READ)
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


def told(data: Path | None = None, **units: int) -> dict[str, tuple[float | None, float | None, Outcome]]:
    found = counts(a_study(**units), norms(data))
    return {count.norm.id: (count.needed, count.held, count.outcome) for count in found}


def test_a_team_a_village_and_half_a_square_metre_a_person() -> None:
    assert told(village_team=1) == {
        "village-team": (2, 1, Outcome.SHORT),
        "shelter-area": (625, None, Outcome.UNKNOWN),
        "ambulances": (None, None, Outcome.UNKNOWN),
    }
    assert told(village_team=2)["village-team"] == (2, 2, Outcome.MET)


def a_flood(spread: str, kind: str, *people: float) -> Scenario:
    places = tuple(
        Place(id=f"p{n}", title=f"{n}", kind=kind, numbers=(("people", each),)) for n, each in enumerate(people)
    )
    return Scenario(id="f", hazard="flood", spread=spread, title="洪水", horizon_min=60, places=places)


def test_of_several_events_the_people_of_all_are_counted_and_a_place_struck_twice_once() -> None:
    fire = Scenario(id="b", hazard="fire", spread="building", title="火灾", horizon_min=60)
    events = (fire, a_flood("river", "village", 720.0, 530.0), a_flood("dam_break", "village", 720.0, 530.0, 100.0))
    found = {count.norm.id: count for count in counts(a_study(*events, village_team=2), norms(None))}
    assert (found["village-team"].needed, found["village-team"].held) == (3, 2)
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
    assert told(tmp_path, village_team=2)["village-team"] == (6, 2, Outcome.SHORT)
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
