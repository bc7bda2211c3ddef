"""A script from a procedure and an event: hazard events become injects, tasks become expected actions.

The minutes are those of the event, counted from its alarm; the drill clock shows the same. What simulation found of a
task stands beside the limit of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from graphlib import TopologicalSorter

from drills.scripts.script import START, Channel, ExpectedAction, Inject, Objective, Script, SimulatedState, Timing
from plans_repo.curve_words import curve_title, curve_unit
from plans_repo.failure_words import failure_told
from plans_repo.packs.naming import clock_name, has_name, name_of
from plans_repo.packs.reading import pack
from sim.compiling import tasks_in_effect
from sim.curves.preview import preview
from sim.curves.values import Preview, Strike
from sim.figure import above
from sim.findings import TaskBand
from sim.procedure import ALARM, Target, Task
from sim.question import Question, asked_targets

OPENING = "opening"
MOST_OF_CLOCK = 8
"""So many injects at most for a clock that strikes at many places; nearer ones are told together."""
LEAST_APART_MIN = 5
LIKELY_SHARE = 0.5
"""What comes about in fewer of the draws than this is kept ready instead of released by the clock."""
MOST_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a script is made from beside the question: where it came from, labels of clauses, and what a study found.

    *bands* are its tasks, *met* the share of its runs that kept each promise, by target.
    """

    plan: str = ""
    version: str = ""
    study: str = ""
    bands: tuple[TaskBand, ...] = ()
    met: Mapping[str, float] = field(default_factory=dict)
    clause_labels: Mapping[str, str] = field(default_factory=dict)


def script_of(question: Question, *, duration_min: float, basis: Basis | None = None) -> Script:
    """The script of an event answered by a procedure, from an opening inject on; refused where it does not answer it.

    Names are made of what things come from, so that making it again after a revision gives the same ones. What would
    happen after *duration_min* becomes a held inject; a limit that counts from a clock counts from its inject. What is
    promised against a clock of every place has no single limit; its words say what is to be seen.
    """
    above("script", "duration_min", duration_min, 0)
    _ = question.network  # refused now if the procedure is for another hazard
    return _Maker(question, duration_min, basis or Basis()).script


