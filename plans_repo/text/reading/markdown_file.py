"""Markdown files: hashes mark headings, pipes frame tables, ** is emphasis; everything else is text as typed."""

from __future__ import annotations

import re

from plans_repo.text.clause import Cell, Table
from plans_repo.text.reading.quirks import text_quirks
from plans_repo.text.reading.source import Block, Line, Source, TableBlock

HEADING = re.compile(r"(#{1,6})[ \t\u3000\u00a0]+(.*?)(?:\s+#+)?\s*$")
FRAME = re.compile(r"\s*\|[\s|:\-]*-[\s|:\-]*$")
FENCE = re.compile(r"\s*(?:```|~~~)")


def read_markdown(text: str) -> Source:
    """Headings by their hashes, tables by their pipes, lines."""
    lines = text.splitlines()
    blocks: list[Block] = []
    at, fenced = 0, False
    while at < len(lines):
        end = at if fenced else _table_end(lines, at)
        if end > at:
            blocks.append(_table(lines[at:end]))
            at = end
            continue
        fence = bool(FENCE.match(lines[at]))
        blocks.extend(_line(lines[at], literal=fenced or fence))
        fenced = fenced != fence
        at += 1
    return Source(blocks=tuple(blocks), notices=text_quirks(text, is_markdown=True))


def without_stars(line: str) -> str:
    """The line without its pairs of **; an odd one is text."""
    return line.replace("**", "") if line.count("**") % 2 == 0 else line


def _line(line: str, *, literal: bool) -> list[Block]:
    if not line.strip():
        return []
    heading = None if literal else HEADING.match(line.strip())
    if heading and heading[2].strip():
        return [Line(text=without_stars(heading[2]), outline_level=len(heading[1]))]
    return [] if heading else [Line(text=line if literal else without_stars(line))]


def _table_end(lines: list[str], at: int) -> int:
    """Where the table that begins at this line ends; *at* itself when none begins."""
    if not _is_row(lines[at]) or at + 1 >= len(lines) or not FRAME.match(lines[at + 1]):
        return at
    end = at
    while end < len(lines) and _is_row(lines[end]):
        end += 1
    return end


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _table(lines: list[str]) -> TableBlock:
    return TableBlock(table=Table(rows=tuple(_row(line) for line in lines if not FRAME.match(line))))


def _row(line: str) -> tuple[Cell, ...]:
    cells = re.split(r"(?<!\\)\|", without_stars(line.strip()))[1:]
    cells = cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells
    return tuple(Cell(content=(cell.strip(),) if cell.strip() else ()) for cell in cells)
