"""Drafts: late saves merge or wait, newer versions come in, clauses move and are numbered anew; nothing is lost."""

from dataclasses import replace

import pytest

from plans_repo import drafts, plans
from plans_repo.drafts import Outcome, PendingConflict
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.plans import Plan
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store
from plans_repo.text.clause import Clause, ClauseKind, SemanticType
from tests.plans_repo.builders import a_clause, a_plan, some_clauses
from tests.plans_repo.conftest import BOTH, StillClock, person

AUTHOR, OTHER = person("author", Role.PLAN_AUTHOR), person("other", Role.PLAN_AUTHOR)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def plan(store: Store) -> Plan:
    """A plan with a draft."""
    with store.work(AUTHOR) as work:
        made, _ = a_plan(work)
        drafts.open_draft(work, made.id)
    return made


def entry(store: Store, plan: Plan, name: str = "c2") -> drafts.DraftClause:
    with store.reading(AUTHOR) as work:
        found = drafts.draft(work, plan.id)
    assert found
    return next(one for one in found.clauses if one.clause.id == name)


def present(store: Store, plan: Plan) -> list[str]:
    with store.reading(AUTHOR) as work:
        found = drafts.draft(work, plan.id)
    assert found
    return [one.clause.id for one in found.clauses]


def save(
    store: Store, plan: Plan, text: str, revision: int, *, by: Actor = AUTHOR, name: str = "c2", **more: object
) -> drafts.SavedClause:
    clause = replace(entry(store, plan, name).clause, text=text, **more) if name in present(store, plan) else None
    with store.work(by) as work:
        return drafts.save_clause(work, plan.id, clause or a_clause(name, text), revision=revision)


def waiting(store: Store, plan: Plan) -> PendingConflict:
    with store.reading(AUTHOR) as work:
        (found,) = drafts.pending_conflicts(work, plan.id)
    return found


def test_a_late_save_that_touches_other_words_is_merged(store: Store, plan: Plan) -> None:
    seen = entry(store, plan).revision
    save(store, plan, "接到预警后20分钟内到岗。", seen, by=OTHER)
    late = save(store, plan, "接到橙色预警后30分钟内到岗。", seen)
    assert late.outcome is Outcome.MERGED
    assert late.entry.clause.text == "接到橙色预警后20分钟内到岗。"
    assert late.revision == entry(store, plan).revision


@BOTH
def test_a_late_save_is_merged_against_the_text_that_was_seen_not_against_the_base(store: Store, plan: Plan) -> None:
    save(store, plan, "接到预警后20分钟内到岗。", entry(store, plan).revision)
    seen = entry(store, plan).revision
    save(store, plan, "接到预警后15分钟内到岗。", seen, by=OTHER)
    late = save(store, plan, "接到预警后20分钟内全员到岗。", seen)
    assert (late.outcome, late.entry.clause.text) == (Outcome.MERGED, "接到预警后15分钟内全员到岗。")


def test_two_figures_for_one_are_both_kept_and_the_draft_stays(store: Store, plan: Plan) -> None:
    seen = entry(store, plan).revision
    save(store, plan, "接到预警后20分钟内到岗。", seen, by=OTHER)
    late = save(store, plan, "接到预警后15分钟内到岗。", seen)
    assert late.outcome is Outcome.WAITING
    assert entry(store, plan).clause.text == "接到预警后20分钟内到岗。"
    kept = waiting(store, plan)  # a new transaction: closing the browser loses nothing
    assert kept.account == "author"
    texts = [one.text if one else "" for one in (kept.base, kept.present, kept.other)]
    assert texts == ["接到预警后30分钟内到岗。", "接到预警后20分钟内到岗。", "接到预警后15分钟内到岗。"]
    (conflict,) = kept.conflicts
    (place,) = conflict.open_places
    piece = conflict.pieces[place]
    assert (piece.base, piece.ours, piece.theirs) == ("30分钟", "20分钟", "15分钟")


def in_conflict(store: Store, plan: Plan) -> PendingConflict:
    seen = entry(store, plan).revision
    save(store, plan, "接到预警后20分钟内到岗，由主任签到。", seen, by=OTHER)
    save(store, plan, "接到预警后15分钟内到岗，由副主任签到。", seen)
    return waiting(store, plan)


