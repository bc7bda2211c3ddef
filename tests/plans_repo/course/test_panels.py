from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo import plans
from plans_repo.course import experts, panel_result, panels, passage, recusal, review_form, votes
from plans_repo.course.draw import Candidate, drawn, ranked
from plans_repo.course.opinion_register import opinions, treat
from plans_repo.course.opinions import Remark
from plans_repo.course.review_form import counting_rule
from plans_repo.course.stages import Move, Stage
from plans_repo.course.words import Judgement, Treatment, Vote
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import a_body, edited
from tests.plans_repo.conftest import BOTH, person
from tests.plans_repo.course.walking import (
    EVERYBODY,
    EXAMINER,
    WRITER,
    a_pool,
    a_review,
    begun,
    make,
    walk,
)

FIELDS = st.lists(st.sampled_from(["水利", "应急管理", "气象"]), min_size=1, max_size=3, unique=True)
POOLS = st.lists(FIELDS, min_size=1, max_size=12).map(
    lambda all_fields: [Candidate(id=f"e{at}", fields=tuple(fields)) for at, fields in enumerate(all_fields)]
)
PAPER = ("意见表.pdf", b"%PDF")


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


@given(
    POOLS, st.text(max_size=8), st.integers(1, 8), st.dictionaries(st.sampled_from(["水利", "气象"]), st.integers(0, 3))
)
def test_a_draw_keeps_to_size_and_quotas_or_says_why_not(
    pool: list[Candidate], seed: str, size: int, quotas: dict[str, int]
) -> None:
    fields = {one.id: one.fields for one in pool}
    can_fill = all(sum(field in one for one in fields.values()) >= wanted for field, wanted in quotas.items())
    try:
        chosen = drawn(seed, pool, size=size, quotas=quotas)
    except PlansRepoError:
        chosen = ()
    if not chosen:
        assert not can_fill or len(pool) < size or sum(quotas.values()) > size
        return
    assert len(chosen) == len(set(chosen)) == size
    assert all(sum(field in fields[one] for one in chosen) >= wanted for field, wanted in quotas.items())
    assert drawn(seed, pool[::-1], size=size, quotas=quotas) == chosen


@given(POOLS, st.text(max_size=8), st.data())
def test_who_leaves_the_pool_moves_nobody_elses_rank(pool: list[Candidate], seed: str, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(pool))
    assert [one for one in ranked(seed, pool) if one != gone] == list(ranked(seed, [p for p in pool if p != gone]))


@BOTH
def test_a_panel_is_drawn_by_a_seed_nobody_chose_and_can_be_drawn_again(store: Store) -> None:
    version = at_review(store)
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=5, quotas={"水利": 2})
        root_hash = plans.version_of(work, passage.passage(work, version).plan).root_hash
        pool = experts.experts(work)
    assert panel.seed == f"{root_hash}:1"
    assert panels.redrawn(panel, pool) == tuple(seat.expert.id for seat in panel.seats)
    assert sum("水利" in seat.expert.fields for seat in panel.seats) >= 2


@BOTH
def test_own_people_interested_expired_and_retired_experts_are_not_drawn(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bureau = a_body(work, "清河县应急管理局", "/1/e/").id
    author = replace(WRITER, organisation=bureau)
    version = begun(store, author)
    with store.work(author) as work:
        add = experts.add_expert
        until = date(2028, 1, 1)
        own = add(work, "自家", fields=["水利"], organisation=bureau, valid_until=until).id
        partner = add(work, "合伙", fields=["水利"], unit="设计院", valid_until=until).id
        add(work, "过期", fields=["水利"], unit="学院", valid_until=date(2026, 11, 19))
        gone = add(work, "离任", fields=["水利"], unit="学院", valid_until=until).id
        experts.retire_expert(work, gone, reason="退休")
        three = {add(work, f"甲{n}", fields=["水利"], unit="省院", valid_until=until).id for n in range(3)}
        panel = panels.draw_panel(work, version, size=3, interests={partner: "承担编制服务"})
    assert {seat.expert.id for seat in panel.seats} == three
    assert panel.recused == {own: recusal.OWN_UNIT, partner: "承担编制服务"}


@BOTH
def test_who_declines_is_replaced_by_the_next_of_the_same_lot(store: Store) -> None:
    version = at_review(store)
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=3)
        order = [one.id for one in ranked(panel.seed, [Candidate(id=one, fields=()) for one in panel.pool])]
        with pytest.raises(PlansRepoError):
            panels.decline(work, panel.seats[1].id, reason=" ")
        after = panels.decline(work, panel.seats[1].id, reason="出差")
    assert [seat.expert.id for seat in after.held] == [order[0], order[2], order[3]]
    assert [(seat.declined_why, seat.is_held) for seat in after.seats if not seat.is_held] == [("出差", False)]


