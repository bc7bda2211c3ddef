"""The register page: every filter narrows, every form writes what it says, and who may only read only reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from plans_repo import assessment, organisations, resources, scenarios, studies
from plans_repo.course import passage
from plans_repo.course.passage import Attachment
from plans_repo.course.stages import Move, PaperKind
from plans_repo.intake import take_file
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.proposals import procedure_for
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.store import accounts, events
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.resources import ResourceRow
from plans_repo.studies import Request
from sim.figure import Mark
from tests.ui.conftest import PASSWORD
from ui.command_line.study_fields import study_fields
from ui.demo.sources import plan_text
from ui.installation import Installation

PAGE = "register_page.py"
COUNTED = date(2026, 10, 31)
COUNTY, TOWN = "/yunling/qingchuan/", "/yunling/qingchuan/T02/"


@pytest.fixture
def stocked(installation: Installation) -> dict[str, Resource]:
    """Buses and tents of the bureau, boats of a township; a reader without the right to edit; a township's liaison."""
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        town = organisations.create_organisation(
            work, "沄口镇人民政府", name_en="Yunkou Township", kind=OrganisationKind.TOWNSHIP, area=TOWN
        )
        for name, role, body in (("reader", Role.REVIEWER, bureau), ("town", Role.TOWNSHIP_LIAISON, town)):
            accounts.create_account(
                work, name, PASSWORD, display_name=name, roles=[role], organisation=body.id, must_change=False
            )
        made = (
            bus(bureau),
            an_entry(bureau, "救灾帐篷", ResourceClass.LIVING_RELIEF, 420, "顶", holding=Holding.CONTRACT),
            an_entry(town, "冲锋舟", ResourceClass.VEHICLE, 6, "艘", pool="boat", checked_on=date(2024, 5, 1)),
        )
        return {entry.title: resources.add_resource(work, entry) for entry in made}


def bus(keeper: Organisation) -> Resource:
    return an_entry(keeper, "公交客车", ResourceClass.VEHICLE, 34, "辆", pool="bus", place="城关镇", mark=Mark.READ)


def an_entry(keeper: Organisation, title: str, kind: ResourceClass, quantity: int, unit: str, **more: Any) -> Resource:
    usual = {"source": "2026年10月盘点表", "checked_on": COUNTED}
    return Resource(title=title, kind=kind, quantity=quantity, unit=unit, keeper=keeper.id, **(usual | more))


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def kept(installation: Installation) -> dict[str, Resource]:
    with installation.store.reading(local_actor("tests")) as work:
        return {entry.title: entry for entry in resources.resources(work, with_retired=True)}


def history(installation: Installation) -> list[tuple[str, Any]]:
    with installation.store.reading(local_actor("tests")) as work:
        return [(event.kind, event.payload) for event in events.history(work, "resources")]


def key_of(at: AppTest, start: str, kind: str = "text_input") -> str:
    return next(str(one.key) for one in getattr(at, kind) if str(one.key).startswith(start))


# reading


@pytest.mark.usefixtures("stocked")
def test_every_entry_stands_with_its_unit_day_source_and_mark(app: Callable[..., AppTest]) -> None:
    at = app("reader", PAGE)
    assert not at.exception
    shown = markup(at)
    for words in (
        "34 辆",
        "420 顶",
        "6 艘",
        "2026-10-31",
        "2026年10月盘点表",
        "已查证",
        "待确认",
        "协议储备",
        "沄口镇",
    ):
        assert words in shown, words


@pytest.mark.usefixtures("stocked")
def test_who_may_not_edit_is_offered_no_form(app: Callable[..., AppTest]) -> None:
    at = app("reader", PAGE)
    assert "登记与更正" not in [head.value for head in at.subheader]
    assert "/register?entry=" not in markup(at)
    assert not at.button


@pytest.mark.parametrize(
    ("choose", "there", "gone"),
    [
        (lambda at, _: at.text_input(key="q").set_value("帐篷"), "420 顶", "34 辆"),
        (lambda at, _: at.selectbox(key="area").set_value(TOWN), "6 艘", "34 辆"),
        (lambda at, _: at.selectbox(key="kind").set_value(ResourceClass.LIVING_RELIEF), "420 顶", "6 艘"),
        (lambda at, _: at.selectbox(key="holding").set_value(Holding.CONTRACT), "420 顶", "34 辆"),
        (lambda at, made: at.selectbox(key="keeper").set_value(made["冲锋舟"].keeper), "6 艘", "420 顶"),
    ],
)
def test_every_filter_narrows_the_table(
    app: Callable[..., AppTest], stocked: dict[str, Resource], choose: Any, there: str, gone: str
) -> None:
    at = app("reader", PAGE)
    choose(at, stocked).run()
    assert not at.exception
    assert there in markup(at)
    assert gone not in markup(at)