@BOTH
def test_a_conflict_is_decided_piece_by_piece_and_then_stored(store: Store, plan: Plan) -> None:
    save(store, plan, "接到预警后30分钟内到岗，由科长签到。", entry(store, plan).revision)
    kept = in_conflict(store, plan)
    (conflict,) = kept.conflicts
    first, second = conflict.open_places
    with store.work(AUTHOR) as work:
        kept = drafts.decide(work, plan.id, kept.id, conflict.key(first), "15分钟", revision=kept.revision)
    assert [met.open_places for met in kept.conflicts] == [(second,)]
    with pytest.raises(PlansRepoError, match="conflict-open"), store.work(AUTHOR) as work:
        drafts.settle(work, plan.id, kept.id, revision=kept.revision)
    with store.work(OTHER) as work:
        kept = drafts.decide(work, plan.id, kept.id, conflict.key(second), "主任", revision=kept.revision)
        settled = drafts.settle(work, plan.id, kept.id, revision=kept.revision)
        assert drafts.pending_conflicts(work, plan.id) == ()
    assert settled.clause.text == "接到预警后15分钟内到岗，由主任签到。"


def test_a_decision_about_another_text_than_the_present_one_does_not_count(store: Store, plan: Plan) -> None:
    kept = in_conflict(store, plan)
    (conflict,) = kept.conflicts
    with store.work(AUTHOR) as work:
        drafts.decide(work, plan.id, kept.id, conflict.key(conflict.open_places[0]), "15分钟", revision=kept.revision)
    save(store, plan, "接到预警后10分钟内到岗，由主任签到。", entry(store, plan).revision, by=OTHER)
    assert waiting(store, plan).choices == {}
    with pytest.raises(StaleRevision, match="clause-changed-meanwhile"), store.work(AUTHOR) as work:
        drafts.settle(work, plan.id, kept.id, revision=kept.revision)


def test_a_wording_of_ones_own_takes_the_place_of_both(store: Store, plan: Plan) -> None:
    kept = in_conflict(store, plan)
    with store.work(AUTHOR) as work:
        own = a_clause("c2", "接到预警后18分钟内到岗。")
        drafts.settle_as(work, plan.id, kept.id, own, revision=kept.revision)
        assert drafts.pending_conflicts(work, plan.id) == ()
    assert entry(store, plan).clause.text == "接到预警后18分钟内到岗。"


def test_the_waiting_text_can_be_given_up(store: Store, plan: Plan) -> None:
    kept = in_conflict(store, plan)
    with store.work(AUTHOR) as work:
        drafts.withdraw(work, plan.id, kept.id)
        assert drafts.pending_conflicts(work, plan.id) == ()
    assert entry(store, plan).clause.text == "接到预警后20分钟内到岗，由主任签到。"


def test_no_version_is_made_while_a_text_waits(store: Store, plan: Plan) -> None:
    in_conflict(store, plan)
    with pytest.raises(PlansRepoError, match="conflicts-wait"), store.work(AUTHOR) as work:
        drafts.make_version(work, plan.id, reason="修订", trigger=Trigger.EDITING)


def test_an_edit_of_a_clause_somebody_took_out_waits_and_can_bring_it_back(store: Store, plan: Plan) -> None:
    seen = entry(store, plan).revision
    edited = replace(entry(store, plan).clause, text="接到预警后15分钟内到岗。")
    with store.work(OTHER) as work:
        drafts.remove_clause(work, plan.id, "c2", revision=seen)
    with store.work(AUTHOR) as work:
        late = drafts.save_clause(work, plan.id, edited, revision=seen)
    assert late.outcome is Outcome.WAITING
    assert "c2" not in present(store, plan)
    kept = waiting(store, plan)
    with store.work(AUTHOR) as work:
        kept = drafts.decide(work, plan.id, kept.id, "", "theirs", revision=kept.revision)
        drafts.settle(work, plan.id, kept.id, revision=kept.revision)
    assert entry(store, plan).clause.text == "接到预警后15分钟内到岗。"


def test_a_clause_somebody_changed_is_not_taken_out_unread(store: Store, plan: Plan) -> None:
    seen = entry(store, plan).revision
    save(store, plan, "接到预警后20分钟内到岗。", seen, by=OTHER)
    with pytest.raises(StaleRevision, match="clause-changed-meanwhile"), store.work(AUTHOR) as work:
        drafts.remove_clause(work, plan.id, "c2", revision=seen)
    assert "c2" in present(store, plan)


def test_saving_what_stands_there_changes_nothing(store: Store, plan: Plan) -> None:
    seen = entry(store, plan)
    assert save(store, plan, seen.clause.text, seen.revision).outcome is Outcome.UNCHANGED
    assert entry(store, plan).revision == seen.revision


# newer versions


def make_meanwhile(store: Store, plan: Plan, *clauses: Clause) -> None:
    with store.work(OTHER) as work:
        plans.make_version(work, plan.id, clauses, reason="改", trigger=Trigger.EDITING)


