"""Small things the makers of demo events share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plans_repo.packs import reading as packs
from sim.scenario import Place, Scenario


def based_on(name: str, **fields: Any) -> Scenario:
    """A scenario of the packs with other names, places and measures; its settings stay."""
    return replace(packs.scenario_from(packs.pack("scenarios", name)), **fields)


def with_values(scenario: Scenario, **values: float) -> Scenario:
    """The same event with some settings changed."""
    for name, value in values.items():
        scenario = scenario.with_value(name, value)
    return scenario


def place(entry: dict[str, Any], kind: str, **numbers: float) -> Place:
    """A place of a register's entry, with the numbers its model asks for."""
    return Place(
        id=entry["id"],
        title=entry["name"],
        title_en=entry["name_en"],
        kind=kind,
        numbers=tuple((name, float(value)) for name, value in numbers.items()),
    )


def number_in(code: str) -> float:
    """The number in a register id.

    >>> number_in("T02")
    2.0
    """
    return float("".join(character for character in code if character.isdigit()) or 0)
