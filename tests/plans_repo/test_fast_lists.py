"""What the lists over many plans answer is what going from plan to plan answers, in SQLite and in PostgreSQL."""

import random
from collections.abc import Iterable, Iterator

import pytest

from plans_repo import access, editions, library, library_tree, organisations, plans, versions
from plans_repo.checks.spans import added as due_on
from plans_repo.course.stages import Stage
from plans_repo.course.working_days import local_day
from plans_repo.evaluation_clock import Subject, evaluation_clock
from plans_repo.filing.filings import filing, own_filings
from plans_repo.library import Part
from plans_repo.overdue import DueKind, overdue
from plans_repo.search.finding import search
from plans_repo.search.keys import has, pieces
from plans_repo.search.question import Question, Scope
from plans_repo.search.sources import words_of
from plans_repo.store.roles import Role
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Actor, Store, Work
from plans_repo.wanted import NOBODY, Group, Wanted
from tests.plans_repo.conftest import person
from tests.plans_repo.offices import WORDS, a_small_office, done_by


@pytest.mark.parametrize("seed", [4711])
def test_fast_lists_answer_as_slow_ones(store: Store, everybody: Actor, seed: int) -> None:
    """A drawn office, looked at by each of its people and by somebody who sees everything; nothing is kept."""
    with store.work(everybody) as work:
        for actor in (*a_small_office(work, random.Random(seed)), everybody):
            looking = done_by(work, actor)
            the_library_pages_and_filters_as_its_whole_list_does(looking)
            the_tree_and_the_counters_count_what_the_list_then_has(looking)
            parts_of_the_library_are_those_of_the_rules_of_access(looking)
            evaluations_that_are_due_are_those_of_each_plan(looking)
            filings_of_the_place_are_those_of_each_plan(looking)
            a_search_finds_what_stands_in_the_versions_one_may_read(looking, WORDS[seed % len(WORDS)])
        work.session.rollback()


def the_library_pages_and_filters_as_its_whole_list_does(work: Work) -> None:
    every = library.entries(work)
    assert [entry.id for entry in every] == [row.id for row in access.visible_plans(work)]
    for wanted in (
        Wanted(),
        Wanted(text="预案 东政发"),
        Wanted(text="2号"),
        *(Wanted(state=stage) for stage in (Stage.DRAFT, Stage.IN_FORCE, Stage.REVIEW)),
        Wanted(text="东", state=Stage.PUBLISHED),
    ):
        fitting = [entry for entry in every if fits(entry, wanted)]
        page = library.overview(work, wanted, 2, size=2).page
        assert (page.plans, page.items) == (len(fitting), tuple(fitting[page.number * 2 - 2 : page.number * 2]))


def the_tree_and_the_counters_count_what_the_list_then_has(work: Work) -> None:
    seen = overview(work, Wanted())
    counted = {Group.IN_FORCE: seen.in_force, Group.IN_WORK: seen.in_work, Group.SIGNING: seen.signing}
    for group, count in (counted | {Group.EVALUATION_LATE: editions.overdue(work)}).items():
        assert overview(work, Wanted(group=group)).page.plans == count, group
    places = [body.area for body in organisations.organisations(work)]
    every = library.entries(work)
    for wanted in (Wanted(), Wanted(text="东"), Wanted(state=Stage.IN_FORCE)):
        listed = [entry for entry in every if fits(entry, wanted)]
        for branch in all_of(library_tree.tree(library_tree.shelves(work, wanted), places)):
            assert branch.plans == sum(lies_on(entry, branch) for entry in listed) > 0, branch


def lies_on(entry: library.Entry, branch: library_tree.Branch) -> bool:
    is_its = branch.organisation in ("", entry.organisation or NOBODY)
    return is_its and entry.area.startswith(branch.area) and branch.kind in (None, entry.kind)


def all_of(branches: Iterable[library_tree.Branch]) -> Iterator[library_tree.Branch]:
    for branch in branches:
        yield branch
        yield from all_of(branch.branches)


def overview(work: Work, wanted: Wanted) -> library.Overview:
    return library.overview(work, wanted, 1, size=2)


