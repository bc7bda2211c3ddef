"""What is to be done now with an edition: which step, by whom, until when, and what is still missing for it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from plans_repo.course.conditions import Unmet
from plans_repo.course.courses import Deadline
from plans_repo.course.holders import Holder
from plans_repo.course.passage import OpenMove, Passage
from plans_repo.course.stages import CLOSED, Move
from plans_repo.course.working_days import Calendar
from plans_repo.filing.filings import filing
from plans_repo.filing.shares import FilingState
from plans_repo.overdue import SOON_DAYS
from ui.components.badges import badge
from ui.components.counters import show_empty
from ui.components.course_names import unmet_words, waiting_people
from ui.components.html import Html, join, link, show, table, tag
from ui.components.overdue_table import late_words
from ui.identity import reading
from ui.sections.opened import OpenedVersion, plan_address
from ui.wording import _, day_text, later
from ui.wording.codes import MOVES, PAPERS
from ui.wording.stages import stage_word

STEP = "step"
"""In the address of a plan's course: the part of the proceedings that is asked for."""

PARTS = {
    "group": ("group-", "input-"),
    "opinions": ("consultation-", "units-", "opinions-", "public-"),
    "panel": ("panel-", "votes-", "review-form-", "elements-"),
    "explanation": ("explanation-",),
    "sides": ("side-",),
}
"""How the codes of the conditions begin that are met in each part of the proceedings."""


def part_of(unmet: Unmet) -> str:
    """The part of the proceedings in which a condition is met; "" where none is.

    >>> part_of(Unmet(code="units-silent")), part_of(Unmet(code="blanks-left"))
    ('opinions', '')
    """
    return next((part for part, begins in PARTS.items() if unmet.code.startswith(begins)), "")


def show_now(
    opened: OpenedVersion,
    stand: Passage,
    waits: tuple[Holder, ...],
    unmet: tuple[Unmet, ...],
    moves: tuple[OpenMove, ...],
    days: Calendar,
    today: date,
) -> None:
    """What the edition waits for, or that it waits for nothing."""
    st.subheader(_("现在要办"))
    if not waits:
        _show_nothing(opened, stand, today)
        return
    signatures = {one.move: one.missing_signatures for one in moves}
    rows = [
        [tag("b", _(MOVES[one.move])), waiting_people(one), due_words(one.deadline, days, today),
         _lacking(one, signatures.get(one.move, ()))]
        for one in waits
    ]  # fmt: skip
    show(table([_("事项"), _("由谁办理"), _("办理期限"), _("尚缺")], rows))
    if unmet:
        st.warning(_("离开“{stage}”环节前还须：", stage=stage_word(stand.stage)))
        show(tag("ul", *(tag("li", _with_way(opened, one)) for one in unmet), cls="yy-list"))


def due_words(deadline: Deadline | None, days: Calendar, today: date) -> Html:
    """Until when a step is due and how long that still is; a dash where nothing limits it."""
    return Html("—") if deadline is None else join([day_text(deadline.due_on), due_badge(deadline, days, today)], " ")


def due_badge(deadline: Deadline, days: Calendar, today: date) -> Html:
    """How long a running clock still has, or how late it is."""
    late = (today - deadline.due_on).days
    tone = "bad" if late > 0 else "warn" if -late <= SOON_DAYS else "plain"
    return badge(late_words(days.between(deadline.due_on, today), late), tone)


def _lacking(one: Holder, signatures: tuple[Move, ...]) -> Html:
    """The papers and signatures a step still lacks."""
    found = [badge(_(PAPERS[kind]), "warn") for kind in one.missing_papers]
    found += [badge(_("签署：{move}", move=_(MOVES[move])), "warn") for move in signatures]
    return join(found, " ") if found else badge(_("材料齐备"), "good")


def _with_way(opened: OpenedVersion, unmet: Unmet) -> Html:
    """A condition with the way to where it is met."""
    part = part_of(unmet)
    if not part:
        return join([unmet_words(unmet)])
    way = plan_address(opened.plan.id, opened.version.id, part="moves", **{STEP: part})
    return join([unmet_words(unmet), " ", link(_("去办理"), way)])


NOTHING = {
    FilingState.TO_PUBLISH: later("本版没有需要流转的事项；尚未报送备案"),
    FilingState.TO_SEND: later("本版没有需要流转的事项；尚未报送备案"),
    FilingState.SENT: later("公布已办结，备案已报送、待回执，流转上没有待办事项"),
    FilingState.SUPPLEMENT_ASKED: later("公布已办结；备案机关要求补正，请在“印发后”补正"),
    FilingState.RECEIPTED: later("公布和备案均已办结，本版没有待办事项"),
    FilingState.DEEMED: later("公布和备案均已办结，本版没有待办事项"),
    FilingState.ENTERED: later("本版系补录，公布、备案办理情况未录入，流转上没有待办事项"),
    FilingState.ENDED: later("本版已停止执行，没有需要办理的事项"),
}
"""What an edition in force that waits for nobody is told of, by how far its filing has come."""


def _show_nothing(opened: OpenedVersion, stand: Passage, today: date) -> None:
    if stand.stage in CLOSED:
        show_empty(_("本版已停止执行，没有需要办理的事项"), _("办理经过见下面的记录。"))
        return
    trial = stand.term.trial_until if stand.term else None
    with reading() as asked:
        filed = filing(asked, opened.version.id).state
    words = _(NOTHING[filed])
    if trial and trial < today:
        words = _("试行期已于 {day} 届满，须决定转为正式施行、延长、修订或废止", day=day_text(trial))
    elif trial:
        words = _("本版试行至 {day}", day=day_text(trial))
    show_empty(words, _("评估、培训、试行期满处理和修订情形在“印发后”办理。"))
    show(link(_("打开“印发后”"), plan_address(opened.plan.id, opened.version.id, part="after")))
