"""What drills ask of a person: those of the next days, those due without a day, programmes to make and approve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from drills import programme as programmes
from drills.access import changes
from drills.drill import COMING, Drill, State
from drills.due import DueState
from drills.programme import Programme
from drills.register import blocked, list_drills
from drills.scheduling import Blackout
from drills.store.tables import ProgrammeState
from drills.survey import survey
from plans_repo.access import standpoint
from plans_repo.course.working_days import local_day
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.components.drill_calendar import short_reasons
from ui.components.drill_names import drill_title
from ui.sections.calendar_view import RESCHEDULE, elsewhere_address
from ui.todos import Todo, todo_source
from ui.todos.kinds import Kind
from ui.wording import _

NEAR = timedelta(days=7)
NEXT_YEAR_FROM = 10
"""From this month on the programme of the next year is asked for."""
FOLLOW_UP = {State.ENDED: Action.EVALUATE_DRILL, State.EVALUATED: Action.PLAN_DRILL}
"""Who goes on with a drill that is over."""


@todo_source
def drills_waiting(work: Work) -> Iterator[Todo]:
    """The drills the person arranges or takes part in: coming, missed, on a closed day, not yet followed up."""
    if not work.actor.may(Action.READ_DRILL):
        return
    today = local_day(work.now)
    every = list_drills(work)
    closed = blocked(work, every)
    for drill in every:
        if drill.id in closed and _plans(work, drill):
            yield _to_reschedule(drill, closed[drill.id])
        elif _arranges(work, drill) or work.actor.organisation in drill.units:
            yield from _of_drill(work, drill, today)


@todo_source
def programmes_waiting(work: Work) -> Iterator[Todo]:
    """For who plans drills: what is due without a drill; for who approves: drafts."""
    today, area = local_day(work.now), standpoint(work).area
    if work.actor.may(Action.APPROVE_PLAN) and work.actor.may(Action.READ_DRILL):
        for year, place, state in programmes.programmes(work):
            if state is ProgrammeState.DRAFT and place == area and changes(work, organisation=None, area=place):
                yield Todo(duty=_("批准 {year} 年演练计划", year=year), href=_programme(year), kind=Kind.PROGRAMME)
    if work.actor.may(Action.PLAN_DRILL) and changes(work, organisation=None, area=area):
        years = (today.year, today.year + 1) if today.month >= NEXT_YEAR_FROM else (today.year,)
        seen = survey(work, area=area)
        for year in years:
            stored = {drill.id for drill in list_drills(work, year)}
            yield from _of_programme(programmes.programme_of(work, year, seen=seen), stored, today)


def _of_drill(work: Work, drill: Drill, today: date) -> Iterator[Todo]:
    title, kind = drill_title(drill), Kind.DRILL
    if drill.state in COMING and drill.on is not None:
        if today <= drill.on <= today + NEAR:
            yield Todo(subject=title, duty=_("七日内演练"), href=elsewhere_address(drill), kind=kind, due_on=drill.on)
        elif drill.on < today and _plans(work, drill):
            duty = _("演练日期已过，请记录或改期")
            yield Todo(subject=title, duty=duty, href=elsewhere_address(drill), kind=kind, due_on=drill.on)
    action = FOLLOW_UP.get(drill.state)
    if action is not None and work.actor.may(action) and _arranges(work, drill):
        duty = _("完成演练评估") if drill.state is State.ENDED else _("闭环")
        yield Todo(subject=title, duty=duty, href=elsewhere_address(drill), kind=kind)


def _to_reschedule(drill: Drill, blocked: Sequence[Blackout]) -> Todo:
    """A drill whose day has been blocked since."""
    duty = _("当日已列为禁演（{reason}），请改期", reason=short_reasons(blocked))
    return Todo(
        subject=drill_title(drill), duty=duty, href=elsewhere_address(drill, step=RESCHEDULE), kind=Kind.RESCHEDULE,
        due_on=drill.on, is_blocked=True,
    )  # fmt: skip


def _of_programme(found: Programme, stored: set[str], today: date) -> Iterator[Todo]:
    """Each due item without a drill, on the first year that names it; a year of proposals is one thing to do."""
    if any(drill.id not in stored for drill in found.drills):
        by = min((item.by for item in found.due if item.by and item.on is None), default=None)
        words = _("拟订 {year} 年演练计划", year=found.year)
        yield Todo(duty=words, href=_programme(found.year), kind=Kind.PROGRAMME, due_on=by)
    for item in found.uncovered:
        if item.by and item.by.year < found.year and found.year > today.year:
            continue
        words = _("演练已超期，尚未安排") if item.state is DueState.OVERDUE else _("到期演练尚未安排")
        yield Todo(
            plan=item.plan, subject=item.title, duty=words, href=_programme(found.year), kind=Kind.DRILL_DUE,
            due_on=item.by,
        )  # fmt: skip


def _arranges(work: Work, drill: Drill) -> bool:
    return changes(work, organisation=drill.organisation, area=drill.area)


def _plans(work: Work, drill: Drill) -> bool:
    return work.actor.may(Action.PLAN_DRILL) and _arranges(work, drill)


def _programme(year: int) -> str:
    return f"/programme?year={year}"
