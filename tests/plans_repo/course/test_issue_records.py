"""What is entered beside an issued edition with its paper: the issuing name, drills reported to the supervisor."""

from datetime import date

import pytest

from plans_repo.checks.collection import collect
from plans_repo.course.drill_reports import DrillReport, drill_reports, record_drill_report
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.issuing_name import IssuedBy, IssuingName, issuing_name, record_issuing_name
from plans_repo.course.papers import Attachment
from plans_repo.course.passage import passage
from plans_repo.course.stages import PaperKind
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.plans import PlanKind
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from tests.plans_repo.conftest import person
from tests.plans_repo.course.walking import EVERYBODY, WRITER
from tests.plans_repo.filing.builders import issued, registered

PAPER = Attachment(kind=PaperKind.DRILL_RECORD, name="演练情况报告.pdf", data=b"%PDF drill")


def test_the_issuing_name_comes_with_the_notice_and_is_corrected_afterwards(store: Store) -> None:
    name = IssuingName(issued_by=IssuedBy.GOVERNMENT_OFFICE, signed_by="常务副县长")
    version = issued(store, notice=IssuingNotice(name=name))
    with store.work(WRITER) as work:
        stand = passage(work, version)
        assert issuing_name(work, stand.plan, stand.course) == name
        seen = collect(work, stand.plan).approval
        assert seen
        assert (seen.issued_by, seen.issuer) == ("government_office", "人民政府办公室（厅）")
        better = IssuingName(issued_by=IssuedBy.HEADQUARTERS)
        record_issuing_name(work, version, better)
        assert issuing_name(work, stand.plan, stand.course) == better
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid


def test_a_reported_drill_needs_its_paper_and_a_day_after_the_drill(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        plan, version = registered(work, plan_kind={"kind": PlanKind.UNIT})
    report = DrillReport(drilled_on=date(2026, 11, 10), to="县应急管理局", drill="透水事故现场处置演练")
    with pytest.raises(PlansRepoError, match="papers-missing"), store.work(WRITER) as work:
        record_drill_report(work, version, report, paper=None)
    with pytest.raises(PlansRepoError, match="report-before-drill"), store.work(WRITER) as work:
        record_drill_report(work, version, report, paper=PAPER, on=date(2026, 11, 9))
    with pytest.raises(NotAllowed), store.work(person("reader", Role.LEADER)) as work:
        record_drill_report(work, version, report, paper=PAPER)
    with store.work(WRITER) as work:
        record_drill_report(work, version, report, paper=PAPER, on=date(2026, 11, 12))
        ((deed, kept),) = drill_reports(work, plan)
        assert (deed.on, kept) == (date(2026, 11, 12), report)
        assert [one.drilled_on for one in collect(work, plan).drill_reports] == [date(2026, 11, 10)]
        assert PaperKind.DRILL_RECORD in {one.kind for one in passage(work, version).papers}


def test_a_body_must_be_named() -> None:
    with pytest.raises(PlansRepoError, match="words-missing"):
        DrillReport(drilled_on=date(2026, 11, 10), to=" ")
