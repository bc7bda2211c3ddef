"""What stands beside a duration: footing and mark that agree, nothing beside a state."""

from __future__ import annotations

import re

import pytest

from sim.durations import Duration, Lognormal, minutes_fixed
from sim.figure import Footing, Mark, upheld
from ui.components.badges import FOOTINGS, MARKS
from ui.components.duration_cells import grounds, how_long
from ui.wording import choose_language

SURE = {"已查证", "已校准", "演练校准", "公开文献"}


@pytest.fixture(autouse=True)
def _chinese() -> None:
    choose_language("zh")


def badges(markup: str) -> list[str]:
    return re.findall(r'<span class="yy-badge[^>]*>([^<]+)</span>', markup)


def an_hour(footing: Footing, mark: Mark) -> Duration:
    return Duration(law=Lognormal(median_min=60, sigma=0.4), footing=footing, mark=mark, source="一例")


def test_a_state_has_no_badge_and_no_minutes() -> None:
    state = Duration(law=minutes_fixed(0).law, footing=Footing.PUBLISHED, mark=Mark.READ, source="状态节点")
    assert badges(grounds(state)) == []
    assert "状态节点" in grounds(state)
    assert how_long(state) == "—"


@pytest.mark.parametrize("footing", [Footing.EXPERT, Footing.TEMPLATE])
@pytest.mark.parametrize("mark", list(Mark))
def test_nothing_sure_stands_beside_a_weak_footing(footing: Footing, mark: Mark) -> None:
    assert not SURE & set(badges(grounds(an_hour(footing, mark))))


def test_the_same_word_stands_once() -> None:
    assert badges(grounds(an_hour(Footing.EXPERT, Mark.READ))) == ["专家估计"]
    assert badges(grounds(an_hour(Footing.PUBLISHED, Mark.READ))) == ["公开文献", "已查证"]


@pytest.mark.parametrize("footing", list(Footing))
@pytest.mark.parametrize("mark", list(Mark))
def test_a_mark_upheld_once_is_upheld(footing: Footing, mark: Mark) -> None:
    once = upheld(mark, footing)
    assert upheld(once, footing) is once


def test_every_mark_and_footing_has_its_word() -> None:
    assert set(MARKS) == {mark.value for mark in Mark}
    assert set(FOOTINGS) == {footing.value for footing in Footing}
