"""Three texts as one: what two writers made of the same words, on whole tokens, never on bare characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from plans_repo.text.figures import Figure, compared, figures_of
from plans_repo.text.tokens import DEFAULT_TERMS, token_changes, whole_tokens

SHORT_GAP = 2  # characters two edits of one writer may leave between them and still be one edit


class Fate(StrEnum):
    """Whose words a piece of a merged text has."""

    STABLE = "stable"  # nobody changed them
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"  # both changed them alike
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words in the base and on either side; where they are in conflict, ours stand until it is decided."""

    fate: Fate
    base: str
    ours: str
    theirs: str

    @property
    def text(self) -> str:
        """The words that stand in the merged text."""
        return self.theirs if self.fate is Fate.THEIRS else self.ours

    @property
    def swapped(self) -> Piece:
        """The same seen from the other side."""
        fate = {Fate.OURS: Fate.THEIRS, Fate.THEIRS: Fate.OURS}.get(self.fate, self.fate)
        return Piece(fate=fate, base=self.base, ours=self.theirs, theirs=self.ours)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A run of base tokens and the run of a side's tokens that took its place."""

    base_from: int
    base_to: int
    side_from: int
    side_to: int

    def joined(self, later: _Edit) -> _Edit:
        return _Edit(self.base_from, later.base_to, self.side_from, later.side_to)


def merged_words(base: str, ours: str, theirs: str, terms: Sequence[str] = DEFAULT_TERMS) -> tuple[Piece, ...]:
    """The pieces of the text that has the edits of both sides; joined they read base, ours and theirs again.

    Edits that touch one another are a conflict unless they say the same. So are edits on either
    side of a seam at which the two together would make a quantity, a grade or a post that no
    text had.

    >>> found = merged_words("30分钟内报指挥长", "15分钟内报指挥长", "30分钟内报副指挥长")
    >>> [(piece.fate.value, piece.text) for piece in found]
    [('ours', '15分钟'), ('stable', '内报'), ('theirs', '副指挥长')]
    """
    if ours == theirs:
        fate = Fate.STABLE if base == ours else Fate.BOTH
        return (Piece(fate=fate, base=base, ours=ours, theirs=theirs),)
    if base in (ours, theirs):
        fate = Fate.THEIRS if base == ours else Fate.OURS
        return (Piece(fate=fate, base=base, ours=ours, theirs=theirs),)
    cut = [whole_tokens(text, terms) for text in (base, ours, theirs)]
    return _without_inventions(tuple(_pieces(*cut)), terms)


def merged_text(pieces: Sequence[Piece]) -> str:
    """The merged text; ours stands where there is a conflict."""
    return "".join(piece.text for piece in pieces)


