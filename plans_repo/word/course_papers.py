"""Forms of the course in Word: consultation letter, sign-in sheet, review forms, authoring explanation, drafting sheet.

Every form is filled with what is known and leaves room for what is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from docx.enum.text import WD_BREAK

from plans_repo.course.consultation import Consultation
from plans_repo.course.draft_names import draft_name
from plans_repo.course.element_review import ReviewTable
from plans_repo.course.explanation import Explanation, headings
from plans_repo.course.panels import Panel, Seat
from plans_repo.course.review_form import items
from plans_repo.course.stages import Move, Stage
from plans_repo.course.votes import ReviewAnswer, SignedVote
from plans_repo.course.words import SCALE, Judgement, Vote
from plans_repo.course.working_days import ZONE, local_day
from plans_repo.word.official_head import annex_note, right, signature
from plans_repo.word.paper import Paper
from plans_repo.word.tables import Cell, Table

VOTES = {Vote.AGREE: "同意", Vote.AGREE_IF: "原则同意，修改后通过", Vote.DISAGREE: "不同意"}
JUDGEMENTS = {
    Judgement.CONFORMS: "符合",
    Judgement.MOSTLY: "基本符合",
    Judgement.FAILS: "不符合",
    Judgement.NOT_APPLICABLE: "不适用",
}
BOX, TICK = "□", "☑"
SLIP_ROW_MM, SIGNED_ROW_MM = 14, 12
"""Heights of rows in which somebody writes."""
NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, kw_only=True)
class About:
    """What a form is about: the plan's title, its body, what its text is called now, and who makes the form when."""

    title: str
    body: str
    draft: str
    author: str
    made_at: datetime


def chinese_day(day: date) -> str:
    """A date as official papers write it.

    >>> chinese_day(date(2026, 3, 8))
    '2026年3月8日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def consultation_letter(about: About, asked: Consultation) -> bytes:
    """The letter to all units, with the return slip for their opinions."""
    paper = Paper()
    draft = draft_name(Stage.CONSULTATION)
    paper.title(f"关于征求《{about.title}》", f"（{draft}）意见的函")
    if asked.letter_number:
        paper.subtitle(asked.letter_number)
    paper.blank()
    _flush(paper, "、".join(unit.name for unit in asked.units) + "：")
    paper.text(
        f"根据应急预案管理有关规定，{about.body}组织起草了《{about.title}》（{draft}），现送你单位征求意见。"
        f"请结合职责研究，于{chinese_day(asked.due_on)}前将书面意见（单位主要负责同志签字并加盖公章）反馈我单位；"
        "没有意见的也请书面函复。预案为你单位规定职责的，须书面答复；其他单位逾期未复的，视为无意见。"
    )
    if asked.contact:
        paper.text(f"联系人及电话：{asked.contact}")
    annex_note(paper, (f"{about.title}（{draft}）", "意见反馈表"))
    signature(paper, about.body, chinese_day(asked.sent_on))
    paper.annex("附件2", "意见反馈表")
    heads = ("条款", "原文", "修改意见", "理由")
    empty = tuple(("", "", "", "") for _line in range(8))
    paper.table(Table(header=heads, rows=empty, widths=(2, 4, 4, 3), aligns="clll", row_mm=SLIP_ROW_MM))
    paper.note("没有意见的，请在表内填写“无意见”。")
    _flush(paper, "单位（盖章）：")
    _flush(paper, "主要负责人（签字）：")
    right(paper, "年　　月　　日", from_right=2)
    return _saved(paper, about, "征求意见函")


def sign_in_sheet(about: About, panel: Panel) -> bytes:
    """The list of the panel with room for signatures."""
    paper = Paper()
    paper.title(f"《{about.title}》", "专家评审会签到表")
    paper.blank()
    _flush(paper, f"时间：{chinese_day(panel.met_on) if panel.met_on else '　　　　年　　月　　日'}")
    _flush(paper, f"地点：{panel.place}")
    rows = tuple(
        (
            str(number),
            seat.expert.name + ("（组长）" if seat.expert.id == panel.head else ""),
            seat.expert.unit,
            seat.expert.title,
            "、".join(seat.expert.fields),
            "",
        )
        for number, seat in enumerate(panel.held, start=1)
    )
    header = ("序号", "姓名", "单位", "职称", "专业", "签名")
    widths = (1.1, 3, 3.4, 2.4, 2.6, 2.8)
    paper.table(Table(header=header, rows=rows, widths=widths, aligns="cclccc", row_mm=SIGNED_ROW_MM))
    return _saved(paper, about, "评审签到表")


@dataclass(frozen=True, kw_only=True)
class ReviewLines:
    """A table of a review form: what is reviewed by it, its lines (key and words), and the answers to choose from."""

    title: str
    lines: tuple[tuple[str, str], ...]
    scale: tuple[Judgement, ...]


def review_lines(tables: Sequence[ReviewTable]) -> tuple[ReviewLines, ...]:
    """The tables of formal and element review of an enterprise's plan, else the six items every review answers."""
    if not tables:
        return (ReviewLines(title="", lines=tuple((one.id, one.title) for one in items()), scale=SCALE),)
    return tuple(
        ReviewLines(
            title=one.title,
            lines=tuple((each.key, f"{each.title}{'★' if each.is_key else ''}：{each.asks}") for each in one.elements),
            scale=tuple(Judgement),
        )
        for one in tables
    )


