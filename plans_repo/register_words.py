"""Words of the register that a text uses: what became of them, where they stand, how the text reads then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans_repo import organisations
from plans_repo.course.duties import aliases
from plans_repo.store.tables.replacements import ChangedKind
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause

PLACE = re.compile(r"([\u4e00-\u9fff]{1,8}?)(?:自治县|县|市|区|旗)")


@dataclass(frozen=True)
class Swap:
    """Old words and their new ones; a body goes by its full name and by the short names texts use.

    *others* are places (清川, 石岭) whose bodies have the same short names: 石岭县水利局 is not this 县水利局.

    >>> swap = Swap(ChangedKind.PHONE, (("0571-8765", "0571-8111"),))
    >>> swap.count("电话0571-8765，传真0571-87659"), swap.apply("电话0571-8765")
    (1, '电话0571-8111')
    """

    kind: ChangedKind
    pairs: tuple[tuple[str, str], ...]
    others: tuple[str, ...] = ()

    @property
    def olds(self) -> tuple[str, ...]:
        """The words that are looked for."""
        return tuple(old for old, _new in self.pairs)

    def count(self, text: str) -> int:
        """How often the old words stand in a text."""
        return sum(self._is_meant(match) for match in self._pattern.finditer(text))

    def apply(self, text: str) -> str:
        """The text with the new words."""
        new = dict(self.pairs)
        return self._pattern.sub(lambda match: new[match[0]] if self._is_meant(match) else match[0], text)

    def first(self, text: str) -> str:
        """The old words that stand first in a text."""
        return next((match[0] for match in self._pattern.finditer(text) if self._is_meant(match)), "")

    @property
    def _pattern(self) -> re.Pattern[str]:
        olds = "|".join(re.escape(old) for old in sorted(self.olds, key=len, reverse=True))
        return re.compile(rf"(?<![\d-])(?:{olds})(?!\d)" if self.kind is ChangedKind.PHONE else olds)

    def _is_meant(self, match: re.Match[str]) -> bool:
        before = match.string[: match.start()]
        return not any(before.endswith(place) for place in self.others)


def swap_of(work: Work, kind: ChangedKind, before: str, after: str) -> Swap:
    """The words of a change and all their short forms."""
    if kind is not ChangedKind.BODY:
        return Swap(kind, ((before, after),))
    old, new = aliases(before), aliases(after)
    pairs = tuple((name, new[min(place, len(new) - 1)]) for place, name in enumerate(old))
    own = PLACE.match(before)
    named = (PLACE.match(body.name) for body in organisations.organisations(work))
    places = {match[1] for match in named if match} - ({own[1]} if own else set())
    return Swap(kind, pairs, tuple(sorted(places)))


def has(clause: Clause, swap: Swap) -> bool:
    """Whether the old words stand in a clause."""
    return any(swap.count(text) for text in texts_of(clause))


def texts_of(clause: Clause) -> Iterator[str]:
    """Title, text and table of a clause."""
    yield clause.title
    yield clause.text
    if clause.table:
        yield clause.table.text
