"""Which kind of file came in, judged by its bytes and checked against its name."""

from __future__ import annotations

from pathlib import PurePath

from plans_repo.errors import PlansRepoError
from plans_repo.text.reading.errors import refusal

SIZE_LIMIT_BYTES = 100_000_000
READABLE = ("docx", "txt", "md")
ALIASES = {"markdown": "md", "text": "txt"}
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
)
OLD_FORMATS = ("doc", "wps", "wpt", "dot", "pdf", "rtf", "ofd", "odt", "docm", "dotx", "uof", "ceb")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def file_kind(data: bytes, file_name: str) -> str:
    """'docx', 'txt' or 'md'; anything else is refused with one reason."""
    extension = PurePath(file_name).suffix.lower().lstrip(".")
    extension = ALIASES.get(extension, extension)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise refusal("plan-file-empty", file_name, rule="must not be empty", size=len(data))
    if len(data) > SIZE_LIMIT_BYTES:
        raise refusal("plan-file-too-large", file_name, rule=f"at most {SIZE_LIMIT_BYTES} bytes", size=len(data))
    found = _signature(data)
    if found == "doc" and ENCRYPTED_PACKAGE in data:
        raise refusal("plan-file-encrypted", file_name, rule="must not be encrypted")
    if extension in OLD_FORMATS or found not in ("zip", "text"):
        return _refused(extension, found, file_name)
    if extension not in READABLE:
        raise refusal("plan-file-type", file_name, rule="must be .docx, .txt or .md", value=extension)
    if (found == "zip") != (extension == "docx"):
        raise _contradiction(extension, found, file_name)
    return extension


def _signature(data: bytes) -> str:
    if data.startswith(ZIP):
        return "zip"
    return next((kind for sign, kind in SIGNATURES if data.startswith(sign)), "text")


def _refused(extension: str, found: str, file_name: str) -> str:
    if extension in OLD_FORMATS:
        kind = extension
    else:
        kind = found if found != "doc" or extension not in ("wps", "et") else extension
    raise refusal("plan-file-old-format", file_name, rule="save as .docx first", value=kind)


def _contradiction(extension: str, found: str, file_name: str) -> PlansRepoError:
    really = "docx" if found == "zip" else "txt"
    return refusal(
        "plan-file-wrong-extension", file_name, rule="name and content must agree", value=extension, found=really
    )
