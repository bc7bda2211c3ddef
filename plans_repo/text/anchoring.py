"""Where a remark stands: its clause, the words it quotes, and the words around them, found again in any later text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.text.clause import Clause
from plans_repo.text.difference import words

CONTEXT_CHARS = 24
"""Visible characters kept from before and behind a quotation."""
LONG_QUOTATION = 12
"""A quotation of so many visible characters is known again in another clause by itself."""
TELLING_CONTEXT = 4
"""A shorter one needs so many characters around it that are still the same."""


class Hold(StrEnum):
    """How an anchor holds in a text."""

    HELD = "held"  # the words stand in their clause
    CARRIED = "carried"  # the words stand in another clause: it was split, merged or moved
    ALTERED = "altered"  # the clause stands, the words are gone: 原文已改
    REMOVED = "removed"  # the clause is gone too


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """A clause and the words quoted from it; without a quotation the whole clause is meant."""

    clause: str
    quotation: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an anchor stands in a text: the clause to show it beside, and the words as they stand there.

    *clause* of a removed clause is the one that now stands where it stood; '' for a text without clauses.
    """

    clause: str
    hold: Hold
    words: str = ""


def anchor(clause: Clause, quotation: str) -> Anchor | None:
    """The anchor of words in a clause; None when the clause does not say them.

    Blanks and line ends do not count, so that words may be copied from a page.

    >>> from plans_repo.text.clause import ClauseKind
    >>> anchor(Clause(id="a", kind=ClauseKind.BODY, text="险情发生后30分钟内报告。"), "30 分钟内")
    Anchor(clause='a', quotation='30分钟内', before='险情发生后', after='报告。')
    """
    text = words(clause)
    wanted = _bare(quotation)
    if not wanted:
        return Anchor(clause=clause.id)
    bare, places = _bared(text)
    at = bare.find(wanted)
    if at < 0:
        return None
    end = at + len(wanted)
    return Anchor(
        clause=clause.id,
        quotation=text[places[at] : places[end - 1] + 1],
        before=bare[max(0, at - CONTEXT_CHARS) : at],
        after=bare[end : end + CONTEXT_CHARS],
    )


def place(found: Anchor, text: Sequence[Clause], *, former: Sequence[Clause] = ()) -> Place:
    """Where the anchor stands in *text*; never nowhere.

    *former* is the text in which it was made: it tells what stood before a clause that is gone.
    """
    own = next((clause for clause in text if clause.id == found.clause), None)
    if own is not None and not found.quotation:
        return Place(clause=own.id, hold=Hold.HELD)
    best = _best(found, (own,)) if own is not None else None
    if best is None and found.quotation:
        best = _best(found, (clause for clause in text if clause.id != found.clause), needed=TELLING_CONTEXT)
    if best is not None:
        clause, quoted = best
        return Place(clause=clause.id, hold=Hold.HELD if clause is own else Hold.CARRIED, words=quoted)
    if own is not None:
        return Place(clause=own.id, hold=Hold.ALTERED)
    return Place(clause=_neighbour(found.clause, text, former), hold=Hold.REMOVED)


def _best(found: Anchor, clauses: Sequence[Clause] | Iterator[Clause], *, needed: int = 0) -> tuple[Clause, str] | None:
    """The occurrence of the quotation with the most of its surroundings, and the words as they stand there."""
    wanted = _bare(found.quotation)
    score, best = -1, None
    for clause in clauses:
        text = words(clause)
        bare, places = _bared(text)
        for at in _occurrences(bare, wanted):
            end = at + len(wanted)
            likeness = _shared(found, bare[:at], bare[end:])
            is_known = likeness >= needed or len(wanted) >= LONG_QUOTATION
            if is_known and likeness > score:
                score, best = likeness, (clause, text[places[at] : places[end - 1] + 1])
    return best


def _occurrences(bare: str, wanted: str) -> Iterator[int]:
    at = bare.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = bare.find(wanted, at + 1)


def _shared(found: Anchor, before: str, after: str) -> int:
    """How many characters right before and right behind are those of the anchor."""
    return _common(found.before[::-1], before[::-1]) + _common(found.after, after)


def _common(one: str, other: str) -> int:
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _neighbour(gone: str, text: Sequence[Clause], former: Sequence[Clause]) -> str:
    """What now stands where a clause stood: the nearest one before it that is still there, else the first."""
    standing = {clause.id for clause in text}
    nearest = ""
    for clause in former:
        if clause.id == gone:
            break
        nearest = clause.id if clause.id in standing else nearest
    return nearest or (text[0].id if text else "")


def _bare(text: str) -> str:
    return "".join(text.split())


def _bared(text: str) -> tuple[str, list[int]]:
    """The text without blanks, and where each of its characters stands in the text."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    return "".join(text[at] for at in places), places
