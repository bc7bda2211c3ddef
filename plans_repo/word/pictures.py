"""Pictures of a plan on the page."""

from __future__ import annotations

import io

from docx.document import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from plans_repo.word.page import TEXT_WIDTH_MM

UNREADABLE = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError)


def place_picture(document: Document, data: bytes | None) -> Paragraph | None:
    """Append a picture, no wider than the text; None when there is none or Word cannot show it."""
    if data is None:
        return None
    paragraph: Paragraph = document.add_paragraph(style="Figure")
    try:
        picture = paragraph.add_run().add_picture(io.BytesIO(data))
    except UNREADABLE:
        document.element.body.remove(paragraph._p)
        return None
    if picture.width > Mm(TEXT_WIDTH_MM):
        picture.height = Length(picture.height * Mm(TEXT_WIDTH_MM) / picture.width)
        picture.width = Mm(TEXT_WIDTH_MM)
    return paragraph
