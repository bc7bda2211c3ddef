"""Many villages at once: a plan for each row of a sheet, or none."""

import contextlib
import csv
import io
import random
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook, load_workbook

from plans_repo import importing, plans
from plans_repo.course.holders import holders
from plans_repo.course.stages import Move
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind, organisations
from plans_repo.store import accounts
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from plans_repo.text.rendering import plain_text
from plans_repo.writing.batch import begin_village_plans, faults, village_sheet
from plans_repo.writing.sheet import VILLAGE, SheetRow, asked, rows_of
from plans_repo.writing.template import template
from tests.plans_repo.conftest import person
from tests.plans_repo.text.mutations import PLAIN, ZIPPED
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies
from ui.wording.errors import worded

VILLAGES = template("village")


def sheet(*rows: Sequence[str], heads: Sequence[str] = (VILLAGE, "风险点", "安置点及容纳人数")) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (heads, *rows):
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FIVE = [[f"第{at}村", f"风险{at}", f"小学{at}，200人"] for at in range(1, 6)]


def read_or_refused(data: bytes) -> tuple[SheetRow, ...] | str:
    """The rows of a sheet, or the code of its refusal."""
    try:
        return rows_of(data, "a.xlsx", VILLAGES)
    except PlansRepoError as refused:
        return refused.code


def test_a_sheet_with_damaged_bytes_is_read_whole_or_refused_with_a_code() -> None:
    good = sheet(*FIVE)
    found = [read_or_refused(PLAIN[at % len(PLAIN)](good, random.Random(at))) for at in range(150)]
    whole = [one for one in found if not isinstance(one, str)]
    assert all(one == rows_of(good, "a.xlsx", VILLAGES) for one in whole)
    assert {one for one in found if isinstance(one, str)} == {"sheet-unreadable"}
    assert 5 < len(whole) < len(found) - 100


def test_a_sheet_whose_parts_were_tampered_with_becomes_every_plan_or_none(store: Store) -> None:
    good, township = sheet(*FIVE), a_township(store)
    tampered = [mutation for mutation in dict.fromkeys(ZIPPED) if mutation not in PLAIN]
    found = [read_or_refused(tampered[at % len(tampered)](good, random.Random(at))) for at in range(150)]
    codes = {one for one in found if isinstance(one, str)}
    altered: list[tuple[SheetRow, ...]] = []
    for one in found:
        if not isinstance(one, str) and one not in altered:
            altered.append(one)
    assert "sheet-unreadable" in codes
    assert all(code.startswith("sheet-") for code in codes)
    assert {len(rows) for rows in altered} == {len(FIVE)}
    assert {plans_left_behind(store, township, rows) for rows in altered[:6]} <= {0, len(FIVE)}


def plans_left_behind(store: Store, township: str, rows: Sequence[SheetRow]) -> int:
    """How many plans a sheet leaves behind, be it taken or refused; they are taken back again."""
    with contextlib.suppress(UndoneError), store.work(EVERYBODY) as work:
        with contextlib.suppress(PlansRepoError):
            begin_village_plans(work, township, rows)
        made = len(plans.list_plans(work))
        raise UndoneError
    return made


class UndoneError(Exception):
    """Takes back what a test stored."""


def a_township(store: Store) -> str:
    with store.work(EVERYBODY) as work:
        return bodies(work)["临河县柳渡镇人民政府"].id


