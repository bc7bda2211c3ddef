"""One clock for evaluations: checks, catalogue, library, overdue list and work plan name the same day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from plans_repo import editions, overdue
from plans_repo import work_plan_proposals as proposing
from plans_repo.checks import checking
from plans_repo.checks.local_packs import FOLDER, packs_of
from plans_repo.checks.result import Outcome
from plans_repo.course.evaluation import Conclusion, Evaluation, record_evaluation
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.errors import PlansRepoError
from plans_repo.overdue import DueKind
from plans_repo.store.tables.terms import LocalFigureRow
from plans_repo.store.work import Store, Work
from plans_repo.writing import catalogue
from tests.plans_repo.checks.packs import head, laid, rule
from tests.plans_repo.test_work_plan_proposals import issued
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies

TITLE = "临河县地震应急预案"


@contextmanager
def with_pack(store: Store, folder: Path, value: int, unit: str = "year", way: str = "add") -> Iterator[Work]:
    local = rule("L12", "第二十条", value, unit, parameter="interval", way=way)
    laid(folder / FOLDER, province=head("/a/") + local)
    with store.work(EVERYBODY) as work:
        work.data = folder
        yield work


def days_told(work: Work, plan: str) -> set[date]:
    """The day of the next evaluation, as every room tells it."""
    (edition,) = (one for one in editions.editions(work) if one.plan.id == plan)
    (entry,) = (one for one in catalogue.catalogue(work) if one.plan == plan)
    listed = {one.due_on for one in overdue.overdue(work) if one.plan == plan and one.kind is DueKind.EVALUATION}
    checked = checking.check(work, plan, packs=packs_of(work)).results
    (result,) = (one for one in checked if one.id.split("@")[0].endswith("L12") and one.due_on)
    assert edition.evaluate_by
    assert entry.evaluate_by
    is_late = edition.evaluate_by < date(2026, 11, 20)
    assert (result.outcome is Outcome.FAIL) is is_late is bool(listed) is bool(editions.overdue(work))
    return {edition.evaluate_by, entry.evaluate_by, date.fromisoformat(result.due_on), *listed}


@pytest.mark.parametrize(
    ("value", "unit", "way", "day"),
    [
        (2, "year", "add", date(2026, 3, 1)),
        (18, "month", "add", date(2025, 9, 1)),
        (5, "year", "add", date(2027, 3, 1)),
        (5, "year", "override", date(2029, 3, 1)),
    ],
)
def test_a_local_pack_moves_the_day_everywhere(
    store: Store, tmp_path: Path, value: int, unit: str, way: str, day: date
) -> None:
    with with_pack(store, tmp_path, value, unit, way) as work:
        plan, _version = issued(work, bodies(work)["临河县人民政府"], TITLE, date(2024, 3, 1))
        assert days_told(work, plan) == {day}


def test_a_figure_of_the_place_stricter_than_the_pack_decides_everywhere(store: Store, tmp_path: Path) -> None:
    with with_pack(store, tmp_path, 2) as work:
        plan, version = issued(work, bodies(work)["临河县人民政府"], TITLE, date(2025, 3, 1))
        assert days_told(work, plan) == {date(2027, 3, 1)}
        figure = LocalFigureRow(
            id=work.new_id(), area="/a/b/", key="evaluation_years", value=1, source="县办法",
            entered_at=work.now, entered_by="someone",
        )  # fmt: skip
        work.session.add(figure)
        work.session.flush()
        assert days_told(work, plan) == {date(2026, 3, 1)}
        (line,) = (one for one in proposing.proposals(work, 2026) if one.title == TITLE)
        assert line.source == "县办法"
        record_evaluation(
            work, version, Evaluation(conclusion=Conclusion.KEEP, reasons="适用", evaluator="县应急局"),
            on=date(2026, 2, 2), paper=Attachment(kind=PaperKind.EVALUATION_REPORT, name="报告.pdf", data=b"%PDF"),
        )  # fmt: skip
        assert days_told(work, plan) == {date(2027, 2, 2)}


def test_a_pack_that_does_not_fit_is_named_rather_than_left_out(store: Store, tmp_path: Path) -> None:
    with with_pack(store, tmp_path, 0) as work, pytest.raises(PlansRepoError) as refusal:
        catalogue.catalogue(work)
    assert refusal.value.code == "pack-value-wrong"
    assert "province.toml" in str(refusal.value.fields["thing"])
