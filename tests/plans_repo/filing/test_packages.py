"""A filing package from one installation to another and the answer back; and every way to tamper with either."""

import contextlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from plans_repo import force, organisations, plans
from plans_repo.course import passage
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import ClockKind, Move, PaperKind, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.filing import correspondents, filings, inbox
from plans_repo.filing.answering import Entered, Result, accept_answer, answer_file, enter_answer
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.held import Lack, held_answers
from plans_repo.filing.local_figures import MANDATE, enter_figure
from plans_repo.filing.making import make_package
from plans_repo.filing.manifest import MANIFEST, SIGNATURE, VERSION, signed
from plans_repo.filing.opening import OpenedPackage, open_package
from plans_repo.filing.receiving import Reception, receive
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.filing.shares import FilingState
from plans_repo.organisations import OrganisationKind
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import PaperRow
from plans_repo.store.work import Store, Work, new_uuid
from plans_repo.text.clause import Clause
from sim.plain import canonical
from tests import databases
from tests.plans_repo.builders import a_body, edited, some_clauses
from tests.plans_repo.conftest import StillClock, person
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import AUDITOR, OFFICE, READER, UPPER, WRITER, issued, made, papers
from ui.todos.filing import answers_held
from ui.wording.errors import sentence


@pytest.fixture
def county(tmp_path: Path, clock: StillClock) -> Iterator[Store]:
    yield from a_store(tmp_path / "county", clock)


@pytest.fixture
def city(tmp_path: Path, clock: StillClock) -> Iterator[Store]:
    yield from a_store(tmp_path / "city", clock)


def a_store(home: Path, clock: StillClock) -> Iterator[Store]:
    databases.new_file(home)
    store = Store.in_directory(home, clock=clock, new_id=new_uuid)
    yield store
    store.close()


def packed(store: Store, version: str, *more: PaperKind, incomplete: bool = False) -> bytes:
    with store.work(OFFICE) as work:
        plan, present = passage.passage(work, version).plan, filings.filing(work, version)
        wanted = [kind for kind in present.missing if kind is PaperKind.FILING_REPORT and kind not in more]
        attached = tuple(papers(*more, *([] if incomplete else wanted)))
        return make_package(work, plan, attachments=attached, incomplete=incomplete, to="市水利局").data


def taken(store: Store, data: bytes) -> Reception:
    with store.work(UPPER) as work:
        return receive(work, open_package(data, "F.zip"))


def entered(work: Work, data: bytes, name: str) -> Entered:
    """Enter an answer whose key somebody checks over the telephone when it first comes."""
    first = enter_answer(work, data, name)
    assert first.lacks == (Lack.KEY_UNCONFIRMED,)
    correspondents.confirm_key(work, first.fingerprint, first.receiver, note="电话核对")
    return accept_answer(work, first.held)


def refused(store: Store, data: bytes) -> str:
    before = rows(store)
    with pytest.raises(PlansRepoError) as refusal:
        taken(store, data)
    assert rows(store) == before
    return refusal.value.code


def rows(store: Store) -> tuple[int, int]:
    with store.reading(AUDITOR) as work:
        return audit.verify(work).events, len(plans.list_plans(replace(work, actor=READER)))


def test_the_very_version_arrives_under_its_own_identities(county: Store, city: Store) -> None:
    version = issued(county)
    got = taken(city, packed(county, version))
    with county.reading(READER) as here, city.reading(READER) as there:
        mine, theirs = plans.version_of(here, got.plan), plans.version_of(there, got.plan)
        assert (mine.id, mine.root_hash) == (theirs.id, theirs.root_hash) == (version, theirs.root_hash)
        assert plans.text_of(here, got.plan) == plans.text_of(there, got.plan) == some_clauses()
        assert plans.plan(there, got.plan).state is Stage.IN_FORCE
        counting = force.in_force_on(there, got.plan, date(2026, 11, 20))
        assert counting
        assert counting.document_number == "青政办发〔2026〕1号"
    assert (got.is_new_plan, got.missing, got.key_standing) == (True, (), KeyStanding.UNCONFIRMED)
    with city.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_what_was_filed_is_read_only(county: Store, city: Store) -> None:
    got = taken(city, packed(county, issued(county)))
    with city.work(WRITER) as work, pytest.raises(NotAllowed):
        plans.make_version(work, got.plan, edited("改"), reason="改", trigger=plans.Trigger.EDITING)
    with city.work(OFFICE) as work, pytest.raises(NotAllowed):
        passage.move(work, got.version, Move.ABOLISH, reason="x", attachments=papers(PaperKind.ABOLITION_DECISION))