@dataclass(frozen=True)
class _Maker:
    question: Question
    duration_min: float
    basis: Basis

    @property
    def script(self) -> Script:
        return Script(
            duration_min=self.duration_min,
            plan=self.basis.plan,
            version=self.basis.version,
            scenario=self.question.scenario.id,
            study=self.basis.study,
            level=self.question.level,
            objectives=tuple(map(self._objective, self._targets)),
            injects=tuple(self._with_actions()),
            actions=tuple(self._actions),
            states=states_of(self._preview),
        )

    # -- what happens ----------------------------------------------------------------

    @cached_property
    def _preview(self) -> Preview:
        return preview(self.question.fitted)

    @cached_property
    def _events(self) -> tuple[Inject, ...]:
        """Every inject in the order of its minute, held ones last, not yet asking for anything."""
        found = [self._opening(), *self._strikes(), *self._failures()]
        found.sort(key=lambda one: (one.at_min is None, one.at_min or 0.0))
        return tuple(replace(one, number=str(number)) for number, one in enumerate(found, start=1))

    def _opening(self) -> Inject:
        scenario = self.question.scenario
        return Inject(
            id=f"i:{OPENING}",
            number="1",
            title=_said("opening", "zh", event=scenario.title),
            title_en=_said("opening", "en", event=scenario.title_en or scenario.title),
            text=self._situation("zh", scenario.summary or scenario.title),
            text_en=self._situation("en", scenario.summary_en or scenario.title_en),
            at_min=0.0,
            sender=_said("control", "zh"),
            channel=Channel.PHONE,
            origin=OPENING,
        )

    def _situation(self, language: str, summary: str) -> str:
        named = [(name, value) for name, value in self.question.scenario.measures if has_name("measure", name)]
        join = "，" if language == "zh" else ", "
        values = join.join(f"{name_of('measure', name, language)} {value:g}" for name, value in named)
        measures = _said("measures", language, values=values) if values else ""
        return _said("opening_text", language, summary=summary, measures=measures)

    def _strikes(self) -> Iterator[Inject]:
        unseen = _unseen_clocks()
        strikes = [one for one in self._preview.strikes if one.share > 0 and one.title and one.clock not in unseen]
        for name in dict.fromkeys(strike.clock for strike in strikes):
            for number, group in enumerate(_grouped([one for one in strikes if one.clock == name]), start=1):
                yield self._strike(f"clock:{name}", number, group)

    def _strike(self, origin: str, number: int, group: Sequence[Strike]) -> Inject:
        middle, share = group[0].middle_min, group[0].share
        is_timed = share >= LIKELY_SHARE and middle <= self.duration_min
        return Inject(
            id=f"i:{origin}:{number}",
            number=origin,
            title=_title(group, "zh"),
            title_en=_title(group, "en"),
            text=_said("struck", "zh", titles=_titles(group, "zh")),
            text_en=_said("struck", "en", titles=_titles(group, "en")),
            timing=Timing.TIMED if is_timed else Timing.HELD,
            at_min=float(round(middle)) if is_timed else None,
            sender=_said("control", "zh"),
            channel=Channel.PHONE,
            note="" if is_timed else _held_because(share, middle),
            origin=origin,
        )

    def _failures(self) -> Iterator[Inject]:
        scenario = self.question.scenario
        for number, failure in enumerate(scenario.failures, start=1):
            chinese, english = (
                failure_told(scenario, number - 1, self.question.procedure, language) for language in ("zh", "en")
            )
            is_timed = failure.from_min <= self.duration_min
            yield Inject(
                id=f"i:failure:{number}",
                number=f"failure {number}",
                title=chinese,
                title_en=english,
                text=_said("failed", "zh", what=chinese),
                text_en=_said("failed", "en", what=english),
                timing=Timing.TIMED if is_timed else Timing.HELD,
                at_min=failure.from_min if is_timed else None,
                sender=_said("control", "zh"),
                note="" if is_timed else _held_because(1.0, failure.from_min),
                origin=f"failure:{number}",
            )

    # -- what is expected ------------------------------------------------------------

    @cached_property
    def _targets(self) -> tuple[Target, ...]:
        """The promises made for the event whose task is done in it."""
        return tuple(target for target in asked_targets(self.question) if target.task in self._in_effect)

    @cached_property
    def _in_effect(self) -> dict[str, Task]:
        tasks = tasks_in_effect(self.question.procedure, self.question.level, self.question.scenario.spread)
        return {task.id: task for task in tasks}

    @cached_property
    def _actions(self) -> tuple[ExpectedAction, ...]:
        return tuple(
            replace(action, number=f"A{number}")
            for number, action in enumerate(
                (action for task in self._in_effect.values() for action in self._of_task(task)), start=1
            )
        )

    def _of_task(self, task: Task) -> Iterator[ExpectedAction]:
        """One action of a task without promise, otherwise one for each promise."""
        bare = self._action(task)
        promised = [target for target in self._targets if target.task == task.id]
        if not promised:
            yield bare
        for place, target in enumerate(promised):
            limit_min, since = self._limit(target)
            yield replace(
                bare,
                id=bare.id if place == 0 else f"{bare.id}:{target.id}",
                target=target.id,
                clause=target.clause or task.clause,
                objective=f"o:{target.id}",
                limit_min=limit_min,
                since=since,
                met_share=self.basis.met.get(target.id),
                sign=self._sign(target),
            )

    def _action(self, task: Task) -> ExpectedAction:
        band = next((band for band in self.basis.bands if band.task == task.id), None)
        return ExpectedAction(
            id=f"a:{task.id}",
            number=task.id,
            title=task.title,
            title_en=task.title_en,
            unit=task.lead,
            task=task.id,
            clause=task.clause,
            p10_min=band.p10_min if band else None,
            p50_min=band.p50_min if band else None,
            p90_min=band.p90_min if band else None,
        )

    def _limit(self, target: Target) -> tuple[float | None, str]:
        """The limit and what it counts from; none where the promise is held against a clock of every place."""
        return (None, START) if target.clock else (target.limit_min, self._since(target))

    def _sign(self, target: Target) -> str:
        """By what it is seen to be done: the title of the promise, and against which clock it is held."""
        return f"{target.title}（{_promise(target)}）" if target.clock else target.title

    def _standard(self, target: Target) -> str:
        label = self.basis.clause_labels.get(target.clause, "")
        words = _promise(target)
        return _said("of_clause", "zh", clause=label, words=words) if label else words

    def _since(self, target: Target) -> str:
        if target.starts == ALARM:
            return f"i:{OPENING}"
        if target.start_clock:
            return next((one.id for one in self._events if one.origin == f"clock:{target.start_clock}"), START)
        return f"a:{target.starts}" if target.starts in self._in_effect else START

    # -- who is told -----------------------------------------------------------------

    def _with_actions(self) -> Iterator[Inject]:
        """The injects with the actions they ask for and the units that lead those."""
        asked = self._asked
        for inject in self._events:
            actions = [action for action in self._actions if asked[action.task] == inject.id]
            units = tuple(dict.fromkeys(unit for action in actions for unit in action.unit.split("、") if unit))
            yield replace(inject, expects=tuple(action.id for action in actions), to=units or self._desk)

    @cached_property
    def _desk(self) -> tuple[str, ...]:
        """Who hears of what asks for nothing by itself: the unit that acts first, where reports come in."""
        return tuple([task.lead for task in self._in_effect.values() if task.lead][:1])

    @cached_property
    def _asked(self) -> dict[str, str]:
        """Of every task the inject that asks for it: the last of those it waits for, itself or before it."""
        place = {inject.id: number for number, inject in enumerate(self._events)}
        before = {
            name: [edge.task for edge in task.after if edge.task in self._in_effect]
            for name, task in self._in_effect.items()
        }
        found: dict[str, str] = {}
        for name in TopologicalSorter(before).static_order():
            asking = [*(found[earlier] for earlier in before[name]), self._releasing(self._in_effect[name])]
            found[name] = max(asking, key=place.__getitem__)
        return found

    def _releasing(self, task: Task) -> str:
        timed = (one for one in self._events if one.timing is Timing.TIMED)
        origin = f"clock:{task.release}"
        return next((one.id for one in timed if task.release and one.origin == origin), f"i:{OPENING}")

    def _objective(self, target: Target) -> Objective:
        task, scenario = self._in_effect[target.task], self.question.scenario
        return Objective(
            id=f"o:{target.id}",
            who=task.lead,
            condition=scenario.title,
            task=task.title,
            standard=self._standard(target),
            effect=target.title,
            measure=_said("lead" if target.clock else "measure", "zh"),
            value=target.limit_min,
            unit="min",
            clause=target.clause,
            target=target.id,
        )


