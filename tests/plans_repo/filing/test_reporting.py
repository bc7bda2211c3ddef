"""Who reports a plan and who gets it: the approving government, bodies with a name, each paper once."""

from plans_repo import plans
from plans_repo.course import passage
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.filing.making import make_package
from plans_repo.filing.opening import open_package
from plans_repo.filing.recipients import Duty, destination
from plans_repo.filing.reporting_body import reporting_body
from plans_repo.organisations import OrganisationKind, create_organisation, organisations
from plans_repo.plans import PlanKind
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Store
from tests.plans_repo.filing.builders import OFFICE, SIGNER, issued, papers
from tests.plans_repo.filing.test_routes import bodies

K = OrganisationKind


def test_a_plan_the_government_approves_is_reported_by_the_government_not_by_the_bureau_that_wrote_it(
    store: Store,
) -> None:
    with store.work(SIGNER) as work:
        made = bodies(work)
        known = organisations(work)
        told = {
            kind: reporting_body(
                work.session.get_one(
                    PlanRow, plans.create_plan(work, f"某县{kind}预案", kind=kind, organisation=made["县应急局"]).id
                ),
                known,
            )
            for kind in (PlanKind.OVERALL, PlanKind.SPECIAL, PlanKind.DEPARTMENT, PlanKind.SUPPORT)
        }
    assert {kind: body.name for kind, body in told.items() if body} == {
        PlanKind.OVERALL: "县政府",
        PlanKind.SPECIAL: "县政府",
        PlanKind.DEPARTMENT: "县应急局",
        PlanKind.SUPPORT: "县应急局",
    }


def test_copies_go_to_the_counterpart_of_the_department_that_wrote_the_plan(store: Store) -> None:
    with store.work(SIGNER) as work:
        bodies(work)
        county = create_organisation(work, "清川县交通运输局", kind=K.DEPARTMENT, area="/s/x/").id
        create_organisation(work, "云陵市交通运输局", kind=K.DEPARTMENT, area="/s/")
        plan = plans.create_plan(work, "县总体预案", kind=PlanKind.OVERALL, organisation=county).id
        found = destination(work, work.session.get_one(PlanRow, plan)).recipients
    assert [one.name for one in found if one.duty is Duty.COPY] == ["云陵市交通运输局"]


def test_nothing_is_sent_to_an_office_without_a_name_and_a_paper_attached_twice_goes_once(store: Store) -> None:
    with store.work(SIGNER) as work:
        made = bodies(work)["县应急局"]
    version = issued(store, organisation=made)
    (report,) = papers(PaperKind.FILING_REPORT)
    again = Attachment(kind=report.kind, name=report.name, data=report.data)
    with store.work(OFFICE) as work:
        plan = passage.passage(work, version).plan
        make_package(work, plan, attachments=(report,))
        package = make_package(work, plan, attachments=(again,))
        with_unnamed = destination(work, work.session.get_one(PlanRow, plan)).recipients
    manifest = open_package(package.data, "F.zip").manifest
    assert [entry.paper for entry in manifest.files].count(PaperKind.FILING_REPORT) == 1
    assert [one.name for one in package.unnamed] == ["上一级人民政府有关部门"]
    assert len(manifest.recipients) == len(with_unnamed) - 1
    assert all(one.is_named for one in manifest.recipients)
    assert (manifest.sender.body, manifest.sender.kind) == ("县政府", K.GOVERNMENT)
