"""The programme of a county, from the plan library to the approved year."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from icalendar import Calendar as IcsCalendar

from drills.blackouts import add_blackout, blackouts, blackouts_between, lift_warning, remove_blackout
from drills.calendar_file import calendar_file
from drills.drill import Content, DrillType, Form, SmallDrills, State, Step, Trade
from drills.due import DueState
from drills.errors import DrillError
from drills.plan_facts import PlanFacts, enter_facts
from drills.programme import adopt, approve, programme_of, programmes, several_years
from drills.register import (
    clashes,
    drill,
    list_drills,
    move_drill,
    plan_drill,
    record_past_drill,
    schedule_drill,
)
from drills.scheduling import BlackoutKind
from drills.small_drills import By, counts, return_small_drills, small_drills
from drills.store.branch import DRILLS
from drills.store.tables import ProgrammeState
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.organisations import Organisation, OrganisationKind, create_organisation
from plans_repo.plans import Plan, PlanKind, Trigger, create_plan, make_version
from plans_repo.store import events
from plans_repo.store.audit import verify
from plans_repo.store.database import PLANS, drift
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Clause, ClauseKind
from sim.procedure import Hazard
from tests.drills.builders import person
from tests.drills.conftest import StillClock

COUNTY = "/city/county/"


def a_body(work: Work, name: str, kind: OrganisationKind, area: str = COUNTY) -> Organisation:
    return create_organisation(work, name, kind=kind, area=area)


def a_plan(work: Work, title: str, kind: PlanKind, maker: Organisation, hazard: Hazard | None = None) -> Plan:
    return create_plan(work, title, kind=kind, hazard=hazard, organisation=maker.id)


class County:
    """A county with a bureau, a department, a mine and their plans; the flood plan was drilled three years ago."""

    def __init__(self, work: Work) -> None:
        self.government = a_body(work, "县政府", OrganisationKind.GOVERNMENT)
        self.bureau = a_body(work, "县应急局", OrganisationKind.EMERGENCY_BUREAU)
        self.water = a_body(work, "县水利局", OrganisationKind.DEPARTMENT)
        self.mine = a_body(work, "石岭煤矿", OrganisationKind.ENTERPRISE, f"{COUNTY}mine/")
        self.overall = a_plan(work, "县总体应急预案", PlanKind.OVERALL, self.government)
        self.flood = a_plan(work, "县防汛应急预案", PlanKind.SPECIAL, self.water, Hazard.FLOOD)
        self.coal = a_plan(work, "县煤矿事故应急预案", PlanKind.SPECIAL, self.government, Hazard.MINE)
        self.pit = a_plan(work, "石岭煤矿综合应急预案", PlanKind.UNIT, self.mine, Hazard.MINE)
        self.fire = a_plan(work, "县火灾应急预案", PlanKind.SPECIAL, self.bureau, Hazard.FIRE)
        enter_facts(work, PlanFacts(plan=self.coal.id, production_safety=True, issued_on=date(2025, 4, 1)))
        enter_facts(work, PlanFacts(plan=self.fire.id, issued_on=date(2025, 6, 1)))
        record_past_drill(work, "防汛桌面推演", on=date(2024, 5, 20), plan_ids=[self.flood.id], area=COUNTY)
        record_past_drill(
            work, "矿山拉动", on=date(2026, 9, 1), plan_ids=[self.pit.id], type=DrillType(form=Form.CALL_OUT),
            area=self.mine.area,
        )  # fmt: skip


@pytest.fixture
def county(store: Store, everybody: Actor) -> County:
    with store.work(everybody) as work:
        return County(work)


def bureau_organiser(county: County) -> Actor:
    return person("organiser", Role.DRILL_ORGANISER, organisation=county.bureau.id)


def test_the_migrations_make_what_the_tables_say(store: Store) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    assert drift(url, (PLANS, DRILLS)) == []


def test_the_programme_lists_every_plan_due_with_rule_and_source(store: Store, county: County) -> None:
    with store.reading(bureau_organiser(county)) as work:
        programme = programme_of(work, 2027)
    found = [(item.plan, str(item.by), item.rule.id, item.state) for item in programme.due]
    assert found == [
        (county.pit.id, "2027-03-01", "order-708-high-risk", DueState.DUE),
        (county.coal.id, "2027-04-01", "order-708-two-years", DueState.DUE),
        (county.flood.id, "2027-05-20", "measures-three-years", DueState.DUE),
        (county.pit.id, "2027-09-01", "order-708-high-risk", DueState.DUE),
    ]
    assert [item.plan for item in programme.without_rule] == [county.overall.id]
    assert programme.uncovered == programme.shortfalls == programme.out_of_step == ()
    assert {plan for item in programme.drills for plan in item.plans} == {
        county.pit.id,
        county.coal.id,
        county.flood.id,
    }


def test_an_adopted_programme_stays_and_adopting_it_twice_changes_nothing(store: Store, county: County) -> None:
    with store.work(bureau_organiser(county)) as work:
        first = adopt(work, 2027)
    with store.work(bureau_organiser(county)) as work:
        again = adopt(work, 2027)
        assert again == first
        assert first.state is ProgrammeState.DRAFT
        assert all(item.state is State.PLANNED for item in first.drills)
        assert [(year, area) for year, area, _ in programmes(work)] == [(2027, COUNTY)]


def test_the_leader_approves_the_programme_once(store: Store, county: County) -> None:
    with store.work(bureau_organiser(county)) as work:
        adopt(work, 2027)
    leader = person("leader", Role.LEADER, organisation=county.bureau.id)
    with store.work(leader) as work:
        assert approve(work, 2027).approved_by == "leader"
    with pytest.raises(DrillError, match="programme-approved-already"), store.work(leader) as work:
        approve(work, 2027)
    with pytest.raises(NotAllowed), store.work(bureau_organiser(county)) as work:
        approve(work, 2027)


def test_a_held_drill_answers_what_was_due(store: Store, county: County, clock: StillClock, everybody: Actor) -> None:
    clock.set("2027-06-01T01:00:00+00:00")
    with store.work(everybody) as work:
        record_past_drill(work, "防汛实战", on=date(2027, 5, 10), plan_ids=[county.flood.id], area=COUNTY)
        programme = programme_of(work, 2027, area=COUNTY)
        assert {item.plan: item.state for item in programme.due}[county.flood.id] is DueState.HELD
        later = [item for item in programme.drills if item.on and item.on.month > 5]
        assert county.flood.id not in {plan for item in later for plan in item.plans}


def test_a_cancelled_drill_leaves_its_plan_uncovered(store: Store, county: County) -> None:
    with store.work(bureau_organiser(county)) as work:
        flood = next(item for item in adopt(work, 2027).drills if item.plans == (county.flood.id,))
        move_drill(work, flood.id, Step.CANCEL, reason="人员调整")
        assert [item.plan for item in programme_of(work, 2027).uncovered] == [county.flood.id]


def test_several_years_show_when_everything_comes_round_again(store: Store, county: County) -> None:
    with store.reading(bureau_organiser(county)) as work:
        lines = several_years(work, 2027, 2030)
    years = {line.year: [item.plan for item in line.due] for line in lines}
    assert [county.coal.id in years[year] for year in range(2027, 2031)] == [True, False, True, False]
    assert [county.fire.id in years[year] for year in range(2027, 2031)] == [False, True, False, False]
    assert [county.flood.id in years[year] for year in range(2027, 2031)] == [True, False, False, True]


# ---- One drill -------------------------------------------------------------------------------------------------------


def test_a_drill_goes_from_idea_to_closed_follow_up(
    store: Store, county: County, clock: StillClock, everybody: Actor
) -> None:
    with store.work(everybody) as work:
        planned = plan_drill(work, "防汛桌面推演", year=2026, plan_ids=[county.flood.id], area=COUNTY)
        scheduled = schedule_drill(
            work, planned.id, date(2026, 11, 30), at=time(14, 30), place="县指挥中心", duration_min=90
        )
        assert (planned.state, scheduled.state, scheduled.place) == (State.PLANNED, State.SCHEDULED, "县指挥中心")
        for step, state in (
            (Step.START, State.RUNNING), (Step.END, State.ENDED),
            (Step.EVALUATE, State.EVALUATED), (Step.CLOSE, State.CLOSED),
        ):  # fmt: skip
            assert move_drill(work, planned.id, step, participants_count=40).state is state
        kinds = [event.kind for event in events.history(work, f"drill:{planned.id}")]
        assert kinds == [
            "drill-planned", "drill-scheduled", "drill-running", "drill-ended", "drill-evaluated", "drill-closed",
        ]  # fmt: skip
        assert verify(work).valid


def test_a_move_that_is_not_in_the_table_is_refused(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        planned = plan_drill(work, "演练", year=2027)
        with pytest.raises(DrillError, match="drill-move-not-allowed"):
            move_drill(work, planned.id, Step.START)
        with pytest.raises(DrillError, match="drill-reason-missing"):
            move_drill(work, planned.id, Step.CANCEL)


def test_a_blocked_day_is_refused_with_its_reason(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        add_blackout(work, "高考", kind=BlackoutKind.EXAMINATION, start_on=date(2027, 6, 7), end_on=date(2027, 6, 9))
        planned = plan_drill(work, "演练", year=2027)
        with pytest.raises(DrillError) as caught:
            schedule_drill(work, planned.id, date(2027, 6, 8))
    assert (caught.value.code, caught.value.fields["reasons"]) == ("drill-day-blacked-out", ("高考",))


def test_no_unit_drills_twice_in_a_week(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        first, second = (plan_drill(work, f"演练{n}", year=2027, units=["team-1"]) for n in (1, 2))
        schedule_drill(work, first.id, date(2027, 3, 1))
        with pytest.raises(DrillError, match="drill-day-same-week"):
            schedule_drill(work, second.id, date(2027, 3, 4))
        assert schedule_drill(work, second.id, date(2027, 3, 8)).on == date(2027, 3, 8)


def test_a_warning_in_force_blocks_the_start_until_it_is_lifted(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        planned = plan_drill(work, "防汛演练", year=2026, area=COUNTY)
        schedule_drill(work, planned.id, date(2026, 11, 20))
        warning = add_blackout(
            work, "暴雨橙色预警", kind=BlackoutKind.WARNING, start_on=date(2026, 11, 19), area="/city/"
        )
        with pytest.raises(DrillError, match="drill-start-during-warning"):
            move_drill(work, planned.id, Step.START)
        lift_warning(work, warning.id, date(2026, 11, 19))
        assert move_drill(work, planned.id, Step.START).state is State.RUNNING


def test_a_blackout_that_comes_later_names_the_drills_it_hits(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        planned = plan_drill(work, "演练", year=2027)
        schedule_drill(work, planned.id, date(2027, 3, 3))
        meeting = add_blackout(
            work, "全国两会", kind=BlackoutKind.MEETING, start_on=date(2027, 3, 1), end_on=date(2027, 3, 12)
        )
        assert [(hit.id, [each.id for each in by]) for hit, by in clashes(work)] == [(planned.id, [meeting.id])]
        remove_blackout(work, meeting.id)
        assert clashes(work) == ()
        assert blackouts(work) == ()


def test_the_same_period_is_entered_once(store: Store, everybody: Actor) -> None:
    days = {"start_on": date(2027, 3, 1), "end_on": date(2027, 3, 12)}
    with store.work(everybody) as work:
        add_blackout(work, "全国两会", kind=BlackoutKind.MEETING, **days)  # type: ignore[arg-type]
        with pytest.raises(DrillError, match="blackout-entered-already"):
            add_blackout(work, "全国两会", kind=BlackoutKind.OTHER, **days)  # type: ignore[arg-type]
        with pytest.raises(DrillError, match="blackout-entered-already"):
            add_blackout(work, "两会", kind=BlackoutKind.MEETING, **days)  # type: ignore[arg-type]
        add_blackout(work, "轮训", kind=BlackoutKind.STAFFING, **days)  # type: ignore[arg-type]
        assert len(blackouts(work)) == 2


def test_another_day_than_the_approved_one_needs_a_reason(store: Store, county: County, clock: StillClock) -> None:
    with store.work(bureau_organiser(county)) as work:
        first = next(item for item in adopt(work, 2027).drills if item.plans == (county.flood.id,))
        assert first.on is not None
        moved = schedule_drill(work, first.id, first.on + timedelta(days=28))
        assert moved.on != first.on  # a draft may be changed without a word
    clock.forward(days=1)
    with store.work(person("leader", Role.LEADER, organisation=county.bureau.id)) as work:
        approve(work, 2027)
    clock.forward(days=1)
    with store.work(bureau_organiser(county)) as work:
        with pytest.raises(DrillError, match="drill-change-reason-missing"):
            schedule_drill(work, first.id, first.on)
        assert schedule_drill(work, first.id, moved.on, place="北堤").place == "北堤"  # type: ignore[arg-type]
        assert schedule_drill(work, first.id, first.on, reason="汛情").on == first.on
        kept = events.history(work, f"drill:{first.id}")[-1]
        assert (kept.kind, kept.payload["reason"]) == ("drill-scheduled", "汛情")
        assert drill(work, first.id).note == first.note
        late = plan_drill(work, "临时增加", year=2027, on=date(2027, 10, 12), area=COUNTY, organisation=county.water.id)
        assert schedule_drill(work, late.id, date(2027, 10, 26)).on == date(2027, 10, 26)  # it was never approved


def test_what_is_to_come_satisfies_nothing_until_it_is_held(
    store: Store, county: County, clock: StillClock, everybody: Actor
) -> None:
    with store.work(everybody) as work:
        planned = plan_drill(work, "防汛桌面推演", year=2026, plan_ids=[county.flood.id], area=COUNTY)
        schedule_drill(work, planned.id, date(2026, 11, 30))
        pages = [programme_of(work, year, area=COUNTY) for year in (2026, 2027, 2029)]
        found = {next(item for item in page.next_due if item.plan == county.flood.id) for page in pages}
        assert [(item.by, item.since, item.on, item.next_by) for item in found] == [
            (date(2027, 5, 20), date(2024, 5, 20), date(2026, 11, 30), date(2029, 11, 30))
        ]
    clock.set("2026-11-30T01:00:00+00:00")
    with store.work(everybody) as work:
        for step in (Step.START, Step.END):
            move_drill(work, planned.id, step)
        flood = next(item for item in programme_of(work, 2027, area=COUNTY).next_due if item.plan == county.flood.id)
        assert (flood.by, flood.since, flood.on) == (date(2029, 11, 30), date(2026, 11, 30), None)


def test_a_draft_is_no_plan_without_an_interval(store: Store, county: County, everybody: Actor) -> None:
    clause = Clause(id="c", kind=ClauseKind.BODY, text="本预案每年至少组织一次演练。")
    with store.work(everybody) as work:
        draft = a_plan(work, "县地震应急预案", PlanKind.SPECIAL, county.government)
        make_version(work, draft.id, [clause], reason="起草", trigger=Trigger.EDITING)
        found = programme_of(work, 2027, area=COUNTY)
        assert [plan.id for plan in found.drafts] == [draft.id]
        assert draft.id not in {item.plan for item in (*found.due, *found.next_due)}
        assert draft.id not in {subject.plan for subject in found.without_rule}
        assert draft.id not in {plan for item in found.drills for plan in item.plans}


def test_what_is_not_in_ones_area_does_not_exist(store: Store, county: County, everybody: Actor) -> None:
    with store.work(everybody) as work:
        other = a_body(work, "邻县应急局", OrganisationKind.EMERGENCY_BUREAU, "/city/other/")
        theirs = plan_drill(work, "邻县演练", year=2027, area=other.area, organisation=other.id, on=date(2027, 3, 3))
        add_blackout(
            work,
            "邻县活动",
            kind=BlackoutKind.ACTIVITY,
            start_on=date(2027, 3, 1),
            end_on=date(2027, 3, 2),
            area=other.area,
        )
    with store.work(bureau_organiser(county)) as work:
        assert theirs.id not in {item.id for item in list_drills(work)}
        assert blackouts_between(work, date(2027, 1, 1), date(2027, 12, 31)) == ()
        with pytest.raises(NotFound):
            drill(work, theirs.id)
        with pytest.raises(NotAllowed):
            plan_drill(work, "越界演练", year=2027, area=other.area)
        with pytest.raises(NotAllowed):
            add_blackout(work, "越界", kind=BlackoutKind.WARNING, start_on=date(2027, 3, 1), area="/city/")
    with store.work(person("reader", Role.MEMBER_UNIT)) as work, pytest.raises(NotAllowed):
        plan_drill(work, "演练", year=2027)


# ---- Small drills, calendar file -------------------------------------------------------------------------------------


def test_small_drills_are_returned_monthly_and_counted(store: Store, county: County, everybody: Actor) -> None:
    liaison = person("liaison", Role.TOWNSHIP_LIAISON, organisation=county.mine.id)
    with store.work(liaison) as work:
        for month, drills_count, people_count in ((9, 3, 120), (10, 2, 60), (10, 4, 90)):
            return_small_drills(
                work, date(2026, month, 1), trade=Trade.COAL_MINE, form=Form.LIVE, drills_count=drills_count,
                people_count=people_count,
            )  # fmt: skip
    with store.work(bureau_organiser(county)) as work:
        return_small_drills(
            work, date(2026, 10, 1), trade=Trade.SCHOOL, form=Form.TABLETOP, drills_count=1, people_count=30,
            organisation_id=county.water.id,
        )  # fmt: skip
        span = (date(2026, 1, 1), date(2026, 12, 1))
        assert len(small_drills(work, *span)) == 3
        assert [(each.key, each.drills_count, each.people_count) for each in counts(work, *span, By.TRADE)] == [
            ("coal_mine", 7, 210),
            ("school", 1, 30),
        ]
        assert [each.key for each in counts(work, *span, By.MONTH)] == ["2026-09", "2026-10"]
        assert {each.key for each in counts(work, *span, By.AREA)} == {COUNTY, f"{COUNTY}mine/"}


def test_a_return_that_cannot_be_is_refused(store: Store, county: County) -> None:
    liaison = person("liaison", Role.TOWNSHIP_LIAISON, organisation=county.mine.id)
    with store.work(liaison) as work:
        with pytest.raises(DrillError, match="return-in-future"):
            return_small_drills(
                work, date(2027, 1, 1), trade=Trade.OTHER, form=Form.LIVE, drills_count=1, people_count=1
            )
        with pytest.raises(NotAllowed):
            return_small_drills(
                work, date(2026, 10, 1), trade=Trade.OTHER, form=Form.LIVE, drills_count=1, people_count=1,
                organisation_id=county.water.id,
            )  # fmt: skip
    value = SmallDrills(
        id="1", organisation="o", area="/", trade=Trade.OTHER, form=Form.LIVE, month=date(2026, 1, 1), drills_count=1,
        people_count=0,
    )  # fmt: skip
    for wrong, code in (
        ({"month": date(2026, 1, 2)}, "month-malformed"),
        ({"drills_count": -1}, "count-negative"),
        ({"drills_count": 0, "people_count": 5}, "people-without-drills"),
    ):
        with pytest.raises(DrillError, match=code):
            replace(value, **wrong)  # type: ignore[arg-type]


def test_the_calendar_file_holds_the_known_drills_under_the_drill_marker(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        first = plan_drill(work, "防汛桌面推演", title_en="Flood tabletop", year=2027)
        schedule_drill(work, first.id, date(2027, 3, 1), at=time(9, 30), place="指挥中心", duration_min=120)
        plan_drill(work, "未定时刻", year=2027, on=date(2027, 3, 15))
        drills = list_drills(work, 2027)
        text = calendar_file(drills, stamp=work.now, name="2027年演练日历")
        english = calendar_file(drills, stamp=work.now, language="en").decode()
    read = list(IcsCalendar.from_ical(text).walk("VEVENT"))
    assert [str(event["summary"]) for event in read] == ["【演练】防汛桌面推演", "【演练】未定时刻"]
    assert read[0]["dtstart"].dt.isoformat() == "2027-03-01T09:30:00+08:00"
    assert read[1]["dtstart"].dt == date(2027, 3, 15)
    assert "[DRILL] Flood tabletop" in english


def test_the_calendar_file_explains_its_time_zone(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        first = plan_drill(work, "防汛桌面推演", year=2027)
        schedule_drill(work, first.id, date(2027, 3, 1), at=time(9, 30))
        file = IcsCalendar.from_ical(calendar_file(list_drills(work), stamp=work.now, name="全部"))
    (zone,) = file.walk("VTIMEZONE")
    (event,) = file.walk("VEVENT")
    assert str(zone["tzid"]) == event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert {str(part["tzoffsetto"].to_ical()) for part in zone.walk("STANDARD")} == {"+0800"}
    assert file.subcomponents[0] is zone  # readers that go through the file once know the zone before it is used
    assert str(file["x-wr-calname"]) == "全部"


def test_a_drill_type_has_three_axes() -> None:
    assert DrillType(content=Content.COMPREHENSIVE).rank > DrillType(form=Form.LIVE).rank
