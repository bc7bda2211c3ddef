"""历史: versions and events."""

from __future__ import annotations

import streamlit as st

from plans_repo import force, histories, people
from plans_repo.course.working_days import local_day
from ui.components.html import show
from ui.components.version_history import events_table, versions_table
from ui.identity import reading
from ui.sections.in_force import show_clause_history, show_in_force
from ui.sections.opened import OpenedVersion
from ui.wording import _


def show_history(opened: OpenedVersion, clause: str = "") -> None:
    """What counted when, a clause through time, who made which version why, and everything that happened since."""
    show_in_force(opened)
    if clause:
        show_clause_history(opened, clause)
    with reading() as work:
        happened = histories.history(work, opened.plan.id)
        accounts = {event.account for event in happened} | {version.author for version in opened.versions}
        names = people.display_names(work, accounts)
        today = local_day(work.now)
        standing = {one.version.id: one.on(today) for one in force.editions_of(work, opened.plan.id)}
    st.subheader(_("版本"))
    show(versions_table(opened.versions, names, opened.plan_address, standing))
    st.subheader(_("办理经过"))
    st.caption(_("每一事项的校验码包含前一事项的校验码，事后改动任何一条都会被核验发现。"))
    show(events_table(happened, opened.versions, names))
