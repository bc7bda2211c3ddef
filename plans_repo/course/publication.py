"""Publication 公布 and disclosure 公开: where, in full or as a short version, to whom, with proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo.course import deeds
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import issued
from plans_repo.course.papers import Attachment
from plans_repo.course.passage import Passage, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.errors import PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.work import Work


class PublishedForm(StrEnum):
    """What was made public."""

    FULL = "full"  # 全文
    SHORT = "short"  # 简本


@dataclass(frozen=True, kw_only=True)
class Publication:
    """How an edition was made public: in which form, where; what was withheld; which units and areas were told."""

    form: PublishedForm
    channel: str
    withheld: str = ""
    told: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _need("publication", "channel", self.channel)
        if self.form is PublishedForm.SHORT:
            _need("publication", "withheld", self.withheld)


def publish(
    work: Work,
    version_id: str,
    publication: Publication,
    *,
    papers: tuple[Attachment, ...] = (),
    on: date | None = None,
) -> Passage:
    """Make an edition public: stops its clock, keeps the proof and how it was done.

    A short version goes with its text; a plan of a unit or of the grass roots names those it was disclosed to.
    """
    edition = issued(work, version_id, Action.PUBLISH_PLAN)
    if publication.form is PublishedForm.SHORT and PaperKind.SHORT_VERSION not in {paper.kind for paper in papers}:
        raise PlansRepoError("short-version-missing", thing=edition.plan.title, field="papers", rule="needs its text")
    done = move(work, version_id, Move.PUBLISH, attachments=papers, on=on, told=publication.told)
    day = deeds.check_day(work, edition.plan.title, on, not_before=edition.issued_on)
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.PUBLICATION, publication, on=day)
    return done


def publications(work: Work, version_id: str) -> tuple[tuple[Deed, Publication], ...]:
    """How an edition was made public."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    found = deeds.deeds(work, edition.plan.id, DeedKind.PUBLICATION, course=edition.course.id)
    return tuple((deed, deed.told(Publication)) for deed in found)


def _need(thing: str, field: str, words: str) -> None:
    if not words.strip():
        raise PlansRepoError("words-missing", thing=thing, field=field, rule="must not be blank")
