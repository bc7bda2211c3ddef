"""Squads that the event does not send: none by the packaged events, those that a set of units adds."""

from __future__ import annotations

import pytest

from plans_repo.packs import reading as packs
from sim.hazards.models import contribution_of
from sim.procedure import Hazard
from sim.sending import unsent

MINES = [one for one in packs.scenarios() if one.hazard is Hazard.MINE]


@pytest.mark.parametrize("scenario", MINES, ids=lambda one: one.id)
def test_a_packaged_event_sends_every_squad_of_its_procedure_and_none_that_is_added(scenario) -> None:
    procedure, brings = packs.template(scenario.spread).procedure, contribution_of(scenario)
    assert list(unsent(procedure, brings, {})) == []
    (found,) = unsent(procedure, brings, {"mine_rescue_squad": 5, "mine_rescue_vehicle": 9})
    assert (found.pool.id, found.units, found.sent) == ("mine_rescue_squad", 5, 3)


def test_fires_and_floods_have_their_units_elsewhere() -> None:
    for scenario in packs.scenarios():
        if scenario.hazard is not Hazard.MINE:
            procedure = packs.template(scenario.spread).procedure
            many = {pool.id: 99 for pool in procedure.pools}
            assert list(unsent(procedure, contribution_of(scenario), many)) == []
