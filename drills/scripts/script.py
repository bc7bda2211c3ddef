"""The script of a drill as a value: what it is meant to show, what is put into play when, what is expected of whom."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from drills.errors import DrillError
from drills.scripts.condition import Condition
from sim.figure import at_least, finite, share, words
from sim.plain import digest

FORMAT = 1
MOST_INJECTS = 30_000
MOST_TEXT = 4000
START = ""
"""What a limit counts from where it names no inject and no action: the start of play."""
T = TypeVar("T")


class Timing(StrEnum):
    """What releases an inject."""

    TIMED = "timed"  # 定时
    HELD = "held"  # 备用，由导调员手动下达
    CONDITIONAL = "conditional"  # 满足条件时


class Channel(StrEnum):
    """How an inject reaches those it is for (下达方式)."""

    MESSAGE = "message"  # 系统消息
    PHONE = "phone"  # 电话
    RADIO = "radio"  # 电台
    CARD = "card"  # 任务卡
    FACE = "face"  # 当面
    MEDIA = "media"  # 模拟媒体


class Standing(StrEnum):
    """Whether somebody answers for an inject: only approved ones are released by themselves."""

    DRAFT = "draft"  # 待审
    APPROVED = "approved"  # 已审定


@dataclass(frozen=True, kw_only=True)
class Objective:
    """What the drill is meant to show: who, under which condition, does what, by which standard, with what effect.

    *measure* is what is measured, *value* and *unit* what it must come to; *target* is the promise of the plan it
    rests on, *clause* where that stands.
    """

    id: str
    who: str
    condition: str
    task: str
    standard: str
    effect: str
    measure: str = ""
    value: float | None = None
    unit: str = ""
    clause: str = ""
    target: str = ""

    def __post_init__(self) -> None:
        words(f"objective {self.id}", "id", self.id)
        if self.value is not None:
            finite(f"objective {self.id}", "value", self.value)

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts nobody has filled in (guide 62, 3.1: who, condition, task, standard, effect, measurable)."""
        parts = ("who", "condition", "task", "standard", "effect", "measure", "unit")
        return tuple(name for name in parts if not getattr(self, name).strip()) + (
            ("value",) if self.value is None else ()
        )


@dataclass(frozen=True, kw_only=True)
class ExpectedAction:
    """What competent players do, and by when.

    *limit_min* counts from *since*: the release of that inject, the end of that other action, or the start of play.
    *p10_min*, *p50_min* and *p90_min* are when simulation ended the *task*, counted from the start of play;
    *met_share* is the share of the runs that kept the promise the limit is from.
    *sign* is by what an evaluator sees that it is done.
    """

    id: str
    number: str
    title: str
    unit: str = ""
    title_en: str = ""
    task: str = ""
    clause: str = ""
    target: str = ""
    objective: str = ""
    limit_min: float | None = None
    since: str = START
    p10_min: float | None = None
    p50_min: float | None = None
    p90_min: float | None = None
    met_share: float | None = None
    sign: str = ""

    def __post_init__(self) -> None:
        thing = f"expected action {self.number}"
        words(thing, "id", self.id)
        words(thing, "number", self.number)
        words(thing, "title", self.title)
        for field in ("limit_min", "p10_min", "p50_min", "p90_min"):
            if getattr(self, field) is not None:
                at_least(thing, field, finite(thing, field, getattr(self, field)), 0)
        if self.met_share is not None:
            share(thing, "met_share", self.met_share)


@dataclass(frozen=True, kw_only=True)
class Inject:
    """One piece of information or change put into play.

    Timed ones have *at_min* on the drill clock, conditional ones a *condition*, held ones neither. *expects* names the
    actions it asks for; *note* is for control staff, *cue* for evaluators; neither is shown to players. *origin* says
    what it was made from: ``clock:water``, ``failure:1``, "" where somebody wrote it.
    """

    id: str
    number: str
    title: str
    text: str
    timing: Timing = Timing.TIMED
    at_min: float | None = None
    condition: Condition | None = None
    sender: str = ""
    to: tuple[str, ...] = ()
    channel: Channel = Channel.MESSAGE
    expects: tuple[str, ...] = ()
    objective: str = ""
    clause: str = ""
    controller: str = ""
    cue: str = ""
    note: str = ""
    title_en: str = ""
    text_en: str = ""
    origin: str = ""
    standing: Standing = Standing.DRAFT

    def __post_init__(self) -> None:
        thing = f"inject {self.number}"
        words(thing, "id", self.id)
        words(thing, "number", self.number)
        words(thing, "title", self.title)
        if (self.timing is Timing.TIMED) != (self.at_min is not None):
            raise DrillError("inject-time-missing", thing=self.number, field="at_min",
                             rule="a timed inject has a minute", value=self.at_min)  # fmt: skip
        if (self.timing is Timing.CONDITIONAL) != (self.condition is not None):
            raise DrillError("inject-condition-missing", thing=self.number, field="condition",
                             rule="a conditional inject has a condition")  # fmt: skip
        if self.at_min is not None and not 0 <= self.at_min < float("inf"):
            raise DrillError("inject-before-start", thing=self.number, field="at_min", rule="must be >= 0",
                             value=self.at_min)  # fmt: skip
        if max(len(self.text), len(self.text_en), len(self.note), len(self.cue)) > MOST_TEXT:
            raise DrillError("inject-text-long", thing=self.number, field="text", rule=f"at most {MOST_TEXT}",
                             most=MOST_TEXT)  # fmt: skip

    @property
    def content(self) -> str:
        """The digest of what is put into play: what an approval answers for."""
        return digest(replace(self, standing=Standing.DRAFT))


