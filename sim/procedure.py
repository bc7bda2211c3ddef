"""The executable part of a plan: tasks, the pools they draw on, targets and levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from sim.bounds import MOST_TASKS, MOST_TRIES, MOST_UNITS
from sim.circumstance import Circumstance, is_given
from sim.durations import Duration
from sim.errors import SimError
from sim.figure import Mark, above, at_least, finite, share, within, words
from sim.plain import IF_GIVEN

FORMAT = 1
ALARM = "alarm"
"""The start every run shares: minute 0."""
CLOCK_PREFIX = "clock:"
"""What a start at a hazard's clock begins with: ``clock:water``."""


class Hazard(StrEnum):
    """The kinds of event a procedure answers."""

    FLOOD = "flood"
    MINE = "mine"
    FIRE = "fire"


class TaskKind(StrEnum):
    """What a task's own minutes are."""

    WORK = "work"
    TRAVEL = "travel"
    DECISION = "decision"
    NOTIFY = "notify"
    REST = "rest"


class Outcome(StrEnum):
    """How a task ended for one entity."""

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class JoinKind(StrEnum):
    """How many predecessors a task waits for."""

    ALL = "all"
    ANY = "any"
    K_OF_N = "k_of_n"


class PoolKind(StrEnum):
    """What the units of a pool are; it decides the name of a wait for them."""

    TEAM = "team"
    VEHICLE = "vehicle"
    DECISION = "decision"
    LINE = "line"
    PLACE = "place"
    STOCK = "stock"


class PoolRule(StrEnum):
    """Which pools a refused request blocks for later ones in the same pass."""

    SHORT = "short"
    STRICT = "strict"
    FREE = "free"


class TargetKind(StrEnum):
    """What a promise is about."""

    LIMIT = "limit"
    MARGIN = "margin"
    SHARE = "share"


@dataclass(frozen=True, kw_only=True, slots=True)
class After:
    """A predecessor and the outcome of it that counts."""

    task: str
    when: Outcome = Outcome.DONE


