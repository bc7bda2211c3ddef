"""What a year's work plan is proposed to take up, and that nothing enters it unseen."""

from dataclasses import replace
from datetime import date

import pytest

from plans_repo import plans
from plans_repo import work_plan_proposals as proposing
from plans_repo.course import evaluation, occasions, work_plans
from plans_repo.course.evaluation import Conclusion, Evaluation
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.occasions import Answer, OccasionAnswer
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.working_days import Calendar
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import Organisation
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, Work
from plans_repo.work_plan_days import SpreadDays
from plans_repo.work_plan_proposals import Changed, Proposal, ProposalAnswer
from tests.plans_repo.builders import some_clauses
from tests.plans_repo.conftest import person
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies


def by_title(found: tuple[Proposal, ...]) -> dict[str, Proposal]:
    return {one.title: one for one in found}


def issued(
    work: Work,
    body: Organisation,
    title: str,
    on: date,
    *,
    kind: PlanKind = PlanKind.SPECIAL,
    until: date | None = None,
) -> tuple[str, str]:
    """A plan of *body* issued on that day; its plan and version."""
    plan = plans.create_plan(work, title, kind=kind, organisation=body.id)
    version = plans.make_version(work, plan.id, some_clauses(), reason="首次编制", trigger=Trigger.FIRST)
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="文.pdf", data=title.encode())
    move(
        work, version.id, Move.REGISTER, reason="补录", attachments=[paper], on=on,
        document_number=f"临政办发〔{on.year}〕{on.month * 31 + on.day}号", notice=IssuingNotice(trial_until=until),
    )  # fmt: skip
    return plan.id, version.id


