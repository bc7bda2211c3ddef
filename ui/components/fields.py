"""Fields of a form that is empty again once it was taken, and keeps what was typed when it was refused."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def fields(form: str) -> Callable[[str], str]:
    """What the fields of *form* are called this time: other names after each time it was taken, so that they are new.

    A form that Streamlit clears by itself is empty after a refusal, too.
    """
    times = st.session_state.get(_counter(form), 0)
    return lambda key: f"{key}-again-{times}" if times else key


def start_anew(form: str) -> None:
    """The form was taken: its fields are empty in the next run."""
    st.session_state[_counter(form)] = st.session_state.get(_counter(form), 0) + 1


def _counter(form: str) -> str:
    return f"taken:{form}"
