"""Several events in one run: a chain of hazards, or events at the same time, on the same pools.

Each part is an event of its own with its own procedure and its own minute of beginning; what the parts share is
the people and the stock. The second plan starts with what the first has left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import TypeVar

from sim.apart import standing
from sim.errors import SimError
from sim.failing import with_failures
from sim.failures import Failure
from sim.figure import above, at_least, words
from sim.hazards.contribution import Clock
from sim.hazards.models import contribution_of
from sim.joining import BEGINS, Following, JoinedPart, join, larger, renamed
from sim.network import NOBODY, Network
from sim.plain import IF_GIVEN
from sim.procedure import Pool, Procedure, Target, Task
from sim.question import Question, asked_targets, equipped
from sim.scenario import ResourceSet, Scenario

_Named = TypeVar("_Named", Task, Target)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """What sets a part off: a clock of an earlier part, and so many minutes after it strikes."""

    clock: str
    part: str = ""
    entity: str = ""
    delay_min: float = 0.0

    def __post_init__(self) -> None:
        words("trigger", "clock", self.clock)
        at_least("trigger", "delay_min", self.delay_min, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One event of several, from *start_min* of the run on.

    *id* goes before the names of its tasks, targets, clocks and places (``mine:G9``);
    the leading part may have none and keeps its names. *trigger* says what its minute follows from, if it does.
    Where chance moves the trigger's clock, the part *follows* it in every run, and *start_min* is only the
    middling case; :func:`set_off` settles both. What was kept before there was *follows* starts at its minute.
    """

    id: str
    scenario: Scenario
    start_min: float = 0.0
    trigger: Trigger | None = field(default=None, metadata=IF_GIVEN)
    follows: bool = field(default=False, metadata=IF_GIVEN)

    def __post_init__(self) -> None:
        at_least(f"part {self.id}", "start_min", self.start_min, 0)
        if any(sign in self.id for sign in ":.@/") or self.id == "clock":
            raise SimError("part-name-unfit", thing="part", field="id", rule="must have none of : . @ /", value=self.id)
        if self.follows and self.trigger is None:
            raise SimError("trigger-missing", thing=f"part {self.id}", field="trigger", rule="must say what it follows")

    @property
    def following(self) -> Following | None:
        """The clock it follows in every run, by its name in the joined network; None where it starts at a minute."""
        if not self.follows or self.trigger is None:
            return None
        clock, entity = (renamed(self.trigger.part, name) for name in (self.trigger.clock, self.trigger.entity))
        return Following(clock=clock, entity=entity, delay_min=self.trigger.delay_min)