def test_the_receipt_stops_the_clock(county: Store, city: Store) -> None:
    version = issued(county)
    got = taken(city, packed(county, version, PaperKind.FILING_REPORT))
    made(county, OFFICE, version, Move.FILE)
    with city.work(UPPER) as work:
        inbox.give_receipt(work, got.filing, "备〔2026〕1号")
        answers = [answer_file(work, got.filing, as_zip=as_zip) for as_zip in (True, False)]
    with county.work(OFFICE) as work:
        got_back = entered(work, answers[0], "R.zip")
        stand = passage.passage(work, version)
        filed = filings.filing(work, version)
    assert (got_back.result, got_back.number) == (Result.FILED, "备〔2026〕1号")
    assert (filed.state, filed.receipt and filed.receipt.number) == (FilingState.RECEIPTED, "备〔2026〕1号")
    assert {clock.kind for clock in stand.deadlines if clock.done_on} == {ClockKind.FILING, ClockKind.RECEIPT}
    with county.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
        enter_answer(work, answers[1], "R.json")
    assert refusal.value.code == "receipt-given-already"


def test_a_receipt_proves_that_an_edition_not_marked_was_sent(county: Store, city: Store) -> None:
    version = issued(county)
    got = taken(city, packed(county, version))
    with city.work(UPPER) as work:
        inbox.give_receipt(work, got.filing, "备〔2026〕1号")
        answer = answer_file(work, got.filing, as_zip=False)
    with county.work(OFFICE) as work:
        entered(work, answer, "R.json")
        stand = passage.passage(work, version)
    assert stand.stage is Stage.FILED
    assert all(clock.done_on for clock in stand.deadlines if clock.kind is not ClockKind.PUBLICATION)


def answer_of(store: Store, got: Reception, number: str = "备〔2026〕1号") -> bytes:
    with store.work(UPPER) as work:
        inbox.give_receipt(work, got.filing, number)
        return answer_file(work, got.filing, as_zip=True)


def test_a_receipt_under_a_key_nobody_has_checked_waits_and_its_clock_runs_on(county: Store, city: Store) -> None:
    version = issued(county)
    got = taken(city, packed(county, version, PaperKind.FILING_REPORT))
    made(county, OFFICE, version, Move.FILE)
    answer = answer_of(city, got)
    with county.work(OFFICE) as work:
        first = enter_answer(work, answer, "R.zip")
        assert (first.lacks, enter_answer(work, answer, "R.zip").held) == ((Lack.KEY_UNCONFIRMED,), first.held)
        filed = filings.filing(work, version)
        assert (filed.state, filed.receipt, filed.due_on) == (FilingState.SENT, None, date(2026, 11, 27))
        assert [(todo.plan, todo.kind.value) for todo in answers_held(work)] == [(filed.plan, "held")]
        with pytest.raises(PlansRepoError) as refusal:
            accept_answer(work, first.held)
        assert refusal.value.code == "held-answer-lacks"
        correspondents.confirm_key(work, first.fingerprint, "市水利局", note="电话核对")
        assert [one.lacks for one in held_answers(work, version)] == [()]
        accept_answer(work, first.held)
        assert (filings.filing(work, version).state, held_answers(work, version)) == (FilingState.RECEIPTED, ())
    with county.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_body_that_only_gets_a_copy_cannot_put_a_plan_on_file(county: Store, city: Store) -> None:
    """As a reviewer did it: a copy recipient sets up an installation and sends a receipt for a plan of others."""
    version = issued(county)
    got = taken(city, packed(county, version))
    told = json.loads(zipfile.ZipFile(io.BytesIO(answer_of(city, got))).read("receipt.json"))["answer"]
    told["receiver"] = "市应急局"
    assert city.key
    data = canonical({"answer": told, "signature": json.loads(signed(told, city.key))})
    with county.work(OFFICE) as work:
        first = enter_answer(work, data, "R.json")
        assert first.lacks == (Lack.NOT_AUTHORITY, Lack.KEY_UNCONFIRMED)
        correspondents.confirm_key(work, first.fingerprint, "市应急局", note="电话核对")
        (waiting,) = held_answers(work, version)
        assert (waiting.lacks, waiting.authorities) == ((Lack.NOT_AUTHORITY,), ("市水利局",))
        with pytest.raises(PlansRepoError) as refusal:
            accept_answer(work, first.held)
        assert refusal.value.code == "held-answer-lacks"
        assert filings.filing(work, version).state is FilingState.TO_SEND


