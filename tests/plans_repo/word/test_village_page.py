"""The plan of a village on one page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plans_repo.course.stages import Stage
from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause
from plans_repo.text.reading import read_plan
from plans_repo.word.village_page import VillagePage, rows_of, village_page
from plans_repo.writing.template import filled, template
from tests.plans_repo.word.builders import opened
from tests.plans_repo.word.checking import complaints
from tests.plans_repo.word.office import converted, pages

PAGE = VillagePage(
    title="临河县柳渡镇东岸村突发事件应急预案",
    root_hash="ab" * 32,
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
    day=date(2026, 11, 22),
    stage=Stage.IN_FORCE,
)
ANSWERS = {field.id: f"{field.label}，逐项写明" * 2 for field in template("village").fields}

FILLER = "，各组逐户落实"


def clauses_with(factor: int) -> tuple[Clause, ...]:
    text = filled(template("village").body, ANSWERS, {})
    reading = read_plan(f"{PAGE.title}\n\n{text}".encode(), "a.md", new_id=iter(map(str, range(1000))).__next__)
    return tuple(replace(clause, text="\n".join([clause.text] * factor)) for clause in reading.clauses)


def test_every_section_has_its_row_with_its_words() -> None:
    rows = dict(rows_of(clauses_with(1)))
    assert list(rows) == [
        "概况",
        "风险点",
        "责任人和电话",
        "预警和叫应",
        "转移安置",
        "信息报告",
        "自救互救",
        "应急物资",
    ]
    assert "转移路线：转移路线，逐项写明" in rows["转移安置"]
    assert "第一责任人电话" in rows["责任人和电话"]


def growing(clauses: tuple[Clause, ...]) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """The longest text that fits, and the next one, which does not."""
    while True:
        longer = tuple(replace(clause, text=f"{clause.text}{FILLER if clause.text else ''}") for clause in clauses)
        try:
            village_page(PAGE, longer)
        except PlansRepoError:
            return clauses, longer
        clauses = longer


@pytest.mark.libreoffice
def test_it_is_one_page_up_to_the_longest_text_that_is_not_refused(soffice: str, tmp_path: Path) -> None:
    longest, refused = growing(clauses_with(1))
    with pytest.raises(PlansRepoError) as refusal:
        village_page(PAGE, refused)
    assert (refusal.value.code, refusal.value.fields["field"]) == ("village-page-too-long", "责任人和电话")
    for name, data in (("short", village_page(PAGE, clauses_with(1))), ("long", village_page(PAGE, longest))):
        folder = tmp_path / name
        folder.mkdir()
        sheets = pages(converted(soffice, data, folder, "pdf"))
        assert len(sheets) == 1
        assert "abababababab" in "".join(sheets[0])


def test_it_satisfies_the_schema(tmp_path: Path) -> None:
    assert complaints(village_page(PAGE, clauses_with(1)), tmp_path) == []


def test_a_text_without_such_sections_is_refused() -> None:
    with pytest.raises(PlansRepoError, match="village-page-empty"):
        village_page(PAGE, ())


def test_equal_content_is_equal_bytes() -> None:
    assert village_page(PAGE, clauses_with(1)) == village_page(PAGE, clauses_with(1))


def said(page: VillagePage, clauses: tuple[Clause, ...]) -> str:
    return "\n".join(one.text for one in opened(village_page(page, clauses)).paragraphs)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.DRAFT, "草稿（未签署），不得张贴"),
        (Stage.APPROVAL, "草稿（未签署），不得张贴"),
        (Stage.SUPERSEDED, "已停用，不得张贴"),
    ],
)
def test_a_text_that_does_not_count_says_so_and_is_no_edition(stage: Stage, words: str) -> None:
    told = said(replace(PAGE, stage=stage), clauses_with(1))
    assert told.count(words) == 2
    assert "日版" not in told
    for counting in (Stage.ISSUED, Stage.IN_FORCE):
        told = said(replace(PAGE, stage=counting), clauses_with(1))
        assert "草稿" not in told
        assert "2026年11月22日版" in told


def test_it_says_who_signed_under_which_number_and_no_telephone_is_broken() -> None:
    page = replace(
        PAGE, signed_by="河沿村党支部书记 王立春", document_number="河沿村〔2026〕1号", issued_on=date(2026, 11, 20)
    )
    text = tuple(
        replace(one, text=one.text.replace("风险点，", "A岗0899-6620203、138 0013 8000，", 1))
        for one in clauses_with(1)
    )
    table = opened(village_page(page, text)).tables[0]
    assert [cell.text for cell in table.rows[-1].cells] == [
        "签署印发", "签署人：河沿村党支部书记 王立春　河沿村〔2026〕1号　2026年11月20日印发",
    ]  # fmt: skip
    assert "0899\u2060-\u20606620203、138\u00a00013\u00a08000" in table.rows[1].cells[1].text
    assert (
        "签署人"
        not in opened(village_page(replace(page, stage=Stage.NUMBERING), text)).tables[0].rows[-1].cells[1].text
    )


def test_what_is_still_open_is_counted_at_the_foot() -> None:
    open_text = tuple(
        replace(one, text=one.text.replace("风险点，逐项写明", "【待填：风险点】", 1)) for one in clauses_with(1)
    )
    assert "还有1处待填" in said(PAGE, open_text)
    assert "待填" not in said(PAGE, clauses_with(1))
