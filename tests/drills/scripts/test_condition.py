from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.scripts.condition import MOST_DEPTH, Condition, Kind, Sense, Situation
from drills.scripts.condition_text import Names, read, written

NAMES = Names(
    actions={"A1": "a1", "A2": "a2"},
    injects={"1": "i1", "2.1": "i2"},
    states={"进水（处）": "clock:water", "水位": "growth:level"},
)
MINUTES = st.integers(0, 10_000).map(float)
LEAVES = st.one_of(
    st.builds(Condition, kind=st.just(Kind.CLOCK), value=MINUTES),
    st.builds(Condition, kind=st.sampled_from([Kind.DONE, Kind.OVERDUE]), name=st.sampled_from(["a1", "a2"])),
    st.builds(Condition, kind=st.just(Kind.SENT), name=st.sampled_from(["i1", "i2"]), value=MINUTES),
    st.builds(
        Condition, kind=st.just(Kind.STATE), name=st.sampled_from(["clock:water", "growth:level"]),
        sense=st.sampled_from(Sense), value=st.decimals(-1000, 1000, places=3).map(float),
    ),
)  # fmt: skip


def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Condition, kind=st.just(Kind.ALL), of=several),
        st.builds(Condition, kind=st.just(Kind.ANY), of=several),
        st.builds(Condition, kind=st.just(Kind.NOT), of=parts.map(lambda part: (part,))),
    )


CONDITIONS = st.recursive(LEAVES, joined, max_leaves=12)


def flat(one: Condition) -> Condition:
    """A condition with and in and, or in or, said as one."""
    parts = [flat(part) for part in one.of]
    if one.kind in (Kind.ALL, Kind.ANY):
        parts = [inner for part in parts for inner in (part.of if part.kind is one.kind else (part,))]
    return replace(one, of=tuple(parts))


@given(CONDITIONS, st.sampled_from(["zh", "en"]))
def test_what_is_written_reads_back_as_the_same_condition(condition: Condition, language: str) -> None:
    assert read(written(condition, NAMES, language), NAMES) == flat(condition)


@given(CONDITIONS, MINUTES, st.sets(st.sampled_from(["a1", "a2"])), st.booleans(), st.floats(-1000, 1000))
def test_a_condition_holds_as_its_words_say_in_python(
    condition: Condition, minute: float, done: set[str], is_sent: bool, level: float
) -> None:
    sent = {"i1": 5.0} if is_sent else {}
    now = Situation(minute=minute, done=done, overdue={"a1", "a2"} - done, sent=sent, state=lambda name, at: level)
    assert condition.holds(now) is eval(  # noqa: S307 - its own words, written by this test
        in_python(condition), {"minute": minute, "done": done, "sent": sent, "level": level}
    )


def in_python(one: Condition) -> str:
    signs = {Kind.ALL: " and ", Kind.ANY: " or "}
    if one.kind in signs:
        return f"({signs[one.kind].join(map(in_python, one.of))})"
    return {
        Kind.NOT: lambda: f"(not {in_python(one.of[0])})",
        Kind.CLOCK: lambda: f"(minute >= {one.value})",
        Kind.DONE: lambda: f"({one.name!r} in done)",
        Kind.OVERDUE: lambda: f"({one.name!r} not in done)",
        Kind.SENT: lambda: f"({one.name!r} in sent and minute - sent.get({one.name!r}, 0) >= {one.value})",
        Kind.STATE: lambda: f"(level {'>=' if one.sense is Sense.AT_LEAST else '<'} {one.value})",
    }[one.kind]()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("时钟", "condition-unreadable"),
        ("时钟<30", "condition-unreadable"),
        ("时钟≥30 且", "condition-unreadable"),
        ("时钟≥30 时钟≥40", "condition-unreadable"),
        ("（时钟≥30", "condition-unreadable"),
        ("完成(A9)", "condition-name-unknown"),
        ("下达(A1)", "condition-name-unknown"),
        ("状态(水位)", "condition-unreadable"),
        ("__import__('os')", "condition-unreadable"),
        ("非" * 40 + "时钟≥1", "condition-too-deep"),
        ("(" * 300 + "时钟≥1" + ")" * 300, "condition-too-deep"),
        ("时钟≥1 且 " * 200, "condition-too-long"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_place(text: str, code: str) -> None:
    with pytest.raises(DrillError) as refusal:
        read(text, NAMES)
    assert refusal.value.code == code


def test_and_binds_closer_than_or_and_not_closest() -> None:
    found = read("完成(A1) 或 完成(A2) 且 非 时钟≥5", NAMES)
    assert found is not None
    assert (found.kind, [part.kind for part in found.of]) == (Kind.ANY, [Kind.DONE, Kind.ALL])
    assert [part.kind for part in found.of[1].of] == [Kind.DONE, Kind.NOT]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.ALL},
        {"kind": Kind.NOT, "of": (Condition(kind=Kind.CLOCK), Condition(kind=Kind.CLOCK))},
        {"kind": Kind.CLOCK, "name": "a1"},
        {"kind": Kind.DONE},
        {"kind": Kind.STATE, "name": "water"},
        {"kind": Kind.CLOCK, "value": float("nan")},
        {"kind": Kind.CLOCK, "value": -1.0},
    ],
)
def test_a_condition_that_cannot_be_is_refused_when_built(wrong: dict[str, object]) -> None:
    with pytest.raises(DrillError) as refusal:
        Condition(**wrong)  # type: ignore[arg-type]
    assert refusal.value.code == "condition-malformed"


def test_a_condition_is_bounded_in_depth() -> None:
    one = Condition(kind=Kind.CLOCK, value=1)
    for _ in range(MOST_DEPTH - 1):
        one = Condition(kind=Kind.NOT, of=(one,))
    with pytest.raises(DrillError):
        Condition(kind=Kind.NOT, of=(one,))
