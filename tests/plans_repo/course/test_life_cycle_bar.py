"""The bar of a plan says filed only when the receipt is in, or silence means yes."""

import pytest

from plans_repo import histories
from plans_repo.course import passage
from plans_repo.course.stages import Move, PaperKind
from plans_repo.filing import filings
from plans_repo.filing.filings import FilingState
from plans_repo.store.work import Store
from tests.plans_repo.course.walking import OFFICE
from tests.plans_repo.filing.builders import issued, made, papers
from ui.components.life_cycle import life_cycle
from ui.components.step_bar import Step


@pytest.fixture
def engine_name() -> str:
    """One engine is enough: the bar is made of values."""
    return "sqlite"


def last_step(store: Store, version: str, filed: FilingState | None = None) -> Step:
    with store.reading(OFFICE) as work:
        stand, moves = passage.passage(work, version), histories.moves_of(work, version)
        return life_cycle(stand, moves, filed=filed or filings.filing(work, version).state)[-1]


def test_what_was_sent_is_not_yet_filed(store: Store) -> None:
    version = issued(store)
    assert (last_step(store, version).label, last_step(store, version).state) == ("备案", "now")
    made(store, OFFICE, version, Move.FILE)
    assert (last_step(store, version).label, last_step(store, version).state) == ("已报送，待回执", "now")
    assert last_step(store, version, FilingState.SUPPLEMENT_ASKED).label == "待补正"
    assert last_step(store, version, FilingState.DEEMED) == Step(label="视为已备案", state="done", when="2026-11-20")
    with store.work(OFFICE) as work:
        receipt = papers(PaperKind.FILING_RECEIPT)
        passage.move(work, version, Move.RECEIVE_RECEIPT, reason="备〔2026〕1号", attachments=receipt)
    assert (last_step(store, version).label, last_step(store, version).state) == ("备案", "done")
