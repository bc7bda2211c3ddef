"""A plan as one reads it: the outline on the left, the text on the right, what hangs on each clause below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table, outline, squeezed
from ui.components.html import Html, cell, join, tag
from ui.wording import _, later

OUTLINE_DEPTH = 3
QUIET = {
    ClauseKind.HEADER: later("页眉"),
    ClauseKind.FOOTER: later("页脚"),
    ClauseKind.NOTE: later("注"),
    ClauseKind.FRONT: "",
    ClauseKind.TEXTBOX: later("文本框"),
}
PICTURE = later("（图：{name}，随原件保存）")


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Something of the procedure that hangs on a clause: a word, what it is, where it leads."""

    word: str
    label: str
    href: str
    tone: str = "plain"
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Words of a clause that point somewhere: where they begin and end in its text, what to tell, where to go."""

    start: int
    end: int
    told: str
    href: str = ""
    tone: str = "plain"


def outline_nav(clauses: Iterable[Clause]) -> Html:
    """The headings as links to their places in the text."""
    heads = [clause for clause in outline(clauses) if clause.level <= OUTLINE_DEPTH]
    items = [
        tag("li", tag("a", clause.heading or clause.number, href=f"#{anchor(clause)}"), cls=f"yy-level-{clause.level}")
        for clause in heads
    ]
    return tag("nav", tag("ol", *items), cls="yy-outline", aria_label=_("目录"))


def plan_body(
    clauses: Sequence[Clause],
    bound: Mapping[str, Sequence[Bound]],
    beside: Mapping[str, Sequence[Html]] | None = None,
    linked: Mapping[str, Sequence[Linked]] | None = None,
    address: str = "",
    asked: str = "",
) -> Html:
    """The whole text, its references *linked*; below a clause what is *bound* to it and what stands *beside* it.

    With the *address* of the version every numbered clause leads to its thread; the one *asked* for is marked.
    Behind the words a note belongs to stands its mark, which leads to the note.
    """
    aside, links, noted = beside or {}, linked or {}, notes_of(clauses)
    return tag(
        "article",
        *(
            join([
                _clause(
                    clause, bound.get(clause.id, ()), links.get(clause.id, ()), address, noted.get(clause.id, ()),
                    is_asked=clause.id == asked,
                ),
                *aside.get(clause.id, ()),
            ])
            for clause in clauses
        ),
        cls="yy-plan",
    )  # fmt: skip


def notes_of(clauses: Iterable[Clause]) -> dict[str, list[Clause]]:
    """The notes of each clause by its id: those that stand behind it, as a Word file cites them there."""
    found: dict[str, list[Clause]] = {}
    host = ""
    for clause in clauses:
        if clause.kind is not ClauseKind.NOTE:
            host = clause.id
        elif host:
            found.setdefault(host, []).append(clause)
    return found


def clause_body(clause: Clause) -> Html:
    """One clause by itself."""
    return tag("article", _clause(clause, ()), cls="yy-plan")


def anchor(clause: Clause) -> str:
    """The name of a clause's place in the page."""
    return f"c-{clause.id}"


def table_markup(table: Table) -> Html:
    """A table with its merged cells."""
    rows = (tag("tr", *map(_cell, row)) for row in table.rows)
    return tag("div", tag("table", tag("tbody", *rows), cls="yy-table yy-grid"), cls="yy-scroll")


def _clause(
    clause: Clause,
    bound: Sequence[Bound],
    linked: Sequence[Linked] = (),
    address: str = "",
    noted: Sequence[Clause] = (),
    *,
    is_asked: bool = False,
) -> Html:
    marks = _note_marks(noted)
    parts = [*_head(clause, address), *_lines(clause, linked, address, marks), *_pictures(clause)]
    if clause.table:
        parts.append(table_markup(clause.table))
    if noted and not clause.text:
        parts.append(tag("p", marks))
    if bound:
        parts.append(tag("div", *map(_chip, bound), cls="yy-bound"))
    quiet = " yy-quiet" if clause.kind in QUIET else ""
    marked = " yy-asked" if is_asked else ""
    return tag("section", *parts, id=anchor(clause), cls=f"yy-clause yy-{clause.kind.value}{quiet}{marked}")


