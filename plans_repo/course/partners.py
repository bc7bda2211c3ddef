"""The other sides of a joint plan 联合预案: the governments and units of other places whose duties it words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.places import bare
from plans_repo.text.clause import Clause
from plans_repo.text.rendering import clause_text

_PLACE = re.compile(r"[一-鿿]{2,6}?(?:自治县|自治州|县(?![域级际])|市(?![际级区域场政])|区(?![域际内])|旗)")
_ENDS = r"局(?![势部面限长])|委员会|支队|大队|总站"
_UNIT = rf"(?:人民政府(?!办公)|(?:防汛抗旱|森林草原防灭火|应急)指挥部|[一-鿿]{{2,9}}?(?:{_ENDS}))"


def partner_places(title: str, own: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The places a joint plan's title or the register names that are not *own*: that of the plan and those around it.

    >>> partner_places("清川县石岭县防汛联合应急预案", ["清川县", "云陵市"], [])
    ('石岭县',)
    """
    told = [place.lstrip("与和及、—－-至") for place in _PLACE.findall(title)]
    own = set(own)
    return tuple(dict.fromkeys(place for place in (*told, *known) if place not in own and len(place) > 2))


def partner_names(places: Sequence[str], clauses: Iterable[Clause]) -> dict[str, tuple[str, ...]]:
    """The bodies of those places that clauses name in full, with the ids of the clauses, in the order of the text.

    A place that is named without any body stands for its government.
    """
    found: dict[str, list[str]] = {}
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, places))})(?:{_UNIT})?") if places else None
    for clause in clauses:
        for name in dict.fromkeys(pattern.findall(clause_text(clause)) if pattern else ()):
            body = f"{name}人民政府" if name in places else name
            found.setdefault(body, []).append(clause.id)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}


def places_of(bodies: Iterable[Organisation]) -> tuple[str, ...]:
    """The places whose governments are registered."""
    return tuple(bare(body.name) for body in bodies if body.kind is OrganisationKind.GOVERNMENT)
