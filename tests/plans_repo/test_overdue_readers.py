"""What is late is told with both kinds of days, to whom it concerns; lines of the work plan among it."""

from datetime import date

from plans_repo import library, plans
from plans_repo.course import work_plans
from plans_repo.course.holders import holders
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.stages import Move
from plans_repo.overdue import DueKind, overdue
from plans_repo.store.accounts import create_account
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import edited, some_clauses
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.filing.builders import registered
from tests.plans_repo.offices import a_plan_in_force
from tests.plans_repo.test_work_plan_proposals import issued
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies


def test_a_late_line_of_the_work_plan_is_listed_until_the_plan_is_issued(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"]
        work_plans.add_entry(
            work, 2026, due_on=date(2026, 11, 2), trigger=Trigger.DECISION, title="临河县雨雪冰冻应急预案",
            kind=PlanKind.SPECIAL, lead="县应急局",
        )  # fmt: skip
        (line,) = overdue(work)
        assert (line.kind, line.plan, line.body) == (DueKind.WORK_PLAN, "", "县应急局")
        assert (line.late_working_days, line.late_days) == (14, 18)
        issued(work, county, "临河县雨雪冰冻应急预案", date(2026, 11, 10))
        assert DueKind.WORK_PLAN not in {one.kind for one in overdue(work)}


def test_a_late_line_stays_late_over_the_turn_of_the_year(store: Store, clock: StillClock) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"]
        work_plans.add_entry(
            work, 2026, due_on=date(2026, 11, 2), trigger=Trigger.DECISION, title="临河县雨雪冰冻应急预案",
            kind=PlanKind.SPECIAL, lead="县应急局",
        )  # fmt: skip
    clock.forward(days=45)  # to 4 January 2027
    with store.work(EVERYBODY) as work:
        (line,) = overdue(work)
        assert (line.due_on, line.late_days, line.basis.source[:4]) == (date(2026, 11, 2), 63, "2026")
        plan = a_plan_in_force(work, "临河县雨雪冰冻应急预案", county.id)
        assert work_plans.undone(work, 2027) == ()
        entry = work_plans.work_plans(work)[0].entries[0]
        assert (entry.done_on, entry.is_late(date(2027, 1, 4))) == (date(2027, 1, 4), True)
        plans.make_version(work, plan, edited("改"), reason="修订", trigger=Trigger.DECISION)
        assert work_plans.undone(work, 2027) == ()  # a revision begun afterwards does not undo it


def test_each_reader_is_told_what_concerns_him(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        made = bodies(work)
        issued(work, made["临河县人民政府"], "临河县地震应急预案", date(2023, 3, 1))
    county = person("county", Role.PLAN_AUTHOR, organisation=made["临河县应急管理局"].id)
    city = person("city", Role.UPPER_AUTHORITY, organisation=made["云陵市人民政府"].id)
    with store.reading(county) as work:
        (mine,) = overdue(work)
    with store.reading(city) as work:
        (theirs,) = overdue(work)
    assert (mine.is_own, mine.escalation and mine.escalation.title) == (True, "由本部门通报，列入年度考核")
    assert (theirs.is_own, theirs.body) == (False, "临河县人民政府")
    assert theirs.escalation is not None
    assert "编制单位" in theirs.escalation.title


def test_a_text_is_with_those_who_may_take_the_next_step(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        made = bodies(work)
        create_account(
            work, "zhou", "a long Passw0rd here", display_name="周某（编制人）", roles=(Role.PLAN_AUTHOR,),
            organisation=made["临河县应急管理局"].id,
        )  # fmt: skip
        create_account(
            work, "other", "a long Passw0rd here", display_name="别处", roles=(Role.PLAN_AUTHOR,),
            organisation=made["云陵市人民政府"].id,
        )  # fmt: skip
        plan = plans.create_plan(
            work, "临河县地震应急预案", kind=PlanKind.SPECIAL, organisation=made["临河县人民政府"].id
        ).id
        version = plans.make_version(work, plan, some_clauses(), reason="编制", trigger=Trigger.FIRST).id
        (waits,) = holders(work, version)
        assert (waits.move, waits.people) == (Move.CONSULT, ("周某（编制人）",))
        _plan, in_force = issued(work, made["临河县人民政府"], "临河县森林火灾应急预案", date(2026, 11, 2))
        assert Move.ABOLISH not in {one.move for one in holders(work, in_force)}


def test_the_end_of_a_trial_is_told_before_it_comes(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        notice = IssuingNotice(trial_until=date(2026, 12, 10))
        plan, _version = registered(work, 1, date(2026, 1, 5), notice=notice)
        (trial,) = [due for due in overdue(work) if due.kind is DueKind.TRIAL]
        assert (trial.plan, trial.is_late, trial.late_days) == (plan, False, -20)
        assert library.entries(work)[0].in_force.trial_until == date(2026, 12, 10)  # type: ignore[union-attr]
        later = IssuingNotice(trial_until=date(2027, 12, 10))
        registered(work, 2, date(2026, 1, 5), notice=later)
        assert len([due for due in overdue(work) if due.kind is DueKind.TRIAL]) == 1
