"""The formal review of an enterprise plan (73号): the six items, as far as a machine can see them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plans_repo.checks.annexes import annex_faults
from plans_repo.checks.dossier import Dossier, ElementAnswer
from plans_repo.checks.pack import words_from
from plans_repo.checks.result import Outcome
from plans_repo.checks.rule import Words
from plans_repo.course.element_review import FORMAL, element_key
from plans_repo.course.stages import PaperKind
from plans_repo.packs.reading import pack
from plans_repo.text.clause import Clause, ClauseKind

DATE = re.compile(r"(?:19|20)\d{2}\s*年|二[〇○O零]")
VERSION = re.compile(
    r"版本号?|第[一二三四五六七八九十\d]+版|[Vv]\d|\d{4}年(?:第[一二三四五\d]+次)?修订|编号|[A-Z]{2,}[-/]\d"
)
UNIT = re.compile(r"公司|集团|煤矿|矿$|厂|学校|医院|中心|场|店|院")
APPROVAL = re.compile(r"批准页|颁布令|发布令|批准|签发")
SIGNED = re.compile(r"签[名字发署]|签署|（盖章）|（签字）|主要负责人[：:]|总经理[：:]|矿长[：:]|董事长[：:]|法定代表人")
PAGE = re.compile(r"(?:[.．…·]{2,}|\t)\s*\d+\s*$", re.MULTILINE)
GROUP, RISKS, OPINIONS = (
    re.compile("编制(?:工作)?小组|编制组"),
    re.compile("风险(?:评估|辨识|分析|描述)"),
    re.compile("征求意见|征求了"),
)
SHORT_CLAUSES = 40
"""A plan with fewer clauses may leave its contents list out."""


@dataclass(frozen=True, kw_only=True)
class FormalItem:
    """One item of the formal review, how it stands and what is lacking of it."""

    id: str
    title: Words
    outcome: Outcome
    lacking: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


def formal_items(dossier: Dossier) -> tuple[FormalItem, ...]:
    """The six items in the order of the table: what the machine sees, and over it what the panel answered."""
    return tuple(_answered(one, dossier.element_answers.get(element_key(FORMAL, one.id))) for one in _seen(dossier))


def _answered(item: FormalItem, answer: ElementAnswer | None) -> FormalItem:
    """The panel settles what the machine cannot see; where the machine found a fault, only with a word on it."""
    if answer is None:
        return item
    if not answer.conforms:
        return replace(item, outcome=Outcome.FAIL)
    is_settled = item.outcome is not Outcome.FAIL or bool(answer.note)
    return replace(item, outcome=Outcome.PASS, lacking=()) if is_settled else item


def _seen(dossier: Dossier) -> tuple[FormalItem, ...]:
    front = [clause for clause in dossier.clauses if clause.kind is ClauseKind.FRONT]
    return (
        _cover(dossier, front),
        _approval(dossier),
        _contents(dossier, front),
        _item("body", Outcome.CANNOT_TELL),
        _annexes(dossier),
        _process(dossier),
    )


def _item(item: str, outcome: Outcome, lacking: tuple[str, ...] = (), clauses: tuple[str, ...] = ()) -> FormalItem:
    title = words_from(pack("checks", "elements")["formal"][item])
    return FormalItem(id=item, title=title, outcome=outcome, lacking=lacking, clauses=clauses)


def _cover(dossier: Dossier, front: list[Clause]) -> FormalItem:
    """Version, name, unit and day on the first page."""
    words = "\n".join(f"{clause.title}\n{clause.text}" for clause in front)
    wanted = {
        "version": bool(VERSION.search(words)),
        "name": _squeezed(dossier.title) in _squeezed(words),
        "unit": bool(UNIT.search(words.replace(dossier.title, ""))) or bool(UNIT.search(dossier.title)),
        "day": bool(DATE.search(words)),
    }
    lacking = tuple(name for name, is_there in wanted.items() if not is_there)
    outcome = Outcome.FAIL if lacking else Outcome.PASS
    return _item("cover", outcome, lacking, tuple(clause.id for clause in front[:1]))


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def _approval(dossier: Dossier) -> FormalItem:
    """A page that puts the plan into force, signed by the main responsible person."""
    pages = [clause for clause in dossier.clauses[:30] if APPROVAL.search(f"{clause.title}\n{clause.text[:200]}")]
    if not pages:
        return _item("approval", Outcome.FAIL, ("page",))
    words = "\n".join(clause.text for clause in pages)
    if SIGNED.search(words):
        return _item("approval", Outcome.PASS, clauses=(pages[0].id,))
    return _item("approval", Outcome.FAIL, ("signature",), (pages[0].id,))


def _contents(dossier: Dossier, front: list[Clause]) -> FormalItem:
    listed = next(
        (clause for clause in front if re.match(r"目\s*[录次]", f"{clause.title}{clause.text}".strip())), None
    )
    if listed is None:
        is_short = len(dossier.clauses) < SHORT_CLAUSES
        return _item("contents", Outcome.PASS if is_short else Outcome.FAIL, () if is_short else ("list",))
    if PAGE.search(listed.text):
        return _item("contents", Outcome.PASS, clauses=(listed.id,))
    return _item("contents", Outcome.CANNOT_TELL, ("pages",), (listed.id,))


def _annexes(dossier: Dossier) -> FormalItem:
    faults = annex_faults(dossier.clauses)
    clauses = tuple(fault.clause for fault in faults)
    return _item("annexes", Outcome.FAIL if faults else Outcome.PASS, tuple(fault.label for fault in faults), clauses)


def _process(dossier: Dossier) -> FormalItem:
    """The papers of authoring, or at least the text's own account of it."""
    kinds = {paper.kind for paper in dossier.course.papers}
    words = "\n".join(clause.text for clause in dossier.clauses)
    seen = {
        "group": dossier.group is not None or bool(GROUP.search(words)),
        "risks": PaperKind.RISK_ASSESSMENT in kinds or bool(RISKS.search(words)),
        "resources": PaperKind.RESOURCE_SURVEY in kinds,
        "opinions": PaperKind.OPINIONS_RECORD in kinds or bool(OPINIONS.search(words)),
        "review": PaperKind.REVIEW_OPINION in kinds,
    }
    lacking = tuple(name for name, is_there in seen.items() if not is_there)
    return _item("process", Outcome.CANNOT_TELL if lacking else Outcome.PASS, lacking)
