"""The schema's word on a finished document."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

from tests.plans_repo.word.audit import objections


def complaints(data: bytes, folder: Path) -> list[str]:
    """What the independent OOXML checker and the audit of this house object to; empty for a clean file."""
    path = folder / "checked.docx"
    path.write_bytes(data)
    return [*(str(error) for error in OpenXmlValidator().validate(path).errors), *objections(data)]