@dataclass(frozen=True, kw_only=True, slots=True)
class Compound:
    """Events that happen in one run, up to *horizon_min* after the first begins.

    *failures* name things as the joined network does: pools by their id, places with the
    id of their part before them.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    horizon_min: float
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    failures: tuple[Failure, ...] = ()

    def __post_init__(self) -> None:
        thing = f"compound event {self.id}"
        words(thing, "id", self.id)
        words(thing, "title", self.title)
        above(thing, "horizon_min", self.horizon_min, 0)
        if not self.parts:
            raise SimError("compound-empty", thing=thing, field="parts", rule="must not be empty")
        twice = [name for name, count in Counter(part.id for part in self.parts).items() if count > 1]
        if twice:
            raise SimError("name-twice", thing=thing, field="part", rule="must be unique", value=twice[0])
        for part in self.parts:
            above(thing, "horizon_min", self.horizon_min, part.start_min)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountsApart:
    """A shared pool of which the procedures say different numbers: the count that holds, and the units by part."""

    pool: Pool
    units: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class CompoundQuestion(Question):
    """What a study of several events asks; made by :func:`question_of`."""

    compound: Compound
    parts: tuple[Question, ...]

    def __post_init__(self) -> None:
        """Nothing: the pools of the parts were told apart part by part."""

    @property
    def procedures(self) -> dict[str, Procedure]:
        """The procedure that answers each part."""
        return {part.id: asked.procedure for part, asked in zip(self.compound.parts, self.parts, strict=True)}

    def with_resources(self, resources: ResourceSet) -> CompoundQuestion:
        """The same events and procedures with other units."""
        changed = question_of(self.compound, self.procedures, resources)
        for before, after in zip(self.parts, changed.parts, strict=True):
            if before.fitted == after.fitted:
                after.__dict__["contribution"] = before.contribution
        return changed

    def with_procedures(self, procedures: Mapping[str, Procedure]) -> CompoundQuestion:
        """The same events and units with other procedures for some parts."""
        return question_of(self.compound, self.procedures | dict(procedures), self.resources)

    def with_values(self, values: Mapping[str, float]) -> CompoundQuestion:
        """The same with other values of some parameters, named by part as its tasks are (``dam:breach_min``)."""
        parts = {part.id: part for part in self.compound.parts}
        for name, value in values.items():
            of, _sign, own = name.rpartition(":")
            part = parts.get(of)
            if part is None:
                raise SimError("number-missing", thing=f"compound event {self.compound.id}", field=name,
                               rule="must be given")  # fmt: skip
            parts[of] = replace(part, scenario=part.scenario.with_value(own, value))
        changed = set_off(replace(self.compound, parts=tuple(parts.values())))
        kept = (replace(new, follows=parts[new.id].follows) for new in changed.parts)
        return question_of(replace(changed, parts=tuple(kept)), self.procedures, self.resources)

    @cached_property
    def counts_apart(self) -> tuple[CountsApart, ...]:
        """The pools all parts share of which their procedures do not say the same number, in the order they come."""
        found: dict[str, dict[str, Pool]] = {}
        for part, question in zip(self.compound.parts, self.parts, strict=True):
            for pool, owner in zip(question.network.pools, _owners(question, part.id), strict=True):
                if not owner:
                    found.setdefault(pool.id, {})[part.id] = pool
        return tuple(
            CountsApart(
                pool=reduce(larger, counts.values()), units=tuple((p, each.units) for p, each in counts.items())
            )
            for counts in found.values()
            if len({each.units for each in counts.values()}) > 1
        )

    @cached_property
    def level(self) -> str:
        """The labels of the response levels the parts start, in their order."""
        return "、".join(part.level for part in self.parts if part.level)

    @cached_property
    def network(self) -> Network:
        """One network of all parts, in which what is to fail fails."""
        joined = join(
            [
                JoinedPart(
                    name=part.id,
                    start_min=0.0 if part.follows else part.start_min,
                    network=question.network,
                    own_pools=_owners(question, part.id),
                    following=part.following,
                )
                for part, question in zip(self.compound.parts, self.parts, strict=True)
            ]
        )
        pools = frozenset(pool.id for pool in joined.pools)
        for part in self.compound.parts:
            begins = joined.moment_of(renamed(part.id, BEGINS), "") if part.follows else NOBODY
            joined = with_failures(joined, _failures(part, pools), after=begins)
        return with_failures(joined, self.compound.failures)


def question_of(compound: Compound, procedures: Mapping[str, Procedure], resources: ResourceSet) -> CompoundQuestion:
    """What a study of several events asks, with the procedure that answers each part by the part's id."""
    parts = []
    for part in compound.parts:
        if part.id not in procedures:
            raise SimError("part-without-procedure", thing=f"compound event {compound.id}", field="part", value=part.id)
        alone = replace(part.scenario, horizon_min=compound.horizon_min, failures=())
        parts.append(Question(procedure=procedures[part.id], scenario=alone, resources=resources))
    leading = compound.parts[0].scenario
    return CompoundQuestion(
        compound=compound,
        parts=tuple(parts),
        procedure=_procedure(compound, parts),
        scenario=replace(
            leading,
            id=compound.id,
            title=compound.title,
            title_en=compound.title_en,
            summary=compound.summary,
            summary_en=compound.summary_en,
            horizon_min=compound.horizon_min,
            level="",
            measures=(),
            failures=(),
        ),
        resources=resources,
    )


def set_off(compound: Compound) -> Compound:
    """The event with every triggered part as its trigger has it; refused where there is no such clock.

    A part follows a clock that chance moves, or that belongs to a part which itself follows one; a clock without
    chance gives one minute for all runs. A trigger names an earlier part, so that nothing sets itself off.
    """
    done: dict[str, Part] = {}
    for part in compound.parts:
        done[part.id] = replace(part, follows=False) if part.trigger is None else _set_off(part, part.trigger, done)
    return replace(compound, parts=tuple(done.values()))


def _set_off(part: Part, trigger: Trigger, earlier: Mapping[str, Part]) -> Part:
    if trigger.part not in earlier:
        raise SimError("trigger-unknown", thing=f"part {part.id}", field="part", rule="must be an earlier part",
                       value=trigger.part)  # fmt: skip
    before = earlier[trigger.part]
    for clock in contribution_of(before.scenario).clocks:
        if clock.name == trigger.clock and clock.entity == trigger.entity:
            start_min = before.start_min + strike_min(clock) + trigger.delay_min
            return replace(part, start_min=start_min, follows=before.follows or is_moved(clock))
    raise SimError("trigger-unknown", thing=f"part {part.id}", field="clock", rule="must be a clock of that part",
                   value=f"{trigger.clock}@{trigger.entity}".rstrip("@"))  # fmt: skip


