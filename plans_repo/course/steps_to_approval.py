"""The moves from first draft up to approval."""

from __future__ import annotations

from plans_repo.course.stages import Move, PaperKind, Process, Stage, Step
from plans_repo.store.roles import Action

P, S, M = PaperKind, Stage, Move
_REVIEW_PAPERS = (P.OPINIONS_RECORD, P.EXPLANATION)


def _rejection(move: Move, source: Stage, action: Action) -> Step:
    return Step(move=move, source=source, to=S.DRAFT, action=action, needs_reason=True)


STEPS_TO_APPROVAL: tuple[Step, ...] = (
    Step(move=M.CONSULT, source=S.DRAFT, to=S.CONSULTATION, action=Action.EDIT_PLAN, papers=(P.CONSULTATION_LETTER,)),
    Step(move=M.REDRAFT, source=S.CONSULTATION, to=S.DRAFT, action=Action.EDIT_PLAN, needs_reason=True),
    Step(
        move=M.ASK_LINKAGE,
        source=S.CONSULTATION,
        to=S.LINKAGE,
        action=Action.EDIT_PLAN,
        papers=_REVIEW_PAPERS,
        linked=True,
    ),
    Step(
        move=M.AGREE_LINKAGE,
        source=S.LINKAGE,
        to=S.REVIEW,
        action=Action.REVIEW_PLAN,
        papers=(P.LINKAGE_OPINION,),
        signs=True,
    ),
    _rejection(M.REJECT_LINKAGE, S.LINKAGE, Action.REVIEW_PLAN),
    Step(
        move=M.SUBMIT_REVIEW,
        source=S.CONSULTATION,
        to=S.REVIEW,
        action=Action.EDIT_PLAN,
        papers=_REVIEW_PAPERS,
        linked=False,
    ),
    Step(
        move=M.PASS_REVIEW,
        source=S.REVIEW,
        to=S.LEGALITY,
        action=Action.REVIEW_PLAN,
        papers=(P.REVIEW_OPINION,),
        signs=True,
    ),
    _rejection(M.REJECT_REVIEW, S.REVIEW, Action.REVIEW_PLAN),
    Step(
        move=M.PASS_LEGALITY,
        source=S.LEGALITY,
        to=S.APPROVAL,
        action=Action.CHECK_LEGALITY,
        papers=(P.LEGALITY_OPINION,),
        signs=True,
    ),
    _rejection(M.REJECT_LEGALITY, S.LEGALITY, Action.CHECK_LEGALITY),
    Step(
        move=M.SUBMIT_SIMPLIFIED,
        source=S.DRAFT,
        to=S.APPROVAL,
        action=Action.EDIT_PLAN,
        papers=(P.EXPLANATION,),
        process=Process.SIMPLIFIED,
    ),
    Step(
        move=M.APPROVE,
        source=S.APPROVAL,
        to=S.NUMBERING,
        action=Action.APPROVE_PLAN,
        papers=(P.MEETING_MINUTES,),
        signs=True,
    ),
    _rejection(M.REJECT_APPROVAL, S.APPROVAL, Action.APPROVE_PLAN),
)
"""How a text is written, consulted on, reviewed and approved; it ends with the text that waits for its number."""