@BOTH
def test_a_draft_takes_in_a_version_made_meanwhile(store: Store, plan: Plan) -> None:
    save(store, plan, "接到预警后20分钟内到岗。", entry(store, plan).revision)
    newer = [replace(one, text="群众转移应在3小时内完成。") if one.id == "c4" else one for one in some_clauses()]
    make_meanwhile(store, plan, *newer, a_clause("c5", "附则。"))
    with store.work(AUTHOR) as work:
        assert drafts.open_draft(work, plan.id).is_overtaken
        found = drafts.rebase(work, plan.id)
        assert (set(found.taken), found.waiting, found.torn) == ({"c4", "c5"}, (), ())
        assert not drafts.open_draft(work, plan.id).is_overtaken
        drafts.make_version(work, plan.id, reason="修订", trigger=Trigger.EDITING)
        texts = [clause.text for clause in plans.text_of(work, plan.id)]
        made = plans.versions_of(work, plan.id)[-1]
    assert texts == ["", "接到预警后20分钟内到岗。", "", "群众转移应在3小时内完成。", "附则。"]
    assert made.ordinal == 3


def test_what_the_draft_and_the_version_changed_both_waits(store: Store, plan: Plan) -> None:
    save(store, plan, "接到预警后20分钟内到岗。", entry(store, plan).revision)
    newer = [replace(one, text="接到预警后10分钟内到岗。") if one.id == "c2" else one for one in some_clauses()]
    make_meanwhile(store, plan, *newer)
    with pytest.raises(PlansRepoError, match="conflicts-wait"), store.work(AUTHOR) as work:
        drafts.make_version(work, plan.id, reason="修订", trigger=Trigger.EDITING)
    with store.work(AUTHOR) as work:
        assert drafts.rebase(work, plan.id).waiting == ("c2",)
    assert entry(store, plan).clause.text == "接到预警后20分钟内到岗。"
    kept = waiting(store, plan)
    assert kept.origin is drafts.Origin.VERSION
    assert kept.other
    assert kept.other.text == "接到预警后10分钟内到岗。"


def test_who_read_a_clause_before_a_version_came_in_is_still_merged(store: Store, plan: Plan) -> None:
    seen = entry(store, plan).revision
    mine = replace(entry(store, plan).clause, text="接到橙色预警后30分钟内到岗。")
    newer = [replace(one, text="接到预警后10分钟内到岗。") if one.id == "c2" else one for one in some_clauses()]
    make_meanwhile(store, plan, *newer)
    with store.work(OTHER) as work:
        drafts.rebase(work, plan.id)
    with store.work(AUTHOR) as work:
        late = drafts.save_clause(work, plan.id, mine, revision=seen)
    assert (late.outcome, late.entry.clause.text) == (Outcome.MERGED, "接到橙色预警后10分钟内到岗。")


def test_a_clause_the_draft_took_out_and_the_version_changed_comes_back_and_waits(store: Store, plan: Plan) -> None:
    with store.work(AUTHOR) as work:
        drafts.remove_clause(work, plan.id, "c2", revision=entry(store, plan).revision)
    newer = [replace(one, text="接到预警后10分钟内到岗。") if one.id == "c2" else one for one in some_clauses()]
    make_meanwhile(store, plan, *newer)
    with store.work(AUTHOR) as work:
        assert drafts.rebase(work, plan.id).waiting == ("c2",)
    assert "c2" in present(store, plan)


def test_a_draft_that_is_not_overtaken_takes_in_nothing(store: Store, plan: Plan) -> None:
    with store.work(AUTHOR) as work:
        assert drafts.rebase(work, plan.id).taken == ()


# presence


@BOTH
def test_others_are_seen_at_their_clause_for_a_while(store: Store, plan: Plan, clock: StillClock) -> None:
    with store.work(OTHER) as work:
        drafts.be_present(work, plan.id, "c2")
        drafts.be_present(work, plan.id, "c4")
        assert drafts.others_present(work, plan.id) == ()
    clock.forward(minutes=2)
    with store.reading(AUTHOR) as work:
        (there,) = drafts.others_present(work, plan.id)
    assert (there.account, there.clause) == ("other", "c4")
    clock.forward(minutes=9)
    with store.reading(AUTHOR) as work:
        assert drafts.others_present(work, plan.id) == ()


# shape


def a_long_draft(store: Store) -> Plan:
    names = (("1", 1), ("1.1", 2), ("1.2", 2), ("2", 1), ("2.1", 2), ("2.2", 2), ("3", 1))
    clauses = [
        a_clause(name, "文", level=level, kind=ClauseKind.HEADING, title=f"题{name}", number=name, number_raw=name)
        for name, level in names
    ]
    with store.work(AUTHOR) as work:
        plan, _ = a_plan(work)
        plans.make_version(work, plan.id, clauses, reason="改", trigger=Trigger.EDITING)
        drafts.open_draft(work, plan.id)
    return plan


