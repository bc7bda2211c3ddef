"""Chapters a plan of its kind must have, recognised by title under many names, and not empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from plans_repo.checks.pack import words_from
from plans_repo.checks.rule import Words
from plans_repo.packs.reading import pack
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.clause import Clause, ClauseKind, visible_count
from plans_repo.text.finding.enterprise_parts import COMPREHENSIVE, SPECIAL, parts
from plans_repo.text.reading.numbers import number_of
from sim.figure import Mark

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
TITLED = (ClauseKind.HEADING, ClauseKind.ARTICLE)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter: titles it goes by, phrases by which a text does it without a title, whether a plan may not lack it.

    *is_key* marks the key elements ★ of the element review.
    """

    id: str
    title: Words
    titles: re.Pattern[str]
    phrases: re.Pattern[str] | None = None
    is_key: bool = True


@dataclass(frozen=True, kw_only=True)
class ChapterSet:
    """The chapters of one kind of plan, with the text that asks for them."""

    id: str
    title: Words
    kinds: frozenset[PlanKind]
    named: re.Pattern[str] | None
    source: Words
    article: str
    mark: Mark
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, kw_only=True)
class FoundChapter:
    """Where a chapter stands: clause "" when it is missing; *chars* is how much stands under it."""

    chapter: Chapter
    clause: str = ""
    chars: int = 0
    in_text: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether nothing of it was found."""
        return not self.clause


@cache
def chapter_sets() -> tuple[ChapterSet, ...]:
    """Every set of the pack."""
    return tuple(_set(item) for item in pack("checks", "chapters")["set"])


def set_for(kind: PlanKind, title: str) -> ChapterSet | None:
    """The chapters for a plan of that kind and title; an enterprise plan tells by its title which of three it is.

    >>> set_for(PlanKind.UNIT, "青杠坪煤矿瓦斯爆炸事故现场处置方案").id
    'unit_on_site'
    """
    fitting = [one for one in chapter_sets() if kind in one.kinds]
    named = [one for one in fitting if one.named is not None and one.named.search(title)]
    return next(iter(named or [one for one in fitting if one.named is None]), None)


def sets_for(kind: PlanKind, title: str, clauses: Sequence[Clause]) -> Mapping[str, ChapterSet]:
    """The chapters of each part of an enterprise's text by its form; of any other text those of its kind under ""."""
    found = parts(clauses) if kind is PlanKind.UNIT else {}
    by_id = {one.id: one for one in chapter_sets()}
    if len(found) > 1:
        return {form: by_id[f"unit_{form}"] for form in found}
    wanted = set_for(kind, title)
    return {"": wanted} if wanted else {}


def find_chapters(clauses: Sequence[Clause], wanted: Iterable[Chapter]) -> tuple[FoundChapter, ...]:
    """Each chapter with where it was found."""
    text = _Text(tuple(clause for clause in clauses if clause.kind not in UNREAD))
    return tuple(text.found(chapter) for chapter in wanted)


def find_in_part(clauses: Sequence[Clause], form: str, wanted: Iterable[Chapter]) -> tuple[FoundChapter, ...]:
    """Each chapter where the part of that form has it; a special plan may leave to the comprehensive one what that has.

    The whole text is searched where it is not made of parts.
    """
    every, asked = parts(clauses), tuple(wanted)
    found = find_chapters(every.get(form, clauses), asked)
    if form != SPECIAL or COMPREHENSIVE not in every:
        return found
    general = find_chapters(every[COMPREHENSIVE], asked)
    return tuple(other if one.is_missing else one for one, other in zip(found, general, strict=True))


@dataclass(frozen=True)
class _Text:
    clauses: tuple[Clause, ...]

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Visible characters under each clause, its own and those of what stands under it."""
        sizes: dict[str, int] = {}
        above: list[Clause] = []
        for clause in self.clauses:
            while above and above[-1].level >= clause.level:
                above.pop()
            own = visible_count(clause.text) + (visible_count(clause.table.text) if clause.table else 0)
            own += 2 if clause.media else 0
            sizes[clause.id] = own
            for each in above:
                sizes[each.id] += own + (visible_count(clause.title) if clause.run_in else 0)
            above.append(clause)
        return sizes

    def found(self, chapter: Chapter) -> FoundChapter:
        """The best place of a chapter: by title, the fullest; else by what a clause says."""
        titled = [clause for clause in self.clauses if chapter.titles.search(_title(clause))]
        if titled:
            best = max(titled, key=lambda clause: self.sizes[clause.id])
            return FoundChapter(chapter=chapter, clause=best.id, chars=self.sizes[best.id])
        for clause in self.clauses if chapter.phrases else ():
            if chapter.phrases is not None and chapter.phrases.search(f"{clause.title}\n{clause.text}"):
                return FoundChapter(chapter=chapter, clause=clause.id, chars=self.sizes[clause.id], in_text=True)
        return FoundChapter(chapter=chapter)


def _title(clause: Clause) -> str:
    """The title of a heading, or of a line that opens with a number and a short title (5.1 报警。……)."""
    if clause.kind in TITLED:
        return clause.plain_title
    number = number_of(clause.text[:40])
    head = re.match(r"[^。：:；，,]{2,16}(?=[。：:])", number.rest) if number and number.rest else None
    return head[0] if head else ""


def _set(item: Mapping[str, Any]) -> ChapterSet:
    return ChapterSet(
        id=item["id"],
        title=words_from(item["title"]),
        kinds=frozenset(map(PlanKind, item["kinds"])),
        named=re.compile(item["named"]) if "named" in item else None,
        source=words_from(item["source"]),
        article=item["article"],
        mark=Mark(item["mark"]),
        chapters=chapters_from(item["chapter"]),
    )


def chapters_from(items: Iterable[Mapping[str, Any]]) -> tuple[Chapter, ...]:
    """Chapters from their tables in a pack."""
    return tuple(_chapter(item) for item in items)


def _chapter(item: Mapping[str, Any]) -> Chapter:
    phrases = item.get("phrases", ())
    return Chapter(
        id=item["id"],
        title=words_from(item["title"]),
        titles=re.compile("|".join(item["titles"])),
        phrases=re.compile("|".join(phrases)) if phrases else None,
        is_key=item.get("key", True),
    )
