"""Real disasters played again from their records: start with ``replay``.

Recorded times go in, so what comes out is a replay (复盘) and proves nothing about the durations. It shows
that the order of tasks, gates and decisions told here gives back the recorded clocks, and that the ordinary
causes (``sim.chain``, ``sim.suspects``) name the bottleneck that the record names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.batch import played_by
from sim.chain import OWN, lost_time
from sim.chunk import Engine, run_chunk
from sim.errors import SimError
from sim.figure import at_least, words
from sim.log import Run
from sim.network import NOBODY
from sim.recorded import RecordedQuestion
from sim.reference_engine import play
from sim.suspects import Suspect, prove, suspects
from sim.ticks import minutes
from sim.validation.case import Case, CaseMark, Check, near, same

"""What a task does itself; a wait, which a plan can take away whole, goes before it as the bottleneck."""
SEED, RUNS = 0, 2
"""Nothing in a replay is drawn; two runs are what a paired comparison asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """A recorded moment: the end of a task for an entity, its clock time as written, and minutes since minute 0."""

    task: str
    title: str
    title_en: str
    clock: str
    recorded_min: float
    entity: str = ""
    tolerance_min: float = 0.0

    def __post_init__(self) -> None:
        words("milestone", "task", self.task)
        at_least(f"milestone {self.task}", "recorded_min", self.recorded_min, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """A recorded margin: how long before a clock of the event a task had ended."""

    task: str
    clock: str
    title: str
    title_en: str
    recorded_min: float
    tolerance_min: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Documented:
    """The bottleneck the record names: minutes it cost, their share of the whole, and the end without it.

    *without_min* is None where the record does not say.
    """

    task: str
    cause: str
    lost_min: float
    share: float
    share_digits: int = 3
    without_min: float | None = None


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A record: the question it answers, its moments, and the bottleneck it names."""

    id: str
    case: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    begins: str
    source: str
    source_en: str
    mark: CaseMark
    question: RecordedQuestion
    milestones: tuple[Milestone, ...]
    documented: Documented
    leads: tuple[Lead, ...] = ()

    def __post_init__(self) -> None:
        words(f"replay {self.id}", "id", self.id)
        if not self.question.aims:
            raise SimError("replay-without-target", thing=f"replay {self.id}", field="targets", rule="must be one")


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """Minutes of the chain behind the last milestone that passed in a task for a cause."""

    task: str
    cause: str
    minutes: float
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What the engine made of a record: its moments and leads in minutes, the losses, the bottleneck.

    *without_min* is the end of the chain when the bottleneck is relaxed: a gate stands open, a task's own
    minutes are halved.
    """

    replay: Replay
    reached: tuple[tuple[Milestone, float], ...]
    led: tuple[tuple[Lead, float], ...]
    end_min: float
    losses: tuple[Loss, ...]
    bottleneck: Suspect
    without_min: float

    @property
    def is_true(self) -> bool:
        """Whether all clocks are those of the record and the bottleneck is the documented one."""
        return all(check.passed for check in checks(self))


def replay(record: Replay, engine: Engine = play) -> Replayed:
    """The record played once, with the bottleneck of its first target found and relaxed."""
    question = record.question
    run = engine(question.network, seed=SEED, replication=0)
    measured = question.aims[0].measure(run)
    losses = _losses(question, run, measured.node)
    chunk = run_chunk(question, seed=SEED, first=0, runs=RUNS, batch=played_by(engine))
    target = question.aims[0].target
    found = [suspect for suspect in suspects(chunk, short=(target.id,)) if suspect.target == target.id]
    worst = max(found, key=lambda suspect: (suspect.cause not in OWN, suspect.lost_min))
    saving = prove(question, worst, seed=SEED, runs=RUNS, batch=played_by(engine))
    end = minutes(run.passages[measured.node].finish)
    return Replayed(
        replay=record,
        reached=tuple((moment, _minute(question, run, moment)) for moment in record.milestones),
        led=tuple((lead, _lead(question, run, lead)) for lead in record.leads),
        end_min=end,
        losses=losses,
        bottleneck=worst,
        without_min=end - (saving.mean_min or 0.0),
    )


def _losses(question: RecordedQuestion, run: Run, node: int) -> tuple[Loss, ...]:
    """Minutes along the chain by task and cause, largest first; they add up to the end."""
    network = question.network
    total: Counter[tuple[str, str]] = Counter()
    for share in lost_time(network, run, node):
        total[network.nodes[share.node].task, share.cause] += share.ticks
    whole = sum(total.values()) or 1
    ordered = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Loss(task=task, cause=cause, minutes=minutes(ticks), share=ticks / whole) for (task, cause), ticks in ordered
    )


def _minute(question: RecordedQuestion, run: Run, moment: Milestone) -> float:
    return _end_min(question, run, moment.task, moment.entity)


def _lead(question: RecordedQuestion, run: Run, lead: Lead) -> float:
    moment = question.network.moment_of(lead.clock, "")
    if moment == NOBODY:
        raise SimError(
            "clock-unknown", thing="lead", field="clock", rule="must be brought by the event", value=lead.clock
        )
    return minutes(run.moments[moment]) - _end_min(question, run, lead.task, "")


def _end_min(question: RecordedQuestion, run: Run, task: str, entity: str) -> float:
    nodes = question.network.of_task.get(task, ())
    node = next((index for index in nodes if question.network.nodes[index].entity == entity), NOBODY)
    if node == NOBODY:
        raise SimError("task-unknown", thing="milestone", field="task", rule="must be played", value=task)
    return minutes(run.passages[node].finish)


def checks(played: Replayed) -> Iterator[Check]:
    """Every clock of the record beside the minute played, and the bottleneck beside the documented one."""
    for moment, minute in played.reached:
        label = f"{moment.clock} {moment.entity}".rstrip()
        yield near(label, moment.recorded_min, minute, absolute=moment.tolerance_min or 1e-6)
    for lead, margin in played.led:
        yield near(f"−{lead.recorded_min:g} min", lead.recorded_min, margin, absolute=lead.tolerance_min or 1e-6)
    wanted, found = played.replay.documented, played.bottleneck
    yield same("bottleneck", f"{wanted.task} {wanted.cause}", f"{found.task} {found.cause}")
    yield near("lost", wanted.lost_min, found.lost_min, absolute=1e-6)
    half_unit = 0.5 * 10**-wanted.share_digits
    yield near("share", wanted.share, found.lost_min / played.end_min, absolute=half_unit)
    if wanted.without_min is not None:
        yield near("without", wanted.without_min, played.without_min, absolute=1e-6)


def case_of(record: Replay) -> Case:
    """The record as a case of the validation table, called a replay there."""
    return Case(
        id=record.case,
        title=record.title,
        title_en=record.title_en,
        mark=record.mark,
        is_replay=True,
        measure=lambda engine: checks(replay(record, engine)),
    )


def cases_of(records: Iterable[Replay]) -> tuple[Case, ...]:
    """All records as cases."""
    return tuple(case_of(record) for record in records)