@BOTH
def test_only_those_who_came_vote_and_the_head_is_one_of_them(store: Store) -> None:
    version = at_review(store)
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=3)
        first, second, third = (seat.expert.id for seat in panel.seats)
        with pytest.raises(PlansRepoError):
            panels.convene(work, panel.id, present=[first, second], head=third)
        panel = panels.convene(work, panel.id, present=[first, second], head=first)
        with pytest.raises(PlansRepoError) as refusal:
            votes.vote(work, panel.seats[2].id, Vote.AGREE, paper=PAPER)
        assert refusal.value.code == "expert-not-present"
        with pytest.raises(PlansRepoError) as refusal:
            votes.vote(work, panel.seats[0].id, Vote.AGREE)
        assert refusal.value.code == "vote-without-paper"
        with pytest.raises(PlansRepoError) as refusal:
            votes.vote(work, panel.seats[0].id, Vote.DISAGREE, paper=PAPER)
        assert refusal.value.code == "vote-without-words"


def test_an_expert_with_an_account_signs_for_himself(store: Store) -> None:
    version = at_review(store)
    me = person("expert", Role.REVIEWER)
    with store.work(WRITER) as work:
        mine = experts.add_expert(
            work, "本人", fields=["法律"], unit="省院", valid_until=date(2028, 1, 1), account=me.account
        )
        panel = panels.draw_panel(work, version, size=3, quotas={"法律": 1})
        people = [seat.expert.id for seat in panel.seats]
        panels.convene(work, panel.id, present=people, head=mine.id)
    (seat,) = [seat for seat in panel.seats if seat.expert.id == mine.id]
    with store.work(me) as work:
        assert not votes.vote(work, seat.id, Vote.AGREE).on_paper
    (other, *_rest) = [seat for seat in panel.seats if seat.expert.id != mine.id]
    with store.work(me) as work, pytest.raises(NotAllowed):
        votes.vote(work, other.id, Vote.AGREE, paper=PAPER)


@pytest.mark.parametrize(
    ("kind", "conclusions", "passes"),
    [
        (PlanKind.SPECIAL, "AAD", True),
        (PlanKind.SPECIAL, "ADD", False),
        (PlanKind.SPECIAL, "AIDD", False),
        (PlanKind.UNIT, "AIAD", True),
        (PlanKind.UNIT, "AIDDA", False),
        (PlanKind.UNIT, "AID", True),
    ],
)
def test_a_majority_is_enough_but_a_firm_needs_two_thirds(
    store: Store, kind: PlanKind, conclusions: str, passes: bool
) -> None:
    version = at_review(store, kind=kind)
    words = {"A": Vote.AGREE, "I": Vote.AGREE_IF, "D": Vote.DISAGREE}
    panel = a_review(store, version, [words[letter] for letter in conclusions])
    with store.reading(WRITER) as work:
        result = panel_result.result(work, panel.id)
    assert (result.is_complete, result.passes) == (True, passes)
    if passes:
        assert make(store, EXAMINER, version, Move.PASS_REVIEW).stage is not Stage.REVIEW
    else:
        with pytest.raises(PlansRepoError) as refusal:
            make(store, EXAMINER, version, Move.PASS_REVIEW)
        assert refusal.value.code == "panel-disagrees"


