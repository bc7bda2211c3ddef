"""A revealed file checks itself; whatever is changed in it shows."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.sealing.ceremony import cancel, draw, look, reveal
from drills.sealing.commitment import commitment_of, fits
from drills.sealing.publication import beacons, keep_beacon
from drills.sealing.revelation import Part, file_of, revelation_from, verify
from plans_repo.store.roles import Role
from plans_repo.store.work import Store, new_uuid
from sim.plain import canonical, digest
from tests import databases
from tests.drills.builders import PASSPHRASE, a_vault, a_wish, person
from tests.drills.conftest import StillClock


@pytest.fixture(scope="module")
def revealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[date, str]]:
    """A revealed file and the hashes of the beacons somebody kept."""
    home: Path = tmp_path_factory.mktemp("revealed")
    url, clock = databases.new_file(home, databases.BOTH), StillClock()
    store, vault, organiser = (
        Store.open(url, clock=clock, new_id=new_uuid),
        a_vault(home),
        person("o", Role.DRILL_ORGANISER),
    )
    keep_beacon(store, vault)
    with store.reading(organiser) as work:
        ticket = draw(work, vault, a_wish(), passphrase=PASSPHRASE)
    clock.forward(days=1)
    keep_beacon(store, vault)
    with store.reading(organiser) as work:
        look(work, vault, ticket.drill, PASSPHRASE)
        cancel(work, vault, ticket.drill, PASSPHRASE, reason="任务冲突")
    clock.forward(days=1)
    keep_beacon(store, vault)
    with store.work(organiser) as work:
        file = file_of(reveal(work, vault, ticket.drill, PASSPHRASE))
        kept = {item.day: item.hash for item in beacons(work)}
    store.close()
    return file, kept


File = tuple[bytes, dict[date, str]]


def test_a_file_left_alone_is_valid(revealed: File) -> None:
    file, kept = revealed
    verdict = verify(file, kept)
    assert verdict.faults == ()
    assert verdict.valid
    assert verdict.published_on == date(2026, 11, 21)
    assert verify(file + b"\n").valid


@given(position=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_one_changed_byte_anywhere_shows(revealed: File, position: float, change: int) -> None:
    data = bytearray(revealed[0])
    data[int(position * len(data))] ^= change
    assert not verify(bytes(data)).valid


@given(st.binary(max_size=200))
def test_anything_else_is_no_revealed_file(data: bytes) -> None:
    verdict = verify(data)
    assert [fault.part for fault in verdict.faults] == [Part.FILE]
    with pytest.raises(DrillError, match="revelation-unreadable"):
        revelation_from(data)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every single field of a file."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, key))
    else:
        yield path


def forged(file: bytes, path: tuple[Any, ...]) -> bytes:
    """The file with one field changed by somebody who knows how digests are made."""
    data = json.loads(file)
    del data["digest"]
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = other(place[path[-1]])
    return canonical({**data, "digest": digest(data)})


def other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "somebody"
    return ("1" if value[:1] == "0" else "0") + value[1:] if value else "x"


FREE = {("revealed_at",), ("state",), ("reason",)}
"""Said by the opener, not committed to."""


def test_every_single_field_that_was_committed_shows_a_forgery(revealed: File) -> None:
    file, kept = revealed
    unseen = [
        path for path in leaves(json.loads(file)) if path != ("digest",) and verify(forged(file, path), kept).valid
    ]
    assert set(unseen) <= FREE


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (("content", "day"), Part.COMMITMENT),
        (("content", "place"), Part.COMMITMENT),
        (("nonce",), Part.COMMITMENT),
        (("commitment",), Part.COMMITMENT),
        (("log", 0, "account"), Part.LOG),
        (("deposits", 0, "blinder"), Part.BEACON),
        (("beacons", 0, "block"), Part.BEACON),
    ],
)
def test_the_part_that_does_not_fit_is_named(revealed: File, path: tuple[Any, ...], part: Part) -> None:
    assert part in {fault.part for fault in verify(forged(revealed[0], path)).faults}


def recommitted(file: bytes, **changes: Any) -> bytes:
    """A file whose maker changed the content and made commitment and digest anew: the draw still gives him away."""
    data = json.loads(file)
    del data["digest"]
    data["content"] |= changes
    data["commitment"] = commitment_of(data["content"], bytes.fromhex(data["nonce"]))
    return canonical({**data, "digest": digest(data)})


def test_a_day_that_was_chosen_and_not_drawn_shows_even_under_a_fresh_commitment(revealed: File) -> None:
    faults = verify(recommitted(revealed[0], day="2027-04-30", time="09:00", place="别处")).faults
    assert {fault.where for fault in faults if fault.part is Part.DRAW} >= {"place"}
    assert Part.BEACON in {fault.part for fault in faults}


def test_a_log_with_a_line_left_out_shows_by_the_heads_in_the_beacons(revealed: File) -> None:
    """A chain made anew from the start fits in itself; the published head does not fit it."""
    data = json.loads(revealed[0])
    del data["digest"]
    data["log"] = data["log"][:1]
    faults = verify(canonical({**data, "digest": digest(data)})).faults
    assert [fault.part for fault in faults] == [Part.LOG]


def test_a_beacon_that_differs_from_the_one_somebody_kept_shows(revealed: File) -> None:
    file, kept = revealed
    assert not verify(file, {**kept, date(2026, 11, 21): "0" * 64}).valid


contents = st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers(), min_size=1, max_size=6)
nonces = st.binary(min_size=32, max_size=32)


@given(contents, nonces, st.data())
@settings(max_examples=300)
def test_changing_any_single_field_breaks_the_commitment(
    content: dict[str, Any], nonce: bytes, data: st.DataObject
) -> None:
    commitment = commitment_of(content, nonce)
    assert fits(commitment, content, nonce)
    key = data.draw(st.sampled_from(sorted(content)))
    value = data.draw(st.text(max_size=20).filter(lambda text: text != content[key]))
    assert not fits(commitment, {**content, key: value}, nonce)
    assert not fits(commitment, {**content, f"{key}+": 0}, nonce)
    assert not fits(commitment, {name: item for name, item in content.items() if name != key}, nonce)
    assert not fits(commitment, content, bytes([nonce[0] ^ 1]) + nonce[1:])
    assert not fits(commitment, content, nonce[1:])


def test_without_the_nonce_trying_all_minutes_of_a_year_finds_nothing() -> None:
    """The digest of the content alone, for every day and hour there could be, is not the commitment."""
    content = {"day": "2027-03-04", "time": "09:00", "place": "北河堤"}
    commitment = commitment_of(content, bytes([7]) * 32)
    tried = {
        commitment_of({**content, "day": f"2027-{month:02}-{day:02}", "time": f"{hour:02}:00"}, b"")
        for month in range(1, 13)
        for day in range(1, 32)
        for hour in range(24)
    }
    assert commitment not in tried
