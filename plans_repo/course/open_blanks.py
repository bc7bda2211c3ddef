"""Blanks a text still has on its way: where they are, when they stop it, and what is kept when it goes out with them.

An unfinished text is sent out for comment only with a stated reason, which stays in the history; it is shown to
no panel, no government and no public.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plans_repo import versions
from plans_repo.course.opening import found
from plans_repo.course.stages import Move
from plans_repo.errors import PlansRepoError
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.writing.blanks import blanks

WITH_A_REASON = frozenset({Move.CONSULT})
"""Moves that may carry a text with blanks, if it is said why."""
MOST_NAMED = 10
"""Clauses named in a refusal; the page and ``plan stand`` show all."""


@dataclass(frozen=True, kw_only=True)
class OpenBlank:
    """A blank with its clause and how that is cited."""

    clause: str
    citation: str
    label: str


def open_blanks(work: Work, version_id: str) -> tuple[OpenBlank, ...]:
    """What the text of a version leaves open, in the order of the text."""
    _plan, _course, version = found(work, version_id, Action.READ_PLAN)
    return blanks_of_version(work, version)


def blanks_of_version(work: Work, version: VersionRow) -> tuple[OpenBlank, ...]:
    """As ``open_blanks``, of a row."""
    clauses = versions.clauses(work, version)
    left = blanks(clauses)
    cited = citations(clauses) if left else {}
    return tuple(OpenBlank(clause=one.clause, citation=cited.get(one.clause, ""), label=one.label) for one in left)


def require_complete(work: Work, plan: PlanRow, version: VersionRow) -> None:
    """Refuse a text that still leaves something open."""
    if left := blanks_of_version(work, version):
        raise _refusal("blanks-open", plan, left)


def allowed_blanks(work: Work, plan: PlanRow, version: VersionRow, move: Move, reason: str) -> tuple[OpenBlank, ...]:
    """The blanks with which a text may make a move; refused where it may not, or where nobody says why."""
    if move not in WITH_A_REASON:
        require_complete(work, plan, version)
        return ()
    left = blanks_of_version(work, version)
    if left and not reason.strip():
        raise _refusal("blanks-without-reason", plan, left)
    return left


def places(left: Iterable[OpenBlank]) -> tuple[str, ...]:
    """The clauses that hold blanks, each cited once.

    >>> places([OpenBlank(clause="c", citation="2.1", label=label) for label in ("电话", "时限")])
    ('2.1',)
    """
    return tuple(dict.fromkeys(one.citation or one.label for one in left))


def _refusal(code: str, plan: PlanRow, left: tuple[OpenBlank, ...]) -> PlansRepoError:
    where = places(left)
    named = [*where[:MOST_NAMED], *(["…"] if len(where) > MOST_NAMED else [])]
    return PlansRepoError(
        code, thing=plan.title, rule="must be filled in", value=left[0].label, count=len(left), clauses=named
    )
