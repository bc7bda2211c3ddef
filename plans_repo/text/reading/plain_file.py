"""Plain text files: decoded and cut into lines."""

from __future__ import annotations

import codecs
import re

from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.source import Line, Source

HAN = re.compile(r"[\u3000-\u9fff\uf900-\uffef\U00020000-\U0003ffff]")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, file_name: str) -> str:
    """The text of *data*: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030.

    >>> decoded("预案".encode("gb18030"), "a.txt"), decoded(b"\\xef\\xbb\\xbf1", "a.txt")
    ('预案', '1')
    """
    encodings = [encoding for bom, encoding in BOMS if data.startswith(bom)] or _likely(data)
    for encoding in encodings:
        text = _decoded(data, encoding)
        if text is not None and "\0" not in text:
            return text
    raise refusal("plan-file-encoding", file_name, rule="must be text in UTF-8 or GB18030")


def _likely(data: bytes) -> list[str]:
    """UTF-8 before GB18030; but a short text that only GB2312 makes Chinese (目录 is valid UTF-8) is GB18030."""
    text = _decoded(data, "utf-8")
    is_latin = text is not None and not text.isascii() and not HAN.search(text)
    return ["gb18030"] if is_latin and _decoded(data, "gb2312") is not None else ["utf-8", "gb18030"]


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def lines_of(text: str) -> list[str]:
    """Lines, whichever line end was used."""
    return text.splitlines()


def read_plain(text: str) -> Source:
    """Each line a paragraph."""
    return Source(blocks=tuple(Line(text=line) for line in lines_of(text) if line.strip()))
