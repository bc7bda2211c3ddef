"""Assessments of studies: every figure looked over, every target concluded on, signed out by somebody else."""

from __future__ import annotations

import io
from itertools import product

import docx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from plans_repo import assessment, studies
from plans_repo.assessing import service
from plans_repo.assessing.moves import MOVES, State, after
from plans_repo.assessing.values import OVERALL, SAME, Judgement, Needed
from plans_repo.assessing.waiting import waiting
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.assessments import AssessmentStepRow, StepKind
from plans_repo.store.work import Actor, Store, Work
from plans_repo.studies import Study
from plans_repo.study_assumptions import AssumptionKind
from plans_repo.word.assessment_report import assessment_report
from sim.plain import canonical
from tests.plans_repo.assessed import a_study, played
from tests.plans_repo.conftest import BOTH, person

BASIS = "与处置程序和情景逐项核对"
EVALUATOR = person("lin", Role.SIMULATION_EVALUATOR)
LEADER = person("zhao", Role.LEADER)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def done(store: Store, author: Actor) -> Study:
    """A study of four runs, run by the evaluator."""
    return a_study(store, author, EVALUATOR)


def assess(store: Store, study: Study, actor: Actor = EVALUATOR, *, looks: bool = True) -> None:
    """Everything looked over, every target concluded on as computed, submitted."""
    with store.work(actor) as work:
        if looks:
            service.tick_rest(work, study.id, basis=BASIS)
        for target in [*(result.target.id for result in study.findings.targets), OVERALL]:
            service.judge(work, study.id, SAME[service.computed(study, target)], "与推演一致。", target=target)
        service.submit(work, study.id, post="评估科副科长")


def refused(store: Store, actor: Actor, call, *arguments, **named) -> PlansRepoError:
    """The refusal of a step."""
    with pytest.raises(PlansRepoError) as refusal, store.work(actor) as work:
        call(work, *arguments, **named)
    return refusal.value


@BOTH
def test_from_the_first_tick_to_the_signature_of_a_second_person(store, done):
    assess(store, done)
    with store.work(LEADER) as work:
        found = service.sign_out(work, done.id, post="副局长", opinion="同意")
    assert found.state is State.SIGNED_OUT
    assert (found.open_items, found.open_targets) == ((), ())
    assert [(each.kind, each.name, each.post) for each in found.signatures] == [
        (StepKind.SUBMIT, "lin", "评估科副科长"),
        (StepKind.SIGN_OUT, "zhao", "副局长"),
    ]
    assert len({each.digest for each in found.signatures}) == 1
    with store.reading(person("everybody", *Role)) as work:
        assert service.assessment(work, done.id) == found
        kinds = [event.kind for event in events.history(work, events.chain_of_plan(done.plan))]
        assert audit.verify(work).valid
    assert kinds[-2:] == ["assessment-submit", "assessment-sign-out"]


def test_the_figures_are_those_of_the_study_each_with_source_and_mark(store, done):
    with store.reading(EVALUATOR) as work:
        found = service.assessment(work, done.id).items
    kinds = [item.kind for item in found]
    assert len({item.key for item in found}) == len(found)
    assert kinds == sorted(kinds, key=list(AssumptionKind).index, reverse=False)
    assert {item.title for item in found if item.kind is AssumptionKind.PARAMETER} == {
        each.title or each.name for each in done.scenario.parameters
    }
    waits = [task.id for task in done.procedure.tasks if not task.duration.is_state]
    assert [item.key for item in found if item.kind is AssumptionKind.DURATION] == [
        f"duration:{name}" for name in waits
    ]


def test_who_ran_or_assessed_a_study_neither_signs_it_out_nor_returns_it(store, done):
    other = person("wang", Role.SIMULATION_EVALUATOR)
    assess(store, done, other)
    for call, words in product((service.sign_out, service.send_back), ({"post": "科长"},)):
        given = ("理由不足",) if call is service.send_back else ()
        assert refused(store, EVALUATOR, call, done.id, *given, **words).code == "own-study"
        assert refused(store, other, call, done.id, *given, **words).code == "own-assessment"


@BOTH
def test_a_returned_assessment_is_mended_and_submitted_again_and_the_return_stays(store, done, clock):
    assess(store, done)
    clock.forward(hours=2)
    with store.work(LEADER) as work:
        assert service.send_back(work, done.id, "到场用时依据不足。").state is State.RETURNED
    key = "units:bus"
    with store.work(EVALUATOR) as work:
        service.object_to(work, done.id, [key], "客车数量与台账不符")
        service.answer(work, done.id, [key], "台账为上月数，已按实有数核对，不影响结论")
        found = service.submit(work, done.id, post="评估科副科长")
    assert (found.state, found.round) == (State.SUBMITTED, 2)
    assert [look.note for look in found.objections] == ["客车数量与台账不符"]
    assert found.last(StepKind.RETURN).words == "到场用时依据不足。"
    assert found.signatures[0].digest != found.signatures[-1].digest