def test_at_a_body_that_only_gets_a_copy_nothing_can_be_answered(county: Store, city: Store) -> None:
    version = issued(county)
    with county.work(OFFICE) as work:
        hand = (
            Recipient(duty=Duty.FILE, office="", name="市水利局"),
            Recipient(duty=Duty.COPY, office="", name="市应急局"),
        )
        filings.choose_route(work, version, filings.ChosenRoute(route="special", recipients=hand, reason="按职责"))
        plan = passage.passage(work, version).plan
        data = make_package(work, plan, attachments=tuple(papers(PaperKind.FILING_REPORT))).data
    with city.work(EVERYBODY) as work:
        bureau = a_body(work, "市应急局", "/", OrganisationKind.EMERGENCY_BUREAU).id
    with city.work(person("bureau", Role.UPPER_AUTHORITY, organisation=bureau)) as work:
        got = receive(work, open_package(data, "F.zip"))
        assert inbox.incoming(work, got.filing).duty is Duty.COPY
        with pytest.raises(NotAllowed):
            inbox.give_receipt(work, got.filing, "云应备〔2026〕15号")


def test_who_acts_for_a_government_answers_in_its_name(county: Store, city: Store) -> None:
    version = issued(county)
    with county.work(OFFICE) as work:
        plan = passage.passage(work, version).plan
        lacking = tuple(papers(PaperKind.FILING_REPORT))
        data = make_package(work, plan, attachments=lacking, to="某市人民政府").data
    with city.work(EVERYBODY) as work:
        a_body(work, "某市人民政府", "/", OrganisationKind.GOVERNMENT)
        government = organisations.organisation_called(work, "某市人民政府").id
        bureau = a_body(work, "某市应急管理局", "/", OrganisationKind.EMERGENCY_BUREAU).id
    with city.work(person("bureau", Role.UPPER_AUTHORITY, organisation=bureau)) as work:
        got = receive(work, open_package(data, "F.zip"))
        came = inbox.incoming(work, got.filing)
        assert (came.is_passed_on, came.is_open, came.recipient) == (True, False, "某市人民政府")
        with pytest.raises(NotAllowed, match="filing-without-mandate"):
            inbox.give_receipt(work, got.filing, "备〔2026〕1号")
    for body, may in ((bureau, False), (government, True)):
        clerk = person("clerk", Role.GOVERNMENT_OFFICE, organisation=body)
        with city.work(clerk) as work, contextlib.nullcontext() if may else pytest.raises(NotAllowed):
            enter_figure(work, MANDATE, 1, source="某市人民政府办公室函〔2026〕5号")
    with city.work(person("bureau", Role.UPPER_AUTHORITY, organisation=bureau)) as work:
        inbox.give_receipt(work, got.filing, "备〔2026〕1号")
        answer = answer_file(work, got.filing, as_zip=False)
    with county.work(OFFICE) as work:
        assert (entered(work, answer, "R.json").receiver, filings.filing(work, version).state) == (
            "某市人民政府",
            FilingState.RECEIPTED,
        )


