"""Comments of a plan as Word comments: beside the words they quote, with their answers and whether they are settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from plans_repo.word.bookmarks import PREFIX, bookmark_name
from plans_repo.word.tracked import STAMP, ZONE

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
FIRST_PARAGRAPH = 0x10000001  # ids of comment paragraphs count up from here


@dataclass(frozen=True, kw_only=True, slots=True)
class WordNote:
    """A comment to be written beside a clause: beside *quotation*, or beside its first line."""

    clause: str
    quotation: str
    text: str
    author: str
    at: datetime
    answers: tuple[WordNote, ...] = ()
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A comment or an answer with its number in the file and that of the comment it answers."""

    number: int
    note: WordNote
    answers: int | None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A visible character of the document: the text element and the place in it."""

    text: _Element
    at: int


def place_comments(
    document: Document, notes: Sequence[WordNote], *, beside: Mapping[str, _Element] | None = None
) -> int:
    """Write the comments whose clause is in the document; how many were written, answers not counted.

    A footnote cannot hold comments: *beside* says which run cites the clause that stands there.
    """
    paragraphs = _paragraphs(document)
    entries: list[_Entry] = []
    written = 0
    for note in notes:
        here = paragraphs.get(bookmark_name(note.clause))
        citation = (beside or {}).get(note.clause)
        if here:
            ends = _ends(here, note.quotation)
        elif citation is not None:
            ends = citation, citation
        else:
            continue
        thread = list(_thread(note, len(entries)))
        _enclose(ends, [entry.number for entry in thread])
        entries += thread
        written += 1
    if entries:
        _write_parts(document, entries)
    return written


def _thread(note: WordNote, first: int) -> Iterator[_Entry]:
    yield _Entry(first, note, None)
    for at, answer in enumerate(note.answers, start=1):
        yield _Entry(first + at, answer, first)


def _paragraphs(document: Document) -> dict[str, list[_Element]]:
    """The paragraphs of each clause by its bookmark: from its own to the next one's."""
    found: dict[str, list[_Element]] = {}
    current = ""
    for paragraph in document.element.body.iter(qn("w:p")):
        names = [mark.get(qn("w:name"), "") for mark in paragraph.iter(qn("w:bookmarkStart"))]
        current = next((name for name in names if name.startswith(PREFIX)), current)
        if current:
            found.setdefault(current, []).append(paragraph)
    return found


def _ends(paragraphs: Sequence[_Element], quotation: str) -> tuple[_Element, _Element]:
    """The first and the last run of the words quoted, or of the first paragraph that has words."""
    spots = list(_spots(paragraphs))
    whole = "".join((spot.text.text or "")[spot.at] for spot in spots)
    wanted = "".join(quotation.split())
    start = whole.find(wanted) if wanted else -1
    if start < 0:
        first = _run_of(spots[0].text) if spots else _empty_run(paragraphs[0])
        paragraph = next(above for above in first.iterancestors(qn("w:p")))
        runs = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
        return first, runs[-1] if runs else first
    begin, end = spots[start], spots[start + len(wanted) - 1]
    last = _split(end.text, end.at + 1)
    if begin.text is end.text and begin.at == 0:
        return last, last
    if begin.at == 0:
        return _run_of(begin.text), last
    rest = _split_off(begin.text, begin.at)
    return rest, rest if begin.text is end.text else last


def _spots(paragraphs: Sequence[_Element]) -> Iterator[_Spot]:
    """The visible characters that stand, in order; not those of deletions."""
    for paragraph in paragraphs:
        for text in paragraph.iter(qn("w:t")):
            yield from (_Spot(text, at) for at, character in enumerate(text.text or "") if not character.isspace())


def _empty_run(paragraph: _Element) -> _Element:
    run = OxmlElement("w:r")
    paragraph.append(run)
    return run


def _run_of(text: _Element) -> _Element:
    """The run a text stands in."""
    run = text.getparent()
    assert run is not None
    return run


def _split(text: _Element, at: int) -> _Element:
    """Cut a run behind so many characters; the run that ends there."""
    if at < len(text.text or ""):
        _split_off(text, at)
    return _run_of(text)


def _split_off(text: _Element, at: int) -> _Element:
    """Cut a run before a character; the run that begins there."""
    run = _run_of(text)
    rest = deepcopy(run)
    place = list(run).index(text)
    for element in list(run)[place + 1 :]:
        run.remove(element)
    for element in list(rest)[:place]:
        if element.tag != qn("w:rPr"):
            rest.remove(element)
    other = next(element for element in rest if element.tag == qn("w:t"))
    text.text, other.text = (text.text or "")[:at], (text.text or "")[at:]
    for element in (text, other):
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(rest)
    return rest


def _enclose(ends: tuple[_Element, _Element], numbers: Sequence[int]) -> None:
    """Put the ranges of a thread around the runs, and the references behind them."""
    first, last = ends
    for number in numbers:
        start, end = OxmlElement("w:commentRangeStart"), OxmlElement("w:commentRangeEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(number))
        first.addprevious(start)
        mark, reference = OxmlElement("w:r"), OxmlElement("w:commentReference")
        reference.set(qn("w:id"), str(number))
        mark.append(reference)
        last.addnext(mark)
        last.addnext(end)
        last = mark


def _write_parts(document: Document, entries: Sequence[_Entry]) -> None:
    package = document.part.package
    for name, relation, xml in (
        ("comments", _COMMENTS, _comments_xml(entries)),
        ("commentsExtended", _EXTENDED, _extended_xml(entries)),
    ):
        part = Part(PackURI(f"/word/{name}.xml"), f"{_KIND}.{name}+xml", xml.encode(), package)
        document.part.relate_to(part, relation)


def _paragraph_id(number: int) -> str:
    return f"{FIRST_PARAGRAPH + number:08X}"


def _comments_xml(entries: Sequence[_Entry]) -> str:
    items = "".join(_comment_xml(entry) for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:comments xmlns:w="{_MAIN}" xmlns:w14="{_W14}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14">'
        f"{items}</w:comments>"
    )


def _comment_xml(entry: _Entry) -> str:
    note = entry.note
    date = note.at.astimezone(ZONE).strftime(STAMP)  # Word writes and shows local time and calls it UTC
    lines = note.text.split("\n")
    last = len(lines) - 1
    name = f' w14:paraId="{_paragraph_id(entry.number)}"'  # that of the last paragraph names the comment
    body = "".join(
        f'<w:p{name if at == last else ""}><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for at, line in enumerate(lines)
    )
    return (
        f'<w:comment w:id="{entry.number}" w:author={quoteattr(note.author)} w:date="{date}" '
        f"w:initials={quoteattr(note.author[:1])}>{body}</w:comment>"
    )


def _extended_xml(entries: Sequence[_Entry]) -> str:
    settled = {entry.number for entry in entries if entry.note.is_settled}
    items = "".join(
        f'<w15:commentEx w15:paraId="{_paragraph_id(entry.number)}"'
        + (f' w15:paraIdParent="{_paragraph_id(entry.answers)}"' if entry.answers is not None else "")
        + f' w15:done="{int(entry.number in settled or entry.answers in settled)}"/>'
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w15:commentsEx xmlns:w15="{_W15}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{items}</w15:commentsEx>"
    )
