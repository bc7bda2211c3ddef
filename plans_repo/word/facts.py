"""What an assessment report states: one frozen value, filled from the record of a study and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from plans_repo.errors import PlansRepoError
from plans_repo.word.assessed import AssessedFacts, NormFacts, TaskFacts
from sim.figure import Figure, Footing, Mark, finite, share
from sim.pairs import Counts, Effect, effect

VERDICTS = ("adequate", "not_adequate", "undecided")
TARGET_KINDS = ("limit", "margin", "share")
OWN_LABELS = ("work", "travel", "rest", "deciding")
STOP_RULES = ("fixed", "doubling", "precision")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFacts:
    """The version that was assessed; ``number`` is its document number 发文字号, if it has one."""

    title: str
    kind: str
    issuer: str
    version_label: str
    root_hash: str
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A named figure: of the scenario, or a quantity held by a pool."""

    name: str
    figure: Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioFacts:
    """The event the version was played against, and the label of the response level it starts.

    ``level_conditions`` are the conditions it meets for that; ``is_level_of_template`` says that
    they are the hazard template's, since the plan has none the event can be held against.
    ``circumstances`` are the event's in words.
    """

    id: str
    title: str
    hazard: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    level: str = ""
    level_conditions: tuple[str, ...] = ()
    is_level_of_template: bool = False
    circumstances: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplyFacts:
    """Entries of the register behind the number of a pool: one keeper's, added up.

    *quantity* in the entries' *unit* makes *units* of the pool in its own unit *pool_unit*.
    Without a *keeper*: the entries of other bodies, which the reader may not see by name.
    """

    pool: str
    keeper: str
    title: str
    entries: int
    quantity: int
    unit: str
    units: int
    pool_unit: str
    checked_on: date | None
    source: str
    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class ResourceFacts:
    """The resource set: units per pool, the register's entries behind them, and what norms ask for.

    *uncounted* are the titles of pools no norm is known for; *has_local_units* says that some pool is the sum of
    units that serve their own place only.
    """

    title: str
    pools: tuple[Parameter, ...] = ()
    supplies: tuple[SupplyFacts, ...] = ()
    norms: tuple[NormFacts, ...] = ()
    uncounted: tuple[str, ...] = ()
    has_local_units: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FootingShare:
    """The share of the critical minutes that rests on one footing."""

    footing: Footing
    share: float

    def __post_init__(self) -> None:
        share("footing", "share", self.share)


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyFacts:
    """How the runs were made and how to make them again.

    ``stop_rule`` is ``fixed`` (exactly the number of runs asked for) or ``doubling``
    (looks at doubling sizes, alpha spent over ``looks``) or ``precision`` (the same, for mean
    times). ``seed_chosen`` says that somebody chose the seed instead of leaving it to the hash
    of the inputs. ``software``, ``system``, ``code`` (the digest of the engines' code) and ``spent_s``
    are what the study was computed with, empty where that was not recorded; ``result_digest`` is over everything found.
    """

    id: str
    runs: int
    seed: int
    engine: str
    results_hash: str
    stop_rule: str
    looks: int
    horizon_min: float
    confidence: float
    footing: tuple[FootingShare, ...]
    provisional: bool
    created_by: str
    created_at: datetime
    software: tuple[tuple[str, str], ...]
    command: str
    system: str = ""
    seed_chosen: bool = False
    code: str = ""
    result_digest: str = ""
    spent_s: float | None = None

    def footing_share(self, *footings: Footing) -> float:
        """The share of the critical minutes resting on these footings together."""
        return round(sum(item.share for item in self.footing if item.footing in footings), 12)

    @property
    def weak_share(self) -> float:
        """What rests on no more than an estimate or a template."""
        return self.footing_share(Footing.EXPERT, Footing.TEMPLATE)

    @property
    def strong_share(self) -> float:
        """What rests on records or publications."""
        return self.footing_share(Footing.CALIBRATED, Footing.PUBLISHED)

    def __post_init__(self) -> None:
        _one_of("study", "stop_rule", self.stop_rule, STOP_RULES)
        share("study", "confidence", self.confidence)
        if self.runs < 1:
            raise PlansRepoError("report-without-runs", thing=f"study {self.id}", field="runs", rule="must be >= 1",
                                 value=self.runs)  # fmt: skip
        if self.created_at.tzinfo is None:
            raise PlansRepoError("report-time-without-zone", thing=f"study {self.id}", field="created_at",
                                 rule="must carry a time zone", value=self.created_at.isoformat())  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetFacts:
    """One promise and what became of it. ``p50_min`` and ``p90_min`` are what half and nine tenths of the
    runs kept to, None when that many runs did not get there.

    ``starts`` is the title of what starts the clock; ``clock`` the title of what a margin is
    measured against; ``cases`` the levels and circumstances it is made for; ``share`` the part
    of the people or places that a share target promises; ``own_words`` is the part of the clause that
    promises it and ``cautions`` what sets the run apart from these words; ``provisional`` says that its verdict
    rests on too few known durations.
    """

    id: str
    title: str
    clause_number: str
    clause_text: str
    kind: str
    starts: str
    limit_min: float
    assurance: float
    p_met: float
    low: float
    high: float
    confidence: float
    p50_min: float | None
    p90_min: float | None
    proposed: bool
    verdict: str
    mark: Mark = Mark.PLAN
    source: str = ""
    clock: str = ""
    cases: str = ""
    own_words: str = ""
    cautions: tuple[str, ...] = ()
    share: float = 1.0
    provisional: bool = False

    @property
    def has_clause(self) -> bool:
        """Whether the plan itself makes this promise; otherwise it came from the hazard's template."""
        return bool(self.clause_number or self.clause_text)

    def __post_init__(self) -> None:
        thing = f"target {self.id}"
        _one_of(thing, "kind", self.kind, TARGET_KINDS)
        _one_of(thing, "verdict", self.verdict, VERDICTS)
        finite(thing, "limit_min", self.limit_min)
        for name in ("assurance", "p_met", "low", "high", "confidence", "share"):
            share(thing, name, getattr(self, name))
        if not self.low <= self.p_met <= self.high:
            raise PlansRepoError("report-interval-misses-value", thing=thing, field="p_met",
                                 rule=f"must lie in {self.low}-{self.high}", value=self.p_met)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class LossFacts:
    """Mean minutes lost in a task on the chain of a target: waiting for ``pool`` or a gate, or its own."""

    cause: str
    pool: str
    task: str
    wait_min: float

    @property
    def is_own(self) -> bool:
        """Whether the minutes are the task's own, not a wait."""
        return self.kind in OWN_LABELS

    @property
    def kind(self) -> str:
        """The cause without the name behind it: ``pool:boats`` is a ``pool``."""
        return self.cause.partition(":")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class BottleneckFacts(LossFacts):
    """A loss, and what playing the same runs again with it eased changed.

    Waits are taken away whole, a task's own minutes are halved. ``target`` is the id of the target
    whose chain it lies on; empty when it was found for the study as a whole. ``saving_min`` is None when
    the relief was not played, or fewer than two runs have a figure both times. ``counts`` are the runs
    that met the target and got there, ``left`` what remains its largest loss.
    """

    clause_number: str
    saving_min: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    runs: int = 0
    target: str = ""
    counts: Counts | None = None
    left: LossFacts | None = None

    @property
    def effect(self) -> Effect:
        """What easing it does beyond doubt."""
        return effect(self.low, self.high, self.counts)

    @property
    def proven(self) -> bool:
        """Whether easing it helps beyond doubt, and does no harm beyond doubt."""
        return self.effect is Effect.GAIN

    @property
    def freeing(self) -> bool:
        """Whether easing it lets more runs keep the promise beyond doubt, and does no harm beyond doubt."""
        return self.counts is not None and self.counts.keeps_more and self.effect not in (Effect.HARM, Effect.MIXED)

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """The smaller, the more it is what holds the target up: by the runs it would free, then by minutes gained."""
        freed = self.counts.met_after - self.counts.met_before if self.counts and self.freeing else 0
        return (not self.freeing, -freed, not self.proven)

    @property
    def harmful(self) -> bool:
        """Whether easing it does harm beyond doubt (Graham's anomaly)."""
        return self.effect is Effect.HARM

    @property
    def mixed(self) -> bool:
        """Whether easing it is better in minutes and worse in runs that get there, or the other way round."""
        return self.effect is Effect.MIXED


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitFacts:
    """Mean minutes a run spends under one label (for one pool, if named), and their share of all listed."""

    cause: str
    mean_min: float
    share: float
    pool: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneFacts:
    """When a task is finished: minutes since the alarm at three quantiles, None when censored."""

    task: str
    p10_min: float | None
    p50_min: float | None
    p90_min: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnfinishedFacts:
    """A task, the share of runs in which it never ended, and in which its last try failed."""

    task: str
    clause_number: str
    share: float
    failed_share: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class AnalysisFacts:
    """What an analysis kept with the study found, in one sentence; *kind* is comparison, choice, weak and so on."""

    kind: str
    made_at: datetime
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """Everything one report states. Texts are in the report's language; nothing is added to them.

    ``untested`` are the titles of targets the scenario gives nothing to measure for, ``not_made``
    those of targets that are made for other levels or circumstances. ``tasks`` are the network that was
    played, ``assessed`` is what people said of it all. ``beside`` are the other plans that answered, where
    several events were played.
    """

    plan: PlanFacts
    scenario: ScenarioFacts
    resources: ResourceFacts
    study: StudyFacts
    targets: tuple[TargetFacts, ...]
    bottlenecks: tuple[BottleneckFacts, ...] = ()
    waits: tuple[WaitFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    unfinished: tuple[UnfinishedFacts, ...] = ()
    untested: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    analyses: tuple[AnalysisFacts, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    assessed: AssessedFacts = field(default_factory=AssessedFacts)
    beside: tuple[PlanFacts, ...] = ()

    @property
    def plans(self) -> tuple[PlanFacts, ...]:
        """Every plan that was played, the study's own first."""
        return self.plan, *self.beside

    def __post_init__(self) -> None:
        known = [target.id for target in self.targets]
        if len(set(known)) != len(known):
            raise PlansRepoError("report-target-twice", thing="report", field="targets", rule="ids must differ",
                                 value=known)  # fmt: skip
        for item in self.bottlenecks:
            if item.target:
                _one_of(f"bottleneck {item.task}", "target", item.target, tuple(known))

    def with_verdict(self, verdict: str) -> tuple[TargetFacts, ...]:
        """The targets that got this verdict, in order."""
        return tuple(target for target in self.targets if target.verdict == verdict)

    @property
    def without_clause(self) -> tuple[TargetFacts, ...]:
        """The targets the plan has no clause for."""
        return tuple(target for target in self.targets if not target.has_clause)

    @property
    def is_provisional(self) -> bool:
        """Whether the study or any verdict rests on too few known durations."""
        return self.study.provisional or any(target.provisional for target in self.targets)

    @property
    def proposed(self) -> tuple[TargetFacts, ...]:
        """The targets nobody has confirmed yet."""
        return tuple(target for target in self.targets if target.proposed)


def _one_of(thing: str, field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise PlansRepoError("report-word-unknown", thing=thing, field=field, rule=f"must be one of {list(allowed)}",
                             value=value)  # fmt: skip
