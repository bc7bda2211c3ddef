from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from plans_repo import drafts, plans, versions
from plans_repo.course import passage
from plans_repo.course.passage import Attachment
from plans_repo.course.stages import Move, PaperKind
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind, RelationKind, Trigger
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import BlobRow
from plans_repo.store.work import Actor, Store
from sim.procedure import Hazard, Procedure
from tests.plans_repo.builders import a_body, a_clause, a_plan, a_procedure, edited, some_clauses
from tests.plans_repo.conftest import person

AUTHOR = person("author", Role.PLAN_AUTHOR)
AUDITOR = person("auditor", Role.AUDIT_ADMINISTRATOR)


def test_what_goes_in_comes_out(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, version = a_plan(work)
        with_procedure = plans.set_procedure(work, plan.id, a_procedure(), reason="模板")
    with store.reading(AUTHOR) as work:
        assert plans.text_of(work, plan.id, version.id) == some_clauses()
        assert plans.text_of(work, plan.id) == some_clauses()
        assert plans.procedure_of(work, plan.id) == a_procedure()
        assert plans.procedure_of(work, plan.id, version.id) is None
        assert with_procedure.parents == (version.id,)


def test_a_version_is_found_by_id_label_and_ordinal(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, first = a_plan(work)
        second = plans.make_version(work, plan.id, edited("x"), reason="改", trigger=Trigger.EDITING)
        assert first.label == "第1稿（2026-11-20）"
        for key in (first.id, first.label, "1"):
            assert plans.version_of(work, plan.id, key).id == first.id
        assert plans.version_of(work, plan.id).id == second.id
        with pytest.raises(NotFound) as refusal:
            plans.version_of(work, plan.id, "9")
    assert refusal.value.code == "version-unknown"


def test_the_text_that_was_issued_is_called_an_edition(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, first = a_plan(work)
        second = plans.make_version(work, plan.id, edited("x"), reason="改", trigger=Trigger.EDITING)
        assert (second.label, second.label_en) == ("第2稿（2026-11-20）", "Draft 2 (2026-11-20)")
    with store.work(person("filing", Role.FILING_OFFICER)) as work:
        paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头.pdf", data=b"scan")
        register = {"reason": "补录", "document_number": "清政办发〔2026〕9号", "attachments": [paper]}
        passage.move(work, second.id, Move.REGISTER, on=date(2026, 3, 18), **register)
        issued = plans.version_of(work, plan.id)
        assert (issued.label, issued.label_en) == ("第2版（2026-11-20）", "Edition 2 (2026-11-20)")
        assert plans.version_of(work, plan.id, first.id).label == "第1稿（2026-11-20）"
        for key in ("第2版（2026-11-20）", "第2稿（2026-11-20）", "2"):
            assert plans.version_of(work, plan.id, key).id == second.id


def test_the_root_hash_covers_words_and_procedure(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, first = a_plan(work)
        second = plans.set_procedure(work, plan.id, a_procedure(), reason="模板")
        third = plans.set_procedure(work, plan.id, a_procedure(mode_min=3.5), reason="改时长")
        again = plans.set_procedure(work, plan.id, a_procedure(), reason="改回")
    assert len({first.root_hash, second.root_hash, third.root_hash}) == 3
    assert again.root_hash == second.root_hash


def test_a_version_costs_what_changed(store: Store) -> None:
    many = tuple(a_clause(f"c{number}", f"第{number}句。") for number in range(200))
    with store.work(AUTHOR) as work:
        plan = plans.create_plan(work, "长预案", kind=PlanKind.OVERALL)
        plans.make_version(work, plan.id, many, reason="首次", trigger=Trigger.FIRST)
        before = len(work.session.exec(select(BlobRow.hash)).all())
        changed = (*many[:7], a_clause("c7", "改了。"), *many[8:])
        plans.make_version(work, plan.id, changed, reason="改", trigger=Trigger.EDITING)
        assert len(work.session.exec(select(BlobRow.hash)).all()) == before + 1


def test_confirming_accepts_every_proposed_target_once(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        plans.set_procedure(work, plan.id, a_procedure(), reason="模板")
        confirmed = plans.confirm(work, plan.id)
        procedure = plans.procedure_of(work, plan.id)
        assert procedure == a_procedure(proposed=False)
        assert plans.confirm(work, plan.id) == confirmed


def test_what_was_made_from_a_version_that_is_the_newest_no_more_is_refused(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        shown = plans.set_procedure(work, plan.id, a_procedure(), reason="模板")
        plans.require_newest(work, plan.id, shown.id)
        newer = plans.set_procedure(work, plan.id, a_procedure(mode_min=3.5), reason="改时长", seen=shown.id)
        for late in (
            lambda: plans.set_procedure(work, plan.id, a_procedure(), reason="改回", seen=shown.id),
            lambda: plans.confirm(work, plan.id, seen=shown.id),
            lambda: plans.require_newest(work, plan.id, shown.id),
        ):
            with pytest.raises(StaleRevision) as refusal:
                late()
            assert refusal.value.code == "version-made-meanwhile"
            assert newer.label in str(refusal.value)
        assert plans.version_of(work, plan.id) == newer
        assert plans.confirm(work, plan.id, seen=newer.id).parents == (newer.id,)


def test_there_is_nothing_to_confirm_without_a_procedure(store: Store) -> None:
    with store.work(AUTHOR) as work, pytest.raises(PlansRepoError) as refusal:
        plans.confirm(work, a_plan(work)[0].id)
    assert refusal.value.code == "version-without-procedure"


def test_a_procedure_for_another_hazard_is_refused(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work, hazard=Hazard.MINE)
        with pytest.raises(PlansRepoError) as refusal:
            plans.set_procedure(work, plan.id, a_procedure(), reason="模板")
    assert refusal.value.code == "procedure-of-other-hazard"


def test_stored_bytes_of_another_format_are_refused() -> None:
    with pytest.raises(PlansRepoError) as refusal:
        versions.read_procedure(b'{"format": 99}')
    assert refusal.value.code == "procedure-format-unknown"


def test_an_unknown_plan_does_not_exist(store: Store) -> None:
    with store.reading(AUTHOR) as work, pytest.raises(NotFound) as refusal:
        plans.plan(work, "nowhere")
    assert refusal.value.fields == {"thing": "plan", "value": "nowhere"}


def test_authors_of_different_clauses_do_not_disturb_each_other(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        seen = {entry.clause.id: entry.revision for entry in drafts.open_draft(work, plan.id).clauses}
    for clause_id in ("c2", "c4"):
        with store.work(AUTHOR) as work:
            drafts.save_clause(work, plan.id, a_clause(clause_id, "新"), revision=seen[clause_id])
    with store.work(AUTHOR) as work:
        made = drafts.make_version(work, plan.id, reason="修订", trigger=Trigger.COMMAND).id
    with store.reading(AUTHOR) as work:
        texts = {clause.id: clause.text for clause in plans.text_of(work, plan.id, made)}
        assert drafts.draft(work, plan.id) is None
    assert (texts["c2"], texts["c4"]) == ("新", "新")


def test_clauses_are_added_behind_another_and_removed(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        drafts.open_draft(work, plan.id)
        drafts.add_clause(work, plan.id, a_clause("c9", "新增。"), after="c2")
        removed = next(entry for entry in drafts.open_draft(work, plan.id).clauses if entry.clause.id == "c4")
        drafts.remove_clause(work, plan.id, "c4", revision=removed.revision)
        drafts.make_version(work, plan.id, reason="修订", trigger=Trigger.EDITING)
        assert [clause.id for clause in plans.text_of(work, plan.id)] == ["c1", "c2", "c9", "c3"]
        assert plans.text_of(work, plan.id, "1") == some_clauses()


def promise(sentence: str, *, limit_min: float, proposed: bool) -> Procedure:
    """A procedure whose one target was read from *sentence*."""
    procedure = a_procedure()
    target = replace(procedure.targets[0], source=sentence, limit_min=limit_min, proposed=proposed)
    return replace(procedure, targets=(target,))


@pytest.mark.parametrize(
    ("written", "found", "expected"),
    [
        ("接到预警后40分钟内到岗。", None, promise("接到预警后30分钟内到岗", limit_min=30, proposed=True)),
        (
            "接到预警后40分钟内到岗。",
            promise("接到预警后40分钟内到岗", limit_min=40, proposed=True),
            promise("接到预警后40分钟内到岗", limit_min=40, proposed=True),
        ),
        (
            "各单位接到预警后30分钟内到岗，并报告。",
            promise("接到预警后30分钟内到岗", limit_min=31, proposed=True),
            promise("接到预警后30分钟内到岗", limit_min=30, proposed=False),
        ),
    ],
    ids=["nobody reads the new words", "the new words are read", "the words of the promise stand"],
)
def test_a_promise_whose_words_changed_is_open_again(
    store: Store, written: str, found: Procedure | None, expected: Procedure
) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        plans.make_version(
            work, plan.id, [a_clause("c2", "接到预警后30分钟内到岗。")], reason="改", trigger=Trigger.EDITING
        )
        plans.set_procedure(
            work, plan.id, promise("接到预警后30分钟内到岗", limit_min=30, proposed=False), reason="确认"
        )
        entry = drafts.open_draft(work, plan.id).clauses[0]
        drafts.save_clause(work, plan.id, a_clause("c2", written), revision=entry.revision)
        drafts.make_version(
            work, plan.id, reason="修订", trigger=Trigger.EDITING, propose=(lambda _: found) if found else None
        )
        assert plans.procedure_of(work, plan.id) == expected


def test_a_version_needs_a_reason(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        with pytest.raises(PlansRepoError) as refusal:
            plans.make_version(work, plan.id, edited("x"), reason=" ", trigger=Trigger.EDITING)
    assert refusal.value.code == "reason-missing"


def test_relations_are_seen_from_both_sides(store: Store) -> None:
    with store.work(AUTHOR) as work:
        upper, _ = a_plan(work, "总体预案", kind=PlanKind.OVERALL, hazard=None)
        plan, _ = a_plan(work)
        said = plans.relate(work, plan.id, upper.id, RelationKind.UPPER)
        assert plans.relate(work, plan.id, upper.id, RelationKind.UPPER) == said
        assert plans.relations(work, upper.id) == plans.relations(work, plan.id) == (said,)


def test_the_store_with_versions_verifies_and_an_altered_clause_is_found(store: Store) -> None:
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        plans.set_procedure(work, plan.id, a_procedure(), reason="模板")
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid
        assert [event.kind for event in events.history(work, f"plan:{plan.id}")] == [
            "plan-created",
            "version-made",
            "version-made",
        ]
    forge(store, "blob", "data = (SELECT data FROM node LIMIT 1)")
    with store.reading(AUDITOR) as work:
        fault = audit.verify(work).first_bad
        assert fault
        assert (fault.where.split()[0], fault.why) == ("blob", "altered")


@pytest.mark.parametrize("change", ["reason = 'x'", "created_by = 'y'", "ordinal = ordinal + 7"])
def test_an_altered_version_row_is_found(store: Store, change: str) -> None:
    with store.work(AUTHOR) as work:
        _, version = a_plan(work)
    forge(store, "version", change)
    with store.reading(AUDITOR) as work:
        fault = audit.verify(work).first_bad
    assert fault
    assert (fault.where, fault.why) == (f"version {version.id}", "altered")
    assert fault.fields == (change.split()[0],)


def forge(store: Store, table: str, change: str) -> None:
    """Change rows behind the back of the guards, and put the guards up again."""
    is_sqlite = store.engine.dialect.name == "sqlite"
    with store.engine.begin() as connection:
        if is_sqlite:
            guard = connection.exec_driver_sql(
                f"SELECT sql FROM sqlite_master WHERE name = '{table}_no_update'"
            ).scalar_one()
            connection.exec_driver_sql(f"DROP TRIGGER {table}_no_update")
            connection.exec_driver_sql(f"UPDATE {table} SET {change}")
            connection.exec_driver_sql(guard)
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_update")
            connection.exec_driver_sql(f"UPDATE {table} SET {change}")
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_update")


@pytest.fixture
def two_counties(store: Store, everybody: Actor) -> dict[str, str]:
    """A city with two counties, a township and a member unit; the id of each body by its name."""
    bodies = {
        "city": ("/1/", OrganisationKind.EMERGENCY_BUREAU),
        "east": ("/1/e/", OrganisationKind.EMERGENCY_BUREAU),
        "west": ("/1/w/", OrganisationKind.EMERGENCY_BUREAU),
        "water": ("/1/e/", OrganisationKind.DEPARTMENT),
        "town": ("/1/e/t/", OrganisationKind.TOWNSHIP),
    }
    with store.work(everybody) as work:
        return {name: a_body(work, name, area, kind).id for name, (area, kind) in bodies.items()}


def test_drafts_stay_within_the_body_and_those_above_it(store: Store, two_counties: dict[str, str]) -> None:
    with store.work(person("a", Role.PLAN_AUTHOR, organisation=two_counties["east"])) as work:
        plan, _ = a_plan(work)
    assert {name for name in two_counties if sees(store, two_counties[name], plan.id)} == {"city", "east"}


def test_another_county_neither_sees_nor_changes(store: Store, two_counties: dict[str, str]) -> None:
    with store.work(person("a", Role.PLAN_AUTHOR, organisation=two_counties["east"])) as work:
        plan, _ = a_plan(work)
    with store.work(person("b", Role.PLAN_AUTHOR, organisation=two_counties["west"])) as work:
        for forbidden in (plans.plan, plans.versions_of, plans.text_of, drafts.open_draft, plans.confirm):
            with pytest.raises(NotFound):
                forbidden(work, plan.id)
    with store.work(person("c", Role.PLAN_AUTHOR, organisation=two_counties["city"])) as work:
        with pytest.raises(NotAllowed) as refusal:
            drafts.open_draft(work, plan.id)
        assert refusal.value.code == "plan-of-another-body"


def test_nobody_makes_a_plan_for_another_body(store: Store, two_counties: dict[str, str]) -> None:
    of_water = person("a", Role.PLAN_AUTHOR, organisation=two_counties["water"])
    with store.work(of_water) as work, pytest.raises(NotAllowed):
        plans.create_plan(work, "x", kind=PlanKind.SPECIAL, organisation=two_counties["west"])


def sees(store: Store, organisation: str, plan_id: str) -> bool:
    with store.reading(person("x", Role.PLAN_AUTHOR, organisation=organisation)) as work:
        return plan_id in {plan.id for plan in plans.list_plans(work)}
