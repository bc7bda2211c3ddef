"""What officials call a text at each stage: 初稿, 征求意见稿, 送审稿, 审议稿, 报批稿, 印发稿."""

from __future__ import annotations

from functools import cache

from plans_repo.course.stages import Stage
from plans_repo.packs.reading import pack


def draft_name(stage: Stage, language: str = "zh") -> str:
    """The name of a text that stands at *stage*; "" once it is issued.

    >>> draft_name(Stage.CONSULTATION), draft_name(Stage.IN_FORCE)
    ('征求意见稿', '')
    """
    return str(_names().get(stage.value, {}).get(language, ""))


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = pack("course", "drafts")["name"]
    return found
