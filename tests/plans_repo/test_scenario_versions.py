"""Scenarios people write: kept as versions that never change, refused in one sentence, handed on word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from plans_repo import intake, organisations, scenario_versions, scenarios, studies, study_runs
from plans_repo.assessment import command, report_facts
from plans_repo.authored import edits, toml_text
from plans_repo.authored.ranges import check_scenario
from plans_repo.authored.standing import with_own_standing
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.packs import reading as packs
from plans_repo.proposals import procedure_for
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.accounts import OrganisationKind
from plans_repo.store.tables.scenarios import ScenarioRow, ScenarioVersionRow
from plans_repo.store.work import Actor, Store
from plans_repo.studies import Answering, Request
from sim.compound import Compound, Part, Trigger
from sim.errors import CodedError
from sim.failures import Failure, FailureKind
from sim.figure import Figure, Mark
from sim.plain import digest, plain
from sim.procedure import Hazard
from sim.scenario import Scenario
from tests.plans_repo.conftest import person
from tests.plans_repo.test_studies import PLAN, small_river

RIVER = packs.scenario("river-plain-day")


def test_a_value_that_is_new_under_its_old_source_is_to_be_confirmed(store: Store, author: Actor):
    first = edits.copied(RIVER, "own-river", "本县洪水")
    absurd = edits.with_field(first, "parameter.bus_seats", "60")
    sourced = edits.with_field(
        edits.with_field(first, "parameter.bus_seats", "45"), "parameter.bus_seats.source", "公司台账"
    )
    for after, (value, told) in enumerate(((first, ""), (absurd, "改自"), (sourced, "公司台账"))):
        with store.work(author) as work:
            scenario_versions.save(work, value, after=after)
        with store.reading(author) as work:
            kept = scenarios.scenario(work, "own-river")
        figure = next(one.figure for one in kept.parameters if one.name == "bus_seats")
        assert figure.source.startswith(told)
        assert after != 1 or figure.mark is Mark.TO_BE_CONFIRMED


def test_each_saving_is_a_version_and_the_old_ones_stay(store: Store, author: Actor, everybody: Actor, clock):
    first = edits.copied(RIVER, "own-river", "本县洪水")
    second = with_own_standing(edits.with_field(first, "parameter.bus_seats", "50"), first)
    with store.work(author) as work:
        assert scenario_versions.save(work, first, made_from="river-plain-day", after=0).number == 1
    clock.forward(hours=1)
    with store.work(author) as work:
        saved = scenario_versions.save(work, second, reason="换了大客车", after=1)
        assert (saved.number, saved.hash, saved.saved_by) == (2, digest(second), "author")
    with store.reading(author) as work:
        told = [(one.number, one.reason, one.made_from) for one in scenario_versions.history(work, "own-river")]
        assert told == [(2, "换了大客车", ""), (1, "", "river-plain-day")]
        assert scenarios.scenario(work, "own-river@1") == first
        assert scenarios.scenario(work, "own-river") == scenarios.scenario(work, "own-river@2") == second
    with store.reading(everybody) as work:
        assert [e.kind for e in events.history(work, scenario_versions.CHAIN)] == ["scenario-saved"] * 2
        assert audit.verify(work).valid


def test_saving_the_same_again_makes_no_version(store: Store, author: Actor):
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        scenarios.save_scenario(work, small_river())
        assert len(scenario_versions.history(work, small_river().id)) == 1


def test_the_database_refuses_to_change_a_version(store: Store, author: Actor):
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text("UPDATE scenario_version SET number = 7"))


def test_who_changes_what_is_not_the_newest_any_more_is_told(store: Store, author: Actor):
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
        scenario_versions.save(work, edits.with_field(small_river(), "title", "甲"), after=1)
    with pytest.raises(StaleRevision), store.work(author) as work:
        scenario_versions.save(work, edits.with_field(small_river(), "title", "乙"), after=1)


def test_a_scenario_of_an_earlier_release_is_its_own_first_version(store: Store, author: Actor, everybody: Actor):
    old = small_river()
    with store.work(author) as work:
        work.session.add(
            ScenarioRow(
                id=old.id, hazard="flood", area="/", value=plain(old), saved_at=work.now, saved_by=author.account
            )
        )
    with store.work(author) as work:
        assert scenarios.scenario(work, old.id) == old
        assert [one.number for one in scenario_versions.history(work, old.id)] == [1]
        scenario_versions.save(work, edits.with_field(old, "title", "新名"), after=1)
    with store.reading(author) as work:
        assert [one.number for one in scenario_versions.history(work, old.id)] == [2, 1]
        assert scenarios.scenario(work, f"{old.id}@1") == old
    with store.reading(everybody) as work:
        assert audit.verify(work).valid


def test_only_those_who_run_studies_save_and_only_for_their_own_area(store: Store, everybody: Actor):
    with store.work(everybody) as work:
        here = organisations.create_organisation(work, "甲县局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/p/a/")
        there = organisations.create_organisation(work, "乙县局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/p/b/")
    one = person("one", Role.SIMULATION_EVALUATOR, organisation=here.id)
    other = person("other", Role.PLAN_AUTHOR, organisation=there.id)
    reader = person("reader", Role.REVIEWER, organisation=here.id)
    with store.work(one) as work:
        scenarios.save_scenario(work, small_river())
    with pytest.raises(NotAllowed), store.work(other) as work:
        scenario_versions.save(work, edits.with_field(small_river(), "title", "乙县改"))
    with pytest.raises(NotAllowed), store.work(reader) as work:
        scenarios.save_scenario(work, edits.with_field(small_river(), "title", "评审改"))
    with pytest.raises(NotFound), store.reading(other) as work:
        scenarios.scenario(work, small_river().id)
    with store.reading(reader) as work:
        assert scenarios.scenario(work, small_river().id) == small_river()


HOSTILE = [
    ("parameter.bus_seats", "nan", "number-not-finite"),
    ("parameter.bus_seats", "inf", "number-not-finite"),
    ("parameter.bus_seats", "四十", "number-not-finite"),
    ("parameter.bus_seats", "0", "number-out-of-range"),
    ("parameter.refusing_share", "1.5", "number-out-of-range"),
    ("parameter.bus_seats.source", "", "figure-without-source"),
    ("parameter.bus_seats.mark", "certain", "scenario-field-unfit"),
    ("parameter.unheard_of", "1", "scenario-field-unknown"),
    ("place.R01.people", "-5", "number-out-of-range"),
    ("place.R99.people", "5", "scenario-field-unknown"),
    ("horizon_min", "-1", "number-too-small"),
    ("horizon_min", "1e12", "number-out-of-range"),
    ("title", "", "name-missing"),
    ("title", "长" * 500, "text-too-long-here"),
    ("title", "a\x00b", "text-with-control-signs"),
    ("circumstances", "raining", "scenario-field-unfit"),
    ("__class__", "1", "scenario-field-unknown"),
]


@pytest.mark.parametrize(("field", "value", "code"), HOSTILE)
def test_what_cannot_be_is_refused_naming_thing_and_field(field: str, value: str, code: str):
    with pytest.raises(CodedError) as refused:
        scenario_versions.checked(edits.with_field(RIVER, field, value))
    assert refused.value.code == code
    assert {"thing", "field"} <= set(refused.value.fields)


def test_nothing_is_half_stored(store: Store, author: Actor):
    def save(*events: Scenario) -> None:
        with store.work(author) as work:
            for event in events:
                scenario_versions.save(work, event)

    with pytest.raises(CodedError):
        save(edits.copied(RIVER, "good"), replace(edits.copied(RIVER, "bad"), horizon_min=1e12))
    with store.reading(author) as work, pytest.raises(NotFound):
        scenarios.scenario(work, "good")


def test_a_crowd_that_could_not_be_played_is_refused_before_the_model_is_asked():
    crowd = [replace(place, numbers=(*place.numbers[:1], ("people", 200_000.0))) for place in RIVER.places[:3]]
    with pytest.raises(PlansRepoError) as refused:
        check_scenario(replace(RIVER, places=tuple(crowd)).with_value("group_people", 1.0))
    assert refused.value.code == "scenario-too-large"


@pytest.mark.parametrize("spread", sorted({item.spread for item in packs.scenarios()}))
def test_a_scenario_begun_by_its_kind_can_be_kept(spread: str):
    made = edits.fresh(spread, "begun", "新情景")
    assert scenario_versions.checked(made) == made
    assert len({place.kind for place in made.places}) == len(made.places)


# -- as a text -----------------------------------------------------------------------

EVENTS = [*packs.scenarios(), *packs.compounds()]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_a_text_read_again_is_the_same_event_and_the_same_text(event: Scenario | Compound):
    told = toml_text.written(event)
    again = toml_text.read(told.encode(), packs.scenario)
    assert again == event
    assert toml_text.written(again) == told


@settings(max_examples=60, deadline=None)
@given(title=WORDS, value=st.floats(allow_nan=False, allow_infinity=False), source=WORDS, of=WORDS)
def test_any_words_and_numbers_survive_the_text(title: str, value: float, source: str, of: str):
    figure = Figure(value=value, unit="m", source=source, mark=Mark.EXPERT)
    whole = replace(
        RIVER,
        title=title,
        parameters=(replace(RIVER.parameters[0], figure=figure, title=title),),
        failures=(Failure(kind=FailureKind.ROAD, of=of, from_min=abs(value)),),
    )
    assert toml_text.read(toml_text.written(whole), packs.scenario) == whole


GOOD = toml_text.written(RIVER)


BAD_FILES = [
    b"",
    b"\xff\xfe",
    b"= 1",
    b"[[[[",
    GOOD.replace("value = 40.0", "value = nan", 1).encode(),
    GOOD.replace("value = 40.0", 'value = "40"', 1).encode(),
    GOOD.replace("value = 40.0", "value = true", 1).encode(),
    GOOD.replace("value = 40.0\n", "", 1).encode(),
    GOOD.replace('mark = "read"', 'mark = "holy"', 1).encode(),
    GOOD.replace("horizon_min", "horizon", 1).encode(),
    GOOD.replace('hazard = "flood"', 'hazard = "war"').encode(),
    b'id = "x"\nparts = 3\n',
    b'id = "x"\ntitle = "x"\nhorizon_min = 5.0\nparts = [{ id = "", scenario = "nothing" }]\n',
    (GOOD + "\n[extra]\na = 1\n").encode(),
    GOOD.replace("people = 720.0", "people = -1e999", 1).encode(),
    b"a" * (toml_text.MOST_BYTES + 1),
]


@pytest.mark.parametrize("data", BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_file_that_is_no_scenario_is_refused(data: bytes):
    def read() -> None:
        scenario_versions.checked(toml_text.read(data, packs.scenario))

    with pytest.raises(CodedError):
        read()


# -- compound events -----------------------------------------------------------------


def both(**changes: object) -> Compound:
    """A river flood of three villages, and a second one of the same villages an hour after its water comes."""
    trigger = Trigger(clock="water", entity=small_river().places[0].id, delay_min=60)
    parts = (Part(id="", scenario=small_river()), Part(id="again", scenario=small_river(), trigger=trigger))
    return replace(Compound(id="both", title="两次洪水", parts=parts, horizon_min=2880), **changes)  # type: ignore[arg-type]


def test_a_triggered_part_begins_when_the_clock_strikes_in_the_middling_case():
    arrival = small_river().places[0].number("arrival_min")
    assert scenario_versions.checked(both()).parts[1].start_min == pytest.approx(arrival + 60)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "trigger",
    [
        Trigger(clock="no-such", entity="R01"),
        Trigger(clock="water", part="again", entity="R01"),
        Trigger(clock="water"),
    ],
)
def test_a_trigger_that_is_no_moment_of_an_earlier_part_is_refused(trigger: Trigger):
    whole = both()
    with pytest.raises(CodedError) as refused:
        scenario_versions.checked(replace(whole, parts=(whole.parts[0], replace(whole.parts[1], trigger=trigger))))
    assert refused.value.code == "trigger-unknown"


@pytest.fixture
def plans_two(store: Store, author: Actor) -> tuple[str, str]:
    """Two flood plans, and both events kept."""
    other = PLAN.replace("临江县", "临湖县").replace("15分钟内下达", "25分钟内下达")
    with store.work(author) as work:
        scenario_versions.save(work, small_river())
        scenario_versions.save(work, both())
        return tuple(
            intake.take_file(work, words.encode(), f"{number}.txt", propose=procedure_for).first.plan
            for number, words in enumerate((PLAN, other))
        )  # type: ignore[return-value]


def test_several_plans_answer_several_events_on_the_same_pools(store: Store, author: Actor, plans_two):
    one, two = plans_two
    request = Request(plan=one, scenario="both", runs=4, answers=(Answering(part="again", plan=two),))
    done = studies.run(store, author, request)
    assert [(answered.part, answered.plan) for answered in done.answered] == [("", one), ("again", two)]
    first, second = (done.of_part(answered.part) for answered in done.answered)
    assert {result.target.id for result in first}
    assert len(first) + len(second) == len(done.findings.targets)
    assert all(result.target.id.startswith("again:") for result in second)
    limits = {result.target.id: result.target.limit_min for result in done.findings.targets}
    assert (limits["F6-limit"], limits["again:F6-limit"]) == (15, 25)
    with store.reading(author) as work:
        assert studies.study(work, done.id) == done
        told = study_runs.told_run(work, done.id)  # played again, it measures what was kept
        assert told.question.network.digest == done.question.network.digest
        assert scenario_versions.number_of(work, done.compound) == 1
    assert done.request.scenario == "both@1"
    squads = next(count for count in done.pools if count.pool.id == "village_team")
    assert squads.units == sum(village.number("village_team") for village in small_river().of_kind("village"))
    assert f"--part again={two}@" in command(done)
    assert studies.run(store, author, done.request).is_reused


def test_the_report_tells_every_part_with_its_beginning(store: Store, author: Actor, plans_two):
    whole = both(summary="先后两次涨水", failures=(Failure(kind=FailureKind.ROAD, of="again:R01", from_min=5),))
    with store.work(author) as work:
        scenario_versions.save(work, replace(whole, id="told"))
    done = studies.run(store, author, Request(plan=plans_two[0], scenario="told", runs=2))
    with store.reading(author) as work:
        told = report_facts(work, done.id, "zh").scenario
    lines = told.summary.splitlines()
    assert (told.title, lines[0]) == ("两次洪水", "先后两次涨水")
    assert done.compound is not None
    for part, line in zip(done.compound.parts, lines[1:3], strict=True):
        assert line.startswith(f"事件“{part.scenario.title}”：")
        assert f"第{round(part.start_min, 1):g}分钟" in line
    assert lines[3].startswith("设定失效")


def test_a_study_keeps_the_version_it_used_when_a_newer_one_is_saved(store: Store, author: Actor, plans_two):
    done = studies.run(store, author, Request(plan=plans_two[0], scenario=small_river().id, runs=3))
    with store.work(author) as work:
        scenario_versions.save(work, small_river().with_value("bus_seats", 20.0))
    with store.reading(author) as work:
        again = studies.study(work, done.id)
    assert (again.scenario, again.event_hash) == (small_river(), digest(small_river()))
    repeated = studies.run(store, author, again.request, anew=True)
    assert repeated.findings.results_hash == done.findings.results_hash


def test_answers_that_fit_nothing_are_refused(store: Store, author: Actor, plans_two):
    one, two = plans_two
    for scenario, part in (("both", "third"), (small_river().id, "")):
        with pytest.raises(PlansRepoError):
            studies.run(store, author, Request(plan=one, scenario=scenario, answers=(Answering(part=part, plan=two),)))
    with pytest.raises(CodedError) as refused:
        studies.run(store, author, Request(plan=one, scenario="explosion-then-fire", runs=3))
    assert refused.value.code == "part-without-procedure"


def test_a_change_past_the_product_shows_in_the_audit(store: Store, author: Actor, everybody: Actor, engine_name: str):
    with store.work(author) as work:
        scenarios.save_scenario(work, small_river())
    with store.engine.begin() as connection:
        on = "" if engine_name == "sqlite" else " ON scenario_version"
        connection.execute(text(f"DROP TRIGGER scenario_version_no_update{on}"))
        connection.execute(update(ScenarioVersionRow).values(reason="改写"))
    with store.reading(everybody) as work:
        assert not audit.verify(work).valid


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: replace(one, hazard=Hazard.FIRE), "spread-of-another-hazard"),
        (
            lambda one: edits.with_figure(
                one, "bus_seats", Figure(value=45, unit="knots", source="样本", mark=Mark.DEMO)
            ),
            "unit-unfit",
        ),
    ],
)
def test_a_hazard_or_a_unit_that_does_not_fit_the_spread_is_refused(change, code):
    with pytest.raises(PlansRepoError) as refusal:
        check_scenario(change(RIVER))
    assert refusal.value.code == code
