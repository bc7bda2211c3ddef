"""Formal and element review 形式评审、要素评审 of an enterprise plan: the panel's answer to every element.

The tables are data of a pack, each with its source and mark; the answers lie with those of the panel's form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from plans_repo import versions
from plans_repo.course.opening import need
from plans_repo.course.panels import newest, panel_row, version_of
from plans_repo.course.votes import ReviewAnswer, check_may_enter, keep_answer, review_form_of
from plans_repo.course.words import Judgement
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.finding.enterprise_parts import COMPREHENSIVE, FORMS, ON_SITE, SPECIAL, parts
from sim.figure import Mark

FORMAL, ANNEX = "formal", "annex"
NAMED = {
    COMPREHENSIVE: re.compile("综合应急"),
    SPECIAL: re.compile("专项"),
    ON_SITE: re.compile("现场(?:应急)?处置|处置卡"),
}
"""How a title names the form of its plan."""
NEEDS_WORDS = frozenset({Judgement.FAILS, Judgement.NOT_APPLICABLE})


@dataclass(frozen=True, kw_only=True)
class Element:
    """A line of a review table; *key* names it among all tables, *is_key* marks the key elements ★."""

    key: str
    title: str
    title_en: str
    asks: str
    asks_en: str
    is_key: bool
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class ReviewTable:
    """A table of the guide with its source and mark."""

    id: str
    title: str
    title_en: str
    source: str
    source_en: str
    mark: Mark
    elements: tuple[Element, ...]


def tables(kind: PlanKind, title: str, clauses: Sequence[Clause] = ()) -> tuple[ReviewTable, ...]:
    """The tables a plan is reviewed by: formal, those of its elements, that of its annexes; none but for enterprises.

    >>> [one.id for one in tables(PlanKind.UNIT, "某公司火灾事故专项应急预案")]
    ['formal', 'special', 'annex']
    """
    if kind is not PlanKind.UNIT:
        return ()
    own = (_table(_form(form)) for form in forms_of(title, clauses))
    return (_formal(), *own, _table(_pack()[ANNEX]))


def forms_of(title: str, clauses: Sequence[Clause] = ()) -> tuple[str, ...]:
    """The element forms a text is reviewed by: of each part that is bound into it, else the one its title asks for."""
    found = parts(clauses)
    told = {form for form in FORMS if found and NAMED[form].search(title)} | set(found)
    return tuple(form for form in FORMS if form in told) or (form_of(title),)


def form_of(title: str) -> str:
    """Which of the three element forms a title asks for.

    >>> form_of("某公司综合应急预案"), form_of("火灾事故专项应急预案"), form_of("瓦斯爆炸事故现场处置方案")
    ('comprehensive', 'special', 'on_site')
    """
    if "现场处置" in title or "处置卡" in title:
        return "on_site"
    return "special" if "专项" in title or ("事故" in title and "综合" not in title) else "comprehensive"


def element_key(table: str, element: str) -> str:
    """The name of an element among all tables."""
    return f"{table}:{element}"


def answer_element(work: Work, panel_id: str, key: str, judgement: Judgement, *, note: str = "") -> ReviewAnswer:
    """The panel's answer to an element; what does not conform or does not apply says why.

    A key element ★ of a comprehensive plan always applies; a special plan may refer to the comprehensive one.
    """
    row, course, plan = panel_row(work, panel_id)
    check_may_enter(work, row, plan, course)
    text = versions.clauses(work, version_of(work, row))
    known = {one.key: one for table in tables(plan.kind, plan.title, text) for one in table.elements}
    if key not in known:
        raise NotFound("element-unknown", thing=plan.title, field="element", value=key)
    is_fixed = known[key].is_key and key.startswith("comprehensive:")
    if judgement is Judgement.NOT_APPLICABLE and is_fixed:
        raise PlansRepoError("key-element-applies", thing=known[key].title, field="judgement", rule="always applies")
    words = need(known[key].title, "note", note) if judgement in NEEDS_WORDS else note.strip()
    keep_answer(work, row, course, plan, key, judgement, words)
    return review_form_of(work, row)[key]


def answers_of(work: Work, course: CourseRow) -> Mapping[str, ReviewAnswer]:
    """The answers of the newest panel of a course that has met, by element."""
    row = newest(work, course)
    if row is None or row.met_on is None:
        return {}
    return {key: one for key, one in review_form_of(work, row).items() if ":" in key}


def _formal() -> ReviewTable:
    told, asks = _pack()["table"][FORMAL], _pack()["formal_asks"]
    mark = Mark(told["mark"])
    elements = tuple(
        Element(
            key=element_key(FORMAL, name),
            title=title["zh"],
            title_en=title["en"],
            asks=asks[name]["zh"],
            asks_en=asks[name]["en"],
            is_key=False,
            mark=mark,
        )
        for name, title in _pack()["formal"].items()
    )
    return ReviewTable(id=FORMAL, **_told(told), elements=elements)


def _table(data: Mapping[str, Any]) -> ReviewTable:
    return ReviewTable(id=data["id"], **_told(data), elements=tuple(_elements(data)))


def _elements(data: Mapping[str, Any]) -> Iterator[Element]:
    for one in data["element"]:
        yield Element(
            key=element_key(data["id"], one["id"]),
            title=one["title"]["zh"],
            title_en=one["title"]["en"],
            asks=one["asks"]["zh"],
            asks_en=one["asks"]["en"],
            is_key=one["key"],
            mark=Mark(one.get("mark", data["mark"])),
        )


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": data["title"]["zh"],
        "title_en": data["title"]["en"],
        "source": data["source"],
        "source_en": data["source_en"],
        "mark": Mark(data["mark"]),
    }


def _form(name: str) -> Mapping[str, Any]:
    return next(one for one in _pack()["form"] if one["id"] == name)


@cache
def _pack() -> dict[str, Any]:
    return pack("checks", "elements")