def test_who_answers_no_filings_takes_none_in(county: Store, city: Store) -> None:
    data = packed(county, issued(county))
    with city.work(person("clerk", Role.PLAN_AUTHOR)) as work, pytest.raises(NotAllowed):
        receive(work, open_package(data, "F.zip"))
    assert rows(city) == (0, 0)


def test_what_is_missing_is_told_once_and_supplied(county: Store, city: Store) -> None:
    version = issued(county, kind=plans.PlanKind.OVERALL)
    with city.work(UPPER) as work:
        got = receive(work, open_package(packed(county, version), "F.zip"))
        inbox.ask_supplement(work, got.filing, ("缺编制说明附件二",))
        answer = answer_file(work, got.filing, as_zip=True)
        with pytest.raises(PlansRepoError) as refusal:
            inbox.ask_supplement(work, got.filing, ("又缺一件",))
    assert refusal.value.code == "supplement-asked-twice"
    with county.work(OFFICE) as work:
        assert entered(work, answer, "R.zip").missing == ("缺编制说明附件二",)
        assert filings.filing(work, version).state is FilingState.SUPPLEMENT_ASKED
        with pytest.raises(PlansRepoError, match="day-before-issue"):  # before it was asked for
            filings.supplement(
                work, version, tuple(papers(PaperKind.FILING_SUPPLEMENT)), on=local_day(work.now) - timedelta(days=1)
            )
        filings.supplement(work, version, tuple(papers(PaperKind.FILING_SUPPLEMENT)))
        assert filings.filing(work, version).state is FilingState.SENT
    again = taken(city, packed(county, version))
    assert (again.is_supplement, again.plan, again.version) == (True, got.plan, got.version)
    with city.work(UPPER) as work:
        kept = work.session.exec(select(PaperRow.media_hash)).all()
        assert len(kept) == len(set(kept)) > 1, "what came before is not kept twice"
        assert inbox.give_receipt(work, again.filing, "备〔2026〕2号").state is FilingState.RECEIPTED


def test_later_filings_become_later_editions_and_earlier_ones_are_refused(
    county: Store, city: Store, clock: StillClock
) -> None:
    first = issued(county)
    old = packed(county, first)
    got = taken(city, old)
    clock.forward(days=3)
    second = issued(county, 2, plan=got.plan, clauses=edited("接到预警后20分钟内到岗。"))
    fresh = packed(county, second)
    again = taken(city, fresh)
    assert (again.plan, again.is_new_plan, again.edition) == (got.plan, False, 2)
    with city.reading(READER) as work:
        assert [one.state for one in plans.versions_of(work, got.plan)] == [Stage.SUPERSEDED, Stage.IN_FORCE]
        assert [age.edition.version.id for age in force.clause_history(work, got.plan, "c2")] == [first, second]
    assert {refused(city, old), refused(city, fresh)} == {"package-received-already"}
    with city.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_an_edition_older_than_the_last_is_refused(county: Store, city: Store, clock: StillClock) -> None:
    first = issued(county)
    old = packed(county, first)
    with county.reading(READER) as work:
        plan = passage.passage(work, first).plan
    clock.forward(days=3)
    taken(city, packed(county, issued(county, 2, plan=plan, clauses=edited("接到预警后20分钟内到岗。"))))
    assert refused(city, old) == "package-older"


def test_a_package_comes_back_to_where_it_was_made(county: Store) -> None:
    assert refused(county, packed(county, issued(county))) == "package-of-own-plan"


def test_only_what_the_rule_asks_for_goes_and_the_manifest_says_what_stayed(county: Store) -> None:
    version = issued(county)
    manifest = open_package(packed(county, version), "F.zip").manifest
    goes = [entry.paper for entry in manifest.files if entry.paper]
    assert set(goes) == {PaperKind.ISSUED_DOCUMENT, PaperKind.FILING_REPORT, PaperKind.EXPLANATION}
    assert {PaperKind.BUREAU_MINUTES, PaperKind.MEETING_MINUTES, PaperKind.DRAFTING_SHEET} <= set(manifest.left_out)
    assert not set(goes) & set(manifest.left_out)
    assert [one.name for one in manifest.recipients] == ["市水利局"]  # offices without a name get nothing


