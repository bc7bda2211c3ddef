"""Publication, training, evaluation, occasions to revise; numbers; and databases from before."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from plans_repo import editions, plans
from plans_repo.course import occasions, passage
from plans_repo.course.evaluation import Conclusion, Evaluation, record_evaluation
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.numbering import next_number
from plans_repo.course.occasions import Answer, OccasionAnswer, OccasionSource, OccasionState, OccasionTold
from plans_repo.course.papers import Attachment
from plans_repo.course.publication import Publication, PublishedForm, publications, publish
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.course.training import Training, TrainingForm, record_training, trainings
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.plans import RelationKind
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.filing.builders import AUDITOR, OFFICE, READER, SIGNER, issued, papers, registered


def test_a_short_version_goes_with_its_text(store: Store) -> None:
    version = issued(store)
    short = Publication(form=PublishedForm.SHORT, channel="县政府网站", withheld="通信频率不公开")
    with store.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
        publish(work, version, short, papers=tuple(papers(PaperKind.PUBLICATION_PROOF)))
    assert refusal.value.code == "short-version-missing"
    with store.work(OFFICE) as work:
        both = tuple(papers(PaperKind.PUBLICATION_PROOF, PaperKind.SHORT_VERSION))
        assert publish(work, version, short, papers=both).stage is Stage.PUBLISHED
        assert [one.withheld for _deed, one in publications(work, version)] == ["通信频率不公开"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"notice": IssuingNotice(effective_on=date(2026, 12, 1))}, "notice-without-issue"),
        ({"ends_on": date(2026, 12, 1)}, "end-without-abolition"),
    ],
)
def test_days_of_another_move_are_refused(store: Store, said: dict[str, object], code: str) -> None:
    version = issued(store)
    with store.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
        passage.move(work, version, Move.PUBLISH, attachments=papers(PaperKind.PUBLICATION_PROOF), **said)
    assert refusal.value.code == code
    with store.reading(OFFICE) as work:
        assert passage.passage(work, version).stage is Stage.ISSUED


def test_a_training_is_written_down(store: Store) -> None:
    with store.work(SIGNER) as work:
        _plan, version = registered(work)
        told = Training(
            form=TrainingForm.COURSE, subject="职责和流程", audience="乡镇负责人", people=42, material="明白卡"
        )
        record_training(work, version, told, on=date(2026, 2, 1))
        assert [one.people for _deed, one in trainings(work, version)] == [42]
        with pytest.raises(PlansRepoError) as refusal:
            record_training(work, version, told, on=date(2025, 12, 31))
    assert refusal.value.code == "day-before-issue"
    with store.work(person("member", Role.MEMBER_UNIT)) as work, pytest.raises(NotAllowed):
        record_training(work, version, told)


def test_an_evaluation_moves_its_day_and_may_ask_for_a_revision(store: Store, clock: StillClock) -> None:
    with store.work(SIGNER) as work:
        plan, version = registered(work, 1, date(2024, 1, 5))
        keep = Evaluation(conclusion=Conclusion.KEEP, reasons="仍然适用", evaluator="某学会", third_party=True)
        with pytest.raises(PlansRepoError) as refusal:
            record_evaluation(work, version, keep, on=date(2026, 1, 10))
        assert refusal.value.code == "evaluation-without-report"
        report = Attachment(kind=PaperKind.EVALUATION_REPORT, name="报告.pdf", data=b"%PDF")
        record_evaluation(work, version, keep, on=date(2026, 1, 10), paper=report)
        with pytest.raises(PlansRepoError) as refusal:
            record_evaluation(work, version, keep, on=date(2025, 9, 1), paper=report)
        assert refusal.value.code == "evaluation-before-last"
        (edition,) = editions.editions(work)
        assert edition.evaluate_by == date(2029, 1, 10)
        revise = Evaluation(conclusion=Conclusion.REVISE, reasons="时限偏长", evaluator="县应急局")
        record_evaluation(work, version, revise, on=date(2026, 10, 10), paper=report)
        (found,) = occasions.occasions(work, plan)
        assert (found.told.source, found.state) == (OccasionSource.EVALUATION, OccasionState.OPEN)
        answered = occasions.answer_occasion(work, found.id, OccasionAnswer(answer=Answer.REVISE, reason="列入计划"))
        assert answered.state is OccasionState.TO_REVISE
        registered(work, 2, date(2026, 11, 1), plan=plan)
        assert [one.state for one in occasions.occasions(work, plan)] == [OccasionState.REVISED]
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_new_edition_of_an_upper_plan_is_an_occasion_for_those_below(store: Store) -> None:
    with store.work(SIGNER) as work:
        upper, _v = registered(work, 1, date(2024, 1, 5))
        lower, _v = registered(work, 2, date(2024, 2, 5))
        plans.relate(work, lower, upper, RelationKind.UPPER)
        registered(work, 3, date(2026, 3, 5), plan=upper)
        (found,) = occasions.occasions(work, lower)
        assert (found.told.trigger, found.told.source) == (Trigger.LAW, OccasionSource.UPPER_PLAN)
        answer = OccasionAnswer(answer=Answer.NOT_NEEDED, reason="上位预案修改不涉及本预案")
        assert occasions.answer_occasion(work, found.id, answer).state is OccasionState.NOT_NEEDED
        with pytest.raises(PlansRepoError) as refusal:
            occasions.answer_occasion(work, found.id, answer)
        assert refusal.value.code == "occasion-answered"


def test_an_occasion_is_one_of_the_six(store: Store) -> None:
    assert [trigger.value for trigger in occasions.TRIGGERS] == [
        "law", "command", "risk", "resources", "finding", "decision",
    ]  # fmt: skip
    with pytest.raises(PlansRepoError):
        OccasionTold(trigger=Trigger.EDITING, summary="x")


def test_a_number_is_given_once_and_the_next_is_suggested(store: Store) -> None:
    with store.work(SIGNER) as work:
        _plan, version = registered(work, 7, date(2026, 1, 5))
        stand = passage.passage(work, version)
        plan, course = work.session.get_one(PlanRow, stand.plan), work.session.get_one(CourseRow, stand.course)
        other, _v = registered(work, 9, date(2026, 1, 6))
        assert next_number(work, plan, course, 2026) == "青政办发〔2026〕10号"
        assert next_number(work, plan, course, 2027) == "青政办发〔2027〕1号"
        with pytest.raises(PlansRepoError) as refusal:
            registered(work, 9, date(2026, 2, 6))
    assert refusal.value.code == "document-number-taken"
    assert other


def test_a_number_of_another_year_is_refused_at_issue(store: Store, clock: StillClock) -> None:
    clock.now = datetime(2028, 11, 20, 1, 0, tzinfo=UTC)
    with pytest.raises(PlansRepoError) as refusal:
        issued(store)
    assert refusal.value.code == "document-number-year"


def test_editions_issued_before_terms_were_kept_count_from_their_issue(store: Store) -> None:
    """The audit reckons the terms of such editions from their moves alone."""
    with store.work(SIGNER) as work:
        plan, _v = registered(work, 1, date(2024, 1, 5))
        registered(work, 2, date(2026, 2, 5), plan=plan)
        assert IssuingNotice().effective_on is None
    with store.engine.begin() as connection:
        for table in ("event", "head"):
            on = "" if store.engine.dialect.name == "sqlite" else f" ON {table}"
            connection.execute(text(f"DROP TRIGGER {table}_no_delete{on}"))
        connection.execute(text("DELETE FROM event WHERE kind LIKE 'term-%'"))
    with store.reading(READER) as work:
        told = list(audit._terms_told(work.session).values())
    assert sorted((one["issued_on"], one["effective_on"], one["ended_on"]) for one in told) == sorted(
        [("2024-01-05", "2024-01-05", "2026-02-05"), ("2026-02-05", "2026-02-05", None)], key=str
    )
