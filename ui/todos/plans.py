"""What plans and studies ask of a person: confirm, go on writing, sign, publish and file in time, evaluate, read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from plans_repo import drafts, editions, library, plans
from plans_repo.course import courses
from plans_repo.course import passage as course
from plans_repo.course.passage import OpenMove, Passage
from plans_repo.course.stages import ClockKind, Move, Stage
from plans_repo.course.working_days import local_day
from plans_repo.editions import Edition
from plans_repo.evaluation_clock import EvaluationClock, Subject, evaluation_clock
from plans_repo.library import Part
from plans_repo.store import jobs
from plans_repo.store.jobs import JobState
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.components.job_names import job_address, job_subject
from ui.components.plan_names import CLOCKS, told
from ui.todos import Todo, of_plan, todo_source
from ui.todos.kinds import Kind
from ui.wording import _, n_
from ui.wording.codes import MOVES

FRESH = timedelta(days=3)
"""A finished study is something to read for so long."""
QUIET_STAGES = frozenset({Stage.DRAFT, Stage.SUPERSEDED, Stage.ABOLISHED})
"""Stages in which nobody waits for a move."""
NOT_AWAITED = frozenset({Move.ABOLISH, Move.REDRAFT, Move.REGISTER})
CLOCK_OF = {Move.PUBLISH: ClockKind.PUBLICATION, Move.FILE: ClockKind.FILING, Move.RECEIVE_RECEIPT: ClockKind.RECEIPT}


@todo_source
def plans_waiting(work: Work) -> Iterator[Todo]:
    """Everything that waits in a plan of which the person is the author, signer or filing officer.

    Of the plans of its own place: nobody makes a move for another one. An edition in force waits for its receipt only.
    """
    if not work.actor.may(Action.READ_PLAN):
        return
    today = local_day(work.now)
    entries = library.entries(work, Part.OF_ITS_PLACE)
    course_of = {one.version: one.course for entry in entries for one in (entry.newest, entry.in_force) if one}
    written, begun = editions.written(work), drafts.begun(work)
    newest = [entry.newest.version for entry in entries if entry.id in written and entry.newest]
    proposed = plans.proposed_targets(work, newest)
    clock = evaluation_clock(work)
    awaiting = courses.running(work, ClockKind.RECEIPT)
    for edition in editions.editions(work, entries):
        if edition.plan.id in written:
            yield from _for_author(edition, today, proposed, begun, clock)
        for version in {one.id: one for one in (edition.in_force, edition.newest) if one}.values():
            if version.state is not Stage.IN_FORCE or course_of[version.id] in awaiting:
                yield from _to_move(work, edition, version.id)


@todo_source
def studies_finished(work: Work) -> Iterator[Todo]:
    """The person's own studies that ended in the last days."""
    for job in jobs.jobs(work):
        if job.kind != "study" or job.ended_at is None or work.now - job.ended_at > FRESH:
            continue
        if job.state is JobState.DONE and job.result:
            duty = _("仿真研究已完成，请查看结论")
            yield Todo(subject=job_subject(work, job), duty=duty, href=job_address(job), kind=Kind.STUDY)
        elif job.state is JobState.FAILED:
            duty = _("仿真研究未能完成，请查看原因")
            yield Todo(subject=job_subject(work, job), duty=duty, href=job_address(job), kind=Kind.STUDY)


def _for_author(
    edition: Edition, today: date, proposed: Mapping[str, int], begun: Collection[str], clock: EvaluationClock
) -> Iterator[Todo]:
    plan = edition.plan
    if edition.newest is not None:
        if count := proposed.get(edition.newest.id, 0):
            words = n_("确认拟议目标 {count} 项", count)
            yield of_plan(plan.id, plan.title, words, kind=Kind.CONFIRM, part="procedure")
        if plan.id in begun:
            yield of_plan(plan.id, plan.title, _("继续编修初稿"), kind=Kind.WRITE, part="editing")
    if edition.evaluate_by and edition.evaluate_by - editions.evaluation_ahead() <= today:
        subject = Subject(kind=plan.kind, organisation=plan.organisation, area=plan.area)
        words = _("应开展定期评估（{rule}）", rule=told(*clock.source(subject)))
        yield of_plan(plan.id, plan.title, words, kind=Kind.EVALUATE, due_on=edition.evaluate_by, part="after")


def _to_move(work: Work, edition: Edition, version: str) -> Iterator[Todo]:
    """One thing to do for each way on that is open to the person; a rejection is not a way on."""
    stand = course.passage(work, version)
    if stand.stage in QUIET_STAGES:
        return
    for one in course.open_moves(work, version):
        if _is_awaited(work, one, stand):
            due_on = _due(one, stand)
            words, plan = _("待办“{move}”", move=_(MOVES[one.move])), edition.plan
            if due_on is not None:
                words = _("{words}（{clock}）", words=words, clock=_(CLOCKS[CLOCK_OF[one.move]]))
            yield of_plan(plan.id, plan.title, words, kind=Kind.MOVE, due_on=due_on, v=version, part="moves")


def _is_awaited(work: Work, one: OpenMove, stand: Passage) -> bool:
    if one.move in NOT_AWAITED or (one.step.needs_reason and one.step.to is Stage.DRAFT):
        return False
    if one.unmet and one.step.signs:
        return False  # nobody signs before what the path asks for is there; the author is told what is missing
    if one.move is Move.RECEIVE_RECEIPT:
        return _due(one, stand) is not None
    return one.step.action is not Action.EDIT_PLAN or editions.is_written_by(work, stand.plan)


def _due(one: OpenMove, stand: Passage) -> date | None:
    """The day of the clock that the move stops, while it runs."""
    clock = CLOCK_OF.get(one.move)
    return next((item.due_on for item in stand.deadlines if item.kind is clock and item.done_on is None), None)