def review_forms(
    about: About,
    panel: Panel,
    votes: Mapping[str, SignedVote],
    answers: Mapping[str, ReviewAnswer],
    tables: Sequence[ReviewTable] = (),
) -> bytes:
    """One review form for every expert: what is reviewed, remarks by clause, the conclusion, the signature.

    *answers* are those of the panel; a conclusion is ticked only where it has answered every line. *tables* are those
    of an enterprise's plan, whose key elements ★ must all conform.
    """
    paper = Paper()
    asked = review_lines(tables)
    seats = panel.present or panel.held
    for number, seat in enumerate(seats):
        if number:
            _page_break(paper)
        _review_form(paper, about, panel, seat, votes.get(seat.id), asked, answers)
    return _saved(paper, about, "专家评审意见表")


def _review_form(
    paper: Paper,
    about: About,
    panel: Panel,
    seat: Seat,
    vote: SignedVote | None,
    asked: Sequence[ReviewLines],
    answers: Mapping[str, ReviewAnswer],
) -> None:
    expert = seat.expert
    paper.title(f"《{about.title}》", "专家评审意见表")
    paper.blank()
    paper.table(
        Table(
            rows=(
                ("姓名", expert.name, Cell(text="单位", head=True), expert.unit),
                ("职称", expert.title, Cell(text="专业", head=True), "、".join(expert.fields)),
                ("评审文本", draft_name(Stage.REVIEW), Cell(text="正文校验码", head=True), panel.root_hash[:16]),
            ),
            widths=(1.6, 3.4, 1.8, 5),
            aligns="clcl",
        )
    )
    given = {key: answers[key].judgement for one in asked for key, _words in one.lines if key in answers}
    for one in asked:
        _review_table(paper, one, given)
    if any("★" in words for one in asked for _key, words in one.lines):
        paper.note("★为关键要素，须全部“符合”；有一项“基本符合”或者“不符合”的，修改后再评审。")
    remarks = vote.opinions if vote else ()
    lines = tuple((one.label or "全文", one.text, one.wanted) for one in remarks) or (("", "", ""), ("", "", ""))
    empty_mm = 0 if remarks else SLIP_ROW_MM
    paper.table(Table(header=("条款", "意见", "建议"), rows=lines, widths=(2, 5, 4), aligns="cll", row_mm=empty_mm))
    missing = sum(key not in given for one in asked for key, _words in one.lines)
    chosen = vote.vote if vote and not missing else None
    conclusion = "　".join(f"{TICK if kind is chosen else BOX}{word}" for kind, word in VOTES.items())
    paper.text(f"总体意见：{vote.words if vote else ''}")
    paper.text(f"结论：{conclusion}")
    if vote and missing:
        left = f"，尚缺{missing}项" if given else ""
        paper.note(f"审核内容未逐项填写{left}，结论不予勾选；补填后重新打印。")
    right(paper, "专家（签名）：", from_right=6)
    right(paper, chinese_day(vote.on) if vote else "年　　月　　日", from_right=2)


def _review_table(paper: Paper, asked: ReviewLines, given: Mapping[str, Judgement]) -> None:
    rows = tuple(
        (
            str(at),
            words,
            "　".join(f"{TICK if given.get(key) is kind else BOX}{JUDGEMENTS[kind]}" for kind in asked.scale),
        )
        for at, (key, words) in enumerate(asked.lines, start=1)
    )
    heads = ("序号", asked.title or "审核内容", "结论")
    paper.table(Table(header=heads, rows=rows, widths=(1, 6, 4.5), aligns="clc"))


