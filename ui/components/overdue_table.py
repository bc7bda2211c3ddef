"""What is late or due soon, with what is said of it."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.overdue import Due
from ui.components.badges import badge
from ui.components.filing_names import DUE_KINDS
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import told
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_


def overdue_table(due: Iterable[Due]) -> Html:
    """A row for each thing, the longest overdue first."""
    rows = [
        [
            link(one.title, plan_address(one.plan, part="after")),
            _(DUE_KINDS[one.kind]),
            day_text(one.from_on),
            _day(one),
            _state(one),
            told(one.escalation.title, one.escalation.title_en) if one.escalation else "",
        ]
        for one in due
    ]
    return table([_("预案"), _("事项"), _("起算日"), _("截止日"), _("状态"), _("督办")], rows)


def _day(one: Due) -> Html:
    note = tag("span", _("（节假日安排未公布，暂按周末推算）"), cls="yy-dim") if one.is_provisional else Html("")
    return join([day_text(one.due_on), note])


def _state(one: Due) -> Html:
    if one.is_late:
        return badge(n_("超期 {count} 个工作日", one.late_working_days), "bad")
    return badge(n_("剩余 {count} 个工作日", -one.late_working_days), "warn")
