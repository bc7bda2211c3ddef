"""The notice of days off: read from its words, held against the library, refused where it slips; clocks follow it."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from plans_repo.course import clocks, holiday_notice, passage
from plans_repo.course.holiday_notice import Notice, enter_notice, read_notice, special_days
from plans_repo.course.stages import ClockKind
from plans_repo.course.working_days import Calendar, calendar
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind, create_organisation
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.accounts import WorkdayOverrideRow
from plans_repo.store.tables.courses import DeadlineRow
from plans_repo.store.work import Actor, Store
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import issued

NOTICES = {
    2023: """国务院办公厅关于2023年部分节假日安排的通知
        一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
        二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
        三、清明节：4月5日放假，共1天。
        四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
        五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
        六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2024: """一、元旦：1月1日放假，与周末连休。
        二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假
        等制度落实，安排职工在除夕（2月9日）休息。三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
        四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
        五、端午节：6月10日放假，与周末连休。六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
        七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2026: """国办发明电〔2025〕7号 2025年11月4日
        各省、自治区、直辖市人民政府：经国务院批准，现将2026年元旦、春节等节日放假调休日期的具体安排通知如下。
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。
        2月14日（周六）、2月28日（周六）上班。三、清明节：4月4日（周六）至6日（周一）放假，共3天。
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}
NUMBER = "国办发明电〔2026〕9号"
MADE_UP = "一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。1月16日（周六）上班。"


def read(text: str, year: int = 2027) -> Notice:
    return read_notice(text, year, NUMBER)


@pytest.mark.parametrize("year", NOTICES)
def test_a_real_notice_gives_the_working_days_of_the_library(year: int) -> None:
    notice = read_notice(NOTICES[year], year, "国办发明电")
    plain = Calendar(overrides=notice.days)
    for day in (date(year, 1, 1) + timedelta(days=count) for count in range(365)):
        by_notice = notice.days.get(day, day.weekday() < 5)
        assert by_notice == Calendar().is_working_day(day) == plain.is_working_day(day), day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("放假安排另行通知。", "notice-unreadable"),
        ("国务院办公厅关于2026年部分节假日安排的通知。元旦：1月1日放假。", "notice-other-year"),
        ("元旦：2028年1月1日放假。", "notice-other-year"),
        ("元旦：1月1日（周四）至3日放假，共3天。", "notice-weekday"),
        ("元旦：1月1日（周五）至3日（周日）放假，共4天。", "notice-count"),
        ("元旦：1月1日放假2天。", "notice-count"),
        ("春节：2月13日至2日放假。", "notice-run"),
        ("春节：2月1日至28日放假。", "notice-run"),
        ("春节：2月30日放假。", "notice-no-such-day"),
        ("春节：31日放假。", "notice-no-such-day"),
        ("元旦：1月1日放假。1月8日上班。", "notice-not-made-up"),
        ("元" * 20_001, "notice-too-long"),
    ],
)
def test_a_slip_refuses_the_notice(text: str, code: str) -> None:
    with pytest.raises(PlansRepoError) as refusal:
        read(text)
    assert refusal.value.code == code


def test_days_off_and_made_up_days_of_one_sentence_are_told_apart() -> None:
    found = read("元旦：1月1日（周五）至3日（周日）放假，共3天，1月9日（周六）上班。")
    assert found.off == (date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3))
    assert found.made_up == (date(2027, 1, 9),)


def test_a_notice_has_a_number() -> None:
    with pytest.raises(PlansRepoError, match="notice-number"):
        read_notice(MADE_UP, 2027, "  ")


