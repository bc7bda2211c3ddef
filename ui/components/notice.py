"""Words about what was just done, shown once after the page has been drawn anew."""

from __future__ import annotations

import streamlit as st

KEY = "yy_notice"  # key of session state


def leave_notice(words: str) -> None:
    """Have *words* shown on the next run, and start it."""
    st.session_state[KEY] = words
    st.rerun()


def show_notice() -> None:
    """Show what was left, once."""
    if words := st.session_state.pop(KEY, ""):
        st.success(words)
