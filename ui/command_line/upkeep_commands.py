"""``yuyan plan replacements`` and ``occasions``: what changed around a plan in force, and what is done about it."""

from __future__ import annotations

from typing import Any

from plans_repo import plans, replacements
from plans_repo.course import occasions
from plans_repo.course.occasions import Answer as OccasionAnswerKind
from plans_repo.course.occasions import Occasion, OccasionAnswer
from plans_repo.errors import NotFound
from plans_repo.replacements import Replacement
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.filing_names import OCCASIONS
from ui.sections.plan_replacements import offer_words
from ui.wording import _, day_text, n_

EVERY = "all"


def replacement_list(context: Context) -> Answer:
    """What the register offers to a plan; with ``--accept`` or ``--decline`` offers are answered first."""
    asked = context.arguments
    answered: list[Replacement] = []
    if asked.accept or asked.decline:
        with context.work() as work:
            for one in _chosen(work, asked.plan, asked.accept):
                replacements.accept(work, one.change.id, one.plan, one.clause)
                answered.append(one)
            for one in _chosen(work, asked.plan, asked.decline):
                replacements.decline(work, one.change.id, one.plan, one.clause, reason=asked.reason)
                answered.append(one)
    with context.reading() as work:
        plans.plan(work, asked.plan)
        left = replacements.offers_for(work, asked.plan)
    return Answer(
        fields={
            "plan": asked.plan,
            "offers": [_offer_fields(one) for one in left],
            "answered": [offer_id(one) for one in answered],
        },
        lines=[
            *([n_("已答复 {count} 处", len(answered))] if answered else []),
            n_("台账变更，涉及本预案{count}处", len(left)),
            *(f"{offer_id(one)}\t{one.citation}\t{offer_words(one)}" for one in left),
        ],
    )


def offer_id(one: Replacement) -> str:
    """How an offer is named on the command line: change and clause."""
    return f"{one.change.id}:{one.clause}"


def _chosen(work: Work, plan: str, wanted: list[str]) -> list[Replacement]:
    offered = {offer_id(one): one for one in replacements.offers_for(work, plan)} if wanted else {}
    if wanted == [EVERY]:
        return list(offered.values())
    if unknown := next((name for name in wanted if name not in offered), ""):
        raise NotFound("replacement-unknown", thing="offer", field="offer", value=unknown)
    return [offered[name] for name in wanted]


def _offer_fields(one: Replacement) -> dict[str, Any]:
    return {
        "id": offer_id(one),
        "change": one.change.id,
        "clause": one.clause,
        "citation": one.citation,
        "kind": one.change.kind,
        "about": one.change.about,
        "before": one.before,
        "after": one.after,
        "count": one.count,
        "in_draft": one.in_draft,
    }


def occasion_list(context: Context) -> Answer:
    """The occasions to revise a plan; with ``--revise`` or ``--not-needed`` one is answered first."""
    asked = context.arguments
    wanted = asked.revise or asked.not_needed
    if wanted:
        kind = OccasionAnswerKind.REVISE if asked.revise else OccasionAnswerKind.NOT_NEEDED
        with context.work() as work:
            occasions.answer_occasion(work, wanted, OccasionAnswer(answer=kind, reason=asked.reason))
    with context.reading() as work:
        found = occasions.occasions(work, asked.plan)
        version = plans.plan(work, asked.plan).version
        cited = citations(plans.text_of(work, asked.plan, version or "")) if found and version else {}
    return Answer(
        fields={"plan": asked.plan, "occasions": [_occasion_fields(one) for one in found]},
        lines=[_occasion_line(one, cited) for one in found] or [_("没有应当修订的情形。")],
    )


def _occasion_fields(one: Occasion) -> dict[str, Any]:
    return {
        "id": one.id,
        "on": one.on,
        "trigger": one.told.trigger,
        "summary": one.told.summary,
        "source": one.told.source,
        "clauses": list(one.told.clauses),
        "state": one.state,
        "reason": one.answer.reason if one.answer else "",
    }


def _occasion_line(one: Occasion, cited: dict[str, str]) -> str:
    where = _("、").join(filter(None, (cited.get(clause, "") for clause in one.told.clauses)))
    words = [one.id, day_text(one.on), _(OCCASIONS[one.state][0]), one.told.summary, where]
    return "\t".join([*words, one.answer.reason] if one.answer else words)