def fits(entry: library.Entry, wanted: Wanted) -> bool:
    standings = [one for one in (entry.newest, entry.in_force) if one]
    told = f"{entry.title} {entry.in_force.document_number if entry.in_force else ''}"
    at_stage = wanted.state is None or wanted.state in {one.state for one in standings}
    return at_stage and all(word in told for word in wanted.text.split())


def parts_of_the_library_are_those_of_the_rules_of_access(work: Work) -> None:
    here = access.standpoint(work)
    rows = {entry.id: work.session.get_one(PlanRow, entry.id) for entry in library.entries(work)}
    written = [plan for plan, row in rows.items() if here.changes(row)]
    assert [entry.id for entry in library.entries(work, Part.WRITTEN)] == written
    assert editions.written(work) == {plan for plan in rows if editions.is_written_by(work, plan)}
    own = [plan for plan, row in rows.items() if here.acts_on(row)]
    assert [entry.id for entry in library.entries(work, Part.OF_ITS_PLACE)] == own


def subject_of(entry: library.Entry) -> Subject:
    return Subject(kind=entry.kind, organisation=entry.organisation, area=entry.area)


def evaluations_that_are_due_are_those_of_each_plan(work: Work) -> None:
    today, clock = local_day(work.now), evaluation_clock(work)
    days = {
        entry.id: due_on(entry.in_force.issued_on, clock.rule(subject_of(entry)).parameters["interval"])
        for entry in library.entries(work)
        if entry.in_force and entry.in_force.issued_on
    }
    assert editions.overdue(work) == sum(day < today for day in days.values())
    listed = {due.plan: due.due_on for due in overdue(work, soon=True) if due.kind is DueKind.EVALUATION}
    ahead = editions.evaluation_ahead()
    assert listed == {plan: day for plan, day in days.items() if day - ahead <= today}


def filings_of_the_place_are_those_of_each_plan(work: Work) -> None:
    officer = done_by(work, person("o", Role.FILING_OFFICER, organisation=work.actor.organisation))
    counting = [one.in_force or one.coming for one in library.entries(officer, Part.OF_ITS_PLACE)]
    assert own_filings(officer) == tuple(filing(officer, one.version) for one in counting if one)


def a_search_finds_what_stands_in_the_versions_one_may_read(work: Work, words: str) -> None:
    for scope in Scope:
        for filters in ({}, {"state": Stage.IN_FORCE}, {"since": local_day(work.now)}):
            question = Question(words=words, scope=scope, **filters)
            answer = search(work, question)
            assert {one.plan: one.count for one in answer.found} == slowly(work, question), (scope, filters)


def slowly(work: Work, question: Question) -> dict[str, int]:
    """Version by version: how many texts of clauses have the word."""
    found: dict[str, set[tuple[str, str]]] = {}
    for plan in plans.list_plans(work):
        for row in looked_at(work, plan.id, question.scope):
            course = work.session.get_one(CourseRow, row.course_id)
            if question.state in (None, course.stage):
                found.setdefault(plan.id, set()).update(texts_with(work, row, question))
    return {plan: len(texts) for plan, texts in found.items() if texts}


def texts_with(work: Work, row: VersionRow, question: Question) -> Iterator[tuple[str, str]]:
    (wanted,) = question.wanted
    for clause in versions.clauses(work, row):
        if any(has(pieces(part), wanted) for part in words_of(clause)):
            yield clause.id, "\n".join(words_of(clause))


def looked_at(work: Work, plan_id: str, scope: Scope) -> list[VersionRow]:
    """All a person may read, or the last of the newest edition and of the one in force."""
    seen = versions.visible_versions(work, work.session.get_one(PlanRow, plan_id))
    if scope is Scope.ALL or not seen:
        return seen
    (entry,) = [one for one in library.entries(work) if one.id == plan_id]
    standings = [entry.in_force] if scope is Scope.IN_FORCE else [entry.in_force, entry.newest]
    wanted = {one.version for one in standings if one}
    return [row for row in seen if row.id in wanted]
