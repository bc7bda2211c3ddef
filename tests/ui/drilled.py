"""An installation with plans, drills, days without drills and small drills, for the calendar and programme pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drills.blackouts import add_blackout
from drills.drill import Content, DrillType, Form, Step, Trade
from drills.plan_facts import PlanFacts, enter_facts
from drills.register import move_drill, plan_drill, record_past_drill, schedule_drill
from drills.scheduling import BlackoutKind
from drills.small_drills import return_small_drills
from plans_repo import organisations, plans
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store import accounts
from plans_repo.store.actor import Actor, local_actor
from plans_repo.store.roles import Role
from plans_repo.store.work import Work
from sim.procedure import Hazard
from tests import once
from tests.ui.conftest import PASSWORD, Clock, peopled, with_cheap_passwords
from ui.installation import Installation, open_installation

MORE_PEOPLE = {"approver": Role.APPROVER, "evaluator": Role.DRILL_EVALUATOR}


@dataclass(frozen=True, kw_only=True)
class Drilled:
    """The ids of what was made."""

    flood: str
    fire: str
    overall: str
    township: str
    held: str
    planned: str
    scheduled: str
    cancelled: str


def furnish(data: Path) -> Drilled:
    """A filled data directory, made once in a run and copied to *data*."""
    return once.copy_of("drilled", data, drilled)


def drilled(data: Path) -> Drilled:
    """Fill a data directory; the installation is closed again."""
    peopled(data)
    installation = open_installation(data, clock=Clock())
    township = _more_people(installation)
    with installation.store.work(actor(installation, "author")) as work:
        made = {
            "flood": _plan(work, "清川县防汛应急预案", PlanKind.SPECIAL, Hazard.FLOOD),
            "fire": _plan(work, "清川县建筑火灾应急预案", PlanKind.SPECIAL, Hazard.FIRE),
            "overall": _plan(work, "清川县总体应急预案", PlanKind.OVERALL, None),
        }
    with installation.store.work(actor(installation, "organiser")) as work:
        drills = _drills(work, made, township)
    installation.store.close()
    return Drilled(**made, township=township, **drills)


def actor(installation: Installation, name: str = "organiser") -> Actor:
    found = accounts.actor_named(installation.store, name)
    assert found is not None
    return found


def _more_people(installation: Installation) -> str:
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        township = organisations.create_organisation(
            work, "双堤镇人民政府", name_en="Shuangdi Town", kind=OrganisationKind.TOWNSHIP,
            area="/yunling/qingchuan/T04/",
        )  # fmt: skip
        for name, role in MORE_PEOPLE.items():
            _account(work, name, role, bureau.id)
        _account(work, "liaison", Role.TOWNSHIP_LIAISON, township.id)
        with_cheap_passwords(work)
    return township.id


def _account(work: Work, name: str, role: Role, organisation: str) -> None:
    accounts.create_account(
        work, name, PASSWORD, display_name=name, roles=[role], organisation=organisation, must_change=False
    )


def _plan(work: Work, title: str, kind: PlanKind, hazard: Hazard | None) -> str:
    return plans.create_plan(work, title, kind=kind, hazard=hazard).id


def _drills(work: Work, made: dict[str, str], township: str) -> dict[str, str]:
    enter_facts(work, PlanFacts(plan=made["flood"], production_safety=True, issued_on=date(2025, 3, 1)))
    add_blackout(
        work, "迎检周：迎接上级检查", reason_en="Inspection: visitors", kind=BlackoutKind.ACTIVITY,
        start_on=date(2026, 12, 21), end_on=date(2026, 12, 25),
    )  # fmt: skip
    live = DrillType(content=Content.COMPREHENSIVE, form=Form.LIVE)
    held = record_past_drill(work, "商场火灾演练", on=date(2026, 5, 12), plan_ids=[made["fire"]], note="按时出水")
    planned = plan_drill(work, "防汛叫应演练", year=2026, on=date(2026, 12, 15), plan_ids=[made["overall"]])
    coming = plan_drill(
        work, "高层火灾演练", title_en="High-rise fire", year=2026, plan_ids=[made["fire"]], type=live, units=[township]
    )
    schedule_drill(work, coming.id, date(2026, 11, 26), place="城关镇", participants_count=280, duration_min=120)
    dropped = plan_drill(work, "取消了的演练", year=2026, on=date(2026, 12, 10), plan_ids=[made["fire"]])
    move_drill(work, dropped.id, Step.CANCEL, reason="机构调整")
    return_small_drills(
        work, date(2026, 10, 1), trade=Trade.SCHOOL, form=Form.LIVE, drills_count=3, people_count=255,
        organisation_id=township,
    )  # fmt: skip
    return {"held": held.id, "planned": planned.id, "scheduled": coming.id, "cancelled": dropped.id}
