"""Oddities of text files: kept as they stand, counted, and told to the author with the line of the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.numbers import number_of
from plans_repo.text.reading.source import Notice

NO_BREAK = "\u00a0"
REPLACED = "\ufffd"
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
STRAY_BAR = re.compile(r"\s*[|｜]\s*$")
SPLIT_BOLD = re.compile(r"\*\*[^*\n]{1,4}\*\*\s+\*\*[^*\n]{1,4}\*\*")
PAGE_SIGN = re.compile(
    r"[\[【](?:SITESERVER\\?_?PAGE|page\s*break|分页符?)[^\]】]{0,20}[\]】]|_baidu_page_break_tag_", re.IGNORECASE
)
ESCAPED = re.compile(r"\\[_*#\[\]().\-+!`]")
SENTENCE_END = re.compile(r"[。；：！？.;:!?…”）)》】〕\]|]\s*$")
INDENT = re.compile(r"[\s\u3000]{2,}|[\u3000\t]")
PLAN_NAME = re.compile(r"^[^，,。；;]*(?:预案|方案|手册|办法)(?:[（(][^（()）]{1,12}[)）])?$")
PAUSE = re.compile(r"[，,；;。]")
DATE = re.compile(r"^\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?(?:印发)?$")
LONG_ENOUGH = 18  # visible characters; a shorter line may be a title or an entry of a list
LINE_SPREAD = 4  # characters by which lines that a program has cut differ


def text_quirks(text: str, *, is_markdown: bool = False) -> tuple[Notice, ...]:
    """What is odd about a text, each kind once.

    >>> [notice.code for notice in text_quirks("一、总则\\n|\\n为了\\u00a0防汛。")]
    ['quirk-no-break-blank', 'quirk-stray-bar']
    """
    lines = text.splitlines()
    found = [
        *_mixed_ends(text),
        *_signs(text),
        *_told("quirk-stray-bar", [at for at, line in enumerate(lines) if STRAY_BAR.match(line)]),
        *_told("quirk-page-sign", _places(PAGE_SIGN, lines)),
        *_told("quirk-blank-line-in-sentence", list(_blank_in_sentence(lines))),
        *_told("quirk-cut-by-line-end", list(_cut_lines(lines))),
    ]
    if is_markdown:
        found += _told("quirk-split-bold", _places(SPLIT_BOLD, lines))
        found += _told("quirk-escaped", _places(ESCAPED, lines))
    return tuple(found)


def _told(code: str, places: Sequence[int]) -> list[Notice]:
    if not places:
        return []
    return [Notice(code=code, fields=(("count", str(len(places))), ("line", str(places[0] + 1))))]


def _places(pattern: re.Pattern[str], lines: Sequence[str]) -> list[int]:
    return [at for at, line in enumerate(lines) for _ in pattern.finditer(line)]


def _mixed_ends(text: str) -> list[Notice]:
    pairs = text.count("\r\n")
    others = text.count("\n") + text.count("\r") - 2 * pairs
    if not pairs or not others:
        return []
    return [Notice(code="quirk-mixed-line-ends", fields=(("count", str(pairs)), ("others", str(others))))]


def _signs(text: str) -> Iterator[Notice]:
    """Signs nobody sees, or that stand for something lost; each with the line of the first."""
    for code, pattern in (
        ("quirk-no-break-blank", re.compile(NO_BREAK)),
        ("quirk-zero-width", ZERO_WIDTH),
        ("quirk-private-sign", PRIVATE),
        ("quirk-replaced-sign", re.compile(REPLACED)),
    ):
        places = [match.start() for match in pattern.finditer(text)]
        if places:
            line = len(text[: places[0]].splitlines()) or 1
            yield Notice(code=code, fields=(("count", str(len(places))), ("line", str(line))))


def _is_open(line: str) -> bool:
    """Whether a line is a long piece of a sentence that has not ended: no title, heading or row of a table."""
    bare = line.strip()
    if visible_count(line) < LONG_ENOUGH or SENTENCE_END.search(line) or bare[0] in "|#":
        return False
    is_heading = number_of(bare) is not None and not PAUSE.search(bare)
    return not is_heading and not PLAN_NAME.match(bare)


def _goes_on(line: str) -> bool:
    """Whether a line may be the rest of a sentence: neither numbered nor indented nor a heading, table or date."""
    bare = line.strip()
    is_begun = not bare or INDENT.match(line) or bare[0] in "#|*-" or number_of(bare) is not None
    return not is_begun and not DATE.match(bare)


def _blank_in_sentence(lines: Sequence[str]) -> Iterator[int]:
    for at in range(len(lines) - 2):
        if _is_open(lines[at]) and not lines[at + 1].strip() and _goes_on(lines[at + 2]):
            yield at


def _cut_lines(lines: Sequence[str]) -> Iterator[int]:
    """Lines that end in the middle of a sentence, when that happens again and again at one length."""
    cut = [at for at in range(len(lines) - 1) if _is_open(lines[at]) and _goes_on(lines[at + 1])]
    lengths = sorted(visible_count(lines[at]) for at in cut)
    if len(cut) < 3 or lengths[-1] - lengths[len(lengths) // 2] > LINE_SPREAD:
        return
    yield from cut