def test_two_thirds_of_none_is_not_enough() -> None:
    assert not counting_rule("two_thirds").passes(0, 0)


@BOTH
def test_the_form_must_be_answered_and_conform(store: Store) -> None:
    version = at_review(store)
    panel = a_review(store, version)
    item = review_form.items()[0].id
    with store.work(EXAMINER) as work, pytest.raises(PlansRepoError):
        votes.answer_item(work, panel.id, item, Judgement.FAILS)
    with store.work(EXAMINER) as work:
        votes.answer_item(work, panel.id, item, Judgement.FAILS, note="引用的条例已废止")
    with pytest.raises(PlansRepoError) as refusal:
        make(store, EXAMINER, version, Move.PASS_REVIEW)
    assert refusal.value.code == "review-form-failed"


@BOTH
def test_remarks_of_experts_are_dealt_with_like_any_opinion(store: Store) -> None:
    version = at_review(store)
    panel = a_review(store, version)
    with store.work(WRITER) as work:
        remark = Remark(text="响应条件应量化", clause="c4")
        with pytest.raises(PlansRepoError) as refusal:
            votes.vote(work, panel.seats[0].id, Vote.AGREE_IF, remarks=[remark], paper=PAPER)
        assert refusal.value.code == "vote-entered-before"
        votes.vote(work, panel.seats[0].id, Vote.AGREE_IF, remarks=[remark], paper=PAPER, correction="漏登书面意见")
    with pytest.raises(PlansRepoError) as refusal:
        make(store, EXAMINER, version, Move.PASS_REVIEW)
    assert refusal.value.code == "opinions-untreated"
    with store.work(WRITER) as work:
        (opinion,) = [one for one in opinions(work, version) if one.clause == "c4"]
        treat(work, version, opinion.id, Treatment.ADOPTED)
    with pytest.raises(PlansRepoError) as refusal:
        make(store, EXAMINER, version, Move.PASS_REVIEW)
    assert refusal.value.code == "opinions-not-carried-out"
    with store.work(WRITER) as work:
        treat(work, version, opinion.id, Treatment.ADOPTED, reason="附件2已列量化条件")
    assert make(store, EXAMINER, version, Move.PASS_REVIEW).stage is Stage.DELIBERATION


def test_a_text_changed_after_its_review_is_confirmed_by_a_reviewer(store: Store) -> None:
    version = at_review(store)
    panel = a_review(store, version, [Vote.AGREE_IF] * 3)
    with store.work(WRITER) as work:
        plan = passage.passage(work, version).plan
        changed = plans.make_version(
            work, plan, edited("接到预警后20分钟内到岗。"), reason="采纳", trigger=Trigger.REVIEW
        )
    make(store, EXAMINER, changed.id, Move.AGREE_LINKAGE)
    with pytest.raises(PlansRepoError) as refusal:
        make(store, EXAMINER, changed.id, Move.PASS_REVIEW)
    assert refusal.value.code == "panel-saw-another-text"
    with store.work(WRITER) as work, pytest.raises(NotAllowed):
        votes.confirm_changes(work, panel.id, changed.id)
    with store.work(EXAMINER) as work:
        votes.confirm_changes(work, panel.id, changed.id)
    assert make(store, EXAMINER, changed.id, Move.PASS_REVIEW).stage is Stage.DELIBERATION


