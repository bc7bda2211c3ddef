"""Text in force on any day: boundary days, trials, abolition, random life histories, forged terms."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from plans_repo import force, plans
from plans_repo.course import passage, terms
from plans_repo.course.abolition import abolition_of
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import ClockKind, Move, PaperKind, Stage
from plans_repo.course.trial import TrialDecision, TrialOutcome, decide_trial, trial_decisions
from plans_repo.course.trial_limit import LongTrial, long_trial_of
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.filing.local_figures import TRIAL, enter_figure
from plans_repo.force import ClauseFate, Validity
from plans_repo.store import audit
from plans_repo.store.actor import SYSTEM
from plans_repo.store.roles import Role
from plans_repo.store.tables.terms import EndKind
from plans_repo.store.work import Store, Work
from tests.plans_repo.builders import edited
from tests.plans_repo.conftest import BOTH, StillClock, person
from tests.plans_repo.filing.builders import (
    AUDITOR,
    OFFICE,
    READER,
    SIGNER,
    approved,
    issue,
    issued,
    registered,
)

DAY = timedelta(days=1)


def decision(on: date = date(2026, 11, 20), kind: PaperKind = PaperKind.ABOLITION_DECISION) -> list[Attachment]:
    """The document that decides on an edition, with its day."""
    return [Attachment(kind=kind, name="决定.pdf", data=f"%PDF {on}".encode(), dated_on=on)]


def abolish(work: Work, version: str, dated_on: date = date(2026, 11, 20), **more: Any) -> passage.Passage:
    number = f"青政发〔{dated_on.year}〕20号"
    return passage.move(
        work, version, Move.ABOLISH, reason="机构撤并", attachments=decision(dated_on), document_number=number, **more
    )


def settle(work: Work, version: str, dated_on: date, **said: Any) -> terms.Term:
    number, paper = f"青政办发〔{dated_on.year}〕31号", decision(dated_on, PaperKind.TRIAL_DECISION)
    on = said.pop("on", None)
    told = TrialDecision(number=number, **{"outcome": TrialOutcome.EXTENDED, "reason": "继续试行"} | said)
    return decide_trial(work, version, told, on=on, paper=paper[0])


def counting(store: Store, plan: str, day: date) -> str | None:
    with store.reading(READER) as work:
        found = force.in_force_on(work, plan, day)
        return found.version.id if found else None


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


@BOTH
def test_the_former_edition_counts_until_the_day_before_the_next_is_implemented(store: Store) -> None:
    with store.work(SIGNER) as work:
        plan, first = registered(work, 1, date(2026, 1, 5))
        notice = IssuingNotice(effective_on=date(2026, 12, 1))
        _plan, second = registered(work, 2, date(2026, 11, 18), plan=plan, notice=notice)
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 11, 30), date(2026, 12, 1)]
    assert [counting(store, plan, day) for day in days] == [None, first, first, second]
    with store.reading(READER) as work:
        states = [(one.state, one.id) for one in plans.versions_of(work, plan)]
        told = [one.on(date(2026, 11, 20)) for one in force.editions_of(work, plan)]
    assert states == [(Stage.IN_FORCE, first), (Stage.IN_FORCE, second)]
    assert told == [Validity.IN_FORCE, Validity.AHEAD]


@BOTH
def test_the_stage_follows_on_the_day_whoever_comes_by(store: Store, clock: StillClock) -> None:
    with store.work(SIGNER) as work:
        plan, _first = registered(work, 1, date(2026, 1, 5))
        registered(work, 2, date(2026, 11, 18), plan=plan, notice=IssuingNotice(effective_on=date(2026, 12, 1)))
    with store.work(SYSTEM) as work:
        assert (terms.is_anything_due(work), terms.carry_out(work)) == (False, 0)
    clock.now = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    with store.work(SYSTEM) as work:
        assert (terms.is_anything_due(work), terms.carry_out(work), terms.carry_out(work)) == (True, 1, 0)
    with store.reading(READER) as work:
        assert [one.state for one in plans.versions_of(work, plan)] == [Stage.SUPERSEDED, Stage.IN_FORCE]
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_trial_does_not_lapse_silently(store: Store, clock: StillClock) -> None:
    notice = IssuingNotice(effective_on=date(2026, 11, 20), trial_until=date(2027, 11, 19))
    version = issued(store, notice=notice)
    with store.reading(READER) as work:
        stand = passage.passage(work, version)
    assert [(one.kind, one.due_on) for one in stand.deadlines if one.kind is ClockKind.TRIAL] == [
        (ClockKind.TRIAL, date(2027, 11, 19))
    ]
    clock.now = datetime(2028, 1, 5, 1, 0, tzinfo=UTC)
    with store.reading(READER) as work:
        found = force.in_force_today(work, stand.plan)
    assert found
    assert found.on(date(2028, 1, 5)) is Validity.TRIAL_OVER
    with store.work(OFFICE) as work:
        extended = settle(work, version, date(2027, 11, 18), until=date(2028, 6, 30))
        assert extended.trial_until == date(2028, 6, 30)
        term = settle(work, version, date(2028, 1, 5), outcome=TrialOutcome.PERMANENT, reason="转为正式")
        told = [(one.said.dated_on, one.on, one.entered_on) for one in trial_decisions(work, stand.plan, stand.course)]
    entered = date(2028, 1, 5)
    assert told == [(date(2027, 11, 18), date(2027, 11, 18), entered), (entered, entered, entered)]
    assert term.on(date(2030, 1, 1)) is Validity.IN_FORCE
    with store.reading(READER) as work:  # days gone by are told as they were
        asked = [date(2026, 11, 20), date(2027, 11, 20), date(2028, 1, 4), date(2028, 1, 5)]
        found = [force.in_force_on(work, stand.plan, day) for day in asked]
    told_then = [one.on(day) for one, day in zip(found, asked, strict=True) if one]
    assert told_then == [*[Validity.ON_TRIAL] * 3, Validity.IN_FORCE]
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_trial_extended_after_its_end_was_over_in_between(store: Store, clock: StillClock) -> None:
    notice = IssuingNotice(effective_on=date(2026, 11, 20), trial_until=date(2027, 11, 19))
    version = issued(store, notice=notice)
    clock.now = datetime(2028, 1, 5, 1, 0, tzinfo=UTC)
    with store.work(OFFICE) as work:
        settle(work, version, date(2028, 1, 3), until=date(2028, 6, 30))
    with store.reading(READER) as work:
        (edition,) = force.editions_of(work, passage.passage(work, version).plan)
    days = (date(2027, 11, 19), date(2027, 11, 20), date(2028, 1, 2), date(2028, 1, 3))
    assert [edition.on(day) for day in days] == [
        Validity.ON_TRIAL, Validity.TRIAL_OVER, Validity.TRIAL_OVER, Validity.ON_TRIAL,
    ]  # fmt: skip


@BOTH
@pytest.mark.parametrize("later", [0, 4])
def test_an_edition_entered_late_counts_from_the_day_of_its_paper_and_says_when_it_was_entered(
    store: Store, clock: StillClock, later: int
) -> None:
    with store.work(SIGNER) as work:
        plan, former = registered(work, 1, date(2026, 1, 5))
    version = approved(store, 2, plan=plan, clauses=edited("一小时内到岗。"))
    clock.forward(days=10)
    paper = date(2026, 11, 23)
    begins = paper + later * DAY
    issue(store, OFFICE, version, 2, on=paper, notice=IssuingNotice(effective_on=begins) if later else None)
    with store.reading(READER) as work:
        first, second = force.editions_of(work, plan)
        on_that_day = [force.in_force_on(work, plan, day) for day in (begins - DAY, begins, begins + DAY)]
    assert [one.version.id for one in on_that_day if one] == [former, version, version]
    assert (first.until_on, second.from_on, second.issued_on) == (begins, begins, paper)
    assert (second.term.entered_on, second.term.is_entered_late) == (date(2026, 11, 30), True)


def test_no_edition_begins_before_the_one_abolished_before_it_has_ended(store: Store) -> None:
    with store.work(SIGNER) as work:
        plan, version = registered(work, 1, date(2026, 1, 5))
        abolish(work, version, date(2026, 3, 2))
        with pytest.raises(PlansRepoError, match="effective-before-abolition"):
            registered(work, 2, date(2026, 2, 2), plan=plan)
        passage.move(
            work, plans.version_of(work, plan).id, Move.REGISTER, reason="补录", document_number="青政办发〔2026〕3号",
            on=date(2026, 3, 2),
        )  # fmt: skip
        again = plans.version_of(work, plan).id
    assert [counting(store, plan, day) for day in (date(2026, 3, 1), date(2026, 3, 2))] == [version, again]


def test_a_plan_is_abolished_on_a_day_to_come(store: Store, clock: StillClock) -> None:
    with store.work(SIGNER) as work:
        plan, version = registered(work, 1, date(2026, 1, 5))
    with store.work(OFFICE) as work:
        abolish(work, version, ends_on=date(2026, 12, 31))
    assert [counting(store, plan, date(2026, 12, 30)), counting(store, plan, date(2026, 12, 31))] == [version, None]
    with store.reading(READER) as work:
        assert plans.plan(work, plan).state is Stage.IN_FORCE
    clock.now = datetime(2026, 12, 31, 1, 0, tzinfo=UTC)
    with store.work(SYSTEM) as work:
        terms.carry_out(work)
    with store.reading(READER) as work:
        assert plans.plan(work, plan).state is Stage.ABOLISHED
        (edition,) = force.editions_of(work, plan)
    days = (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1))
    assert [edition.on(day) for day in days] == [Validity.IN_FORCE, Validity.ABOLISHED, Validity.ABOLISHED]


def test_an_abolition_entered_late_rewrites_no_day_that_has_passed_and_shows_both(
    store: Store, clock: StillClock
) -> None:
    with store.work(SIGNER) as work:
        plan, version = registered(work, 1, date(2026, 6, 8))
    clock.now = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
    before, today = date(2026, 12, 20), date(2027, 1, 5)
    with store.work(OFFICE) as work:
        abolish(work, version, date(2026, 11, 28), ends_on=date(2026, 11, 30))
    assert [counting(store, plan, day) for day in (before, today - DAY, today)] == [version, version, None]
    with store.reading(READER) as work:
        found = abolition_of(work, plan)
        assert plans.plan(work, plan).state is Stage.ABOLISHED
    assert found
    said = found.said
    assert (said.number, said.dated_on, found.on) == ("青政发〔2026〕20号", date(2026, 11, 28), date(2026, 11, 28))
    assert (said.ends_on, said.counts_from, found.entered_on, said.is_late) == (date(2026, 11, 30), today, today, True)
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


@pytest.mark.parametrize(
    ("code", "dated_on", "number", "on", "ends_on"),
    [
        ("decision-undated", None, "青政发〔2026〕20号", None, None),
        ("decision-unnumbered", date(2026, 11, 19), "", None, None),
        ("document-number-malformed", date(2026, 11, 19), "20号文", None, None),
        ("decision-number-year", date(2026, 11, 19), "青政发〔2025〕20号", None, None),
        ("decision-number-of-edition", date(2026, 11, 19), "青政办发〔2026〕1号", None, None),
        ("decision-too-early", date(2026, 6, 7), "青政发〔2026〕20号", None, None),
        ("act-before-paper", date(2026, 11, 19), "青政发〔2026〕20号", date(2026, 11, 18), None),
        ("abolished-backwards", date(2026, 11, 19), "青政发〔2026〕20号", None, date(2026, 11, 18)),
        ("day-in-future", date(2026, 11, 19), "青政发〔2026〕20号", date(2026, 11, 21), None),
    ],
)
def test_a_plan_is_abolished_by_a_document_with_number_and_day(
    store: Store, code: str, dated_on: date | None, number: str, on: date | None, ends_on: date | None
) -> None:
    with store.work(SIGNER) as work:
        plan, version = registered(work, 1, date(2026, 6, 8))
    paper = Attachment(kind=PaperKind.ABOLITION_DECISION, name="决定.pdf", data=b"%PDF", dated_on=dated_on)
    with store.work(OFFICE) as work, pytest.raises(PlansRepoError, match=code):
        passage.move(
            work, version, Move.ABOLISH, reason="已过时", attachments=[paper], document_number=number, on=on,
            ends_on=ends_on,
        )  # fmt: skip
    assert counting(store, plan, date(2026, 11, 20)) == version


def test_a_trial_is_decided_on_by_a_document_and_extended_within_bounds(store: Store, clock: StillClock) -> None:
    version = issued(store, notice=IssuingNotice(effective_on=date(2026, 11, 25), trial_until=date(2027, 10, 31)))
    clock.now = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
    refused = [
        ("trial-extended-too-far", date(2027, 1, 4), {"until": date(2046, 12, 31)}),
        ("trial-not-extended", date(2027, 1, 4), {"until": date(2027, 10, 31)}),
        ("decision-too-early", date(2026, 10, 30), {"until": date(2028, 10, 31)}),
        ("act-before-paper", date(2026, 11, 22), {"until": date(2028, 10, 31), "on": date(2026, 11, 23)}),
        ("act-before-paper", date(2027, 1, 4), {"until": date(2028, 10, 31), "on": date(2027, 1, 3)}),
    ]
    for code, dated_on, said in refused:
        with store.work(OFFICE) as work, pytest.raises(PlansRepoError, match=code):
            settle(work, version, dated_on, **said)
    with store.work(OFFICE) as work, pytest.raises(PlansRepoError, match="decision-without-paper"):
        decide_trial(work, version, TrialDecision(outcome=TrialOutcome.PERMANENT, reason="转为正式"))
    with store.work(OFFICE) as work:
        assert settle(work, version, date(2027, 1, 4), until=date(2028, 10, 31)).trial_until == date(2028, 10, 31)


def test_what_is_abolished_before_it_came_into_force_never_counts_and_ends_on_the_day_it_would_have(
    store: Store,
) -> None:
    with store.work(SIGNER) as work:
        plan, first = registered(work, 1, date(2026, 1, 5))
        notice = IssuingNotice(effective_on=date(2026, 12, 1))
        _plan, second = registered(work, 2, date(2026, 11, 18), plan=plan, notice=notice)
    with store.work(OFFICE) as work:
        abolish(work, second, ends_on=date(2026, 11, 25))
        ends = [(one.ended_on, one.end_kind) for one in terms.of_plan(work, plan)]
    assert ends == [(date(2026, 11, 25), EndKind.ABOLISHED), (date(2026, 12, 1), EndKind.ABOLISHED)]
    days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1)]
    assert [counting(store, plan, day) for day in days] == [first, None, None, None]


def test_an_edition_that_ends_by_the_next_stays_superseded_when_the_plan_is_abolished_on_that_day(
    store: Store,
) -> None:
    with store.work(SIGNER) as work:
        plan, _first = registered(work, 1, date(2026, 1, 5))
        notice = IssuingNotice(effective_on=date(2026, 12, 1))
        _plan, second = registered(work, 2, date(2026, 11, 18), plan=plan, notice=notice)
    with store.work(OFFICE) as work:
        abolish(work, second, ends_on=date(2026, 12, 1))
        ends = [(one.ended_on, one.end_kind) for one in terms.of_plan(work, plan)]
    assert ends == [(date(2026, 12, 1), EndKind.SUPERSEDED), (date(2026, 12, 1), EndKind.ABOLISHED)]


def test_a_trial_longer_than_is_usual_says_why(store: Store, clock: StillClock) -> None:
    def on_trial(number: int, until: date, reason: str = "") -> str:
        with store.work(SIGNER) as work:
            notice = IssuingNotice(effective_on=date(2026, 3, 1), trial_until=until, trial_reason=reason)
            return registered(work, number, date(2026, 2, 20), notice=notice)[1]

    on_trial(1, date(2028, 3, 1))  # two years from the day of implementation, to the day
    for reason in ("", " ", "长" * 301):
        with pytest.raises(PlansRepoError) as refusal:
            on_trial(2, date(2028, 3, 2), reason)
        told = refusal.value.fields
        assert (refusal.value.code, told["years"], told["last"]) == ("trial-too-long", 2, date(2028, 3, 1))
        assert "未作规定" in str(told["source"])
    version = on_trial(2, date(2036, 3, 1), "省级试点期限为十年")
    with store.work(OFFICE) as work:
        stand = passage.passage(work, version)
        kept = long_trial_of(work, stand.plan, stand.course)
        assert kept == LongTrial(until=date(2036, 3, 1), years=2, reason="省级试点期限为十年")
        settle(work, version, date(2026, 11, 2), reason="试点延期", until=date(2037, 3, 1))
        kept = long_trial_of(work, stand.plan, stand.course)
    assert kept == LongTrial(until=date(2037, 3, 1), years=2, reason="试点延期")


def test_the_place_lays_down_how_long_a_trial_may_be(store: Store) -> None:
    notice = IssuingNotice(effective_on=date(2026, 3, 1), trial_until=date(2027, 3, 2))
    with store.work(SIGNER) as work:
        enter_figure(work, TRIAL, 1, source="云岭省行政规范性文件管理规定第二十条")
    with store.work(SIGNER) as work, pytest.raises(PlansRepoError) as refusal:
        registered(work, 1, date(2026, 2, 20), notice=notice)
    told = refusal.value.fields
    assert (told["years"], told["last"], told["source"]) == (
        1, date(2027, 3, 1), "云岭省行政规范性文件管理规定第二十条"
    )  # fmt: skip


@BOTH
def test_the_issuing_notice_abolishes_other_plans_from_the_day_of_implementation(store: Store) -> None:
    with store.work(SIGNER) as work:
        old, old_version = registered(work, 1, date(2024, 1, 5))
        notice = IssuingNotice(
            effective_on=date(2026, 2, 1), abolishes=(old,), also_abolished=("《某县防洪预案》（青政办发〔2012〕3号）",)
        )
        new, version = registered(work, 2, date(2026, 1, 20), notice=notice)
        assert {one.kind.value for one in plans.relations(work, new)} == {"replaces"}
    assert [counting(store, old, date(2026, 1, 31)), counting(store, old, date(2026, 2, 1))] == [old_version, None]
    assert counting(store, new, date(2026, 2, 1)) == version


def test_who_may_not_abolish_does_not_do_so_by_issuing_another(store: Store) -> None:
    with store.work(SIGNER) as work:
        old, _version = registered(work, 1, date(2024, 1, 5))
    version = approved(store, 3)
    with pytest.raises(NotAllowed):
        issue(store, person("leader", Role.LEADER), version, 3, notice=IssuingNotice(abolishes=(old,)))
    assert counting(store, old, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        (IssuingNotice(effective_on=date(2026, 3, 1)), "effective-before-issue"),
        (IssuingNotice(trial_until=date(2026, 3, 2)), "trial-ends-before-it-begins"),
    ],
)
def test_days_that_cannot_be_are_refused(store: Store, notice: IssuingNotice, code: str) -> None:
    with store.work(SIGNER) as work, pytest.raises(PlansRepoError) as refusal:
        registered(work, 1, date(2026, 3, 2), notice=notice)
    assert refusal.value.code == code


def test_a_newer_edition_is_not_implemented_before_an_older_one(store: Store) -> None:
    with store.work(SIGNER) as work:
        plan, _v = registered(work, 1, date(2026, 3, 2), notice=IssuingNotice(effective_on=date(2026, 5, 1)))
    with store.work(SIGNER) as work, pytest.raises(PlansRepoError) as refusal:
        registered(work, 2, date(2026, 4, 1), plan=plan)
    assert refusal.value.code == "effective-before-former"


@BOTH
def test_a_clause_through_its_editions(store: Store) -> None:
    with store.work(SIGNER) as work:
        plan, _v = registered(work, 1, date(2026, 1, 5))
        registered(work, 2, date(2026, 2, 5), plan=plan, text="接到预警后20分钟内到岗。")
        registered(work, 3, date(2026, 3, 5), plan=plan, text="接到预警后20分钟内到岗。")
    with store.reading(READER) as work:
        ages = force.clause_history(work, plan, "c2")
        with pytest.raises(NotFound):
            force.clause_history(work, plan, "unknown")
    assert [(age.fate, age.text.strip(), age.edition.from_on, age.edition.until_on) for age in ages] == [
        (ClauseFate.FIRST, "接到预警后30分钟内到岗。", date(2026, 1, 5), date(2026, 2, 5)),
        (ClauseFate.CHANGED, "接到预警后20分钟内到岗。", date(2026, 2, 5), date(2026, 3, 5)),
        (ClauseFate.SAME, "接到预警后20分钟内到岗。", date(2026, 3, 5), None),
    ]


@BOTH
def test_a_forged_term_is_found(store: Store) -> None:
    with store.work(SIGNER) as work:
        registered(work, 1, date(2026, 1, 5))
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE term SET effective_on = '2025-01-01'"))
    with store.reading(AUDITOR) as work:
        fault = audit.verify(work).first_bad
    assert fault
    assert fault.where.startswith("term ")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    history=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=1, max_size=5),
    end=st.none() | st.integers(0, 90),
)
def test_exactly_one_edition_counts_between_the_first_day_and_the_abolition(
    store: Store, history: list[tuple[int, int]], end: int | None
) -> None:
    start = day = date(2025, 1, 1)
    effective: list[tuple[date, str]] = []
    with store.work(SIGNER) as work:
        plan = ""
        for gap, wait in history:
            day += timedelta(days=gap)
            first_possible = max([day, *(on for on, _version in effective)])
            on = first_possible + timedelta(days=wait)
            serial = int(work.new_id()[:6], 16) + 1
            plan, version = registered(work, serial, day, plan=plan, notice=IssuingNotice(effective_on=on))
            effective.append((on, version))
        ended = None
        if end is not None:
            ended = day + timedelta(days=end)
            assert abolish(work, effective[-1][1], day, ends_on=ended).term
    with store.reading(READER) as work:
        found = force.editions_of(work, plan)
        for offset in range(0, 330, 3):
            on = start + timedelta(days=offset)
            covering = [one.version.id for one in found if one.term.covers(on)]
            began = [version for begun, version in effective if begun <= on]
            wanted = [began[-1]] if began and (ended is None or on < ended) else []
            assert covering == wanted, (on, effective, ended)
