"""A long list shown a part at a time, with a choice of the part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from ui.wording import _

AT_ONCE = 50
"""So many rows of a list are shown at once."""

Item = TypeVar("Item")


def part_shown(items: Sequence[Item]) -> Sequence[Item]:
    """The items to be shown now; of more than fit at once the part somebody chose, the first to begin with."""
    starts = range(0, len(items), AT_ONCE)
    if len(starts) < 2:
        return items
    first = st.selectbox(
        _("显示"),
        starts,
        format_func=lambda start: _(
            "第 {first}～{last} 条，共 {count} 条",
            first=start + 1, last=min(start + AT_ONCE, len(items)), count=len(items),
        ),
        key=f"page-{len(items)}",
    )  # fmt: skip
    return items[first : first + AT_ONCE]
