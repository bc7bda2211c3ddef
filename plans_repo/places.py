"""Places that titles of plans begin with, and whether a title speaks of another place than the plan's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.packs.reading import pack

_PLACE = re.compile(
    r"^[\W_]*((?:[\u4e00-\u9fff]{2,8}?(?:自治州|自治县|自治旗|[左右前中后]旗)"
    r"|[\u4e00-\u9fff]{2,5}?市[\u4e00-\u9fff]{2,4}?区|[\u4e00-\u9fff]{1,6}?[县市]))"
)
_ENDS = ("人民政府", "街道办事处", "村民委员会", "居民委员会")
_WITH_PLACE = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE})


def bare(name: str) -> str:
    """A name without what only names the body: 清川县人民政府 → 清川县."""
    for end in _ENDS:
        if name.endswith(end):
            return name.removesuffix(end) + ("街道" if end == "街道办事处" else "")
    return name


def named_place(title: str) -> str:
    """The county, city or district a title begins with, "" where it begins with none.

    >>> named_place("临河县防汛抗旱应急预案"), named_place("云陵市江南区内涝应急预案"), named_place("城市内涝应急预案")
    ('临河县', '云陵市江南区', '')
    """
    found = _PLACE.match(title)
    words = found[1] if found else ""
    return "" if words.endswith(_common_nouns()) else words


class Places:
    """The places of some bodies, for telling whether titles speak of another one."""

    def __init__(self, bodies: Iterable[Organisation]) -> None:
        self._known = {bare(body.name): body.area for body in bodies if body.kind in _WITH_PLACE}
        self._areas = frozenset(self._known.values())
        self._shelves: dict[str, list[str]] = {}
        for name in sorted(self._known, key=len, reverse=True):
            self._shelves.setdefault(name[:2], []).append(name)

    def other(self, title: str, area: str) -> str:
        """The place a title begins with when it is none of those the area lies in or consists of; else "".

        Nothing is said where no place of the area is known.
        """
        told = title.strip()
        while begun := next((name for name in self._begun(told) if self._is_own(name, area)), ""):
            told = told.removeprefix(begun)
        elsewhere = next(iter(self._begun(told)), "")
        is_placed = any(area.startswith(where) for where in self._areas)
        if elsewhere or not is_placed or told != title.strip():
            return elsewhere
        return named_place(told)

    def _begun(self, words: str) -> list[str]:
        """The places words begin with, the longest first."""
        return [name for name in self._shelves.get(words[:2], ()) if words.startswith(name)]

    def _is_own(self, name: str, area: str) -> bool:
        where = self._known[name]
        return area.startswith(where) or where.startswith(area)


def other_place(title: str, area: str, bodies: Iterable[Organisation]) -> str:
    """As ``Places.other``, for one title."""
    return Places(bodies).other(title, area)


@cache
def _common_nouns() -> tuple[str, ...]:
    return tuple(pack("rules", "catalogue")["no_places"]["words"])
