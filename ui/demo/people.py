"""Demo accounts: one for each job, random passwords, listed in a file only its owner can read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plans_repo.store.accounts import Account, create_account
from plans_repo.store.roles import Role
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.sources import CITY

FILE = "demo-accounts.txt"
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 14


@dataclass(frozen=True, kw_only=True)
class Person:
    """A demo account to be made."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    place: str


PEOPLE = (
    Person(
        name="author", display_name="周砚秋（清川县应急管理局 编制人）", roles=(Role.PLAN_AUTHOR,), place="qingchuan"
    ),
    Person(
        name="author2", display_name="贺石青（石岭县应急管理局 编制人）", roles=(Role.PLAN_AUTHOR,), place="shiling"
    ),
    Person(
        name="leader2", display_name="顾行之（石岭县分管副县长）", roles=(Role.LEADER, Role.APPROVER), place="shiling"
    ),
    Person(name="reviewer", display_name="尹知章（评审专家）", roles=(Role.REVIEWER,), place="qingchuan"),
    Person(
        name="linkage",
        display_name="邢守衡（县应急局 预案科）",
        roles=(Role.REVIEWER, Role.UPPER_AUTHORITY),
        place="qingchuan",
    ),
    Person(name="justice", display_name="柳度法（县司法局）", roles=(Role.JUSTICE_BUREAU,), place="qingchuan"),
    Person(name="office", display_name="田承文（县政府办）", roles=(Role.GOVERNMENT_OFFICE,), place="qingchuan"),
    Person(name="chief", display_name="田嘉树（县应急局局长）", roles=(Role.APPROVER,), place="qingchuan"),
    Person(name="leader", display_name="秦临川（分管副县长）", roles=(Role.LEADER, Role.APPROVER), place="qingchuan"),
    Person(name="filing", display_name="苗守档（备案管理员）", roles=(Role.FILING_OFFICER,), place="qingchuan"),
    Person(name="organiser", display_name="于演舟（演练组织）", roles=(Role.DRILL_ORGANISER,), place="qingchuan"),
    Person(
        name="evaluator",
        display_name="沈衡之（仿真评估）",
        roles=(Role.SIMULATION_EVALUATOR, Role.DRILL_EVALUATOR),
        place="qingchuan",
    ),
    Person(name="controller", display_name="路行川（导调员）", roles=(Role.CONTROLLER,), place="qingchuan"),
    Person(name="judge", display_name="陆平章（演练评估）", roles=(Role.DRILL_EVALUATOR,), place="qingchuan"),
    Person(name="member", display_name="水利局联络员", roles=(Role.MEMBER_UNIT,), place="qingchuan"),
    Person(name="township", display_name="双堤镇联络员", roles=(Role.TOWNSHIP_LIAISON,), place="qingchuan"),
    Person(name="city", display_name="云陵市应急管理局（上级备案）", roles=(Role.UPPER_AUTHORITY,), place=CITY),
    Person(name="sysadmin", display_name="系统管理员", roles=(Role.SYSTEM_ADMINISTRATOR,), place=""),
    Person(name="security", display_name="安全保密员", roles=(Role.SECURITY_ADMINISTRATOR,), place=""),
    Person(name="auditor", display_name="审计员", roles=(Role.AUDIT_ADMINISTRATOR,), place=""),
)
_BODY_OF = {"township": "G04", "member": "U07"}
_OF_GOVERNMENT = ("leader", "leader2", "office")


def make_people(work: Work, bodies: Bodies) -> list[tuple[Account, str]]:
    """The accounts with their passwords, in order."""
    made = []
    for person in PEOPLE:
        password = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        account = create_account(
            work,
            person.name,
            password,
            display_name=person.display_name,
            roles=person.roles,
            organisation=_organisation(person, bodies),
            must_change=False,
            demo=True,
        )
        made.append((account, password))
    return made


def _organisation(person: Person, bodies: Bodies) -> str | None:
    if not person.place:
        return None
    if person.name in _OF_GOVERNMENT:
        return bodies.government(person.place)
    if person.name in _BODY_OF:
        return bodies.of(person.place, _BODY_OF[person.name])
    return bodies.bureau(person.place)


def list_people(data: Path, made: Iterable[tuple[Account, str]]) -> None:
    """Write names and passwords to a file that nobody but its owner can read."""
    path = data / FILE
    lines = [f"{account.name}\t{password}\t{account.display_name}" for account, password in made]
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
