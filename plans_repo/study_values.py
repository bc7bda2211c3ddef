"""Values of studies: what is asked, and a finished study with everything needed to repeat it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from plans_repo import scenarios
from plans_repo.local_units import common_pools, local_units
from plans_repo.study_engines import DEFAULT_ENGINE
from plans_repo.study_made_with import MadeWith
from plans_repo.supplies import Others, PoolCount, Supply, pool_counts, with_local
from plans_repo.timings.calibrating import TaskTimings, calibrated_anew
from sim.circumstance import Circumstance
from sim.compound import Compound, CompoundQuestion, Part, question_of
from sim.doubt import Split
from sim.joining import renamed
from sim.plain import IF_GIVEN, digest
from sim.procedure import Condition, Procedure, Target
from sim.question import Question
from sim.scenario import Parameter, Place, ResourceSet, Scenario
from sim.statistics import Verdict
from sim.stopping import StopRule
from sim.study import Findings, TargetResult
from sim.suspects import Saving

WRITTEN, CALIBRATED = "written", "calibrated"
"""The durations a study plays: as the procedure writes them, or as timings have shown them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """Which plan and version answers a part of a compound event."""

    part: str
    plan: str
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """The procedure that answered a part, as it was, and the title of its plan."""

    part: str
    plan: str
    version: str
    title: str
    procedure: Procedure


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a study is asked: version × scenario × resources, how many runs, which seed.

    *runs* 0 means looks at doubling sizes up to *most_runs* until every target is
    decided, or its mean time known to within *precision_share*; *seed* None means the hash
    of the inputs. *is_joint* and *most_minutes* as in `sim.stopping.StopRule`. *durations* CALIBRATED plays
    what timings have taught: of the timings kept by the instant *known_until* (written in ISO 8601), all unless
    given; the procedure's own figure counts as *prior_weight* timings, as many as the product sets unless given.
    *scenario* may name a version (``id@2``) or a compound event; of one, *plan* answers the leading part and every
    part *answers* does not name.
    """

    plan: str
    scenario: str
    version: str = ""
    resource_set: str = scenarios.OWN_UNITS
    runs: int = 0
    most_runs: int = 3200
    seed: int | None = None
    engine: str = DEFAULT_ENGINE
    is_joint: bool = False
    precision_share: float | None = None
    most_minutes: float | None = None
    durations: str = field(default=WRITTEN, metadata=IF_GIVEN)
    prior_weight: float | None = field(default=None, metadata=IF_GIVEN)
    known_until: str = field(default="", metadata=IF_GIVEN)
    answers: tuple[Answering, ...] = field(default=(), metadata=IF_GIVEN)

    @property
    def is_calibrated(self) -> bool:
        """Whether the durations are those that timings have shown."""
        return self.durations == CALIBRATED

    @property
    def rule(self) -> StopRule:
        """The stopping rule asked for."""
        return StopRule(
            runs=self.runs,
            most_runs=self.most_runs,
            is_joint=self.is_joint,
            precision_share=self.precision_share,
            most_minutes=self.most_minutes,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """A finished study with the snapshot of what was asked and what the runs said.

    *supplies* are the entries of the register that its reader may see there, *others* the rest as sums.
    *timings* are what the calibrated durations were learnt from, in which case *procedure* is the one with them, and
    *splits* tell the noise of runs apart from the doubt that is left; both are empty of a study as written.
    *is_reused* says that it was found instead of computed when somebody asked the same again. *made_with* is what
    it was computed with, None for one kept before that was recorded; *result_digest* is the digest of everything
    that was found, byte for byte the same when it is computed again.
    """

    id: str
    plan: str
    version: str
    request: Request
    scenario: Scenario
    resources: ResourceSet
    procedure: Procedure
    findings: Findings
    savings: tuple[Saving, ...]
    supplies: tuple[Supply, ...]
    others: tuple[Others, ...]
    created_at: datetime
    created_by: str
    created_by_name: str
    timings: tuple[TaskTimings, ...] = ()
    splits: tuple[Split, ...] = ()
    is_reused: bool = field(default=False, compare=False)
    made_with: MadeWith | None = field(default=None, compare=False)
    result_digest: str = field(default="", compare=False)
    compound: Compound | None = None
    answered: tuple[Answered, ...] = ()

    @property
    def question(self) -> Question:
        """What was asked, to be played again."""
        if self.compound is None:
            return Question(procedure=self.procedure, scenario=self.scenario, resources=self.resources)
        return question_of(self.compound, {one.part: one.procedure for one in self.answered}, self.resources)

    def asked_of(self, procedure: Procedure) -> Question:
        """The same asked of the procedure of another version of the plan, with the timings the study has learnt from.

        Of several events that version answers the parts the plan's version of the study has answered.
        """
        if self.compound is None:
            played = calibrated_anew(procedure, self.timings)
            return Question(procedure=played, scenario=self.scenario, resources=self.resources)
        played_by = {one.part: one.procedure for one in self.answered}
        for one in self.answered:
            if (one.plan, one.version) == (self.plan, self.version):
                played_by[one.part] = calibrated_anew(procedure, self._timings_of(one.part))
        return question_of(self.compound, played_by, self.resources)

    def _timings_of(self, part: str) -> tuple[TaskTimings, ...]:
        """What was learnt of the tasks of a part, by their own names."""
        before = f"{part}:" if part else ""
        known = {one.part for one in self.answered if one.part}
        return tuple(
            replace(each, task=each.task.removeprefix(before))
            for each in self.timings
            if (each.task.startswith(before) if before else each.task.partition(":")[0] not in known)
        )

    @property
    def _questions(self) -> tuple[Question, ...]:
        """The questions of the parts; none for a study of one event."""
        whole = self.question
        return whole.parts if isinstance(whole, CompoundQuestion) else ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The numbers of the event; of several events all of theirs, named by part as its tasks and clocks are."""
        return parameters_of(self.scenario, self.compound)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The events that happen in it: one, or those of all parts."""
        return (self.scenario,) if self.compound is None else tuple(part.scenario for part in self.compound.parts)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of its events, those of a part by the names they have in the joined network."""
        if self.compound is None:
            return self.scenario.places
        return tuple(
            replace(place, id=renamed(part.id, place.id))
            for part in self.compound.parts
            for place in part.scenario.places
        )

    @property
    def circumstances(self) -> frozenset[Circumstance]:
        """When and where its events happen, and of what grade they are: all that holds for one of them."""
        return frozenset(each for scenario in self.scenarios for each in scenario.circumstances)

    @property
    def event_hash(self) -> str:
        """The hash of the scenario or compound event as it was, as in its history of versions."""
        return digest(self.compound or self.scenario)

    def of_part(self, part: str) -> tuple[TargetResult, ...]:
        """The targets of the procedure that answered a part of a compound event."""
        others = tuple(f"{one.part}:" for one in self.answered if one.part and one.part != part)
        return tuple(
            result
            for result in self.findings.targets
            if (result.target.id.startswith(f"{part}:") if part else not result.target.id.startswith(others))
        )

    @property
    def seed(self) -> int:
        """The seed of its draws."""
        return self.findings.seed

    @property
    def played(self) -> tuple[tuple[Procedure, Scenario, str], ...]:
        """Every procedure with its event and the level that started, "" where none did."""
        alone = ((self.procedure, self.scenario, self.findings.level),)
        return tuple((one.procedure, one.scenario, one.level) for one in self._questions) or alone

    @property
    def pools(self) -> tuple[PoolCount, ...]:
        """The units it had, with what is behind each number."""
        counts = pool_counts(self.procedure, self.resources, self.supplies, self.others)
        local = local_units(*(scenario for _, scenario, _ in self.played))
        common: frozenset[str] = (
            frozenset().union(*(common_pools(*one) for one in self.played)) if local else frozenset()
        )
        return tuple(with_local(counts, local, common))

    def is_made(self, target: Target) -> bool:
        """Whether a target is made for the level and the circumstances of the event."""
        return target.is_made_at(self.findings.level) and target.is_made_for(self.scenario.circumstances)

    def procedure_target(self, name: str) -> Target:
        """The target of that id; it is there for every promise that was judged."""
        return next(target for target in self.procedure.targets if target.id == name)

    def unasked(self, *, made: bool) -> tuple[Target, ...]:
        """The targets that were not judged: made for the event, which gives nothing to measure, or not made for it."""
        names = set(self.findings.not_concerned)
        return tuple(each for each in self.procedure.targets if each.id in names and self.is_made(each) is made)

    @property
    def level_conditions(self) -> tuple[Condition, ...]:
        """By which conditions the event starts its level: the plan's own where some are met, else a template's."""
        if self.compound is None:
            return _conditions(self.procedure, self.scenario, self.findings.level)
        asked = [_conditions(one.procedure, one.scenario, one.level) for one in self._questions]
        return tuple(each for conditions in asked for each in conditions)

    @property
    def is_proposed(self) -> bool:
        """Whether some target was still a proposal when it was played."""
        return any(result.target.proposed for result in self.findings.targets)


