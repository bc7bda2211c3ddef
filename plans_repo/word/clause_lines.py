"""A clause as the lines that are printed of it: title, heading, number and words, 附件1 above its title."""

from __future__ import annotations

import re
from dataclasses import replace

from plans_repo.text.clause import Clause, ClauseKind, squeezed
from plans_repo.text.rendering import clause_text

STANDING_APART = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.NOTE)
FURNITURE = (ClauseKind.HEADER, ClauseKind.FOOTER)  # what the page format itself replaces
GAP = "\u3000"  # between the number of an article and its words
ANNEX = re.compile(r"附\s*[件录]\s*[0-9０-９一二三四五六七八九十A-Z]")
LABEL_ENDS = " 　：:、．."  # between 附件1 and its title where both were typed in one line


def is_contents_list(clause: Clause) -> bool:
    """Whether front matter is a contents list (目录、目次)."""
    first = f"{clause.title}\n{clause.text}".strip().partition("\n")[0]
    return clause.kind is ClauseKind.FRONT and squeezed(first).rstrip("：:") in ("目录", "目次")


def is_title(clause: Clause, title: str) -> bool:
    """Whether front matter begins with the plan's own title."""
    return clause.kind is ClauseKind.FRONT and title_lines(clause, title) > 0


def title_lines(clause: Clause, title: str) -> int:
    """Over how many lines the title goes; what follows is a subtitle: （2026年修订）, the body, the month. 0: none."""
    whole = ""
    for at, line in enumerate(shown_lines(clause), start=1):
        whole += line
        if squeezed(whole) == squeezed(title):
            return at
    return 0


def is_heading(clause: Clause) -> bool:
    """Whether a clause opens with a line of its own that belongs into the contents list."""
    return clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE) and bool(clause.title) and not clause.run_in


def begins_annex(clause: Clause) -> bool:
    """Whether a heading opens an annex, which begins on a page of its own (GB/T 9704-2012 7.3.7)."""
    return is_heading(clause) and bool(ANNEX.match(clause.number or clause.plain_title))


def annex_label(clause: Clause) -> str:
    """The words 附件1 where they are printed on a line of their own, above the title of the annex; else nothing.

    >>> from plans_repo.text.clause import ClauseKind
    >>> words = {"number": "附件1", "number_raw": "附件1：", "title": "成员单位职责"}
    >>> annex_label(Clause(id="a", kind=ClauseKind.HEADING, **words))
    '附件1'
    """
    number = clause.number_raw or clause.automatic_number
    return number.strip(LABEL_ENDS) if begins_annex(clause) and ANNEX.match(number) else ""


def contents_line(clause: Clause) -> str:
    """The heading as a contents list has it: 附件1 and its title in one line."""
    label = annex_label(clause)
    if label:
        return f"{label} {clause.title}{clause.title_end}"
    lines = shown_lines(clause)
    return lines[0] if lines else ""


def paragraphs(clause: Clause) -> list[str]:
    """The clause as the lines a reader sees, without its table."""
    run_in = clause.run_in or not clause.title  # a number without a title does not stand alone
    text = clause_text(replace(clause, table=None, run_in=run_in), with_automatic_numbers=True)
    return text.removesuffix("\n").split("\n") if text else []


def stands_apart(clause: Clause) -> bool:
    """Whether a number without a title stands apart from the words behind it: 第三条　为了…… or that of a note."""
    is_numbered = bool(clause.number_raw or clause.automatic_number)
    return is_numbered and not clause.title and clause.kind in STANDING_APART


def shown_lines(clause: Clause) -> list[str]:
    """The clause as the lines that are printed."""
    lines = paragraphs(clause)
    label = annex_label(clause)
    if label:
        return [label, f"{clause.title}{clause.title_end}", *lines[1:]]
    if lines and stands_apart(clause):
        number = clause.number_raw or clause.automatic_number
        lines[0] = f"{number}{GAP}{lines[0][len(number) :]}"
    return lines


def body_style(clause: Clause) -> str:
    """The style of its lines that are no heading; those of a text box stand in a frame."""
    return "Box Text" if clause.kind is ClauseKind.TEXTBOX else "Body Text"


def is_footnote(clause: Clause) -> bool:
    """Whether a note can stand at the foot of the page: words alone."""
    return clause.kind is ClauseKind.NOTE and bool(clause.text) and not (clause.table or clause.media)
