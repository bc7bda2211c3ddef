"""L16–L19: the plan above, the plans below, the special plans named, the manuals of those who act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plans_repo.checks.dossier import Dossier, RelatedPlan
from plans_repo.checks.parts import at_clause, failed, in_plan, judge, passed, unfit, unseen
from plans_repo.checks.result import Part
from plans_repo.checks.rule import Rule
from plans_repo.course.duties import aliases
from plans_repo.course.stages import CLOSED
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.clause import Clause

NAMED = re.compile(r"《([^《》]{3,60}?(?:预案|方案))》")


@judge("L16")
def upper_plan(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The plan above is in the library, in force, and the next one above; no plan named is out of force."""
    named = list(_named(dossier, dossier.clauses))
    gone = [(clause, plan) for clause, plan in named if plan.stage in CLOSED]
    for clause, plan in gone:
        yield failed("cites_closed", at_clause(dossier, clause.id), in_plan(plan), plan=plan.title, stage=plan.stage)
    if not dossier.upper:
        yield unseen("no_upper")
        return
    for plan in dossier.upper:
        if not plan.counts:
            yield failed("not_in_force", in_plan(plan), plan=plan.title, stage=plan.stage)
        elif _levels_between(dossier.area, plan.area) > 1:
            yield failed("level_skipped", in_plan(plan), plan=plan.title)
        elif not any(other.id == plan.id for _clause, other in named):
            yield failed("not_named", in_plan(plan), plan=plan.title)
        else:
            yield passed("ok", in_plan(plan), plan=plan.title)


@judge("L17")
def lower_plans(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Each plan below an upper plan newly issued is being reviewed or was revised since."""
    issued = dossier.course.issued_on
    if not dossier.course.is_effective:
        yield unfit("not_issued")
        return
    below = [plan for plan in dossier.lower if plan.counts]
    loose = [plan for plan in _of_the_area(dossier) if plan.id not in {one.id for one in dossier.lower}]
    if loose:
        yield unseen("unrelated", *map(in_plan, loose), count=len(loose), plans=[plan.title for plan in loose])
    if not below and loose:
        return
    if not below:
        yield unfit("no_lower")
        return
    if issued is None:
        yield unseen("issue_unseen")
        return
    older = [plan for plan in below if plan.issued_on is None or plan.issued_on < issued]
    waiting = [plan for plan in older if not _is_reviewed(plan, dossier)]
    if waiting:
        names = [plan.title for plan in waiting]
        yield failed("not_reviewed", *map(in_plan, waiting), count=len(waiting), plans=names, issued=issued)
    else:
        yield passed(count=len(below), issued=issued)


def _of_the_area(dossier: Dossier) -> list[RelatedPlan]:
    """Beside an overall plan the special and department plans in force of its area that name no plan above."""
    if dossier.kind is not PlanKind.OVERALL:
        return []
    kinds = (PlanKind.SPECIAL, PlanKind.DEPARTMENT)
    found = (plan for plan in dossier.library if plan.area == dossier.area and plan.kind in kinds and plan.counts)
    return [plan for plan in found if not plan.has_upper]


def _is_reviewed(plan: RelatedPlan, dossier: Dossier) -> bool:
    issued, made = dossier.course.issued_on, plan.newest_version_on
    return bool(plan.has_draft) or bool(issued and made and made > issued)


@judge("L18")
def special_plans_exist(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The special plans an overall plan names are in the library and in force."""
    if dossier.kind is not PlanKind.OVERALL:
        yield unfit("not_overall")
        return
    wanted = dict(_special_titles(dossier))
    if not wanted:
        yield unseen("none_named")
        return
    library = {_bare(plan.title): plan for plan in dossier.library}
    missing = {title: clause for title, clause in wanted.items() if title not in library}
    closed = {title: library[title] for title in wanted if title in library and not library[title].counts}
    where = [at_clause(dossier, clause) for clause in dict.fromkeys(missing.values())]
    if missing:
        yield failed("missing", *where, count=len(missing), plans=list(missing))
    for plan in closed.values():
        yield failed("not_in_force", in_plan(plan), plan=plan.title, stage=plan.stage)
    if not missing and not closed:
        yield passed(count=len(wanted))


@judge("L19")
def manuals(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Every unit the text gives duties to has a manual; one not kept here is no fault, the rule says “may”."""
    if not dossier.leads:
        yield unseen("no_units")
        return
    if dossier.manuals is None:
        yield unseen("manuals_unseen", count=len(dossier.leads), units=list(dossier.leads))
        return
    lacking = [unit for unit in dossier.leads if not dossier.manuals.intersection(aliases(unit))]
    if lacking:
        yield unseen("missing", count=len(lacking), units=lacking)
    else:
        yield passed(count=len(dossier.leads))


def _named(dossier: Dossier, clauses: Iterable[Clause]) -> Iterator[tuple[Clause, RelatedPlan]]:
    """The plans of the library that the text names, and where."""
    by_title = {_bare(plan.title): plan for plan in (*dossier.library, *dossier.upper)}
    for clause in clauses:
        for title in NAMED.findall(clause.text):
            plan = by_title.get(_bare(title))
            if plan is not None and plan.id != dossier.plan:
                yield clause, plan


def _special_titles(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Special plans of the own area that the text or its tables name, with the clause."""
    place = _place(dossier.title)
    for clause in dossier.clauses:
        words = f"{clause.text}\n{clause.table.text if clause.table else ''}"
        for title in NAMED.findall(words):
            if place and title.startswith(place) and "总体" not in title:
                yield _bare(title), clause.id


def _place(title: str) -> str:
    """The county or city a title begins with.

    >>> _place("清川县突发事件总体应急预案")
    '清川县'
    """
    match = re.match(r"^\W*([\u4e00-\u9fff]{1,8}?(?:自治县|县|市|区|旗|州|盟))", title)
    return match[1] if match else ""


def _bare(title: str) -> str:
    """A title without blanks and without what stands in brackets behind it."""
    return re.sub(r"\s|[（(][^（()）]*[)）]$", "", title)


def _levels_between(area: str, above: str) -> int:
    """How many levels lie between two areas; none where the one is not above the other.

    >>> _levels_between("/city/county/", "/city/"), _levels_between("/city/county/town/", "/city/")
    (1, 2)
    """
    return area.removeprefix(above).count("/") if area.startswith(above) else 0
