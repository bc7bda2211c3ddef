"""Rows of the references that a plan's clauses make to clauses and plans."""

from __future__ import annotations

from sqlmodel import Field

from plans_repo.store.tables.base import Row, refers


class ReferenceRow(Row, table=True):
    """What words of a clause pointed at when they were written, from which to which version they did.

    *words* and *nth* say which mention of the clause it is; *target_clause* is empty where a whole plan is meant.
    It outlives renumbering: the words then say an old number, and the target is still the one meant.
    """

    __tablename__ = "plan_reference"

    plan_id: str = Field(primary_key=True, foreign_key="plan.id", max_length=36)
    clause_id: str = Field(primary_key=True, max_length=36)
    words: str = Field(primary_key=True, max_length=120)
    nth: int = Field(primary_key=True)
    first: int = Field(primary_key=True)
    last: int
    target_plan: str = refers("plan.id")
    target_clause: str = Field(max_length=36)
