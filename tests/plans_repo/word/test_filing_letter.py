"""The draft of the filing letter says what the record holds, in the layout of an official document."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.filing.letter import LetterWords, filing_letter
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.work import Store
from plans_repo.word.filing_letter import filing_letter_paper
from tests.plans_repo.builders import a_body
from tests.plans_repo.conftest import StillClock
from tests.plans_repo.course.walking import EVERYBODY, OFFICE
from tests.plans_repo.filing.builders import issued, registered
from tests.plans_repo.word import office
from tests.plans_repo.word.checking import complaints

WORDS = LetterWords(
    number="青政〔2026〕31号", signer="顾延川", contact="王编，联系电话：0000-1234567", on=date(2026, 11, 25)
)


@pytest.fixture
def engine_name() -> str:
    """One engine is enough: nothing here depends on the database."""
    return "sqlite"


def a_county(store: Store) -> str:
    """The county government under a city; its id."""
    with store.work(EVERYBODY) as work:
        a_body(work, "云岭市人民政府", "/a/", OrganisationKind.GOVERNMENT)
        a_body(work, "云岭市应急管理局", "/a/", OrganisationKind.EMERGENCY_BUREAU)
        a_body(work, "云岭市水利局", "/a/", OrganisationKind.DEPARTMENT)
        return a_body(work, "青川县人民政府", "/a/b/", OrganisationKind.GOVERNMENT).id


def paper_of(store: Store, version: str, words: LetterWords | None = None) -> bytes:
    with store.reading(OFFICE) as work:
        return filing_letter_paper(filing_letter(work, version, words), author="王编", made_at=work.now)


def lines(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()] + cells


def test_it_tells_how_the_plan_came_about_to_whom_it_goes_and_what_goes_with_it(
    store: Store, clock: StillClock
) -> None:
    version = issued(store, kind=PlanKind.OVERALL, organisation=a_county(store))
    clock.forward(days=5)
    said = lines(paper_of(store, version, WORDS))
    assert said[:4] == [
        "青川县人民政府文件", "　青政〔2026〕31号\t签发人：顾延川",
        "青川县人民政府关于报送\n《某县第1号预案》备案的报告",
        "云岭市人民政府：",
    ]  # fmt: skip
    text = "\n".join(said)
    assert "于2026年11月20日经党委（常委会）会议审定，2026年11月20日以青政办发〔2026〕1号印发" in text
    assert "编制前形成了" in text
    assert "书面征求了2个单位意见，2个单位答复" in text
    assert "组织5名专家评审" in text
    assert "已同时径送云岭市应急管理局" in text
    assert said[-2].startswith("抄送：")
    assert said[-1] == "青川县人民政府办公室\t2026年11月25日印发"
    assert [line for line in said if "．" in line] == [
        "附件：1．某县第1号预案（青政办发〔2026〕1号）正式文本及电子文本", "　　　2．某县第1号预案编制（修订）说明",
    ]  # fmt: skip


def test_what_nobody_has_said_stays_open_and_what_is_missing_says_so(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bureau = a_body(work, "青川县水利局", "/a/b/", OrganisationKind.DEPARTMENT).id
        _plan, version = registered(work, plan_kind={"kind": PlanKind.DEPARTMENT, "organisation": bureau})
    said = "\n".join(lines(paper_of(store, version)))
    assert "〔2026〕　　号" in said
    assert "联系人：　　　" in said
    assert "（尚缺，报送前补齐）" in said
    assert "编制前形成了" not in said


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(PlansRepoError, match="document-number-malformed"):
        LetterWords(number="31号")


def test_an_enterprise_fills_in_the_application_form(store: Store, tmp_path: Path) -> None:
    with store.work(EVERYBODY) as work:
        mine = a_body(work, "青川县黑石煤矿", "/a/b/T/", OrganisationKind.ENTERPRISE).id
        a_body(work, "青川县应急管理局", "/a/b/", OrganisationKind.EMERGENCY_BUREAU)
        a_body(work, "青川县人民政府", "/a/b/", OrganisationKind.GOVERNMENT)
        _plan, version = registered(work, plan_kind={"kind": PlanKind.UNIT, "organisation": mine})
    data = paper_of(store, version)
    assert complaints(data, tmp_path) == []
    said = lines(data)
    assert said[0] == "生产经营单位生产安全事故\n应急预案备案申报表"
    assert "受理部门：青川县应急管理局" in said
    assert "青川县黑石煤矿" in said
    assert not any("签发人" in line or "抄送" in line for line in said)


def test_a_county_writes_a_letter_to_a_department_of_the_city_and_nobody_signs_in_its_head(
    store: Store, tmp_path: Path
) -> None:
    version = issued(store, kind=PlanKind.SPECIAL, organisation=a_county(store))
    words = LetterWords(number="青政函〔2026〕31号", on=date(2026, 11, 25))
    data = paper_of(store, version, words)
    assert complaints(data, tmp_path) == []
    document = docx.Document(io.BytesIO(data))
    assert document.sections[0].first_page_header.paragraphs[0].text == "青川县人民政府"
    said = lines(data)
    assert said[:3] == [
        "青政函〔2026〕31号",
        "青川县人民政府关于报送\n《某县第1号预案》备案的函",
        "云岭市水利局：",
    ]
    assert "特此函达，请予备案。" in said
    assert said[-1].startswith("抄送：云岭市应急管理局")
    assert not any(word in line for line in said for word in ("签发人", "文件", "报告如下", "印发日期"))
    with pytest.raises(PlansRepoError, match="letter-without-signer"):
        paper_of(store, version, LetterWords(signer="顾延川"))


def test_the_lines_of_a_letter_stand_where_the_standard_puts_them(store: Store, soffice: str, tmp_path: Path) -> None:
    version = issued(store, kind=PlanKind.SPECIAL, organisation=a_county(store))
    pages = office.pages(office.converted(soffice, paper_of(store, version), tmp_path, "pdf"))
    assert pages[0][0] == "青川县人民政府"
    assert "—1—" not in [line.replace(" ", "") for line in pages[0]]
    assert pages[-1][-2].startswith("抄送：")
    assert pages[-1][-1].replace(" ", "") == f"—{len(pages)}—"


def test_the_end_block_stands_at_the_foot_of_an_even_page(store: Store, soffice: str, tmp_path: Path) -> None:
    version = issued(store, kind=PlanKind.OVERALL, organisation=a_county(store))
    data = paper_of(store, version, WORDS)
    assert complaints(data, tmp_path) == []
    pages = office.pages(office.converted(soffice, data, tmp_path, "pdf"))
    assert len(pages) == 2
    assert pages[0][0] == "青川县人民政府文件"
    assert pages[1][-2].startswith("青川县人民政府办公室")
    assert pages[1][-1].replace(" ", "") == "—2—"
