"""The catalogue: what ought to be there by rule, met by what there is; codes that stay."""

from dataclasses import replace
from datetime import date

import pytest

from plans_repo import plans
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.store.events import history
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, Work
from plans_repo.text.clause import Clause
from plans_repo.writing import catalogue
from plans_repo.writing.beginning import begin_plan
from plans_repo.writing.catalogue import Entry, Standing
from sim.procedure import Hazard
from tests.plans_repo.conftest import person
from tests.plans_repo.test_work_plan_proposals import issued as registered_by
from tests.plans_repo.writing.test_beginning import EVERYBODY, bodies


def by_title(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    return {entry.title: entry for entry in entries}


def filled_in(clause: Clause) -> Clause:
    """A clause of a text without tables, its blanks written."""
    return replace(clause, text=clause.text.replace("【待填：", "").replace("】", ""), table=None)


def issued(work: Work, version: str) -> None:
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="a.md", data=b"x")
    move(
        work, version, Move.REGISTER, reason="补录", attachments=[paper], document_number="临政办发〔2026〕1号",
        on=date(2026, 3, 1),
    )  # fmt: skip


def test_every_body_is_told_what_rules_expect_of_it(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bodies(work)
        found = catalogue.catalogue(work)
    assert {(entry.title, entry.standing) for entry in found} == {
        ("云陵市突发事件总体应急预案", Standing.MISSING),
        ("临河县突发事件总体应急预案", Standing.MISSING),
        ("临河县防汛抗旱应急预案", Standing.MISSING),
        ("临河县水利局应急预案", Standing.OPEN),
        ("临河县柳渡镇突发事件应急预案", Standing.MISSING),
        ("临河县柳渡镇东岸村突发事件应急预案", Standing.MISSING),
        ("临河县黑石煤矿生产安全事故综合应急预案", Standing.MISSING),
    }
    assert all(entry.basis for entry in found)


def test_a_plan_meets_the_line_of_its_kind_and_event_whatever_its_title(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"].id
        flood = begin_plan(
            work, "special", {}, organisation=county, hazard=Hazard.FLOOD, title="临河县洪涝灾害应急预案"
        )
        with pytest.raises(PlansRepoError, match="blanks-open"):
            issued(work, flood.version)
        quake = begin_plan(work, "special", {}, organisation=county, title="临河县地震应急预案")
        found = by_title(catalogue.catalogue(work))
        assert found["临河县洪涝灾害应急预案"].standing is Standing.WRITING
        assert found["临河县洪涝灾害应急预案"].asked == "临河县防汛抗旱应急预案"
        assert found["临河县地震应急预案"].asked == ""
        written = tuple(filled_in(clause) for clause in plans.text_of(work, flood.plan))
        issued(work, plans.make_version(work, flood.plan, written, reason="补齐", trigger=Trigger.EDITING).id)
        issued_entry = by_title(catalogue.catalogue(work))["临河县洪涝灾害应急预案"]
        assert (issued_entry.standing, issued_entry.evaluate_by) == (Standing.IN_FORCE, date(2029, 3, 1))
    assert quake.plan == found["临河县地震应急预案"].plan


def test_of_several_plans_for_an_event_the_one_so_called_meets_the_line(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"].id
        for title in ("临河县城区内涝应急预案（试行）", "临河县防汛应急预案", "临河县水利工程险情应急预案"):
            plans.create_plan(work, title, kind=PlanKind.SPECIAL, organisation=county)
        (asked,) = [entry for entry in catalogue.catalogue(work) if entry.asked == "临河县防汛抗旱应急预案"]
    assert asked.title == "临河县防汛应急预案"


def test_codes_are_given_once_and_stay(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"].id
        first = by_title(catalogue.take_up(work))
        assert first["临河县防汛抗旱应急预案"].code == "A-B-ZX-001"
        assert first["临河县柳渡镇东岸村突发事件应急预案"].code == "T1-V1-CS-001"
        assert first["临河县水利局应急预案"].code == ""  # it may be written, nobody has to
        begin_plan(work, "special", {}, organisation=county, hazard=Hazard.FLOOD)
        begin_plan(work, "special", {}, organisation=county, title="临河县地震应急预案")
        again = by_title(catalogue.take_up(work))
        assert catalogue.take_up(work) == catalogue.take_up(work)
    assert again["临河县防汛抗旱应急预案"].code == "A-B-ZX-001"
    assert again["临河县防汛抗旱应急预案"].standing is Standing.WRITING
    assert again["临河县地震应急预案"].code == "A-B-ZX-002"
    with store.reading(EVERYBODY) as work:
        assert [event.kind for event in history(work, catalogue.CHAIN)] == ["catalogue-taken-up"] * 2


def test_a_line_is_waived_with_a_reason_and_wanted_again_without(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bodies(work)
        entry = by_title(catalogue.take_up(work))["临河县黑石煤矿生产安全事故综合应急预案"]
        catalogue.waive(work, entry.id, "已停产关闭", revision=entry.revision)
        waived = by_title(catalogue.catalogue(work))[entry.title]
        assert (waived.standing, waived.waived_why) == (Standing.WAIVED, "已停产关闭")
        with pytest.raises(StaleRevision):
            catalogue.waive(work, entry.id, "另一个理由", revision=entry.revision)
        catalogue.waive(work, entry.id, " ", revision=waived.revision)
        assert by_title(catalogue.catalogue(work))[entry.title].standing is Standing.MISSING


def test_a_line_is_bound_to_the_plan_that_is_meant(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"].id
        entry = by_title(catalogue.take_up(work))["临河县防汛抗旱应急预案"]
        plan = begin_plan(work, "special", {}, organisation=county, title="临河县极端天气应对预案").plan
        other = begin_plan(work, "overall", {}, organisation=county).plan
        with pytest.raises(PlansRepoError, match="catalogue-kind-unfit"):
            catalogue.bind(work, entry.id, other, revision=entry.revision)
        catalogue.bind(work, entry.id, plan, revision=entry.revision)
        found = next(one for one in catalogue.catalogue(work) if one.id == entry.id)
        assert (found.title, found.plan, found.standing) == ("临河县极端天气应对预案", plan, Standing.WRITING)
        assert catalogue.codes(work, [plan, other]) == {plan: entry.code}
        with pytest.raises(PlansRepoError, match="catalogue-plan-exists"):
            catalogue.waive(work, entry.id, "不编", revision=found.revision)


def test_a_line_of_ones_own_needs_title_basis_and_a_body_within_reach(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
    county = found["临河县人民政府"].id
    bureau = person("bureau", Role.PLAN_AUTHOR, organisation=found["临河县应急管理局"].id)

    def adding(title: str, basis: str, organisation: str) -> str:
        with store.work(bureau) as work:
            return catalogue.add(work, title, kind=PlanKind.SPECIAL, organisation=organisation, basis=basis)

    assert adding("临河县冰雪灾害应急预案", "县政府常务会议决定", county) == "A-B-ZX-001"
    for title, basis, organisation, code in (
        ("", "决定", county, "catalogue-entry-incomplete"),
        ("甲预案", " ", county, "catalogue-entry-incomplete"),
        ("临河县冰雪灾害应急预案", "决定", county, "catalogue-entry-twice"),
    ):
        with pytest.raises(PlansRepoError) as refusal:
            adding(title, basis, organisation)
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        adding("甲预案", "决定", found["云陵市人民政府"].id)


def test_a_body_reads_only_its_own_lines(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        catalogue.take_up(work)
        county = catalogue.catalogue(work)
    mine = person("mine", Role.PLAN_AUTHOR, organisation=found["临河县黑石煤矿"].id)
    with store.work(mine) as work:
        assert [entry.title for entry in catalogue.catalogue(work)] == ["临河县黑石煤矿生产安全事故综合应急预案"]
        other = next(entry for entry in county if entry.kind is PlanKind.OVERALL)
        with pytest.raises(NotFound):
            catalogue.waive(work, other.id, "不编", revision=1)


def test_an_abolished_plan_meets_nothing_any_more(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        county = bodies(work)["临河县人民政府"]
        flood, version = registered_by(work, county, "临河县防汛抗旱应急预案", date(2026, 3, 1))
        _snow, snow = registered_by(work, county, "临河县雨雪冰冻应急预案", date(2026, 3, 2))
        catalogue.take_up(work)
        for gone in (version, snow):
            today = local_day(work.now)
            paper = Attachment(
                kind=PaperKind.ABOLITION_DECISION, name="废止通知.pdf", data=gone.encode(), dated_on=today
            )
            move(work, gone, Move.ABOLISH, reason="不再适用", attachments=[paper], document_number="临政发〔2026〕9号")
        found = by_title(catalogue.catalogue(work))
        assert (found["临河县防汛抗旱应急预案"].standing, found["临河县防汛抗旱应急预案"].plan) == (
            Standing.MISSING,
            None,
        )
        assert found["临河县雨雪冰冻应急预案"].standing is Standing.ENDED
        assert flood not in {one.plan for one in found.values()}
