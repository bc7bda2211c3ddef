"""Relations of plans, and a plan beside those it is tied to."""

from plans_repo import plans
from plans_repo.intake import take_file
from plans_repo.linkage.comparison import Misfit, compare
from plans_repo.linkage.duties import by_unit, clashes, duties_of, without_duty
from plans_repo.linkage.network import Reason, network, proposals
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind, RelationKind
from plans_repo.proposals import procedure_for
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Clause, ClauseKind
from sim.procedure import Hazard
from tests.plans_repo.builders import a_body, a_clause
from tests.plans_repo.conftest import person


def kept(work: Work, title: str, body: str, *texts: str, **more: object) -> str:
    made = plans.create_plan(
        work, title, organisation=body, **({"kind": PlanKind.SPECIAL, "hazard": Hazard.FLOOD} | more)
    )
    clauses = tuple(a_clause(f"{title}-{at}", text) for at, text in enumerate(texts))
    plans.make_version(work, made.id, clauses or (a_clause("x", "略。"),), reason="首次编制", trigger=Trigger.FIRST)
    return made.id


def city_and_county(work: Work) -> tuple[str, str]:
    return (
        a_body(work, "市政府", "/1/", OrganisationKind.GOVERNMENT).id,
        a_body(work, "县政府", "/1/e/", OrganisationKind.GOVERNMENT).id,
    )


