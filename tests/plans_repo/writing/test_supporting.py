"""Work manuals and action schemes: what a plan asks of a unit, and whether it still does."""

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from plans_repo import plans, resources
from plans_repo.contacts import Contact, add_contact
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.intake import take_file
from plans_repo.organisations import OrganisationKind, create_organisation
from plans_repo.procedures.edits import with_pool
from plans_repo.proposals import procedure_for
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.store.roles import Role
from plans_repo.store.work import Store
from plans_repo.word.manual_document import manual_document
from plans_repo.writing import supporting
from plans_repo.writing.manual import leading_units, manual, units_of
from plans_repo.writing.supporting import SupportKind
from sim.procedure import Hazard
from tests.plans_repo.conftest import BOTH, person
from tests.plans_repo.word.checking import complaints
from tests.sim.builders import a_pool
from ui.demo.sources import plan_text

EVERYBODY = person("everybody", *Role)
READER = person("reader", Role.MEMBER_UNIT)


def a_flood_plan(store: Store) -> str:
    with store.work(EVERYBODY) as work:
        return take_file(
            work, plan_text("qingchuan-flood"), "a.md", hazard=Hazard.FLOOD, propose=procedure_for
        ).first.plan


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


@BOTH
def test_a_manual_holds_every_task_of_the_unit_and_no_other(store: Store, tmp_path: Path) -> None:
    plan = a_flood_plan(store)
    with store.reading(EVERYBODY) as work:
        procedure = plans.procedure_of(work, plan)
        found = manual(work, plan, "县水利局")
        now = work.now
    assert procedure is not None
    expected = [task for task in procedure.tasks if "县水利局" in (task.lead, *task.support)]
    assert [duty.task for duty in found.duties] == expected
    assert [duty.leads for duty in found.duties] == [task.lead == "县水利局" for task in expected]
    for kind in SupportKind:
        for language, title in (("zh", "县水利局"), ("en", "县水利局")):
            data = manual_document(found, kind, made_at=now, language=language)
            told = words(data)
            assert complaints(data, tmp_path) == []
            assert title in told
            assert all((task.title_en if language == "en" else task.title) in told for task in expected)
            assert found.root_hash[:12] in told


def test_the_words_of_the_clause_and_the_limit_are_told(store: Store) -> None:
    plan = a_flood_plan(store)
    with store.reading(EVERYBODY) as work:
        found = manual(work, plan, "县水利局")
        told = words(manual_document(found, SupportKind.MANUAL, made_at=work.now))
    expert = next(duty for duty in found.duties if duty.task.id == "F8a")
    assert expert.targets[0].limit_min == 60
    assert f"时限：{expert.targets[0].title}，1小时" in told
    assert expert.words.split("\n")[0] in told


def test_a_clause_that_binds_two_tasks_is_quoted_once(store: Store) -> None:
    plan = a_flood_plan(store)
    with store.reading(EVERYBODY) as work:
        found = manual(work, plan, "县水利局")
        told = words(manual_document(found, SupportKind.MANUAL, made_at=work.now))
    quoted = [duty.words for duty in found.duties if duty.words]
    assert len(set(quoted)) < len(quoted)
    assert told.count("预案原文见上") == len(quoted) - len(set(quoted))


def test_telephones_are_for_those_who_may_look_people_up(store: Store) -> None:
    plan = a_flood_plan(store)
    with store.work(EVERYBODY) as work:
        body = create_organisation(work, "清川县水利局", kind=OrganisationKind.DEPARTMENT, area="/yunling/qingchuan/")
        add_contact(work, Contact(name="张三", phone="0000-6201234", post="局长", organisation=body.id))
        told = words(manual_document(manual(work, plan, "县水利局"), SupportKind.MANUAL, made_at=work.now))
    assert "0000-6201234" in told
    with store.reading(READER) as work:
        found = manual(work, plan, "县水利局")
        assert found.contacts is None
        assert "0000-6201234" not in words(manual_document(found, SupportKind.MANUAL, made_at=work.now))


