"""How a plan stands is told with the text in force first, and with last days on which a text still counts."""

from datetime import date

import pytest

from plans_repo.course.stages import Stage
from plans_repo.editions import Edition
from plans_repo.library import Entry, Standing
from plans_repo.plans import listed
from plans_repo.store.tables.plans import PlanKind
from ui.components.days_in_force import plan_standing, span_words
from ui.components.plan_table import plan_table

TODAY = date(2026, 12, 2)


def standing(course: str, state: Stage, **more: date) -> Standing:
    return Standing(version=f"v{course}", course=course, state=state, document_number="", issued_on=None, **more)


def entry(newest: Standing, in_force: Standing | None = None, coming: Standing | None = None) -> Entry:
    return Entry(
        id="p", title="预案", kind=PlanKind.SPECIAL, hazard="", organisation=None, area="/", newest=newest,
        in_force=in_force, coming=coming,
    )  # fmt: skip


DRAFT = standing("2", Stage.DRAFT)
OLD = standing("1", Stage.IN_FORCE, effective_on=date(2026, 1, 5))
TRIAL = standing("1", Stage.PUBLISHED, trial_until=date(2026, 12, 31))
COMING = standing("2", Stage.ISSUED, effective_on=date(2026, 12, 10))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (entry(DRAFT), "起草"),
        (entry(OLD, OLD), "现行有效"),
        (entry(DRAFT, OLD), "现行有效，另有修订稿：起草"),
        (entry(DRAFT, TRIAL), "现行有效（试行至 2026-12-31），另有修订稿：起草"),
        (entry(COMING, OLD, COMING), "现行有效，新版 2026-12-10 起施行"),
    ],
)
def test_the_edition_in_force_is_told_beside_the_draft(found: Entry, words: str) -> None:
    assert plan_standing(found, TODAY) == words


def test_the_day_on_which_the_next_begins_belongs_to_the_next() -> None:
    assert span_words(date(2026, 11, 28), date(2026, 12, 10), TODAY) == "2026-11-28 至 2026-12-09"
    assert span_words(date(2026, 12, 10), None, TODAY) == "自 2026-12-10 起（尚未施行）"
    assert span_words(date(2026, 12, 10), date(2026, 12, 10), TODAY) == "未实施即被替代"


@pytest.mark.parametrize(
    ("until", "words"), [(date(2026, 12, 31), "试行至 2026-12-31"), (date(2026, 12, 1), "试行期满，待处理"), (None, "")]
)
def test_the_table_of_the_library_says_that_an_edition_is_on_trial(until: date | None, words: str) -> None:
    plan = listed(entry(OLD, OLD))
    row = Edition(
        plan=plan, newest=None, in_force=None, document_number="", issued_on=None, evaluate_by=None, trial_until=until
    )
    shown = plan_table([row], {}, TODAY)
    assert words in shown
    assert ("试行" in shown) is bool(words)
