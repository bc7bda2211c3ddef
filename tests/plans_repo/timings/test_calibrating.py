"""Timings teach durations, studies play them when asked to, and nobody's procedure is changed silently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans_repo import plans, studies, study_doubts
from plans_repo.assessment import command
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.store.roles import Role
from plans_repo.studies import CALIBRATED, Request
from plans_repo.timings import calibrating, keeping, overlay
from plans_repo.timings.overlay import Moment, Place
from plans_repo.timings.values import TimingEnd, TimingSubject, TurnoutKind
from sim.doubt import Advice
from sim.errors import SimError
from sim.figure import Footing, Mark
from sim.lesson import Wary
from tests.plans_repo.conftest import BOTH, person
from tests.plans_repo.test_studies import SCENARIO
from tests.plans_repo.timings.builders import a_timing, a_turnout, timed

MINUTES = (20, 24, 30, 18, 22)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch):
    monkeypatch.setattr(study_doubts, "DRAWS", 4)
    monkeypatch.setattr(study_doubts, "RUNS", 5)


@BOTH
def test_a_calibrated_study_plays_what_was_learnt_keeps_it_and_is_told_apart(store, author, plan, clock):
    asked = Request(plan=plan, scenario=SCENARIO, runs=30)
    with store.work(author) as work:
        timed(work, plan, "F6", MINUTES, is_announced=False)
    written = studies.run(store, author, asked)
    done = studies.run(store, author, replace(asked, durations=CALIBRATED))
    assert (written.timings, written.splits) == ((), ())
    assert written.procedure.task("F6").duration.law.quantile_min(0.5) == 12
    (of,) = done.timings
    assert of.ended_min == MINUTES
    played = done.procedure.task("F6").duration
    assert played.law == of.lesson.posterior.law
    assert (played.footing, played.mark) == (Footing.CALIBRATED, Mark.CALIBRATED)
    assert of.wary == ()
    assert done.findings.results_hash != written.findings.results_hash
    assert {split.target for split in done.splits} == {result.target.id for result in done.findings.targets}
    assert all(isinstance(split.advice, Advice) for split in done.splits)
    with store.reading(author) as work:
        assert studies.study(work, done.id) == done
    assert studies.run(store, author, replace(asked, durations=CALIBRATED)).is_reused
    clock.forward(minutes=5)
    with store.work(author) as work:  # further timings are another study; the former can still be repeated
        keeping.record(work, a_turnout(plan, 20), [a_timing("F6", 5, 60, 20)])
    assert "--known-until" in command(done)
    later = studies.run(store, author, replace(asked, durations=CALIBRATED))
    assert later.findings.results_hash != done.findings.results_hash
    until = done.created_at.isoformat()
    again = studies.run(store, author, replace(asked, durations=CALIBRATED, known_until=until, seed=done.seed))
    assert again.findings.results_hash == done.findings.results_hash


def test_what_was_learnt_says_why_to_be_careful(store, author, plan):
    with store.work(author) as work:
        timings = [
            a_timing("F6", 5, 95, ending=TimingEnd.STOPPED),
            a_timing("F3", 1, 3, entity="V1", ending=TimingEnd.FAILED),
            a_timing("F3", 4, 6, entity="V1", attempt=2),
            a_timing("F2", 1, 30, ending=TimingEnd.FAILED),
            a_timing("F7b", 0, 60, quantity=40),
            a_timing("F7c", 0, 60),
        ]
        keeping.record(work, a_turnout(plan), timings)
        found = calibrating.calibration(work, plan)
        heavy = calibrating.calibration(work, plan, weight=50)
    of = {each.task: each for each in found.tasks}
    assert set(of) == {"F2", "F3", "F6", "F7b"}
    assert dict(found.without_quantity) == {"F7c": 1}
    assert of["F7b"].ended_min == (1.5,)
    assert Wary.MANY_STOPPED in of["F6"].wary
    assert {Wary.FEW, Wary.ONE_TURNOUT, Wary.ANNOUNCED} <= set(of["F3"].wary)
    assert of["F3"].success is not None
    assert of["F3"].success.mean == pytest.approx((0.85 + 1) / 3)
    assert of["F2"].fails_unforeseen
    played = calibrating.calibrated(found.procedure, found.tasks)
    assert played.task("F2").success_share == 1
    assert played.task("F6").duration.footing is not Footing.CALIBRATED  # one timing makes nothing calibrated
    assert abs(heavy.of("F2").lesson.posterior.median_min - 15) < abs(of["F2"].lesson.posterior.median_min - 15)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "study-without-timings"),
        ({"durations": "guessed"}, "durations-unknown"),
        ({"prior_weight": float("nan")}, "number-not-finite"),
        ({"prior_weight": 0.0}, "number-too-small"),
        ({"prior_weight": 1e9}, "prior-weight-large"),
        ({"known_until": "gestern"}, "instant-unreadable"),
    ],
)
def test_what_cannot_be_asked_is_refused(store, author, plan, change, code):
    request = replace(Request(plan=plan, scenario=SCENARIO, runs=3, durations=CALIBRATED), **change)
    with pytest.raises((SimError, PlansRepoError)) as refused, store.reading(author) as work:
        studies.ask(work, request)
    assert refused.value.code == code


def test_the_author_alone_takes_a_duration_over_and_as_a_new_version(store, author, plan):
    with store.work(author) as work:
        timed(work, plan, "F6", MINUTES)
        found = calibrating.calibration(work, plan)
    recorder = person("recorder", Role.DRILL_EVALUATOR)
    with pytest.raises(NotAllowed), store.work(recorder) as work:
        calibrating.adopt(work, found, ["F6"], reason="实测")
    with store.work(recorder) as work:
        assert not calibrating.propose(work, found, "F6")  # a draft has no occasions
    with pytest.raises(PlansRepoError), store.work(author) as work:
        calibrating.adopt(work, found, ["F6"], reason=" ")
    with store.work(author) as work:
        before = plans.procedure_of(work, plan)
        made = calibrating.adopt(work, found, ["F6"], reason="五次演练实测")
        after = plans.procedure_of(work, plan)
    assert before is not None
    assert after is not None
    assert before.task("F6").duration.law.quantile_min(0.5) == 12
    assert after.task("F6").duration == found.of("F6").played
    assert made.id != found.version
    assert [task for task in after.tasks if task.id != "F6"] == [task for task in before.tasks if task.id != "F6"]


def test_a_record_lies_within_early_or_late_over_the_band(store, author, plan):
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=40))
    with store.work(author) as work:
        timings = [
            a_timing("F1", 0, 25),
            a_timing("F6", 5, 600),
            a_timing("F8", 30, 31),
            a_timing("F13", 10, 11, ending=TimingEnd.STOPPED),
            a_timing("F10-limit", 0, 5_000, subject=TimingSubject.TARGET),
        ]
        kept = keeping.record(work, a_turnout(plan, kind=TurnoutKind.INCIDENT), timings)
    with store.reading(author) as work:
        over = overlay.overlay(work, done.id, kept.turnout.id)
    laid = {(each.moment, each.name): each for each in over.laid}
    assert laid[Moment.FINISH, "F1"].place is Place.WITHIN
    assert laid[Moment.FINISH, "F6"].place is Place.LATE
    assert laid[Moment.FINISH, "F8"].place is Place.EARLY
    assert laid[Moment.FINISH, "F13"].place is Place.OPEN
    assert laid[Moment.TARGET, "F10-limit"].place is Place.LATE
    assert laid[Moment.TARGET, "F6-limit"].is_derived
    assert over.worst is not None
    assert over.worst.name == "F10-limit"
    assert (over.runs, over.is_own) == (40, False)
    band = next(each for each in done.findings.bands if each.task == "F6")
    finish = laid[Moment.FINISH, "F6"]
    assert (finish.p10_min, finish.p50_min, finish.p90_min) == (band.p10_min, band.p50_min, band.p90_min)


def test_only_a_turnout_of_the_same_plan_with_timings_is_laid_over(store, author, plan):
    done = studies.run(store, author, Request(plan=plan, scenario=SCENARIO, runs=3))
    with store.work(author) as work:
        empty = keeping.record(work, a_turnout(plan), [])
    with pytest.raises(PlansRepoError) as refused, store.reading(author) as work:
        overlay.overlay(work, done.id, empty.turnout.id)
    assert refused.value.code == "turnout-without-timings"
