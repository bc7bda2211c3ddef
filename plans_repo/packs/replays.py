"""The records of real disasters that are played again, read from the packs."""

from __future__ import annotations

from functools import cache
from typing import Any

from plans_repo.errors import NotFound
from plans_repo.packs.reading import names, pack, procedure_from, scenario_from
from sim.hazards.contribution import Clock, Contribution, Entity, EntitySet, Gate
from sim.recorded import RECORDED, RecordedQuestion
from sim.replays import Documented, Lead, Milestone, Replay
from sim.scenario import ResourceSet, Scenario
from sim.validation import CaseMark

FOLDER = "replays"
_ENTITY_TEXTS = ("key", "title", "title_en", "parent")


@cache
def replays() -> tuple[Replay, ...]:
    """All records, in the order of their ids.

    >>> [record.id for record in replays()][:2]
    ['oroville-2017', 'quecreek-2002']
    """
    return tuple(_replay(pack(FOLDER, name)) for name in names(FOLDER))


def replay_of(name: str) -> Replay:
    """The record of that id, or a refusal."""
    for record in replays():
        if record.id == name:
            return record
    raise NotFound("replay-unknown", thing="replay", value=name)


def _replay(data: dict[str, Any]) -> Replay:
    scenario = _scenario(data)
    question = RecordedQuestion(
        procedure=procedure_from(data),
        scenario=scenario,
        resources=ResourceSet(id="recorded", title="按记录"),
        brings=_brings(data, scenario),
    )
    texts = ("id", "case", "title", "title_en", "summary", "summary_en", "begins", "source", "source_en")
    return Replay(
        **{name: data[name] for name in texts},
        mark=CaseMark(data["mark"]),
        question=question,
        milestones=tuple(Milestone(**item) for item in data["milestones"]),
        leads=tuple(Lead(**item) for item in data.get("leads", ())),
        documented=Documented(**data["documented"]),
    )


def _scenario(data: dict[str, Any]) -> Scenario:
    """The event: its clocks are its parameters, each with source and mark."""
    texts = {name: data[name] for name in ("id", "hazard", "title", "title_en", "summary", "summary_en", "horizon_min")}
    return scenario_from({**texts, "spread": RECORDED, "parameters": data.get("clocks", {})})


def _brings(data: dict[str, Any], scenario: Scenario) -> Contribution:
    return Contribution(
        sets=tuple(
            EntitySet(name=item["name"], entities=tuple(_entity(one) for one in item["entities"]))
            for item in data.get("sets", ())
        ),
        clocks=tuple(
            Clock(name=one.name, base_min=one.figure.value, title=one.title, title_en=one.title_en)
            for one in scenario.parameters
        ),
        gates=tuple(Gate(is_open=False, **item) for item in data.get("gates", ())),
    )


def _entity(item: dict[str, Any]) -> Entity:
    texts = {name: item[name] for name in _ENTITY_TEXTS if name in item}
    numbers = tuple((name, value) for name, value in item.items() if name not in _ENTITY_TEXTS)
    return Entity(**texts, attributes=numbers)
