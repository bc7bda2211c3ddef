"""New entries of the calendar: a drill, a period without drills; lifting and taking back such periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from drills import blackouts as periods
from drills.drill import Blindness, Content, DrillType, Form, Purpose
from drills.register import plan_drill
from drills.scheduling import Blackout, BlackoutKind
from plans_repo.store.roles import Action
from ui.components.choice import choose
from ui.components.drill_calendar import short_reason
from ui.components.drill_names import BLACKOUTS, CONTENTS, FORMS, PURPOSES
from ui.components.notice import leave_notice
from ui.components.refusal import answered
from ui.identity import guard, work
from ui.wording import _, date_text


def show_new_drill(titles: Mapping[str, str], year: int) -> None:
    """The form that puts an open drill into the calendar."""
    with st.expander(_("新增公开演练"), key="new-drill-open"), st.form("new-drill", border=False):
        st.caption(_("日期须保密的演练（双盲）不在这里登记，应抽签封存。"))
        title = st.text_input(_("演练名称"), max_chars=300, key="new-drill-title")
        chosen = st.multiselect(
            _("依据的预案"),
            list(titles),
            format_func=lambda one: titles[one],
            placeholder=_("请选择"),
            key="new-drill-plans",
        )
        left, middle, right = st.columns(3)
        content = choose(left, _("内容"), list(Content), lambda one: _(CONTENTS[one]), key="new-content")
        form = choose(middle, _("形式"), list(Form), lambda one: _(FORMS[one]), key="new-form")
        purpose = choose(right, _("目的"), list(Purpose), lambda one: _(PURPOSES[one]), key="new-purpose")
        on = left.date_input(_("拟定日期"), value=None, key="new-drill-on", format="YYYY-MM-DD")
        is_blind = middle.checkbox(_("不告知情景与内容"), key="new-drill-blind")
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
            leave_notice(_("已列入计划：{title}。请打开该演练排期。", title=made.title))


def show_new_blackout(today: date) -> None:
    """The form for a period without drills, or for a real warning in force."""
    with st.expander(_("新增禁演期或预警"), key="new-blackout-open"), st.form("new-blackout", border=False):
        reason = st.text_input(
            _("原因"), max_chars=300, key="blackout-reason", placeholder=_("例如 高考：考点周边禁噪")
        )
        left, middle, right = st.columns(3)
        kind = choose(left, _("类别"), list(BlackoutKind), lambda one: _(BLACKOUTS[one]), key="blackout-kind")
        start = middle.date_input(_("首日"), value=today, key="blackout-start", format="YYYY-MM-DD")
        end = right.date_input(
            _("末日"), value=None, key="blackout-end", format="YYYY-MM-DD", help=_("生效中的预警可以不填。")
        )
        is_saving = st.form_submit_button(_("登记"), key="blackout-now")
    if is_saving and isinstance(start, date):
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as asked:
                periods.add_blackout(
                    asked, reason, kind=kind, start_on=start, end_on=end if isinstance(end, date) else None
                )
            leave_notice(_("已登记：{reason}。", reason=reason))


def show_blackout_changes(mine: Sequence[Blackout], today: date) -> None:
    """Lift a warning or take a period back."""
    if not mine:
        return
    with st.expander(_("解除预警、撤销禁演期"), key="blackout-change-open"), st.form("blackout-change", border=False):
        chosen = st.selectbox(
            _("期间"), range(len(mine)), format_func=lambda at: _named(mine[at]), key="blackout-chosen"
        )
        left, right = st.columns(2)
        is_lifting = left.form_submit_button(_("预警今日解除"), key="blackout-lift")
        is_removing = right.form_submit_button(_("撤销该期间"), key="blackout-remove")
    if (is_lifting or is_removing) and chosen is not None:
        with answered():
            guard(Action.PLAN_DRILL)
            with work() as asked:
                if is_lifting:
                    periods.lift_warning(asked, mine[chosen].id, today)
                else:
                    periods.remove_blackout(asked, mine[chosen].id)
            reason = short_reason(mine[chosen])
            leave_notice(
                _("已解除：{reason}。", reason=reason) if is_lifting else _("已撤销：{reason}。", reason=reason)
            )


def _named(blackout: Blackout) -> str:
    return f"{date_text(blackout.start_on)} {short_reason(blackout)}"
