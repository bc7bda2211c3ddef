"""The other sides of a joint plan: what they see and when, what they answer, and their own countersignature."""

from datetime import date

import pytest

from plans_repo import access, library, plans
from plans_repo.course import consultation, consulting, countersigning, opinion_register, passage, sides
from plans_repo.course.opinions import Remark
from plans_repo.course.passage import Attachment
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from plans_repo.library_tree import shelves, tree
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from plans_repo.search import finding
from plans_repo.search.question import Question
from plans_repo.store.accounts import create_account
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store
from plans_repo.wanted import Wanted
from plans_repo.writing import catalogue
from sim.procedure import Hazard
from tests.plans_repo.builders import a_body, a_clause, a_plan, some_clauses
from tests.plans_repo.conftest import BOTH, person
from tests.plans_repo.course import walking
from tests.plans_repo.course.walking import EVERYBODY, WRITER

TITLE = "清河县石岭县防汛联合应急预案"
TEXT = (*some_clauses(), a_clause("c7", "石岭县水利局负责石岭一侧堤防巡查，每2小时通报一次水情。"))
K = OrganisationKind
BODIES = (
    ("大江市人民政府", "/1/", K.GOVERNMENT),
    ("清河县人民政府", "/1/e/", K.GOVERNMENT),
    ("清河县应急管理局", "/1/e/", K.EMERGENCY_BUREAU),
    ("石岭县人民政府", "/1/s/", K.GOVERNMENT),
    ("石岭县应急管理局", "/1/s/", K.EMERGENCY_BUREAU),
    ("石岭县水利局", "/1/s/", K.DEPARTMENT),
    ("石岭县水利局西站", "/1/s/", K.DEPARTMENT),
    ("石岭县岭上镇人民政府", "/1/s/2/", K.TOWNSHIP),
    ("北川县人民政府", "/1/b/", K.GOVERNMENT),
)
GOVERNMENT, WATER = "石岭县人民政府", "石岭县水利局"


class Neighbours:
    """Two counties of one city on a river, a third beside them; somebody with every role in each body."""

    def __init__(self, store: Store, *, has_leader: bool = True) -> None:
        self.store = store
        with store.work(EVERYBODY) as work:
            self.ids = {name: a_body(work, name, area, kind).id for name, area, kind in BODIES}
            self.all = {name: person(name, *Role, organisation=body) for name, body in self.ids.items()}
        self.leader = self._leader(GOVERNMENT) if has_leader else None
        with store.work(WRITER) as work:
            self.plan = a_plan(work, TITLE, kind=PlanKind.JOINT, organisation=self.ids["清河县应急管理局"])[0].id
            self.version = plans.make_version(work, self.plan, TEXT, reason="起草", trigger=Trigger.EDITING).id

    def _leader(self, name: str) -> Actor:
        with self.store.work(EVERYBODY) as work:
            roles = (Role.LEADER, Role.APPROVER)
            made = create_account(
                work, f"leader-{name}", "a long enough password", display_name=f"{name}副县长", roles=roles,
                organisation=self.ids[name],
            )  # fmt: skip
        return Actor(account=made.id, name=made.display_name, roles=frozenset(roles), organisation=self.ids[name])

    def who_sees(self) -> set[str]:
        """The bodies whose people see the plan; every way of asking gives the same answer."""
        seen = set()
        for name, actor in self.all.items():
            with self.store.reading(actor) as work:
                listed = {row.id for row in access.visible_plans(work)}
                assert {one.id for one in library.entries(work)} == listed
                try:
                    assert plans.version_of(work, self.plan).id == self.version
                except NotFound:
                    assert self.plan not in listed
                else:
                    assert self.plan in listed
                    seen.add(name)
        return seen


@pytest.fixture
def place(store: Store) -> Neighbours:
    return Neighbours(store)


OVERSEEING = {"大江市人民政府", "清河县人民政府", "清河县应急管理局"}


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


