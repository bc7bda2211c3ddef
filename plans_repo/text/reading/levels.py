"""At which level of the outline each numbered line stands."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo.text.reading.headings import Entry, Opening, ScopeKind
from plans_repo.text.reading.numbers import ORDER, Family

LAST_ORDER = 9


@dataclass(frozen=True, kw_only=True)
class _Open:
    """A heading under which the next may stand; *offset* is what decimals add to their depth."""

    key: str
    level: int
    offset: int = 0


class OutlineLevels:
    """Gives levels in order of appearance.

    Decimals stand by their depth, marked headings by their mark, other kinds of
    numbers below the kind they first appeared under.
    """

    def __init__(self, shift: int) -> None:
        self._shift = shift  # how many levels the file's own marks begin too deep
        self._open: list[_Open] = []
        self._scope: tuple[int, int] | None = None  # level of the plan or attachment we are in, its lowest mark

    def level_of(self, entry: Entry) -> int:
        """The level of the next heading, article or numbered sentence."""
        if entry.opens and entry.opens.kind is ScopeKind.AGAIN:
            self._scope, self._open = None, []
        elif entry.opens:
            return self._scope_level(entry, entry.opens)
        styled = self._styled(entry)
        if entry.is_(Family.PART) and not styled:
            self._scope = None
        if entry.is_(Family.ATTACHMENT):
            self._open = []
            return self._push("attachment", styled or 1)
        if entry.is_(Family.DECIMAL):
            return self._decimal(entry, styled)
        key = entry.family.value if entry.family else "styled"
        return self._push(key, styled or self._by_family(key, entry.family))

    def _styled(self, entry: Entry) -> int:
        """The level the file's own mark gives; within a plan or attachment always below its heading."""
        mark = entry.line.outline_level
        if not mark:
            return 0
        if self._scope is None or entry.is_(Family.PART):
            return max(1, mark - self._shift)
        level, lowest = self._scope
        return level + 1 + max(0, mark - lowest)

    def _scope_level(self, entry: Entry, opening: Opening) -> int:
        """The level of a line that opens a plan or an attachment; a part holds the plans announced under it."""
        mark = entry.line.outline_level
        parts = [each for each in self._open if each.key == Family.PART.value]
        level = max(1, mark - self._shift) if mark else 1
        if opening.kind is ScopeKind.PLAN and parts and not entry.is_(Family.PART):
            level = max(level, parts[-1].level + 1)
        self._scope = (level, opening.lowest)
        is_part = entry.is_(Family.PART)
        self._open = [each for each in parts if each.level < level and opening.kind is ScopeKind.PLAN]
        return self._push(Family.PART.value if is_part else opening.kind.value, level)

    def _decimal(self, entry: Entry, styled: int) -> int:
        depth = entry.number.depth if entry.number else 1
        known = next((each.offset for each in reversed(self._open) if each.key == "decimal"), None)
        if known is None and styled:
            known = styled - depth
        if known is None:
            known = self._open[-1].level + 1 - depth if self._open else 0
        return self._push("decimal", max(1, known + depth), known)

    def _by_family(self, key: str, family: Family | None) -> int:
        for each in reversed(self._open):
            if each.key == key:
                return each.level
        order = ORDER.get(family, LAST_ORDER) if family else LAST_ORDER
        above = [each for each in self._open if _order(each) <= order]
        return above[-1].level + 1 if above else 1

    def _push(self, key: str, level: int, offset: int = 0) -> int:
        self._open = [each for each in self._open if each.level < level]
        self._open.append(_Open(key=key, level=level, offset=offset))
        return level


def _order(each: _Open) -> int:
    """Kinds without an order of their own may hold anything."""
    return next((order for family, order in ORDER.items() if family.value == each.key), 0)
