from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from plans_repo import plans
from plans_repo.course import passage
from plans_repo.course.local_rules import set_local_rule
from plans_repo.course.passage import Passage
from plans_repo.course.signer import Signer
from plans_repo.course.stages import ClockKind, Move, PaperKind, Process, Stage
from plans_repo.course.working_days import local_day
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, StaleRevision
from plans_repo.histories import moves_of
from plans_repo.plans import PlanKind
from plans_repo.store import audit, events
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from sim.errors import CodedError
from tests.plans_repo.builders import a_body, edited, some_clauses
from tests.plans_repo.conftest import BOTH, StillClock, person
from tests.plans_repo.course.walking import (
    CHIEF,
    DECIDER,
    EXAMINER,
    NUMBER,
    OFFICE,
    WRITER,
    begun,
    make,
    papers,
    ready,
    signatures,
    stand,
    walk,
)

AUDITOR = person("auditor", Role.AUDIT_ADMINISTRATOR)
P = PaperKind
SPECIAL_WAY = (
    Stage.CONSULTATION, Stage.LINKAGE, Stage.REVIEW, Stage.DELIBERATION, Stage.LEGALITY, Stage.EDITING,
    Stage.LEADERSHIP, Stage.APPROVAL, Stage.NUMBERING, Stage.ISSUED, Stage.PUBLISHED, Stage.IN_FORCE,
)  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


@BOTH
def test_a_special_plan_goes_all_the_way(store: Store) -> None:
    version = begun(store)
    assert tuple(walk(store, version, stage).stage for stage in SPECIAL_WAY) == SPECIAL_WAY
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


@BOTH
def test_issue_starts_the_clocks_in_working_days(store: Store) -> None:
    version = begun(store)
    state = walk(store, version, Stage.ISSUED)
    assert {clock.kind: (clock.from_on, clock.due_on) for clock in state.deadlines} == {
        ClockKind.PUBLICATION: (date(2026, 11, 20), date(2026, 12, 18)),
        ClockKind.FILING: (date(2026, 11, 20), date(2026, 12, 18)),
    }
    assert (state.document_number, state.issued_on) == (NUMBER, date(2026, 11, 20))
    after = walk(store, version, Stage.IN_FORCE)
    assert {clock.kind: clock.done_on for clock in after.deadlines} == {
        ClockKind.PUBLICATION: date(2026, 11, 20),
        ClockKind.FILING: date(2026, 11, 20),
        ClockKind.RECEIPT: None,
    }


def test_a_move_is_refused_until_its_papers_are_there(store: Store) -> None:
    version = ready(store, begun(store))
    with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
        passage.move(work, version, Move.CONSULT)
    assert (refusal.value.code, refusal.value.fields["papers"]) == ("papers-missing", (P.CONSULTATION_LETTER,))
    with store.reading(WRITER) as work:
        (open_move,) = passage.open_moves(work, version)
        assert (open_move.move, open_move.missing_papers) == (Move.CONSULT, (P.CONSULTATION_LETTER,))


@BOTH
def test_a_refused_move_stores_nothing(store: Store) -> None:
    version = ready(store, begun(store))
    before = everything(store, version)
    with pytest.raises(CodedError), store.work(WRITER) as work:
        passage.move(work, version, Move.CONSULT, attachments=papers(P.OPINIONS_RECORD))
    assert everything(store, version) == before


@pytest.mark.parametrize("move", [move for move in Move if move not in (Move.CONSULT, Move.REGISTER)])
def test_no_other_move_leaves_a_first_draft(store: Store, move: Move) -> None:
    version = begun(store)
    with pytest.raises(PlansRepoError) as refusal, store.work(person("everybody", *Role)) as work:
        passage.move(work, version, move, reason="x", attachments=papers(*P), document_number=NUMBER)
    assert refusal.value.code == "move-not-open"


def test_only_the_right_person_moves(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.REVIEW)
    with store.work(OFFICE) as work, pytest.raises(NotAllowed) as refusal:
        passage.move(work, version, Move.PASS_REVIEW, attachments=papers(P.REVIEW_OPINION))
    assert refusal.value.code == "action-not-allowed"


