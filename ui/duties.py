"""What the installation does by itself, for sealed drills whether there are any or not.

Twice a second it releases what is due of the drills being played; every hour it sees to the beacon of the day, every
minute it starts the drills whose hour has come in server-key mode, every quarter of an hour it lets editions that have
ended be so and counts the limits anew whose year has become known, every six hours the database counts what it holds.
A failure is told by its kind alone: an error's own words could name what is sealed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from drills.conduct.releasing import Releaser
from drills.sealing.ceremony import release_due
from drills.sealing.publication import keep_beacon
from plans_repo.course import clocks, terms
from plans_repo.store.actor import SYSTEM
from plans_repo.store.engine import keep_statistics
from sim.errors import CodedError
from ui.check_rounds import check_round
from ui.installation import Installation, vault_of

BEACON_EVERY_S = 3600.0
RELEASE_EVERY_S = 60.0
TERMS_EVERY_S = 900.0
CHECKS_EVERY_S = 60.0
PLAY_EVERY_S = 0.5
STATISTICS_EVERY_S = 6 * 3600.0

log = logging.getLogger("yuyan.duties")


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Something done again and again beside the application."""

    name: str
    every_s: float
    do: Callable[[Installation], None]


async def keep(installation: Installation, duty: Duty) -> None:
    """Do a duty at once and then at its intervals, until cancelled."""
    while True:
        await to_thread.run_sync(perform, installation, duty)
        await asyncio.sleep(duty.every_s)


def perform(installation: Installation, duty: Duty) -> bool:
    """Do it once and answer whether it was done; what stands in its way is logged, and the next time tried again."""
    try:
        duty.do(installation)
    except (CodedError, SQLAlchemyError, OSError) as error:
        log.error("the duty %r was not done: %s", duty.name, kind_of(error))
        return False
    return True


def kind_of(error: Exception) -> str:
    """The kind of an error, without what it says."""
    return error.code if isinstance(error, CodedError) else type(error).__name__


def _beacon(installation: Installation) -> None:
    keep_beacon(installation.store, vault_of(installation))


def _release(installation: Installation) -> None:
    vault = vault_of(installation)
    with installation.store.work(SYSTEM) as work:
        release_due(work, vault)


def _terms(installation: Installation) -> None:
    terms.follow_days(installation.store)
    clocks.follow_calendar(installation.store)


def _check(installation: Installation) -> None:
    check_round(installation)


def _statistics(installation: Installation) -> None:
    keep_statistics(installation.store.engine)


class PlayDuty:
    """Releases the injects of drills being played; an installation keeps one, which remembers what it has read."""

    def __init__(self) -> None:
        self._releaser = Releaser()

    def __call__(self, installation: Installation) -> None:
        """One round."""
        self._releaser.round(installation.store)


DUTIES = (
    Duty(name="beacon", every_s=BEACON_EVERY_S, do=_beacon),
    Duty(name="terms", every_s=TERMS_EVERY_S, do=_terms),
    Duty(name="release", every_s=RELEASE_EVERY_S, do=_release),
    Duty(name="statistics", every_s=STATISTICS_EVERY_S, do=_statistics),
    Duty(name="play", every_s=PLAY_EVERY_S, do=PlayDuty()),
    Duty(name="checks", every_s=CHECKS_EVERY_S, do=_check),
)
