"""What is kept of an edition from its issue on, for the dossier: publication, filing, evaluation, training, changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans_repo import access
from plans_repo.checks.dossier import ChangeEvent, ReportedDrill, RouteAsked, SentTo
from plans_repo.course import deeds, drill_reports, occasions
from plans_repo.course.deeds import DeedKind
from plans_repo.course.occasions import OccasionState
from plans_repo.course.passage import Passage
from plans_repo.course.publication import Publication, PublishedForm
from plans_repo.course.stages import EFFECTIVE
from plans_repo.errors import PlansRepoError
from plans_repo.filing.filings import Sending
from plans_repo.filing.recipients import Duty, destination, unnamed
from plans_repo.filing.rules import is_deemed_filed, surroundings
from plans_repo.store.work import Work


@dataclass(frozen=True)
class FilingFacts:
    """Looks up what followed the issue of one version."""

    work: Work
    stand: Passage

    def is_short(self) -> bool | None:
        """Whether it was made public as a short version; None where nobody entered how."""
        published = self._last(DeedKind.PUBLICATION)
        return None if published is None else published.told(Publication).form is PublishedForm.SHORT

    def sent_to(self) -> SentTo | None:
        """To whom the filing went."""
        sent = self._last(DeedKind.FILING)
        if sent is None:
            return None
        told = sent.told(Sending).recipients
        return SentTo(
            recipients=frozenset(one.name for one in told if one.duty is not Duty.COPY),
            copies=frozenset(one.name for one in told if one.duty is Duty.COPY),
        )

    def route(self) -> RouteAsked | None:
        """To whom the route of its kind sends it; None where no route fits."""
        try:
            asked = destination(self.work, access.visible_plan(self.work, self.stand.plan)).recipients
        except PlansRepoError:
            return None
        served = self._offices_served()
        open_ = [one for one in unnamed(asked) if (one.office, one.side) not in served]
        expected = [one for one in asked if one.is_named or one in open_]
        return RouteAsked(
            recipients=frozenset(one.name for one in expected if one.duty is not Duty.COPY),
            copies=frozenset(one.name for one in asked if one.duty is Duty.COPY and one.is_named),
            unnamed=frozenset(one.name for one in open_ if one.duty is Duty.COPY),
        )

    def _offices_served(self) -> frozenset[tuple[str, str]]:
        """The offices of the route in whose place bodies with names were sent the filing."""
        sent = self._last(DeedKind.FILING)
        return frozenset((one.office, one.side) for one in sent.told(Sending).recipients) if sent else frozenset()

    def is_deemed_filed(self) -> bool:
        """Whether the silence of the receiver past the limit means that the plan is filed."""
        return is_deemed_filed(surroundings(self.work), access.visible_plan(self.work, self.stand.plan))

    def evaluated_on(self) -> date | None:
        """The day of the last evaluation."""
        evaluated = self._last(DeedKind.EVALUATION)
        return evaluated.on if evaluated else None

    def training_on(self) -> date | None:
        """The day of the last training."""
        trained = self._last(DeedKind.TRAINING)
        return trained.on if trained else None

    def drill_reports(self) -> tuple[ReportedDrill, ...]:
        """The drills of the plan that were reported to the supervisor, of whatever edition."""
        found = drill_reports.drill_reports(self.work, self.stand.plan)
        return tuple(ReportedDrill(drilled_on=one.drilled_on, on=deed.on) for deed, one in found)

    def changes(self) -> tuple[ChangeEvent, ...] | None:
        """The occasions to revise since issue; None for an edition that does not count."""
        if self.stand.stage not in EFFECTIVE:
            return None
        return tuple(
            ChangeEvent(what=one.told.summary, on=one.on, is_answered=one.state is not OccasionState.OPEN)
            for one in occasions.occasions(self.work, self.stand.plan)
        )

    def _last(self, kind: DeedKind) -> deeds.Deed | None:
        found = deeds.deeds(self.work, self.stand.plan, kind, course=self.stand.course)
        return max(found, key=lambda one: one.on, default=None)