def test_a_reviewer_of_the_city_does_not_sign_for_a_county(store: Store) -> None:
    with store.work(person("everybody", *Role)) as work:
        city, county = (a_body(work, name, area).id for name, area in (("市局", "/1/"), ("县局", "/1/e/")))
    version = begun(store, replace(WRITER, organisation=county))
    walk(store, version, Stage.LINKAGE)
    with store.work(replace(EXAMINER, organisation=city)) as work, pytest.raises(NotAllowed) as refusal:
        passage.move(work, version, Move.AGREE_LINKAGE, attachments=papers(P.LINKAGE_OPINION))
    assert refusal.value.code == "plan-of-another-body"
    assert make(store, replace(EXAMINER, organisation=county), version, Move.AGREE_LINKAGE)


def test_a_paper_is_attached_by_those_who_may_make_its_move(store: Store) -> None:
    version = begun(store)
    with store.work(WRITER) as work:
        passage.attach(work, version, papers(P.RISK_ASSESSMENT)[0])
        with pytest.raises(NotAllowed) as refusal:
            passage.attach(work, version, papers(P.REVIEW_OPINION)[0])
    assert refusal.value.code == "paper-not-allowed"


@pytest.mark.parametrize(("name", "size", "code"), [
    ("机密 风险评估.pdf", 1, "paper-marked"), ("风险评估（内部资料）.pdf", 1, "paper-marked"),
    ("风险评估.pdf", 50_000_001, "paper-too-large"), ("风险评估.pdf", 0, "paper-empty"),
])  # fmt: skip
def test_a_paper_that_may_not_enter_is_refused(store: Store, name: str, size: int, code: str) -> None:
    version = begun(store)
    paper = passage.Attachment(kind=P.RISK_ASSESSMENT, name=name, data=bytes(size))
    with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
        passage.attach(work, version, paper)
    assert refusal.value.code == code


def test_nobody_signs_his_own_text(store: Store) -> None:
    both = person("both", Role.PLAN_AUTHOR, Role.REVIEWER)
    version = begun(store, both)
    walk(store, version, Stage.LINKAGE)
    with store.work(both) as work, pytest.raises(PlansRepoError) as refusal:
        passage.move(work, version, Move.AGREE_LINKAGE, attachments=papers(P.LINKAGE_OPINION))
    assert refusal.value.code == "own-text"


def test_a_rejection_needs_a_reason_and_brings_back_the_draft(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.REVIEW)
    with store.work(EXAMINER) as work, pytest.raises(PlansRepoError) as refusal:
        passage.move(work, version, Move.REJECT_REVIEW, reason="  ")
    assert refusal.value.code == "reason-missing"
    with store.work(EXAMINER) as work:
        state = passage.move(work, version, Move.REJECT_REVIEW, reason="响应条件不明确")
    assert state.stage is Stage.DRAFT
    assert [sign.holds for sign in state.sign_offs] == [False]


@BOTH
def test_a_signature_holds_for_the_hash_it_saw_and_a_change_voids_it(store: Store) -> None:
    version = begun(store)
    state = walk(store, version, Stage.NUMBERING)
    assert [sign.holds for sign in state.sign_offs] == [True] * signatures(state)
    assert {sign.root_hash for sign in state.sign_offs} == {root_hash(store, state)}
    changed = revised(store, state.plan, "接到预警后20分钟内到岗。")
    with store.reading(WRITER) as work:
        after = passage.passage(work, changed)
    assert (after.stage, [sign.holds for sign in after.sign_offs]) == (Stage.LINKAGE, [False] * signatures(state))
    assert state.stage is Stage.NUMBERING


def test_changing_a_text_and_changing_it_back_does_not_revive_signatures(store: Store) -> None:
    state = walk(store, begun(store), Stage.NUMBERING)
    revised(store, state.plan, "接到预警后20分钟内到岗。")
    same = revised(store, state.plan, some_clauses()[1].text)
    with store.reading(WRITER) as work:
        after = passage.passage(work, same)
    assert root_hash(store, after) == root_hash(store, state)
    assert not any(sign.holds for sign in after.sign_offs)


