"""The sealed files look the same whatever is in them."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import pytest

from drills.errors import DrillError
from drills.sealing.vault import FREE, INNER_BYTES, SIZES, SLOTS, Vault
from tests.drills.builders import CHEAP, a_vault


def listing(vault: Vault) -> list[tuple[str, int, float, int]]:
    """Name, size, time and rights of all files, and of the directory."""
    paths = [vault.directory, *sorted(vault.directory.iterdir())]
    return [(path.name, path.stat().st_size, path.stat().st_mtime, path.stat().st_mode) for path in paths]


def raw(vault: Vault) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in vault.directory.iterdir()}


def test_there_are_always_the_same_files_of_the_same_size_and_time(vault: Vault) -> None:
    before = listing(vault)
    with vault.contents() as contents:
        contents.put(contents.free_slot(), secrets.token_bytes(INNER_BYTES))
    assert listing(vault) == before
    assert len(before) == len(SIZES) + 1 == SLOTS + 3


def test_every_write_changes_every_file(vault: Vault) -> None:
    before = raw(vault)
    with vault.contents() as contents:
        contents.put(3, secrets.token_bytes(INNER_BYTES))
    after = raw(vault)
    assert all(before[name] != after[name] for name in SIZES)
    vault.rewrite()
    assert all(after[name] != raw(vault)[name] for name in SIZES)


def test_reading_writes_nothing(vault: Vault) -> None:
    before = raw(vault)
    with vault.contents() as contents:
        assert contents.used() == ()
    assert raw(vault) == before


def test_a_free_slot_looks_as_random_as_a_used_one(vault: Vault) -> None:
    """Zeros in there compress to nothing; out here nothing compresses, and no byte is more frequent."""
    import zlib

    with vault.contents() as contents:
        contents.put(0, b"A" * INNER_BYTES)
    for name in ("00", "01"):
        data = (vault.directory / name).read_bytes()
        assert len(zlib.compress(data, 9)) >= len(data)


def test_a_vault_is_made_once(tmp_path: Path) -> None:
    first = a_vault(tmp_path)
    with first.contents() as contents:
        contents.put(5, bytes([7]) * INNER_BYTES)
    with a_vault(tmp_path).contents() as contents:
        assert contents.used() == (5,)
        assert contents.slot(0) == FREE
    assert (tmp_path / "keys" / "sealed.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", sorted(SIZES))
@pytest.mark.parametrize("position", [0, 100, -1])
def test_one_changed_byte_of_any_file_is_found_and_the_file_named(vault: Vault, name: str, position: int) -> None:
    path = vault.directory / name
    data = bytearray(path.read_bytes())
    data[position] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(DrillError) as caught, vault.contents():
        pass
    assert (caught.value.code, caught.value.fields["value"]) == ("sealed-file-damaged", name)


def test_slots_that_changed_places_are_found(vault: Vault) -> None:
    first, second = (vault.directory / name for name in ("00", "01"))
    first.replace(vault.directory / "x")
    second.replace(first)
    (vault.directory / "x").replace(second)
    with pytest.raises(DrillError, match="sealed-file-damaged"), vault.contents():
        pass


def test_a_missing_file_is_named(vault: Vault) -> None:
    (vault.directory / "07").unlink()
    with pytest.raises(DrillError, match="sealed-file-missing"), vault.contents():
        pass


def test_nothing_is_written_when_something_goes_wrong(vault: Vault) -> None:
    before = raw(vault)
    with suppress(KeyError), vault.contents() as contents:
        contents.put(0, bytes([1]) * INNER_BYTES)
        raise KeyError
    assert raw(vault) == before


def test_the_seventeenth_drill_finds_no_slot(vault: Vault) -> None:
    with vault.contents() as contents:
        for _ in range(SLOTS):
            contents.put(contents.free_slot(), bytes([1]) * INNER_BYTES)
        with pytest.raises(DrillError, match="sealed-no-slot"):
            contents.free_slot()


def test_another_machines_key_opens_nothing(vault: Vault, tmp_path: Path) -> None:
    other = Vault(directory=vault.directory, key=os.urandom(32), random=os.urandom, cost=CHEAP)
    with pytest.raises(DrillError, match="sealed-file-damaged"), other.contents():
        pass
