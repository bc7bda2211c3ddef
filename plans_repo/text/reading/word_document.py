"""A Word file as lines, tables, notes and pictures in order of appearance."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.archive import Archive
from plans_repo.text.reading.numbers import number_of
from plans_repo.text.reading.source import Block, Line, Medium, Notice, Role, Source, TableBlock
from plans_repo.text.reading.word_fields import FieldStack
from plans_repo.text.reading.word_inline import Inline, Surroundings, chosen, gather
from plans_repo.text.reading.word_names import attribute, child, name, number_attribute
from plans_repo.text.reading.word_numbering import Numbering
from plans_repo.text.reading.word_styles import BODY_OUTLINE, Styles
from plans_repo.text.reading.word_tables import table_of, wrapped

SENTENCE_CHARS = 40  # a line of a heading longer than this, closed by a full stop, is body
CONTENTS_LINE_CHARS = 120
HEADING_CHARS = 40  # a typed heading of two lines is no longer
NOTE_PARTS = ("footnotes", "endnotes")


def read_word(data: bytes, file_name: str) -> Source:
    """Everything the .docx shows, as it stands; tracked insertions kept, deletions listed apart."""
    archive = Archive(data, file_name)
    main = archive.main_part()
    parts = _parts(archive, main)
    styles = Styles(archive.tree(parts["styles"][0]) if parts.get("styles") else None)
    numbering = Numbering(archive.tree(parts["numbering"][0]) if parts.get("numbering") else None, styles)
    reader = _Reader(archive, styles, numbering)
    body = child(archive.tree(main), "w:body")
    blocks = reader.story(body, main) if body is not None else []
    return Source(
        blocks=tuple(blocks),
        notes=tuple(note for kind in NOTE_PARTS for path in parts.get(kind, []) for note in reader.notes(path)),
        headers=tuple(reader.aside(path) for path in parts.get("header", [])),
        footers=tuple(reader.aside(path) for path in parts.get("footer", [])),
        comments=tuple(comment for path in parts.get("comments", []) for comment in reader.comments(path)),
        media=tuple(reader.media.values()),
        deletions=tuple(text for text in reader.deletions if visible_count(text)),
        notices=tuple(dict.fromkeys(reader.notices)),
        title_hint=_core_title(archive),
    )


def _parts(archive: Archive, main: str) -> dict[str, list[str]]:
    """Paths of the parts the document points to, by kind, each once."""
    found: dict[str, dict[str, str]] = {}
    for relation in archive.relations(main).values():
        if not relation.external and archive.has(relation.target):
            found.setdefault(relation.kind, {}).setdefault(relation.target.lower(), relation.target)
    return {kind: sorted(paths.values()) for kind, paths in found.items()}


def _core_title(archive: Archive) -> str:
    for relation in archive.relations("").values():
        if relation.kind == "core-properties" and archive.has(relation.target):
            root = archive.tree(relation.target)
            return next((each.text or "" for each in root if name(each).endswith("title")), "")
    return ""


class _Reader:
    """Walks stories (document, notes, headers) and gathers what belongs to the whole file."""

    def __init__(self, archive: Archive, styles: Styles, numbering: Numbering) -> None:
        self._archive = archive
        self._styles = styles
        self._numbering = numbering
        self._path = ""
        self._fields = FieldStack()
        self._contents_depth = 0
        self.media: dict[str, Medium] = {}
        self.deletions: list[str] = []
        self.notices: list[Notice] = []

    def story(self, root: etree._Element, path: str) -> list[Block]:
        """The blocks of one part."""
        self._path = path
        self._fields.forget()
        return self._blocks(root)

    def aside(self, path: str) -> str:
        """Header or footer as lines."""
        return blocks_text(self.story(self._archive.tree(path), path))

    def notes(self, path: str) -> Iterator[tuple[str, str]]:
        """Footnotes or endnotes by key; separators are no notes."""
        for note in self._archive.tree(path):
            kind = name(note).removeprefix("w:")
            if kind in ("footnote", "endnote") and attribute(note, "type") in (None, "normal"):
                text = blocks_text(self.story(note, path))
                if visible_count(text):
                    yield f"{kind}:{attribute(note, 'id')}", text

    def comments(self, path: str) -> Iterator[str]:
        for comment in self._archive.tree(path):
            text = blocks_text(self.story(comment, path))
            author = attribute(comment, "author") or ""
            yield f"{author}：{text}" if author else text

    def _blocks(self, container: etree._Element) -> list[Block]:
        found: list[Block] = []
        carried = Inline()
        for each in container:
            short = name(each)
            if short == "w:p":
                carried = self._paragraph(each, carried, found)
            elif short == "w:tbl":
                found.append(self._table(each))
            elif short == "mc:AlternateContent":
                for branch in chosen(each):
                    found.extend(self._blocks(branch))
            else:
                found.extend(self._other(each, short))
        found.extend(self._lines(carried, None))
        return found

    def _other(self, each: etree._Element, short: str) -> list[Block]:
        """Containers around paragraphs; words that stand where only paragraphs should."""
        if short == "w:sdt" and self._is_contents_control(each):
            self._contents_depth += 1
            found = self._blocks(each)
            self._contents_depth -= 1
            return found
        if any(name(within) in ("w:p", "w:tbl") for within in each.iter()) and short not in (
            "w:del",
            "w:moveFrom",
            "w:r",
        ):
            return self._blocks(each)
        inline = Inline()
        gather(wrapped(each), inline, self._surroundings())
        return self._lines(inline, None)

    @staticmethod
    def _is_contents_control(element: etree._Element) -> bool:
        gallery = attribute(child(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")) or ""
        return gallery in ("Table of Contents", "目录")

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            fields=self._fields,
            blocks_within=self._within,
            keep_picture=self._keep_picture,
            diagram=self._diagram,
            notice=self._note,
        )

    def _within(self, element: etree._Element) -> list[Block]:
        if name(element) == "w:txbxContent":
            return self._blocks(element)
        return self._blocks(wrapped(element))

    def _paragraph(self, element: etree._Element, carried: Inline, found: list[Block]) -> Inline:
        """Add the paragraph's lines to *found*, or carry its words on when its own end was deleted."""
        carried.in_contents = carried.in_contents or self._fields.in_contents or self._contents_depth > 0
        gather(element, carried, self._surroundings())
        properties = child(element, "w:pPr")
        if child(properties, "w:rPr", "w:del") is not None:
            return carried
        found.extend(self._lines(carried, properties))
        return Inline()

    def _lines(self, inline: Inline, properties: etree._Element | None) -> list[Block]:
        self.deletions.extend(inline.deletions)
        automatic = self._automatic(properties)
        outline = self._outline(properties)
        role = self._role(properties, inline, outline)
        if not (visible_count(inline.words) or inline.media or inline.notes or inline.boxes):
            return []
        parts = _split(inline.words, outline or _is_broken_title(inline.words))
        lines: list[Block] = [
            Line(text=part, outline_level=outline if at == 0 else 0, automatic=automatic if at == 0 else "", role=role)
            for at, part in enumerate(parts[:-1])
        ]
        first = not lines
        last = Line(
            text=parts[-1],
            outline_level=outline if first else 0,
            automatic=automatic if first else "",
            role=role,
            media=tuple(inline.media),
            notes=tuple(inline.notes),
            boxes=tuple(inline.boxes),
        )
        return [*lines, last]

    def _style(self, properties: etree._Element | None) -> str:
        return attribute(child(properties, "w:pStyle")) or self._styles.default

    def _outline(self, properties: etree._Element | None) -> int:
        own = number_attribute(child(properties, "w:outlineLvl"))
        if own is not None:
            return 0 if not 0 <= own < BODY_OUTLINE else own + 1
        return self._styles.outline_level(self._style(properties))

    def _role(self, properties: etree._Element | None, inline: Inline, outline: int) -> Role:
        own = self._styles.role(self._style(properties))
        if not inline.in_contents or self._contents_depth:
            return Role.CONTENTS if inline.in_contents else own
        if outline or visible_count(inline.words) > CONTENTS_LINE_CHARS:
            self._fields.forget()
            return own
        return Role.CONTENTS

    def _automatic(self, properties: etree._Element | None) -> str:
        """The number Word shows before this paragraph; counting happens here, once a paragraph."""
        if properties is None:
            return ""
        style = self._style(properties)
        own = child(properties, "w:numPr")
        style_num, style_level = self._styles.numbering(style)
        own_num = number_attribute(child(own, "w:numId"))
        num_id = own_num if own_num is not None else style_num
        if not num_id:
            return ""
        level = number_attribute(child(own, "w:ilvl"))
        if level is None:
            level = self._numbering.level_of_style(num_id, style)
        return self._numbering.next_label(num_id, level if level is not None else style_level or 0)

    def _keep_picture(self, relation: str) -> str:
        found = self._archive.relations(self._path).get(relation)
        if not found or found.external or not self._archive.has(found.target):
            self._note("picture-missing")
            return ""
        data = self._archive.part(found.target)
        key = hashlib.sha256(data).hexdigest()
        self.media.setdefault(key, Medium(sha256=key, name=posixpath.basename(found.target), data=data))
        return key

    def _diagram(self, relation: str) -> list[Block]:
        found = self._archive.relations(self._path).get(relation)
        if not found or found.external or not self._archive.has(found.target):
            return []
        texts = (each.text or "" for each in self._archive.tree(found.target).iter() if name(each) == "a:t")
        return [Line(text=text) for text in texts if visible_count(text)]

    def _note(self, code: str) -> None:
        self.notices.append(Notice(code=code))

    def _table(self, element: etree._Element) -> TableBlock:
        media: list[str] = []
        notes: list[str] = []

        def read_cell(inside: etree._Element) -> list[Block]:
            blocks = self._blocks(inside)
            for block in blocks:
                media.extend(block.media)
                notes.extend(block.notes)
            return blocks

        table = table_of(element, read_cell)
        return TableBlock(table=table, media=tuple(media), notes=tuple(notes))


