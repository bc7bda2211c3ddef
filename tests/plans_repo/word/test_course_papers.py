"""Forms of the course say what is known and leave room for the rest."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from plans_repo.course import consultation, element_review, explanation, panels, votes
from plans_repo.course.stages import Stage
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Store
from plans_repo.word import course_papers
from plans_repo.word.course_papers import About, SheetPart
from tests.plans_repo.conftest import StillClock
from tests.plans_repo.course.walking import WRITER, a_letter, a_review, begun, walk
from tests.plans_repo.word.checking import complaints

ABOUT = About(
    title="某县防汛应急预案",
    body="某县应急管理局",
    draft="征求意见稿",
    author="王编",
    made_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
)


@pytest.fixture
def engine_name() -> str:
    """One engine is enough: nothing here depends on the database."""
    return "sqlite"


def lines(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()] + cells


def test_the_letter_names_units_limit_and_number(store: Store, tmp_path: Path) -> None:
    version = begun(store)
    a_letter(store, version, letter_number="某应急函〔2026〕8号", contact="王编 0000-1")
    with store.reading(WRITER) as work:
        asked = consultation.consultation(work, version)
    assert asked
    letter = course_papers.consultation_letter(ABOUT, asked)
    assert complaints(letter, tmp_path) == []
    said = lines(letter)
    assert said[:3] == [
        "关于征求《某县防汛应急预案》\n（征求意见稿）意见的函",
        "某应急函〔2026〕8号",
        "县气象局、县水利局：",
    ]
    assert "2026年12月4日前" in said[3]
    assert {"条款", "原文", "修改意见", "理由"} <= set(said)


def test_every_expert_has_a_form_with_his_conclusion_ticked(store: Store, clock: StillClock, tmp_path: Path) -> None:
    version = begun(store)
    walk(store, version, Stage.REVIEW)
    a_review(store, version)
    with store.reading(WRITER) as work:
        panel = panels.panel(work, version)
        assert panel
        signed = {one.seat: one for one in votes.votes(work, panel.id)}
        answers = votes.review_form(work, panel.id)
    data = course_papers.review_forms(ABOUT, panel, signed, answers)
    forms = lines(data)
    assert "送审稿" in forms  # that is what was reviewed, whatever the text is called today
    assert len([line for line in forms if line.startswith("结论：☑同意")]) == 5
    assert forms.count("☑符合　□基本符合　□不符合") == 30  # the panel's six answers on each
    unanswered = lines(course_papers.review_forms(ABOUT, panel, signed, {}))
    assert not [line for line in unanswered if "☑" in line]
    assert len([line for line in unanswered if "结论不予勾选" in line]) == 5
    some = dict(list(answers.items())[:4])
    partly = lines(course_papers.review_forms(ABOUT, panel, signed, some))
    assert partly.count("☑符合　□基本符合　□不符合") == 20  # what is answered stays answered
    assert not [line for line in partly if line.startswith("结论") and "☑" in line]
    assert len([line for line in partly if "未逐项填写，尚缺2项" in line]) == 5
    signed_in = course_papers.sign_in_sheet(ABOUT, panel)
    assert [*complaints(data, tmp_path), *complaints(signed_in, tmp_path)] == []
    sheet = lines(signed_in)
    assert sum("（组长）" in line for line in sheet) == 1
    assert date(2026, 11, 20) == panel.met_on


def test_the_form_of_an_enterprise_plan_has_the_tables_of_its_review(
    store: Store, clock: StillClock, tmp_path: Path
) -> None:
    title = "某公司生产安全事故综合应急预案"
    version = begun(store, title=title, kind=PlanKind.UNIT)
    walk(store, version, Stage.REVIEW)
    a_review(store, version)
    with store.reading(WRITER) as work:
        panel = panels.panel(work, version)
        assert panel
        signed = {one.seat: one for one in votes.votes(work, panel.id)}
        answers = votes.review_form(work, panel.id)
    tables = element_review.tables(PlanKind.UNIT, title)
    data = course_papers.review_forms(ABOUT, panel, signed, answers, tables)
    said = lines(data)
    assert complaints(data, tmp_path) == []
    assert {"形式评审表", "综合应急预案要素评审表", "应急预案附件要素评审表"} <= set(said)
    assert any(line.startswith("信息报告与处置★：") for line in said)
    assert not [line for line in said if "各方面意见是否一致" in line]
    assert "☑符合　□基本符合　□不符合　□不适用" in said
    assert any(line.startswith("★为关键要素，须全部“符合”") for line in said)
    assert len([line for line in said if line.startswith("结论：☑同意")]) == 5
    short = {key: one for key, one in answers.items() if key != "comprehensive:report"}
    lacking = lines(course_papers.review_forms(ABOUT, panel, signed, short, tables))
    assert len([line for line in lacking if "未逐项填写，尚缺1项" in line]) == 5
    assert not [line for line in lacking if line.startswith("结论") and "☑" in line]


def test_an_unfinished_explanation_says_what_belongs_under_each_heading(tmp_path: Path) -> None:
    data = course_papers.explanation_paper(ABOUT, explanation.Explanation(fields={"other": "无。"}))
    said = lines(data)
    assert complaints(data, tmp_path) == []
    assert said[1] == "一、编制（修订）背景"
    assert said[2].startswith("（待填写：")
    assert said[said.index("六、其他需要说明的事项") + 1] == "无。"


def test_the_drafting_sheet_bears_the_hash_and_the_signatures(tmp_path: Path) -> None:
    entered = datetime(2026, 11, 2, 17, 30, tzinfo=UTC)  # after midnight of the third, where the paper is read
    signed = [
        course_papers.Signed(
            step="分管领导审签", name="秦临川", on=date(2026, 11, 1), entered_at=entered, opinion="同意",
            part=SheetPart.JOINT,
        ),
        course_papers.Signed(
            step="批准", name="郑明远", on=date(2026, 11, 2), entered_at=entered, opinion="",
            part=SheetPart.DECISION, manner="政府常务会议审议通过",
        ),
    ]  # fmt: skip
    data = course_papers.drafting_sheet(ABOUT, number="某政办发〔2026〕1号", root_hash="ab" * 32, signed=signed)
    said = lines(data)
    assert complaints(data, tmp_path) == []
    assert {"关于印发《某县防汛应急预案》的通知", "某政办发〔2026〕1号", "ab" * 16, "秦临川"} <= set(said)
    assert {"会签（分管领导审签）", "签发（批准）", "政府常务会议审议通过", "核稿"} <= set(said)
    assert not {"会签", "签发"} & set(said)  # no empty row where a signature stands
    assert {"办理日期", "2026年11月1日", "登记时间", "2026年11月3日01:30"} <= set(said)