def test_a_conclusion_that_is_not_the_computed_one_says_why_and_keeps_both(store, done):
    verdict = service.computed(done, OVERALL)
    other = next(each for each in Judgement if each is not SAME[verdict])
    refusal = refused(store, EVALUATOR, service.judge, done.id, other, "另有考虑。")
    assert (refusal.code, refusal.fields["computed"]) == ("departure-without-reason", verdict)
    with store.work(EVALUATOR) as work:
        found = service.judge(work, done.id, other, "另有考虑。", departure="现场核实后增配了力量。")
    conclusion = found.conclusion_on(OVERALL)
    assert conclusion.departs
    assert (conclusion.judgement, conclusion.computed) == (other, verdict)


def test_a_step_that_cannot_be_is_refused_and_nothing_is_kept(store, done):
    assert [
        refused(store, EVALUATOR, service.tick, done.id, ["duration:none"]).code,
        refused(store, EVALUATOR, service.tick, done.id, []).code,
        refused(store, EVALUATOR, service.object_to, done.id, ["units:bus"], "  ").code,
        refused(store, EVALUATOR, service.judge, done.id, Judgement.INSUFFICIENT, " ", departure="见下").code,
        refused(store, EVALUATOR, service.judge, done.id, Judgement.ADEQUATE, "好", target="none").code,
        refused(store, LEADER, service.sign_out, done.id, post="副局长").code,
        refused(store, LEADER, service.sign_out, done.id, post=" ").code,
    ] == [
        "figure-unknown",
        "assessment-without-figure",
        "assessment-word-missing",
        "assessment-word-missing",
        "target-not-judged",
        "assessment-step-not-now",
        "assessment-word-missing",
    ]
    with store.reading(EVALUATOR) as work:
        assert not work.session.exec(select(AssessmentStepRow)).all()


def test_nothing_is_submitted_with_a_figure_or_a_target_left_open(store, done):
    with store.work(EVALUATOR) as work:
        service.tick(work, done.id, ["units:bus"])
    refusal = refused(store, EVALUATOR, service.submit, done.id, post="科长")
    assert refusal.code == "figures-not-looked-over"
    with store.work(EVALUATOR) as work:
        left = service.tick_rest(work, done.id, basis=BASIS)
    assert (left.open_items, refusal.fields["count"]) == ((), len(left.items) - 1)
    assert refused(store, EVALUATOR, service.submit, done.id, post="科长").code == "conclusions-missing"


def test_after_the_signature_nothing_moves_and_a_new_run_is_assessed_anew(store, done):
    assess(store, done)
    with store.work(LEADER) as work:
        service.sign_out(work, done.id, post="副局长")
    assert refused(store, EVALUATOR, service.tick, done.id, ["units:bus"]).code == "assessment-step-not-now"
    assert refused(store, LEADER, service.send_back, done.id, "再议").code == "assessment-step-not-now"
    again = played(store, EVALUATOR, done.plan)
    with store.reading(LEADER) as work:
        assert service.assessment(work, again.id).state is State.NOT_BEGUN
        assert again.result_digest == studies.study(work, done.id).result_digest


@BOTH
def test_the_database_itself_refuses_to_change_a_step(store, done):
    assess(store, done)
    with pytest.raises(DatabaseError), store.engine.begin() as connection:
        connection.execute(text("UPDATE assessment_step SET name = 'x'"))


def test_names_stand_in_the_rows_and_not_in_the_chain(store, done):
    assess(store, done, person("0451", Role.SIMULATION_EVALUATOR))
    with store.reading(LEADER) as work:
        chain = events.history(work, events.chain_of_plan(done.plan))
        row = work.session.exec(select(AssessmentStepRow).order_by(col(AssessmentStepRow.position).desc())).first()
    said = b"".join(canonical(dict(event.payload)) for event in chain if event.kind.startswith("assessment-")).decode()
    assert row is not None
    assert row.post == "评估科副科长"
    assert row.post not in said


def test_who_may_not_assess_is_refused_and_an_unknown_study_does_not_exist(store, done, author):
    with pytest.raises(NotAllowed), store.work(author) as work:
        service.tick(work, done.id, ["units:bus"])
    with pytest.raises(NotFound), store.work(EVALUATOR) as work:
        service.tick(work, "nothing", ["units:bus"])


def test_the_table_of_moves_leads_everywhere_and_nothing_leaves_a_signature():
    reached = {State.NOT_BEGUN, *MOVES.values()}
    assert reached == set(State)
    assert not [kind for state, kind in MOVES if state is State.SIGNED_OUT]
    for state, kind in product(State, StepKind):
        if (state, kind) not in MOVES:
            with pytest.raises(PlansRepoError) as refusal:
                after(state, kind)
            assert refusal.value.code == "assessment-step-not-now"


def test_a_submitted_assessment_waits_for_who_may_sign_it_and_a_returned_one_for_who_made_it(store, done):
    assess(store, done)
    assert [stand(store, actor) for actor in (EVALUATOR, LEADER)] == [[], [False]]
    with store.work(LEADER) as work:
        service.send_back(work, done.id, "请补充依据。", post="副县长")
    assert [stand(store, actor) for actor in (EVALUATOR, LEADER)] == [[True], []]