def test_an_expert_of_another_area_is_changed_there(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        city, county = (a_body(work, name, area).id for name, area in (("市局", "/1/"), ("县局", "/1/e/")))
    with store.work(replace(WRITER, organisation=city)) as work:
        expert = experts.add_expert(work, "市专家", fields=["水利"], unit="市院", valid_until=date(2028, 1, 1))
    with store.work(replace(WRITER, organisation=county)) as work:
        assert [one.name for one in experts.experts(work)] == ["市专家"]
        with pytest.raises(NotAllowed):
            experts.retire_expert(work, expert.id, reason="x")
        with pytest.raises(NotFound):
            experts.retire_expert(work, "nobody", reason="x")


def at_review(store: Store, kind: PlanKind = PlanKind.SPECIAL) -> str:
    """A plan that waits for its experts, of whom there are seven."""
    a_pool(store)
    version = begun(store, kind=kind, **({} if kind is PlanKind.SPECIAL else {"hazard": None}))
    walk(store, version, Stage.REVIEW)
    return version


@BOTH
def test_who_gave_the_linkage_opinion_and_whose_employer_has_duties_stand_aside(store: Store) -> None:
    version = begun(store)
    with store.work(WRITER) as work:
        plan = passage.passage(work, version).plan
        text = edited("县水利局负责监测水情。")
        version = plans.make_version(work, plan, text, reason="补充职责", trigger=Trigger.EDITING).id
    signed = walk(store, version, Stage.REVIEW).sign_offs
    linking = next(sign.signed_by for sign in signed if sign.move is Move.AGREE_LINKAGE)
    with store.work(EVERYBODY) as work:
        until = date(2028, 12, 31)
        for name, unit in (
            ("甲", "清川县水利局"),
            ("乙", "清江市水利局"),
            ("丙", "大学"),
            ("丁", "学院"),
            ("戊", "医院"),
        ):
            account = linking if name == "丁" else None
            experts.add_expert(work, name, fields=["水利"], unit=unit, valid_until=until, account=account)
        names = {one.id: one.name for one in experts.experts(work)}
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=3)
        assert {names[key]: why for key, why in panel.recused.items()} == {"甲": "duty_unit", "丁": "linkage"}
        assert {names[key]: unit for key, unit in recusal.concerns(work, version).items()} == {
            "甲": "县水利局", "乙": "县水利局",
        }  # fmt: skip


def test_who_sits_on_the_panel_gives_no_linkage_opinion(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.LINKAGE)
    with store.work(EVERYBODY) as work:
        until = date(2028, 12, 31)
        for name, account in (("甲", EXAMINER.account), ("乙", None), ("丙", None)):
            experts.add_expert(work, name, fields=["水利"], unit="大学", valid_until=until, account=account)
    with store.work(WRITER) as work:
        panels.draw_panel(work, version, size=3)
    with pytest.raises(PlansRepoError) as refusal:
        make(store, EXAMINER, version, Move.AGREE_LINKAGE)
    assert refusal.value.code == "linkage-by-panel-member"


def test_the_form_is_filled_after_the_meeting_by_who_did_not_write_the_text(store: Store) -> None:
    version = at_review(store)
    a_pool(store)
    item = review_form.items()[0].id
    with store.work(WRITER) as work:
        panel = panels.draw_panel(work, version, size=5)
    both = person(WRITER.account, Role.PLAN_AUTHOR, Role.REVIEWER)
    for actor in (WRITER, EXAMINER, both):
        with store.work(actor) as work, pytest.raises(PlansRepoError, match="panel-not-met"):
            votes.answer_item(work, panel.id, item, Judgement.CONFORMS)
    people = [seat.expert.id for seat in panel.seats]
    with store.work(WRITER) as work:
        panels.convene(work, panel.id, present=people, head=people[1])
        votes.vote(work, panel.seats[0].id, Vote.AGREE, paper=("意见表.pdf", b"%PDF"))
    for actor in (WRITER, both):
        with store.work(actor) as work, pytest.raises(PlansRepoError, match="form-before-head"):
            votes.answer_item(work, panel.id, item, Judgement.CONFORMS)
    with store.work(EXAMINER) as work:
        assert votes.answer_item(work, panel.id, item, Judgement.CONFORMS).entered_by == EXAMINER.account
    with store.work(WRITER) as work:
        votes.vote(work, panel.seats[1].id, Vote.AGREE, paper=("意见表.pdf", b"%PDF 2"))
        assert votes.answer_item(work, panel.id, item, Judgement.CONFORMS).entered_by == WRITER.account
