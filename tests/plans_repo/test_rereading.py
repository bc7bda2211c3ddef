"""A kept original is read again with the rules of today: what differs is shown, and goes into the draft only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans_repo import drafts, importing, plans, rereading
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.plans import PlanKind, Trigger
from plans_repo.store.roles import Role
from plans_repo.store.work import Store, Work
from plans_repo.text.difference import Change
from plans_repo.text.reading import read_plan
from tests.plans_repo.builders import some_clauses
from tests.plans_repo.conftest import person

WRITER = person("writer", Role.PLAN_AUTHOR)
READER = person("reader", Role.REVIEWER)
WORDS = (
    "某县防汛应急预案\n\n1 总则\n\n1.1 编制目的\n\n为规范防汛应急工作，制定本预案。\n\n1.2 适用范围\n\n适用于本县。\n"
)


def read_badly(work: Work) -> tuple[str, str]:
    """A plan of which earlier rules took a heading for a sentence; its id and that of its version."""
    data = WORDS.encode()
    reading = read_plan(data, "防汛.txt", new_id=work.new_id)
    clauses = tuple(
        replace(one, title="编制目的 为规范", text="防汛应急工作，制定本预案。") if one.title == "编制目的" else one
        for one in reading.clauses
    )
    kept = importing.keep(work, replace(reading, clauses=clauses), data, "防汛.txt", kind=PlanKind.SPECIAL)
    return kept.opened.plan, kept.opened.version


def reread(store: Store, plan: str) -> rereading.Reread:
    with store.reading(WRITER) as work:
        return rereading.read_again(work, rereading.original(work, plan), new_id=work.new_id)


def test_what_the_present_rules_read_otherwise_goes_into_the_draft_and_no_version_changes(store: Store) -> None:
    with store.work(WRITER) as work:
        plan, version = read_badly(work)
    read = reread(store, plan)
    assert [(one.change, one.new.title if one.new else "") for one in read.changes] == [(Change.EDITED, "编制目的")]
    with store.reading(WRITER) as work:
        before = plans.version_of(work, plan).root_hash
    with store.work(WRITER) as work:
        taken = rereading.take_again(work, read)
        assert (len(taken.changes), taken.waiting) == (1, ())
        titles = [one.clause.title for one in drafts.open_draft(work, plan).clauses]
    assert "编制目的" in titles
    assert "编制目的 为规范" not in titles
    with store.reading(WRITER) as work:
        assert [(one.id, one.root_hash) for one in plans.versions_of(work, plan)] == [(version, before)]


def test_an_original_that_reads_as_before_changes_nothing(store: Store) -> None:
    data = WORDS.encode()
    with store.work(WRITER) as work:
        reading = read_plan(data, "防汛.txt", new_id=work.new_id)
        plan = importing.keep(work, reading, data, "防汛.txt", kind=PlanKind.SPECIAL).opened.plan
    read = reread(store, plan)
    assert read.changes == ()
    with store.work(WRITER) as work:
        assert rereading.take_again(work, read).draft is None


def test_what_was_rewritten_since_stays_and_the_rest_is_merged(store: Store) -> None:
    with store.work(WRITER) as work:
        plan, _version = read_badly(work)
    read = reread(store, plan)
    with store.work(WRITER) as work:
        entry = next(one for one in drafts.open_draft(work, plan).clauses if "规范" in one.clause.title)
        drafts.save_clause(work, plan, replace(entry.clause, title="编制的目的"), revision=entry.revision)
    with store.work(WRITER) as work:
        taken = rereading.take_again(work, read)
        now = next(one for one in drafts.open_draft(work, plan).clauses if one.clause.id == entry.clause.id)
    assert (len(taken.changes), taken.waiting) == (1, ())
    assert now.clause.title == "编制的目的"


def test_without_a_kept_file_or_the_right_to_write_there_is_nothing_to_read(store: Store) -> None:
    with store.work(WRITER) as work:
        plan = plans.create_plan(work, "某县抗旱应急预案", kind=PlanKind.SPECIAL).id
        plans.make_version(work, plan, some_clauses(), reason="起草", trigger=Trigger.FIRST)
        assert not rereading.has_original(work, plan)
        with pytest.raises(PlansRepoError) as refused:
            rereading.original(work, plan)
        assert refused.value.code == "original-absent"
        imported, _version = read_badly(work)
    with store.reading(READER) as work, pytest.raises((NotAllowed, PlansRepoError)):
        rereading.original(work, imported)
