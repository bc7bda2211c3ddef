"""The demo's drills: days without drills, drills held and to come, the programmes of two years, small drills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from drills.blackouts import add_blackout
from drills.designs import keeping as designs
from drills.designs.design import Design
from drills.drill import Blindness, Content, Drill, DrillType, Form, Purpose, State, Step, Trade
from drills.plan_facts import PlanFacts, enter_facts
from drills.programme import adopt, approve
from drills.register import enter, list_drills, move_drill, schedule_drill
from drills.rules import UnitPlan
from drills.scheduling import BlackoutKind
from drills.scripts import keeping as scripts
from drills.scripts.script import Inject, Script
from drills.small_drills import return_small_drills
from plans_repo.store.roles import Role
from sim.plain import unplain
from ui.components.script_words import approval_reason
from ui.demo.bodies import Bodies, area_of
from ui.demo.sources import CITY, COUNTIES, entries, programme, register
from ui.demo.texts import As

ADOPTED = {2026: date(2025, 12, 22), 2027: date(2026, 11, 13)}
"""On which day the programme of a year was adopted; what was held before the first is entered as history."""
APPROVED = {(2026, place): date(2025, 12, 30) for place in (CITY, *COUNTIES)} | {
    (2027, place): date(2026, 11, 18) for place in (CITY, "shiling")
}
"""Qingchuan's programme for 2027 still waits for its leader."""
SCHEDULED_AHEAD = timedelta(days=24)
EVALUATED_AFTER = timedelta(days=7)
CLOSED_AFTER = timedelta(days=20)
BLACKOUTS_ENTERED = date(2025, 12, 15)
FACTS_ENTERED = date(2026, 11, 10)
CHEMICALS_DRILLED = date(2026, 5, 20)
FIRST_MIN = 15
RETURNED_ON = 3
"""Day of the next month on which small drills are returned."""

_BLINDNESS = {
    "announced": frozenset[Blindness](),
    "date_blind": frozenset({Blindness.DATE}),
    "scenario_blind": frozenset({Blindness.CONTENT}),
    "double_blind": frozenset({Blindness.DATE, Blindness.CONTENT}),
}
_SEEN_BEFOREHAND = ("announced", "scenario_blind")
"""A drill whose day is not told never stood in a programme; it is known since it was held."""
_KINDS = {
    "两会": BlackoutKind.MEETING,
    "高考": BlackoutKind.EXAMINATION,
    "中考": BlackoutKind.EXAMINATION,
    "汛期": BlackoutKind.SEASON,
    "高峰": BlackoutKind.ACTIVITY,
    "迎检": BlackoutKind.ACTIVITY,
}
_UNITS = {
    "县防办": "县防指",
    "县森防办": "县森防指",
    "县煤矿应急指挥部办公室": "县煤矿应急指挥部",
    "锦程商贸城": "清川锦程商贸城",
}
"""An office stands for its headquarters, a short name for the whole one."""
_ALL_TOWNSHIPS = "个乡镇"
_OF_A_MINE = "shiling-mine-site"
_TRADES = {
    ("school", "fire"): Trade.SCHOOL,
    ("school", "earthquake_fire"): Trade.SCHOOL,
    ("village", "flood"): Trade.VILLAGE,
    ("village", "forest_fire"): Trade.VILLAGE,
    ("firm", "coal_mine"): Trade.COAL_MINE,
    ("firm", "production"): Trade.INDUSTRY,
    ("firm", "fire"): Trade.CROWDED_PLACE,
}
_SUBJECTS = {
    "fire": "消防疏散",
    "earthquake_fire": "地震和消防疏散",
    "flood": "防汛避险转移",
    "forest_fire": "森林火灾避险和先期处置",
    "coal_mine": "煤矿避灾撤离",
    "production": "生产安全事故处置",
}


@dataclass(frozen=True, kw_only=True)
class _Stage:
    """Who plays, on what."""

    on: As
    bodies: Bodies
    plans: Mapping[str, str]


def make_drills(on: As, bodies: Bodies, plans: Mapping[str, str]) -> None:
    """Everything of the drill programme; *plans* are the plan ids by name of their source."""
    stage = _Stage(on=on, bodies=bodies, plans=plans)
    _blackouts(stage)
    _facts(stage)
    for entry in _chosen(lambda entry: not _is_planned(entry)):
        _history(stage, entry)
    for year in ADOPTED:
        for place in (CITY, *COUNTIES):
            _programme(stage, year, place)
    for entry in programme()["small"]:
        _small(stage, entry)