def _is_broken_title(words: str) -> bool:
    """Whether a typed heading has a line break inside: a number, then words that end or go on with 与, 和, 及.

    >>> _is_broken_title("3.5 预警行动与\\n响应准备"), _is_broken_title("3.5 预警行动\\n发布预警信息。")
    (True, False)
    """
    parts = [part.strip() for part in words.split("\n") if visible_count(part)]
    if len(parts) != 2 or visible_count(words) > HEADING_CHARS or re.search("[。；，：;,:！？]", words):
        return False
    number = number_of(parts[0])
    goes_on = re.search(r"[与和及、的或]$", parts[0]) or re.match(r"[与和及或、]", parts[1])
    return bool(number and number.rest and goes_on and number_of(parts[1]) is None)


def _split(words: str, outline: int) -> list[str]:
    """Lines of a paragraph; a heading stays one, unless what follows its break is a sentence."""
    parts = [part for part in words.split("\n") if visible_count(part)] or [words]
    rest = parts[1:]
    is_body = any(len(part) > SENTENCE_CHARS or part.rstrip().endswith(("。", "；", ";")) for part in rest)
    return ["\n".join(parts)] if outline and not is_body else parts


def blocks_text(blocks: list[Block] | tuple[Block, ...]) -> str:
    """Lines, boxes and tables as plain lines, in order."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            found.append(block.table.text)
            continue
        if visible_count(block.text):
            found.append(block.text)
        if block.boxes:
            found.append(blocks_text(block.boxes))
    return "\n".join(found)
