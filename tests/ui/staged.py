"""A tabletop drill of today with script and design, the unit that takes part and an evaluator, for those who play."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from drills import register
from drills.designs import keeping as designs
from drills.designs.design import Appointment, Design, Post
from drills.drill import Content, DrillType, Form, Purpose
from drills.scheduling import Days
from drills.scripts import keeping as scripts
from drills.scripts.script import Script, Standing, Timing
from plans_repo import organisations
from plans_repo.organisations import OrganisationKind
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from tests import once
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject
from tests.ui.conftest import PASSWORD, Clock, peopled, with_cheap_passwords
from ui.installation import open_installation

TITLE, UNIT = "清川县堤防抢险演练", "清川县水利局"
TABLETOP = DrillType(content=Content.SINGLE, form=Form.TABLETOP, purpose=Purpose.TEST)
TODAY = date(2026, 11, 21)


def furnish(data: Path) -> str:
    """A data directory with the drill, made once in a run and copied to *data*; the id of the drill."""
    return once.copy_of("staged", data, staged)


def staged(data: Path) -> str:
    """Make people and drill; the installation is closed again."""
    peopled(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        water = organisations.create_organisation(work, UNIT, kind=OrganisationKind.DEPARTMENT, area=bureau.area)
        for name, role, body in (("water", Role.MEMBER_UNIT, water.id), ("judge", Role.DRILL_EVALUATOR, bureau.id)):
            accounts.create_account(
                work, name, PASSWORD, display_name=name, roles=[role], organisation=body,
                must_change=False,
            )  # fmt: skip
        with_cheap_passwords(work)
    with installation.store.work(accounts.actor_named(installation.store, "organiser")) as work:
        made = register.plan_drill(work, TITLE, year=2026, type=TABLETOP, units=[water.id])
        register.schedule_drill(work, made.id, TODAY, days=Days.ANY)
        scripts.keep(work, made.id, played(), base=0)
        posts = (Appointment(post=Post.EVALUATOR, name="周评", unit="第三方"),)
        designs.keep(work, made.id, Design(posts=posts), base="")
    installation.store.close()
    return made.id


def told(number: str, **more: Any) -> Any:
    return an_inject(number, **({"to": (UNIT,), "standing": Standing.APPROVED} | more))


def played() -> Script:
    return a_script(
        injects=(
            told("1", expects=("a1",), text="堤脚出现渗漏。", note="等巡查员到位后再说"),
            told("2", at_min=30.0, text="渗漏扩大。"),
            told("4", at_min=None, timing=Timing.HELD, text="备用：道路中断。"),
        ),
        actions=(an_action("A1", limit_min=5, since="i1"),),
        objectives=(),
    )
