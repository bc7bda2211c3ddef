"""The plan a person looked at last in this browser session, for pages opened from the side bar."""

from __future__ import annotations

import streamlit as st

from ui.sections.opened import OpenedVersion

LAST = "yy_last_opened"
"""Key of session state: ids of the plan and the version looked at last."""


def remember(opened: OpenedVersion) -> None:
    """Keep the plan and the version being looked at."""
    st.session_state[LAST] = (opened.plan.id, opened.version.id)


def last_opened() -> tuple[str, str]:
    """Ids of the plan and the version looked at last; empty when none was."""
    plan, version = st.session_state.get(LAST, ("", ""))
    return plan, version
