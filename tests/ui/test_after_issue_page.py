"""印发后: what follows issue is entered on the page of the plan, each entry with what it asks for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from plans_repo import plans
from plans_repo.course import occasions, passage, terms
from plans_repo.course.drill_reports import drill_reports
from plans_repo.course.evaluation import Conclusion, evaluations
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.issuing_name import IssuedBy, IssuingName, issuing_name
from plans_repo.course.publication import PublishedForm, publications
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.course.training import trainings
from plans_repo.course.trial import TrialOutcome
from plans_repo.filing import filings
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.filing.opening import open_package
from plans_repo.filing.recipients import Duty
from plans_repo.filing.shares import FilingState
from plans_repo.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from tests.plans_repo.builders import some_clauses
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import papers
from tests.ui.conftest import Clock, sign_in
from tests.ui.filed import NUMBER, Filed, bureau, furnish
from tests.ui.planned import markup
from ui import downloads
from ui.installation import Installation

Open = Callable[..., AppTest]
PDF = ("凭证.pdf", b"%PDF-1.4 proof", "application/pdf")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filed]:
    data = tmp_path_factory.mktemp("after-issue")
    return data, furnish(data)


@pytest.fixture(scope="module")
def furnished(made: tuple[Path, Filed]) -> Path:
    return made[0]


@pytest.fixture
def known(made: tuple[Path, Filed]) -> Filed:
    return made[1]


@pytest.fixture
def after(app: Open, known: Filed) -> Open:
    """The part 印发后 of the flood plan, or of the mine's, as somebody sees it."""

    def opened(name: str, plan: str = "flood") -> AppTest:
        ids = (known.mine, known.mine_version) if plan == "mine" else (known.flood, known.version)
        return app(name, "plan_page.py", id=ids[0], v=ids[1], part="after")

    return opened


def asked(installation: Installation, question: Callable[[Work], Any]) -> Any:
    with installation.store.reading(EVERYBODY) as work:
        return question(work)


def test_a_text_not_yet_issued_offers_nothing(app: Open, installation: Installation) -> None:
    with installation.store.work(EVERYBODY) as work:
        plan = plans.create_plan(work, "青川县地震应急预案", kind=plans.PlanKind.SPECIAL, organisation=bureau(work)).id
        version = plans.make_version(work, plan, some_clauses(), reason="编制", trigger=Trigger.FIRST).id
    at = app("author", "plan_page.py", id=plan, v=version, part="after")
    assert "这一稿尚未印发" in markup(at)
    assert not {"keep-training", "keep-evaluation", "issuer-do"} & {button.key for button in at.button}


def test_papers_of_the_time_before_the_system_are_not_called_missing(app: Open, installation: Installation) -> None:
    with installation.store.work(EVERYBODY) as work:
        plan = plans.create_plan(work, "青川县停电应急预案", kind=plans.PlanKind.SPECIAL, organisation=bureau(work)).id
        version = plans.make_version(work, plan, some_clauses(), reason="编制", trigger=Trigger.FIRST).id
        paper = passage.Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="文.pdf", data=b"%PDF")
        passage.move(
            work, version, Move.REGISTER, reason="补录", attachments=[paper], on=date(2024, 3, 1),
            document_number="青政办发〔2024〕3号",
        )  # fmt: skip
    shown = markup(app("author", "plan_page.py", id=plan, v=version, part="after"))
    assert "系统中没有" in shown
    assert ">缺<" not in shown


def test_a_publication_names_channel_and_proof(after: Open, known: Filed, installation: Installation) -> None:
    at = after("filing")
    at.button(key="publish").click().run()
    assert len(at.error) == 1  # where it was published is not said
    assert asked(installation, lambda work: publications(work, known.version)) == ()
    at.text_input(key="pub-channel").set_value("县政府网站")
    at.file_uploader(key="pub-proof").set_value(PDF)
    at.button(key="publish").click().run()
    assert not at.error
    ((_deed, kept),) = asked(installation, lambda work: publications(work, known.version))
    assert (kept.form, kept.channel) == (PublishedForm.FULL, "县政府网站")
    assert "县政府网站" in markup(at)


