"""What a person asks: words, exact phrases, and where to look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo.course.stages import Stage
from plans_repo.errors import PlansRepoError
from plans_repo.search.keys import Piece, pieces
from plans_repo.store.tables.plans import PlanKind

MOST_CHARACTERS = 200
MOST_WORDS = 16
_QUOTED = re.compile(r'[“"「『](?P<phrase>[^”"」』]*)[”"」』]')


class Scope(StrEnum):
    """Which texts are looked at."""

    CURRENT = "current"  # the text in force and the newest one the reader may see
    IN_FORCE = "in_force"  # only the text in force
    ALL = "all"  # older versions too


@dataclass(frozen=True, kw_only=True)
class Question:
    """The words and the filters; what is left empty does not matter.

    *since* and *until* are the days, both included, on which a version was made.
    """

    words: str
    scope: Scope = Scope.CURRENT
    kind: PlanKind | None = None
    subject: str = ""
    area: str = ""
    state: Stage | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if len(self.words) > MOST_CHARACTERS:
            raise PlansRepoError(
                "search-too-long",
                thing="search",
                field="words",
                rule=f"must be <= {MOST_CHARACTERS} characters",
                most=MOST_CHARACTERS,
                value=len(self.words),
            )
        if len(self.wanted) > MOST_WORDS:
            raise PlansRepoError(
                "search-too-many-words",
                thing="search",
                field="words",
                rule=f"must be <= {MOST_WORDS} words",
                most=MOST_WORDS,
                value=len(self.wanted),
            )

    @property
    def wanted(self) -> tuple[Piece, ...]:
        """What must all stand in a clause, each by itself; empty where nothing that could be found was asked.

        >>> Question(words='防汛 "30分钟内 报告" *()').wanted
        (('防', '汛'), ('30', '分', '钟', '内', '报', '告'))
        """
        return tuple(dict.fromkeys(piece for part in parts(self.words) for piece in pieces(part)))


def parts(words: str) -> tuple[str, ...]:
    """The exact phrases in quotes, and the words between blanks outside them.

    >>> parts('甲 “乙 丙” 丁"')
    ('甲', '乙 丙', '丁"')
    """
    found: list[str] = []
    at = 0
    for match in _QUOTED.finditer(words):
        found += [*words[at : match.start()].split(), match["phrase"]]
        at = match.end()
    return (*found, *words[at:].split())
