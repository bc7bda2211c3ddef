"""What the document that abolishes a plan says: its number, its day, from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from plans_repo.course.stages import Move
from ui.wording import _


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The document by number and day; *ends_on* is the first day without the plan, the day of the act unless given."""

    number: str
    dated_on: date | None
    ends_on: date | None


def ending_input(move: Move, today: date) -> Ending | None:
    """The fields of an abolition; None for any other move."""
    if move is not Move.ABOLISH:
        return None
    left, middle, right = st.columns(3)
    number = left.text_input(_("废止决定的文号"), key="ending-number", placeholder="某政办发〔2026〕12号")
    dated_on = middle.date_input(
        _("废止决定的落款日期"), value=None, max_value=today, format="YYYY-MM-DD", key="ending-dated"
    )
    ends_on = right.date_input(_("自何日起废止（不填同办理日期）"), value=None, format="YYYY-MM-DD", key="ending-on")
    st.caption(
        _("由原印发机关登记。补登已经过去的日期的，此前各日仍按当时的登记有效，自登记之日起废止，两个日期都显示。")
    )
    return Ending(number=number, dated_on=dated_on, ends_on=ends_on)
