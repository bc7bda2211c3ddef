"""For everybody outside the control circle a sealed drill does not exist: planted words, and byte for byte."""

import logging
import shutil
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from drills.blackouts import add_blackout, blackouts_between
from drills.calendar_file import calendar_file
from drills.errors import DrillError
from drills.programme import programme_of
from drills.register import clashes, list_drills, plan_drill, schedule_drill
from drills.scheduling import BlackoutKind
from drills.sealing.ceremony import cancel, change_passphrase, draw, look, reveal
from drills.sealing.lot import Lot
from drills.sealing.publication import beacons, keep_beacon
from drills.sealing.vault import Vault
from drills.sealing.witnesses import pledges
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store import jobs
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from tests import databases
from tests.drills.builders import a_vault, a_wish, person
from tests.drills.conftest import StillClock

ORGANISER = person("organiser", Role.DRILL_ORGANISER)
OUTSIDER = person("outsider", *(role for role in Role if role is not Role.DRILL_ORGANISER))
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
PLANTED = (
    "planted-title-曲突徙薪",
    "planted-english-title",
    "planted-place-北河堤",
    "planted-unit-one",
    "planted-unit-two",
    "planted-scenario",
    "planted-purpose-核对场地",
    "planted-reason-任务冲突",
    "planted-passphrase",
    "planted-recovery",
)
TITLE, TITLE_EN, PLACE, UNIT_1, UNIT_2, SCENARIO, PURPOSE, REASON, PASSPHRASE, RECOVERY = PLANTED


@dataclass(kw_only=True)
class World:
    """An installation in a directory, with ids that count, so that an id taken in secret would show."""

    home: Path
    store: Store
    vault: Vault
    clock: StillClock


def a_world(home: Path, key_from: Path | None = None) -> World:
    home.mkdir()
    if key_from is not None:
        (home / "keys").mkdir()
        shutil.copy(key_from / "keys" / "sealed.key", home / "keys")
    url, clock, numbers = databases.new_file(home, databases.BOTH), StillClock(), count(1)
    store = Store.open(url, clock=clock, new_id=lambda: f"{next(numbers):036}")
    return World(home=home, store=store, vault=a_vault(home), clock=clock)


def a_wish_full_of_planted_words() -> Any:
    return a_wish(
        title=TITLE, title_en=TITLE_EN, places=(Lot(id=PLACE),), units=(Lot(id=UNIT_1), Lot(id=UNIT_2)),
        scenarios=(Lot(id=SCENARIO),),
    )  # fmt: skip


def everyday_work(world: World) -> None:
    """What is done in the open, with or without a sealed drill."""
    with world.store.work(ORGANISER) as work:
        known = plan_drill(work, "公开的防汛演练", year=2027, units=["unit-in-the-open"])
        schedule_drill(work, known.id, date(2027, 3, 10))
        add_blackout(work, "高考", kind=BlackoutKind.EXAMINATION, start_on=date(2027, 6, 7), end_on=date(2027, 6, 9))


def secret_work(world: World, *, rounds: int = 2) -> list[str]:
    """Draws, readings, a changed passphrase, refused attempts, a cancellation; returns the words of the refusals."""
    said = []
    for _ in range(rounds):
        with world.store.reading(ORGANISER) as work:
            ticket = draw(work, world.vault, a_wish_full_of_planted_words(), passphrase=PASSPHRASE, recovery=RECOVERY)
            look(work, world.vault, ticket.drill, PASSPHRASE, purpose=PURPOSE)
            change_passphrase(work, world.vault, ticket.drill, RECOVERY, PASSPHRASE)
        for actor, drill, words in (
            (ORGANISER, ticket.drill, "wrong passphrase"),
            (OUTSIDER, ticket.drill, PASSPHRASE),
        ):
            with pytest.raises((DrillError, PlansRepoError)) as caught, world.store.reading(actor) as work:
                look(work, world.vault, drill, words)
            said.append(str(caught.value))
    with world.store.reading(ORGANISER) as work:
        cancel(work, world.vault, ticket.drill, PASSPHRASE, reason=REASON)
    with pytest.raises(DrillError, match="sealed-no-slot"):
        fill_all_slots(world)
    return said


def fill_all_slots(world: World) -> None:
    for _ in range(17):
        with world.store.reading(ORGANISER) as work:
            draw(work, world.vault, a_wish_full_of_planted_words(), passphrase=PASSPHRASE)


def answers_of(world: World) -> bytes:
    """Everything an outsider may ask for, and what an organiser is told about other days."""
    with world.store.reading(OUTSIDER) as work:
        answers = {
            "drills": list_drills(work),
            "blackouts": blackouts_between(work, *YEAR),
            "clashes": clashes(work),
            "programme": programme_of(work, 2027),
            "file": calendar_file(list_drills(work), stamp=work.now),
            "pledges": pledges(work),
            "beacons": beacons(work),
            "refusal": refusal(world),
        }
    assert jobs.claim(world.store, "worker", ("study",)) is None
    return repr(answers).encode()