def test_a_side_sees_from_consultation_on_what_it_was_asked_about_and_nobody_else_does(place: Neighbours) -> None:
    store, version = place.store, place.version
    assert place.who_sees() == OVERSEEING
    walking.fulfil(store, walking.stand(store, version))
    assert place.who_sees() == OVERSEEING  # the letter is settled, and the text has not left its writers
    walking.walk(store, version, Stage.CONSULTATION)
    assert place.who_sees() == OVERSEEING | {GOVERNMENT, WATER}
    walking.walk(store, version, Stage.APPROVAL)
    assert place.who_sees() == OVERSEEING | {GOVERNMENT, WATER}
    walking.walk(store, version, Stage.NUMBERING)
    with store.work(place.leader) as work:
        countersigning.countersign(work, version, ("石岭会签.pdf", b"%PDF"), signed_by="县长", on=date(2026, 11, 20))
    walking.make(store, walking.OFFICE, version, Move.ISSUE)
    county = {"石岭县人民政府", "石岭县应急管理局", "石岭县水利局", "石岭县水利局西站", "石岭县岭上镇人民政府"}
    assert place.who_sees() == OVERSEEING | county
    with store.work(WRITER) as work:  # the next edition is its writers' again
        plans.make_version(work, place.plan, some_clauses(), reason="修订", trigger=Trigger.EDITING)
    with store.reading(place.all[GOVERNMENT]) as work:
        assert [one.id for one in plans.versions_of(work, place.plan)] == [version]


def test_a_side_answers_for_itself_and_changes_nothing(place: Neighbours) -> None:
    store, version = place.store, place.version
    walking.walk(store, version, Stage.CONSULTATION)
    for name in (GOVERNMENT, WATER):
        with store.work(place.all[name]) as work:
            (asked,) = consultation.asked_of_me(work)
            (unit,) = asked.units
            assert unit.has_duty
            consulting.answer(work, unit.id, opinions=[Remark(text="改为每小时", clause="c7")], signatory="局长")
            told = consultation.consultation(work, version)
            assert told is not None
            assert [one.name for one in told.units] == [name]
            assert not told.units[0].on_paper
    for name in (GOVERNMENT, WATER):
        with store.work(place.all[name]) as work:
            with pytest.raises(NotAllowed):
                passage.attach(work, version, Attachment(kind=PaperKind.EXPLANATION, name="说明.pdf", data=b"%PDF"))
            with pytest.raises(NotAllowed):
                passage.move(work, version, Move.REDRAFT, reason="收回")
            with pytest.raises(NotAllowed):
                plans.make_version(work, place.plan, some_clauses(), reason="改", trigger=Trigger.EDITING)
            assert passage.open_moves(work, version) == ()
    with store.reading(WRITER) as work:
        assert {one.giver for one in opinion_register.opinions(work, version)} == {GOVERNMENT, WATER}


@BOTH
def test_its_own_leader_countersigns_the_very_text_and_nobody_for_him(place: Neighbours) -> None:
    store, version = place.store, place.version
    assert place.leader is not None
    walking.walk(store, version, Stage.APPROVAL)
    with store.reading(place.leader) as work:
        assert [one[2] for one in countersigning.awaiting_me(work)] == [version]
        papers = {one.kind for one in passage.passage(work, version).papers}
        assert PaperKind.REVIEW_OPINION in papers
        assert PaperKind.DRAFTING_SHEET not in papers
    state = walking.make(store, walking.DECIDER, version, Move.APPROVE)
    assert state.stage is Stage.NUMBERING
    with store.work(walking.OFFICE) as work:
        with pytest.raises(PlansRepoError, match="side-not-countersigned"):
            passage.number_document(work, version, walking.NUMBER)
        with pytest.raises(NotAllowed, match="countersigning-of-side"):
            countersigning.countersign(work, version, ("代签.pdf", b"%PDF"), side="石岭县", signed_by="县长")
    with store.work(place.all["北川县人民政府"]) as work, pytest.raises(NotFound):
        countersigning.countersign(work, version, ("北川.pdf", b"%PDF"), side="石岭县", signed_by="县长")
    with store.work(place.leader) as work:
        with pytest.raises(PlansRepoError, match="reason-missing"):
            countersigning.countersign(work, version, ("函.pdf", b"%PDF"), agrees=False, signed_by="县长")
        countersigning.countersign(
            work, version, ("函.pdf", b"%PDF"), agrees=False, signed_by="县长", opinion="队伍抽不出"
        )
    with store.work(walking.OFFICE) as work, pytest.raises(PlansRepoError, match="side-disagrees"):
        passage.number_document(work, version, walking.NUMBER)
    with store.work(place.leader) as work:
        given = countersigning.countersign(work, version, ("会签.pdf", b"%PDF"), signed_by="县长")
        assert (given.said.is_entered, given.account) == (False, place.leader.account)
        assert countersigning.awaiting_me(work) == ()
    with store.work(walking.OFFICE) as work:
        passage.number_document(work, version, walking.NUMBER)
    with store.work(WRITER) as work:  # another text: what was countersigned is so no more
        changed = (*TEXT[:-1], a_clause("c7", "石岭县水利局负责石岭一侧堤防巡查，每1小时通报一次水情。"))
        after = plans.make_version(work, place.plan, changed, reason="改时限", trigger=Trigger.EDITING).id
        (side,) = countersigning.side_standings(work, after)
        assert side.countersignature is None


