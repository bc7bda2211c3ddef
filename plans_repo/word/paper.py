"""A document being written: title, headings, paragraphs, tables and charts in the order they are read."""

from __future__ import annotations

from datetime import datetime

from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from plans_repo.word.bookmarks import Bookmarks
from plans_repo.word.chart import Chart
from plans_repo.word.chart_part import place_chart
from plans_repo.word.contents import DEPTH, mark_entry
from plans_repo.word.page import TEXT_WIDTH_MM, new_document, saved
from plans_repo.word.styles import CHINESE, ENGLISH, Typesetting
from plans_repo.word.tables import RED, Table, place_table

TYPESETTINGS = {"zh": CHINESE, "en": ENGLISH}


class Bold(str):
    """Words of a paragraph that are set bold."""

    __slots__ = ()


class Red(str):
    """Words of a paragraph that say what is still missing."""

    __slots__ = ()


class Paper:
    """Writes one official document from top to bottom and hands it over as bytes.

    >>> paper = Paper()
    >>> paper.heading(1, "一、总则")
    >>> paper.text("目的明确。")
    >>> [(p.style.name, p.text) for p in paper.document.paragraphs]
    [('Heading 1', '一、总则'), ('Body Text', '目的明确。')]
    """

    def __init__(self, setting: Typesetting = CHINESE) -> None:
        self.document = new_document(setting)
        self.bookmarks = Bookmarks()
        self._charts = 0
        self._tables = 0

    def title(self, *lines: str, bookmark: str = "") -> None:
        """The title, one paragraph of centred lines."""
        paragraph = self.document.add_paragraph(style="Title")
        for number, line in enumerate(lines):
            run = paragraph.add_run(line)
            if number < len(lines) - 1:
                run.add_break()
        self._mark(paragraph, bookmark)

    def subtitle(self, text: str) -> None:
        """A centred line in Kaiti under the title."""
        self.document.add_paragraph(text, style="Subtitle")

    def blank(self) -> None:
        """An empty line of the grid."""
        self.document.add_paragraph(style="Normal")

    def heading(self, level: int, text: str, *, bookmark: str = "", new_page: bool = False) -> None:
        """A heading of level 1 to 4, numbered by its text; on a *new_page* it begins one."""
        paragraph = self.document.add_paragraph(text, style=f"Heading {level}")
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        self._mark(paragraph, bookmark)

    def annex(self, label: str, title: str, *, bookmark: str = "", entry: str = "", level: int = 1) -> None:
        """附件1 at the top of a page, its title in the middle below; both as one *entry* of a contents list."""
        paragraph = self.document.add_paragraph(label, style="Annex Label")
        if entry and level <= DEPTH:
            mark_entry(paragraph, entry, level)
        self._mark(paragraph, bookmark)
        self.document.add_paragraph(title, style="Annex Title")

    def text(self, *pieces: str, bookmark: str = "", style: str = "Body Text") -> None:
        """A paragraph of the body; pieces that are :class:`Bold` are set bold, :class:`Red` ones red."""
        paragraph = self.document.add_paragraph(style=style)
        for piece in pieces:
            run = paragraph.add_run(str(piece))
            if isinstance(piece, Bold):
                run.bold = True
            if isinstance(piece, Red):
                run.font.color.rgb = RGBColor.from_string(RED)
        self._mark(paragraph, bookmark)

    def caption(self, text: str, *, bookmark: str = "") -> None:
        """A caption that stands above a table or below a picture."""
        self._mark(self.document.add_paragraph(text, style="Table Caption"), bookmark)

    def note(self, text: str) -> None:
        """A small paragraph under a table or a chart."""
        self.document.add_paragraph(text, style="Note")

    @property
    def next_table(self) -> int:
        """The number the next table with a caption will have."""
        return self._tables + 1

    @property
    def next_chart(self) -> int:
        """The number the next chart will have."""
        return self._charts + 1

    def table(self, table: Table, *, caption: str = "") -> None:
        """A table, under its caption if it has one."""
        if caption:
            self._tables += 1
            self.document.add_paragraph(caption, style="Table Caption")
        place_table(self.document, table)

    def chart(self, chart: Chart, *, caption: str, height_mm: float) -> None:
        """A chart with its caption below."""
        self._charts += 1
        place_chart(self.document, chart, number=self._charts, width_mm=TEXT_WIDTH_MM, height_mm=height_mm)
        self.document.add_paragraph(caption, style="Caption")

    def _mark(self, paragraph: Paragraph, bookmark: str) -> None:
        if bookmark:
            self.bookmarks.enclose(paragraph, bookmark)

    def saved(self, *, title: str, author: str, made_at: datetime) -> bytes:
        """The document as bytes; equal content gives equal bytes."""
        return saved(self.document, title=title, author=author, made_at=made_at)
