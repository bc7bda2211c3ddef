"""Which spreads of a hazard a text speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from plans_repo.text.clause import Clause
from sim.procedure import Hazard

SPREADS = {
    Hazard.FLOOD: ("river",),
    Hazard.MINE: ("gas_explosion", "water_inrush"),
    Hazard.FIRE: ("building", "forest"),
}
"""The spreads of each hazard that have a template."""

_WORDS = {
    "gas_explosion": ("瓦斯", "煤尘", "爆炸"),
    "water_inrush": ("透水", "水害", "突水", "水灾"),
    "building": ("建筑", "高层", "消防", "人员密集场所"),
    "forest": ("森林", "草原", "林火", "防灭火"),
}
_ALL_OF = frozenset({Hazard.MINE})
"""Hazards whose one plan answers several spreads; of the others it answers the one it speaks of most."""


def spreads_of(hazard: Hazard, title: str, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The spreads a text speaks of: those its title names, for a mine plan else all, else the one it names most."""
    known = SPREADS[hazard]
    titled = spreads_named(title, known)
    text = "".join(clause.title + clause.text for clause in clauses)
    counts = {spread: sum(text.count(word) for word in _WORDS.get(spread, ())) for spread in titled or known}
    if hazard in _ALL_OF:
        return titled or tuple(spread for spread in known if counts[spread]) or known
    return (max(counts, key=lambda spread: counts[spread]),)


def spreads_named(words: str, among: Sequence[str]) -> tuple[str, ...]:
    """The spreads some words name.

    >>> spreads_named("（七）透水事故处置程序", ("gas_explosion", "water_inrush"))
    ('water_inrush',)
    """
    return tuple(spread for spread in among if any(word in words for word in _WORDS.get(spread, ())))
