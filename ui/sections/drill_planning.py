"""New entries of the calendar: a drill, a period without drills; lifting and taking back such periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from drills import blackouts as periods
from drills.drill import Blindness, Content, Drill, DrillType, Form, Purpose
from drills.register import blocks, list_drills, plan_drill
from drills.scheduling import Blackout, BlackoutKind
from plans_repo.store.roles import Action
from ui.components.choice import choose
from ui.components.drill_calendar import short_reason
from ui.components.drill_names import BLACKOUTS, CONTENTS, FORMS, PURPOSES, drill_title
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.identity import guard, work
from ui.sections.calendar_view import Asked, touches_month
from ui.wording import _, date_text, day_text, n_

ENTRIES = "yy_entries"  # key of session state: how many entries were made, by form


def _key(form: str, name: str) -> str:
    """The key of a control, new after every entry, so that the form comes back empty."""
    return f"{name}-{st.session_state.get(ENTRIES, {}).get(form, 0)}"


def _start_afresh(form: str) -> None:
    made = st.session_state.get(ENTRIES, {})
    st.session_state[ENTRIES] = {**made, form: made.get(form, 0) + 1}


def show_new_drill(titles: Mapping[str, str], year: int) -> None:
    """The form that puts an open drill into the calendar."""
    with st.expander(_("新增公开演练"), key="new-drill-open"), st.form("new-drill", border=False):
        st.caption(_("日期须保密的演练（双盲）不在这里登记，应抽签封存。"))
        title = st.text_input(_("演练名称"), max_chars=300, key=_key("drill", "new-drill-title"))
        chosen = st.multiselect(
            _("依据的预案"),
            list(titles),
            format_func=lambda one: titles[one],
            placeholder=_("请选择"),
            key=_key("drill", "new-drill-plans"),
        )
        left, middle, right = st.columns(3)
        content = choose(left, _("内容"), list(Content), lambda one: _(CONTENTS[one]), key=_key("drill", "new-content"))
        form = choose(middle, _("形式"), list(Form), lambda one: _(FORMS[one]), key=_key("drill", "new-form"))
        purpose = choose(
            right, _("目的"), list(Purpose), lambda one: _(PURPOSES[one]), key=_key("drill", "new-purpose")
        )
        on = left.date_input(_("拟定日期"), value=None, key=_key("drill", "new-drill-on"), format="YYYY-MM-DD")
        is_blind = middle.checkbox(_("不告知情景与内容"), key=_key("drill", "new-drill-blind"))
        is_saving = st.form_submit_button(_("列入计划"), key="new-drill-now")
    if is_saving:
        with answered():
            guard(Action.PLAN_DRILL)
            day = on if isinstance(on, date) else None
            with work() as asked:
                made = plan_drill(
                    asked, title, year=day.year if day else year, on=day, plan_ids=chosen,
                    type=DrillType(content=content, form=form, purpose=purpose),
                    blindness=[Blindness.CONTENT] if is_blind else [],
                )  # fmt: skip
            _start_afresh("drill")
            leave_notice(_("已列入计划：{title}。请打开该演练排期。", title=made.title))


def show_new_blackout(today: date) -> None:
    """The form for a period without drills, or for a real warning in force."""
    with st.expander(_("新增禁演期或预警"), key="new-blackout-open"), st.form("new-blackout", border=False):
        reason = st.text_input(
            _("原因"), max_chars=300, key=_key("blackout", "blackout-reason"),
            placeholder=_("例如 高考：考点周边禁噪"),
        )  # fmt: skip
        left, middle, right = st.columns(3)
        kind = left.selectbox(
            _("类别"), list(BlackoutKind), index=None, format_func=lambda one: _(BLACKOUTS[one]),
            placeholder=_("请选择"), key=_key("blackout", "blackout-kind"),
        )  # fmt: skip
        start = middle.date_input(_("首日"), value=today, key=_key("blackout", "blackout-start"), format="YYYY-MM-DD")
        end = right.date_input(
            _("末日"), value=None, key=_key("blackout", "blackout-end"), format="YYYY-MM-DD",
            help=_("生效中的预警可以不填。"),
        )  # fmt: skip
        is_saving = st.form_submit_button(_("登记"), key="blackout-now")
    if is_saving and kind is None:
        st.error(_("请选择类别。"))
    elif is_saving and kind is not None and isinstance(start, date):
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as asked:
                made = periods.add_blackout(
                    asked, reason, kind=kind, start_on=start, end_on=end if isinstance(end, date) else None
                )
                hit = [drill for drill in list_drills(asked) if made in blocks(asked, drill)]
            _start_afresh("blackout")
            leave_notice(_("已登记：{reason}。", reason=reason), warning=_warning(hit))


def _warning(hit: Sequence[Drill]) -> str:
    """Which drills a new period hits."""
    if not hit:
        return ""
    named = _("、").join(
        _("{title}（{day}）", title=drill_title(drill), day=day_text(drill.on)) for drill in hit
    )  # fmt: skip
    return n_("期内已有 {count} 场演练，须改期或取消：{named}。", len(hit), named=named)


def show_blackout_changes(mine: Sequence[Blackout], asked: Asked, today: date) -> None:
    """Lift a warning or take a period back; one of the month on show stands first."""
    if not mine:
        return
    known = {item.id: item for item in mine}
    here = [item for item in mine if touches_month(item, asked, today)]
    with st.expander(_("解除预警、撤销禁演期"), key="blackout-change-open"), st.form("blackout-change", border=False):
        chosen = st.selectbox(
            _("期间"),
            list(known),
            index=list(known).index(here[0].id) if here else None,
            format_func=lambda one: _named(known[one]),
            placeholder=_("请选择"),
            key=f"blackout-chosen-{asked.year}-{asked.month}",
        )
        left, right = st.columns(2)
        is_lifting = left.form_submit_button(_("预警今日解除"), key="blackout-lift")
        is_removing = right.form_submit_button(_("撤销该期间"), key="blackout-remove")
    if (is_lifting or is_removing) and chosen is None:
        st.error(_("请选择期间。"))
    elif chosen in known and (is_lifting or is_removing):
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as opened:
                if is_lifting:
                    periods.lift_warning(opened, chosen, today)
                else:
                    periods.remove_blackout(opened, chosen)
            reason = short_reason(known[chosen])
            leave_notice(
                _("已解除：{reason}。", reason=reason) if is_lifting else _("已撤销：{reason}。", reason=reason)
            )


def _named(blackout: Blackout) -> str:
    first, last = date_text(blackout.start_on), date_text(blackout.end_on)
    days = _("{first} 起", first=first) if blackout.end_on is None else first if first == last else f"{first} — {last}"
    return f"{days} {short_reason(blackout)}"
