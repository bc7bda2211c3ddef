"""The list of a work desk: what waits, by kind and urgency, and where the person wrote last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plans_repo.drafts import LastPlace
from ui.components.address_choice import choose_several
from ui.components.badges import badge
from ui.components.counters import Counter, show_empty
from ui.components.html import Html, join, link, show, table, tag
from ui.sections.opened import plan_address
from ui.todos import Matter, Todo, matters
from ui.todos.kinds import KINDS, Kind
from ui.wording import _, day_text, instant_text, later, n_

URGENCY = {
    "late": (later("已超期"), "bad"),
    "blocked": (later("须改期"), "bad"),
    "soon": (later("临期"), "warn"),
    "later": (later("正常"), "plain"),
}


def show_last_place(last: LastPlace) -> None:
    """The way back to where the person wrote last."""
    way = link(last.title, plan_address(last.plan, part="editing", clause=last.clause))
    show(
        tag(
            "div",
            _("继续上次编辑："),
            way,
            " ",
            tag("span", instant_text(last.seen_at), cls="yy-dim"),
            cls="yy-account",
        )
    )


def due_as(waiting: Sequence[Todo], urgency: str, today: date) -> list[Todo]:
    """What waits and is as urgent as that."""
    return [todo for todo in waiting if todo.urgency(today) == urgency]


def counter_of(waiting: Sequence[Todo], *, label: str, href: str, tone: str = "") -> Counter:
    """How many rows of the desk these are, and of what: plans, other matters, duties in all."""
    rows = matters(waiting)
    plans = sum(row.is_plan for row in rows)
    said = (
        n_("预案 {count} 件", plans) if plans else "",
        n_("其他事项 {count} 件", len(rows) - plans) if len(rows) > plans else "",
        n_("共 {count} 项待办", len(waiting)) if waiting else "",
    )
    return Counter(label=label, count=len(rows), note=_("，").join(filter(None, said)), href=href, tone=tone)


def show_waiting(waiting: Sequence[Todo], today: date, asked: str) -> None:
    """What waits, of the urgency *asked* for in the address and of the kinds chosen; a plan stands in one row."""
    wanted = asked if asked in URGENCY else ""
    urgent = [todo for todo in waiting if wanted in ("", todo.urgency(today))]
    count = {kind: len(matters(todo for todo in urgent if todo.kind is kind)) for kind in Kind}
    present = [kind for kind in Kind if count[kind]]
    kinds = choose_several(_("类别"), present, lambda kind: f"{_(KINDS[kind])} {count[kind]}", key="kinds")
    listed = [todo for todo in urgent if not kinds or todo.kind in kinds]
    rows = [_row(matter, today) for matter in matters(listed)]
    if wanted:
        show(tag("div", _("只列{urgency}的事项。", urgency=_(URGENCY[wanted][0])), " ", link(_("列出全部"), "/"),
                 cls="yy-account"))  # fmt: skip
    if rows:
        show(table([_("类别"), _("事项"), _("期限"), _("状态")], rows, cls="yy-table yy-cards yy-todos"))
    else:
        show_empty(_("没有这类事项"), _("换一种类别，或列出全部。"))


def _row(matter: Matter, today: date) -> list[object]:
    """The most urgent duty with its day, the others of the same plan below it."""
    first, kinds = matter.first, list(dict.fromkeys(_(KINDS[todo.kind]) for todo in matter.todos))
    duties = [_duty(todo, today, is_first=todo is first) for todo in matter.todos]
    words = tag("div", *duties, cls="yy-duties")
    if first.subject:
        words = join([tag("b", first.subject), words])
    return [tag("div", *(tag("div", kind) for kind in kinds)), words, day_text(first.due_on),
            _state(first.urgency(today))]  # fmt: skip


def _duty(todo: Todo, today: date, *, is_first: bool) -> Html:
    """A duty as a link; of all but the first also its day, which the row does not tell."""
    if is_first or todo.due_on is None:
        return tag("div", link(todo.duty, todo.href))
    day = _("截止 {day}", day=day_text(todo.due_on))
    return tag("div", link(todo.duty, todo.href), tag("small", day, " ", _state(todo.urgency(today))))


def _state(how: str) -> str:
    return badge(_(URGENCY[how][0]), URGENCY[how][1]) if how else ""
