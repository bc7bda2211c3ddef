"""What a person did, what a person began, what came to a body for knowledge: from events and deeds, as far as seen."""

from __future__ import annotations

from datetime import date

from plans_repo import for_knowledge, own_work, plans
from plans_repo.course import passage
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.filing.recipients import Duty
from plans_repo.organisations import OrganisationKind, create_organisation
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store
from tests.plans_repo.builders import a_body, a_plan, edited
from tests.plans_repo.conftest import person
from tests.plans_repo.filing.builders import OFFICE, SIGNER, issued, made, papers, registered
from tests.plans_repo.filing.test_routes import bodies


def test_what_a_person_did_is_told_by_plan_and_day_and_of_no_one_else(store: Store, everybody: Actor) -> None:
    other = person("另一人", *Role)
    with store.work(everybody) as work:
        mine, _version = a_plan(work, "甲县防汛预案")
    with store.work(other) as work:
        theirs, _version = a_plan(work, "乙县防汛预案")
        plans.make_version(work, mine.id, edited("改过"), reason="改", trigger=Trigger.EDITING)
    with store.reading(everybody) as work:
        (deal,), more = own_work.done(work)
        assert (deal.plan, deal.title, deal.kinds, more) == (
            mine.id, "甲县防汛预案", ("plan-created", "version-made"), None,
        )  # fmt: skip
        assert own_work.done(work, before=deal.at)[0] == ()
    with store.reading(other) as work:
        deals, _more = own_work.done(work)
        assert {one.plan: one.kinds for one in deals} == {
            theirs.id: ("plan-created", "version-made"), mine.id: ("version-made",),
        }  # fmt: skip


def test_a_plan_that_is_no_longer_seen_is_not_told_of(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = {name: a_body(work, name, area).id for name, area in (("东县", "/1/e/"), ("西县", "/1/w/"))}
    moved = person("调动的人", Role.PLAN_AUTHOR, organisation=bodies["东县"])
    with store.work(moved) as work:
        plan, _version = a_plan(work, "东县防汛预案", organisation=bodies["东县"])
        assert [one.entry.id for one in own_work.begun(work)] == [plan.id]
    elsewhere = person("调动的人", Role.PLAN_AUTHOR, organisation=bodies["西县"])
    with store.reading(elsewhere) as work:
        assert own_work.done(work)[0] == ()
        assert own_work.begun(work) == ()


def test_what_was_begun_is_told_with_where_it_stands(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        draft, _version = a_plan(work, "甲县抗旱预案")
        issued, _edition = registered(work, 1, date(2026, 3, 2), title="甲县防汛预案")
        found = {one.entry.id: one for one in own_work.begun(work)}
    assert {plan: one.entry.newest.state for plan, one in found.items() if one.entry.newest} == {
        draft.id: Stage.DRAFT, issued: Stage.IN_FORCE,
    }  # fmt: skip
    assert (found[draft.id].kind, found[draft.id].move) == ("plan-created", None)
    assert found[issued].move is Move.REGISTER


def test_plans_in_force_that_name_a_body_are_told_to_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        water = create_organisation(work, "甲县水利局", kind=OrganisationKind.DEPARTMENT, area="/s/x/").id
        author = create_organisation(work, "甲县应急管理局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/s/x/").id
        plan, first = registered(work, 1, date(2026, 3, 2), title="甲县防汛预案", plan_kind={"organisation": author})
        named = edited("县水利局在30分钟内到岗，县水利局负责巡堤。")
        version = plans.make_version(work, plan, named, reason="修订", trigger=Trigger.DECISION).id
        passage.move(
            work, version, Move.REGISTER, reason="补录", attachments=papers(PaperKind.ISSUED_DOCUMENT),
            on=date(2026, 9, 1), document_number="甲政办发〔2026〕9号",
        )  # fmt: skip
        assert first != version
    reader = person("联络员", Role.MEMBER_UNIT, organisation=water)
    with store.reading(reader) as work:
        (found,) = for_knowledge.naming(work)
        assert (found.entry.id, found.count, found.issued_on) == (plan, 1, date(2026, 9, 1))
        assert for_knowledge.copies(work) == ()
    with store.reading(person("编制人", Role.PLAN_AUTHOR, organisation=author)) as work:
        assert for_knowledge.naming(work) == (), "its own plans tell a body nothing new"


def test_a_filing_is_told_to_whom_it_was_sent_straight_and_not_to_who_answers_it(store: Store) -> None:
    with store.work(SIGNER) as work:
        ids = bodies(work)
    version = issued(store, kind=PlanKind.TOWNSHIP, organisation=ids["甲镇政府"])
    made(store, OFFICE, version, Move.FILE)
    told = {}
    for name in ("县水利局", "县应急局", "县政府"):
        with store.reading(person(name, Role.FILING_OFFICER, organisation=ids[name])) as work:
            told[name] = [one.duty for one in for_knowledge.copies(work)]
    assert told == {"县水利局": [], "县应急局": [Duty.SEND], "县政府": []}
