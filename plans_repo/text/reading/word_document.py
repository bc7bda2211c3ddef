"""A Word file as lines, tables, notes and pictures in order of appearance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.anchors import shared_out
from plans_repo.text.reading.archive import Archive
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.holding import Held, as_aside
from plans_repo.text.reading.source import (
    Anchor,
    Aside,
    Block,
    Line,
    Medium,
    Notice,
    Role,
    Source,
    SourceComment,
    TableBlock,
    Unshown,
)
from plans_repo.text.reading.tracked import Accepts, Change, Tracked, accepting, with_notes
from plans_repo.text.reading.word_changes import changes_in, put_words, taken_words
from plans_repo.text.reading.word_comments import Threads
from plans_repo.text.reading.word_drawings import Drawings
from plans_repo.text.reading.word_fields import FieldStack, mark_whole_fields
from plans_repo.text.reading.word_inline import Inline, Surroundings, anchor_key, chosen, gather
from plans_repo.text.reading.word_lines import is_broken_title, split_lines
from plans_repo.text.reading.word_marks import number_marks
from plans_repo.text.reading.word_names import attribute, child, name, number_attribute
from plans_repo.text.reading.word_numbering import Numbering
from plans_repo.text.reading.word_settling import settle
from plans_repo.text.reading.word_styles import BODY_OUTLINE, Styles
from plans_repo.text.reading.word_tables import framed, table_of, wrapped

CONTENTS_LINE_CHARS = 120
PARAGRAPHS_LIMIT = 100_000  # empty ones too; a plan of a thousand pages has a fifth of it
PROPERTY_PARTS = ("core-properties", "custom-properties", "extended-properties")
NOTE_PARTS = ("footnotes", "endnotes")
ALL_MADE = accepting(Tracked.ACCEPT)


def read_word(data: bytes, file_name: str, accepts: Accepts = ALL_MADE) -> Source:
    """Everything the .docx shows with the tracked changes made that *accepts* says, the others undone."""
    archive = Archive(data, file_name)
    main = archive.main_part()
    parts = _parts(archive, main)
    styles = Styles(archive.tree(parts["styles"][0]) if parts.get("styles") else None)
    numbering = Numbering(archive.tree(parts["numbering"][0]) if parts.get("numbering") else None, styles)
    reader = _Reader(archive, styles, numbering, accepts)
    root = reader.part(main)
    if name(root) != "w:document":
        raise refusal("plan-file-not-document", file_name, rule="must be a text document", value=main)
    count = sum(1 for _ in root.iter("{*}p"))
    if count > PARAGRAPHS_LIMIT:
        raise refusal("plan-file-too-long", file_name, rule=f"at most {PARAGRAPHS_LIMIT} paragraphs", value=count)
    body = child(root, "w:body")
    blocks = reader.story(body, main) if body is not None else []
    return Source(
        blocks=tuple(blocks),
        notes=tuple(note for kind in NOTE_PARTS for path in parts.get(kind, []) for note in reader.notes(path)),
        headers=tuple(reader.aside(path) for path in parts.get("header", [])),
        footers=tuple(reader.aside(path) for path in parts.get("footer", [])),
        comments=tuple(comment for path in parts.get("comments", []) for comment in reader.comments(path, parts)),
        media=tuple(reader.media.values()),
        changes=tuple(with_notes(reader.changes)),
        deletions=tuple(reader.left_out()),
        notices=tuple(dict.fromkeys(reader.notices)),
        title_hint=_core_title(archive),
        unshown=tuple(_properties(archive)),
    )


def _parts(archive: Archive, main: str) -> dict[str, list[str]]:
    """Paths of the parts the document points to, by kind, each once."""
    found: dict[str, dict[str, str]] = {}
    for relation in archive.relations(main).values():
        if not relation.external and archive.has(relation.target):
            found.setdefault(relation.kind, {}).setdefault(relation.target.lower(), relation.target)
    return {kind: sorted(paths.values()) for kind, paths in found.items()}


def _properties(archive: Archive) -> Iterator[Unshown]:
    """The words of the file's properties: nobody sees them on a page, but a mark may stand there."""
    for relation in archive.relations("").values():
        if relation.kind in PROPERTY_PARTS and archive.has(relation.target):
            for each in archive.tree(relation.target):
                text = "".join(str(piece) for piece in each.itertext())
                if visible_count(text):
                    yield Unshown(place="properties", text=text)
                    yield Unshown(place="properties", text=f"{each.get('name', '')}：{text}")


