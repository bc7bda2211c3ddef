"""The corpus of generated Word plans: outlines against gold, plans in one file, faults, and every character."""

from collections import Counter

import pytest

from plans_repo.text.reading import Reading, Tracked, read_plan
from tests.plans_repo.text import (
    corpus_blind,
    corpus_blind_more,
    corpus_held_back,
    corpus_layout,
    corpus_numbers,
    corpus_parts,
)
from tests.plans_repo.text.builders import headings, ids
from tests.plans_repo.text.word_corpus import Fixture

FIXTURES = {each.name: each for each in (*corpus_numbers.FIXTURES, *corpus_layout.FIXTURES, *corpus_parts.FIXTURES)}
F1 = 0.97
SMALLEST = 30  # files that the corpus must hold at least


def read(fixture: Fixture, tracked: Tracked = Tracked.ACCEPT) -> Reading:
    return read_plan(fixture.data, "plan.docx", new_id=ids(), tracked=tracked)


def f1(fixtures: list[Fixture]) -> float:
    """Headings with their levels, found and wanted, over all files together."""
    right = wrong = 0
    for fixture in fixtures:
        found, gold = Counter(headings(read(fixture))), Counter(fixture.gold)
        right += 2 * (found & gold).total()
        wrong += (found - gold).total() + (gold - found).total()
    return right / (right + wrong)


def test_headings_are_found_over_the_whole_corpus() -> None:
    assert len(FIXTURES) >= SMALLEST
    assert f1(list(FIXTURES.values())) >= F1


@pytest.mark.parametrize("fixtures", [corpus_held_back.FIXTURES, (*corpus_blind.FIXTURES, *corpus_blind_more.FIXTURES)])
def test_headings_are_found_in_files_written_after_the_rules(fixtures: tuple[Fixture, ...]) -> None:
    assert f1(list(fixtures)) >= F1
    for fixture in fixtures:
        reading = read(fixture)
        assert reading.chars_in == reading.chars_kept, fixture.name


@pytest.mark.parametrize("name", list(FIXTURES))
def test_each_file_keeps_its_outline_its_order_and_its_characters(name: str) -> None:
    fixture = FIXTURES[name]
    reading = read(fixture)
    assert tuple(headings(reading)) == fixture.gold
    assert reading.chars_in == reading.chars_kept


@pytest.mark.parametrize("name", [name for name, fixture in FIXTURES.items() if fixture.notices or fixture.absent])
def test_faults_of_the_source_are_reported(name: str) -> None:
    codes = {notice.code for notice in read(FIXTURES[name]).warnings}
    assert set(FIXTURES[name].notices) <= codes
    assert not codes & set(FIXTURES[name].absent)


@pytest.mark.parametrize("name", list(FIXTURES))
def test_several_plans_in_one_file_are_told_apart_and_one_is_one(name: str) -> None:
    reading = read(FIXTURES[name])
    assert tuple((part.kind.value, part.title) for part in reading.parts) == FIXTURES[name].parts
    if reading.parts:
        assert reading.parts[-1].end == len(reading.clauses)
        assert reading.parts[0].first == 0
        assert all(one.end == other.first for one, other in zip(reading.parts, reading.parts[1:], strict=False))


@pytest.mark.parametrize("tracked", [Tracked.REJECT, Tracked.SUGGEST])
def test_every_character_is_kept_in_every_mode(tracked: Tracked) -> None:
    for fixture in FIXTURES.values():
        reading = read(fixture, tracked)
        assert reading.chars_in == reading.chars_kept, fixture.name
