"""Two versions of a plan as one Word document with tracked changes.

Accepting all changes gives the newer text, rejecting all gives the older one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.difference import changes
from plans_repo.text.tokens import Op, token_difference
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.identity import identify
from plans_repo.word.paper import Paper
from plans_repo.word.plan_document import (
    FURNITURE,
    PlanIdentity,
    is_heading,
    is_title,
    origin,
    paragraphs,
)
from plans_repo.word.plan_tables import place_plan_table
from plans_repo.word.tracked import Tracker

FIRST_MARK = 1_000_000  # bookmark ids count up from 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Redline:
    """The file, the clauses of the newer version in it, and how many runs are marked as come or gone."""

    data: bytes
    clauses: int
    revisions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What to write next: a clause that stays (both), came (*new* only) or went (*old* only)."""

    old: Clause | None = None
    new: Clause | None = None


def redline_document(
    identity: PlanIdentity, old: Sequence[Clause], new: Sequence[Clause], *, author: str, at: datetime
) -> Redline:
    """The newer version with every difference from the older one tracked under *author* and *at*.

    A clause that moved went from its old place and came at its new one. Pictures, page headers and
    footers are not in it. *identity* is that of the newer version.
    """
    writer = _Writer(identity.title, author=author, at=at)
    for step in steps(_textual(old), _textual(new)):
        writer.write(step)
    identify(writer.paper.document, origin(identity))
    data = writer.paper.saved(title=identity.title, author=identity.author, made_at=identity.made_at)
    return Redline(data=data, clauses=writer.clauses, revisions=writer.tracker.revisions)


def _textual(clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.kind not in (*FURNITURE, ClauseKind.PICTURE)]


def steps(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[Step]:
    """Both texts as one walk: what went stands where it stood, before what follows it."""
    stayed = {item.new.id: item.old for item in changes(old, new) if item.old and item.new and not item.moved}
    kept = {clause.id for clause in stayed.values()}
    waiting = list(old)
    for clause in new:
        before = stayed.get(clause.id)
        while before is not None and waiting:
            gone = waiting.pop(0)
            if gone.id == before.id:
                break
            yield Step(old=gone)
        yield Step(old=before, new=clause)
    yield from (Step(old=gone) for gone in waiting if gone.id not in kept)


def lines_apart(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Lines side by side: equal or changed ones as pairs, come and gone ones alone.

    >>> list(lines_apart(["甲", "乙"], ["甲", "丙", "丁"]))
    [('甲', '甲'), ('乙', '丙'), (None, '丁')]
    """
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = old[a0:a1], new[b0:b1]
        shared = min(len(before), len(after))
        yield from zip(before[:shared], after[:shared], strict=True)
        if tag != "equal":
            yield from ((line, None) for line in before[shared:])
            yield from ((None, line) for line in after[shared:])


class _Writer:
    """Writes steps and counts."""

    def __init__(self, title: str, *, author: str, at: datetime) -> None:
        self.title = title
        self.paper = Paper()
        self.tracker = Tracker(self.paper.document, author=author, at=at, first_id=FIRST_MARK)
        self.clauses = 0

    def write(self, step: Step) -> None:
        """One step: its lines, then its table."""
        clause = step.new or step.old
        if clause is None:
            return
        first = True
        for before, after in lines_apart(_lines(step.old), _lines(step.new)):
            self._line(before, after, self._style(clause, first=first), clause if first and step.new else None)
            first = False
        self._tables(step)
        self.clauses += step.new is not None

    def _line(self, before: str | None, after: str | None, style: str, marked: Clause | None) -> None:
        whole = Op.INSERT if before is None else Op.DELETE if after is None else Op.EQUAL
        paragraph = self.tracker.paragraph(token_difference(before or "", after or ""), style, whole=whole)
        if marked is not None:
            self.paper.bookmarks.enclose(paragraph, bookmark_name(marked.id))

    def _style(self, clause: Clause, *, first: bool) -> str:
        if is_title(clause, self.title):
            return "Title"
        if first and is_heading(clause):
            return f"Heading {min(clause.level, 4)}"
        return "Table Caption" if clause.kind is ClauseKind.CAPTION else "Body Text"

    def _tables(self, step: Step) -> None:
        """An unchanged table stands once; a changed one goes and comes."""
        old, new = (clause.table if clause else None for clause in (step.old, step.new))
        document = self.paper.document
        if old == new:
            if new:
                place_plan_table(document, new)
            return
        for table, op in ((old, Op.DELETE), (new, Op.INSERT)):
            grid = place_plan_table(document, table) if table else None
            if grid is not None:
                self.tracker.table(grid, op)
                if op is Op.DELETE:  # two tables without a paragraph between them grow together
                    self.tracker.paragraph((), "Body Text", whole=Op.DELETE)


def _lines(clause: Clause | None) -> list[str]:
    return paragraphs(clause) if clause else []
