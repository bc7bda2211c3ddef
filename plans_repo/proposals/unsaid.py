"""Promises that a text gives as no plain limit: so long before the hazard arrives, or once it has lasted so long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import SENTENCE, UNREAD, FoundLimit
from plans_repo.text.finding.spans import Span, spans
from plans_repo.text.finding.starts import StartKind

_AHEAD = re.compile(
    r"(?:到达|来临|到来|抵达|受灾|影响|进水|发生|威胁|淹没|侵袭)(?:[^。，；、\d]{0,6})前\s*(?:至少|不少于)?$"
)
_LASTED = re.compile(r"(?:明火|燃烧|火场|火灾|火情)?(?:持续|超过|达到?|满)(?:燃烧)?(?:时间)?(?:达到?|超过|满)?\s*$")
_LASTING = re.compile(r"\s*(?:以上)?(?:仍|还|尚)?(?:未|没有|不能)?[^，。；、]{0,6}的[，,]")


def margins(clauses: Iterable[Clause]) -> Iterator[FoundLimit]:
    """What must be done so long before something arrives: 洪水到达前2小时."""
    for clause, sentence in _sentences(clauses):
        for span in spans(sentence):
            if _AHEAD.search(sentence[: span.start]):
                yield _limit(clause, sentence, span)


def stages(clauses: Iterable[Clause]) -> Iterator[FoundLimit]:
    """What must be done once something has lasted so long: 明火持续6小时的，由县级领导接替指挥."""
    for clause, sentence in _sentences(clauses):
        for span in spans(sentence):
            if _LASTED.search(sentence[: span.start]) and _LASTING.match(sentence[span.end :]):
                yield _limit(clause, sentence, span)


def _sentences(clauses: Iterable[Clause]) -> Iterator[tuple[Clause, str]]:
    for clause in clauses:
        if clause.kind not in UNREAD:
            yield from ((clause, match[0].strip()) for match in SENTENCE.finditer(clause.text))


def _limit(clause: Clause, sentence: str, span: Span) -> FoundLimit:
    return FoundLimit(clause=clause.id, text=sentence, minutes=span.minutes, starts_kind=StartKind.EVENT, at=span.start)
