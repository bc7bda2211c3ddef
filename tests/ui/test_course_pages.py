"""The pages of the course: opinions are dealt with, experts entered, the panel drawn, the explanation saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans
from plans_repo.course import consultation, consulting, experts, explanation, occasions, panels, passage, votes
from plans_repo.course.occasions import OccasionState
from plans_repo.course.opinion_register import opinions
from plans_repo.course.opinions import Remark
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.course.words import Judgement, Treatment
from plans_repo.organisations import OrganisationKind
from plans_repo.store import accounts
from plans_repo.store.tables.versions import Trigger
from plans_repo.writing.blanks import blank
from tests.plans_repo.builders import a_body, some_clauses
from tests.plans_repo.course.walking import CHIEF, EVERYBODY, WRITER, a_pool, a_review, papers, ready, walk
from tests.ui.conftest import Clock
from tests.ui.planned import furnish
from ui.installation import Installation


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("course")
    furnish(data)
    return data


@pytest.fixture
def version(installation: Installation) -> str:
    """The plan, out for comment, with one opinion that waits."""
    with installation.store.reading(WRITER) as work:
        (plan,) = plans.list_plans(work)
        version = plans.version_of(work, plan.id).id
    walk(installation.store, version, Stage.CONSULTATION)
    with installation.store.work(WRITER) as work:
        asked = consultation.consultation(work, version)
        assert asked
        remark = Remark(text="时限建议放宽")
        consulting.answer(work, asked.units[0].id, opinions=[remark], signatory="办", paper=("函.pdf", b"%PDF"))
    return version


def page_of(app: Callable[..., AppTest], installation: Installation, version: str, **query: str) -> AppTest:
    with installation.store.reading(WRITER) as work:
        (plan,) = plans.list_plans(work)
    return app("author", "plan_page.py", id=plan.id, v=version, part="moves", **query)


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_what_is_unmet_is_listed_and_an_opinion_is_dealt_with(
    app: Callable[..., AppTest], installation: Installation, version: str
) -> None:
    at = page_of(app, installation, version)
    assert "还有 1 条意见没有处理" in markup(at)
    assert "征求意见稿" in markup(at)
    at.radio(key="treat-kind").set_value(list(Treatment).index(Treatment.REFUSED))
    at.text_area(key="treat-reason").set_value("上位预案已有规定")
    at.button(key="treat-do").click().run()
    assert not at.error
    with installation.store.reading(WRITER) as work:
        (opinion,) = opinions(work, version)
    assert opinion.treated
    assert (opinion.treated.treatment, opinion.treated.reason) == (Treatment.REFUSED, "上位预案已有规定")


def test_page_and_list_of_what_is_missing_name_the_same_units(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    with installation.store.work(EVERYBODY) as work:
        for name in ("青川县水利局", "青川县气象局"):
            a_body(work, name, "/yunling/qingchuan/", OrganisationKind.DEPARTMENT)
        (plan,) = plans.list_plans(work)
        version = plans.version_of(work, plan.id).id
        (missing,) = (one for one in passage.unmet(work, version) if one.code == "group-without-units")
        strange = [one.name for one in consulting.proposed_units(work, version) if one.organisation is None]
    at = page_of(app, installation, version)
    at.session_state["course-part"] = "group"
    at.run()
    asked, unknown = (
        next(one for one in markups(at) if words in one)
        for words in ("正文规定了职责、应有人员参加的单位", "单位名录中没有的单位")
    )
    assert [name for name in missing.fields["units"] if name not in asked] == []
    assert asked.count("yy-badge") == missing.fields["count"]
    assert strange
    assert [name for name in strange if name not in unknown or f">{name}<" in asked] == []


def test_a_reminder_lies_open_when_an_answer_is_late(
    app: Callable[..., AppTest], installation: Installation, clock: Clock
) -> None:
    with installation.store.reading(WRITER) as work:
        (plan,) = plans.list_plans(work)
        version = plans.version_of(work, plan.id).id
    walk(installation.store, version, Stage.CONSULTATION)

    def reminder() -> Any:
        at = page_of(app, installation, version)
        return at, next(one for one in at.expander if one.label == "催办")

    assert not reminder()[1].proto.expanded
    clock.forward(days=60)
    at, box = reminder()
    assert box.proto.expanded
    at.text_input(key="remind-how").set_value("电话")
    at.button(key="remind").click().run()
    assert not at.error
    with installation.store.reading(WRITER) as work:
        found = consultation.consultation(work, version)
    assert found
    assert [one.reminders for one in found.waiting() if one.reminders]


def markups(at: AppTest) -> list[str]:
    return [element.proto.body for element in at.get("html")]


def test_a_refusal_without_a_reason_is_not_saved(
    app: Callable[..., AppTest], installation: Installation, version: str
) -> None:
    at = page_of(app, installation, version)
    at.radio(key="treat-kind").set_value(list(Treatment).index(Treatment.REFUSED))
    at.button(key="treat-do").click().run()
    assert len(at.error) == 1
    with installation.store.reading(WRITER) as work:
        assert opinions(work, version)[0].treated is None


def test_a_panel_is_drawn_and_the_explanation_saved(
    app: Callable[..., AppTest], installation: Installation, version: str
) -> None:
    a_pool(installation.store)
    at = page_of(app, installation, version, step="panel")
    at.button(key="draw-do").click().run()
    assert not at.error
    at = page_of(app, installation, version, step="explanation")
    at.text_area(key="explain-background").set_value("机构改革")
    at.button(key="save-explanation").click().run()
    with installation.store.reading(WRITER) as work:
        panel = panels.panel(work, version)
        assert panel
        assert len(panel.held) == 5
        assert explanation.explanation(work, version).fields["background"] == "机构改革"


def test_an_expert_is_entered_on_the_page(app: Callable[..., AppTest], installation: Installation) -> None:
    at = app("author", "experts_page.py")
    at.text_input(key="expert-name").set_value("顾延川")
    at.text_input(key="expert-known").set_value("水利，应急管理")
    at.text_input(key="expert-unit").set_value("市水利院")
    at.button(key="add-expert").click().run()
    assert not at.error
    with installation.store.reading(WRITER) as work:
        (expert,) = experts.experts(work)
    assert (expert.name, expert.fields, expert.unit) == ("顾延川", ("水利", "应急管理"), "市水利院")


def test_blanks_are_listed_and_a_reason_sends_the_draft_out(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    with installation.store.work(WRITER) as work:
        (plan,) = plans.list_plans(work)
        first, *others = plans.text_of(work, plan.id)
        clauses = [replace(first, text=first.text + blank("值班电话")), *others]
        version = plans.make_version(work, plan.id, clauses, reason="留空", trigger=Trigger.EDITING).id
    ready(installation.store, version)
    at = page_of(app, installation, version)
    assert any("还有 1 处待填" in one.value for one in at.warning)
    assert "值班电话" in markup(at)
    at.file_uploader(key="paper-consult-consultation_letter").set_value(("函.pdf", b"%PDF", "application/pdf"))
    at.button(key="do-move").click().run()
    assert "须说明理由" in at.error[0].value
    at.text_area(key="reason-consult").set_value("电话待各单位提供")
    at.button(key="do-move").click().run()
    with installation.store.reading(WRITER) as work:
        assert plans.version_of(work, plan.id).state is Stage.CONSULTATION


def test_an_occasion_shows_its_clauses_and_is_answered(app: Callable[..., AppTest], installation: Installation) -> None:
    with installation.store.work(EVERYBODY) as work:
        (plan,) = plans.list_plans(work)
        version = plans.version_of(work, plan.id)
        paper = passage.Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="文.pdf", data=b"%PDF")
        passage.move(
            work, version.id, Move.REGISTER, reason="补录", attachments=[paper], document_number="青政办发〔2026〕3号"
        )
        clause = next(one for one in plans.text_of(work, plan.id) if one.text)
        words = "演练发现：转移信号两村听不到"
        assert occasions.note_finding(work, [plan.id], "finding-1", words, clauses=[clause.id, "gone"])
    at = app("author", "plan_page.py", id=plan.id, v=version.id, part="after")
    assert words in markup(at)
    assert f"clause={clause.id}" in markup(at)
    assert "已移出的条款" in markup(at)
    reading = markup(app("author", "plan_page.py", id=plan.id, v=version.id, clause=clause.id))
    assert words in reading[reading.index('class="yy-rail"') :], "the finding stands beside its clause"
    at.text_input(key="occ-reason").set_value("列入年度计划")
    at.button(key="answer-occasion").click().run()
    assert not at.error
    with installation.store.reading(WRITER) as work:
        (found,) = occasions.occasions(work, plan.id)
    assert found.state is OccasionState.TO_REVISE


def test_the_panel_answers_the_elements_of_an_enterprise_plan(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    title = "黑石煤矿生产安全事故综合应急预案"
    with installation.store.work(accounts.actor_named(installation.store, "author")) as work:
        plan = plans.create_plan(work, title, kind=plans.PlanKind.UNIT)
        version = plans.make_version(work, plan.id, some_clauses(), reason="首次编制", trigger=Trigger.FIRST).id
    walk(installation.store, version, Stage.REVIEW)
    panel = a_review(installation.store, version, elements=False)
    at = app("author", "plan_page.py", id=plan.id, v=version, part="moves")
    assert "形式评审表（已判定 0/6）" in [one.label for one in at.expander]
    kinds = list(Judgement)
    at.radio(key="element-formal:cover").set_value(kinds.index(Judgement.CONFORMS))
    at.radio(key="element-formal:body").set_value(kinds.index(Judgement.FAILS))
    at.button(key="elements-formal-do").click().run()
    assert len(at.error) == 1  # what does not conform says why
    at.text_input(key="remark-formal:body").set_value("错别字较多")
    at.button(key="elements-formal-do").click().run()
    assert not at.error
    with installation.store.reading(WRITER) as work:
        form = votes.review_form(work, panel.id)
    assert (form["formal:cover"].judgement, form["formal:body"].note) == (Judgement.CONFORMS, "错别字较多")


def test_what_is_to_be_done_stands_first_and_what_is_done_is_folded_with_day_and_person(
    app: Callable[..., AppTest], installation: Installation, version: str
) -> None:
    at = page_of(app, installation, version)
    heads = [one.value for one in at.subheader]
    assert heads == ["现在要办", "征求意见", "办理经过"]
    shown = markup(at)
    assert "报送衔接" in shown[: shown.index("离开") if "离开" in shown else None]
    assert "step=opinions" in shown, "a condition leads to where it is met"
    folded = [one.label for one in at.expander]
    assert any(label.startswith("编制准备 · 2026-") and "办结" in label for label in folded)
    assert any(label.startswith("已办环节") for label in folded)
    assert "条件具备后办理：报送衔接、收回修改" in folded


@pytest.mark.parametrize(
    ("step", "form"),
    [("group", "add-member"), ("opinions", "treat-do"), ("explanation", "save-explanation"), ("panel", "draw-do")],
)
def test_every_form_is_reached_from_the_step_it_belongs_to(
    app: Callable[..., AppTest], installation: Installation, version: str, step: str, form: str
) -> None:
    at = page_of(app, installation, version, step=step)
    assert form in [one.key for one in at.button]


def test_signatures_name_the_day_of_the_act_and_when_they_were_entered(
    app: Callable[..., AppTest], installation: Installation, clock: Clock
) -> None:
    with installation.store.reading(WRITER) as work:
        version = plans.version_of(work, plans.list_plans(work)[0].id).id
    walk(installation.store, version, Stage.DELIBERATION)
    clock.forward(days=4)
    with installation.store.reading(CHIEF) as work:
        lacking = next(
            one.missing_papers for one in passage.open_moves(work, version) if one.move is Move.PASS_DELIBERATION
        )
    with installation.store.work(CHIEF) as work:
        passage.move(
            work, version, Move.PASS_DELIBERATION, reason="同意", attachments=papers(*lacking), on=date(2026, 11, 22)
        )
    at = page_of(app, installation, version)
    for heads in (("签署人", "办理日期", "登记时间"), ("办理事项", "办理日期", "登记时间")):
        shown = next(one for one in tables(at) if set(heads) <= set(one))
        assert "2026-11-22" in shown, "the day of the act"
        assert "2026-11-25 14:05" in shown, "when it was entered"


def tables(at: AppTest) -> list[list[str]]:
    """The words of the cells of every table on a page."""
    found = re.findall(r"<table.*?</table>", markup(at), re.S)
    return [re.findall(r">([^<>]+)<", one) for one in found]
