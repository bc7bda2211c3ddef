"""Notes of a plan as Word footnotes: cited behind the words they belong to, each under the bookmark of its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from plans_repo.text.clause import Clause
from plans_repo.text.weave import Strand
from plans_repo.word.bookmarks import Bookmarks, bookmark_name
from plans_repo.word.pieces import Line, Piece, lines_of
from plans_repo.word.tracked import Tracker

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
GAP = " "  # between the number of a note and its words
_PROPERTIES = (
    f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'  # what Word expects
)


class Footnotes:
    """The footnotes of one document; Word counts them, so their numbers are not typed."""

    def __init__(self, document: Document, bookmarks: Bookmarks) -> None:
        self._document = document
        self._bookmarks = bookmarks
        self._notes: list[etree._Element] = []
        self.citations: dict[str, etree._Element] = {}

    def cite(self, clause: Clause) -> bool:
        """Cite a note behind what was written last; False where nothing was written yet."""
        place = last_paragraph(self._document)
        if place is None:
            return False
        run = self._reference()
        place.append(run)
        note = self._note()
        for at, line in enumerate(clause.text.split("\n")):
            paragraph = self._paragraph(note)
            if at == 0:
                paragraph._p.append(_sign())
                paragraph.add_run(GAP)
            paragraph.add_run(line)
            if at == 0:
                self._bookmarks.enclose(paragraph, bookmark_name(clause.id))
        self.citations[clause.id] = run
        return True

    def cite_tracked(
        self, place: etree._Element, strands: Sequence[Strand[Piece]], tracker: Tracker, *, clause: str = ""
    ) -> None:
        """Cite a note at the end of a paragraph with what became of it: its first strand is that of the citation.

        The note bears the mark of *clause*, if one is given.
        """
        fate, hand = strands[0].fate, strands[0].hand
        run = self._reference()
        tracker.run(place, run, fate, hand)
        note = self._note()
        for at, line in enumerate(_lines(strands[1:])):
            paragraph = self._paragraph(note)
            if at == 0:
                tracker.run(paragraph._p, _sign(), fate, hand)
                tracker.words(paragraph, GAP, fate, hand)
            for text, of_words, by in line.stretches:
                tracker.words(paragraph, text, of_words, by)
            tracker.end(paragraph, line.fate, line.hand)
            if at == 0 and clause:
                self._bookmarks.enclose(paragraph, bookmark_name(clause))
        if clause:
            self.citations[clause] = run

    def _reference(self) -> etree._Element:
        run, mark = _styled_run(), OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self._notes) + 1))
        run.append(mark)
        return run

    def _note(self) -> etree._Element:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(len(self._notes) + 1))
        self._notes.append(note)
        return note

    def _paragraph(self, note: etree._Element) -> Paragraph:
        element = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr></w:p>')
        note.append(element)
        return Paragraph(element, self._document)  # type: ignore[arg-type]

    def write(self) -> None:
        """Add the part that holds the notes; nothing where none was cited."""
        if not self._notes:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}>{''.join(map(_separator, _SEPARATORS))}</w:footnotes>")
        for note in self._notes:
            root.append(note)
        xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _KIND, xml, self._document.part.package)
        self._document.part.relate_to(part, _RELATION)
        compat = self._document.settings.element.find(qn("w:compat"))
        if compat is not None:
            compat.addprevious(parse_xml(_PROPERTIES))


def last_paragraph(document: Document) -> etree._Element | None:
    """The paragraph written last; of a table the last one a reader sees."""
    body = [each for each in document.element.body if each.tag in (qn("w:p"), qn("w:tbl"))]
    if not body:
        return None
    last: etree._Element = body[-1]
    return last if last.tag == qn("w:p") else last_in(last.iter(qn("w:tr")))


def last_in(rows: Iterable[etree._Element]) -> etree._Element | None:
    """The paragraph a reader sees last in these rows of a table."""
    shown = [cell for row in rows for cell in row.iter(qn("w:tc")) if not _goes_on(cell)]
    return list(shown[-1].iter(qn("w:p")))[-1] if shown else None


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell only continues the one above it, so that nothing in it is seen."""
    merges = list(cell.iter(qn("w:vMerge")))
    return bool(merges) and merges[0].get(qn("w:val")) != "restart"


def _lines(strands: Sequence[Strand[Piece]]) -> Iterator[Line]:
    """The lines of a note; a note has one even where nothing stands in it."""
    found = list(lines_of(strands))
    yield from found or [Line()]


def _sign() -> etree._Element:
    """The number Word counts for a note."""
    sign = _styled_run()
    sign.append(OxmlElement("w:footnoteRef"))
    return sign


def _styled_run() -> etree._Element:
    run: etree._Element = parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr></w:r>')
    return run


def _separator(entry: tuple[int, str, str]) -> str:
    number, kind, element = entry
    look = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{look}<w:r><w:{element}/></w:r></w:p></w:footnote>'
