"""The steps of a life cycle in one row: done, now, ahead, each with name and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.components.html import Html, show, tag
from ui.wording import _

MANY = 10
"""Steps from which on they are set closer, to stay in one row."""
STATES = ("done", "now", "ahead", "refused")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its label, where it stands, who did it and when (already worded)."""

    label: str
    state: str = "ahead"
    who: str = ""
    when: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"step {self.label!r}: state must be one of {STATES}, got {self.state!r}")


def show_step_bar(steps: Sequence[Step]) -> None:
    """Put the bar on the page."""
    show(step_bar(steps))


def step_bar(steps: Sequence[Step]) -> Html:
    """The bar as an ordered list."""
    cls = "yy-steps yy-many" if len(steps) > MANY else "yy-steps"
    return tag("ol", *(_step(number, step) for number, step in enumerate(steps, 1)), cls=cls)


def _step(number: int, step: Step) -> Html:
    said = {"done": _("已完成"), "now": _("进行中"), "ahead": _("未开始"), "refused": _("已退回")}[step.state]
    dot = tag("span", "✓" if step.state == "done" else number, cls="yy-dot")
    below = tag("small", " ".join(part for part in (step.who, step.when) if part) or said)
    return tag("li", dot, tag("b", step.label), below, cls=f"yy-{step.state}", aria_label=f"{step.label} {said}")
