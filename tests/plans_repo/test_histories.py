"""What happened to a plan, told in one order."""

from plans_repo import histories, plans
from plans_repo.store import events
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import a_plan, some_clauses
from tests.plans_repo.conftest import StillClock, person

AUTHOR = person("author", Role.PLAN_AUTHOR)


def test_what_was_entered_with_a_clock_set_back_stands_in_the_order_of_time(store: Store, clock: StillClock) -> None:
    with store.work(AUTHOR) as work:
        plan, _first = a_plan(work)
    for days in (-30, 20):
        clock.forward(days=days)
        with store.work(AUTHOR) as work:
            plans.make_version(work, plan.id, some_clauses(), reason=f"{days}", trigger=Trigger.EDITING)
    with store.reading(AUTHOR) as work:
        told = histories.history(work, plan.id)
        chain = events.history(work, events.chain_of_plan(plan.id))
    assert [event.at for event in told] == sorted(event.at for event in chain)
    assert [event.position for event in told[:2]] == [chain[-2].position, chain[-1].position]
    assert {event.hash for event in told} == {event.hash for event in chain}
