"""Which kind of file came in, judged by its bytes and checked against its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading.errors import refusal

SIZE_LIMIT_BYTES = 100_000_000
READABLE = ("docx", "doc", "wps", "rtf", "odt", "pdf", "ofd", "html", "md", "txt")
ALIASES = {"markdown": "md", "text": "txt", "htm": "html", "xhtml": "html"}
CONVERTED = ("doc", "wps", "rtf", "odt")  # by LibreOffice
TEXTS = ("html", "md", "txt")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
)
BLANKS = b" \t\r\n"
KEPT_BY = {  # what the bytes may turn out to be under each name
    "docx": {"docx", "zip"},
    "doc": {"ole", "rtf"},
    "wps": {"ole", "rtf"},
    "rtf": {"rtf"},
    "odt": {"odt"},
    "pdf": {"pdf"},
    "ofd": {"ofd"},
    "html": {"text"},
    "md": {"text"},
    "txt": {"text"},
}
OTHER_FORMATS = ("wpt", "dot", "docm", "dotx", "dotm", "uof", "uot", "ceb", "cebx", "gd", "sep", "mht", "mhtml", "xps")
SHOWN = {"zip": "zip", "ole": "doc", "text": "txt"}
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OTHER_OLE = (
    ("Workbook".encode("utf-16-le"), "xls"),
    ("PowerPoint Document".encode("utf-16-le"), "ppt"),
    ("VisioDocument".encode("utf-16-le"), "vsd"),
)
WORD_STREAM = "WordDocument".encode("utf-16-le")
WORD_SIGN = b"\xec\xa5"  # first bytes of the stream WordDocument
SECTOR_BYTES = 512
ENCRYPTED_FLAG = 0x0100
MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")


def file_kind(data: bytes, file_name: str) -> str:
    """One of the readable kinds; anything else is refused with one reason."""
    extension = PurePath(file_name).suffix.lower().lstrip(".")
    extension = ALIASES.get(extension, extension)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise refusal("plan-file-empty", file_name, rule="must not be empty", size=len(data))
    check_size(len(data), file_name)
    found = _signature(data)
    if found == "ole":
        _check_compound(data, file_name)
    if extension in OTHER_FORMATS:
        raise refusal("plan-file-old-format", file_name, rule="save as .docx first", value=extension)
    if extension not in READABLE:
        raise refusal("plan-file-type", file_name, rule=f"must be one of {', '.join(READABLE)}", value=extension)
    if found not in KEPT_BY[extension]:
        raise _contradiction(extension, found, file_name)
    return "rtf" if found == "rtf" else extension


def check_size(size: int, file_name: str) -> None:
    """Refuse a file by its size, before anybody reads it into memory."""
    if size > SIZE_LIMIT_BYTES:
        raise refusal("plan-file-too-large", file_name, rule=f"at most {SIZE_LIMIT_BYTES} bytes", size=size)


def _signature(data: bytes) -> str:
    if data.startswith(ZIP):
        return _zip_kind(data)
    bare = data[:64].lstrip(BLANKS)
    return next((kind for sign, kind in SIGNATURES if bare.startswith(sign)), "text")


def _zip_kind(data: bytes) -> str:
    """What the first part and the list of parts say; a zip that says nothing may still be a Word file."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    if re.search(rb"PK\x01\x02.{42}OFD\.xml", data, re.DOTALL):
        return "ofd"
    return "docx" if b"[Content_Types].xml" in data else "zip"


def _check_compound(data: bytes, file_name: str) -> None:
    """A compound file (OLE) that is protected, or no text document."""
    is_word = data[SECTOR_BYTES : SECTOR_BYTES + 2] == WORD_SIGN
    flags = int.from_bytes(data[SECTOR_BYTES + 10 : SECTOR_BYTES + 12], "little") if is_word else 0
    if ENCRYPTED_PACKAGE in data or flags & ENCRYPTED_FLAG:
        raise refusal("plan-file-encrypted", file_name, rule="must not be encrypted")
    if MACRO_STREAM in data:
        raise refusal("plan-file-macros", file_name, rule="must not contain macros")
    other = next((kind for sign, kind in OTHER_OLE if sign in data), "")
    if other and WORD_STREAM not in data:
        raise refusal("plan-file-not-document", file_name, rule="must be a text document", value=other)


def _contradiction(extension: str, found: str, file_name: str) -> PlansRepoError:
    return refusal(
        "plan-file-wrong-extension",
        file_name,
        rule="name and content must agree",
        value=extension,
        found=SHOWN.get(found, found),
    )
