"""The library's list: pages, filters, and the same answers as plan by plan."""

from datetime import date

from plans_repo import editions, library, plans, versions
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.stages import Stage
from plans_repo.plans import PlanKind
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Actor, Store, Work
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.wanted import NOBODY, Order, Wanted
from sim.procedure import Hazard
from tests.plans_repo.builders import a_body, a_clause, a_plan, edited
from tests.plans_repo.conftest import person
from tests.plans_repo.filing.builders import registered


def test_the_list_tells_of_each_plan_what_its_page_tells(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        for number in range(3):
            plan, _ = a_plan(work, f"预案{number}")
            plans.make_version(work, plan.id, edited(f"第{number}次"), reason="改", trigger=Trigger.EDITING)
        empty = plans.create_plan(work, "尚无正文", kind=PlanKind.OVERALL)
    with store.reading(everybody) as work:
        listed = plans.list_plans(work)
        assert listed == tuple(plans.plan(work, plan.id) for plan in listed)
        found = {edition.plan.id: edition for edition in editions.editions(work)}
        assert found.pop(empty.id).newest is None
        for plan_id, edition in found.items():
            assert edition.newest == plans.versions_of(work, plan_id)[-1] == plans.version_of(work, plan_id)


def test_whoever_does_not_write_a_plan_reads_of_its_draft_nothing_in_the_list(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        bodies = {name: a_body(work, name, area).id for name, area in (("东县", "/1/e/"), ("西县", "/1/w/"))}
        plan, _ = a_plan(work, "防汛预案", organisation=bodies["东县"])
    with store.reading(person("w", Role.PLAN_AUTHOR, organisation=bodies["西县"])) as work:
        assert library.entries(work) == ()
    with store.reading(person("e", Role.PLAN_AUTHOR, organisation=bodies["东县"])) as work:
        (entry,) = library.entries(work)
        assert entry.id == plan.id
        assert entry.newest
        assert (entry.newest.state, entry.in_force) == (Stage.DRAFT, None)


def test_a_coming_edition_is_told_apart_from_the_one_that_counts(store: Store, everybody: Actor) -> None:
    """Cards and badges speak of the same plans: one counts today, of another the first edition is still to come."""
    coming = IssuingNotice(effective_on=date(2026, 12, 1))
    with store.work(everybody) as work:
        plan, first = registered(work, 1, date(2026, 3, 2))
        _plan, second = registered(work, 2, date(2026, 11, 18), plan=plan, notice=coming)
        ahead, _version = registered(work, 3, date(2026, 11, 18), notice=coming)
    with store.reading(everybody) as work:
        found = {edition.plan.id: edition for edition in editions.editions(work)}
        assert overview(work, Wanted(), 1, 10).in_force == sum(one.in_force is not None for one in found.values()) == 1
    one, other = found[plan], found[ahead]
    assert one.in_force
    assert one.newest
    assert (one.in_force.id, one.newest.id, one.coming_on) == (first, second, date(2026, 12, 1))
    assert (other.in_force, other.coming_on) == (None, date(2026, 12, 1))
    assert one.document_number == "青政办发〔2026〕1号"


def test_filters_fit_title_number_kind_subject_area_and_state(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        a_plan(work, "甲县ＦＡ防汛预案"), a_plan(work, "乙县火灾预案", kind=PlanKind.UNIT, hazard=Hazard.FIRE)
    with store.reading(everybody) as work:
        assert titles(work, text="fa 甲县") == ["甲县ＦＡ防汛预案"]
        assert titles(work, kind=PlanKind.UNIT) == titles(work, subject="fire") == ["乙县火灾预案"]
        assert titles(work, subject="accident") == ["乙县火灾预案"]
        assert titles(work, subject="natural") == titles(work, subject="flood") == ["甲县ＦＡ防汛预案"]
        assert titles(work, subject="none") == titles(work, subject="mine") == []
        assert titles(work, state=Stage.IN_FORCE) == titles(work, area="/9/") == []
        assert len(titles(work, organisation=NOBODY)) == 2
        assert len(titles(work, state=Stage.DRAFT)) == 2


def test_the_whole_list_is_ordered_and_what_lacks_the_day_comes_last(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        days = {2: date(2026, 3, 2), 10: date(2025, 6, 1), 9: date(2026, 9, 30)}
        made = {number: registered(work, number, day)[0] for number, day in days.items()}
        draft, _version = a_plan(work, "甲县尚未印发的预案")
    expected = {
        Order.NUMBER: [10, 2, 9], Order.ISSUED: [9, 2, 10], Order.ISSUED_FIRST: [10, 2, 9],
        Order.EVALUATION: [10, 2, 9],
    }  # fmt: skip
    with store.reading(everybody) as work:
        for order, numbers in expected.items():
            pages = [overview(work, Wanted(order=order), number, 1).page for number in (1, 2, 3, 4)]
            assert [page.items[0].id for page in pages] == [*(made[number] for number in numbers), draft.id], order
        by_state = overview(work, Wanted(order=Order.STATE), 1, 10).page.items
        assert next(entry.newest.state for entry in by_state if entry.newest) is Stage.DRAFT
        late = overview(work, Wanted(order=Order.ISSUED, text="尚未"), 1, 10).page
        assert [entry.id for entry in late.items] == [draft.id]
        facts = {edition.plan.id: edition for edition in editions.editions(work)}
        for order, told in ((Order.ISSUED_FIRST, "issued_on"), (Order.EVALUATION, "evaluate_by")):
            listed = [getattr(facts[entry.id], told) for entry in overview(work, Wanted(order=order), 1, 10).page.items]
            assert [day for day in listed if day] == sorted(day for day in listed if day)


def titles(work: Work, **wanted: object) -> list[str]:
    return [entry.title for entry in overview(work, Wanted(**wanted), 1, 10).page.items]


def overview(work: Work, wanted: Wanted, number: int, size: int) -> library.Overview:
    return library.overview(work, wanted, number, size=size)


def test_pages_hold_every_plan_once_and_a_number_too_far_gives_the_last(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        for number in range(7):
            a_plan(work, f"预案{number}")
    with store.reading(everybody) as work:
        found = [overview(work, Wanted(), number, 3) for number in (1, 2, 3, 9, -4)]
    assert [[one.title[-1] for one in each.page.items] for each in found[:3]] == [list("012"), list("345"), ["6"]]
    assert [each.page.number for each in found] == [1, 2, 3, 3, 1]
    assert {each.page.pages for each in found} == {3}
    assert (found[0].plans, found[0].in_force, found[0].in_work, found[0].signing) == (7, 0, 7, 0)


def test_what_changed_in_the_tree_is_what_changed_in_the_text(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, first = a_plan(work)
        second = plans.make_version(work, plan.id, edited("另一句。"), reason="改", trigger=Trigger.EDITING)
        rows = [versions.version_row(work, plan.id, one.id) for one in (first, second)]
        found = versions.tree_changes(work, *rows)
    assert (found.added, found.removed, found.changed) == ((), (), ("c2",))


def test_a_section_that_only_moved_is_walked_too(store: Store, everybody: Actor) -> None:
    def heading(name: str, level: int) -> Clause:
        return a_clause(name, "", kind=ClauseKind.HEADING, level=level, title=name)

    one, two = heading("章一", 1), heading("章二", 1)
    section = (heading("节", 2), a_clause("文", "某句。", level=3))
    with store.work(everybody) as work:
        plan, _ = a_plan(work)
        made = [
            plans.make_version(work, plan.id, text, reason="改", trigger=Trigger.EDITING)
            for text in ((one, *section, two), (one, two, *section))
        ]
        found = versions.tree_changes(work, *(versions.version_row(work, plan.id, item.id) for item in made))
    assert (found.added, found.removed, found.changed) == ((), (), ())
