"""Training and publicity 培训宣贯 after issue: what, for whom, how many, with which material."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo.course import deeds, papers
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import issued
from plans_repo.course.papers import Attachment
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.work import Work

MOST_PEOPLE = 10_000_000


class TrainingForm(StrEnum):
    """How people were made familiar with a plan."""

    MEETING = "meeting"  # 会议传达
    COURSE = "course"  # 培训班、专题讲座
    WORKSHOP = "workshop"  # 研讨、推演
    MATERIAL = "material"  # 印发宣传材料、明白卡
    MEDIA = "media"  # 网站、公众号、广播


@dataclass(frozen=True, kw_only=True)
class Training:
    """A training: its form and subject, the circle it was for, how many came, the material used."""

    form: TrainingForm
    subject: str
    audience: str
    people: int
    material: str = ""

    def __post_init__(self) -> None:
        for field, words in (("subject", self.subject), ("audience", self.audience)):
            if not words.strip():
                raise PlansRepoError("words-missing", thing="training", field=field, rule="must not be blank")
        if not 0 < self.people <= MOST_PEOPLE:
            raise PlansRepoError(
                "people-out-of-range",
                thing="training",
                field="people",
                rule=f"must lie in 1-{MOST_PEOPLE}",
                value=self.people,
                most=MOST_PEOPLE,
            )


def record_training(
    work: Work, version_id: str, training: Training, *, on: date | None = None, paper: Attachment | None = None
) -> Deed:
    """Write down a training that was held."""
    edition = issued(work, version_id, Action.READ_PLAN)
    if not (work.actor.may(Action.EDIT_PLAN) or work.actor.may(Action.FILE_PLAN)):
        raise NotAllowed("action-not-allowed", thing=work.actor.name, action="record_training")
    if paper is not None:
        papers.add(work, edition.plan, edition.course, edition.version, paper)
    day = deeds.check_day(work, edition.plan.title, on, not_before=edition.issued_on)
    return deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.TRAINING, training, on=day)


def trainings(work: Work, version_id: str) -> tuple[tuple[Deed, Training], ...]:
    """The trainings held for an edition."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    found = deeds.deeds(work, edition.plan.id, DeedKind.TRAINING, course=edition.course.id)
    return tuple((deed, deed.told(Training)) for deed in found)
