"""Which reader reads which kind of file, and which second walk counts it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import ParseError

from plans_repo.text.reading import source_count
from plans_repo.text.reading.encodings import decoded
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.file_kind import CONVERTED
from plans_repo.text.reading.html_count import count_html
from plans_repo.text.reading.html_document import read_html
from plans_repo.text.reading.html_tree import page_text
from plans_repo.text.reading.markdown_file import read_markdown
from plans_repo.text.reading.ofd_count import count_ofd
from plans_repo.text.reading.ofd_document import read_ofd
from plans_repo.text.reading.office import as_docx
from plans_repo.text.reading.package import too_deep
from plans_repo.text.reading.pdf_document import read_pdf
from plans_repo.text.reading.plain_file import read_plain
from plans_repo.text.reading.source import Notice, Source
from plans_repo.text.reading.source_count_word import count_word
from plans_repo.text.reading.tracked import Accepts
from plans_repo.text.reading.word_document import read_word

FIXED = ("pdf", "ofd")
"""Kinds that know signs and places, but no paragraphs."""


def source_of(data: bytes, file_name: str, kind: str, accepts: Accepts) -> tuple[Source, int]:
    """What the file holds, and how many visible characters a second walk over it counts."""
    try:
        return _read(data, file_name, kind, accepts)
    except (RecursionError, MemoryError) as error:
        raise too_deep(file_name) from error
    except ParseError as error:  # the second walk's parser knows fewer letters for names of elements than the first
        raise refusal("plan-file-damaged", file_name, rule="XML must be well formed") from error


def _read(data: bytes, file_name: str, kind: str, accepts: Accepts) -> tuple[Source, int]:
    if kind in CONVERTED:
        return _converted(data, file_name, kind, accepts)
    if kind == "docx":
        return read_word(data, file_name, accepts), count_word(data, accepts)
    if kind in FIXED:
        return read_pdf(data, file_name) if kind == "pdf" else (read_ofd(data, file_name), count_ofd(data))
    return _text(data, file_name, kind)


def _text(data: bytes, file_name: str, kind: str) -> tuple[Source, int]:
    """A file of characters: a page, Markdown, or plain lines."""
    if kind == "html":
        page = page_text(data, file_name)
        return read_html(page, file_name), count_html(page.text)
    text = decoded(data, file_name).text
    if kind == "md":
        return read_markdown(text), source_count.count_markdown(text)
    return read_plain(text), source_count.count_plain(text)


def _converted(data: bytes, file_name: str, kind: str, accepts: Accepts) -> tuple[Source, int]:
    """An old or foreign file through LibreOffice; the count begins at what LibreOffice made of it."""
    made = as_docx(data, file_name, kind)
    source = read_word(made, file_name, accepts)
    notice = Notice(code="converted-by-office", fields=(("kind", kind),))
    return _with_notice(source, notice), count_word(made, accepts)


def _with_notice(source: Source, notice: Notice) -> Source:
    return replace(source, notices=(notice, *source.notices))
