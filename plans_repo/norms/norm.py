"""Norms as values: the packs of the product, and what an installation adds, replaces and knows of itself.

An installation keeps files of its own in ``norms/`` below its data directory::

    format = 1

    [local.county_population]
    value = 412000
    unit = "人"
    source = "县统计公报2025"
    mark = "read"

    [[norm]]                # the same fields as in the packs; an id that is there already is replaced
    id = "village-team"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from plans_repo.errors import PlansRepoError
from plans_repo.packs import reading as packs
from plans_repo.toml_files import table_of
from sim.errors import SimError
from sim.figure import Figure, Mark, above

FORMAT = 1
FOLDER = "norms"
MOST_BYTES = 1_000_000


class HeldBy(StrEnum):
    """How what is held of a norm is counted from the pools of a study."""

    UNITS = "units"  # the units of the pools
    PLACES = "places"  # the places that have some unit of their own: a village with two squads has one team


class BasisKind(StrEnum):
    """What a norm is counted by."""

    PEOPLE = "people"  # the people of the places of a kind
    PLACES = "places"  # the places of a kind
    PARAMETER = "parameter"  # a parameter of the scenario
    LOCAL = "local"  # a figure of the installation
    FIXED = "fixed"  # a number of its own


@dataclass(frozen=True, kw_only=True, slots=True)
class Norm:
    """So many units (*value*) for every *per* of a basis, for events of some *spreads*.

    *basis_name* may name several kinds of places, ``village grid``. They are *is_whole* unless measured. What is held
    is counted from the *pools* of the study (*held_by* units or places), or is the installation's figure *local_held*.
    """

    id: str
    title: str
    title_en: str
    spreads: tuple[str, ...]
    basis: BasisKind
    basis_name: str
    basis_title: str
    basis_title_en: str
    per: float
    value: float
    unit: str
    unit_en: str
    source: str
    source_en: str
    article: str
    article_en: str
    mark: Mark
    pools: tuple[str, ...] = ()
    local_held: str = ""
    held_by: HeldBy = HeldBy.UNITS
    is_whole: bool = True
    is_local: bool = False

    def __post_init__(self) -> None:
        above(f"norm {self.id}", "per", self.per, 0)
        above(f"norm {self.id}", "value", self.value, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Norms:
    """The norms of an installation and its own figures by name."""

    norms: tuple[Norm, ...]
    local: Mapping[str, Figure]


def norms(data: Path | None) -> Norms:
    """The norms of the packs, with those of an installation in their place or beside them."""
    by_id = {norm.id: norm for name in packs.names(FOLDER) for norm in _norms(packs.pack(FOLDER, name), name)}
    local: dict[str, Figure] = {}
    for path in sorted((data / FOLDER).glob("*.toml")) if data else ():
        content = _content(path)
        by_id |= {norm.id: norm for norm in _norms(content, path.name, is_local=True)}
        local |= {name: _figure(each, f"{path.name} {name}") for name, each in _locals(content, path.name).items()}
    return Norms(norms=tuple(by_id.values()), local=local)


def _content(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unfit(path.name, "size", f"must be at most {MOST_BYTES} bytes")
        found = table_of(path.read_bytes(), "norms-unreadable", path.name)
    except OSError as error:
        raise _unfit(path.name, "file", "must be readable") from error
    if found.get("format") != FORMAT:
        raise _unfit(path.name, "format", f"must be {FORMAT}")
    return found


def _norms(content: Mapping[str, Any], file: str, *, is_local: bool = False) -> list[Norm]:
    items = content.get("norm", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _unfit(file, "norm", "must be tables, [[norm]]")
    return [_norm(item, f"{file} {item.get('id', '')}".strip(), is_local=is_local) for item in items]


def _locals(content: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    found = content.get("local", {})
    if not isinstance(found, dict) or not all(isinstance(item, dict) for item in found.values()):
        raise _unfit(file, "local", "must be tables, [local.NAME]")
    return found


def _norm(item: Mapping[str, Any], thing: str, *, is_local: bool) -> Norm:
    try:
        return Norm(
            id=item["id"],
            spreads=tuple(item["spreads"]),
            basis=BasisKind(item["basis"]["kind"]),
            basis_name=item["basis"]["name"],
            per=item["per"],
            value=item["value"],
            mark=Mark(item["mark"]),
            pools=tuple(item.get("pools", ())),
            local_held=item.get("local_held", ""),
            held_by=HeldBy(item.get("held_by", HeldBy.UNITS)),
            is_whole=item.get("whole", True),
            is_local=is_local,
            **{
                key: word
                for name in ("title", "basis_title", "unit", "source", "article")
                for key, word in ((name, item[name]["zh"]), (f"{name}_en", item[name]["en"]))
            },
        )
    except (KeyError, TypeError, ValueError, SimError) as error:
        raise _unfit(thing, _field_at_fault(error, "norm"), "must fit the form of a norm") from error


def _figure(item: Mapping[str, Any], thing: str) -> Figure:
    try:
        return Figure(value=item["value"], unit=item["unit"], source=item["source"], mark=Mark(item["mark"]))
    except (KeyError, TypeError, ValueError, SimError) as error:
        raise _unfit(thing, _field_at_fault(error, "local"), "needs value, unit, source, mark") from error


def _field_at_fault(error: Exception, otherwise: str) -> str:
    """The key that is missing, or the field that was refused; of anything else the table as a whole."""
    if isinstance(error, KeyError):
        return str(error.args[0])
    return str(error.fields.get("field", otherwise)) if isinstance(error, SimError) else otherwise


def _unfit(thing: str, field: str, rule: str) -> PlansRepoError:
    return PlansRepoError("norm-unfit", thing=thing, field=field, rule=rule, value=field)
