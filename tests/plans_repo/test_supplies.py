"""Every number of units a study had is told entry by entry, and the entries add up to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plans_repo import resources, supplies
from plans_repo.local_units import LocalUnits
from plans_repo.organisations import OrganisationKind
from plans_repo.resources import Resource, ResourceClass
from plans_repo.store.work import Actor, Store
from plans_repo.supplies import Supply, lots_of, pool_counts, unit_of, with_local
from sim.durations import minutes_fixed
from sim.figure import Mark
from sim.procedure import Hazard, Pool, Procedure, Task
from sim.scenario import ResourceSet
from tests.plans_repo.builders import a_body

BOATS = Pool(id="boat", title="冲锋舟", units=12, source="预案附件3", mark=Mark.PLAN)
BUSES = Pool(id="bus", title="转移客车", units=40, source="经验值", mark=Mark.EXPERT)


def test_the_entries_behind_a_pool_add_up_to_its_units(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        town = a_body(work, "河口镇人民政府", "/1/t/", OrganisationKind.TOWNSHIP).id
        for entry in (
            an_entry(county, "转移客车", 31, "辆", ready_share=0.67),
            an_entry(town, "接驳客车", 5, "辆", mark=Mark.READ),
            an_entry(town, "冲锋舟", 6, "艘", pool="boat"),
        ):
            resources.add_resource(work, entry)
        found = supplies.supplies(work, "/1/", ["bus"])
        assert {supply.pool for supply in found} == {"bus"}
        assert sum(supply.units for supply in found) == resources.pool_units(work, "/1/")["bus"] == 25
        assert {(supply.keeper, supply.source, supply.checked_on) for supply in found} == {
            ("县应急局", "盘点表", date(2025, 1, 1)),
            ("河口镇人民政府", "盘点表", date(2025, 1, 1)),
        }


def test_a_person_is_not_named_in_the_record_of_a_study(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        resources.add_resource(work, an_entry(county, "童砥流", 1, "人", kind=ResourceClass.EXPERT, pool="dike_expert"))
        (found,) = supplies.supplies(work, "/1/", ["dike_expert"])
    assert "童砥流" not in repr(found)
    assert found.title == "专家"


def test_a_pool_without_entries_keeps_the_procedures_number_source_and_mark() -> None:
    counted = ResourceSet(id="register", title="台账", units=(("bus", 25),))
    found = (a_supply(units=20), a_supply(units=5, mark=Mark.TO_BE_CONFIRMED))
    buses, boats = pool_counts(a_procedure(), counted, found)
    assert (buses.units, buses.is_counted, buses.mark) == (25, True, Mark.TO_BE_CONFIRMED)
    assert (boats.units, boats.is_counted, boats.mark, boats.supplies) == (12, False, Mark.PLAN, ())


def test_a_sum_without_its_entries_is_to_be_confirmed() -> None:
    buses, _boats = pool_counts(a_procedure(), ResourceSet(id="register", title="台账", units=(("bus", 25),)), ())
    assert buses.mark is Mark.TO_BE_CONFIRMED


def test_units_of_the_places_stand_for_the_procedures_and_for_the_registers() -> None:
    counted = ResourceSet(id="register", title="台账", units=(("boat", 7),))
    local = LocalUnits(pool="boat", each=(1, 2, 2), source="夜间洪水")
    counts = pool_counts(a_procedure(), counted, [a_supply(pool="boat", units=7)])
    buses, boats = with_local(counts, [local], frozenset({"bus"}))
    assert (buses.units, buses.local) == (40, None)
    assert (boats.units, boats.is_counted, boats.entries, boats.mark) == (5, False, 0, Mark.TO_BE_CONFIRMED)


def test_units_for_everybody_stay_beside_those_of_the_places_where_a_task_takes_of_them() -> None:
    local = LocalUnits(pool="boat", each=(1, 2, 2), source="夜间洪水")
    counts = pool_counts(a_procedure(), ResourceSet(id="procedure", title="自有"), ())
    told = [count.units for count in with_local(counts, [local], frozenset({"boat"}))]
    assert told == [40, 5, 12]


AN_AMOUNT = st.integers(0, 500)
SUPPLIES = st.lists(
    st.builds(
        lambda keeper, mark, amount: a_supply(keeper=keeper, mark=mark, quantity=amount, units=amount),
        st.sampled_from(["甲", "乙", "丙"]),
        st.sampled_from(resources.MARKS),
        AN_AMOUNT,
    )
)


@given(SUPPLIES)
def test_lots_lose_nothing(found: list[Supply]) -> None:
    lots = lots_of(found)
    assert sum(lot.units for lot in lots) == sum(supply.units for supply in found)
    assert sum(len(lot.titles) for lot in lots) == len(found)
    assert len({(lot.keeper, lot.mark) for lot in lots}) == len(lots)


def test_every_pool_of_the_packs_is_counted_in_something() -> None:
    for pool in supplies.known_pools().values():
        for language in ("zh", "en"):
            assert unit_of(pool, language) not in ("", pool.id, pool.kind.value), pool.id


def a_procedure() -> Procedure:
    task = Task(id="t", title="转移", duration=minutes_fixed(5))
    return Procedure(hazard=Hazard.FLOOD, tasks=(task,), pools=(BUSES, BOATS))


def a_supply(**changes: Any) -> Supply:
    usual = Supply(
        pool="bus", entry="e", title="客车", keeper="县应急局", quantity=20, unit="辆", units=20,
        checked_on=date(2025, 1, 1), source="盘点表", mark=Mark.READ,
    )  # fmt: skip
    return replace(usual, **changes)


def an_entry(keeper: str, title: str, quantity: int, unit: str, **more: Any) -> Resource:
    usual = {"kind": ResourceClass.VEHICLE, "pool": "bus", "source": "盘点表", "checked_on": date(2025, 1, 1)}
    return Resource(title=title, quantity=quantity, unit=unit, keeper=keeper, **(usual | more))