def test_a_training_says_whom_it_reached(after: Open, known: Filed, installation: Installation) -> None:
    at = after("author")
    at.button(key="keep-training").click().run()
    assert len(at.error) == 1
    for day, refusals in ((date(2026, 11, 20), 1), (date(2026, 11, 21), 0)):  # the text was issued on the 21st
        at.text_input(key="training-subject").set_value("修订内容宣讲")
        at.text_input(key="training-audience").set_value("成员单位联络员")
        at.number_input(key="training-people").set_value(42)
        at.date_input(key="training-on").set_value(day)
        at.button(key="keep-training").click().run()
        assert len(at.error) == refusals
    ((deed, kept),) = asked(installation, lambda work: trainings(work, known.version))
    assert (deed.on, kept.subject, kept.people) == (date(2026, 11, 21), "修订内容宣讲", 42)
    assert "修订内容宣讲" in markup(at)


def test_an_evaluation_says_why_and_by_whom(after: Open, known: Filed, installation: Installation) -> None:
    at = after("author")
    at.button(key="keep-evaluation").click().run()
    assert len(at.error) == 1
    assert asked(installation, lambda work: evaluations(work, known.version)) == ()
    at.radio(key="eval-how").set_value(Conclusion.REVISE)
    at.text_area(key="eval-reasons").set_value("指挥机构已调整")
    at.text_input(key="eval-by").set_value("云岭应急研究院")
    at.checkbox(key="eval-third").check()
    at.file_uploader(key="eval-report").set_value(("评估报告.pdf", b"%PDF-1.4", "application/pdf"))
    at.button(key="keep-evaluation").click().run()
    assert not at.error
    ((_deed, kept),) = asked(installation, lambda work: evaluations(work, known.version))
    assert (kept.conclusion, kept.evaluator, kept.third_party) == (Conclusion.REVISE, "云岭应急研究院", True)
    assert "云岭应急研究院（第三方）" in markup(at)


def test_an_occasion_to_revise_is_entered_with_its_words(after: Open, known: Filed, installation: Installation) -> None:
    at = after("filing")
    at.button(key="keep-occasion").click().run()
    assert len(at.error) == 1
    at.selectbox(key="occ-trigger").set_value(Trigger.RISK)
    at.text_area(key="occ-summary").set_value("新增两处山洪危险区")
    at.button(key="keep-occasion").click().run()
    assert not at.error
    (kept,) = asked(installation, lambda work: occasions.occasions(work, known.flood))
    assert (kept.told.trigger, kept.told.summary, kept.is_open) == (Trigger.RISK, "新增两处山洪危险区", True)


def test_an_occasion_is_answered_with_a_reason(after: Open, known: Filed, installation: Installation) -> None:
    with installation.store.work(EVERYBODY) as work:
        told = occasions.OccasionTold(trigger=Trigger.RISK, summary="新增两处山洪危险区")
        occasions.open_occasion(work, known.flood, told)
    assert "answer-occasion" not in [one.key for one in after("filing").button]  # the author decides
    at = after("author")
    at.radio(key="occ-how").set_value(occasions.Answer.NOT_NEEDED)
    at.button(key="answer-occasion").click().run()
    assert "理由" in at.error[0].value
    assert asked(installation, lambda work: occasions.occasions(work, known.flood))[0].is_open
    at.text_input(key="occ-reason").set_value("已列入乡镇预案")
    at.button(key="answer-occasion").click().run()
    assert not at.error
    (kept,) = asked(installation, lambda work: occasions.occasions(work, known.flood))
    assert (kept.state, kept.answer.reason) == (occasions.OccasionState.NOT_NEEDED, "已列入乡镇预案")
    assert "已列入乡镇预案" in markup(at)


def test_a_receipt_on_paper_is_compared_by_a_second_person(
    after: Open, known: Filed, installation: Installation
) -> None:
    with installation.store.work(EVERYBODY) as work:
        lacking = filings.filing(work, known.version).missing
        to = "云陵市应急管理局"
        passage.move(
            work, known.version, Move.FILE, attachments=papers(*lacking), file_with=to, no_copies="没有其他部门"
        )
        said = filings.filing(work, known.version).sent
        passage.move(
            work, known.version, Move.RECEIVE_RECEIPT, attachments=papers(PaperKind.FILING_RECEIPT),
            document_number="云应急备〔2026〕9号", received_from=said.recipients[0].name if said else "",
        )  # fmt: skip
    at = after("author")
    assert any("回执待核对" in one.value and "云应急备〔2026〕9号" in one.value for one in at.warning)
    at.button(key="refuse-receipt").click().run()
    assert "理由" in at.error[0].value
    at.button(key="confirm-receipt").click().run()
    assert not at.error
    found = asked(installation, lambda work: filings.filing(work, known.version))
    assert (found.state, found.receipt.number) == (FilingState.RECEIPTED, "云应急备〔2026〕9号")