def test_only_what_the_unit_keeps_is_its_own_and_nobody_who_decides_is_a_force(store: Store) -> None:
    plan = a_flood_plan(store)
    with store.work(EVERYBODY) as work:
        water, fire = (
            create_organisation(work, f"清川县{name}", kind=OrganisationKind.DEPARTMENT, area="/yunling/qingchuan/")
            for name in ("水利局", "消防救援大队")
        )
        station = create_organisation(
            work, "水利抢险队", kind=OrganisationKind.TEAM, area="/yunling/qingchuan/", parent=water.id
        )
        entries = (
            ("防汛石料", ResourceClass.FLOOD, 18000, water, "", Holding.OWN),
            ("抢险队", ResourceClass.TEAM, 30, station, "", None),
            ("水利专家", ResourceClass.EXPERT, 4, water, "dike_expert", None),
            ("驻县专家", ResourceClass.EXPERT, 2, fire, "dike_expert", None),
            ("副县长", ResourceClass.DECISION_MAKER, 1, fire, "dike_expert", None),
        )
        for title, kind, quantity, keeper, pool, holding in entries:
            resources.add_resource(
                work,
                Resource(
                    title=title, kind=kind, quantity=quantity, unit="个", keeper=keeper.id, pool=pool, holding=holding,
                    source="清点", checked_on=date(2026, 10, 1),
                ),
            )  # fmt: skip
        found = manual(work, plan, "清川县水利局")
        told = words(manual_document(found, SupportKind.SCHEME, made_at=work.now))
    assert found.unit == "县水利局"
    assert found.bodies == ("清川县水利局", "水利抢险队")
    assert {(one.title, one.quantity) for one in found.own} == {("防汛石料", 18000), ("抢险队", 30), ("专家", 4)}
    assert [(one.title, one.quantity) for one in found.others] == [("专家", 2)]
    assert "驻县专家" not in told
    assert "不计入本单位力量" in told
    assert "中位" not in told
    assert "编制单位：清川县水利局" in told


def test_a_unit_without_tasks_gets_none(store: Store) -> None:
    plan = a_flood_plan(store)
    with pytest.raises(PlansRepoError, match="unit-without-tasks"), store.work(EVERYBODY) as work:
        supporting.enter(work, plan, SupportKind.MANUAL, "县旅游局")
    with store.reading(EVERYBODY) as work:
        assert supporting.supporting_documents(work, plan) == ()


@BOTH
def test_a_document_is_out_of_date_once_the_plan_has_a_newer_version(store: Store) -> None:
    plan = a_flood_plan(store)
    with store.work(EVERYBODY) as work:
        made = supporting.enter(work, plan, SupportKind.MANUAL, "县水利局")
        assert supporting.enter(work, plan, SupportKind.MANUAL, "县水利局") == made
        assert supporting.units_with(work, plan, SupportKind.MANUAL) == {"县水利局"}
        procedure = plans.procedure_of(work, plan)
        assert procedure is not None
        plans.set_procedure(work, plan, with_pool(procedure, a_pool("u")), reason="增列力量")
        (stale,) = supporting.supporting_documents(work, plan)
        assert stale.is_stale
        assert supporting.units_with(work, plan, SupportKind.MANUAL) == frozenset()
        fresh = supporting.enter(work, plan, SupportKind.MANUAL, "县水利局")
        assert supporting.supporting_documents(work, plan) == (fresh,)


def test_who_may_not_write_the_plan_makes_none(store: Store) -> None:
    plan = a_flood_plan(store)
    with pytest.raises((NotAllowed, NotFound)), store.work(READER) as work:
        supporting.enter(work, plan, SupportKind.SCHEME, "县水利局")


def test_units_are_told_in_the_order_of_the_procedure(store: Store) -> None:
    plan = a_flood_plan(store)
    with store.reading(EVERYBODY) as work:
        procedure = plans.procedure_of(work, plan)
    assert procedure is not None
    assert units_of(procedure)[:3] == ("县防办", "县气象局", "县水利局")
    assert set(leading_units(procedure)) <= set(units_of(procedure))
