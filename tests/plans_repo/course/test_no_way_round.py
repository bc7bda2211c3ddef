"""Ways round the life cycle that officials have tried: each is refused, and what stood before stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plans_repo import plans
from plans_repo.course import (
    consultation,
    consulting,
    panel_result,
    panels,
    passage,
    takers,
    votes,
    working_group,
)
from plans_repo.course.duties import units_in
from plans_repo.course.passage import Attachment, Passage
from plans_repo.course.paths import path_named
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.course.words import GroupPart, Vote
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.experts import ExpertRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from plans_repo.text.clause import Clause
from tests.plans_repo.builders import a_body, a_clause, some_clauses
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.course.walking import (
    DECIDER,
    EVERYBODY,
    EXAMINER,
    WRITER,
    a_group,
    a_pool,
    a_review,
    an_explanation,
    begun,
    every_answer,
    make,
    stand,
    the_inputs,
    walk,
)

PAPER = ("意见表.pdf", b"%PDF")
LETTER = Attachment(kind=PaperKind.CONSULTATION_LETTER, name="函.pdf", data=b"%PDF")
TODAY = date(2026, 11, 20)


@pytest.fixture
def engine_name() -> str:
    """One engine is enough here: paths and consultations are played on both."""
    return "sqlite"


def refused(code: str) -> object:
    return pytest.raises(PlansRepoError, match=code)


# Days


def test_no_act_is_older_than_its_text_its_letter_or_the_last_answer(store: Store, clock: StillClock) -> None:
    version = begun(store)
    a_group(store, version)
    the_inputs(store, version)
    with store.work(WRITER) as work:
        with refused("day-before-text"):
            consulting.open_consultation(work, version, names=["县水利局"], sent_on=TODAY - timedelta(days=9))
        consulting.open_consultation(work, version, names=["县水利局"])
        with refused("day-before-text"):
            passage.move(work, version, Move.CONSULT, attachments=[LETTER], on=TODAY - timedelta(days=80))
        passage.move(work, version, Move.CONSULT, attachments=[LETTER])
    clock.forward(days=5)
    every_answer(store, version)
    an_explanation(store, version)
    linkage = [
        Attachment(kind=kind, name="x.pdf", data=b"%PDF") for kind in (PaperKind.OPINIONS_RECORD, PaperKind.EXPLANATION)
    ]
    with store.work(WRITER) as work, refused("day-before-last-move"):
        passage.move(work, version, Move.ASK_LINKAGE, attachments=linkage, on=TODAY + timedelta(days=1))
    assert stand(store, version).stage is Stage.CONSULTATION


def test_no_move_is_older_than_the_last_one_nor_than_the_meeting_of_the_panel(store: Store, clock: StillClock) -> None:
    version = begun(store)
    walk(store, version, Stage.LINKAGE)
    clock.forward(days=5)
    make(store, EXAMINER, version, Move.AGREE_LINKAGE)
    clock.forward(days=5)
    with store.work(EXAMINER) as work, refused("day-before-last-move"):
        passage.move(work, version, Move.REJECT_REVIEW, reason="不同意", on=TODAY + timedelta(days=4))
    a_review(store, version)
    opinion = [Attachment(kind=PaperKind.REVIEW_OPINION, name="意见.pdf", data=b"%PDF")]
    with store.work(EXAMINER) as work:
        with refused("day-before-last-move"):
            passage.move(work, version, Move.PASS_REVIEW, attachments=opinion, on=TODAY + timedelta(days=9))
        after = passage.move(work, version, Move.PASS_REVIEW, attachments=opinion, on=TODAY + timedelta(days=10))
    assert after.sign_offs[-1].on == TODAY + timedelta(days=10)


# Whom to ask


def test_a_township_and_a_body_registered_by_its_short_name_are_found() -> None:
    bodies = [
        Organisation(id=name, name=name, name_en="", kind=OrganisationKind.DEPARTMENT, parent=None, area="/1/")
        for name in ("清川县双堤镇人民政府", "清川县卫健局", "清川县应急局")
    ]
    clauses = [
        a_clause("a", "双堤镇人民政府应当在2小时内完成转移，县卫生健康局开展救治。"),
        a_clause("b", "县应急管理局报告县委、县政府和市应急管理局，县生态环境局监测。"),
    ]
    assert [(unit.name, unit.clauses) for unit in units_in(clauses, bodies, {"县"})] == [
        ("清川县双堤镇人民政府", ("a",)),
        ("清川县卫健局", ("a",)),
        ("清川县应急局", ("b",)),
        ("县生态环境局", ("b",)),
    ]


def a_county(store: Store) -> dict[str, str]:
    kinds = {"应急管理局": OrganisationKind.EMERGENCY_BUREAU}
    with store.work(EVERYBODY) as work:
        return {
            name: a_body(work, f"清河县{name}", "/1/e/", kinds.get(name, OrganisationKind.DEPARTMENT)).id
            for name in ("应急管理局", "水利局", "气象局")
        }


def a_text(*duties: str) -> list[Clause]:
    return [*some_clauses(), *(a_clause(f"d{at}", duty) for at, duty in enumerate(duties))]


def drafted(store: Store, bodies: dict[str, str], *duties: str) -> str:
    author = replace(WRITER, organisation=bodies["应急管理局"])
    version = begun(store, author)
    with store.work(author) as work:
        plan = stand(store, version).plan
        version = plans.make_version(work, plan, a_text(*duties), reason="补充", trigger=Trigger.EDITING).id
    a_group(store, version)
    the_inputs(store, version)
    return version


def test_a_unit_with_a_duty_cannot_be_left_out_nor_lose_its_duty_by_its_name(store: Store) -> None:
    bodies = a_county(store)
    version = drafted(store, bodies, "县水利局负责水库调度。", "县气象局负责监测。", "县林草局协助。")
    with store.work(WRITER) as work:
        with refused("duty-units-left-out"):
            consulting.open_consultation(work, version, names=["清河县水利局", "县林草局"])
        with refused("named-units-left-out"):
            consulting.open_consultation(work, version, names=["清河县水利局", "县气象局"])
        asked = consulting.open_consultation(
            work, version, names=["清河县水利局", "县气象局"], left_out_why="本县没有设置林草局"
        )
    assert {unit.name: (unit.organisation, unit.has_duty) for unit in asked.units} == {
        "清河县水利局": (bodies["水利局"], True),
        "清河县气象局": (bodies["气象局"], True),
    }
    assert (asked.left_out, asked.left_out_why) == (("县林草局",), "本县没有设置林草局")
    with store.work(WRITER) as work:
        assert passage.move(work, version, Move.CONSULT, attachments=[LETTER]).stage is Stage.CONSULTATION


def at_linkage(store: Store, bodies: dict[str, str], *duties: str) -> str:
    version = drafted(store, bodies, *duties)
    with store.work(WRITER) as work:
        consulting.open_consultation(work, version)
        passage.move(work, version, Move.CONSULT, attachments=[LETTER])
    every_answer(store, version)
    an_explanation(store, version)
    return walk(store, version, Stage.LINKAGE).version


def test_a_duty_put_in_while_the_text_is_signed_is_asked_about_first(store: Store) -> None:
    bodies = a_county(store)
    version = at_linkage(store, bodies, "县水利局负责水库调度。")
    plan = stand(store, version).plan
    with store.work(WRITER) as work:
        more = a_text("县水利局负责水库调度。", "县气象局负责监测预报。")
        changed = plans.make_version(work, plan, more, reason="补充职责", trigger=Trigger.EDITING).id
    with refused("units-not-asked"):
        make(store, EXAMINER, changed, Move.AGREE_LINKAGE)
    make(store, EXAMINER, changed, Move.REJECT_LINKAGE)
    with store.work(WRITER) as work:
        member = {"part": GroupPart.MEMBER, "organisation": bodies["气象局"]}
        working_group.add_member(work, changed, "气丁", **member)
    with refused("units-not-asked"):
        make(store, WRITER, changed, Move.CONSULT)
    with store.work(WRITER) as work:
        again = consulting.open_consultation(work, changed, units=[bodies["气象局"]])
    assert [unit.name for unit in again.units] == ["清河县气象局"]
    make(store, WRITER, changed, Move.CONSULT)
    every_answer(store, changed)
    an_explanation(store, changed)
    assert make(store, WRITER, changed, Move.ASK_LINKAGE).stage is Stage.LINKAGE
    assert make(store, EXAMINER, changed, Move.AGREE_LINKAGE).stage is Stage.REVIEW


def test_a_change_that_touches_nobodys_duty_asks_nobody_again(store: Store) -> None:
    bodies = a_county(store)
    version = at_linkage(store, bodies, "县水利局负责水库调度。")
    make(store, EXAMINER, version, Move.REJECT_LINKAGE)
    with store.work(WRITER) as work:
        text = [
            replace(one, text="接到预警后20分钟内到岗。") if one.id == "c2" else one
            for one in a_text("县水利局负责水库调度。")
        ]
        plan = stand(store, version).plan
        changed = plans.make_version(work, plan, text, reason="按意见修改", trigger=Trigger.EDITING).id
    make(store, WRITER, changed, Move.CONSULT)
    an_explanation(store, changed)
    assert make(store, WRITER, changed, Move.ASK_LINKAGE).stage is Stage.LINKAGE
    with store.reading(WRITER) as work:
        assert consultation.consultation(work, changed)


# The panel


def at_review(store: Store) -> str:
    return walk(store, begun(store), Stage.REVIEW).version


def test_a_panel_that_has_voted_stands_for_its_text(store: Store) -> None:
    version = at_review(store)
    no = Vote.DISAGREE
    panel = a_review(store, version, [Vote.AGREE, Vote.AGREE, no, no, no])
    with store.work(WRITER) as work:
        people = [seat.expert.id for seat in panel.seats]
        with refused("panel-has-voted"):
            panels.convene(work, panel.id, present=people[:3], head=people[0])
        with refused("panel-has-voted"):
            panels.draw_panel(work, version, size=5, redraw_why="重新组织")
        assert not panel_result.result(work, panel.id).passes
    with refused("panel-disagrees"):
        make(store, EXAMINER, version, Move.PASS_REVIEW)


def test_an_opinion_an_expert_signed_is_his(store: Store) -> None:
    version = at_review(store)
    expert = person("expert", Role.REVIEWER)
    a_pool(store, 3)
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=3)
        people = [seat.expert.id for seat in panel.seats]
        panels.convene(work, panel.id, present=people, head=people[0])
    seat = panel.seats[0]
    with store.work(EVERYBODY) as work:
        work.session.get_one(ExpertRow, seat.expert.id).account_id = expert.account
    with store.work(expert) as work:
        votes.vote(work, seat.id, Vote.DISAGREE, words="条件不清")
    with store.work(WRITER) as work, refused("vote-signed-by-expert"):
        votes.vote(work, seat.id, Vote.AGREE, paper=PAPER, correction="登记有误")
    with store.work(expert) as work:
        votes.vote(work, seat.id, Vote.AGREE_IF, words="修改后同意")
        assert [one.vote for one in votes.votes(work, panel.id)] == [Vote.AGREE_IF]


def test_a_second_draw_has_a_reason_a_meeting_its_day_and_enough_people(store: Store, clock: StillClock) -> None:
    version = at_review(store)
    a_pool(store)
    with store.work(WRITER) as work:
        first = panels.draw_panel(work, version, size=5)
        with refused("redraw_why"):
            panels.draw_panel(work, version, size=5)
        second = panels.draw_panel(work, version, size=5, redraw_why="三名专家因汛情不能到会")
        assert second.redraw_why == "三名专家因汛情不能到会"
        with refused("panel-replaced"):
            panels.convene(work, first.id, present=[first.seats[0].expert.id], head=first.seats[0].expert.id)
        one = second.seats[0].expert.id
        with refused("meeting-before-draw"):
            panels.convene(work, second.id, present=[one], head=one, met_on=TODAY - timedelta(days=1))
        panels.convene(work, second.id, present=[one], head=one)
    with store.reading(EXAMINER) as work:
        codes = {unmet.code: unmet.fields for unmet in passage.unmet(work, version)}
    assert codes["panel-too-few-present"] == {"count": 1, "low": 3}


# Who decides


def at_leadership(store: Store) -> Passage:
    return walk(store, begun(store), Stage.LEADERSHIP)


def test_the_head_of_the_bureau_does_not_sign_for_the_government(store: Store) -> None:
    version = at_leadership(store).version
    chief = person("chief", Role.APPROVER)
    with refused("duties-not-separate"):
        make(store, chief, version, Move.ENDORSE)
    with store.work(EVERYBODY) as work:
        bureau = a_body(work, "清河县应急管理局", "/").id
    with pytest.raises(NotAllowed, match="decision-of-government"):
        make(store, person("deputy", Role.APPROVER, organisation=bureau), version, Move.ENDORSE)
    deputy = person("deputy", Role.APPROVER, organisation=bureau)
    with store.work(deputy) as work, pytest.raises(NotAllowed, match="decision-of-government"):
        passage.move(work, version, Move.REJECT_ENDORSEMENT, reason="退回修改")
    assert make(store, DECIDER, version, Move.ENDORSE).stage is Stage.APPROVAL


def test_departments_are_barred_only_where_the_government_decides() -> None:
    government, own = path_named("special"), path_named("department")
    for move in (Move.ENDORSE, Move.APPROVE, Move.REJECT_APPROVAL):
        assert takers.barred_kinds(move, government) == takers.BELOW
        assert takers.barred_kinds(move, own) == frozenset()
    assert takers.barred_kinds(Move.PASS_DELIBERATION, government) == frozenset()


def test_another_department_does_not_give_the_linkage_opinion(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.LINKAGE)
    with store.work(EVERYBODY) as work:
        kinds = {"清河县水利局": OrganisationKind.DEPARTMENT, "清河县应急管理局": OrganisationKind.EMERGENCY_BUREAU}
        water, bureau = (a_body(work, name, "/", kind).id for name, kind in kinds.items())
    with pytest.raises(NotAllowed, match="linkage-of-emergency-bureau"):
        make(store, person("clerk", Role.REVIEWER, organisation=water), version, Move.AGREE_LINKAGE)
    assert make(store, person("linker", Role.REVIEWER, organisation=bureau), version, Move.AGREE_LINKAGE)


def test_who_decided_does_not_examine_and_who_examined_a_former_text_may_decide_on_the_new(store: Store) -> None:
    both = person("both", Role.REVIEWER, Role.JUSTICE_BUREAU, Role.APPROVER)
    version = begun(store)
    walk(store, version, Stage.LINKAGE)
    make(store, both, version, Move.AGREE_LINKAGE)
    plan = stand(store, version).plan
    with store.work(WRITER) as work:
        words = tuple(
            replace(one, text="在接到预警后20分钟内到岗。") if one.id == "c2" else one for one in some_clauses()
        )
        changed = plans.make_version(work, plan, words, reason="修改", trigger=Trigger.DECISION).id
    walk(store, changed, Stage.DELIBERATION)
    assert make(store, both, changed, Move.PASS_DELIBERATION).stage is Stage.LEGALITY
    with refused("duties-not-separate"):
        make(store, both, changed, Move.PASS_LEGALITY)
    assert make(store, EXAMINER, changed, Move.PASS_LEGALITY).stage is Stage.EDITING


def test_a_trade_that_must_be_reviewed_is_not_argued(store: Store) -> None:
    version = begun(store, title="恒泰燃气有限公司综合应急预案", kind=PlanKind.UNIT)
    with store.work(WRITER) as work, refused("path-barred"):
        passage.choose_path(work, version, "unit-argued", reason="小型企业")
    hotel = begun(store, title="清川宾馆综合应急预案", kind=PlanKind.UNIT)
    with store.work(WRITER) as work:
        passage.choose_path(work, hotel, "unit-argued", reason="小型旅馆，不属必须评审的行业")
    assert stand(store, hotel).path.id == "unit-argued"