def test_the_sheet_goes_out_with_the_villages_and_comes_back_filled(store: Store) -> None:
    township = a_township(store)
    with store.reading(EVERYBODY) as work:
        data = village_sheet(work, township)
    book = load_workbook(io.BytesIO(data))
    page = book.active
    assert page is not None
    heads = [str(cell.value) for cell in page[1]]
    assert heads == [VILLAGE, *(field.label for field in asked(VILLAGES))]
    assert "所属乡镇（街道）" not in heads  # the township is known
    assert page.cell(3, 1).value == "东岸村"
    page.cell(3, heads.index("风险点") + 1).value = "外堤\n0+300"
    out = io.BytesIO()
    book.save(out)
    (row,) = rows_of(out.getvalue(), "a.xlsx", VILLAGES)
    assert (row.number, row.village, row.answers["risk_points"]) == (3, "东岸村", "外堤 0+300")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_sheet_is_read_too(encoding: str) -> None:
    words = io.StringIO()
    csv.writer(words).writerows([[VILLAGE, "风险点"], ["东岸村", "外堤，0+300"], ["", ""]])
    assert rows_of(words.getvalue().encode(encoding), "a.CSV", VILLAGES) == (
        SheetRow(number=2, village="东岸村", answers={"risk_points": "外堤，0+300"}),
    )


def test_every_row_becomes_a_plan_of_its_village(store: Store) -> None:
    township = a_township(store)
    rows = rows_of(sheet(("东岸村", "外堤", "小学"), ("西岸村", "", "")), "a.xlsx", VILLAGES)
    with store.work(EVERYBODY) as work:
        made = begin_village_plans(work, township, rows)
        villages = [body.name for body in organisations(work) if body.kind is OrganisationKind.VILLAGE]
        words = plain_text(importing.show(work, made[0].plan).clauses)
    assert [one.title for one in made] == ["临河县柳渡镇东岸村突发事件应急预案", "临河县柳渡镇西岸村突发事件应急预案"]
    assert sorted(villages) == ["临河县柳渡镇东岸村", "临河县柳渡镇西岸村"]
    assert "风险点：外堤" in words
    assert "安置点：小学" in words
    assert len(made[0].blanks) == len(made[1].blanks) - 2


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("", "外堤")], ["village-without-name"]),
        ([("西岸村", "甲"), ("西岸村", "乙")], ["village-twice"]),
        ([("西岸村", "字" * 2001), ("", "乙")], ["answer-too-long", "village-without-name"]),
    ],
)
def test_one_bad_row_keeps_every_plan_from_being_made(
    store: Store, rows: list[tuple[str, str]], codes: list[str]
) -> None:
    township = a_township(store)
    read = rows_of(sheet(*rows, ("南岸村", "丁"), heads=(VILLAGE, "风险点")), "a.xlsx", VILLAGES)
    with store.reading(EVERYBODY) as work:
        assert [fault.code for fault in faults(work, township, read)] == codes
    with pytest.raises(PlansRepoError, match="sheet-row-unfit"), store.work(EVERYBODY) as work:
        begin_village_plans(work, township, read)
    with store.reading(EVERYBODY) as work:
        assert plans.list_plans(work) == ()
        assert len(organisations(work)) == 8


@pytest.mark.parametrize(
    ("head", "answer", "codes"),
    [
        ("24小时值班电话", "找村长", ["row-duty-phone"]),
        ("24小时值班电话", "1381234", ["row-duty-phone"]),
        ("24小时值班电话", "0571-87654321、13812345678", []),
        ("第一责任人电话", "无", ["row-head-phone"]),
        ("首次报告时限", "尽量快", ["row-first-report-limit"]),
        ("首次报告时限", "30分钟内电话报告、1小时内书面报告", []),
    ],
)
def test_telephones_and_the_report_limit_are_read_with_the_sheet(
    store: Store, head: str, answer: str, codes: list[str]
) -> None:
    township = a_township(store)
    read = rows_of(sheet(("西岸村", answer), heads=(VILLAGE, head)), "a.xlsx", VILLAGES)
    with store.reading(EVERYBODY) as work:
        found = faults(work, township, read)
    assert [one.code for one in found] == codes
    for one in found:
        assert worded(one.code, one.fields).startswith("第 2 行“西岸村”的")


def test_a_village_under_two_ways_of_writing_its_name_stands_twice(store: Store) -> None:
    township = a_township(store)
    read = rows_of(sheet(("西岸村", "外堤"), ("柳渡镇西岸村", "外堤"), heads=(VILLAGE, "风险点")), "a.xlsx", VILLAGES)
    with store.reading(EVERYBODY) as work:
        assert [one.code for one in faults(work, township, read)] == ["village-twice"]


