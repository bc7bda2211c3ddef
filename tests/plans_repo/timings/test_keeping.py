"""Timings are kept once, corrected without loss, refused with one sentence, and vouched for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.timings import TimingRow, TurnoutRow
from plans_repo.timings import keeping
from plans_repo.timings.values import Timing, TimingEnd, TimingSubject, TurnoutKind
from sim.errors import CodedError
from tests.plans_repo.conftest import BOTH, person
from tests.plans_repo.timings.builders import ZERO, a_timing, a_turnout


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def first(work, plan) -> Timing:
    return keeping.turnouts(work, plan)[0].timings[0]


@BOTH
def test_a_turnout_is_kept_whole_and_the_same_record_twice_is_kept_once(store, author, plan):
    timings = [
        a_timing("F6", 5, 25),
        a_timing("F3", 6, 8, entity="V01", attempt=1, ending=TimingEnd.FAILED),
        a_timing("F3", 9, 10.5, entity="V01", attempt=2),
        a_timing("F7-share", 0, 90, subject=TimingSubject.TARGET, note="到点"),
        a_timing("F8", 30, 100, ending=TimingEnd.STOPPED, quantity=2),
    ]
    with store.work(author) as work:
        once = keeping.record(work, a_turnout(plan, is_announced=False), timings)
    with store.work(author) as work:
        again = keeping.record(work, a_turnout(plan, is_announced=False), timings[::-1])
    assert (once.added, once.unchanged, again.added, again.unchanged) == (5, 0, 0, 5)
    with store.reading(author) as work:
        (found,) = keeping.turnouts(work, plan)
        assert keeping.recorded(work, found.turnout.id) == found
        kinds = [event.kind for event in events.history(work, events.chain_of_plan(plan))]
    assert found.turnout.id == once.turnout.id == again.turnout.id
    assert (found.turnout.recorder, found.turnout.is_announced) == ("周评", False)
    assert sorted(each.told for each in found.timings) == sorted(replace(each).told for each in timings)
    assert kinds.count("timings-recorded") == 1
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid


@BOTH
def test_a_correction_stands_in_place_and_the_former_figure_is_still_there(store, author, plan, clock):
    with store.work(author) as work:
        keeping.record(work, a_turnout(plan), [a_timing("F6", 5, 25)])
        before = work.now
    clock.forward(minutes=1)
    with store.work(author) as work:
        timing = first(work, plan)
        right = replace(timing, ended_at=timing.ended_at + timedelta(minutes=10))
        keeping.correct(work, right, reason="表走快了")
    with store.reading(author) as work:
        now = first(work, plan)
        assert (now.minutes, now.revision, now.reason) == (30, 1, "表走快了")
        assert [each.minutes for each in keeping.history(work, now.turnout)] == [20, 30]
        assert keeping.turnouts(work, plan, until=before)[0].timings[0].minutes == 20
    with store.work(author) as work, pytest.raises(StaleRevision):
        keeping.correct(work, replace(right, note="x"), reason="再改")
    with store.work(author) as work:
        keeping.withdraw(work, first(work, plan), reason="记错任务")
    with store.reading(author) as work:
        (found,) = keeping.turnouts(work, plan)
        assert found.timings == ()
        assert len(keeping.history(work, found.turnout.id)) == 3
    with store.work(author) as work:  # what was withdrawn may be recorded again, as a further revision
        keeping.record(work, a_turnout(plan), [a_timing("F6", 5, 25)])
        assert first(work, plan).revision == 3


@pytest.mark.parametrize(
    ("timing", "code"),
    [
        (lambda: a_timing("F6", 10, 10), "timing-ends-before-start"),
        (lambda: a_timing("F6", 10, 5), "timing-ends-before-start"),
        (lambda: a_timing("F99", 1, 2), "timing-task-unknown"),
        (lambda: a_timing("F6", -1, 2), "timing-before-turnout"),
        (lambda: a_timing("F6", 1, 400_000), "timing-to-come"),
        (lambda: a_timing("F6", 1, 600_000), "timing-too-long"),
        (lambda: a_timing("F6", 1, 2, quantity=float("nan")), "number-not-finite"),
        (lambda: a_timing("F6", 1, 2, quantity=-3), "number-too-small"),
        (lambda: a_timing("F6", 1, 2, attempt=0), "timing-attempt"),
        (lambda: a_timing("F6", 1, 2, note="长" * 301), "timing-text-long"),
        (lambda: a_timing("", 1, 2), "name-missing"),
        (lambda: replace(a_timing("F6", 1, 2), started_at=ZERO.replace(tzinfo=None)), "timing-instant"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_of_the_record_is_kept(store, author, plan, timing, code):
    with pytest.raises(CodedError) as refused, store.work(author) as work:
        keeping.record(work, a_turnout(plan), [a_timing("F2", 1, 2), timing()])
    assert refused.value.code == code
    with store.reading(author) as work:
        assert not work.session.exec(select(TurnoutRow)).all()
        assert not work.session.exec(select(TimingRow)).all()


def test_other_times_need_a_correction_and_a_hundred_thousand_are_too_many(store, author, plan):
    with store.work(author) as work:
        keeping.record(work, a_turnout(plan), [a_timing("F6", 5, 25)])
    for timings, code in (
        ([a_timing("F6", 5, 26)], "timing-recorded-otherwise"),
        ([a_timing("F2", 5, 26)] * 2, "timing-twice"),
        ([a_timing("F2", 5, 26)] * 100_000, "timings-too-many"),
    ):
        with pytest.raises(PlansRepoError) as refused, store.work(author) as work:
            keeping.record(work, a_turnout(plan), timings)
        assert refused.value.code == code


def test_who_may_record_and_who_may_only_read(store, author, plan):
    with store.work(author) as work:
        found = keeping.record(work, a_turnout(plan), [a_timing("F6", 5, 25)]).turnout
    reader = person("reader", Role.REVIEWER)
    with store.reading(reader) as work:
        assert len(keeping.turnouts(work, plan)) == 1
        assert not keeping.may_record(work, plan)
    with pytest.raises(NotAllowed), store.work(reader) as work:
        keeping.record(work, a_turnout(plan, 1), [a_timing("F6", 5, 25, 1)])
    with pytest.raises(NotAllowed), store.reading(person("admin", Role.SYSTEM_ADMINISTRATOR)) as work:
        keeping.recorded(work, found.id)
    with pytest.raises(NotFound), store.reading(author) as work:
        keeping.recorded(work, "nobody")


def test_a_real_incident_is_never_announced(plan):
    assert not a_turnout("p", kind=TurnoutKind.INCIDENT, is_announced=True).is_announced
