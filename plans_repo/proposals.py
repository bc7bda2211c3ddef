"""From the words of a plan to a procedure that can be rehearsed: template, bindings, proposed targets.

Everything made here is a proposal: the tasks are the template's, each bound to the
clause that speaks of it; the limits found in the text become targets on the tasks
whose promise they word; the levels found carry the text's own conditions. The author
confirms or changes them; until then every study says *proposed*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans_repo.importing import Recognised
from plans_repo.packs.reading import Telling, Template, template
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.levels import FoundLevel
from plans_repo.text.finding.limits import FoundLimit, LimitKind
from sim.figure import Mark
from sim.procedure import Condition, Hazard, Level, Procedure, Target, TargetKind, Task

SPREADS = {
    Hazard.FLOOD: ("river",),
    Hazard.MINE: ("gas_explosion", "water_inrush"),
    Hazard.FIRE: ("building", "forest"),
}
"""The spreads of each hazard that have a template."""

_SPREAD_WORDS = {
    "gas_explosion": ("瓦斯", "煤尘", "爆炸"),
    "water_inrush": ("透水", "水害", "突水", "水灾"),
    "building": ("建筑", "高层", "消防"),
    "forest": ("森林", "草原", "林火", "防灭火"),
}
_ALL_OF = frozenset({Hazard.MINE})
"""Hazards whose one plan answers several spreads; of the others it answers the one it speaks of most."""

NEAR = 26
"""Characters on either side of a span of time that say what it promises."""
TITLE_WEIGHT = 4
START_WEIGHT = 6
"""What it counts that a limit starts where the promise does; about a word of three characters."""
SOURCE_MOST = 200
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_AHEAD = re.compile(
    r"(?:到达|来临|抵达|受灾|影响|进水|发生|可能影响|威胁)(?:[^。，；、\d]{0,6})前(?P<amount>\d+(?:\.\d+)?)(?P<unit>小时|分钟)"
)
_OFFICE_HOURS = re.compile(r"(?<!非)(?:办公|工作|上班)时间[^，。；、]{0,4}$")
_UNBINDABLE = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A procedure proposed for a text, and the limits for which no task was found."""

    procedure: Procedure
    unbound: tuple[FoundLimit, ...]


def procedure_for(recognised: Recognised) -> Procedure | None:
    """The procedure proposed for what was read, for the importer; None where the plan answers no single hazard."""
    if recognised.hazard is None:
        return None
    return propose(
        recognised.hazard, recognised.clauses, recognised.levels, recognised.time_limits, title=recognised.title
    ).procedure


def propose(
    hazard: Hazard,
    clauses: Sequence[Clause],
    levels: Sequence[FoundLevel],
    limits: Sequence[FoundLimit],
    *,
    title: str = "",
) -> Proposal:
    """The procedure proposed for a text of that hazard."""
    templates = [template(spread) for spread in spreads_of(hazard, title, clauses)]
    base = _with_levels(combined([item.procedure for item in templates]), levels)
    targets, unbound = _targets(base, templates, limits, clauses)
    promised = {target.task: target.clause for target in reversed(targets) if target.clause}
    words = {telling.id: telling.words for item in templates for telling in item.tasks}
    tasks = (
        replace(task, clause=promised.get(task.id) or clause_speaking(words.get(_plain_id(task.id), ()), clauses))
        for task in base.tasks
    )
    return Proposal(procedure=base.with_tasks(tasks).with_targets(targets), unbound=unbound)


def _plain_id(name: str) -> str:
    """The id a task or target has in its own template.

    >>> _plain_id("G9.water_inrush")
    'G9'
    """
    return name.partition(".")[0]


