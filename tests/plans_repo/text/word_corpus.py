"""A corpus of plans as Word files, each with its gold outline: one fixture per pattern of the appendix of documents.md.

A fixture is written as lines. ``#2 1.1 编制目的`` is a heading of level 2 as it is typed; behind ``=>`` stands how
it should be shown, where that differs; ``|`` parts a title from the text that runs on in the same line. A
line that begins with ``~`` is front matter, one with ``!`` raw XML of a block. Everything else is body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.plans_repo.text import word_files as word

Write = Callable[[str, int], str]


@dataclass(frozen=True, kw_only=True)
class Fixture:
    """One Word file and what its outline should be."""

    name: str
    data: bytes
    gold: tuple[tuple[int, str], ...]
    parts: tuple[tuple[str, str], ...] = ()  # kind and title of each plan in the file, where there are several
    notices: tuple[str, ...] = ()  # codes that must be among the warnings
    absent: tuple[str, ...] = field(default=())  # codes that must not


def plain(text: str, level: int) -> str:
    """Every line a paragraph without style."""
    return word.paragraph(text)


def styled(text: str, level: int) -> str:
    """Headings in heading styles."""
    return word.paragraph(text, style=str(level) if level else "")


def outlined(text: str, level: int) -> str:
    """Headings by the outline level of their paragraph."""
    return word.paragraph(text, outline=level - 1 if level else None)


def fixture(
    name: str,
    lines: str,
    *,
    write: Write = plain,
    parts: Iterable[tuple[str, str]] = (),
    notices: Iterable[str] = (),
    absent: Iterable[str] = (),
    **file: object,
) -> Fixture:
    """A fixture from its lines; *write* says how Word marks a heading."""
    blocks, gold = [], []
    for line in lines.strip("\n").split("\n"):
        if line.startswith("!"):
            blocks.append(line[1:])
        elif line.startswith("#"):
            level = int(line[1])
            typed, shown = _heading(line[3:])
            gold.append((level, shown))
            blocks.append(write(typed, level))
        else:
            blocks.append(word.paragraph(line.removeprefix("~").replace("\\n", "\n")))
    options = {"styles": word.HEADING_STYLES, **file}
    return Fixture(
        name=name,
        data=word.word_file(*blocks, **options),  # type: ignore[arg-type]
        gold=tuple(gold),
        parts=tuple(parts),
        notices=tuple(notices),
        absent=tuple(absent),
    )


def _heading(rest: str) -> tuple[str, str]:
    """What is typed, and how the outline should show it."""
    typed, _, shown = rest.partition("=>")
    title, _, text = typed.strip(" ").partition("|")
    shown = shown.strip() or title.rstrip("。：")
    return (title + text).replace("\\n", "\n"), shown
