from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from plans_repo import resources
from plans_repo.contacts import Contact, add_contact, contacts
from plans_repo.corrections import digest, reasons_of
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import OrganisationKind
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.store import events
from plans_repo.store.roles import Action, Role, may
from plans_repo.store.work import Actor, Store
from sim.errors import SimError
from sim.figure import Mark
from sim.plain import plain
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


def test_what_the_county_itself_keeps_comes_to_every_place_of_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        a_body(work, "市政府", "/1/", OrganisationKind.GOVERNMENT)
        a_body(work, "县政府", "/1/e/", OrganisationKind.GOVERNMENT)
        kept = (
            ("市消防支队", "/1/", 900),
            ("县消防大队", "/1/e/", 30),
            ("河口镇", "/1/e/t/", 12),
            ("山口镇", "/1/e/s/", 60),
        )
        for name, area, quantity in kept:
            resources.add_resource(work, crews(a_body(work, name, area).id, title=name, quantity=quantity))
        assert resources.pool_units(work, "/1/e/t/") == {"crews": 5 + 2}  # neither the city's nor its neighbour's
        assert resources.pool_units(work, "/1/e/t/v/") == {"crews": 5 + 2}
        assert resources.pool_units(work, "/1/e/") == {"crews": 5 + 2 + 10}
        assert {entry.title for entry in resources.supplying(work, "/1/e/t/")} == {"县消防大队", "河口镇"}


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
        write(work, entry, reason=" 张三调离 ")
        (reason,) = reasons_of(work, {entry.id}).values()
        assert (reason.text, reason.revision, reason.given_at) == ("张三调离", 2, work.now)


@pytest.mark.parametrize("write", [resources.change_resource, resources.retire_resource])
def test_the_words_of_a_reason_stay_out_of_the_chain_which_carries_their_digest(
    store: Store, everybody: Actor, write: Any
) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        write(work, entry, reason="张三调离")
        (reason,) = reasons_of(work, {entry.id}).values()
        told = events.history(work, "resources")[-1].payload
        assert "张三" not in str(events.history(work, "resources"))
        assert told["reason_digest"] == digest(reason.id, "张三调离")
        assert reason.id not in str(told)


