"""The drill calendar and the yearly programme: what they show to whom, and that every control does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from drills import blackouts, programme, register, small_drills
from drills.drill import Blindness, Content, Drill, DrillType, Form, Purpose, State, Trade
from drills.scheduling import Blackout, BlackoutKind, Days
from drills.sealing import ceremony
from drills.sealing.lot import Lot
from drills.sealing.publication import keep_beacon
from drills.sealing.slates import Wish
from drills.store.tables import ProgrammeState
from plans_repo import plans
from plans_repo.course.holiday_notice import Notice, enter_notice
from plans_repo.plans import PlanKind
from plans_repo.store.actor import local_actor
from plans_repo.text.clause import Clause, ClauseKind
from tests.drills.builders import PASSPHRASE, a_vault
from tests.ui.conftest import Clock
from tests.ui.drilled import Drilled, actor, furnish
from ui import downloads
from ui.installation import Installation
from ui.todos import todos

Open = Callable[..., AppTest]
HIDDEN = "不存在或无权访问。"
READERS = ("organiser", "author", "approver", "evaluator", "liaison")
CANARY = "金丝雀"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Drilled]:
    data = tmp_path_factory.mktemp("drilled")
    return data, furnish(data)


@pytest.fixture(scope="module")
def furnished(made: tuple[Path, Drilled]) -> Path:
    return made[0]


@pytest.fixture
def known(made: tuple[Path, Drilled]) -> Drilled:
    return made[1]


@pytest.fixture
def calendar(app: Open) -> Open:
    def opened(name: str = "organiser", **query: str) -> AppTest:
        return app(name, "calendar_page.py", **({"month": "2026-11"} | query))

    return opened


@pytest.fixture
def yearly(app: Open) -> Open:
    def opened(name: str = "organiser", **query: str) -> AppTest:
        return app(name, "programme_page.py", **({"year": "2027"} | query))

    return opened


def markup(at: AppTest) -> str:
    assert not at.exception
    return " ".join(element.proto.body for element in at.get("html"))


def submit(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def said(at: AppTest) -> list[str]:
    return [one.value for one in (*at.success, *at.error)]


def stored(installation: Installation, drill: str) -> Drill:
    with installation.store.reading(actor(installation)) as work:
        return register.drill(work, drill)


def drills_of(installation: Installation) -> tuple[Drill, ...]:
    with installation.store.reading(actor(installation)) as work:
        return register.list_drills(work)


def periods_of(installation: Installation) -> tuple[Blackout, ...]:
    with installation.store.reading(actor(installation)) as work:
        return blackouts.blackouts(work)


# the calendar


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everybody_who_reads_drills_sees_the_coming_one(calendar: Open, name: str, lang: str) -> None:
    shown = markup(calendar(name, lang=lang))
    assert ("高层火灾演练" if lang == "zh" else "High-rise fire") in shown
    assert ("<b>已排期</b>" if lang == "zh" else "<b>scheduled</b>") in shown
    assert ("周一" in shown) is (lang == "zh")


def test_an_administrator_is_told_nothing(app: Open) -> None:
    at = app("admin", "calendar_page.py")
    assert [one.value for one in at.warning] == [HIDDEN]
    assert "yy-month" not in markup(at)


def test_a_month_that_is_none_is_this_month(calendar: Open) -> None:
    for words in ("2026-13", "never", "1800-01"):
        assert "<strong>2026年11月</strong>" in markup(calendar(month=words))


def test_a_blackout_closes_its_days_and_says_why(calendar: Open) -> None:
    shown = markup(calendar(month="2026-12"))
    assert shown.count("yy-day-closed") == 5
    assert '<small title="迎检周：迎接上级检查">迎检周</small>' in shown
    assert "2026年12月21日" in shown
    assert "Inspection" in markup(calendar(month="2026-12", lang="en"))
    assert "yy-day-closed" not in markup(calendar(month="2026-10"))


def test_days_off_and_made_up_working_days_are_marked(calendar: Open) -> None:
    shown = markup(calendar(month="2026-02"))
    assert shown.count('<span class="yy-day-mark">班</span>') == 2  # the Saturdays of 14 and 28 February
    assert '<span class="yy-day-mark">休</span>' in shown
    assert not any("调休未公布" in one.value for one in calendar(month="2026-02").caption)


def test_a_year_without_notice_says_so_until_it_is_entered(calendar: Open, installation: Installation) -> None:
    assert any("调休未公布" in one.value for one in calendar(month="2027-05").caption)
    with installation.store.work(actor(installation)) as work:
        enter_notice(work, Notice(year=2027, number="国办发明电", days={date(2027, 5, 8): True}))
    at = calendar(month="2027-05")
    assert not any("调休未公布" in one.value for one in at.caption)
    assert '<span class="yy-day-mark">班</span>' in markup(at)


@pytest.mark.parametrize(
    ("key", "fitting", "other"),
    [("plan", "fire", "flood"), ("form", Form.LIVE, Form.CALL_OUT), ("state", State.SCHEDULED, State.CLOSED)],
)
def test_every_filter_filters(calendar: Open, known: Drilled, key: str, fitting: Any, other: Any) -> None:
    at = calendar()
    for value, is_shown in ((fitting, True), (other, False)):
        at.selectbox(key=key).set_value(getattr(known, value) if key == "plan" else value).run()
        assert ("高层火灾演练" in markup(at)) is is_shown


def test_filters_stand_in_the_address_and_the_month_beside_keeps_them(calendar: Open) -> None:
    at = calendar(form="tabletop")
    assert "高层火灾演练" not in markup(at)
    assert "month=2026-12&amp;form=" in markup(at)
    at = calendar(month="2026-12", form="tabletop")
    assert "防汛叫应演练" in markup(at)


def test_a_cancelled_drill_is_shown_to_who_asks_for_it(calendar: Open) -> None:
    at = calendar(month="2026-12")
    assert "取消了的演练" not in markup(at)
    at.selectbox(key="state").set_value(State.CANCELLED).run()
    assert "取消了的演练" in markup(at)
    assert "防汛叫应演练" not in markup(at)


def test_the_year_is_a_list_of_its_drills_in_order(calendar: Open) -> None:
    at = calendar()
    at.segmented_control(key="view").set_value("year").run()
    shown = markup(at)
    places = [shown.index(title) for title in ("商场火灾演练", "高层火灾演练", "防汛叫应演练")]
    assert places == sorted(places)
    assert 'yy-month"' not in shown
    assert "本年没有符合条件的演练" in markup(calendar(month="2031-01", view="year"))


def test_a_drill_opens_with_its_facts_steps_and_plan(calendar: Open, known: Drilled) -> None:
    shown = markup(calendar(drill=known.scheduled))
    facts = ("综合演练 · 实战演练 · 检验性", "2026-11-26 09:00</span>，历时 2 小时", "城关镇", "双堤镇人民政府", "280")
    assert [fact for fact in facts if fact not in shown] == []
    assert f'<a href="/plan?id={known.fire}"' in shown
    assert 'aria-label="排期 进行中"' in shown
    assert "按时出水" in markup(calendar(drill=known.held))


def test_who_may_not_see_the_plan_reads_that_there_is_one(calendar: Open, known: Drilled) -> None:
    shown = markup(calendar("liaison", drill=known.scheduled))
    assert "另有 1 件预案" in shown
    assert known.fire not in shown


@pytest.mark.parametrize("name", ["organiser", "liaison"])
def test_an_unknown_drill_does_not_exist(calendar: Open, name: str) -> None:
    at = calendar(name, drill="no-such-drill")
    assert [one.value for one in at.error] == [HIDDEN]
    assert "高层火灾演练" in markup(at)


@pytest.mark.parametrize("name", ["author", "approver", "liaison"])
def test_who_only_reads_is_offered_no_change(calendar: Open, known: Drilled, name: str) -> None:
    at = calendar(name, drill=known.scheduled)
    assert "城关镇" in markup(at)
    assert not at.button


# scheduling


def schedule(page: AppTest, **fields: Any) -> AppTest:
    controls = {"on": page.date_input, "at": page.time_input, "place": page.text_input, "days": page.selectbox}
    for field, value in fields.items():
        controls.get(field, page.number_input)(key=f"schedule-{field}").set_value(value)
    return submit(page, "schedule-now")


def test_a_planned_drill_is_scheduled_with_everything_said(
    calendar: Open, known: Drilled, installation: Installation
) -> None:
    fields = {"on": date(2026, 12, 8), "at": time(14, 30), "place": "下洲镇", "minutes": 90, "people": 60}
    at = schedule(calendar(drill=known.planned), **fields)
    drill = stored(installation, known.planned)
    assert drill.state is State.SCHEDULED
    assert (drill.on, drill.at, drill.place, drill.duration_min, drill.participants_count) == tuple(fields.values())
    assert said(at) == ["已排期：防汛叫应演练。"]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 22), "禁演期（迎检周：迎接上级检查）"),
        (date(2026, 12, 12), "不是工作日"),
        (date(2026, 11, 20), "已过"),
        (date(2026, 11, 27), "该周已有另一次演练"),
    ],
)
def test_a_day_that_will_not_do_is_refused_with_its_reason(
    calendar: Open, known: Drilled, installation: Installation, on: date, words: str
) -> None:
    before = stored(installation, known.planned)
    at = schedule(calendar(drill=known.planned), on=on)
    assert len(at.error) == 1
    assert words in at.error[0].value
    assert stored(installation, known.planned) == before


def test_the_days_asked_for_decide_which_days_will_do(
    calendar: Open, known: Drilled, installation: Installation
) -> None:
    saturday = date(2026, 12, 12)
    assert schedule(calendar(drill=known.planned), on=saturday, days=Days.WORKING).error
    assert not schedule(calendar(drill=known.planned), on=saturday, days=Days.REST).error
    assert stored(installation, known.planned).on == saturday


def test_a_drill_is_cancelled_with_a_reason_only(calendar: Open, known: Drilled, installation: Installation) -> None:
    at = submit(calendar(drill=known.scheduled), "cancel-now")
    assert [one.value for one in at.error] == ["取消演练须写明原因。"]
    at.text_input(key="cancel-reason").set_value("台风")
    submit(at, "cancel-now")
    drill = stored(installation, known.scheduled)
    assert (drill.state, drill.note) == (State.CANCELLED, "")
    shown = markup(calendar(drill=known.scheduled))
    assert "改期、取消的原因" in shown
    assert "2026-11-21取消：台风" in shown


def test_a_drill_runs_its_course_from_its_day_on(
    calendar: Open, known: Drilled, installation: Installation, clock: Clock
) -> None:
    assert "step-start" not in [button.key for button in calendar(drill=known.scheduled).button]
    clock.forward(days=5)
    for name, key, state in (
        ("organiser", "step-start", State.RUNNING),
        ("organiser", "step-end", State.ENDED),
        ("evaluator", "step-evaluate", State.EVALUATED),
        ("organiser", "step-close", State.CLOSED),
    ):
        submit(calendar(name, drill=known.scheduled), key)
        assert stored(installation, known.scheduled).state is state
    assert "<b>已闭环</b>" in markup(calendar())


def approved(installation: Installation, year: int) -> None:
    with installation.store.work(actor(installation)) as work:
        programme.adopt(work, year, drills=())
    with installation.store.work(actor(installation, "approver")) as work:
        programme.approve(work, year)


def test_another_day_than_the_approved_one_is_given_with_a_reason_only(
    calendar: Open, known: Drilled, installation: Installation
) -> None:
    assert "schedule-reason" not in [one.key for one in calendar(drill=known.scheduled).text_input]
    approved(installation, 2026)
    at = schedule(calendar(drill=known.scheduled), on=date(2026, 12, 3))
    assert "改期须写明原因" in at.error[0].value
    assert stored(installation, known.scheduled).on == date(2026, 11, 26)
    at.text_input(key="schedule-reason").set_value("寒潮")
    assert said(submit(at, "schedule-now")) == ["已改期：高层火灾演练。"]
    drill = stored(installation, known.scheduled)
    assert (drill.on, drill.note) == (date(2026, 12, 3), "")
    assert "2026-11-21改期：寒潮" in markup(calendar(drill=known.scheduled))


@pytest.mark.parametrize(("lang", "word"), [("zh", "须改期"), ("en", "to be moved")])
def test_a_drill_on_a_closed_day_leads_to_another_day(
    calendar: Open, yearly: Open, known: Drilled, installation: Installation, lang: str, word: str
) -> None:
    approved(installation, 2026)
    with installation.store.work(actor(installation)) as work:
        blackouts.add_blackout(
            work, "医院搬迁", kind=BlackoutKind.OTHER, start_on=date(2026, 11, 25), end_on=date(2026, 11, 27)
        )
    for view in ({}, {"view": "全年清单" if lang == "zh" else "Year"}):
        at = calendar(lang=lang, **view)
        shown = markup(at)
        assert f">{word}<" in shown
        assert f"drill={known.scheduled}&amp;step=reschedule" in shown
        assert len(at.warning) == 1
    matrix = markup(yearly(year="2026", lang=lang, tab="year"))
    assert f'<span class="yy-unbroken">{word}</span>' in matrix
    reader = calendar("author", lang=lang)
    assert "step=reschedule" not in markup(reader)
    at = calendar(lang=lang, drill=known.scheduled, step="reschedule")
    assert len(at.warning) == 2
    assert "2026-11-26" in at.warning[1].value
    assert "医院搬迁" in at.text_input(key="schedule-reason").value
    assert not schedule(calendar(drill=known.scheduled), on=date(2026, 12, 3)).error
    assert not calendar(lang=lang, drill=known.scheduled).warning


# new entries


def test_a_new_drill_is_stored_as_filled_in(calendar: Open, known: Drilled, installation: Installation) -> None:
    at = calendar()
    at.text_input(key="new-drill-title-0").set_value("新演练")
    at.multiselect(key="new-drill-plans-0").set_value([known.flood])
    at.selectbox(key="new-content-0").set_value(Content.COMPREHENSIVE)
    at.selectbox(key="new-form-0").set_value(Form.CALL_OUT)
    at.selectbox(key="new-purpose-0").set_value(Purpose.RESEARCH)
    at.date_input(key="new-drill-on-0").set_value(date(2027, 4, 13))
    at.checkbox(key="new-drill-blind-0").check()
    submit(at, "new-drill-now")
    drill = next(one for one in drills_of(installation) if one.title == "新演练")
    assert (drill.plans, drill.on, drill.year, drill.blindness) == (
        (known.flood,), date(2027, 4, 13), 2027, {Blindness.CONTENT},
    )  # fmt: skip
    kind = drill.type
    assert (kind.content, kind.form, kind.purpose) == (Content.COMPREHENSIVE, Form.CALL_OUT, Purpose.RESEARCH)


def test_a_drill_without_a_name_is_refused(calendar: Open, installation: Installation) -> None:
    before = drills_of(installation)
    assert len(submit(calendar(), "new-drill-now").error) == 1
    assert drills_of(installation) == before


def add_period(at: AppTest, **fields: Any) -> AppTest:
    controls = {"kind": at.selectbox, "reason": at.text_input}
    for field, value in fields.items():
        controls.get(field, at.date_input)(key=f"blackout-{field}-0").set_value(value)
    return submit(at, "blackout-now")


def test_a_blackout_is_stored_as_filled_in_and_closes_its_days(calendar: Open, installation: Installation) -> None:
    start, end = date(2026, 12, 1), date(2026, 12, 3)
    at = add_period(calendar(month="2026-12"), reason="中考", kind=BlackoutKind.EXAMINATION, start=start, end=end)
    assert said(at) == ["已登记：中考。"]
    added = next(one for one in periods_of(installation) if one.reason == "中考")
    assert (added.kind, added.start_on, added.end_on) == (BlackoutKind.EXAMINATION, start, end)
    assert markup(at).count("yy-day-closed") == 5 + 3


def test_a_blackout_names_the_drills_it_hits_and_the_form_comes_back_empty(
    calendar: Open, installation: Installation
) -> None:
    fields = {"reason": "医院搬迁", "kind": BlackoutKind.OTHER, "start": date(2026, 11, 25), "end": date(2026, 11, 27)}
    at = add_period(calendar(), **fields)
    assert not at.success
    assert "高层火灾演练（2026-11-26）" in at.warning[0].value
    assert at.text_input(key="blackout-reason-1").value == ""
    assert (at.selectbox(key="blackout-kind-1").value, at.date_input(key="blackout-end-1").value) == (None, None)
    before = periods_of(installation)
    assert "已经登记：医院搬迁" in add_period(calendar(), **fields).error[0].value
    assert periods_of(installation) == before


def test_a_new_drill_leaves_an_empty_form(calendar: Open) -> None:
    at = calendar()
    at.text_input(key="new-drill-title-0").set_value("新演练")
    assert submit(at, "new-drill-now").text_input(key="new-drill-title-1").value == ""


def test_the_kind_of_a_blackout_is_chosen_by_the_person(calendar: Open, installation: Installation) -> None:
    before = periods_of(installation)
    at = calendar()
    assert at.selectbox(key="blackout-kind-0").value is None
    at = add_period(at, reason="医院搬迁", end=date(2026, 11, 27))
    assert [one.value for one in at.error] == ["请选择类别。"]
    assert periods_of(installation) == before
    assert at.text_input(key="blackout-reason-0").value == "医院搬迁"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "须写明原因"),
        ({"reason": "中考"}, "须写明结束日期"),
        ({"reason": "中考", "end": date(2026, 11, 1)}, "早于开始日期"),
    ],
)
def test_a_blackout_that_makes_no_sense_is_refused(
    calendar: Open, installation: Installation, fields: dict[str, Any], words: str
) -> None:
    before = periods_of(installation)
    at = add_period(calendar(), kind=BlackoutKind.EXAMINATION, **fields)
    assert words in at.error[0].value
    assert periods_of(installation) == before


def test_a_warning_stays_open_until_it_is_lifted(calendar: Open, installation: Installation) -> None:
    at = add_period(calendar(), reason="暴雨橙色预警", kind=BlackoutKind.WARNING)
    assert "起，尚未解除" in markup(at)
    warning = next(one for one in periods_of(installation) if one.kind is BlackoutKind.WARNING)
    at.selectbox(key="blackout-chosen-2026-11").set_value(warning.id)
    submit(at, "blackout-lift")
    assert next(one for one in periods_of(installation) if one.id == warning.id).end_on == date(2026, 11, 21)


def test_a_blackout_is_taken_back(calendar: Open, installation: Installation) -> None:
    at = submit(calendar(month="2026-12"), "blackout-remove")
    assert periods_of(installation) == ()
    assert "yy-day-closed" not in markup(at)


def test_the_period_of_the_month_on_show_is_the_one_to_take_back(calendar: Open, installation: Installation) -> None:
    with installation.store.work(actor(installation)) as work:
        blackouts.add_blackout(
            work, "两会", kind=BlackoutKind.MEETING, start_on=date(2026, 1, 19), end_on=date(2026, 1, 23)
        )
    by_reason = {one.reason.partition("：")[0]: one.id for one in periods_of(installation)}
    for month, key, reason in (("2026-12", "2026-12", "迎检周"), ("2026-01", "2026-1", "两会")):
        assert calendar(month=month).selectbox(key=f"blackout-chosen-{key}").value == by_reason[reason]
    at = calendar(month="2026-11")
    assert at.selectbox(key="blackout-chosen-2026-11").value is None
    assert [one.value for one in submit(at, "blackout-remove").error] == ["请选择期间。"]
    assert len(periods_of(installation)) == 2


# the calendar file


def test_the_calendar_file_has_the_open_drills_of_the_year(signed_in: Any, calendar: Open) -> None:
    address = downloads.address("drill-calendar", "2026")
    shown = markup(calendar())
    assert f'href="{address}"' in shown
    assert "全部 3 次公开演练" in shown
    got = signed_in.get(address)
    assert got.headers["content-type"].startswith("text/calendar")
    file = got.text.replace("\r\n ", "")
    assert file.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:【演练】高层火灾演练" in file
    assert "取消了的演练" not in file
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai" in file


def test_the_calendar_file_holds_what_the_filters_leave_and_says_so(signed_in: Any, calendar: Open) -> None:
    at = calendar()
    at.selectbox(key="form").set_value(Form.LIVE).run()
    address = downloads.address("drill-calendar", "2026", form="live")
    shown = markup(at)
    assert f'href="{address}"' in shown
    assert "符合上述条件的 1 次演练" in shown
    file = signed_in.get(address).text.replace("\r\n ", "")
    assert (file.count("BEGIN:VEVENT"), "X-WR-CALNAME:2026年演练日历（部分）" in file) == (1, True)
    cancelled = signed_in.get(downloads.address("drill-calendar", "2026", state="cancelled")).text
    assert "STATUS:CANCELLED" in cancelled
    assert signed_in.get(downloads.address("drill-calendar", "2026", form="none")).status_code == 404


@pytest.mark.parametrize("year", ["1800", "all", "99999"])
def test_a_calendar_file_of_no_year_does_not_exist(signed_in: Any, year: str) -> None:
    assert signed_in.get(downloads.address("drill-calendar", year)).status_code == 404


# the programme


def test_the_strictest_rule_wins_and_the_others_stand_beside_it(yearly: Open) -> None:
    shown = markup(yearly())
    row = shown[shown.index("清川县防汛应急预案") :]
    words = (
        "2027-03-01",
        "此前未演练，自印发之日（2025-03-01）起算",
        "至少每二年演练一次",
        "已查证",
        "《生产安全事故应急条例》",
        "至少每三年演练一次",
        "（2028-03-01 前）",
        "以上间隔均不更短，从严后不另计",
    )
    places = [row.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("year", ["2025", "2026", "2027", "2028"])
def test_every_year_tells_the_same_of_a_plan_with_a_drill_to_come(yearly: Open, year: str) -> None:
    at = yearly(year=year)
    shown = markup(at)
    row = shown[shown.index("清川县建筑火灾应急预案") :]
    words = (
        "2029-05-12",
        "自此前最近一次演练（2026-05-12）起算",
        "已排 2026-11-26，尚未举行；若如期举行即满足本次要求，下次最迟 2029-11-26",
    )
    assert all(word in row for word in words)
    assert "自此前最近一次演练（2026-11-26）" not in shown
    assert any("截至 2026-11-21" in one.value for one in at.caption)


@pytest.mark.parametrize(("year", "state"), [("2026", "以后年度到期"), ("2027", "本年到期")])
def test_a_drill_planned_early_is_arranged_in_its_year_and_in_that_of_its_last_day(
    yearly: Open, known: Drilled, installation: Installation, year: str, state: str
) -> None:
    with installation.store.work(actor(installation)) as work:
        register.plan_drill(work, "防汛提前", year=2026, plan_ids=[known.flood], on=date(2026, 12, 9))
    at = yearly(year=year)
    row = markup(at).split("清川县防汛应急预案")[1]
    places = [row.index(words) for words in ("2027-03-01", "已排 2026-12-09", state, "已安排")]
    assert places == sorted(places)
    assert "2027-03-01前" not in markup(yearly(year="2026", tab="year"))
    assert "1日前" not in markup(yearly(year="2026", tab="year")).split("清川县防汛应急预案")[1].split("</tr>")[0]


@pytest.mark.parametrize("year", ["2026", "2027"])
def test_a_plan_in_the_list_of_the_year_is_not_among_the_others(
    yearly: Open, known: Drilled, installation: Installation, year: str
) -> None:
    with installation.store.work(actor(installation)) as work:
        register.plan_drill(work, "防汛提前", year=2026, plan_ids=[known.flood], on=date(2026, 12, 9))
    shown = markup(yearly(year=year))
    assert len(rows_of(shown, known.flood)) == 1
    assert "若如期举行即满足本次要求，下次最迟 2028-12-09" in rows_of(shown, known.flood)[0]
    assert "<b>0</b><span>到期未安排</span>" in shown


def test_a_drill_after_the_last_day_is_not_said_to_meet_it(
    yearly: Open, known: Drilled, installation: Installation
) -> None:
    with installation.store.work(actor(installation)) as work:
        register.plan_drill(work, "防汛推迟", year=2027, plan_ids=[known.flood], on=date(2027, 4, 9))
    (row,) = rows_of(markup(yearly()), known.flood)
    assert "已排 2027-04-09，晚于最迟日期" in row
    assert "即满足" not in row


def test_the_next_day_of_a_plan_that_was_held_stands_with_its_row(
    yearly: Open, known: Drilled, installation: Installation
) -> None:
    with installation.store.work(actor(installation)) as work:
        register.record_past_drill(work, "防汛演练", on=date(2026, 9, 1), plan_ids=[known.flood])
    (row,) = rows_of(markup(yearly(year="2026")), known.flood)
    assert "已于 2026-09-01 演练" in row
    assert "截至 2026-11-21，下次最迟 2028-09-01" in row


def rows_of(shown: str, plan: str) -> list[str]:
    """The rows about a plan in the tables of days."""
    return [row for row in shown.split("<tr>") if f"/plan?id={plan}" in row and 'data-label="最迟日期"' in row]


def test_plans_and_drills_due_are_counted_apart(yearly: Open, known: Drilled, installation: Installation) -> None:
    with installation.store.work(actor(installation)) as work:
        register.plan_drill(work, "防汛", year=2027, plan_ids=[known.flood], on=date(2027, 2, 24))
    with installation.store.reading(actor(installation)) as work:
        found = programme.programme_of(work, 2029)
    assert len(found.falling_due) > len(found.plans_due)
    shown = markup(yearly(year="2029"))
    assert f"<b>{len(found.plans_due)}</b><span>到期预案（件）</span>" in shown
    assert f"<b>{len(found.falling_due)}</b><span>到期演练（次）</span>" in shown


def test_a_harder_drill_before_an_easier_one_leads_to_another_day(yearly: Open, installation: Installation) -> None:
    live = DrillType(content=Content.COMPREHENSIVE, form=Form.LIVE)
    with installation.store.work(actor(installation)) as work:
        plan = next(one.id for one in plans.list_plans(work) if "防汛" in one.title)
        hard = register.plan_drill(work, "防汛实战", year=2027, plan_ids=[plan], on=date(2027, 3, 24), type=live)
        easy = register.plan_drill(work, "防汛桌面", year=2027, plan_ids=[plan], on=date(2027, 4, 22))
    shown = markup(yearly())
    assert f"/calendar?month=2027-03&amp;drill={hard.id}&amp;step=reschedule" in shown
    assert f'/calendar?month=2027-04&amp;drill={easy.id}"' in shown
    assert "step=reschedule" not in markup(yearly("author"))


def test_a_plan_still_being_written_stands_apart(yearly: Open, installation: Installation) -> None:
    clause = Clause(id="c", kind=ClauseKind.BODY, text="应急演练按规定组织。")
    with installation.store.work(actor(installation, "author")) as work:
        draft = plans.create_plan(work, "清川县地震应急预案", kind=PlanKind.OVERALL)
        plans.make_version(work, draft.id, [clause], reason="起草", trigger=plans.Trigger.EDITING)
    at = yearly("author")
    assert "尚未印发的预案" in [one.value for one in at.subheader]
    assert "<b>1</b><span>尚未印发的预案</span>" in markup(at)
    assert "<b>1</b><span>无间隔规定的预案</span>" in markup(at)


def test_a_plan_without_a_rule_is_named(yearly: Open) -> None:
    at = yearly()
    assert "没有间隔规定的预案" in [one.value for one in at.subheader]
    assert "清川县总体应急预案" in markup(at)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("part", ["due", "year", "years", "small"])
def test_every_part_of_the_programme_opens_for_everybody(yearly: Open, name: str, lang: str, part: str) -> None:
    at = yearly(name, lang=lang, tab=part)
    assert not at.error
    assert markup(at)


def test_the_proposal_is_adopted_then_approved_and_stored_only_then(yearly: Open, installation: Installation) -> None:
    before = len(drills_of(installation))
    at = yearly()
    assert "尚未拟订，以下为建议" in markup(at)
    assert "建议安排" in markup(at)
    assert len(drills_of(installation)) == before
    at = submit(at, "adopt")
    assert said(at) == ["2027 年演练计划已拟订，待批准。"]
    assert len(drills_of(installation)) == before + 1
    assert "已安排" in markup(at)
    assert "approve" not in [button.key for button in at.button]
    at = submit(yearly("approver"), "approve")
    assert "已批准" in markup(at)
    with installation.store.reading(actor(installation)) as work:
        assert programme.programme_of(work, 2027).state is ProgrammeState.APPROVED


@pytest.mark.parametrize("name", ["author", "evaluator", "liaison", "approver"])
def test_who_plans_no_drills_adopts_nothing(yearly: Open, name: str) -> None:
    assert not [button for button in yearly(name).button if button.key in ("adopt", "approve")]


def test_a_due_drill_without_a_day_is_said_plainly(yearly: Open, installation: Installation) -> None:
    with installation.store.work(actor(installation)) as work:
        programme.adopt(work, 2027, drills=())
    at = yearly()
    assert "未安排" in markup(at)
    assert "1 项到期演练尚未安排在期限之内" in at.error[0].value


def test_what_finds_no_day_is_named_with_what_takes_the_days(yearly: Open, installation: Installation) -> None:
    with installation.store.work(actor(installation)) as work:
        blackouts.add_blackout(
            work, "整修", kind=BlackoutKind.OTHER, start_on=date(2026, 11, 1), end_on=date(2027, 4, 30)
        )
    at = yearly()
    assert "期限内排不下的演练" in [one.value for one in at.subheader]
    assert "禁演期" in markup(at)


def test_the_matrix_says_what_is_held_planned_and_due(yearly: Open, known: Drilled) -> None:
    shown = markup(yearly(year="2026", tab="year"))
    assert f"drill={known.held}" in shown
    assert "已演" in shown
    assert "每 2 年" in shown
    assert "无规定" in shown
    assert "1日前" in markup(yearly(year="2027", tab="year"))


def test_several_years_show_when_each_plan_is_due_again(yearly: Open) -> None:
    shown = markup(yearly(tab="years"))
    assert "2029-11-26前" in shown
    assert "2027-03-01前" in shown
    assert "2029-03-01前" in shown


def test_the_years_beside_are_one_click_away(yearly: Open) -> None:
    assert "/programme?year=2028" in markup(yearly())
    assert "<strong>2026年</strong>" in markup(yearly(year="soon"))


def test_the_area_chosen_is_the_one_shown(yearly: Open, installation: Installation) -> None:
    from plans_repo import organisations
    from plans_repo.organisations import OrganisationKind

    with installation.store.work(local_actor("tests")) as work:
        for name, area in (("云陵市人民政府", "/yunling/"), ("清川县人民政府", "/yunling/qingchuan/")):
            organisations.create_organisation(work, name, kind=OrganisationKind.GOVERNMENT, area=area)
    at = yearly()
    assert at.selectbox(key="area").value == "/yunling/qingchuan/"
    assert "adopt" in [button.key for button in at.button]
    at.selectbox(key="area").set_value("/yunling/").run()
    assert "adopt" not in [button.key for button in at.button]


# small drills


@pytest.fixture
def small(yearly: Open) -> Open:
    return lambda name="organiser", **query: yearly(name, **({"year": "2026", "tab": "small"} | query))


@pytest.mark.parametrize(
    ("by", "word"),
    [
        ("area", "双堤镇"),
        ("trade", "学校"),
        ("form", "实战演练"),
        ("month", "2026-10"),
        ("organisation", "双堤镇人民政府"),
    ],
)
def test_small_drills_are_counted_every_way(small: Open, by: str, word: str) -> None:
    at = small()
    at.segmented_control(key="by").set_value(by).run()
    row = f">{word}</td>"
    shown = markup(at)
    assert row in shown
    assert '<b><span class="yy-number-cell">255</span></b>' in shown


def test_a_return_is_stored_as_filled_in(small: Open, installation: Installation, known: Drilled) -> None:
    at = small("liaison")
    at.selectbox(key="small-month").set_value(date(2026, 9, 1))
    at.selectbox(key="small-trade").set_value(Trade.VILLAGE)
    at.selectbox(key="small-form").set_value(Form.TABLETOP)
    at.number_input(key="small-drills").set_value(2)
    at.number_input(key="small-people").set_value(40)
    at = submit(at, "small-now")
    with installation.store.reading(actor(installation)) as work:
        found = small_drills.small_drills(work, date(2026, 9, 1), date(2026, 9, 1))
    assert [(one.organisation, one.trade, one.form, one.drills_count, one.people_count) for one in found] == [
        (known.township, Trade.VILLAGE, Form.TABLETOP, 2, 40)
    ]
    assert not at.error


@pytest.mark.parametrize(("year", "months"), [("2025", 12), ("2026", 11)])
def test_the_months_of_a_return_are_those_of_the_year_on_show(small: Open, year: str, months: int) -> None:
    box = small("liaison", year=year).selectbox(key="small-month")
    assert (len(box.options), {option[:4] for option in box.options}) == (months, {year})


def test_a_year_that_has_not_begun_takes_no_returns(small: Open) -> None:
    at = small("liaison", year="2027")
    assert "small-month" not in [one.key for one in at.selectbox]
    assert any("2027 年尚未开始" in one.value for one in at.caption)


def test_people_without_a_drill_are_refused(small: Open) -> None:
    at = small("liaison")
    at.number_input(key="small-drills").set_value(0)
    at.number_input(key="small-people").set_value(40)
    assert "演练次数为 0" in submit(at, "small-now").error[0].value


def test_a_township_returns_for_itself_and_the_bureau_for_all(small: Open) -> None:
    assert len(small("liaison").selectbox(key="small-body").options) == 1
    assert len(small("organiser").selectbox(key="small-body").options) == 2
    assert not small("author").button


# the work desk


def waiting(installation: Installation, name: str) -> list[str]:
    with installation.store.reading(actor(installation, name)) as work:
        return [todo.title for todo in todos(work) if "/calendar" in todo.href or "/programme" in todo.href]


def test_the_desk_names_the_drills_of_the_next_days(installation: Installation) -> None:
    assert "高层火灾演练：七日内演练" in waiting(installation, "organiser")
    assert waiting(installation, "liaison") == ["高层火灾演练：七日内演练"]
    assert waiting(installation, "admin") == []


def test_the_desk_names_what_is_due_without_a_drill(installation: Installation) -> None:
    assert waiting(installation, "organiser") == ["高层火灾演练：七日内演练", "拟订 2027 年演练计划"]
    with installation.store.work(actor(installation)) as work:
        programme.adopt(work, 2027, drills=())
    assert "清川县防汛应急预案：到期演练尚未安排" in waiting(installation, "organiser")
    assert waiting(installation, "approver") == ["高层火灾演练：七日内演练", "批准 2027 年演练计划"]


def test_the_desk_follows_a_drill_up(installation: Installation, clock: Clock) -> None:
    clock.forward(days=6)
    assert "高层火灾演练：演练日期已过，请记录或改期" in waiting(installation, "organiser")
    with installation.store.work(actor(installation)) as work:
        blackouts.add_blackout(
            work, "寒潮", kind=BlackoutKind.OTHER, start_on=date(2026, 12, 14), end_on=date(2026, 12, 16)
        )
    words = "防汛叫应演练：当日已列为禁演（寒潮），请改期"
    assert words in waiting(installation, "organiser")


@pytest.mark.parametrize(("lang", "state"), [("zh", "须改期"), ("en", "to be moved")])
def test_a_drill_on_a_closed_day_is_not_called_in_order(
    app: Open, installation: Installation, lang: str, state: str
) -> None:
    with installation.store.work(actor(installation)) as work:
        blackouts.add_blackout(
            work, "寒潮", kind=BlackoutKind.OTHER, start_on=date(2026, 11, 25), end_on=date(2026, 11, 27)
        )
    titles = waiting(installation, "organiser")
    assert [title for title in titles if "高层火灾演练" in title] == ["高层火灾演练：当日已列为禁演（寒潮），请改期"]
    shown = markup(app("organiser", "desk_page.py", lang=lang))
    row = shown[shown.index("寒潮") :]
    assert row.index(f'yy-bad">{state}<') < row.index("</tr>")


# sealed drills


def everything(app: Open, installation: Installation, signed_in: Any, names: Sequence[str] = READERS) -> dict[str, str]:
    """All that people outside get to see: pages, their controls, the desk, the calendar file."""
    seen = {}
    for name in names:
        for page, query in PAGES:
            at = app(name, page, **query)
            controls = [(one.key, one.value) for one in (*at.selectbox, *at.text_input, *at.date_input, *at.button)]
            options = [one.options for one in at.selectbox]
            seen[f"{name} {page} {query}"] = f"{markup(at)} {controls} {options} {said(at)}"
    file = signed_in.get(downloads.address("drill-calendar", "2027")).text
    return seen | {"file": file}


PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("desk_page.py", {}),
    ("calendar_page.py", {"month": "2027-03"}),
    ("calendar_page.py", {"month": "2027-03", "view": "全年清单"}),
    ("programme_page.py", {"year": "2027"}),
    ("programme_page.py", {"year": "2027", "tab": "year"}),
)


def test_what_anybody_sees_is_the_same_with_and_without_a_sealed_drill(
    app: Open, installation: Installation, known: Drilled, signed_in: Any
) -> None:
    vault = a_vault(installation.data)
    keep_beacon(installation.store, vault)
    before = everything(app, installation, signed_in)
    wish = Wish(
        window_from=date(2027, 3, 1), window_to=date(2027, 3, 31), title=CANARY, plans=(known.flood,),
        places=(Lot(id=f"{CANARY}堤"),), units=(Lot(id=known.township),), scenarios=(Lot(id="canary-scenario"),),
    )  # fmt: skip
    with installation.store.reading(actor(installation)) as work:
        ticket = ceremony.draw(work, vault, wish, passphrase=PASSPHRASE)
    after = everything(app, installation, signed_in)
    assert {key: after[key] for key in after if after[key] != before[key]} == {}
    whole = " ".join(after.values())
    assert not any(word in whole for word in (CANARY, "canary", ticket.drill, ticket.commitment))


def test_a_sealed_drill_asked_for_by_its_id_does_not_exist(
    calendar: Open, installation: Installation, known: Drilled
) -> None:
    vault = a_vault(installation.data)
    keep_beacon(installation.store, vault)
    wish = Wish(window_from=date(2027, 3, 1), window_to=date(2027, 3, 31), plans=(known.flood,),
                scenarios=(Lot(id="river-plain-night"),))  # fmt: skip
    with installation.store.reading(actor(installation)) as work:
        ticket = ceremony.draw(work, vault, wish, passphrase=PASSPHRASE)
    sealed, unknown = (calendar(drill=drill) for drill in (ticket.drill, "no-such-drill"))
    assert [one.value for one in sealed.error] == [one.value for one in unknown.error] == [HIDDEN]
    assert markup(sealed).replace(ticket.drill, "no-such-drill") == markup(unknown)


def test_days_are_answered_for_as_if_no_sealed_drill_were_there(
    calendar: Open, installation: Installation, known: Drilled
) -> None:
    """A known drill of the same unit may be put on the very day that was drawn."""
    vault = a_vault(installation.data)
    keep_beacon(installation.store, vault)
    wish = Wish(window_from=date(2027, 3, 17), window_to=date(2027, 3, 17), plans=(known.flood,),
                units=(Lot(id=known.township),), scenarios=(Lot(id="river-plain-night"),))  # fmt: skip
    with installation.store.reading(actor(installation)) as work:
        ceremony.draw(work, vault, wish, passphrase=PASSPHRASE)
    at = schedule(calendar(drill=known.scheduled), on=date(2027, 3, 17))
    assert not at.error
    assert stored(installation, known.scheduled).on == date(2027, 3, 17)


def test_the_notice_is_entered_on_its_page(app: Open) -> None:
    at = app("organiser", "working_days_page.py", year="2027")
    assert "放假安排未公布" in markup(at)
    at.text_input(key="notice-number").set_value("国办发明电〔2026〕9号")
    at.text_area(key="notice-text").set_value("一、元旦：1月1日（周四）至3日放假，共3天。")
    sent = next(one for one in at.button if one.label == "核对并录入").click().run()
    assert said(sent) == ["“1月1日(周四)至3日”的星期与日历不符（2027-01-01 是周五），请核对日期和年份。"]
    at.text_area(key="notice-text").set_value("一、元旦：1月1日（周五）至3日放假调休，共3天。1月9日（周六）上班。")
    sent = next(one for one in at.button if one.label == "核对并录入").click().run()
    assert said(sent) == ["已录入 2027 年放假安排：放假 3 天，调休上班 1 天。重新计算后变动的期限 0 个。"]
    row = re.search("2027-01-09.*?</tr>", markup(sent))
    assert row
    assert re.findall(">([^<>]+)<", row[0]) == ["周六", "调休上班", "国办发明电〔2026〕9号"]
    assert "放假安排未公布" not in markup(sent)