@dataclass(frozen=True, kw_only=True)
class SimulatedState:
    """A value of the simulated event over the drill clock, as conditions ask for it: the last one that began counts.

    >>> SimulatedState(name="growth:level", title="水位", minutes=(0, 30), values=(4.0, 5.5)).at(29)
    4.0
    """

    name: str
    title: str
    minutes: tuple[float, ...]
    values: tuple[float, ...]
    title_en: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.minutes or len(self.minutes) != len(self.values) or sorted(self.minutes) != list(self.minutes):
            raise DrillError("state-uneven", thing=self.title, field="values", rule="one value a minute, in order")
        for field in ("minutes", "values"):  # whole numbers read back as floats
            object.__setattr__(self, field, tuple(map(float, getattr(self, field))))

    def at(self, minute: float) -> float:
        """The value at a minute; before the first one, the first."""
        return self.values[max(bisect_right(self.minutes, minute) - 1, 0)]


@dataclass(frozen=True, kw_only=True)
class Script:
    """Objectives, injects and expected actions of one drill; refused when built if they do not fit together.

    *plan* and *version* say which text it was made from, *scenario* which event, *study* whose bands it shows,
    *level* the response level it is played at, *minute_zero* what minute 0 of the event is on the drill clock.
    """

    duration_min: float
    plan: str = ""
    version: str = ""
    scenario: str = ""
    study: str = ""
    level: str = ""
    objectives: tuple[Objective, ...] = ()
    injects: tuple[Inject, ...] = ()
    actions: tuple[ExpectedAction, ...] = ()
    states: tuple[SimulatedState, ...] = ()
    format: int = FORMAT

    def __post_init__(self) -> None:
        at_least("script", "duration_min", finite("script", "duration_min", self.duration_min), 1)
        if len(self.injects) > MOST_INJECTS:
            raise DrillError("injects-too-many", thing="script", field="injects", rule=f"at most {MOST_INJECTS}",
                             value=len(self.injects), most=MOST_INJECTS)  # fmt: skip
        _refuse_twice(self)
        _refuse_unknown(self)
        for inject in self.injects:
            if inject.at_min is not None and inject.at_min > self.duration_min:
                raise DrillError("inject-after-end", thing=inject.number, field="at_min",
                                 rule=f"must be <= {self.duration_min:g}", value=inject.at_min,
                                 end=self.duration_min)  # fmt: skip
        _refuse_circles(self)

    @cached_property
    def hash(self) -> str:
        """The digest of the whole."""
        return digest(self)

    def inject(self, inject_id: str) -> Inject:
        """The inject of that id, or a refusal."""
        return _found(self._injects, inject_id, "script-inject-unknown")

    def action(self, action_id: str) -> ExpectedAction:
        """The expected action of that id, or a refusal."""
        return _found(self._actions, action_id, "script-action-unknown")

    def state_at(self, name: str, minute: float) -> float:
        """A simulated value at a minute of the drill clock."""
        return _found({state.name: state for state in self.states}, name, "script-state-unknown").at(minute)

    def expected_of(self, inject: Inject) -> tuple[ExpectedAction, ...]:
        """The actions an inject asks for, in their order."""
        return tuple(self.action(name) for name in inject.expects)

    def asking_for(self, action_id: str) -> tuple[Inject, ...]:
        """The injects that ask for an action."""
        return tuple(inject for inject in self.injects if action_id in inject.expects)

    @property
    def in_order(self) -> tuple[Inject, ...]:
        """The injects as a controller reads them: timed ones by the clock, then conditional, then held ones."""
        order = (Timing.TIMED, Timing.CONDITIONAL, Timing.HELD)
        return tuple(sorted(self.injects, key=lambda one: (order.index(one.timing), one.at_min or 0.0)))

    def with_inject(self, inject: Inject) -> Script:
        """The same with *inject* in place of the one of its id, or behind the others."""
        return replace(self, injects=_put(self.injects, inject, lambda one: one.id))

    def with_action(self, action: ExpectedAction) -> Script:
        """The same with *action* in place of the one of its id, or behind the others."""
        return replace(self, actions=_put(self.actions, action, lambda one: one.id))

    def with_objective(self, objective: Objective) -> Script:
        """The same with *objective* in place of the one of its id, or behind the others."""
        return replace(self, objectives=_put(self.objectives, objective, lambda one: one.id))

    def without_inject(self, inject_id: str) -> Script:
        """The same without an inject; refused while something refers to it."""
        number = self.inject(inject_id).number
        counting = [one.number for one in self.actions if one.since == inject_id]
        waiting = [one.number for one in self.injects if one.condition and inject_id in one.condition.injects]
        _refuse_needed(number, [*counting, *waiting])
        return replace(self, injects=tuple(one for one in self.injects if one.id != inject_id))

    def without_action(self, action_id: str) -> Script:
        """The same without an expected action, which no inject asks for any more; refused while a limit or a
        condition refers to it."""
        number = self.action(action_id).number
        counting = [one.number for one in self.actions if one.since == action_id]
        waiting = [one.number for one in self.injects if one.condition and action_id in one.condition.actions]
        _refuse_needed(number, [*counting, *waiting])
        asking = tuple(
            replace(one, expects=tuple(name for name in one.expects if name != action_id), standing=Standing.DRAFT)
            if action_id in one.expects
            else one
            for one in self.injects
        )
        return replace(self, injects=asking, actions=tuple(one for one in self.actions if one.id != action_id))

    def without_objective(self, objective_id: str) -> Script:
        """The same without an objective; refused while an inject or an action serves it."""
        gone = next((one for one in self.objectives if one.id == objective_id), None)
        serving = [one.number for one in self.injects if one.objective == objective_id]
        serving += [one.number for one in self.actions if one.objective == objective_id]
        _refuse_needed(gone.task if gone else objective_id, serving)
        return replace(self, objectives=tuple(one for one in self.objectives if one.id != objective_id))

    @cached_property
    def _injects(self) -> dict[str, Inject]:
        return {inject.id: inject for inject in self.injects}

    @cached_property
    def _actions(self) -> dict[str, ExpectedAction]:
        return {action.id: action for action in self.actions}


