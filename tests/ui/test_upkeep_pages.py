"""Work plan proposals, local figures and checked keys on their pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import organisations
from plans_repo import work_plan_proposals as proposing
from plans_repo.course import work_plans
from plans_repo.filing import local_figures
from plans_repo.organisations import OrganisationKind
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.work_plan_proposals import ProposalAnswer
from tests.ui.planned import furnish
from ui.installation import Installation

HERE = "/yunling/qingchuan/"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("upkeep")
    furnish(data)
    return data


@pytest.fixture
def county(installation: Installation) -> None:
    """A county government and two headquarters whose plans are missing."""
    with installation.store.work(local_actor("tests")) as work:
        for name, kind in (
            ("青川县人民政府", OrganisationKind.GOVERNMENT),
            ("青川县抗震救灾指挥部", OrganisationKind.HEADQUARTERS),
        ):
            organisations.create_organisation(work, name, kind=kind, area=HERE)


def proposed(installation: Installation) -> tuple[proposing.Proposal, ...]:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        return proposing.proposals(work, 2026)


def test_proposals_are_taken_changed_and_left_out(
    app: Callable[..., AppTest], installation: Installation, county: None
) -> None:
    waiting = proposed(installation)
    assert [one.title for one in waiting] == ["青川县突发事件总体应急预案", "青川县抗震救灾应急预案"]
    at = app("author", "work_plan_page.py")
    at.multiselect(key="take-which").set_value([0])
    at.button(key="take-do").click().run()
    assert not at.error
    assert [one.title for one in proposed(installation)] == ["青川县抗震救灾应急预案"]
    at.radio(key="proposal-no").set_value(True)
    at.button(key="proposal-do").click().run()
    assert "理由" in at.error[0].value
    at.text_input(key="proposal-words").set_value("并入地震应急预案")
    at.button(key="proposal-do").click().run()
    assert not at.error
    (left,) = proposed(installation)
    assert (left.answer, left.words) == (ProposalAnswer.DECLINED, "并入地震应急预案")
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        made = work_plans.work_plan(work, 2026)
    assert made
    assert [one.note for one in made.entries] == ["预案目录中应编未编"]


def test_a_figure_of_the_place_is_entered_on_the_filing_page(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = app("office", "filing_page.py")
    at.selectbox(key="figure-key").set_value(list(local_figures.BOUNDS).index(local_figures.FILING))
    at.number_input(key="figure-value").set_value(10)
    at.button(key="enter-figure").click().run()
    assert len(at.error) == 1  # a figure without its text
    at.text_input(key="figure-source").set_value("云岭省实施办法第二十条")
    at.button(key="enter-figure").click().run()
    assert not at.error
    with installation.store.reading(accounts.actor_named(installation.store, "office")) as work:
        found = local_figures.local_figures(work, HERE)
    assert (found[local_figures.FILING].value, found[local_figures.FILING].source) == (10, "云岭省实施办法第二十条")
