"""Each step of a life cycle belongs to a body: who may write, examine, decide, issue, file and end whose plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from plans_repo import access
from plans_repo.course import issuer, panels, passage, votes
from plans_repo.course.holders import holders
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.issuing_name import IssuedBy, IssuingName
from plans_repo.course.passage import Attachment
from plans_repo.course.paths import path_named
from plans_repo.course.stages import ClockKind, Move, PaperKind, Stage
from plans_repo.course.takers import barred_kinds
from plans_repo.course.trial import TrialDecision, TrialOutcome, decide_trial
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.filing import paper_receipts
from plans_repo.histories import moves_of
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.store.accounts import create_account
from plans_repo.store.roles import Action, Role
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.experts import ExpertRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Actor, Store
from tests.plans_repo.builders import a_body
from tests.plans_repo.conftest import person
from tests.plans_repo.course.walking import EVERYBODY, RECEIVER, WRITER, a_pool, begun, make, stand, walk

TODAY = date(2026, 11, 20)
K = OrganisationKind


@pytest.fixture
def engine_name() -> str:
    """One engine is enough here: the questions to the database are put to both in test_access."""
    return "sqlite"


@pytest.fixture
def bodies(store: Store) -> Mapping[str, str]:
    kinds = {
        "清河县人民政府": K.GOVERNMENT, "清河县应急管理局": K.EMERGENCY_BUREAU, "清河县水利局": K.DEPARTMENT,
        "清河县交通运输局": K.DEPARTMENT, "清河县江畔纺织有限公司": K.ENTERPRISE, "中共清河县委员会": K.PARTY_COMMITTEE,
    }  # fmt: skip
    with store.work(EVERYBODY) as work:
        found = {name: a_body(work, name, "/1/e/", kind).id for name, kind in kinds.items()}
        return found | {"柳渡镇人民政府": a_body(work, "柳渡镇人民政府", "/1/e/t/", K.TOWNSHIP).id}


def of(actor: Actor, body: str) -> Actor:
    return replace(actor, organisation=body)


def may(store: Store, actor: Actor, version: str, action: Action) -> bool:
    with store.reading(actor) as work:
        plan = work.session.get_one(PlanRow, stand(store, version).plan)
        try:
            access.require_place(work, plan, action)
        except NotAllowed:
            return False
        return True


ALL = person("all", *(role for role in Role if "administrator" not in role.value))


def test_people_of_a_firm_have_no_place_in_a_plan_of_the_county(store: Store, bodies: Mapping[str, str]) -> None:
    version = begun(store, of(WRITER, bodies["清河县水利局"]))
    firm = of(ALL, bodies["清河县江畔纺织有限公司"])
    assert not any(
        may(store, firm, version, action) for action in (Action.APPROVE_PLAN, Action.FILE_PLAN, Action.ISSUE_PLAN)
    )
    bureau, maker = of(ALL, bodies["清河县应急管理局"]), of(ALL, bodies["清河县水利局"])
    assert all(may(store, one, version, Action.FILE_PLAN) for one in (bureau, maker))


def test_a_department_examines_what_another_wrote_and_decides_nothing_in_it(
    store: Store, bodies: Mapping[str, str]
) -> None:
    version = begun(store, of(WRITER, bodies["清河县水利局"]))
    other = of(ALL, bodies["清河县交通运输局"])
    assert may(store, other, version, Action.CHECK_LEGALITY)
    assert not any(
        may(store, other, version, action)
        for action in (Action.EDIT_PLAN, Action.DELIBERATE_PLAN, Action.FILE_PLAN, Action.ABOLISH_PLAN)
    )


@pytest.mark.parametrize("kind", [PlanKind.UNIT, PlanKind.DEPARTMENT])
def test_a_plan_of_a_unit_is_its_own_alone(store: Store, bodies: Mapping[str, str], kind: PlanKind) -> None:
    owner = bodies["清河县江畔纺织有限公司" if kind is PlanKind.UNIT else "清河县交通运输局"]
    version = begun(store, of(WRITER, owner), kind=kind, hazard=None)
    for body in ("清河县人民政府", "清河县应急管理局", "清河县水利局"):
        assert not any(
            may(store, of(ALL, bodies[body]), version, action)
            for action in (Action.EDIT_PLAN, Action.APPROVE_PLAN, Action.ISSUE_PLAN, Action.FILE_PLAN)
        )
    assert may(store, of(ALL, owner), version, Action.APPROVE_PLAN)


def test_government_and_party_decide_for_themselves() -> None:
    overall = path_named("overall")
    assert K.GOVERNMENT not in barred_kinds(Move.APPROVE, overall)
    assert {K.ENTERPRISE, K.TEAM, K.MILITARY, K.DEPARTMENT} <= barred_kinds(Move.APPROVE, overall)
    assert barred_kinds(Move.APPROVE_PARTY, overall) == frozenset(K) - {K.PARTY_COMMITTEE}
    assert barred_kinds(Move.APPROVE, path_named("unit-reviewed")) == frozenset()


def test_an_expert_of_the_county_passes_the_review_of_a_township(store: Store, bodies: Mapping[str, str]) -> None:
    town = of(WRITER, bodies["柳渡镇人民政府"])
    version = begun(store, town, kind=PlanKind.TOWNSHIP)
    walk(store, version, Stage.REVIEW)
    pool = a_pool(store)
    expert = of(person("expert", Role.REVIEWER), bodies["清河县应急管理局"])
    with store.work(EVERYBODY) as work:
        for key in pool:
            work.session.get_one(ExpertRow, key).account_id = expert.account
    stranger = of(person("stranger", Role.REVIEWER), bodies["清河县应急管理局"])
    assert not may(store, stranger, version, Action.REVIEW_PLAN)
    with store.work(town) as work:
        panel = panels.draw_panel(work, version, size=3)
        people = [seat.expert.id for seat in panel.seats]
        panels.convene(work, panel.id, present=people, head=people[0])
    with store.reading(town) as work:
        (passing,) = [one for one in holders(work, version) if one.move is Move.PASS_REVIEW]
        assert passing.people
    with store.reading(expert) as work:
        row, course, plan = panels.panel_row(work, panel.id)
        panels.require_reviewer(work, plan, course)
        votes.check_may_enter(work, row, plan, course)
    with store.reading(stranger) as work, pytest.raises(NotAllowed):
        panels.require_reviewer(work, plan, course)


def issue(store: Store, actor: Actor, version: str, **more: object) -> passage.Passage:
    kinds = [kind for kind in PaperKind if kind is not PaperKind.COUNTERSIGNATURE]  # which a side brings itself
    papers = [Attachment(kind=kind, name=f"{kind}.pdf", data=kind.encode()) for kind in kinds]
    with store.work(actor) as work:
        return passage.move(work, version, Move.ISSUE, attachments=papers, document_number="青交发〔2026〕3号", **more)  # type: ignore[arg-type]


def test_a_name_that_cannot_be_is_refused(store: Store) -> None:
    version = begun(store, kind=PlanKind.UNIT, hazard=None)
    walk(store, version, Stage.NUMBERING)
    with pytest.raises(PlansRepoError, match="issuing-name-unfit"):
        issue(store, EVERYBODY, version, notice=IssuingNotice(name=IssuingName(issued_by=IssuedBy.GOVERNMENT_OFFICE)))
    assert stand(store, version).stage is Stage.NUMBERING
    done = issue(store, EVERYBODY, version, notice=IssuingNotice(name=IssuingName(issued_by=IssuedBy.UNIT)))
    assert done.stage is Stage.ISSUED


def test_a_unit_signs_without_a_drafting_sheet(store: Store) -> None:
    unit, county = (begun(store, kind=kind, hazard=None) for kind in (PlanKind.UNIT, PlanKind.SPECIAL))
    for version in (unit, county):
        walk(store, version, Stage.NUMBERING)
    with store.reading(EVERYBODY) as work:
        asked = [
            next(one for one in passage.open_moves(work, version) if one.move is Move.ISSUE).step.papers
            for version in (unit, county)
        ]
    assert asked == [(PaperKind.ISSUED_DOCUMENT,), (PaperKind.DRAFTING_SHEET, PaperKind.ISSUED_DOCUMENT)]


def test_a_department_cannot_abolish_the_plan_of_its_county(store: Store, bodies: Mapping[str, str]) -> None:
    flood = begun(store, of(WRITER, bodies["清河县人民政府"]))
    walk(store, flood, Stage.IN_FORCE)
    own = begun(store, of(WRITER, bodies["清河县交通运输局"]), kind=PlanKind.DEPARTMENT, hazard=None)
    walk(store, own, Stage.NUMBERING)
    notice = IssuingNotice(abolishes=(stand(store, flood).plan,))
    with pytest.raises(PlansRepoError, match="abolishes-anothers"):
        issue(store, EVERYBODY, own, notice=notice)
    assert stand(store, flood).stage is Stage.IN_FORCE


def test_only_the_body_that_issued_a_plan_ends_it_or_decides_on_its_trial(
    store: Store, bodies: Mapping[str, str]
) -> None:
    flood = begun(store, of(WRITER, bodies["清河县水利局"]))
    walk(store, flood, Stage.ISSUED)
    own = begun(store, of(WRITER, bodies["清河县交通运输局"]), kind=PlanKind.DEPARTMENT, hazard=None)
    walk(store, own, Stage.NUMBERING)
    issue(store, EVERYBODY, own)
    every = ("清河县人民政府", "中共清河县委员会", "清河县应急管理局", "清河县水利局", "清河县交通运输局")
    may_end = {}
    for version in (flood, own):
        may_end[version] = []
        for name in every:
            with store.reading(of(ALL, bodies[name])) as work:
                is_offered = any(one.move is Move.ABOLISH for one in passage.open_moves(work, version))
                assert is_offered == issuer.is_issuer_of(work, version)
                may_end[version] += [name] if is_offered else []
    assert may_end == {flood: ["清河县人民政府", "中共清河县委员会"], own: ["清河县交通运输局"]}
    paper = Attachment(kind=PaperKind.ABOLITION_DECISION, name="决定.pdf", data=b"%PDF", dated_on=TODAY)
    bureau = of(person("filing", Role.FILING_OFFICER), bodies["清河县应急管理局"])
    with pytest.raises(NotAllowed, match="decision-of-issuer"), store.work(bureau) as work:
        passage.move(
            work, flood, Move.ABOLISH, reason="已过时", attachments=[paper], document_number="青政发〔2026〕20号"
        )
    said = TrialDecision(outcome=TrialOutcome.PERMANENT, reason="转为正式", number="青政发〔2026〕20号")
    with pytest.raises(NotAllowed), store.work(of(ALL, bodies["清河县交通运输局"])) as work:
        decide_trial(work, flood, said, paper=paper)
    assert stand(store, flood).stage is Stage.ISSUED


def test_the_signatures_of_a_government_come_from_different_accounts_where_it_has_more_than_one(
    store: Store, bodies: Mapping[str, str]
) -> None:
    def hired(name: str, role: Role) -> Actor:
        with store.work(EVERYBODY) as work:
            place = bodies["清河县人民政府"]
            made = create_account(work, name, "a-Long-pass-1", display_name=name, roles=[role], organisation=place)
        return of(person(made.id, role), place)

    version, alone = (begun(store, of(WRITER, bodies["清河县水利局"]), title=f"清河县{what}预案") for what in "甲乙")
    leader = hired("leader", Role.LEADER)
    for one in (version, alone):
        walk(store, one, Stage.LEADERSHIP)
    for move in (Move.ENDORSE, Move.APPROVE):
        make(store, leader, alone, move)  # nobody else is there
    assert stand(store, alone).stage is Stage.NUMBERING
    with store.reading(leader) as work:
        assert [one.same_hand for one in moves_of(work, alone)][-2:] == [None, Move.ENDORSE]

    mayor = hired("mayor", Role.LEADER)
    make(store, leader, version, Move.ENDORSE)
    with pytest.raises(PlansRepoError, match="signatures-not-apart") as refusal:
        make(store, leader, version, Move.APPROVE)
    assert refusal.value.fields["people"] == ("mayor",)
    make(store, mayor, version, Move.APPROVE)
    with pytest.raises(PlansRepoError, match="signatures-not-apart"):
        make(store, mayor, version, Move.ISSUE)
    assert make(store, leader, version, Move.ISSUE).stage is Stage.ISSUED


def register(store: Store, version: str, on: date) -> passage.Passage:
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头.pdf", data=b"%PDF")
    with store.work(EVERYBODY) as work:
        return passage.move(
            work,
            version,
            Move.REGISTER,
            reason="补录",
            attachments=[paper],
            document_number="青政办发〔2026〕3号",
            on=on,
        )


def test_what_was_issued_since_its_body_is_here_is_not_registered(store: Store, bodies: Mapping[str, str]) -> None:
    version = begun(store, of(WRITER, bodies["清河县应急管理局"]))
    with store.work(EVERYBODY) as work:
        body = work.session.get_one(OrganisationRow, bodies["清河县应急管理局"])
        body.created_at = body.created_at.replace(month=6)
    with pytest.raises(PlansRepoError, match="registered-after-start"):
        register(store, version, date(2026, 7, 1))
    assert stand(store, version).stage is Stage.DRAFT
    assert register(store, version, date(2026, 5, 1)).stage is Stage.IN_FORCE


def test_a_receipt_on_paper_has_its_number(store: Store) -> None:
    version = begun(store)
    walk(store, version, Stage.IN_FORCE)
    paper = Attachment(kind=PaperKind.FILING_RECEIPT, name="回执.pdf", data=b"%PDF")
    said = {"attachments": [paper], "received_from": RECEIVER}
    with store.work(EVERYBODY) as work, pytest.raises(PlansRepoError, match="number-of-receipt-missing"):
        passage.move(work, version, Move.RECEIVE_RECEIPT, **said)  # type: ignore[arg-type]
    with store.work(EVERYBODY) as work:
        passage.move(work, version, Move.RECEIVE_RECEIPT, reason="云应备〔2026〕15号", **said)  # type: ignore[arg-type]


def test_a_receipt_on_paper_is_compared_by_another_of_its_body_or_of_one_above_where_there_is_none(
    store: Store, bodies: Mapping[str, str]
) -> None:
    def hired(name: str, body: str, *roles: Role) -> Actor:
        with store.work(EVERYBODY) as work:
            made = create_account(
                work, name, "a-Long-pass-1", display_name=name, roles=roles, organisation=bodies[body]
            )
        return of(person(made.id, *roles), bodies[body])

    mill, bureau = "清河县江畔纺织有限公司", "清河县应急管理局"
    version = begun(store, of(WRITER, bodies[mill]), kind=PlanKind.UNIT, hazard=None)
    walk(store, version, Stage.ISSUED)
    clerk, chief = (hired(name, body, Role.FILING_OFFICER) for name, body in (("clerk", mill), ("chief", bureau)))
    with store.work(EVERYBODY) as work:
        proof = Attachment(kind=PaperKind.PUBLICATION_PROOF, name="公示.pdf", data=b"%PDF")
        passage.move(work, version, Move.PUBLISH, attachments=[proof], told=["江畔社区"])
    make(store, EVERYBODY, version, Move.FILE)
    paper = Attachment(kind=PaperKind.FILING_RECEIPT, name="登记表.pdf", data=b"%PDF")
    with store.work(clerk) as work:
        passage.move(
            work, version, Move.RECEIVE_RECEIPT, attachments=[paper], document_number="备〔2026〕1号",
            received_from=bureau,
        )  # fmt: skip
    with store.reading(clerk) as work:
        entered = paper_receipts.entered_receipt(work, version)
        assert entered
        assert (entered.is_alone, entered.people) == (True, ("chief",))
        assert paper_receipts.waiting(work) == ()
    with pytest.raises(PlansRepoError, match="receipt-confirmed-by-same-alone"), store.work(clerk) as work:
        paper_receipts.confirm(work, version)
    with store.reading(chief) as work:
        assert [one.version for one in paper_receipts.waiting(work)] == [version]
    boss = hired("boss", mill, Role.LEADER)
    with pytest.raises(NotAllowed, match="receipt-confirmed-by-other-body"), store.work(chief) as work:
        paper_receipts.confirm(work, version)
    with store.work(boss) as work:
        paper_receipts.confirm(work, version)
    assert not [one for one in stand(store, version).deadlines if one.kind is ClockKind.RECEIPT and not one.done_on]