def test_a_version_that_has_been_replaced_cannot_be_moved(store: Store) -> None:
    version = begun(store)
    state = walk(store, version, Stage.REVIEW)
    revised(store, state.plan, "接到预警后20分钟内到岗。")
    with store.work(EXAMINER) as work, pytest.raises(PlansRepoError):
        passage.move(work, version, Move.AGREE_LINKAGE, attachments=papers(P.LINKAGE_OPINION))


def test_a_changed_text_needs_its_papers_anew(store: Store) -> None:
    state = walk(store, begun(store), Stage.DELIBERATION)
    changed = revised(store, state.plan, "接到预警后20分钟内到岗。")
    with store.work(EXAMINER) as work, pytest.raises(PlansRepoError) as refusal:
        passage.move(work, changed, Move.AGREE_LINKAGE)
    assert refusal.value.code == "papers-missing"


@BOTH
def test_a_signature_is_not_given_to_a_state_not_seen(store: Store) -> None:
    version = begun(store)
    seen = walk(store, version, Stage.REVIEW).revision
    with store.work(EXAMINER) as work:
        passage.move(work, version, Move.REJECT_REVIEW, reason="退回")
    with store.work(WRITER) as work, pytest.raises(StaleRevision):
        passage.move(work, version, Move.CONSULT, seen_revision=seen, attachments=papers(P.CONSULTATION_LETTER))


@BOTH
def test_the_next_edition_supersedes_the_one_before(store: Store, clock: StillClock) -> None:
    first = begun(store)
    state = walk(store, first, Stage.IN_FORCE)
    clock.forward(days=1)
    second = revised(store, state.plan, "接到预警后20分钟内到岗。")
    walk(store, second, Stage.ISSUED)
    with store.reading(WRITER) as work:
        listed = [(version.state, version.ordinal) for version in plans.versions_of(work, state.plan)]
    assert listed == [(Stage.SUPERSEDED, 1), (Stage.ISSUED, 2)]


def test_a_first_edition_takes_the_full_procedure(store: Store) -> None:
    version = begun(store)
    with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
        passage.choose_process(work, version, Process.SIMPLIFIED, reason="文字修改")
    assert refusal.value.code == "full-process-required"


def test_touching_a_measure_shuts_the_simplified_procedure_also_afterwards(store: Store) -> None:
    state = walk(store, begun(store), Stage.ISSUED)
    second = revised(store, state.plan, "接到预警后30分钟内到岗到位。")
    with store.work(WRITER) as work:
        passage.choose_process(work, second, Process.SIMPLIFIED, reason="文字修改")
    with store.work(WRITER) as work:
        touched = [replace(clause, text="4小时内完成。") if clause.id == "c4" else clause for clause in some_clauses()]
        third = plans.make_version(work, state.plan, touched, reason="修改", trigger=Trigger.EDITING).id
    with pytest.raises(PlansRepoError) as refusal, store.work(WRITER) as work:
        passage.move(work, third, Move.SUBMIT_SIMPLIFIED, attachments=papers(P.EXPLANATION))
    assert (refusal.value.code, refusal.value.fields["clauses"]) == ("full-process-required", "c4")


def test_a_small_revision_may_take_the_simplified_procedure(store: Store) -> None:
    state = walk(store, begun(store), Stage.ISSUED)
    second = revised(store, state.plan, "接到预警后30分钟内到岗到位。")
    with store.work(WRITER) as work:
        passage.choose_process(work, second, Process.SIMPLIFIED, reason="文字修改")
        passage.move(work, second, Move.SUBMIT_SIMPLIFIED, attachments=papers(P.EXPLANATION))
    walk(store, second, Stage.NUMBERING)
    with store.work(OFFICE) as work:
        passage.number_document(work, second, "青政办发〔2026〕30号")
    assert walk(store, second, Stage.ISSUED).document_number == "青政办发〔2026〕30号"


