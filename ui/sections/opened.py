"""A plan at one of its versions, as the parts of its page need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from plans_repo import plans
from plans_repo.plans import Plan, VersionSummary
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class OpenedVersion:
    """The plan, the version being looked at, and all versions there are for this person, oldest first."""

    plan: Plan
    version: VersionSummary
    versions: Sequence[VersionSummary]

    @property
    def is_newest(self) -> bool:
        """Whether this is the version that is edited, signed and moved."""
        return self.version.id == self.versions[-1].id

    @property
    def plan_address(self) -> str:
        """The page of the plan at its newest version."""
        return plan_address(self.plan.id)

    @property
    def address(self) -> str:
        """The page of this very version."""
        return plan_address(self.plan.id, self.version.id)


def open_version(work: Work, plan_id: str, version: str) -> OpenedVersion:
    """The plan at a version, the newest when none is named; refused like what does not exist."""
    return OpenedVersion(
        plan=plans.plan(work, plan_id),
        version=plans.version_of(work, plan_id, version),
        versions=plans.versions_of(work, plan_id),
    )


def plan_address(plan_id: str, version: str = "", **query: str) -> str:
    """The address of a plan's page.

    >>> plan_address("7", "3", part="moves")
    '/plan?id=7&v=3&part=moves'
    """
    asked = {"id": plan_id} | ({"v": version} if version else {}) | query
    return f"/plan?{urlencode(asked)}"
