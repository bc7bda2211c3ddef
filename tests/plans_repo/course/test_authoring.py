from dataclasses import replace
from datetime import date

import pytest

from plans_repo import plans
from plans_repo.course import consulting, explanation, passage, work_plans, working_group
from plans_repo.course.duties import units_in
from plans_repo.course.passage import Attachment
from plans_repo.course.stages import PaperKind, Stage
from plans_repo.course.words import GroupPart
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.plans import PlanKind, Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import BOTH
from tests.plans_repo.course.walking import DECIDER, EVERYBODY, WRITER, begun, walk

PAPER = ("纪要.pdf", b"%PDF")


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


def unmet(store: Store, version: str) -> list[tuple[str, object]]:
    with store.reading(WRITER) as work:
        (on,) = passage.open_moves(work, version)
    return [(one.code, one.fields.get("paper")) for one in on.unmet]


@BOTH
def test_a_first_draft_lists_everything_that_is_missing(store: Store) -> None:
    assert unmet(store, begun(store)) == [
        ("group-without-head", None),
        ("group-without-expert", None),
        ("group-without-experience", None),
        ("input-missing", "risk_assessment"),
        ("input-missing", "resource_survey"),
        ("input-missing", "case_analysis"),
        ("consultation-missing", None),
    ]


@BOTH
def test_inputs_bear_a_date_before_the_first_text(store: Store) -> None:
    version = begun(store)
    for day, code in ((None, "input-undated"), (date(2026, 11, 21), "day-in-future")):
        paper = Attachment(kind=PaperKind.RISK_ASSESSMENT, name="r.pdf", data=b"r", dated_on=day)
        if code == "day-in-future":
            with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
                passage.attach(work, version, paper)
            assert refusal.value.code == code
            continue
        with store.work(WRITER) as work:
            passage.attach(work, version, paper)
        assert (code, "risk_assessment") in unmet(store, version)
    with store.work(WRITER) as work:
        passage.attach(work, version, replace(paper, dated_on=date(2026, 11, 1)))
    assert "risk_assessment" not in [paper for _code, paper in unmet(store, version)]


@BOTH
def test_the_head_is_a_responsible_person_and_who_leaves_no_longer_counts(store: Store) -> None:
    version = begun(store)
    with store.work(WRITER) as work:
        add = working_group.add_member
        head = add(work, version, "田甲", part=GroupPart.HEAD, unit="县应急管理局", post="科员")
        assert ("group-without-head", None) in unmet_now(work, version)
        working_group.remove_member(work, version, head.id)
        add(work, version, "吴乙", part=GroupPart.HEAD, unit="县应急管理局", post="局长", is_responsible=True)
        assert ("group-without-head", None) not in unmet_now(work, version)
        assert [member.name for member in working_group.members(work, version)] == ["吴乙"]
        with pytest.raises(NotFound):
            working_group.remove_member(work, version, head.id)


def unmet_now(work: passage.Work, version: str) -> list[tuple[str, object]]:
    (on,) = passage.open_moves(work, version)
    return [(one.code, one.fields.get("paper")) for one in on.unmet]


def test_units_are_found_by_every_form_of_their_name() -> None:
    names = ("清河县应急管理局", "清河县水利局", "清河县卫生健康局", "清河县林业局")
    bodies = [
        Organisation(id=name, name=name, name_en="", kind=OrganisationKind.DEPARTMENT, parent=None, area="/1/")
        for name in names
    ]
    clauses = [
        a_clause("a", "县应急局牵头，县水利局、县卫健局配合。"),
        a_clause("b", "清河县水利局报县发改局备案，全县各级部署。"),
    ]
    assert [(unit.name, unit.clauses) for unit in units_in(clauses, bodies)] == [
        ("清河县应急管理局", ("a",)),
        ("清河县水利局", ("a", "b")),
        ("清河县卫生健康局", ("a",)),
        ("县发改局", ("b",)),
    ]


def test_a_body_that_is_no_more_stands_for_the_one_it_has_become() -> None:
    heirs = Organisation(
        id="n", name="清河县自然资源局", name_en="", kind=OrganisationKind.DEPARTMENT, parent=None, area="/1/"
    )
    clauses = [a_clause("a", "县国土资源局负责地质灾害排查，县发改局配合。"), a_clause("b", "县自然资源局发布预警。")]
    assert [(unit.name, unit.organisation, unit.clauses) for unit in units_in(clauses, [heirs])] == [
        ("清河县自然资源局", "n", ("a", "b")),
        ("县发改局", None, ("a",)),
    ]
    assert [unit.name for unit in units_in(clauses, [])] == ["县自然资源局", "县发改局"]


