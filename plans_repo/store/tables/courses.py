"""Rows of the life cycle: one course per edition, with its papers, signatures and clocks."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from plans_repo.course.stages import ClockKind, Move, PaperKind, Process, Stage
from plans_repo.store.tables.base import Row, choice, choice_or_none, identity, instant, json_or_none, person, refers


class CourseRow(Row, table=True):
    """The way of one edition from first draft to abolition.

    *revision* counts its moves, *round* how often it was sent back: signatures of an
    earlier round no longer hold. *path* is the way chosen, *stages* the stages of it
    from the day the first draft was left; *moved_on* is the day of its last move.
    """

    __tablename__ = "course"

    id: str = identity()
    plan_id: str = refers("plan.id")
    stage: Stage = choice(Stage, index=True)
    process: Process = choice(Process)
    ordinal: int
    revision: int = 1
    round: int = 1
    document_number: str = Field(default="", max_length=80)
    issued_on: date | None = Field(default=None)
    started_at: datetime = instant()
    path: str = Field(default="", max_length=40)
    stages: list[str] | None = json_or_none()
    moved_on: date | None = Field(default=None)


class LocalRuleRow(Row, table=True):
    """A local switch as somebody set it for an area; the newest counts."""

    __tablename__ = "local_rule"

    id: str = identity()
    area: str = Field(max_length=200)
    name: str = Field(max_length=40)
    is_on: bool
    reason: str = Field(max_length=1000)
    set_at: datetime = instant()
    set_by: str = person()


class EditorialChangeRow(Row, table=True):
    """A correction made while a text was edited, which left the signatures under the text before it standing."""

    __tablename__ = "editorial_change"

    id: str = identity()
    course_id: str = refers("course.id")
    before_id: str = refers("version.id")
    after_id: str = refers("version.id")
    before_hash: str = Field(max_length=64)
    after_hash: str = Field(max_length=64)
    made_at: datetime = instant()


class PaperRow(Row, table=True):
    """A paper attached to a course: letter, opinion, minutes, scan."""

    __tablename__ = "paper"

    id: str = identity()
    course_id: str = refers("course.id")
    round: int
    kind: PaperKind = choice(PaperKind)
    media_hash: str = Field(foreign_key="media.hash", max_length=64)
    name: str = Field(max_length=300)
    root_hash: str = Field(max_length=64)
    dated_on: date | None = Field(default=None)
    attached_at: datetime = instant()
    attached_by: str = person()


class SignOffRow(Row, table=True):
    """A signature under the text that somebody saw; it holds for that root hash only.

    *signed_on* is the day of the act, *signed_at* when it was entered here. Rows of earlier releases have no day.
    Where the head of a body signed on paper, *signer_name* and *signer_post* say who; *signed_by* entered it.
    """

    __tablename__ = "sign_off"

    id: str = identity()
    course_id: str = refers("course.id")
    version_id: str = refers("version.id")
    move: Move = choice(Move)
    round: int
    root_hash: str = Field(max_length=64)
    opinion: str = Field(max_length=2000)
    signed_at: datetime = instant()
    signed_by: str = person()
    signed_on: date | None = Field(default=None)
    signer_name: str = Field(default="", max_length=40)
    signer_post: str = Field(default="", max_length=120)


class DeadlineRow(Row, table=True):
    """A clock that a move has started; *working_days* is how many it runs, nothing when its last day is fixed."""

    __tablename__ = "deadline"

    id: str = identity()
    course_id: str = refers("course.id")
    kind: ClockKind = choice(ClockKind)
    from_on: date
    due_on: date = Field(index=True)
    is_provisional: bool
    working_days: int | None = Field(default=None)
    done_on: date | None = Field(default=None)
    stopped_by: Move | None = choice_or_none(Move)
