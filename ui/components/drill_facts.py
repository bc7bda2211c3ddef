"""One drill: its facts in words, and its steps with their days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drills.drill import Drill, State
from drills.rules import Rule
from plans_repo.course.working_days import local_day
from plans_repo.store.events import Event
from ui.components.badges import badge, mark
from ui.components.drill_names import blindness_words, state_badge, type_words
from ui.components.drill_table import day_and_hour, plan_links
from ui.components.html import Html, join, table, tag
from ui.components.plan_names import told
from ui.components.step_bar import Step
from ui.wording import _, day_text, duration_text, later

COURSE = (State.PLANNED, State.SCHEDULED, State.RUNNING, State.ENDED, State.EVALUATED, State.CLOSED)
LABELS = {
    State.PLANNED: later("列入计划"),
    State.SCHEDULED: later("排期"),
    State.RUNNING: later("举行"),
    State.ENDED: later("结束"),
    State.EVALUATED: later("评估"),
    State.CLOSED: later("闭环"),
}
KINDS = {
    State.PLANNED: ("drill-planned",),
    State.SCHEDULED: ("drill-scheduled",),
    State.RUNNING: ("drill-running", "drill-started", "drill-released"),
    State.ENDED: ("drill-ended",),
    State.EVALUATED: ("drill-evaluated",),
    State.CLOSED: ("drill-closed",),
}
"""The events that say a drill came into a state."""
REASONED = {"drill-scheduled": later("{day}改期：{why}"), "drill-cancelled": later("{day}取消：{why}")}


def drill_badges(drill: Drill) -> Html:
    """State, type and blindness side by side."""
    shown = [state_badge(drill.state), tag("span", type_words(drill.type))]
    if drill.is_double_blind:
        shown.append(badge(_("双盲"), "warn"))
    return tag("div", *shown, cls="yy-facts")


def drill_facts(
    drill: Drill,
    *,
    titles: Mapping[str, str],
    bodies: Mapping[str, str],
    rule: Rule | None,
    history: Sequence[Event] = (),
) -> Html:
    """The facts as a table; *titles* name the plans, *bodies* the organisations; *rule* wanted the drill.

    The reasons of its moves are told from its *history*.
    """
    facts: list[tuple[str, object]] = [
        (_("时间"), _when(drill)),
        (_("地点"), drill.place or "—"),
        (_("依据的预案"), plan_links(drill.plans, titles)),
        (_("组织单位"), bodies.get(drill.organisation or "", "—")),
        (_("参演单位"), unit_names(drill.units, bodies) or "—"),
        (_("参演人数"), drill.participants_count or "—"),
        (_("保密范围"), blindness_words(drill.blindness) or _("全部事先告知")),
        (_("演练期限"), _due(drill, rule)),
        (_("结果和说明"), drill.note or "—"),
        *_reasons(history),
    ]
    return table([_("项目"), _("内容")], facts, cls="yy-table yy-record")


def _reasons(history: Sequence[Event]) -> list[tuple[str, object]]:
    """Why the drill was moved or cancelled, the oldest first; no row where nobody had to say."""
    found = [event for event in history if event.payload.get("reason")]
    lines = [tag("div", _why(event)) for event in found]
    return [(_("改期、取消的原因"), join(lines))] if lines else []


def _why(event: Event) -> str:
    words = _(REASONED.get(event.kind, "{day}：{why}"))
    return words.replace("{day}", day_text(local_day(event.at))).replace("{why}", str(event.payload["reason"]))


def unit_names(units: Iterable[str], bodies: Mapping[str, str]) -> str:
    """The names of units; a team that is no organisation stands there by its own name."""
    return _("、").join(bodies.get(unit, unit) for unit in units)


def drill_steps(drill: Drill, history: Sequence[Event]) -> list[Step]:
    """The way of a drill with the day of every step taken."""
    days = {event.kind: day_text(local_day(event.at)) for event in history}
    if "drill-recorded" in days:
        held = Step(label=_("举行"), state="done", when=day_text(drill.on))
        return [held, Step(label=_("补录登记"), state="done", when=days["drill-recorded"])]
    steps = [_step(state, drill, days) for state in COURSE]
    if drill.state is State.CANCELLED:
        cancelled = Step(label=_("已取消"), state="refused", when=days.get("drill-cancelled", ""))
        return [*(step for step in steps if step.when), cancelled]
    return steps


def _step(state: State, drill: Drill, days: Mapping[str, str]) -> Step:
    when = next((days[kind] for kind in KINDS[state] if kind in days), "")
    if drill.state is State.CANCELLED:
        return Step(label=_(LABELS[state]), state="done", when=when)
    here, there = COURSE.index(drill.state), COURSE.index(state)
    is_now = here == there and drill.state is not State.CLOSED
    return Step(label=_(LABELS[state]), state="now" if is_now else "done" if there <= here else "ahead", when=when)


def _when(drill: Drill) -> Html:
    lasting = _("，历时 {time}", time=duration_text(drill.duration_min)) if drill.duration_min else ""
    return join([day_and_hour(drill), lasting])


def _due(drill: Drill, rule: Rule | None) -> object:
    if rule is None:
        return "—"
    by = _("{day} 前：", day=day_text(drill.by)) if drill.by else ""
    source = tag("small", told(rule.source, rule.source_en), cls="yy-source")
    return join([by, told(rule.title, rule.title_en), " ", mark(rule.mark), source])
