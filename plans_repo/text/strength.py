"""The strength of forces and stocks in a text: whether a revision changes it decisively."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from plans_repo.packs.reading import pack
from plans_repo.text.clause import Clause
from plans_repo.text.quantities import quantities
from plans_repo.text.quantity import QuantityKind

COUNTED = frozenset({QuantityKind.TEAM, QuantityKind.PEOPLE, QuantityKind.VEHICLE, QuantityKind.MATERIAL})
"""Entries of the ledger that say how strong a force or a stock is."""
Strength = Mapping[tuple[str, str, str], float]


def is_decisive(old: Clause | None, new: Clause | None) -> bool:
    """Whether a force or stock of a clause grew or shrank by the share of the pack, came or went.

    Told apart by what is counted, where both sides call it the same; else by kind and unit together.

    >>> from plans_repo.text.clause import ClauseKind
    >>> team = Clause(id="a", kind=ClauseKind.BODY, text="抢通队58人，挖掘机6台。")
    >>> fewer = (Clause(id="a", kind=ClauseKind.BODY, text=f"抢通队{people}人，挖掘机6台。") for people in (50, 8))
    >>> [is_decisive(team, one) for one in fewer]
    [False, True]
    """
    before, after = _strength(old), _strength(new)
    if before.keys() != after.keys():
        before, after = _by_unit(before), _by_unit(after)
    return any(_is_far(before.get(key, 0), after.get(key, 0)) for key in before.keys() | after.keys())


def _strength(clause: Clause | None) -> Strength:
    found: dict[tuple[str, str, str], float] = defaultdict(float)
    for one in quantities([clause]) if clause else ():
        if one.kind in COUNTED and one.low is not None:
            found[one.kind.value, one.unit, f"{one.holder}{one.about}"] += one.low
    return found


def _by_unit(strength: Strength) -> Strength:
    found: dict[tuple[str, str, str], float] = defaultdict(float)
    for (kind, unit, _about), value in strength.items():
        found[kind, unit, ""] += value
    return found


def _is_far(before: float, after: float) -> bool:
    larger = max(before, after)
    return larger > 0 and abs(before - after) * 100 >= larger * _share()


@cache
def _share() -> int:
    return int(pack("course", "strength")["share"]["value"])
