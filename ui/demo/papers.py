"""Papers of the demo: dated Word documents under Chinese names; and the last working day up to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.course.working_days import ZONE, Calendar
from plans_repo.filing.letter import TITLES
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.word.course_papers import chinese_day
from plans_repo.word.filing_letter import ENDINGS
from plans_repo.word.official_head import (
    addressees,
    annex_note,
    end_block,
    head,
    head_heights,
    lines_of,
    signature,
)
from plans_repo.word.paper import Paper
from plans_repo.word.styles import CHINESE
from plans_repo.word.tables import Cell, Table
from ui.demo.paper_words import LETTERS, MINUTES, OTHERWISE, REPORTS
from ui.wording.codes import PAPERS

CALENDAR = Calendar()
ON_ONE_LINE = 19
"""Characters of a title on one line."""
WRITTEN_MM = 16
"""The height of a row somebody wrote in."""


def working_day(day: date) -> date:
    """The day itself if it is a working day, else the last one before it.

    >>> working_day(date(2026, 10, 7))
    datetime.date(2026, 9, 30)
    """
    while not CALENDAR.is_working_day(day):
        day -= timedelta(days=1)
    return day


def paper(
    kind: PaperKind,
    title: str,
    unit: str,
    on: date,
    *,
    dated_on: date | None = None,
    number: str = "",
    abolished: Sequence[str] = (),
    form: LetterKind = LetterKind.LETTER,
) -> Attachment:
    """A paper of a plan, signed by *unit*; a document issued with its *number* and what it abolishes.

    *form* is that of the document it is filed with.
    """
    named = TITLES[form] if kind is PaperKind.FILING_REPORT else str(PAPERS[kind])
    name = named.replace("（扫描件）", "").replace("扫描件", "")
    day = dated_on or on
    if kind is PaperKind.ISSUED_DOCUMENT:
        data = _issued(title, unit, day, number, abolished)
    elif kind in (PaperKind.APPROVAL_SHEET, PaperKind.DRAFTING_SHEET, PaperKind.FILING_APPLICATION):
        data = _sheet(kind, title, name, unit, day)
    elif kind is PaperKind.FILING_REPORT:
        data = _filing_document(title, unit, day, form)
    elif kind in MINUTES:
        data = minutes(f"{unit}会议纪要", unit, day, *_said(MINUTES[kind], title, name))
    else:
        words = (REPORTS | LETTERS).get(kind, OTHERWISE)
        data = document(f"{title}{name}", _said(words, title, name), unit, day, broken_after=title)
    return Attachment(kind=kind, name=f"{title}{name}.docx", data=data, dated_on=day)


def letter(title: str, unit: str, on: date, *lines: str, to: str = "") -> tuple[str, bytes]:
    """A letter or a form with its file name."""
    return f"{title}.docx", document(title, lines, unit, on, to=to)


def document(title: str, lines: Sequence[str], unit: str, on: date, *, to: str = "", broken_after: str = "") -> bytes:
    """A short document: title, to whom, headings and paragraphs, who and when."""
    made = Paper()
    made.title(*title_lines(title, broken_after))
    if to:
        addressees(made, [to])
    else:
        made.blank()
    for line in lines:
        if line.startswith("#"):
            made.heading(1, line.removeprefix("#"))
        else:
            made.text(line)
    signature(made, unit, chinese_day(on))
    return _saved(made, title, unit, on)


def minutes(title: str, unit: str, on: date, *lines: str) -> bytes:
    """The minutes of a meeting: when, what was heard, said and decided, who has them."""
    made = Paper()
    made.title(*title_lines(title))
    made.subtitle(f"（{chinese_day(on)}）")
    made.blank()
    for line in lines:
        made.text(line)
    made.blank()
    made.text("分送：各有关单位。")
    return _saved(made, title, unit, on)


def title_lines(title: str, broken_after: str = "") -> tuple[str, ...]:
    """A title in lines that break between words of sense.

    >>> title_lines("清川县公安局关于清川县突发地质灾害应急预案的复函")
    ('清川县公安局', '关于清川县突发地质灾害应急预案的复函')
    >>> title_lines("清川县突发地质灾害应急预案应急资源调查报告", "清川县突发地质灾害应急预案")
    ('清川县突发地质灾害应急预案', '应急资源调查报告')
    """
    if len(title) <= ON_ONE_LINE:
        return (title,)
    if broken_after and title.startswith(broken_after) and title != broken_after:
        return (broken_after, title.removeprefix(broken_after))
    before, sign, after = title.partition("关于")
    return (before, f"{sign}{after}") if before and sign else (title,)


def _broken(before: str, title: str, after: str) -> tuple[str, ...]:
    """A long title with that of a plan within it."""
    last = f"《{title}》{after}"
    return (before, last) if len(last) <= ON_ONE_LINE else (before, f"《{title}》", after)


def _said(lines: Sequence[str], title: str, name: str) -> list[str]:
    return [line.format(title=title, paper=name) for line in lines]


def issuer_of(number: str, unit: str) -> str:
    """Whose document a number is: of an office, its government, the Party committee beside it, or another unit.

    >>> [issuer_of(f"{sign}〔2026〕9号", "清川县人民政府办公室") for sign in ("清政办发", "清政发", "清发")]
    ['清川县人民政府办公室', '清川县人民政府', '中共清川县委']
    """
    sign = number.partition("〔")[0]
    if not sign or "办" in sign or not unit.endswith("人民政府办公室"):
        return unit
    government = unit.removesuffix("办公室")
    return government if "政" in sign else f"中共{government.removesuffix('人民政府')}委"


def _issued(title: str, office: str, on: date, number: str, abolished: Sequence[str]) -> bytes:
    """The document with the red head that issues a plan; one of an office says so in its number."""
    issuer = issuer_of(number, office)
    body = [f"《{title}》已经同意，现印发给你们，请认真组织实施。"]
    body += [f"《{one}》同时废止。" for one in abolished]
    made, lines = Paper(), _broken(f"{issuer}关于印发", title, "的通知")
    head(made, f"{issuer}文件", number=number, signer=None)
    made.title(*lines)
    to = "各乡镇人民政府，各有关部门，有关单位"
    addressees(made, [to])
    for line in body:
        made.text(line)
    signature(made, issuer, chinese_day(on))
    is_public = office.endswith("办公室")
    if is_public:
        made.text("（此件公开发布）")
    rows = 1 + lines_of(to, indent=0) + sum(map(lines_of, body)) + 4 + is_public
    heights = [*head_heights(f"{issuer}文件"), *[CHINESE.title_pt * 1.5] * len(lines), *[CHINESE.line_pt] * rows]
    end_block(made, copies=(), printed_by=office, day=chinese_day(on), before=heights)
    return _saved(made, f"关于印发《{title}》的通知", issuer, on)


def _filing_document(title: str, unit: str, on: date, form: LetterKind) -> bytes:
    made = Paper()
    made.title(*_broken(f"{unit}关于报送", title, ENDINGS[form]))
    made.blank()
    made.text(f"根据应急预案管理有关规定，现将《{title}》（含电子文本）及编制说明报送备案。")
    made.text("特此报告，请予备案。" if form is LetterKind.REPORT else "请予备案。")
    annex_note(made, (f"{title}正式文本及电子文本", f"{title}编制说明"))
    signature(made, unit, chinese_day(on))
    return _saved(made, f"{title}{TITLES[form]}", unit, on)


def _sheet(kind: PaperKind, title: str, name: str, unit: str, on: date) -> bytes:
    """A form with what was written on it."""
    day = chinese_day(on)
    rows = {
        PaperKind.APPROVAL_SHEET: (
            ("文件标题", title), ("呈报单位", unit), ("拟办意见", "已按程序征求意见、评审和审核，拟同意印发，请审示。"),
            ("领导批示", f"同意。\n（已签字）{day}"),
        ),
        PaperKind.DRAFTING_SHEET: (
            ("文件标题", f"关于印发《{title}》的通知"), ("拟稿单位", unit), ("核稿", f"格式、文字已核。　{day}"),
            ("会签", "有关单位已会签，无不同意见。"), ("签发", f"同意印发。\n（已签字）{day}"),
        ),
    }.get(kind, (
        ("单位名称", unit), ("预案名称", title), ("报送材料", "预案正文、评审意见、风险评估报告、应急资源调查报告"),
        ("申报意见", f"本单位对报送材料的真实性负责，现申请备案。\n（盖章）{day}"),
    ))  # fmt: skip
    made = Paper()
    made.title(*title_lines(f"{title}{name}", title))
    made.blank()
    cells = tuple((Cell(text=label), words) for label, words in rows)
    made.table(Table(rows=cells, widths=(2.4, 10), row_mm=WRITTEN_MM))
    return _saved(made, f"{title}{name}", unit, on)


def _saved(made: Paper, title: str, unit: str, on: date) -> bytes:
    return made.saved(title=title, author=unit, made_at=datetime.combine(on, time(9), ZONE))
