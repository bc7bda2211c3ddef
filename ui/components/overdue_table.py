"""What is late or due soon, with what is said of it."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.overdue import Basis, Due, DueKind
from ui.components.badges import badge
from ui.components.filing_names import DUE_KINDS
from ui.components.holiday_table import due_day
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import told
from ui.sections.opened import plan_address
from ui.wording import _, day_text, n_


def overdue_table(due: Iterable[Due]) -> Html:
    """A row for each thing, the longest overdue first."""
    rows = [
        [
            link(one.title, _address(one)),
            body_words(one) or "—",
            join([_(DUE_KINDS[one.kind]), tag("div", _basis(one.basis), cls="yy-dim")]),
            day_text(one.from_on),
            due_day(one.due_on, is_provisional=one.is_provisional),
            _state(one),
            told(one.escalation.title, one.escalation.title_en) if one.escalation else "",
        ]
        for one in due
    ]
    return table([_("预案"), _("单位"), _("事项和计算依据"), _("起算日"), _("截止日"), _("状态"), _("督办")], rows)


def body_words(one: Due) -> str:
    """Whose matter it is; of what a body does by the mandate of another, for whom."""
    return _("{body}（代{owner}）", body=one.body, owner=one.acts_for) if one.acts_for else one.body


def _state(one: Due) -> Html:
    late = one.late_working_days
    in_working_days = n_("超期 {count} 个工作日", late) if one.late_days > 0 else n_("剩余 {count} 个工作日", -late)
    days = n_("{count} 天", abs(one.late_days))
    return join([badge(in_working_days, "bad" if one.is_late else _tone(one)), tag("div", days, cls="yy-dim")])


def _basis(one: Basis) -> str:
    """By which rule the day is counted, with its span where one is laid down."""
    source = told(one.source, one.source_en)
    if not one.count:
        return source
    spans = {
        "working_day": lambda: n_("{count} 个工作日", one.count),
        "day": lambda: n_("{count} 日", one.count),
        "month": lambda: n_("{count} 个月", one.count),
        "year": lambda: n_("{count} 年", one.count),
    }
    return f"{spans[one.unit]()} · {source}" if one.unit in spans else source


def _tone(one: Due) -> str:
    return "warn" if one.is_soon else "plain"


def _address(one: Due) -> str:
    if one.kind is DueKind.WORK_PLAN:
        return "/work-plan"
    return plan_address(one.plan, part="after")


def late_words(working_days: int, days: int) -> str:
    """How late, or how long still, in working days and in days.

    >>> late_words(19, 27), late_words(-3, -5)
    ('超期 19 个工作日（27 天）', '剩余 3 个工作日（5 天）')
    """
    if days > 0:
        return _("{working}（{days}）", working=n_("超期 {count} 个工作日", working_days), days=n_("{count} 天", days))
    return _("{working}（{days}）", working=n_("剩余 {count} 个工作日", -working_days), days=n_("{count} 天", -days))
