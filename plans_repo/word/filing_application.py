"""生产经营单位生产安全事故应急预案备案申报表: the form an enterprise files with, filled as far as the record goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plans_repo.filing.letter import FilingLetter
from plans_repo.word.course_papers import chinese_day
from plans_repo.word.paper import Paper
from plans_repo.word.tables import Table
from plans_repo.word.wording import Wording

OPEN = "　"


def application_paper(letter: FilingLetter, *, author: str, made_at: datetime) -> bytes:
    """The form; what the record does not hold stays open for the enterprise."""
    say = Wording("zh").say
    paper = Paper()
    paper.title(*say("application.title").split("\n"))
    paper.blank()
    paper.text(f"{say('application.to')}：{'、'.join(letter.addressees) or OPEN}")
    paper.table(Table(rows=tuple(_rows(letter)), widths=(3, 10)))
    paper.blank()
    paper.text(say("application.says", plan=letter.plan))
    paper.text(f"{say('application.unit')}：{letter.issuer or OPEN}{say('application.seal')}")
    paper.text(chinese_day(letter.on))
    paper.note(say("application.note"))
    return paper.saved(title=say("application.title").replace("\n", ""), author=author, made_at=made_at)


def _rows(letter: FilingLetter) -> Iterator[tuple[str, str]]:
    say = Wording("zh").say
    yield say("application.unit"), letter.issuer or OPEN
    for field in ("person", "address", "trade", "staff", "assets"):
        yield say(f"application.{field}"), OPEN
    yield say("application.contact"), letter.contact or OPEN
    yield say("application.plan"), f"《{letter.plan}》"
    yield say("application.number"), letter.document_number or OPEN
    yield say("application.published"), chinese_day(letter.issued_on)
    papers = [f"{one.name}{'' if one.is_there else say('application.missing')}" for one in letter.annexes]
    yield say("application.papers"), "；".join(papers)
