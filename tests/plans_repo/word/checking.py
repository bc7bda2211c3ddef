"""The schema's word on a finished document."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator


def complaints(data: bytes, folder: Path) -> list[str]:
    """What the independent OOXML checker objects to; empty for a clean file."""
    path = folder / "checked.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]
