"""What a receiver may answer: only what was filed with it, each number once; a filing may go back with a reason."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from plans_repo import overdue
from plans_repo.course import passage
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import Move, PaperKind
from plans_repo.errors import PlansRepoError
from plans_repo.filing import correspondents, filings, inbox, paper_receipts
from plans_repo.filing.answering import Result, accept_answer, answer_file, enter_answer
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.making import make_package
from plans_repo.filing.mended_text import mended_changes
from plans_repo.filing.opening import open_package
from plans_repo.filing.receiving import receive
from plans_repo.filing.recipients import Duty
from plans_repo.filing.review import review
from plans_repo.filing.shares import FilingState
from plans_repo.organisations import OrganisationKind
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from tests.plans_repo.builders import a_body, edited
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import AUDITOR, OFFICE, SIGNER, issued, made, papers
from tests.plans_repo.filing.test_packages import a_store
from ui.todos.filing import receipts_to_compare


@pytest.fixture
def county(tmp_path: Path, clock: StillClock) -> Iterator[Store]:
    yield from a_store(tmp_path / "county", clock)


@pytest.fixture
def city(tmp_path: Path, clock: StillClock) -> Iterator[Store]:
    yield from a_store(tmp_path / "city", clock)


def packed(store: Store, version: str, to: str = "云陵市应急管理局") -> bytes:
    with store.work(OFFICE) as work:
        plan, lacking = passage.passage(work, version).plan, filings.filing(work, version).missing
        return make_package(work, plan, attachments=tuple(papers(*lacking)), to=to).data


def officer(store: Store, name: str, kind: OrganisationKind = OrganisationKind.EMERGENCY_BUREAU) -> Actor:
    with store.work(EVERYBODY) as work:
        return person(name, Role.UPPER_AUTHORITY, organisation=a_body(work, name, "/", kind).id)


def test_a_package_filed_with_others_is_neither_taken_in_nor_receipted(county: Store, city: Store) -> None:
    data = packed(county, issued(county))
    education = officer(city, "云陵市教育局", OrganisationKind.DEPARTMENT)
    with city.work(education) as work, pytest.raises(PlansRepoError) as refusal:
        receive(work, open_package(data, "F.zip"))
    assert (refusal.value.code, refusal.value.fields["value"]) == ("package-for-others", "云陵市应急管理局")
    bureau = officer(city, "云陵市应急局")  # as officials shorten it
    with city.work(bureau) as work:
        got = receive(work, open_package(data, "F.zip"))
        assert inbox.incoming(work, got.filing).is_open
    with city.reading(education) as work:
        assert inbox.inbox(work) == ()


def test_who_answers_for_the_whole_installation_answers_for_its_bodies_alone(county: Store, city: Store) -> None:
    data = packed(county, issued(county))
    officer(city, "云陵市教育局", OrganisationKind.DEPARTMENT)
    with city.work(EVERYBODY) as work, pytest.raises(PlansRepoError) as refusal:
        receive(work, open_package(data, "F.zip"))
    assert refusal.value.code == "package-for-others"


def test_a_number_is_given_once_and_the_next_follows_the_highest(county: Store, city: Store) -> None:
    bureau = officer(city, "云陵市应急局")
    first, second = (packed(county, issued(county, number)) for number in (1, 2))
    with city.work(bureau) as work:
        got = receive(work, open_package(first, "F.zip"))
        inbox.give_receipt(work, got.filing, "云应急备〔2026〕9号")
        again = receive(work, open_package(second, "F.zip"))
        assert inbox.next_receipt_number(work) == "云应急备〔2026〕10号"
        with pytest.raises(PlansRepoError) as refusal:
            inbox.give_receipt(work, again.filing, "云应急备〔2026〕9号")
    assert refusal.value.code == "receipt-number-taken"


def test_a_filing_goes_back_with_a_reason_and_comes_again(county: Store, city: Store) -> None:
    version, bureau = issued(county), officer(city, "云陵市应急局")
    data = packed(county, version)
    made(county, OFFICE, version, Move.FILE)
    with city.work(bureau) as work:
        got = receive(work, open_package(data, "F.zip"))
        with pytest.raises(PlansRepoError) as refusal:
            inbox.return_filing(work, got.filing, " ")
        assert refusal.value.code == "reason-missing"
        back = inbox.return_filing(work, got.filing, "分级标准与上位预案不一致")
        assert (back.state, back.is_open, back.was_asked) == (FilingState.RETURNED, False, False)
        answer = answer_file(work, got.filing, as_zip=True)
    with county.work(OFFICE) as work:
        first = enter_answer(work, answer, "B.zip")
        correspondents.confirm_key(work, first.fingerprint, first.receiver, note="电话核对")
        told = accept_answer(work, first.held)
        assert (told.result, told.missing) == (Result.RETURNED, ("分级标准与上位预案不一致",))
        assert filings.filing(work, version).state is FilingState.RETURNED
        more = Attachment(kind=PaperKind.FILING_SUPPLEMENT, name="说明.txt", data="已按意见说明".encode())
        filings.supplement(work, version, (more,))
        assert filings.filing(work, version).state is FilingState.SENT
    again = packed(county, version)
    with city.work(bureau) as work:
        got = receive(work, open_package(again, "F.zip"))
        assert inbox.give_receipt(work, got.filing, "云应急备〔2026〕1号").state is FilingState.RECEIPTED
    with city.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_text_sent_back_and_changed_comes_again_in_an_edition_that_mends_it(county: Store, city: Store) -> None:
    version, bureau = issued(county), officer(city, "云陵市应急局")
    data = packed(county, version)
    made(county, OFFICE, version, Move.FILE)
    with city.work(bureau) as work:
        got = receive(work, open_package(data, "F.zip"))
        inbox.return_filing(work, got.filing, "到岗时限与上位预案不一致")
        answer = answer_file(work, got.filing, as_zip=True)
    with county.work(OFFICE) as work:
        first = enter_answer(work, answer, "B.zip")
        correspondents.confirm_key(work, first.fingerprint, first.receiver, note="电话核对")
        accept_answer(work, first.held)
        plan = passage.passage(work, version).plan
    mending = issued(county, 2, plan=plan, clauses=edited("接到预警后20分钟内到岗。"))
    package = open_package(packed(county, mending), "G.zip")
    assert package.manifest.mends == open_package(data, "F.zip").manifest.digest
    made(county, OFFICE, mending, Move.FILE)
    with county.reading(OFFICE) as work:
        found = filings.filing(work, mending)
        assert (found.state, found.due_on is not None) == (FilingState.SENT, True)  # the receiver's time runs again
        assert open_package(packed(county, mending), "G.zip").manifest.mends  # however often it is packed
    with city.work(bureau) as work:
        again = receive(work, package)
        came, former = inbox.incoming(work, again.filing), inbox.incoming(work, got.filing)
        assert (again.mends, came.is_open, former.state, former.is_open) == (
            got.filing, True, FilingState.MENDED, False,
        )  # fmt: skip
        assert came.mends
        assert came.mends.request.missing == ("到岗时限与上位预案不一致",)
        assert [one.clause for one in mended_changes(work, came)] == ["c2"]
        with pytest.raises(PlansRepoError, match="filing-mended"):
            inbox.give_receipt(work, got.filing, "云应急备〔2026〕1号")
        assert inbox.give_receipt(work, again.filing, "云应急备〔2026〕1号").state is FilingState.RECEIPTED
    for store in (county, city):
        with store.reading(AUDITOR) as work:
            assert audit.verify(work).valid


def test_the_review_says_what_came_whose_key_it_is_and_that_it_is_late(
    county: Store, city: Store, clock: StillClock
) -> None:
    version, bureau = issued(county), officer(city, "云陵市应急局")
    clock.forward(days=40)
    data = packed(county, version)
    with city.work(bureau) as work:
        got = receive(work, open_package(data, "F.zip"))
        seen = review(work, got.filing)
    assert (seen.lacking, seen.key) == ((), KeyStanding.UNCONFIRMED)
    assert seen.papers[0] == (PaperKind.ISSUED_DOCUMENT, True)
    assert (seen.sent_on, seen.send_by) == (date(2026, 12, 30), date(2026, 12, 18))
    assert seen.late_working_days == 8


def test_a_receipt_that_does_not_come_is_late_at_the_body_that_owes_it(county: Store, clock: StillClock) -> None:
    with county.work(EVERYBODY) as work:
        body = a_body(work, "云陵市应急局", "/", OrganisationKind.EMERGENCY_BUREAU).id
        maker = a_body(work, "清川县应急局", "/q/", OrganisationKind.EMERGENCY_BUREAU).id
    version = issued(county, organisation=maker)
    packed(county, version, "云陵市应急局")
    made(county, OFFICE, version, Move.FILE)
    clock.forward(days=20)
    with county.reading(person("city", Role.UPPER_AUTHORITY, organisation=body)) as work:
        (owed,) = [due for due in overdue.overdue(work) if due.kind is overdue.DueKind.RECEIPT]
        (came,) = inbox.inbox(work)
    with county.reading(person("author", Role.PLAN_AUTHOR, organisation=maker)) as work:
        (awaited,) = [due for due in overdue.overdue(work) if due.kind is overdue.DueKind.RECEIPT]
    assert (owed.is_own, owed.body, awaited.is_own, awaited.body) == (True, "云陵市应急局", True, "云陵市应急局")
    assert owed.due_on == came.answer_by.on == awaited.due_on
    assert awaited.escalation
    assert "催办" in awaited.escalation.title
    assert owed.escalation
    assert "编制单位" not in owed.escalation.title


def test_where_the_rules_find_the_body_no_other_is_named_in_passing(county: Store) -> None:
    with county.work(EVERYBODY) as work:
        a_body(work, "云陵市应急局", "/y/", OrganisationKind.EMERGENCY_BUREAU)
        a_body(work, "云陵市人民政府", "/y/", OrganisationKind.GOVERNMENT)
        maker = a_body(work, "清川县应急局", "/y/q/", OrganisationKind.EMERGENCY_BUREAU).id
        a_body(work, "清川县教育局", "/y/q/", OrganisationKind.DEPARTMENT)
    version = issued(county, organisation=maker)
    for name in ("清川县教育局", "云陵市教育局"):
        with county.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
            make_package(work, passage.passage(work, version).plan, to=name)
        assert (refusal.value.code, refusal.value.fields["office"]) == ("filing-recipient-by-rule", "云陵市应急局")
    with county.work(OFFICE) as work:
        plan, lacking = passage.passage(work, version).plan, filings.filing(work, version).missing
        made_of = make_package(work, plan, attachments=tuple(papers(*lacking)), to="云陵市应急管理局")
    assert made_of.manifest.recipients[0].duty is Duty.FILE


def test_a_receipt_on_paper_has_a_number_and_gives_way_to_a_signed_answer(county: Store, city: Store) -> None:
    version, bureau = issued(county), officer(city, "云陵市应急局")
    data = packed(county, version)
    made(county, OFFICE, version, Move.FILE)
    paper = tuple(papers(PaperKind.FILING_RECEIPT))
    with county.work(OFFICE) as work:
        sent = filings.filing(work, version).sent
        assert sent
        by, number = sent.recipients[0].name, "云应急备〔2026〕3号"
        for code, said in (
            ("number-of-receipt-missing", {"received_from": by}),
            ("receiver-of-receipt-missing", {"document_number": number}),
            ("receipt-of-another-body", {"document_number": number, "received_from": "清川县教育局"}),
        ):
            with pytest.raises(PlansRepoError, match=code):
                passage.move(work, version, Move.RECEIVE_RECEIPT, attachments=paper, **said)
    with county.work(OFFICE) as work:
        passage.move(work, version, Move.RECEIVE_RECEIPT, document_number=number, attachments=paper, received_from=by)
        found = filings.filing(work, version)
        assert (found.state, found.receipt, found.due_on is not None) == (FilingState.RECEIPT_ENTERED, None, True)
        with pytest.raises(PlansRepoError, match="receipt-confirmed-by-same"):
            paper_receipts.confirm(work, version)
    with county.work(SIGNER) as work:
        with pytest.raises(PlansRepoError, match="reason-missing"):
            paper_receipts.refuse(work, version, "")
        paper_receipts.refuse(work, version, "编号与原件不符")
        assert filings.filing(work, version).state is FilingState.SENT
    with county.work(OFFICE) as work:
        passage.move(work, version, Move.RECEIVE_RECEIPT, document_number=number, attachments=paper, received_from=by)
    with county.work(SIGNER) as work:
        assert [one.said.number for one in paper_receipts.waiting(work)] == [number]
        assert [number in todo.duty for todo in receipts_to_compare(work)] == [True]
        paper_receipts.confirm(work, version)
        found = filings.filing(work, version)
        assert (found.state, found.due_on) == (FilingState.RECEIPTED, None)
        with pytest.raises(PlansRepoError, match="no-receipt-to-confirm"):
            paper_receipts.confirm(work, version)
    with city.work(bureau) as work:
        got = receive(work, open_package(data, "F.zip"))
        inbox.ask_supplement(work, got.filing, ("编制说明附件二",))
        answer = answer_file(work, got.filing, as_zip=False)
    with county.work(OFFICE) as work:
        first = enter_answer(work, answer, "B.json")
        correspondents.confirm_key(work, first.fingerprint, first.receiver, note="电话核对")
        accept_answer(work, first.held)
        assert filings.filing(work, version).state is FilingState.SUPPLEMENT_ASKED
