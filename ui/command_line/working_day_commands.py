"""``yuyan working-days``: the days limits in working days rest on, and entering the notice of a year."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.course import holiday_notice
from plans_repo.course.clocks import Recounted
from plans_repo.course.holiday_notice import Special
from plans_repo.course.working_days import calendar, local_day
from plans_repo.text.reading.encodings import decoded
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.components.holiday_table import source_words, special_words
from ui.components.month_calendar import weekday_name
from ui.components.plan_names import CLOCKS
from ui.wording import _, day_text, n_


def working_days(context: Context) -> Answer:
    """The days of a year that are not what their weekday makes them; a notice is entered first."""
    asked = context.arguments
    year = asked.year or local_day(context.store.clock()).year
    moved: tuple[Recounted, ...] = ()
    if asked.notice is not None:
        text = decoded(read_file(asked.notice), name_of(asked.notice)).text
        read = holiday_notice.read_notice(text, year, asked.number)
        with context.work() as work:
            moved = holiday_notice.enter_notice(work, read)
    with context.reading() as work:
        is_announced = calendar(work).is_announced(year)
        found = holiday_notice.special_days(work, year)
    fields = {
        "year": year,
        "is_announced": is_announced,
        "days": [{"day": one.day, "is_workday": one.is_workday, "number": one.number} for one in found],
        "recounted": [_recounted(one) for one in moved],
    }
    return Answer(fields=fields, lines=list(_lines(year, found, moved, is_announced=is_announced)))


def _recounted(one: Recounted) -> dict[str, object]:
    return {
        "plan": one.plan,
        "title": one.title,
        "kind": one.kind,
        "due_before": one.due_before,
        "due_on": one.due_on,
    }


def _lines(year: int, found: tuple[Special, ...], moved: tuple[Recounted, ...], *, is_announced: bool) -> Iterator[str]:
    for one in found:
        yield f"{day_text(one.day)}\t{weekday_name(one.day)}\t{special_words(one)}\t{source_words(one)}"
    if not is_announced:
        yield _("{year} 年放假安排未公布或者尚未录入", year=year)
    for clock in moved:
        yield _(
            "《{title}》{clock}：{before} 改为 {after}",
            title=clock.title,
            clock=_(CLOCKS[clock.kind]),
            before=day_text(clock.due_before),
            after=day_text(clock.due_on),
        )
    off = sum(not one.is_workday for one in found)
    yield n_("周一至周五放假 {count} 天", off) + _("，") + n_("调休上班 {count} 天", len(found) - off)