def conflict_answer(world: World) -> str:
    """An open drill of the very units that are in sealed ones gets the day it asks for."""
    with world.store.work(ORGANISER) as work:
        planned = plan_drill(work, "再一次演练", year=2027, units=[UNIT_1, UNIT_2])
        return repr(schedule_drill(work, planned.id, date(2027, 4, 6)))


def refusal(world: World) -> str:
    with world.store.work(OUTSIDER) as work, pytest.raises((NotFound, PlansRepoError)) as caught:
        reveal(work, world.vault, "any", "any passphrase")
    return str(caught.value)


def listing(directory: Path) -> list[tuple[str, int, float]]:
    paths = sorted([directory, *directory.iterdir()])
    return [(path.name, path.stat().st_size, path.stat().st_mtime) for path in paths if not path.is_dir()] + [
        (directory.name, len(paths), directory.stat().st_mtime)
    ]


def test_an_outsider_sees_the_same_bytes_with_and_without_sealed_drills(tmp_path: Path) -> None:
    """The luck of the beacon held fixed: in the second world its cells fall as they stand in the first."""
    full = a_world(tmp_path / "full")
    keep_beacon(full.store, full.vault)
    everyday_work(full)
    secret_work(full)
    with full.vault.contents() as contents:
        luck = contents.cells
        assert len(contents.used()) == 16
    first = [item.block for item in _beacons(full)]

    empty = a_world(tmp_path / "empty", key_from=full.home)
    _let_cells_fall(empty.vault, [first[0][start : start + 32] for start in range(0, 512, 32)])
    keep_beacon(empty.store, empty.vault)
    everyday_work(empty)
    _let_cells_fall(empty.vault, luck)
    with empty.vault.contents() as contents:
        assert contents.used() == ()

    for world in (full, empty):
        world.clock.forward(days=1)
        keep_beacon(world.store, world.vault)
    assert answers_of(full) == answers_of(empty)
    assert conflict_answer(full) == conflict_answer(empty)
    for world in (full, empty):
        world.store.close()
    assert (full.home / "yuyan.sqlite3").read_bytes() == (empty.home / "yuyan.sqlite3").read_bytes()
    assert listing(full.home / "sealed") == listing(empty.home / "sealed")
    assert {path.name for path in full.home.iterdir()} == {path.name for path in empty.home.iterdir()}


def test_planted_words_are_found_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    world = a_world(tmp_path / "full")
    keep_beacon(world.store, world.vault)
    said = secret_work(world)
    world.clock.forward(days=1)
    keep_beacon(world.store, world.vault)
    answered = answers_of(world)
    found = {path: path.read_bytes() for path in world.home.rglob("*") if path.is_file()}
    world.store.close()
    found |= {path: path.read_bytes() for path in world.home.rglob("*") if path.is_file()}
    out = capfd.readouterr()
    texts = " ".join((*said, caplog.text, out.out, out.err, *(str(path) for path in found)))
    for word in PLANTED:
        forms = [word.encode(), word.encode("utf-16-le"), word.encode("ascii", "backslashreplace")]
        assert word not in texts
        assert [path for path, data in found.items() if any(form in data for form in forms)] == []
        assert not any(form in answered for form in forms)


def test_the_planted_words_are_there_for_the_director_and_for_all_after_the_reveal(tmp_path: Path) -> None:
    """Otherwise the search above would prove nothing."""
    world = a_world(tmp_path / "full")
    keep_beacon(world.store, world.vault)
    with world.store.reading(ORGANISER) as work:
        ticket = draw(work, world.vault, a_wish_full_of_planted_words(), passphrase=PASSPHRASE)
        look(work, world.vault, ticket.drill, PASSPHRASE, purpose=PURPOSE)
        cancel(work, world.vault, ticket.drill, PASSPHRASE, reason=REASON)
    with world.store.work(ORGANISER) as work:
        reveal(work, world.vault, ticket.drill, PASSPHRASE)
    world.store.close()
    data = (world.home / "yuyan.sqlite3").read_bytes()
    for word in (TITLE, TITLE_EN, PLACE, UNIT_1, SCENARIO, PURPOSE, REASON):
        assert word.encode() in data, word
    for word in (PASSPHRASE, RECOVERY):
        assert word.encode() not in data


def _beacons(world: World) -> tuple[Any, ...]:
    with world.store.reading(OUTSIDER) as work:
        return beacons(work)


def _let_cells_fall(vault: Vault, cells: Any) -> None:
    with vault.contents() as contents:
        for number, cell in enumerate(cells):
            contents.put_cell(number, cell)
