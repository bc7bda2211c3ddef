"""The bar of a plan says filed only when the receipt is in, or silence means yes."""

from datetime import date

import pytest

from plans_repo import histories
from plans_repo.course import passage
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.filing import filings, paper_receipts
from plans_repo.filing.shares import FilingState
from plans_repo.store.work import Store
from tests.plans_repo.course.walking import EVERYBODY, OFFICE
from tests.plans_repo.filing.builders import SIGNER, issued, made, papers, registered
from ui.components.life_cycle import life_cycle
from ui.components.step_bar import Step


@pytest.fixture
def engine_name() -> str:
    """One engine is enough: the bar is made of values."""
    return "sqlite"


def last_step(store: Store, version: str, filed: FilingState | None = None, today: date | None = None) -> Step:
    with store.reading(OFFICE) as work:
        stand, moves = passage.passage(work, version), histories.moves_of(work, version)
        state = filed or filings.filing(work, version).state
        return life_cycle(stand, moves, today=today or local_day(work.now), filed=state)[-1]


def test_what_was_sent_is_not_yet_filed(store: Store) -> None:
    version = issued(store)
    assert (last_step(store, version).label, last_step(store, version).state) == ("备案", "now")
    made(store, OFFICE, version, Move.FILE)
    assert (last_step(store, version).label, last_step(store, version).state) == ("已报送，待回执", "now")
    assert last_step(store, version, FilingState.SUPPLEMENT_ASKED).label == "待补正"
    assert last_step(store, version, FilingState.DEEMED) == Step(label="视为已备案", state="done", when="2026-11-20")
    with store.work(OFFICE) as work:
        receipt = papers(PaperKind.FILING_RECEIPT)
        sent_to = filings.filing(work, version).sent
        assert sent_to
        by = sent_to.recipients[0].name
        passage.move(work, version, Move.RECEIVE_RECEIPT, reason="备〔2026〕1号", attachments=receipt, received_from=by)
    assert (last_step(store, version).label, last_step(store, version).state) == ("回执待核对", "now")
    with store.work(EVERYBODY) as work:
        paper_receipts.confirm(work, version)
    assert (last_step(store, version).label, last_step(store, version).state) == ("备案", "done")


def test_an_edition_that_is_issued_and_not_implemented_yet_says_so_until_its_day(store: Store) -> None:
    notice = IssuingNotice(effective_on=date(2026, 12, 1), trial_until=date(2027, 11, 30))
    here = issued(store, 1, notice=notice)
    with store.work(SIGNER) as work:
        entered = registered(work, 2, date(2026, 11, 18), notice=notice)[1]
    for version in (here, entered):
        assert last_step(store, version, today=date(2026, 11, 30)) == Step(
            label="尚未施行", state="now", when="2026-12-01 起施行"
        )
    assert last_step(store, here, today=date(2026, 12, 1)).label == "备案"
    after = [last_step(store, entered, today=day).label for day in (date(2026, 12, 1), date(2027, 12, 1))]
    assert after == ["试行", "试行期满，待处理"]
