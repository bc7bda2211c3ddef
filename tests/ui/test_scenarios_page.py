"""The page of scenarios: what is changed on it is what is saved, and drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import scenario_versions, scenarios
from plans_repo.authored import edits
from plans_repo.packs import reading as packs
from sim.compound import Compound
from sim.failures import Failure, FailureKind
from tests.ui.planned import actor, furnish, markup
from ui.installation import Installation

OWN = "own-tanks"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan with its people."""
    data = tmp_path_factory.mktemp("scenario-page")
    furnish(data)
    return data


@pytest.fixture
def own(installation: Installation) -> str:
    """A scenario the author made."""
    with installation.store.work(actor(installation)) as work:
        scenario_versions.save(work, edits.copied(packs.scenario("tank-farm-fire"), OWN, "本县罐区"))
    return OWN


def opened(app: Callable[..., AppTest], name: str = "author", **query: str) -> AppTest:
    return app(name, "scenarios_page.py", **query)


def test_everything_there_is_is_listed(app: Callable[..., AppTest], installation: Installation, own: str):
    at = opened(app)
    assert not at.exception
    words = markup(at)
    assert "本县罐区" in words
    assert "瓦斯爆炸引发井下火灾" in words


def test_a_shipped_scenario_is_copied_then_changed_and_saved(app: Callable[..., AppTest], installation: Installation):
    at = opened(app, id="tank-farm-fire").button(key="scenario-copy").click().run()
    assert not at.exception
    made = at.query_params["id"][0] if isinstance(at.query_params["id"], list) else at.query_params["id"]
    key = f"edit-{made}-1"
    at.text_input(key=f"{key}-title").set_value("改名罐区").run()
    at.number_input(key=f"{key}-horizon").set_value(600.0).run()
    at.text_input(key=f"{key}-reason").set_value("缩短时长").run()
    at.button(key=f"{key}-save").click().run()
    assert not at.exception
    with installation.store.reading(actor(installation)) as work:
        kept = scenarios.scenario(work, made)
        history = scenario_versions.history(work, made)
    assert (kept.title, kept.horizon_min) == ("改名罐区", 600.0)
    assert [(one.number, one.reason) for one in history] == [(2, "缩短时长"), (1, "")]
    assert history[1].made_from == "tank-farm-fire"


def test_a_failure_is_added_from_the_form(app: Callable[..., AppTest], installation: Installation, own: str):
    at, key = opened(app, id=own, edit="1"), f"edit-{own}-1"
    at.selectbox(key=f"{key}-fail-kind").set_value(FailureKind.COMMANDER)
    at.selectbox(key=f"{key}-fail-of").set_value("commander")
    at.number_input(key=f"{key}-fail-until").set_value(90.0)
    next(button for button in at.button if "加入失效" in button.label).click().run()
    at.button(key=f"{key}-save").click().run()
    assert not at.exception
    with installation.store.reading(actor(installation)) as work:
        assert scenarios.scenario(work, own).failures == (
            Failure(kind=FailureKind.COMMANDER, of="commander", until_min=90.0),
        )


def test_what_cannot_be_is_said_beside_the_form_and_not_saved(app: Callable[..., AppTest], own: str):
    at, key = opened(app, id=own, edit="1"), f"edit-{own}-1"
    at.number_input(key=f"{key}-horizon").set_value(-5.0).run()
    assert not at.exception
    assert len(at.error) == 1
    assert not [button for button in at.button if button.key == f"{key}-save"]


def test_who_only_reads_is_offered_no_change(app: Callable[..., AppTest], own: str):
    at = opened(app, "reviewer", id=own, edit="1")
    assert not at.exception
    assert not [button for button in at.button if button.key in ("scenario-edit", "scenario-copy")]
    assert not [field for field in at.text_input if field.key.startswith("edit-")]


def test_every_chart_has_its_sentence_and_every_group_can_be_seen(app: Callable[..., AppTest], own: str):
    at = opened(app, id=own)
    before = [one.value for one in at.markdown]
    assert any("气云" in words for words in before)
    at.segmented_control(key=f"shown-{own}-group").set_value("units").run()
    assert not at.exception
    assert any("泡沫" in one.value for one in at.markdown)


def test_two_events_are_put_together(app: Callable[..., AppTest], installation: Installation):
    at = opened(app)
    at.text_input(key="compound-new-0-title").set_value("先地震后火灾")
    at.radio(key="compound-new-0-1-how").set_value("trigger").run()
    at.selectbox(key="compound-new-0-fail-kind").set_value(FailureKind.COMMANDER)
    at.selectbox(key="compound-new-0-fail-of").set_value("commander")
    at.number_input(key="compound-new-0-fail-until").set_value(45.0)
    next(button for button in at.button if "加入失效" in button.label).click().run()
    at.button(key="compound-new-0-save").click().run()
    assert not at.exception
    with installation.store.reading(actor(installation)) as work:
        made = [one for one in scenario_versions.newest(work) if isinstance(one, Compound)]
    assert [one.title for one in made] == ["先地震后火灾"]
    assert made[0].parts[1].trigger is not None
    assert made[0].failures == (Failure(kind=FailureKind.COMMANDER, of="commander", until_min=45.0),)
