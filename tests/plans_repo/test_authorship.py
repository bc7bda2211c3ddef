"""Who saved what in a draft stays with the version made from it."""

from __future__ import annotations

from dataclasses import replace

from plans_repo import authorship, drafts
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import a_clause, a_plan, some_clauses
from tests.plans_repo.conftest import StillClock, person

SECOND, FOURTH = some_clauses()[1], some_clauses()[3]


def test_two_authors_of_one_version_stay_apart(store: Store, author: Actor, clock: StillClock) -> None:
    other = person("other", Role.PLAN_AUTHOR)
    with store.work(author) as work:
        plan, _ = a_plan(work)
        drafts.open_draft(work, plan.id)
        drafts.save_clause(work, plan.id, replace(SECOND, text="接到预警后15分钟内到岗。"), revision=1)
    clock.forward(hours=1)
    with store.work(other) as work:
        drafts.save_clause(work, plan.id, replace(SECOND, text="接到红色预警后15分钟内到岗。"), revision=2)
        drafts.remove_clause(work, plan.id, FOURTH.id, revision=1)
        drafts.add_clause(work, plan.id, a_clause("c9", "另行通知。"), after="c2")
        made = drafts.make_version(work, plan.id, reason="合稿", trigger=Trigger.EDITING)
        found = authorship.saves(work, made.id)
    told = [(save.author, save.value.text if save.value else None) for save in found]
    assert told == [
        ("author", "接到预警后15分钟内到岗。"),
        ("other", "接到红色预警后15分钟内到岗。"),
        ("other", None),
        ("other", "另行通知。"),
    ]
    assert (found[1].at - found[0].at).total_seconds() == 3600
    assert found[3].clause == "c9"


def test_a_draft_thrown_away_leaves_nothing(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, first = a_plan(work)
        draft = drafts.open_draft(work, plan.id)
        drafts.save_clause(work, plan.id, replace(SECOND, text="改。"), revision=1)
        drafts.discard_draft(work, plan.id)
        authorship.settle(work, draft.id, first.id)
        assert authorship.saves(work, first.id) == ()