@dataclass(frozen=True, kw_only=True, slots=True)
class StudySummary:
    """A study in a list: a verdict for each target, and the titles of the *others* of the plans it played."""

    id: str
    plan: str
    version: str
    scenario: str
    runs: int
    hash: str
    created_at: datetime
    created_by: str
    verdicts: tuple[Verdict, ...]
    resource_set: str
    is_calibrated: bool
    others: tuple[str, ...]


def _conditions(procedure: Procedure, scenario: Scenario, started: str) -> tuple[Condition, ...]:
    if scenario.level:
        return ()
    levels = (level for level in procedure.levels if level.label == started)
    met = tuple(each for level in levels for each in level.met(dict(scenario.measures)))
    return tuple(each for each in met if each.clause) or met


def parameters_of(scenario: Scenario, compound: Compound | None) -> tuple[Parameter, ...]:
    """The numbers of an event; of several events all of theirs, named by part."""
    if compound is None:
        return scenario.parameters
    return tuple(_of_part(part, each) for part in compound.parts for each in part.scenario.parameters)


def _of_part(part: Part, one: Parameter) -> Parameter:
    event = part.scenario
    return replace(
        one,
        name=f"{part.id}:{one.name}" if part.id else one.name,
        title=f"{event.title}：{one.title or one.name}",
        title_en=f"{event.title_en or event.title}: {one.title_en or one.title or one.name}",
    )