def test_the_paper_of_a_side_with_nobody_here_is_entered_and_says_by_whom(store: Store) -> None:
    place = Neighbours(store, has_leader=False)
    walking.walk(store, place.version, Stage.APPROVAL)
    with store.work(WRITER) as work, pytest.raises(NotAllowed, match="countersigning-entry"):
        countersigning.countersign(work, place.version, ("会签.pdf", b"%PDF"), signed_by="县长")
    with store.work(walking.OFFICE) as work:
        given = countersigning.countersign(work, place.version, ("会签.pdf", b"%PDF"), signed_by="县长")
        assert given.said.is_entered
        (one,) = countersigning.side_standings(work, place.version)
        assert (one.agrees, one.side.area) == (True, "/1/s/")


@BOTH
def test_once_issued_it_counts_for_both_places_and_once_for_the_city(store: Store) -> None:
    place = Neighbours(store, has_leader=False)
    walking.walk(store, place.version, Stage.ISSUED)
    own = Wanted(area="/1/s/")
    for name, count in ((GOVERNMENT, 1), ("大江市人民政府", 1), ("北川县人民政府", 0)):
        with store.reading(place.all[name]) as work:
            assert library.overview(work, own, 1, size=9).page.plans == count
            assert len(finding.search(work, Question(words="堤防巡查", area="/1/s/")).found) == count
            branches = {
                one.area: one for one in _every(tree(shelves(work, Wanted()), [area for _n, area, _k in BODIES]))
            }
            assert {area: branches[area].plans for area in ("/1/", "/1/e/", "/1/s/") if area in branches} == (
                {"/1/": 1, "/1/e/": 1, "/1/s/": 1} if count else {}
            )
            named = [one.organisation for one in catalogue.catalogue(work) if one.plan == place.plan]
            homes = [place.ids["清河县应急管理局"], place.ids[GOVERNMENT]]
            assert sorted(named) == sorted(homes if name.startswith("大江") else homes[1:] if count else [])


def _every(branches):  # type: ignore[no-untyped-def]
    for one in branches:
        if not one.organisation:
            yield one
            yield from _every(one.branches)


def test_sides_are_those_of_title_and_text(store: Store) -> None:
    place = Neighbours(store)
    with store.work(WRITER) as work:
        text = (*TEXT, a_clause("c8", "北川县水利局通报上游水情。"))
        version = plans.make_version(work, place.plan, text, reason="补充", trigger=Trigger.EDITING).id
        assert [one.name for one in sides.sides(work, version)] == [GOVERNMENT, "北川县人民政府"]
        asked = {unit.name for unit in consulting.proposed_units(work, version)}
        assert {GOVERNMENT, WATER, "北川县人民政府", "北川县水利局"} <= asked
        _other, first = a_plan(work, "清河县防汛应急预案", hazard=Hazard.FLOOD)
        assert sides.sides(work, first.id) == ()
