"""An installation with people of every signature and the flood plan imported, for the plan and study pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import organisations, plans
from plans_repo.importing import OpenedPlan
from plans_repo.intake import take_file
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import Plan
from plans_repo.proposals import procedure_for
from plans_repo.store import accounts
from plans_repo.store.actor import Actor, local_actor
from plans_repo.store.roles import Role
from tests import once
from tests.ui.conftest import PASSWORD, Clock, peopled, with_cheap_passwords
from ui.demo.sources import plan_text
from ui.installation import Installation, open_installation

SIGNERS = {
    "reviewer": Role.REVIEWER,
    "justice": Role.JUSTICE_BUREAU,
    "chief": Role.APPROVER,
    "leader": Role.APPROVER,
    "office": Role.GOVERNMENT_OFFICE,
    "filing": Role.FILING_OFFICER,
    "evaluator": Role.SIMULATION_EVALUATOR,
}


def furnish(data: Path) -> OpenedPlan:
    """A data directory with the people and the plan the author imported, made once in a run and copied to *data*."""
    return once.copy_of("planned", data, planned)


def planned(data: Path) -> OpenedPlan:
    """Add the people, import the plan as the author; the installation is closed again."""
    peopled(data)
    installation = open_installation(data, clock=Clock())
    sign_up(installation)
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        opened = take_file(work, plan_text("qingchuan-flood"), "清川县防汛应急预案.md", propose=procedure_for).first
    installation.store.close()
    return opened


def sign_up(installation: Installation) -> None:
    """One account for every signature: the leader's in the government, all others in the bureau of the author."""
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        government = organisations.create_organisation(
            work, "青川县人民政府", kind=OrganisationKind.GOVERNMENT, area=bureau.area
        )
        for name, role in SIGNERS.items():
            accounts.create_account(
                work,
                name,
                PASSWORD,
                display_name=name,
                roles=[role],
                organisation=(government if name == "leader" else bureau).id,
                must_change=False,
            )
        with_cheap_passwords(work)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as ``furnish`` leaves it, made once for a module and copied for every test of it."""
    data = tmp_path_factory.mktemp("planned")
    furnish(data)
    return data


@pytest.fixture
def flood(installation: Installation) -> Plan:
    """The flood plan."""
    with installation.store.reading(actor(installation)) as work:
        return plans.list_plans(work)[0]


def actor(installation: Installation, name: str = "author") -> Actor:
    """Somebody of the installation."""
    return accounts.actor_named(installation.store, name)


def markup(at: AppTest) -> str:
    """Everything a page put out as markup."""
    return " ".join(element.proto.body for element in at.get("html"))