@pytest.mark.usefixtures("stocked")
def test_the_counters_count_what_is_shown(app: Callable[..., AppTest]) -> None:
    at = app("reader", PAGE)
    said = {label: count for count, label in _counters(at)}
    assert said == {"条目数": "3", "保管单位数": "2", "待确认的数字": "2", "超过 365 天未核": "1"}


@pytest.mark.usefixtures("stocked")
def test_the_rule_of_freshness_stands_with_its_source_and_mark(app: Callable[..., AppTest]) -> None:
    shown = markup(app("reader", PAGE))
    assert "自统计之日起超过365天" in shown
    assert "工作惯例：应急物资每年至少盘点一次" in shown


@pytest.mark.usefixtures("stocked")
def test_the_page_speaks_english(app: Callable[..., AppTest]) -> None:
    shown = markup(app("reader", PAGE, lang="en"))
    assert "34 vehicles" in shown
    assert "Held under contract" in shown


@pytest.mark.parametrize(("part", "titles"), [("unconfirmed", {"救灾帐篷", "冲锋舟"}), ("stale", {"冲锋舟"})])
def test_a_counter_of_the_register_leads_to_what_it_counts(
    app: Callable[..., AppTest], stocked: dict[str, Resource], part: str, titles: set[str]
) -> None:
    shown = markup(app("reader", PAGE))
    (count,) = re.findall(rf'href="/register\?only={part}"[^>]*><b>(\d+)</b>', shown)
    listed = markup(app("reader", PAGE, only=part))
    assert {title for title in stocked if f"{title}<" in listed[listed.index("只列“") :]} == titles
    assert int(count) == len(titles)


def test_an_empty_register_says_so(app: Callable[..., AppTest]) -> None:
    assert "资源台账还是空的" in markup(app("author", PAGE))


def test_many_entries_come_in_pages(app: Callable[..., AppTest], installation: Installation) -> None:
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        for number in range(51):
            resources.add_resource(work, an_entry(bureau, f"物件{number:02}", ResourceClass.TEAM, 1, "队"))
    at = app("author", PAGE)
    assert ("物件00" in markup(at), "物件50" in markup(at)) == (True, False)
    at.selectbox(key="page-51").set_value(50).run()
    assert ("物件00" in markup(at), "物件50" in markup(at)) == (False, True)


# writing


@pytest.mark.usefixtures("stocked")
def test_a_new_entry_is_stored_with_every_field(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", PAGE)
    at.selectbox(key="new-kind").set_value(ResourceClass.FLOOD).run()
    at.text_input(key="title-new").set_value("编织袋")
    at.number_input(key="quantity-new").set_value(9000)
    at.text_input(key="unit-new").set_value("条")
    at.text_input(key="place-new").set_value("双堤镇仓库")
    at.selectbox(key="holding-new").set_value(Holding.KEPT_BY_FIRM)
    at.number_input(key="ready-new").set_value(80)
    at.selectbox(key="pool-new").set_value("shelter_place")
    at.number_input(key="per-unit-new").set_value(10)
    at.date_input(key="day-new").set_value(COUNTED)
    at.text_input(key="source-new").set_value("防汛物资盘点表")
    at.selectbox(key="mark-new").set_value(Mark.READ)
    at.button(key="enter").click().run()
    assert not at.exception
    assert [said.value for said in at.success] == ["已登记“编织袋”。"]
    made = kept(installation)["编织袋"]
    assert (made.kind, made.holding, made.quantity, made.unit, made.place, made.area) == (
        ResourceClass.FLOOD, Holding.KEPT_BY_FIRM, 9000, "条", "双堤镇仓库", COUNTY,
    )  # fmt: skip
    assert (made.ready_units, made.pool, made.checked_on, made.source, made.mark) == (
        720, "shelter_place", COUNTED, "防汛物资盘点表", Mark.READ,
    )  # fmt: skip


@pytest.mark.usefixtures("stocked")
def test_an_entry_can_be_made_for_a_body_below(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", PAGE)
    names = at.selectbox(key="new-keeper").options
    at.selectbox(key="new-keeper").select(next(name for name in names if "沄口" in name)).run()
    fill_in(at)
    at.button(key="enter").click().run()
    assert kept(installation)["救援队"].area == TOWN


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda at: at.text_input(key="source-new").set_value(" "), "没有写明数据来源"),
        (lambda at: at.date_input(key="day-new").set_value(date(2026, 12, 1)), "晚于今天"),
        (lambda at: at.date_input(key="day-new").set_value(None), "没有统计日期"),
        (lambda at: at.text_input(key="title-new").set_value(""), "不能为空"),
    ],
)
def test_bad_input_gets_one_sentence_and_stores_nothing(
    app: Callable[..., AppTest], installation: Installation, spoil: Any, sentence: str
) -> None:
    at = app("author", PAGE)
    fill_in(at)
    spoil(at)
    at.button(key="enter").click().run()
    assert not at.exception
    (said,) = at.error
    assert sentence in said.value
    assert kept(installation) == {}


