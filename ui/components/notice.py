"""Words about what was just done, shown once after the page has been drawn anew."""

from __future__ import annotations

import streamlit as st

KEY = "yy_notice"  # key of session state


def leave_notice(words: str, *, warning: str = "") -> None:
    """Have *words* shown on the next run, and below them what to beware of; start that run."""
    st.session_state[KEY] = words, warning
    st.rerun()


def show_notice() -> None:
    """Show what was left, once."""
    words, warning = st.session_state.pop(KEY, ("", ""))
    if words and warning:
        st.warning(f"{words}\n\n{warning}")
    elif words:
        st.success(words)
