"""Work plan proposals, local figures and checked keys on their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import organisations, plans, supervision
from plans_repo import work_plan_proposals as proposing
from plans_repo.course import passage, work_plans
from plans_repo.course.stages import Move, PaperKind
from plans_repo.filing import local_figures
from plans_repo.organisations import OrganisationKind
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from plans_repo.work_plan_proposals import ProposalAnswer
from tests.plans_repo.filing.builders import papers
from tests.ui.conftest import PASSWORD
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
    """A headquarters whose plan is missing, beside the county government, whose overall plan is."""
    with installation.store.work(local_actor("tests")) as work:
        organisations.create_organisation(work, "青川县抗震救灾指挥部", kind=OrganisationKind.HEADQUARTERS, area=HERE)


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


def registered_plan(installation: Installation, on: date) -> tuple[str, str]:
    """Plan and version of the plan there is, registered as issued on a day, with an explanation and minutes."""
    with installation.store.work(local_actor("tests")) as work:
        (plan,) = plans.list_plans(work)
        version = plans.version_of(work, plan.id).id
        passage.move(
            work, version, Move.REGISTER, reason="补录", document_number=f"青政办发〔{on.year}〕3号", on=on,
            attachments=papers(PaperKind.ISSUED_DOCUMENT, PaperKind.EXPLANATION, PaperKind.MEETING_MINUTES),
        )  # fmt: skip
    return plan.id, version


def test_the_letter_and_the_package_are_made_on_the_page_of_the_plan(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    plan, version = registered_plan(installation, date(2026, 11, 2))
    at = app("filing", "plan_page.py", id=plan, v=version, part="after")
    assert not at.exception
    assert not [one.value for one in at.error]
    assert "form=letter" in "".join(one.body for one in at.get("html"))
    assert at.multiselect(key="package-more").options == ["会议纪要（内部）"]
    at.multiselect(key="package-more").set_value([PaperKind.MEETING_MINUTES]).run()
    assert any("只交备案机关" in one.value for one in at.warning)


def test_a_notice_is_given_on_the_filing_page(app: Callable[..., AppTest], installation: Installation) -> None:
    plan, _version = registered_plan(installation, date(2021, 3, 2))
    with installation.store.work(local_actor("tests")) as work:
        city = organisations.create_organisation(
            work, "云岭市应急管理局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/yunling/"
        )
        accounts.create_account(
            work, "city", PASSWORD, display_name="市局", roles=[Role.UPPER_AUTHORITY], organisation=city.id,
            must_change=False,
        )  # fmt: skip
    at = app("city", "filing_page.py")
    at.text_input(key="supervise-number").set_value("云应督〔2026〕3号")
    at.button(key="supervise").click().run()
    assert not [one.value for one in at.error]
    with installation.store.reading(accounts.actor_named(installation.store, "filing")) as work:
        (got,) = supervision.notices(work)
    assert (got.said.number, got.said.by, {one.plan for one in got.late}) == (
        "云应督〔2026〕3号", "云岭市应急管理局", {plan},
    )  # fmt: skip
