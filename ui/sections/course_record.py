"""What an edition has behind it: the moves made, its clocks, signatures and papers, folded until they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from plans_repo.course.courses import Deadline, SignOff
from plans_repo.course.passage import Paper, Passage
from plans_repo.course.working_days import Calendar
from plans_repo.histories import Moved
from ui import downloads
from ui.components.badges import badge
from ui.components.holiday_table import due_day
from ui.components.html import Html, link, show, table, tag
from ui.components.plan_names import CLOCKS
from ui.components.version_history import signer_name
from ui.sections.course_now import due_badge
from ui.sections.opened import OpenedVersion
from ui.wording import _, day_text, instant_text, n_
from ui.wording.codes import MOVES, PAPERS
from ui.wording.stages import stage_word


def _with_same_hand(one: Moved) -> str:
    """The words of a move, and that nobody else was there to make it apart from an earlier one."""
    if one.same_hand is None:
        return one.reason or "—"
    alone = _("本级没有其他账户可办，与“{move}”由同一账户登记", move=_(MOVES[one.same_hand]))
    return _("；").join(filter(None, (one.reason, alone)))


def show_moves_made(made: Sequence[Moved], names: Mapping[str, str]) -> None:
    """The steps already done, the last one first, each with its day and the person."""
    if not made:
        return
    last = made[-1]
    label = n_(
        "已办环节 {count} 个 · 最近 {day} {move} · {who}",
        len(made),
        day=day_text(last.on),
        move=_(MOVES[last.move]),
        who=signer_name(last.signer, last.account, names),
    )
    rows = [
        [
            stage_word(one.source),
            _(MOVES[one.move]),
            day_text(one.on),
            instant_text(one.at),
            signer_name(one.signer, one.account, names),
            _with_same_hand(one),
        ]
        for one in reversed(made)
    ]
    with st.expander(label, key="made-open"):
        show(table([_("环节"), _("办理事项"), _("办理日期"), _("登记时间"), _("办理人"), _("说明或意见")], rows))


def show_record(opened: OpenedVersion, stand: Passage, names: Mapping[str, str], days: Calendar, today: date) -> None:
    """The clocks, signatures and papers."""
    if stand.deadlines:
        running = sum(one.done_on is None for one in stand.deadlines)
        label = n_("期限（{count} 个正在计算）", running) if running else _("期限（均已办结）")
        with st.expander(label, key="clocks-open"):
            show(_clocks_table(stand.deadlines, days, today))
    if stand.sign_offs:
        with st.expander(n_("签署（{count} 人次）", len(stand.sign_offs)), key="signed-open"):
            show(_signatures_table(stand.sign_offs, names))
    if stand.papers:
        with st.expander(n_("材料（{count} 件）", len(stand.papers)), key="papers-open"):
            show(_papers_table(opened, stand.papers))


def _clocks_table(clocks: Sequence[Deadline], days: Calendar, today: date) -> Html:
    rows = [
        [
            _(CLOCKS[one.kind]),
            day_text(one.from_on),
            due_day(one.due_on, is_provisional=one.is_provisional),
            _state(one, days, today),
        ]
        for one in clocks
    ]
    return table([_("期限"), _("起算日"), _("截止日"), _("状态")], rows)


def _signatures_table(signed: Sequence[SignOff], names: Mapping[str, str]) -> Html:
    rows = [
        [
            _(MOVES[sign.move]),
            signer_name(sign.signer, sign.signed_by, names),
            day_text(sign.on),
            instant_text(sign.signed_at),
            sign.opinion or "—",
            badge(_("有效"), "good") if sign.holds else badge(_("已作废"), "plain"),
        ]
        for sign in signed
    ]
    return table([_("事项"), _("签署人"), _("办理日期"), _("登记时间"), _("意见"), _("状态")], rows)


def _papers_table(opened: OpenedVersion, papers: Sequence[Paper]) -> Html:
    rows = [
        [
            _(PAPERS[paper.kind]),
            link(paper.name, downloads.address("paper", opened.version.id, digest=paper.digest)),
            day_text(paper.dated_on) if paper.dated_on else "—",
            _digests(paper),
        ]
        for paper in papers
    ]
    return table([_("种类"), _("文件"), _("落款日期"), _("核验")], rows)


def _digests(paper: Paper) -> Html:
    """The long values by which a paper is checked, behind a word."""
    lines = [tag("div", _("文件校验码"), " ", tag("code", paper.digest))]
    if paper.root_hash:
        lines.append(tag("div", _("所附正文校验码"), " ", tag("code", paper.root_hash)))
    return tag("details", tag("summary", _("校验码")), *lines, cls="yy-digests")


def _state(deadline: Deadline, days: Calendar, today: date) -> Html:
    if deadline.done_on:
        was_late = deadline.is_late(today)
        return badge(_("{day} 办结", day=day_text(deadline.done_on)), "bad" if was_late else "good")
    return due_badge(deadline, days, today)
