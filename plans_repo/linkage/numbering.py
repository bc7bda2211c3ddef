"""Which clause a number stands for, and which number a clause has now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans_repo.linkage.mentions import path_of
from plans_repo.text.clause import Clause, ClauseKind, parents
from plans_repo.text.reading.han_numbers import FULL_WIDTH, HAN_NUMERAL, han_numeral, han_value

_VALUE = re.compile(rf"^(?:第\s*)?[（(]?\s*({HAN_NUMERAL}+|[0-9０-９]+)\s*[）)]?\s*(?:部分|[编篇章节条])?[、.．]?$")
_DECIMAL = re.compile(r"^[0-9０-９]+(?:\s*[.．]\s*[0-9０-９]+)+[、.．]?$")
_TYPED = re.compile(r"^\s*([0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?![0-9.])", re.MULTILINE)
"""A number that opens a line within a clause: 4.1.2 接到报告后……"""
_ATTACHED = re.compile(rf"^(附\s*[件表录]|表)\s*({HAN_NUMERAL}+|[0-9０-９]+|[A-Z])")
_TOP = frozenset({"部分", "编", "篇", "章"})


class Numbering:
    """The numbers of one text."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = {clause.id: clause for clause in clauses}
        self.above = parents(clauses)
        self.places: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for clause in clauses:
            for path in self._paths(clause):
                self.places.setdefault(path, []).append(clause.id)
        numbered = set(self.places)
        for clause in clauses:
            for match in _TYPED.finditer(clause.text):
                path = path_of(match[1])
                if path not in numbered:
                    self.places.setdefault(path, []).append(clause.id)
        self.manners = {tuple(word for word, _value in path) for path in self.places}

    def clauses_at(self, number: str) -> tuple[str, ...]:
        """The clauses a number as written stands for; several where the text numbers two alike."""
        return tuple(dict.fromkeys(self.places.get(_plain(path_of(number)), ())))

    def is_own_manner(self, number: str) -> bool:
        """Whether the text numbers anything in the manner of *number*; what it does not may be of another text."""
        return tuple(word for word, _value in _plain(path_of(number))) in self.manners

    def fits(self, number: str, clause_id: str) -> bool:
        """Whether the number still is that of the clause."""
        return clause_id in self.clauses_at(number)

    def written(self, number: str, clause_id: str) -> str:
        """The number of a clause in the manner of *number*; "" where it has none that can be written so."""
        clause = self.clauses.get(clause_id)
        paths = list(self._paths(clause)) if clause else []
        wanted = path_of(number)
        for path in paths:
            if len(path) == len(wanted) and [word for word, _value in path] == [w for w, _v in _plain(wanted)]:
                return _rewritten(number, [value for _word, value in path])
        return ""

    def _paths(self, clause: Clause) -> list[tuple[tuple[str, str], ...]]:
        """The paths by which a clause can be cited."""
        attached = _ATTACHED.match(clause.number or clause.title or (clause.text if _is_caption(clause) else ""))
        if attached:
            word = re.sub(r"\s", "", attached[1])
            counted = han_value(attached[2])
            return [((word, attached[2] if counted is None else str(counted)),)]
        number = clause.number.strip()
        if _DECIMAL.match(number):
            return [(("", re.sub(r"[^0-9.]", "", number.translate(FULL_WIDTH)).strip(".")),)]
        if number.startswith("第") and number.endswith("条"):
            value = self._value(clause)
            return [(("条", value),)] if value else []
        steps = self._steps(clause)
        return [tuple(("步", value) for value in steps)] if steps else []

    def _steps(self, clause: Clause) -> list[str]:
        """The values from the top down to the clause; none where one of them has no number."""
        steps: list[str] = []
        here: Clause | None = clause
        while here is not None:
            value = self._value(here) if here.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE) else ""
            if not value:
                return []
            steps.append(value)
            here = self.clauses.get(self.above.get(here.id, ""))
        return steps[::-1]

    def _value(self, clause: Clause) -> str:
        match = _VALUE.match(clause.number.strip())
        value = han_value(match[1]) if match else None
        return "" if value is None else str(value)


def _is_caption(clause: Clause) -> bool:
    return clause.kind is ClauseKind.CAPTION


def _plain(path: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Parts, chapters and sections are steps, whatever a text calls them; articles and decimals say all."""
    return tuple(("步" if word in _TOP or word == "节" else word, value) for word, value in path)


def _rewritten(number: str, values: Sequence[str]) -> str:
    """The number with other values, figures for figures and Chinese numerals for Chinese numerals.

    >>> _rewritten("第三章第（二）节", ["4", "12"]), _rewritten("3.2条", ["3.3"]), _rewritten("附件４", ["5"])
    ('第四章第（十二）节', '3.3条', '附件5')
    >>> _rewritten("五（三）", ["6", "1"])
    '六（一）'
    """
    spot = re.compile(
        rf"^{HAN_NUMERAL}+(?=[（(])|[0-9０-９]+(?:\s*[.．]\s*[0-9０-９]+)*|(?<=[第件表录（(]){HAN_NUMERAL}+|(?<=件){HAN_NUMERAL}+|[A-Z]"
    )
    fresh = iter(values)

    def replaced(match: re.Match[str]) -> str:
        value = next(fresh, match[0])
        is_han = re.fullmatch(f"{HAN_NUMERAL}+", match[0]) is not None
        return han_numeral(int(value)) if is_han and value.isdigit() else value

    return spot.sub(replaced, number)
