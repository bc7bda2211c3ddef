"""The redline of stored versions: true names and times, and nobody is shown whom he may not see."""

from __future__ import annotations

from dataclasses import replace

from plans_repo import drafts, redlines
from plans_repo.plans import make_version
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import a_plan, edited, some_clauses
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.word.settling import ACCEPT, REJECT, marks, words

SECOND = some_clauses()[1]


def test_a_version_of_two_authors_shows_both_with_their_times(store: Store, author: Actor, clock: StillClock) -> None:
    with store.work(author) as work:
        plan, first = a_plan(work)
        drafts.open_draft(work, plan.id)
        drafts.save_clause(work, plan.id, replace(SECOND, text="接到预警后15分钟内到岗。"), revision=1)
    clock.forward(hours=1)
    with store.work(person("other", Role.PLAN_AUTHOR)) as work:
        text = "接到县级预警后15分钟内到岗。"
        drafts.save_clause(work, plan.id, replace(SECOND, text=text), revision=2)
        second = drafts.make_version(work, plan.id, reason="合稿", trigger=Trigger.EDITING).id
        clock.forward(days=1)
    with store.work(author) as work:
        make_version(
            work, plan.id, edited("接到县级预警后15分钟内到岗并报告。"), reason="补充", trigger=Trigger.EDITING
        )
        found = redlines.redline(work, plan.id, first.id, "3")
        back = redlines.redline(work, plan.id, "3", second)
    assert [(who, at, text) for _kind, who, at, text in marks(found.data)] == [
        ("other", "2026-11-20T10:00:00Z", "县级"),
        ("author", "2026-11-20T09:00:00Z", "30分钟"),
        ("author", "2026-11-20T09:00:00Z", "15分钟"),
        ("author", "2026-11-21T10:00:00Z", "并报告"),
    ]
    assert words(found.data, REJECT)[2] == SECOND.text
    assert words(found.data, ACCEPT)[2] == "接到县级预警后15分钟内到岗并报告。"
    assert [(kind, text) for kind, _who, _at, text in marks(back.data)] == [("del", "并报告")]
