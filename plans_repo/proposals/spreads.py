"""Which spreads of a hazard a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans_repo.text.clause import Clause
from sim.procedure import Hazard

SPREADS = {
    Hazard.FLOOD: ("river",),
    Hazard.MINE: ("gas_explosion", "water_inrush"),
    Hazard.FIRE: ("building", "forest"),
}
"""The spreads of each hazard that any plan of it may speak of."""
TITLED = {
    Hazard.FLOOD: ("dam_break", "flash_flood", "waterlogging"),
    Hazard.MINE: ("mine_fire", "outburst", "roof_fall"),
    Hazard.FIRE: ("gas_fire",),
}
"""Those a plan answers only if its title names them: the text of any other plan mentions them in passing."""

_WORDS = {
    "dam_break": ("溃坝", "垮坝", "大坝安全"),
    "flash_flood": ("山洪",),
    "waterlogging": ("内涝",),
    "mine_fire": ("井下火灾", "矿井火灾"),
    "outburst": ("煤与瓦斯突出",),
    "roof_fall": ("冒顶", "顶板事故"),
    "gas_fire": ("储罐", "罐区", "油库", "燃气火灾", "化工火灾"),
    "gas_explosion": ("瓦斯", "煤尘", "爆炸"),
    "water_inrush": ("透水", "水害", "突水", "水灾"),
    "building": ("建筑", "高层", "消防", "人员密集场所"),
    "forest": ("森林", "草原", "林火", "防灭火"),
}
_IS_GENERAL = re.compile("防汛|防洪|抗旱")
"""A plan against all floods of its area, whatever else its title adds."""
_ALL_OF = frozenset({Hazard.MINE})
"""Hazards whose one plan answers several spreads; of the others it answers the one it speaks of most."""


def spreads_of(hazard: Hazard, title: str, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The spreads a text speaks of: those its title names, for a mine plan else all, else the one it names most.

    The rarer ones (``TITLED``) are answered only where the title names them.
    """
    known = SPREADS[hazard]
    rarer = () if _IS_GENERAL.search(title) else spreads_named(title, TITLED[hazard])
    titled = (*spreads_named(_without(title, rarer), known), *rarer)
    text = "".join(clause.title + clause.text for clause in clauses)
    counts = {spread: sum(text.count(word) for word in _WORDS.get(spread, ())) for spread in titled or known}
    if hazard in _ALL_OF:
        return titled or tuple(spread for spread in known if counts[spread]) or known
    return (max(counts, key=lambda spread: counts[spread]),)


def _without(title: str, spreads: Sequence[str]) -> str:
    """The title less the words that name those spreads: 煤与瓦斯突出 does not speak of 瓦斯 by itself."""
    for word in (word for spread in spreads for word in _WORDS[spread]):
        title = title.replace(word, "")
    return title


def spreads_named(words: str, among: Sequence[str]) -> tuple[str, ...]:
    """The spreads some words name.

    >>> spreads_named("（七）透水事故处置程序", ("gas_explosion", "water_inrush"))
    ('water_inrush',)
    """
    return tuple(spread for spread in among if any(word in words for word in _WORDS.get(spread, ())))