@BOTH
def test_a_clause_moves_with_what_stands_under_it_and_no_revision_counts_it(store: Store) -> None:
    plan = a_long_draft(store)
    before = entry(store, plan, "2.1").revision
    with store.work(AUTHOR) as work:
        drafts.move_clause(work, plan.id, "2", after="")
    assert present(store, plan) == ["2", "2.1", "2.2", "1", "1.1", "1.2", "3"]
    assert entry(store, plan, "2.1").revision == before
    with store.work(AUTHOR) as work:
        drafts.move_clause(work, plan.id, "2", after="1")
    assert present(store, plan) == ["1", "1.1", "1.2", "2", "2.1", "2.2", "3"]
    with pytest.raises(PlansRepoError, match="move-into-itself"), store.work(AUTHOR) as work:
        drafts.move_clause(work, plan.id, "2", after="2.1")


@pytest.mark.parametrize(("name", "up", "expected"), [
    ("2", True, ["2", "2.1", "2.2", "1", "1.1", "1.2", "3"]),
    ("2", False, ["1", "1.1", "1.2", "3", "2", "2.1", "2.2"]),
    ("2.2", True, ["1", "1.1", "1.2", "2", "2.2", "2.1", "3"]),
    ("2.1", True, None),
    ("1.2", False, None),
    ("3", False, None),
])  # fmt: skip
def test_a_step_up_or_down_stays_under_its_heading(
    store: Store, name: str, up: bool, expected: list[str] | None
) -> None:
    plan = a_long_draft(store)
    with store.work(AUTHOR) as work:
        assert drafts.move_one_step(work, plan.id, name, up=up) is (expected is not None)
    assert present(store, plan) == (expected or ["1", "1.1", "1.2", "2", "2.1", "2.2", "3"])


def test_a_clause_is_lowered_with_what_stands_under_it(store: Store) -> None:
    plan = a_long_draft(store)
    with store.work(AUTHOR) as work:
        drafts.shift_level(work, plan.id, "2", by=1)
    assert [entry(store, plan, name).clause.level for name in ("2", "2.1", "3")] == [2, 3, 1]
    with pytest.raises(PlansRepoError, match="clause-level-range"), store.work(AUTHOR) as work:
        drafts.shift_level(work, plan.id, "3", by=-1)


def test_typed_numbers_are_shown_and_then_put_in_order(store: Store) -> None:
    plan = a_long_draft(store)
    with store.work(AUTHOR) as work:
        drafts.move_clause(work, plan.id, "2", after="")
        shown = drafts.renumbering(work, plan.id)
        assert entry(store, plan, "2").clause.number_raw == "2"
        assert drafts.renumber(work, plan.id) == shown
        assert drafts.renumbering(work, plan.id) == ()
    assert [(one.before, one.after) for one in shown][:4] == [
        ("2", "1"), ("2.1", "1.1"), ("2.2", "1.2"), ("1", "2")
    ]  # fmt: skip
    assert entry(store, plan, "1.2").clause.number == "2.2"


def test_a_new_clause_gets_an_id_and_the_type_it_was_given(store: Store, plan: Plan) -> None:
    with store.work(AUTHOR) as work:
        fresh = Clause(id="new", kind=ClauseKind.BODY, text="新增。", semantic=SemanticType.GRADING)
        added = drafts.add_clause(work, plan.id, fresh, after="c2")
        with pytest.raises(PlansRepoError, match="clause-id-twice"):
            drafts.add_clause(work, plan.id, fresh, after="c2")
    assert present(store, plan) == ["c1", "c2", "new", "c3", "c4"]
    late = save(store, plan, "新增一条。", added.revision, name="new")
    assert late.outcome is Outcome.SAVED


@pytest.mark.parametrize("call", [
    lambda work, plan: drafts.be_present(work, plan, "c2"),
    lambda work, plan: drafts.rebase(work, plan),
    lambda work, plan: drafts.renumber(work, plan),
    lambda work, plan: drafts.pending_conflicts(work, plan),
    lambda work, plan: drafts.move_clause(work, plan, "c2"),
    lambda work, plan: drafts.shift_level(work, plan, "c2", by=1),
])  # fmt: skip
def test_only_authors_of_the_body_come_near_a_draft(store: Store, plan: Plan, call: object) -> None:
    with pytest.raises((NotAllowed, NotFound)), store.work(person("leader", Role.LEADER)) as work:
        call(work, plan.id)  # type: ignore[operator]