def test_the_author_of_the_township_has_the_plan_of_a_village_before_him(store: Store) -> None:
    township = a_township(store)
    rows = rows_of(sheet(("东岸村", "外堤", "")), "a.xlsx", VILLAGES)
    with store.work(EVERYBODY) as work:
        (made,) = begin_village_plans(work, township, rows)
    with store.work(person("sysadmin", Role.SYSTEM_ADMINISTRATOR)) as work:
        accounts.create_account(
            work,
            "tw_author",
            "a long passphrase 1",
            display_name="镇编制人",
            roles=(Role.PLAN_AUTHOR,),
            organisation=township,
        )
    with store.reading(EVERYBODY) as work:
        (waiting,) = (one for one in holders(work, made.version) if one.move is Move.CONSULT)
    assert waiting.people == ("镇编制人",)


def test_a_village_that_has_a_plan_is_left_alone(store: Store) -> None:
    township = a_township(store)
    rows = rows_of(sheet(("东岸村", "外堤", "")), "a.xlsx", VILLAGES)
    with store.work(EVERYBODY) as work:
        begin_village_plans(work, township, rows)
    with store.reading(EVERYBODY) as work:
        assert [fault.code for fault in faults(work, township, rows)] == ["village-plan-exists"]


def test_a_township_writes_for_its_own_villages_only_and_the_village_with_it(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
    township, village = found["临河县柳渡镇人民政府"], found["临河县柳渡镇东岸村"]
    clerk = person("clerk", Role.PLAN_AUTHOR, organisation=township.id)
    rows = rows_of(sheet(("东岸村", "外堤", "")), "a.xlsx", VILLAGES)
    with store.work(clerk) as work:
        (made,) = begin_village_plans(work, township.id, rows)
    for who in (clerk, person("head", Role.PLAN_AUTHOR, organisation=village.id)):
        with store.reading(who) as work:
            assert [plan.id for plan in plans.list_plans(work)] == [made.plan]
    stranger = person("stranger", Role.PLAN_AUTHOR, organisation=found["临河县黑石煤矿"].id)
    with store.reading(stranger) as work:
        assert plans.list_plans(work) == ()
    with pytest.raises(NotAllowed), store.work(stranger) as work:
        begin_village_plans(work, township.id, rows_of(sheet(("北岸村", "外堤", "")), "a.xlsx", VILLAGES))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "sheet-unreadable"),
        (b"not a zip", "a.xlsx", "sheet-unreadable"),
        (sheet(("东岸村",))[:-200], "a.xlsx", "sheet-unreadable"),
        (bomb(), "a.xlsx", "sheet-too-large"),
        (b"0" * 10_000_001, "a.csv", "sheet-too-large"),
        (b"\xff\xfe\x00", "a.csv", "sheet-unreadable"),
        (b"", "a.csv", "sheet-without-rows"),
        (sheet(heads=(VILLAGE,)), "a.xlsx", "sheet-without-rows"),
        (sheet(("东岸村", "x"), heads=(VILLAGE, "身高")), "a.xlsx", "sheet-columns"),
        (sheet(("x",), heads=("风险点",)), "a.xlsx", "sheet-columns"),
        (sheet(("东岸村", "x", "y"), heads=(VILLAGE, "风险点", "风险点")), "a.xlsx", "sheet-column-twice"),
        (("村（社区）名称\n" + "甲村\n" * 2001).encode(), "a.csv", "sheet-too-long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sheet_that_cannot_be_used_is_refused_with_its_name(data: bytes, name: str, code: str) -> None:
    with pytest.raises(PlansRepoError) as refusal:
        rows_of(data, name, VILLAGES)
    assert (refusal.value.code, refusal.value.fields["file"]) == (code, name)
