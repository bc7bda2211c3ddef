"""A small flood plan with its procedure, a flood of three villages, and timings on it."""

from __future__ import annotations

import pytest

from plans_repo import intake, scenarios
from plans_repo.proposals import procedure_for
from plans_repo.store.work import Actor, Store
from tests.plans_repo.conftest import *  # noqa: F403 - the store and the people of the floor
from tests.plans_repo.test_studies import PLAN, small_river


@pytest.fixture
def plan(store: Store, author: Actor) -> str:
    """The plan's id."""
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        return intake.take_file(work, PLAN.encode(), "临江.txt", propose=procedure_for).first.plan
