"""The body that files a plan 报备单位: who approved it, be it drafted by another."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.store.tables.plans import PlanKind, PlanRow

OF_GOVERNMENT = frozenset(
    {PlanKind.OVERALL, PlanKind.SPECIAL, PlanKind.MAJOR_ACTIVITY, PlanKind.CATASTROPHE, PlanKind.JOINT}
)
"""Kinds that the government approves, whoever wrote them: it is the approving unit that files (art. 26).

Those a department files with its own government are none of them.
"""


def reporting_body(plan: PlanRow, bodies: Iterable[Organisation]) -> Organisation | None:
    """The approving unit: the government of the place for its kinds of plan, otherwise the maker."""
    known = tuple(bodies)
    if plan.kind in OF_GOVERNMENT:
        for body in known:
            if body.kind is OrganisationKind.GOVERNMENT and body.area == plan.area:
                return body
    return next((body for body in known if body.id == plan.organisation_id), None)
