"""A duration in a table: how long, and what that rests on. A task that takes no time has nothing to rest on."""

from __future__ import annotations

from sim.durations import Duration
from ui.components.badges import footing, mark
from ui.components.cells import sourced
from ui.components.html import Html, join, tag
from ui.components.promises import duration_words
from ui.wording import _

STATE = "状态节点"  # what the packs write as the source of a task that only marks a state


def how_long(duration: Duration) -> str:
    """How long it takes; nothing for a state."""
    return "—" if duration.is_state else duration_words(duration)


def grounds(duration: Duration) -> Html:
    """Footing, mark and source; of a state only that it is one, since there is no figure to verify."""
    if duration.is_state:
        said = duration.source if duration.source not in ("", STATE) else _("状态节点")
        return tag("span", said, cls="yy-dim")
    words = dict.fromkeys((footing(duration.rests_on), mark(duration.standing)))
    return sourced(join(words, " "), duration.source)
