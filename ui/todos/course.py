"""What the course of plans asks of people: answer a consultation, remind, deal with opinions, sign as an expert."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo import editions, library, plans
from plans_repo.course import consultation, countersigning, opinion_register, panels, votes, work_plans
from plans_repo.course.passage import passage
from plans_repo.course.stages import Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotFound
from plans_repo.library import Part
from plans_repo.plans import Plan
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.todos import Todo, of_plan, todo_source
from ui.todos.kinds import Kind
from ui.wording import _, n_

ASKING = (Stage.CONSULTATION, Stage.REVIEW)
"""Stages in which opinions are asked for."""


@todo_source
def consultations_to_answer(work: Work) -> Iterator[Todo]:
    """What the person's own unit is asked."""
    for one in consultation.asked_of_me(work):
        yield Todo(
            plan=one.plan,
            subject=one.title,
            duty=_("书面答复征求意见"),
            href="/consultations",
            kind=Kind.CONSULTATION,
            due_on=one.due_on,
        )


@todo_source
def countersignatures_to_give(work: Work) -> Iterator[Todo]:
    """Joint plans of other places that wait for the word of the person's government."""
    for plan, title, version in countersigning.awaiting_me(work):
        yield of_plan(plan, title, _("会签联合预案"), kind=Kind.MOVE, v=version, part="moves", step="sides")


@todo_source
def consultations_to_follow(work: Work) -> Iterator[Todo]:
    """For the author: units that are late, opinions nobody has dealt with; for an expert: his own opinion."""
    if not work.actor.may(Action.READ_PLAN):
        return
    written, seats = editions.written(work), panels.plans_with_seat(work)
    for entry in library.entries(work, Part.ALL if seats else Part.WRITTEN, stages=ASKING):
        plan = plans.listed(entry)
        if plan.version is None or plan.state not in ASKING:
            continue
        if plan.id in written:
            yield from _of_author(work, plan, plan.version)
        if plan.id in seats:
            yield from _of_expert(work, plan, plan.version)


@todo_source
def work_plans_waiting(work: Work) -> Iterator[Todo]:
    """For who approves work plans: one that waits; for who drafts them: one that was approved and not copied upward."""
    today = local_day(work.now)
    if not work.actor.may(Action.READ_PLAN) or work.actor.organisation is None:
        return
    for year in (today.year, today.year + 1):
        found = work_plans.work_plan(work, year)
        if found is not None and found.approved_on is None and work.actor.may(Action.APPROVE_WORK_PLAN):
            duty = _("批准 {year} 年应急预案制修订工作计划", year=year)
            yield Todo(duty=duty, href="/work-plan", kind=Kind.WORK_PLAN)
        if found is not None and found.approved_on and not found.copied_on and work.actor.may(Action.EDIT_PLAN):
            duty = _("{year} 年制修订工作计划：抄送上一级应急管理部门", year=year)
            yield Todo(duty=duty, href="/work-plan", kind=Kind.WORK_PLAN)


def _of_author(work: Work, plan: Plan, version: str) -> Iterator[Todo]:
    asked = consultation.consultation(work, version)
    if asked is not None and passage(work, version).stage is Stage.CONSULTATION:
        late = asked.overdue(local_day(work.now))
        if late:
            words = n_("{count} 个单位逾期未答复，请催办", len(late))
            yield of_plan(
                plan.id, plan.title, words, kind=Kind.CONSULTATION, due_on=asked.due_on, v=version, part="moves",
                step="opinions",
            )  # fmt: skip
    try:
        untreated = [one for one in opinion_register.opinions(work, version) if one.treated is None]
    except NotFound:
        return
    if untreated:
        words = n_("{count} 条意见待处理", len(untreated))
        yield of_plan(plan.id, plan.title, words, kind=Kind.CONSULTATION, v=version, part="moves", step="opinions")


def _of_expert(work: Work, plan: Plan, version: str) -> Iterator[Todo]:
    panel = panels.panel(work, version)
    if panel is None or panel.met_on is None:
        return
    signed = {one.seat for one in votes.votes(work, panel.id)}
    mine = [seat for seat in panel.present if seat.expert.account == work.actor.account and seat.id not in signed]
    if mine:
        words = _("提交专家评审意见")
        yield of_plan(plan.id, plan.title, words, kind=Kind.REVIEW, v=version, part="moves", step="panel")
