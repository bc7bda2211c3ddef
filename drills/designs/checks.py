"""What the design of a drill still lacks; nothing here refuses, it tells.

Five fields of planning: drill guide (应急办函〔2009〕62号) 3.1; posts: section 2; safety: its rules for drills of high
risk and for those that disturb the public.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drills.designs.design import NEEDED, Design, Post
from drills.drill import Drill


class Gap(StrEnum):
    """What a design lacks."""

    PURPOSE = "purpose"  # 目的
    NEED = "need"  # 需求
    SCOPE = "scope"  # 范围
    CALENDAR = "calendar"  # 日程
    BUDGET = "budget"  # 经费
    POST = "post"  # 岗位无人
    EVALUATOR_PLAYS = "evaluator_plays"  # 评估人员来自参演单位
    TWO_SEATS = "two_seats"  # 同一人既评估又参与导调或指挥
    LATE_PREPARATION = "late_preparation"  # 准备日期在演练之后
    RISKS = "risks"  # 高风险而没有风险和措施
    STOPS = "stops"  # 没有终止条件
    INSURANCE = "insurance"  # 高风险而没有保险、防护
    NOTICE = "notice"  # 影响公众而没有公告日期
    NOTICE_LATE = "notice_late"  # 公告日期不早于演练


FIVE = {
    Gap.PURPOSE: "purpose",
    Gap.NEED: "need",
    Gap.SCOPE: "scope",
}
APART_FROM_EVALUATING = (Post.COMMANDER, Post.DEPUTY, Post.CONTROLLER, Post.SIMULATOR)


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """One thing a design lacks, and whom or what it is about."""

    gap: Gap
    about: str = ""


def lacking(design: Design, drill: Drill, units: tuple[str, ...] = ()) -> tuple[Lacking, ...]:
    """Everything a design lacks, in the order of the guide; *units* are the names of those that take part."""
    return (*_planning(design, drill), *_posts(design, units), *_safety(design, drill))


def _planning(design: Design, drill: Drill) -> Iterator[Lacking]:
    for gap, field in FIVE.items():
        if not getattr(design, field).strip():
            yield Lacking(gap=gap)
    if not design.calendar:
        yield Lacking(gap=Gap.CALENDAR)
    if design.budget_cny is None:
        yield Lacking(gap=Gap.BUDGET)
    for one in design.calendar:
        if drill.on is not None and one.due_on > drill.on:
            yield Lacking(gap=Gap.LATE_PREPARATION, about=one.what)


def _posts(design: Design, units: tuple[str, ...]) -> Iterator[Lacking]:
    for post in NEEDED:
        if not design.at(post):
            yield Lacking(gap=Gap.POST, about=post.value)
    busy = {one.name for post in APART_FROM_EVALUATING for one in design.at(post)}
    for one in design.at(Post.EVALUATOR):
        if one.unit and one.unit in units:
            yield Lacking(gap=Gap.EVALUATOR_PLAYS, about=one.name)
        if one.name in busy:
            yield Lacking(gap=Gap.TWO_SEATS, about=one.name)


def _safety(design: Design, drill: Drill) -> Iterator[Lacking]:
    if not design.stops:
        yield Lacking(gap=Gap.STOPS)
    if design.is_high_risk and not design.risks:
        yield Lacking(gap=Gap.RISKS)
    if design.is_high_risk and not design.insurance.strip():
        yield Lacking(gap=Gap.INSURANCE)
    if design.disturbs_public and design.notice_on is None:
        yield Lacking(gap=Gap.NOTICE)
    if design.disturbs_public and design.notice_on and drill.on is not None and design.notice_on >= drill.on:
        yield Lacking(gap=Gap.NOTICE_LATE, about=design.notice_on.isoformat())