def _note_marks(noted: Sequence[Clause]) -> Html:
    """The numbers of notes, raised; each leads to its note."""
    labels = ((one, one.number or one.automatic_number or "*") for one in noted)
    return join(tag("sup", tag("a", label, href=f"#{anchor(one)}"), cls="yy-note-mark") for one, label in labels)


def _thread_link(clause: Clause, address: str) -> Html:
    """The way to all that hangs on a clause, and an address to quote it by."""
    if not address:
        return Html("")
    return tag("a", "§", href=f"{address}&clause={clause.id}#{anchor(clause)}", target="_self", title=_("本条线索"),
               cls="yy-to-thread")  # fmt: skip


def _head(clause: Clause, address: str) -> list[Html]:
    label = QUIET.get(clause.kind, "")
    quiet = [tag("small", _(label))] if label else []
    if clause.kind is ClauseKind.HEADING and not clause.run_in:
        return [*quiet, tag(f"h{min(6, clause.level + 2)}", clause.heading, _thread_link(clause, address))]
    return quiet


def _lines(clause: Clause, linked: Sequence[Linked], address: str, marks: Html) -> list[Html]:
    said = _said(clause.text, linked)
    if said and marks:
        said[-1] = join([said[-1], marks])
    if clause.kind is not ClauseKind.HEADING or clause.run_in:
        lead = f"{clause.number}{'　' if clause.kind is ClauseKind.ARTICLE else ''}{squeezed(clause.title)}"
        is_alone = clause.kind is ClauseKind.FRONT and bool(clause.title) and not clause.run_in
        first, *rest = ["", *said] if is_alone else said or [""]
        head = tag("b", f"{lead}{clause.title_end}") if lead else Html("")
        way = _thread_link(clause, address) if lead else Html("")
        opening = [tag("p", join([head, first, way]))] if lead or first else []
        return [*opening, *(tag("p", line) for line in rest if line)]
    labels = dict(clause.line_numbers)
    return [
        tag("p", join([f"{labels[place]} ", line]) if place in labels else line)
        for place, line in enumerate(said)
        if line
    ]


def _said(words: str, linked: Sequence[Linked]) -> list[Html | str]:
    """The lines of a text with its references as links."""
    found: list[Html | str] = []
    at = 0
    for line in words.split("\n") if words else []:
        here = [one for one in linked if at <= one.start and one.end <= at + len(line)]
        found.append(_with_links(line, at, here) if here else line)
        at += len(line) + 1
    return found


def _with_links(line: str, offset: int, linked: Sequence[Linked]) -> Html:
    parts: list[object] = []
    at = 0
    for one in sorted(linked, key=lambda each: each.start):
        words = line[one.start - offset : one.end - offset]
        element = "a" if one.href else "span"
        target = {"href": one.href, "target": "_self"} if one.href else {}
        parts += [
            line[at : one.start - offset],
            tag(element, words, title=one.told, cls=f"yy-ref yy-{one.tone}", **target),
        ]
        at = one.end - offset
    return join([*parts, line[at:]])


def _pictures(clause: Clause) -> list[Html]:
    return [tag("p", _(PICTURE, name=name[:12]), cls="yy-dim") for name in clause.media]


def _cell(place: Cell) -> Html:
    inside = [
        table_markup(part) if isinstance(part, Table) else join(tag("div", line) for line in part.split("\n"))
        for part in place.shown_content
    ]
    spans = {"colspan": place.columns if place.columns > 1 else "", "rowspan": place.rows if place.rows > 1 else ""}
    return cell("td", join(inside), **spans)


def _chip(bound: Bound) -> Html:
    return tag(
        "a",
        tag("b", bound.word),
        " ",
        bound.label,
        bound.beside,
        href=bound.href,
        target="_self",
        cls=f"yy-chip yy-{bound.tone}",
    )
