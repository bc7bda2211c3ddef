"""A text to Word and back, without a store."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from plans_repo.text.clause import Clause
from plans_repo.text.reading.tracked import Tracked, accepting
from plans_repo.text.reading.word_document import read_word
from plans_repo.word.plan_document import PlanDocument, PlanIdentity, plan_document
from plans_repo.word.printing import printed_parts
from plans_repo.word.returned_text import returned_text

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


def exported(clauses: Sequence[Clause], title: str, media: Mapping[str, bytes] | None = None) -> PlanDocument:
    identity = PlanIdentity(plan="p", version="v", root_hash="ab" * 32, title=title, made_at=NOON)
    return plan_document(identity, clauses, media=media or {}, contents=True)


def come_back(
    data: bytes, clauses: Sequence[Clause], title: str, media: Mapping[str, bytes] | None = None
) -> tuple[Clause, ...]:
    """What is read from the file against the text it was made from."""
    source = read_word(data, "plan.docx", accepting(Tracked.ACCEPT, ()))
    marks = {each.key.removeprefix("bookmark:") for block in source.blocks for each in block.anchors}
    new = (f"new-{number}" for number in count(1))
    printed = printed_parts(clauses, media or {}, marked=marks)
    return returned_text(source.blocks, clauses, title, new_id=lambda: next(new), printed=printed, asides=source.notes)


def edited(data: bytes, edit: Callable[[Document], None]) -> bytes:
    """The file after somebody worked on it."""
    document = docx.Document(io.BytesIO(data))
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def without_marks(data: bytes) -> bytes:
    """The file with all its bookmarks gone, in the text and in the notes."""

    def strip(root: etree._Element) -> None:
        for mark in list(root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)  # type: ignore[union-attr]

    return rewritten_parts(data, strip, "word/document.xml", "word/footnotes.xml")


def rewritten_parts(data: bytes, edit: Callable[[etree._Element], None], *paths: str) -> bytes:
    """The file after *edit* worked on the XML of these of its parts, as far as they are there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in paths:
                root = etree.fromstring(content)
                edit(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, content)
    return out.getvalue()


def paragraph(document: Document, text: str) -> Paragraph:
    """The first paragraph of the body with these words."""
    return next(one for one in document.paragraphs if text in one.text and not one.style.name.lower().startswith("toc"))


def retype(document: Document, old: str, new: str) -> None:
    """Other words in the runs of a paragraph, its marks untouched."""
    found = paragraph(document, old)
    runs = [run for run in found.runs if run.text]
    whole = "".join(run.text for run in runs).replace(old, new, 1)
    for run in runs[1:]:
        run.text = ""
    runs[0].text = whole
