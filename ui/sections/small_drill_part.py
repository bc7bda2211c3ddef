"""Small drills on the programme's page: counts by township, trade, form and month, and the form to return them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from drills import small_drills as small
from drills.access import changes
from drills.drill import Form, Trade
from drills.small_drills import By
from plans_repo import organisations
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui.components.address_choice import choose_way
from ui.components.choice import choose
from ui.components.counters import show_empty
from ui.components.drill_names import FORMS, TRADES
from ui.components.html import show
from ui.components.month_calendar import month_name
from ui.components.notice import leave_notice
from ui.components.plan_names import told
from ui.components.refusal import answered
from ui.components.small_drill_tables import count_table, cross_table
from ui.identity import guard, reading, work
from ui.wording import _, later

WAYS = {
    By.AREA: later("按乡镇"),
    By.TRADE: later("按行业"),
    By.FORM: later("按形式"),
    By.MONTH: later("按月份"),
    By.ORGANISATION: later("按填报单位"),
}


def show_small_drills(year: int, today: date, actor: Actor) -> None:
    """The counts of a year, and the form for a return."""
    by = choose_way(_("统计口径"), list(WAYS), lambda one: _(WAYS[one]), key="by")
    first, last = date(year, 1, 1), date(year, 12, 1)
    with reading() as asked:
        returns = small.small_drills(asked, first, last)
        counts = small.counts(asked, first, last, by)
        bodies = organisations.organisations(asked)
        own = [
            body for body in bodies if _returns_for(actor, body, changes(asked, organisation=body.id, area=body.area))
        ]
    if counts:
        show(count_table(counts, by, _names(bodies)))
        if by is By.AREA:
            show(cross_table(returns, _names(bodies)))
    else:
        show_empty(_("本年还没有小型演练月报"), _("乡镇、村（社区）、学校和企业的演练按月填报次数和人次。"))
    if not (actor.may(Action.RETURN_DRILL) and own):
        return
    if months := _months(year, today):
        _show_form(sorted(own, key=lambda body: body.kind is not OrganisationKind.TOWNSHIP), months)
    else:
        st.caption(_("{year} 年尚未开始，暂不能填报；本年的月报请在 {now} 年页面填报。", year=year, now=today.year))


def _show_form(bodies: list[Organisation], months: list[date]) -> None:
    with st.form("small"):
        st.markdown(f"**{_('填报小型演练')}**")
        left, middle, right = st.columns(3)
        body = choose(left, _("填报单位"), bodies, lambda one: told(one.name, one.name_en), key="small-body")
        month = choose(middle, _("月份"), months, lambda day: month_name(day.year, day.month), key="small-month")
        trade = choose(right, _("行业"), list(Trade), lambda one: _(TRADES[one]), key="small-trade")
        form = choose(left, _("形式"), list(Form), lambda one: _(FORMS[one]), key="small-form", index=1)
        drills = middle.number_input(_("次数"), 0, 10_000, 1, 1, key="small-drills")
        people = right.number_input(_("人次"), 0, 1_000_000, 0, 10, key="small-people")
        is_saving = st.form_submit_button(_("填报"), key="small-now")
    if is_saving:
        with answered():
            guard(Action.RETURN_DRILL)
            with work() as asked:
                small.return_small_drills(
                    asked, month, trade=trade, form=form, drills_count=int(drills), people_count=int(people),
                    organisation_id=body.id,
                )  # fmt: skip
            leave_notice(_("已填报。同一单位、月份、行业和形式再次填报即为更正。"))


def _returns_for(actor: Actor, body: Organisation, is_ours: bool) -> bool:
    return is_ours or body.id == actor.organisation


def _months(year: int, today: date) -> list[date]:
    """The months of a year that have begun, the newest first.

    >>> [len(_months(year, date(2026, 11, 21))) for year in (2025, 2026, 2027)]
    [12, 11, 0]
    """
    return [month for month in (date(year, number, 1) for number in range(12, 0, -1)) if month <= today]


def _names(bodies: tuple[Organisation, ...]) -> Mapping[str, str]:
    """Organisations by id; areas by their township or government, the largest body of an area that is neither."""
    names = {body.id: told(body.name, body.name_en) for body in bodies}
    governing = (OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP)
    for body in sorted(bodies, key=lambda body: body.kind in governing):
        names[body.area] = told(body.name, body.name_en).removesuffix("人民政府")
    return names
