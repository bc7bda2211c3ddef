"""衔接 and 全文检索: what stands there, what a stranger and an empty library are shown, and both in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import organisations, plans
from plans_repo.linkage.comparison import Side
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind, RelationKind
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from tests.ui.conftest import PASSWORD, Clock
from tests.ui.planned import furnish
from ui.components.linkage_tables import side_name
from ui.installation import open_installation

UPPER = "云陵市防汛应急预案"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan with a plan above it, and a clerk of a township in another county."""
    data = tmp_path_factory.mktemp("linked")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.work(local_actor("tests")) as work:
        elsewhere = organisations.create_organisation(
            work, "石岭县岩口镇人民政府", kind=OrganisationKind.TOWNSHIP, area="/yunling/shiling/T01/"
        )
        accounts.create_account(
            work, "stranger", PASSWORD, display_name="stranger", roles=[Role.TOWNSHIP_LIAISON],
            organisation=elsewhere.id, must_change=False,
        )  # fmt: skip
        bureau = plans.plan(work, opened.plan).organisation
        upper = plans.create_plan(work, UPPER, kind=PlanKind.SPECIAL, hazard=None, organisation=bureau)
        plans.relate(work, opened.plan, upper.id, RelationKind.LINKED)
    installation.store.close()
    return data


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def said(at: AppTest) -> str:
    return " ".join([markup(at), *(one.value for one in at.caption), *(one.value for one in at.header)])


@pytest.mark.parametrize("page", ["linkage_page.py", "search_page.py"])
def test_a_clerk_of_another_county_reads_nothing_of_the_plan(app: Callable[..., AppTest], page: str) -> None:
    at = app("stranger", page, q="转移")
    assert not at.exception
    assert "清川县防汛应急预案" not in said(at)


def test_an_address_of_a_plan_one_may_not_see_tells_nothing(app: Callable[..., AppTest]) -> None:
    at = app("stranger", "linkage_page.py", id="no-such-plan")
    assert not at.exception
    assert "清川县防汛应急预案" not in said(at)


def test_the_map_says_in_words_how_many_plans_and_ties_it_shows(app: Callable[..., AppTest]) -> None:
    at = app("author", "linkage_page.py")
    assert not at.exception
    assert "清川县防汛应急预案" in markup(at)
    assert any("件预案" in one.value and "条关系" in one.value for one in at.caption)


@pytest.mark.parametrize(
    ("kind", "is_upper", "words"),
    [
        (RelationKind.UPPER, True, "上位预案"),
        (RelationKind.UPPER, False, "下位预案"),
        (RelationKind.SPECIAL_OF, True, "总体预案"),
        (RelationKind.SPECIAL_OF, False, "专项预案"),
    ],
)
def test_a_plan_below_is_never_called_the_one_above(kind: RelationKind, words: str, *, is_upper: bool) -> None:
    side = Side(plan="p", title="某预案", relation=kind, is_upper=is_upper, is_lower=not is_upper, citations={})
    assert side_name(side) == words


def test_the_linkage_page_speaks_english(app: Callable[..., AppTest]) -> None:
    at = app("author", "linkage_page.py", lang="en")
    assert any(one.value.startswith("The map shows") for one in at.caption)


def test_a_word_of_two_signs_is_found_with_its_clause_and_one_that_is_nowhere_is_said_to_be(
    app: Callable[..., AppTest],
) -> None:
    assert "清川县防汛应急预案" in markup(app("author", "search_page.py", q="转移"))
    at = app("author", "search_page.py", q="麒麟踏雪")
    assert not at.exception
    assert "清川县防汛应急预案" not in markup(at)
