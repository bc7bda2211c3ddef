"""Places that titles of plans begin with, and whether a title speaks of another place than the plan's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.packs.reading import pack

_PLACE = re.compile(
    r"^[\W_]*((?:[\u4e00-\u9fff]{2,8}?(?:自治州|自治县|自治旗|[左右前中后]旗)"
    r"|[\u4e00-\u9fff]{2,5}?市[\u4e00-\u9fff]{2,4}?区|[\u4e00-\u9fff]{1,6}?(?:县(?![域级])|市(?![场政民容级属域]))))"
)
_SHARED = re.compile("联合|联防|联动|协同|毗邻|跨区域")
"""What the title of a joint plan says; it names the places of all its sides."""
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


@dataclass(frozen=True, kw_only=True)
class Named:
    """The place a title names: its words, and its area; None where no known body has it."""

    words: str
    area: str | None


class Places:
    """The places of some bodies, for telling which one titles speak of."""

    def __init__(self, bodies: Iterable[Organisation]) -> None:
        self._known = {bare(body.name): body.area for body in bodies if body.kind in _WITH_PLACE}
        self._areas = frozenset(self._known.values())
        self._shelves: dict[str, list[str]] = {}
        for name in sorted(self._known, key=len, reverse=True):
            self._shelves.setdefault(name[:2], []).append(name)
        self._short = self._short_names()

    def other(self, title: str, area: str) -> str:
        """The place a title begins with when it is none of those the area lies in or consists of; else "".

        Nothing is said where no place of the area is known, nor of a joint plan 联合预案 that names its own place
        beside the other.
        """
        told = title.strip()
        if _SHARED.search(told) and any(name in told for name in self._known if self._is_own(name, area)):
            return ""
        while begun := next((name for name in self._begun(told) if self._is_own(name, area)), ""):
            told = told.removeprefix(begun)
        elsewhere = next(iter(self._begun(told)), "")
        is_placed = any(area[:end] in self._areas for end in range(len(area) + 1))
        if elsewhere or not is_placed or told != title.strip():
            return elsewhere
        return named_place(told)

    def named(self, title: str, area: str) -> Named | None:
        """The place a title names, the innermost where it names several in a row (清川县双堤镇); None for none.

        A short name (双堤镇) is the place within *area*, or around it, that bears it; elsewhere the one that does.
        """
        told = title.strip()
        found: Named | None = None
        while step := self._next(told, found.area if found and found.area else "", area):
            words, where = step
            found = Named(words=(found.words if found else "") + words, area=where)
            told = told.removeprefix(words)
            if where is None:
                return found
        is_placed = any(area.startswith(where) for where in self._areas)
        is_outside = found is None or (found.area != area and area.startswith(found.area or ""))
        further = named_place(told) if is_placed and is_outside else ""
        return Named(words=(found.words if found else "") + further, area=None) if further else found

    def _next(self, told: str, within: str, area: str) -> tuple[str, str | None] | None:
        """The place words begin with and its area: by its full name, or by its short one within the one before."""
        for name in self._begun(told):
            if self._known[name].startswith(within) and self._known[name] != within:
                return name, self._known[name]
        for name in (name for name in self._short.get(told[:2], ()) if told.startswith(name)):
            areas = [where for where in self._short[told[:2]][name] if where.startswith(within) and where != within]
            own = [where for where in areas if where.startswith(area) or area.startswith(where)]
            if areas:
                chosen = own or areas
                return name, chosen[0] if len(chosen) == 1 else None
        return None

    def _short_names(self) -> dict[str, dict[str, list[str]]]:
        """Places without the name of the one they lie in, the longest first: 双堤镇 for 清川县双堤镇."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, area in self._known.items():
            around = [
                other
                for other in self._shelves[name[:2]]
                if name != other and name.startswith(other) and area.startswith(self._known[other])
            ]
            short = name.removeprefix(max(around, key=len)) if around else ""
            if len(short) > 1:
                found.setdefault(short[:2], {}).setdefault(short, []).append(area)
        return {key: dict(sorted(shelf.items(), key=lambda item: -len(item[0]))) for key, shelf in found.items()}

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
