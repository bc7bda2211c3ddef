"""A plan as one reads it: the outline on the left, the text on the right, what hangs on each clause below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table, outline, squeezed
from ui.components.html import Html, join, tag
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
) -> Html:
    """The whole text; below a clause what the procedure binds to it, and what stands *beside* it."""
    aside = beside or {}
    return tag(
        "article",
        *(join([_clause(clause, bound.get(clause.id, ())), *aside.get(clause.id, ())]) for clause in clauses),
        cls="yy-plan",
    )


def clause_body(clause: Clause, bound: Sequence[Bound] = ()) -> Html:
    """One clause by itself."""
    return tag("article", _clause(clause, bound), cls="yy-plan")


def anchor(clause: Clause) -> str:
    """The name of a clause's place in the page."""
    return f"c-{clause.id}"


def table_markup(table: Table) -> Html:
    """A table with its merged cells."""
    rows = (tag("tr", *map(_cell, row)) for row in table.rows)
    return tag("div", tag("table", tag("tbody", *rows), cls="yy-table yy-grid"), cls="yy-scroll")


def _clause(clause: Clause, bound: Sequence[Bound]) -> Html:
    parts = [*_head(clause), *_lines(clause), *_pictures(clause)]
    if clause.table:
        parts.append(table_markup(clause.table))
    if bound:
        parts.append(tag("div", *map(_chip, bound), cls="yy-bound"))
    quiet = " yy-quiet" if clause.kind in QUIET else ""
    return tag("section", *parts, id=anchor(clause), cls=f"yy-clause yy-{clause.kind.value}{quiet}")


def _head(clause: Clause) -> list[Html]:
    label = QUIET.get(clause.kind, "")
    quiet = [tag("small", _(label))] if label else []
    if clause.kind is ClauseKind.HEADING and not clause.run_in:
        return [*quiet, tag(f"h{min(6, clause.level + 2)}", clause.heading)]
    return quiet


def _lines(clause: Clause) -> list[Html]:
    words = clause.text
    if clause.kind is not ClauseKind.HEADING or clause.run_in:
        lead = f"{clause.number}{'　' if clause.kind is ClauseKind.ARTICLE else ''}{squeezed(clause.title)}"
        first, *rest = words.split("\n") if words else [""]
        head = tag("b", f"{lead}{clause.title_end}") if lead else Html("")
        opening = [tag("p", join([head, first]))] if lead or first else []
        return [*opening, *(tag("p", line) for line in rest if line)]
    labels = dict(clause.line_numbers)
    lines = enumerate(words.split("\n") if words else [])
    return [tag("p", f"{labels[place]} {line}" if place in labels else line) for place, line in lines if line]


def _pictures(clause: Clause) -> list[Html]:
    return [tag("p", _(PICTURE, name=name[:12]), cls="yy-dim") for name in clause.media]


def _cell(cell: Cell) -> Html:
    inside = [
        table_markup(part) if isinstance(part, Table) else join(tag("div", line) for line in part.split("\n"))
        for part in cell.content
    ]
    spans = {"colspan": cell.columns if cell.columns > 1 else "", "rowspan": cell.rows if cell.rows > 1 else ""}
    return tag("td", *inside, **spans)


def _chip(bound: Bound) -> Html:
    return tag(
        "a", tag("b", bound.word), " ", bound.label, href=bound.href, target="_self", cls=f"yy-chip yy-{bound.tone}"
    )
