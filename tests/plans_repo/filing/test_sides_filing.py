"""A joint plan is filed by the way of every side: once under one city, with each city's authorities under several."""

from dataclasses import replace
from datetime import date

import pytest

from plans_repo.checks.filing_facts import FilingFacts
from plans_repo.course import courses, passage
from plans_repo.course.passage import Attachment
from plans_repo.course.sides import register_sides
from plans_repo.course.stages import ClockKind, Move, PaperKind, Stage
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.filing import filings, inbox, paper_receipts
from plans_repo.filing.letter import filing_letter
from plans_repo.filing.recipients import Duty
from plans_repo.filing.shares import FilingState
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Actor, Store, Work
from plans_repo.versions import version_row
from sim.procedure import Hazard
from tests.plans_repo.builders import a_body, a_plan
from tests.plans_repo.conftest import person

pytestmark = pytest.mark.usefixtures("store")
K = OrganisationKind
WRITER, OFFICER = person("writer", *Role), person("officer", *Role)
BODIES = (
    ("大江市人民政府", "/1/", K.GOVERNMENT),
    ("大江市水利局", "/1/", K.DEPARTMENT),
    ("大江市应急管理局", "/1/", K.EMERGENCY_BUREAU),
    ("清河县人民政府", "/1/e/", K.GOVERNMENT),
    ("清河县应急管理局", "/1/e/", K.EMERGENCY_BUREAU),
    ("南江市人民政府", "/2/", K.GOVERNMENT),
    ("南江市水利局", "/2/", K.DEPARTMENT),
    ("南江市应急管理局", "/2/", K.EMERGENCY_BUREAU),
)


class River:
    """An issued joint plan of 清河县 and 石岭县, which lies in *area*; "" where nobody has entered it."""

    def __init__(self, store: Store, area: str) -> None:
        self.store = store
        with store.work(WRITER) as work:
            bodies = (*BODIES, *((("石岭县人民政府", area, K.GOVERNMENT),) if area else ()))
            self.ids = {name: a_body(work, name, where, kind).id for name, where, kind in bodies}
            made = a_plan(
                work, "清河县石岭县防汛联合应急预案", kind=PlanKind.JOINT, hazard=Hazard.FLOOD,
                organisation=self.ids["清河县应急管理局"],
            )  # fmt: skip
            self.plan, self.version = made[0].id, made[1].id
            plan, version = work.session.get_one(PlanRow, self.plan), version_row(work, self.plan)
            course = courses.latest(work, self.plan)
            assert course
            register_sides(work, plan, course, version)
            course.stage, course.issued_on = Stage.PUBLISHED, date(2026, 11, 18)
            course.document_number = "清政办发〔2026〕12号"

    def of(self, name: str) -> Actor:
        return replace(person(name, *Role), organisation=self.ids[name])

    def goes_to(self, work: Work, duty: Duty) -> list[tuple[str, str]]:
        found = filings.filing(work, self.version).destination.recipients
        return [(one.name, one.side) for one in found if one.duty is duty]

    def send(self, **more: str) -> None:
        papers = [
            Attachment(kind=kind, name=f"{kind}.pdf", data=b"%PDF")
            for kind in (PaperKind.FILING_REPORT, PaperKind.EXPLANATION)
        ]
        with self.store.work(OFFICER) as work:
            passage.move(work, self.version, Move.FILE, attachments=papers, **more)

    def facts(self, work: Work) -> FilingFacts:
        return FilingFacts(work=work, stand=passage.passage(work, self.version))

    def is_due(self, work: Work) -> bool:
        clocks = courses.deadlines(work, work.session.get_one(PlanRow, self.plan))
        return any(one.kind is ClockKind.RECEIPT and one.done_on is None for one in clocks)


def test_sides_under_one_city_file_once(store: Store) -> None:
    river = River(store, "/1/s/")
    with store.reading(OFFICER) as work:
        assert river.goes_to(work, Duty.FILE) == [("大江市水利局", "")]
        assert river.goes_to(work, Duty.COPY) == [("大江市应急管理局", "")]
        assert len(filings.filing(work, river.version).shares) == 1