def _pieces(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[Piece]:
    last = (0, 0, 0)
    for our_edits, their_edits in _groups(_edits(base, ours), _edits(base, theirs)):
        edges = [*our_edits, *their_edits]
        low, high = min(edit.base_from for edit in edges), max(edit.base_to for edit in edges)
        ends = [_stretch(edits, low, high, last[0], at) for edits, at in ((our_edits, last[1]), (their_edits, last[2]))]
        if low > last[0]:
            yield _piece(base[last[0] : low], ours[last[1] : ends[0][0]], theirs[last[2] : ends[1][0]])
        yield _piece(base[low:high], ours[slice(*ends[0])], theirs[slice(*ends[1])])
        last = (high, ends[0][1], ends[1][1])
    if last[0] < len(base):
        yield _piece(base[last[0] :], ours[last[1] :], theirs[last[2] :])


def _stretch(edits: Sequence[_Edit], low: int, high: int, base_at: int, side_at: int) -> tuple[int, int]:
    """From where to where a side's tokens answer the base tokens *low* to *high*."""
    start = side_at + low - base_at
    grown = sum((edit.side_to - edit.side_from) - (edit.base_to - edit.base_from) for edit in edits)
    return start, start + high - low + grown


def _piece(base: list[str], ours: list[str], theirs: list[str]) -> Piece:
    words = ["".join(part) for part in (base, ours, theirs)]
    return Piece(fate=_fate(*words), base=words[0], ours=words[1], theirs=words[2])


def _fate(base: str, ours: str, theirs: str) -> Fate:
    if ours == theirs:
        return Fate.STABLE if base == ours else Fate.BOTH
    if base == ours:
        return Fate.THEIRS
    if base == theirs:
        return Fate.OURS
    return Fate.BOTH if compared(ours) == compared(theirs) else Fate.CONFLICT


def _edits(base: Sequence[str], side: Sequence[str]) -> list[_Edit]:
    """The edits of one side; those with hardly a word between them are one, or chance likeness would mix sentences."""
    found: list[_Edit] = []
    for change in token_changes(base, side):
        edit = _Edit(*change)
        if found and _is_slip(base, side, found[-1], edit):
            found[-1] = found[-1].joined(edit)
        else:
            found.append(edit)
    return found


def _is_slip(base: Sequence[str], side: Sequence[str], first: _Edit, second: _Edit) -> bool:
    gap = sum(map(len, base[first.base_to : second.base_from]))
    return gap <= SHORT_GAP and gap < min(_weight(base, side, first), _weight(base, side, second))


def _weight(base: Sequence[str], side: Sequence[str], edit: _Edit) -> int:
    """How many characters an edit touches."""
    return max(sum(map(len, base[edit.base_from : edit.base_to])), sum(map(len, side[edit.side_from : edit.side_to])))


def _groups(ours: Sequence[_Edit], theirs: Sequence[_Edit]) -> Iterator[tuple[list[_Edit], list[_Edit]]]:
    """Edits of both sides that touch one another together, the others alone, in order."""
    waiting = sorted(
        [(edit.base_from, edit.base_to, 0, edit) for edit in ours]
        + [(edit.base_from, edit.base_to, 1, edit) for edit in theirs],
        key=lambda entry: entry[:3],
    )
    group: tuple[list[_Edit], list[_Edit]] = ([], [])
    reach = -1
    for base_from, base_to, side, edit in waiting:
        if base_from > reach and (group[0] or group[1]):
            yield group
            group = ([], [])
        group[side].append(edit)
        reach = max(reach, base_to)
    if group[0] or group[1]:
        yield group


# ---- What nobody wrote -----------------------------------------------------------------------------------------------


def _without_inventions(pieces: tuple[Piece, ...], terms: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces, those fused into a conflict that together would read as a figure no text had."""
    known = _Known(pieces, terms)
    span = known.first_invention()
    while span:
        first, last = span
        pieces = (*pieces[:first], _fused(pieces[first : last + 1]), *pieces[last + 1 :])
        known = _Known(pieces, terms)
        span = known.first_invention()
    return pieces


def _fused(pieces: Sequence[Piece]) -> Piece:
    base, ours, theirs = ("".join(getattr(piece, side) for piece in pieces) for side in ("base", "ours", "theirs"))
    return Piece(fate=Fate.CONFLICT, base=base, ours=ours, theirs=theirs)


class _Known:
    """The figures of the texts by the pieces they reach over."""

    def __init__(self, pieces: Sequence[Piece], terms: Sequence[str]) -> None:
        self.pieces = pieces
        self.terms = terms
        self.had = {
            (reach, compared(figure.text))
            for side in ("base", "ours", "theirs")
            for reach, figure in self._reaching([getattr(piece, side) for piece in pieces])
        }

    def first_invention(self) -> tuple[int, int] | None:
        """The pieces of the first figure only the merged text has, whichever way a conflict is decided."""
        for fallback in ("ours", "theirs"):
            words = [getattr(piece, fallback) if piece.fate is Fate.CONFLICT else piece.text for piece in self.pieces]
            for (first, last), figure in self._reaching(words):
                if first < last and not self._is_known(first, last, compared(figure.text)):
                    return first, last
        return None

    def _is_known(self, first: int, last: int, words: str) -> bool:
        return any(known == words and reach[0] <= last and first <= reach[1] for reach, known in self.had)

    def _reaching(self, parts: Sequence[str]) -> Iterator[tuple[tuple[int, int], Figure]]:
        ends = [*accumulate(map(len, parts))]
        for figure in figures_of(whole_tokens("".join(parts), self.terms)):
            yield (bisect_right(ends, figure.start), bisect_right(ends, figure.end - 1)), figure


def decided(pieces: Sequence[Piece], choices: dict[int, str]) -> tuple[Piece, ...]:
    """The pieces with the conflicts of these places decided: the words that shall stand there."""
    return tuple(
        replace(piece, fate=Fate.BOTH, ours=choices[at]) if piece.fate is Fate.CONFLICT and at in choices else piece
        for at, piece in enumerate(pieces)
    )