def make_scripts(on: As, today: date) -> None:
    """The scripts of drills to come, from their plans and studies.

    What is told in the first minutes is approved; a drill with injects of its own is ready to be played.
    """
    for entry in _chosen(lambda entry: "scenario" in entry):
        work = on(Role.DRILL_ORGANISER, entry["county"], today)
        drill = next(one for one in list_drills(work, entry["date"].year) if one.title == entry["title"])
        script = scripts.make(work, drill.id)
        kept = scripts.keep(work, drill.id, _arranged(script, entry) if "inject" in entry else script, base=0)
        early = [one.id for one in kept.script.injects if "inject" in entry or _is_early(one)]
        reason = approval_reason(kept.script, early)
        scripts.approve(work, drill.id, early, base=kept.revision, reason=reason)


def _is_early(inject: Inject) -> bool:
    return inject.at_min is not None and inject.at_min <= FIRST_MIN


def _arranged(made: Script, entry: Mapping[str, Any]) -> Script:
    """The actions of some tasks, the opening and injects of its own: what fits into minutes at a table."""
    actions = tuple(one for one in made.actions if one.task in entry["tasks"])
    known = {one.id for one in actions}
    opening = made.injects[0]
    first = replace(opening, expects=tuple(name for name in opening.expects if name in known))
    serving = {one.objective for one in actions} | {first.objective}
    return replace(
        made,
        injects=(first, *(unplain(Inject, one) for one in entry["inject"])),
        actions=actions,
        objectives=tuple(one for one in made.objectives if one.id in serving),
    )


def make_designs(on: As, today: date) -> None:
    """The designs of the drills that have a script; the live one still lacks who is safety officer."""
    for entry in _chosen(lambda entry: "design" in entry):
        work = on(Role.DRILL_ORGANISER, entry["county"], today)
        drill = next(one for one in list_drills(work, entry["date"].year) if one.title == entry["title"])
        designs.keep(work, drill.id, unplain(Design, entry["design"]), base="")


def _blackouts(stage: _Stage) -> None:
    for entry in programme()["blackout"]:
        name = str(entry["name"])
        place = next((county for county in COUNTIES if register(county)["register"]["name"] in name), CITY)
        add_blackout(
            stage.on(Role.DRILL_ORGANISER, place, BLACKOUTS_ENTERED),
            f"{name}：{entry['reason']}",
            reason_en=f"{entry['name_en']}: {entry['reason_en']}",
            kind=next((kind for word, kind in _KINDS.items() if word in name), BlackoutKind.FESTIVAL),
            start_on=entry["from"],
            end_on=entry["to"],
            area=area_of(place),
        )


def _facts(stage: _Stage) -> None:
    """A mine's on-site scheme is that of a high-risk unit; the building fire plan concerns firms, which is stricter.

    The chemicals plan was drilled before the installation began.
    """
    mine, fire = stage.plans[_OF_A_MINE], stage.plans["qingchuan-building-fire"]
    enter_facts(
        stage.on(Role.DRILL_ORGANISER, "shiling", FACTS_ENTERED),
        PlanFacts(plan=mine, production_safety=True, high_risk=True, unit_plan=UnitPlan.ON_SITE),
    )
    enter_facts(
        stage.on(Role.DRILL_ORGANISER, "qingchuan", FACTS_ENTERED), PlanFacts(plan=fire, production_safety=True)
    )
    enter_facts(
        stage.on(Role.DRILL_ORGANISER, "shiling", FACTS_ENTERED),
        PlanFacts(plan=stage.plans["shiling-chemical"], production_safety=True, drilled_on=CHEMICALS_DRILLED),
    )


def _chosen(is_wanted: Any) -> Iterator[dict[str, Any]]:
    return (entry for entry in sorted(programme()["drill"], key=lambda entry: entry["date"]) if is_wanted(entry))


def _is_planned(entry: Mapping[str, Any]) -> bool:
    """Whether the drill stood in an adopted programme."""
    return entry["date"].year in ADOPTED and entry["blind"] in _SEEN_BEFOREHAND


def _history(stage: _Stage, entry: Mapping[str, Any]) -> None:
    """A drill of which the installation learns after the day."""
    work = stage.on(Role.DRILL_ORGANISER, entry["county"], entry["date"] + timedelta(days=1))
    enter(
        work, replace(_drill(stage, entry, work.new_id()), state=State.CLOSED, note=entry["result"]), "drill-recorded"
    )


