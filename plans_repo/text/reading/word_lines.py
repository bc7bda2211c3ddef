"""A paragraph's words as lines: a break inside a heading joins, a break inside a text parts."""

from __future__ import annotations

import re

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.numbers import number_of

SENTENCE_CHARS = 40  # a line of a heading longer than this, closed by a full stop, is body
HEADING_CHARS = 40  # a typed heading of two lines is no longer


def is_broken_title(words: str) -> bool:
    """Whether a typed heading has a line break inside: a number, then words that end or go on with 与, 和, 及.

    >>> is_broken_title("3.5 预警行动与\\n响应准备"), is_broken_title("3.5 预警行动\\n发布预警信息。")
    (True, False)
    """
    parts = [part.strip() for part in words.split("\n") if visible_count(part)]
    if len(parts) != 2 or visible_count(words) > HEADING_CHARS or re.search("[。；，：;,:！？]", words):
        return False
    number = number_of(parts[0])
    goes_on = re.search(r"[与和及、的或]$", parts[0]) or re.match(r"[与和及或、]", parts[1])
    return bool(number and number.rest and goes_on and number_of(parts[1]) is None)


def split_lines(words: str, outline: int) -> list[str]:
    """Lines of a paragraph; a heading stays one, unless what follows its break is a sentence."""
    parts = [part for part in words.split("\n") if visible_count(part)] or [words]
    rest = parts[1:]
    is_body = any(len(part) > SENTENCE_CHARS or part.rstrip().endswith(("。", "；", ";")) for part in rest)
    return ["\n".join(parts)] if outline and not is_body else parts
