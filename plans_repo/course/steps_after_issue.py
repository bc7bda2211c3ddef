"""The moves from issue on: publication, filing, registration of older plans, supersession, abolition."""

from __future__ import annotations

from plans_repo.course.stages import EFFECTIVE, ClockKind, Move, PaperKind, Stage, Step
from plans_repo.store.roles import Action

P, S, M, C = PaperKind, Stage, Move, ClockKind
_ISSUE_CLOCKS = (C.PUBLICATION, C.FILING)  # an enterprise's filing is counted from publication; the rules say so


def _abolition(source: Stage) -> Step:
    return Step(
        move=M.ABOLISH,
        source=source,
        to=S.ABOLISHED,
        action=Action.ABOLISH_PLAN,
        papers=(P.ABOLITION_DECISION,),
        stops=tuple(ClockKind),
        needs_reason=True,
    )


def _publication(source: Stage, to: Stage, *, starts: tuple[ClockKind, ...] = ()) -> Step:
    return Step(
        move=M.PUBLISH,
        source=source,
        to=to,
        action=Action.PUBLISH_PLAN,
        papers=(P.PUBLICATION_PROOF,),
        starts=starts,
        stops=(C.PUBLICATION,),
    )


def _filing(source: Stage, to: Stage) -> Step:
    return Step(
        move=M.FILE,
        source=source,
        to=to,
        action=Action.FILE_PLAN,
        papers=(P.FILING_REPORT, P.EXPLANATION),
        starts=(C.RECEIPT,),
        stops=(C.FILING,),
    )


def _receipt(stage: Stage) -> Step:
    return Step(
        move=M.RECEIVE_RECEIPT,
        source=stage,
        to=stage,
        action=Action.FILE_PLAN,
        papers=(P.FILING_RECEIPT,),
        stops=(C.RECEIPT,),
    )


def _supersession(source: Stage) -> Step:
    return Step(move=M.SUPERSEDE, source=source, to=S.SUPERSEDED, action=Action.ISSUE_PLAN, stops=tuple(ClockKind))


STEPS_AFTER_ISSUE: tuple[Step, ...] = (
    Step(
        move=M.ISSUE,
        source=S.NUMBERING,
        to=S.ISSUED,
        action=Action.ISSUE_PLAN,
        papers=(P.DRAFTING_SHEET, P.ISSUED_DOCUMENT),
        starts=_ISSUE_CLOCKS,
        signs=True,
    ),
    _publication(S.ISSUED, S.PUBLISHED, starts=(C.FILING,)),
    _publication(S.FILED, S.IN_FORCE),
    _filing(S.ISSUED, S.FILED),
    _filing(S.PUBLISHED, S.IN_FORCE),
    _receipt(S.FILED),
    _receipt(S.IN_FORCE),
    Step(
        move=M.REGISTER,
        source=S.DRAFT,
        to=S.IN_FORCE,
        action=Action.REGISTER_PLAN,
        papers=(P.ISSUED_DOCUMENT,),
        needs_reason=True,
    ),
    *(_supersession(stage) for stage in Stage if stage in EFFECTIVE),
    *(_abolition(stage) for stage in Stage if stage in EFFECTIVE),
)
"""How an approved text is issued and what becomes of it.

REGISTER enters a plan that was issued before this installation existed.
"""