def test_internal_papers_go_by_choice_and_to_nobody_who_only_gets_a_copy(county: Store) -> None:
    version = issued(county)
    packed(county, version)
    with county.work(OFFICE) as work:
        hand = tuple(
            Recipient(duty=duty, office="", name=name)
            for duty, name in ((Duty.FILE, "市水利局"), (Duty.COPY, "市应急局"))
        )
        filings.choose_route(work, version, filings.ChosenRoute(route="special", recipients=hand, reason="按职责"))
        plan = passage.passage(work, version).plan
        inside = make_package(work, plan, more=(PaperKind.MEETING_MINUTES,)).manifest
        outside = make_package(work, plan, more=(PaperKind.RISK_ASSESSMENT,)).manifest
        with pytest.raises(PlansRepoError) as refusal:
            make_package(work, plan, more=(PaperKind.PARTY_MINUTES,))
    assert refusal.value.code == "filing-paper-not-there"
    assert {one.duty for one in inside.recipients} == {Duty.FILE}
    assert PaperKind.MEETING_MINUTES not in inside.left_out
    assert {one.duty for one in outside.recipients} > {Duty.FILE}
    assert {PaperKind.RISK_ASSESSMENT, PaperKind.EXPLANATION} <= {entry.paper for entry in outside.files}


def test_the_receiver_in_the_same_installation_sees_what_was_sent_and_no_minutes(county: Store) -> None:
    version = issued(county)
    packed(county, version)
    made(county, OFFICE, version, Move.FILE)
    with county.reading(UPPER) as work:
        (found,) = inbox.inbox(work)
    assert {paper.kind for paper in found.papers} == {
        PaperKind.ISSUED_DOCUMENT, PaperKind.FILING_REPORT, PaperKind.EXPLANATION,
    }  # fmt: skip
    assert found.missing == ()


def test_a_package_of_the_former_format_is_still_read(county: Store, city: Store) -> None:
    data = packed(county, issued(county))

    def former(members: dict[str, bytes]) -> None:
        told = json.loads(members[MANIFEST]) | {"format": 1}
        told.pop("left_out")
        assert county.key
        members[MANIFEST], members[SIGNATURE] = canonical(told), signed(told, county.key)

    older = rezipped(data, former)
    assert open_package(older, "F.zip").manifest.left_out == ()
    assert taken(city, older).is_new_plan


def test_a_package_without_the_papers_of_the_rule_is_not_made(county: Store) -> None:
    with county.work(WRITER) as work:
        plan = plans.create_plan(work, "某镇预案", kind=plans.PlanKind.TOWNSHIP).id
        version = plans.make_version(work, plan, some_clauses(), reason="编制", trigger=plans.Trigger.FIRST).id
    with county.work(OFFICE) as work:
        passage.move(
            work, version, Move.REGISTER, reason="补录", attachments=papers(PaperKind.ISSUED_DOCUMENT),
            document_number="青镇发〔2026〕1号", on=date(2026, 3, 2),
        )  # fmt: skip
        with pytest.raises(PlansRepoError) as refusal:
            make_package(work, plan)
        assert (refusal.value.code, refusal.value.fields["value"]) == ("filing-recipient-unnamed", "上一级人民政府")
        with pytest.raises(PlansRepoError) as refusal:
            make_package(work, plan, to="某县人民政府")
        assert refusal.value.fields["papers"] == (PaperKind.FILING_REPORT, PaperKind.EXPLANATION)
        made = make_package(work, plan, to="某县人民政府", incomplete=True)
    assert (refusal.value.code, made.missing) == (
        "filing-papers-missing",
        (PaperKind.FILING_REPORT, PaperKind.EXPLANATION),
    )
    assert [one.name for one in made.manifest.recipients if one.duty is Duty.FILE] == ["某县人民政府"]


def test_every_flipped_bit_is_found_or_changes_nothing_that_is_read(county: Store) -> None:
    data = packed(county, issued(county))
    whole, chance = open_package(data, "F.zip"), random.Random(7)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        places = [(info, start_of(data, info)) for info in archive.infolist()]
    outcomes = []
    for info, start in places:
        for _turn in range(4):
            broken = bytearray(data)
            broken[start + chance.randrange(info.compress_size)] ^= 1 << chance.randrange(8)
            outcomes.append(outcome(bytes(broken), whole))
    assert set(outcomes) <= {"refused", "same"}
    assert outcomes.count("refused") > 3 * len(places)