def test_sides_under_two_cities_file_with_both_and_each_gives_its_receipt(store: Store) -> None:
    river = River(store, "/2/s/")
    river.send()
    with store.reading(OFFICER) as work:
        assert river.goes_to(work, Duty.FILE) == [("大江市水利局", "清河县"), ("南江市水利局", "石岭县")]
        assert river.goes_to(work, Duty.COPY) == [("大江市应急管理局", "清河县"), ("南江市应急管理局", "石岭县")]
        assert filing_letter(work, river.version).addressees == ("大江市水利局", "南江市水利局")
        assert filing_letter(work, river.version).issuer == "清河县人民政府"
        sent, asked = river.facts(work).sent_to(), river.facts(work).route()
        assert sent is not None
        assert asked is not None
        assert (sent.recipients, sent.copies) == (asked.recipients, asked.copies)
    with store.work(river.of("南江市水利局")) as work:
        (one,) = inbox.inbox(work)
        assert inbox.ask_supplement(work, one.id, ("签字页",)).state is FilingState.SUPPLEMENT_ASKED
    with store.work(river.of("大江市水利局")) as work:
        (one,) = inbox.inbox(work)
        assert (one.state, one.was_asked, one.receipt) == (FilingState.SENT, False, None)
        inbox.give_receipt(work, one.id, "江水备〔2026〕3号")
        with pytest.raises(PlansRepoError, match="receipt-given-already"):
            inbox.give_receipt(work, one.id, "江水备〔2026〕4号")
    with store.work(OFFICER) as work:
        told = filings.filing(work, river.version)
        assert told.state is FilingState.SUPPLEMENT_ASKED
        assert [(one.side, one.state) for one in told.shares] == [
            ("清河县", FilingState.RECEIPTED), ("石岭县", FilingState.SUPPLEMENT_ASKED),
        ]  # fmt: skip
        paper = Attachment(kind=PaperKind.FILING_SUPPLEMENT, name="签字页.pdf", data=b"%PDF")
        filings.supplement(work, river.version, (paper,))
        assert river.is_due(work)
    with store.work(river.of("南江市水利局")) as work:
        (one,) = inbox.inbox(work)
        inbox.give_receipt(work, one.id, "南水备〔2026〕9号")
    with store.reading(OFFICER) as work:
        assert filings.filing(work, river.version).state is FilingState.RECEIPTED
        assert not river.is_due(work)


def test_a_side_that_is_not_here_is_named_delivered_outside_and_its_receipt_comes_on_paper(store: Store) -> None:
    river = River(store, "")
    with store.reading(OFFICER) as work:
        assert river.goes_to(work, Duty.FILE) == [
            ("大江市水利局", "清河县"), ("石岭县的上一级人民政府相应牵头部门", "石岭县"),
        ]  # fmt: skip
        outside = [one for one in filings.filing(work, river.version).shares if one.is_outside]
        assert [one.side for one in outside] == ["石岭县"]
    with pytest.raises(NotFound, match="side-unknown"):
        river.send(file_with="北川县=南江市水利局")
    river.send(file_with="石岭县=北江市水利局")
    with store.work(river.of("大江市水利局")) as work:
        (one,) = inbox.inbox(work)
        inbox.give_receipt(work, one.id, "江水备〔2026〕3号")
    with store.work(OFFICER) as work:
        assert filings.filing(work, river.version).state is FilingState.SENT
        assert river.is_due(work)
        receipt = [Attachment(kind=PaperKind.FILING_RECEIPT, name="回执.pdf", data=b"%PDF")]
        with pytest.raises(PlansRepoError, match="receipt-given-already"):
            passage.move(
                work, river.version, Move.RECEIVE_RECEIPT, attachments=receipt, document_number="备1号",
                received_from="大江市水利局",
            )  # fmt: skip
        passage.move(
            work, river.version, Move.RECEIVE_RECEIPT, attachments=receipt, document_number="北水备〔2026〕1号",
            received_from="北江市水利局",
        )  # fmt: skip
        assert filings.filing(work, river.version).state is FilingState.RECEIPT_ENTERED
    with store.work(WRITER) as work:
        paper_receipts.confirm(work, river.version)
        assert filings.filing(work, river.version).state is FilingState.RECEIPTED
        assert not river.is_due(work)
