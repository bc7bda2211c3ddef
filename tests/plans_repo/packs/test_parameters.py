"""Figures shared by many plans: each says what it is and where it comes from, and is read by the product."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans_repo.packs.reading import names, pack
from sim.figure import Figure, Mark

PACKS = names("parameters")
CODE = [path.read_text(encoding="utf-8") for path in (Path(__file__).parents[3] / "plans_repo").rglob("*.py")]


@pytest.mark.parametrize("name", PACKS)
def test_every_figure_has_a_source_and_two_titles(name: str) -> None:
    for key, entry in pack("parameters", name).items():
        figure = Figure(value=entry["value"], unit=entry["unit"], source=entry["source"], mark=Mark(entry["mark"]))
        assert figure.unit, key
        assert all(entry[field].strip() for field in ("title", "title_en")), key
        assert ("note" in entry) == ("note_en" in entry), key
        assert figure.mark in {Mark.READ, Mark.TO_BE_CONFIRMED, Mark.CALIBRATED}, key
        assert figure.mark is Mark.TO_BE_CONFIRMED or "judgement" not in figure.source, key


@pytest.mark.parametrize("name", PACKS)
def test_no_two_figures_of_a_pack_bear_the_same_title(name: str) -> None:
    for field in ("title", "title_en"):
        titles = [entry[field] for entry in pack("parameters", name).values()]
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_of_parameters_is_read_somewhere(name: str) -> None:
    """A number that reaches no model is a second source of one that does."""
    assert any(f'pack("parameters", "{name}")' in text for text in CODE)
