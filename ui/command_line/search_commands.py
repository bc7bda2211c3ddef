"""``yuyan search WORDS``, ``yuyan search rebuild`` and ``yuyan search verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plans_repo import plan_keys
from plans_repo.course.stages import Stage
from plans_repo.plans import PlanKind
from plans_repo.search import index
from plans_repo.search.comments import CommentAnswer, FoundComment, search_comments
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
    with context.reading() as work:
        area = plan_keys.area_called(work, asked.area)
    scope = Scope.ALL if asked.all_versions else Scope.IN_FORCE if asked.in_force else Scope.CURRENT
    question = Question(
        words=" ".join(asked.words),
        scope=scope,
        kind=PlanKind(asked.kind) if asked.kind else None,
        subject=asked.subject or "",
        area=area,
        state=Stage(asked.state) if asked.state else None,
        since=asked.since,
        until=asked.until,
    )
    if asked.comments:
        with context.reading() as work:
            said = search_comments(work, question, asked.page)
        return Answer(fields=_comments_fields(said), lines=list(_comment_lines(said)))
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
        "subjects": dict(found.subjects),
        "capped": found.is_capped,
        "found": [_plan_fields(plan) for plan in found.found],
    }


def _plan_fields(plan: FoundPlan) -> dict[str, Any]:
    return {
        "id": plan.plan,
        "title": _text(plan.title),
        "document_number": _text(plan.document_number),
        "kind": plan.kind,
        "hazard": plan.hazard,
        "state": plan.state,
        "version": plan.version,
        "validity": plan.validity,
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
                "validity": passage.validity,
            }
            for passage in plan.passages
        ],
    }


def _lines(found: Found) -> Any:
    yield n_("{count} 件预案中找到 {passages} 处", found.plans, passages=found.passages)
    for plan in found.found:
        facts = (plan.plan, _text(plan.title), stage_word(plan.state), _text(plan.document_number))
        yield "\t".join(filter(None, facts))
        for passage in plan.passages:
            yield f"\t{passage.number} {_text(passage.heading)}\t{_shown(passage.words)}"


def _comments_fields(found: CommentAnswer) -> dict[str, Any]:
    return {
        "comments": found.comments,
        "open": found.open,
        "plans": found.plans,
        "page": found.number,
        "pages": found.pages,
        "kinds": dict(found.kinds),
        "hazards": dict(found.hazards),
        "subjects": dict(found.subjects),
        "found": [_comment_fields(one) for one in found.found],
    }


def _comment_fields(one: FoundComment) -> dict[str, Any]:
    return {
        "id": one.id,
        "plan": one.plan,
        "title": one.title,
        "kind": one.kind,
        "hazard": one.hazard,
        "version": one.version,
        "clause": one.clause,
        "number": one.number,
        "quotation": _text(one.quotation),
        "text": _text(one.words),
        "answer": _text(one.answer),
        "marks": [part.text for part in (*one.quotation, *one.words, *one.answer) if part.is_marked],
        "author": one.author,
        "author_name": one.author_name,
        "organisation": one.organisation,
        "at": one.at,
        "open": one.is_open,
        "answers": one.answers,
    }


def _comment_lines(found: CommentAnswer) -> Iterator[str]:
    yield n_("{plans} 件预案中找到批注 {count} 条", found.comments, plans=found.plans)
    for one in found.found:
        state = _("未办结") if one.is_open else _("已办结")
        yield "\t".join(filter(None, (one.plan, one.title, one.number, state, one.author_name)))
        quoted = f"“{_shown(one.quotation)}” " if one.quotation else ""
        yield f"\t{quoted}{_shown(one.words)}"
        if one.answer:
            yield f"\t{_('答复：')}{_shown(one.answer)}"


def _text(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def _shown(parts: tuple[Part, ...]) -> str:
    return "".join(f"【{part.text}】" if part.is_marked else part.text for part in parts)