def test_what_somebody_said_what_the_text_names_and_what_the_kind_suggests(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        city, county = city_and_county(work)
        upper = kept(work, "市防汛应急预案", city)
        overall = kept(work, "县总体应急预案", county, kind=PlanKind.OVERALL, hazard=None)
        flood = kept(work, "县防汛应急预案", county, "与《县地质灾害应急预案》衔接。")
        slide = kept(work, "县地质灾害应急预案", county, hazard=None)
        kept(work, "县防汛应急预案二", county, "与《县地质灾害应急预案》《县防汛应急预案》衔接。", hazard=None)
        plans.relate(work, flood, upper, RelationKind.UPPER)
        ties = {(tie.other, tie.kind, tie.reason) for tie in network(work, flood).ties if tie.plan == flood}
        assert ties == {
            (upper, RelationKind.UPPER, Reason.SAID),
            (overall, RelationKind.SPECIAL_OF, Reason.KIND),
        }
        plans.relate(work, flood, overall, RelationKind.SPECIAL_OF)
        assert proposals(work, flood) == ()
    assert slide


def test_no_level_is_skipped_in_what_is_proposed(store: Store, everybody: Actor) -> None:
    """A county's special plan naming the city's overall plan hangs on its county's and on the city's special one."""
    with store.work(everybody) as work:
        city, county = (
            a_body(work, name, area, OrganisationKind.GOVERNMENT).id
            for name, area in (("云陵市人民政府", "/1/"), ("清川县人民政府", "/1/e/"))
        )
        far = kept(work, "云陵市突发事件总体应急预案", city, kind=PlanKind.OVERALL, hazard=None)
        upper = kept(work, "云陵市防汛应急预案", city)
        own = kept(work, "清川县突发事件总体应急预案", county, kind=PlanKind.OVERALL, hazard=None)
        flood = kept(work, "清川县防汛应急预案", county, "与《云陵市突发事件总体应急预案》《云陵市防汛应急预案》衔接。")
        ties = {(tie.plan, tie.other, tie.kind) for tie in network(work, flood).ties}
        assert (flood, upper, RelationKind.UPPER) in ties
        assert (flood, own, RelationKind.SPECIAL_OF) in ties
        assert not [tie for tie in ties if {flood, far} == set(tie[:2])]
        above = {(tie.plan, tie.other, tie.kind) for tie in network(work, own).ties}
        assert (own, far, RelationKind.UPPER) in above


def test_what_a_template_proposes_claims_nothing_until_somebody_confirmed_it(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        _city, county = city_and_county(work)
        made = []
        for title in ("清川县防汛应急预案", "清川县山洪灾害应急预案"):
            text = f"{title}\n\n一、总则\n\n适用于清川县防汛。\n\n二、处置\n\n接到求救后，1小时内救出被困群众。\n"
            made.append(take_file(work, text.encode(), f"{title}.txt", propose=procedure_for).first.plan)
            work.session.get_one(PlanRow, made[-1]).organisation_id = county
        assert compare(work, made[0]).claims == ()
        plans.confirm(work, made[0])
        assert compare(work, made[0]).claims == ()  # only one of them counts on anything yet
        plans.confirm(work, made[1])
        claims = compare(work, made[0]).claims
    assert claims
    assert all(set(claim.units) == set(made) for claim in claims)


def test_a_plan_that_is_hidden_is_not_on_the_map(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = [a_body(work, name, "/1/", OrganisationKind.DEPARTMENT).id for name in ("甲局", "乙局")]
        hidden = kept(work, "甲局预案", bodies[0])
        own = kept(work, "乙局预案", bodies[1], "按照《甲局预案》执行。")
        plans.relate(work, own, hidden, RelationKind.LINKED)
    with store.reading(person("o", Role.PLAN_AUTHOR, organisation=bodies[1])) as work:
        found = network(work)
        assert [entry.id for entry in found.plans] == [own]
        assert found.ties == ()
        assert [side.plan for side in compare(work, own).sides] == [own]


def a_heading(name: str, number: str, title: str, text: str) -> Clause:
    return Clause(id=name, kind=ClauseKind.HEADING, level=2, number=number, number_raw=number, title=title, text=text)


def graded(first: str, second: str) -> tuple[Clause, ...]:
    return (
        Clause(id="r", kind=ClauseKind.HEADING, level=1, number="4", number_raw="4", title="应急响应"),
        a_heading("r1", "4.1", "Ⅰ级响应", f"死亡{first}的，由县长启动Ⅰ级响应。"),
        a_heading("r2", "4.2", "Ⅱ级响应", f"死亡{second}的，由县长启动Ⅱ级响应。"),
    )


def test_levels_side_by_side(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        city, county = city_and_county(work)
        upper, lower = kept(work, "市防汛应急预案", city), kept(work, "县防汛应急预案", county)
        plans.relate(work, lower, upper, RelationKind.UPPER)
        for plan, bounds in ((upper, ("10人以上", "3人以上10人以下")), (lower, ("20人以上", "5人以上15人以下"))):
            plans.make_version(work, plan, graded(*bounds), reason="改", trigger=Trigger.EDITING)
        (row,) = compare(work, lower).levels
    assert row.measure == "deaths"
    assert next((one.level, one.low, one.high) for one in row.cells[lower])[1:] == (20.0, None)
    assert {kind for kind, _levels in row.misfits} == {Misfit.GAP, Misfit.ABOVE_UPPER}


def test_levels_that_begin_at_one_number_are_told_so(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan = kept(work, "县防汛应急预案", city_and_county(work)[1])
        plans.make_version(work, plan, graded("10人以上", "10人以上"), reason="改", trigger=Trigger.EDITING)
        (row,) = compare(work, plan).levels
    assert row.misfits == ((Misfit.SAME, "Ⅱ级、Ⅰ级"),)


def test_duties_of_one_unit_that_say_different_figures() -> None:
    first = duties_of(
        "a", [a_clause("x", "县水利局：组织抢险队伍不少于30人，负责水库调度。\n县气象局：负责监测预报。")]
    )
    second = duties_of("b", [a_clause("y", "清川县水利局：负责工程调度，组织抢险队伍不少于50人。")])
    units = by_unit([*first, *second])
    assert list(units) == ["水利局", "气象局"]
    assert [(one.unit, one.values) for one in clashes(units)] == [("水利局", ("30人", "50人"))]


def test_members_without_a_duty() -> None:
    clauses = [
        a_clause("m", "成员单位：县水利局、县气象局、县文旅局。"),
        a_clause("d", "县水利局：负责水库调度和抢险。\n县气象局：负责监测预报预警。"),
    ]
    assert without_duty(clauses) == (("县文旅局", "m"),)
    assert without_duty(clauses[:1]) == ()
