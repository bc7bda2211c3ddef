"""Rows of the life cycle: one course per edition, with its papers, signatures and clocks."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from plans_repo.course.stages import ClockKind, Move, PaperKind, Process, Stage
from plans_repo.store.tables.base import Row, choice, choice_or_none, identity, instant, person, refers


class CourseRow(Row, table=True):
    """The way of one edition from first draft to abolition.

    *revision* counts its moves, *round* how often it was sent back: signatures of an
    earlier round no longer hold.
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
    attached_at: datetime = instant()
    attached_by: str = person()


class SignOffRow(Row, table=True):
    """A signature under the text that somebody saw; it holds for that root hash only."""

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


class DeadlineRow(Row, table=True):
    """A clock that a move has started."""

    __tablename__ = "deadline"

    id: str = identity()
    course_id: str = refers("course.id")
    kind: ClockKind = choice(ClockKind)
    from_on: date
    due_on: date = Field(index=True)
    is_provisional: bool
    done_on: date | None = Field(default=None)
    stopped_by: Move | None = choice_or_none(Move)
