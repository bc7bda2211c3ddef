"""Values as plain data and canonical bytes, and back without loss."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.circumstance import Circumstance
from sim.durations import Duration, Exponential, Fixed, Lognormal, Pert, Triangular, Uniform, Weibull
from sim.errors import SimError
from sim.figure import Figure, Footing, Mark
from sim.plain import canonical, digest, plain, unplain
from sim.procedure import (
    After,
    Change,
    Condition,
    Hazard,
    Join,
    JoinKind,
    Level,
    Need,
    Outcome,
    Pool,
    PoolKind,
    PoolRule,
    Procedure,
    Target,
    TargetKind,
    Task,
    TaskKind,
)
from sim.scenario import Parameter, Place, ResourceSet, Scenario
from sim.statistics import Verdict
from sim.study import Findings, TargetResult, TaskBand, Wait

# ---- Anything a person may write -------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8).filter(str.strip)
notes = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
amounts = st.floats(0, 1e6) | st.integers(0, 1000)
positive = st.floats(1e-6, 1e6)
numbers = st.floats(-1e9, 1e9)
shares = st.floats(0.001, 1)
bounds = st.lists(st.floats(0, 1e5), min_size=3, max_size=3).map(sorted)

laws = st.one_of(
    st.builds(Fixed, minutes=amounts),
    bounds.map(lambda b: Uniform(low_min=b[0], high_min=b[2])),
    bounds.map(lambda b: Triangular(low_min=b[0], mode_min=b[1], high_min=b[2])),
    bounds.map(lambda b: Pert(low_min=b[0], mode_min=b[1], high_min=b[2])),
    st.builds(Lognormal, median_min=positive, sigma=st.floats(0, 3)),
    st.builds(Exponential, mean_min=positive),
    st.builds(Weibull, a=positive, b=positive),
)
durations = st.builds(
    Duration, law=laws, times=notes, footing=st.sampled_from(Footing), source=notes, mark=st.sampled_from(Mark)
)
pools = st.builds(
    Pool,
    id=words,
    title=words,
    units=st.integers(0, 99),
    kind=st.sampled_from(PoolKind),
    rule=st.sampled_from(PoolRule),
    preemptible=st.booleans(),
    changes=st.lists(st.builds(Change, at_min=amounts, units=st.integers(-9, 9)), max_size=2).map(tuple),
)
conditions = st.builds(
    Condition,
    text=words,
    measure=notes,
    at_least=st.none() | st.floats(-9, 0),
    below=st.none() | st.floats(1, 9),
    judgement=st.booleans(),
)
unique_words = st.lists(words, unique=True, min_size=1, max_size=4)


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """Tasks that follow one another, pools, promises and levels, each field with something in it."""
    ids, labels = draw(unique_words), draw(unique_words)
    own_pools = draw(st.lists(pools, max_size=3, unique_by=lambda pool: pool.id))
    return Procedure(
        hazard=draw(st.sampled_from(Hazard)),
        spread=draw(notes),
        tasks=tuple(draw(a_task(ids, place, labels, own_pools)) for place in range(len(ids))),
        pools=tuple(own_pools),
        targets=tuple(draw(a_target(ids, name, labels)) for name in draw(unique_words)),
        levels=tuple(
            Level(id=label, label=label, rank=rank, conditions=tuple(draw(st.lists(conditions, max_size=2))))
            for rank, label in enumerate(labels, start=1)
        ),
    )


@st.composite
def a_task(draw: st.DrawFn, ids: list[str], place: int, labels: list[str], own_pools: list[Pool]) -> Task:
    before = draw(st.lists(st.sampled_from(ids[:place]), unique=True)) if place else []
    needs = draw(st.lists(st.sampled_from(own_pools), unique_by=lambda pool: pool.id)) if own_pools else []
    return Task(
        id=ids[place],
        title=draw(words),
        title_en=draw(notes),
        lead=draw(notes),
        support=tuple(draw(st.lists(notes, max_size=2))),
        duration=draw(durations),
        after=tuple(After(task=name, when=Outcome.DONE) for name in before),
        join=Join(kind=JoinKind.K_OF_N, need=1) if before and draw(st.booleans()) else Join(),
        needs=tuple(Need(pool=pool.id, units=draw(st.integers(1, 9)), times=draw(notes)) for pool in needs),
        kind=draw(st.sampled_from(TaskKind)),
        priority=draw(st.integers(-9, 9)),
        tries=draw(st.integers(1, 3)),
        success_share=draw(shares),
        until=draw(notes),
        from_level=draw(st.sampled_from(["", *labels])),
    )


@st.composite
def a_target(draw: st.DrawFn, ids: list[str], name: str, labels: list[str]) -> Target:
    kind = draw(st.sampled_from(TargetKind))
    return Target(
        id=name,
        title=draw(words),
        task=draw(st.sampled_from(ids)),
        limit_min=draw(amounts),
        kind=kind,
        starts=draw(st.sampled_from(["alarm", "clock:水", *ids])),
        clock="水" if kind is TargetKind.MARGIN else "",
        share=draw(shares),
        assurance=draw(st.floats(0.01, 0.99)),
        levels=tuple(draw(st.lists(st.sampled_from(labels), unique=True))) if labels else (),
        circumstances=tuple(draw(st.lists(st.sampled_from(Circumstance), unique=True))),
        proposed=draw(st.booleans()),
        mark=draw(st.sampled_from(Mark)),
    )


figures = st.builds(Figure, value=numbers, unit=notes, source=words, mark=st.sampled_from(Mark))
named_numbers = st.lists(st.tuples(words, numbers), max_size=3).map(tuple)
scenarios = st.builds(
    Scenario,
    id=words,
    hazard=st.sampled_from(Hazard),
    spread=notes,
    title=words,
    circumstances=st.lists(st.sampled_from(Circumstance), unique_by=lambda each: each.aspect).map(tuple),
    horizon_min=positive,
    parameters=st.lists(
        st.builds(Parameter, name=words, figure=figures, title=notes), max_size=3, unique_by=lambda item: item.name
    ).map(tuple),
    places=st.lists(
        st.builds(Place, id=words, title=words, kind=words, numbers=named_numbers),
        max_size=3,
        unique_by=lambda place: place.kind + " " + place.id,
    ).map(tuple),
    measures=named_numbers,
    level=notes,
    summary=notes,
)
maybe_minutes = st.none() | numbers
footings = st.tuples(*(st.tuples(st.just(kind), shares) for kind in Footing))


@st.composite
def results(draw: st.DrawFn) -> TargetResult:
    return TargetResult(
        target=draw(a_target(["a"], "t", ["Ⅰ级"])),
        runs=draw(st.integers(1, 9999)),
        met=draw(st.integers(0, 9999)),
        p_met=draw(shares),
        low=draw(shares),
        high=draw(shares),
        confidence=draw(shares),
        p50_min=draw(maybe_minutes),
        p90_min=draw(maybe_minutes),
        verdict=draw(st.sampled_from(Verdict)),
        footing=draw(footings),
        is_provisional=draw(st.booleans()),
    )


bands = st.builds(
    TaskBand,
    task=words,
    p10_min=maybe_minutes,
    p50_min=maybe_minutes,
    p90_min=maybe_minutes,
    unfinished_share=shares,
    failed_share=shares,
)
studies = st.builds(
    Findings,
    runs=st.integers(1, 9999),
    seed=st.integers(0, 2**63),
    level=notes,
    results_hash=words,
    targets=st.lists(results(), max_size=2).map(tuple),
    bands=st.lists(bands, max_size=2).map(tuple),
    waits=st.lists(st.builds(Wait, task=words, cause=words, mean_min=amounts), max_size=2).map(tuple),
    footing=footings,
    not_concerned=st.lists(words, max_size=2).map(tuple),
)


# ---- There and back --------------------------------------------------------------------------------------------------


@given(value=procedures())
@settings(max_examples=60, deadline=None)
def test_a_procedure_comes_back_equal_from_its_stored_bytes(value: Procedure):
    assert unplain(Procedure, json.loads(canonical(value))) == value


@given(value=scenarios)
@settings(max_examples=60, deadline=None)
def test_a_scenario_comes_back_equal(value: Scenario):
    assert unplain(Scenario, json.loads(canonical(value))) == value


@given(value=studies)
@settings(max_examples=60, deadline=None)
def test_findings_come_back_equal(value: Findings):
    assert unplain(Findings, json.loads(canonical(value))) == value


@given(units=st.lists(st.tuples(words, st.integers(0, 99)), max_size=3))
def test_a_resource_set_comes_back_equal(units: list[tuple[str, int]]):
    value = ResourceSet(id="r", title="力量", units=tuple(units))
    assert unplain(ResourceSet, json.loads(canonical(value))) == value


@given(value=st.one_of(procedures(), scenarios, studies))
@settings(max_examples=60, deadline=None)
def test_a_value_that_was_stored_has_the_same_digest_as_before(value: Procedure | Scenario | Findings):
    assert digest(unplain(type(value), json.loads(canonical(value)))) == digest(value)


def test_minutes_written_as_a_whole_number_are_the_same_minutes():
    assert digest(Fixed(minutes=5)) == digest(Fixed(minutes=5.0))
    assert digest(Uniform(low_min=1, high_min=9)) == digest(Uniform(low_min=1.0, high_min=9.0))


# ---- Canonical bytes (RFC 8785) --------------------------------------------------------------------------------------


def test_keys_are_sorted_by_utf_16_units_as_in_the_rfc():
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    ordered = json.loads(canonical(names), object_pairs_hook=lambda pairs: [value for _, value in pairs])
    assert ordered == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
        "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
    ]  # fmt: skip


def test_strings_are_escaped_as_in_the_rfc():
    text = "\u20ac$\u000f\nA'\u0042\u0022\u005c\\\"/\u2028\x7f"
    assert canonical(text).decode() == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028\x7f"'


def test_nothing_stands_between_the_signs():
    assert canonical({"b": [1, None, True], "a": {}}) == b'{"a":{},"b":[1,null,true]}'


@given(value=st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | notes,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(notes, inner, max_size=3),
))  # fmt: skip
def test_there_are_no_floats_in_canonical_bytes_and_the_order_of_keys_does_not_matter(value):
    def no_float(text: str) -> float:
        raise AssertionError(text)

    def turned(item):
        if isinstance(item, dict):
            return {key: turned(item[key]) for key in reversed(item)}
        return [turned(part) for part in item] if isinstance(item, list) else item

    json.loads(canonical(value), parse_float=no_float, parse_constant=no_float)
    assert canonical(turned(value)) == canonical(value)


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_its_shortest_decimal_and_comes_back_to_the_bit(value: float):
    assert plain(value) == repr(value)
    assert math.copysign(1, float(plain(value))) == math.copysign(1, value)
    assert float(plain(value)) == value


def test_instants_are_told_in_utc_with_microseconds_whatever_their_zone():
    shanghai = datetime(2026, 7, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    assert plain(shanghai) == plain(datetime(2026, 7, 1, 0, 30, tzinfo=UTC)) == "2026-07-01T00:30:00.000000Z"
    assert plain(date(2026, 7, 1)) == "2026-07-01"


def test_enums_bytes_and_sets_have_one_plain_form():
    assert plain((Hazard.MINE, b"\x00\xff", {"b", "a"}, frozenset({2, 1}))) == ["mine", "00ff", ["a", "b"], [1, 2]]


def test_a_digest_is_the_sha_256_of_the_canonical_bytes():
    assert digest({"预案": 1}) == hashlib.sha256('{"预案":1}'.encode()).hexdigest()


@pytest.mark.parametrize(
    ("value", "code"),
    [(datetime(2026, 7, 1), "instant-without-zone"), (object(), "value-not-plain")],  # noqa: DTZ001
)
def test_what_has_no_plain_form_is_refused(value: object, code: str):
    with pytest.raises(SimError) as refused:
        plain(value)
    assert refused.value.code == code


# ---- What does not fit -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"hazard": "flu"}, "hazard", "stored-kind-unknown"),
        ({"tasks": "none"}, "tasks", "stored-value-unreadable"),
        ({"tasks": [{"id": "a", "title": "a"}]}, "tasks.0.duration", "stored-value-missing"),
        ({"pools": [{"id": "u", "title": "u", "units": "many"}]}, "pools.0.units", "stored-value-unreadable"),
        (
            {"tasks": [{"id": "a", "title": "a", "duration": {"law": {"law": "levy"}}}]},
            "tasks.0.duration.law",
            "stored-kind-unknown",
        ),
    ],
)
def test_stored_data_that_does_not_fit_is_refused_naming_the_field(change, field: str, code: str):
    good = {
        "hazard": "flood",
        "tasks": [{"id": "a", "title": "a", "duration": {"law": {"law": "fixed", "minutes": 1}}}],
    }
    assert unplain(Procedure, good).tasks[0].id == "a"
    with pytest.raises(SimError) as refused:
        unplain(Procedure, {**good, **change})
    assert (refused.value.code, refused.value.fields["field"]) == (code, field)


def test_a_value_that_fits_but_cannot_be_is_refused_by_its_own_rule():
    circular = {
        "hazard": "flood",
        "tasks": [
            {"id": "a", "title": "a", "after": [{"task": "a"}], "duration": {"law": {"law": "fixed", "minutes": 1}}}
        ],
    }
    with pytest.raises(SimError) as refused:
        unplain(Procedure, circular)
    assert refused.value.code == "procedure-circular"
