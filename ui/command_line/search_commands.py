"""``yuyan search WORDS``, ``yuyan search rebuild`` and ``yuyan search verify``."""

from __future__ import annotations

from typing import Any

from plans_repo.course.stages import Stage
from plans_repo.plans import PlanKind
from plans_repo.search import index
from plans_repo.search.finding import Answer as Found
from plans_repo.search.finding import Found as FoundPlan
from plans_repo.search.finding import search as search_library
from plans_repo.search.passages import Part
from plans_repo.search.question import Question, Scope
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.wording import _, n_
from ui.wording.stages import stage_word

INDEX_WORDS = {"rebuild": index.rebuild, "verify": index.verify}
"""Words that concern the index; in quotes they are searched like any other."""


def search(context: Context) -> Answer:
    """What answers the words, or what became of the index."""
    asked = context.arguments
    if len(asked.words) == 1 and asked.words[0] in INDEX_WORDS:
        return _index(context, asked.words[0])
    scope = Scope.ALL if asked.all_versions else Scope.IN_FORCE if asked.in_force else Scope.CURRENT
    question = Question(
        words=" ".join(asked.words),
        scope=scope,
        kind=PlanKind(asked.kind) if asked.kind else None,
        hazard=asked.hazard or None,
        area=asked.area,
        state=Stage(asked.state) if asked.state else None,
        since=asked.since,
        until=asked.until,
    )
    with context.reading() as work:
        found = search_library(work, question, asked.page)
    return Answer(fields=_fields(found), lines=list(_lines(found)))


def _index(context: Context, word: str) -> Answer:
    with context.work() as work:
        report = INDEX_WORDS[word](work)
    fields = {"documents": report.documents, "spans": report.spans, "valid": report.valid}
    line = _("索引与全部版本相符：{documents} 段文字，{spans} 处") if report.valid else _("索引与版本不符，请重建")
    return Answer(fields=fields, lines=[line.format(**fields)], is_good=report.valid)


def _fields(found: Found) -> dict[str, Any]:
    return {
        "plans": found.plans,
        "passages": found.passages,
        "page": found.number,
        "pages": found.pages,
        "kinds": dict(found.kinds),
        "hazards": dict(found.hazards),
        "capped": found.is_capped,
        "found": [_plan_fields(plan) for plan in found.found],
    }


def _plan_fields(plan: FoundPlan) -> dict[str, Any]:
    return {
        "id": plan.plan,
        "title": _text(plan.title),
        "kind": plan.kind,
        "hazard": plan.hazard,
        "state": plan.state,
        "version": plan.version,
        "area": plan.area,
        "count": plan.count,
        "passages": [
            {
                "clause": passage.clause,
                "version": passage.version,
                "number": passage.number,
                "heading": _text(passage.heading),
                "text": _text(passage.words),
                "marks": [part.text for part in (*passage.heading, *passage.words) if part.is_marked],
                "current": passage.is_current,
            }
            for passage in plan.passages
        ],
    }


def _lines(found: Found) -> Any:
    yield n_("{count} 件预案中找到 {passages} 处", found.plans, passages=found.passages)
    for plan in found.found:
        yield f"{plan.plan}\t{_text(plan.title)}\t{stage_word(plan.state)}"
        for passage in plan.passages:
            yield f"\t{passage.number} {_text(passage.heading)}\t{_shown(passage.words)}"


def _text(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def _shown(parts: tuple[Part, ...]) -> str:
    return "".join(f"【{part.text}】" if part.is_marked else part.text for part in parts)
