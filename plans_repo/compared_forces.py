"""The forces of the two sides of a comparison: which version and which set, and the pools in which they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plans_repo import plans
from plans_repo.scenarios import REGISTER_UNITS
from plans_repo.store.work import Work
from plans_repo.supplies import Supply, unit_of
from plans_repo.word.wording import Wording
from sim.procedure import Pool
from sim.question import Question


class Ground(StrEnum):
    """Where the number of units of a pool comes from."""

    PROCEDURE = "procedure"
    REGISTER = "register"
    GIVEN = "given"


@dataclass(frozen=True, kw_only=True, slots=True)
class Units:
    """How many units of a pool one side has, *later* more that come during the run, and what says so.

    *entries* are those of the register behind the number, where they are known.
    """

    units: int
    later: int
    ground: Ground
    entries: int = 0
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolPair:
    """A pool whose units differ between the sides; None where the procedure of a side does not have it."""

    pool: str
    title: str
    title_en: str
    unit: str
    unit_en: str
    before: Units | None
    after: Units | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One side: the version of the plan and the set of forces, by their names on the day."""

    version: str
    label: str
    label_en: str
    forces: str
    forces_en: str
    is_changed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Forces:
    """Both sides, the pools that differ in the order of the second side, and how many pools have the same units."""

    before: Side
    after: Side
    differing: tuple[PoolPair, ...]
    same: int


@dataclass(frozen=True, kw_only=True)
class Played:
    """What one side plays: its version, its question, how many entries are behind each pool, and pools set by hand."""

    version: str
    question: Question
    entries: Mapping[str, int] = field(default_factory=dict)
    given: frozenset[str] = frozenset()


def forces(work: Work, plan: str, before: Played, after: Played) -> Forces:
    """What the sides of a comparison of one plan have to work with."""
    old, new = _pools(before), _pools(after)
    pairs = [
        _pair(
            new.get(name) or old[name],
            _units(before, old[name]) if name in old else None,
            _units(after, new[name]) if name in new else None,
        )
        for name in dict.fromkeys((*new, *old))
    ]
    differing = tuple(pair for pair in pairs if _count(pair.before) != _count(pair.after))
    return Forces(
        before=_side(work, plan, before),
        after=_side(work, plan, after),
        differing=differing,
        same=len(pairs) - len(differing),
    )


def forces_told(found: Forces, language: str) -> Iterator[str]:
    """Both sides, then what differs pool by pool, in sentences of the report, the page and the terminal."""
    words = Wording(language)
    for key, side in (("a", found.before), ("b", found.after)):
        name = words.say(f"forces.{key}")
        set_name = _in(language, side.forces, side.forces_en)
        set_name += words.say("forces.changed") if side.is_changed else ""
        yield words.say("forces.side", side=name, version=_in(language, side.label, side.label_en), forces=set_name)
    for pair in found.differing:
        yield words.say(
            "forces.pool",
            pool=_in(language, pair.title, pair.title_en),
            before=_told(pair, pair.before, words),
            after=_told(pair, pair.after, words),
        )
    yield words.say("forces.rest" if found.differing else "forces.same", count=found.same)


def _pools(side: Played) -> dict[str, Pool]:
    return {pool.id: pool for pool in side.question.procedure.pools}


def _units(side: Played, pool: Pool) -> Units:
    resources = side.question.resources
    sizes = dict(resources.units)
    later = sum(one.ready_units for one in resources.arrivals if one.pool == pool.id)
    later += sum(change.units for change in pool.changes)
    if pool.id in side.given:
        return Units(units=sizes[pool.id], later=later, ground=Ground.GIVEN)
    if pool.id in sizes and resources.id == REGISTER_UNITS:
        entries = side.entries.get(pool.id, 0)
        return Units(units=sizes[pool.id], later=later, ground=Ground.REGISTER, entries=entries)
    units = sizes.get(pool.id, pool.units)
    return Units(units=units, later=later, ground=Ground.PROCEDURE, source=pool.source)


def _count(units: Units | None) -> tuple[int, int] | None:
    return None if units is None else (units.units, units.later)


def _pair(pool: Pool, before: Units | None, after: Units | None) -> PoolPair:
    return PoolPair(
        pool=pool.id,
        title=pool.title,
        title_en=pool.title_en,
        unit=unit_of(pool, "zh"),
        unit_en=unit_of(pool, "en"),
        before=before,
        after=after,
    )


def _side(work: Work, plan: str, side: Played) -> Side:
    version, resources = plans.version_of(work, plan, side.version), side.question.resources
    return Side(
        version=version.id,
        label=version.label,
        label_en=version.label_en,
        forces=resources.title,
        forces_en=resources.title_en,
        is_changed=bool(side.given),
    )


def entries_of(found: Iterable[Supply]) -> dict[str, int]:
    """How many entries of the register are behind each pool."""
    return dict(Counter(supply.pool for supply in found))


def given(units: Iterable[tuple[str, int]]) -> frozenset[str]:
    """The pools whose units were set by hand."""
    return frozenset(pool for pool, _count in units)


def _told(pair: PoolPair, units: Units | None, words: Wording) -> str:
    if units is None:
        return words.say("forces.none")
    unit = _in(words.language, pair.unit, pair.unit_en)
    amount = words.say("forces.amount", count=units.units, unit=unit)
    if units.later:
        amount += words.say("forces.later", count=units.later, unit=unit)
    key = f"forces.from_{units.ground}" + ("_entries" if units.entries else "_source" if units.source else "")
    return amount + words.say(key, count=units.entries, source=units.source)


def _in(language: str, text: str, text_en: str) -> str:
    return text if language == "zh" else text_en or text
