"""Rows of what follows issue: when an edition counts, what was done for it, and the rules of the place."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, choice_or_none, identity, instant, json, person, refers


class EndKind(StrEnum):
    """Why an edition counts no longer."""

    SUPERSEDED = "superseded"  # 被新版替代
    ABOLISHED = "abolished"  # 废止


class DeedKind(StrEnum):
    """What is done for an edition from its issue on."""

    NOTICE = "notice"  # 印发通知载明的废止事项
    PUBLICATION = "publication"  # 公布、公开
    ROUTE = "route"  # 选定备案去向
    PACKAGE = "package"  # 制作备案包
    FILING = "filing"  # 报送备案
    RECEIVED = "received"  # 收到备案
    SUPPLEMENT_REQUEST = "supplement_request"  # 补正通知
    SUPPLEMENT = "supplement"  # 补正材料
    MENDED = "mended"  # 退回或者补正后，由更正的版次另行报送
    RECEIPT = "receipt"  # 备案回执
    RECEIPT_ENTERED = "receipt_entered"  # 登记的纸质回执，待第二人核对
    RECEIPT_REFUSED = "receipt_refused"  # 纸质回执核对不符
    RECEIPT_HELD = "receipt_held"  # 待核的回执或补正告知
    TRAINING = "training"  # 培训宣贯
    EVALUATION = "evaluation"  # 定期评估
    TRIAL_DECISION = "trial_decision"  # 试行期满处理
    ABOLITION = "abolition"  # 废止决定的文号、日期
    LONG_TRIAL = "long_trial"  # 试行超过一般期限的理由
    OCCASION = "occasion"  # 修订情形
    OCCASION_ANSWER = "occasion_answer"  # 修订情形的处理
    ISSUING_NAME = "issuing_name"  # 印发名义和签发人
    SUPERVISION = "supervision"  # 上级督办通知
    DRILL_REPORT = "drill_report"  # 演练情况报送监管部门
    COUNTERSIGNATURE = "countersignature"  # 联合预案另一方的会签


class TermRow(Row, table=True):
    """From when until when an edition counts; *ended_on* is the first day on which it does not.

    The events of the plan tell the same: the audit reckons the term from them and compares.
    """

    __tablename__ = "term"

    course_id: str = Field(primary_key=True, foreign_key="course.id", max_length=36)
    plan_id: str = refers("plan.id")
    issued_on: date
    effective_on: date
    trial_until: date | None = Field(default=None)
    ended_on: date | None = Field(default=None, index=True)
    end_kind: EndKind | None = choice_or_none(EndKind)


class DeedRow(Row, table=True):
    """Something done for an edition; *ordinal* counts the deeds of the plan, *about* is the deed it answers."""

    __tablename__ = "deed"
    __table_args__ = (sa.UniqueConstraint("plan_id", "ordinal"),)

    id: str = identity()
    plan_id: str = refers("plan.id")
    course_id: str = refers("course.id")
    ordinal: int
    kind: DeedKind = choice(DeedKind, index=True)
    on: date
    about: str = Field(default="", max_length=36, index=True)
    value: dict[str, Any] = json()
    made_at: datetime = instant()
    made_by: str = person()


class LocalFigureRow(Row, table=True):
    """A figure an area has laid down otherwise than a pack; the newest of a key and area counts."""

    __tablename__ = "local_figure"

    id: str = identity()
    area: str = Field(max_length=200)
    key: str = Field(max_length=80, index=True)
    value: int
    source: str = Field(max_length=300)
    entered_at: datetime = instant()
    entered_by: str = person()


class CorrespondentRow(Row, table=True):
    """The signing key of another installation, and the body somebody has found it to belong to."""

    __tablename__ = "correspondent"

    id: str = identity()
    key: str = Field(max_length=80, index=True)
    body: str = Field(max_length=200)
    note: str = Field(max_length=300)
    trusted_at: datetime = instant()
    trusted_by: str = person()