def test_a_plan_older_than_the_installation_is_registered(store: Store) -> None:
    version = begun(store)
    with store.work(OFFICE) as work:
        state = passage.move(
            work, version, Move.REGISTER, reason="2024年印发，系统启用前已备案", on=date(2024, 5, 6),
            document_number="青政办发〔2024〕8号", attachments=papers(P.ISSUED_DOCUMENT),
        )  # fmt: skip
    assert (state.stage, state.issued_on) == (Stage.IN_FORCE, date(2024, 5, 6))


def test_an_abolished_plan_counts_no_longer(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.ISSUED)
    with store.work(OFFICE) as work:
        decision = replace(papers(P.ABOLITION_DECISION)[0], dated_on=local_day(work.now))
        state = passage.move(
            work, version, Move.ABOLISH, reason="机构撤并", attachments=[decision], document_number="青政发〔2026〕2号"
        )
    assert state.stage is Stage.ABOLISHED
    assert all(clock.done_on for clock in state.deadlines)


@pytest.mark.parametrize("number", ["", "12号", "青政办发[2026]12号", "青政办发〔2026〕012号", "青政办发〔26〕12号"])
def test_a_document_number_has_its_form(store: Store, number: str) -> None:
    version = begun(store)
    walk(store, version, Stage.NUMBERING)
    with pytest.raises(PlansRepoError) as refusal, store.work(OFFICE) as work:
        passage.move(
            work, version, Move.ISSUE, document_number=number, attachments=papers(P.DRAFTING_SHEET, P.ISSUED_DOCUMENT)
        )
    assert refusal.value.code in ("document-number-malformed", "document-number-missing")


def test_nothing_is_done_in_the_future_or_before_issue(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.ISSUED)
    for day, code in ((date(2026, 11, 21), "day-in-future"), (date(2026, 11, 19), "day-before-issue")):
        with store.work(OFFICE) as work, pytest.raises(PlansRepoError) as refusal:
            passage.move(work, version, Move.PUBLISH, on=day, attachments=papers(P.PUBLICATION_PROOF))
        assert refusal.value.code == code


def test_a_plan_without_linkage_check_skips_it(store: Store) -> None:
    version = begun(store, kind=PlanKind.OVERALL, hazard=None)
    walk(store, version, Stage.CONSULTATION)
    ready(store, version)
    with store.work(WRITER) as work, pytest.raises(PlansRepoError):
        passage.move(work, version, Move.ASK_LINKAGE, attachments=papers(P.OPINIONS_RECORD, P.EXPLANATION))
    assert make(store, WRITER, version, Move.SUBMIT_REVIEW).stage is Stage.REVIEW


def test_who_examined_a_text_does_not_decide_on_it(store: Store) -> None:
    both = person("both", Role.REVIEWER, Role.JUSTICE_BUREAU, Role.APPROVER)
    version = begun(store)
    walk(store, version, Stage.LINKAGE)
    make(store, both, version, Move.AGREE_LINKAGE)
    walk(store, version, Stage.DELIBERATION)
    with pytest.raises(PlansRepoError) as refusal:
        make(store, both, version, Move.PASS_DELIBERATION)
    assert (refusal.value.code, refusal.value.fields["value"]) == ("duties-not-separate", "agree_linkage")
    assert make(store, DECIDER, version, Move.PASS_DELIBERATION).stage is Stage.LEGALITY


def test_who_wrote_an_earlier_draft_does_not_sign_the_later_one(store: Store) -> None:
    first = person("first", Role.PLAN_AUTHOR, Role.REVIEWER)
    state = walk(store, begun(store, first), Stage.CONSULTATION)
    changed = revised(store, state.plan, "接到预警后20分钟内到岗。")
    walk(store, changed, Stage.LINKAGE)
    with pytest.raises(PlansRepoError) as refusal:
        make(store, first, changed, Move.AGREE_LINKAGE)
    assert refusal.value.code == "own-text"


