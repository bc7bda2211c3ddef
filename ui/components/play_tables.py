"""Play as tables: clocks, expected actions with their limits and the simulated band, the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from drills.conduct.entry import Entry
from drills.conduct.play import Phase, Play
from drills.scripts.script import ExpectedAction
from ui.components.badges import badge
from ui.components.html import Html, join, table, tag
from ui.components.plan_names import told
from ui.components.play_words import PHASES, about_words, clock_text, line_words, standing_words, time_text
from ui.components.script_words import band_words, limit_words
from ui.wording import _


def clocks(play: Play, now: datetime) -> Html:
    """The drill clock, how long it has really taken, and how play stands."""
    until = play.ended_at or now
    real_min = (until - play.started_at).total_seconds() / 60 if play.started_at else 0.0
    words, tone = PHASES[play.phase]
    planned = _("演练时间，计划{end}", end=clock_text(play.script.duration_min))
    parts = [
        tag("div", tag("b", clock_text(play.minute_at(until))), tag("small", planned)),
        tag("div", tag("b", clock_text(real_min)), tag("small", _("实际用时"))),
        tag("div", badge(_(words), tone), *_speed(play)),
    ]
    return tag("div", join(parts), cls="yy-clocks")


def _speed(play: Play) -> Iterable[Html]:
    if play.speed != 1 and play.phase is not Phase.READY:
        yield tag("small", _("　时钟{speed}倍", speed=f"{play.speed:g}"))


def actions_in_play(play: Play, now: datetime) -> Html:
    """The expected actions with limit, how they stand, and when simulation had them done."""
    minute = play.minute_at(play.ended_at or now)
    rows = [[one.number, told(one.title, one.title_en), one.unit or "—", limit_words(play.script, one),
             _standing(play, one, minute), band_words(one)] for one in play.script.actions]  # fmt: skip
    band = _("推演中完成于（P10 / P50 / P90）")
    return table([_("编号"), _("预期行动"), _("单位"), _("时限"), _("现况"), band], rows)


def _standing(play: Play, action: ExpectedAction, minute: float) -> Html:
    words, tone = standing_words(play, action, minute)
    return badge(words, tone)


def log_table(play: Play, entries: Sequence[Entry], *, most: int = 0) -> Html:
    """The lines of the log, newest first, at most so many; voided ones are struck out and stay."""
    known = {one.id: one for one in entries}
    voided = {one.about for one in entries if one.kind.value == "voided"}
    shown = sorted(entries, key=lambda one: one.order, reverse=True)[: most or None]
    rows = [
        [
            time_text(one.at),
            tag("s", line_words(one)) if one.id in voided else line_words(one),
            about_words(play.script, known, one) or "—",
            one.text or "—",
            one.unit or one.name or _("时钟"),
        ]
        for one in shown
    ]
    return table([_("时刻"), _("记录"), _("关于"), _("内容"), _("记录人")], rows)
