"""Small things for the tests of this floor."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

from drills.sealing.commitment import Randomness
from drills.sealing.container import Cost
from drills.sealing.lot import Lot
from drills.sealing.slates import Wish
from drills.sealing.vault import Vault
from drills.subject import Subject
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor

CHEAP = Cost(iterations=1, lanes=1, memory_kib=64)
PASSPHRASE = "correct horse battery"


def person(name: str, *roles: Role, organisation: str | None = None) -> Actor:
    return Actor(account=name, name=name, roles=frozenset(roles), organisation=organisation, os_user="tester")


def a_vault(directory: Path, random: Randomness = secrets.token_bytes) -> Vault:
    return Vault.in_directory(directory, random=random, cost=CHEAP)


def a_subject(plan: str = "p1", *, drilled_on: date | None = None, **more: Any) -> Subject:
    more |= {"held": (drilled_on,)} if drilled_on else {}
    return Subject(**({"plan": plan, "title": f"预案{plan}", "kind": PlanKind.SPECIAL} | more))


def a_wish(**more: Any) -> Wish:
    return Wish(
        **(
            {
                "window_from": date(2027, 3, 1),
                "window_to": date(2027, 4, 30),
                "places": (Lot(id="北河堤"), Lot(id="南河堤")),
                "units": (Lot(id="unit-a"), Lot(id="unit-b"), Lot(id="unit-c")),
                "units_count": 2,
                "scenarios": (Lot(id="river-plain-night", weight=3), Lot(id="river-plain-day")),
            }
            | more
        )
    )


def a_tape(seed: int = 1) -> Randomness:
    """Bytes that only look random: the same every time."""
    import random

    source = random.Random(seed)
    return source.randbytes
