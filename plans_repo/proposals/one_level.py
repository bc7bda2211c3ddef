"""Whether a limit is promised at some levels of the response only; a target is judged at every level."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from sim.procedure import Level

_LABEL = r"(?:[ⅠⅡⅢⅣⅤ]|I{1,3}|IV|[一二三四五])级"
_NAMED = rf"{_LABEL}(?:[、和或及与]{_LABEL})*(?:（[^）]{{1,6}}）)?(?:应急)?(?:响应|火警)(?!及?以上)"
_ANYWHERE = re.compile(rf"(?<!达到){_NAMED}")
_CAPTION = re.compile(
    rf"^[\s\d.．、（）()一二三四五六七八九十]{{0,8}}?(?:启动|进入)?{_NAMED}(?:行动|措施|启动)?(?:时|后|的)?(?:[。：:，,\s]|$)"
)
"""How a line begins that speaks of one level: 4.Ⅰ级响应行动。"""
_SINCE = re.compile(r"后[，,]$")
_LABELS = re.compile(_LABEL)


def is_for_some_levels(limit: FoundLimit, clause: Clause | None, titles: str, levels: Sequence[Level]) -> bool:
    """Whether the titles above a limit, its line or its sentence name some of the *levels*, not all.

    A level *and above*, or one that is *reached*, is a threshold and no single level. A
    sentence may count from the lowest level, which every response passes; what stands under
    its title is of that level only.
    """
    captions = _captions(limit, clause) if clause else []
    above = _labels("\n".join((titles, *(each for each in captions if not _SINCE.search(each)))))
    since = _labels("\n".join((limit.text, *(each for each in captions if _SINCE.search(each)))))
    lowest = min(levels, key=lambda level: level.rank).label if levels else ""
    said = {label for label in since if not lowest.startswith(label)}
    return bool(above | said) and len(above | since) < len(levels)


def _labels(words: str) -> set[str]:
    return {label for match in _ANYWHERE.finditer(words) for label in _LABELS.findall(match[0])}


def _captions(limit: FoundLimit, clause: Clause) -> list[str]:
    """The beginning of the limit's own line, and the last line before it that holds nothing but such a beginning."""
    found, above = [], ""
    for line in (line.strip() for line in clause.text.split("\n")):
        caption = _CAPTION.match(line)
        if limit.text in line:
            found += [above, caption[0] if caption else ""]
            break
        if caption and line.endswith(("：", ":")):
            above = line
    return found
