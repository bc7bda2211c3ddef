"""Every default figure says what it is, where it comes from and how far it may be trusted."""

import pytest

from sim.figure import Figure, Mark
from tests.sim.formulas.figures import PACKS, entries


def test_there_is_a_pack_for_every_kind_of_event():
    assert {"building_fire", "common", "flood", "forest_fire", "mine"} <= set(PACKS)


@pytest.mark.parametrize("pack", PACKS)
def test_every_figure_of_the_pack_is_a_figure_with_a_source_and_two_titles(pack):
    for name, entry in entries(pack).items():
        figure = Figure(value=entry["value"], unit=entry["unit"], source=entry["source"], mark=Mark(entry["mark"]))
        assert figure.unit, name
        assert all(entry[field].strip() for field in ("title", "title_en")), name
        assert ("note" in entry) == ("note_en" in entry), name
        assert figure.mark in {Mark.READ, Mark.TO_BE_CONFIRMED, Mark.CALIBRATED}, name


@pytest.mark.parametrize("pack", PACKS)
def test_a_judgement_is_never_shown_as_read(pack):
    judged = [name for name, entry in entries(pack).items() if "judgement" in entry["source"]]
    assert all(entries(pack)[name]["mark"] == Mark.TO_BE_CONFIRMED for name in judged)


@pytest.mark.parametrize("pack", PACKS)
def test_no_two_figures_of_a_pack_bear_the_same_title(pack):
    for field in ("title", "title_en"):
        titles = [entry[field] for entry in entries(pack).values()]
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("pack", PACKS)
def test_every_low_is_below_its_high(pack):
    figures = entries(pack)
    for name in figures:
        low, high = figures.get(f"{name.removesuffix('_low')}_low"), figures.get(f"{name.removesuffix('_low')}_high")
        if name.endswith("_low") and high:
            assert low["value"] < high["value"], name
