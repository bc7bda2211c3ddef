"""A compound event played by what timings taught: every part by the timings of its own plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from plans_repo import intake, plans, scenario_versions, scenarios, studies, study_analyses, study_doubts
from plans_repo.assessment import command
from plans_repo.errors import PlansRepoError
from plans_repo.proposals import procedure_for
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store
from plans_repo.studies import CALIBRATED, Answering, Request
from plans_repo.study_analyses import Kind, Wanted
from plans_repo.study_events import same_tasks
from sim.compound import Compound, Part
from sim.durations import Duration, Fixed
from tests.plans_repo.test_studies import PLAN, small_river
from tests.plans_repo.timings.builders import timed

OF_ONE, OF_TWO = (20, 24, 30, 18, 22), (50, 55, 60, 52, 58)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch):
    monkeypatch.setattr(study_doubts, "DRAWS", 4)
    monkeypatch.setattr(study_doubts, "RUNS", 5)


@pytest.fixture
def asked(store: Store, author: Actor, plan: str) -> Request:
    """Two floods answered by two plans."""
    parts = (Part(id="", scenario=small_river()), Part(id="again", scenario=small_river(), start_min=60))
    with store.work(author) as work:
        scenario_versions.save(work, Compound(id="both", title="两次洪水", parts=parts, horizon_min=2880))
        other = intake.take_file(
            work, PLAN.replace("临江县", "临湖县").encode(), "2.txt", propose=procedure_for
        ).first.plan
    return Request(
        plan=plan, scenario="both", runs=4, durations=CALIBRATED, answers=(Answering(part="again", plan=other),)
    )


def test_every_part_plays_what_the_timings_of_its_own_plan_teach(store: Store, author: Actor, asked: Request):
    with pytest.raises(PlansRepoError) as refused:
        studies.run(store, author, asked)
    assert refused.value.code == "study-without-timings"
    with store.work(author) as work:
        timed(work, asked.answers[0].plan, "F6", OF_TWO)
        timed(work, asked.plan, "F6", OF_ONE)
    done = studies.run(store, author, asked)
    assert {of.task: of.ended_min for of in done.timings} == {"F6": OF_ONE, "again:F6": OF_TWO}
    for name, part in (("F6", 0), ("again:F6", 1)):
        law = next(of for of in done.timings if of.task == name).lesson.posterior.law
        assert done.procedure.task(name).duration.law == law
        assert done.answered[part].procedure.task("F6").duration.law == law
        assert {done.question.network.nodes[node].law for node in done.question.network.of_task[name]} == {law}
    assert {split.target for split in done.splits} == {result.target.id for result in done.findings.targets}
    assert "--known-until" in command(done)
    with store.reading(author) as work:
        assert studies.study(work, done.id) == done


def test_a_plan_that_answers_twice_has_one_doubt_of_its_task(store: Store, author: Actor, asked: Request):
    with store.work(author) as work:
        timed(work, asked.plan, "F6", OF_ONE)
        twice = studies.ask(work, replace(asked, answers=()))
        two = studies.ask(work, asked)
    assert {(of.task, of.ended_min) for of in twice.timings} == {("F6", OF_ONE), ("again:F6", OF_ONE)}
    assert [of.task for of in two.timings] == ["F6"]
    assert same_tasks(twice.answered)["again:F6"] == "F6"
    assert same_tasks(two.answered) == {}


def slower(work: Any, plan: str, task: str = "F5") -> str:
    """A version of a plan in which one task takes five hours, by its id."""
    procedure = plans.procedure_to_play(work, plan, plans.version_of(work, plan, "").id)
    long = Duration(law=Fixed(minutes=300))
    tasks = [replace(each, duration=long) if each.id == task else each for each in procedure.tasks]
    return plans.set_procedure(work, plan, procedure.with_tasks(tasks), reason="试", trigger=Trigger.FINDING).id


def test_another_version_is_compared_by_the_timings_of_the_study(store: Store, author: Actor, asked: Request):
    with store.work(author) as work:
        timed(work, asked.plan, "F6", OF_ONE)
        scenarios.save_scenario(work, small_river())
    single = replace(asked, scenario=small_river().id, answers=(), runs=2)
    done = studies.run(store, author, single)
    with store.work(author) as work:
        other = slower(work, asked.plan)
        wanted = Wanted(kind=Kind.COMPARISON, runs=2, version=other)
        side = study_analyses.ask(work, done.id, wanted)[1]
    assert side.procedure.task("F5").duration.law == Fixed(minutes=300)
    assert side.procedure.task("F6").duration == done.procedure.task("F6").duration


def test_of_several_events_another_version_answers_the_parts_of_its_plan(store: Store, author: Actor, asked: Request):
    with store.work(author) as work:
        timed(work, asked.answers[0].plan, "F6", OF_TWO)
        timed(work, asked.plan, "F6", OF_ONE)
    done = studies.run(store, author, replace(asked, runs=2))
    with store.work(author) as work:
        other = slower(work, asked.plan)
        before, after = study_analyses.ask(work, done.id, Wanted(kind=Kind.COMPARISON, runs=2, version=other))
    assert before.digest == done.question.digest != after.digest
    laws = {
        name: {after.network.nodes[node].law for node in after.network.of_task[name]} for name in ("F5", "again:F5")
    }
    assert laws["F5"] == {Fixed(minutes=300)} != laws["again:F5"]
    for name in ("F6", "again:F6"):
        assert after.procedure.task(name).duration == done.procedure.task(name).duration
