"""For which response levels and in which circumstances a limit is promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans_repo.proposals.case_words import circumstances
from plans_repo.proposals.passage import SECTION_ENDS
from plans_repo.proposals.scale import Scale
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from sim.circumstance import Circumstance

_CAPTION_MOST = 24
_CAPTION = re.compile(r"^[^。；，,]*?(?:响应|火警)(?:行动|措施|启动)?(?:时|的)?(?=[。：:，,\s]|$)")
"""How a line begins that speaks of one level: 4.Ⅰ级响应行动。"""
_SECTION = re.compile(f"[{SECTION_ENDS}]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Restriction:
    """Labels of levels, and circumstances, empty for all; *inherited* are levels that build on those named."""

    levels: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()
    circumstances: frozenset[Circumstance] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """Whether it restricts at all."""
        return bool(self.levels or self.circumstances)


def restriction(limit: FoundLimit, clause: Clause | None, titles: str, case: str, scale: Scale) -> Restriction | None:
    """What the titles above a limit, its line, its sentence and the *case* before it restrict it to.

    None where they name levels or circumstances that cannot be told: another body's level, a
    level the procedure does not have, a warning's, one that is not started.
    """
    named, cases = _levels(limit, clause, titles, scale), circumstances(case)
    if named is None or cases is None:
        return None
    levels = named if named != scale.every else frozenset()
    inherited = frozenset(each for label in levels for each in scale.built_on.get(label, ())) - levels
    return Restriction(levels=levels, inherited=inherited, circumstances=cases)


def _levels(limit: FoundLimit, clause: Clause | None, titles: str, scale: Scale) -> frozenset[str] | None:
    """The levels of the titles and the line, or of the nearest part of the sentence that names some of them."""
    over = scale.named("\n".join((titles, *_captions(limit, clause))))
    own: frozenset[str] | None = frozenset()
    for part in _parts(limit):
        own = scale.named(part)
        if own is None or own:
            break
    if over is None or own is None:
        return None
    if over:
        return own if own and own <= over else over
    is_general = own == {scale.lowest} and scale.is_since_lowest(clause.text if clause else limit.text)
    return frozenset() if is_general else own


def _parts(limit: FoundLimit) -> Iterator[str]:
    """The parts of the sentence up to the limit, the nearest first."""
    yield from reversed(_SECTION.split(limit.text[: limit.at]))


def _captions(limit: FoundLimit, clause: Clause | None) -> Iterator[str]:
    """The beginning of the limit's own line, if not of its sentence, and the last line that is nothing but such one."""
    above = ""
    for line in (line.strip() for line in clause.text.split("\n")) if clause else ():
        caption = _CAPTION.match(line[:_CAPTION_MOST])
        if limit.text in line:
            yield above
            if caption and not line.startswith(limit.text):
                yield caption[0]
            return
        if caption and line.endswith(("：", ":")):
            above = line
