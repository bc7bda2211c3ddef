"""The levels a text announces in place of the template's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from plans_repo.text.clause import Clause
from plans_repo.text.finding.conditions import (
    ALTERNATIVE,
    TOGETHER,
    alternatives,
    asks_together,
    bound_in,
    together,
)
from plans_repo.text.finding.levels import FoundLevel
from sim.procedure import Condition, Level, Procedure

_MEASURES = {
    "deaths": "dead_or_missing",
    "injured": "seriously_injured",
    "burning_h": "open_flame_hours",
}
"""What the scenarios call the measures that texts speak of, where the names differ."""
_TRAPPED_COUNT_TOO = re.compile(r"(?:死亡|失踪)[^。；]{0,16}(?:包括|含)[^。；]{0,6}被困")


def with_levels(base: Procedure, found: Sequence[FoundLevel], clauses: Sequence[Clause]) -> Procedure:
    """The levels the text announces in place of the template's, matched from the gravest down.

    A level keeps the template's conditions on measures of which the text gives it no number,
    so that an event can still tell by numbers which level it starts.
    """
    if len(found) < 2 or not base.levels:  # one level alone is a mention, not a scale
        return base
    own = sorted(base.levels, key=lambda level: -level.rank)
    text = sorted(found, key=lambda level: -level.rank)
    partner = {level.label: _label(text[min(place, len(text) - 1)]) for place, level in enumerate(own)}
    stated = {_label(level): tuple(_stated(level, own, clauses)) for level in text}
    levels = tuple(
        Level(
            id=f"L{rank}",
            label=_label(level),
            rank=rank,
            conditions=(*stated[_label(level)], *_kept(own, partner, _label(level), stated[_label(level)])),
            decided_by=level.decided_by,
            clause=level.clause,
        )
        for rank, level in enumerate(reversed(text), start=1)
    )
    tasks = tuple(replace(t, from_level=partner.get(t.from_level, t.from_level)) for t in base.tasks)
    return replace(base, levels=levels, tasks=tasks)


def _stated(level: FoundLevel, own: Sequence[Level], clauses: Sequence[Clause]) -> Iterator[Condition]:
    """The text's conditions with the measures of the scenarios; the trapped count as missing where it says so."""
    people = "people_trapped" if _asks_for(own, "people_trapped") else "trapped"
    counts_trapped = any(_TRAPPED_COUNT_TOO.search(_words(clause)) for clause in clauses)
    for condition in (each for stated in level.conditions for each in _by_number(stated)):
        named = _named(condition, people)
        yield named
        if named.measure == "dead_or_missing" and counts_trapped and _asks_for(own, people):
            yield replace(named, measure=people)


def _by_number(stated: Condition) -> tuple[Condition, ...]:
    """A condition once for each number that is enough alone, and once for each set of numbers asked for together."""
    several = together(stated)
    return several if several and not stated.measure else (*alternatives(stated), *several)


def _named(condition: Condition, people: str) -> Condition:
    """The condition with the measures as the scenarios call them."""
    measure = people if condition.measure == "trapped" else _MEASURES.get(condition.measure, condition.measure)
    return replace(condition, measure=measure, also=tuple(_named(other, people) for other in condition.also))


def _asks_for(levels: Iterable[Level], measure: str) -> bool:
    return any(condition.measure == measure for level in levels for condition in level.conditions)


def _words(clause: Clause) -> str:
    return clause.text + (clause.table.text if clause.table else "")


def _kept(
    own: Iterable[Level], partner: Mapping[str, str], label: str, stated: Sequence[Condition]
) -> Iterator[Condition]:
    numbered = {condition.measure for condition in stated} | set(_asked_together(stated))
    for level in own:
        if partner[level.label] == label:
            yield from (each for each in level.conditions if each.measure and each.measure not in numbered)


def _asked_together(stated: Iterable[Condition]) -> Iterator[str]:
    """The measures of which the text speaks in conditions that ask for several at once: the template's do not count."""
    for condition in stated:
        for words in filter(asks_together, ALTERNATIVE.split(condition.text)):
            bounds = filter(None, map(bound_in, TOGETHER.split(words)))
            yield from (_MEASURES.get(bound.measure, bound.measure) for bound in bounds)


def _label(level: FoundLevel) -> str:
    """What people call it: a grade of alarm by its full name, 三级火警; a response by its numeral."""
    return level.title if level.title.endswith("火警") else level.label
