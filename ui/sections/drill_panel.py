"""One drill opened on the calendar: its facts, its course, and what the person may do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

import streamlit as st

from drills import register
from drills.access import changes
from drills.conduct import playing
from drills.drill import MOVES, Drill, State, Step
from drills.plan_facts import rule_of
from drills.rules import Rule
from drills.scheduling import Blackout, Days
from drills.scripts import keeping
from plans_repo import organisations, plans
from plans_repo.store import events
from plans_repo.store.events import Event
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.components.choice import choose
from ui.components.drill_calendar import reason
from ui.components.drill_facts import drill_badges, drill_facts, drill_steps
from ui.components.drill_names import DAYS, STEPS, drill_title
from ui.components.html import join, link, show, tag
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.step_bar import show_step_bar
from ui.identity import guard, reading, work
from ui.sections.calendar_view import design_address, drill_address, play_address, today, wants_reschedule
from ui.wording import _, day_text

PROMPT_STEPS = (Step.START, Step.END, Step.EVALUATE, Step.CLOSE)
"""Steps that need no form."""
DEFAULT_HOUR = time(9, 0)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A drill with what is told beside it; *is_ours* when the person's body arranges it.

    *rule* is why it stands in the programme, *blocked* what has closed its day since; *is_approved* when the
    programme it stands in with that day was approved.
    """

    drill: Drill
    rule: Rule | None
    blocked: tuple[Blackout, ...]
    is_approved: bool
    history: tuple[Event, ...]
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    is_ours: bool
    reads_script: bool
    is_played: bool


def open_drill(asked: Work, drill_id: str) -> Opened:
    """The drill of that id; what a person may not see does not exist."""
    drill = register.drill(asked, drill_id)
    return Opened(
        drill=drill,
        rule=rule_of(asked, drill),
        blocked=register.blocks(asked, drill),
        is_approved=register.is_approved(asked, drill),
        history=events.history(asked, register.chain_of_drill(drill.id)),
        titles={plan.id: plan.title for plan in plans.list_plans(asked)},
        bodies={body.id: told(body.name, body.name_en) for body in organisations.organisations(asked)},
        is_ours=changes(asked, organisation=drill.organisation, area=drill.area),
        reads_script=keeping.may_read(asked, drill.id),
        is_played=playing.is_played(asked, drill.id),
    )


def show_drill(drill_id: str) -> None:
    """Put the drill on the page."""
    actor = guard(Action.READ_DRILL)
    with answered():
        with reading() as asked:
            opened = open_drill(asked, drill_id)
        with st.container(border=True, key="drill-panel"):
            _show_facts(opened)
            if opened.is_ours:
                _show_steps(opened, actor.may)


def _show_facts(opened: Opened) -> None:
    drill = opened.drill
    st.subheader(drill_title(drill))
    ways = [link(_("收起"), drill_address(""))]
    if opened.reads_script:
        ways.insert(0, link(_("演练设计与脚本"), design_address(drill.id)))
    if opened.is_played or drill.state in (State.SCHEDULED, State.RUNNING):
        ways.insert(0, link(_("演练实施"), play_address(drill.id)))
    show(tag("div", drill_badges(drill), tag("div", join(ways, "　")), cls="yy-between"))
    if opened.blocked:
        st.warning(
            _(
                "演练日期 {day} 已列为禁演（{reasons}），须改期或取消。",
                day=day_text(drill.on),
                reasons=_reasons(opened),
            )
        )
    show_step_bar(drill_steps(drill, opened.history))
    show(drill_facts(drill, titles=opened.titles, bodies=opened.bodies, rule=opened.rule, history=opened.history))


def _reasons(opened: Opened) -> str:
    return _("；").join(map(reason, opened.blocked))


def _show_steps(opened: Opened, may: Callable[[Action], bool]) -> None:
    drill = opened.drill
    open_steps = {move.step for move in MOVES if move.source is drill.state and may(move.action)}
    if drill.on is None or drill.on > today():
        open_steps -= {Step.START}  # offered from its day on, so that nobody starts a drill by a slip of the hand
    if opened.is_played:
        open_steps -= {Step.END}  # on the console, where the log of play ends with it
    if Step.SCHEDULE in open_steps:
        _show_schedule_form(opened)
    for step in PROMPT_STEPS:
        if step in open_steps and st.button(_(STEPS[step]), key=f"step-{step.value}"):
            _take(drill, step)
    if Step.CANCEL in open_steps:
        _show_cancel_form(drill)


def _show_schedule_form(opened: Opened) -> None:
    drill = opened.drill
    is_first = drill.state is State.PLANNED
    label = _("排期") if is_first else _("改期")
    is_open = bool(opened.blocked) or wants_reschedule()
    with st.expander(label, key="schedule-open", expanded=is_open), st.form("schedule", border=False):
        left, middle, right = st.columns(3)
        on = left.date_input(_("日期"), value=drill.on, key="schedule-on", format="YYYY-MM-DD")
        at = middle.time_input(_("开始时刻"), value=drill.at or DEFAULT_HOUR, key="schedule-at")
        days = choose(right, _("日期要求"), list(Days), lambda one: _(DAYS[one]), key="schedule-days")
        place = left.text_input(_("地点"), value=drill.place, max_chars=300, key="schedule-place")
        lasting = middle.number_input(_("历时（分）"), 0, 10_000, drill.duration_min, 10, key="schedule-minutes")
        people = right.number_input(_("参演人数"), 0, 100_000, drill.participants_count, 10, key="schedule-people")
        why = _ask_why(opened)
        is_saving = st.form_submit_button(label, key="schedule-now")
    if is_saving and on is None:
        st.error(_("请选择日期。"))
    elif is_saving and isinstance(on, date):
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as asked:
                register.schedule_drill(
                    asked, drill.id, on, at=at or DEFAULT_HOUR, days=days, place=place,
                    duration_min=int(lasting), participants_count=int(people), reason=why,
                )  # fmt: skip
            title = drill_title(drill)
            leave_notice(_("已排期：{title}。", title=title) if is_first else _("已改期：{title}。", title=title))


def _ask_why(opened: Opened) -> str:
    """The reason for another day, asked for where the day stands in an approved programme."""
    if not opened.is_approved:
        return ""
    proposed = _("当日列为禁演：{reasons}", reasons=_reasons(opened)) if opened.blocked else ""
    return st.text_input(
        _("改期的原因"), value=proposed, max_chars=2000, key="schedule-reason",
        help=_("本演练的日期列在已批准的年度演练计划中，改动日期须写明原因。"),
    )  # fmt: skip


def _take(drill: Drill, step: Step) -> None:
    with answered():
        guard(Action.READ_DRILL)
        with work() as asked:
            register.move_drill(asked, drill.id, step)
        leave_notice(_("{title}：{step}，已记录。", title=drill_title(drill), step=_(STEPS[step])))


def _show_cancel_form(drill: Drill) -> None:
    with st.expander(_(STEPS[Step.CANCEL]), key="cancel-open"), st.form("cancel", border=False):
        why = st.text_input(_("取消的原因"), max_chars=2000, key="cancel-reason")
        is_cancelling = st.form_submit_button(_(STEPS[Step.CANCEL]), key="cancel-now")
    if is_cancelling:
        with answered():
            guard(Action.READ_DRILL)
            with work() as asked:
                register.move_drill(asked, drill.id, Step.CANCEL, reason=why)
            leave_notice(_("已取消：{title}。", title=drill_title(drill)))
