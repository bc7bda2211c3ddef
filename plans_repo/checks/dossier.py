"""Dossier: everything the rules look at, as one frozen value; what is None could not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from plans_repo.against_upper import Stated, headings
from plans_repo.course.stages import CLOSED, EFFECTIVE, Move, PaperKind, Process, Stage
from plans_repo.course.words import Judgement
from plans_repo.course.working_days import Calendar
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.finding.drill_intervals import FoundInterval, drill_intervals
from plans_repo.text.recognition import FoundLevel, FoundLimit, levels, time_limits


@dataclass(frozen=True, kw_only=True)
class MoveMade:
    """A step of the life cycle that was taken on a day."""

    move: Move
    source: Stage
    to: Stage
    on: date


@dataclass(frozen=True, kw_only=True)
class PaperSeen:
    """A paper that lies in the course, and the day it was attached."""

    kind: PaperKind
    name: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CourseFacts:
    """The way of the edition that is looked at."""

    stage: Stage
    process: Process = Process.FULL
    document_number: str = ""
    issued_on: date | None = None
    published_on: date | None = None
    filed_on: date | None = None
    receipt_on: date | None = None
    moves: tuple[MoveMade, ...] = ()
    papers: tuple[PaperSeen, ...] = ()
    signed: frozenset[Move] = frozenset()
    unsigned: tuple[Move, ...] = ()
    required_process: Process | None = None
    touched: tuple[str, ...] = ()
    created_on: date | None = None

    @property
    def is_registered(self) -> bool:
        """Entered after it had been issued elsewhere: what came before was not seen."""
        return any(made.move is Move.REGISTER for made in self.moves)

    @property
    def is_effective(self) -> bool:
        """Whether the text counts today."""
        return self.stage in EFFECTIVE

    @property
    def is_issued(self) -> bool:
        """Whether the text was ever issued."""
        return self.stage in EFFECTIVE | CLOSED

    def papers_of(self, *kinds: PaperKind) -> tuple[PaperSeen, ...]:
        """The papers of some kinds."""
        return tuple(paper for paper in self.papers if paper.kind in kinds)

    def day_of(self, *moves: Move) -> date | None:
        """The last day on which one of the moves was made."""
        return max((made.on for made in self.moves if made.move in moves), default=None)


@dataclass(frozen=True, kw_only=True)
class RelatedPlan:
    """Another plan of the library, as far as the person asking may see it."""

    id: str
    title: str
    kind: PlanKind
    hazard: str
    area: str
    stage: Stage | None
    issued_on: date | None = None
    levels: tuple[FoundLevel, ...] = ()
    limits: tuple[FoundLimit, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, str] = field(default_factory=dict)
    newest_version_on: date | None = None
    has_draft: bool | None = None
    has_upper: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is in force."""
        return self.stage in EFFECTIVE

    @property
    def stated(self) -> Stated:
        """What of it is compared with other plans."""
        return Stated(
            title=self.title, hazard=self.hazard, limits=self.limits, levels=self.levels, headings=self.headings
        )


@dataclass(frozen=True, kw_only=True)
class DrillFacts:
    """What the floor of drills knows of a plan; it is handed in by the roof.

    *drilled_on* is the last drill known; *on_site* and *whole* are the days of an enterprise's drills of
    on-site schemes and of comprehensive or special plans.
    """

    drilled_on: date | None = None
    planned_on: date | None = None
    issued_on: date | None = None
    production_safety: bool = False
    high_risk: bool = False
    is_enterprise: bool = False
    whole: tuple[date, ...] = ()
    on_site: tuple[date, ...] = ()
    reported: bool | None = None


@dataclass(frozen=True, kw_only=True)
class EntrySeen:
    """An entry of the register: what, who keeps it, when it was last counted, whether it is still there."""

    id: str
    title: str
    checked_on: date | None
    is_retired: bool = False
    pool: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactSeen:
    """A contact of the register; *label* is how it may be named to the person asking, *name* the person's own."""

    id: str
    label: str
    phones: tuple[str, ...]
    checked_on: date | None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """The working group: who leads, how many experts, which units sent members, which have duties in the text."""

    leaders: tuple[str, ...] = ()
    experts: int = 0
    units: frozenset[str] = frozenset()
    duty_units: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class InputSeen:
    """One of the three inputs: risk assessment, resource survey, case analysis, dated."""

    kind: PaperKind
    name: str
    on: date | None


@dataclass(frozen=True, kw_only=True)
class OpinionSeen:
    """A unit's written opinion and how it was treated ("" while it is not)."""

    unit: str
    treatment: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PanelFacts:
    """An expert review: opinions, recusals, head, sign-in."""

    experts: int
    present: int
    agreed: int
    linked_to_maker: tuple[str, ...] = ()
    is_signed: bool = False
    has_votes: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewForm:
    """The six items of the review, each answered yes, no or not at all."""

    answers: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ElementAnswer:
    """What the panel said to a line of a review table, and why."""

    judgement: Judgement
    note: str = ""

    @property
    def conforms(self) -> bool:
        """Whether nothing is left to mend: it conforms, or it does not apply here."""
        return self.judgement in (Judgement.CONFORMS, Judgement.NOT_APPLICABLE)