def strike_min(clock: Clock, at_share: float = 0.5) -> float:
    """When a clock strikes if its draw stands at that share of its law, in minutes of its own event.

    >>> strike_min(Clock(name="level", base_min=60.0, offset_min=-10.0))
    50.0
    """
    draw = clock.law.quantile_min(at_share) if clock.law else 1.0
    return max(0.0, clock.base_min * draw + clock.offset_min)


def is_moved(clock: Clock) -> bool:
    """Whether chance moves a clock from run to run."""
    return clock.base_min != 0 and strike_min(clock, 0.001) != strike_min(clock, 0.999)


def _failures(part: Part, pools: frozenset[str]) -> list[Failure]:
    """A part's own failures by the joined names, at the run's minutes, or at its own where it follows a clock."""
    return [_moved(part, failure, is_shared=failure.of in pools) for failure in part.scenario.failures]


def _moved(part: Part, failure: Failure, *, is_shared: bool) -> Failure:
    by_min = 0.0 if part.follows else part.start_min
    return replace(
        failure,
        of=failure.of if is_shared else renamed(part.id, failure.of),
        from_min=failure.from_min + by_min,
        until_min=None if failure.until_min is None else failure.until_min + by_min,
    )


def _owners(question: Question, part: str) -> tuple[str, ...]:
    """For each pool of a part's network the place it serves alone, "" for everybody.

    A station answers all events, and its own pool goes by its name; what has come to one event is there alone.
    """
    known = [pool.id for pool in question.procedure.pools]
    local = [own.entity for own in question.contribution.local_pools if own.pool in known]
    common = [f"{part}:" if pool.gathers else "" for pool in standing(question.procedure)]
    return (*common, *local)


# -- one procedure to look things up in --------------------------------------------------


def _procedure(compound: Compound, parts: list[Question]) -> Procedure:
    """All tasks and the promises that are asked, under the joined names; levels were settled part by part."""
    pools: dict[str, Pool] = {}
    for part in parts:
        for pool in equipped(part.procedure, part.resources).pools:
            pools[pool.id] = larger(pools.get(pool.id, pool), pool)
    alike = _shared([part.scenario.title] for part in compound.parts)
    shared = _shared([[task.title for task in part.procedure.tasks] for part in parts])
    promised = _shared([[target.title for target in asked_targets(part)] for part in parts])
    return replace(
        parts[0].procedure,
        spread="",
        levels=(),
        pools=tuple(pools.values()),
        tasks=tuple(
            replace(
                _titled(part, task, shared, alike),
                id=renamed(part.id, task.id),
                after=tuple(replace(edge, task=renamed(part.id, edge.task)) for edge in task.after),
                from_level="",
            )
            for part, question in zip(compound.parts, parts, strict=True)
            for task in question.procedure.tasks
        ),
        targets=tuple(
            _titled(part, _target(part, target), promised, alike)
            for part, question in zip(compound.parts, parts, strict=True)
            for target in asked_targets(question)
        ),
    )


def _shared(titles: Iterable[Iterable[str]]) -> frozenset[str]:
    """The titles that more than one of them has."""
    counted = Counter(title for each in titles for title in set(each))
    return frozenset(title for title, count in counted.items() if count > 1)


def _titled(part: Part, named: _Named, shared: frozenset[str], alike: frozenset[str]) -> _Named:
    """The same with the event in its titles, where another event has one of that title.

    The id of the part tells events that are themselves called *alike*.
    """
    if named.title not in shared:
        return named
    event = part.scenario
    sign = f" {part.id}" if event.title in alike and part.id else ""
    english = f"{named.title_en} ({event.title_en or event.title}{sign})" if named.title_en else ""
    return replace(named, title=f"{named.title}（{event.title}{sign}）", title_en=english)


def _target(part: Part, target: Target) -> Target:
    """The promise under the joined names; what counted from the alarm counts from the part's own beginning."""
    starts = renamed(part.id, target.starts)
    if target.start_clock:
        starts = f"clock:{renamed(part.id, target.start_clock)}"
    elif target.starts == "alarm":
        is_later = part.follows or part.start_min > 0
        starts = f"clock:{renamed(part.id, BEGINS)}" if is_later else "alarm"
    return replace(
        target,
        id=renamed(part.id, target.id),
        task=renamed(part.id, target.task),
        starts=starts,
        clock=renamed(part.id, target.clock),
        levels=(),
        circumstances=(),
    )
