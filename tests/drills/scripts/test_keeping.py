from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from drills.drill import State, Step
from drills.errors import DrillError
from drills.register import move_drill, plan_drill, schedule_drill
from drills.scripts import keeping
from drills.scripts.script import Script, Standing, Timing
from plans_repo import intake, plans, scenarios, studies
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import Organisation, OrganisationKind, create_organisation
from plans_repo.proposals.proposal import procedure_for
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from plans_repo.studies import Request
from tests.drills.builders import person
from tests.drills.conftest import StillClock
from tests.drills.scripts.making_scripts import a_script, an_inject
from tests.plans_repo.test_studies import PLAN, SCENARIO, small_river

AUTHOR = person("author", Role.PLAN_AUTHOR)


@pytest.fixture
def drill_id(store: Store, organiser: Actor) -> str:
    with store.work(organiser) as work:
        return plan_drill(work, "清河县防汛演练", year=2026).id


@pytest.fixture
def flood_drill(store: Store, organiser: Actor) -> str:
    """A drill on a small flood plan with a proposed procedure."""
    with store.work(AUTHOR) as work:
        scenarios.save_scenario(work, small_river())
        plan = intake.take_file(work, PLAN.encode(), "临江.txt", propose=procedure_for).first.plan
    with store.work(organiser) as work:
        made = plan_drill(work, "清河县防汛演练", year=2026, plan_ids=(plan,))
        schedule_drill(work, made.id, date(2026, 11, 25), scenario=SCENARIO, duration_min=600)
        return made.id


def kept(
    store: Store, who: Actor, drill_id: str, script: Script, base: int = 0, reason: str = ""
) -> keeping.KeptScript:
    with store.work(who) as work:
        return keeping.keep(work, drill_id, script, base=base, reason=reason)


def test_a_script_is_kept_revision_by_revision_and_read_back(store: Store, organiser: Actor, drill_id: str) -> None:
    first = kept(store, organiser, drill_id, a_script())
    more = a_script(duration_min=90)
    second = kept(store, organiser, drill_id, more, base=1, reason="压缩时长")
    with store.reading(organiser) as work:
        assert keeping.script(work, drill_id) == second
        assert keeping.script(work, drill_id, revision=1) == first
        assert second.script == more
        lines = [(one.revision, one.reason, one.injects_count) for one in keeping.history(work, drill_id)]
        assert lines == [(2, "压缩时长", 2), (1, "", 2)]
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid


def test_the_same_script_again_is_not_kept_twice(store: Store, organiser: Actor, drill_id: str) -> None:
    first = kept(store, organiser, drill_id, a_script())
    assert kept(store, organiser, drill_id, a_script(), base=1) == first


@pytest.mark.parametrize("base", [0, 2])
def test_what_somebody_else_kept_is_not_written_over(store: Store, organiser: Actor, drill_id: str, base: int) -> None:
    kept(store, organiser, drill_id, a_script())
    with pytest.raises(StaleRevision) as refusal:
        kept(store, organiser, drill_id, a_script(duration_min=90), base=base, reason="改")
    assert refusal.value.code == "script-saved-meanwhile"


def test_a_change_has_a_reason(store: Store, organiser: Actor, drill_id: str) -> None:
    kept(store, organiser, drill_id, a_script())
    with pytest.raises(DrillError) as refusal:
        kept(store, organiser, drill_id, a_script(duration_min=90), base=1)
    assert refusal.value.code == "script-reason-missing"


def test_a_kept_script_cannot_be_changed_in_the_database(store: Store, organiser: Actor, drill_id: str) -> None:
    kept(store, organiser, drill_id, a_script())
    for statement in ("UPDATE drill_script SET data = '{}'", "DELETE FROM drill_script"):
        with pytest.raises((DBAPIError, PlansRepoError)), store.work(organiser) as work:
            work.session.execute(text(statement))


def test_approving_answers_for_injects_and_is_lost_by_nothing_else(
    store: Store, organiser: Actor, drill_id: str
) -> None:
    ready = a_script(injects=(an_inject("1", to=("县防办",)), an_inject("2", to=("乡镇",), at_min=5.0)), actions=())
    kept(store, organiser, drill_id, ready)
    with store.work(organiser) as work:
        after = keeping.approve(work, drill_id, ["i2"], base=1, reason="审定注入 2")
    assert [one.standing for one in after.script.injects] == [Standing.DRAFT, Standing.APPROVED]
    assert (after.revision, after.reason) == (2, "审定注入 2")


def test_an_inject_for_nobody_is_not_approved(store: Store, organiser: Actor, drill_id: str) -> None:
    kept(store, organiser, drill_id, a_script())
    with pytest.raises(DrillError) as refusal, store.work(organiser) as work:
        keeping.approve(work, drill_id, ["i1"], base=1, reason="审定注入 1")
    assert (refusal.value.code, refusal.value.fields["field"]) == ("inject-not-ready", "to")


