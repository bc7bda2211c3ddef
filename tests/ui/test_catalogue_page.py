"""预案目录: lines and their codes, a plan begun from a template, plans of many villages."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from plans_repo import organisations, plans
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.accounts import actor_named
from plans_repo.store.actor import local_actor
from plans_repo.writing.catalogue import Entry, Standing, catalogue
from tests.ui.conftest import TestClient
from ui.downloads import DOCX, XLSX, address
from ui.installation import Installation

PAGE = "catalogue_page.py"
COUNTY, TOWN = "/yunling/qingchuan/", "/yunling/qingchuan/T02/"


@pytest.fixture
def town(installation: Installation) -> Organisation:
    """A township beside the bureau."""
    with installation.store.work(local_actor("tests")) as work:
        return organisations.create_organisation(
            work, "青川县沄口镇人民政府", name_en="Yunkou Township", kind=OrganisationKind.TOWNSHIP, area=TOWN
        )


def lines(installation: Installation) -> dict[str, Entry]:
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        return {entry.title: entry for entry in catalogue(work)}


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


@pytest.mark.usefixtures("town")
def test_lines_get_codes_are_waived_and_added(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", PAGE)
    assert not at.exception
    assert "青川县沄口镇突发事件应急预案" in markup(at)
    at.button(key="take-up").click().run()
    entry = lines(installation)["青川县沄口镇突发事件应急预案"]
    assert entry.code == "QINGCHUAN-T02-XZ-001"
    at.text_input(key=f"why-{entry.id}").set_value("撤并")
    at.button(key="waive").click().run()
    assert lines(installation)[entry.title].standing is Standing.WAIVED
    at.text_input(key="add-title").set_value("青川县雨雪冰冻灾害应急预案")
    at.selectbox(key="add-kind").set_value(PlanKind.SPECIAL)
    at.text_input(key="add-basis").set_value("县政府第12次常务会议")
    at.button(key="add").click().run()
    assert not at.exception
    assert "YUNLING-QINGCHUAN-ZX-001" in " ".join(one.value for one in at.success)


@pytest.mark.usefixtures("town")
def test_filters_narrow_the_lines(app: Callable[..., AppTest]) -> None:
    at = app("author", PAGE)
    at.text_input(key="q").set_value("没有这种预案").run()
    assert "沄口镇突发事件" not in markup(at)
    at.text_input(key="q").set_value("沄口").run()
    assert "沄口镇突发事件" in markup(at)
    at.selectbox(key="standing").set_value(Standing.WAIVED).run()
    assert "沄口镇突发事件" not in markup(at)
    assert 'href="/catalogue?standing=missing"' in markup(at)
    counted = markup(app("author", PAGE, lang="en", standing="missing"))
    assert "沄口镇突发事件" in counted, "a counter leads to its lines in either language"


def test_a_plan_is_begun_from_a_template(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", PAGE, tab="template")
    field = next(one for one in at.text_input if str(one.key).startswith("field-scope"))
    field.set_value("本县行政区域内")
    at.button(key="begin-now").click().run()
    assert not at.exception
    assert "待填" in markup(at)
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        (made,) = plans.list_plans(work)
        words = "\n".join(clause.text for clause in plans.text_of(work, made.id))
    assert made.kind is PlanKind.OVERALL
    assert "本县行政区域内" in words


def test_who_may_not_write_reads_the_lines_only(app: Callable[..., AppTest]) -> None:
    at = app("organiser", PAGE)
    assert not at.exception
    assert not at.button


def test_the_sheet_of_a_township_is_filled_and_brought_back(
    app: Callable[..., AppTest], installation: Installation, signed_in: TestClient, town: Organisation
) -> None:
    answer = signed_in.get(address("village-sheet", town.id))
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    book = load_workbook(io.BytesIO(answer.content))
    page = book.active
    assert page is not None
    page.append(["柳荫村", "共210户"])
    out = io.BytesIO()
    book.save(out)
    at = app("author", PAGE, tab="villages")
    at.file_uploader(key="village-file").set_value(("a.xlsx", out.getvalue(), XLSX)).run()
    at.button(key="begin-villages").click().run()
    assert not at.exception
    with installation.store.reading(actor_named(installation.store, "author")) as work:
        (made,) = plans.list_plans(work)
    assert made.title == "青川县沄口镇柳荫村突发事件应急预案"
    sheet = signed_in.get(address("village-page", made.id))
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, DOCX)
