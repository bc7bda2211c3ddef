"""Late things of bodies below are told to who supervises them, and a notice is on record on both sides."""

import io
from datetime import date

import docx
import pytest

from plans_repo.course.deeds import DeedKind, deeds
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.overdue import DueKind, overdue
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from plans_repo.supervision import issue_notice, notices, to_supervise
from plans_repo.word.supervision_notice import supervision_paper
from tests.plans_repo.builders import a_body
from tests.plans_repo.conftest import person
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import AUDITOR, registered
from ui.todos.filing import late_below, notices_got

K = OrganisationKind


def two_counties(store: Store) -> dict[str, str]:
    """A city bureau over two counties; a plan of each, registered so long ago that its evaluation is late."""
    with store.work(EVERYBODY) as work:
        ids = {
            name: a_body(work, name, area, kind).id
            for name, area, kind in (
                ("云岭市应急管理局", "/y/", K.EMERGENCY_BUREAU),
                ("青川县应急管理局", "/y/q/", K.EMERGENCY_BUREAU),
                ("临江县人民政府", "/y/l/", K.GOVERNMENT),
            )
        }
        for number, name in enumerate(("青川县应急管理局", "临江县人民政府"), start=1):
            made_by = {"organisation": ids[name]}
            plan, _version = registered(
                work, number, date(2021, 3, 1), title=f"{name[:3]}防汛应急预案", plan_kind=made_by
            )
            ids[name[:3]] = plan
    return ids


def test_what_is_late_below_is_told_above_and_a_notice_is_on_record(store: Store) -> None:
    ids = two_counties(store)
    city = person("city", Role.UPPER_AUTHORITY, organisation=ids["云岭市应急管理局"])
    county = person("county", Role.FILING_OFFICER, organisation=ids["青川县应急管理局"])
    other = person("other", Role.FILING_OFFICER, organisation=ids["临江县人民政府"])
    mine = (ids["青川县"], DueKind.EVALUATION)
    with store.reading(city) as work:
        late = [one for one in to_supervise(work) if one.kind is DueKind.EVALUATION]
        assert {(one.title, one.is_own) for one in late} == {
            ("临江县防汛应急预案", False),
            ("青川县防汛应急预案", False),
        }
        told = [one for one in late_below(work) if "定期评估" in one.duty]
        assert [one.urgency(date(2026, 11, 20)) for one in told] == ["late", "late"]
    with store.work(county) as work, pytest.raises(NotAllowed):
        issue_notice(work, [mine])
    with store.work(city) as work:
        for wrong, code in (
            ([], "notice-without-matter"),
            ([mine, (ids["临江县"], DueKind.EVALUATION)], "notice-of-two-bodies"),
        ):
            with pytest.raises(PlansRepoError) as refusal:
                issue_notice(work, wrong)
            assert refusal.value.code == code
        with pytest.raises(NotFound):
            issue_notice(work, [(ids["青川县"], DueKind.RECEIPT)])
        with pytest.raises(PlansRepoError) as refusal:
            issue_notice(work, [mine], finish_on=date(2026, 11, 20))
        assert refusal.value.code == "notice-finish-past"
        given = issue_notice(work, [mine], number="云应督〔2026〕3号", contact="王")
        data = supervision_paper(given, author="王", made_at=work.now)
    assert (given.on, given.said.finish_on, given.said.to, given.account) == (
        date(2026, 11, 20), date(2026, 11, 25), "青川县应急管理局", "city",
    )  # fmt: skip
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    assert "应急预案管理超期事项的督办通知" in words
    assert "请于2026年11月25日前办结" in words
    with store.reading(county) as work:
        (got,) = notices(work)
        assert (got.said.number, got.open) == ("云应督〔2026〕3号", 1)
        assert [one.due_on for one in notices_got(work)] == [date(2026, 11, 25)]
    with store.reading(other) as work:
        assert notices(work) == ()
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid
    with store.reading(EVERYBODY) as work:
        assert [one.account for one in deeds(work, ids["青川县"], DeedKind.SUPERVISION)] == ["city"]


def test_a_department_writes_to_a_government_and_gives_it_no_orders(store: Store) -> None:
    ids = two_counties(store)
    city = person("city", Role.UPPER_AUTHORITY, organisation=ids["云岭市应急管理局"])
    with store.work(city) as work:
        given = issue_notice(work, [(ids["临江县"], DueKind.EVALUATION)])
        data = supervision_paper(given, author="王", made_at=work.now)
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    assert "督办函" in words
    assert "督办通知" not in words


def test_each_row_names_the_rule_by_which_its_day_is_counted(store: Store) -> None:
    ids = two_counties(store)
    with store.reading(person("city", Role.UPPER_AUTHORITY, organisation=ids["云岭市应急管理局"])) as work:
        (basis,) = {one.basis for one in overdue(work) if one.kind is DueKind.EVALUATION}
    assert (basis.count, basis.unit) == (3, "year")
    assert "国办发〔2024〕5号" in basis.source