def outcome(data: bytes, whole: OpenedPackage) -> str:
    try:
        return "same" if open_package(data, "F.zip") == whole else "another"
    except PlansRepoError as refusal:
        return "refused" if refusal.code.startswith("package-") else refusal.code


def start_of(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where the packed bytes of a member begin."""
    name, extra = (
        int.from_bytes(data[info.header_offset + at : info.header_offset + at + 2], "little") for at in (26, 28)
    )
    return info.header_offset + 30 + name + extra


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_package_packed_anew_without_a_change_is_the_same_package(county: Store, city: Store) -> None:
    data = packed(county, issued(county))
    assert taken(city, rezipped(data, lambda members: None)).edition == 1


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.pop(name) and None


def with_member(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: content})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without(MANIFEST), "package-file-missing"),
        (without(SIGNATURE), "package-file-missing"),
        (without(VERSION), "package-file-missing"),
        (without("text.docx"), "package-file-missing"),
        (with_member("extra.txt", b"x"), "package-file-unlisted"),
        (with_member("../outside.txt", b"x"), "package-path-unfit"),
        (with_member("/etc/passwd", b"x"), "package-path-unfit"),
        (with_member("a\\b.txt", b"x"), "package-path-unfit"),
        (with_member("TEXT.DOCX", b"x"), "package-file-twice"),
        (with_member(VERSION, b"{}"), "package-file-resized"),
        (with_member(MANIFEST, b"{"), "package-signature-wrong"),
        (with_member(SIGNATURE, b"{}"), "package-unsigned"),
        (with_member("bomb.txt", b"0" * 60_000_000), "package-expands"),
    ],
)
def test_a_package_that_was_tampered_with_is_refused(
    county: Store, city: Store, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    assert refused(city, rezipped(packed(county, issued(county)), change)) == code


def test_one_byte_more_or_less_or_another_is_called_what_it_is(county: Store) -> None:
    data = packed(county, issued(county))
    (path,) = [entry.path for entry in open_package(data, "F.zip").manifest.files if "explanation" in entry.path]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = archive.read(path)
    cases = (
        (whole + b"x", "package-file-resized"),
        (whole[:-1], "package-file-resized"),
        (whole[:-1] + bytes([whole[-1] ^ 1]), "package-file-altered"),
    )
    for content, code in cases:
        with pytest.raises(PlansRepoError) as refusal:
            open_package(rezipped(data, with_member(path, content)), "F.zip")
        assert (refusal.value.code, refusal.value.fields["value"]) == (code, path)
    with pytest.raises(PlansRepoError) as refusal:
        open_package(rezipped(data, with_member(path, whole + b"x")), "F.zip")
    said = sentence(refusal.value, "zh")
    assert f"有{len(whole) + 1}字节，清单上是{len(whole)}字节" in said
    assert "上限" not in said


def forged(data: bytes, store: Store, **changed: object) -> bytes:
    """The package with another manifest, signed anew by whoever forges it."""

    def change(members: dict[str, bytes]) -> None:
        told = json.loads(members[MANIFEST]) | changed
        assert store.key
        told["sender"] = told["sender"] | {"key": store.key.name}
        members[MANIFEST], members[SIGNATURE] = canonical(told), signed(told, store.key)

    return rezipped(data, change)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"root_hash": "0" * 64}, "package-root-hash"),
        ({"tree_hash": "0" * 64}, "package-root-hash"),
        ({"format": 4}, "package-format-unknown"),
        ({"kind": "another"}, "package-of-another-kind"),
        ({"edition": "x"}, "package-damaged"),
        ({"issued_on": "2026-13-40"}, "package-damaged"),
        ({"title": "某县预案\n机密★1年"}, "package-classified"),
    ],
)
def test_a_forged_manifest_is_refused(county: Store, city: Store, changed: dict[str, object], code: str) -> None:
    assert refused(city, forged(packed(county, issued(county)), county, **changed)) == code


def test_another_installation_cannot_send_the_next_edition(county: Store, city: Store, clock: StillClock) -> None:
    data = packed(county, issued(county))
    taken(city, data)
    assert city.key
    stolen = forged(data, city, edition=2, course=new_uuid(), version=new_uuid())
    assert refused(city, stolen) == "package-of-another-sender"


def test_another_text_under_the_same_edition_is_refused(county: Store, city: Store) -> None:
    data = packed(county, issued(county))
    taken(city, data)
    assert refused(city, forged(data, county, version=new_uuid())) == "package-edition-altered"


def test_a_key_once_confirmed_is_the_only_one_for_its_body(county: Store, city: Store, clock: StillClock) -> None:
    data = packed(county, issued(county))
    data = forged(
        data, county, sender=json.loads(zipfile.ZipFile(io.BytesIO(data)).read(MANIFEST))["sender"] | {"body": "甲县"}
    )
    got = taken(city, data)
    with city.work(UPPER) as work:
        correspondents.confirm_key(work, got.fingerprint, "甲县", note="电话核对 8123456")
        assert correspondents.standing(work, work.key.name if work.key else "", "甲县") is KeyStanding.OTHER
    other = forged(data, city, plan=new_uuid(), course=new_uuid(), version=new_uuid())
    assert refused(city, other) == "package-of-another-sender"


def test_classified_matter_never_enters(county: Store, city: Store) -> None:
    marked: tuple[Clause, ...] = (*some_clauses()[:3], replace(some_clauses()[3], text="机密★1年"))
    assert refused(city, packed(county, issued(county, clauses=marked))) == "package-classified"


def test_a_classified_paper_never_enters(county: Store, city: Store) -> None:
    version = issued(county)
    with county.work(OFFICE) as work:
        plan = passage.passage(work, version).plan
        secret = Attachment(kind=PaperKind.FILING_APPLICATION, name="a.txt", data="秘密★3年\n正文".encode("gb18030"))
        data = make_package(work, plan, attachments=(secret, *papers(PaperKind.FILING_REPORT)), to="市水利局").data
    assert refused(city, data) == "package-classified"


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_package_is_refused(city: Store, data: bytes) -> None:
    assert refused(city, data).startswith("package-")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("number", "别的号", "package-signature-wrong"),
        ("root_hash", "0" * 64, "package-signature-wrong"),
        ("kind", "another", "receipt-unreadable"),
    ],
)
def test_an_altered_receipt_is_refused(county: Store, city: Store, field: str, value: str, code: str) -> None:
    version = issued(county)
    got = taken(city, packed(county, version))
    with city.work(UPPER) as work:
        inbox.give_receipt(work, got.filing, "备〔2026〕1号")
        told = json.loads(answer_file(work, got.filing, as_zip=False))
    told["answer"][field] = value
    with county.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
        enter_answer(work, canonical(told), "R.json")
    assert refusal.value.code == code


def test_a_receipt_for_something_else_is_refused(county: Store, city: Store, clock: StillClock) -> None:
    first, second = issued(county, 1), issued(county, 2)
    got = taken(city, packed(county, first))
    with city.work(UPPER) as work:
        inbox.give_receipt(work, got.filing, "备〔2026〕1号")
        told = json.loads(answer_file(work, got.filing, as_zip=False))["answer"]
    assert city.key
    with county.reading(READER) as work:
        other = passage.passage(work, second)
    cases = (
        ({"plan": other.plan}, "receipt-of-unknown-package"),
        ({"package": "0" * 64}, "receipt-of-unknown-package"),
        ({"version": other.version}, "receipt-of-another-text"),
        ({"root_hash": "1" * 64}, "receipt-of-another-text"),
    )
    for changed, code in cases:
        forged_answer = told | changed
        data = canonical({"answer": forged_answer, "signature": json.loads(signed(forged_answer, city.key))})
        with county.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
            enter_answer(work, data, "R.json")
        assert refusal.value.code == code
