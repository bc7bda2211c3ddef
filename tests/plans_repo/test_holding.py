"""Forms of holding: what a county has stands ready, what others keep for it comes later and not all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans_repo.holding import Terms, stock, terms
from plans_repo.packs.reading import template
from plans_repo.proposals import combined, spreads_of
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.scenarios import is_answered
from sim.errors import SimError
from sim.procedure import Hazard

TENTS = Resource(
    title="帐篷",
    kind=ResourceClass.LIVING_RELIEF,
    quantity=100,
    unit="顶",
    keeper="o",
    pool="tent",
    holding=Holding.OWN,
)


def held(holding: Holding, **fields) -> Resource:
    return replace(TENTS, holding=holding, **fields)


def test_own_stock_is_there_from_the_beginning():
    assert stock([TENTS]).units == (("tent", 100),)
    assert stock([TENTS]).arrivals == ()


@pytest.mark.parametrize("holding", [Holding.CONTRACT, Holding.KEPT_BY_FIRM, Holding.CAPACITY])
def test_what_others_hold_comes_after_its_delay_and_not_all_of_it(holding: Holding):
    found = stock([TENTS, held(holding)])
    (arrival,) = found.arrivals
    assert found.units == (("tent", 100),)
    assert arrival.at_min == terms(holding).delay_min > 0
    assert arrival.units == int(100 * terms(holding).readiness_share + 1e-9) < 100


def test_the_nearer_holding_comes_first():
    order = [Holding.OWN, Holding.KEPT_BY_FIRM, Holding.CONTRACT, Holding.CAPACITY]
    assert [terms(holding).delay_min for holding in order] == sorted(terms(holding).delay_min for holding in order)


def test_a_pool_that_has_entries_but_nothing_yet_has_none():
    assert stock([held(Holding.CONTRACT)]).units == (("tent", 0),)


def test_terms_that_cannot_be_are_refused():
    with pytest.raises(SimError):
        Terms(delay_min=-1, readiness_share=1)
    with pytest.raises(SimError):
        Terms(delay_min=0, readiness_share=1.1)


@pytest.mark.parametrize(
    ("hazard", "title", "spreads"),
    [
        (Hazard.FLOOD, "云岭县山洪灾害防御应急预案", ("flash_flood",)),
        (Hazard.FLOOD, "云岭县防汛抗旱（含山洪）应急预案", ("river",)),
        (Hazard.FLOOD, "县城内涝应急预案", ("waterlogging",)),
        (Hazard.FLOOD, "石门水库溃坝应急预案", ("dam_break",)),
        (Hazard.MINE, "煤与瓦斯突出事故应急预案", ("outburst",)),
        (Hazard.MINE, "瓦斯爆炸、冒顶事故应急预案", ("gas_explosion", "roof_fall")),
        (Hazard.MINE, "煤矿事故应急预案", ("gas_explosion", "water_inrush")),
        (Hazard.FIRE, "油库火灾应急预案", ("gas_fire",)),
    ],
)
def test_a_rarer_spreadis_answered_only_where_the_title_names_it(hazard: Hazard, title: str, spreads: tuple):
    assert spreads_of(hazard, title, ()) == spreads


def test_a_mine_plan_is_offered_the_events_it_has_tasks_for():
    both = combined([template(name).procedure for name in ("gas_explosion", "water_inrush")])
    assert [name for name in ("gas_explosion", "water_inrush", "roof_fall") if is_answered(name, both)] == [
        "gas_explosion",
        "water_inrush",
    ]
