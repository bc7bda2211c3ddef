"""A number, a holder, a body's name that changed offers itself to the plans that name it; nothing changes by itself."""

from dataclasses import replace

import pytest

from plans_repo import contacts, drafts, plans, replacements
from plans_repo.contacts import Contact, add_contact
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.replacements import ChangedKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Cell, ClauseKind, Table
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import person

OLD, NEW = "0571-87654321", "0571-81112222"


def a_table() -> Table:
    return Table(rows=((Cell(content=("县水利局",)), Cell(content=(OLD,))),))


def set_up(work: Work) -> tuple[str, Contact]:
    """A county with a water bureau, its contact, and a plan that names both."""
    a_body(work, "青山县人民政府", "/city/qing/", OrganisationKind.GOVERNMENT)
    a_body(work, "白石县水利局", "/city/bai/", OrganisationKind.DEPARTMENT)
    bureau = a_body(work, "青山县水利局", "/city/qing/", OrganisationKind.DEPARTMENT)
    kept = add_contact(work, Contact(name="宋亦川", post="局长", phone=OLD, organisation=bureau.id))
    plan = plans.create_plan(work, "青山县防汛应急预案", kind=plans.PlanKind.SPECIAL, organisation=bureau.id)
    clauses = (
        a_clause("c1", f"由县水利局负责，值班电话{OLD}；白石县水利局配合。"),
        a_clause("c2", "与县水利局无关的县水利局局长宋亦川。"),
        a_clause("c3", "", kind=ClauseKind.TABLE, table=a_table()),
        a_clause("c4", f"号码{OLD}9不是它。"),
    )
    plans.make_version(work, plan.id, clauses, reason="首次编制", trigger=Trigger.FIRST)
    return plan.id, kept


def test_a_number_that_changed_is_offered_clause_by_clause(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept = set_up(work)
        (change,) = replacements.correct_contact(work, replace(kept, phone=NEW))
        assert (change.kind, change.before, change.after) == (ChangedKind.PHONE, OLD, NEW)
        found = replacements.offers(work, change.id)
        assert [(one.clause, one.count, one.in_draft) for one in found] == [("c1", 1, False), ("c3", 1, False)]
        assert OLD in found[0].before
        assert NEW in found[0].after
        assert drafts.draft(work, plan) is None  # nothing has changed by itself


def test_accepting_writes_into_the_draft_and_declining_leaves_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept = set_up(work)
        (change,) = replacements.correct_contact(work, replace(kept, phone=NEW))
        replacements.accept(work, change.id, plan, "c3")
        with pytest.raises(PlansRepoError, match="replacement-without-reason"):
            replacements.decline(work, change.id, plan, "c1", reason=" ")
        replacements.decline(work, change.id, plan, "c1", reason="此处引用旧文件原文")
        draft = drafts.draft(work, plan)
        assert draft is not None
        text = {one.clause.id: one.clause for one in draft.clauses}
        assert text["c3"].table is not None
        assert NEW in text["c3"].table.text
        assert OLD in text["c1"].text
        assert replacements.offers_for(work, plan) == ()
        with pytest.raises(PlansRepoError, match="replacement-gone"):
            replacements.accept(work, change.id, plan, "c3")


def test_a_renamed_body_is_followed_by_its_short_name_and_not_by_its_neighbours(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept = set_up(work)
        assert kept.organisation is not None
        change = replacements.rename_body(work, kept.organisation, "青山县水务局")
        assert [one.clause for one in replacements.offers(work, change.id)] == ["c1", "c2", "c3"]
        saved = replacements.accept(work, change.id, plan, "c1")
        assert saved is not None
        draft = drafts.draft(work, plan)
        assert draft is not None
        assert draft.clauses[0].clause.text == f"由县水务局负责，值班电话{OLD}；白石县水利局配合。"


def test_a_new_holder_of_a_post_is_offered(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        _plan, kept = set_up(work)
        (change,) = replacements.correct_contact(work, replace(kept, name="韩立恒"))
        assert change.kind is ChangedKind.HOLDER
        assert [one.clause for one in replacements.offers(work, change.id)] == ["c2"]


def test_numbers_and_names_are_told_only_to_those_who_may_look_people_up(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept = set_up(work)
        replacements.correct_contact(work, replace(kept, phone=NEW))
    with store.work(person("member", Role.MEMBER_UNIT)) as work:
        assert replacements.changes(work) == ()
        assert replacements.offers_for(work, plan) == ()
        with pytest.raises(NotAllowed):
            contacts.contacts(work)


def test_somebody_of_another_body_may_not_accept(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, kept = set_up(work)
        (change,) = replacements.correct_contact(work, replace(kept, phone=NEW))
        other = a_body(work, "青山县教育局", "/city/qing/", OrganisationKind.DEPARTMENT)
    with store.work(person("author", Role.PLAN_AUTHOR, organisation=other.id)) as work:
        assert replacements.offers(work, change.id) == ()
        with pytest.raises((NotAllowed, NotFound)):
            replacements.accept(work, change.id, plan, "c1")
