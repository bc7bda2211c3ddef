import threading

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from plans_repo.errors import NotAllowed
from plans_repo.store.roles import ADMINISTRATORS, MAY, Action, Role, separate
from plans_repo.store.tables.jobs import JobRow, JobState
from plans_repo.store.work import Actor, Store, Work, local_actor
from sim.errors import CodedError


def test_leaving_work_cleanly_stores_and_an_error_stores_nothing(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        work.session.add(a_row(work, "kept"))
    with pytest.raises(ZeroDivisionError):
        fail_after_writing(store, author)
    with store.reading(author) as work:
        assert list(work.session.exec(select(JobRow.kind))) == ["kept"]


def test_reading_work_cannot_write(store: Store, author: Actor) -> None:
    with store.reading(author) as work:
        work.session.add(a_row(work, "sly"))
        with pytest.raises(DBAPIError):
            work.session.flush()
    with store.work(author) as work:
        work.session.add(a_row(work, "after"))
    with store.reading(author) as work:
        assert list(work.session.exec(select(JobRow.kind))) == ["after"]


def test_a_reader_does_not_wait_for_a_writer_and_sees_one_state(store: Store, author: Actor) -> None:
    with store.work(author) as writing:
        writing.session.add(a_row(writing, "unfinished"))
        writing.session.flush()
        with store.reading(author) as work:
            assert list(work.session.exec(select(JobRow.kind))) == []


def test_instants_come_back_aware_and_equal(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        work.session.add(a_row(work, "job"))
        then = work.now
    with store.reading(author) as work:
        assert work.session.exec(select(JobRow.submitted_at)).one() == then


def test_writers_queue_and_none_is_lost(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        row = a_row(work, "count")
        row.done = 0
        work.session.add(row)
        row_id = row.id

    def count() -> None:
        for _ in range(20):
            with store.work(author) as work:
                work.session.get_one(JobRow, row_id, with_for_update=True).done += 1

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading(author) as work:
        assert work.session.get_one(JobRow, row_id).done == 80


def test_every_role_has_a_row_and_every_action_somebody(store: Store) -> None:
    assert set(MAY) == set(Role)
    assert set().union(*MAY.values()) == set(Action)


def test_no_administrator_may_touch_plans_or_drills() -> None:
    content = {action for action in Action if action.name.endswith(("_PLAN", "_DRILL", "_STUDY", "_PROCEDURE"))}
    for role in ADMINISTRATORS:
        assert not MAY[role] & content


def test_nobody_both_signs_a_plan_and_writes_it() -> None:
    signing = {Action.REVIEW_PLAN, Action.CHECK_LEGALITY, Action.APPROVE_PLAN}
    assert [role for role in Role if Action.EDIT_PLAN in MAY[role] and MAY[role] & signing] == []


@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("second", sorted(ADMINISTRATORS))
def test_two_administrators_are_two_persons(first: Role, second: Role) -> None:
    if first == second:
        assert separate("a", [first, second]) == {first}
        return
    with pytest.raises(CodedError) as refusal:
        separate("a", [first, second])
    assert refusal.value.code == "administrators-not-separate"


def test_a_refused_action_names_person_and_action(store: Store) -> None:
    reviewer = Actor(account="r", name="李评", roles=frozenset({Role.REVIEWER}))
    with store.reading(reviewer) as work, pytest.raises(NotAllowed) as refusal:
        work.require(Action.EDIT_PLAN)
    assert refusal.value.fields == {"thing": "李评", "action": "edit_plan"}


def test_the_local_actor_may_do_everything_and_is_named() -> None:
    actor = local_actor("root")
    assert all(actor.may(action) for action in Action)
    assert actor.os_user == "root"


def fail_after_writing(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        work.session.add(a_row(work, "lost"))
        work.session.flush()
        raise ZeroDivisionError


def a_row(work: Work, kind: str) -> JobRow:
    return JobRow(
        id=work.new_id(), kind=kind, params={}, state=JobState.QUEUED, actor={}, account_id="a", submitted_at=work.now
    )
