"""A choice of one among several that is always made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from streamlit.delta_generator import DeltaGenerator

T = TypeVar("T")


def choose(
    place: DeltaGenerator, label: str, options: Sequence[T], name: Callable[[T], str], *, key: str, index: int = 0
) -> T:
    """The option chosen in a list at *place*; *options* is not empty."""
    chosen: T | None = place.selectbox(label, options, index=index, format_func=name, key=key)
    assert chosen is not None
    return chosen
