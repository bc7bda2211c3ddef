"""The year as plan × month, and several years as plan × year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from drills.drill import HELD, Drill, State
from drills.due import DueItem
from drills.duty import Basis
from drills.programme import YearLine
from ui.components.cells import unbroken
from ui.components.drill_names import drill_title
from ui.components.due_table import Ways, basis_words, held_words
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import told
from ui.sections.opened import plan_address
from ui.wording import _, day_text, language, later, n_

MONTHS = range(1, 13)
SHORT = {
    State.PLANNED: later("计划"),
    State.SCHEDULED: later("排期"),
    State.RUNNING: later("进行"),
    State.ENDED: later("已演"),
    State.EVALUATED: later("已演"),
    State.CLOSED: later("已演"),
    State.CANCELLED: later("取消"),
}
"""The states in the narrow columns of months."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A plan in the matrix: its title, and how often it has to be drilled (already worded)."""

    plan: str
    title: str
    often: str


def year_matrix(year: int, lines: Iterable[Line], drills: Sequence[Drill], due: Sequence[DueItem], ways: Ways) -> Html:
    """A row for every plan: what is held, planned and due in each month; what fell due before the year, in January."""
    wanted = _by_plan(
        item for item in due if item.by and (item.by.year == year or (item.by.year < year and not item.is_held))
    )
    there = _drills_by_plan(drills)
    heads = [_("预案"), _("间隔"), _("已演 / 计划"), *(month_word(month) for month in MONTHS)]
    rows = [_row(year, line, there.get(line.plan, []), wanted.get(line.plan, []), ways) for line in lines]
    return table(heads, rows, cls="yy-table yy-matrix")


def years_matrix(lines: Iterable[Line], years: Sequence[YearLine]) -> Html:
    """A row for every plan: by when it is due in each year, and how many drills there are."""
    heads = [_("预案"), _("间隔"), *(_("{year}年", year=year.year) for year in years)]
    known = [_YearByPlan(year) for year in years]
    rows = [
        [link(line.title, plan_address(line.plan)), line.often, *(year.cell(line.plan) for year in known)]
        for line in lines
    ]
    return table(heads, rows, cls="yy-table yy-matrix yy-years")


def month_word(month: int) -> str:
    """A month over its column.

    >>> month_word(3)
    '3月'
    """
    return f"{month}月" if language() == "zh" else f"{date(2000, month, 1):%b}"


def _row(year: int, line: Line, own: Sequence[Drill], due: Sequence[DueItem], ways: Ways) -> list[object]:
    held = sum(drill.state in HELD for drill in own)
    return [
        link(line.title, plan_address(line.plan)),
        line.often,
        f"{held} / {len(own)}",
        *(_month_cell(date(year, month, 1), own, due, ways) for month in MONTHS),
    ]


def _month_cell(month: date, own: Sequence[Drill], due: Sequence[DueItem], ways: Ways) -> Html:
    drills = [_chip(drill, ways) for drill in own if drill.on and drill.on.month == month.month]
    wanted = [
        tag("span", words, cls=_due_class(item), title=told(item.rule.title, item.rule.title_en))
        for item in due
        if (words := _due_in(item, month))
    ]
    return join([*drills, *wanted])


def _due_in(item: DueItem, month: date) -> str:
    """By when something is due in a month; nothing where it is another month's."""
    if item.by is None:
        return ""
    if item.by.year < month.year:
        return _("{day}前", day=day_text(item.by)) if month.month == 1 else ""
    return _("{day}日前", day=item.by.day) if item.by.month == month.month else ""


def _chip(drill: Drill, ways: Ways) -> Html:
    assert drill.on is not None
    address, is_blocked = ways.to(drill), drill.id in ways.blocked
    word = _("须改期") if is_blocked else _(SHORT[drill.state]) if address else _("建议")
    label = join([unbroken(_("{day}日", day=drill.on.day)), " ", unbroken(word)])
    cls = f"yy-chip yy-{'bad' if is_blocked else _tone(drill, bool(address))}"
    title = f"{day_text(drill.on)} {drill_title(drill)}"
    if not address:
        return tag("span", label, cls=cls, title=title)
    return tag("a", label, href=address, target="_self", cls=cls, title=title)


def _tone(drill: Drill, is_stored: bool) -> str:
    if not is_stored:
        return "warn"
    return "good" if drill.state in HELD else "blue" if drill.state is State.SCHEDULED else "open"


class _YearByPlan:
    """What is due and what there is in a year, found by plan."""

    def __init__(self, year: YearLine) -> None:
        self._due = _by_plan(item for item in year.due if item.by and not item.is_ahead_of(year.year))
        self._drills = _drills_by_plan(drill for drill in year.drills if drill.state is not State.CANCELLED)

    def cell(self, plan: str) -> Html:
        """By when the plan is due, and how many drills there are."""
        due = [_due_chip(item) for item in self._due.get(plan, [])]
        count = len(self._drills.get(plan, []))
        there = [tag("span", n_("演练 {count} 次", count), cls="yy-chip yy-open")] if count else []
        return join([*due, *there])


def _by_plan(items: Iterable[DueItem]) -> dict[str, list[DueItem]]:
    found: dict[str, list[DueItem]] = {}
    for item in items:
        found.setdefault(item.plan, []).append(item)
    return found


def _drills_by_plan(drills: Iterable[Drill]) -> dict[str, list[Drill]]:
    found: dict[str, list[Drill]] = {}
    for drill in drills:
        for plan in dict.fromkeys(drill.plans):
            found.setdefault(plan, []).append(drill)
    return found


def _due_chip(item: DueItem) -> Html:
    """By when a plan was or is due; what was held for it stands in the title."""
    title = _("；").join(filter(None, (basis_words(item), held_words(item))))
    return tag("span", _due_words(item), cls=_due_class(item), title=title)


def _due_class(item: DueItem) -> str:
    return f"yy-chip yy-{'good' if item.is_held else 'due'}"


def _due_words(item: DueItem) -> str:
    """By when, and whether that rests on what has happened or on drills still to come."""
    day = day_text(item.by)
    if item.is_firm:
        return _("{day}前", day=day)
    return _("如期则 {day}前", day=day) if item.basis is Basis.PLANNED else _("推算 {day}前", day=day)


def matrix_legend() -> Html:
    """What the chips of the matrix mean."""
    chips: Mapping[str, str] = {
        "yy-good": _("已演"),
        "yy-blue": _("排期"),
        "yy-open": _("计划"),
        "yy-warn": _("建议"),
        "yy-due": _("最迟日期"),
    }
    return tag("div", *(tag("span", word, cls=f"yy-chip {cls}") for cls, word in chips.items()), cls="yy-legend")
