"""The ink of fixed pages (PDF, OFD): signs, rulings and pictures by their place, from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo.text.clause import is_visible

NEW_FONT = -1  # of a line without Han characters


@dataclass(frozen=True, slots=True)
class Glyph:
    """One sign; lengths in the page's own unit. *order* is its place in the file."""

    sign: str
    left: float
    right: float
    base: float
    size: float
    font: int
    order: int

    @property
    def is_ink(self) -> bool:
        return is_visible(self.sign)

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the sign, for asking in which cell of a table it lies."""
        return (self.left + self.right) / 2, self.base - self.size * 0.35


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line along one of the page's axes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, kw_only=True)
class PageInk:
    """One page. *aslant* are signs that do not run with the text: watermarks, stamps, notes in the margin."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    aslant: tuple[Glyph, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    picture_share: float = 0.0  # of the page's area

    @property
    def ink_count(self) -> int:
        return sum(glyph.is_ink for glyph in (*self.glyphs, *self.aslant))


def is_han(sign: str) -> bool:
    """Whether a sign takes a whole square: Han characters and their punctuation."""
    return "\u2e80" <= sign[:1] <= "\uffef" or sign[:1] >= "\U00020000"
