"""Several plans in one file: where each begins, and what kind it is (综合、专项、现场处置)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.text.clause import Clause, ClauseKind, squeezed
from plans_repo.text.reading.headings import Entry
from plans_repo.text.reading.numbers import Family
from plans_repo.text.reading.titles import is_plan_name

REACH = 15  # lines between a plan's name and its first number: cover, approval page
TITLE_CHARS = 6
NAME = re.compile(
    r"(?:应急预案|专项预案|综合预案|总体预案|处置方案|应急方案|处置卡)(?:[（(【〔][^（()）】〕]{1,12}[)）】〕])*$"
)
STARTING = (Family.SINGLE, Family.DECIMAL, Family.HAN, Family.HAN_BRACKET, Family.CHAPTER, Family.ARTICLE)
MAY_BEAR = (None, Family.PART, Family.CHAPTER, Family.HAN, Family.HAN_BRACKET, Family.SINGLE, Family.ATTACHMENT)
COUNTED = re.compile(
    r"^(?:综合|专项)?(?:应急)?(?:预案|处置方案)[一二三四五六七八九十\d]{1,3}[：:、]|^现场处置方案[一二三四五六七八九十\d]{1,3}[：:、]"
)
"""专项应急预案一： before the plan's own name."""
LETTER = re.compile(r"通\s*知|印发|批复|批准|签署|转发")


class PartKind(StrEnum):
    """The kinds of plan an enterprise keeps in one file (GB/T 29639), used for governments' files too."""

    COMPREHENSIVE = "comprehensive"  # 综合应急预案、总体应急预案
    SPECIAL = "special"  # 专项应急预案
    ON_SITE = "on_site"  # 现场处置方案


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of several plans in a file: its clauses are those from *first* up to, not including, *end*."""

    kind: PartKind
    title: str
    first: int
    end: int


def part_kind(title: str) -> PartKind:
    """The kind a title names; a special plan when it names none.

    >>> [part_kind(title).value for title in ("综合应急预案", "水害事故专项应急预案", "触电现场处置方案")]
    ['comprehensive', 'special', 'on_site']
    """
    if re.search("现场处置|处置卡|处置方案", title):
        return PartKind.ON_SITE
    return PartKind.COMPREHENSIVE if re.search("综合|总体", title) else PartKind.SPECIAL


def plan_starts(entries: Sequence[Entry]) -> list[int]:
    """Places of lines that name a plan and after which the numbers begin anew."""
    named = [at for at, entry in enumerate(entries) if _names_plan(entry)]
    bounds = [*named[1:], len(entries)] if named else []
    return [at for at, end in zip(named, bounds, strict=True) if _begins_anew(entries, at, end)]


def is_letter(entries: Sequence[Entry]) -> bool:
    """Whether lines before a plan are a notice or an approval that brings it."""
    return any(LETTER.search(entry.line.text) for entry in entries)


def found_parts(clauses: Sequence[Clause], headings: Sequence[str]) -> tuple[Part, ...]:
    """The plans whose headings have these ids, in order; together they are all clauses of the file.

    Where only attachments are plans of their own, the plan before them is the first. A heading that only
    announces the plans under it (第二部分 专项应急预案) goes with the first of them.
    """
    place = {clause.id: at for at, clause in enumerate(clauses)}
    starts = sorted(place[each] for each in headings if each in place)
    if not starts:
        return ()
    firsts = [_with_announcement(clauses, at) for at in starts]
    main = any(clause.kind is ClauseKind.HEADING for clause in clauses[: firsts[0]])
    titles = [clauses[at].plain_title for at in starts]
    if main:
        firsts, titles = [0, *firsts], ["", *titles]
    ends = [*firsts[1:], len(clauses)]
    return tuple(
        Part(kind=part_kind(title) if title else PartKind.COMPREHENSIVE, title=title, first=first if at else 0, end=end)
        for at, (title, first, end) in enumerate(zip(titles, firsts, ends, strict=True))
    )


def _with_announcement(clauses: Sequence[Clause], at: int) -> int:
    while at and clauses[at - 1].kind is ClauseKind.HEADING and clauses[at - 1].level < clauses[at].level:
        if clauses[at - 1].text:
            break
        at -= 1
    return at


def _names_plan(entry: Entry) -> bool:
    if entry.family not in MAY_BEAR:
        return False
    words = COUNTED.sub("", squeezed(entry.rest))
    return len(words) >= TITLE_CHARS and is_plan_name(words) and bool(NAME.search(words))


def _begins_anew(entries: Sequence[Entry], at: int, end: int) -> bool:
    """Whether the first number after the name is a one, or only marked headings follow."""
    following = entries[at + 1 : end]
    for entry in following[:REACH]:
        if entry.number is not None and entry.is_(*STARTING):
            return entry.value == 1
    marked = [entry for entry in following if entry.line.outline_level]
    return bool(entries[at].line.outline_level and marked and not any(entry.is_(*STARTING) for entry in marked))
