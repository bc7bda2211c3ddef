"""Rows of the assessment of studies: every step as it was taken, never changed afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from plans_repo.store.tables.base import Row, choice, identity, instant, json, person, refers


class StepKind(StrEnum):
    """What is done in the assessment of a study."""

    TICK = "tick"  # 复核无误
    OBJECT = "object"  # 提出异议
    ANSWER = "answer"  # 答复异议
    WITHDRAW = "withdraw"  # 撤回异议
    JUDGE = "judge"  # 给出评估结论
    SUBMIT = "submit"  # 报送审签
    RETURN = "return"  # 退回
    SIGN_OUT = "sign_out"  # 审签


class AssessmentStepRow(Row, table=True):
    """One step in the assessment of a study; together and in order they are the assessment."""

    __tablename__ = "assessment_step"
    __table_args__ = (UniqueConstraint("study_id", "position"),)

    id: str = identity()
    study_id: str = refers("study.id")
    position: int
    kind: StepKind = choice(StepKind)
    payload: dict[str, Any] = json()
    actor: str = person()
    name: str = Field(default="", max_length=120)
    post: str = Field(default="", max_length=120)
    at: datetime = instant()
