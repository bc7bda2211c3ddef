"""Several events asked again with other units or another parameter: every part is asked anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.batch import reference_batch
from sim.choice import Guarantee, Offer, choose
from sim.compound import Compound, CompoundQuestion, Part, Trigger, set_off
from sim.errors import SimError
from sim.influences import Range, varied
from sim.stopping import StopRule
from sim.variants import with_units
from tests.sim.asking import a_target
from tests.sim.builders import a_pool, a_procedure, a_task
from tests.sim.test_compound import OWN, asked, river, two

SIGMA = Range(name="second:arrival_sigma", low=0.1, high=0.9, is_parameter=True)


def crews() -> CompoundQuestion:
    """Two hours' work of one team, in time only where two of it are there; the second event asks for it later."""
    tasks = [a_task(name, 60, pool="team") for name in ("A", "B")]
    first = a_procedure(*tasks, pools=(a_pool("team", 1),), targets=(a_target("B", 90, assurance=0.9),))
    second = a_procedure(a_task("C", 60, pool="team"), pools=(a_pool("team", 1),))
    return asked(two(start_min=100), first, second)


def test_units_reach_the_pools_of_every_part():
    changed = with_units(crews(), [("team", 3)])
    assert [pool.units for pool in changed.network.pools if pool.id == "team"] == [3]
    assert changed.digest == with_units(with_units(crews(), [("team", 2)]), [("team", 3)]).digest != crews().digest


def test_the_fewest_units_that_are_enough_for_several_events_are_found():
    offer = Offer(pool="team", least=0, most=4, cost=1)
    found = choose(crews(), [offer], seed=1, rule=StopRule(runs=200), batch=reference_batch)
    assert found.best
    assert (found.best.units, found.guarantee) == ((("team", 2),), Guarantee.CHEAPEST)
    assert [(each.units[0][1], each.reached[0].p_met) for each in found.ruled_out] == [(0, 0.0), (1, 0.0)]


def test_a_parameter_of_a_part_changes_that_part_alone():
    question = asked(two())
    changed = varied(question, {SIGMA: 0.9})
    assert changed.network.digest != question.network.digest
    second = replace(two().parts[1], scenario=river().with_value("arrival_sigma", 0.9))
    whole = replace(two(), parts=(two().parts[0], second))
    assert changed.network.digest == asked(whole).network.digest


def test_a_parameter_no_part_has_is_refused():
    with pytest.raises(SimError) as refused:
        asked(two()).with_values({"second:tide_m": 1})
    assert refused.value.code == "number-missing"


def test_what_follows_from_a_parameter_begins_when_it_then_does():
    trigger = Trigger(clock="last_bus", entity="V")
    calm = river().with_value("arrival_sigma", 0)
    parts = (Part(id="", scenario=calm), Part(id="second", scenario=river(), trigger=trigger))
    question = asked(set_off(Compound(id="c", title="链", parts=parts, horizon_min=2000)))
    earlier = question.with_values({"road_lead_min": 60})  # the last bus has to leave half an hour sooner
    assert earlier.compound.parts[1].start_min == question.compound.parts[1].start_min - 30


def test_units_asked_for_later_are_those_asked_for_at_once():
    later = with_units(asked(two()), [("bus", 7)])
    at_once = asked(two(), resources=replace(OWN, units=(("bus", 7),)))
    assert later.digest == at_once.digest
