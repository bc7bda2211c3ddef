"""备案: what goes out, what comes in, what is answered, and whose the keys are; on the pages of both sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.filing import correspondents, filings, held, inbox
from plans_repo.filing.answering import answer_file, enter_answer
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.making import make_package
from plans_repo.filing.opening import open_package
from plans_repo.filing.receiving import receive
from plans_repo.filing.review import review
from plans_repo.filing.shares import FilingState
from plans_repo.store.work import Store, Work, new_uuid
from tests import databases
from tests.plans_repo.conftest import StillClock
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import OFFICE, UPPER, issued, made, papers
from tests.ui.conftest import Clock
from tests.ui.filed import NUMBER, Filed, furnish
from tests.ui.planned import actor, markup
from ui.installation import Installation
from ui.todos.filing import papers_asked_for
from ui.wording.codes import PAPERS

Open = Callable[..., AppTest]
PAGE = "filing_page.py"
BEYOND = "风险评估报告（超出法定备案材料，理由：正文风险底数与上年不一致）"


@pytest.fixture(scope="module")
def known_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filed]:
    data = tmp_path_factory.mktemp("filing")
    return data, furnish(data)


@pytest.fixture(scope="module")
def furnished(known_in: tuple[Path, Filed]) -> Path:
    return known_in[0]


@pytest.fixture
def known(known_in: tuple[Path, Filed]) -> Filed:
    return known_in[1]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """Another installation, without pages."""
    yield from a_store(tmp_path / "elsewhere")


@pytest.fixture
def third(tmp_path: Path) -> Iterator[Store]:
    yield from a_store(tmp_path / "third")


def a_store(home: Path) -> Iterator[Store]:
    databases.new_file(home)
    store = Store.in_directory(home, clock=StillClock(), new_id=new_uuid)
    yield store
    store.close()


def asked(installation: Installation, question: Callable[[Work], Any], name: str = "") -> Any:
    with installation.store.reading(actor(installation, name) if name else EVERYBODY) as work:
        return question(work)


def sent(installation: Installation, known: Filed) -> None:
    made(installation.store, OFFICE, known.version, Move.FILE)


def test_what_is_to_be_sent_is_listed_with_its_recipient_and_its_letter(app: Open, known: Filed) -> None:
    shown = markup(app("filing", PAGE))
    assert NUMBER in shown
    assert f"id={known.flood}" in shown
    assert "云陵市应急管理局" in shown
    assert f"filing-letter/{known.version}" in shown
    assert "待报送" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_counter_of_filing_leads_to_the_rows_it_counts(app: Open, clock: Clock, lang: str) -> None:
    clock.forward(days=60)
    shown = markup(app("filing", PAGE, lang=lang))
    ways = re.findall(r'<a href="/filing\?(due|only)=(\w+)"[^>]*yy-counter[^>]*><b>(\d+)</b>', shown)
    assert {code for _key, code, _count in ways} == {"late", "soon", "to_send", "waiting"}
    for key, code, count in ways:
        listed = markup(app("filing", PAGE, lang=lang, **{key: code}))
        part = listed[listed.index("yy-account") :]
        table = part[: part.index("</tbody>")] if int(count) else ""
        assert table.count("<tr>") - bool(table) == int(count), code


def test_a_reader_who_neither_files_nor_receives_sees_no_forms(app: Open) -> None:
    at = app("evaluator", PAGE)
    assert not {"receive-package", "enter-answer", "give", "confirm-key"} & {button.key for button in at.button}
    assert "本单位报送" not in [title.value for title in at.subheader]


def test_what_was_filed_is_answered_on_the_page_of_the_upper_body(
    app: Open, known: Filed, installation: Installation
) -> None:
    sent(installation, known)
    at = app("city", PAGE)
    assert NUMBER in markup(at)
    (came,) = asked(installation, inbox.inbox, "city")
    ask = next(button for button in at.button if button.label == "告知补正")
    ask.click().run()
    assert len(at.error) == 1  # nothing is named
    at.checkbox(key=f"missing-{came.id}-explanation").check()
    at.text_input(key=f"beyond-{came.id}").set_value("风险评估报告")
    press(at, "告知补正", key="ask")
    assert "法定备案材料为" in at.error[0].value  # no rule asks for it, and nobody said why
    at.text_input(key=f"beyond-reason-{came.id}").set_value("正文风险底数与上年不一致")
    press(at, "告知补正", key="ask")
    assert not at.error
    found = asked(installation, lambda work: filings.filing(work, known.version))
    assert (found.state, found.request.missing) == (FilingState.SUPPLEMENT_ASKED, ("编制（修订）说明", BEYOND))
    (desk,) = asked(installation, lambda work: list(papers_asked_for(work)), "filing")
    assert (BEYOND in desk.duty, desk.due_on) == (True, found.request.bring_by)

    there = app("filing", "plan_page.py", id=known.flood, v=known.version, part="after")
    assert any(f"编制（修订）说明；{BEYOND}" in one.value for one in there.warning)
    there.button(key="send-supplement").click().run()
    assert "材料" in there.error[0].value  # nothing was chosen
    assert asked(installation, lambda work: filings.filing(work, known.version)).state is FilingState.SUPPLEMENT_ASKED
    there.file_uploader(key="supplement-files").set_value([("汇总表.pdf", b"%PDF-1.4 a", "application/pdf")])
    there.button(key="send-supplement").click().run()
    assert not there.error
    assert asked(installation, lambda work: filings.filing(work, known.version)).state is FilingState.SENT

    at = app("city", PAGE)
    assert "已补正，待核对" in markup(at)
    assert "收到补正材料：" in markup(at)
    assert "汇总表.pdf" in markup(at)
    assert next(button for button in at.button if button.label == "告知补正").disabled  # told once only
    at.text_input(key=f"receipt-number-{came.id}").set_value("云应急备〔2026〕9号")
    next(button for button in at.button if button.label == "予以备案").click().run()
    assert not at.error
    found = asked(installation, lambda work: filings.filing(work, known.version))
    assert (found.state, found.receipt.number) == (FilingState.RECEIPTED, "云应急备〔2026〕9号")
    assert "云应急备〔2026〕9号" in markup(app("filing", PAGE))


def test_the_review_names_every_paper_and_a_filing_is_returned_with_its_reason(
    app: Open, known: Filed, installation: Installation
) -> None:
    sent(installation, known)
    (came,) = asked(installation, inbox.inbox, "city")
    papers_of = asked(installation, lambda work: review(work, came.id), "city").papers
    at = app("city", PAGE)
    table = markup(at)[markup(at).index("应有材料") :]
    rows = re.findall(r"<tr><td[^>]*>([^<]+)</td><td[^>]*><span[^>]*>(有|缺)</span>", table)
    assert rows == [*((PAPERS[kind], "有" if is_there else "缺") for kind, is_there in papers_of), ("电子文本", "有")]
    checked = [box.label for box in at.checkbox if str(box.key).startswith("missing-") and box.value]
    assert checked == [PAPERS[kind] for kind in came.missing]

    press(at, "退回", key="return")
    assert len(at.error) == 1  # no reason is given
    assert asked(installation, lambda work: filings.filing(work, known.version)).state is FilingState.SENT
    at.text_input(key=f"return-reason-{came.id}").set_value("未经县政府常务会议审议")
    press(at, "退回", key="return")
    assert not at.error
    assert any("已退回" in one.value for one in at.success)
    assert not [button for button in at.button if button.key in ("give", "ask", "return")], "nothing is left to answer"
    assert "已退回" in markup(at)

    there = app("filing", "plan_page.py", id=known.flood, v=known.version, part="after")
    assert any("退回：未经县政府常务会议审议" in one.value for one in there.warning)
    assert "退回：未经县政府常务会议审议，请办理后重新报送" in markup(app("filing"))


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("予以备案", "告知补正", "退回")), ("en", ("Put on file", "Tell what is missing", "Send back"))],
)
def test_a_late_filing_is_told_to_who_checks_it_in_either_language(
    app: Open, known: Filed, installation: Installation, clock: Clock, lang: str, words: tuple[str, ...]
) -> None:
    clock.forward(days=60)
    sent(installation, known)
    at = app("city", PAGE, lang=lang)
    late = ("逾期", "late")[lang == "en"]
    assert any(late in one.value for one in at.warning)
    labels = " ".join(button.label for button in at.button if button.key in ("give", "ask", "return"))
    assert all(word in labels for word in words), labels


def test_a_package_that_came_as_a_file_is_taken_in_and_its_key_checked(
    app: Open, installation: Installation, elsewhere: Store
) -> None:
    version = issued(elsewhere, 7)
    data = packed(elsewhere, version)
    at = app("city", PAGE)
    press(at, "核对并接收")
    assert "请先选择文件" in at.error[0].value
    at.file_uploader(key="package-file").set_value(("坏.zip", b"PK\x05\x06" + bytes(18), "application/zip"))
    press(at, "核对并接收")
    assert len(at.error) == 1
    assert asked(installation, inbox.inbox, "city") == ()
    at.file_uploader(key="package-file").set_value(("备案包.zip", data, "application/zip"))
    press(at, "核对并接收")
    assert not at.error
    assert any("青政办发〔2026〕7号" in one.value for one in at.success)
    (came,) = asked(installation, inbox.inbox, "city")
    assert came.is_from_outside

    at = app("city", PAGE)
    (seen,) = asked(installation, correspondents.seen_keys, "city")
    assert seen.standing is KeyStanding.UNCONFIRMED
    assert seen.fingerprint in markup(at)
    field(at, "属于哪个单位").set_value("某县人民政府")
    press(at, "登记", key="confirm-key")
    assert len(at.error) == 1  # how it was checked is not said
    at.text_input(key="key-note").set_value("11月20日与对方备案科电话核对")
    press(at, "登记", key="confirm-key")
    assert not at.error
    (noted,) = asked(installation, correspondents.correspondents, "city")
    assert (noted.fingerprint, noted.body, noted.note) == (
        seen.fingerprint, "某县人民政府", "11月20日与对方备案科电话核对"
    )  # fmt: skip


def test_the_answer_of_another_installation_is_entered(
    app: Open, known: Filed, installation: Installation, elsewhere: Store
) -> None:
    data = packed(installation.store, known.version)
    with elsewhere.work(UPPER) as work:
        got = receive(work, open_package(data, "F.zip"))
        inbox.give_receipt(work, got.filing, "云备〔2026〕3号")
        answer = answer_file(work, got.filing, as_zip=False)
    sent(installation, known)
    at = app("filing", PAGE)
    press(at, "导入", key="enter-answer")
    assert "请先选择文件" in at.error[0].value
    at.file_uploader(key="answer-file").set_value(
        ("回执.json", answer.replace(b"2026", b"2025", 1), "application/json")
    )
    press(at, "导入", key="enter-answer")
    assert len(at.error) == 1
    assert asked(installation, lambda work: filings.filing(work, known.version)).state is FilingState.SENT
    at.file_uploader(key="answer-file").set_value(("回执.json", answer, "application/json"))
    press(at, "导入", key="enter-answer")
    assert not at.error
    (warned,) = at.warning  # nobody has checked the key: the answer waits, with what to do about it
    assert "云陵市应急管理局" in warned.value
    assert "密钥" in warned.value
    assert asked(installation, lambda work: filings.filing(work, known.version)).state is FilingState.SENT
    (waits,) = asked(installation, held.waiting, "filing")
    assert waits.fingerprint in warned.value

    at.text_input(key="key-note").set_value("11月21日与市局备案科电话核对")
    press(at, "登记", key="confirm-key")
    assert not at.error
    assert not at.warning
    assert any("可以采纳" in one.value for one in at.info)
    press(at, "采纳", key=f"accept-{waits.id}")
    assert not at.error
    assert any("云备〔2026〕3号" in one.value for one in at.success)
    assert "云备〔2026〕3号" in markup(at)  # in the table too, not on the next visit only
    found = asked(installation, lambda work: filings.filing(work, known.version))
    assert (found.state, found.receipt.number) == (FilingState.RECEIPTED, "云备〔2026〕3号")
    assert asked(installation, held.waiting, "filing") == ()
    assert asked(installation, lambda work: plans.plan(work, known.flood)).state is Stage.FILED


def test_an_answer_under_a_key_checked_before_counts_at_once(
    app: Open, known: Filed, installation: Installation, elsewhere: Store
) -> None:
    data = packed(installation.store, known.version)
    with elsewhere.work(UPPER) as work:
        got = receive(work, open_package(data, "F.zip"))
        inbox.ask_supplement(work, got.filing, ("explanation",))
        request = answer_file(work, got.filing, as_zip=True)
        inbox.give_receipt(work, got.filing, "云备〔2026〕4号")
        receipt = answer_file(work, got.filing, as_zip=False)
    with installation.store.work(actor(installation, "filing")) as work:
        first = enter_answer(work, request, "补正告知.zip")
        correspondents.confirm_key(work, first.fingerprint, first.receiver, note="当面核对")
    at = app("filing", PAGE)
    for file, name in ((request, "补正告知.zip"), (receipt, "回执.json")):
        at.file_uploader(key=next(one.key for one in at.file_uploader if one.key.startswith("answer-file"))).set_value(
            (name, file, "application/octet-stream")
        )
        press(at, "导入", key="enter-answer")
        assert not at.error
        if file is request:
            assert any("编制（修订）说明" in one.value for one in at.warning)
            state = asked(installation, lambda work: filings.filing(work, known.version)).state
            assert state is FilingState.SUPPLEMENT_ASKED
    assert any("云备〔2026〕4号" in one.value for one in at.success)
    assert "云备〔2026〕4号" in markup(at)


def test_a_key_is_entered_for_the_body_of_its_own_line(
    app: Open, installation: Installation, elsewhere: Store, third: Store
) -> None:
    """Of two keys that wait the second is chosen: only it is confirmed, and no word of it stays for the next."""
    for store, number in ((elsewhere, 7), (third, 8)):
        data = packed(store, issued(store, number))
        with installation.store.work(actor(installation, "city")) as work:
            receive(work, open_package(data, "F.zip"))
    at = app("city", PAGE)
    first, second = asked(installation, correspondents.seen_keys, "city")
    at.selectbox(key="key-which").set_value((second.fingerprint, second.body)).run()
    field(at, "属于哪个单位").set_value("乙县人民政府")
    field(at, "怎样核对的").set_value("电话核对")
    press(at, "登记", key="confirm-key")
    assert not at.error
    assert any(second.fingerprint in one.value for one in at.success)
    (noted,) = asked(installation, correspondents.correspondents, "city")
    assert (noted.fingerprint, noted.body) == (second.fingerprint, "乙县人民政府")
    assert first.fingerprint != second.fingerprint
    assert (field(at, "怎样核对的").value, field(at, "属于哪个单位").value) == ("", "")


def field(at: AppTest, label: str) -> Any:
    return next(one for one in at.text_input if one.label == label)


def packed(store: Store, version: str) -> bytes:
    with store.work(OFFICE) as work:
        found = filings.filing(work, version)
        lacking = tuple(papers(*(kind for kind in found.missing if kind is PaperKind.FILING_REPORT)))
        return make_package(work, found.plan, attachments=lacking, to="云陵市应急管理局").data


def press(at: AppTest, label: str, key: str = "") -> None:
    next(one for one in at.button if one.label == label and (not key or one.key == key)).click().run()
