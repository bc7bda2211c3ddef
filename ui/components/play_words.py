"""Play in words: how it stands, what its lines tell, the drill clock."""

from __future__ import annotations

from datetime import datetime

from drills.conduct.entry import Entry, EntryKind
from drills.conduct.field import Merged
from drills.conduct.play import Phase, Play
from drills.scripts.script import ExpectedAction, Script
from plans_repo.course.working_days import ZONE
from ui.components.plan_names import told
from ui.wording import _, later

PHASES = {
    Phase.READY: (later("未开始"), "open"),
    Phase.RUNNING: (later("进行中"), "good"),
    Phase.PAUSED: (later("已暂停"), "warn"),
    Phase.STOPPED: (later("已叫停"), "bad"),
    Phase.ENDED: (later("已结束"), "plain"),
}
LINES = {
    EntryKind.STARTED: later("演练开始"),
    EntryKind.PAUSED: later("暂停"),
    EntryKind.RESUMED: later("继续"),
    EntryKind.JUMPED: later("演练时间调到{minute}"),
    EntryKind.STOPPED: later("安全叫停"),
    EntryKind.CLEARED: later("解除叫停"),
    EntryKind.ENDED: later("演练结束"),
    EntryKind.RELEASED: later("下达"),
    EntryKind.SKIPPED: later("跳过"),
    EntryKind.POSTPONED: later("改到{minute}下达"),
    EntryKind.RECEIVED: later("收到"),
    EntryKind.DONE: later("完成"),
    EntryKind.NOTED: later("记事"),
    EntryKind.VOIDED: later("作废"),
}


def clock_text(minute: float) -> str:
    """What the drill clock shows, to the second.

    >>> clock_text(75.5), clock_text(0)
    ('1:15:30', '0:00:00')
    """
    seconds = int(minute * 60 + 1e-6)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def time_text(at: datetime) -> str:
    """The time of day to the second, as clocks on the wall show it here."""
    return at.astimezone(ZONE).strftime("%H:%M:%S")


def line_words(entry: Entry) -> str:
    """What a line of the log tells."""
    return _(LINES[entry.kind], minute=clock_text(entry.minute or 0.0))


def about_words(script: Script, entries: dict[str, Entry], entry: Entry) -> str:
    """Number and title of what a line is about; what another line was about is told in its stead."""
    about = entry.about
    for inject in script.injects:
        if inject.id == about:
            return f"{inject.number} {told(inject.title, inject.title_en)}"
    for action in script.actions:
        if action.id == about:
            return f"{action.number} {told(action.title, action.title_en)}"
    return about_words(script, {}, entries[about]) if about in entries else entry.unit


def merged_words(merged: Merged) -> str:
    """What became of the file of a device."""
    words = _("并入{added}条，原已并入{known}条。", added=merged.added, known=merged.known)
    return words if merged.is_checked else words + _("该设备没有对过表，时刻以其本机时钟为准。")


def standing_words(play: Play, action: ExpectedAction, minute: float) -> tuple[str, str]:
    """How an expected action stands at a minute of the drill clock, and the tone of it."""
    done, due, took = play.done.get(action.id), play.due_minute_of(action), play.took_min(action)
    if done is not None:
        is_late = due is not None and done.minute > due
        words = _("超时完成") if is_late else _("按时完成") if due is not None else _("已完成")
        return words if took is None else _("{standing}，用时{took}", standing=words, took=clock_text(took)), (
            "bad" if is_late else "good"
        )
    if due is None:
        return _("未完成"), "open"
    if minute > due:
        return _("已超时{late}", late=clock_text(minute - due)), "bad"
    return _("还有{left}", left=clock_text(due - minute)), "warn"
