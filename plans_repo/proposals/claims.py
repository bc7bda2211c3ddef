"""Claims of limits on a promise, and which of them holds in which situation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from plans_repo.proposals.restriction import Restriction
from plans_repo.text.finding.limits import FoundLimit
from sim.circumstance import ALTERNATIVES, Aspect, Circumstance, is_given


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A target, the limit that words it, how strongly, and what the target then counts from ("" as the template).

    *levels* and *circumstances* are those it holds for once it has been chosen, () for all. One that
    *is_unread* says that the text limits the promise otherwise in its cases, in words that were not understood.
    """

    target: str
    limit: FoundLimit
    strength: int
    restriction: Restriction
    starts: str = ""
    is_one_case: bool = False
    is_in_writing: bool = False
    is_unread: bool = False
    levels: tuple[str, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()


@dataclass(frozen=True, slots=True)
class _Situation:
    """One level ("" if no claim asks for levels) and one circumstance of every aspect that some claim asks for."""

    level: str
    circumstances: tuple[Circumstance, ...]


def chosen(claims: Sequence[Claim], labels: Sequence[str]) -> Iterator[Claim]:
    """The claims that are surest in some situation, each with the levels and circumstances it then holds for.

    In every situation the claims made for it go before those a lower level lends it, these
    before the general ones; where limits of different length are alike sure, none is taken.
    *labels* are those of all levels.
    """
    surest: dict[Claim, list[_Situation]] = {}
    for situation in _situations(claims, labels):
        best = _surest(_most_specific(claims, situation))
        if best is not None:
            surest.setdefault(best, []).append(situation)
    for claim, situations in surest.items():
        if claim.is_unread:
            continue
        yield from _parts(claim, situations, labels)


def _situations(claims: Sequence[Claim], labels: Sequence[str]) -> Iterator[_Situation]:
    levels = labels if any(claim.restriction.levels for claim in claims) else ("",)
    asked = {each.aspect for claim in claims for each in claim.restriction.circumstances}
    axes = [ALTERNATIVES[aspect] for aspect in Aspect if aspect in asked]
    yield from (_Situation(level, chosen) for level in levels for chosen in product(*axes))


def _most_specific(claims: Sequence[Claim], situation: _Situation) -> list[Claim]:
    ranked = [(rank, claim) for claim in claims if (rank := _rank(claim.restriction, situation)) is not None]
    least = min((rank for rank, _ in ranked), default=None)
    return [claim for rank, claim in ranked if rank == least]


def _rank(restriction: Restriction, situation: _Situation) -> tuple[int, int, int] | None:
    """How general a restriction is for a situation, the most specific least; None where it excludes it."""
    if not is_given(restriction.circumstances, situation.circumstances):
        return None
    width = -len({each.aspect for each in restriction.circumstances}), len(restriction.circumstances)
    if not restriction.levels:
        return 2, *width
    if situation.level in restriction.levels:
        return 0, *width
    return (1, *width) if situation.level in restriction.inherited else None


def _surest(claims: Sequence[Claim]) -> Claim | None:
    """The claim that is surest, None where limits of different length claim alike.

    Within its sentence a limit that holds in one case only, or for the report in writing,
    gives way to the one beside it.
    """
    if not claims:
        return None
    top = [claim for claim in claims if claim.strength == max(each.strength for each in claims)]
    sentences = {claim.limit.text for claim in top}
    beside = [claim for claim in claims if claim.limit.text in sentences]
    widest = min((claim.is_one_case, claim.is_in_writing) for claim in beside)
    wide = [claim for claim in beside if (claim.is_one_case, claim.is_in_writing) == widest]
    surest = [claim for claim in wide if claim.strength == max(each.strength for each in wide)]
    return surest[0] if len({claim.limit.minutes for claim in surest}) == 1 else None


def _parts(claim: Claim, situations: Sequence[_Situation], labels: Sequence[str]) -> Iterator[Claim]:
    """The claim for all its situations where they are every mix of some levels and circumstances, else for each."""
    levels = tuple(label for label in labels if label in {each.level for each in situations})
    shown = {each for situation in situations for each in situation.circumstances}
    mixes = len(levels or ("",))
    for aspect in {each.aspect for each in shown}:
        mixes *= sum(each in shown for each in ALTERNATIVES[aspect])
    if mixes == len(situations):
        yield replace(
            claim, levels=levels if len(levels) < len(labels) else (), circumstances=tuple(_restricting(shown))
        )
        return
    for situation in situations:
        yield replace(
            claim, levels=(situation.level,) if situation.level else (), circumstances=situation.circumstances
        )


def _restricting(shown: set[Circumstance]) -> Iterator[Circumstance]:
    """The circumstances, without those of an aspect all of which are there."""
    for every in ALTERNATIVES.values():
        if not shown.issuperset(every):
            yield from (each for each in every if each in shown)
