"""The list of a work desk: what waits, by kind and urgency, and where the person wrote last."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from plans_repo.drafts import LastPlace
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.html import link, show, table, tag
from ui.sections.opened import plan_address
from ui.todos import Todo
from ui.wording import _, day_text, instant_text, later

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


def show_waiting(waiting: Sequence[Todo], urgency: Sequence[str], asked: str) -> None:
    """What waits, of the urgency *asked* for in the address and of the kinds chosen."""
    wanted = asked if asked in URGENCY else ""
    present = list(dict.fromkeys(todo.kind for todo in waiting))
    kinds = st.pills(
        _("类别"), present, selection_mode="multi", key="waiting", bind="query-params", label_visibility="collapsed"
    )
    rows = [
        [todo.kind, link(todo.title, todo.href), day_text(todo.due_on), _state(how)]
        for todo, how in zip(waiting, urgency, strict=True)
        if (not kinds or todo.kind in kinds) and wanted in ("", how)
    ]
    if wanted:
        show(tag("div", _("只列{urgency}的事项。", urgency=_(URGENCY[wanted][0])), " ", link(_("列出全部"), "/"),
                 cls="yy-account"))  # fmt: skip
    if rows:
        show(table([_("类别"), _("事项"), _("期限"), _("状态")], rows, cls="yy-table yy-cards yy-todos"))
    else:
        show_empty(_("没有这类事项"), _("换一种类别，或列出全部。"))


def _state(how: str) -> str:
    return badge(_(URGENCY[how][0]), URGENCY[how][1]) if how else ""
