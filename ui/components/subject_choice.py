"""A filter for what plans are for: the classes of events with their types below them."""

from __future__ import annotations

from typing import Any

from streamlit.delta_generator import DeltaGenerator

from plans_repo.linkage.subjects import outline
from ui.components.address_choice import choose_one
from ui.components.plan_names import subject_label
from ui.wording import _

INDENT = "　"


def choose_subject(place: DeltaGenerator, **more: Any) -> str | None:
    """A subject or class of events, whose plans and those of all below it are asked for; None for all."""
    depth = dict(outline())
    return choose_one(
        place, _("事件类型"), depth, lambda one: INDENT * depth[one] + subject_label(one), key="subject", **more
    )