def test_the_reasons_of_corrections_are_told_latest_first_to_who_may_correct(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/", OrganisationKind.EMERGENCY_BUREAU).id
        entry = resources.add_resource(work, crews(county))
        for reason in ("盘点", "核对"):
            entry = resources.change_resource(work, entry, reason=reason)
        assert [reason.text for reason in resources.reasons(work, entry)] == ["核对", "盘点"]
    with store.reading(person("reader", Role.REVIEWER, organisation=county)) as work:
        assert resources.reasons(work, entry) == ()


CHANGED = {
    "quantity": 18, "ready_share": 0.5, "quantity_per_unit": 3, "pool": "boats", "unit": "名", "place": "河口",
    "mark": Mark.READ, "source": "盘点表", "checked_on": date(2025, 6, 1),
}  # fmt: skip


def test_the_event_of_a_correction_tells_every_changed_field_before_and_after(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        resources.change_resource(work, replace(entry, **CHANGED), reason="盘点")
        told = events.history(work, "resources")[-1].payload["changes"]
        assert told == {
            name: {"before": plain(getattr(entry, name)), "after": plain(value)} for name, value in CHANGED.items()
        }


@pytest.mark.parametrize("write", [resources.change_resource, resources.retire_resource])
def test_a_reason_too_long_is_refused_in_one_sentence(store: Store, everybody: Actor, write: Any) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        with pytest.raises(PlansRepoError) as refusal:
            write(work, entry, reason="长" * 301)
        assert (refusal.value.code, refusal.value.fields["limit"]) == ("resource-text-too-long", 300)
        assert write(work, entry, reason="长" * 300).revision == 2


@pytest.mark.parametrize(
    ("field", "most"), [("title", 200), ("title_en", 200), ("unit", 40), ("place", 200), ("source", 300), ("pool", 80)]
)
def test_words_longer_than_their_column_are_refused(store: Store, everybody: Actor, field: str, most: int) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        with pytest.raises(PlansRepoError) as refusal:
            resources.add_resource(work, crews(county, **{field: "长" * (most + 1)}))
        assert (refusal.value.code, refusal.value.fields["field"]) == ("resource-text-too-long", field)
        assert getattr(resources.add_resource(work, crews(county, **{field: "长" * most})), field) == "长" * most


def test_a_retired_entry_counts_no_more_and_stays_to_be_read(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id))
        gone = resources.retire_resource(work, entry, reason="队伍撤销")
        assert (resources.resources(work), resources.pool_units(work, "/1/")) == ((), {"crews": 0})
        assert resources.resources(work, with_retired=True) == (gone,)
        assert (gone.retired_at, gone.retired_why) == (work.now, "队伍撤销")
        assert resources.changeable(work, [gone]) == ()
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
        assert resources.changeable(work, [boats]) == ()
        with pytest.raises(NotAllowed) as refusal:
            resources.retire_resource(work, boats, reason="重复")
        assert refusal.value.code == "resource-of-another-body"
    with store.work(person("bureau", Role.PLAN_AUTHOR, organisation=bureau)) as work:
        assert len(resources.keepers(work)) == 3
        assert resources.change_resource(work, replace(boats, quantity=6), reason="盘点").quantity == 6
    with store.reading(person("reader", Role.REVIEWER, organisation=bureau)) as work:
        assert (resources.keepers(work), resources.changeable(work, [boats])) == ((), ())


def test_the_count_of_a_pool_is_the_same_for_everybody_who_asks(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        towns = [a_body(work, name, area, OrganisationKind.TOWNSHIP).id for name, area in TOWNS]
        for town in towns:
            resources.add_resource(work, crews(town))
    with store.reading(person("town", Role.TOWNSHIP_LIAISON, organisation=towns[0])) as work:
        assert len(resources.resources(work)) == 1
        assert resources.pool_units(work, "/1/") == {"crews": 4}


def test_where_a_person_stands_is_looked_up_once(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/", OrganisationKind.EMERGENCY_BUREAU).id
        entries = [resources.add_resource(work, crews(county)) for _ in range(5)]
    with store.reading(person("author", Role.PLAN_AUTHOR, organisation=county)) as work:
        asked: list[str] = []
        event.listen(work.session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2]))
        assert len(resources.changeable(work, entries)) == 5
        assert sum("FROM organisation" in statement for statement in asked) == 1


EXPERT: dict[str, Any] = {"title": "童砥流", "title_en": "Tong Diliu", "kind": ResourceClass.EXPERT, "unit": "人"}


@pytest.mark.parametrize("role", [role for role in Role if may([role], Action.READ_RESOURCES)])
def test_an_expert_is_named_to_who_may_look_people_up(store: Store, everybody: Actor, role: Role) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        resources.add_resource(work, crews(county, **EXPERT))
    with store.reading(person("reader", role, organisation=county)) as work:
        (entry,) = resources.resources(work)
        shown = ("童砥流", "Tong Diliu") if may([role], Action.READ_CONTACTS) else ("专家", "expert")
        assert (entry.title, entry.title_en) == shown
        assert ("童砥流" in repr(resources.supplying(work, "/1/"))) == may([role], Action.READ_CONTACTS)


def test_an_expert_corrected_by_who_may_not_know_the_name_keeps_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        water = a_body(work, "县水利局", "/1/", OrganisationKind.DEPARTMENT).id
        other = a_body(work, "县应急局", "/1/").id
        mine, theirs = (resources.add_resource(work, crews(body, **EXPERT)) for body in (water, other))
    with store.work(person("water", Role.MEMBER_UNIT, organisation=water)) as work:
        (shown,) = (entry for entry in resources.resources(work) if entry.id == mine.id)
        assert resources.change_resource(work, replace(shown, quantity=2), reason="核对").title == "专家"
        with pytest.raises(NotAllowed) as refusal:
            resources.retire_resource(work, theirs, reason="重复")
        assert "童砥流" not in str(refusal.value)
    with store.reading(everybody) as work:
        (entry,) = (entry for entry in resources.resources(work) if entry.id == mine.id)
        assert (entry.title, entry.title_en, entry.quantity) == ("童砥流", "Tong Diliu", 2)
        assert events.history(work, "resources")[-1].payload["changes"].keys() == {"quantity"}


def test_the_name_of_an_expert_stays_out_of_the_chain_when_it_is_corrected(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        entry = resources.add_resource(work, crews(a_body(work, "县应急局", "/1/").id, **EXPERT))
        resources.change_resource(work, replace(entry, title="童底流", quantity=2), reason="错字")
        told = events.history(work, "resources")
        assert told[-1].payload["changes"]["quantity"] == {"before": 12, "after": 2}
        assert "title" in told[-1].payload["changes"]
        assert "流" not in str(told)


def test_people_stay_out_of_the_chains(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "县应急局", "/1/").id
        contact = add_contact(work, Contact(name="赵铁柱", phone="13900001111", organisation=county))
        resources.add_resource(work, crews(county, contact=contact.id))
        told = [event for chain in ("resources", "organisations") for event in events.history(work, chain)]
        assert told
        assert "赵铁柱" not in str(told)
        assert "13900001111" not in str(told)
        assert contacts(work) == (contact,)
    with store.reading(person("member", Role.MEMBER_UNIT)) as work, pytest.raises(NotAllowed):
        contacts(work)


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


TOWNS = (("河口镇", "/1/a/"), ("双堤镇", "/1/b/"))
GROUND: dict[str, Any] = {"source": "应急资源调查报告", "checked_on": date(2025, 1, 1)}


def crews(keeper: str, **more: Any) -> Resource:
    usual = {"title": "救援队", "kind": ResourceClass.TEAM, "quantity": 12, "unit": "人", "keeper": keeper} | GROUND
    return Resource(**(usual | {"pool": "crews", "quantity_per_unit": 6} | more))


def tents(keeper: str, holding: Holding, quantity: int) -> Resource:
    return Resource(
        title=f"帐篷 {holding}", kind=ResourceClass.LIVING_RELIEF, holding=holding, quantity=quantity, unit="顶",
        keeper=keeper, pool="tents", **GROUND,
    )  # fmt: skip
