"""Whether a correction only edits: no figure, body, duty word or clause is other than before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from plans_repo.packs.reading import pack
from plans_repo.text.clause import Clause
from plans_repo.text.difference import Change, ClauseChange, changes, words
from plans_repo.text.tokens import Op, tokens

_BODY = re.compile(r"[一-鿿]{2,4}?(?:局|委员会|指挥部|政府|中心|公司|大队|支队|医院|学校|街道|镇|乡|村)")


@dataclass(frozen=True, kw_only=True)
class Objection:
    """Why a change is more than editing: the clause and the kind of change, with what became of what."""

    clause: str
    why: str
    before: str = ""
    after: str = ""


def objections(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Objection, ...]:
    """What in the newer text is more than a correction of wording; empty when it only edits."""
    return tuple(one for change in changes(old, new) for one in _of(change))


def _of(change: ClauseChange) -> Iterator[Objection]:
    if change.change in (Change.ADDED, Change.REMOVED):
        yield Objection(clause=change.clause, why=change.change.value)
        return
    if change.moved:
        yield Objection(clause=change.clause, why=Change.MOVED.value)
    if change.change is not Change.EDITED or change.old is None or change.new is None:
        return
    if change.old.table != change.new.table or change.old.media != change.new.media:
        yield Objection(clause=change.clause, why="table_or_picture")
    before, after = _weighty(words(change.old)), _weighty(words(change.new))
    if before != after:
        gone, come = _only(before, after), _only(after, before)
        yield Objection(clause=change.clause, why="weighty_words", before="、".join(gone), after="、".join(come))
    if _rewritten(change) > limit():
        yield Objection(clause=change.clause, why="too_much")


def limit() -> int:
    """Characters of one clause that may be rewritten by an editor."""
    return int(_rules()["characters"]["value"])


def _rewritten(change: ClauseChange) -> int:
    gone = sum(len(token.text) for token in change.tokens if token.op is Op.DELETE)
    come = sum(len(token.text) for token in change.tokens if token.op is Op.INSERT)
    return max(gone, come)


def _weighty(text: str) -> list[str]:
    """Quantities, grades, terms, bodies and words of duty, each in its order.

    Only single characters stand for nothing by themselves; a bare figure does.
    """
    held = [part for part in tokens(text) if len(part) > 1 or part.isdigit()]
    return [*held, *_BODY.findall(text), *_duty().findall(text)]


def _only(some: list[str], others: list[str]) -> list[str]:
    left = list(others)
    found = []
    for word in some:
        if word in left:
            left.remove(word)
        elif word not in found:
            found.append(word)
    return found


@cache
def _duty() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _rules()["duty_words"]["value"]), key=len, reverse=True)))


@cache
def _rules() -> dict[str, Any]:
    return pack("course", "editorial")
