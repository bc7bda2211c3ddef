"""A small sound plan and the dossier around it; each fixture changes what its rule looks at."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from plans_repo.checks.dossier import CourseFacts, Dossier, DrillFacts, MoveMade, PaperSeen, RelatedPlan
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.clause import Clause
from plans_repo.text.reading import read_plan

TODAY = date(2026, 11, 20)
ISSUED = date(2026, 3, 2)

SOUND = """某县防汛应急预案

2026年3月

一、总则
（一）编制目的
为做好防汛工作，制定本预案，上位预案为《某市防汛应急预案》。

二、组织指挥体系
县防汛抗旱指挥部统一指挥，现场设立指挥部，实行交通管制。

三、风险防控
汛前排查堤防隐患，落实各项准备。

四、监测预警
县水利局负责监测，县防办发布预警。

五、信息报告
县防办实行24小时值班，值班电话0571-87654321。乡镇接到报告后1小时内向县防办报告。

六、应急响应
（一）先期处置
乡镇组织群众开展自救互救。
（二）响应级别
应急响应分为Ⅰ级、Ⅱ级，由高到低。
（三）Ⅱ级响应
死亡、失踪3人以上、10人以下的，由副指挥长批准启动Ⅱ级响应。
（四）Ⅰ级响应
死亡、失踪10人以上的，由指挥长批准启动Ⅰ级响应。
（五）响应终止
由启动响应的指挥长宣布终止响应。

七、应急保障
抢险队伍和物资由县应急局统一储备、统一调用，见附件1。

八、后期处置
做好善后和恢复重建工作，开展调查评估。

九、附则
本预案由县应急局负责解释，自2026年3月2日起施行。
附件：1.防汛队伍一览表

附件1 防汛队伍一览表
县应急救援队40人。
"""


def clauses(text: str = SOUND) -> tuple[Clause, ...]:
    """The clauses of a text, read as an importer reads it."""
    ids = count()
    return read_plan(text.encode(), "plan.txt", new_id=lambda: f"c{next(ids)}").clauses


def sound(old: str, new: str) -> tuple[Clause, ...]:
    """The sound plan with some words changed."""
    assert old in SOUND
    return clauses(SOUND.replace(old, new))


MOVES = (
    MoveMade(move=Move.CONSULT, source=Stage.DRAFT, to=Stage.CONSULTATION, on=date(2026, 1, 5)),
    MoveMade(move=Move.ASK_LINKAGE, source=Stage.CONSULTATION, to=Stage.LINKAGE, on=date(2026, 1, 20)),
    MoveMade(move=Move.AGREE_LINKAGE, source=Stage.LINKAGE, to=Stage.REVIEW, on=date(2026, 1, 26)),
    MoveMade(move=Move.PASS_REVIEW, source=Stage.REVIEW, to=Stage.LEGALITY, on=date(2026, 2, 2)),
    MoveMade(move=Move.PASS_LEGALITY, source=Stage.LEGALITY, to=Stage.APPROVAL, on=date(2026, 2, 6)),
    MoveMade(move=Move.APPROVE, source=Stage.APPROVAL, to=Stage.NUMBERING, on=date(2026, 2, 12)),
    MoveMade(move=Move.ISSUE, source=Stage.NUMBERING, to=Stage.ISSUED, on=ISSUED),
    MoveMade(move=Move.PUBLISH, source=Stage.ISSUED, to=Stage.PUBLISHED, on=date(2026, 3, 10)),
    MoveMade(move=Move.FILE, source=Stage.PUBLISHED, to=Stage.IN_FORCE, on=date(2026, 3, 12)),
)
REGISTERED = (MoveMade(move=Move.REGISTER, source=Stage.DRAFT, to=Stage.IN_FORCE, on=ISSUED),)


def papers(*kinds: PaperKind) -> tuple[PaperSeen, ...]:
    return tuple(PaperSeen(kind=kind, name=f"{kind.value}.pdf", on=date(2026, 1, 1)) for kind in kinds)


def a_course(**more: Any) -> CourseFacts:
    """The course of a plan in force that went the whole way."""
    given: dict[str, Any] = {
        "stage": Stage.IN_FORCE,
        "document_number": "某政办发〔2026〕9号",
        "issued_on": ISSUED,
        "published_on": date(2026, 3, 10),
        "filed_on": date(2026, 3, 12),
        "receipt_on": date(2026, 3, 16),
        "moves": MOVES,
        "papers": papers(PaperKind.ISSUED_DOCUMENT, PaperKind.EXPLANATION, PaperKind.OPINIONS_RECORD),
        "created_on": date(2025, 12, 1),
    }
    return CourseFacts(**(given | more))


def a_draft(**more: Any) -> CourseFacts:
    """The course of a first draft."""
    return CourseFacts(**({"stage": Stage.DRAFT, "created_on": date(2026, 10, 8)} | more))


def registered(**more: Any) -> CourseFacts:
    """The course of a plan entered after it had been issued."""
    gone = {"published_on": None, "filed_on": None, "receipt_on": None, "papers": papers(PaperKind.ISSUED_DOCUMENT)}
    return a_course(**({"moves": REGISTERED, **gone} | more))


def another(title: str = "某市防汛应急预案", **more: Any) -> RelatedPlan:
    """Another plan, in force."""
    given: dict[str, Any] = {
        "id": title, "title": title, "kind": PlanKind.SPECIAL, "hazard": "flood", "area": "/city/",
        "stage": Stage.IN_FORCE, "issued_on": date(2025, 6, 1),
    }  # fmt: skip
    return RelatedPlan(**(given | more))


def drilled(on: date | None = date(2026, 5, 13), **more: Any) -> DrillFacts:
    return DrillFacts(**({"drilled_on": on, "issued_on": ISSUED} | more))


def dossier(**more: Any) -> Dossier:
    """The dossier of the sound plan in force."""
    given: dict[str, Any] = {
        "today": TODAY, "plan": "p", "title": "某县防汛应急预案", "kind": PlanKind.SPECIAL, "hazard": "flood",
        "area": "/city/county/", "version": "v", "label": "第1版", "clauses": clauses(), "course": a_course(),
        "maker": OrganisationKind.GOVERNMENT, "maker_name": "某县人民政府", "upper": (another(),),
        "library": (another(),), "drills": drilled(),
    }  # fmt: skip
    return Dossier(**(given | more))


def unit_dossier(**more: Any) -> Dossier:
    """The dossier of an enterprise's plan."""
    given = {"kind": PlanKind.UNIT, "title": "某公司综合应急预案", "maker": OrganisationKind.ENTERPRISE}
    return dossier(**(given | more))


def with_course(value: Dossier, **more: Any) -> Dossier:
    return replace(value, course=replace(value.course, **more))
