"""Showing anew the part of a page that looks after itself."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitAPIException


def look_again() -> None:
    """Run the fragment anew; the page, where a press came in while the page as a whole was run."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()
