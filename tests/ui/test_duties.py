"""What the installation does by itself: a beacon every day, drills released at their hour, failures told by kind."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, date, datetime

import pytest

from drills import register
from drills.drill import State
from drills.errors import DrillError
from drills.sealing import ceremony
from drills.sealing.lot import Lot
from drills.sealing.publication import beacons, keep_beacon
from drills.sealing.record import Mode
from drills.sealing.slates import Wish
from plans_repo.store import accounts
from plans_repo.store.actor import Actor
from tests.drills.builders import PASSPHRASE, a_vault
from tests.ui.conftest import Clock
from ui.doorway.sockets import LiveSockets
from ui.duties import BEACON_EVERY_S, DUTIES, RELEASE_EVERY_S, Duty, keep, perform
from ui.installation import Installation
from ui.launcher import _living

BEACON, TERMS, RELEASE, STATISTICS, PLAY, CHECKS = DUTIES


@pytest.fixture
def organiser(installation: Installation) -> Actor:
    found = accounts.actor_named(installation.store, "organiser")
    assert found is not None
    return found


def days(installation: Installation, actor: Actor) -> list[date]:
    with installation.store.reading(actor) as work:
        return [beacon.day for beacon in beacons(work)]


def test_a_beacon_is_published_once_a_day_drill_or_no_drill(
    installation: Installation, organiser: Actor, clock: Clock
) -> None:
    for hours in (0, 1, 12, 1):
        clock.forward(hours=hours)
        assert perform(installation, BEACON)
    assert days(installation, organiser) == [date(2026, 11, 21), date(2026, 11, 22)]


def test_an_hourly_duty_misses_no_day_and_a_minute_one_no_hour() -> None:
    assert (BEACON.every_s, RELEASE.every_s) == (BEACON_EVERY_S, RELEASE_EVERY_S) == (3600, 60)


def test_a_drill_under_the_servers_key_starts_at_its_hour(
    installation: Installation, organiser: Actor, clock: Clock
) -> None:
    vault = a_vault(installation.data)
    keep_beacon(installation.store, vault)
    day = date(2027, 3, 17)
    wish = Wish(window_from=day, window_to=day, times=("09:30",), scenarios=(Lot(id="river-plain-night"),))
    with installation.store.reading(organiser) as work:
        ticket = ceremony.draw(work, vault, wish, passphrase=PASSPHRASE, mode=Mode.SERVER_KEY)
    clock.now = datetime(2027, 3, 17, 1, 29, tzinfo=UTC)
    assert perform(installation, RELEASE)
    assert drills(installation, organiser) == {}
    clock.forward(minutes=1)
    assert perform(installation, RELEASE)
    assert drills(installation, organiser) == {ticket.drill: State.RUNNING}
    assert perform(installation, RELEASE)
    assert len(drills(installation, organiser)) == 1


def drills(installation: Installation, actor: Actor) -> dict[str, State]:
    with installation.store.reading(actor) as work:
        return {drill.id: drill.state for drill in register.list_drills(work)}


@pytest.mark.parametrize(
    ("error", "kind"),
    [(DrillError("sealed-file-damaged", value="北河堤"), "sealed-file-damaged"), (OSError("北河堤"), "OSError")],
)
def test_a_failure_is_logged_by_its_kind_alone(
    installation: Installation, caplog: pytest.LogCaptureFixture, error: Exception, kind: str
) -> None:
    def fail(_installation: Installation) -> None:
        raise error

    with caplog.at_level(logging.ERROR):
        assert not perform(installation, Duty(name="release", every_s=60, do=fail))
    assert [record.message for record in caplog.records] == [f"the duty 'release' was not done: {kind}"]
    assert "北河堤" not in caplog.text


def test_a_duty_that_failed_is_done_again_the_next_time(installation: Installation) -> None:
    done: list[int] = []

    def stumble(_installation: Installation) -> None:
        done.append(len(done))
        if len(done) == 1:
            raise OSError

    async def some_rounds() -> None:
        task = asyncio.create_task(keep(installation, Duty(name="x", every_s=0, do=stumble)))
        while len(done) < 3:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(some_rounds(), 20))
    assert done[:3] == [0, 1, 2]


def test_the_launcher_sees_to_them_from_its_start(installation: Installation, organiser: Actor) -> None:
    async def live_until_published() -> None:
        async with _living(installation, LiveSockets(), 0, lambda: None)(None):
            while not days(installation, organiser):
                await asyncio.sleep(0.05)

    asyncio.run(asyncio.wait_for(live_until_published(), 60))
    assert days(installation, organiser) == [date(2026, 11, 21)]
