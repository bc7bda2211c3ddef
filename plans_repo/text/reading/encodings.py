"""Text files: which encoding they are in, and where they are damaged."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading.common_han import has_frequent, is_plausible
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.noise import is_binary, is_noise

HAN = re.compile(r"[\u3000-\u9fff\uf900-\uffef\U00020000-\U0003ffff]")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-16-le", "utf-16-be")
TEXT_LIMIT_BYTES = 6_000_000  # two million characters; the longest plan has a quarter of it
LONGEST_CHANCE = 2  # Han characters of GB18030 that may by chance be UTF-8 as well (目录)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
CHINESE = frozenset({"utf-8", "gb18030", "big5hkscs", "utf-16"})
SHOWN = {"utf-8": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A text and the encoding it came in; *is_other* when that is not the one it claims."""

    text: str
    encoding: str
    is_other: bool = False


def decoded(data: bytes, file_name: str) -> Decoded:
    """The text of *data*: UTF-8 with or without BOM, UTF-16, else GB18030.

    A file of two encodings, one damaged in the middle, and one in Big5 are refused with the
    place: what cannot be told for sure is not guessed.

    >>> decoded("预案".encode("gb18030"), "a.txt").text, decoded(b"\\xef\\xbb\\xbf1", "a.txt").text
    ('预案', '1')
    """
    if len(data) > TEXT_LIMIT_BYTES:
        raise refusal("plan-file-too-long", file_name, rule=f"at most {TEXT_LIMIT_BYTES} bytes", value=len(data))
    marked = next((encoding for bom, encoding in BOMS if data.startswith(bom)), "")
    if marked:
        return _checked(_strict(data, marked, file_name), data, file_name)
    if b"\0" in data:
        return _wide(data, file_name)
    return _checked(_unmarked(data, file_name), data, file_name)


def declared(data: bytes, encoding: str, file_name: str) -> Decoded:
    """The text of a file that names its encoding; when it is in the other of UTF-8 and GB18030 that is said."""
    wanted = ALIASES.get(encoding.lower(), encoding.lower())
    if wanted not in CHINESE or any(data.startswith(bom) for bom, _ in BOMS):
        return decoded(data, file_name)
    text = _decoded(data, wanted)
    if text is not None and "\0" not in text:
        return Decoded(text=text, encoding=wanted)
    if wanted == "big5hkscs":
        raise _undecodable(data, wanted, file_name)
    found = decoded(data, file_name)
    return Decoded(text=found.text, encoding=found.encoding, is_other=True)


def _unmarked(data: bytes, file_name: str) -> Decoded:
    utf8, gb = _decoded(data, "utf-8"), _decoded(data, "gb18030")
    if utf8 is not None and not _only_gb_is_chinese(utf8, data):
        return Decoded(text=utf8, encoding="utf-8")
    mixed = _mixed_line(data)
    if mixed:
        raise refusal(
            "plan-file-mixed-encodings", file_name, rule="must be in one encoding", value=mixed, encoding="UTF-8"
        )
    if gb is None:
        raise _undecodable(data, _nearest(data), file_name)
    return Decoded(text=gb, encoding="gb18030")


def _only_gb_is_chinese(text: str, data: bytes) -> bool:
    """A short text that only GB2312 makes Chinese (目录 is valid UTF-8)."""
    is_latin = not text.isascii() and not HAN.search(text)
    return is_latin and _decoded(data, "gb2312") is not None


def _mixed_line(data: bytes) -> int:
    """The first line of the rarer kind, when some lines are UTF-8 and others are not; 0 when all are alike."""
    sure: list[int] = []
    strange: list[int] = []
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", data), start=1):
        if line.isascii():
            continue
        text = _decoded(line, "utf-8")
        if text is None:
            strange.append(number)
        elif len(HAN.findall(text)) > LONGEST_CHANCE:
            sure.append(number)
    if not sure or not strange:
        return 0
    return strange[0] if len(strange) <= len(sure) else sure[0]


def _wide(data: bytes, file_name: str) -> Decoded:
    """UTF-16 without a mark: the byte order in which it is Chinese."""
    for encoding in WIDE:
        text = _decoded(data, encoding)
        if text and "\0" not in text and HAN.search(text) and is_plausible(text):
            return Decoded(text=text, encoding=encoding)
    place = data.index(b"\0")
    raise refusal(
        "plan-file-encoding", file_name, rule="must be text", value=_line(data, place), byte=place + 1, encoding="UTF-8"
    )


def _checked(found: Decoded, data: bytes, file_name: str) -> Decoded:
    """Refuse a text that decodes but is no Chinese: Big5 taken for GB18030, or bytes that are no text at all."""
    place = found.text.find("\0")
    if place >= 0:
        line = found.text.count("\n", 0, place) + 1
        raise refusal(
            "plan-file-encoding", file_name, rule="must be text", value=line, byte=place + 1, encoding=found.encoding
        )
    if found.encoding != "gb18030":
        if is_binary(found.text):
            raise refusal("plan-file-no-text", file_name, rule="must be text")
        return found
    if has_frequent(found.text) and not is_noise(found.text):
        return found
    other = _decoded(data, "big5hkscs")
    if other is not None and is_plausible(other) and not is_noise(other):
        raise refusal("plan-file-big5", file_name, rule="Big5 must be declared, or saved as UTF-8")
    if is_noise(found.text):
        raise refusal("plan-file-no-text", file_name, rule="must be text")
    raise refusal("plan-file-garbled", file_name, rule="must be readable Chinese", value="GB18030")


def _strict(data: bytes, encoding: str, file_name: str) -> Decoded:
    text = _decoded(data, encoding)
    if text is None:
        raise _undecodable(data, encoding, file_name)
    return Decoded(text=text, encoding=encoding.removesuffix("-sig"))


def _nearest(data: bytes) -> str:
    """The encoding that goes furthest: its first error is the one worth naming."""
    return max(("utf-8", "gb18030"), key=lambda encoding: _first_error(data, encoding))


def _undecodable(data: bytes, encoding: str, file_name: str) -> PlansRepoError:
    place = _first_error(data, encoding)
    return refusal(
        "plan-file-encoding",
        file_name,
        rule="must be text in UTF-8 or GB18030",
        value=_line(data, place),
        byte=place + 1,
        encoding=SHOWN.get(encoding.removesuffix("-sig"), encoding),
    )


def _first_error(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
