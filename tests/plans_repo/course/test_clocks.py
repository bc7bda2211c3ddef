"""A move stops the clocks that are its own, each once."""

from datetime import date

import pytest

from plans_repo.course import clocks, passage
from plans_repo.course.publication import Publication, PublishedForm, publish
from plans_repo.course.stages import ClockKind, PaperKind
from plans_repo.store.work import Store
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import OFFICE, issued, papers


@pytest.mark.parametrize("stopped_before", [False, True])
def test_publication_stops_its_own_clock_and_leaves_that_of_the_filing(store: Store, stopped_before: bool) -> None:
    version = issued(store)
    with store.work(EVERYBODY) as work:
        state = passage.passage(work, version)
        today = state.deadlines[0].from_on
        assert {one.kind: one.done_on for one in state.deadlines} == dict.fromkeys(
            (ClockKind.PUBLICATION, ClockKind.FILING)
        )
        earlier = date(2026, 1, 2)
        if stopped_before:
            clocks.stop(work, state.course, ClockKind.PUBLICATION, earlier)
    told = Publication(form=PublishedForm.FULL, channel="县政府网站", withheld="")
    with store.work(OFFICE) as work:
        after = publish(work, version, told, papers=tuple(papers(PaperKind.PUBLICATION_PROOF)))
    assert {one.kind: one.done_on for one in after.deadlines} == {
        ClockKind.PUBLICATION: earlier if stopped_before else today,
        ClockKind.FILING: None,
    }
