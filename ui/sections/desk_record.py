"""Beside what waits: what a person did, what a person began and where it stands, what came for knowledge."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from plans_repo import for_knowledge, own_work
from plans_repo.course.stages import Move
from plans_repo.filing.recipients import Duty
from plans_repo.for_knowledge import Naming
from plans_repo.library import Entry
from plans_repo.own_work import Begun, Deal
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.html import Html, join, link, show, table, tag
from ui.components.plan_names import EVENTS, stage_badge
from ui.identity import reading
from ui.sections.opened import plan_address
from ui.wording import _, day_text, instant_text, later, n_
from ui.wording.codes import MOVES

LINES = "yy-table yy-cards yy-todos"
DUTIES = {Duty.COPY: later("抄送"), Duty.SEND: later("径送")}


def show_done() -> None:
    """What the person did, by plan and day, a page at a time."""
    with reading() as work:
        deals, more = own_work.done(work, before=_asked_instant())
    if not deals:
        show_empty(_("还没有办理过的事项"), _("对预案的编修、流转、批注、备案等办理经过会列在这里。"))
        return
    show(table([_("办理时间"), _("预案"), _("办理事项")], map(_deal, deals), cls=LINES))
    if more is not None:
        show(tag("div", link(_("更早的办理记录"), f"/?{urlencode({'tab': 'done', 'before': more.isoformat()})}"),
                 cls="yy-account"))  # fmt: skip


def show_begun() -> None:
    """What the person began, and where it stands now."""
    with reading() as work:
        found = own_work.begun(work)
    if not found:
        show_empty(_("还没有发起过的事项"), _("建立预案、送出初稿、征求意见、评审、废止等由您发起的事项会列在这里。"))
        return
    heads = [_("发起时间"), _("预案"), _("发起事项"), _("现在的状态")]
    show(table(heads, map(_begun, found), cls=LINES))


def show_for_knowledge() -> None:
    """What was copied to the person's unit, and plans in force that name it."""
    with reading() as work:
        copied, naming = for_knowledge.copies(work), for_knowledge.naming(work)
    if not copied and not naming:
        show_empty(_("没有抄送本单位的预案"), _("抄送、径送本单位的备案，以及写有本单位任务的现行预案会列在这里。"))
        return
    if copied:
        rows = [
            [day_text(one.sent_on), link(one.title, plan_address(one.plan)), badge(_(DUTIES[one.duty]), "plain")]
            for one in copied
        ]
        show(tag("h4", n_("抄送本单位的备案 {count} 件", len(copied))))
        show(table([_("报送日期"), _("预案"), _("方式")], rows, cls=LINES))
    if naming:
        show(tag("h4", n_("近一年印发、写到本单位的现行预案 {count} 件", len(naming))))
        show(table([_("印发日期"), _("预案"), _("文号"), _("写到本单位")], map(_naming, naming), cls=LINES))


def _asked_instant() -> datetime | None:
    """From when back the list is asked for; what is no time is none."""
    try:
        asked = datetime.fromisoformat(st.query_params.get("before", ""))
    except ValueError:
        return None
    return asked if asked.tzinfo else None


def _deal(deal: Deal) -> list[object]:
    words = [*(_move_word(move) for move in deal.moves), *(_event_word(kind) for kind in deal.kinds)]
    return [
        instant_text(deal.at),
        link(deal.title, plan_address(deal.plan, part="history")),
        join(words, _("、")),
    ]


def _begun(one: Begun) -> list[object]:
    entry = one.entry
    what = _event_word(one.kind) if one.move is None else _move_word(one.move)
    way = plan_address(entry.id, entry.newest.version if entry.newest else "", part="moves")
    return [instant_text(one.at), link(entry.title, way), what, _standing(entry)]


def _naming(one: Naming) -> list[object]:
    in_force = one.entry.in_force
    address = plan_address(one.entry.id, in_force.version if in_force else "")
    return [
        day_text(one.issued_on),
        link(one.entry.title, address),
        in_force.document_number if in_force else "",
        n_("{count} 处", one.count),
    ]


def _standing(entry: Entry) -> Html:
    """Where the newest edition stands, or from when it counts, and beside it that another one counts."""
    badges = [stage_badge(entry.newest.state if entry.newest else None)]
    if entry.coming and entry.newest and entry.coming.course == entry.newest.course and entry.coming.effective_on:
        badges = [badge(_("新版 {day} 起施行", day=day_text(entry.coming.effective_on)), "open")]
    if entry.in_force and entry.newest and entry.in_force.course != entry.newest.course:
        badges.append(badge(_("另有现行版本"), "good"))
    return tag("div", *badges, cls="yy-stack")


def _event_word(kind: str) -> str:
    return _(EVENTS.get(kind, later("其他事项")))


def _move_word(move: Move) -> str:
    return _(MOVES[move])
