"""The wording pack is complete in both languages."""

from __future__ import annotations

from string import Formatter

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.word.facts import OWN_LABELS, VERDICTS
from plans_repo.word.wording import LANGUAGES, Wording, pack
from sim.figure import Footing, Mark


def blanks(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_each_entry_has_both_languages_with_the_same_blanks() -> None:
    by_parts = ("number.day",)  # a date is written by parts in Chinese, as ISO in English
    assert [key for key, entry in pack().items() if set(entry) != set(LANGUAGES)] == []
    assert [key for key, entry in pack().items() if blanks(entry["zh"]) != blanks(entry["en"])] == [*by_parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_facts_has_a_name(language: str) -> None:
    words = Wording(language)
    keys = [f"verdict.{verdict}" for verdict in VERDICTS]
    keys += [f"mark.{mark}" for mark in Mark] + [f"footing.{footing}" for footing in Footing]
    keys += [f"stuck.{label}" for label in OWN_LABELS]
    assert all(words.say(key, task="t", pool="p") for key in keys)


def test_a_missing_entry_is_refused_by_name() -> None:
    with pytest.raises(PlansRepoError, match="report-wording-missing"):
        Wording("zh").say("no.such.entry")


def test_undecided_never_contains_the_word_for_adequate() -> None:
    assert "充分" not in Wording("zh").say("verdict.undecided")
    assert "adequate" not in Wording("en").say("verdict.undecided")
