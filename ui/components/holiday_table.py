"""Days that are not what their weekday makes them, as a calendar sheet tells them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plans_repo.course.clocks import Recounted
from plans_repo.course.holiday_notice import Special
from ui.components.html import Html, join, link, table, tag
from ui.components.month_calendar import weekday_name
from ui.components.plan_names import CLOCKS
from ui.sections.opened import plan_address
from ui.wording import _, day_text


def special_words(one: Special) -> str:
    """What such a day is: a weekend day one works on, or a weekday that is off."""
    return _("调休上班") if one.is_workday else _("放假")


def source_words(one: Special) -> str:
    """Where that is known from."""
    return one.number or _("系统自带节假日数据")


def special_table(days: Iterable[Special]) -> Html:
    """One row a day."""
    return table(
        [_("日期"), _("星期"), _("安排"), _("依据")],
        [[day_text(one.day), weekday_name(one.day), special_words(one), source_words(one)] for one in days],
    )


def recounted_table(moved: Iterable[Recounted]) -> Html:
    """One row a clock whose last day moved."""
    return table(
        [_("预案"), _("期限"), _("原截止日"), _("现截止日")],
        [
            [
                link(one.title, plan_address(one.plan, part="moves")),
                _(CLOCKS[one.kind]),
                day_text(one.due_before),
                day_text(one.due_on),
            ]
            for one in moved
        ],
    )


def due_day(on: date, *, is_provisional: bool) -> Html:
    """The last day of a limit; one reckoned by weekends alone says so and leads to what is still to be entered."""
    if not is_provisional:
        return join([day_text(on)])
    note = link(_("（节假日安排未公布，暂按周末推算）"), f"/working-days?year={on.year}")
    return join([day_text(on), tag("span", note, cls="yy-dim")])
