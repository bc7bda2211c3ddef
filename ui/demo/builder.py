"""Build the demo data through the services: bodies, people, stock, plans, scenarios, drills.

Everything is made in one transaction, so a build that is interrupted leaves nothing;
built once, it is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from drills.drill import Drill
from drills.register import list_drills
from plans_repo import plans, scenarios
from plans_repo.course.working_days import local_day
from plans_repo.organisations import organisations
from plans_repo.plans import Plan
from plans_repo.store.accounts import Account, accounts
from plans_repo.store.actor import Actor, local_actor
from plans_repo.store.roles import Role
from plans_repo.store.work import Work
from sim.scenario import Scenario
from ui.demo.after_issue import make_after_issue
from ui.demo.bodies import area_of, make_bodies
from ui.demo.catalogue import make_catalogue
from ui.demo.contacts import make_contacts
from ui.demo.course import make_course
from ui.demo.drills import make_designs, make_drills, make_scripts
from ui.demo.events import make_events
from ui.demo.local_pack import lay_pack
from ui.demo.norm_figures import make_norm_figures
from ui.demo.people import PEOPLE, list_people, make_people
from ui.demo.returned import make_returned
from ui.demo.sources import CITY, register
from ui.demo.stock import make_stock
from ui.demo.studies import ask_validation, make_studies
from ui.demo.texts import make_texts
from ui.demo.timings import make_timings
from ui.installation import Installation

OFFICE_HOUR = time(1, 0)
"""09:00 in China."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What the demo data hold."""

    plans: tuple[Plan, ...]
    scenarios: tuple[Scenario, ...]
    drills: tuple[Drill, ...]
    accounts: tuple[Account, ...]
    was_built: bool


def build(installation: Installation, os_user: str) -> Demo:
    """Build the demo data unless they are there; then say what there is."""
    actor = local_actor(os_user)
    with installation.store.work(actor) as work:
        was_built = is_built(work)
        if not was_built:
            _build(installation, work)
    with installation.store.reading(actor) as work:
        return Demo(
            plans=plans.list_plans(work),
            scenarios=scenarios.list_scenarios(work),
            drills=list_drills(work),
            accounts=tuple(account for account in accounts(work) if account.demo),
            was_built=was_built,
        )


def is_built(work: Work) -> bool:
    """Whether the demo city is there."""
    name = f"{register(CITY)['register']['name']}人民政府"
    return any(body.name == name and body.area == area_of(CITY) for body in organisations(work))


def _build(installation: Installation, work: Work) -> None:
    bodies = make_bodies(work)
    people = make_people(work, bodies)
    make_stock(work, bodies)
    make_contacts(work, bodies)
    cast = _Cast(work, {account.name: account for account, _ in people})
    made = make_texts(cast.on, bodies)
    later = make_after_issue(cast.on, bodies, made)
    make_course(cast.on, bodies, made, local_day(work.now))
    make_returned(cast.on, made, local_day(work.now))
    make_catalogue(cast.on, local_day(work.now))
    make_drills(cast.on, bodies, made)
    make_events(work)
    make_timings(cast.on, made)
    make_norm_figures(cast.on)
    make_studies(cast.on, {**made, **later}, local_day(work.now))
    make_scripts(cast.on, local_day(work.now))
    make_designs(cast.on, local_day(work.now))
    ask_validation(cast.on, local_day(work.now))
    lay_pack(installation.data)
    work.after_commit(lambda: list_people(installation.data, people))


@dataclass(frozen=True)
class _Cast:
    """Who does what in the demo's past."""

    work: Work
    accounts: Mapping[str, Account]

    def on(self, role: Role, place: str, day: date) -> Work:
        """The same transaction at nine o'clock of a day that is not still to come, in the name of the local
        administrator acting for *place*.

        Demo accounts stand for one person each; what other offices did before the installation
        existed is recorded under the operating-system user.
        """
        at = min(datetime.combine(day, OFFICE_HOUR, tzinfo=UTC), self.work.now)
        actor = replace(self.work.actor, roles=frozenset({role}))
        return replace(self.work, actor=self._named(role, place) or actor, now=at)

    def _named(self, role: Role, place: str) -> Actor | None:
        for account in self.accounts.values():
            if role in account.roles and account.organisation and place in _places(account.name):
                return Actor(
                    account=account.id,
                    name=account.display_name,
                    roles=account.roles,
                    organisation=account.organisation,
                    os_user=self.work.actor.os_user,
                )
        return None


def _places(name: str) -> tuple[str, ...]:
    return tuple(person.place for person in PEOPLE if person.name == name)
