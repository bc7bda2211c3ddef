"""Where an assessment stands, and which step leads where."""

from __future__ import annotations

from enum import StrEnum

from plans_repo.errors import PlansRepoError
from plans_repo.store.tables.assessments import StepKind


class State(StrEnum):
    """Where the assessment of a study stands."""

    NOT_BEGUN = "not_begun"  # 未开始
    OPEN = "open"  # 评估中
    SUBMITTED = "submitted"  # 待审签
    RETURNED = "returned"  # 已退回
    SIGNED_OUT = "signed_out"  # 已审签


WORKING = frozenset({StepKind.TICK, StepKind.OBJECT, StepKind.ANSWER, StepKind.WITHDRAW, StepKind.JUDGE})
"""Steps of whoever assesses; the others end a round."""
DECIDING = frozenset({StepKind.RETURN, StepKind.SIGN_OUT})
"""Steps of the second person."""

MOVES: dict[tuple[State, StepKind], State] = {
    **{(State.NOT_BEGUN, kind): State.OPEN for kind in WORKING},
    **{(State.OPEN, kind): State.OPEN for kind in WORKING},
    **{(State.RETURNED, kind): State.RETURNED for kind in WORKING},
    (State.OPEN, StepKind.SUBMIT): State.SUBMITTED,
    (State.RETURNED, StepKind.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, StepKind.RETURN): State.RETURNED,
    (State.SUBMITTED, StepKind.SIGN_OUT): State.SIGNED_OUT,
}
"""Every step there is; nothing follows a sign-out."""


def after(state: State, kind: StepKind) -> State:
    """Where a step leads; refused where the table has none.

    >>> after(State.SUBMITTED, StepKind.RETURN)
    <State.RETURNED: 'returned'>
    """
    found = MOVES.get((state, kind))
    if found is None:
        raise PlansRepoError(
            "assessment-step-not-now", thing=f"assessment {state.value}", field="step", rule="must follow its state",
            value=kind.value, assessment_step=kind, assessment_state=state,
        )  # fmt: skip
    return found
