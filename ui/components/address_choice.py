"""Choices that stand in the address as codes, so that a link says the same in every language.

The address is what counts: a control shows what the address says, and says it there when somebody chooses otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

T = TypeVar("T")
BETWEEN = ","
"""Between the codes of several choices."""


def choose_one(
    place: DeltaGenerator,
    label: str,
    options: Iterable[T],
    name: Callable[[T], str],
    *,
    key: str,
    nothing: str = "",
    default: T | None = None,
    on_change: Callable[[], object] | None = None,
) -> T | None:
    """One of the options, by what stands under *key*; None where nothing does and *nothing* says what that means.

    Without *nothing* one is always chosen, to begin with the *default* or the first.
    """
    found = {str(option): option for option in options}
    first = None if nothing or not found else str(default) if default is not None else next(iter(found))
    code = _asked(key, found) or first
    st.session_state[key] = found[code] if code is not None else None
    chosen: T | None = place.selectbox(
        label,
        list(found.values()),
        index=None if nothing else 0,
        format_func=name,
        placeholder=nothing or None,
        key=key,
        on_change=_write,
        args=(key, first or "", on_change),
    )
    return chosen


def choose_way(label: str, options: Sequence[T], name: Callable[[T], str], *, key: str) -> T:
    """One of a few options side by side, the first to begin with."""
    found = {str(option): option for option in options}
    first = next(iter(found))
    st.session_state[key] = found[_asked(key, found) or first]
    chosen = st.segmented_control(
        label, options, required=True, format_func=name, key=key, on_change=_write, args=(key, first, None)
    )
    return found[first] if chosen is None else chosen


def choose_several(
    label: str, options: Sequence[T], name: Callable[[T], str], *, key: str, default: Sequence[T] = ()
) -> list[T]:
    """Any of a few options, as words side by side without a label; the *default* where the address says nothing."""
    found = {str(option): option for option in options}
    codes = st.query_params.get(key, "").split(BETWEEN)
    st.session_state[key] = [found[code] for code in codes if code in found] or list(default)
    return st.pills(
        label, options, selection_mode="multi", format_func=name, key=key, label_visibility="collapsed",
        on_change=_write, args=(key, "", None),
    )  # fmt: skip


def choose_tab(parts: Mapping[str, str], *, key: str) -> tuple[str, DeltaGenerator]:
    """The code of the tab that is open, of those *parts* names, and the place of what is on it."""
    code = _asked(key, parts) or next(iter(parts))
    widget = f"{key}-tab"
    st.session_state[widget] = parts[code]
    codes = {words: one for one, words in parts.items()}
    holders = st.tabs(list(codes), key=widget, on_change=_write_tab, args=(key, widget, codes))
    return code, holders[list(parts).index(code)]


def _asked(key: str, known: Mapping[str, Any]) -> str | None:
    """The code in the address; what is no code of anything here is taken out of it."""
    code = st.query_params.get(key, "")
    if code and code not in known:
        st.query_params.pop(key, None)
        return None
    return code or None


def _write(key: str, unsaid: str, then: Callable[[], object] | None) -> None:
    """Put what was chosen into the address; what is meant without saying so is left out."""
    chosen = st.session_state[key]
    code = BETWEEN.join(map(str, chosen)) if isinstance(chosen, list) else "" if chosen is None else str(chosen)
    _say(key, "" if code == unsaid else code)
    if then is not None:
        then()


def _write_tab(key: str, widget: str, codes: Mapping[str, str]) -> None:
    _say(key, codes[st.session_state[widget]])


def _say(key: str, code: str) -> None:
    if code:
        st.query_params[key] = code
    else:
        st.query_params.pop(key, None)