def _programme(stage: _Stage, year: int, place: str) -> None:
    """Adopt the programme, approve it, and let its drills run as far as they have come."""
    found = list(
        _chosen(lambda entry: _is_planned(entry) and (entry["date"].year, entry["county"]) == (year, place))
    )  # fmt: skip
    work = stage.on(Role.DRILL_ORGANISER, place, ADOPTED[year])
    drills = [_drill(stage, entry, work.new_id()) for entry in found]
    adopt(work, year, area=area_of(place), drills=drills)
    if (year, place) in APPROVED:
        approve(stage.on(Role.LEADER, place, APPROVED[year, place]), year, area=area_of(place))
    for entry, drill in zip(found, drills, strict=True):
        _run(stage, entry, drill)


def _run(stage: _Stage, entry: Mapping[str, Any], drill: Drill) -> None:
    """Schedule a drill some weeks ahead; one that was held ran, was evaluated and closed."""
    place, day = entry["county"], entry["date"]
    if day - SCHEDULED_AHEAD > programme()["programme"]["as_of"]:
        return
    organiser = stage.on(Role.DRILL_ORGANISER, place, max(day - SCHEDULED_AHEAD, ADOPTED[day.year] + timedelta(days=1)))
    assert drill.at is not None
    schedule_drill(organiser, drill.id, day, at=drill.at, scenario=entry.get("scenario", ""))
    if entry["state"] != "done":
        return
    for step, role, on in (
        (Step.START, Role.DRILL_ORGANISER, day),
        (Step.END, Role.DRILL_ORGANISER, day),
        (Step.EVALUATE, Role.DRILL_EVALUATOR, day + EVALUATED_AFTER),
        (Step.CLOSE, Role.DRILL_ORGANISER, day + CLOSED_AFTER),
    ):
        move_drill(stage.on(role, place, on), drill.id, step, note=entry["result"] if step is Step.CLOSE else "")


def _drill(stage: _Stage, entry: Mapping[str, Any], id_: str) -> Drill:
    return Drill(
        id=id_,
        title=entry["title"],
        title_en=entry["title_en"],
        plans=(stage.plans[entry["plan"]],),
        type=DrillType(
            content=Content(entry["content"]), form=Form(entry["form"]), purpose=Purpose(entry["purpose"])
        ),
        blindness=_BLINDNESS[entry["blind"]],
        organisation=_organiser(stage.bodies, entry),
        area=area_of(entry["county"]),
        year=entry["date"].year,
        on=entry["date"],
        at=time.fromisoformat(entry["start"]),
        duration_min=entry["minutes"],
        place=entry["place"],
        units=tuple(_units(stage.bodies, entry["county"], entry["units"])),
        participants_count=entry["people"],
    )  # fmt: skip


def _organiser(bodies: Bodies, entry: Mapping[str, Any]) -> str:
    place = str(entry["county"])
    return bodies.ids[place, entry["units"][0]] if entry["plan"] == _OF_A_MINE else bodies.bureau(place)


def _units(bodies: Bodies, place: str, names: Iterable[str]) -> Iterator[str]:
    """The organisations by id; teams that are none by their name."""
    for name in names:
        if name.endswith(_ALL_TOWNSHIPS):
            yield from (bodies.ids[place, township["government"]] for township in entries(place, "township"))
        else:
            yield _unit(bodies, place, _UNITS.get(name, name))


def _unit(bodies: Bodies, place: str, name: str) -> str:
    """One organisation, or the team's name with the county's in front.

    >>> _unit(Bodies({}), "qingchuan", "县民兵应急连")
    '清川县民兵应急连'
    """
    county = next((item for item in COUNTIES if register(item)["register"]["name"] == name), "")
    if county:
        return bodies.government(county)
    return bodies.ids.get((place, name)) or bodies.ids.get((place, f"{name}人民政府")) or _whole(place, name)


def _whole(place: str, name: str) -> str:
    whole = str(register(place)["register"]["name"])
    return f"{whole}{name[1:]}" if name[0] in "市县" else name


def _small(stage: _Stage, entry: Mapping[str, Any]) -> None:
    """A township's return for a month."""
    if not entry["returned"]:
        return
    month = date.fromisoformat(f"{entry['month']}-01")
    next_month = (month + timedelta(days=31)).replace(day=RETURNED_ON)
    township = next(one for one in entries(entry["county"], "township") if one["id"] == entry["township"])
    return_small_drills(
        stage.on(Role.DRILL_ORGANISER, entry["county"], min(next_month, programme()["programme"]["as_of"])),
        month,
        trade=_TRADES[entry["kind"], entry["hazard"]],
        form=Form.LIVE,
        drills_count=entry["drills"],
        people_count=entry["people"],
        organisation_id=stage.bodies.ids[entry["county"], township["government"]],
        note=_SUBJECTS[entry["hazard"]],
    )
