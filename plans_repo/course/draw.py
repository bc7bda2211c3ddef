"""Draw a panel by lot so that anybody can draw it again: the seed decides a rank, quotas and size the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.errors import PlansRepoError


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who can be drawn, and his fields."""

    id: str
    fields: tuple[str, ...]


def ranked(seed: str, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates in the order of the lot; who is in the pool beside somebody does not move his rank.

    >>> [one.id for one in ranked("s", [Candidate(id=name, fields=()) for name in "abc"])]
    ['c', 'b', 'a']
    """
    return tuple(sorted(candidates, key=lambda one: (hashlib.sha256(f"{seed}:{one.id}".encode()).hexdigest(), one.id)))


def drawn(
    seed: str, candidates: Sequence[Candidate], *, size: int, quotas: Mapping[str, int], kept: Sequence[str] = ()
) -> tuple[str, ...]:
    """The ids of a panel of *size*: first so many of every field as *quotas* ask, then by rank.

    *kept* already have a seat and count. Refused where a field or the pool has too few.
    """
    ranks = ranked(seed, candidates)
    by_id = {one.id: one for one in ranks}
    chosen = [one for one in kept if one in by_id]
    for field, wanted in sorted(quotas.items()):
        have = sum(field in by_id[one].fields for one in chosen)
        fitting = [one.id for one in ranks if field in one.fields and one.id not in chosen]
        if have + len(fitting) < wanted:
            raise PlansRepoError(
                "field-too-few", thing=field, field="quota", rule=f"needs {wanted}", value=have + len(fitting),
                wanted=wanted,
            )  # fmt: skip
        chosen += fitting[: max(0, wanted - have)]
    chosen += [one.id for one in ranks if one.id not in chosen][: max(0, size - len(chosen))]
    if len(chosen) < size:
        raise PlansRepoError("pool-too-small", thing="panel", field="size", rule=f"needs {size}", value=len(chosen))
    if len(chosen) > size:
        raise PlansRepoError("quotas-above-size", thing="panel", field="size", rule="must hold the quotas", value=size)
    return tuple(chosen)
