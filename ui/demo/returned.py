"""A plan that came in as a Word file: the water bureau sent it back with changes tracked and remarks beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from plans_repo import comments, plans, suggestions
from plans_repo.intake import take_file
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind, RelationKind
from plans_repo.suggestions import Decision
from plans_repo.text.blame import History, Step
from plans_repo.text.clause import Clause
from plans_repo.text.reading import Tracked, read_plan
from plans_repo.text.weave import Hand
from plans_repo.word.comment_marks import WordNote
from plans_repo.word.plan_document import PlanIdentity
from plans_repo.word.redline import redline_document
from sim.procedure import Hazard
from ui.demo.sources import plan_text
from ui.demo.texts import As

PLACE = "qingchuan"
FLASH_FLOOD = "qingchuan-flash-flood"
TITLE = "清川县山洪灾害人员转移应急预案"
FILE = f"{TITLE}（县水利局修改）.docx"
BUREAU = "高明远（县水利局）"
CHANGES = {
    "应当在15分钟内核实": "应当在10分钟内核实",
    "应当在20分钟内向有关乡镇发布预警": "应当在10分钟内向有关乡镇发布预警",
    "应当在24小时内恢复。": "应当在24小时内恢复，恢复前由村级监测员人工观测，每30分钟报告一次。",
}
"""What the bureau changed, in the order of the text."""
REMARKS = {
    "1小时降雨量达到40毫米": (
        "去年普查后各村危险区指标已按小流域分别率定，全县用一个数偏粗，请研究能否改为“见附件各村预警指标表”。"
    ),
    "应当在1小时内将危险区人员转移到安置点": "上河、石壁两个村夜间转移路线要过漫水桥，1小时恐难做到，请与两个镇核实。",
}
"""What it remarked, beside which words."""
ANSWER = "已函请上河、石壁所在镇核实夜间转移时间，待回复后再定。"


def make_returned(on: As, made: Mapping[str, str], today: date) -> str:
    """The plan taken in with its changes as suggestions, one of them accepted, and its remarks as open comments."""
    came_on = today - timedelta(days=12)
    author = on(Role.PLAN_AUTHOR, PLACE, came_on)
    taken = take_file(
        author,
        returned_file(came_on - timedelta(days=1)),
        FILE,
        kind=PlanKind.SPECIAL,
        hazard=Hazard.FLOOD,
        tracked=Tracked.SUGGEST,
    )
    plan = taken.first.plan
    plans.relate(author, plan, made["qingchuan-overall"], RelationKind.UPPER)
    plans.relate(author, plan, made["qingchuan-flood"], RelationKind.LINKED)
    later = on(Role.PLAN_AUTHOR, PLACE, came_on + timedelta(days=2))
    first = suggestions.suggestions(later, plan)[0]
    suggestions.decide(later, plan, [first.suggestion.id], Decision.ACCEPTED)
    asked = next(one for one in comments.comments(later, plan) if "夜间转移" in one.text)
    comments.reply(later, asked.id, ANSWER)
    return plan


def returned_file(day: date) -> bytes:
    """The Word file as the bureau sent it on a day."""
    numbers = iter(range(1, 10_000))
    reading = read_plan(plan_text(FLASH_FLOOD), f"{FLASH_FLOOD}.md", new_id=lambda: f"{next(numbers):032x}")
    at = datetime.combine(day, time(7, 20), tzinfo=UTC)  # twenty past three in China
    hand = Hand(author=BUREAU, at=at)
    changed = tuple(map(_changed, reading.clauses))
    identity = PlanIdentity(plan="", version="", root_hash="", title=reading.title, made_at=at, author=BUREAU)
    notes = [_remark(reading.clauses, quotation, text, at) for quotation, text in REMARKS.items()]
    history = History(reading.clauses, [Step(clauses=changed, hand=hand)])
    return redline_document(identity, history, notes=notes).data


def _changed(clause: Clause) -> Clause:
    for before, after in CHANGES.items():
        clause = replace(clause, text=clause.text.replace(before, after))
    return clause


def _remark(clauses: tuple[Clause, ...], quotation: str, text: str, at: datetime) -> WordNote:
    clause = next(clause for clause in clauses if quotation in clause.text)
    return WordNote(clause=clause.id, quotation=quotation, text=text, author=BUREAU, at=at)