def _core_title(archive: Archive) -> str:
    for relation in archive.relations("").values():
        if relation.kind == "core-properties" and archive.has(relation.target):
            root = archive.tree(relation.target)
            return next((each.text or "" for each in root if name(each).endswith("title")), "")
    return ""


class _Reader:
    """Walks stories (document, notes, headers) and gathers what belongs to the whole file."""

    def __init__(self, archive: Archive, styles: Styles, numbering: Numbering, accepts: Accepts) -> None:
        self._archive = archive
        self._styles = styles
        self._numbering = numbering
        self._accepts = accepts
        self._drawings = Drawings(archive)
        self._path = ""
        self._fields = FieldStack()
        self._contents_depth = 0
        self._cell_depth = 0  # in a cell a number may stand alone
        self._pending: list[str] = []  # anchors that wait for the next words
        self.changes: list[Change] = []
        self.notices: list[Notice] = []

    @property
    def media(self) -> dict[str, Medium]:
        """The pictures met so far, by hash."""
        return self._drawings.media

    def part(self, path: str) -> etree._Element:
        """The XML of a part with its tracked changes noted and settled."""
        root = self._archive.tree(path)
        number_marks(root, path)
        first = len(self.changes) + 1
        counted = itertools.count(first)
        self.changes.extend(changes_in(root, self._described, lambda: f"s{next(counted)}"))
        settle(root, self._accepts)
        mark_whole_fields(root)
        return root

    def left_out(self) -> Iterator[str]:
        """Words of tracked changes that the text does not hold."""
        for change in self.changes:
            made = any(map(self._accepts, change.marks))
            words = taken_words(change) if made else put_words(change)
            if words:
                yield words

    def story(self, root: etree._Element, path: str) -> list[Block]:
        """The blocks of one part."""
        self._path = path
        self._pending = []
        self._fields.forget()
        return self._closed(self._blocks(root))

    def aside(self, path: str) -> Aside:
        """Header or footer as lines."""
        return as_aside(self.story(self.part(path), path))

    def notes(self, path: str) -> Iterator[Aside]:
        """Footnotes or endnotes by key; separators are no notes."""
        for note in self.part(path):
            kind = name(note).removeprefix("w:")
            if kind in ("footnote", "endnote") and attribute(note, "type") in (None, "normal"):
                found = as_aside(self.story(note, path), f"{kind}:{attribute(note, 'id')}")
                if visible_count(found.text):
                    yield found

    def comments(self, path: str, parts: dict[str, list[str]]) -> Iterator[SourceComment]:
        """Comments with their authors, times, and the thread they belong to."""
        extended = parts.get("commentsExtended", [])
        root = self._archive.tree(path)
        settle(root, ALL_MADE)
        threads = Threads(root, self._archive.tree(extended[0]) if extended else None)
        for comment in root:
            if name(comment) == "w:comment":
                text = as_aside(self.story(comment, path)).text
                yield threads.comment(comment, text)

    def _described(self, properties: etree._Element | None) -> str:
        num_id, _ = self._list(properties)
        return self._styles.described(self._style(properties), self._outline(properties), is_numbered=bool(num_id))

    def _blocks(self, container: etree._Element) -> list[Block]:
        found: list[Block] = []
        for each in container:
            short = name(each)
            key = anchor_key(each, short)
            if key:
                self._pending.append(key)
            elif short == "w:p":
                found.extend(self._paragraph(each))
            elif short == "w:tbl":
                frame = framed(each)
                found.extend(self._blocks(frame) if frame is not None else [self._table(each)])
            elif short == "mc:AlternateContent":
                for branch in chosen(each):
                    found.extend(self._blocks(branch))
            else:
                found.extend(self._other(each, short))
        return found

    def _closed(self, blocks: list[Block]) -> list[Block]:
        """The blocks of a story; anchors that found no words after them go to the last ones."""
        if self._pending and blocks:
            last = blocks[-1]
            end = visible_count(last.text if isinstance(last, Line) else last.table.text)
            late = tuple(Anchor(key=key, at=end) for key in self._pending)
            blocks[-1] = replace(last, anchors=(*last.anchors, *late))
            self._pending = []
        return blocks

    def _other(self, each: etree._Element, short: str) -> list[Block]:
        """Containers around paragraphs; words that stand where only paragraphs should."""
        if short == "w:sdt" and self._is_contents_control(each):
            self._contents_depth += 1
            found = self._blocks(each)
            self._contents_depth -= 1
            return found
        if short != "w:r" and any(name(within) in ("w:p", "w:tbl") for within in each.iter()):
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
            keep_picture=self._picture,
            drawing_words=lambda kind, relation: self._drawings.words(self._path, kind, relation),
            notice=self._note,
        )

    def _within(self, element: etree._Element) -> list[Block]:
        waiting, self._pending = self._pending, []
        blocks = self._blocks(element if name(element) == "w:txbxContent" else wrapped(element))
        blocks = self._closed(blocks)
        self._pending = [*waiting, *self._pending]
        return blocks

    def _paragraph(self, element: etree._Element) -> list[Block]:
        inline = Inline(in_contents=self._fields.in_contents or self._contents_depth > 0)
        gather(element, inline, self._surroundings())
        return self._lines(inline, child(element, "w:pPr"))

    def _lines(self, inline: Inline, properties: etree._Element | None) -> list[Block]:
        automatic = self._automatic(properties)
        outline = self._outline(properties)
        role = self._role(properties, inline, outline)
        if not (visible_count(inline.words) or inline.media or inline.notes or inline.boxes):
            self._pending.extend(each.key for each in inline.anchors)
            return [Line(text="", automatic=automatic)] if automatic and self._cell_depth else []
        anchors = [*(Anchor(key=key) for key in self._pending), *inline.anchors]
        self._pending = []
        parts = split_lines(inline.words, outline or is_broken_title(inline.words))
        shares = shared_out(anchors, list(map(visible_count, parts)))
        last = len(parts) - 1
        return [
            Line(
                text=part,
                outline_level=outline if at == 0 else 0,
                automatic=automatic if at == 0 else "",
                role=role,
                media=tuple(inline.media) if at == last else (),
                notes=tuple(inline.notes) if at == last else (),
                boxes=tuple(inline.boxes) if at == last else (),
                anchors=shares[at],
            )
            for at, part in enumerate(parts)
        ]

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

    def _list(self, properties: etree._Element | None) -> tuple[int, int]:
        """The list and the level of a paragraph; list 0 where it has none."""
        if properties is None:
            return 0, 0
        style = self._style(properties)
        own = child(properties, "w:numPr")
        style_num, style_level = self._styles.numbering(style)
        own_num = number_attribute(child(own, "w:numId"))
        num_id = own_num if own_num is not None else style_num
        if not num_id:
            return 0, 0
        level = number_attribute(child(own, "w:ilvl"))
        if level is None:
            level = self._numbering.level_of_style(num_id, style)
        return num_id, level if level is not None else style_level or 0

    def _automatic(self, properties: etree._Element | None) -> str:
        """The number Word shows before this paragraph; counting happens here, once a paragraph."""
        num_id, level = self._list(properties)
        return self._numbering.next_label(num_id, level) if num_id else ""

    def _picture(self, element: etree._Element, attribute_name: str) -> tuple[str, str]:
        """The hash of a picture, or the key of the notice that says why there is none."""
        key, code, fields = self._drawings.picture(self._path, element, attribute_name)
        return key, self._note(code, **fields) if code else ""

    def _note(self, code: str, **fields: str) -> str:
        """Say something about this place; the key anchors it."""
        key = f"notice:{len(self.notices)}"
        self.notices.append(Notice(code=code, fields=tuple(fields.items()), place=key))
        return key

    def _table(self, element: etree._Element) -> TableBlock:
        held = Held()
        held.anchors.extend(Anchor(key=key) for key in self._pending)
        self._pending = []

        def read_cell(inside: etree._Element) -> list[Block]:
            self._cell_depth += 1
            blocks = self._blocks(inside)
            self._cell_depth -= 1
            held.take(blocks, self._pending)
            self._pending = []
            return blocks

        table = table_of(element, read_cell, held.anchor)
        return TableBlock(table=table, media=tuple(held.media), notes=tuple(held.notes), anchors=tuple(held.anchors))
