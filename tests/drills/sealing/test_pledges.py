"""Two nonces, each pledged first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.sealing.pledges import Opening, Party, nonce_from, pledge_of, seed_of

SLATE = "ab" * 32
nonces = st.binary(min_size=32, max_size=32)


def openings(first: bytes, second: bytes) -> tuple[Opening, Opening]:
    return (
        Opening(party=Party.ORGANISER, name="组织者", nonce=first.hex(), pledge=pledge_of(first, SLATE)),
        Opening(party=Party.SLIP, name="", nonce=second.hex(), pledge=pledge_of(second)),
    )


@given(nonces, nonces)
def test_the_seed_depends_on_both_nonces_and_on_the_slate(first: bytes, second: bytes) -> None:
    if first == second:
        return
    organiser, other = openings(first, second)
    seed = seed_of(organiser, other, SLATE)
    turned = bytes([second[0] ^ 1]) + second[1:]
    if turned != first:
        assert seed != seed_of(*openings(first, turned), SLATE)
    assert seed == seed_of(organiser, other, SLATE)


def test_a_nonce_that_does_not_keep_its_pledge_is_refused() -> None:
    organiser, other = openings(bytes(32), bytes([1]) * 32)
    for first, second, slate in (
        (replace(organiser, nonce="02" * 32), other, SLATE),
        (organiser, replace(other, nonce="02" * 32), SLATE),
        (organiser, other, "cd" * 32),
    ):
        with pytest.raises(DrillError, match="pledge-not-kept"):
            seed_of(first, second, slate)


def test_one_party_is_not_two() -> None:
    organiser, other = openings(bytes(32), bytes(32))
    with pytest.raises(DrillError, match="draw-needs-two-parties"):
        seed_of(organiser, other, SLATE)


@pytest.mark.parametrize("words", ["", "zz", "00" * 31, "00" * 33])
def test_a_nonce_is_64_hexadecimal_digits(words: str) -> None:
    with pytest.raises(DrillError, match="nonce-wrong-size"):
        nonce_from(words)
    assert nonce_from(" " + "0A" * 32 + "\n") == b"\x0a" * 32
