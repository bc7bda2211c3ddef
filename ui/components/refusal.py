"""What a page says when something is refused, and what it says when something broke."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from sim.errors import CodedError
from ui.wording import _, sentence


def stop_with(words: str) -> NoReturn:
    """Show one sentence and end this run."""
    st.warning(words)
    st.stop()


@contextmanager
def answered() -> Iterator[None]:
    """Turn a refusal inside the block into its sentence; anything else goes up."""
    try:
        yield
    except CodedError as error:
        st.error(sentence(error))


def on_script_error(error: Exception) -> bool:
    """What Streamlit does with an error no page answered: a sentence for a refusal, an apology for a fault.

    Streamlit writes the traceback of a fault to the log; the screen shows none of it.
    """
    if isinstance(error, CodedError):
        st.error(sentence(error))
    else:
        st.error(_("程序出错，操作未完成。请把时间和所做的操作告诉系统管理员。"))
    return True
