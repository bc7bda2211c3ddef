"""From when until when a text counts, and how a plan stands today, in words; last days are days on which it counts."""

from __future__ import annotations

from datetime import date, timedelta

from plans_repo.course.stages import Stage
from plans_repo.force import InForce
from plans_repo.library import Entry, Standing
from ui.wording import _, day_text
from ui.wording.stages import stage_word


def span(one: InForce, today: date) -> str:
    """The days of an edition, first and last; one superseded before its day has none, one ahead says so."""
    return span_words(one.from_on, one.until_on, today)


def span_words(from_on: date, until_on: date | None, today: date) -> str:
    """The days from *from_on* on and no more from *until_on* on.

    >>> day = date(2026, 12, 2)
    >>> span_words(date(2026, 11, 28), date(2026, 12, 10), day)
    '2026-11-28 至 2026-12-09'
    >>> span_words(date(2026, 12, 10), None, day), span_words(date(2026, 11, 28), None, day)
    ('自 2026-12-10 起（尚未施行）', '2026-11-28 至今')
    """
    if until_on == from_on:
        return _("未实施即被替代")
    first = day_text(from_on)
    if until_on is None:
        return _("自 {day} 起（尚未施行）", day=first) if from_on > today else _("{day} 至今", day=first)
    last = day_text(until_on - timedelta(days=1))
    if from_on > today:
        return _("{start} 至 {end}（尚未施行）", start=first, end=last)
    return _("{start} 至 {end}", start=first, end=last)


def issued_words(issued_on: date, entered_on: date | None) -> str:
    """The day of issue, and that of the entry here where it lies later.

    >>> issued_words(date(2026, 3, 18), date(2026, 8, 2)), issued_words(date(2026, 3, 18), date(2026, 3, 18))
    ('2026-03-18 印发（2026-08-02 登记）', '2026-03-18 印发')
    """
    if entered_on is None or entered_on <= issued_on:
        return _("{day} 印发", day=day_text(issued_on))
    return _("{day} 印发（{entered} 登记）", day=day_text(issued_on), entered=day_text(entered_on))


def plan_standing(entry: Entry, today: date) -> str:
    """How a plan stands: the edition in force first, then one to come, then the text being written beside it."""
    words = [_in_force(entry.in_force, today)] if entry.in_force else []
    if entry.coming:
        words.append(_("新版 {day} 起施行", day=day_text(entry.coming.effective_on)))
    if entry.newest and entry.newest.course not in _courses(entry):
        stage = stage_word(entry.newest.state)
        words.append(_("另有修订稿：{stage}", stage=stage) if words else stage)
    return _("，").join(words) if words else stage_word(None)


def _courses(entry: Entry) -> set[str]:
    return {one.course for one in (entry.in_force, entry.coming) if one}


def _in_force(one: Standing, today: date) -> str:
    if one.trial_until is not None:
        if today > one.trial_until:
            return _("试行期满，待处理")
        return _("现行有效（试行至 {day}）", day=day_text(one.trial_until))
    return _("现行有效") if one.state is Stage.IN_FORCE else _("现行有效（{stage}）", stage=stage_word(one.state))
