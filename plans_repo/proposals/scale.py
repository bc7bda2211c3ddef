"""The levels of a procedure as its text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.proposals.level_words import ALARM, Mention, mentions, numeral
from plans_repo.proposals.passage import Surroundings
from plans_repo.text.clause import Clause
from sim.procedure import Level

_BUILT_ON = re.compile(r"在[^。；]{0,4}?((?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|III|II|IV|I|V|[一二三四五])级)[^。；]{0,12}基础上")
_STARTED_ABOVE = r"(?:国家|国务院|省|上级{city})[^，。；、]{{0,12}}(?:启动|宣布|发布|进入)$"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The levels, which repeat the measures of which, and who else starts levels of his own."""

    levels: tuple[Level, ...]
    built_on: Mapping[str, frozenset[str]]
    started_above: re.Pattern[str]

    @classmethod
    def of(cls, levels: Sequence[Level], surroundings: Surroundings) -> Scale:
        """The scale of a text; *built_on* leads from a label to all labels that repeat its measures."""
        text = "".join(clause.text for clause in surroundings.clauses.values())
        city = "|市" if text.count("县") > text.count("市") else ""  # in a county's plan the city is another body
        above = re.compile(_STARTED_ABOVE.format(city=city))
        bare = cls(levels=tuple(levels), built_on={}, started_above=above)
        direct: dict[str, set[str]] = {level.label: set() for level in levels}
        for clause in surroundings.clauses.values():
            for grave, below in bare._builds(clause, surroundings.titles(clause.id)):
                direct[below].add(grave)
        built_on = {label: _closure(label, direct) for label in direct}
        return cls(levels=tuple(levels), built_on=built_on, started_above=above)

    def named(self, words: str) -> frozenset[str] | None:
        """The labels some words restrict something to, none for all; None where they are another's or unclear."""
        found: set[str] = set()
        for mention in mentions(words):
            labels = self._labels(mention) if mention else None
            if labels is None:
                return None
            found |= labels
        return frozenset(found)

    def is_since_lowest(self, words: str) -> bool:
        """Whether the words count from the start of the lowest level, which every response passes, and no other."""
        found = [mention for mention in mentions(words) if mention]
        lowest = frozenset({numeral(self.lowest)})
        return bool(found) and all(each.numerals == lowest and each.is_since and not each.span for each in found)

    @property
    def every(self) -> frozenset[str]:
        """All labels."""
        return frozenset(level.label for level in self.levels)

    @property
    def lowest(self) -> str:
        """The label of the least grave level, "" without levels."""
        return min(self.levels, key=lambda level: level.rank).label if self.levels else ""

    def _labels(self, mention: Mention) -> frozenset[str] | None:
        """The labels of a mention, with those above or below; None for a level of another scale or body."""
        is_of_alarms = any(level.label.endswith(ALARM) for level in self.levels)
        by_numeral = {numeral(level.label): level for level in self.levels}
        if mention.noun != (ALARM if is_of_alarms else "响应") or self.started_above.search(mention.before):
            return None
        if not mention.numerals <= set(by_numeral):
            return None
        named = [by_numeral[each] for each in mention.numerals]
        if not mention.span:
            return frozenset(level.label for level in named)
        least, most = min(level.rank for level in named), max(level.rank for level in named)
        reach = range(least, len(self.levels) + 1) if mention.span > 0 else range(1, most + 1)
        return frozenset(level.label for level in self.levels if level.rank in reach)

    def _builds(self, clause: Clause, titles: str) -> Iterator[tuple[str, str]]:
        """(level, level it builds on) as a clause says it: 在Ⅲ级响应行动基础上."""
        labels = {numeral(level.label): level.label for level in self.levels}
        for match in _BUILT_ON.finditer(clause.text):
            line = clause.text[clause.text.rfind("\n", 0, match.start()) + 1 : match.start()]
            own = self.named(line) or self.named(titles) or frozenset()
            below = labels.get(numeral(match[1]))
            yield from ((label, below) for label in own if below and label != below)


def _closure(label: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    new = set(direct[label])
    while new - found:
        found |= new
        new = {above for each in found for above in direct[each]}
    return frozenset(found - {label})
