import pytest
from sqlmodel import func, select

from plans_repo import importing, intake, plans, versions
from plans_repo.course.stages import Stage
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.importing import OpenedPlan, Recognised
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.base import METADATA
from plans_repo.store.work import Actor, Store
from plans_repo.text.clause import Clause
from sim.procedure import Hazard, Procedure
from tests.plans_repo.builders import a_procedure
from tests.plans_repo.conftest import person

AUTHOR = person("author", Role.PLAN_AUTHOR)
TEXT = """临河县防汛抗旱应急预案

1 总则
1.1 编制目的
为依法、科学、有序应对洪涝灾害，制定本预案。
2 应急响应
2.1 预警叫应
县防办接到红色预警后，应在15分钟内叫应有关乡镇责任人。
2.2 群众转移
乡镇人民政府应在接到转移指令后2小时内完成危险区群众转移。
"""


def test_a_file_becomes_a_plan_with_everything_kept(store: Store) -> None:
    opened = imported(store)
    assert (opened.title, opened.kind, opened.hazard) == ("临河县防汛抗旱应急预案", PlanKind.SPECIAL, "flood")
    assert opened.chars_kept == opened.chars_in > 0
    assert [clause.heading for clause in opened.outline] == [
        "1 总则", "1.1 编制目的", "2 应急响应", "2.1 预警叫应", "2.2 群众转移",
    ]  # fmt: skip
    assert [limit.minutes for limit in opened.time_limits] == [15, 120]
    assert opened.state is Stage.DRAFT


def test_show_says_what_import_said(store: Store) -> None:
    opened = imported(store)
    with store.reading(AUTHOR) as work:
        assert importing.show(work, opened.plan) == opened
        assert importing.show(work, opened.plan, opened.version) == opened


def test_the_original_file_is_kept_as_it_came(store: Store) -> None:
    opened = imported(store)
    with store.reading(AUTHOR) as work:
        row = versions.version_row(work, opened.plan)
        assert row.original_hash
        assert versions.media(work, row.original_hash) == ("预案.txt", TEXT.encode())


def test_the_procedure_is_proposed_from_what_was_recognised(store: Store) -> None:
    asked: list[Recognised] = []

    def propose(recognised: Recognised) -> Procedure:
        asked.append(recognised)
        return a_procedure()

    opened = imported(store, propose=propose)
    assert opened.procedure == a_procedure()
    assert (asked[0].hazard, asked[0].kind, len(asked[0].time_limits)) == (Hazard.FLOOD, PlanKind.SPECIAL, 2)


def test_a_revised_file_keeps_the_identity_of_its_clauses(store: Store) -> None:
    first = imported(store)
    text = TEXT.replace("15分钟", "10分钟").replace("2.2 群众转移", "2.2 组织群众转移")
    second = imported(store, text, into=first.plan)
    assert second.plan == first.plan
    assert ids(second) == ids(first)
    with store.reading(AUTHOR) as work:
        assert plans.version_of(work, first.plan).parents == (first.version,)


def test_a_confirmed_procedure_outlives_the_next_file(store: Store) -> None:
    first = imported(store, propose=lambda _: a_procedure())
    again = imported(store, TEXT + "补充。", into=first.plan, propose=lambda _: a_procedure(mode_min=4))
    assert again.procedure == a_procedure(mode_min=4)
    with store.work(AUTHOR) as work:
        plans.confirm(work, first.plan)
    kept = imported(store, TEXT + "再补充。", into=first.plan, propose=lambda _: a_procedure(mode_min=5))
    assert kept.procedure == a_procedure(mode_min=4, proposed=False)
    assert "procedure-kept" in {notice.code for notice in kept.warnings}


@pytest.mark.parametrize("kind", PlanKind)
def test_a_plan_below_the_county_is_told_that_its_procedure_is_a_countys(store: Store, kind: PlanKind) -> None:
    opened = imported(store, kind=kind, propose=lambda _: a_procedure())
    told = "template-of-county" in {notice.code for notice in opened.warnings}
    assert told == (kind in {PlanKind.TOWNSHIP, PlanKind.VILLAGE, PlanKind.UNIT})
    without = imported(store, kind=kind, propose=lambda _: None)
    assert "template-of-county" not in {notice.code for notice in without.warnings}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        (b"", "a.docx"),
        (b"PK\x05\x06" + bytes(18), "a.docx"),
        (b"\x00\x01\x02", "a.pdf"),
        ("机密★1年\n临河县防汛应急预案\n1 总则\n……".encode(), "a.txt"),
    ],
)
def test_a_refused_file_leaves_nothing(store: Store, data: bytes, name: str) -> None:
    with pytest.raises(PlansRepoError), store.work(AUTHOR) as work:
        intake.take_file(work, data, name)
    assert rows(store) == 0


def test_an_error_in_the_proposal_leaves_nothing(store: Store) -> None:
    def failing(_: Recognised) -> Procedure:
        raise PlansRepoError("template-missing", thing="x")

    with pytest.raises(PlansRepoError):
        imported(store, propose=failing)
    assert rows(store) == 0


@pytest.mark.parametrize(("field", "given"), [("hazard", Hazard.FIRE), ("kind", PlanKind.OVERALL)])
def test_a_plan_does_not_change_what_it_is(store: Store, field: str, given: object) -> None:
    first = imported(store)
    with pytest.raises(PlansRepoError) as refusal:
        imported(store, into=first.plan, **{field: given})
    assert (refusal.value.code, refusal.value.fields["field"]) == ("plan-is-another", field)


def test_a_reviewer_does_not_import(store: Store) -> None:
    with pytest.raises(NotAllowed):
        imported(store, actor=person("reviewer", Role.REVIEWER))


def imported(store: Store, text: str = TEXT, *, actor: Actor = AUTHOR, **more: object) -> OpenedPlan:
    with store.work(actor) as work:
        return intake.take_file(work, text.encode(), "预案.txt", **more).first  # type: ignore[arg-type]


def ids(opened: OpenedPlan) -> list[str]:
    clauses: tuple[Clause, ...] = opened.clauses
    return [clause.id for clause in clauses]


def rows(store: Store) -> int:
    with store.engine.connect() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one() for table in METADATA.sorted_tables
        )
