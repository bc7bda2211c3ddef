"""Plans begun from templates: what is known stands in them, what is not is found again as a blank."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo import importing, plans, resources
from plans_repo.contacts import Contact, add_contact
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.organisations import Organisation, OrganisationKind, create_organisation
from plans_repo.resources import Holding, Resource, ResourceClass
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, Work
from plans_repo.text.clause import ClauseKind, SemanticType
from plans_repo.text.rendering import plain_text
from plans_repo.writing.beginning import begin_plan, makers
from plans_repo.writing.blanks import blank, blanks_of
from plans_repo.writing.template import Template, filled, template, templates
from sim.figure import Mark
from sim.procedure import Hazard
from tests.plans_repo.conftest import person

EVERYBODY = person("everybody", *Role)


def bodies(work: Work) -> dict[str, Organisation]:
    """A city, a county with its bodies, a township and a mine."""
    made = {}
    for name, kind, area, parent in (
        ("云陵市人民政府", OrganisationKind.GOVERNMENT, "/a/", ""),
        ("临河县人民政府", OrganisationKind.GOVERNMENT, "/a/b/", "云陵市人民政府"),
        ("临河县应急管理局", OrganisationKind.EMERGENCY_BUREAU, "/a/b/", "临河县人民政府"),
        ("临河县防汛抗旱指挥部", OrganisationKind.HEADQUARTERS, "/a/b/", "临河县人民政府"),
        ("临河县水利局", OrganisationKind.DEPARTMENT, "/a/b/", "临河县人民政府"),
        ("临河县柳渡镇人民政府", OrganisationKind.TOWNSHIP, "/a/b/T1/", "临河县人民政府"),
        ("临河县柳渡镇东岸村", OrganisationKind.VILLAGE, "/a/b/T1/V1/", "临河县柳渡镇人民政府"),
        ("临河县黑石煤矿", OrganisationKind.ENTERPRISE, "/a/b/T1/", "临河县人民政府"),
    ):
        up = made[parent].id if parent else None
        made[name] = create_organisation(work, name, kind=kind, area=area, parent=up)
    return made


def maker_of(found: dict[str, Organisation], kinds: tuple[OrganisationKind, ...]) -> Organisation:
    return next(body for body in found.values() if body.kind in kinds and body.name.startswith("临河县"))


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.id)
def test_every_template_becomes_a_plan_that_the_reader_understands(store: Store, one: Template) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        named = {field.id: f"{field.label}甲" for field in one.fields if f"{{{field.id}}}" in one.plan_title}
        begun = begin_plan(work, one.id, named, organisation=maker_of(found, one.makers).id)
        opened = importing.show(work, begun.plan)
        version = plans.versions_of(work, begun.plan)[0]
    assert opened.chars_in == opened.chars_kept > 0
    assert not opened.warnings
    assert (opened.kind, version.trigger) == (one.kind, Trigger.FIRST)
    assert not blanks_of(begun.title)
    headings = [clause for clause in opened.clauses if clause.kind is ClauseKind.HEADING]
    assert len(headings) == sum(line[:1].isdigit() or line[:1] in "一二三四五六七八九附" for line in headed(one.body))
    assert all("{" not in words and "}" not in words for words in plain_text(opened.clauses).splitlines())
    assert SemanticType.COMMAND_AND_DUTIES in {clause.semantic for clause in opened.clauses}


def headed(body: str) -> list[str]:
    """The lines of a template that open a section: the first of each paragraph that begins with a number."""
    lines = [line for line in body.splitlines() if line.strip()]
    return [line for line in lines if len(line) < 30 and line[-1:] not in "。；}" and not line.startswith("{{")]


def test_what_the_installation_knows_is_filled_in_and_the_rest_is_listed(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        begun = begin_plan(
            work,
            "special",
            {"commander": "县委副书记、副县长"},
            organisation=found["临河县人民政府"].id,
            hazard=Hazard.FLOOD,
        )
        words = plain_text(importing.show(work, begun.plan).clauses)
    assert begun.title == "临河县防汛抗旱应急预案"
    assert "设立临河县防汛抗旱指挥部，在临河县人民政府领导下" in words
    assert "指挥长由县委副书记、副县长担任，副指挥长由【待填：副指挥长由谁担任】担任" in words
    assert "由临河县防汛抗旱指挥部向云陵市人民政府有关部门请求支援" in words
    assert "本预案至少每3年演练一次" in words  # read in the rule
    assert "最迟【待填：首次报告时限】" in words  # a habit is suggested, never filled in
    assert tuple(one.label for one in begun.blanks) == blanks_of(words)


def test_tables_come_from_the_register_with_their_day(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        for title, quantity in (("编织袋", 1200), ("编织袋", 800)):
            resources.add_resource(work, stock(title, quantity, found["临河县水利局"].id))
        county = begin_plan(work, "overall", {}, organisation=found["临河县人民政府"].id)
        mine = begin_plan(work, "enterprise_comprehensive", {}, organisation=found["临河县黑石煤矿"].id)
        words = plain_text(importing.show(work, county.plan).clauses)
        others = plain_text(importing.show(work, mine.plan).clauses)
    assert "编织袋\t2000条\t实物储备\t临河县水利局\t2026年3月31日" in words
    assert "临河县水利局\t【待填：临河县水利局职责】" in words
    assert "编织袋" not in others  # an enterprise counts what it keeps itself
    assert "【待填：名称】" in others


def stock(title: str, quantity: int, keeper: str) -> Resource:
    return Resource(
        title=title, kind=ResourceClass.FLOOD, quantity=quantity, unit="条", keeper=keeper, holding=Holding.OWN,
        source="县水利局清点表", mark=Mark.READ, checked_on=date(2026, 3, 31),
    )  # fmt: skip


def test_no_name_or_telephone_of_a_person_enters_a_text(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
        add_contact(work, Contact(name="张三", phone="13900000000", organisation=found["临河县水利局"].id))
        begun = begin_plan(work, "overall", {}, organisation=found["临河县人民政府"].id)
        words = plain_text(importing.show(work, begun.plan).clauses)
    assert "张三" not in words
    assert "13900000000" not in words


@pytest.mark.parametrize(
    ("answers", "title", "code"),
    [
        ({"nobody": "甲"}, "", "template-field-unknown"),
        ({"scope": "字" * 2001}, "", "answer-too-long"),
        ({}, "【待填：事件类型】预案", "plan-title-open"),
        ({"scope": "机密★5年"}, "", "plan-file-classified"),
    ],
)
def test_bad_answers_are_refused_and_nothing_is_stored(
    store: Store, answers: dict[str, str], title: str, code: str
) -> None:
    with store.work(EVERYBODY) as work:
        body = bodies(work)["临河县人民政府"].id
    with pytest.raises(PlansRepoError) as refusal, store.work(EVERYBODY) as work:
        begin_plan(work, "special", answers, organisation=body, hazard=Hazard.FLOOD, title=title)
    assert refusal.value.code == code
    with store.reading(EVERYBODY) as work:
        assert plans.list_plans(work) == ()


def test_a_title_with_a_blank_needs_the_answer_first(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        body = bodies(work)["临河县水利局"].id
    with pytest.raises(PlansRepoError, match="plan-title-open"), store.work(EVERYBODY) as work:
        begin_plan(work, "department", {}, organisation=body)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(NotFound):
        template("poem")


def test_each_body_begins_its_own_plans_only(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        found = bodies(work)
    township = person("town", Role.PLAN_AUTHOR, organisation=found["临河县柳渡镇人民政府"].id)
    bureau = person("bureau", Role.PLAN_AUTHOR, organisation=found["临河县应急管理局"].id)
    with store.reading(township) as work:
        assert [body.name for body in makers(work, template("overall"))] == []
        assert [body.name for body in makers(work, template("township"))] == ["临河县柳渡镇人民政府"]
        village_makers = [body.name for body in makers(work, template("village"))]
        assert village_makers == ["临河县柳渡镇人民政府", "临河县柳渡镇东岸村"]
    with store.reading(bureau) as work:
        assert "临河县人民政府" in [body.name for body in makers(work, template("overall"))]
        assert makers(work, template("enterprise_onsite")) == ()
    with pytest.raises(NotAllowed), store.work(township) as work:
        begin_plan(work, "overall", {}, organisation=found["临河县人民政府"].id)


@given(st.dictionaries(st.sampled_from(["place", "scope"]), st.text(min_size=1), min_size=2))
def test_filling_is_by_slot_and_answers_are_not_read_again(answers: dict[str, str]) -> None:
    """An answer that looks like a slot stays as it is."""
    assert filled("{place}/{scope}", answers, {}) == f"{answers['place']}/{answers['scope']}"


def test_a_blank_is_found_again() -> None:
    assert blanks_of(f"电话{blank('值班电话')}，{blank('时限')}内") == ("值班电话", "时限")


def test_values_of_rules_carry_source_and_mark() -> None:
    for one in templates():
        assert one.source
        assert one.mark in (Mark.READ, Mark.TO_BE_CONFIRMED)
        for field in one.fields:
            assert not (field.fill or field.suggestion) or (field.source and field.source_en and field.mark)
            assert field.label_en
            assert not (field.fill and field.mark is not Mark.READ)  # only what was read stands in a text by itself


def test_there_is_a_template_for_each_kind_that_is_owed() -> None:
    kinds = [one.kind for one in templates()]
    assert kinds.count(PlanKind.UNIT) == 3
    owed = {PlanKind.OVERALL, PlanKind.SPECIAL, PlanKind.DEPARTMENT, PlanKind.TOWNSHIP, PlanKind.VILLAGE}
    assert owed <= set(kinds)