def spreads_of(hazard: Hazard, title: str, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The spreads a text speaks of: all for a mine plan, else the one it names most, the title first."""
    known = SPREADS[hazard]
    text = "".join(clause.title + clause.text for clause in clauses)
    counts = {
        spread: sum(text.count(word) + 1000 * title.count(word) for word in _SPREAD_WORDS.get(spread, ()))
        for spread in known
    }
    if hazard in _ALL_OF:
        return tuple(spread for spread in known if counts[spread]) or known
    return (max(known, key=lambda spread: counts[spread]),)


def combined(procedures: Sequence[Procedure]) -> Procedure:
    """One procedure of several spreads: what they share once, the rest marked with its spread."""
    if len(procedures) == 1:
        return procedures[0]
    shared = _shared(procedures)
    tasks: dict[str, Task] = {task.id: task for task in procedures[0].tasks if task.id in shared}
    targets: dict[str, Target] = {}
    for procedure in procedures:
        names = {task.id: _free(task.id, procedure.spread, tasks, shared) for task in procedure.tasks}
        own = (task for task in procedure.tasks if task.id not in shared)
        tasks |= {names[task.id]: _renamed(task, names, procedure.spread) for task in own}
        for target in (_retargeted(target, names) for target in procedure.targets):
            if target not in targets.values():
                name = _free(target.id, procedure.spread, targets, frozenset())
                targets[name] = replace(target, id=name)
    pools = {pool.id: pool for procedure in reversed(procedures) for pool in procedure.pools}
    return replace(
        procedures[0],
        spread="",
        tasks=tuple(tasks.values()),
        pools=tuple(pools.values()),
        targets=tuple(targets.values()),
    )


def _shared(procedures: Sequence[Procedure]) -> frozenset[str]:
    """Tasks that are the same in all procedures, together with everything they wait for."""
    same = {task.id for task in procedures[0].tasks if all(task in other.tasks for other in procedures[1:])}
    while True:
        kept = {task.id for task in procedures[0].tasks if task.id in same and all(e.task in same for e in task.after)}
        if kept == same:
            return frozenset(kept)
        same = kept


def _free(name: str, spread: str, taken: Mapping[str, object], shared: frozenset[str]) -> str:
    return f"{name}.{spread}" if name in taken and name not in shared else name


def _renamed(task: Task, names: Mapping[str, str], spread: str) -> Task:
    after = tuple(replace(edge, task=names[edge.task]) for edge in task.after)
    return replace(task, id=names[task.id], spread=spread, after=after)


def _retargeted(target: Target, names: Mapping[str, str]) -> Target:
    return replace(target, task=names[target.task], starts=names.get(target.starts, target.starts))


def _with_levels(base: Procedure, found: Sequence[FoundLevel]) -> Procedure:
    """The levels the text announces in place of the template's, matched from the gravest down.

    A level keeps the template's measured conditions beside the text's own sentences, so
    that an event can still tell by numbers which level it starts.
    """
    if len(found) < 2 or not base.levels:  # one level alone is a mention, not a scale
        return base
    own = sorted(base.levels, key=lambda level: -level.rank)
    text = sorted(found, key=lambda level: -level.rank)
    partner = {level.label: text[min(place, len(text) - 1)].label for place, level in enumerate(own)}
    levels = tuple(
        Level(
            id=f"L{rank}",
            label=level.label,
            rank=rank,
            conditions=(*level.conditions, *_measured(own, partner, level.label)),
            decided_by=level.decided_by,
            clause=level.clause,
        )
        for rank, level in enumerate(reversed(text), start=1)
    )
    tasks = tuple(replace(t, from_level=partner.get(t.from_level, t.from_level)) for t in base.tasks)
    return replace(base, levels=levels, tasks=tasks)


def _measured(own: Iterable[Level], partner: Mapping[str, str], label: str) -> Iterator[Condition]:
    for level in own:
        if partner[level.label] == label:
            yield from (condition for condition in level.conditions if condition.measure)


def clause_speaking(words: Sequence[str], clauses: Iterable[Clause]) -> str:
    """The id of the clause that speaks most of these words, a title counting most; "" if none does."""
    best, where = 0, ""
    for clause in clauses:
        if clause.kind in _UNBINDABLE:
            continue
        score = sum(len(word) * (TITLE_WEIGHT * (word in clause.title) + (word in clause.text)) for word in words)
        if score > best:
            best, where = score, clause.id
    return where


def _targets(
    procedure: Procedure, templates: Sequence[Template], limits: Sequence[FoundLimit], clauses: Sequence[Clause]
) -> tuple[tuple[Target, ...], tuple[FoundLimit, ...]]:
    """A target for each promise the text words, then the races no text gives in minutes.

    A promise of the template takes the limit that words it best; of two worded alike it
    takes the first, except that a limit for office hours gives way to the one for the rest
    of the day, which holds at any hour. What is left over is unbound.
    """
    tellings = {telling.id: telling for item in templates for telling in item.targets}
    titles = {clause.id: clause.title for clause in clauses}
    claims: dict[str, tuple[int, FoundLimit]] = {}
    for limit in limits:
        score, target = _promised(procedure, limit, tellings, titles.get(limit.clause, ""))
        if target is not None and score > claims.get(target.id, (0, limit))[0]:
            claims[target.id] = (score, limit)
    bound = {name: limit for name, (_, limit) in claims.items()}
    made = tuple(_made(procedure, bound, tellings, clauses))
    taken = set(bound.values())
    return made, tuple(limit for limit in limits if limit not in taken)


def _made(
    procedure: Procedure,
    bound: Mapping[str, FoundLimit],
    tellings: Mapping[str, Telling],
    clauses: Sequence[Clause],
) -> Iterator[Target]:
    for target in procedure.targets:
        if target.id in bound:
            yield _worded(target, bound[target.id])
        elif target.kind is not TargetKind.LIMIT:
            yield _race(target, tellings[_plain_id(target.id)].words, clauses)
        elif not bound:
            yield replace(target, proposed=True)


def _promised(
    procedure: Procedure, limit: FoundLimit, tellings: Mapping[str, Telling], title: str
) -> tuple[int, Target | None]:
    """The template target whose words stand nearest to the limit, with its score; None if no word of any does."""
    if limit.kind is not LimitKind.RESPONSE:
        return 0, None
    best: tuple[int, Target | None] = (0, None)
    for target in procedure.targets:
        score = 0 if target.clock else _score(limit, tellings[_plain_id(target.id)], title)
        if score > best[0]:
            best = (score, target)
    return best


def _score(limit: FoundLimit, telling: Telling, title: str) -> int:
    """How strongly a limit words a promise: characters of its words near the span of time, a title counting once."""
    near = limit.text[max(0, limit.at - NEAR) : limit.at + NEAR].replace(limit.starts or "\0", "")
    score = sum(2 * len(word) for word in telling.words if word in near)
    if telling.starts and limit.starts_kind.value in telling.starts:
        score += START_WEIGHT
    if score and _OFFICE_HOURS.search(limit.text, 0, limit.at):
        score -= 1
    return score + sum(len(word) for word in telling.words if word in title) * bool(score)


def _worded(target: Target, limit: FoundLimit) -> Target:
    return replace(
        target,
        limit_min=limit.minutes,
        clause=limit.clause,
        proposed=True,
        source=limit.text.strip()[:SOURCE_MOST],
        mark=Mark.PLAN,
    )


def _race(target: Target, words: Sequence[str], clauses: Sequence[Clause]) -> Target:
    """A race target with the margin the text gives ("洪水到达前2小时"), or as the template recommends it."""
    for clause in clauses:
        for sentence in _SENTENCE.findall(clause.text) if target.clock and clause.kind not in _UNBINDABLE else ():
            ahead = [
                match for match in _AHEAD.finditer(sentence) if any(word in _around(sentence, match) for word in words)
            ]
            if ahead:
                minutes = float(ahead[0]["amount"]) * (60.0 if ahead[0]["unit"] == "小时" else 1.0)
                source = sentence.strip()[:SOURCE_MOST]
                return replace(
                    target, limit_min=minutes, clause=clause.id, proposed=True, source=source, mark=Mark.PLAN
                )
    return replace(target, proposed=True, clause="")


def _around(sentence: str, match: re.Match[str]) -> str:
    """The words a span of time ahead of something belongs to: those of its own part of the sentence."""
    before = max(sentence.rfind(mark, 0, match.start()) for mark in "；;")
    cut = [place for mark in "；;" if (place := sentence.find(mark, match.end())) >= 0]
    return sentence[before + 1 : min(cut, default=len(sentence))]
