"""Punctuation typed half-width among Chinese characters, read as the full-width signs that were meant."""

from __future__ import annotations

import re

_HALF = ",;:()"
_FULL = str.maketrans(_HALF, "，；：（）")
_ITEM = re.compile(r"(?<![\w)])\((\d{1,2})\)")
_BESIDE = re.compile(rf"(?<=[^\x00-\x7f])[{re.escape(_HALF)}]|[{re.escape(_HALF)}](?=[^\x00-\x7f])")


def full_width(text: str) -> str:
    """The text, sign for sign as long as before, with commas, colons and brackets beside Chinese written full-width.

    So are the brackets of an item's number.

    >>> full_width("死亡3人以上(含失踪);转移5,000人以上,启动Ⅲ级响应")
    '死亡3人以上（含失踪）；转移5,000人以上，启动Ⅲ级响应'
    >>> full_width("(2)24小时雨量"), full_width("f(2), (x, y)")
    ('（2）24小时雨量', 'f(2), (x, y)')
    """
    once = _BESIDE.sub(lambda found: found[0].translate(_FULL), _ITEM.sub(r"（\1）", text))
    return _BESIDE.sub(lambda found: found[0].translate(_FULL), once)  # what stands beside a sign just changed
