"""Where the plan ends and its attachments begin; each numbers anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from plans_repo.text.clause import squeezed
from plans_repo.text.reading.headings import Entry, Opening, ScopeKind, Standing, judged, known_titles
from plans_repo.text.reading.numbers import Family, number_of
from plans_repo.text.reading.parts import is_letter, plan_starts
from plans_repo.text.reading.source import Role
from plans_repo.text.reading.titles import Cut, is_known_title, is_plan_name, title_cut

WORDED = (Family.PART, Family.CHAPTER, Family.SECTION, Family.ATTACHMENT)
CITED = re.compile(r"[的中与和及、，]|所列|规定")


def with_standings(entries: Sequence[Entry]) -> list[Entry]:
    """Every line with what it is; plans in one file and attachments are judged apart from each other."""
    entries = _without_letter(_without_plan_name(entries))
    attachments, plans = _attachments(entries), _plans(entries)
    starts = sorted({*attachments, *plans})
    resumed = {} if plans else _resumed(entries, attachments)
    found = _judged_by_scope(entries, starts, resumed)
    for at in resumed.values():
        if found[at].standing is Standing.HEADING:
            found[at] = replace(found[at], opens=Opening(kind=ScopeKind.AGAIN))
    first = next((at for at, each in enumerate(found) if each.standing is not Standing.BODY), len(found))
    for at in attachments:
        if at > first or found[at].line.outline_level:
            found[at] = _opening(found, at, ScopeKind.ATTACHMENT, starts, is_plan=at in plans)
    for at in set(plans) - set(attachments):
        found[at] = _opening(found, at, ScopeKind.PLAN, starts, is_plan=True)
    if all(each.standing is Standing.BODY for each in found):
        found = known_titles(found)
    return found


def _judged_by_scope(entries: Sequence[Entry], starts: Sequence[int], resumed: Mapping[int, int]) -> list[Entry]:
    """The lines of each scope judged together; what goes on behind an attachment belongs to the plan before it."""
    found = list(entries)
    scopes: list[list[int]] = []
    for at, end in pairwise([0, *starts, len(entries)]):
        own_end = resumed.get(at, end)
        scopes.append(list(range(at, own_end)))
        scopes[0] += range(own_end, end)
    for scope in scopes:
        for at, entry in zip(scope, judged([entries[place] for place in scope]), strict=True):
            found[at] = entry
    return found


def _resumed(entries: Sequence[Entry], attachments: Sequence[int]) -> dict[int, int]:
    """For attachments in the middle of a plan, where the chapters of the plan go on: 附件2 …… 3 应急响应."""
    found: dict[int, int] = {}
    if not attachments:
        return found
    last = _last_chapter(judged(entries[: attachments[0]]))
    for at, end in pairwise([*attachments, len(entries)]):
        if last is None:
            break
        own = [place for place in range(at + 1, end) if _chapter_family(entries[place]) is last[0]]
        first = next((place for place in own if entries[place].value != 0), None)
        if first is not None and entries[first].value == last[1] + 1 and title_cut(entries[first].rest):
            found[at] = first
            last = _last_chapter(judged(entries[first:end])) or last
    return found


def _last_chapter(judged_entries: Sequence[Entry]) -> tuple[Family, int] | None:
    """The kind of number the chapters bear, and the last of them."""
    heads = [each for each in judged_entries if each.standing is Standing.HEADING and _chapter_family(each)]
    family = _chapter_family(heads[0]) if heads else None
    values = [each.value for each in heads if _chapter_family(each) is family]
    return (family, values[-1]) if family and values else None


def _chapter_family(entry: Entry) -> Family | None:
    """The kind of a number that a chapter may have; a lone 3 is a decimal of one figure."""
    if entry.is_(Family.SINGLE) or (entry.is_(Family.DECIMAL) and entry.number and entry.number.depth == 1):
        return Family.SINGLE
    return entry.family if entry.is_(Family.CHAPTER, Family.HAN) else None


def _opening(found: Sequence[Entry], at: int, kind: ScopeKind, starts: Sequence[int], *, is_plan: bool) -> Entry:
    """The line that opens a scope, as its heading."""
    end = next((start for start in starts if start > at), len(found))
    inside = (each for each in found[at + 1 : end] if not each.is_(Family.PART))
    marks = [each.line.outline_level for each in inside if each.line.outline_level]
    cut = title_cut(found[at].rest) or Cut(title=found[at].rest)
    opens = Opening(kind=kind, lowest=min(marks, default=0), is_plan=is_plan)
    return replace(found[at].as_(Standing.HEADING, cut), opens=opens)


def _plans(entries: Sequence[Entry]) -> list[int]:
    """Where the plans of the file begin, when there are several."""
    starts = plan_starts(entries)
    own = [at for at in starts if not entries[at].is_(Family.ATTACHMENT)]
    if len(starts) < 2:
        return []
    return starts if len(own) > 1 else [at for at in starts if at not in own]


def _without_letter(entries: Sequence[Entry]) -> list[Entry]:
    """The lines before the plan's own name are front matter; the numbers of a notice there are none of the plan's."""
    starts = plan_starts(entries)
    is_brought = bool(starts) and not entries[starts[0]].is_(Family.ATTACHMENT) and is_letter(entries[: starts[0]])
    if not is_brought:
        return list(entries)
    return [_as_front(entry) if at < starts[0] else entry for at, entry in enumerate(entries)]


def _as_front(entry: Entry) -> Entry:
    role = Role.FRONT if entry.line.role is Role.PLAIN else entry.line.role
    return replace(entry, number=None, line=replace(entry.line, role=role, outline_level=0))


def _attachments(entries: Sequence[Entry]) -> list[int]:
    """Places of lines that open an attachment; lines of a list of attachments do not."""
    candidates = [at for at, entry in enumerate(entries) if _opens(entry)]
    labels = {at: entries[at].number.label for at in candidates if entries[at].number}  # type: ignore[union-attr]
    titles = {at: squeezed(entries[at].rest) for at in candidates}
    found = []
    for at in candidates:
        again = [other for other in candidates if other > at and labels[other] == labels[at]]
        in_list = at + 1 in titles or (at - 1 in titles and again)
        title_returns = bool(titles[at]) and any(squeezed(each.line.text) == titles[at] for each in entries[at + 1 :])
        leads_list = at + 1 < len(entries) and entries[at].line.text.rstrip().endswith(("：", ":"))
        if not in_list and not title_returns and not (leads_list and entries[at + 1].is_(Family.SINGLE)):
            found.append(at)
    return found


def _opens(entry: Entry) -> bool:
    if not entry.is_(Family.ATTACHMENT) or entry.line.role is not Role.PLAIN:
        return False
    if entry.line.outline_level:
        return True
    listed = number_of(entry.rest)
    if (listed and listed.family is Family.SINGLE) or CITED.match(entry.rest):
        return False
    return not entry.rest or title_cut(entry.rest) is not None


def _without_plan_name(entries: Sequence[Entry]) -> list[Entry]:
    """A plan's name marked as heading is its title, when nothing else stands at that level."""
    marked = [at for at, entry in enumerate(entries) if entry.line.outline_level]
    if not marked:
        return list(entries)
    first = entries[marked[0]]
    peers = [at for at in marked if entries[at].line.outline_level == first.line.outline_level]
    names = [at for at in peers if entries[at].number is None and is_plan_name(entries[at].line.text)]
    alone = len(peers) == 1 and len(marked) > 1 and not is_known_title(first.line.text)
    lowest = min(entries[at].line.outline_level for at in marked)
    opened = any(entry.number and entry.number.family is not Family.ITEM for entry in entries[: marked[0]])
    is_title = (
        not opened and first.number is None and first.line.outline_level == lowest and (names == [marked[0]] or alone)
    )
    if not is_title:
        return list(entries)
    title = replace(first, line=replace(first.line, outline_level=0, role=Role.TITLE))
    return [title if at == marked[0] else entry for at, entry in enumerate(entries)]


def absorbs_next(entry: Entry, following: Entry | None) -> bool:
    """Whether the next line is the title of a heading that is only a number: 第一章 ⏎ 总则."""
    if entry.standing is not Standing.HEADING or entry.cut.title or not entry.is_(*WORDED) or following is None:
        return False
    plain = following.standing is Standing.BODY and following.number is None and following.line.role is Role.PLAIN
    return plain and not following.line.outline_level and title_cut(following.line.text) is not None


def lowest_mark(entries: Sequence[Entry]) -> int:
    """How many levels the file's own heading marks begin too deep."""
    marks = [entry.line.outline_level for entry in entries if entry.line.outline_level]
    return min(marks) - 1 if marks else 0
