"""The console of a drill being played: clocks, the next injects, expected actions, the log, and what turns play."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import streamlit as st

from drills.conduct import playing
from drills.conduct.entry import EntryKind
from drills.conduct.play import Phase, Play
from drills.conduct.playing import Playing
from drills.drill import Drill, Form, State
from drills.scripts.script import Inject, Standing, Timing
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.components.choice import choose
from ui.components.counters import show_empty
from ui.components.html import join, show, tag
from ui.components.look_again import look_again
from ui.components.plan_names import told
from ui.components.play_tables import actions_in_play, clocks, log_table
from ui.components.play_words import clock_text
from ui.components.refusal import answered
from ui.components.script_words import release_words
from ui.identity import guard, reading, work
from ui.sections.play_field import show_field_form
from ui.wording import _, n_

EVERY = "2s"
NEXT_COUNT = 3
LOG_LINES = 40
POSTPONED_MIN = 5
SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0)


def show_console(drill: Drill, *, is_control: bool) -> None:
    """Put the console on the page; evaluators see it and take down, control staff turn it."""
    with reading() as asked:
        found, now = playing.playing(asked, drill.id), asked.now
    if found.play.phase is Phase.READY:
        _show_begin(drill, found.play, is_control=is_control)
        show_field_form(drill, is_begun=False)
        return
    if found.play.phase is Phase.ENDED or found.drill.state is not State.RUNNING:
        _show_now(found, now)
        show_field_form(drill, is_begun=True)
        return
    _show_note_form(drill, found.play)
    st.fragment(_look, run_every=EVERY)(drill, is_control)
    if is_control:
        _show_jump_form(drill)
        _show_improvise_form(drill)
    show_field_form(drill, is_begun=True)


def _show_begin(drill: Drill, play: Play, *, is_control: bool) -> None:
    script = play.script
    unapproved = [one.number for one in script.injects
                  if one.standing is not Standing.APPROVED and one.timing is not Timing.HELD]  # fmt: skip
    if not script.injects:
        show_empty(_("没有导调脚本"), _("可以按无脚本演练开始，由导调员临时下达；也可以先编制脚本。"))
    else:
        st.write(n_("脚本有 {count} 条注入。", len(script.injects)))
    if unapproved:
        st.warning(_("尚未审定、到时不会自动下达的注入：{numbers}", numbers=_("、").join(unapproved)))
    if not is_control:
        st.caption(_("演练由导演组开始。"))
        return
    with st.form("begin-form"):
        speed = 1.0
        if drill.type.form is Form.TABLETOP:
            speed = choose(st.container(), _("演练时钟快慢"), list(SPEEDS), _speed_words, key="begin-speed")
        is_beginning = st.form_submit_button(_("演练开始"), type="primary", key="begin-now")
    if is_beginning:
        _do(lambda doing: playing.begin(doing, drill.id, speed=speed), whole=True)


def _speed_words(speed: float) -> str:
    return _("{speed}倍", speed=f"{speed:g}")


def _look(drill: Drill, is_control: bool) -> None:
    guard(Action.READ_DRILL, active=False)
    with answered():
        with reading() as asked:
            found, now = playing.playing(asked, drill.id), asked.now
        show(clocks(found.play, now))
        if found.play.stop is not None:
            st.error(_("已叫停：{why}", why=found.play.stop.entry.text))
        if is_control:
            _show_turns(drill, found.play)
        _show_injects(drill, found.play, is_control=is_control)
        _show_actions(drill, found.play, now)
        st.subheader(_("演练实录"))
        show(log_table(found.play, found.entries, most=LOG_LINES))


def _show_now(found: Playing, now: datetime) -> None:
    """Play that is over, as it stayed."""
    show(clocks(found.play, now))
    st.subheader(_("预期行动"))
    show(actions_in_play(found.play, now))
    st.subheader(_("演练实录"))
    show(log_table(found.play, found.entries))


def _show_turns(drill: Drill, play: Play) -> None:
    """Pause, resume, lift a stop, end."""
    first, second, third = st.columns(3)
    if play.phase is Phase.RUNNING and first.button(_("暂停"), key="turn-pause", width="stretch"):
        _turn(drill, EntryKind.PAUSED, _("导演组暂停"))
    if play.phase is Phase.PAUSED and first.button(_("继续"), key="turn-resume", type="primary", width="stretch"):
        _turn(drill, EntryKind.RESUMED)
    if play.phase is Phase.STOPPED:
        why = second.text_input(_("解除叫停的理由"), max_chars=300, key="clear-why")
        if first.button(_("解除叫停"), key="turn-clear", width="stretch"):
            _turn(drill, EntryKind.CLEARED, why)
    is_sure = third.checkbox(_("确认结束"), key="end-sure")
    if third.button(_("演练结束"), key="turn-end", disabled=not is_sure, width="stretch"):
        _do(lambda doing: playing.turn(doing, drill.id, EntryKind.ENDED), whole=True)


def _show_injects(drill: Drill, play: Play, *, is_control: bool) -> None:
    coming = [one for _at, one in play.coming()]
    st.subheader(_("接下来的注入"))
    st.caption(_("已下达{sent}条，共{total}条", sent=len(play.sent), total=len(play.script.injects)))
    for inject in coming[:NEXT_COUNT]:
        _show_inject(drill, play, inject, is_control=is_control, is_next=inject is coming[0])
    rest = [one for one in play.script.injects if one.id not in play.sent and one not in coming]
    if rest:
        with st.expander(_("备用、待条件和越过的注入（{count}条）", count=len(rest)), key="held-open"):
            for inject in rest:
                _show_inject(drill, play, inject, is_control=is_control)


def _show_inject(drill: Drill, play: Play, inject: Inject, *, is_control: bool, is_next: bool = False) -> None:
    at = play.due_minute(inject)
    when = clock_text(at) if at is not None else release_words(play.script, inject)
    facts = [tag("strong", f"{inject.number}　{when}"), _("、").join(inject.to), told(inject.text, inject.text_en)]
    if inject.standing is not Standing.APPROVED and inject.timing is not Timing.HELD:
        facts.append(tag("em", _("未审定，到时不自动下达")))
    if inject.note:
        facts.append(tag("small", _("导调备注：{note}", note=inject.note)))
    show(tag("div", join(tag("div", one) for one in facts), cls="yy-told"))
    if not is_control or play.phase not in (Phase.RUNNING, Phase.PAUSED):
        return
    first, second, third = st.columns(3)
    tone: Literal["primary", "secondary"] = "primary" if is_next else "secondary"
    if first.button(_("下达"), key=f"send-{inject.id}", type=tone, width="stretch"):
        _do(lambda doing: playing.release(doing, drill.id, inject.id))
    if at is not None and second.button(_("推迟{minutes}分钟", minutes=POSTPONED_MIN), key=f"later-{inject.id}",
                                        width="stretch"):  # fmt: skip
        _do(lambda doing: playing.postpone(
            doing, drill.id, inject.id, minute=max(at, play.minute_at(doing.now)) + POSTPONED_MIN,
            text=_("导调员推迟"),
        ))  # fmt: skip
    if inject.id not in play.skipped and third.button(_("跳过"), key=f"skip-{inject.id}", width="stretch"):
        _do(lambda doing: playing.skip(doing, drill.id, inject.id, text=_("导调员跳过")))


def _show_actions(drill: Drill, play: Play, now: datetime) -> None:
    if not play.script.actions:
        return
    st.subheader(_("预期行动"))
    asked = {name for inject in play.script.injects if inject.id in play.sent for name in inject.expects}
    waiting = [one for one in play.script.actions if one.id in asked and one.id not in play.done]
    for action in waiting:
        words = _("{number} {title}：完成", number=action.number, title=told(action.title, action.title_en))
        if st.button(words, key=f"done-{action.id}", help=action.sign or None):
            _mark_done(drill, action.id)
    show(actions_in_play(play, now))


def _mark_done(drill: Drill, action: str) -> None:
    _do(lambda doing: playing.mark_done(doing, drill.id, action))


def _show_note_form(drill: Drill, play: Play) -> None:
    """One line into the log; it lies outside what refreshes itself, so that nothing typed is lost."""
    with st.form("note-form", clear_on_submit=True, border=False):
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        words = left.text_input(_("记一笔"), max_chars=2000, key="note-text", placeholder=_("看到、听到的事，回车即记"))
        is_noting = right.form_submit_button(_("记录"), key="note-now", width="stretch")
    if is_noting:
        _do(lambda doing: playing.note(doing, drill.id, text=words), whole=True)


def _show_jump_form(drill: Drill) -> None:
    with st.expander(_("调整演练时间"), key="jump-open"), st.form("jump-form", border=False):
        st.caption(_("调前：中间的注入不自动下达；调回：其后的注入和完成重新计算，实录照留。"))
        minute = st.number_input(_("调到第几分钟"), min_value=0.0, step=1.0, key="jump-minute")
        why = st.text_input(_("缘由"), max_chars=300, key="jump-why")
        is_jumping = st.form_submit_button(_("调整"), key="jump-now")
    if is_jumping:
        _turn(drill, EntryKind.JUMPED, why, minute=float(minute))


def _show_improvise_form(drill: Drill) -> None:
    with st.expander(_("临时下达（脚本之外）"), key="improvise-open"), st.form("improvise-form", border=False):
        to = st.text_input(_("对象"), max_chars=300, key="improvise-to")
        words = st.text_area(_("内容"), max_chars=2000, key="improvise-text")
        is_sending = st.form_submit_button(_("下达"), key="improvise-now")
    if is_sending:
        _do(lambda doing: playing.improvise(doing, drill.id, to=to, text=words), whole=True)


def _turn(drill: Drill, kind: EntryKind, why: str = "", *, minute: float | None = None) -> None:
    _do(lambda doing: playing.turn(doing, drill.id, kind, text=why, minute=minute), whole=True)


def _do(what: Callable[[Work], object], *, whole: bool = False) -> None:
    """Do it, then show how play stands; *whole* runs the page anew, not what refreshes itself alone."""
    with answered():
        guard(Action.READ_DRILL)
        with work() as doing:
            what(doing)
        if whole:
            st.rerun()
        look_again()