def test_what_the_catalogue_misses_is_proposed_with_its_rule_and_villages_are_left_to_themselves(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bodies(work)
        found = by_title(proposing.proposals(work, 2027))
        assert set(found) == {
            "云陵市突发事件总体应急预案", "临河县突发事件总体应急预案", "临河县防汛抗旱应急预案",
            "临河县柳渡镇突发事件应急预案",
        }  # fmt: skip
        overall = found["临河县突发事件总体应急预案"]
        assert (overall.lead, overall.trigger, overall.due_on) == ("临河县人民政府", Trigger.FIRST, date(2027, 7, 20))
        days = [one.due_on for one in found.values()]
        assert sorted(days) == [date(2027, 6, 18), date(2027, 7, 20), date(2027, 8, 20), date(2027, 9, 20)]
        assert (overall.reason, "第八条" in overall.source, overall.plan) == ("预案目录中应编未编", True, None)
        assert proposing.left_out(work) == 2
        assert work_plans.work_plan(work, 2027) is None  # nothing entered by itself


def test_evaluations_trials_and_occasions_of_the_year_are_proposed(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        made = bodies(work)
        county = made["临河县人民政府"]
        late, _version = issued(work, county, "临河县地震应急预案", date(2023, 3, 1))
        due, _version = issued(work, county, "临河县森林火灾应急预案", date(2024, 6, 1))
        trial, _version = issued(work, county, "临河县雨雪冰冻应急预案", date(2026, 5, 2), until=date(2027, 5, 1))
        told, version = issued(work, county, "临河县矿山事故应急预案", date(2026, 3, 4))
        fresh, _version = issued(work, county, "临河县停电应急预案", date(2026, 3, 5))
        said = Evaluation(conclusion=Conclusion.REVISE, reasons="指挥机构已调整", evaluator="县应急局")
        report = Attachment(kind=PaperKind.EVALUATION_REPORT, name="报告.pdf", data=b"%PDF")
        evaluation.record_evaluation(work, version, said, paper=report)
        (occasion,) = occasions.occasions(work, told)
        assert "待处理" in by_title(proposing.proposals(work, 2027))["临河县矿山事故应急预案"].reason
        occasions.answer_occasion(work, occasion.id, OccasionAnswer(answer=Answer.REVISE, reason="列入明年"))
        found = {one.plan: one for one in proposing.proposals(work, 2027) if one.plan}
    assert set(found) == {late, due, trial, told}
    assert fresh not in found
    assert (found[late].reason, found[late].due_on) == (
        "2026-03-01前应完成的定期评估已超期，评估后视结论修订", date(2027, 7, 20),
    )  # fmt: skip
    assert (found[due].reason, found[due].due_on) == ("2027-06-01前应完成定期评估，评估后视结论修订", date(2027, 6, 1))
    assert "2027-05-01届满" in found[trial].reason
    assert found[trial].due_on == date(2027, 5, 1)
    assert found[told].reason.startswith("修订情形已列入修订：")
    assert "第三十五条" in found[told].source


def test_a_proposal_is_taken_as_it_is_or_changed_and_can_be_taken_out_again(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bodies(work)
        found = by_title(proposing.proposals(work, 2027))
        proposing.accept(work, 2027, found["临河县突发事件总体应急预案"].key)
        changed = Changed(
            title="临河县防汛防台抗旱应急预案", lead="临河县水利局", due_on=date(2027, 5, 31), note="赶在主汛期前"
        )
        made = proposing.accept(work, 2027, found["临河县防汛抗旱应急预案"].key, changed)
        assert [(one.title, one.lead, one.due_on, one.note) for one in made.entries] == [
            ("临河县防汛防台抗旱应急预案", "临河县水利局", date(2027, 5, 31), "赶在主汛期前"),
            ("临河县突发事件总体应急预案", "临河县人民政府", date(2027, 7, 20), "预案目录中应编未编"),
        ]
        left = {one.title for one in proposing.proposals(work, 2027) if one.answer is None}
        assert left == {"云陵市突发事件总体应急预案", "临河县柳渡镇突发事件应急预案"}
        work_plans.remove_entry(work, made.entries[0].id, reason="推迟")
        left = {one.title for one in proposing.proposals(work, 2027) if one.answer is None}
        assert "临河县防汛抗旱应急预案" in left


def test_who_says_no_says_why_and_is_not_asked_again_that_year(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bodies(work)
        one = proposing.proposals(work, 2027)[0]
        with pytest.raises(PlansRepoError, match="reason-missing"):
            proposing.decline(work, 2027, one.key, reason=" ")
        proposing.decline(work, 2027, one.key, reason="市里统一编")
        again = by_title(proposing.proposals(work, 2027))[one.title]
        assert (again.answer, again.words) == (ProposalAnswer.DECLINED, "市里统一编")
        with pytest.raises(PlansRepoError, match="proposal-answered"):
            proposing.accept(work, 2027, one.key)
        assert by_title(proposing.proposals(work, 2028))[one.title].answer is None


def test_what_the_year_before_left_undone_is_proposed_first(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        work_plans.add_entry(
            work, 2026, title="临河县停电应急预案", kind=PlanKind.SPECIAL, lead="县发改局", due_on=date(2026, 12, 1),
            trigger=Trigger.RISK,
        )  # fmt: skip
        (one,) = proposing.proposals(work, 2027)
    assert (one.title, one.lead, one.trigger) == ("临河县停电应急预案", "县发改局", Trigger.RISK)


def test_only_who_drafts_work_plans_answers(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        made = bodies(work)
        (key, *_more) = [one.key for one in proposing.proposals(work, 2027)]
    reader = replace(person("reader", Role.LEADER), organisation=made["临河县应急管理局"].id)
    with pytest.raises(NotAllowed), store.work(reader) as work:
        proposing.decline(work, 2027, key, reason="不")
    water = replace(person("water", Role.PLAN_AUTHOR), organisation=made["临河县水利局"].id)
    with store.reading(water) as work:
        assert proposing.proposals(work, 2027) == ()


def test_a_plan_begun_later_under_the_title_of_a_line_is_that_line(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = replace(bodies(work)["临河县人民政府"])
        work_plans.add_entry(
            work, 2026, due_on=date(2026, 12, 25), trigger=Trigger.DECISION, title="临河县雨雪冰冻应急预案",
            kind=PlanKind.SPECIAL, lead="县应急局",
        )  # fmt: skip
        plan, _version = issued(work, county, "临河县雨雪冰冻应急预案", date(2026, 9, 21))
        found = work_plans.work_plan(work, 2026)
        assert found is not None
        (line,) = found.entries
        assert (line.plan, line.done_on) == (plan, date(2026, 9, 21))


def test_the_lines_spread_over_the_year_and_keep_their_days_when_one_is_taken(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bodies(work)
        before = {one.key: one.due_on for one in proposing.proposals(work, 2027)}
        first = next(iter(before))
        proposing.accept(work, 2027, first)
        after = {one.key: one.due_on for one in proposing.proposals(work, 2027)}
    assert after == {key: day for key, day in before.items() if key != first}


def test_no_body_has_two_lines_in_a_month_while_another_month_has_as_few() -> None:
    days = SpreadDays(2026, date(2026, 9, 1), Calendar(overrides={}), taken=[("县应急局", date(2026, 10, 20))])
    leads = ["县应急局", "县水利局", "县应急局", "县水利局", "县应急局", "县应急局"]
    placed = [(lead, days.place(lead, date(2026, 12, 31)).month) for lead in leads]
    assert [month for _lead, month in placed] == [11, 12, 12, 10, 11, 10]
    assert days.place("县卫健委", date(2026, 9, 5)) == date(2026, 9, 5)  # a trial that ends before any month is over
    assert days.place("县卫健委", date(2026, 3, 5)) == date(2026, 9, 1)
    next_year = SpreadDays(2027, date(2026, 9, 1), Calendar(overrides={}))
    assert next_year.place("县卫健委", date(2026, 3, 5)) == date(2027, 1, 20)
