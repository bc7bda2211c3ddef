"""What became of each clause between two versions, and which procedure such a revision needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plans_repo.text.alignment import aligned
from plans_repo.text.clause import Clause, ClauseKind, SemanticType, parents
from plans_repo.text.rendering import clause_text
from plans_repo.text.strength import is_decisive
from plans_repo.text.tokens import DEFAULT_TERMS, Op, Token, token_difference


class Change(StrEnum):
    """The weightiest thing that happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    EDITED = "edited"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    UNCHANGED = "unchanged"


class RequiredProcess(StrEnum):
    """The procedure a revision must go through (国办发〔2024〕5号)."""

    FULL = "full"
    SIMPLIFIED = "simplified"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class ClauseChange:
    """One clause's change; *clause* is its id in the newer text, or in the older one when removed.

    *tokens* are the words of title, text and table. An edited clause may have moved or been renumbered too. Of one
    that stands under another heading than before, *was_under* and *is_under* are the two headings. What moves along
    with the heading it stands under has not moved itself.
    """

    clause: str
    change: Change
    tokens: tuple[Token, ...]
    old: Clause | None = None
    new: Clause | None = None
    moved: bool = False
    renumbered: bool = False
    was_under: str = ""
    is_under: str = ""

    @property
    def present(self) -> Clause:
        """The clause as it stands in the newer text, or stood before it was removed."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """Which process, and the clauses that demand it."""

    process: RequiredProcess
    because: tuple[str, ...] = ()


FULL_TYPES = (
    SemanticType.COMMAND_AND_DUTIES,
    SemanticType.RESPONSE_PROCEDURE,
    SemanticType.MAIN_MEASURES,
    SemanticType.GRADING,
    SemanticType.UNKNOWN,  # what nobody has classified may be any of them
)
WORDLESS = (ClauseKind.HEADER, ClauseKind.FOOTER, ClauseKind.FRONT)
WEIGHTY = re.compile(
    r"指挥长|总指挥|指挥部|指挥权|指挥机构|领导小组|组长|职责|成员单位|牵头|[ⅠⅡⅢⅣⅤ一二三四五]级(?:应急)?响应|[ⅠⅡⅢⅣ]级"
    r"|响应|启动|终止|预警|报告|转移|疏散|撤离|封控|管制|停产|停运|抢险|救援|扑救|处置|特别重大|较大|重大"
    r"|[0-9０-９一二三四五六七八九十半两]+个?(?:分钟|小时)"
)
"""Words of 国办发〔2024〕5号 article 36: command and duties, procedure, measures, grading; and limits."""


def changes(
    old: Sequence[Clause], new: Sequence[Clause], *, terms: Sequence[str] = DEFAULT_TERMS
) -> tuple[ClauseChange, ...]:
    """Every clause of both texts with its change, in the order of the newer text; removed ones where they stood."""
    pairs = aligned(old, new)
    before = {clause.id: clause for clause in old}
    moved = _moved(old, new, pairs)
    found = [_change(before.get(pairs.get(clause.id, "")), clause, moved, terms) for clause in new]
    placed = _with_headings(found, old, new, pairs)
    return tuple(_with_removed(placed, old, set(pairs.values()), terms))


def _with_headings(
    found: Sequence[ClauseChange], old: Sequence[Clause], new: Sequence[Clause], pairs: dict[str, str]
) -> list[ClauseChange]:
    """The changes, those of clauses under another heading with the two headings."""
    old_above, new_above = parents(old), parents(new)
    headings = [{clause.id: clause.heading or clause.text[:20] for clause in side} for side in (old, new)]
    placed = []
    for change in found:
        if change.moved and change.old:
            was, now = old_above[change.old.id], new_above[change.clause]
            if pairs.get(now, "") != was:
                change = replace(change, was_under=headings[0].get(was, ""), is_under=headings[1].get(now, ""))
        placed.append(change)
    return placed


def _change(old: Clause | None, new: Clause, moved: set[str], terms: Sequence[str]) -> ClauseChange:
    if old is None:
        return ClauseChange(clause=new.id, change=Change.ADDED, tokens=_all(Op.INSERT, words(new)), new=new)
    is_edited = words(old) != words(new) or old.table != new.table or old.media != new.media
    is_moved, is_renumbered = new.id in moved, old.number != new.number
    change = Change.EDITED if is_edited else Change.MOVED if is_moved else Change.RENUMBERED
    if not (is_edited or is_moved or is_renumbered):
        change = Change.UNCHANGED
    difference = token_difference(words(old), words(new), terms) if is_edited else _all(Op.EQUAL, words(new))
    return ClauseChange(
        clause=new.id, change=change, tokens=difference, old=old, new=new, moved=is_moved, renumbered=is_renumbered
    )


def words(clause: Clause) -> str:
    """Title and text as they are compared; the number is compared apart."""
    unnumbered = Clause(
        id=clause.id,
        kind=clause.kind,
        title=clause.title,
        title_end=clause.title_end,
        run_in=clause.run_in,
        text=clause.text,
        table=clause.table,
    )
    return clause_text(unnumbered).rstrip("\n")


def _all(op: Op, text: str) -> tuple[Token, ...]:
    return (Token(op=op, text=text),) if text else ()


def _moved(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[str, str]) -> set[str]:
    """New ids of clauses that stand under another parent or in another order than before."""
    old_above, new_above = parents(old), parents(new)
    place = {clause.id: at for at, clause in enumerate(old)}
    continued = [clause.id for clause in new if clause.id in pairs]
    kept = {continued[at] for at in longest_rise([place[pairs[new_id]] for new_id in continued])}
    elsewhere = set()
    for new_id in continued:
        above = new_above[new_id]
        same_parent = pairs.get(above, "") == old_above[pairs[new_id]] if above else not old_above[pairs[new_id]]
        if new_id not in kept or not same_parent:
            elsewhere.add(new_id)
    return elsewhere - _taken_along(elsewhere, [clause.id for clause in new], old_above, new_above, pairs, place)


def _taken_along(
    elsewhere: set[str],
    order: Sequence[str],
    old_above: dict[str, str],
    new_above: dict[str, str],
    pairs: dict[str, str],
    place: dict[str, int],
) -> set[str]:
    """Of the clauses elsewhere those that only went with the heading above them, in the order they had there."""
    under: dict[str, list[str]] = {}
    for name in order:
        above = new_above[name]
        if name in elsewhere and above in elsewhere and pairs.get(above, "") == old_above[pairs[name]]:
            under.setdefault(above, []).append(name)
    along: set[str] = set()
    for names in under.values():
        along |= {names[at] for at in longest_rise([place[pairs[name]] for name in names])}
    return along


def moved_clauses(old: Sequence[Clause], new: Sequence[Clause]) -> set[str]:
    """Ids of clauses of both texts that stand under another parent or in another order than before."""
    before = {clause.id for clause in old}
    return _moved(old, new, {clause.id: clause.id for clause in new if clause.id in before})


def longest_rise(places: Sequence[int]) -> list[int]:
    """Indices of a longest rising run: what need not be called moved."""
    ends: list[int] = []
    links: list[int] = [-1] * len(places)
    for at, place in enumerate(places):
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if places[ends[middle]] < place else (low, middle)
        links[at] = ends[low - 1] if low else -1
        ends[low : low + 1] = [at]
    run: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = links[at]
    return run


def _with_removed(
    found: Sequence[ClauseChange], old: Sequence[Clause], continued: set[str], terms: Sequence[str]
) -> Iterable[ClauseChange]:
    """The changes with each removed clause behind the one it used to follow."""
    after: dict[str, list[ClauseChange]] = {}
    anchor = ""
    for clause in old:
        if clause.id in continued:
            anchor = clause.id
        else:
            gone = ClauseChange(
                clause=clause.id, change=Change.REMOVED, tokens=_all(Op.DELETE, words(clause)), old=clause
            )
            after.setdefault(anchor, []).append(gone)
    yield from after.get("", [])
    for change in found:
        yield change
        if change.old:
            yield from after.get(change.old.id, [])


def required_process(found: Iterable[ClauseChange]) -> Requirement:
    """Full when words of command, response, measures or grading changed, or of a clause nobody classified.

    So does a force or a stock that grew or shrank decisively, whatever the clause is about: articles 35 and 36.

    Where such words come into a clause of another kind, or go out of it, the clause's kind excuses nothing: a new
    commander named under 附则 is a change of command.
    Moving and renumbering alone leave the words as they were and need the simplified process.
    """
    touched = [each for each in found if each.change is not Change.UNCHANGED]
    because = tuple(each.clause for each in touched if _is_full(each))
    if because:
        return Requirement(process=RequiredProcess.FULL, because=because)
    return Requirement(process=RequiredProcess.SIMPLIFIED if touched else RequiredProcess.NONE)


def _is_full(each: ClauseChange) -> bool:
    if each.change in (Change.MOVED, Change.RENUMBERED):
        return False
    types = [clause.semantic for clause in (each.old, each.new) if clause and clause.kind not in WORDLESS]
    if any(semantic in FULL_TYPES for semantic in types):
        return True
    return bool(types) and (_is_weighty(each) or is_decisive(each.old, each.new))


def _is_weighty(each: ClauseChange) -> bool:
    """Whether the words that came or went speak of command, response, measures, grading or a limit of time."""
    runs = [token.text for token in each.tokens if token.op is not Op.EQUAL]
    tables = [side.table.text for side in (each.old, each.new) if side and side.table]
    if len(tables) == 2 and tables[0] != tables[1]:
        runs += [token.text for token in token_difference(*tables) if token.op is not Op.EQUAL]
    return any(WEIGHTY.search(run) for run in runs)
