"""What Microsoft Word asks of a file and LibreOffice forgives: an audit of a whole package by plain lxml.

Order of elements after ECMA-376 part 1 (wml.xsd); the lists name only what stands in a fixed order there.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
MAIN = "word/document.xml"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TRACKED = ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange", "trPrChange")
LONGEST_NAME = 40  # of a bookmark

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState "
    "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
    "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
    "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter "
    "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent "
    "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
    "forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
    "decimalSymbol listSeparator",
}
ONE_PLACE = {"headerReference": "footerReference", "bookmarkEnd": "bookmarkStart"}  # in any order among each other
MANY = {"headerReference", "footerReference", "tr", "tblStylePr", "bookmarkStart", "bookmarkEnd", "activeWritingStyle"}
BORDERS = {"pBdr": "top left bottom right between bar", "tcBorders": "top start left bottom end right insideH insideV"}


def objections(data: bytes) -> list[str]:
    """Everything Word would stumble over; empty for a sound file."""
    audit = _Audit(data)
    audit.run()
    return audit.found


@dataclass
class _Audit:
    data: bytes
    found: list[str] = field(default_factory=list)

    def run(self) -> None:
        package = zipfile.ZipFile(io.BytesIO(self.data))
        names = package.namelist()
        self.say("a part stands twice", (name for name, many in Counter(names).items() if many > 1))
        self.files = {name: package.read(name) for name in names}
        self.trees = {
            name: etree.fromstring(data) for name, data in self.files.items() if name.endswith((".xml", ".rels"))
        }
        self.stories = {name: tree for name, tree in self.trees.items() if tree.tag.startswith(W)}
        self._types()
        self._relations()
        self._order()
        self._ids()
        self._tracked()
        self._styles()
        self._tables()
        self._fields()
        self._notes()
        self._comments()

    def say(self, what: str, where: Iterable[object]) -> None:
        self.found += [f"{what}: {each}" for each in where]

    def _types(self) -> None:
        root = self.trees["[Content_Types].xml"]
        endings = {each.get("Extension") for each in root.iter(f"{TYPES}Default")}
        parts = {str(each.get("PartName")).lstrip("/") for each in root.iter(f"{TYPES}Override")}
        known = {name for name in self.files if name in parts or name.rpartition(".")[2] in endings}
        self.say("no content type", sorted(set(self.files) - known - {"[Content_Types].xml"}))
        self.say("content type of no part", sorted(parts - set(self.files)))

    def _relations(self) -> None:
        for path, tree in self.trees.items():
            if not path.endswith(".rels"):
                continue
            folder, name = posixpath.split(path)
            source = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
            entries = [each for each in tree if each.tag == RELATIONS]
            ids = [str(each.get("Id")) for each in entries]
            self.say(f"relation twice in {path}", (one for one, many in Counter(ids).items() if many > 1))
            for each in entries:
                target = str(each.get("Target"))
                whole = (
                    target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(source), target)
                )
                if each.get("TargetMode") != "External" and posixpath.normpath(whole) not in self.files:
                    self.found.append(f"relation to nothing in {path}: {target}")
            if source in self.trees:
                used = {
                    value for one in self.trees[source].iter() for key, value in one.attrib.items() if key.startswith(R)
                }
                self.say(f"no such relation in {source}", sorted(used - set(ids)))

    def _order(self) -> None:
        for path, root in self.stories.items():
            for element in root.iter(etree.Element):
                name = _name(element)
                order = (ORDER | BORDERS).get(name)
                if order:
                    self._in_order(path, element, order.split())
                if name in ("p", "tc", "r", "tr"):
                    first = f"{name}Pr"
                    at = [_name(each) for each in element]
                    if first in at and at.index(first) > (1 if name == "tr" and "tblPrEx" in at else 0):
                        self.found.append(f"{first} not first in {path}")

    def _in_order(self, path: str, element: etree._Element, order: list[str]) -> None:
        names = [_name(each) for each in element]
        self.say(f"foreign in {_name(element)} of {path}", (name for name in names if name not in order))
        places = [order.index(ONE_PLACE.get(name, name)) for name in names if name in order]
        if places != sorted(places):
            self.found.append(f"order in {_name(element)} of {path}: {' '.join(names)}")
        many = {
            "headerReference",
            "footerReference",
            "tr",
            "tblStylePr",
            "bookmarkStart",
            "bookmarkEnd",
            "activeWritingStyle",
        }
        self.say(
            f"twice in {_name(element)} of {path}", (n for n, c in Counter(names).items() if c > 1 and n not in many)
        )

    def _ids(self) -> None:
        for kinds in (("bookmarkStart",), TRACKED):
            ids = [
                str(each.get(f"{W}id")) for root in self._texts() for each in root.iter(*(W + kind for kind in kinds))
            ]
            self.say(f"id of {kinds[0]} twice", (one for one, many in Counter(ids).items() if many > 1))
        starts = [each for root in self._texts() for each in root.iter(f"{W}bookmarkStart")]
        ends = [str(each.get(f"{W}id")) for root in self._texts() for each in root.iter(f"{W}bookmarkEnd")]
        if sorted(str(each.get(f"{W}id")) for each in starts) != sorted(ends):
            self.found.append("bookmarks without their other end")
        names = [str(each.get(f"{W}name")) for each in starts]
        self.say("bookmark twice", (one for one, many in Counter(names).items() if many > 1))
        self.say("bookmark name too long", (one for one in names if len(one) > LONGEST_NAME))
        anchors = {str(each.get(f"{W}anchor")) for root in self._texts() for each in root.iter(f"{W}hyperlink")}
        self.say("link to no bookmark", sorted(anchors - set(names) - {"None"}))
        drawn = [str(each.get("id")) for root in self._texts() for each in root.iter(DRAWN)]
        self.say("drawing id twice", (one for one, many in Counter(drawn).items() if many > 1))

    def _texts(self) -> Iterator[etree._Element]:
        yield from (root for name, root in self.stories.items() if _name(root) not in ("styles", "settings", "fonts"))

    def _tracked(self) -> None:
        for root in self._texts():
            for mark in root.iter(*(W + kind for kind in TRACKED)):
                if not mark.get(f"{W}author") or not DATE.fullmatch(mark.get(f"{W}date") or ""):
                    self.found.append(f"{_name(mark)} without author or time")
            self.say("w:t within w:del", (one.text for mark in root.iter(f"{W}del") for one in mark.iter(f"{W}t")))
            gone = (one for one in root.iter(f"{W}delText") if next(one.iterancestors(f"{W}del"), None) is None)
            self.say("w:delText out of w:del", (one.text for one in gone))

    def _styles(self) -> None:
        kinds: dict[str, set[str]] = {}
        for style in self.stories["word/styles.xml"].iter(f"{W}style"):
            kinds.setdefault(str(style.get(f"{W}type")), set()).add(str(style.get(f"{W}styleId")))
        for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
            used = {str(each.get(f"{W}val")) for root in self._texts() for each in root.iter(W + tag)}
            self.say(f"no such {kind} style", sorted(used - kinds.get(kind, set())))

    def _tables(self) -> None:
        for root in self._texts():
            for table in root.iter(f"{W}tbl"):
                columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
                for row in table.findall(f"{W}tr"):
                    spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
                    width = sum(1 if span is None else int(span.get(f"{W}val") or 1) for span in spans)
                    if width != columns:
                        self.found.append(f"row of {width} cells in a table of {columns} columns")
            cells = (cell for cell in root.iter(f"{W}tc") if not len(cell) or _name(cell[-1]) != "p")
            self.say("cell that does not end with a paragraph", cells)
            self.say("empty story", (_name(one) for one in root.iter(f"{W}footnote", f"{W}comment") if not len(one)))

    def _fields(self) -> None:
        for name, root in self.stories.items():
            depth = 0
            for mark in root.iter(f"{W}fldChar"):
                depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType") or "", 0)
                if depth < 0:
                    self.found.append(f"field ends before it begins in {name}")
            if depth:
                self.found.append(f"field without end in {name}")

    def _notes(self) -> None:
        root = self.stories.get("word/footnotes.xml")
        cited = [str(each.get(f"{W}id")) for each in self.stories[MAIN].iter(f"{W}footnoteReference")]
        notes = [] if root is None else root.findall(f"{W}footnote")
        own = [str(each.get(f"{W}id")) for each in notes if each.get(f"{W}type") is None]
        if sorted(own) != sorted(cited):
            self.found.append(f"notes {own} cited as {cited}")
        if root is not None:
            apart = {str(each.get(f"{W}id")) for each in notes} - set(own)
            told = {str(each.get(f"{W}id")) for each in self.stories["word/settings.xml"].iter(f"{W}footnote")}
            if apart != told or len(apart) != 2:
                self.found.append("separators of notes are not as the settings say")
            self.say("comment within a note", (_name(each) for each in root.iter(f"{W}commentReference")))

    def _comments(self) -> None:
        root = self.stories.get("word/comments.xml")
        own = [] if root is None else [str(each.get(f"{W}id")) for each in root.iter(f"{W}comment")]
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            placed = [str(each.get(f"{W}id")) for each in self.stories[MAIN].iter(W + tag)]
            if sorted(placed) != sorted(own):
                self.found.append(f"comments {own} with {tag} {placed}")


def _name(element: etree._Element) -> str:
    return element.tag.removeprefix(W)