def _put(several: tuple[T, ...], one: T, key: Callable[[T], str]) -> tuple[T, ...]:
    if any(key(each) == key(one) for each in several):
        return tuple(one if key(each) == key(one) else each for each in several)
    return (*several, one)


def _found(several: dict[str, T], name: str, code: str) -> T:
    if name not in several:
        raise DrillError(code, thing="script", rule="must be in the script", value=name)
    return several[name]


def _refuse_needed(number: str, referring: list[str]) -> None:
    """Refuse to take out what others refer to."""
    if referring:
        raise DrillError("script-part-needed", thing=number, rule="must not be referred to", value=referring[0],
                         numbers=tuple(referring))  # fmt: skip


def _refuse_twice(script: Script) -> None:
    """Refuse two of one id or number."""
    ids = [one.id for one in script.injects] + [one.id for one in script.actions]
    for field, names in (
        ("id", [*ids, *(one.id for one in script.objectives)]),
        ("inject number", [one.number for one in script.injects]),
        ("action number", [one.number for one in script.actions]),
        ("state", [one.name for one in script.states]),
    ):
        twice = next((name for name, count in Counter(names).items() if count > 1), None)
        if twice is not None:
            raise DrillError("script-name-twice", thing="script", field=field, rule="must be unique", value=twice)


def _refuse_unknown(script: Script) -> None:
    """Refuse a name that stands for nothing in the script."""
    injects, actions = {one.id for one in script.injects}, {one.id for one in script.actions}
    objectives, states = {one.id for one in script.objectives}, {one.name for one in script.states}
    for number, field, names, known in _names(script, injects, actions, objectives, states):
        stray = next((name for name in names if name not in known), None)
        if stray is not None:
            raise DrillError("script-name-unknown", thing=number, field=field, rule="must be in the script",
                             value=stray)  # fmt: skip


def _names(
    script: Script, injects: set[str], actions: set[str], objectives: set[str], states: set[str]
) -> Iterator[tuple[str, str, Iterable[str], set[str]]]:
    for inject in script.injects:
        yield inject.number, "expects", inject.expects, actions
        yield inject.number, "objective", filter(None, [inject.objective]), objectives
        if inject.condition is not None:
            yield inject.number, "condition", inject.condition.actions, actions
            yield inject.number, "condition", inject.condition.injects, injects
            yield inject.number, "condition", inject.condition.states, states
    for action in script.actions:
        yield action.number, "since", filter(None, [action.since]), injects | actions
        yield action.number, "objective", filter(None, [action.objective]), objectives


def _refuse_circles(script: Script) -> None:
    """Refuse injects that wait for one another, and limits that count from one another."""
    waiting = {inject.id: inject.condition.injects for inject in script.injects if inject.condition is not None}
    counted = {action.id: {action.since} for action in script.actions if action.since}
    numbers = {inject.id: inject.number for inject in script.injects}
    numbers |= {action.id: action.number for action in script.actions}
    for graph, code in ((waiting, "injects-in-circle"), (counted, "limits-in-circle")):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as circle:
            round_ = " → ".join(numbers.get(name, name) for name in circle.args[1])
            raise DrillError(code, thing="script", field="condition", rule="must not go in a circle",
                             value=round_) from circle  # fmt: skip