def test_a_trial_is_extended_or_made_permanent_with_a_reason(
    app: Open, installation: Installation, clock: Clock
) -> None:
    version = on_trial(installation)
    at = app("office", "plan_page.py", id=version.plan, v=version.id, part="after")
    assert "试行至 2027-02-28" in markup(at)
    at.radio(key="trial-how").set_value(TrialOutcome.EXTENDED)
    at.text_input(key="trial-reason").set_value("尚需检验")
    for until, said in ((None, "截止日期"), (date(2027, 2, 28), "2027-02-28")):
        at.date_input(key="trial-until").set_value(until)
        at.button(key="decide-trial").click().run()
        assert said in at.error[0].value
        assert term_of(installation, version.id).trial_until == date(2027, 2, 28)
    at.date_input(key="trial-until").set_value(date(2027, 8, 31))
    at.text_input(key="trial-reason").set_value(" ")
    at.button(key="decide-trial").click().run()
    assert "理由" in at.error[0].value
    at.text_input(key="trial-reason").set_value("尚需检验")
    at.button(key="decide-trial").click().run()
    assert "文件" in at.error[0].value
    by_document(at, "青应急发〔2026〕31号", date(2026, 11, 18))
    at.button(key="decide-trial").click().run()
    assert not at.error
    assert term_of(installation, version.id).trial_until == date(2027, 8, 31)
    entered = "青应急发〔2026〕31号（2026-11-18），2026-11-18 决定：延长试行，至 2027-08-31；2026-11-21 登记"
    assert entered in markup(at)

    clock.forward(days=300)
    at = app("office", "plan_page.py", id=version.plan, v=version.id, part="after")
    assert any("试行期已满" in one.value for one in at.warning)
    at.radio(key="trial-how").set_value(TrialOutcome.PERMANENT)
    at.text_input(key="trial-reason").set_value("试行效果良好")
    by_document(at, "青应急发〔2027〕8号", date(2027, 9, 10))
    at.button(key="decide-trial").click().run()
    assert not at.error
    assert term_of(installation, version.id).trial_until is None
    assert "decide-trial" not in [one.key for one in at.button]
    assert not [one for one in at.warning if "试行期已满" in one.value]

    at = app("office", "plan_page.py", id=version.plan, v=version.id, part="moves")
    at.selectbox(key="move").set_value(Move.ABOLISH).run()
    at.text_area(key="reason-abolish").set_value("并入总体预案")
    at.file_uploader(key="paper-abolish-abolition_decision").set_value(PDF)
    at.button(key="do-move").click().run()
    assert "落款日期" in at.error[0].value
    at.text_input(key="ending-number").set_value("青应急发〔2027〕9号")
    at.date_input(key="ending-dated").set_value(date(2027, 9, 12))
    at.date_input(key="ending-on").set_value(date(2027, 12, 31))
    at.button(key="do-move").click().run()
    assert not at.error
    assert term_of(installation, version.id).ended_on == date(2027, 12, 31)


def by_document(at: AppTest, number: str, day: date) -> None:
    """The document that decides on a trial, by its number, day and scan."""
    at.text_input(key="trial-number").set_value(number)
    at.date_input(key="trial-dated").set_value(day)
    at.file_uploader(key="trial-paper").set_value(PDF)


def on_trial(installation: Installation) -> plans.Version:
    """A plan entered as issued on trial until the end of February."""
    with installation.store.work(EVERYBODY) as work:
        plan = plans.create_plan(
            work, "青川县应急管理局低温雨雪冰冻灾害应急预案", kind=PlanKind.DEPARTMENT, organisation=bureau(work)
        ).id
        version = plans.make_version(work, plan, some_clauses(), reason="编制", trigger=Trigger.FIRST)
        passage.move(
            work, version.id, Move.REGISTER, reason="补录", attachments=papers(PaperKind.ISSUED_DOCUMENT),
            document_number="青应急发〔2026〕9号", on=date(2026, 3, 2),
            notice=IssuingNotice(trial_until=date(2027, 2, 28)),
        )  # fmt: skip
    return version