@pytest.mark.parametrize("says_length", [True, False])
def test_running_clocks_are_counted_anew_and_those_that_ended_stay(
    store: Store, clock: StillClock, says_length: bool
) -> None:
    clock.forward(days=25)
    version = issued(store)
    with store.work(EVERYBODY) as work:
        state = passage.passage(work, version)
        before = {one.kind: one for one in state.deadlines}
        clocks.stop(work, state.course, ClockKind.PUBLICATION, date(2026, 12, 16))
        for row in work.session.exec(select(DeadlineRow)):
            row.working_days = row.working_days if says_length else None
        assert clocks.provisional(work) == {2027: 1}
    filing, publication = before[ClockKind.FILING], before[ClockKind.PUBLICATION]
    with store.work(EVERYBODY) as work:
        moved = enter_notice(work, read(MADE_UP))
        due = calendar(work).after(filing.from_on, 20)
        after = {one.kind: one for one in passage.passage(work, version).deadlines}
        assert clocks.provisional(work) == {}
    assert due.on == date(2027, 1, 14)  # 4 January is off now
    assert (filing.due_on, filing.is_provisional) == (date(2027, 1, 13), True)
    assert (after[ClockKind.FILING].due_on, after[ClockKind.FILING].is_provisional) == (due.on, False)
    assert after[ClockKind.PUBLICATION].due_on == publication.due_on
    assert [(one.kind, one.due_before, one.due_on) for one in moved] == [(ClockKind.FILING, filing.due_on, due.on)]
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid


def test_a_calendar_that_comes_to_know_a_year_counts_its_limits_anew(store: Store, clock: StillClock) -> None:
    clock.forward(days=25)
    version = issued(store)
    assert clocks.follow_calendar(store) == 0
    with store.work(EVERYBODY) as work:
        before = {one.kind: one for one in passage.passage(work, version).deadlines}
        for day, is_workday in read(MADE_UP).days.items():  # as if a newer release of the library knew them
            work.session.add(
                WorkdayOverrideRow(day=day, is_workday=is_workday, note="", entered_by="", entered_at=work.now)
            )
    assert clocks.follow_calendar(store) == 2
    assert clocks.follow_calendar(store) == 0
    with store.reading(EVERYBODY) as work:
        after = {one.kind: one for one in passage.passage(work, version).deadlines}
        assert clocks.provisional(work) == {}
    assert (before[ClockKind.FILING].due_on, before[ClockKind.FILING].is_provisional) == (date(2027, 1, 13), True)
    assert (after[ClockKind.FILING].due_on, after[ClockKind.FILING].is_provisional) == (date(2027, 1, 14), False)
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid
        (told,) = (one.payload["moved"] for one in events.history(work, "calendar"))
    assert [line[2:] for line in told if line[1] == ClockKind.FILING] == [["2027-01-13", "2027-01-14"]]


def test_a_limit_that_does_not_say_its_length_stays_as_it_was_counted(store: Store, clock: StillClock) -> None:
    clock.forward(days=25)
    issued(store)
    with store.work(EVERYBODY) as work:
        for row in work.session.exec(select(DeadlineRow)):
            row.working_days = None
        for day, is_workday in read(MADE_UP).days.items():
            work.session.add(
                WorkdayOverrideRow(day=day, is_workday=is_workday, note="", entered_by="", entered_at=work.now)
            )
    assert clocks.follow_calendar(store) == 0
    with store.work(EVERYBODY) as work:
        assert clocks.provisional(work) == {2027: 2}
        assert enter_notice(work, read(MADE_UP)) == ()  # with which calendar it was counted nobody can tell
        assert clocks.provisional(work) == {2027: 2}


def test_the_later_notice_of_a_year_takes_the_place_of_the_earlier(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        enter_notice(work, read("元旦：2026年12月31日至2027年1月3日放假调休，共4天。1月9日（周六）上班。"))
        enter_notice(work, read("元旦：1月1日（周五）至3日（周日）放假，共3天。春节：2月5日至7日放假。2月20日上班。"))
        found = {one.day: one.is_workday for one in special_days(work, 2027)}
        assert calendar(work).is_working_day(date(2026, 12, 31))
    assert found[date(2027, 2, 20)]
    assert date(2027, 1, 9) not in found


def test_the_calendar_is_entered_by_who_oversees_the_area(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        firm = create_organisation(work, "江畔纺织", kind=OrganisationKind.ENTERPRISE, area="/a/")
    office = person("firm", Role.FILING_OFFICER, organisation=firm.id)
    with store.work(office) as work, pytest.raises(NotAllowed, match="notice-of-the-area"):
        enter_notice(work, read(MADE_UP))
    with store.work(person("guest")) as work, pytest.raises(NotAllowed):
        enter_notice(work, read(MADE_UP))
    with store.reading(office) as work:
        assert not holiday_notice.may_enter(work)
        assert not calendar(work).is_announced(2027)
