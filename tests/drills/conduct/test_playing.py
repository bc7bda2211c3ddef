"""Playing a drill in a real database: who may, what is refused, what is released when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from drills import register
from drills.blackouts import add_blackout, lift_warning
from drills.conduct import log, playing
from drills.conduct.entry import EntryKind
from drills.conduct.play import Phase
from drills.conduct.releasing import Releaser
from drills.designs import keeping as designs
from drills.designs.design import Appointment, Design, Post
from drills.drill import Content, DrillType, Form, Purpose, State
from drills.scheduling import BlackoutKind
from drills.scripts import keeping as scripts
from drills.scripts.condition import Condition, Kind
from drills.scripts.script import Script, Standing, Timing
from plans_repo.errors import PlansRepoError
from plans_repo.organisations import Organisation, OrganisationKind, create_organisation
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from sim.errors import CodedError
from tests.drills.builders import person
from tests.drills.conftest import StillClock
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject

K = EntryKind
TODAY = date(2026, 11, 20)
LIVE = DrillType(content=Content.SINGLE, form=Form.LIVE, purpose=Purpose.TEST)
POSTS = (
    Appointment(post=Post.EVALUATOR, name="周评", unit="第三方"),
    Appointment(post=Post.SAFETY, name="吴安", unit="清河县应急局"),
)


def told(number: str, **more: Any) -> Any:
    return an_inject(number, **({"to": ("县水利局",), "standing": Standing.APPROVED} | more))


def played() -> Script:
    after_a1 = Condition(kind=Kind.ALL, of=(Condition(kind=Kind.DONE, name="a1"), Condition(kind=Kind.CLOCK, value=8)))
    return a_script(
        injects=(
            told("1", expects=("a1",)),
            told("2", at_min=10.0, text="堤脚出现渗漏。"),
            told("3", at_min=None, timing=Timing.CONDITIONAL, condition=after_a1, text="请报告处置情况。"),
            told("4", at_min=None, timing=Timing.HELD, text="备用：道路中断。"),
            told("5", at_min=12.0, standing=Standing.DRAFT),
        ),
        actions=(an_action("A1", limit_min=5, since="i1"),),
        objectives=(),
    )


@pytest.fixture
def water(store: Store, everybody: Actor) -> Organisation:
    with store.work(everybody) as work:
        return create_organisation(work, "清河县水利局", kind=OrganisationKind.DEPARTMENT, area="/1/e/")


@pytest.fixture
def unit(water: Organisation) -> Actor:
    return person("water", Role.MEMBER_UNIT, organisation=water.id)


@pytest.fixture
def drill_id(store: Store, organiser: Actor, water: Organisation) -> str:
    """A live drill of today with a script and a design."""
    with store.work(organiser) as work:
        made = register.plan_drill(work, "清河县防汛演练", year=2026, type=LIVE, units=[water.id])
        register.schedule_drill(work, made.id, TODAY)
        scripts.keep(work, made.id, played(), base=0)
        designs.keep(work, made.id, Design(posts=POSTS), base="")
        return made.id


def doing(store: Store, who: Actor, what: Callable[..., Any], *details: Any, **more: Any) -> Any:
    with store.work(who) as work:
        return what(work, *details, **more)


def refused(store: Store, who: Actor, what: Callable[..., Any], *details: Any, **more: Any) -> str:
    with pytest.raises(CodedError) as refusal, store.work(who) as work:
        what(work, *details, **more)
    return str(refusal.value.code)


def sent(store: Store, organiser: Actor, drill_id: str) -> set[str]:
    with store.reading(organiser) as work:
        return set(playing.playing(work, drill_id).play.sent)


def test_a_drill_is_played_from_start_to_end(
    store: Store, clock: StillClock, organiser: Actor, unit: Actor, drill_id: str
) -> None:
    releaser = Releaser()
    assert releaser.round(store) == 0
    doing(store, organiser, playing.begin, drill_id)
    assert releaser.round(store) == 1
    assert releaser.round(store) == 0
    clock.forward(minutes=4)
    doing(store, organiser, playing.mark_done, drill_id, "a1", text="响应命令发出")
    assert releaser.round(store) == 0
    clock.forward(minutes=5)
    assert releaser.round(store) == 1
    clock.forward(minutes=4)
    assert releaser.round(store) == 1  # the draft inject of minute 12 is released by nobody
    assert sent(store, organiser, drill_id) == {"i1", "i2", "i3"}
    doing(store, organiser, playing.release, drill_id, "i4")

    with store.reading(unit) as work:
        messages = playing.seat(work, drill_id)
    assert [one.text for one in messages] == ["备用：道路中断。", "堤脚出现渗漏。", "请报告处置情况。", "水位上涨。"]
    doing(store, unit, playing.receive, drill_id, messages[0].id)
    doing(store, unit, playing.receive, drill_id, messages[0].id)
    doing(store, unit, playing.report, drill_id, text="已派出两组。", line_id=messages[0].id)
    with store.reading(unit) as work:
        assert [one.received_at is not None for one in playing.seat(work, drill_id)] == [True, False, False, False]

    ended = doing(store, organiser, playing.turn, drill_id, K.ENDED)
    assert ended.play.phase is Phase.ENDED
    assert (ended.play.took_min(ended.play.script.action("a1")), ended.play.done["a1"].minute) == (4, 4)
    with store.reading(organiser) as work:
        assert register.drill(work, drill_id).state is State.ENDED
        assert log.first_changed(work, drill_id) is None
        kinds = [one.kind for one in log.entries(work, drill_id)]
    assert kinds.count(K.RELEASED) == 4
    assert (kinds.count(K.RECEIVED), kinds[0], kinds[-1]) == (1, K.STARTED, K.ENDED)


def test_a_stop_by_a_unit_freezes_play(
    store: Store, clock: StillClock, organiser: Actor, unit: Actor, drill_id: str
) -> None:
    releaser = Releaser()
    doing(store, organiser, playing.begin, drill_id)
    releaser.round(store)
    doing(store, unit, playing.stop, drill_id, text="堤顶有人落水")
    clock.forward(minutes=30)
    assert releaser.round(store) == 0
    with store.reading(unit) as work:
        assert playing.phase(work, drill_id) == (Phase.STOPPED, "堤顶有人落水")
    assert refused(store, organiser, playing.release, drill_id, "i4") == "play-not-so"
    assert refused(store, organiser, playing.turn, drill_id, K.RESUMED, text="继续") == "play-not-so"
    doing(store, organiser, playing.turn, drill_id, K.CLEARED, text="人已救起")
    resumed = doing(store, organiser, playing.turn, drill_id, K.RESUMED)
    assert resumed.play.minute_at(clock()) == 0


def test_a_real_warning_blocks_the_start_and_stops_play(
    store: Store, clock: StillClock, organiser: Actor, drill_id: str
) -> None:
    warning = {"kind": BlackoutKind.WARNING, "start_on": TODAY, "area": "/"}
    first = doing(store, organiser, add_blackout, "暴雨红色预警", **warning)
    assert refused(store, organiser, playing.begin, drill_id) == "drill-start-during-warning"
    doing(store, organiser, lift_warning, first.id, TODAY)
    assert refused(store, organiser, playing.begin, drill_id) == "drill-start-during-warning"  # until the day is over


def test_a_warning_in_the_middle_stops_play_until_it_is_lifted(
    store: Store, clock: StillClock, organiser: Actor, drill_id: str
) -> None:
    doing(store, organiser, playing.begin, drill_id)
    doing(store, organiser, add_blackout, "山洪红色预警", kind=BlackoutKind.WARNING, start_on=TODAY, area="/")
    clock.forward(minutes=20)
    assert Releaser().round(store) == 0
    with store.reading(organiser) as work:
        assert playing.phase(work, drill_id) == (Phase.STOPPED, "山洪红色预警")
    assert refused(store, organiser, playing.turn, drill_id, K.CLEARED, text="继续") == "drill-start-during-warning"
    assert doing(store, organiser, playing.turn, drill_id, K.ENDED).play.phase is Phase.ENDED


@pytest.mark.parametrize(
    ("posts", "code"),
    [
        ((), "play-without-evaluator"),
        (POSTS[:1], "play-without-safety-officer"),
        ((Appointment(post=Post.EVALUATOR, name="郑水", unit="清河县水利局"), POSTS[1]), "play-evaluator-plays"),
    ],
)
def test_a_drill_that_is_not_ready_is_not_begun(
    store: Store, organiser: Actor, drill_id: str, posts: tuple[Appointment, ...], code: str
) -> None:
    with store.reading(organiser) as work:
        kept = designs.design(work, drill_id)
    assert kept is not None
    doing(store, organiser, designs.keep, drill_id, Design(posts=posts), base=kept.hash)
    assert refused(store, organiser, playing.begin, drill_id) == code
    with store.reading(organiser) as work:
        assert register.drill(work, drill_id).state is State.SCHEDULED
        assert log.entries(work, drill_id) == ()


def test_who_takes_part_neither_reads_nor_turns_play(
    store: Store, organiser: Actor, unit: Actor, water: Organisation, drill_id: str
) -> None:
    doing(store, organiser, playing.begin, drill_id)
    Releaser().round(store)
    double = person("double", *Role, organisation=water.id)
    for who in (unit, double):
        assert refused(store, who, playing.playing, drill_id) == "script-for-control"
        assert refused(store, who, playing.turn, drill_id, K.PAUSED, text="等") == "script-for-control"
        assert refused(store, who, playing.mark_done, drill_id, "a1") == "script-for-control"
    fire = doing(store, person("all", *Role), create_organisation, "清河县消防大队", kind=OrganisationKind.DEPARTMENT,
                 area="/1/e/")  # fmt: skip
    stranger = person("fire", Role.MEMBER_UNIT, organisation=fire.id)
    assert refused(store, stranger, playing.seat, drill_id) == "play-for-those-in-it"
    assert refused(store, stranger, playing.stop, drill_id, text="停") == "play-for-those-in-it"
    assert refused(store, unit, playing.receive, drill_id, "no-such-line") == "play-line-unknown"
    evaluator = person("evaluator", Role.DRILL_EVALUATOR)
    doing(store, evaluator, playing.note, drill_id, text="对讲机不通")
    assert refused(store, evaluator, playing.release, drill_id, "i4") == "action-not-allowed"


def test_mistakes_in_play_are_refused_and_the_log_stays(store: Store, organiser: Actor, drill_id: str) -> None:
    assert refused(store, organiser, playing.turn, drill_id, K.PAUSED, text="等") == "play-not-so"
    doing(store, organiser, playing.begin, drill_id)
    Releaser().round(store)
    with store.reading(organiser) as work:
        before = log.entries(work, drill_id)
    for what, details, more, code in (
        (playing.begin, (), {}, "play-not-so"),
        (playing.release, ("i1",), {}, "inject-sent-already"),
        (playing.skip, ("i1",), {"text": "不用"}, "inject-sent-already"),
        (playing.skip, ("i2",), {"text": " "}, "entry-reason-missing"),
        (playing.release, ("nothing",), {}, "script-inject-unknown"),
        (playing.postpone, ("i4",), {"minute": 5.0, "text": "晚点"}, "inject-not-postponed"),
        (playing.improvise, (), {"to": "县水利局", "text": ""}, "inject-not-ready"),
        (playing.note, (), {"text": ""}, "entry-text-missing"),
        (playing.void, (before[0].id,), {"text": "误"}, "entry-not-voidable"),
        (playing.turn, (K.JUMPED,), {"text": "回到开头", "minute": float("nan")}, "number-not-finite"),
    ):  # fmt: skip
        assert refused(store, organiser, what, drill_id, *details, **more) == code
    with store.reading(organiser) as work:
        assert log.entries(work, drill_id) == before


def test_going_back_lets_an_inject_come_again(store: Store, clock: StillClock, organiser: Actor, drill_id: str) -> None:
    releaser = Releaser()
    doing(store, organiser, playing.begin, drill_id)
    clock.forward(minutes=11)
    assert releaser.round(store) == 2
    doing(store, organiser, playing.turn, drill_id, K.JUMPED, text="重来一遍", minute=5.0)
    assert releaser.round(store) == 0
    assert sent(store, organiser, drill_id) == {"i1"}
    clock.forward(minutes=6)
    assert releaser.round(store) == 1
    with store.reading(organiser) as work:
        released = [one.about for one in log.entries(work, drill_id) if one.kind is K.RELEASED]
    assert released.count("i2") == 2


def test_the_log_of_play_cannot_be_changed(store: Store, organiser: Actor, drill_id: str) -> None:
    doing(store, organiser, playing.begin, drill_id)
    for statement in ("UPDATE drill_entry SET text = 'x'", "DELETE FROM drill_entry"):
        with pytest.raises((DBAPIError, PlansRepoError)), store.work(organiser) as work:
            work.session.execute(text(statement))


@given(gaps=st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=12))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_restarts_no_inject_is_lost_or_sent_twice(
    store: Store, clock: StillClock, organiser: Actor, gaps: list[tuple[int, bool]]
) -> None:
    several = tuple(told(str(number), at_min=float(number)) for number in range(40))
    with store.work(organiser) as work:
        made = register.plan_drill(work, "清河县电话演练", year=2026)
        register.schedule_drill(work, made.id, TODAY)
        scripts.keep(work, made.id, a_script(injects=several, actions=(), objectives=(), duration_min=60), base=0)
        designs.keep(work, made.id, Design(posts=POSTS), base="")
        playing.begin(work, made.id)
    releaser = Releaser()
    for seconds, is_restarted in [*gaps, (3600, False)]:
        clock.forward(seconds=seconds)
        releaser = Releaser() if is_restarted else releaser
        releaser.round(store)
        if is_restarted:
            Releaser().round(store)  # the one before had not quite gone
    with store.work(organiser) as work:
        lines = [one for one in log.entries(work, made.id) if one.kind is K.RELEASED]
        register.move_drill(work, made.id, register.Step.END)
    assert sorted(int(one.about[1:]) for one in lines) == list(range(40))
