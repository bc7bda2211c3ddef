"""Sealing bytes: round trip, one clear refusal, one changed byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.sealing.container import (
    Keys,
    Way,
    capacity,
    check_passphrase,
    header_of,
    open_container,
    passphrase_key,
    read_header,
    rekeyed,
    resealed,
    seal,
)
from tests.drills.builders import CHEAP, a_tape

SIZE = 2048
SALT = bytes(16)
HEADER = header_of(SALT, CHEAP)
DIRECTOR, RECOVERY, SERVER = (bytes([n]) * 32 for n in (1, 2, 3))


def sealed(data: bytes, *, recovery: bytes | None = RECOVERY, server: bytes | None = None) -> bytes:
    keys = Keys(passphrase=DIRECTOR, recovery=recovery, server=server)
    return seal(data, keys, header=HEADER, size=SIZE, random=a_tape())


@given(st.binary(max_size=capacity(SIZE)))
@settings(max_examples=200)
def test_whatever_fits_comes_out_as_it_went_in_and_takes_the_same_room(data: bytes) -> None:
    container = sealed(data)
    assert len(container) == SIZE
    for way, key in ((Way.PASSPHRASE, DIRECTOR), (Way.RECOVERY, RECOVERY)):
        opened = open_container(container, {way: key})
        assert opened is not None
        assert (opened.data, opened.way) == (data, way)


def test_one_byte_too_many_is_refused() -> None:
    assert open_container(sealed(bytes(capacity(SIZE))), {Way.PASSPHRASE: DIRECTOR}) is not None
    with pytest.raises(DrillError, match="sealed-full"):
        sealed(bytes(capacity(SIZE) + 1))


@given(st.integers(0, SIZE - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_one_changed_byte_anywhere_and_nothing_opens(position: int, change: int) -> None:
    container = bytearray(sealed(b"content"))
    container[position] ^= change
    assert open_container(bytes(container), {Way.PASSPHRASE: DIRECTOR, Way.RECOVERY: RECOVERY}) is None


@given(st.binary(min_size=32, max_size=32))
def test_no_other_key_opens(key: bytes) -> None:
    assert open_container(sealed(b"content"), dict.fromkeys((Way.PASSPHRASE, Way.RECOVERY), b"x" + key[1:])) is None


def test_a_key_opens_its_own_cell_only() -> None:
    assert open_container(sealed(b"content"), {Way.RECOVERY: DIRECTOR}) is None
    assert open_container(sealed(b"content", recovery=None), {Way.RECOVERY: RECOVERY}) is None
    assert open_container(sealed(b"content"), {Way.SERVER: SERVER}) is None
    assert open_container(sealed(b"content", server=SERVER), {Way.SERVER: SERVER}) is not None


def test_other_data_goes_in_for_the_same_passphrases() -> None:
    container = sealed(b"before")
    opened = open_container(container, {Way.PASSPHRASE: DIRECTOR})
    assert opened is not None
    after = resealed(container, opened, b"after", a_tape(2))
    for way, key in ((Way.PASSPHRASE, DIRECTOR), (Way.RECOVERY, RECOVERY)):
        again = open_container(after, {way: key})
        assert again is not None
        assert again.data == b"after"


def test_another_passphrase_replaces_the_old_one() -> None:
    container = sealed(b"content")
    opened = open_container(container, {Way.RECOVERY: RECOVERY})
    assert opened is not None
    after = rekeyed(container, opened, Way.PASSPHRASE, SERVER, b"content", a_tape(2))
    assert open_container(after, {Way.PASSPHRASE: DIRECTOR}) is None
    assert open_container(after, {Way.PASSPHRASE: SERVER}) is not None
    assert open_container(after, {Way.RECOVERY: RECOVERY}) is not None


def test_nothing_of_the_content_shows() -> None:
    container = sealed("北河堤 2027-03-04".encode())
    assert "北河堤".encode() not in container
    assert b"2027" not in container


def test_the_header_names_cipher_and_hashes_so_that_they_can_be_replaced() -> None:
    for name in (b"aes-256-gcm", b"argon2id", b"hkdf-sha256"):
        assert name in HEADER
    assert read_header(sealed(b"")) == (SALT, CHEAP)
    assert read_header(bytes(SIZE)) is None
    assert read_header(HEADER.replace(b"aes-256-gcm", b"sm4-256-gcm")) is None


def test_spellings_that_look_the_same_are_the_same_passphrase() -> None:
    assert passphrase_key("ｐａｓｓ１２３４", SALT, CHEAP) == passphrase_key("pass1234", SALT, CHEAP)
    assert passphrase_key("pass1234", SALT, CHEAP) != passphrase_key("pass1235", SALT, CHEAP)


@pytest.mark.parametrize("words", ["", "1234567", "口令", "   a    "])
def test_a_short_passphrase_is_refused(words: str) -> None:
    with pytest.raises(DrillError, match="passphrase-too-short"):
        check_passphrase(words)
    check_passphrase("三个字")
