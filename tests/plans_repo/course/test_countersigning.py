"""A joint plan is numbered and issued when every side has countersigned, on the full way and on the simplified one."""

import pytest

from plans_repo import plans
from plans_repo.course import conditions, countersigning, courses, papers
from plans_repo.course.conditions import Case
from plans_repo.course.papers import Attachment
from plans_repo.course.paths import Path, all_paths
from plans_repo.course.stages import PaperKind, Stage
from plans_repo.errors import NotFound
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, Work
from plans_repo.versions import version_row
from tests.plans_repo.builders import a_body, a_clause, a_plan, some_clauses
from tests.plans_repo.course.walking import EVERYBODY, OFFICE


def unmet(work: Work, plan: str) -> list[object]:
    row, version = work.session.get_one(PlanRow, plan), version_row(work, plan)
    course = courses.latest(work, plan)
    assert course
    case = Case(work=work, plan=row, course=course, version=version, path=courses.path_of(work, row, course))
    return [one.fields["units"] for one in conditions.conditions()["countersigned"](case)]


def test_every_other_side_gives_its_own_word_and_no_sheet_of_this_side_counts_for_it(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        for name, area in (("大江市", "/1/"), ("清河县", "/1/e/"), ("石岭县", "/1/s/"), ("北川县", "/1/b/")):
            a_body(work, f"{name}人民政府", area, OrganisationKind.GOVERNMENT)
        bureau = a_body(work, "清河县应急管理局", "/1/e/")
        plan, _first = a_plan(work, "清河县石岭县防汛联合应急预案", kind=PlanKind.JOINT, organisation=bureau.id)
        text = (*some_clauses(), a_clause("c7", "北川县水利局通报上游水情，报大江市人民政府。"))
        plans.make_version(work, plan.id, text, reason="起草", trigger=Trigger.EDITING)
        row, version = work.session.get_one(PlanRow, plan.id), version_row(work, plan.id)
        course = courses.latest(work, plan.id)
        assert course
        course.stage = Stage.APPROVAL
        beside = Attachment(kind=PaperKind.APPROVAL_SHEET, name="石岭县人民政府签批件.pdf", data=b"%PDF")
        papers.add(work, row, course, version, beside)
        assert unmet(work, plan.id) == [["石岭县人民政府", "北川县人民政府"]]
        with pytest.raises(NotFound, match="side-unknown"):
            countersigning.countersign(work, version.id, ("会签.pdf", b"%PDF"), signed_by="县长")
    with store.work(OFFICE) as work:
        for place, left in (("石岭县", [["北川县人民政府"]]), ("北川县", [])):
            countersigning.countersign(work, version.id, ("会签.pdf", b"%PDF"), side=place, signed_by="县长")
            assert unmet(work, plan.id) == left


@pytest.mark.parametrize("path", [one for one in all_paths() if PlanKind.JOINT in one.kinds], ids=lambda one: one.id)
def test_no_way_of_a_joint_plan_is_issued_by_one_side(path: Path) -> None:
    assert [manner.id for manner in path.at(Stage.APPROVAL).manners] == ["joint_consent"]
    assert "countersigned" in path.at(Stage.NUMBERING).asks