@dataclass(frozen=True, kw_only=True)
class LinkageOpinion:
    """The opinion of the linkage check: of whom, on which day, agreed or not."""

    by: OrganisationKind | None
    on: date
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved, and in whose name it was issued; *title* and *issuer* as people say it."""

    approver: str
    issued_by: str = ""
    title: str = ""
    issuer: str = ""


@dataclass(frozen=True, kw_only=True)
class SentTo:
    """To whom a filing went, and who got copies."""

    recipients: frozenset[str]
    copies: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RouteAsked:
    """To whom the route table sends a plan of this kind; *unnamed* are offices for copies that no body here bears."""

    recipients: frozenset[str]
    copies: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ChangeEvent:
    """A change since issue that may ask for a revision, and whether there is a task for it."""

    what: str
    on: date
    is_answered: bool


@dataclass(frozen=True, kw_only=True)
class ReportedDrill:
    """A drill that was reported to the supervisor: its day, and the day of the report."""

    drilled_on: date
    on: date


@dataclass(frozen=True, kw_only=True)
class FileMeasure:
    """What was measured of an exported Word file; lengths in millimetres and points, None where not found.

    *lines_per_page* and *characters_per_line* are as rendered, and None where no renderer is there.
    """

    name: str
    page_mm: tuple[float, float] | None = None
    margins_mm: tuple[float, float, float, float] | None = None  # top, right, bottom, left
    body_pt: float | None = None
    line_pt: float | None = None
    body_font: str = ""
    title_font: str = ""
    title_pt: float | None = None
    heading_fonts: tuple[str, ...] = ()
    has_page_number: bool | None = None
    annexes_on_new_page: bool | None = None
    lines_per_page: int | None = None
    characters_per_line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A version of a plan with everything around it on one day.

    Fields that are None were not visible to the system: the rules that need them cannot tell.
    *deemed_filed* tells whether a receiver that says nothing within the limit has filed the plan.
    """

    today: date
    plan: str
    title: str
    kind: PlanKind
    hazard: str
    area: str
    version: str
    label: str
    clauses: tuple[Clause, ...]
    course: CourseFacts
    calendar: Calendar = field(default_factory=Calendar)
    maker: OrganisationKind | None = None
    maker_name: str = ""
    elsewhere: str = ""
    upper: tuple[RelatedPlan, ...] = ()
    lower: tuple[RelatedPlan, ...] = ()
    library: tuple[RelatedPlan, ...] = ()
    pools: frozenset[str] = frozenset()
    leads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    drills: DrillFacts | None = None
    entries: tuple[EntrySeen, ...] | None = None
    contacts: tuple[ContactSeen, ...] | None = None
    manuals: frozenset[str] | None = None
    evaluated_on: date | None = None
    evaluations_seen: bool = False
    changes: tuple[ChangeEvent, ...] | None = None
    sent_to: SentTo | None = None
    route: RouteAsked | None = None
    deemed_filed: bool = False
    group: GroupFacts | None = None
    inputs: tuple[InputSeen, ...] | None = None
    opinions: tuple[OpinionSeen, ...] | None = None
    asked_units: frozenset[str] | None = None
    panel: PanelFacts | None = None
    review: ReviewForm | None = None
    linkage: LinkageOpinion | None = None
    approval: Approval | None = None
    drill_reports: tuple[ReportedDrill, ...] = ()
    is_secret: bool | None = None
    training_on: date | None = None
    element_answers: Mapping[str, ElementAnswer] = field(default_factory=dict)
    file: FileMeasure | None = None

    @cached_property
    def levels(self) -> tuple[FoundLevel, ...]:
        """The response levels of the text, gravest first."""
        return levels(self.clauses)

    @cached_property
    def limits(self) -> tuple[FoundLimit, ...]:
        """The time limits of the text."""
        return time_limits(self.clauses)

    @cached_property
    def own_drills(self) -> tuple[FoundInterval, ...]:
        """How often the text wants its own drills held."""
        found = drill_intervals(self.clauses, kind=self.kind, title=self.title, maker=self.maker_name)
        return tuple(one for one in found if one.is_own)

    @cached_property
    def stated(self) -> Stated:
        """What of the text is compared with other plans."""
        titles = headings(self.clauses)
        return Stated(title=self.title, hazard=self.hazard, limits=self.limits, levels=self.levels, headings=titles)

    @cached_property
    def cited(self) -> dict[str, str]:
        """How each clause is cited."""
        return citations(self.clauses)

    @cached_property
    def words(self) -> str:
        """The text and its tables as one."""
        return "\n".join(f"{one.text}\n{one.table.text if one.table else ''}" for one in self.clauses)

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """The clauses by id."""
        return {clause.id: clause for clause in self.clauses}