def test_a_unit_the_register_does_not_know_is_not_missed_in_the_group(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bureau = a_body(work, "清河县应急管理局", "/1/e/", OrganisationKind.EMERGENCY_BUREAU).id
        a_body(work, "清河县水利局", "/1/e/", OrganisationKind.DEPARTMENT)
        plan = plans.create_plan(work, "清河县防汛预案", kind=PlanKind.SPECIAL, organisation=bureau).id
        text = (a_clause("a", "县水利局巡堤，县发改局保障物资。"),)
        version = plans.make_version(work, plan, text, reason="编制", trigger=Trigger.FIRST).id
        assert [one.fields for one in passage.unmet(work, version) if one.code == "group-without-units"] == [
            {"units": ["清河县水利局"], "count": 1}
        ]
        assert [unit.name for unit in consulting.proposed_units(work, version)] == ["清河县水利局", "县发改局"]


@BOTH
def test_an_explanation_is_written_field_by_field(store: Store) -> None:
    version = begun(store)
    with store.work(WRITER) as work:
        explanation.save_explanation(work, version, {"background": "机构改革。"})
        after = explanation.save_explanation(work, version, {"other": "无", "background": " "})
        assert (after.fields["other"], len(after.missing)) == ("无", 5)
        with pytest.raises(NotFound):
            explanation.save_explanation(work, version, {"x": "y"})
    with store.work(DECIDER) as work, pytest.raises(NotAllowed):
        explanation.save_explanation(work, version, {"other": "无"})


@BOTH
def test_a_work_plan_is_drafted_approved_by_another_and_copied_upward(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        bureau = a_body(work, "清河县应急管理局", "/1/e/").id
        department = a_body(work, "清河县水利局", "/1/e/", OrganisationKind.DEPARTMENT).id
    author, leader = (replace(one, organisation=bureau) for one in (WRITER, DECIDER))
    version = begun(store, author)
    plan = walk(store, version, Stage.DRAFT).plan
    due = {"due_on": date(2026, 12, 20), "trigger": Trigger.FINDING}
    with store.work(replace(WRITER, organisation=department)) as work, pytest.raises(NotAllowed):
        work_plans.add_entry(work, 2026, plan=plan, lead="县水利局", **due)
    with store.work(author) as work:
        work_plans.add_entry(work, 2026, plan=plan, lead="县应急局", **due)
        made = work_plans.add_entry(
            work, 2026, title="清河县地震应急预案", kind=PlanKind.SPECIAL, organisation=department, **due
        )
        assert [(one.title, one.lead, one.stage) for one in made.entries] == [
            ("某县防汛应急预案", "县应急局", Stage.DRAFT),
            ("清河县地震应急预案", "清河县水利局", None),
        ]
        with pytest.raises(PlansRepoError):
            work_plans.add_entry(work, 2027, plan=plan, lead="县应急局", **due)
        with pytest.raises(PlansRepoError):
            work_plans.record_copy(work, 2026, to="市应急局")
        with pytest.raises(NotAllowed):
            work_plans.approve_work_plan(work, 2026, approver="县政府", minutes=PAPER)
    with store.work(leader) as work:
        with pytest.raises(PlansRepoError):
            work_plans.approve_work_plan(work, 2026, approver="县政府")
        work_plans.approve_work_plan(work, 2026, approver="清河县人民政府", minutes=PAPER)
    with store.work(author) as work:
        copied = work_plans.record_copy(work, 2026, to="市应急管理局")
    assert (copied.approved_on, copied.copied_on, copied.copied_to) == (
        date(2026, 11, 20),
        date(2026, 11, 20),
        "市应急管理局",
    )
    with store.work(author) as work:
        again = work_plans.remove_entry(work, copied.entries[1].id, reason="并入2027年")
    assert (again.approved_on, again.copied_on, len(again.entries)) == (None, None, 1)


def test_an_entry_is_done_when_its_plan_is_issued(store: Store) -> None:
    version = begun(store)
    plan = walk(store, version, Stage.ISSUED).plan
    with store.work(WRITER) as work:
        made = work_plans.add_entry(
            work, 2026, plan=plan, lead="县应急局", due_on=date(2026, 11, 10), trigger=Trigger.LAW
        )
    assert made.entries[0].done_on == date(2026, 11, 20)
    assert made.entries[0].is_late(date(2026, 11, 25))
