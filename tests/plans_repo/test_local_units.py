"""What is told of the units of places is what the network of the run holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from plans_repo.local_units import common_pools, local_units
from plans_repo.packs.reading import pack, scenario_from, scenarios, template
from sim.figure import Mark
from sim.procedure import Procedure, Task
from sim.question import Question
from sim.scenario import ResourceSet, Scenario


def the_flood() -> Scenario:
    return scenario_from(pack("scenarios", "river-plain-night"))


def the_procedure() -> Procedure:
    return template("river").procedure


def asked(procedure: Procedure, scenario: Scenario) -> Question:
    return Question(procedure=procedure, scenario=scenario, resources=ResourceSet(id="procedure", title="自有"))


def drawn_on(question: Question) -> tuple[dict[str, list[int]], set[str]]:
    """By the network: the sizes of the local pools somebody may draw on, and the common pools drawn on."""
    network, common = question.network, len(question.procedure.pools)
    sizes: dict[str, list[int]] = defaultdict(list)
    for pool in network.pools[common:]:
        sizes[pool.id].append(pool.units)
    demands = {demand.pool for node in network.nodes for demand in node.demands}
    return dict(sizes), {network.pools[index].id for index in demands if index < common}


@pytest.mark.parametrize("day_or_night", ["river-plain-day", "river-plain-night"])
def test_the_units_of_the_places_are_those_of_the_network(day_or_night: str) -> None:
    scenario = scenario_from(pack("scenarios", day_or_night))
    question = asked(the_procedure(), scenario)
    sizes, common = drawn_on(question)
    (squads,) = local_units(scenario)
    assert sizes == {"village_team": list(squads.each)}
    assert (squads.places, squads.units, squads.least, squads.most) == (16, 40, 2, 3)
    told = common_pools(question.procedure, scenario, question.level)
    assert "village_team" not in common | told
    assert common <= told


def test_a_task_for_nobody_in_particular_takes_of_the_units_for_everybody() -> None:
    procedure, scenario = the_procedure(), the_flood()
    squad = next(task for task in procedure.tasks if any(need.pool == "village_team" for need in task.needs))
    county = Task(id="county", title="县级集结", duration=squad.duration, needs=squad.needs)
    question = asked(replace(procedure, tasks=(*procedure.tasks, county)), scenario)
    assert "village_team" in drawn_on(question)[1]
    assert "village_team" in common_pools(question.procedure, scenario, question.level)


def test_the_numbers_of_places_are_no_firmer_than_to_be_confirmed() -> None:
    scenario = the_flood()
    firm = tuple(replace(p, figure=replace(p.figure, mark=Mark.READ)) for p in scenario.parameters)
    invented = replace(firm[0], figure=replace(firm[0].figure, mark=Mark.DEMO))
    for parameters, mark in ((firm, Mark.TO_BE_CONFIRMED), ((*firm[1:], invented), Mark.DEMO)):
        (squads,) = local_units(replace(scenario, parameters=parameters))
        assert (squads.mark, squads.source) == (mark, scenario.title)


def test_only_floods_that_move_villages_give_units_place_by_place() -> None:
    assert {item.spread for item in scenarios() if local_units(item)} == {"river", "dam_break", "flash_flood"}