def test_a_correction_of_wording_while_edited_keeps_the_signatures(store: Store) -> None:
    state = walk(store, begun(store), Stage.EDITING)
    polished = revised(store, state.plan, "在接到预警之后30分钟内到岗。")
    with store.reading(WRITER) as work:
        after = passage.passage(work, polished)
    assert (after.stage, [sign.holds for sign in after.sign_offs]) == (Stage.EDITING, [True] * 4)
    assert walk(store, polished, Stage.ISSUED).stage is Stage.ISSUED
    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_a_figure_changed_while_edited_voids_them(store: Store) -> None:
    state = walk(store, begun(store), Stage.EDITING)
    changed = revised(store, state.plan, "接到预警后40分钟内到岗。")
    with store.reading(WRITER) as work:
        after = passage.passage(work, changed)
    assert (after.stage, [sign.holds for sign in after.sign_offs]) == (Stage.LINKAGE, [False] * 4)


def test_the_plan_of_a_village_is_signed_by_its_head_whom_somebody_else_enters(store: Store) -> None:
    version = begun(store, kind=PlanKind.VILLAGE, title="临江县河口镇河沿村突发事件应急预案")
    walk(store, version, Stage.APPROVAL)

    def approve(signer: Signer | None) -> passage.Passage:
        with store.work(DECIDER) as work:
            return passage.move(work, version, Move.APPROVE, attachments=papers(P.SIGNED_PAGE), signer=signer)

    for signer, code in (
        (None, "signer-missing"),
        (Signer(name="柳书记", post="河口镇党委书记"), "signer-of-another-body"),
    ):
        with pytest.raises(PlansRepoError) as refusal:
            approve(signer)
        assert refusal.value.code == code
    head = Signer(name="王立春", post="河沿村党支部书记")
    state = approve(head)
    (signed,) = state.sign_offs
    assert (signed.signer, signed.signed_by, state.stage) == (head, DECIDER.account, Stage.NUMBERING)
    with store.reading(OFFICE) as work:
        assert moves_of(work, version)[-1].signer == head
        assert "王立春" not in str([event.payload for event in events.history(work, f"plan:{state.plan}")])

    with store.reading(AUDITOR) as work:
        assert audit.verify(work).valid


def test_nobody_is_named_as_signer_where_a_meeting_decides(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.APPROVAL)
    head = Signer(name="李明", post="县长")
    with pytest.raises(PlansRepoError) as refusal, store.work(DECIDER) as work:
        passage.move(work, version, Move.APPROVE, attachments=papers(P.MEETING_MINUTES), signer=head)
    assert refusal.value.code == "signer-unasked"


def test_the_manner_of_approval_says_which_paper_is_needed(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.APPROVAL)
    with pytest.raises(PlansRepoError) as refusal, store.work(DECIDER) as work:
        passage.move(work, version, Move.APPROVE, manner="consent", attachments=papers(P.MEETING_MINUTES))
    assert refusal.value.fields["papers"] == (P.APPROVAL_SHEET,)
    with pytest.raises(NotFound), store.work(DECIDER) as work:
        passage.move(work, version, Move.APPROVE, manner="signed", attachments=papers(P.SIGNED_PAGE))
    with store.work(DECIDER) as work:
        state = passage.move(work, version, Move.APPROVE, manner="consent", attachments=papers(P.APPROVAL_SHEET))
        moved = events.history(work, f"plan:{state.plan}")[-1].payload
    assert (state.stage, moved["manner"]) == (Stage.NUMBERING, "consent")


def test_a_move_is_not_dated_before_the_one_before_it(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.LINKAGE)
    with pytest.raises(PlansRepoError) as refusal, store.work(EXAMINER) as work:
        passage.move(work, version, Move.AGREE_LINKAGE, on=date(2026, 11, 19), attachments=papers(P.LINKAGE_OPINION))
    assert refusal.value.code == "day-before-text"


def test_a_place_where_plans_are_no_normative_documents_asks_for_no_legality_review(store: Store) -> None:
    version, under_way = begun(store), begun(store, title="某县山洪预案")
    walk(store, under_way, Stage.CONSULTATION)
    with store.work(OFFICE) as work:
        set_local_rule(work, "normative", is_on=False, reason="县政府办2026年口径")
    assert walk(store, version, Stage.EDITING).path.stages.count(Stage.LEGALITY) == 0
    assert walk(store, under_way, Stage.LEGALITY).stage is Stage.LEGALITY
    with store.work(WRITER) as work, pytest.raises(NotAllowed):
        set_local_rule(work, "normative", is_on=True, reason="x")


