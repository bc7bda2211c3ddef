"""Notes of a plan as Word footnotes: cited behind the words they belong to, each under the bookmark of its clause."""

from __future__ import annotations

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from plans_repo.text.clause import Clause
from plans_repo.word.bookmarks import Bookmarks, bookmark_name

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
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
        number = len(self._notes) + 1
        run, mark = _styled_run(), OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        run.append(mark)
        place.append(run)
        self._notes.append(self._note(clause, number))
        self.citations[clause.id] = run
        return True

    def _note(self, clause: Clause, number: int) -> etree._Element:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(number))
        for at, line in enumerate(clause.text.split("\n")):
            element = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr></w:p>')
            paragraph = Paragraph(element, self._document)  # type: ignore[arg-type]
            paragraph.add_run(line)
            if at == 0:
                self._bookmarks.enclose(paragraph, bookmark_name(clause.id))
                sign = _styled_run()
                sign.append(OxmlElement("w:footnoteRef"))
                gap = parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> </w:t></w:r>')
                element[0].addnext(gap)
                element[0].addnext(sign)
            note.append(element)
        return note

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
    if last.tag == qn("w:p"):
        return last
    shown = [cell for cell in last.iter(qn("w:tc")) if not _goes_on(cell)]
    return list(shown[-1].iter(qn("w:p")))[-1] if shown else None


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell only continues the one above it, so that nothing in it is seen."""
    merges = list(cell.iter(qn("w:vMerge")))
    return bool(merges) and merges[0].get(qn("w:val")) != "restart"


def _styled_run() -> etree._Element:
    run: etree._Element = parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr></w:r>')
    return run


def _separator(entry: tuple[int, str, str]) -> str:
    number, kind, element = entry
    look = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{look}<w:r><w:{element}/></w:r></w:p></w:footnote>'