def explanation_paper(about: About, explained: Explanation) -> bytes:
    """The authoring explanation under its six headings."""
    paper = Paper()
    paper.title(f"《{about.title}》", f"（{about.draft}）编制说明" if about.draft else "编制说明")
    paper.blank()
    for number, heading in enumerate(headings()):
        paper.heading(1, f"{NUMBERS[number]}、{heading.title}")
        for line in (explained.fields.get(heading.id) or f"（待填写：{heading.hint}）").splitlines():
            paper.text(line)
    signature(paper, about.body, chinese_day(local_day(about.made_at)))
    return _saved(paper, about, "编制说明")


class SheetPart(StrEnum):
    """The heads of a drafting sheet under which somebody signs."""

    EDITING = "核稿"
    JOINT = "会签"
    DECISION = "签发"


PARTS = {
    Move.FINISH_EDITING: SheetPart.EDITING,
    Move.APPROVE: SheetPart.DECISION,
    Move.APPROVE_PARTY: SheetPart.DECISION,
}
"""Where a signature stands on the sheet; any other is a joint one."""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signature as a paper shows it: the step, who, on which day it was given, when it was entered, what was said."""

    step: str
    name: str
    on: date
    entered_at: datetime
    opinion: str
    part: SheetPart
    manner: str = ""

    def cells(self) -> tuple[str, ...]:
        """As a row of a table.

        >>> at = datetime.fromisoformat("2026-11-02T17:30:00Z")
        >>> signed = {"step": "批准", "name": "秦临川", "on": date(2026, 11, 1), "entered_at": at, "opinion": "同意"}
        >>> Signed(**signed, part=SheetPart.DECISION, manner="政府常务会议审议通过").cells()
        ('签发（批准）', '秦临川', '2026年11月1日', '2026年11月3日01:30', '政府常务会议审议通过。同意')
        """
        here = self.entered_at.astimezone(ZONE)
        entered = f"{chinese_day(here.date())}{here:%H:%M}"
        said = "。".join(filter(None, (self.manner, self.opinion)))
        return (f"{self.part.value}（{self.step}）", self.name, chinese_day(self.on), entered, said)


def _of_part(part: SheetPart, signed: Sequence[Signed]) -> Iterator[tuple[str, ...]]:
    """The signatures under one head of the sheet; an empty row to be signed by hand where none stands."""
    found = [one for one in signed if one.part is part]
    yield from (one.cells() for one in found)
    if not found:
        yield (part.value, "", "", "", "")


def drafting_sheet(about: About, *, number: str, root_hash: str, signed: Sequence[Signed]) -> bytes:
    """The drafting sheet 发文稿纸: title, number, editing, endorsements; the signatures that hold stand in it."""
    paper = Paper()
    paper.title("发　文　稿　纸")
    paper.blank()
    bold = [Cell(text=word, head=True) for word in ("密级", "紧急程度", "拟稿单位", "印制份数", "公开属性")]
    paper.table(
        Table(
            rows=(
                ("文件标题", f"关于印发《{about.title}》的通知", bold[0], ""),
                ("发文字号", number, bold[1], ""),
                ("拟稿人", about.author, bold[2], about.body),
                ("附件", f"{about.title}（{about.draft}）" if about.draft else about.title, bold[3], ""),
                ("正文校验码", Cell(text=root_hash[:32], code=True), bold[4], ""),
            ),
            widths=(2, 6.2, 1.9, 3.2),
            aligns="clcl",
        )
    )
    rows = tuple(row for part in SheetPart for row in _of_part(part, signed))
    heads = ("环节", "办理人", "办理日期", "登记时间", "意见")
    paper.table(Table(header=heads, rows=rows, widths=(2.2, 2.2, 3.1, 3.1, 2.8), aligns="ccccl", row_mm=SIGNED_ROW_MM))
    paper.table(Table(rows=(("主送", ""), ("抄送", "")), widths=(2.4, 11), row_mm=SIGNED_ROW_MM))
    return _saved(paper, about, "发文稿纸")


def _flush(paper: Paper, words: str) -> None:
    paper.document.add_paragraph(words, style="Normal")


def _page_break(paper: Paper) -> None:
    paper.document.add_paragraph(style="Normal").add_run().add_break(WD_BREAK.PAGE)


def _saved(paper: Paper, about: About, kind: str) -> bytes:
    return paper.saved(title=f"{about.title}{kind}", author=about.author, made_at=about.made_at)
