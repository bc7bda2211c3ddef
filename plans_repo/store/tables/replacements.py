"""Rows of changes in the register that plans may name. Personal data: kept apart from everything that is hashed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, person, refers, refers_or_none


class ChangedKind(StrEnum):
    """What of the register changed."""

    PHONE = "phone"  # 电话
    HOLDER = "holder"  # 任职人
    POST = "post"  # 职务
    BODY = "body"  # 机构名称


class Answer(StrEnum):
    """What became of a replacement that was offered."""

    ACCEPTED = "accepted"  # 已采纳
    DECLINED = "declined"  # 不采纳


class RegisterChangeRow(Row, table=True):
    """Words of the register that became others: a number, a person, a post, the name of a body."""

    __tablename__ = "register_change"

    id: str = identity()
    kind: ChangedKind = choice(ChangedKind)
    before: str = Field(max_length=200)
    after: str = Field(max_length=200)
    about: str = Field(default="", max_length=300)
    area: str = Field(max_length=200, index=True)
    contact_id: str | None = refers_or_none("contact.id")
    organisation_id: str | None = refers_or_none("organisation.id")
    changed_at: datetime = instant()
    changed_by: str = person()


class ReplacementAnswerRow(Row, table=True):
    """What an author said to the replacement in one clause."""

    __tablename__ = "replacement_answer"

    id: str = identity()
    change_id: str = refers("register_change.id")
    plan_id: str = refers("plan.id")
    clause_id: str = Field(max_length=36)
    answer: Answer = choice(Answer)
    answered_at: datetime = instant()
    answered_by: str = person()