def fill_in(at: AppTest) -> None:
    at.selectbox(key="new-kind").set_value(ResourceClass.TEAM).run()
    at.text_input(key="title-new").set_value("救援队")
    at.text_input(key="unit-new").set_value("队")
    at.text_input(key="source-new").set_value("队伍名册")


def test_a_correction_needs_a_reason_and_is_recorded_with_it(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    at = app("author", PAGE, entry=stocked["公交客车"].id)
    at.number_input(key=key_of(at, "quantity-" + stocked["公交客车"].id, "number_input")).set_value(28)
    at.button(key="correct").click().run()
    assert [said.value for said in at.error] == ["请写明理由或说明，不能为空。"]
    assert kept(installation)["公交客车"].quantity == 34
    at.number_input(key=key_of(at, "quantity-" + stocked["公交客车"].id, "number_input")).set_value(28)
    at.text_input(key=key_of(at, "reason-")).set_value("报废6辆")
    at.button(key="correct").click().run()
    assert [said.value for said in at.success] == ["已更正“公交客车”。"]
    assert kept(installation)["公交客车"].quantity == 28
    kind, payload = history(installation)[-1]
    assert (kind, payload["changes"]) == ("resource-changed", {"quantity": {"before": 34, "after": 28}})
    assert "报废6辆" in markup(at)


def test_a_correction_changes_nothing_but_what_was_changed(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    at = app("author", PAGE, entry=stocked["救灾帐篷"].id)
    at.text_input(key=key_of(at, "reason-")).set_value("核对无误")
    at.button(key="correct").click().run()
    before, after = stocked["救灾帐篷"], kept(installation)["救灾帐篷"]
    assert after.revision == before.revision + 1
    assert (after.quantity, after.holding, after.pool, after.mark, after.checked_on, after.source) == (
        before.quantity, before.holding, before.pool, before.mark, before.checked_on, before.source,
    )  # fmt: skip


def test_a_retired_entry_leaves_the_table_and_stays_in_the_register(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    at = app("author", PAGE, entry=stocked["公交客车"].id)
    at.button(key="retire").click().run()
    assert [said.value for said in at.error] == ["请写明理由或说明，不能为空。"]
    at.text_input(key=key_of(at, "why-")).set_value("协议到期")
    at.button(key="retire").click().run()
    assert [said.value for said in at.success] == ["已注销“公交客车”。"]
    assert "34 辆" not in markup(at)
    at.toggle(key="retired").set_value(True).run()
    assert "34 辆" in markup(at)
    assert "协议到期" in markup(at)
    with installation.store.reading(local_actor("tests")) as work:
        assert resources.pool_units(work, COUNTY)["bus"] == 0
    assert history(installation)[-1][0] == "resource-retired"
    assert [said.value for said in at.info] == ["“公交客车”已经注销，不能再更正。"]
    assert not chosen(at)


def test_the_form_takes_no_more_of_a_reason_than_is_kept(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    at = app("author", PAGE, entry=stocked["公交客车"].id)
    assert at.text_input(key=key_of(at, "reason-")).proto.max_chars == resources.MOST_REASON
    at.text_input(key=key_of(at, "why-")).set_value("长" * 301)
    at.button(key="retire").click().run()
    assert not at.exception
    assert kept(installation)["公交客车"].retired_why == "长" * 300


def test_words_too_long_are_refused_in_one_sentence(app: Callable[..., AppTest]) -> None:
    at = app("author", PAGE)
    fill_in(at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ResourceRow.metadata.tables["resource"].columns["unit"].type, "length", 0)
        at.button(key="enter").click().run()
    assert [said.value for said in at.error] == ["文字太长：最多 0 个字，现在是 1 个，请缩短。"]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("公交客车", "“公交客车”不归本单位更正。"), ("", "没有这个条目，或者它不在本单位可以查看的范围内。")],
)
def test_an_address_of_an_entry_that_is_not_ones_own_chooses_no_other(
    app: Callable[..., AppTest], stocked: dict[str, Resource], title: str, sentence: str
) -> None:
    at = app("town", PAGE, entry=stocked[title].id if title else "nowhere")
    assert not at.exception
    assert [said.value for said in at.info] == [sentence]
    assert not chosen(at)


def chosen(at: AppTest) -> list[str]:
    """The buttons that would change an entry."""
    return [str(button.key) for button in at.button if button.key in ("correct", "retire")]


def test_a_township_corrects_its_own_and_nothing_of_the_bureau(
    app: Callable[..., AppTest], stocked: dict[str, Resource]
) -> None:
    shown = markup(app("town", PAGE))
    assert f"/register?entry={stocked['冲锋舟'].id}" in shown
    assert f"/register?entry={stocked['公交客车'].id}" not in shown
    assert "34 辆" in shown


# behind a study


@pytest.fixture
def neighbours(installation: Installation, stocked: dict[str, Resource]) -> dict[str, Resource]:
    """Buses of two more townships, whose entries the first township does not see."""
    made = []
    with installation.store.work(local_actor("tests")) as work:
        for name, code, units in (("河口镇", "T03", 5), ("双堤镇", "T04", 7)):
            town = organisations.create_organisation(
                work, f"{name}人民政府", kind=OrganisationKind.TOWNSHIP, area=f"{COUNTY}{code}/"
            )
            made.append(an_entry(town, f"{name}客车", ResourceClass.VEHICLE, units, "辆", pool="bus"))
        return stocked | {entry.title: resources.add_resource(work, entry) for entry in made}


def a_study(installation: Installation) -> str:
    """A study of the county's plan in force with the units of the register."""
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        plan = take_file(work, plan_text("qingchuan-flood"), "清川县防汛应急预案.md", propose=procedure_for).first
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头.pdf", data=b"scan")
    with installation.store.work(local_actor("tests")) as work:
        passage.move(
            work, plan.version, Move.REGISTER, on=date(2026, 3, 18), reason="补录",
            document_number="清政办发〔2026〕9号", attachments=[paper],
        )  # fmt: skip
    request = Request(plan=plan.plan, scenario="river-plain-night", runs=1, resource_set=scenarios.REGISTER_UNITS)
    return studies.run(installation.store, accounts.actor_named(installation.store, "author"), request).id


@pytest.mark.usefixtures("neighbours")
def test_what_a_reader_may_not_see_in_the_register_is_one_sum_in_the_study(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    study = a_study(installation)
    assert "河口镇人民政府：河口镇客车，5 辆" in markup(app("author", "study_page.py", id=study))
    shown = markup(app("town", "study_page.py", id=study))
    assert "资源台账 3 条" in shown
    assert "青川县应急管理局：公交客车，34 辆" in shown
    assert "其他单位（2 条）：12 辆" in shown
    assert "Other bodies (2 entries): 12" in markup(app("town", "study_page.py", id=study, lang="en"))
    with installation.store.reading(accounts.actor_named(installation.store, "town")) as work:
        told = study_fields(studies.study(work, study), {})
        papers = {language: words_of(assessment.report(work, study, language)) for language in ("zh", "en")}
    (buses,) = (pool for pool in told["resources"]["pools"] if pool["pool"] == "bus")
    assert (buses["units"], buses["others"]) == (
        46, {"pool": "bus", "entries": 2, "units": 12, "mark": "to_be_confirmed"},
    )  # fmt: skip
    assert "其他单位（2条）：12辆" in papers["zh"]
    assert "Other bodies (2 entries): 12" in papers["en"]
    for told_to_town in (shown, str(told), *papers.values()):
        for hidden in ("河口镇", "双堤镇客车", "双堤镇人民政府"):
            assert hidden not in told_to_town


def words_of(paper: bytes) -> str:
    document = Document(BytesIO(paper))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_pool_whose_entries_are_all_retired_has_nothing_in_a_study(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    with installation.store.work(local_actor("tests")) as work:
        for title in ("公交客车", "冲锋舟"):
            resources.retire_resource(work, stocked[title], reason="协议到期")
    study = a_study(installation)
    with installation.store.reading(local_actor("tests")) as work:
        counts = {count.pool.id: count for count in studies.study(work, study).pools}
        paper = words_of(assessment.report(work, study, "zh"))
    assert [(counts[pool].units, counts[pool].is_counted) for pool in ("bus", "boat")] == [(0, True), (0, True)]
    assert "台账中没有可用的条目" in markup(app("author", "study_page.py", id=study))
    assert "资源台账（没有可用的条目）" in paper


def test_a_study_keeps_the_entries_it_was_played_with(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        plan = take_file(work, plan_text("qingchuan-flood"), "清川县防汛应急预案.md", propose=procedure_for).first.plan
    request = Request(plan=plan, scenario="river-plain-night", runs=1, resource_set=scenarios.REGISTER_UNITS)
    study = studies.run(installation.store, accounts.actor_named(installation.store, "author"), request)
    with installation.store.work(local_actor("tests")) as work:
        resources.change_resource(work, replace(stocked["公交客车"], quantity=3), reason="调出")
        kept_study = studies.study(work, study.id)
        facts = assessment.report_facts(work, study.id, "zh").resources
    assert {count.pool.id: count.units for count in kept_study.pools if count.is_counted} == {"bus": 34, "boat": 6}
    shown = markup(app("author", "study_page.py", id=study.id))
    for words in ("青川县应急管理局：公交客车，34 辆", "截至 2026-10-31 · 2026年10月盘点表", "处置程序所列"):
        assert words in shown, words
    assert "按资源台账可用数量</td>" not in shown
    (bus_facts,) = (supply for supply in facts.supplies if supply.title == "公交客车")
    assert (bus_facts.quantity, bus_facts.unit, bus_facts.checked_on, bus_facts.mark) == (34, "辆", COUNTED, Mark.READ)
    by_name = {parameter.name: parameter.figure for parameter in facts.pools}
    assert (by_name["转移客车"].unit, by_name["转移客车"].mark) == ("辆", Mark.READ)
    told = study_fields(kept_study, {})["resources"]["pools"]
    (buses,) = (pool for pool in told if pool["pool"] == "bus")
    assert (buses["units"], buses["unit"], buses["from"], buses["mark"]) == (34, "辆", "register", "read")
    assert [entry["keeper"] for entry in buses["entries"]] == ["青川县应急管理局"]
    own = next(pool for pool in told if pool["from"] == "procedure")
    assert own["source"]


def test_the_squads_of_the_villages_are_told_as_the_scenario_gives_them(
    app: Callable[..., AppTest], installation: Installation, stocked: dict[str, Resource]
) -> None:
    with installation.store.work(local_actor("tests")) as work:
        usual = replace(stocked["公交客车"], id="", unit="组", quantity=9)
        resources.add_resource(work, replace(usual, title="村级突击队", pool="village_team"))
    study = a_study(installation)
    with installation.store.reading(local_actor("tests")) as work:
        kept_study = studies.study(work, study)
        papers = {tongue: words_of(assessment.report(work, study, tongue)) for tongue in ("zh", "en")}
    (told,) = (pool for pool in study_fields(kept_study, {})["resources"]["pools"] if pool["pool"] == "village_team")
    assert (told["units"], told["from"], told["source"]) == (40, "scenario", kept_study.scenario.title)
    assert (told["places"], told["mark"]) == ({"count": 16, "least": 2, "most": 3}, "to_be_confirmed")
    shown = {tongue: markup(app("author", "study_page.py", id=study, lang=tongue)) for tongue in ("zh", "en")}
    for words in ("40 组", "情景按处给定", "每处 2～3 组，共 16 处，只用于本处", kept_study.scenario.title):
        assert words in shown["zh"], words
    assert "2–3 squads a place, 16 places, each for its own use only" in shown["en"]
    assert f"情景“{kept_study.scenario.title}”给定：每处2～3组，共16处，只用于本处" in papers["zh"]
    assert "各处的力量只在本处使用，不调往他处" in papers["zh"]
    assert "2–3 squads a place, places: 16" in papers["en"]
    for told_somewhere in (*shown.values(), *papers.values()):
        assert "村级突击队" not in told_somewhere


def _counters(at: AppTest) -> list[tuple[str, str]]:
    return re.findall(r'yy-counter[^"]*"><b>(\d+)</b><span>([^<]+)</span>', markup(at))
