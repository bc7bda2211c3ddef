"""The filing letter in Word, to be edited: 报告 with its head, 函 in letter format, or a plain one of a unit."""

from __future__ import annotations

import re
from datetime import datetime

from plans_repo.filing.letter import TITLES, Annexed, FilingLetter
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.word.course_papers import chinese_day
from plans_repo.word.filing_application import application_paper
from plans_repo.word.letter_format import letter_end, letter_head
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

OPEN_NUMBER = "　　　〔{year}〕　　号"
_ASIDE = re.compile(r"（[^（）]*）$")
"""What a manner of deciding adds for the office, and a letter does not say: 经政府同意（领导签批）."""
MOST_TITLE = 18
ANNEX_LEFT = 6.5
"""Characters of a title on one line."""


def filing_letter_paper(letter: FilingLetter, *, author: str, made_at: datetime) -> bytes:
    """The draft of the letter; what nobody has said yet stays open in it."""
    if letter.kind is LetterKind.APPLICATION:
        return application_paper(letter, author=author, made_at=made_at)
    paper = Paper()
    number = letter.number or OPEN_NUMBER.format(year=letter.on.year)
    is_report = letter.kind is LetterKind.REPORT
    if letter.has_red_head and is_report:
        head(paper, f"{letter.issuer}文件", number=number, signer=letter.signer)
    elif letter.has_red_head:
        letter_head(paper, letter.issuer, number=number)
    title = title_lines(letter.issuer, letter.plan, letter.kind)
    paper.title(*title)
    addressees(paper, letter.addressees or ("　　　",))
    body = [*body_paragraphs(letter)]
    for words in body:
        paper.text(words)
    annexes = [annex_words(one) for one in letter.annexes]
    annex_note(paper, annexes)
    day = chinese_day(letter.on)
    signature(paper, letter.issuer or "　　　", day)
    contact = letter.contact or "　　　，联系电话：　　　　　　"
    paper.text(f"（联系人：{contact}）")
    if letter.has_red_head and is_report:
        heights = _heights(f"{letter.issuer}文件", title, "、".join(letter.addressees), body, annexes)
        end_block(paper, copies=letter.copies, printed_by=office_of(letter.issuer), day=day, before=heights)
    elif letter.has_red_head:
        letter_end(paper, copies=letter.copies)
    return paper.saved(title=f"{letter.plan}{TITLES[letter.kind]}", author=author, made_at=made_at)


ENDINGS = {LetterKind.REPORT: "备案的报告", LetterKind.LETTER: "备案的函"}
"""How the title names the document."""


def title_lines(issuer: str, plan: str, kind: LetterKind) -> tuple[str, ...]:
    """The title in lines that break between words of sense.

    >>> title_lines("清川县人民政府", "清川县防汛应急预案", LetterKind.LETTER)
    ('清川县人民政府关于报送', '《清川县防汛应急预案》备案的函')
    """
    last = f"《{plan}》{ENDINGS[kind]}"
    if len(last) <= MOST_TITLE:
        return (f"{issuer}关于报送", last)
    return (f"{issuer}关于报送", f"《{plan}》", ENDINGS[kind])


def body_paragraphs(letter: FilingLetter) -> list[str]:
    """What the letter says, paragraph by paragraph."""
    is_report = letter.kind is LetterKind.REPORT
    manner = _ASIDE.sub("", letter.decided).removeprefix("经")
    decided = f"于{chinese_day(letter.decided_on)}经{manner}，" if letter.decided_on else ""
    issued = f"{chinese_day(letter.issued_on)}以{letter.document_number or '　　　号文'}印发"
    begins = f"，自{chinese_day(letter.effective_on)}起施行" if letter.effective_on != letter.issued_on else ""
    trial = f"，试行至{chinese_day(letter.trial_until)}" if letter.trial_until else ""
    gone = f"，{'、'.join(letter.abolished)}同时废止" if letter.abolished else ""
    told = "有关情况报告如下：" if is_report else "有关情况函告如下："
    said = [
        f"根据{letter.basis}规定，现将《{letter.plan}》报送备案，{told}",
        f"《{letter.plan}》{decided}{issued}{begins}{trial}{gone}。",
    ]
    if letter.making:
        said.append(f"该预案{'；'.join(letter.making)}。编制过程和主要内容详见编制说明。")
    if letter.sent_straight:
        said.append(f"上述材料已同时径送{'、'.join(letter.sent_straight)}。")
    return [*said, "特此报告，请予备案。" if is_report else "特此函达，请予备案。"]


def annex_words(one: Annexed) -> str:
    """A paper in the annex note; one that is still missing says so."""
    return one.name if one.is_there else f"{one.name}（尚缺，报送前补齐）"


def office_of(issuer: str) -> str:
    """Who prints: the office of a government, a department's own.

    >>> office_of("清川县人民政府"), office_of("清川县水利局")
    ('清川县人民政府办公室', '清川县水利局办公室')
    """
    return f"{issuer}办公室"


def _heights(issuer: str, title: tuple[str, ...], to: str, body: list[str], annexes: list[str]) -> list[float]:
    """The heights of all lines from head to note."""
    text = sum(lines_of(words) for words in body)
    note = sum(lines_of(words, indent=0, left=ANNEX_LEFT) for words in annexes)
    signed = 2 + 2 + 1  # two blank lines, issuer and date, the note
    lines = 1 + lines_of(to, indent=0) + text + 1 + note + signed
    return [*head_heights(issuer), *[CHINESE.title_pt * 1.5] * len(title), *[CHINESE.line_pt] * lines]
