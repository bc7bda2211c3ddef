"""Clause: the smallest part of a plan that can be cited, edited, signed and bound to a target."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from plans_repo.errors import PlansRepoError
from sim.plain import plain, unplain

BRACKETS = ("【】", "〔〕", "[]", "（）", "()")


class ClauseKind(StrEnum):
    """What stands there: only headings and articles make the outline."""

    HEADING = "heading"  # 1.1 编制目的; with the paragraphs under it
    ARTICLE = "article"  # 第三条
    BODY = "body"  # text before any heading, after a table, or a numbered sentence without a title
    TABLE = "table"
    CAPTION = "caption"
    FRONT = "front"  # title page, contents list
    PICTURE = "picture"
    TEXTBOX = "textbox"
    NOTE = "note"  # footnotes and endnotes
    HEADER = "header"
    FOOTER = "footer"


class SemanticType(StrEnum):
    """What a clause is about; decides which procedure a revision needs (国办发〔2024〕5号)."""

    COMMAND_AND_DUTIES = "command_and_duties"
    RESPONSE_PROCEDURE = "response_procedure"
    MAIN_MEASURES = "main_measures"
    GRADING = "grading"
    SUPPORT = "support"
    OTHER = "other"  # known to be none of the above: purpose, basis, contents list
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells as they stand; a merged cell stands once, where it begins."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def text(self) -> str:
        """One line a row, a tab between cells."""
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one cell holds, in order: texts and tables within; how far it reaches.

    *automatic_number* has the numbers Word shows before its lines, a line each; those without one are empty.

    >>> Cell(content=("会商；\\n报告。",), automatic_number="1.\\n2.").shown
    '1. 会商；\\n2. 报告。'
    """

    content: tuple[str | Table, ...] = ()
    columns: int = 1
    rows: int = 1
    automatic_number: str = ""

    @property
    def text(self) -> str:
        return "\n".join(part if isinstance(part, str) else part.text for part in self.content)

    @property
    def shown_content(self) -> tuple[str | Table, ...]:
        """The content with its automatic numbers, as a reader sees it; a cell of a number alone shows that."""
        if not self.automatic_number:
            return self.content
        labels = iter(self.automatic_number.split("\n"))
        return tuple(part if isinstance(part, Table) else _numbered(part, labels) for part in self.content or ("",))

    @property
    def shown(self) -> str:
        """The same as one text."""
        return "\n".join(part if isinstance(part, str) else part.text for part in self.shown_content)


def _numbered(text: str, labels: Iterator[str]) -> str:
    lines = [f"{next(labels, '')} {line}" for line in text.split("\n")]
    return "\n".join(line[1:] if line.startswith(" ") else line.rstrip(" ") for line in lines)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause. Its *id* outlives every edit, move and renumbering.

    *number_raw* is what the author typed (empty where Word numbers by itself, then
    *automatic_number* is what Word shows); *number* is what people see. *title_end*
    is the mark that closed the title ("。", "："), *run_in* says that the text goes on
    in the same line. *line_numbers* are automatic numbers of lines of the text.

    >>> clause = Clause(id="a", kind=ClauseKind.HEADING, number="（一）", number_raw="(一)", title="目的", text="为了")
    >>> clause.heading, clause.char_count
    ('（一）目的', 7)
    """

    id: str
    kind: ClauseKind
    level: int = 1
    number: str = ""
    number_raw: str = ""
    automatic_number: str = ""
    title: str = ""
    title_end: str = ""
    run_in: bool = False
    text: str = ""
    semantic: SemanticType = SemanticType.UNKNOWN
    table: Table | None = None
    media: tuple[str, ...] = ()
    line_numbers: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise PlansRepoError("clause-without-id", thing="clause", field="id", rule="must not be empty")
        if self.level < 1:
            raise PlansRepoError(
                "clause-level", thing=f"clause {self.id}", field="level", rule="must be >= 1", value=self.level
            )

    @property
    def plain_title(self) -> str:
        """The title without padding, line breaks and enclosing brackets: 总　则 → 总则."""
        words = squeezed(self.title)
        enclosed = any(words.startswith(pair[0]) and words.endswith(pair[1]) for pair in BRACKETS)
        return words[1:-1] if enclosed else words

    @property
    def heading(self) -> str:
        """Number and title as one line, for outlines and citations."""
        gap = " " if self.title and (self.number[-1:].isalnum() and self.number[-1:] != "、") else ""
        return f"{self.number}{gap}{self.plain_title}"

    @property
    def char_count(self) -> int:
        """Visible characters of the source that this clause keeps; automatic numbers are not among them."""
        return visible_count("".join(self.pieces()))

    def pieces(self) -> Iterator[str]:
        """What the source typed, in order."""
        yield from (self.number_raw, self.title, self.title_end, self.text)
        if self.table:
            yield self.table.text


def squeezed(title: str) -> str:
    """The words of a title without the blanks that pad Chinese; blanks between Latin words stay.

    >>> squeezed("总　　则"), squeezed("Level  4 plan")
    ('总则', 'Level 4 plan')
    """
    words = title.split()
    line = words[0] if words else ""
    for word in words[1:]:
        line += f" {word}" if line[-1].isascii() and word[0].isascii() else word
    return line


def is_visible(character: str) -> bool:
    """Whether a reader sees ink: no blank, no control or zero-width character."""
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")


def visible_count(text: str) -> int:
    """How many visible characters *text* has.

    >>> visible_count("防汛 预案\\u200b")
    4
    """
    return sum(len(word) if word.isprintable() else sum(map(is_visible, word)) for word in text.split())


def outline(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The headings and articles in order of appearance."""
    return tuple(clause for clause in clauses if clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE))


def parents(clauses: Iterable[Clause]) -> dict[str, str]:
    """For each clause id the id of the clause it stands under; '' at the top."""
    found: dict[str, str] = {}
    above: list[Clause] = []
    for clause in clauses:
        while above and above[-1].level >= clause.level:
            above.pop()
        found[clause.id] = above[-1].id if above else ""
        above.append(clause)
    return found


def content(clause: Clause) -> dict[str, Any]:
    """The plain form of everything but the id: what a blob's hash covers."""
    data: dict[str, Any] = plain(clause)
    del data["id"]
    return data


def to_plain(clause: Clause) -> dict[str, Any]:
    """The clause as JSON-able data."""
    data: dict[str, Any] = plain(clause)
    return data


def from_plain(data: dict[str, Any]) -> Clause:
    """The clause that the data stands for; refuses what does not fit."""
    return unplain(Clause, data)


def with_id(clause: Clause, clause_id: str) -> Clause:
    """The same words under another identity."""
    return replace(clause, id=clause_id)
