"""Pages set in two columns: told by a gutter that the file itself respects."""

from __future__ import annotations

from collections.abc import Sequence

from plans_repo.text.reading.page_ink import Glyph

LEAST_SIGNS = 80  # on either side
LEAST_GUTTER = 1.2  # sizes
ZONE = (0.35, 0.65)  # of the width, in which a gutter lies
STEP = 2.0  # points


def columns_of(glyphs: Sequence[Glyph], width: float) -> list[list[Glyph]]:
    """The signs of the page, or of its left and then of its right column.

    Two columns are believed only where no sign crosses the gutter and the file writes all of
    the left before the right; a table without rulings, which the file writes row by row, stays whole.
    """
    ink = [glyph for glyph in glyphs if glyph.is_ink]
    gutter = _gutter(ink, width)
    if gutter is None:
        return [list(glyphs)]
    left = [glyph for glyph in glyphs if glyph.left < gutter]
    right = [glyph for glyph in glyphs if glyph.left >= gutter]
    first, last = (sorted(glyph.order for glyph in side if glyph.is_ink) for side in (left, right))
    enough = len(first) >= LEAST_SIGNS and len(last) >= LEAST_SIGNS
    if not enough or first[int(len(first) * 0.95)] > last[int(len(last) * 0.05)]:
        return [list(glyphs)]
    return [left, right]


def _gutter(ink: Sequence[Glyph], width: float) -> float | None:
    """The middle of the widest strip that no sign crosses, in the middle third of the page."""
    if len(ink) < 2 * LEAST_SIGNS:
        return None
    count = int((ZONE[1] - ZONE[0]) * width / STEP)
    free = [True] * count
    start = ZONE[0] * width
    for glyph in ink:
        first = max(int((glyph.left - start) / STEP), 0)
        last = min(int((glyph.right - start) / STEP), count - 1)
        for at in range(first, last + 1):
            free[at] = False
    best, run, end = 0, 0, 0
    for at, is_free in enumerate(free):
        run = run + 1 if is_free else 0
        if run > best:
            best, end = run, at
    size = sorted(glyph.size for glyph in ink)[len(ink) // 2]
    return start + (end - best / 2 + 0.5) * STEP if best * STEP >= LEAST_GUTTER * size else None