def an_office(store: Store, everybody: Actor, name: str) -> Organisation:
    with store.work(everybody) as work:
        return create_organisation(work, name, kind=OrganisationKind.DEPARTMENT, area="/1/e/")


def test_people_who_take_part_never_read_the_script(store: Store, everybody: Actor, organiser: Actor) -> None:
    bureau, water = (an_office(store, everybody, name) for name in ("清河县应急局", "清河县水利局"))
    own = replace(organiser, organisation=bureau.id)
    with store.work(own) as work:
        drill_id = plan_drill(work, "清河县防汛演练", year=2026, units=(water.id,)).id
        keeping.keep(work, drill_id, a_script(), base=0)
    player = person("player", Role.DRILL_EVALUATOR, Role.CONTROLLER, organisation=water.id)
    for read in (keeping.script, keeping.history):
        with store.reading(player) as work, pytest.raises(NotAllowed) as refusal:
            read(work, drill_id)  # type: ignore[operator]
        assert refusal.value.code == "script-for-control"
    with store.reading(replace(player, organisation=bureau.id)) as work:
        assert keeping.script(work, drill_id) is not None


@pytest.mark.parametrize("role", [Role.MEMBER_UNIT, Role.LEADER, Role.PLAN_AUTHOR, Role.UPPER_AUTHORITY])
def test_who_neither_controls_nor_evaluates_reads_no_script(
    store: Store, organiser: Actor, drill_id: str, role: Role
) -> None:
    kept(store, organiser, drill_id, a_script())
    with store.reading(person("reader", role)) as work, pytest.raises(NotAllowed):
        keeping.script(work, drill_id)


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.DRILL_EVALUATOR])
def test_who_controls_or_evaluates_reads_and_does_not_write(
    store: Store, organiser: Actor, drill_id: str, role: Role
) -> None:
    kept(store, organiser, drill_id, a_script())
    reader = person("reader", role)
    with store.reading(reader) as work:
        assert keeping.script(work, drill_id) is not None
    with pytest.raises(NotAllowed):
        kept(store, reader, drill_id, a_script(duration_min=90), base=1, reason="改")


def test_a_script_is_not_changed_once_play_has_begun(store: Store, organiser: Actor, flood_drill: str) -> None:
    kept(store, organiser, flood_drill, a_script())
    with store.work(organiser) as work:
        assert move_drill(work, flood_drill, Step.START).state is State.RUNNING
    with pytest.raises(DrillError) as refusal:
        kept(store, organiser, flood_drill, a_script(duration_min=90), base=1, reason="改")
    assert refusal.value.code == "script-after-start"


def test_a_script_is_made_from_the_plan_the_event_and_its_newest_study(
    store: Store, organiser: Actor, flood_drill: str, clock: StillClock
) -> None:
    with store.work(organiser) as work:
        bare = keeping.make(work, flood_drill)
        (plan,) = keeping.register.drill(work, flood_drill).plans
        study = studies.make(work, Request(plan=plan, scenario=SCENARIO, runs=40), timer=lambda: 0.0)
    with store.reading(organiser) as work:
        made = keeping.make(work, flood_drill)
        by_study = keeping.make(work, flood_drill, study=study.id)
        clauses = {clause.id for clause in plans.text_of(work, plan)}
    assert (bare.study, made.study, made.plan, made.scenario) == ("", study.id, plan, SCENARIO)
    assert made == by_study
    assert made.duration_min == 600
    assert {one.clause for one in made.actions if one.target and one.clause} <= clauses
    bands = {band.task: band for band in study.findings.bands}
    assert [one.p50_min for one in made.actions] == [bands[one.task].p50_min for one in made.actions]
    met = {result.target.id: result.p_met for result in study.findings.targets}
    assert {one.target: one.met_share for one in made.actions if one.target} == met
    assert {one.timing for one in made.injects} == {Timing.TIMED, Timing.HELD}


@pytest.mark.parametrize(
    ("more", "refused", "code"),
    [
        ({}, DrillError, "script-without-basis"),
        ({"scenario": "nowhere"}, DrillError, "script-without-basis"),
        ({"study": "nothing"}, NotFound, "study-unknown"),
    ],
)
def test_a_script_needs_something_to_be_made_from(
    store: Store, organiser: Actor, drill_id: str, more: dict[str, str], refused: type[Exception], code: str
) -> None:
    with store.reading(organiser) as work, pytest.raises(refused) as refusal:
        keeping.make(work, drill_id, **more)
    assert refusal.value.code == code  # type: ignore[attr-defined]


def test_a_drill_nobody_may_see_has_no_script(store: Store, organiser: Actor) -> None:
    read: Callable[..., object] = keeping.script
    with store.reading(organiser) as work, pytest.raises(NotFound):
        read(work, "nothing")
