"""Sentences of clauses, quoted around what was found in them; titles of laws and history are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans_repo.linkage.mentions import Mention
from plans_repo.text.clause import Cell, Clause, ClauseKind

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
HISTORY = re.compile(
    r"同时废止|废止|不再保留|更名|改名|改为|改称|划入|划转|整合|合并|撤销|前身|组建|历史上|曾(?:经|由)?"
)
MOST_QUOTED = 90


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of a clause; a row of a table counts as one."""

    clause: str
    text: str

    @property
    def is_history(self) -> bool:
        """Whether it tells what once was."""
        return bool(HISTORY.search(self.text))

    def in_title(self, start: int) -> bool:
        """Whether a place lies within a title: 《…》."""
        before = self.text[:start]
        return before.count("《") > before.count("》")

    def around(self, start: int, end: int) -> str:
        """The sentence, cut to what surrounds a place."""
        if len(self.text) <= MOST_QUOTED:
            return self.text.strip()
        room = (MOST_QUOTED - (end - start)) // 2
        low, high = max(0, start - room), min(len(self.text), end + room)
        head, tail = "…" if low else "", "…" if high < len(self.text) else ""
        return f"{head}{self.text[low:high].strip()}{tail}"


def sentences(clauses: tuple[Clause, ...]) -> Iterator[Sentence]:
    """Every sentence and row of table of a text, with its clause."""
    for clause in clauses:
        if clause.kind in UNREAD:
            continue
        for match in SENTENCE.finditer(f"{clause.title}\n{clause.text}"):
            if match[0].strip():
                yield Sentence(clause=clause.id, text=match[0].strip())
        for row in clause.table.rows if clause.table else ():
            yield _of_row(clause, row)


def sentence_at(clause: Clause, mention: Mention) -> Sentence:
    """The sentence or row of a table in which a mention stands."""
    if mention.cell is not None and clause.table:
        return _of_row(clause, clause.table.rows[mention.cell[0]])
    for match in SENTENCE.finditer(clause.text):
        if match.start() <= mention.start < match.end():
            return Sentence(clause=clause.id, text=match[0].strip())
    return Sentence(clause=clause.id, text=mention.words)


def _of_row(clause: Clause, row: Sequence[Cell]) -> Sentence:
    return Sentence(clause=clause.id, text=" ".join(cell.text.replace("\n", " ") for cell in row))
