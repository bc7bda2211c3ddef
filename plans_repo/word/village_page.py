"""The plan of a village on one sheet of paper, to be put up on the wall: what to watch, whom to ring, where to go."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docx.shared import Pt

from plans_repo.course.stages import CLOSED, EFFECTIVE, Stage
from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.rendering import clause_text
from plans_repo.word.course_papers import chinese_day
from plans_repo.word.page import TEXT_WIDTH_MM
from plans_repo.word.paper import Paper
from plans_repo.word.tables import Table
from plans_repo.writing.blanks import blanks_of

ROWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("概况", re.compile(r"概况|基本情况")),
    ("风险点", re.compile(r"风险")),
    ("责任人和电话", re.compile(r"组织|分工|责任|联系")),
    ("预警和叫应", re.compile(r"预警|叫应")),
    ("转移安置", re.compile(r"转移|安置|避险")),
    ("信息报告", re.compile(r"报告")),
    ("自救互救", re.compile(r"自救|互救|处置|抢险")),
    ("应急物资", re.compile(r"物资|装备|保障")),
)
"""Rows of the sheet and the titles of the sections each is made of; a section goes into the first row it fits."""

SIZES_PT = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.0)
"""Sizes tried from large to small; below 9 pt nobody reads it on a wall."""

LABEL_SHARE = 0.17
LEADING = 1.3  # exact height of a line, in sizes
PARAGRAPH_PT = 1.0  # above and below each paragraph
EDGE_PT = 1.5  # what the lines around a row take
TEXT_PT = 637.8  # 225 mm, GB/T 9704-2012 5.2.1
TITLE_PT = 33.0  # a line of the title
NOTE_PT = 34.0  # the line at the foot
TITLE_SIZE_PT = 22.0
SPARE_PT = 12.0
GAP_PT = 6.0  # between the title and the sheet
MM_PT = 72 / 25.4
SIGNED = "签署印发"  # the last row: who signed, number and day
_PHONE = re.compile(r"(?<!\d)\d{3,4}[- ]\d{3,8}(?:[- ]\d{3,8})?(?!\d)")
_STAY = "\u2060-\u2060"  # a hyphen that ends no line; Word's own lets LibreOffice break among the digits
_PIECE = re.compile(r"[\u2e80-\U0010ffff]|[^\u2e80-\U0010ffff]+")
"""What a line may end after: an ideograph, or a run of letters and digits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VillagePage:
    """What the sheet says beside the plan: whose it is, which text, of which day, where that stands, who signed it."""

    title: str
    root_hash: str
    made_at: datetime
    day: date
    stage: Stage
    signed_by: str = ""
    document_number: str = ""
    issued_on: date | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the text was not signed and issued, or counts no more: it must not hang on a wall."""
        return self.stage not in EFFECTIVE

    @property
    def told(self) -> str:
        """What the sheet says under its title of a text that does not count; "" for one that does."""
        if not self.is_draft:
            return ""
        return "已停用，不得张贴" if self.stage in CLOSED else "草稿（未签署），不得张贴"

    @property
    def signed(self) -> str:
        """Who signed, the number and the day of issue, as far as they are on record; "" for a draft."""
        if self.is_draft:
            return ""
        day = f"{chinese_day(self.issued_on)}印发" if self.issued_on else ""
        signer = f"签署人：{self.signed_by}" if self.signed_by else ""
        return "　".join(filter(None, (signer, self.document_number, day)))


def village_page(page: VillagePage, clauses: Sequence[Clause]) -> bytes:
    """The sheet as a Word file of one page; a text that was not signed, or lacks something, says so on it.

    Refuses a text without any of the sections, and one that does not fit at 9 pt, naming its longest row.
    """
    rows = rows_of(clauses)
    if not rows:
        raise PlansRepoError("village-page-empty", thing=page.title, rule="needs sections such as 风险点, 转移安置")
    rows += [(SIGNED, page.signed)] if page.signed else []
    size = _size_that_fits(page, rows)
    paper = Paper()
    paper.title(page.title)
    if page.is_draft:
        paper.subtitle(page.told)
    paper.document.paragraphs[-1].paragraph_format.space_after = Pt(GAP_PT)
    paper.table(Table(rows=tuple(rows), widths=(LABEL_SHARE, 1 - LABEL_SHARE)))
    _set_size(paper, size)
    _keep_numbers_whole(paper)
    paper.note(_foot(page, len([label for _label, text in rows for label in blanks_of(text)])))
    return paper.saved(title=page.title, author="", made_at=page.made_at)


def _foot(page: VillagePage, open_blanks: int) -> str:
    """The line at the foot: of which day and text the sheet is, and what is still open."""
    lacking = f"还有{open_blanks}处待填。" if open_blanks else ""
    if page.is_draft:
        return f"{chinese_day(page.day)}打印，校验码 {page.root_hash[:12]}。{lacking}{page.told}。"
    return f"{chinese_day(page.day)}版，校验码 {page.root_hash[:12]}。{lacking}内容有变化时更换本页。"


def rows_of(clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    """Label and words of each row, in the order of the sheet; rows without words are left out."""
    found: dict[str, list[str]] = {label: [] for label, _pattern in ROWS}
    label = ""
    top = min((clause.level for clause in clauses if clause.kind is ClauseKind.HEADING), default=1)
    for clause in clauses:
        if clause.kind in (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER):
            continue
        is_section = clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE) and clause.level == top
        if is_section:
            label = next((name for name, pattern in ROWS if pattern.search(clause.plain_title)), "")
        if label:
            found[label].append(clause.text if is_section else clause_text(clause).strip())
    joined = {name: "\n".join(filter(None, texts)) for name, texts in found.items()}
    return [(name, text) for name, text in joined.items() if text]


def _size_that_fits(page: VillagePage, rows: Sequence[tuple[str, str]]) -> float:
    title = page.title
    free_pt = (
        TEXT_PT
        - TITLE_PT * page.is_draft
        - NOTE_PT
        - SPARE_PT
        - GAP_PT
        - TITLE_PT * math.ceil(len(title) * TITLE_SIZE_PT / (TEXT_WIDTH_MM * MM_PT))
    )
    for size_pt in SIZES_PT:
        if sum(_height_pt(text, size_pt) for _label, text in rows) <= free_pt:
            return size_pt
    longest = max(rows, key=lambda row: len(row[1]))
    raise PlansRepoError(
        "village-page-too-long", thing=title, field=longest[0], rule="must fit on one page", value=len(longest[1])
    )


def _height_pt(text: str, size_pt: float) -> float:
    """The height of a row: its lines as they break in the second column."""
    width_pt = TEXT_WIDTH_MM * (1 - LABEL_SHARE) * MM_PT - 12
    paragraphs = text.split("\n")
    lines = sum(_lines(line, size_pt, width_pt) for line in paragraphs)
    return lines * size_pt * LEADING + 2 * PARAGRAPH_PT * len(paragraphs) + EDGE_PT


def _lines(line: str, size_pt: float, width_pt: float) -> int:
    """How many lines it takes: a telephone is not broken, so that some lines end short of it."""
    found, free_pt = 1, width_pt - size_pt
    for piece in _PIECE.findall(line):
        piece_pt = sum(size_pt if ord(character) > 0x2E7F else size_pt * 0.55 for character in piece)
        if piece_pt > free_pt:
            found, free_pt = found + 1, width_pt
        free_pt -= piece_pt
    return found


def _keep_numbers_whole(paper: Paper) -> None:
    """Hyphens and blanks inside a telephone number never end a line."""
    for cell in paper.document.tables[0]._cells:
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs if _PHONE.search(run.text)):
            run.text = _PHONE.sub(lambda found: found.group().replace("-", _STAY).replace(" ", "\u00a0"), run.text)


def _set_size(paper: Paper, size_pt: float) -> None:
    """Size and exact height of every line, so that the page does not depend on the fonts of a machine."""
    for cell in paper.document.tables[0]._cells:
        for paragraph in cell.paragraphs:
            form = paragraph.paragraph_format
            form.line_spacing = Pt(size_pt * LEADING)
            form.space_before = form.space_after = Pt(PARAGRAPH_PT)
            for run in paragraph.runs:
                run.font.size = Pt(size_pt)
