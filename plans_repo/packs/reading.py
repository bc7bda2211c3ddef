"""Packs as values: a TOML file in, procedures, scenarios and resource sets of ``sim`` out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from plans_repo.errors import NotFound
from sim.apart import told_apart
from sim.compound import Compound, CompoundQuestion, question_of
from sim.plain import unplain
from sim.procedure import Pool, Procedure
from sim.scenario import ResourceSet, Scenario

_LAW_FIELDS = (
    "law", "minutes", "low_min", "mode_min", "high_min", "median_min", "sigma", "mean_min", "a", "b",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """How a sentence is known to speak of a target or task.

    *words* are phrases: parts joined by ``+`` that must all be there, each with its
    alternatives (``救护队|救护中队+出动``). None of *unless* may be there. *starts* says
    which kinds of start a limit may have and what the target then counts from ("" for
    the template's own start); empty for any.
    """

    id: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    starts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A procedure to start from, and how a text is known to speak of its targets and tasks."""

    spread: str
    procedure: Procedure
    targets: tuple[Telling, ...]
    tasks: tuple[Telling, ...]


def pack(folder: str, name: str) -> dict[str, Any]:
    """The content of one TOML file of the packs."""
    path = files("plans_repo.packs").joinpath(*filter(None, (folder, f"{name}.toml")))
    if not path.is_file():
        raise NotFound("pack-unknown", thing=f"pack {folder}", field="name", rule="must exist", value=name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def names(folder: str) -> tuple[str, ...]:
    """The names of the TOML files of one folder, in order."""
    found = files("plans_repo.packs").joinpath(folder).iterdir()
    return tuple(sorted(item.name.removesuffix(".toml") for item in found if item.name.endswith(".toml")))


@cache
def template(spread: str) -> Template:
    """The template procedure for the way a hazard spreads (``river``, ``forest`` …)."""
    data = _on_its_base(pack("procedures", spread))
    targets = tuple(_telling(item, "match") for item in data.get("targets", ()))
    tasks = tuple(_telling(item, "words") for item in data.get("tasks", ()))
    return Template(spread=spread, procedure=procedure_from(data), targets=targets, tasks=tasks)


def _on_its_base(data: dict[str, Any]) -> dict[str, Any]:
    """A template with what it takes over from its *base*: all but what it names in *without* or says anew.

    Levels are taken over only where it has none of its own; pools only where something still asks for them.
    """
    if "base" not in data:
        return data
    under = pack("procedures", data["base"])
    tasks = [
        {**item, "spread": data["spread"]} if item.get("spread") == under["spread"] else item
        for item in _laid_over(under, data, "tasks")
    ]
    asked = {need["pool"] for task in tasks for need in task.get("needs", ())}
    pools = [pool for pool in _laid_over(under, data, "pools") if pool["id"] in asked]
    levels = data.get("levels") or under.get("levels", [])
    return {**data, "tasks": tasks, "pools": pools, "levels": levels, "targets": _laid_over(under, data, "targets")}


def _laid_over(under: dict[str, Any], data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The entries of one kind: the base's in their order, each replaced by one of the same id, then the new ones."""
    own = {item["id"]: item for item in data.get(kind, ())}
    kept = [item for item in under.get(kind, ()) if item["id"] not in data.get("without", ())]
    taken = {item["id"] for item in kept}
    return [*(own.get(item["id"], item) for item in kept), *(own[key] for key in own if key not in taken)]


def _telling(item: dict[str, Any], words: str) -> Telling:
    """What an entry says of the words it is known by, taken out of it."""
    starts = item.pop("from", ())
    return Telling(
        id=item["id"],
        words=tuple(item.pop(words, ())),
        unless=tuple(item.pop("unless", ())),
        starts=tuple(starts.items() if isinstance(starts, dict) else ((kind, "") for kind in starts)),
    )


def procedure_from(data: dict[str, Any]) -> Procedure:
    """A procedure from the short form of the packs."""
    return unplain(Procedure, {
        "hazard": data["hazard"],
        "spread": data.get("spread", ""),
        "tasks": [task_from(item) for item in data.get("tasks", ())],
        "pools": data.get("pools", ()),
        "targets": data.get("targets", ()),
        "levels": data.get("levels", ()),
    })  # fmt: skip


def task_from(item: dict[str, Any]) -> dict[str, Any]:
    """The plain form of a task from its short form: names for edges, one table for a duration."""
    task = dict(item)
    task["after"] = [{"task": edge} if isinstance(edge, str) else edge for edge in item.get("after", ())]
    if isinstance(item.get("join"), str):
        task["join"] = {"kind": item["join"]}
    task["duration"] = duration_from(item["duration"])
    return task


def duration_from(item: dict[str, Any]) -> dict[str, Any]:
    """The plain form of a duration from its one table."""
    law = {key: value for key, value in item.items() if key in _LAW_FIELDS}
    return {"law": law, **{key: value for key, value in item.items() if key not in _LAW_FIELDS}}


def scenarios() -> Iterator[Scenario]:
    """The scenarios of the packs, in the order of their names."""
    for name in names("scenarios"):
        yield scenario(name)


def scenario(name: str) -> Scenario:
    """The scenario of that name; one with a *base* takes over from it all it does not say itself."""
    data = pack("scenarios", name)
    under = pack("scenarios", data["base"]) if "base" in data else {}
    own = {key: value for key, value in data.items() if key != "base"}
    figures = {**under.get("parameters", {}), **data.get("parameters", {})}
    return scenario_from({**under, **own, "parameters": figures})


def compounds() -> Iterator[Compound]:
    """The compound events of the packs, in the order of their names."""
    for name in names("compounds"):
        data = pack("compounds", name)
        parts = [{**item, "scenario": scenario(item["scenario"])} for item in data["parts"]]
        yield unplain(Compound, {**data, "parts": parts})


def compound_question(compound: Compound, resources: ResourceSet) -> CompoundQuestion:
    """What a study of a compound event asks when the template of its spread answers each part."""
    answers = {part.id: template(part.scenario.spread).procedure for part in compound.parts}
    return question_of(compound, answers, resources)


def pools_of(compound: Compound) -> tuple[Pool, ...]:
    """The pools of the templates for what happens in the parts, each once; those of a place by its name."""
    found = (told_apart(template(part.scenario.spread).procedure, part.scenario) for part in compound.parts)
    every = (pool for procedure in found for pool in procedure.pools)
    return tuple({pool.id: pool for pool in every}.values())


def scenario_from(data: dict[str, Any]) -> Scenario:
    """A scenario from its short form: parameters by name, places as tables of numbers."""
    return unplain(Scenario, {
        **{key: value for key, value in data.items() if key not in ("parameters", "places", "measures")},
        "parameters": [_parameter(name, item) for name, item in data.get("parameters", {}).items()],
        "places": [_place(item) for item in data.get("places", ())],
        "measures": list(data.get("measures", {}).items()),
    })  # fmt: skip


def _parameter(name: str, item: dict[str, Any]) -> dict[str, Any]:
    figure = {key: item[key] for key in ("value", "unit", "source", "mark")}
    return {"name": name, "figure": figure, "title": item.get("title", ""), "title_en": item.get("title_en", "")}


def _place(item: dict[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {key: item[key] for key in ("id", "title", "title_en", "kind") if key in item}
    return {**texts, "numbers": [(key, value) for key, value in item.items() if key not in texts]}


def resource_set_from(data: dict[str, Any]) -> ResourceSet:
    """A resource set from a table of units by pool."""
    texts: dict[str, Any] = {key: data[key] for key in ("id", "title", "title_en") if key in data}
    return unplain(ResourceSet, {**texts, "units": list(data.get("units", {}).items())})
