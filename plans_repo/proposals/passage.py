"""The words a limit belongs to: its own part of the sentence, what governs it, and the titles above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Clause, parents
from plans_repo.text.finding.limits import FoundLimit
from plans_repo.text.finding.parties import MEDIA
from plans_repo.text.finding.spans import spans
from plans_repo.text.finding.starts import StartKind

SECTION_ENDS = "；;：:"
_BOUND_WORDS = re.compile(r"^\s*(?:之内|以内|内)?[，,]?")
_WORD = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Where a limit stands: *core* is its own part of the sentence, *rim* the rest that governs it.

    *lead* is what leads into the part from further ahead. *case* is what stands in front of
    it up to the beginning of its section, where a plan says for which hour, place or gravity
    the limit holds.
    """

    core: str
    rim: str
    title: str
    lead: str = ""
    case: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sentence:
    """A sentence with the places of the limits in it, in order."""

    text: str
    places: tuple[int, ...]

    def section(self, at: int) -> tuple[int, int]:
        """The part of the sentence between semicolons and colons around *at*."""
        start = max(self.text.rfind(mark, 0, at) for mark in SECTION_ENDS) + 1
        ends = [place for mark in SECTION_ENDS if (place := self.text.find(mark, at)) >= 0]
        return start, min(ends, default=len(self.text))

    def begin(self, at: int) -> int:
        """Where the part of the limit at *at* begins: behind the last comma, or what lists it with the one before."""
        start, _ = self.section(at)
        before = [place for place in self.places if start <= place < at]
        floor = before[-1] if before else start
        comma = max(self.text.rfind(mark, floor, at) for mark in "，,")
        if comma < 0 and before:
            comma = self.text.rfind("、", floor, at)
        return comma + 1 if comma >= 0 else floor

    def following(self, at: int) -> int | None:
        """The next limit of the same section."""
        _, end = self.section(at)
        return next((place for place in self.places if at < place < end), None)

    def tail(self, at: int) -> tuple[str, str]:
        """What the limit at *at* promises, up to the comma behind it, and what follows until the next limit's part."""
        _, end = self.section(at)
        after = self.following(at)
        begin = next((span.end for span in spans(self.text) if span.start == at), at)
        words = self.text[begin : self.begin(after) if after is not None else end]
        words = _BOUND_WORDS.sub("", words)
        near = _first_part(words)
        if says_nothing(near) and after is not None:
            return self.tail(after)
        return near, words[len(near) :]


def passage(limit: FoundLimit, others: Iterable[FoundLimit], title: str, lead_in: str) -> Passage:
    """The words of a limit among the *others* of its clause; *lead_in* is the line that leads into its own."""
    places = tuple(sorted(other.at for other in others if other.text == limit.text))
    sentence = _Sentence(text=limit.text, places=places)
    start, _ = sentence.section(limit.at)
    begin = sentence.begin(limit.at)
    first = next((place for place in places if place >= start), limit.at)
    shared = limit.text[start : begin if first == limit.at else first]
    lead = led_by = _led_by(limit.text, start) or lead_in
    near, rest = sentence.tail(limit.at)
    core = limit.text[begin : limit.at] + near
    if says_nothing(near):
        core, lead = core + lead, ""
    return Passage(
        core=_without_start(core, limit),
        rim=_without_start(lead + shared, limit) + rest,
        title=title,
        lead=led_by,
        case=limit.text[start : min(begin, sentence.begin(first))] + limit.text[begin : limit.at],
    )


def says_nothing(words: str) -> bool:
    """Whether the words behind a limit hold no promise: none at all, or only by what medium.

    >>> says_nothing("、"), says_nothing("电话、"), says_nothing("出动")
    (True, True, False)
    """
    bare = "".join(_WORD.findall(words))
    return not bare or bare in MEDIA


def _first_part(words: str) -> str:
    """Up to the first comma behind some words."""
    for match in re.finditer(r"[，,]", words):
        if _WORD.search(words[: match.start()]):
            return words[: match.start()]
    return words


def _led_by(sentence: str, start: int) -> str:
    """The words before the last colon ahead of a section: they lead into every section behind it."""
    colon = max(sentence.rfind(mark, 0, start) for mark in "：:")
    return re.split(r"[；;]", sentence[: colon + 1])[-1]


def _without_start(words: str, limit: FoundLimit) -> str:
    """The words without those that say from when; one of no known kind may hold the subject and stays."""
    is_known = limit.starts and limit.starts_kind is not StartKind.OTHER
    return words.replace(limit.starts, "·") if is_known else words


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """The clauses of a text by id, with the titles and lines above each."""

    clauses: dict[str, Clause]
    above: dict[str, str]

    @classmethod
    def of(cls, clauses: Sequence[Clause]) -> Surroundings:
        """The surroundings of every clause of a text."""
        return cls(clauses={clause.id: clause for clause in clauses}, above=parents(clauses))

    def title(self, clause_id: str) -> str:
        """The clause's own title."""
        clause = self.clauses.get(clause_id)
        return clause.plain_title if clause else ""

    def titles(self, clause_id: str) -> str:
        """The titles from the top down to the clause."""
        found: list[str] = []
        while clause_id:
            found.append(self.title(clause_id))
            clause_id = self.above.get(clause_id, "")
        return "\n".join(reversed(found))

    def lead_in(self, limit: FoundLimit) -> str:
        """The line before the limit's own in its clause, the title for the first, where it ends in a colon."""
        clause = self.clauses.get(limit.clause)
        if clause is None:
            return ""
        lines = [clause.plain_title + clause.title_end, *(line.strip() for line in clause.text.split("\n"))]
        places = [place for place, line in enumerate(lines) if limit.text in line]
        before = [line for line in lines[: places[0]] if line.endswith(("：", ":"))] if places else []
        return before[-1] if before else ""
