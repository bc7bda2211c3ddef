"""Plain text files: decoded and cut into lines."""

from __future__ import annotations

import codecs

from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.source import Line, Source

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, file_name: str) -> str:
    """The text of *data*: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030.

    >>> decoded("预案".encode("gb18030"), "a.txt"), decoded(b"\\xef\\xbb\\xbf1", "a.txt")
    ('预案', '1')
    """
    encodings = [encoding for bom, encoding in BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refusal("plan-file-encoding", file_name, rule="must be text in UTF-8 or GB18030")


def lines_of(text: str) -> list[str]:
    """Lines, whichever line end was used."""
    return text.splitlines()


def read_plain(text: str) -> Source:
    """Each line a paragraph."""
    return Source(blocks=tuple(Line(text=line) for line in lines_of(text) if line.strip()))
