"""The moves from first draft up to the number: every stage has its way on and its way back."""

from __future__ import annotations

from dataclasses import dataclass

from plans_repo.course.paths import Path
from plans_repo.course.stages import Move, PaperKind, Process, Stage, Step
from plans_repo.store.roles import Action

P, S, M, A = PaperKind, Stage, Move, Action
REVIEW_PAPERS = (P.OPINIONS_RECORD, P.EXPLANATION)


@dataclass(frozen=True, kw_only=True)
class Gate:
    """How a stage of signing is left: forward with a signature and its papers, back with a reason."""

    on: Move
    back: Move
    action: Action
    papers: tuple[PaperKind, ...] = ()


GATES: dict[Stage, Gate] = {
    S.LINKAGE: Gate(on=M.AGREE_LINKAGE, back=M.REJECT_LINKAGE, action=A.REVIEW_PLAN, papers=(P.LINKAGE_OPINION,)),
    S.REVIEW: Gate(on=M.PASS_REVIEW, back=M.REJECT_REVIEW, action=A.REVIEW_PLAN, papers=(P.REVIEW_OPINION,)),
    S.DELIBERATION: Gate(on=M.PASS_DELIBERATION, back=M.REJECT_DELIBERATION, action=A.DELIBERATE_PLAN),
    S.LEGALITY: Gate(on=M.PASS_LEGALITY, back=M.REJECT_LEGALITY, action=A.CHECK_LEGALITY, papers=(P.LEGALITY_OPINION,)),
    S.EDITING: Gate(on=M.FINISH_EDITING, back=M.REJECT_EDITING, action=A.PROOFREAD_PLAN),
    S.LEADERSHIP: Gate(on=M.ENDORSE, back=M.REJECT_ENDORSEMENT, action=A.APPROVE_PLAN, papers=(P.DRAFTING_SHEET,)),
    S.APPROVAL: Gate(on=M.APPROVE, back=M.REJECT_APPROVAL, action=A.APPROVE_PLAN),
    S.PARTY: Gate(on=M.APPROVE_PARTY, back=M.REJECT_PARTY, action=A.APPROVE_PLAN),
}
"""The stages in which a text is signed; which of them a plan passes is told by its path."""

EXAMINING = frozenset({M.AGREE_LINKAGE, M.PASS_REVIEW, M.PASS_LEGALITY})
"""Signatures of those who examine a text."""

DECIDING = frozenset({M.PASS_DELIBERATION, M.ENDORSE, M.APPROVE, M.APPROVE_PARTY})
"""Signatures of those who decide on it: nobody examines and decides on the same text."""


def steps_to_approval(path: Path) -> tuple[Step, ...]:
    """The rows of a path: out of every stage one way on, and a way back that needs a reason.

    >>> from plans_repo.course.paths import path_named
    >>> [step.move.value for step in steps_to_approval(path_named("signed-simplified"))]
    ['submit_simplified', 'approve', 'reject_approval']
    """
    return tuple(step for stage in path.stages[:-1] for step in _out_of(path, stage))


def _out_of(path: Path, stage: Stage) -> tuple[Step, ...]:
    if stage in (S.DRAFT, S.CONSULTATION):
        return _while_written(path, stage)
    gate, station = GATES[stage], path.at(stage)
    on = Step(
        move=gate.on,
        source=stage,
        to=path.after(stage),
        action=gate.action,
        papers=(*gate.papers, *station.papers),
        signs=True,
    )
    return (on, Step(move=gate.back, source=stage, to=S.DRAFT, action=gate.action, needs_reason=True))


def _while_written(path: Path, stage: Stage) -> tuple[Step, ...]:
    move, papers = _submission(path, stage)
    on = Step(
        move=move,
        source=stage,
        to=path.after(stage),
        action=A.EDIT_PLAN,
        papers=(*papers, *path.at(stage).papers),
    )
    if stage is S.DRAFT:
        return (on,)
    return (on, Step(move=M.REDRAFT, source=stage, to=S.DRAFT, action=A.EDIT_PLAN, needs_reason=True))


def _submission(path: Path, stage: Stage) -> tuple[Move, tuple[PaperKind, ...]]:
    """How the author hands the text on, and with which papers."""
    if stage is S.DRAFT and path.process is Process.SIMPLIFIED:
        return M.SUBMIT_SIMPLIFIED, (P.EXPLANATION,)
    if path.after(stage) is S.CONSULTATION:
        return M.CONSULT, (P.CONSULTATION_LETTER,)
    return (M.ASK_LINKAGE if path.after(stage) is S.LINKAGE else M.SUBMIT_REVIEW), REVIEW_PAPERS