def stand(store: Store, actor: Actor) -> list[bool]:
    """Of every assessment that waits for somebody, whether it came back."""
    with store.reading(actor) as work:
        return [one.is_returned for one in waiting(work)]


@pytest.mark.parametrize(("words", "post"), [("理" * 2001, "科长"), ("理由", "职" * 121)])
def test_words_beyond_what_is_kept_are_refused_and_nothing_is_cut(store, done, words, post):
    def end(work: Work) -> None:
        service.judge(work, done.id, Judgement.INSUFFICIENT, words, departure="另有依据")
        service.tick_rest(work, done.id, basis=BASIS)
        for result in done.findings.targets:
            service.judge(work, done.id, SAME[result.verdict], "一致", target=result.target.id)
        service.submit(work, done.id, post=post)

    assert refused(store, EVALUATOR, end).code == "assessment-words-too-long"
    with store.reading(EVALUATOR) as work:
        assert service.assessment(work, done.id).steps == 0


def test_looking_over_several_at_once_says_against_what_and_one_alone_need_not(store, done):
    both = ["units:bus", "units:commander"]
    assert refused(store, EVALUATOR, service.tick, done.id, both).fields["assessment_word"] is Needed.BASIS
    assert refused(store, EVALUATOR, service.tick_rest, done.id, basis=" ").code == "assessment-word-missing"
    with store.work(EVALUATOR) as work:
        service.tick(work, done.id, both[:1])
        found = service.tick_rest(work, done.id, basis=BASIS)
    assert {look.note for look in found.looks if look.key != both[0]} == {BASIS}
    assert found.look_at(both[0]).note == ""
    assert f"lin复核{len(found.items) - 1}项，{BASIS}。" in paper_of(store, done)


def test_an_open_objection_holds_the_submission_back_until_it_is_answered_and_both_are_told(store, done):
    key, other = "units:bus", person("wang", Role.SIMULATION_EVALUATOR)
    with store.work(other) as work:
        service.object_to(work, done.id, [key], "客车数量与台账不符")
    with store.work(EVALUATOR) as work:
        found = service.tick_rest(work, done.id, basis=BASIS)
    assert "1项异议没有答复也没有撤回" in paper_of(store, done)
    refusal = refused(store, EVALUATOR, service.submit, done.id, post="科长")
    assert (refusal.code, refusal.fields["value"], refusal.fields["name"]) == (
        "objections-open", found.title_of(key), "wang",
    )  # fmt: skip
    assert refused(store, EVALUATOR, service.tick, done.id, [key]).code == "figure-under-objection"
    assert refused(store, EVALUATOR, service.withdraw, done.id, [key], "无妨").code == "objection-of-another"
    assert refused(store, EVALUATOR, service.answer, done.id, [key], " ").code == "assessment-word-missing"
    assert refused(store, EVALUATOR, service.answer, done.id, ["units:commander"], "已核").code == "no-open-objection"
    with store.work(EVALUATOR) as work:
        look = service.answer(work, done.id, [key], "台账为上月数，已按实有数核对").look_at(key)
    assert (look.is_objection, look.is_open, look.name, look.answered_by) == (True, False, "wang", "lin")
    assess(store, done, other, looks=False)
    assert "客车数量与台账不符。lin答复：台账为上月数，已按实有数核对" in paper_of(store, done)
    with store.reading(person("everybody", *Role)) as work:
        assert service.assessment(work, done.id).state is State.SUBMITTED
        assert audit.verify(work).valid


def test_who_objected_may_take_it_back_with_a_reason_and_the_figure_is_in_order(store, done):
    with store.work(EVALUATOR) as work:
        service.object_to(work, done.id, ["units:bus"], "客车数量与台账不符")
        found = service.withdraw(work, done.id, ["units:bus"], "看错了行")
    look = found.look_at("units:bus")
    assert (look.is_objection, look.is_withdrawn, look.note) == (False, True, "看错了行")
    assert found.objections == ()
    assert refused(store, EVALUATOR, service.answer, done.id, ["units:bus"], "已核").code == "no-open-objection"


def test_what_an_earlier_release_let_be_submitted_with_an_open_objection_is_not_signed_out(store, done, monkeypatch):
    with store.work(EVALUATOR) as work:
        service.object_to(work, done.id, ["units:bus"], "客车数量与台账不符")
    with monkeypatch.context() as earlier:
        earlier.setattr(service, "_require_no_objection", lambda found: None)
        assess(store, done)
    assert refused(store, LEADER, service.sign_out, done.id, post="副局长").code == "objections-open"
    with store.work(LEADER) as work:
        assert service.send_back(work, done.id, "异议未答复。").state is State.RETURNED


def paper_of(store: Store, study: Study) -> str:
    """The words of the report."""
    with store.reading(EVALUATOR) as work:
        data = assessment_report(assessment.report_facts(work, study.id, "zh"), language="zh")
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
