"""Lines and characters of a Word file as LibreOffice lays it out; nothing where LibreOffice is not there."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2

from plans_repo.checks.dossier import FileMeasure
from plans_repo.text.reading.child import run_child
from plans_repo.text.reading.office import BOUNDS, soffice

TEXT_HEIGHT_PT, TEXT_WIDTH_PT = 225 / 25.4 * 72, 156 / 25.4 * 72
MOST_PAGES = 30
LEAST_CHARACTERS = 20
"""A line with fewer Han characters in a row is not used for measuring."""
SAME_LINE_PT = 5.0
SLACK = 0.35
"""So much of a line or character may be over the edge before it counts as one more."""


def with_layout(measured: FileMeasure, data: bytes) -> FileMeasure:
    """The measure with lines a page and characters a line as rendered; unchanged where nothing could be rendered."""
    program = soffice()
    pdf = _pdf(program, data) if program else b""
    pitches = _pitches(pdf) if pdf else None
    if pitches is None:
        return measured
    line, character = pitches
    return replace(
        measured,
        lines_per_page=int(TEXT_HEIGHT_PT / line + SLACK),
        characters_per_line=int(TEXT_WIDTH_PT / character + SLACK),
    )


def _pdf(program: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="yuyan-layout-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        source = folder / "in.docx"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, "--headless", "--norestore", "--nolockcheck", profile]
        own = {**os.environ, "HOME": place, "TMPDIR": place}
        asked = ["--convert-to", "pdf", "--outdir", place, str(source)]
        run_child([*command, *asked], BOUNDS, folder=folder, environment=own)
        made = folder / "in.pdf"
        return made.read_bytes() if made.is_file() else b""


def _pitches(pdf: bytes) -> tuple[float, float] | None:
    """The commonest distance from a long line to the next one, and between Han characters in them, in points."""
    document = pypdfium2.PdfDocument(pdf)
    lines: Counter[float] = Counter()
    widths: list[float] = []
    for number in range(min(len(document), MOST_PAGES)):
        rows = list(_rows(document[number]))
        lines.update(round(above - below, 1) for (above, width), (below, _w) in pairwise(rows) if width)
        widths.extend(width for _base, width in rows if width)
    if not lines or not widths:
        return None
    return lines.most_common(1)[0][0], statistics.median(widths)


def _rows(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    """Each line with Han text: its base line, and the width of one character where it is long enough to tell, else 0.

    Short lines count as lines: between two long ones there may be several, and a page of few long lines
    must not pass for one of few lines.
    """
    text = page.get_textpage()
    found: dict[float, list[float]] = {}
    for index in range(text.count_chars()):
        if "\u4e00" <= text.get_text_range(index, 1) <= "\u9fff":
            left, bottom, right, top = text.get_charbox(index, loose=True)
            found.setdefault(round((bottom + top) / 2, 0), []).append((left + right) / 2)
    for base, places in _lines(found):
        steps = [after - before for before, after in pairwise(sorted(places))]
        yield base, statistics.median(steps) if len(places) >= LEAST_CHARACTERS else 0.0


def _lines(found: Mapping[float, Sequence[float]]) -> Iterator[tuple[float, list[float]]]:
    """Characters at heights within a few points of each other are one line: two fonts differ by a point."""
    base, places = 0.0, list[float]()
    for height in sorted(found, reverse=True):
        if places and base - height > SAME_LINE_PT:
            yield base, places
            places = []
        if not places:
            base = height
        places = [*places, *found[height]]
    if places:
        yield base, places
