"""What can be told while a clause is being written: telephones that cannot be, references that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.text.clause import Clause, ClauseKind, Table
from plans_repo.text.figures import WIDE
from plans_repo.text.reading.numbers import Family, number_of
from sim.procedure import Procedure

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)


class Slip(StrEnum):
    """The kinds of slips."""

    TELEPHONE = "telephone"  # no such number of digits is dialled
    ATTACHMENT = "attachment"  # no attachment of that number
    CLAUSE = "clause"  # no clause of that number
    TARGET = "target"  # a promise is bound to a clause that is no longer there


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A slip in a clause, with the words it is in."""

    clause: str
    slip: Slip
    words: str


_CALLED = re.compile(
    r"(?:电\s*话|热线|手\s*机|传\s*真|联系方式|值班号码|座机|小灵通)[^0-9０-９，,。；;\n]{0,12}"
    r"(?P<numbers>[0-9０-９][0-9０-９\-－—–()（）转 、/／]*[0-9０-９])"
)
_COLUMN = re.compile(r"电\s*话|手\s*机|联系方式|传\s*真|座机")
_DIALLED = re.compile(
    r"(?:0\d{2,3}-?)?[1-9]\d{6,7}(?:(?:-|转)\d{1,6})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}|800-?\d{3}-?\d{4}"
    r"|11[0-9]|12[0-9]|12\d{3}|9[56]\d{3,6}|1[01]\d{3}|[2-9]\d{2,5}"
)
_ATTACHED = re.compile(
    r"(?:见|详见|参见|按照?|依照|填写|列入)\s*[（(]?附\s*([件录表图])\s*([0-9０-９]+|[一二三四五六七八九十]+)"
)
_CITED = re.compile(
    r"(?:(?:见|参见|详见|按照?|依照|执行|根据)(?:本预案)?|本预案)\s*第?\s*([0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?![0-9.]*\s*[米亩人元%％级mk万])"
)


def slips(clauses: Sequence[Clause], procedure: Procedure | None = None) -> tuple[Remark, ...]:
    """The slips of a text in order, and then those of the procedure that goes with it."""
    read = [clause for clause in clauses if clause.kind not in UNREAD]
    known = _Known(clauses)
    found = [remark for clause in read for remark in _in_clause(clause, known)]
    gone = () if procedure is None else _lost_targets(procedure, {clause.id for clause in clauses})
    return (*found, *gone)


class _Known:
    """The numbers that a reference may lead to."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.numbers: set[str] = set()
        self.attachments: set[str] = set()
        for clause in clauses:
            self.numbers.add(clause.number.rstrip("、.．").translate(WIDE))
            for line in (clause.number, *clause.text.split("\n")):
                number = number_of(f"{line} 题") if line.lstrip().startswith("附") else None
                if number and number.family is Family.ATTACHMENT:
                    self.attachments.add(number.label)


def _in_clause(clause: Clause, known: _Known) -> Iterator[Remark]:
    for words in _odd_telephones(clause):
        yield Remark(clause=clause.id, slip=Slip.TELEPHONE, words=words)
    for match in _ATTACHED.finditer(clause.text):
        if f"附{match[1]}{match[2].translate(WIDE)}" not in known.attachments:
            yield Remark(clause=clause.id, slip=Slip.ATTACHMENT, words=match[0])
    for match in _CITED.finditer(clause.text.translate(WIDE)):
        if match[1] not in known.numbers:
            yield Remark(clause=clause.id, slip=Slip.CLAUSE, words=match[0])


def _odd_telephones(clause: Clause) -> Iterator[str]:
    for match in _CALLED.finditer(clause.text):
        yield from _odd(match["numbers"])
    if clause.table:
        yield from _odd_cells(clause.table)


def _odd_cells(table: Table) -> Iterator[str]:
    """The cells of columns headed 电话; rows whose cells reach over others are not read by column."""
    heads = [cell.text for cell in table.rows[0]] if table.rows else []
    columns = [at for at, head in enumerate(heads) if _COLUMN.search(head)]
    for row in table.rows[1:]:
        for at in columns:
            if len(row) == len(heads) and re.search(r"\d", row[at].text):
                yield from _odd(row[at].text)


def _odd(numbers: str) -> Iterator[str]:
    """The numbers among those listed that nobody can dial.

    >>> list(_odd("0999-1234567、1390000000、119"))
    ['1390000000']
    """
    for one in re.split(r"[、/／；;，,\n]|\s{2,}", numbers.strip()):
        bare = re.sub(r"[()（）\s]", "", one.translate(WIDE)).replace("—", "-").replace("–", "-")
        is_number = re.search(r"\d{3}", bare) and not re.search(r"[A-Za-z\u4e00-\u9fff]", bare.replace("转", ""))
        if is_number and not _DIALLED.fullmatch(bare):
            yield one.strip()


def _lost_targets(procedure: Procedure, present: set[str]) -> Iterator[Remark]:
    for target in procedure.targets:
        if target.clause and target.clause not in present:
            yield Remark(clause="", slip=Slip.TARGET, words=target.title)
