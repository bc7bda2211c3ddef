"""An installation with the flood plan issued, the bureau of the city above it, and a mine with a plan of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plans_repo import organisations, plans
from plans_repo.course import passage
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind, Trigger
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from plans_repo.store.work import Work
from tests import once
from tests.plans_repo.builders import some_clauses
from tests.plans_repo.course.walking import EVERYBODY, OFFICE, walk
from tests.plans_repo.filing.builders import issue, papers
from tests.ui import planned
from tests.ui.conftest import PASSWORD, Clock, with_cheap_passwords
from ui.installation import Installation, open_installation

NUMBER = "青政办发〔2026〕1号"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """Plans and their issued versions."""

    flood: str
    version: str
    mine: str
    mine_version: str


def furnish(data: Path) -> Filed:
    """A filled data directory, made once in a run and copied to *data*."""
    return once.copy_of("filed", data, filed)


def filed(data: Path) -> Filed:
    """Issue the flood plan, enter the mine's; the installation is closed again."""
    opened = planned.furnish(data)
    installation = open_installation(data, clock=Clock())
    _city(installation)
    mine, mine_version = _mine(installation)
    walk(installation.store, opened.version, Stage.NUMBERING)
    issue(installation.store, OFFICE, opened.version)
    installation.store.close()
    return Filed(flood=opened.plan, version=opened.version, mine=mine, mine_version=mine_version)


def bureau(work: Work) -> str:
    """The bureau of the county, whose people the others are."""
    return next(one.id for one in organisations.organisations(work) if one.name == "青川县应急管理局")


def _city(installation: Installation) -> None:
    """The government and the bureau of the city, with an account that receives what is filed."""
    with installation.store.work(local_actor("tests")) as work:
        organisations.create_organisation(work, "云陵市人民政府", kind=OrganisationKind.GOVERNMENT, area="/yunling/")
        city = organisations.create_organisation(
            work, "云陵市应急管理局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/yunling/"
        )
        accounts.create_account(
            work, "city", PASSWORD, display_name="市应急局", roles=[Role.UPPER_AUTHORITY], organisation=city.id,
            must_change=False,
        )  # fmt: skip
        with_cheap_passwords(work)


def _mine(installation: Installation) -> tuple[str, str]:
    """The plan of a mine, entered as issued."""
    with installation.store.work(EVERYBODY) as work:
        plan = plans.create_plan(work, "黑石煤矿综合应急预案", kind=PlanKind.UNIT, organisation=bureau(work)).id
        version = plans.make_version(work, plan, some_clauses(), reason="首次编制", trigger=Trigger.FIRST).id
        passage.move(
            work, version, Move.REGISTER, reason="补录", attachments=papers(PaperKind.ISSUED_DOCUMENT),
            document_number="黑煤发〔2026〕2号", on=date(2026, 3, 2),
        )  # fmt: skip
    return plan, version