@dataclass(frozen=True, kw_only=True, slots=True)
class Join:
    """All predecessors, any one, or *need* of them."""

    kind: JoinKind = JoinKind.ALL
    need: int = 0

    def __post_init__(self) -> None:
        if (self.kind is JoinKind.K_OF_N) != (self.need > 0):
            raise SimError("join-need", thing="join", field="need", rule=f"kind {self.kind}", value=self.need)


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """Units of a pool a task holds while it runs, or uses up if *consumes*.

    *times* names an attribute of the entity that multiplies the units (rounded up),
    such as the people of a bus load who need a shelter place each.
    """

    pool: str
    units: int = 1
    consumes: bool = False
    times: str = ""

    def __post_init__(self) -> None:
        thing = f"need {self.pool}"
        above(thing, "units", within(thing, "units", self.units, 0, MOST_UNITS), 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A step with one leading unit and its cooperating units.

    Done once, or once *per* entity of a set (a village, a bus load). It starts when
    its predecessors, its *release* clock, its *gate* and its pools allow; it is given
    up (skipped) for an entity if it has not started when the *until* clock strikes.
    *only* names an attribute an entity must have above zero for the task to concern it.
    *from_level* is the label of the lowest response level at which it is done, *spread*
    the only spread of the hazard in which it is ("" for all).
    """

    id: str
    title: str
    duration: Duration
    title_en: str = ""
    lead: str = ""
    support: tuple[str, ...] = ()
    clause: str = ""
    after: tuple[After, ...] = ()
    join: Join = Join()
    per: str = ""
    only: str = ""
    needs: tuple[Need, ...] = ()
    kind: TaskKind = TaskKind.WORK
    priority: int = 0
    preemptible: bool = False
    gate: str = ""
    release: str = ""
    until: str = ""
    process: str = ""
    tries: int = 1
    success_share: float = 1.0
    from_level: str = ""
    spread: str = ""
    hitch: str = ""
    hitch_en: str = ""

    def __post_init__(self) -> None:
        thing = f"task {self.id}"
        words(thing, "id", self.id)
        words(thing, "title", self.title)
        within(thing, "tries", self.tries, 1, MOST_TRIES)
        share(thing, "success_share", self.success_share)
        if self.join.need > len(self.after):
            raise SimError(
                "join-unreachable",
                thing=thing,
                field="join",
                rule=f"{len(self.after)} predecessors",
                value=self.join.need,
            )
        _unique(thing, "after", (edge.task for edge in self.after))
        _unique(thing, "needs", (need.pool for need in self.needs))
        if self.preemptible and any(need.consumes for need in self.needs):
            raise SimError("preemptible-consumes", thing=thing, field="preemptible", rule="must use no consumables")

    @property
    def may_be_skipped(self) -> bool:
        """Whether a run can end it as skipped."""
        return bool(self.until) or any(edge.when is not Outcome.DONE for edge in self.after)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Units added to (or, if negative, taken from) a pool at a minute of the run."""

    at_min: float
    units: int

    def __post_init__(self) -> None:
        at_least("change", "at_min", self.at_min, 0)
        within("change", "units", self.units, -MOST_UNITS, MOST_UNITS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """Interchangeable units: teams, vehicles, decision makers, phone lines, places, stock.

    Where the places of a kind (*per*: every ``station``) have units of their own, an event gives each its own pool,
    told apart by :mod:`sim.apart`: *of* is then the pool it was written as, *place* whose it is. *times* names the
    number of a place that says how many it has, *is_place* that the place itself is the unit (a crew, not a station
    with crews). A pool that *gathers* another holds as many as all its places have together, for work where they have
    come to.
    """

    id: str
    title: str
    units: int
    title_en: str = ""
    kind: PoolKind = PoolKind.TEAM
    rule: PoolRule = PoolRule.SHORT
    preemptible: bool = False
    changes: tuple[Change, ...] = ()
    clause: str = ""
    source: str = ""
    mark: Mark = Mark.TO_BE_CONFIRMED
    per: str = field(default="", metadata=IF_GIVEN)
    times: str = field(default="", metadata=IF_GIVEN)
    is_place: bool = field(default=False, metadata=IF_GIVEN)
    gathers: str = field(default="", metadata=IF_GIVEN)
    of: str = field(default="", metadata=IF_GIVEN)
    place: str = field(default="", metadata=IF_GIVEN)

    def __post_init__(self) -> None:
        words(f"pool {self.id}", "id", self.id)
        words(f"pool {self.id}", "title", self.title)
        within(f"pool {self.id}", "units", self.units, 0, MOST_UNITS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A promise of the text: what must be reached, by when, and how surely.

    ``limit``: the task ends within *limit_min* of *starts* (the alarm, the end of
    another task, or a clock written ``clock:name``), for every entity. ``margin``: it
    ends at least *limit_min* before the *clock* of every entity. ``share``: the same as
    one of these two for at least *share* of the people. *assurance* is the probability
    with which the promise must hold. *levels* are the labels of the response levels at
    which it is made, *circumstances* those of the event it is made for; empty for all.
    *proposed* is true until the author has confirmed what was read from the text.
    """

    id: str
    title: str
    task: str
    limit_min: float
    title_en: str = ""
    kind: TargetKind = TargetKind.LIMIT
    starts: str = ALARM
    clock: str = ""
    share: float = 1.0
    assurance: float = 0.90
    levels: tuple[str, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    clause: str = ""
    proposed: bool = False
    source: str = ""
    mark: Mark = Mark.PLAN

    def __post_init__(self) -> None:
        thing = f"target {self.id}"
        words(thing, "id", self.id)
        words(thing, "title", self.title)
        finite(thing, "limit_min", self.limit_min)
        if self.kind is TargetKind.MARGIN and not self.clock:
            raise SimError("target-without-clock", thing=thing, field="clock", rule="a margin is taken to a clock")
        if self.kind is TargetKind.LIMIT and self.clock:
            raise SimError("limit-with-clock", thing=thing, field="clock", rule="a limit has a start", value=self.clock)
        if not self.clock:
            at_least(thing, "limit_min", self.limit_min, 0, code="duration-negative")
        _unique(thing, "levels", self.levels)
        _unique(thing, "circumstances", self.circumstances)
        above(thing, "share", share(thing, "share", self.share), 0)
        above(thing, "assurance", share(thing, "assurance", self.assurance), 0)
        if self.assurance >= 1:
            raise SimError(
                "assurance-certain", thing=thing, field="assurance", rule="must be < 1", value=self.assurance
            )

    @property
    def start_clock(self) -> str:
        """The clock the limit is counted from, "" if it is not a clock."""
        return self.starts.removeprefix(CLOCK_PREFIX) if self.starts.startswith(CLOCK_PREFIX) else ""

    @property
    def promise(self) -> str:
        """What targets that are the cases of one promise share: their id up to the first point."""
        return self.id.partition(".")[0]

    def is_made_at(self, level: str) -> bool:
        """Whether the promise is made at a response level."""
        return not self.levels or level in self.levels

    def is_made_for(self, circumstances: Iterable[Circumstance]) -> bool:
        """Whether the promise is made for an event of these circumstances."""
        return is_given(self.circumstances, circumstances)

    @property
    def is_latest_better(self) -> bool:
        """True where a larger measured value is the better one (margins)."""
        return bool(self.clock)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """One condition of a level: by number (*measure* at least / below) or by judgement.

    *also* are others that must be met with it: 降雨≥200毫米且水位≥5.5米 is one condition of two
    numbers, and neither starts the level alone.
    """

    text: str
    measure: str = ""
    at_least: float | None = None
    below: float | None = None
    judgement: bool = False
    clause: str = ""
    also: tuple[Condition, ...] = field(default=(), metadata=IF_GIVEN)

    def __post_init__(self) -> None:
        words("condition", "text", self.text)
        if self.at_least is not None and self.below is not None and self.below <= self.at_least:
            raise SimError(
                "condition-empty",
                thing=f"condition {self.text}",
                field="below",
                rule=f"must be > {self.at_least:g}",
                value=self.below,
            )

    def is_met(self, measures: dict[str, float]) -> bool:
        """Whether the numbers of an event fulfil it; a judgement never is by itself."""
        value = measures.get(self.measure)
        if self.judgement or value is None or (self.at_least is None and self.below is None):
            return False
        is_within = (self.at_least is None or value >= self.at_least) and (self.below is None or value < self.below)
        return is_within and all(other.is_met(measures) for other in self.also)


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A response level: an ordered label; the higher the *rank*, the graver."""

    id: str
    label: str
    rank: int
    conditions: tuple[Condition, ...] = ()
    decided_by: str = ""
    clause: str = ""

    def __post_init__(self) -> None:
        words(f"level {self.id}", "label", self.label)
        at_least(f"level {self.id}", "rank", self.rank, 1)

    def met(self, measures: dict[str, float]) -> tuple[Condition, ...]:
        """The conditions that the numbers of an event fulfil."""
        return tuple(condition for condition in self.conditions if condition.is_met(measures))


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """Tasks in order, the pools they share, the promises and the levels.

    Refused when built: two things of one name, a name that is nowhere defined, a
    circle of predecessors, a task that can never start.
    """

    hazard: Hazard
    tasks: tuple[Task, ...]
    pools: tuple[Pool, ...] = ()
    targets: tuple[Target, ...] = ()
    levels: tuple[Level, ...] = ()
    spread: str = ""
    format: int = FORMAT

    def __post_init__(self) -> None:
        if not self.tasks:
            raise SimError("procedure-empty", thing="procedure", field="tasks", rule="must not be empty")
        within("procedure", "tasks", len(self.tasks), 1, MOST_TASKS)
        _unique("procedure", "task", (task.id for task in self.tasks))
        _unique("procedure", "pool", (pool.id for pool in self.pools))
        _unique("procedure", "target", (target.id for target in self.targets))
        _unique("procedure", "level", (level.id for level in self.levels))
        _unique("procedure", "level rank", (str(level.rank) for level in self.levels))
        _check_names(self)
        _check_circles(self)

    def task(self, task_id: str) -> Task:
        """The task of that id, or a refusal."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        raise SimError("task-unknown", thing="procedure", field="task", rule="must be defined", value=task_id)

    def pool(self, pool_id: str) -> Pool:
        """The pool of that id, or a refusal."""
        for pool in self.pools:
            if pool.id == pool_id:
                return pool
        raise SimError("pool-unknown", thing="procedure", field="pool", rule="must be defined", value=pool_id)

    def with_targets(self, targets: Iterable[Target]) -> Procedure:
        """The same procedure with other promises."""
        return replace(self, targets=tuple(targets))

    def with_tasks(self, tasks: Iterable[Task]) -> Procedure:
        """The same procedure with other tasks."""
        return replace(self, tasks=tuple(tasks))

    def with_units(self, units: Iterable[tuple[str, int]]) -> Procedure:
        """The same procedure with other pool sizes; a pool not named keeps its own."""
        sizes = dict(units)
        unknown = sorted(set(sizes) - {pool.id for pool in self.pools})
        if unknown:
            raise SimError("pool-unknown", thing="resource set", field="pool", rule="must be defined", value=unknown[0])
        return replace(self, pools=tuple(replace(pool, units=sizes.get(pool.id, pool.units)) for pool in self.pools))

    def level_for(self, measures: dict[str, float]) -> Level | None:
        """The gravest level of which some numeric condition is met, or None."""
        reached = [level for level in self.levels if level.met(measures)]
        return max(reached, key=lambda level: level.rank, default=None)


def _unique(thing: str, field: str, names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise SimError("name-twice", thing=thing, field=field, rule="must be unique", value=twice[0])


def _check_names(procedure: Procedure) -> None:
    """Refuse references to tasks, pools or levels that are not defined."""
    tasks = {task.id: task for task in procedure.tasks}
    pools = {pool.id for pool in procedure.pools}
    labels = {level.label for level in procedure.levels}
    for task in procedure.tasks:
        for edge in task.after:
            _check_edge(task, edge, tasks)
        for need in task.needs:
            if need.pool not in pools:
                raise SimError(
                    "pool-unknown", thing=f"task {task.id}", field="needs", rule="must be defined", value=need.pool
                )
        if task.from_level:
            _check_level(f"task {task.id}", "from_level", task.from_level, labels)
    for target in procedure.targets:
        for label in target.levels:
            _check_level(f"target {target.id}", "levels", label, labels)
        for where, name in (("task", target.task), ("starts", target.starts)):
            if name not in tasks and not (where == "starts" and (name == ALARM or target.start_clock)):
                raise SimError(
                    "task-unknown", thing=f"target {target.id}", field=where, rule="must be defined", value=name
                )


def _check_level(thing: str, field: str, label: str, labels: set[str]) -> None:
    if label not in labels:
        raise SimError("level-unknown", thing=thing, field=field, rule="must be defined", value=label)


def _check_edge(task: Task, edge: After, tasks: dict[str, Task]) -> None:
    thing = f"task {task.id}"
    if edge.task not in tasks:
        raise SimError("task-unknown", thing=thing, field="after", rule="must be defined", value=edge.task)
    before = tasks[edge.task]
    never_skipped = edge.when is Outcome.SKIPPED and not before.may_be_skipped
    never_failed = edge.when is Outcome.FAILED and before.success_share >= 1.0
    if never_skipped or never_failed:
        raise SimError(
            "task-unreachable", thing=thing, field="after", rule=f"{edge.task} is never {edge.when}", value=edge.task
        )


def _check_circles(procedure: Procedure) -> None:
    graph = {task.id: {edge.task for edge in task.after} for task in procedure.tasks}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = [str(name) for name in reversed(error.args[1])]
        raise SimError(
            "procedure-circular", thing="procedure", field="after", rule="must not lead back", value=" → ".join(circle)
        ) from error
