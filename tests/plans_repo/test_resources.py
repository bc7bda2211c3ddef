from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo import resources
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import OrganisationKind
from plans_repo.resources import Contact, Holding, Resource, ResourceClass
from plans_repo.store import events
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from sim.errors import SimError
from sim.figure import Mark
from tests.plans_repo.builders import a_body
from tests.plans_repo.conftest import person


def test_the_pools_of_an_area_add_up_what_is_ready(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/e/").id
        town = a_body(work, "河口镇", "/1/e/t/", OrganisationKind.TOWNSHIP).id
        west = a_body(work, "西县应急局", "/1/w/").id
        for resource in (
            crews(county, quantity=30, ready_share=0.67),
            crews(town, quantity=12),
            crews(west, quantity=600),
            tents(county, Holding.OWN, 100),
            tents(county, Holding.CAPACITY, 900),
        ):
            resources.add_resource(work, resource)
        assert resources.pool_units(work, "/1/e/") == {"crews": 3 + 2, "tents": 100}
        assert resources.pool_units(work, "/1/e/t/") == {"crews": 2}


def test_each_county_sees_its_own_and_those_above(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = {area: a_body(work, area, area).id for area in ("/1/", "/1/e/", "/1/w/")}
        for body in bodies.values():
            resources.add_resource(work, crews(body, title=f"队{body}"))
    with store.reading(person("east", Role.MEMBER_UNIT, organisation=bodies["/1/e/"])) as work:
        assert {resource.area for resource in resources.resources(work)} == {"/1/", "/1/e/"}


def test_nobody_enters_resources_of_another_area(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        east, west = (a_body(work, area, area).id for area in ("/1/e/", "/1/w/"))
    with store.work(person("east", Role.MEMBER_UNIT, organisation=east)) as work, pytest.raises(NotAllowed):
        resources.add_resource(work, crews(west))


def test_a_change_keeps_count_of_revisions_and_refuses_an_old_one(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        first = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        second = resources.change_resource(work, replace(first, quantity=18), reason="新招6人")
        assert (second.quantity, second.revision) == (18, 2)
        with pytest.raises(StaleRevision):
            resources.change_resource(work, replace(first, quantity=24), reason="新招6人")
        with pytest.raises(NotFound):
            resources.change_resource(work, replace(first, id="nowhere"), reason="新招6人")


@pytest.mark.parametrize("write", [resources.change_resource, resources.retire_resource])
def test_whoever_changes_an_entry_says_why(store: Store, everybody: Actor, write: Any) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        with pytest.raises(PlansRepoError) as refusal:
            write(work, entry, reason="  ")
        assert refusal.value.code == "reason-missing"
        write(work, entry, reason="盘点")
        assert "盘点" in str(list(events.history(work, "resources"))[-1])


def test_a_retired_entry_counts_no_more_and_stays_to_be_read(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        gone = resources.retire_resource(work, entry, reason="队伍撤销")
        assert (resources.resources(work), resources.pool_units(work, "/1/")) == ((), {})
        assert resources.resources(work, with_retired=True) == (gone,)
        assert (gone.retired_at, gone.retired_why) == (work.now, "队伍撤销")
        for again in (resources.change_resource, resources.retire_resource):
            with pytest.raises(PlansRepoError) as refusal:
                again(work, gone, reason="撤销有误")
            assert refusal.value.code == "resource-retired"


@pytest.mark.parametrize(
    ("groundless", "code"),
    [
        ({"source": " "}, "resource-without-source"),
        ({"checked_on": None}, "resource-without-day"),
        ({"checked_on": date(2099, 1, 1)}, "resource-day-ahead"),
    ],
)
def test_a_figure_without_ground_does_not_enter(
    store: Store, everybody: Actor, groundless: dict[str, Any], code: str
) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        with pytest.raises(PlansRepoError) as refusal:
            resources.add_resource(work, crews(county, **groundless))
        assert refusal.value.code == code
        entry = resources.add_resource(work, crews(county))
        with pytest.raises(PlansRepoError):
            resources.change_resource(work, replace(entry, **groundless), reason="更正")


def test_a_department_answers_for_what_it_keeps_and_the_bureau_for_everything(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bureau, water, town = (
            a_body(work, name, area, kind).id
            for name, area, kind in (
                ("县应急局", "/1/", OrganisationKind.EMERGENCY_BUREAU),
                ("县水利局", "/1/", OrganisationKind.DEPARTMENT),
                ("河口镇", "/1/t/", OrganisationKind.TOWNSHIP),
            )
        )
        boats = resources.add_resource(work, crews(town))
    with store.work(person("water", Role.MEMBER_UNIT, organisation=water)) as work:
        assert [body.id for body in resources.keepers(work)] == [water]
        assert not resources.may_change(work, boats)
        with pytest.raises(NotAllowed) as refusal:
            resources.retire_resource(work, boats, reason="重复")
        assert refusal.value.code == "resource-of-another-body"
    with store.work(person("bureau", Role.PLAN_AUTHOR, organisation=bureau)) as work:
        assert len(resources.keepers(work)) == 3
        assert resources.change_resource(work, replace(boats, quantity=6), reason="盘点").quantity == 6
    with store.reading(person("reader", Role.REVIEWER, organisation=bureau)) as work:
        assert (resources.keepers(work), resources.may_change(work, boats)) == ((), False)


def test_people_stay_out_of_the_chains(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        contact = resources.add_contact(work, Contact(name="赵铁柱", phone="13900001111", organisation=county))
        resources.add_resource(work, crews(county, contact=contact.id))
        told = [event for chain in ("resources", "organisations") for event in events.history(work, chain)]
        assert told
        assert "赵铁柱" not in str(told)
        assert "13900001111" not in str(told)
        assert resources.contact(work, contact.id) == contact
    with store.reading(person("member", Role.MEMBER_UNIT)) as work, pytest.raises(NotAllowed):
        resources.contact(work, contact.id)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"quantity": -1}, "number-too-small"),
        ({"ready_share": 1.2}, "share-out-of-range"),
        ({"title": " "}, "name-missing"),
        ({"holding": Holding.OWN}, "holding-unfit"),
        ({"kind": ResourceClass.FLOOD}, "holding-unfit"),
        ({"mark": Mark.CALIBRATED}, "resource-mark-unfit"),
    ],
)
def test_a_resource_that_cannot_be_is_refused(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises((PlansRepoError, SimError)) as refusal:
        crews("o", **wrong)
    assert refusal.value.code == code


@given(st.integers(0, 10_000), st.floats(0, 1), st.integers(1, 50))
def test_never_more_is_ready_than_there_is(quantity: int, ready_share: float, per_unit: int) -> None:
    ready = crews("o", quantity=quantity, ready_share=ready_share, quantity_per_unit=per_unit).ready_units
    assert 0 <= ready * per_unit <= quantity


GROUND: dict[str, Any] = {"source": "应急资源调查报告", "checked_on": date(2025, 1, 1)}


def crews(keeper: str, **more: Any) -> Resource:
    usual = {"title": "救援队", "kind": ResourceClass.TEAM, "quantity": 12, "unit": "人", "keeper": keeper} | GROUND
    return Resource(**(usual | {"pool": "crews", "quantity_per_unit": 6} | more))


def tents(keeper: str, holding: Holding, quantity: int) -> Resource:
    return Resource(
        title=f"帐篷 {holding}", kind=ResourceClass.LIVING_RELIEF, holding=holding, quantity=quantity, unit="顶",
        keeper=keeper, pool="tents", **GROUND,
    )  # fmt: skip
