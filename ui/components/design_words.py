"""Designs of drills in words: what they lack, what their posts and lines are called, and lines as people type them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from drills.designs.checks import Gap, Lacking
from drills.designs.design import Appointment, Post, Preparation, Risk
from drills.errors import DrillError
from plans_repo.packs.naming import codes_of, name_of
from ui.wording import _, day_text, language, later

T = TypeVar("T")
GAPS = {
    Gap.PURPOSE: later("没有写明演练目的"),
    Gap.NEED: later("没有分析演练需求"),
    Gap.SCOPE: later("没有写明演练范围"),
    Gap.CALENDAR: later("没有准备日程"),
    Gap.BUDGET: later("没有写明经费"),
    Gap.POST: later("没有指定{about}"),
    Gap.EVALUATOR_PLAYS: later("评估人员{about}来自参演单位"),
    Gap.TWO_SEATS: later("{about}既评估又指挥、导调或者扮演，应当分开"),
    Gap.LATE_PREPARATION: later("“{about}”的完成日期在演练之后"),
    Gap.STOPS: later("没有写明终止演练的条件"),
    Gap.RISKS: later("高风险演练没有列出风险和措施"),
    Gap.INSURANCE: later("高风险演练没有写明防护和保险"),
    Gap.NOTICE: later("可能影响公众，没有公告日期"),
    Gap.NOTICE_LATE: later("公告日期{about}不早于演练"),
}
"""One sentence for everything a design may lack."""
_BETWEEN = "｜"
_SIGNS = str.maketrans({"|": _BETWEEN, "\t": _BETWEEN})


def gap_words(lacking: Lacking) -> str:
    """What a design lacks, as a sentence."""
    about = lacking.about
    if lacking.gap is Gap.POST:
        about = post_name(Post(about))
    if lacking.gap is Gap.NOTICE_LATE:
        about = day_text(date.fromisoformat(about))
    return _(GAPS[lacking.gap], about=about)


def post_name(post: Post) -> str:
    """What a post is called."""
    return name_of("drill_post", post, language())


def posts_text(posts: Sequence[Appointment]) -> str:
    """Appointments as lines of a field: post, name, unit.

    >>> posts_text([Appointment(post=Post.SAFETY, name="林安", unit="县应急局")])
    '安全员｜林安｜县应急局'
    """
    return "\n".join(_line(post_name(one.post), one.name, one.unit) for one in posts)


def posts_of(text: str) -> tuple[Appointment, ...]:
    """The appointments such lines name, in either language; refused with the line that cannot be one."""
    known = {name_of("drill_post", code, to): Post(code) for code in codes_of("drill_post") for to in ("zh", "en")}

    def read(cells: list[str]) -> Appointment:
        if cells[0] not in known:
            raise _unread("posts", _line(*cells), tuple(post_name(post) for post in Post))
        return Appointment(post=known[cells[0]], name=cells[1], unit=cells[2])

    return tuple(_lines(text, 3, read))


def calendar_text(calendar: Sequence[Preparation]) -> str:
    """Preparations as lines: day, what, who."""
    return "\n".join(_line(one.due_on.isoformat(), one.what, one.who) for one in calendar)


def calendar_of(text: str) -> tuple[Preparation, ...]:
    """The preparations such lines name."""

    def read(cells: list[str]) -> Preparation:
        try:
            due_on = date.fromisoformat(cells[0].replace("/", "-"))
        except ValueError as error:
            raise _unread("calendar", _line(*cells), ("2026-11-20",)) from error
        return Preparation(due_on=due_on, what=cells[1], who=cells[2])

    return tuple(_lines(text, 3, read))


def risks_text(risks: Sequence[Risk]) -> str:
    """Risks as lines: risk, measure, who."""
    return "\n".join(_line(one.risk, one.measure, one.who) for one in risks)


def risks_of(text: str) -> tuple[Risk, ...]:
    """The risks such lines name."""
    return tuple(_lines(text, 3, lambda cells: Risk(risk=cells[0], measure=cells[1], who=cells[2])))


def stops_of(text: str) -> tuple[str, ...]:
    """One condition a line."""
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def _line(*cells: str) -> str:
    return _BETWEEN.join(cells).rstrip(_BETWEEN)


def _lines(text: str, width: int, read: Callable[[list[str]], T]) -> Iterator[T]:
    for line in text.splitlines():
        if line.strip():
            cells = [cell.strip() for cell in line.translate(_SIGNS).split(_BETWEEN)]
            yield read((cells + [""] * width)[:width])


def _unread(field: str, line: str, known: tuple[str, ...]) -> DrillError:
    return DrillError("design-line-unreadable", thing="design", field=field, rule="must be readable", value=line,
                      known=known)  # fmt: skip
