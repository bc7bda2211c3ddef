"""督办通知 in Word: what is late, since when, and by which day it is to be done; in letter format, to be edited."""

from __future__ import annotations

from datetime import datetime

from plans_repo.filing.letter_kind import LEADING, kind_called
from plans_repo.packs.naming import name_of
from plans_repo.supervision import Notice, Supervised
from plans_repo.word.course_papers import chinese_day
from plans_repo.word.letter_format import letter_head
from plans_repo.word.official_head import addressees, signature
from plans_repo.word.paper import Paper
from plans_repo.word.tables import Table
from plans_repo.word.wording import Wording


def _is_letter(said: Notice) -> bool:
    """A department gives a government no orders, it writes to it (中办发〔2012〕14号 art. 16)."""
    return kind_called(said.to) in LEADING and kind_called(said.by) not in LEADING


def supervision_paper(found: Supervised, *, author: str, made_at: datetime) -> bytes:
    """The notice to the body that is late."""
    say, said = Wording("zh").say, found.said
    paper = Paper()
    letter_head(paper, said.by, number=said.number or f"　　　〔{found.on.year}〕　　号")
    as_letter = "_letter" if _is_letter(said) else ""
    title = say(f"supervision.title{as_letter}")
    paper.title(f"{said.by}{say('supervision.about')}", title)
    addressees(paper, [said.to or "　　　"])
    paper.text(say(f"supervision.says{as_letter}", day=chinese_day(found.on), count=len(found.late)))
    rows = tuple(
        (
            str(number),
            f"《{one.title}》",
            name_of("due_kind", one.kind, "zh"),
            chinese_day(one.due_on),
            say("supervision.late", days=one.late_working_days),
        )
        for number, one in enumerate(found.late, start=1)
    )
    header = tuple(say(f"supervision.{key}") for key in ("number", "plan", "matter", "due", "lateness"))
    paper.table(Table(header=header, rows=rows, widths=(1, 6, 3, 3, 3), aligns="clccc"))
    paper.text(say(f"supervision.asks{as_letter}", day=chinese_day(said.finish_on)))
    if said.contact:
        paper.text(f"（联系人：{said.contact}）")
    signature(paper, said.by, chinese_day(found.on))
    return paper.saved(title=title, author=author, made_at=made_at)