def states_of(found: Preview) -> tuple[SimulatedState, ...]:
    """What conditions may ask of a simulated event: its curves in the middle of their bands.

    One that is measured in minutes left or changes nowhere is left out.
    """
    return tuple(
        SimulatedState(
            name=curve.name,
            title=f"{curve_title(curve, 'zh')}（{curve_unit(curve, 'zh')}）",
            title_en=f"{curve_title(curve, 'en')} ({curve_unit(curve, 'en')})",
            unit=curve.unit,
            minutes=tuple(round(minute, 3) for minute in curve.minutes),
            values=tuple(round(value, 6) for value in curve.middle),
        )
        for curve in found.curves
        if len(set(curve.middle)) > 1
    )


@cache
def _unseen_clocks() -> frozenset[str]:
    return frozenset(pack("drills", "script")["unseen_clocks"])


def _grouped(strikes: Sequence[Strike]) -> Iterator[Sequence[Strike]]:
    """Strikes of one clock, those near one another together."""
    first, last = strikes[0].middle_min, strikes[-1].middle_min
    apart = max(LEAST_APART_MIN, (last - first) / MOST_OF_CLOCK + 1e-9)
    group: list[Strike] = []
    for strike in strikes:
        if group and (strike.middle_min - group[0].middle_min >= apart or _rare(strike) != _rare(group[0])):
            yield group
            group = []
        group.append(strike)
    yield group


def _rare(strike: Strike) -> bool:
    return strike.share < LIKELY_SHARE


def _title(group: Sequence[Strike], language: str) -> str:
    what = _title_of(group[0], language)
    return what if len(group) == 1 else _said("several", language, what=what, count=len(group))


def _titles(group: Sequence[Strike], language: str) -> str:
    join = "；" if language == "zh" else "; "
    named = join.join(_title_of(strike, language) for strike in group[:MOST_NAMED])
    return named if len(group) <= MOST_NAMED else _said("places", language, places=named, count=len(group))


def _title_of(strike: Strike, language: str) -> str:
    return strike.title if language == "zh" else strike.title_en or strike.title


def _held_because(share: float, middle_min: float) -> str:
    if share < LIKELY_SHARE:
        return _said("chance", "zh", percent=round(100 * share))
    return _said("beyond", "zh", minute=round(middle_min))


def _promise(target: Target) -> str:
    """The promise in words: within so many minutes, or so long before a clock of every place."""
    limit = f"{target.limit_min:g}"
    if not target.clock:
        return _said("standard", "zh", limit=limit)
    code = "before_clock" if target.limit_min > 0 else "at_clock"
    words = _said(code, "zh", clock=clock_name(target.clock, "zh"), limit=limit)
    return _said("of_people", "zh", share=f"{target.share:.0%}", words=words) if target.share < 1 else words


def _said(code: str, language: str, **parts: object) -> str:
    return name_of("script", code, language).format(**parts)