def term_of(installation: Installation, version: str) -> terms.Term:
    found: terms.Term = asked(installation, lambda work: passage.passage(work, version).term)
    return found


def test_a_short_version_needs_its_text_and_what_was_withheld(
    after: Open, known: Filed, installation: Installation
) -> None:
    at = after("filing")
    at.radio(key="pub-form").set_value(PublishedForm.SHORT)
    at.text_input(key="pub-channel").set_value("县政府网站")
    at.file_uploader(key="pub-proof").set_value(PDF)
    for give in (
        lambda: None,
        lambda: at.text_input(key="pub-withheld").set_value("联系电话，涉及个人信息"),
    ):
        give()
        at.button(key="publish").click().run()
        assert len(at.error) == 1
        assert asked(installation, lambda work: publications(work, known.version)) == ()
    at.file_uploader(key="pub-short").set_value(("简本.pdf", b"%PDF-1.4 short", "application/pdf"))
    at.button(key="publish").click().run()
    assert not at.error
    ((_deed, kept),) = asked(installation, lambda work: publications(work, known.version))
    assert (kept.form, kept.withheld) == (PublishedForm.SHORT, "联系电话，涉及个人信息")


def test_the_issuing_name_is_entered_and_corrected(after: Open, known: Filed, installation: Installation) -> None:
    at = after("office")
    assert "印发名义：未登记" in markup(at)
    assert "issuer-paper" not in [one.key for one in at.file_uploader]  # the red-head original is there already
    kinds = list(IssuedBy)
    for kind, post in ((IssuedBy.GOVERNMENT_OFFICE, "常务副县长"), (IssuedBy.HEADQUARTERS, "指挥长")):
        at.selectbox(key="issuer-by").set_value(kinds.index(kind))
        at.text_input(key="issuer-post").set_value(post)
        at.button(key="issuer-do").click().run()
        assert not at.error
        stand = asked(installation, lambda work: passage.passage(work, known.version))
        kept = asked(installation, lambda work, course=stand.course: issuing_name(work, known.flood, course))
        assert kept == IssuingName(issued_by=kind, signed_by=post)
        assert f"签发人职务：{post}" in markup(at)
    assert "issuer-do" not in [button.key for button in after("evaluator").button]


def test_a_reported_drill_is_entered_for_a_unit_with_its_paper(
    after: Open, known: Filed, installation: Installation
) -> None:
    assert "演练情况报送" not in [title.value for title in after("author").subheader]  # a county's plan asks for none
    at = after("author", "mine")
    at.date_input(key="drill-report-drilled").set_value(date(2026, 11, 10))
    at.date_input(key="drill-report-on").set_value(date(2026, 11, 9))
    at.text_input(key="drill-report-to").set_value("青川县应急管理局")
    at.text_input(key="drill-report-what").set_value("透水事故现场处置演练")
    at.file_uploader(key="drill-report-paper").set_value(("演练情况.pdf", b"%PDF-1.4", "application/pdf"))
    at.button(key="drill-report-do").click().run()
    assert "不能早于演练" in at.error[0].value
    assert asked(installation, lambda work: drill_reports(work, known.mine)) == ()
    at.date_input(key="drill-report-on").set_value(date(2026, 11, 12))
    at.button(key="drill-report-do").click().run()
    assert not at.error
    ((deed, kept),) = asked(installation, lambda work: drill_reports(work, known.mine))
    assert (deed.on, kept.drilled_on, kept.to) == (date(2026, 11, 12), date(2026, 11, 10), "青川县应急管理局")
    assert "透水事故现场处置演练" in markup(at)
    present = {one.kind for one in asked(installation, lambda work: passage.passage(work, known.mine_version)).papers}
    assert PaperKind.DRILL_RECORD in present