def test_a_firm_that_needs_no_review_chooses_to_argue_its_plan(store: Store) -> None:
    version = begun(store, kind=PlanKind.UNIT, hazard=None)
    with store.work(WRITER) as work:
        passage.choose_path(work, version, "unit-argued", reason="非高危行业")
        with pytest.raises(NotFound):
            passage.choose_path(work, version, "special", reason="x")
    state = walk(store, version, Stage.ISSUED)
    assert state.path.id == "unit-argued"
    with store.work(WRITER) as work, pytest.raises(PlansRepoError) as refusal:
        passage.choose_path(work, version, "unit-reviewed", reason="x")
    assert refusal.value.code == "path-not-open"


@BOTH
def test_the_chain_tells_every_move_with_the_hash_signed(store: Store) -> None:
    version = begun(store)
    state = walk(store, version, Stage.DELIBERATION)
    with store.reading(WRITER) as work:
        moved = [event.payload for event in events.history(work, f"plan:{state.plan}") if event.kind == "moved"]
    assert [payload["move"] for payload in moved] == ["consult", "ask_linkage", "agree_linkage", "pass_review"]
    assert {payload["root_hash"] for payload in moved} == {root_hash(store, state)}


@BOTH
def test_a_signature_row_cannot_be_changed_and_a_forged_one_is_found(store: Store) -> None:
    walk(store, begun(store), Stage.DELIBERATION)
    with pytest.raises(DBAPIError), store.engine.begin() as connection:
        connection.execute(text("UPDATE sign_off SET opinion = 'x'"))
    on = "" if store.engine.dialect.name == "sqlite" else " ON sign_off"
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER sign_off_no_update{on}"))
        connection.execute(text("UPDATE sign_off SET opinion = 'x'"))
    with store.reading(AUDITOR) as work:
        fault = audit.verify(work).first_bad
    assert fault
    assert fault.where.startswith("sign_off ")
    assert fault.why == "altered"


@BOTH
def test_a_signature_tells_the_day_of_the_act_and_when_it_was_entered(store: Store, clock: StillClock) -> None:
    version = begun(store)
    walk(store, version, Stage.DELIBERATION)
    clock.forward(days=4)
    on = local_day(clock.now) - timedelta(days=3)
    with store.work(CHIEF) as work:
        lacking = next(
            one.missing_papers for one in passage.open_moves(work, version) if one.move is Move.PASS_DELIBERATION
        )
        made = passage.move(
            work, version, Move.PASS_DELIBERATION, reason="同意", attachments=papers(*lacking), on=on
        )  # fmt: skip
    signed = made.sign_offs[-1]
    assert (signed.move, signed.on, signed.signed_at) == (Move.PASS_DELIBERATION, on, clock.now)
    of_an_earlier_release(store)
    assert [one.on for one in stand(store, version).sign_offs] == [one.on for one in made.sign_offs]  # by its event


def of_an_earlier_release(store: Store) -> None:
    """Signatures that do not say their day."""
    on = "" if store.engine.dialect.name == "sqlite" else " ON sign_off"
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER sign_off_no_update{on}"))
        connection.execute(text("UPDATE sign_off SET signed_on = NULL"))


def revised(store: Store, plan: str, words: str) -> str:
    with store.work(WRITER) as work:
        return plans.make_version(work, plan, edited(words), reason="修改", trigger=Trigger.EDITING).id


def root_hash(store: Store, state: Passage) -> str:
    with store.reading(WRITER) as work:
        return plans.version_of(work, state.plan, state.version).root_hash


def everything(store: Store, version: str) -> tuple[object, ...]:
    with store.reading(WRITER) as work:
        state = passage.passage(work, version)
        return state, events.history(work, f"plan:{state.plan}")
