"""Where plans go, by when, and what is said when they are late: routes, clocks, local figures, the overdue list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from plans_repo import plans
from plans_repo.checks.checking import check
from plans_repo.checks.local_packs import FOLDER
from plans_repo.checks.result import Outcome
from plans_repo.course import passage
from plans_repo.course.publication import Publication, PublishedForm, publish
from plans_repo.course.stages import ClockKind, Move, PaperKind, Stage
from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.filing import correspondents, filings, inbox, local_figures, rules
from plans_repo.filing.answerers import Answerers, answerers
from plans_repo.filing.copies import CopyTo
from plans_repo.filing.filings import ChosenRoute, own_filings
from plans_repo.filing.local_figures import EVALUATION, FILING, RECEIPT, enter_figure
from plans_repo.filing.recipients import Duty, Recipient, destination
from plans_repo.filing.rules import routes
from plans_repo.filing.shares import FilingState
from plans_repo.organisations import OrganisationKind, create_organisation
from plans_repo.overdue import DueKind, overdue
from plans_repo.plans import PlanKind
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Store, Work
from tests.plans_repo.builders import a_body, a_plan
from tests.plans_repo.checks.packs import head, laid, rule
from tests.plans_repo.conftest import BOTH, StillClock, person
from tests.plans_repo.course.walking import EVERYBODY
from tests.plans_repo.filing.builders import OFFICE, READER, SIGNER, issued, made, papers, registered

K = OrganisationKind
BODIES = (
    ("市政府", "/s/", K.GOVERNMENT), ("市应急局", "/s/", K.EMERGENCY_BUREAU),
    ("市防汛抗旱指挥部", "/s/", K.HEADQUARTERS),
    ("县政府", "/s/x/", K.GOVERNMENT), ("县应急局", "/s/x/", K.EMERGENCY_BUREAU), ("县水利局", "/s/x/", K.DEPARTMENT),
    ("甲镇政府", "/s/x/j/", K.TOWNSHIP), ("一村", "/s/x/j/1/", K.VILLAGE), ("某煤矿", "/s/x/j/", K.ENTERPRISE),
)  # fmt: skip


def bodies(work: Work) -> dict[str, str]:
    return {name: create_organisation(work, name, kind=kind, area=area).id for name, area, kind in BODIES}


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


@pytest.mark.parametrize(
    ("kind", "maker", "wanted"),
    [
        (PlanKind.OVERALL, "县政府", ["备案 市政府", "径送 市应急局", "抄送 上一级人民政府有关部门"]),
        (PlanKind.SPECIAL, "县政府", ["备案 市应急局", "抄送 上一级人民政府有关部门"]),
        (PlanKind.DEPARTMENT, "县水利局", ["备案 县政府", "径送 县应急局", "抄送 本级有关部门"]),
        (PlanKind.JOINT, "县政府", ["备案 市应急局"]),
        (PlanKind.TOWNSHIP, "甲镇政府", ["备案 县政府", "径送 县应急局", "抄送 县水利局"]),
        (PlanKind.VILLAGE, "一村", ["备案 甲镇政府"]),
        (PlanKind.UNIT, "某煤矿", ["备案 县应急局", "抄送 县水利局"]),
        (
            PlanKind.OVERALL,
            "市政府",
            ["备案 上一级人民政府", "径送 上一级人民政府应急管理部门", "抄送 上一级人民政府有关部门"],
        ),
    ],
)
def test_each_kind_of_plan_has_the_recipients_of_the_rule(
    store: Store, kind: PlanKind, maker: str, wanted: list[str]
) -> None:
    words = {Duty.FILE: "备案", Duty.SEND: "径送", Duty.COPY: "抄送"}
    with store.work(SIGNER) as work:
        made_by = bodies(work)[maker]
        plan = a_plan(work, kind=kind, organisation=made_by)[0].id
        found = destination(work, work.session.get_one(PlanRow, plan))
    assert [f"{words[one.duty]} {one.name}" for one in found.recipients] == wanted


@pytest.mark.parametrize(
    ("title", "department"),
    [
        ("某县抗旱应急预案", "市水利局"),
        ("某县危险化学品事故应急预案", "市应急局"),
        ("某县低温雨雪冰冻灾害应急预案", "市应急局"),
        ("某县高层建筑火灾应急预案", "市消防救援支队"),
        ("某县旅游突发事件应急预案", "上一级人民政府相应牵头部门"),
    ],
)
def test_a_special_plan_is_filed_with_the_department_that_leads_not_with_a_headquarters(
    store: Store, title: str, department: str
) -> None:
    with store.work(SIGNER) as work:
        made_by = bodies(work)["县政府"]
        for name in ("市水利局", "市消防救援支队"):
            create_organisation(work, name, kind=K.DEPARTMENT, area="/s/")
        plan = plans.create_plan(work, title, kind=PlanKind.SPECIAL, organisation=made_by).id
        found = destination(work, work.session.get_one(PlanRow, plan))
    assert [one.name for one in found.recipients if one.duty is Duty.FILE] == [department]
    assert next(one.name for one in found.recipients if one.duty is Duty.COPY) == (
        "市应急局" if department != "市应急局" else "上一级人民政府有关部门"
    )


def test_every_kind_of_plan_has_a_route() -> None:
    assert [kind for kind in PlanKind if not routes(kind, None)] == []


def test_recipients_are_changed_with_a_reason(store: Store) -> None:
    with store.work(SIGNER) as work:
        _plan, version = registered(work)
        hand = (Recipient(duty=Duty.FILE, office="", name="省应急管理厅"),)
        with pytest.raises(PlansRepoError) as refusal:
            filings.choose_route(work, version, ChosenRoute(route="special", recipients=hand, reason=" "))
        assert refusal.value.code == "reason-missing"
        settled = filings.choose_route(work, version, ChosenRoute(route="special", recipients=hand, reason="省级备案"))
    assert [one.name for one in settled.recipients] == ["省应急管理厅"]


@BOTH
def test_a_filing_names_the_body_it_goes_to_when_the_move_is_made(store: Store) -> None:
    version = issued(store)
    report = tuple(papers(PaperKind.FILING_REPORT, PaperKind.EXPLANATION))
    with store.work(OFFICE) as work:
        found = next(one for one in passage.open_moves(work, version) if one.move is Move.FILE)
        assert found.unnamed_office
        assert found.unnamed_office.name == "上一级人民政府相应牵头部门"
        with pytest.raises(PlansRepoError) as refusal:
            passage.move(work, version, Move.FILE, attachments=report)
        assert (refusal.value.code, refusal.value.fields["value"]) == (
            "filing-recipient-unnamed", found.unnamed_office.name,
        )  # fmt: skip
        with pytest.raises(PlansRepoError) as refusal:
            passage.move(work, version, Move.PUBLISH, file_with="云陵市应急管理局")
        assert refusal.value.code == "receiver-without-filing"
        send = partial(passage.move, work, version, Move.FILE, attachments=report, file_with="云陵市应急管理局")
        with pytest.raises(PlansRepoError) as refusal:
            send()
        assert (refusal.value.code, refusal.value.fields["offices"]) == (
            "filing-copies-unnamed", ("上一级人民政府应急管理部门", "上一级人民政府有关部门"),
        )  # fmt: skip
        plan = send(copies=[CopyTo(name=name) for name in ("云陵市应急局", "云陵市水利局", "云陵市气象局")]).plan
        sent = filings.filing(work, version).sent
    assert sent
    assert [one.name for one in sent.recipients if one.duty is Duty.FILE] == ["云陵市应急管理局"]
    assert [(one.name, one.office) for one in sent.recipients if one.duty is Duty.COPY] == [
        ("云陵市应急局", "upper_emergency_bureau"),
        ("云陵市水利局", "upper_departments"),
        ("云陵市气象局", "upper_departments"),
    ]
    with store.reading(READER) as work:
        (judged,) = [one for one in check(work, plan).results if one.id == "L04"]
    assert judged.outcome is Outcome.PASS


@BOTH
def test_within_one_installation_the_upper_body_gives_the_receipt(store: Store) -> None:
    with store.work(SIGNER) as work:
        ids = bodies(work)
    version = issued(store, organisation=ids["县政府"])
    made(store, OFFICE, version, Move.FILE)
    with store.work(local_actor("tests")) as work:
        assert answerers(work, version) == Answerers(receiver="市应急局", people=(), is_here=True)
        hired = partial(accounts.create_account, work, roles=[Role.FILING_OFFICER], organisation=ids["市应急局"])
        account = hired("upper", "correct horse battery", display_name="市局备案员")
        assert answerers(work, version).people == ("市局备案员",)
    upper = person("upper", Role.FILING_OFFICER, organisation=ids["市应急局"])
    upper = replace(upper, account=account.id)
    below = person("below", Role.FILING_OFFICER, organisation=ids["甲镇政府"])
    with store.work(upper) as work:
        (found,) = inbox.inbox(work)
        assert (found.duty, found.missing, found.answer_by.on) == (Duty.FILE, (), date(2026, 11, 27))
    with store.work(EVERYBODY) as work:
        enter_figure(work, RECEIPT, 3, source="某省应急预案备案办法第九条")
    with store.work(upper) as work:
        (found,) = inbox.inbox(work)
        assert found.answer_by.on == date(2026, 11, 27)  # the clock that runs at the sender's, not the rule of today
        for day in (date(2026, 11, 19), date(2026, 11, 21)):
            with pytest.raises(PlansRepoError):
                inbox.give_receipt(work, found.id, "备〔2026〕9号", on=day)  # before it was sent, after today
    sender = replace(upper, account=OFFICE.account)
    with store.work(sender) as work, pytest.raises(NotAllowed, match="filing-of-ones-own"):
        inbox.give_receipt(work, found.id, "备〔2026〕9号")
    with store.work(upper) as work:
        inbox.give_receipt(work, found.id, "备〔2026〕9号")
        assert inbox.next_receipt_number(work) == "备〔2026〕10号"
    with store.reading(below) as work:
        assert inbox.inbox(work) == ()
    with store.reading(OFFICE) as work:
        assert correspondents.seen_keys(work) == ()  # nobody is asked to check the key of this installation itself
        assert [one.state for one in own_filings(work)] == [FilingState.RECEIPTED]
        assert passage.passage(work, version).stage is Stage.FILED


def test_a_bureau_with_a_mandate_does_not_answer_what_it_filed_itself(store: Store) -> None:
    with store.work(SIGNER) as work:
        ids = bodies(work)
    version = issued(store, kind=PlanKind.DEPARTMENT, organisation=ids["县应急局"])
    with store.work(person("county", Role.GOVERNMENT_OFFICE, organisation=ids["县政府"])) as work:
        enter_figure(work, local_figures.MANDATE, 1, source="县政府办公室通知")
    made(store, OFFICE, version, Move.FILE)
    with store.work(person("bureau", Role.FILING_OFFICER, organisation=ids["县应急局"])) as work:
        (found,) = inbox.inbox(work)
        assert (found.recipient, found.is_own, found.is_open) == ("县政府", True, False)
        with pytest.raises(NotAllowed, match="filing-of-own-body"):
            inbox.give_receipt(work, found.id, "备〔2026〕1号")
        assert answerers(work, version).is_nobody
    with store.work(person("secretary", Role.FILING_OFFICER, organisation=ids["县政府"])) as work:
        assert inbox.give_receipt(work, found.id, "备〔2026〕1号").receipt


def test_a_receipt_the_government_owes_is_its_bureaus_only_by_mandate_and_says_for_whom(
    store: Store, clock: StillClock
) -> None:
    with store.work(SIGNER) as work:
        ids = bodies(work)
    version = issued(store, kind=PlanKind.TOWNSHIP, organisation=ids["甲镇政府"])
    made(store, OFFICE, version, Move.FILE)
    clock.forward(days=12)
    bureau = person("bureau", Role.FILING_OFFICER, organisation=ids["县应急局"])
    with store.reading(bureau) as work:
        (due,) = overdue(work)
        assert (due.body, due.acts_for, due.is_own) == ("县政府", "", False)
        assert [(one.duty, one.acts_for) for one in inbox.inbox(work)] == [(Duty.SEND, "")]
    with store.work(person("county", Role.GOVERNMENT_OFFICE, organisation=ids["县政府"])) as work:
        enter_figure(work, local_figures.MANDATE, 1, source="县政府办公室通知")
        (due,) = overdue(work)
        assert (due.body, due.acts_for, due.is_own) == ("县政府", "", True)
    with store.reading(bureau) as work:
        (due,) = overdue(work)
        assert (due.body, due.acts_for, due.is_own) == ("县应急局", "县政府", True)
        assert [(one.duty, one.acts_for) for one in inbox.inbox(work)] == [(Duty.FILE, "县政府")]


def test_who_wrote_a_text_does_not_file_it(store: Store) -> None:
    both = person("writer", Role.PLAN_AUTHOR, Role.FILING_OFFICER)
    version = issued(store)
    with pytest.raises(PlansRepoError) as refusal:
        made(store, both, version, Move.FILE)
    assert refusal.value.code == "own-filing"


def test_an_enterprise_counts_from_publication_and_silence_is_consent(store: Store, clock: StillClock) -> None:
    with store.work(SIGNER) as work:
        mine = bodies(work)["某煤矿"]
    version = issued(store, kind=PlanKind.UNIT, organisation=mine)
    assert running(store, version) == {ClockKind.PUBLICATION}
    with store.work(OFFICE) as work:
        assert filings.filing(work, version).state is FilingState.TO_PUBLISH
        said = Publication(form=PublishedForm.FULL, channel="矿区公告栏")
        proof = tuple(papers(PaperKind.PUBLICATION_PROOF))
        with pytest.raises(PlansRepoError) as refusal:
            publish(work, version, said, papers=proof)
        assert refusal.value.code == "nobody-told"
        publish(work, version, replace(said, told=("甲镇一村",)), papers=proof)
    assert running(store, version) == {ClockKind.FILING}
    made(store, OFFICE, version, Move.FILE)
    assert running(store, version) == {ClockKind.RECEIPT}
    clock.forward(days=7)  # on the last of the five working days the receiver may still answer
    with store.reading(READER) as work:
        assert filings.filing(work, version).state is FilingState.SENT
    clock.forward(days=1)
    with store.reading(READER) as work:
        assert filings.filing(work, version).state is FilingState.DEEMED
        assert [due.kind for due in overdue(work)] == []


def running(store: Store, version: str) -> set[ClockKind]:
    with store.reading(READER) as work:
        return {one.kind for one in passage.passage(work, version).deadlines if one.done_on is None}


def test_a_local_figure_that_is_stricter_counts(store: Store) -> None:
    with store.work(OFFICE) as work:
        enter_figure(work, FILING, 10, source="某省应急预案备案办法第七条")
        enter_figure(work, EVALUATION, 1, source="某市应急预案管理细则第九条")
        with pytest.raises(PlansRepoError):
            enter_figure(work, FILING, 0, source="x")
    version = issued(store)
    with store.reading(READER) as work:
        clocks = {one.kind: one.due_on for one in passage.passage(work, version).deadlines}
    assert clocks == {ClockKind.PUBLICATION: date(2026, 12, 18), ClockKind.FILING: date(2026, 12, 4)}


def test_of_the_figures_of_several_areas_the_strictest_counts_and_only_where_they_hold(store: Store) -> None:
    with store.work(EVERYBODY) as work:
        for area, value in (("/yun/", 12), ("/yun/qing/", 8), ("/yun/qing/jia/", 15), ("/yun/bai/", 1)):
            body = a_body(work, f"{area}应急管理局", area, OrganisationKind.EMERGENCY_BUREAU)
            here = replace(work, actor=person("ruler", *Role, organisation=body.id))
            enter_figure(here, FILING, value, source="某办法第一条")
            enter_figure(here, local_figures.DEEMED, value % 2, source="某办法第二条")
        found = local_figures.local_figures(work, "/yun/qing/jia/")
        assert found[FILING].value == 8
        assert found[local_figures.DEEMED].value == 1  # not a limit: the nearest area says
        assert local_figures.local_figures(work, "/yun/")[FILING].value == 12
        for value in (1, 60):
            assert enter_figure(work, FILING, value, source="某办法第一条").value == value
        for value in (0, 61):
            with pytest.raises(PlansRepoError):
                enter_figure(work, FILING, value, source="某办法第一条")
        office = a_body(work, "清县水利局", "/yun/qing/", OrganisationKind.DEPARTMENT)
        with pytest.raises(NotAllowed):  # a department lays down nothing for an area
            enter_figure(
                replace(work, actor=person("clerk", *Role, organisation=office.id)), FILING, 5, source="某办法第一条"
            )


@BOTH
def test_what_is_late_is_listed_with_what_is_said_of_it(store: Store, clock: StillClock) -> None:
    version = issued(store)
    with store.reading(READER) as work:
        assert overdue(work) == ()
    clock.now = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)
    with store.reading(READER) as work:
        found = overdue(work)
    assert [(due.kind, due.due_on, due.late_working_days) for due in found] == [
        (DueKind.FILING, date(2026, 12, 18), 1), (DueKind.PUBLICATION, date(2026, 12, 18), 1),
    ]  # fmt: skip
    assert all(due.escalation for due in found)
    clock.now = datetime(2029, 12, 3, 1, 0, tzinfo=UTC)
    with store.reading(READER) as work:
        assert DueKind.EVALUATION in {due.kind for due in overdue(work)}
    assert version


def test_permission_is_decided_in_the_service(store: Store) -> None:
    with store.work(SIGNER) as work:
        _plan, version = registered(work)
    with store.work(person("reader", Role.MEMBER_UNIT)) as work:
        for call in (own_filings, inbox.inbox):
            with pytest.raises(NotAllowed):
                call(work)
        with pytest.raises(NotAllowed):
            filings.choose_route(work, version, ChosenRoute(route="special", recipients=(), reason="x"))


PACK = head() + rule("L03", "第九条", 10, "working_day") + rule("L06", "第十五条", 7, "working_day", way="override")


def test_the_clocks_run_by_the_rules_the_checks_judge_by(store: Store, tmp_path: Path) -> None:
    laid(tmp_path / FOLDER, province=PACK)
    store.data = tmp_path
    version = issued(store)  # on Friday 20 November
    made(store, OFFICE, version, Move.FILE)
    with store.reading(READER) as work:
        stand = passage.passage(work, version)
        plan = work.session.get_one(PlanRow, stand.plan)
        limits = {kind: rules.limit(work, kind, plan) for kind in (ClockKind.FILING, ClockKind.RECEIPT)}
    due = {clock.kind: clock.due_on for clock in stand.deadlines}
    assert due[ClockKind.FILING] == date(2026, 12, 4)  # ten working days, where the measures give twenty
    assert due[ClockKind.RECEIPT] == date(2026, 12, 1)  # seven, where the rules give five: the province overrides
    assert [limit.source for limit in limits.values() if limit] == ["某省办法第九条", "某省办法第十五条"]