def test_the_letter_of_a_filing_carries_what_the_form_says(after: Open, known: Filed, browser: TestClient) -> None:
    """To a bureau of the city a county's government writes a letter, which nobody signs by name; a report is signed."""
    at = after("filing")
    plain = downloads.address("filing-letter", known.version, form="letter")
    assert f'href="{plain.replace("&", "&amp;")}"' in markup(at)
    assert "letter-signer" not in [one.key for one in at.text_input]
    said = {"number": "青政函〔2026〕31号", "issuer": "青川县人民政府", "contact": "苗守档 5512346"}
    for name, words in said.items():
        at.text_input(key=f"letter-{name}").set_value(f" {words} ")
    at.date_input(key="letter-on").set_value(date(2026, 11, 21))
    at.run()
    address = downloads.address("filing-letter", known.version, **said, form="letter", on="2026-11-21")
    assert f'href="{address.replace("&", "&amp;")}"' in markup(at)
    assert sign_in(browser, "filing").status_code == 303
    words = letter(browser, address)
    for one in (*said.values(), "2026年11月21日", NUMBER):
        assert one in words, one

    at.selectbox(key="letter-kind-letter").set_value(LetterKind.REPORT).run()
    at.text_input(key="letter-signer").set_value("秦临川").run()
    report = downloads.address(
        "filing-letter", known.version, **(said | {"signer": "秦临川", "form": "report"}), on="2026-11-21"
    )
    shown = re.findall(r'href="([^"]*filing-letter[^"]*)"', markup(at))
    assert parts(shown[0]) == parts(report)
    assert "秦临川" in letter(browser, shown[0].replace("&amp;", "&"))


def letter(browser: TestClient, address: str) -> str:
    """The words of the letter behind an address, those of its tables too."""
    document = Document(io.BytesIO(browser.get(address).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def parts(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address.replace("&amp;", "&")).query)


def test_recipients_are_named_with_a_reason_and_the_package_is_made_with_its_papers(
    after: Open, known: Filed, installation: Installation
) -> None:
    at = after("filing")
    at.button(key="make-package").click().run()
    assert len(at.error) == 1
    assert not at.get("download_button")
    before = asked(installation, lambda work: filings.filing(work, known.version)).destination.recipients
    at.text_input(key="recipient-1").set_value("云陵市水利局")
    at.button(key="choose-route").click().run()
    assert len(at.error) == 1  # changed without a reason
    assert asked(installation, lambda work: filings.filing(work, known.version)).destination.recipients == before
    at.text_input(key="route-reason").set_value("水利局是牵头部门")
    at.button(key="choose-route").click().run()
    assert not at.error
    found = asked(installation, lambda work: filings.filing(work, known.version))
    assert found.destination.recipients[0] == replace(before[0], name="云陵市水利局", organisation=None)
    at.text_input(key="recipient-2").set_value(" 云陵市人民政府 ")  # a body of this installation, however it is typed
    at.text_area(key="route-more").set_value("云陵市气象局\n\n 云陵市水文局 ")
    at.text_input(key="route-reason").set_value("市政府要求抄送")
    at.button(key="choose-route").click().run()
    settled = asked(installation, lambda work: filings.filing(work, known.version)).destination.recipients
    assert [(one.duty, one.name) for one in settled[-2:]] == [
        (Duty.COPY, "云陵市气象局"), (Duty.COPY, "云陵市水文局"),
    ]  # fmt: skip
    second = settled[1]
    assert second.name == "云陵市人民政府"
    assert second.organisation is not None
    at.button(key="make-package").click().run()
    assert "备案文书" in at.error[0].value  # a paper the rule asks for is missing
    with installation.store.work(EVERYBODY) as work:
        for paper in papers(*found.missing):
            passage.attach(work, known.version, paper)
    at = after("filing")
    at.button(key="make-package").click().run()
    assert not at.error
    data = at.session_state["package"][1]
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert open_package(data, "F.zip").manifest.document_number == NUMBER


def test_nobody_but_who_may_sees_the_forms(after: Open, known: Filed, installation: Installation) -> None:
    keys = {"publish", "keep-training", "keep-evaluation", "keep-occasion", "issuer-do", "make-package", "choose-route"}
    assert not keys & {button.key for button in after("evaluator").button}
    assert asked(installation, lambda work: passage.passage(work, known.version)).stage is Stage.ISSUED
